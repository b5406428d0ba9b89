// Press: what is pressed is pressed, also when the page moves under the hand. Words may arrive between the moment in
// which a button goes down and the one in which it comes up: the hand rests, the page does not, and the browser would
// see a press of nothing, or of what has come to stand there.
const RK_PRESSED = ".rk :is(button, summary, a[href], label)";
const RK_REST = 6;             // px that a resting hand may move; who lets go farther off has thought better of it

const rkSays = (el) => el.getAttribute("aria-label") || el.textContent;

function rkHoldPresses() {
  let held = null;
  const off = (event) => Math.hypot(event.clientX - held.x, event.clientY - held.y);
  const down = (event) => {
    const el = event.isPrimary && event.button === 0 ? event.target.closest?.(RK_PRESSED) : null;
    held = el && { el, says: rkSays(el), x: event.clientX, y: event.clientY };
  };
  const click = (event) => {
    if (!held || !event.isTrusted || !event.detail) return;   // by a script, or by keyboard
    const { el, says } = held, astray = !el.contains(event.target) && off(event) <= RK_REST;
    held = null;
    if (!astray) return;
    const here = event.target.closest?.(RK_PRESSED);         // drawn anew in its place, or moved away from it
    const meant = el.isConnected ? el : here && rkSays(here) === says ? here : null;
    event.stopImmediatePropagation();
    event.preventDefault();
    meant?.click();
  };
  window.addEventListener("pointerdown", down, true);
  window.addEventListener("click", click, true);
}
