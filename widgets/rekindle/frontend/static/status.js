// Page: what one open page has sent, what was acknowledged, and so what it may call saved.
const RK_PATIENCE = 2600;      // ms until a change without acknowledgement is called not saved: told within three seconds
const RK_BEAT = 800;           // ms between two signs of life; what is left of the patience is the time to answer one
const RK_LOOK = 150;           // ms between two looks at the clock
const RK_WORK = 180000;        // ms for which a kernel that said so may work on a file without a sign of life
const RK_STOOD = 2000;         // ms between two looks after which the page itself stood still: it was at work, or asleep
const RK_WAKE = 3000;          // ms of being lost until a page with nothing unsaved opens itself anew
const rkPages = new Map();     // token -> Page: in JupyterLab several pages share one document

const rkFieldOf = (el) => el.closest(".rk-field");
const rkName = (el, stem) => [...el.classList].find((name) => name.startsWith(stem))?.slice(stem.length) || "";

function rkPath(field) {       // "urge-log/entry/strength": the exercise, then the fields from the outside in
  const keys = [];
  for (let el = field; el; el = el.parentElement?.closest(".rk-field, .rk-exercise")) {
    if (el.classList.contains("rk-exercise")) return [rkName(el, "rk-exercise--"), ...keys].join("/");
    keys.unshift(rkName(el, "rk-field--"));
  }
  return "";
}

function rkShown(field) {      // what a stock control shows, in the same short form that the kernel uses
  const date = field.querySelector("input[type=date], input[type=datetime-local]");
  if (date) return date.value;
  const select = field.querySelector("select");
  if (select) return String(select.selectedIndex);
  const number = field.querySelector("input[type=number]");
  if (number) return number.value;
  const marks = [...field.querySelectorAll("input[type=radio], input[type=checkbox], .widget-toggle-button")];
  const on = (el) => (el.matches("button") ? el.classList.contains("mod-active") : el.checked);
  return marks.map((el, i) => (on(el) ? i : -1)).filter((i) => i >= 0).join(",");
}

class RkPage {
  constructor(model) {
    this.model = model;
    this.token = model.get("token");
    this.words = model.get("words");
    this.fields = new Map();   // path -> {kept, since, why, again}
    this.heard = performance.now();
    this.lost = this.isLocked = false;
    this.time = "";
    this.at = "";              // the card that was asked for last, until it is put away
    this.filled = false;
    this.expects = new Map();  // line -> the views of it that wait for their first words
  }

  open(exercise) { this.at = exercise; this.say({ t: "open", exercise }); }
  say(message) { try { this.model.send(message); } catch { this.lost = true; } }
  roots() { return document.querySelectorAll(`.rk-of-${this.token}.rk-exercise`); }
  root(exercise) { return document.querySelector(`.rk-of-${this.token}.rk-exercise--${exercise}`); }
  field(path) {
    const [exercise, ...keys] = path.split("/");
    let el = this.root(exercise);
    for (const key of keys) el = el?.querySelector(`.rk-field--${key}`);
    return el;
  }

  entry(path) {
    if (!this.fields.has(path)) this.fields.set(path, { kept: null, since: 0, why: "" });
    return this.fields.get(path);
  }
  changed(path) { const at = this.entry(path); at.since ||= performance.now(); this.draw(); }
  keep(path, time) {           // no time: the kernel has it in memory and writes it nowhere
    const at = this.entry(path);
    at.since = 0; at.why = "";
    if (time !== undefined) { at.never = !time; if (time) this.time = at.time = time; }
    this.draw();
  }
  refuse(path, why) { const at = this.entry(path); at.since ||= performance.now(); at.why = why; this.draw(); }
  refused(exercise) { return [...this.fields].some(([path, at]) => path.startsWith(`${exercise}/`) && at.since && at.why); }
  dirty() { return [...this.fields].filter(([, at]) => at.since).map(([path]) => path); }

  touched(event) {             // a stock control was used: compare what it shows with what is known to be kept
    const field = event.target.closest && rkFieldOf(event.target);
    if (!field || field.querySelector(".rk-own, .rk-field")) return;   // a log holds fields, and is none itself
    const look = () => {
      const path = rkPath(field), at = this.entry(path);
      if (rkShown(field) !== at.kept) { at.touched = performance.now(); this.changed(path); }
      else if (at.since) this.keep(path);
    };
    look(); setTimeout(look, 0); setTimeout(look, 60);   // toggle buttons change their class after the click
  }

  kept(message) {
    const at = this.entry(message.path);
    at.kept = message.shown;
    const field = this.field(message.path);
    const busy = field?.querySelector(".rk-own")?.rkBusy?.();   // skipped, and then newer words were typed
    if (!field || (rkShown(field) === message.shown && !busy)) this.keep(message.path, message.at);
    else { at.since = performance.now(); this.draw(); }   // the control shows something newer: its own acknowledgement is still to come
  }

  state(exercise) {
    const mine = [...this.fields].filter(([path, at]) => path.startsWith(`${exercise}/`) && at.since).map(([, at]) => at);
    const why = mine.map((at) => at.why).find(Boolean) || "";
    const late = mine.some((at) => performance.now() - at.since > RK_PATIENCE);
    if (this.isLocked) return ["locked", this.words.locked];
    if (this.lost) return ["lost", this.words.lost];
    if (why || late) return ["unsaved", why || this.words.unsaved];
    if (mine.length) return ["saving", this.words.saving];
    const known = [...this.fields].filter(([path]) => path.startsWith(`${exercise}/`)).map(([, at]) => at);
    const saved = this.time && this.words.saved.replace("{time}", this.time), never = known.some((at) => at.never);
    if (never && !known.some((at) => at.time)) return ["unkept", this.words.notKept];
    if (never) return ["saved", `${saved} ${this.words.notKeptToo}`];
    return ["saved", saved || this.words.still];
  }

  draw() {
    for (const root of this.roots()) {
      const mark = root.querySelector(".rk-saved");
      if (!mark) continue;
      const [state, words] = this.state(rkName(root, "rk-exercise--"));
      if (mark.dataset.state === state && mark.dataset.words === words) continue;
      const worry = state === "unsaved" || state === "lost" || state === "locked";
      mark.setAttribute("aria-live", worry ? "assertive" : "off");
      mark.dataset.state = state;
      mark.dataset.words = words;
      mark.replaceChildren(document.createTextNode(words));
      if (worry) mark.append(" ", this.copyButton(root));
    }
  }

  copyButton(root) {           // when the journal cannot take the words, the person still can
    const button = Object.assign(document.createElement("button"), { type: "button", className: "rk-btn rk-btn--quiet rk-copy", textContent: this.words.copy });
    button.onclick = async () => {
      const all = [...root.querySelectorAll("textarea")].map((area) => area.value).filter(Boolean).join("\n\n");
      try { await navigator.clipboard.writeText(all); button.textContent = this.words.copied; }
      catch { root.querySelector("textarea")?.select(); }
    };
    return button;
  }

  beat() { this.say({ t: "beat", again: this.lost || this.dirty().some((path) => this.fields.get(path).why) }); }

  look() {
    const now = performance.now(), stood = now - (this.looked ?? now) > RK_STOOD;
    this.looked = now;
    if (stood) this.heard = Math.max(this.heard, now - RK_PATIENCE / 2);   // what was said meanwhile is still to be read
    const silent = now - this.heard > RK_PATIENCE;
    if (silent && this.filled && !document.hidden && !this.lost) this.goneQuiet();
    else if (this.lost || this.dirty().length) this.draw();
  }

  goneQuiet() {
    this.lost = true;
    this.draw();
    if (this.words.surface === "voila") setTimeout(() => this.wake(), RK_WAKE);   // a kernel that is only busy answers before
  }

  locked() {                   // nothing unsaved: open anew, which asks. Else the words stay, hidden, until they are copied
    if (this.isLocked) return;
    if (!this.dirty().length) { document.documentElement.classList.add("rk-gone"); location.reload(); return; }
    this.isLocked = true;
    rkDrawHide(true);
    this.draw();
  }

  async wake() {               // nothing here is unsaved: open the page anew if its server still answers
    const stale = () => this.lost && !this.dirty().length;
    if (!stale()) return;
    try {
      const answer = await fetch(`${document.body.dataset.baseUrl}templates/rekindle/static/page.css`, { method: "HEAD", cache: "no-store" });
      if (answer.ok && stale()) this.anew();
    } catch { /* the server is gone too: the words on the page say so */ }
  }

  anew() {                     // with the card that was asked for; but not twice with one that kept the page from being ready
    const to = this.at ? `#${this.at}` : location.hash, stuck = to === location.hash && !document.documentElement.dataset.rkReady;
    history.replaceState(null, "", location.pathname + location.search + (stuck ? "" : to));
    location.reload();
  }

  hear(message) {
    this.heard = performance.now() + (message.t === "busy" ? RK_WORK : 0);   // it said that it will be silent for a while
    if (this.lost) { this.lost = false; window.dispatchEvent(new CustomEvent("rk-contact")); this.draw(); }
    const act = { kept: this.kept, not: (m) => this.refuse(m.path, m.why), opened: this.opened, closed: this.closed, shown: this.answered, frame: this.frame, goto: this.goto, focus: this.focus, hide: this.hide, views: this.views, madeup: rkMadeUp }[message.t];
    if (act) act.call(this, message);
  }

  views(message) {             // what was asked for by `rkSayReady`; one that has gone meanwhile hears it and draws nothing
    for (const [line, ...told] of message.told) {
      const views = this.expects.get(line) || [];
      this.expects.delete(line);
      for (const hear of views) told.forEach(hear);
    }
  }

  async until(test, limit = 5000) {
    const end = performance.now() + limit;
    while (!test() && performance.now() < end) await new Promise((go) => setTimeout(go, 8));
    return test();
  }

  async opened(message) {      // the kernel filled a card: believe it only when the controls show what was meant
    const begun = performance.now(), waiting = new Set(this.dirty());
    const used = (path) => waiting.has(path) || this.fields.get(path)?.touched > begun - RK_PATIENCE;   // newer than what was meant
    const shows = () => this.root(message.exercise)?.querySelector(".rk-saved")
      && Object.entries(message.expect).every(([path, value]) => { const el = this.field(path); return el && (rkShown(el) === value || used(path)); })
      && message.own.every((path) => this.field(path)?.querySelector(".rk-own[data-filled]"));
    if (!await this.until(shows)) console.error(`Rekindle: ${message.exercise} opened before its fields showed what is kept.`);
    for (const [path, value] of Object.entries(message.expect)) {
      const at = this.entry(path), el = this.field(path);
      if (!used(path) || (el && rkShown(el) === value)) { at.kept = value; at.since = 0; }
    }
    const root = this.root(message.exercise);
    if (!root) return;
    root.classList.add("rk-is-open");
    rkGrowing.observe(root);
    if (message.go) document.body.classList.add("rk-has-open");   // the cover makes room
    this.draw();
    rkRepair(root);
    if (message.go) { this.goto({ exercise: message.exercise }); }
    this.say({ t: "settled", exercise: message.exercise });
  }

  closed(message) {
    const root = this.root(message.exercise);
    root?.classList.remove("rk-is-open");
    rkDrawShut(this);
    if (this.at === message.exercise) this.at = "";
    for (const path of [...this.fields.keys()]) if (path.startsWith(`${message.exercise}/`)) this.fields.delete(path);
    if (![...this.roots()].some((one) => one.classList.contains("rk-is-open"))) document.body.classList.remove("rk-has-open");
    if (message.focus) root?.querySelector("button")?.focus();
  }

  hide(message) { if (rkHiding() === "unsaid") rkDrawHide(message.on); }   // a person's own choice is stronger

  goto(message) {
    const root = this.root(message.exercise);
    if (!root) return;
    root.scrollIntoView({ block: "start" });
    const title = root.querySelector("h2");
    if (title) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
  }

  async focus(message) {       // what the keyboard was on is drawn anew, or gone: go on where the kernel says
    const place = () => this.root(message.exercise)?.querySelector(`.${CSS.escape(message.at)}`);
    const target = () => { const el = place(); return el && (el.matches("button:enabled") ? el : el.querySelector("textarea, input, select, button:enabled")); };
    const take = () => { target()?.focus({ preventScroll: true }); place()?.scrollIntoView({ block: "nearest" }); };
    await new Promise((go) => setTimeout(go, 60));
    if (await this.until(target, 2000)) take();
    for (let look = 0; look < 10; look += 1) {   // what was there may have been the old one, on its way out
      await new Promise((go) => setTimeout(go, 100));
      if (document.activeElement === document.body) take();
    }
  }

  frame(message) {             // what the parts are called now, in words: "folded", "you are here"
    for (const link of document.querySelectorAll(".rk-parts a[data-part]")) {
      const word = message.folded.includes(link.dataset.part) ? message.word : "";
      let note = link.querySelector("em");
      if (word && !note) link.append(" ", note = document.createElement("em"));
      if (note) note.textContent = word;
    }
    for (const link of document.querySelectorAll(".rk-toc a[data-exercise]")) {
      const note = link.querySelector("small"), state = message.states[link.dataset.exercise];
      if (note && state) note.textContent = state;
    }
    for (const place of document.querySelectorAll(".rk-help .rk-mycard")) place.replaceChildren(...rkBlocks(message.card));
    this.wear(message.cloth);
    for (const [line, text] of Object.entries(message.cover)) {   // the cover's lines: of their own, or of another time
      const el = document.querySelector(`.rk-band__${line}`);
      if (el) { el.dataset.own ??= el.textContent; el.textContent = text || el.dataset.own; }
    }
  }

  wear(cloth) {                // while somebody lets go, the whole book wears one cloth; else each part its own
    const worn = ["body.rk-page", ".rk-band", ".rk-parts a[data-part]"].map((at) => [...document.querySelectorAll(at)]).flat();
    document.documentElement.classList.toggle("rk-lettinggo", cloth === "letgo");
    for (const el of worn) { el.dataset.own ||= el.dataset.cloth; el.dataset.cloth = cloth || el.dataset.own; }
  }

  async answered(message) {    // the page is filled: only now may it be called ready
    if (this.filled) return;
    await new Promise((go) => requestAnimationFrame(() => setTimeout(go, 0)));
    this.filled = true;
    const asked = rkAsked();
    if (this.words.surface === "voila" && asked && this.root(asked)) await this.openAsked(asked);
    if (!await this.until(rkWhole, RK_WHOLE)) return;   // never called ready while something is still on its way
    performance.mark("rekindle-ready");
    document.documentElement.dataset.rkReady = "1";
    window.dispatchEvent(new CustomEvent("rk-ready"));
  }

  async openAsked(exercise) {
    const root = this.root(exercise);
    if (root.classList.contains("rk-card--shut")) this.open(exercise);
    await this.until(() => root.classList.contains("rk-is-open") || root.querySelector(".rk-gate"));
    this.goto({ exercise });
  }
}
