// Boxes that are dragged, with the lines at them.

/// Where boxes were dragged to, by their ids.
const moves = () => new Map(state.moved.split(";").filter(Boolean).map((one) => one.split(",")).map(([id, x, y]) => [decodeURIComponent(id), { x: Number(x) || 0, y: Number(y) || 0 }]));
function move(id, x, y) {
  const all = moves();
  all.set(id, { x: Math.round(x), y: Math.round(y) });
  return [...all].map(([id, { x, y }]) => [encodeURIComponent(id), x, y].join(",")).join(";");
}
const still = { x: 0, y: 0 };
const canMove = () => picture.isGraph && !picture.crowd;
const boxOf = (node) => (node.box ??= node.g.getBBox());

/// Puts every box and line where it belongs.
function settle() {
  if (!canMove()) return;
  const all = moves();
  for (const node of picture.nodes) {
    const to = all.get(node.entry.thing.id) ?? still;
    const { x, y } = node.to ?? still;
    if (to.x === x && to.y === y) continue;
    boxOf(node);
    node.to = to;
    if (to === still) node.g.removeAttribute("transform");
    else node.g.setAttribute("transform", `translate(${to.x} ${to.y})`);
    for (const strand of picture.at.get(node.entry.key) ?? []) strand.isBent = true;
  }
  for (const strand of picture.strands) if (strand.isBent) bend(strand);
}

/// Lets a line follow the boxes at its ends: each point of its course by how near it is to them.
function bend(strand) {
  strand.isBent = false;
  strand.then?.remove();
  Object.assign(strand, { then: null, as: "", course: null, run: null });
  strand.g.classList.remove("other");
  strand.parts ??= [...strand.g.querySelectorAll("path,text,rect,circle")].map((part) => ({ part, d: part.getAttribute("d"), box: part.getBBox() }));
  const course = numbers(strand.parts.find(({ d }) => d).d);
  const [from, tip] = [{ x: course[0], y: course[1] }, { x: course.at(-2), y: course.at(-1) }];
  const gap = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
  const ends = [strand.a, strand.b].map(({ key }) => picture.nodeOf.get(key));
  const away = (node) => { const { x, y, width, height } = boxOf(node); return Math.hypot(Math.max(x - from.x, 0, from.x - x - width), Math.max(y - from.y, 0, from.y - y - height)); };
  if (away(ends[1]) < away(ends[0])) ends.reverse();
  const [first, last] = ends.map((node) => node.to ?? still);
  const by = (part) => ({ x: first.x + (last.x - first.x) * part, y: first.y + (last.y - first.y) * part });
  const near = (point) => { const [one, other] = [gap(point, from), gap(point, tip)]; return one < other / 4 ? 0 : other < one / 4 ? 1 : one / (one + other); };
  for (const { part, d, box } of strand.parts) {
    const all = d ? numbers(d) : [];
    const count = all.length / 2;
    const isCourse = d && gap({ x: all[0], y: all[1] }, from) < 6 && gap({ x: all.at(-2), y: all.at(-1) }, tip) < 16;
    if (isCourse) {
      // Of a level line, the run into its end stays level.
      const share = (nth) => (count <= 5 ? (nth < 2 ? 0 : 1) : nth / (count - 1));
      let at = 0;
      part.setAttribute("d", d.replace(/-?[\d.]+/g, (number) => { const to = by(share(Math.floor(at / 2))); return Number(number) + (at++ % 2 ? to.y : to.x); }).replace(/(\d)-/g, "$1 -"));
    } else {
      const to = by(near({ x: box.x + box.width / 2, y: box.y + box.height / 2 }));
      part.style.transform = `translate(${to.x}px,${to.y}px)`;
    }
  }
}
