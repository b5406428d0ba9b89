// Words: shows sentences that may hold a person's own words. Everything is set as text, never as markup.
const RK_TAGS = new Set(["p", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "div", "span", "strong", "em", "blockquote", "figure", "figcaption",
  "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "a", "button", "section", "small", "b"]);
const RK_ATTRIBUTES = new Set(["id", "role", "aria-label", "scope", "lang", "dir", "open", "aria-pressed", "data-state", "data-cloth", "data-part", "data-exercise", "data-chart"]);

function rkBlock(block, act) {
  if (typeof block === "string") return document.createTextNode(block);
  if (!RK_TAGS.has(block.tag)) return document.createTextNode(block.text || "");
  const el = document.createElement(block.tag);
  if (block.cls) el.className = block.cls;
  for (const [name, value] of Object.entries(block.set || {})) if (RK_ATTRIBUTES.has(name)) el.setAttribute(name, value);
  if (block.tag === "a" && /^(#|\/|\.\/|\.\.\/|[0-9a-z-]+\.ipynb|tel:|https:\/\/)/.test(block.href || "")) {
    el.href = block.href;
    const away = /^https:/.test(block.href) || (!document.body.classList.contains("rk-page") && /\.ipynb/.test(block.href));
    if (away) { el.target = "_blank"; el.rel = "noopener noreferrer"; }   // a plain link would end the page's contact
  }
  if (block.tag === "button") { el.type = "button"; el.dataset.act = block.act || ""; el.onclick = () => ({ print: rkPrint, copy: rkCopy }[block.act] || (() => act?.(block.act)))(el); }
  if (block.land) { el.dataset.land = "1"; if (block.tag !== "button") el.tabIndex = -1; }
  if (block.text) el.append(block.text);
  for (const kid of block.kids || []) el.append(rkBlock(kid, act));
  return el;
}

async function rkCopy(button) {      // to the clipboard and nowhere else; without one, the lines stand there chosen
  const from = button.closest(".rk-copybox")?.querySelector(".rk-copyfrom");
  if (!from) return;
  try { await navigator.clipboard.writeText(from.innerText); button.textContent = button.dataset.state; }
  catch { getSelection().selectAllChildren(from); }
}

function rkPrint(button) {           // only the sheet goes on paper: a copy of it stands alone on the page while it is printed
  const sheet = button.closest(".rk-sheetbox")?.querySelector(".rk-sheet");
  if (!sheet) return;
  const paper = document.createElement("div");
  paper.className = "rk rk-paper";
  paper.append(sheet.cloneNode(true));
  const charts = button.closest(".rk-exercise")?.querySelectorAll(".rk-charts .rk-chart");
  for (const place of paper.querySelectorAll("[data-chart]")) {   // the chart as it stands on the page, above its table
    const drawn = charts?.[Number(place.dataset.chart)]?.querySelector(".svg-container");
    if (drawn) place.append(drawn.cloneNode(true));
  }
  document.body.append(paper);
  document.body.classList.add("rk-printing");
  window.addEventListener("afterprint", () => { document.body.classList.remove("rk-printing"); paper.remove(); }, { once: true });
  window.print();
}

const rkBlocks = (blocks, act) => (blocks || []).map((block) => rkBlock(block, act));

function rkWordsView({ model, el }) {
  const box = document.createElement("div");
  box.className = `rk-told ${model.get("look")}`;
  el.append(box);
  let shown = "";
  const aim = (one) => one.dataset.act || one.getAttribute("href");
  const hear = (message) => {
    if (message.t === "land") box.querySelector("[data-land]")?.focus();
    if (message.t !== "tell") return;
    box.dataset.told = String(message.n);
    const blocks = JSON.stringify(message.blocks);
    if (blocks === shown) return;                            // the same once more: a link, a fold and a hand stay as they are
    shown = blocks;
    const held = box.contains(document.activeElement) ? aim(document.activeElement) : "";   // a keyboard stays where it was
    const seen = held && document.activeElement.matches(":focus-visible");
    box.replaceChildren(...rkBlocks(message.blocks, (act) => model.send({ t: "act", act })));
    if (held) {
      box.tabIndex = -1;                                     // where that button is gone, the keyboard stays near it
      ([...box.querySelectorAll("button, a")].find((one) => aim(one) === held) || box).focus({ preventScroll: true });
      if (seen && !rkCanBeSeen(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest", behavior: "instant" });
    }
  };
  model.on("msg:custom", hear);
  rkReady(model, hear);
  return () => model.off("msg:custom", hear);
}
