// Writing: one text that saves itself. Each version carries a number; only its own acknowledgement makes it "kept".
const RK_PAUSE = 250;          // ms between a key and its sending (at most 300, ARCHITECTURE principle 2)

function rkKeeper({ model, el, read }) {   // numbered sending, one version in flight at a time; the newest wins
  let number = 0, acknowledged = 0, sentAt = 0, timer = 0, waiting = false;
  const page = () => rkPageOf(el), path = () => rkPath(rkFieldOf(el));
  const flying = () => number > acknowledged;
  const send = () => {
    clearTimeout(timer); timer = 0;
    if (!waiting) return;
    waiting = false; number += 1; sentAt = performance.now();
    try { model.send({ t: "keep", n: number, value: read() }); } catch { waiting = true; }
  };
  const turn = () => {         // a slow disk must not pile up versions: wait for the last one, though not for ever
    timer = 0;
    if (flying() && performance.now() - sentAt < 1500) timer = setTimeout(turn, 40); else send();
  };
  const changed = () => { waiting = true; page()?.changed(path()); timer ||= setTimeout(turn, RK_PAUSE); };
  const flush = () => { if (waiting) send(); };
  const again = () => { if (flying()) waiting = true; flush(); };
  const kept = (message) => {
    acknowledged = Math.max(acknowledged, message.n);
    const at = page();
    if (!at) return;
    if (acknowledged === number && !waiting) at.keep(path(), message.at);
    else at.entry(path()).since = performance.now();          // progress: a newer version is on its way
  };
  const hear = (message) => {
    if (message.t === "kept") kept(message);
    else if (message.t === "not") page()?.refuse(path(), message.why);
  };
  el.rkBusy = () => waiting || flying();
  window.addEventListener("rk-flush", flush);
  window.addEventListener("rk-contact", again);
  const retry = setInterval(() => { if (flying() && performance.now() - sentAt > 3500 && page() && !page().lost) again(); }, 1000);
  return { changed, flush, hear, busy: el.rkBusy,
    refuse: (why) => { clearTimeout(timer); timer = 0; waiting = false; page()?.refuse(path(), why); },
    end() { flush(); clearInterval(retry); window.removeEventListener("rk-flush", flush); window.removeEventListener("rk-contact", again); } };
}

function rkGrow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function rkArea(id, label, limit) {
  const area = document.createElement("textarea");
  Object.assign(area, { id, autocomplete: "off", spellcheck: true, rows: 1 });
  area.setAttribute("autocorrect", "off");
  area.setAttribute("data-gramm", "false");            // grammar add-ons would send the words elsewhere
  area.setAttribute("data-lt-active", "false");
  area.dataset.limit = limit;
  return area;
}

function rkWriting({ model, el }) {
  const box = document.createElement("div"), label = document.createElement("label"), hint = document.createElement("span");
  box.className = `rk-f rk-own ${model.get("look")}`;
  const limit = model.get("limit"), area = rkArea(`rk-w-${++rkSeq}`, "", limit);
  label.className = "widget-label";
  label.htmlFor = area.id;
  label.append(model.get("ask"));
  if (model.get("hint")) { hint.textContent = model.get("hint"); label.append(hint); }
  const note = document.createElement("p");
  note.className = "rk-small rk-limit"; note.hidden = true; note.setAttribute("role", "status");
  box.append(label, area, note);
  el.append(box);
  const keeper = rkKeeper({ model, el: box, read: () => area.value });
  area.addEventListener("input", () => {
    rkGrow(area);
    const over = [...area.value].length > limit;
    note.hidden = !over;
    if (over) { note.textContent = model.get("over"); keeper.refuse(model.get("over")); } else keeper.changed();
  });
  area.addEventListener("blur", keeper.flush);
  const hear = (message) => {
    if (message.t === "fill" && !(keeper.busy() || rkPageOf(box)?.dirty().includes(rkPath(rkFieldOf(box))))) {
      if (area.value !== message.value) area.value = message.value;
      area.placeholder = message.skipped || "";
      box.dataset.filled = "1";
      rkGrow(area);
    }
    keeper.hear(message);
  };
  model.on("msg:custom", hear);
  rkReady(model, hear);
  return () => { keeper.end(); model.off("msg:custom", hear); };
}
