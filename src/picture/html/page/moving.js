// What part of the picture is seen.

let frame = 0;
function place() {
  if (!frame) frame = requestAnimationFrame(() => { frame = 0; sheet.style.transform = `translate(${Math.round(view.x)}px,${Math.round(view.y)}px) scale(${view.k})`; });
}
let settled = 0;
function moving() {
  stage.classList.add("moving");
  if (picture.crowd) picture.crowd.style.display = "none";
  hint.hidden = true;
  clearTimeout(settled);
  settled = setTimeout(() => {
    stage.classList.remove("moving");
    if (picture.crowd) picture.crowd.style.display = "";
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
/// Returns what is to be seen: the whole picture or, if filters hide boxes, those left.
function area() {
  const left = picture.nodes.filter((node) => !node.gone);
  if (!left.length || left.length === picture.nodes.length) return { x: 0, y: 0, ...picture.size };
  const boxes = left.map((node) => ({ ...plain(boxOf(node)), to: node.to ?? still }));
  const least = (of) => Math.min(...boxes.map(of));
  const most = (of) => Math.max(...boxes.map(of));
  const [x, y] = [least(({ x, to }) => x + to.x), least(({ y, to }) => y + to.y)];
  const [right, foot] = [most(({ x, width, to }) => x + width + to.x), most(({ y, height, to }) => y + height + to.y)];
  return { x: x + picture.origin.x - 20, y: y + picture.origin.y - 20, width: right - x + 40, height: foot - y + 40 };
}
const plain = ({ x, y, width, height }) => ({ x, y, width, height });
function whole() {
  const { x, y, width, height } = area();
  const k = Math.min(stage.clientWidth / width, stage.clientHeight / height, 1.5);
  view = { x: (stage.clientWidth - width * k) / 2 - x * k, y: Math.max(0, (stage.clientHeight - height * k) / 2) - y * k, k };
  fitted = true;
  place();
  remember();
}
// Sets the opening view: all there is or, if that would be too small to read, its top.
function start() {
  whole();
  if (view.k >= 0.3) return;
  const { x, y, width } = area();
  const k = Math.min(1, stage.clientWidth / width);
  view = { x: Math.max(0, (stage.clientWidth - width * k) / 2) - x * k, y: -y * k, k };
  fitted = false;
  place();
}
// Moves the picture, and zooms in if needed, so that a box can be seen.
function reveal(entry) {
  const node = picture.nodeOf.get(entry.key);
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
