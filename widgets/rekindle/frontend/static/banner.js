// Banner: on a computer that forgets, a calm word before it closes; and a mark on words that nobody real wrote.
const RK_CALM = 1000;          // ms between two looks at how long it has been quiet

function rkMadeUp(message) {         // stays in sight wherever one scrolls to; the banner says it to those who do not see it
  const html = document.documentElement;
  if (message.text) html.dataset.rkMadeup = message.text; else delete html.dataset.rkMadeup;
}

function rkIdle(idle, until) {       // what a person does counts, not the page's own beat: a phone that sleeps sends none
  if (!idle?.after) return () => {};
  let last = Date.now(), note = null;
  const gone = () => { note?.remove(); note = null; };
  const sign = (event) => { if (note?.contains(event.target)) return; last = Date.now(); gone(); };
  const here = () => { last = Date.now(); gone(); };
  const show = () => { here(); const place = document.querySelector(".rk-banner"); place?.scrollIntoView({ block: "center" }); place?.querySelector("button")?.focus({ preventScroll: true }); };
  const look = () => {
    if (note || Date.now() - last < idle.after || document.querySelector(".rk-idle")) return;
    note = rkMake("div", "rk rk-idle rk-note");
    note.setAttribute("role", "status");
    document.body.append(note);
    const row = rkMake("p", "rk-row"), make = (text, act) => row.append(Object.assign(rkMake("button", "rk-btn", { type: "button", textContent: text }), { onclick: act }));
    make(idle.save, show);
    make(idle.here, here);
    note.append(rkMake("p", "", { textContent: idle.text }), row);
  };
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart", "scroll", "input"]) document.addEventListener(kind, sign, { capture: true, passive: true, ...until });
  const every = setInterval(look, RK_CALM);
  return () => { clearInterval(every); gone(); };
}
