// Bound: a whole document, shown in a frame in which no script runs, and handed over as a file or to the printer.
function rkBoundView({ model, el }) {
  const words = model.get("words"), make = (tag, more) => Object.assign(document.createElement(tag), more);
  const box = make("div", { className: "rk-bound", hidden: true }), row = make("p", { className: "rk-row" }), stop = new AbortController();
  const frame = make("iframe", { title: words.frame, className: "rk-bound__frame" });
  frame.setAttribute("sandbox", "allow-same-origin allow-modals");   // no script, no form, no link to elsewhere; the page may ask it to print
  frame.setAttribute("referrerpolicy", "no-referrer");
  let html = "", name = "";
  const done = (what) => { try { model.send({ t: "done", what }); } catch { /* the kernel is gone: the page says so */ } };
  const save = make("button", { type: "button", className: "rk-btn", textContent: words.save, onclick() {
    const link = make("a", { href: URL.createObjectURL(new Blob([html], { type: "text/html" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    done("saved");
  } });
  const print = make("button", { type: "button", className: "rk-btn", textContent: words.print, onclick() { frame.contentWindow.print(); done("printed"); } });
  row.append(save, print);
  const field = make("input", { type: "text", maxLength: 200, spellcheck: false }), add = make("button", { type: "submit", className: "rk-btn rk-btn--quiet", textContent: words.add });
  field.setAttribute("data-gramm", "false");             // grammar add-ons would send the name elsewhere
  const form = make("form", { className: "rk-bound__name", onsubmit(event) {
    event.preventDefault();
    if (field.value.trim()) try { model.send({ t: "name", text: field.value }); } catch { /* as above */ }
    field.value = "";
  } });
  for (const kind of ["keydown", "keyup", "keypress"]) field.addEventListener(kind, (event) => { if (event.key !== "Shift") event.stopPropagation(); });   // a notebook's shortcuts are not meant
  form.append(rkSeekField(words.other, field), add);
  box.append(row, frame, form);
  el.append(box);
  const lay = (text, called, naming) => {
    name = called; form.hidden = !naming;
    if (text === html) return;
    html = text; box.hidden = !html; frame.srcdoc = html;
  };
  // Keys and touches in the frame count as on the page: Leave now by keyboard, and the sign that somebody is here.
  frame.onload = () => {
    const pass = (event) => document.dispatchEvent(new window[event.constructor.name](event.type, event));
    for (const kind of ["keydown", "pointerdown", "wheel"]) frame.contentDocument?.addEventListener(kind, pass, { passive: true });
  };
  for (const kind of ["rk-leaving", "pagehide"]) window.addEventListener(kind, () => lay("", "", false), { signal: stop.signal });
  const hear = (message) => { if (message.t === "lay") lay(message.html, message.name, message.naming); };
  model.on("msg:custom", hear);
  rkReady(model, hear);
  return () => { stop.abort(); model.off("msg:custom", hear); };
}
