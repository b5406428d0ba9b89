// Ready: views that came together say in one message that they are there, and what they are told comes back in one.
const rkComing = new Map();    // widget manager -> the views that have not said so yet

function rkReady(model, hear) {
  const coming = rkComing.get(model.widget_manager);
  if (coming) { coming.push({ model, hear }); return; }
  rkComing.set(model.widget_manager, [{ model, hear }]);
  setTimeout(() => rkSayReady(model.widget_manager), 0);
}

function rkSayReady(manager) {
  const views = rkComing.get(manager), page = [...rkPages.values()].find((one) => one.model.widget_manager === manager);
  rkComing.delete(manager);
  if (views.length > 1 && page) {
    for (const { model, hear } of views) page.expects.set(model.get("line"), [...(page.expects.get(model.get("line")) || []), hear]);
    page.say({ t: "views", lines: [...new Set(views.map(({ model }) => model.get("line")))] });
  } else for (const { model } of views) model.send({ t: "ready" });
}
