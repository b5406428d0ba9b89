// Lock: tells that somebody is here, notices that the book was locked, and clears the words off the page when it is.
const RK_TOUCH = 4000;         // ms between two signs that somebody is here; a beat of an open page is none
const RK_GUARD = 2500;         // ms between two looks if the book is still open

const rkTell = (what) => fetch(`/lock/${what}`, { method: "POST", headers: { "X-Rekindle": "1" }, keepalive: true, cache: "no-store" }).catch(() => {});

function rkGuard(page, until) {
  if (!page.words.lock) return () => {};
  let last = 0, asking = false;
  const touched = () => {
    if (performance.now() - last < RK_TOUCH && last) return;
    last = performance.now();
    rkTell("awake");
  };
  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) document.addEventListener(kind, touched, { capture: true, passive: true, ...until });
  const look = async () => {
    if (asking) return;
    asking = true;
    try { if ((await (await fetch("/lock/state", { cache: "no-store" })).json()).locked) page.locked(); } catch { /* nobody answers: the marks on the page say so */ }
    asking = false;
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); }, until);
  touched();
  const every = setInterval(look, RK_GUARD);
  return () => clearInterval(every);
}

async function rkLock() {      // what is typed goes off first; then the words leave the screen, and the book asks anew
  window.dispatchEvent(new CustomEvent("rk-leaving"));
  document.documentElement.classList.add("rk-gone");
  await rkTell("now");
  location.reload();
}
