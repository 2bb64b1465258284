// What part of the picture is seen.

let frame = 0;
function place() {
  if (!frame) frame = requestAnimationFrame(() => { frame = 0; sheet.style.transform = `translate(${Math.round(view.x)}px,${Math.round(view.y)}px) scale(${view.k})`; beyond(); });
}
/// The most lines that can be followed where all are drawn.
const followed = 150;
/// Shows at which edges the picture goes on and, until it is moved, says so; also how too many lines are followed.
function beyond() {
  const [right, below] = [view.x + picture.size.width * view.k, view.y + picture.size.height * view.k];
  const [isRight, isBelow] = [right > stage.clientWidth + 1, below > stage.clientHeight + 1];
  const edges = [[view.x < -1, 16, 0], [isRight, -16, 0], [view.y < -1, 0, 16], [isBelow, 0, -16]].filter(([is]) => is);
  $("edges").style.boxShadow = edges.map(([, x, y]) => `inset ${x}px ${y}px 14px -12px rgba(110,120,135,.7)`).join(",");
  const words = [isRight ? "to the right" : "", isBelow ? "below" : ""].filter(Boolean).join(" and ");
  $("more").hidden = fit !== start || !words;
  $("more").textContent = "More " + words + " – fit all";
  const lines = picture.isGraph ? picture.strands.filter(({ visible }) => visible).length : 0;
  $("tangle").hidden = fit !== start || lines <= followed;
  $("tangle").textContent = lines + " lines: choose a name to see its own";
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
  fit = null;
  moving();
  place();
}
/// The part of the picture that stays in view, in pixels of the screen.
const kept = 60;
/// Moves the picture; returns whether it could be moved.
function pan(x, y) {
  const { width, height } = picture.size;
  const within = (to, size, room) => Math.min(room - kept, Math.max(kept - size * view.k, to));
  const to = { x: within(view.x + x, width, stage.clientWidth), y: within(view.y + y, height, stage.clientHeight), k: view.k };
  if (to.x === view.x && to.y === view.y) return false;
  view = to;
  fit = null;
  moving();
  place();
  return true;
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
/// The scale at which everything fits.
function wholeScale({ width, height }) {
  return Math.min(stage.clientWidth / width, stage.clientHeight / height, 1.5);
}
/// Shows an area at a scale: in the middle or, where it is larger than the stage, from its top left.
/// An upright stage is filled from the top, as text is.
function showAt({ x, y, width, height }, k, how) {
  const { clientWidth: wide, clientHeight: high } = stage;
  const before = (room, size) => Math.max(0, (room - size * k) / 2);
  view = { x: before(wide, width) - x * k, y: (high > wide ? 0 : before(high, height)) - y * k, k };
  fit = how;
  place();
  remember();
}
function whole() {
  const all = area();
  showAt(all, wholeScale(all), whole);
}
/// The sizes of small text, in pixels of the screen: the least that is read with ease, and that to
/// which a picture grows to fill the width.
const readable = [9.5, 13];
/// The least scale at which a picture is read: no more than that in which it was drawn.
const leastScale = () => Math.min(1, readable[0] / picture.small);
/// Sets the opening view: all there is or, if that would be too small to read, its top left.
function start() {
  const all = area();
  const [least, fits] = [leastScale(), wholeScale(all)];
  const filled = Math.min(stage.clientWidth / all.width, readable[1] / picture.small, 1.5);
  showAt(all, fits >= least ? fits : Math.max(least, filled), start);
}
/// Moves the picture so that a box can be seen; closer, so that it can be read, too.
function reveal(entry, closer = true) {
  const node = picture.nodeOf.get(entry.key);
  if (!node || node.g.classList.contains("off")) return;
  // The browser scrolls to a focused element by itself, which would move it twice.
  stage.scrollTo(0, 0);
  const box = node.g.getBBox();
  const at = (x, y) => new DOMPoint(x, y).matrixTransform(node.g.getCTM());
  const [from, to] = [at(box.x, box.y), at(box.x + box.width, box.y + box.height)];
  const { clientWidth: width, clientHeight: height } = stage;
  const isSeen = view.x + from.x * view.k >= 0 && view.y + from.y * view.k >= 0 && view.x + to.x * view.k <= width && view.y + to.y * view.k <= height;
  const least = leastScale();
  if (isSeen && (view.k >= least || !closer)) return;
  const k = closer ? Math.max(view.k, least) : view.k;
  view = { x: width / 2 - ((from.x + to.x) / 2) * k, y: height / 2 - ((from.y + to.y) / 2) * k, k };
  fit = null;
  moving();
  place();
}
