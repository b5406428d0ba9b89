// Sight: what has the keyboard stays in sight when a card grows above it, for a sentence back or a chart.
let rkSeenAt = null, rkSeenIn = 0;   // what has the keyboard, as long as it can be seen, and how far down its card it stands

const rkDown = (el) => el.getBoundingClientRect().top - (el.closest(".rk-exercise") || document.body).getBoundingClientRect().top;

function rkCanBeSeen(el) {
  const box = el.getBoundingClientRect(), bar = document.querySelector(".rk-top")?.getBoundingClientRect().bottom ?? 0;
  return box.bottom > bar && box.top < window.innerHeight - 16;
}

function rkNoteSight() {
  const el = document.activeElement;
  rkSeenAt = el && el !== document.body && rkCanBeSeen(el) ? el : null;
  if (rkSeenAt) rkSeenIn = rkDown(el);
}

const rkGrowing = new ResizeObserver(() => {
  const el = document.activeElement;
  if (el === rkSeenAt && el?.matches(":focus-visible") && !rkCanBeSeen(el)) el.scrollIntoView({ block: "nearest", behavior: "instant" });
  rkNoteSight();
});

function rkHoldSight(until) {
  const scrolled = () => {             // who scrolls away is not called back; where the card grew in the same moment, that comes first
    if (!rkSeenAt || document.activeElement !== rkSeenAt || Math.abs(rkDown(rkSeenAt) - rkSeenIn) < 1) rkNoteSight();
  };
  document.addEventListener("focusin", () => requestAnimationFrame(rkNoteSight), until);   // by then it is scrolled to
  document.addEventListener("scroll", scrolled, { capture: true, passive: true, ...until });   // JupyterLab scrolls a part of its page
}
