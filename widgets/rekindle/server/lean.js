/*
 * Begins a page of ours with the parts of Voilà that it uses, in place of Voilà's own start, which brings JupyterLab's.
 *
 * `bundle.py` puts this file and `line.js` first, then the parts, the extensions, and Voilà's start script, which calls `begin`.
 * What is not in the bundle has a stand-in: whoever asks more of one than its name sends the page the plain way.
 */
(() => {
  const lean = window.rekindleLean;
  const PLAIN = "rk-plain"; // our template looks for it: this window loads its pages the plain way from now on
  const SCRIPTS = "script[type='application/vnd.voila.cell-output+json']";
  const WIDGET = "application/vnd.jupyter.widget-view+json";
  const KNOWN = [WIDGET, "application/vnd.plotly.v1+json"];
  const PATIENCE = 4000; // ms for a kernel to tell of its widgets
  const OWN_MANAGER = "@jupyter-widgets/jupyterlab-manager:plugin"; // JupyterLab's, for notebooks that are edited

  const outputs = () => [...document.body.querySelectorAll(SCRIPTS)];
  const told = (script) => JSON.parse(script.textContent).data || {};

  /* Whether all that this page shows can be shown by what the bundle holds. */
  const fits = () => outputs().every((script) => KNOWN.some((type) => type in told(script)));

  /* Goes the plain way, in this window: what the page has to save is saved as it goes. Tells nothing of why: an error may
     quote. Returns whether it goes: in a browser that keeps nothing it would come back here for ever. Help that is open is
     read to its end first. */
  lean.failed = () => {
    try {
      sessionStorage.setItem(PLAIN, "1");
    } catch {
      return false;
    }
    const help = document.querySelector("dialog[open]");
    if (help) help.addEventListener("close", () => location.reload(), { once: true });
    else location.reload();
    return true;
  };

  const own = document.currentScript.src;
  const at = (path) => new URL(`../../../${path}`, own).href;
  lean.as = (path) => {                       // a script asks where it came from, to find its other parts
    if (!path) return void delete document.currentScript;
    const value = { tagName: "SCRIPT", src: at(path) };
    Object.defineProperty(document, "currentScript", { configurable: true, value });
  };

  const modules = new Map();
  const OWN_VIEW = /^\/\/ rekindle: (\w+)\n/;
  const ownView = (view) => ({ default: { render: async (context) => (await globalThis.rekindleFront.promise)[view](context) } });
  /* One script for all widgets that are made from the same text; for our own it is here already (`lean.front`). */
  lean.once = (text, load) => {
    const own = OWN_VIEW.exec(text);
    if (!modules.has(text)) modules.set(text, own ? Promise.resolve(ownView(own[1])) : load(text));
    return modules.get(text);
  };

  /* A package that is there by name: others may name its parts and build on them, and not use them. */
  const refuse = () => {
    lean.failed();
    throw new Error("not in the lean page");
  };
  const part = () => new Proxy(class {}, { construct: refuse, apply: refuse });
  /* The one part that is used here: an area of outputs counts its outputs with it, and nobody asks for the count. */
  class WidgetTracker {
    has() { return false; }
    add() { return Promise.resolve(); }
    dispose() {}
  }
  const standIn = (used = {}) => {
    const parts = { __esModule: true, ...used };
    return new Proxy(parts, { get: (_, name) => (name === "then" ? undefined : (parts[name] ??= part())) });
  };

  /* What Voilà's own start provides, as far as the extensions ask for it. */
  const provided = (rendermime, known) => ({
    id: "rekindle:rendermime",
    provides: rendermime.IRenderMimeRegistry,
    activate: () => known,
    autoStart: true,
  });

  const newApp = () => {
    let resolve;
    const promise = new Promise((go) => { resolve = go; });
    return { name: "Voila", widgetManagerPromise: { promise }, set widgetManager(manager) { resolve(manager); } };
  };

  /* Each extension's plugins and renderers. */
  const extensions = async (shared) => {
    const own = lean.extensions.map((one) => ({ ...one, container: window._JUPYTERLAB[one.name] }));
    for (const { container } of own) await container.init(shared);
    const get = async (what) => {
      const found = await Promise.all(own.filter((one) => one[what]).map(async (one) => (await one.container.get(one[what]))()));
      return found.flatMap((module) => module.default);
    };
    return { plugins: await get("extension"), renderers: await get("mimeExtension") };
  };

  /* All widgets are known before the first is shown: looked for too early, one is looked for again and again, and given up. */
  const known = async (app) => {
    const manager = await app.widgetManagerPromise.promise;
    const whole = manager.restoredStatus || new Promise((go) => manager.restored.connect(go));
    await Promise.race([whole, new Promise((go) => setTimeout(go, PATIENCE))]);
  };

  const show = ({ Widget }, registry) => {
    window.themeLoaded = true; // the sheet holds it
    if (window.cellLoaded) window.voila_finish();
    for (const script of outputs()) {
      const data = told(script);
      const place = script.parentElement;
      const type = registry.preferredMimeType(data, "any");
      if (!type) continue;
      const renderer = registry.createRenderer(type);
      renderer.renderModel({ data, metadata: {}, trusted: true, setData: () => {} }).catch(notBegun);
      renderer.addClass("jp-OutputArea-output");
      script.remove();
      Widget.attach(renderer, place);
    }
  };

  const begin = async (voila) => {
    lean.handOver();
    lean.front();
    await voila.I("default");
    const shared = voila.S.default;
    for (const name of lean.standIns) {
      const held = standIn(name === "@jupyterlab/apputils" ? { WidgetTracker } : {});
      for (const version of Object.values(shared[name])) version.get = async () => () => held;
    }
    const need = async (name) => (await Object.values(shared[name])[0].get())();
    const [core, rendermime, widgets] = await Promise.all(lean.needs.map(need));
    const sanitizer = { sanitize: refuse };
    const registry = new rendermime.RenderMimeRegistry({ initialFactories: rendermime.standardRendererFactories, sanitizer });
    const app = newApp();
    const found = await extensions(shared);
    for (const one of found.renderers) registry.addFactory(one.rendererFactory, one.rank);
    const start = new core.PluginRegistry();
    start.application = app;
    start.registerPlugins([provided(rendermime, registry), ...found.plugins.filter((one) => one.id !== OWN_MANAGER)]);
    await start.activatePlugins("startUp"); // it tells of a plugin that does not begin, and goes on
    if (!start.listPlugins().every((id) => start.isPluginActivated(id))) throw new Error("not begun");
    window.jupyterapp = app;
    await known(app);
    show(widgets, registry);
  };

  /* It has not begun. Where that is because no kernel answers, another way would find none either, and would close the help
     that somebody may be reading: the frame stays as it is. */
  const notBegun = async () => {
    const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    const answer = await fetch(`${baseUrl}api/kernels/${kernelId}`).catch(() => null);
    if (answer?.ok) lean.failed();
  };

  /* Voilà's start script calls this with its way to its parts, once the page is whole. */
  lean.begin = (voila) => {
    if (fits() || !lean.failed()) begin(voila).catch(notBegun);
  };
})();
