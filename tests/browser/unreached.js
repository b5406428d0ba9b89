// Every control that a keyboard should come to and has not: of radio buttons and of a scale one is enough.
() => {
  const group = (el) => el.type === "radio" ? `radio ${el.name}` : el.closest(".rk-scale") || el;
  const reached = new Set((window.rkStops || []).map(group));
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
  const shown = (el) => el.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && el.getBoundingClientRect().width;
  return all.filter((el) => !el.disabled && shown(el) && !el.closest("dialog:not([open])") && !reached.has(group(el)))
    .map((el) => `<${el.tagName.toLowerCase()} ${el.className}> ${(el.textContent || el.name || "").trim().slice(0, 40)}`);
}
