// Decides what of the picture is shown and what is highlighted.

/// Returns the backgrounds of things that belong together, each with the things on it.
function grounds() {
  const { nodes, svg } = picture;
  const boxes = nodes.length > 600 ? [] : nodes.map((node) => ({ node, box: boxOf(node) }));
  return [...svg.querySelectorAll("g.panel,g.hull")].map((g) => {
    const around = g.getBBox();
    const isOn = ({ box }) => box.x >= around.x && box.y >= around.y && box.x + box.width <= around.x + around.width && box.y + box.height <= around.y + around.height;
    return { g, on: boxes.filter(isOn).map(({ node }) => node) };
  });
}

/// Fills the legend of the looks that lines have on any day; the picture's own legend covers only
/// its own day.
function key() {
  const looks = new Set(data.positions.flatMap((pair) => pair.changes.map((change) => change.look)));
  const positions = [...looks].sort((x, y) => x - y);
  const samples = positions.map((nth) => {
    const look = data.looks[nth];
    const sample = shape("svg", { width: 44, height: 14, "aria-hidden": true });
    look.strokes.forEach(([stroke, dash], at) => {
      const y = look.strokes.length < 2 ? 7 : at ? 5.5 : 8.5;
      sample.append(shape("path", { d: `M1 ${y}H${42 - look.length}`, fill: "none", stroke, "stroke-width": 1.6, "stroke-dasharray": dash || "none" }));
    });
    sample.append(shape("use", { href: "#mark" + nth, x: 42, y: 7 }));
    return el("li", {}, sample, " " + look.name);
  });
  $("key").replaceChildren(...samples);
}

/// Returns what passes the filters, as functions of a position and of what has topics and sources.
function filters() {
  const issue = things.get(state.issue);
  const source = data.sources.findIndex((one) => one.id === state.source);
  return {
    issue,
    isAny: Boolean(issue || state.side || source >= 0),
    position: (pair, now) => (!state.side || now.side === state.side) && (!issue || pair.issue === issue.nth)
      && (source < 0 || now.made_by.some((nth) => data.stances[nth].sources.includes(source))),
    other: (sources, topics) => !state.side && (!issue || topics.includes(issue.nth)) && (source < 0 || sources.includes(source)),
  };
}

/// Returns whether a line is shown, which it redraws if it had another look on the day asked for.
function isShown(strand, passes) {
  const { a, b, pair, drawn } = strand;
  const draws = picture.isGraph;
  if (pair) {
    const now = standing(pair);
    const isShown = (now.side !== "unknown" || drawn.side === "unknown") && passes.position(pair, now);
    const differs = now.look !== null && (now.look !== drawn.look || now.words !== drawn.words);
    if (isShown && draws) redraw(strand, drawn.look, differs ? now.look : null, now.words);
    return isShown;
  }
  const meeting = [a, b].find((end) => end.kind === "meeting");
  if (meeting) {
    const { thing } = meeting;
    const isShown = statusOf(thing) !== null && passes.other(thing.sources, thing.topics);
    const actor = a === meeting ? b : a;
    const [was, is] = [data.parts[thing.status], data.parts[statusOf(thing)]];
    if (isShown && draws && !isLetter(thing) && thing.participants.includes(actor.nth)) redraw(strand, was, is === was ? null : is ?? null, "");
    return isShown;
  }
  // How far two agree is about all issues and sources.
  if (!draws) return true;
  if (strand.bonds && strand.bonds.met.length + strand.bonds.tied.length) {
    rejoin(strand);
    return strand.bonds.met.some((meeting) => statusOf(meeting) !== null && passes.other(meeting.sources, meeting.topics))
      || strand.bonds.tied.some((tie) => holds(tie) && passes.other(tie.sources, tie.over));
  }
  return !passes.isAny;
}

function show(found) {
  const { nodes, strands } = picture;
  // The camps shown are those of the picture's day.
  sheet.classList.toggle("replay", state.day !== null);
  $("key").hidden = state.day === null || !strands.some(({ pair }) => pair);
  settle();
  const passes = filters();
  const shown = new Set();
  let hasChanged = false;
  for (const strand of strands) {
    const [visible, then] = [strand.visible, strand.then];
    strand.visible = isShown(strand, passes);
    hasChanged ||= visible !== strand.visible || then !== strand.then;
    if (visible !== strand.visible) strand.g?.classList.toggle("off", !strand.visible);
    if (then !== strand.then) strand.run = null;
    if (strand.visible) { shown.add(strand.a.key); shown.add(strand.b.key); }
  }
  if (hasChanged && picture.crowd) redrawCrowd();
  for (const node of nodes) {
    const { g, entry } = node;
    const gone = (entry.kind === "meeting" && statusOf(entry.thing) === null) || (passes.isAny && !shown.has(entry.key) && entry !== passes.issue);
    if (gone !== (node.gone ?? false)) g.classList.toggle("off", gone);
    node.gone = gone;
    if (entry.kind === "meeting" && !gone) restate(g, entry.thing);
  }
  // A background is hidden if everything on it is.
  for (const { g, on } of (picture.grounds ??= grounds())) g.classList.toggle("off", on.length > 0 && on.every((node) => node.gone));
  foot();
  picture.found = found;
  light();
}

/// Returns the statements behind a position, as the picture counts them: those that make it and the
/// offers beside it; of an unknown one and on a timeline, all that were made and not withdrawn.
function behind(pair) {
  const { made_by, side: now } = standing(pair);
  const side = picture.name === "timeline" ? "unknown" : now;
  const counts = ([nth, fate]) => isMade(data.stances[nth]) && (data.fates[fate] === "an offer" || side === "unknown" && data.fates[fate] !== "withdrawn");
  return [...made_by, ...pair.said.filter(counts).map(([nth]) => nth)];
}

/// Says at the foot what is shown, and as of which day; the picture's own note is about all of it
/// on its own day.
function foot() {
  const { nodes, strands, svg } = picture;
  const isOwn = state.day === null && !state.issue && !state.side && !state.source;
  for (const rests of svg.querySelectorAll("g.rests")) rests.classList.toggle("off", !isOwn);
  const lines = strands.filter((strand) => strand.visible);
  const entries = picture.isGraph ? nodes.filter((node) => !node.gone).map(({ entry }) => entry) : [...new Set(lines.flatMap(({ a, b }) => [a, b]))];
  const all = picture.isGraph ? nodes.map(({ entry }) => entry) : strands.flatMap(({ a, b }) => [a, b]);
  const of = (kind) => entries.filter((entry) => entry.kind === kind).length;
  const pairs = [...new Set(lines.map(({ pair }) => pair).filter(Boolean))];
  const made = pairs.filter((pair) => standing(pair).side !== "unknown");
  const statements = new Set(pairs.flatMap(behind));
  const sources = new Set([...statements].flatMap((nth) => data.stances[nth].sources));
  // A timeline shows statements, not the positions they make.
  const hasPositions = picture.name !== "timeline" && data.positions.length > 0 && strands.some(({ pair }) => pair);
  const told = [count(of("actor"), "actor")];
  for (const kind of ["issue", "meeting"]) if (all.some((entry) => entry.kind === kind)) told.push(count(of(kind), kind));
  if (hasPositions) told.push(count(made.length, "position"));
  if (!isOwn && strands.some(({ pair }) => pair)) told.push(count(statements.size, "statement") + " of " + count(sources.size, "source"));
  if (picture.joined.size) told.push(count(lines.filter(({ bonds }) => bonds).length, "link") + " between actors");
  if (!isOwn && (data.span || data.day !== undefined && data.day !== null)) told.push("as of " + dayWords(nowDay()));
  if (!isOwn && !picture.isGraph && !strands.some(({ pair }) => pair)) told.push("not filtered");
  $("foot").textContent = "Shown: " + told.join(", ") + (isOwn && picture.basis ? ". Behind it: " + picture.basis : "");
}
