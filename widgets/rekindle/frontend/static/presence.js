// Presence: tells the kernel that the page is on screen, in which time zone, and that it is alive.
function rkPageOf(el) {
  const root = el.closest("[class*='rk-of-']");
  return root && rkPages.get(rkName(root, "rk-of-"));
}

function rkZone() {                  // the newer way costs nothing; the older makes a calendar first, twenty milliseconds long
  return globalThis.Temporal?.Now.timeZoneId() || Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

function rkPresence({ model, el }) {
  const page = new RkPage(model), stop = new AbortController(), until = { signal: stop.signal };
  rkPages.set(page.token, page);
  rkStartRepairs();
  rkRepairViews(model.widget_manager);
  let last = -Infinity, behind = false;   // not 0: a page can be there before its clock has counted to 250
  const shown = () => {
    if (document.hidden || performance.now() - last < 250) return;
    last = performance.now();
    page.heard = Math.max(page.heard, performance.now() - 500);
    page.say({ t: "shown", zone: rkZone(), dirty: page.dirty(), hiding: rkHiding() });
  };
  const hidden = () => { window.dispatchEvent(new CustomEvent("rk-flush")); page.say({ t: "hidden" }); };
  const held = (event) => {          // words that were refused stand on the screen only: nothing may clear them away
    const button = event.target.closest?.(`.rk-of-${page.token} :is(.rk-puts-away, .rk-puts-away *)`), root = button?.closest(".rk-exercise");
    if (!root || !page.refused(rkName(root, "rk-exercise--"))) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    root.querySelector(".rk-saved")?.scrollIntoView({ block: "nearest" });
  };
  const edited = (event) => { if (event.target.closest?.(`.rk-of-${page.token}`)) page.touched(event); };
  const asked = (event) => { const open = event.target.closest?.(`.rk-of-${page.token}.rk-card--shut > .rk-for`); if (open) page.open(rkName(open.parentElement, "rk-exercise--")); };
  model.on("msg:custom", (message) => page.hear(message));
  model.on("change:fronts", () => rkDrawShut(page));
  document.addEventListener("click", held, { capture: true, ...until });
  for (const kind of ["input", "change", "click"]) document.addEventListener(kind, edited, { capture: true, ...until });
  document.addEventListener("click", asked, { capture: true, ...until });
  document.addEventListener("click", edited, until);   // on its way back up: now a toggle button shows what was clicked
  document.addEventListener("visibilitychange", () => (document.hidden ? hidden() : shown()), until);
  window.addEventListener("pagehide", hidden, until);
  window.addEventListener("rk-leaving", hidden, until);   // the template says so before Voilà hears of it
  window.addEventListener("focus", shown, until);
  window.addEventListener("hashchange", () => rkHash(page), until);
  document.addEventListener("click", (event) => rkSamePage(event, page), until);
  const watch = new IntersectionObserver(([seen]) => { if (seen.isIntersecting && behind) shown(); behind = !seen.isIntersecting; });
  if (page.words.surface === "lab") { rkLabHeader(page, el); watch.observe(el); }
  const every = setInterval(() => page.beat(), RK_BEAT), often = setInterval(() => page.look(), RK_LOOK);
  rkHoldSight(until);
  const unguard = rkGuard(page, until), unwatch = rkIdle(page.words.idle, until);
  shown();
  return () => { stop.abort(); unguard(); unwatch(); clearInterval(every); clearInterval(often); watch.disconnect(); if (rkPages.get(page.token) === page) rkPages.delete(page.token); };
}

function rkAsked() {                 // the card that the page's address names; an address that was spoiled on its way names none
  try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
}

function rkHash(page) {
  const asked = rkAsked();
  if (page.words.surface === "voila" && asked && page.root(asked)) page.openAsked(asked);
}

function rkSamePage(event, page) {   // a second click on the same anchor changes no hash, yet means "take me there"
  const link = event.target.closest?.("a[href*='#']");
  if (!link || link.pathname !== location.pathname || link.hash !== location.hash) return;
  rkHash(page);
}

function rkLeave(title, locks) {
  if (locks) { window.dispatchEvent(new CustomEvent("rk-leaving")); rkTell("now"); }
  document.documentElement.classList.add("rk-gone");
  document.title = title;
  try { localStorage.setItem("rk-hide", "1"); sessionStorage.removeItem("rk-show"); } catch { /* a browser without storage still leaves */ }
  location.replace("about:blank");
}

function rkHiding() {                // what the person chose: words hidden in this browser, shown in this tab, or nothing yet
  const chose = document.documentElement.dataset.rkChose;
  if (chose) return chose;
  try { return sessionStorage.getItem("rk-show") === "1" ? "no" : localStorage.getItem("rk-hide") === "1" ? "yes" : "unsaid"; } catch { return "unsaid"; }
}

function rkDrawHide(on) {
  document.documentElement.toggleAttribute("data-rk-hide", on);
  window.dispatchEvent(new CustomEvent("rk-hide", { detail: on }));
}

function rkHide(on) {                // the same as the frame's own button does (index.html.j2)
  document.documentElement.dataset.rkChose = on ? "yes" : "no";
  rkDrawHide(on);
  try { localStorage.setItem("rk-hide", on ? "1" : "0"); sessionStorage.setItem("rk-show", on ? "0" : "1"); } catch { /* hiding still works for this visit */ }
}

function rkLabHeader(page, el) {     // JupyterLab has no template of ours: the same three controls, in the page's first row
  const words = page.words, row = document.createElement("div");
  row.className = "rk-tools rk-tools--lab";
  const make = (text, kind, act) => { const b = Object.assign(document.createElement("button"), { type: "button", className: `rk-btn ${kind}`, textContent: text }); b.onclick = () => act(b); row.append(b); return b; };
  const hidden = () => document.documentElement.hasAttribute("data-rk-hide");
  const hide = make("", "rk-btn--quiet", () => rkHide(!hidden()));
  const draw = () => { hide.textContent = hidden() ? words.show : words.hide; hide.setAttribute("aria-pressed", String(hidden())); };
  window.addEventListener("rk-hide", draw);
  rkDrawHide(rkHiding() === "yes");
  const now = Object.assign(document.createElement("a"), { className: "rk-btn rk-now", textContent: words.rightNow, href: words.rightNowLink, target: "_blank", rel: "noopener" });
  row.append(now);
  const help = document.createElement("dialog");
  help.className = "rk-help";
  const [title, lead, ...lines] = rkBlocks(words.help);
  help.append(title, lead, Object.assign(document.createElement("div"), { className: "rk-mycard" }), ...lines);
  const close = Object.assign(document.createElement("button"), { type: "button", className: "rk-btn", textContent: words.back });
  close.onclick = () => help.close();
  help.append(close);
  make(words.helpNow, "rk-btn--help", () => help.showModal()).setAttribute("aria-haspopup", "dialog");
  if (words.lock) make(words.lock, "rk-btn--lock", rkLock);
  const leave = () => rkLeave(words.left, words.lock);
  make(words.leave, "rk-btn--leave", leave);
  rkShiftLeaves(leave);
  el.append(row, help);
}

function rkShiftLeaves(leave) {      // Shift, three times, as in the frame; several pages may be open here, and one ear is enough
  if (globalThis.rekindleShift) return;
  globalThis.rekindleShift = true;
  let times = 0, timer = 0;
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat) { if (event.key !== "Shift") times = 0; return; }
    times += 1;
    clearTimeout(timer);
    timer = setTimeout(() => { times = 0; }, 1500);
    if (times >= 3) leave();
  }, true);
}

const rkFront = (globalThis.rekindleFront ??= (() => { let resolve; const promise = new Promise((go) => { resolve = go; }); return { promise, resolve }; })());
rkFront.isThere = true;
rkFront.resolve({ presence: rkPresence, writing: rkWriting, rows: rkRows, words: rkWordsView, ask: rkAskView, seek: rkSeek, giving: rkGiving, taking: rkTaking, bound: rkBoundView });
