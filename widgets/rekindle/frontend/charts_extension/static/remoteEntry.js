/*
 * Draws `application/vnd.plotly.v1+json` in JupyterLab and Voilà, by hand and without a build step.
 *
 * It is a federated module as JupyterLab loads them: `init` takes the scope of shared modules, `get` gives ours.
 * plotly itself (the basic bundle, from this folder) is fetched when the first chart has room on the page, never before.
 * A chart that nobody can see yet waits until the page is ready, and then its turn, so that it keeps nothing else waiting.
 * Nothing here writes to the console: a figure may hold a person's words.
 */
(() => {
  const NAME = "rekindle-charts";
  const MIME = "application/vnd.plotly.v1+json";
  const PLOTLY = "4.1.1"; // in its address, so that a browser may keep the file: a new version has a new address
  const CONFIG = { displayModeBar: false, responsive: false, staticPlot: true, showTips: false };

  const folder = () => {
    const own = document.currentScript || [...document.scripts].find((each) => each.src.includes(`/${NAME}/static/`));
    if (own && own.src) return own.src;
    const told = document.getElementById("jupyter-config-data");
    const config = told ? JSON.parse(told.textContent) : {};
    const base = config.fullLabextensionsUrl || `${config.baseUrl || "/"}lab/extensions`;
    return new URL(`${base}/${NAME}/static/`, document.baseURI).href;
  };
  const HERE = folder();

  const FILE = new URL(`plotly-basic.min.js?v=${PLOTLY}`, HERE).href;

  /* It is fetched and read beside the page's own work, and run when the first chart has room. The lean page says when one is
     on its way (line.js); elsewhere the chart itself does. */
  let preload = () => {
    preload = () => {};
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: FILE }));
  };

  window.addEventListener("rk-chart-coming", () => preload());

  let plotly = null; // a promise, from the first chart on
  let tries = 0;
  const getPlotly = async () => {
    await import(tries ? `${FILE}&again=${tries}` : FILE); // a browser remembers that an address failed
    window.Plotly.setPlotConfig({ logging: 0, notifyOnLogging: 0 });
    return window.Plotly;
  };
  const loadPlotly = () => {
    plotly ??= getPlotly().catch((error) => {
      plotly = null; // a broken connection may mend: the next chart tries again
      tries += 1;
      throw error;
    });
    return plotly;
  };

  const PATIENCE = 5000; // ms for which charts out of sight wait for a page that never says that it is ready
  const PAUSE = 120; // ms between two of them, in which the page answers its person
  const waiting = new Set(); // charts out of sight, in the order in which they came
  let begun = false;
  const idle = window.requestIdleCallback?.bind(window) || ((act) => setTimeout(act, 1)); // Safari has none
  const next = () => {
    const [chart] = waiting;
    if (!chart) begun = false;
    else idle(() => chart.come().finally(() => setTimeout(next, PAUSE)), { timeout: 1000 });
  };
  const begin = () => {
    if (begun) return;
    begun = true;
    next();
  };
  const ready = () => document.documentElement.dataset.rkReady === "1";
  window.addEventListener("rk-ready", begin);

  const makeRenderer = (Widget) =>
    class Chart extends Widget {
      constructor() {
        super();
        this.addClass("rk-plotly");
        this.node.setAttribute("aria-hidden", "true"); // the sentence and the table beside it speak
        this.node.style.overflow = "hidden";
        this._figure = null;
        this._width = 0;
        this._plotly = null;
        this._turn = Promise.resolve();
        this._called = false;
        this._eye = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.come());
        this._eye.observe(this.node);
        preload();
        waiting.add(this);
        if (ready()) begin();
        else setTimeout(begin, PATIENCE);
        this._watch = new ResizeObserver(() => this._sized());
        this._watch.observe(this.node);
      }

      /* JupyterLab and Voilà call this for a new figure, and again to renew it in place. */
      renderModel(model) {
        const found = model.data[MIME];
        this._figure = structuredClone(found && typeof found === "object" ? found : {});
        const height = this._figure.layout && this._figure.layout.height;
        if (height) this.node.style.minHeight = `${height}px`; // the page does not jump when the chart arrives
        return this._draw();
      }

      /* It is in sight, or its turn has come: from now on it is drawn at once. */
      come() {
        if (!this._called) {
          this._called = true;
          this._eye.disconnect();
          waiting.delete(this);
          this._draw();
        }
        return this._turn;
      }

      /* One drawing at a time, and only where there is room; a chart in a closed card waits for its first width. */
      _draw() {
        this._turn = this._turn.then(() => this._paint()).catch(() => {});
        return this._turn;
      }

      async _paint() {
        if (this.isDisposed || !this._called || !this._figure || !this.node.clientWidth) return;
        const Plotly = await loadPlotly();
        if (this.isDisposed) return;
        this._width = this.node.clientWidth;
        const { data = [], layout = {}, config = {} } = structuredClone(this._figure);
        const sized = { ...layout, autosize: false, width: this._width };
        this._plotly = Plotly;
        await Plotly.react(this.node, data, sized, { ...CONFIG, ...config, responsive: false });
      }

      _sized() {
        const width = this.node.clientWidth;
        if (width && width !== this._width) this._draw();
      }

      dispose() {
        if (this.isDisposed) return;
        this._watch.disconnect();
        this._eye.disconnect();
        waiting.delete(this);
        if (this._plotly) this._plotly.purge(this.node);
        this._figure = null;
        super.dispose();
      }
    };

  let shared = null;
  const sharedModule = async (name) => {
    const versions = Object.values((shared && shared[name]) || {});
    const entry = versions.find((each) => each.loaded) || versions.find((each) => each.eager) || versions[0];
    return (await entry.get())();
  };

  const mimeExtension = async () => {
    const { Widget } = await sharedModule("@lumino/widgets");
    const Chart = makeRenderer(Widget);
    const extension = {
      id: `${NAME}:factory`,
      rendererFactory: { safe: true, mimeTypes: [MIME], createRenderer: () => new Chart() },
      rank: 0,
      dataType: "json",
    };
    return () => ({ __esModule: true, default: extension });
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = {
    init: (scope) => {
      shared = scope;
    },
    get: (name) => (name === "./mimeExtension" ? mimeExtension() : Promise.reject(new Error(`no ${name}`))),
  };
})();
