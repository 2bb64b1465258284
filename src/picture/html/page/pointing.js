// Pointing, clicking and dragging by mouse, touch and keyboard.

/// How near a line the pointer is on it, in pixels of the screen.
const reach = 12;

/// Returns the points of a drawn line, between which it is nearly straight.
function run(strand) {
  const paths = strand.then ? strand.then.querySelectorAll("path") : strand.g?.querySelectorAll("path") ?? [];
  const ds = [...paths].map((path) => path.getAttribute("d"));
  return (strand.run = (ds.length || !strand.pieces ? ds : strand.pieces.map(([, d]) => d)).flatMap(flat));
}
/// Returns the pieces of a path as straight lines from point to point.
function flat(d) {
  const lines = [];
  let at = null;
  const to = (x, y) => { if (at) lines.push([...at, x, y]); at = [x, y]; };
  for (const [, step, rest] of d.matchAll(/([MLC])([^MLCZ]*)/g)) {
    const n = numbers(rest);
    if (step === "M") at = n;
    else if (step === "L") to(n[0], n[1]);
    else {
      const [[x, y], [a, b, c, e, f, g]] = [at, n];
      for (let nth = 1; nth <= 16; nth++) {
        const [t, u] = [nth / 16, 1 - nth / 16];
        const along = (p, q, r, s) => u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
        to(along(x, a, c, f), along(y, b, e, g));
      }
    }
  }
  return lines;
}
function gapTo([ax, ay, bx, by], x, y) {
  const [dx, dy] = [bx - ax, by - ay];
  const part = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - dx * part, y - ay - dy * part);
}
/// Returns the line nearest to a point of the screen, if it is near enough. In a crowd only lines
/// that stand out can be told apart.
function nearLine(event) {
  if (!picture.isGraph) return null;
  const frame = stage.getBoundingClientRect();
  const [x, y] = [(event.clientX - frame.left - view.x) / view.k - picture.origin.x, (event.clientY - frame.top - view.y) / view.k - picture.origin.y];
  let [near, best] = [reach / view.k, null];
  for (const strand of picture.crowd ? picture.lit ?? [] : picture.strands) {
    if (!strand.visible) continue;
    for (const line of strand.run ?? run(strand)) {
      const gap = gapTo(line, x, y);
      if (gap < near) [near, best] = [gap, strand];
    }
  }
  return best;
}
/// Returns the box or the line at the pointer.
function under(event) {
  const g = event.target.closest?.("g[data-id],g[data-actor],g[data-from]");
  if (g?.dataset.id) return { entry: things.get(g.dataset.id) };
  const strand = (g && picture.strandOf.get(g)) ?? nearLine(event);
  return strand ? { strand } : null;
}
const join = ({ a, b }) => a.thing.id + "~" + b.thing.id;

const touches = new Map();
let dragged = 0;
/// The box that is being dragged, with where it was.
let held = null;
stage.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse" && event.button !== 0) return;
  touches.set(event.pointerId, [event.clientX, event.clientY]);
  dragged = 0;
  const id = event.pointerType === "mouse" && canMove() ? event.target.closest?.("g[data-id]")?.dataset.id : undefined;
  held = id === undefined ? null : { id, ...(moves().get(id) ?? still) };
});
stage.addEventListener("pointermove", (event) => {
  const before = touches.get(event.pointerId);
  if (!before) return hover(event);
  const now = [event.clientX, event.clientY];
  const others = [...touches].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
  touches.set(event.pointerId, now);
  dragged += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
  if (dragged > 4 && !stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
  const [x, y] = [now[0] - before[0], now[1] - before[1]];
  if (others.length === 1) {
    const gap = (at) => Math.hypot(at[0] - others[0][0], at[1] - others[0][1]) || 1;
    const frame = stage.getBoundingClientRect();
    zoom(gap(now) / gap(before), (now[0] + others[0][0]) / 2 - frame.left, (now[1] + others[0][1]) / 2 - frame.top);
  } else if (held) {
    [held.x, held.y] = [held.x + x / view.k, held.y + y / view.k];
    if (dragged > 4) drag();
  } else if (dragged > 4) pan(x, y);
});
let dragging = 0;
function drag() {
  if (!dragging) dragging = requestAnimationFrame(() => {
    dragging = 0;
    if (!held) return;
    set({ moved: move(held.id, held.x, held.y) }, held.isBegun ? "go on" : "step");
    held.isBegun = true;
  });
}
for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, (event) => {
  touches.delete(event.pointerId);
  if (held?.isBegun) set({ moved: move(held.id, held.x, held.y) }, "go on");
  held = null;
});
stage.addEventListener("scroll", () => stage.scrollTo(0, 0));
stage.addEventListener("pointerleave", () => { hint.hidden = true; point(null); });
stage.addEventListener("wheel", (event) => {
  // A pinch on a touchpad comes as a wheel with the control key.
  if (event.ctrlKey || event.metaKey) {
    const frame = stage.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.1 : 0.004)), event.clientX - frame.left, event.clientY - frame.top);
  } else {
    const [x, y] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    const step = event.deltaMode ? 32 : 1;
    // At its end the page may go on.
    if (!pan(-x * step, -y * step)) return;
  }
  event.preventDefault();
}, { passive: false });
stage.addEventListener("click", (event) => {
  if (dragged > 4) return;
  const at = under(event);
  pick(at ? (at.entry ? at.entry.thing.id : join(at.strand)) : "");
});

/// Lights what is pointed at, with its neighbours, where nothing is picked.
let lighting = 0;
function point(at) {
  if (at?.entry === pointed?.entry && at?.strand === pointed?.strand) return;
  pointed = at;
  if (things.has(state.pick) || pickedLine() || state.path.includes("~")) return;
  clearTimeout(lighting);
  lighting = setTimeout(() => light(), 40);
}
function hover(event) {
  const at = under(event);
  point(at);
  stage.classList.toggle("on", Boolean(at));
  // The card tells more of what is picked.
  hint.hidden = !at || (at.entry ? at.entry.thing.id : join(at.strand)) === state.pick;
  if (hint.hidden) return;
  hint.textContent = at.strand ? words(at.strand) : told(at.entry);
  const frame = stage.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  hint.style.left = Math.max(0, Math.min(x + 12, frame.width - hint.offsetWidth)) + "px";
  hint.style.top = (y + 16 + hint.offsetHeight > frame.height ? Math.max(0, y - 12 - hint.offsetHeight) : y + 16) + "px";
}
/// Says what a box is about: of a meeting, also when it was and who took part.
function told({ kind, thing }) {
  return [label(thing), kind === "meeting" ? occasion(thing) : ""].filter(Boolean).join(" – ");
}
/// Says when a meeting was and who took part.
function occasion(thing) {
  const names = thing.participants.slice(0, 4).map((nth) => label(data.actors[nth]));
  const more = thing.participants.length - names.length;
  const who = names.join("; ") + (more ? " +" + more + " more" : "");
  return [statusAndDate(thing), who].filter(Boolean).join(" – ");
}

stage.addEventListener("keydown", (event) => {
  const step = event.shiftKey ? 200 : 60;
  const keys = { ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0), ArrowUp: () => pan(0, step), ArrowDown: () => pan(0, -step), "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: whole };
  const g = document.activeElement?.closest("g");
  const id = g?.dataset.id;
  const by = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] }[event.key];
  if ((event.key === "Enter" || event.key === " ") && g) {
    pick(id ?? join(picture.strandOf.get(g)));
    card.querySelector("h2")?.focus();
  } else if (event.shiftKey && by && id && canMove()) {
    const { x, y } = moves().get(id) ?? still;
    set({ moved: move(id, x + by[0], y + by[1]) });
  } else if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key]();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  hint.hidden = true;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName || "");
  if (event.key === "/" && !typing) { event.preventDefault(); $("search").focus(); }
  else if (event.key === "Escape" && $("saves").open) { $("saves").open = false; $("saves").querySelector("summary").focus(); }
  else if (event.key === "Escape" && $("found").hidden) close();
});
