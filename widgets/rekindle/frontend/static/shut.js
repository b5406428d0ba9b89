// Shut: draws what a card shows that nobody has opened: its title, its state in words, and the button that opens it. As
// widgets, these would be two more of each card, and a part may have fifty. What is opened, the kernel fills with widgets.
const RK_OPENS = "jupyter-widgets jupyter-button widget-button rk-quiet rk-for";   // looks as a widget's button does

function rkShutFront(word) {
  const make = (tag, className) => Object.assign(document.createElement(tag), { className });
  const box = make("div", "rk-shut"), head = make("div", "rk-h"), state = make("p", "rk-meta"), title = make("h2", "");
  const button = Object.assign(make("button", RK_OPENS), { type: "button", textContent: word });
  box.append(head);
  head.append(state, title);
  return { box, state, title, button, told: null };
}

function rkDrawShut(page) {
  const fronts = page.model.get("fronts");
  for (const root of page.roots()) {
    root.rkExercise ??= rkName(root, "rk-exercise--");
    const lines = root.classList.contains("rk-card--shut") && fronts[root.rkExercise];
    if (!lines) {
      if (root.rkFront) for (const el of [root.rkFront.box, root.rkFront.button]) el.remove();
      root.rkFront = null;
      continue;
    }
    const front = (root.rkFront ??= rkShutFront(page.words.open)), [title, state] = lines, told = lines.join("\n");
    if (!front.box.isConnected) root.prepend(front.box, front.button);
    while (root.firstChild !== front.box) root.append(root.firstChild);   // a widget takes the first place, and may not have it
    if (front.told === told) continue;
    front.told = told;
    front.title.textContent = title;
    front.state.textContent = state;
    front.state.hidden = !state;
    front.button.setAttribute("aria-label", `${page.words.open}: ${title}`);
  }
}
