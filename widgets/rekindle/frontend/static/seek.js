// Seek: find entries by their words and their time. What is typed goes to the kernel as a message and rests nowhere.
const RK_SEEK_PAUSE = 350;     // ms between a key and looking: a list that changes under one's typing is hard to follow

function rkSeekField(label, input, hint = "") {
  const box = document.createElement("div"), name = document.createElement("label");
  box.className = "rk-f";
  Object.assign(input, { id: `rk-s-${++rkSeq}`, autocomplete: "off" });
  Object.assign(name, { className: "widget-label", htmlFor: input.id, textContent: label });
  if (hint) name.append(Object.assign(document.createElement("span"), { textContent: hint }));
  box.append(name, input);
  return box;
}

function rkSeek({ model, el }) {
  const say = model.get("words"), make = (tag, more = {}) => Object.assign(document.createElement(tag), more);
  const root = make("div", { className: "rk-seek", hidden: true }), fold = make(say.flat ? "div" : "details", { className: say.flat ? "" : "rk-fold" });
  const inside = make("div", { className: "rk-seek__in" }), row = make("div", { className: "rk-row" });
  const words = make("input", { type: "search", maxLength: 200, spellcheck: false });
  const date = () => make("input", { type: "date" });
  const span = make("select"), month = make("select"), place = make("select"), day = date(), since = date(), until = date();
  words.setAttribute("data-gramm", "false");             // grammar add-ons would send the words elsewhere
  for (const [id, text] of say.spans) span.append(new Option(text, id));
  const forMonth = rkSeekField(say.month, month), forDay = rkSeekField(say.day, day), forDays = make("div", { className: "rk-seek__days" });
  forDays.append(rkSeekField(say.since, since), rkSeekField(say.until, until));
  const wide = rkSeekField(say.find_words, words, say.hint);
  inside.setAttribute("role", "search");
  inside.setAttribute("aria-label", say.about);
  inside.append(wide, ...(say.place ? [rkSeekField(say.place, place)] : []), rkSeekField(say.when, span), forDay, forMonth, forDays);
  fold.append(...(say.flat ? [] : [make("summary", { textContent: say.find })]), inside);
  const told = make("p", { className: "rk-small" }), all = make("button", { type: "button", className: "rk-btn rk-btn--quiet", textContent: say.all, hidden: true });
  told.setAttribute("role", "status");
  row.append(told, all);
  root.append(fold, row);
  el.append(root);

  let number = 0, timer = 0;
  const draw = () => { for (const [box, id] of [[forDay, "day"], [forMonth, "month"], [forDays, "days"]]) box.hidden = span.value !== id; };
  const send = () => {
    clearTimeout(timer); timer = 0; number += 1;
    draw();
    const asked = { words, span, day, month, since, until, place };
    for (const name of Object.keys(asked)) asked[name] = asked[name].value;
    try { model.send({ t: "seek", n: number, ...asked }); }
    catch { /* the kernel is gone: the page says so */ }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(send, RK_SEEK_PAUSE); };
  const clear = () => { for (const field of [words, day, month, since, until, place]) field.value = ""; span.value = "all"; draw(); };
  const leave = () => { if (words.value || span.value !== "all" || place.value) { clear(); send(); } };
  for (const field of [words, day, since, until]) field.addEventListener("input", soon);
  for (const field of [span, month, place]) field.addEventListener("change", send);
  inside.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("input")) send(); });
  all.onclick = () => { clear(); send(); if (say.flat || fold.open) words.focus(); else fold.firstElementChild.focus(); };
  const group = (name, options) => { const one = make("optgroup", { label: name }); one.append(...options); return one; };
  const hear = (message) => {
    if (message.t === "reset") clear();
    if (message.t === "months") {
      month.replaceChildren(...message.months.map(([id, text]) => new Option(text, id)));
      month.value = message.chosen;
    }
    if (message.t === "places") {
      const chosen = place.value;
      place.replaceChildren(...message.places.flatMap(([name, some]) => {
        const options = some.map(([id, text]) => new Option(text, id));
        return name ? [group(name, options)] : options;
      }));
      place.value = chosen;
      if (place.selectedIndex < 0) place.value = "";
    }
    if (message.t !== "found" || message.n !== number && message.n !== 0) return;
    root.hidden = !message.any;
    all.hidden = !message.active;
    if (told.textContent !== message.text) told.textContent = message.text;
  };
  window.addEventListener("pagehide", leave);
  window.addEventListener("rk-leaving", leave);
  model.on("msg:custom", hear);
  draw();
  rkReady(model, hear);
  return () => {
    clearTimeout(timer); clear();
    window.removeEventListener("pagehide", leave); window.removeEventListener("rk-leaving", leave);
    model.off("msg:custom", hear);
  };
}
