// Panning and zooming by mouse, touch and keyboard.

const size = { width: svg.width.baseVal.value, height: svg.height.baseVal.value };
let frame = 0;
function place() {
  if (!frame) frame = requestAnimationFrame(() => { frame = 0; sheet.style.transform = `translate(${view.x}px,${view.y}px) scale(${view.k})`; });
}
let settled = 0;
let crowd = null;
function moving() {
  stage.classList.add("moving");
  if (crowd) crowd.style.display = "none";
  hint.hidden = true;
  clearTimeout(settled);
  settled = setTimeout(() => {
    stage.classList.remove("moving");
    if (crowd) crowd.style.display = "";
    remember();
  }, 250);
}
function zoom(by, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
  const k = Math.min(8, Math.max(0.02, view.k * by));
  view = { x: x - (x - view.x) * (k / view.k), y: y - (y - view.y) * (k / view.k), k };
  fitted = false;
  moving();
  place();
}
function pan(x, y) {
  view = { ...view, x: view.x + x, y: view.y + y };
  fitted = false;
  moving();
  place();
}
function whole() {
  const k = Math.min(stage.clientWidth / size.width, stage.clientHeight / size.height, 1.5);
  view = { x: (stage.clientWidth - size.width * k) / 2, y: Math.max(0, (stage.clientHeight - size.height * k) / 2), k };
  fitted = true;
  place();
  remember();
}
// Sets the opening view: the whole picture or, if that would be too small to read, its top.
function start() {
  whole();
  if (view.k >= 0.3) return;
  const k = Math.min(1, stage.clientWidth / size.width);
  view = { x: Math.max(0, (stage.clientWidth - size.width * k) / 2), y: 0, k };
  fitted = false;
  place();
}
// Moves the picture, and zooms in if needed, so that a box can be seen.
function reveal(entry) {
  const node = nodeOf.get(entry.key);
  if (!node || node.g.classList.contains("off")) return;
  // The browser scrolls to a focused element by itself, which would move it twice.
  stage.scrollTo(0, 0);
  const box = node.g.getBBox();
  const at = (x, y) => new DOMPoint(x, y).matrixTransform(node.g.getCTM());
  const [from, to] = [at(box.x, box.y), at(box.x + box.width, box.y + box.height)];
  const { clientWidth: width, clientHeight: height } = stage;
  const isSeen = view.x + from.x * view.k >= 0 && view.y + from.y * view.k >= 0 && view.x + to.x * view.k <= width && view.y + to.y * view.k <= height;
  if (isSeen && view.k > 0.3) return;
  const k = view.k < 0.6 ? 0.9 : view.k;
  view = { x: width / 2 - ((from.x + to.x) / 2) * k, y: height / 2 - ((from.y + to.y) / 2) * k, k };
  fitted = false;
  moving();
  place();
}

const touches = new Map();
let dragged = 0;
stage.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse" && event.button !== 0) return;
  touches.set(event.pointerId, [event.clientX, event.clientY]);
  dragged = 0;
});
stage.addEventListener("pointermove", (event) => {
  const before = touches.get(event.pointerId);
  if (!before) return hover(event);
  const now = [event.clientX, event.clientY];
  const others = [...touches].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
  touches.set(event.pointerId, now);
  dragged += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
  if (dragged > 4 && !stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
  if (others.length === 1) {
    const gap = (at) => Math.hypot(at[0] - others[0][0], at[1] - others[0][1]) || 1;
    const frame = stage.getBoundingClientRect();
    zoom(gap(now) / gap(before), (now[0] + others[0][0]) / 2 - frame.left, (now[1] + others[0][1]) / 2 - frame.top);
  } else if (dragged > 4) pan(now[0] - before[0], now[1] - before[1]);
});
for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, (event) => touches.delete(event.pointerId));
stage.addEventListener("scroll", () => stage.scrollTo(0, 0));
stage.addEventListener("pointerleave", () => { hint.hidden = true; });
stage.addEventListener("wheel", (event) => {
  event.preventDefault();
  const frame = stage.getBoundingClientRect();
  zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event.clientX - frame.left, event.clientY - frame.top);
}, { passive: false });
stage.addEventListener("click", (event) => {
  if (dragged > 4) return;
  const g = event.target.closest("g[data-id],g[data-actor],g[data-from]");
  if (!g) return pick("");
  pick(g.dataset.id || g.dataset.actor || g.dataset.from);
});

function hover(event) {
  const g = event.target.closest?.("g[data-id],g[data-actor],g[data-from]");
  const strand = g && !g.dataset.id ? strandOf.get(g) : null;
  const entry = g && things.get(g.dataset.id);
  hint.hidden = !(strand || entry);
  if (hint.hidden) return;
  hint.textContent = strand ? words(strand) : label(entry.thing);
  const frame = stage.getBoundingClientRect();
  hint.style.left = Math.min(event.clientX - frame.left + 12, frame.width - 200) + "px";
  hint.style.top = event.clientY - frame.top + 16 + "px";
}

stage.addEventListener("keydown", (event) => {
  const step = event.shiftKey ? 200 : 60;
  const keys = { ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0), ArrowUp: () => pan(0, step), ArrowDown: () => pan(0, -step), "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: whole };
  const id = document.activeElement?.dataset?.id;
  if ((event.key === "Enter" || event.key === " ") && id) pick(id);
  else if (keys[event.key] && !event.ctrlKey && !event.metaKey) keys[event.key]();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName || "");
  if (event.key === "/" && !typing) { event.preventDefault(); $("search").focus(); }
  else if (event.key === "Escape" && $("found").hidden) set({ pick: "", path: "" });
});
