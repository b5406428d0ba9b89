// Rows: an editable table. Each row is a group of labelled cells, so that it reads well on a phone and aloud.
function rkCell(column, row, at, name) {
  const cell = document.createElement("div"), label = document.createElement("label");
  cell.className = `rk-f rk-cell rk-cell--${column.id}${column.wide ? " rk-wide" : ""}`;
  const id = `rk-c-${++rkSeq}`;
  label.className = "widget-label"; label.htmlFor = id; label.textContent = column.label;
  let input;
  if (column.kind === "choice" || column.kind === "scale") {
    input = document.createElement("select");
    const options = column.kind === "scale" ? Array.from({ length: 11 }, (_, i) => ({ id: String(i), text: String(i) })) : column.options;
    input.append(new Option(column.blank, ""));
    for (const option of options) input.append(new Option(option.text, option.id));
  } else if (column.kind === "tick") {
    cell.classList.add("rk-tick");
    input = Object.assign(document.createElement("input"), { type: "checkbox" });
  } else if (column.kind === "date") {
    input = Object.assign(document.createElement("input"), { type: "date" });
  } else {
    input = rkArea(id, column.label, column.limit);
  }
  rkPut(column, input, row[column.id]);
  input.id = id;
  input.autocomplete = "off";
  input.dataset.column = column.id;
  input.setAttribute("aria-describedby", name);
  cell.append(...(column.kind === "tick" ? [input, label] : [label, input]));
  return cell;
}

function rkPut(column, input, value) {
  if (column.kind === "tick") { input.checked = value === true; return; }
  const text = value === undefined || value === null ? "" : String(value);
  if (input.value === text) return;    // else the cursor jumps to the end
  input.value = text;
  if (input.matches("textarea") && input.isConnected) rkGrow(input);
}

function rkRead(column, input) {
  if (column.kind === "tick") return input.checked;
  if (column.kind === "scale") return input.value === "" ? undefined : Number(input.value);
  return input.value === "" ? undefined : input.value;
}

function rkRows({ model, el }) {
  const shape = model.get("shape"), words = shape.words, box = document.createElement("div");
  box.className = `rk-own ${shape.look}`;
  box.setAttribute("role", "group");
  const question = document.createElement("div"), list = document.createElement("div"), tail = document.createElement("div");
  question.className = "rk-q"; question.id = `rk-q-${++rkSeq}`; question.append(shape.ask);
  if (shape.hint) question.append(Object.assign(document.createElement("span"), { textContent: shape.hint }));
  box.setAttribute("aria-labelledby", question.id);
  list.className = "rk-rows"; tail.className = "rk-row";
  const add = Object.assign(document.createElement("button"), { type: "button", className: "rk-btn rk-add", textContent: words.add });
  const back = Object.assign(document.createElement("button"), { type: "button", className: "rk-btn rk-btn--quiet rk-back", textContent: words.back, hidden: true });
  tail.append(add, back);
  box.append(question, list, tail);
  el.append(box);

  let removed = null;
  const fixed = Object.fromEntries(shape.fixed.map((row) => [row.id, row.text]));
  const asked = new Set(["row", ...shape.columns.map((column) => column.id)]);
  const rest = (row) => Object.fromEntries(Object.entries(row).filter(([key]) => !asked.has(key)));   // cells of a column that is asked no more
  const full = (row) => Object.entries(row).some(([key, value]) => key !== "row" && value !== undefined && value !== false && value !== "");
  const read = () => [...list.children].map((group) => {
    const row = { ...group.rkRest, ...(group.dataset.row ? { row: group.dataset.row } : {}) };
    for (const column of shape.columns) {
      const value = rkRead(column, group.querySelector(`[data-column="${column.id}"]`));
      if (value !== undefined && value !== false) row[column.id] = value;
    }
    return row;
  }).filter(full);
  const keeper = rkKeeper({ model, el: box, read });

  const number = () => {
    [...list.children].forEach((group, i) => {
      const name = group.querySelector(".rk-rowno");
      name.textContent = group.dataset.row ? fixed[group.dataset.row] || words.row.replace("{n}", i + 1) : words.row.replace("{n}", i + 1);
      group.setAttribute("aria-labelledby", name.id);
      const remove = group.querySelector(".rk-remove");
      if (remove) remove.setAttribute("aria-label", `${words.remove}: ${name.textContent}`);
    });
    add.hidden = shape.fixedOnly || list.children.length >= shape.most;
  };
  const make = (row, at = null) => {
    const group = document.createElement("div"), end = document.createElement("div"), name = document.createElement("span");
    group.className = "rk-trow"; group.setAttribute("role", "group");
    name.className = "rk-rowno"; name.id = `rk-n-${++rkSeq}`;
    if (row.row) group.dataset.row = row.row;
    group.rkRest = rest(row);
    for (const column of shape.columns) group.append(rkCell(column, row, at, name.id));
    end.className = "rk-rowend"; end.append(name);
    if (!row.row) {
      const remove = Object.assign(document.createElement("button"), { type: "button", className: "rk-btn rk-btn--quiet rk-remove", textContent: words.remove });
      remove.onclick = () => drop(group);
      end.append(remove);
    }
    if (row.row) group.prepend(end); else group.append(end);
    list.insertBefore(group, at === null ? null : list.children[at] || null);
    for (const area of group.querySelectorAll("textarea")) rkGrow(area);
    return group;
  };
  const drop = (group) => {
    removed = { at: [...list.children].indexOf(group), row: rowOf(group) };
    group.remove();
    if (!list.children.length) make({});
    back.hidden = false; number(); keeper.changed(); keeper.flush(); back.focus();
  };
  back.onclick = () => {
    if (!removed) return;
    const blank = [...list.children].find((group) => list.children.length === 1 && !full(rowOf(group)));
    if (blank) blank.remove();
    const group = make(removed.row, removed.at);
    removed = null; back.hidden = true; number(); keeper.changed(); keeper.flush();
    group.querySelector("[data-column]")?.focus();
  };
  const rowOf = (group) => ({ ...group.rkRest, ...Object.fromEntries(shape.columns.map((c) => [c.id, rkRead(c, group.querySelector(`[data-column="${c.id}"]`))])) });
  add.onclick = () => { const group = make({}); number(); group.querySelector("[data-column]")?.focus(); };
  const edited = (event) => {
    if (!event.target.dataset?.column) return;
    if (event.target.matches("textarea")) {
      rkGrow(event.target);
      if (event.target.value.length > Number(event.target.dataset.limit)) { keeper.refuse(shape.over); return; }
    }
    keeper.changed();
    if (!event.target.matches("textarea")) keeper.flush();
  };
  list.addEventListener("input", edited);
  list.addEventListener("focusout", keeper.flush);

  const write = (group, row) => {      // into the cells that stand there: the keyboard may be in one of them
    group.rkRest = rest(row);
    for (const column of shape.columns) rkPut(column, group.querySelector(`[data-column="${column.id}"]`), row[column.id]);
  };
  const drawn = () => [...list.children];
  const fill = (rows) => {             // a page is filled again whenever its window comes to the front
    const known = rows.filter((row) => !row.row || fixed[row.row]), plain = known.filter((row) => !row.row);
    const named = new Map(known.filter((row) => row.row).map((row) => [row.row, row]));
    for (const { id } of shape.fixed) {
      const row = named.get(id) || { row: id }, group = drawn().find((one) => one.dataset.row === id);
      if (group) write(group, row); else make(row);
    }
    const free = drawn().filter((group) => !group.dataset.row), last = free.findLastIndex((group) => full(rowOf(group)));
    const slots = free.filter((group, i) => i > last || full(rowOf(group)));   // a blank row between two others stays one
    plain.forEach((row, i) => { if (slots[i]) write(slots[i], row); else make(row); });
    const gone = slots.slice(plain.length).filter((group) => full(rowOf(group))), held = gone.some((group) => group.contains(document.activeElement));
    for (const group of gone) group.remove();
    while (!shape.fixed.length && list.children.length < shape.start) make({});
    number();
    if (held) (add.hidden ? list.querySelector("[data-column]") : add)?.focus({ preventScroll: true });
  };
  const hear = (message) => {
    if (message.t === "fill" && !(keeper.busy() || rkPageOf(box)?.dirty().includes(rkPath(rkFieldOf(box))))) {
      fill(message.value);
      box.dataset.filled = "1";
    }
    keeper.hear(message);
  };
  model.on("msg:custom", hear);
  rkReady(model, hear);
  return () => { keeper.end(); model.off("msg:custom", hear); };
}
