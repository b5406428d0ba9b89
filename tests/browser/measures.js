// What axe does not measure: the size of every target, what scrolls sideways or spills, and contrast on textures.
// Returns {kind: ["what: how much", ...]}; an empty list is what everybody wants.
(least) => {
  const found = { targets: [], sideways: [], spilled: [], text: [], controls: [] };
  const shown = (el) => {
    if (!el.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const box = el.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.bottom + scrollY > 0 && box.right > 0 && !el.closest(".rk-vh");
  };
  const named = (el) => {
    const exercise = el.closest(".rk-exercise, .rk-card, dialog, header, nav")?.className || "";
    const where = (exercise.match(/rk-(?:exercise--|of-)?[\w-]+/g) || []).filter((name) => !/rk-of-|rk-card|rk-exercise$|rk-is/.test(name));
    return `${where[0] || ""} <${el.tagName.toLowerCase()} ${el.className && String(el.className.baseVal ?? el.className).slice(0, 60)}> ${(el.textContent || "").trim().slice(0, 30)}`;
  };
  const note = (kind, el, what) => { if (found[kind].length < 400) found[kind].push(`${named(el)}: ${what}`); };

  // Colours
  const rgba = (text) => {
    const numbers = (text.match(/[\d.]+/g) || []).map(Number);
    if (text.startsWith("color(srgb")) return [numbers[0] * 255, numbers[1] * 255, numbers[2] * 255, numbers[3] ?? 1];
    return /^rgba?\(/.test(text) ? [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1] : [0, 0, 0, 0];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const ground = (el) => {                               // what lies behind an element, flat: textures are hairlines of a few percent
    const layers = [];
    for (let at = el; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3]) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), rgba(getComputedStyle(document.body).backgroundColor));
  };
  const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, share, i) => {
    const part = c[i] / 255;
    return sum + share * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
  const faded = (el) => { let all = 1; for (let at = el; at; at = at.parentElement) all *= Number(getComputedStyle(at).opacity); return all; };

  // Targets: a tick or a radio button is as large as the label that can be pressed for it
  const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=slider]")];
  const inSentence = (el) => el.matches("a") && getComputedStyle(el).display === "inline"
    && el.parentElement.textContent.trim() !== el.textContent.trim();
  for (const el of controls) {
    if (!shown(el) || el.disabled || inSentence(el)) continue;
    const boxes = [el, ...(el.labels || [])].filter(shown).map((one) => one.getBoundingClientRect());
    const width = Math.max(...boxes.map((b) => b.right)) - Math.min(...boxes.map((b) => b.left));
    const height = Math.max(...boxes.map((b) => b.bottom)) - Math.min(...boxes.map((b) => b.top));
    if (Math.min(width, height) < least - 0.5) note("targets", el, `${width.toFixed(0)} × ${height.toFixed(0)}`);
  }

  // Sideways, and words that leave their place
  const scrolls = (el) => { for (let at = el; at && at !== document.body; at = at.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return true; return false; };
  if (document.documentElement.scrollWidth > innerWidth) {
    found.sideways.push(`the page: ${document.documentElement.scrollWidth} in ${innerWidth}`);
    for (const el of document.body.querySelectorAll("*"))
      if (shown(el) && el.getBoundingClientRect().right > innerWidth + 1 && !scrolls(el.parentElement)) note("sideways", el, `to ${el.getBoundingClientRect().right.toFixed(0)}`);
    found.sideways.length = Math.min(found.sideways.length, 8);
  }
  for (const el of document.querySelectorAll(".rk :is(button, summary, label, th, td, h1, h2, h3, a, p, li)")) {
    if (!shown(el) || !el.textContent.trim() || getComputedStyle(el).display === "inline") continue;
    const range = document.createRange();
    range.selectNodeContents(el);
    const words = range.getBoundingClientRect(), box = el.getBoundingClientRect();
    if (words.right > box.right + (/^pre/.test(getComputedStyle(el).whiteSpace) || el.querySelector(".rk-words") ? 12 : 1.5) && !scrolls(el)) note("spilled", el, `${(words.right - box.right).toFixed(0)} px to the right`);
    else if (el.matches("button, a") && words.bottom > box.bottom + 2) note("spilled", el, `${(words.bottom - box.bottom).toFixed(0)} px below`);
    else if (/hidden|clip/.test(getComputedStyle(el).overflowX) && el.scrollWidth > el.clientWidth + 1) note("spilled", el, `cut off by ${el.scrollWidth - el.clientWidth} px`);
  }

  // Text: 4.5 to 1, or 3 to 1 where it is large
  const hiding = document.documentElement.hasAttribute("data-rk-hide");
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = new Set();
  const judge = (el, colour, what) => {
    const style = getComputedStyle(el), size = parseFloat(style.fontSize), under = ground(el);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ink = over([colour[0], colour[1], colour[2], colour[3] * faded(el)], under);
    const is = ratio(ink, under);
    if (is < (large ? 3 : 4.5)) note("text", el, `${what} ${is.toFixed(2)}`);
  };
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const el = node.parentElement;
    if (!node.data.trim() || seen.has(el) || !shown(el) || el.closest("script, style, noscript, option, :disabled, textarea")) continue;
    seen.add(el);
    if (hiding && el.closest(".rk-words, .rk-chart, .rk-insight, .rk-say, .rk-fact")) continue;
    const inPicture = el.closest("svg");
    judge(el, rgba(inPicture ? getComputedStyle(el).fill : getComputedStyle(el).color), "text");
  }
  for (const el of document.querySelectorAll(".rk :is(textarea, select, input:not([type=radio], [type=checkbox]))")) {
    if (!shown(el) || el.disabled || hiding) continue;
    judge(el, rgba(getComputedStyle(el).color), "what is typed");
    if (el.placeholder) judge(el, rgba(getComputedStyle(el, "::placeholder").color), "placeholder");
  }

  // Controls: what shows that there is a control, and which one is chosen, 3 to 1
  const drawn = ".rk :is(textarea, select, input, .rk-scale > div:last-of-type, .rk-chips button, .rk-own-choice button)";
  for (const el of document.querySelectorAll(drawn)) {
    if (!shown(el) || el.disabled) continue;
    const style = getComputedStyle(el), behind = ground(el.parentElement), own = rgba(style.backgroundColor);
    const edge = parseFloat(style.borderTopWidth) ? rgba(style.borderTopColor) : [0, 0, 0, 0];
    const best = Math.max(ratio(over(edge, behind), behind), ratio(over(own, behind), behind));
    if (best < 3) note("controls", el, `${el.type || ""} edge ${best.toFixed(2)}`);
  }
  for (const el of document.querySelectorAll(".rk :is(.mod-active, [aria-pressed=true])")) {
    if (!shown(el) || hiding || el.closest(".rk-tools")) continue;
    const is = ratio(ground(el), ground(el.parentElement));
    if (is < 3) note("controls", el, `chosen ${is.toFixed(2)}`);
  }
  for (const el of document.querySelectorAll(".rk-chart :is(.scatterlayer path, .barlayer path)")) {
    if (!shown(el)) continue;
    const style = getComputedStyle(el), behind = ground(el.closest(".rk-chart"));
    if (Math.max(rgba(style.fill)[3] * Number(style.fillOpacity), rgba(style.stroke)[3] * Number(style.strokeOpacity)) < 0.5) continue;   // rings and grounds
    const inks = [style.fill, style.stroke].map(rgba).map((c, i) => [c[0], c[1], c[2], c[3] * Number(i ? style.strokeOpacity : style.fillOpacity)]);
    const best = Math.max(...inks.map((c) => ratio(over(c, behind), behind)));
    if (best < 3 && !/url/.test(style.fill)) note("controls", el, `a mark of a chart ${best.toFixed(2)}`);
  }
  return found;
}
