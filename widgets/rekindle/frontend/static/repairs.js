// Repairs: what stock ipywidgets leave out for keyboards and screen readers. Each has a browser test of its own.
let rkSeq = 0;
const rkId = (el, stem) => (el.id ||= `rk-${stem}-${++rkSeq}`);
const rkPlain = (text) => (text || "").replace(/\u200b/g, "").trim();
const rkSet = (el, name, value) => { if (el.getAttribute(name) !== value) el.setAttribute(name, value); };

function rkLabel(el) {
  const label = el.querySelector(":scope > .widget-label");
  return label && rkPlain(label.textContent) ? label : null;
}

function rkRepairRadios(root) {
  for (const radio of root.querySelectorAll(".rk .widget-radio")) {
    const box = radio.querySelector(".widget-radio-box"), label = rkLabel(radio);
    if (!box) continue;
    rkSet(box, "role", "radiogroup");
    if (label) rkSet(box, "aria-labelledby", rkId(label, "label"));
    const name = rkId(box, "group");
    for (const input of box.querySelectorAll("input")) if (input.name !== name) input.name = name;
  }
}

function rkRepairToggles(root) {
  for (const toggle of root.querySelectorAll(".rk .widget-toggle-buttons")) {
    const label = rkLabel(toggle), box = toggle.querySelector(":scope > div");
    if (box) { rkSet(box, "role", "group"); if (label) rkSet(box, "aria-labelledby", rkId(label, "label")); }
    const all = [...toggle.querySelectorAll("button")];
    for (const button of all) rkSet(button, "aria-pressed", String(button.classList.contains("mod-active")));
    if (toggle.classList.contains("rk-scale") && !toggle.contains(document.activeElement)) {   // one tab stop a scale
      const at = all.find((button) => button.classList.contains("mod-active")) || all[0];
      for (const button of all) rkSet(button, "tabindex", button === at ? "0" : "-1");
    }
  }
}

function rkRepairGroups(root) {
  for (const group of root.querySelectorAll(".rk-multi")) {
    const question = group.querySelector(".rk-q");
    if (question) { rkSet(group, "role", "group"); rkSet(group, "aria-labelledby", rkId(question, "q")); }
  }
  for (const button of root.querySelectorAll("button.rk-for, .rk-for > button")) {      // "Open", "Skip": say what for
    if (button.title && button.textContent) {
      rkSet(button, "aria-label", `${rkPlain(button.textContent)}: ${button.title}`);
      button.removeAttribute("title");
    }
  }
}

function rkRepairOwnQuestions(root) {                                                    // the question is told beside its control
  for (const box of root.querySelectorAll(".rk .rk-mine")) {
    const question = box.querySelector(".rk-q"), field = box.querySelector(":scope > .rk-field:not(.rk-mineform)");
    if (!question || !field) continue;
    const control = field.querySelector("[role=group], [role=radiogroup]") || field.querySelector("textarea, input");
    if (control) rkSet(control, "aria-labelledby", rkId(question, "mine"));
    const skip = field.querySelector(".rk-for");
    if (skip) rkSet(skip, "aria-label", `${rkPlain(skip.textContent)}: ${rkPlain(question.textContent)}`);
  }
}

function rkRepair(root) {
  for (const page of rkPages.values()) rkDrawShut(page);
  for (const el of root.querySelectorAll('.rk [title="null"]')) el.removeAttribute("title");
  for (const el of root.querySelectorAll(".rk button[tabbable]")) el.removeAttribute("tabbable");
  rkRepairRadios(root);
  rkRepairToggles(root);
  rkRepairGroups(root);
  rkRepairOwnQuestions(root);
  for (const box of root.querySelectorAll(".rk-twin[open] > .rk-fold__in")) {            // wider than a phone: a keyboard can scroll it too
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute("tabindex");
  }
  for (const svg of root.querySelectorAll(".rk-chart svg.main-svg")) rkSet(svg, "aria-hidden", "true");
  for (const el of root.querySelectorAll(".rk input:not([type=radio]):not([type=checkbox])")) rkSet(el, "autocomplete", "off");
}

function rkScaleKeys(event) {                                                            // arrows move inside a 0-10 scale
  const button = event.target.closest?.(".rk-scale button");
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!button || !step) return;
  const all = [...button.parentElement.querySelectorAll("button")], next = all[all.indexOf(button) + step];
  if (!next) return;
  for (const one of all) one.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  event.preventDefault();
}

function rkFoldKeys(event) {                                                             // Esc folds what is unfolded around the keyboard
  const at = event.target, fold = event.key === "Escape" && at.closest?.(".rk details[open]");
  if (!fold || event.defaultPrevented || at.closest(".rk-contents") || at.matches("textarea, input, select")) return;
  fold.open = false;
  fold.querySelector("summary").focus();
}

// A card that opens and shuts quickly: a view may be told of its size after it was taken away, and would then complain.
async function rkRepairViews(manager) {
  const { prototype } = await manager.loadClass("DOMWidgetView", "@jupyter-widgets/base", "2.0.0"), remove = prototype.remove;
  if (prototype.rkDeaf) return;
  prototype.rkDeaf = true;
  prototype.remove = function () {
    const widget = this.luminoWidget, gone = remove.call(this);
    if (widget?.isDisposed) widget.processMessage = () => {};
    return gone;
  };
}

function rkStartRepairs() {
  if (window.rkRepairing) return;
  window.rkRepairing = true;
  rkHoldPresses();
  let due = 0;
  const soon = () => { due ||= requestAnimationFrame(() => { due = 0; rkRepair(document); }); };
  new MutationObserver(soon).observe(document.body,
    { subtree: true, childList: true, attributes: true, attributeFilter: ["class", "title"] });
  document.addEventListener("keydown", rkScaleKeys);
  document.addEventListener("keydown", rkFoldKeys);
  document.addEventListener("toggle", soon, true);
  window.addEventListener("resize", soon);
  document.addEventListener("focusout", soon);                                           // a scale that is left has its tab stop at its answer
  soon();
}
