// What can still be read of a page while its words are hidden. `seen`: where a text stands that nothing covers, and fields
// whose letters show. `marked`: choices that look like no other choice of their question, so that one could tell them.
({
  seen: (canary) => {
    const blurred = (el) => el && (getComputedStyle(el).filter.includes("blur") || blurred(el.parentElement));
    const there = (el) => el.getClientRects().length && !el.closest("script, style, option");
    const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const el = walk.currentNode.parentElement;
      if (walk.currentNode.data.includes(canary) && there(el) && !blurred(el)) found.push(`text in ${el.className}`);
    }
    for (const el of document.querySelectorAll(".rk :is(textarea, select, input:not([type=radio], [type=checkbox]))")) {
      const clear = getComputedStyle(el).color !== "rgba(0, 0, 0, 0)" && !blurred(el);
      if (el.value && there(el) && clear) found.push(`${el.tagName} in ${el.closest(".rk-field")?.className}`);
    }
    return found;
  },
  marked: (root) => {
    const parts = ["backgroundColor", "backgroundImage", "color", "borderColor", "fontWeight", "content", "boxShadow", "outlineStyle"];
    const look = (el, part) => parts.map((name) => getComputedStyle(el, part)[name]).join();
    const isOn = (el) => el.checked || el.classList.contains("mod-active") || el.getAttribute("aria-pressed") === "true";
    const told = [], questions = new Map();
    for (const el of root.querySelectorAll("input[type=radio], input[type=checkbox], .widget-toggle-button, [aria-pressed]")) {
      const field = el.closest(".rk-field") || root, row = el.closest("label");
      const name = el.textContent || row?.textContent || "tick";
      const one = { name, on: isOn(el), look: [look(el), look(el, "::before"), row ? look(row) : ""].join("|") };
      questions.set(field, [...(questions.get(field) || []), one]);
    }
    for (const all of questions.values()) {
      const off = new Set(all.filter((one) => !one.on).map((one) => one.look));
      if (off.size) told.push(...all.filter((one) => one.on && !off.has(one.look)).map((one) => one.name));
    }
    return told;
  },
})
