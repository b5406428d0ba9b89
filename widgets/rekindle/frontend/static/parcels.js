// Parcels: a file is handed to the browser, or taken from it, in pieces. Nothing but the pieces leaves this page.
const RK_WAITS = 5000;         // ms until a piece that nobody answered is sent, or asked for, once more

const rkMake = (tag, cls, more = {}) => Object.assign(document.createElement(tag), { className: cls }, more);

function rkParcelField(label, hint, input) {
  const box = rkMake("div", "rk-f rk-line"), name = rkMake("label", "widget-label", { textContent: label });
  Object.assign(input, { id: `rk-p-${++rkSeq}`, autocomplete: "off", spellcheck: false });
  name.htmlFor = input.id;
  for (const [attribute, value] of [["autocapitalize", "off"], ["autocorrect", "off"], ["data-gramm", "false"], ["data-lt-active", "false"]]) input.setAttribute(attribute, value);
  if (hint) name.append(rkMake("span", "", { textContent: hint }));
  box.append(name, input);
  for (const kind of ["keydown", "keyup", "keypress"]) input.addEventListener(kind, (event) => event.stopPropagation());   // a notebook's shortcuts are not meant
  return box;
}

function rkNote(box) {
  const note = rkMake("p", "", { hidden: true });
  note.setAttribute("role", "status");
  box.append(note);
  return (text, trouble) => { note.className = trouble ? "rk-note" : "rk-small"; note.textContent = text; note.hidden = !text; };
}

function rkSaveFile(name, parts) {     // a link to bytes in memory: nothing is asked of any server, and the page stays
  const url = URL.createObjectURL(new Blob(parts, { type: "application/octet-stream" })), link = rkMake("a", "", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

function rkGiving({ model, el }) {
  const say = model.get("words"), box = rkMake("form", "rk-stack rk-parcel"), row = rkMake("p", "rk-row"), fold = rkMake("details", "rk-fold"), inside = rkMake("div", "rk-fold__in");
  const field = rkMake("textarea", "", { rows: 2 }), suggest = rkMake("button", "rk-btn rk-btn--quiet", { type: "button", textContent: say.suggest }), locked = rkMake("button", "rk-btn", { type: "submit", textContent: say.locked });
  row.append(locked, suggest);
  const plain = rkMake("ul", "rk-next");
  const kinds = say.forms.map(([form, label]) => {
    const button = rkMake("button", "rk-btn rk-btn--quiet", { type: "button", textContent: label }), item = rkMake("li", "");
    button.onclick = () => make(form);
    item.append(button);
    plain.append(item);
    return button;
  });
  inside.append(rkMake("p", "", { textContent: say.plain }), plain);
  fold.append(rkMake("summary", "", { textContent: say.fold }), inside);
  if (say.passphrase) box.append(rkParcelField(say.passphrase, say.hint, field), row, fold);
  else {                                        // a file that holds no words: it needs no lock, and one press is enough
    row.replaceChildren(...kinds);
    for (const one of kinds) one.className = "rk-btn";
    box.append(row);
  }
  const note = rkNote(box);
  el.append(box);

  let coming = null, timer = 0;
  const busy = (on) => { for (const one of [locked, suggest, ...kinds]) one.disabled = on; };
  const make = (form) => { busy(true); note(say.moment); model.send({ t: "make", form, passphrase: form === "locked" ? field.value.trim().replace(/\s*\n\s*/g, " ") : "" }); };
  const next = () => {
    clearTimeout(timer);
    if (coming.parts.length < coming.pieces) {
      model.send({ t: "piece", n: coming.n, at: coming.parts.length });
      timer = setTimeout(next, RK_WAITS);
      return;
    }
    const size = coming.parts.reduce((sum, part) => sum + part.byteLength, 0);
    busy(false);
    model.send({ t: "whole", n: coming.n });
    if (size === coming.size) { rkSaveFile(coming.name, coming.parts); note(say.given.replace("{name}", coming.name)); } else note(say.again, true);
    coming = null;
  };
  box.onsubmit = (event) => { event.preventDefault(); if (!say.passphrase) return; if (field.value.trim()) make("locked"); else { note(say.empty, true); field.focus(); } };
  field.onkeydown = (event) => { if (event.key === "Enter") { event.preventDefault(); box.requestSubmit(); } };
  suggest.onclick = () => model.send({ t: "suggest" });
  const hear = (message, buffers) => {
    if (message.t === "words") { field.value = message.text; field.focus(); note(say.write); }
    if (message.t === "told") { busy(false); note(message.text, true); }
    if (message.t === "offer") { coming = { ...message, parts: [] }; next(); }
    if (message.t === "piece" && coming?.n === message.n && message.at === coming.parts.length) { coming.parts.push(buffers[0]); next(); }
  };
  const leave = () => { field.value = ""; note(""); };
  window.addEventListener("pagehide", leave);
  window.addEventListener("rk-leaving", leave);
  model.on("msg:custom", hear);
  return () => { clearTimeout(timer); leave(); window.removeEventListener("pagehide", leave); window.removeEventListener("rk-leaving", leave); model.off("msg:custom", hear); };
}

function rkTaking({ model, el }) {
  const say = model.get("words"), box = rkMake("div", "rk-stack rk-parcel"), ask = rkMake("form", "rk-stack", { hidden: true });
  const file = rkMake("input", "", { type: "file" }), field = rkMake("input", "", { type: "password" }), open = rkMake("button", "rk-btn", { type: "submit", textContent: say.open });
  const row = rkMake("p", "rk-row");
  row.append(open);
  ask.append(rkParcelField(say.passphrase, "", field), row);
  box.append(rkParcelField(say.file, say.hint, file), ask);
  const note = rkNote(box);
  el.append(box);

  let going = null, timer = 0, number = 0;
  const send = async () => {
    clearTimeout(timer);
    const { n, at, chosen } = going;
    timer = setTimeout(send, RK_WAITS);
    const piece = at < 0 ? null : await chosen.slice(at, at + say.piece).arrayBuffer().catch(() => null);
    if (going?.n !== n || going.at !== at) return;
    if (at < 0) model.send({ t: "begin", n, size: chosen.size });
    else if (piece) model.send({ t: "piece", n, at }, undefined, [new DataView(piece)]);
    else { clearTimeout(timer); going = null; note(say.unread, true); }
  };
  const begin = () => {
    const chosen = file.files[0];
    ask.hidden = true; field.value = "";
    if (!chosen) return;
    if (chosen.size > say.largest) { note(say.large, true); return; }
    note(say.moment);
    going = { n: ++number, at: -1, chosen };
    send();
  };
  file.onchange = begin;
  ask.onsubmit = (event) => {
    event.preventDefault();
    if (!field.value) return;
    open.disabled = true;
    note(say.moment);
    model.send({ t: "passphrase", text: field.value });
    field.value = "";
  };
  const hear = (message) => {
    if (message.t === "got" && going?.n === message.n) {
      going.at = message.at;
      if (message.at < going.chosen.size) send(); else { clearTimeout(timer); going = null; }
    }
    if (message.t === "ask") { open.disabled = false; ask.hidden = false; note(message.trouble, true); field.focus(); }
    if (message.t === "settled") { open.disabled = false; ask.hidden = true; file.value = ""; note(message.trouble, true); }
  };
  model.on("msg:custom", hear);
  return () => { clearTimeout(timer); field.value = ""; model.off("msg:custom", hear); };
}
