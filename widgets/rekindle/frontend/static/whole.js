// Whole: whether all that the page is about to show has arrived. It may not be called ready before. Only charts that
// nobody can see yet come after it: the lines of ten years keep no button waiting.
const RK_WHOLE = 60000;        // ms for which a page is given the time to become whole; after that it is never called ready

const rkAny = (selector, test) => [...document.querySelectorAll(selector)].some(test);

const rkInSight = (el) => { const box = el.getBoundingClientRect(); return box.width > 0 && box.bottom > 0 && box.top < window.innerHeight; };

function rkWhole() {
  const waits = rkAny("#rendered_cells script[type='application/vnd.voila.cell-output+json']", () => true)   // not looked at yet
    || rkAny("#rendered_cells .jp-OutputArea-output", (el) => el.textContent === "Loading widget...")        // its model is on its way
    || rkAny(".jp-CodeCell > * > .jp-OutputArea-output", (el) => !el.firstChild)                             // its view is on its way
    || rkAny(".rk .lm-Widget", (el) => el.className === "lm-Widget")                                         // keeps a child's place
    || rkAny(".rk .rk-card--shut", (el) => !el.rkFront)                                                      // shows nothing yet
    || rkAny(".rk-words-here", (el) => !el.querySelector(".rk-told[data-told]"))                             // was told nothing yet
    || rkAny(".rk-plotly", (el) => rkInSight(el) && !el.querySelector("svg.main-svg"));                      // a chart without its lines
  return !waits;
}
