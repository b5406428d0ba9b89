// Ask: a passphrase goes to the kernel as one message, and stays in no model and no field.
function rkAskView({ model, el }) {
  const words = model.get("words"), make = (tag, cls, text) => Object.assign(document.createElement(tag), { className: cls, textContent: text || "" });
  const box = make("form", "rk-card rk-asks"), field = make("input", ""), label = make("label", "widget-label", words.label), note = make("p", "rk-note"), send = make("button", "rk-btn", words.button);
  Object.assign(field, { type: "password", autocomplete: "off", spellcheck: false, id: `rk-ask-${Math.random().toString(36).slice(2)}` });
  label.htmlFor = field.id;
  send.type = "submit";
  note.hidden = true;
  note.setAttribute("role", "status");
  box.append(make("h2", "rk-sec", words.title), make("p", "", words.text), label, field, note, send, make("p", "rk-small", words.restart));
  box.onsubmit = (event) => {
    event.preventDefault();
    if (!field.value) return;
    send.disabled = true;
    model.send({ t: "passphrase", text: field.value });
    field.value = "";
  };
  for (const kind of ["keydown", "keyup", "keypress"]) field.addEventListener(kind, (event) => event.stopPropagation());   // a notebook's shortcuts are not meant
  const hear = (message) => {
    if (message.t !== "told") return;
    send.disabled = false;
    note.textContent = message.trouble;
    note.hidden = !message.trouble;
    box.hidden = !message.trouble;
  };
  model.on("msg:custom", hear);
  el.append(box);
  return () => model.off("msg:custom", hear);
}
