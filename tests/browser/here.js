// Where the keyboard is: what kind of control, whose card, and how well it can be seen that it is there.
() => {
  const el = document.activeElement;
  if (!el || el === document.body || el === document.documentElement) return null;
  const rgba = (text) => { const n = (text.match(/[\d.]+/g) || []).map(Number); return [n[0] || 0, n[1] || 0, n[2] || 0, n[3] ?? 1]; };
  const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, share, i) => { const p = c[i] / 255; return sum + share * (p <= 0.04045 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4); }, 0);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
  const ground = (at) => { for (; at; at = at.parentElement) { const c = rgba(getComputedStyle(at).backgroundColor); if (c[3] > 0.9) return c; } return [255, 255, 255, 1]; };
  const style = getComputedStyle(el), inside = parseFloat(style.outlineOffset) < 0;
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 ? ratio(rgba(style.outlineColor), ground(inside ? el : el.parentElement)) : 0;
  const box = el.getBoundingClientRect(), bar = document.querySelector('.rk-top').getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height, 24) / 2, 0), innerHeight - 1);
  const on = document.elementFromPoint(x, y), scrolled = el.closest('.rk-top, dialog') ? false : box.top < bar.bottom - 1 && scrollY > 1;
  window.rkStops ??= [];
  let at = window.rkStops.indexOf(el);
  if (at < 0) at = window.rkStops.push(el) - 1;
  const card = el.closest('.rk-exercise'), path = [];
  for (let field = el.closest('.rk-field'); field; field = field.parentElement.closest('.rk-field'))
    path.unshift([...field.classList].find((name) => name.startsWith('rk-field--')).slice(10));
  return { at, tag: el.tagName.toLowerCase(), type: el.type || '', ring: Math.round(ring * 100) / 100,
    seen: box.bottom > 0 && box.top < innerHeight && !scrolled && !!on && (el.contains(on) || on.contains(el) || [...(el.labels || [])].some((one) => one.contains(on))),
    look: String(el.className), name: (el.getAttribute('aria-label') || el.textContent || el.labels?.[0]?.textContent || '').trim().slice(0, 50),
    card: card ? [...card.classList].find((name) => name.startsWith('rk-exercise--')).slice(13) : '',
    path: path.join('/'), shut: !!el.closest('.rk-card--shut'), scale: !!el.closest('.rk-scale'), more: el.parentElement.classList.contains('rk-more'),
    open: el.matches('summary') && el.parentElement.open, frame: !!el.closest('.rk-top, .rk-journey, .rk-margin, .rk-nowrow, .rk-skiplink'), pressed: el.ariaPressed || '' };
}
