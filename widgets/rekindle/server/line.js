/*
 * Hands the line to the kernel that the template has opened already (line.html.j2) to the script that asks for one, and
 * what it was told of that kernel.
 *
 * What the kernel tells of its work for this page until it tells all of its widgets is in that telling: it is left out,
 * because widgets that come before their manager would be refused, and so closed. The template has asked for that telling,
 * too. It is kept for the script, which asks for the same; if a widget has changed meanwhile, the kernel is asked anew.
 */
window.rekindleLean.handOver = () => {
  const { line, joined } = window.rekindleLean;
  if (!line) return;
  const CHART = "application/vnd.plotly.v1+json", CONTROL = "jupyter.widget.control", ALL = /"method": ?"update_states"/;
  const Plain = window.WebSocket, { socket } = line, text = new TextDecoder();
  const wish = { name: "", frames: [] }; // what the script asks: on the line of which name, and how
  let hear = null, isWhole = false, isChart = false, isOld = false, kept = null;

  /* A message's parts: channel, header, parent, metadata, content, and buffers. */
  const parts = (frame) => {
    const view = new DataView(frame), at = (n) => Number(view.getBigUint64(8 * n, true));
    return Array.from({ length: at(0) - 1 }, (_, n) => new Uint8Array(frame, at(n + 1), at(n + 2) - at(n + 1)));
  };
  const read = (part) => JSON.parse(text.decode(part));

  /* Answers the script once it has asked: with what is kept, as if it came on the script's own line, or not at all. */
  const answer = () => {
    if (isWhole || wish.frames.length < 2 || !(kept || isOld)) return;
    if (isOld) {
      delete socket.send;
      for (const frame of wish.frames.splice(0)) socket.send(frame);
      return;
    }
    const told = parts(kept);
    told[4] = new TextEncoder().encode(text.decode(told[4]).replace(line.all, () => wish.name));
    isWhole = true;
    queueMicrotask(() => hear?.call(socket, new MessageEvent("message", { data: joined(told).buffer })));
  };

  /* Returns whether what the script says is for the kernel: its question for all widgets has been asked already. */
  const isForKernel = (frame) => {
    const part = parts(frame), type = read(part[1]).msg_type;
    if (!line.all || !type.startsWith("comm_")) return true;
    const content = read(part[4]);
    if (content.target_name === CONTROL) wish.name = content.comm_id;
    if (content.comm_id !== wish.name) return true;
    if (type === "comm_close") delete socket.send;
    else wish.frames.push(frame);
    answer();
    return false;
  };

  socket.send = (said) => { // the template's own words are no buffers
    if (!(said instanceof ArrayBuffer) || isForKernel(said)) Plain.prototype.send.call(socket, said);
  };

  /* Returns whether the script is to hear this. */
  const isTold = (frame) => {
    if (isWhole) return true;
    const part = parts(frame);
    if (text.decode(part[0]) !== "iopub") return true;
    const type = read(part[1]).msg_type, parent = read(part[2]).msg_id ?? "", content = text.decode(part[4]); // long: searched as it is
    if (!isChart && content.includes(CHART)) {
      isChart = true;
      window.dispatchEvent(new CustomEvent("rk-chart-coming"));
    }
    const isAll = type === "comm_msg" && ALL.test(content);
    if (type.startsWith("comm_") && kept) isOld = true;
    if (isAll && parent === line.all) kept ??= frame;
    answer();
    if (parent.startsWith(line.id)) return false;
    isWhole = isAll;
    if (isWhole) delete socket.send;
    return true;
  };

  socket.onmessage = null; // the template's, which kept what came
  Object.defineProperty(socket, "onmessage", { get: () => hear, set: (act) => { hear = act; } });
  socket.addEventListener("message", (event) => { if (isTold(event.data) && hear) hear.call(socket, event); });
  queueMicrotask(() => line.heard.forEach(isTold)); // when the page's own scripts are there, too

  /* The first program that asks who the kernel is gets what the template was told, if that was an answer. */
  const plainFetch = window.fetch;
  let { known } = line;
  window.fetch = async (asked, ...more) => {
    if (known && asked instanceof Request && asked.method === "GET" && asked.url.split("?")[0].endsWith(`/api/kernels/${line.kernel}`)) {
      const first = known;
      known = null;
      const told = await first;
      if (told?.ok) return told;
    }
    return plainFetch(asked, ...more);
  };

  /* The first who asks for this kernel gets the line; later ones, and all others, a new one. */
  window.WebSocket = class extends Plain {
    constructor(address, protocols) {
      if (window.WebSocket !== Plain && String(address).includes(`/${line.kernel}/channels`) && socket.readyState <= Plain.OPEN) {
        window.WebSocket = Plain;
        if (socket.readyState === Plain.OPEN) queueMicrotask(() => socket.onopen?.(new Event("open")));
        return socket;
      }
      super(address, protocols);
    }
  };
};
