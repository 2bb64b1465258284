// Decides what of the picture is shown and what is highlighted.

/// The backgrounds of things that belong together, each with the things on it.
let grounds = null;
function behind() {
  const boxes = nodes.length > 600 ? [] : nodes.map((node) => ({ node, box: node.g.getBBox() }));
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

function show(found) {
  // The camps shown are those of the picture's day.
  sheet.classList.toggle("replay", state.day !== null);
  $("key").hidden = state.day === null || !data.positions.length;
  const issue = things.get(state.issue);
  const source = data.sources.findIndex((one) => one.id === state.source);
  const isFiltered = Boolean(issue || state.side || source >= 0);
  const shown = new Set();
  for (const strand of strands) {
    const { a, b, pair, g } = strand;
    let visible = true;
    if (pair) {
      const now = standing(pair);
      visible = (now.side !== "unknown" || strand.drawn.side === "unknown") && (!state.side || now.side === state.side) && (!issue || pair.issue === issue.nth)
        && (source < 0 || now.made_by.some((nth) => data.stances[nth].sources.includes(source)));
      const differs = now.look !== null && (now.look !== strand.drawn.look || now.words !== strand.drawn.words);
      if (visible) redraw(strand, strand.drawn.look, differs ? now.look : null, now.words);
    } else {
      const meeting = [a, b].find((end) => end.kind === "meeting");
      if (meeting) {
        const { thing } = meeting;
        visible = statusOf(thing) !== null && !state.side && (!issue || thing.topics.includes(issue.nth)) && (source < 0 || thing.sources.includes(source));
        const actor = a === meeting ? b : a;
        const [was, is] = [data.parts[thing.status], data.parts[statusOf(thing)]];
        if (visible && !isLetter(thing) && thing.participants.includes(actor.nth)) redraw(strand, was, is === was ? null : is ?? null, "");
      } else if (strand.bonds && strand.bonds.met.length + strand.bonds.tied.length) {
        const passes = (sources, topics) => !state.side && (!issue || topics.includes(issue.nth)) && (source < 0 || sources.includes(source));
        visible = strand.bonds.met.some((meeting) => statusOf(meeting) !== null && passes(meeting.sources, meeting.topics))
          || strand.bonds.tied.some((tie) => holds(tie) && passes(tie.sources, tie.over));
        rejoin(strand);
      } else visible = !isFiltered;
    }
    strand.visible = visible;
    g.classList.toggle("off", !visible);
    if (visible) { shown.add(a.key); shown.add(b.key); }
  }
  for (const { g, entry } of nodes) {
    const gone = (entry.kind === "meeting" && statusOf(entry.thing) === null) || (isFiltered && !shown.has(entry.key) && entry !== issue);
    g.classList.toggle("off", gone);
    if (entry.kind === "meeting" && !gone) restate(g, entry.thing);
  }
  // A background is hidden if everything on it is.
  for (const { g, on } of (grounds ??= behind())) g.classList.toggle("off", on.length > 0 && on.every((node) => node.g.classList.contains("off")));
  foot();
  light(found);
}

/// Says at the foot what is shown, and as of which day; the picture's own note is about all of it
/// on its own day.
function foot() {
  const isOwn = state.day === null && !state.issue && !state.side && !state.source;
  for (const rests of svg.querySelectorAll("g.rests")) rests.classList.toggle("off", !isOwn);
  const of = (kind) => nodes.filter(({ g, entry }) => entry.kind === kind && !g.classList.contains("off")).length;
  const lines = strands.filter((strand) => strand.visible);
  const made = lines.filter(({ pair }) => pair).map(({ pair }) => standing(pair)).filter(({ side }) => side !== "unknown");
  const statements = new Set(made.flatMap(({ made_by }) => made_by));
  const sources = new Set([...statements].flatMap((nth) => data.stances[nth].sources));
  const told = [count(of("actor"), "actor")];
  if (nodes.some(({ entry }) => entry.kind === "issue")) told.push(count(of("issue"), "issue"));
  if (nodes.some(({ entry }) => entry.kind === "meeting")) told.push(count(of("meeting"), "meeting"));
  if (data.positions.length && strands.some(({ pair }) => pair)) told.push(count(made.length, "position") + " by " + count(statements.size, "statement") + " of " + count(sources.size, "source"));
  if (joined.size) told.push(count(lines.filter(({ bonds }) => bonds).length, "link") + " between actors");
  if (data.span || data.day !== undefined && data.day !== null) told.push("as of " + dayWords(nowDay()));
  $("foot").textContent = "Shown: " + told.join(", ");
}

/// Highlights what is picked or on the path, and dims everything else.
function light(found) {
  const picked = things.get(state.pick);
  const isLit = Boolean(picked || found);
  // Nothing is highlighted and nothing was, so there is nothing to change.
  if (!isLit && !sheet.classList.contains("picked")) return;
  sheet.classList.toggle("picked", isLit);
  const own = new Set(!picked ? [] : picked.kind === "actor" ? [...voices(picked.nth)].map((nth) => "a" + nth) : [picked.key]);
  const near = new Set(found ? found.on : own);
  // A meeting belongs to those for whom it counts, whoever speaks for them on other days.
  const counts = ({ thing }, { nth }) => (toldOf(thing)?.counts_for ?? []).some((part) => part.actor === picked.nth && part.as !== "elsewhere" && (nth === picked.nth || part.by.includes(nth)));
  const isOwn = ({ a, b }) => {
    const meeting = [a, b].find(({ kind }) => kind === "meeting");
    if (!meeting || picked?.kind !== "actor") return own.has(a.key) || own.has(b.key);
    const other = meeting === a ? b : a;
    return other.kind === "actor" && counts(meeting, other);
  };
  const lit = (strand) => (found ? found.isStep(strand.a.key, strand.b.key) : isOwn(strand));
  for (const strand of strands) {
    const is = Boolean(lit(strand)) && strand.visible;
    strand.g.classList.toggle("dim", !is);
    if (is && !found) { near.add(strand.a.key); near.add(strand.b.key); }
  }
  for (const { g, entry } of nodes) {
    // Boxes that aren't drawn are not highlighted.
    const isDrawn = !g.classList.contains("off");
    g.classList.toggle("dim", !(isDrawn && near.has(entry.key)));
    g.classList.toggle("lit", isDrawn && entry === picked);
  }
}
