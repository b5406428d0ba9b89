/*
 * JupyterLab's launcher shows the book: a tile for each page, by hand and without a build step.
 *
 * Under `rekindle lab` (the server says so in the page's configuration) it also keeps the window's title neutral, and runs
 * a page of the package's own when it is opened, so that nobody has to know what "Run All Cells" is. In a JupyterLab of
 * somebody's own it adds the tiles and opens links between pages in place, if the book lies in the folder that is shown.
 */
(() => {
  const NAME = "rekindle-lab";
  const PLACES = ["", "notebooks/"]; // where the book may lie below the folder that JupyterLab shows
  const ICON =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 52 52"><path fill="#1F4E61" d="M12 6h26a3 3 0 0 1 3 3v34a3 3 0 0 1-3 3H12z"/>' +
    '<path fill="#153F4F" d="M12 6h4v40h-4z"/><path fill="#D9A441" d="M31 6h5v15l-2.5-3-2.5 3z"/></svg>';

  const told = document.getElementById("jupyter-config-data");
  const config = told ? JSON.parse(told.textContent) : {};
  const own = document.currentScript || [...document.scripts].find((each) => each.src.includes(`/${NAME}/static/`));
  const HERE = own && own.src;

  let shared = null;
  const sharedModule = async (name) => {
    const versions = Object.values((shared && shared[name]) || {});
    const entry = versions.find((each) => each.loaded) || versions.find((each) => each.eager) || versions[0];
    return (await entry.get())();
  };

  /* The title names the notebook that is open; a neighbour's glance should find only that there is a workbook. */
  const holdTitle = (title) => {
    const hold = () => {
      if (document.title !== title && !document.documentElement.classList.contains("rk-gone")) document.title = title;
    };
    new MutationObserver(hold).observe(document.head, { childList: true, subtree: true, characterData: true });
    hold();
  };

  /* The folder below which the book lies, or null. One list is asked for; a guess at a file would leave an error behind. */
  const findBook = async (contents, first) => {
    for (const place of PLACES) {
      const listed = await contents.get(place.replace(/\/$/, ""), { content: true }).catch(() => null);
      const names = listed && Array.isArray(listed.content) ? listed.content.map((one) => one.name) : [];
      if (names.includes(`${first}.ipynb`)) return place;
      if (!names.includes("notebooks")) return null;
    }
    return null;
  };

  const open = (app, path) => app.commands.execute("docmanager:open", { path, factory: "Notebook" });

  const addTiles = (app, launcher, icon, words, place) => {
    words.tiles.forEach((tile, rank) => {
      const command = `rekindle:open-${tile.notebook}`;
      const execute = () => open(app, `${place}${tile.notebook}.ipynb`);
      app.commands.addCommand(command, { label: tile.title, caption: tile.title, icon, execute });
      launcher.add({ command, category: words.brand, rank });
    });
  };

  /* A link from one page to another opens it here, and not in a second JupyterLab. */
  const followLinks = (app, place, notebooks) => {
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest(".rk a[href]");
      const name = link && decodeURIComponent(new URL(link.href).pathname.split("/").pop()).replace(/\.ipynb$/, "");
      if (!notebooks.has(name) || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      open(app, `${place}${name}.ipynb`);
    });
  };

  /* Waits until a kernel has nothing to do: one that was there before a reload is first asked for all that it showed. */
  const idle = (session) =>
    new Promise((resolve) => {
      let since = performance.now();
      const timer = setInterval(() => {
        const kernel = session.session && session.session.kernel;
        if (!session.isDisposed && !(kernel && kernel.status === "idle")) since = performance.now();
        if (!session.isDisposed && performance.now() - since < 400) return;
        clearInterval(timer);
        resolve();
      }, 100);
    });

  /* Runs a page once when it is opened; where it was running before a reload, its fields come back by this too. */
  const runOnOpening = (tracker, actions) => {
    tracker.widgetAdded.connect(async (_, panel) => {
      await panel.context.ready;
      await panel.sessionContext.ready;
      await idle(panel.sessionContext);
      const about = panel.model && panel.model.getMetadata("rekindle");
      if (panel.isDisposed || !about || about.page === "explore") return;
      await actions.runAll(panel.content, panel.sessionContext);
      if (panel.isDisposed) return;
      panel.content.activeCellIndex = 0;
      panel.content.node.querySelector(".jp-WindowedPanel-outer, .jp-Notebook")?.scrollTo(0, 0);
    });
  };

  const extension = async () => {
    const [{ ILauncher }, { INotebookTracker, NotebookActions }, { LabIcon }] = await Promise.all(
      ["@jupyterlab/launcher", "@jupyterlab/notebook", "@jupyterlab/ui-components"].map(sharedModule),
    );
    const activate = async (app, launcher, tracker) => {
      if (tracker && config.rekindleRuns === "yes") runOnOpening(tracker, NotebookActions);
      const words = await (await fetch(new URL("words.json", HERE))).json();
      if (config.rekindleWindow === "neutral") holdTitle(words.window);
      const place = await findBook(app.serviceManager.contents, words.tiles[0].notebook);
      if (place === null) return;
      followLinks(app, place, new Set(words.tiles.map((tile) => tile.notebook)));
      if (launcher) addTiles(app, launcher, new LabIcon({ name: "rekindle:book", svgstr: ICON }), words, place);
    };
    const plugin = { id: `${NAME}:plugin`, autoStart: true, optional: [ILauncher, INotebookTracker], activate };
    return () => ({ __esModule: true, default: plugin });
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = {
    init: (scope) => {
      shared = scope;
    },
    get: (name) => (name === "./extension" ? extension() : Promise.reject(new Error(`no ${name}`))),
  };
})();
