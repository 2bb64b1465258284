// What is picked or pointed at lies on top, in a picture of its own; all else is one layer, dimmed
// as a whole.

const over = shape("svg", { class: "over", "aria-hidden": "true" });
let pointed = null;

/// Returns the two things that are picked by what joins them, and their lines or marks.
function pickedLine() {
  const [a, b] = state.pick.split("~").map((id) => things.get(id));
  if (!a || !b) return null;
  const joins = (strand) => (strand.a === a && strand.b === b) || (strand.a === b && strand.b === a);
  return { a, b, strands: (picture.at.get(a.key) ?? []).filter((strand) => strand.visible && joins(strand)) };
}

/// Returns the keys of what stands out with a thing, and its lines.
function around(entry) {
  const own = entry.kind === "actor" ? [...voices(entry.nth)].map((nth) => "a" + nth) : [entry.key];
  const keys = new Set(own);
  // A meeting belongs to those for whom it counts, whoever speaks for them on other days.
  const counts = ({ thing }, { nth }) => (toldOf(thing)?.counts_for ?? []).some((part) => part.actor === entry.nth && part.as !== "elsewhere" && (nth === entry.nth || part.by.includes(nth)));
  const isOwn = ({ a, b }) => {
    const meeting = [a, b].find(({ kind }) => kind === "meeting");
    if (!meeting || entry.kind !== "actor") return true;
    const other = meeting === a ? b : a;
    return other.kind === "actor" && counts(meeting, other);
  };
  const at = entry.kind === "actor" ? [...own, ...data.meetings.map((_, nth) => "m" + nth)] : own;
  const lines = [...new Set(at.flatMap((key) => picture.at.get(key) ?? []))].filter((strand) => strand.visible && isOwn(strand));
  if (entry.kind === "actor") lines.push(...spokenLines(entry.nth).filter((strand) => !lines.includes(strand)));
  for (const { a, b } of lines) keys.add(a.key).add(b.key);
  return { keys, lines };
}

/// Returns the lines of those for whom an actor speaks that rest on its statements.
function spokenLines(nth) {
  const principals = new Set(speaksFor(nth));
  for (const one of principals) for (const other of speaksFor(one)) principals.add(other);
  if (!principals.size) return [];
  const said = data.positions.filter((pair) => pair.actor === nth).flatMap((pair) => standing(pair).made_by);
  const isOwn = ({ pair, visible }) => visible && pair && standing(pair).made_by.some((statement) => said.includes(statement));
  return [...principals].flatMap((principal) => picture.at.get("a" + principal) ?? []).filter(isOwn);
}

/// Lights what is picked, on the path, or else pointed at.
function light() {
  const { found } = picture;
  const entry = things.get(state.pick);
  const line = pickedLine();
  const isPath = found && found.whole !== undefined;
  if (isPath) lit({ keys: found.on, lines: picture.strands.filter(({ a, b, visible }) => visible && found.isStep(a.key, b.key)) });
  else if (entry) lit(around(entry), entry);
  else if (line) lit({ keys: new Set([line.a.key, line.b.key]), lines: line.strands });
  else if (found) lit({ keys: found.on, lines: [] });
  else if (pointed?.entry) lit(around(pointed.entry));
  else if (pointed?.strand) lit({ keys: new Set([pointed.strand.a.key, pointed.strand.b.key]), lines: [pointed.strand] });
  else lit(null);
}

function lit(what, entry = null) {
  sheet.classList.toggle("picked", what !== null);
  picture.lit = what?.lines ?? [];
  if (!what) return over.replaceChildren();
  const view = picture.view.cloneNode(false);
  const copy = (g, ...names) => { const made = g.cloneNode(true); made.removeAttribute("tabindex"); made.classList.add(...names); return made; };
  view.append(...what.lines.map(({ g, then, ...line }) => (g ? copy(g) : then ? copy(then) : alone(line))));
  const active = document.activeElement;
  const focused = picture.svg.contains(active) && active.matches("g:focus-visible") ? active : null;
  const boxes = new Set([...what.keys].map((key) => picture.nodeOf.get(key)).filter((node) => node && !node.gone).map(({ g }) => g));
  if (focused) boxes.add(focused);
  const main = entry && picture.nodeOf.get(entry.key)?.g;
  view.append(...[...boxes].map((g) => copy(g, ...(g === main ? ["lit"] : []), ...(g === focused ? ["focus"] : []))));
  // The title and the legend do not dim.
  const rest = [...picture.svg.children].filter((g) => g !== picture.view && !/^(title|desc)$/.test(g.tagName)).slice(1);
  over.replaceChildren(...rest.map((g) => g.cloneNode(true)), view);
}
