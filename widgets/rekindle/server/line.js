/*
 * Hands the line to the kernel that the template has opened already (line.html.j2) to the script that asks for one.
 *
 * What the kernel tells of its work for this page until it tells all of its widgets is in that telling: it is left out,
 * because widgets that come before their manager would be refused, and so closed.
 */
window.rekindleLean.handOver = () => {
  const { line } = window.rekindleLean;
  if (!line) return;
  const CHART = "application/vnd.plotly.v1+json";
  const Plain = window.WebSocket, { socket } = line, text = new TextDecoder();
  let hear = null, isWhole = false, isChart = false;

  /* A message in parts: channel, header, parent, metadata, content. */
  const parts = (frame) => {
    const view = new DataView(frame), at = (n) => Number(view.getBigUint64(8 * n, true));
    return (part) => text.decode(new Uint8Array(frame, at(part + 1), at(part + 2) - at(part + 1)));
  };

  const isTold = (frame) => {
    if (isWhole) return true;
    const part = parts(frame), type = JSON.parse(part(1)).msg_type;
    if (!isChart && part(0) === "iopub" && part(4).includes(CHART)) {
      isChart = true;
      window.dispatchEvent(new CustomEvent("rk-chart-coming"));
    }
    if (part(0) === "iopub" && JSON.parse(part(2)).msg_id === line.id) return false;
    if (type !== "comm_msg") return true;
    isWhole = JSON.parse(part(4)).data?.method === "update_states";
    return true;
  };

  Object.defineProperty(socket, "onmessage", { get: () => hear, set: (act) => { hear = act; } });
  socket.addEventListener("message", (event) => { if (isTold(event.data) && hear) hear.call(socket, event); });

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
