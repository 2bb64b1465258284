// The lines and boxes of the picture, updated to the day asked for.

const ends = (g) => [g.dataset.actor, g.dataset.issue, g.dataset.meeting, g.dataset.from, g.dataset.to].filter((id) => id !== undefined).map((id) => things.get(id));
const both = (one, other) => Math.min(one, other) + " " + Math.max(one, other);

/// Returns a line, or whatever else stands for what joins two things: a cell, a dot, a mark.
function strand(g, [a, b]) {
  const pair = a?.kind === "actor" && b?.kind === "issue" ? pairOf.get(a.nth + " " + b.nth) : null;
  const made = { g, a, b, pair, drawn: pair?.changes.at(-1) ?? unknown, visible: true };
  const title = g?.querySelector(":scope>title");
  if (title) { made.title = title.textContent; title.remove(); }
  return made;
}

/// Takes the lines of a crowd apart. Each path draws all that look alike; a line holds its pieces.
function apart(crowd, nodes) {
  const of = crowd.dataset.ends.split(" ").map((nth) => nodes[nth].entry);
  const strands = [];
  for (let at = 0; at < of.length; at += 2) {
    const [one, other] = [of[at], of[at + 1]];
    strands.push({ ...strand(null, one.kind === "meeting" ? [other, one] : [one, other]), pieces: [], words: [] });
  }
  const alike = [...crowd.querySelectorAll(".alike")].map((g) => {
    const path = g.firstElementChild;
    const pieces = path.getAttribute("d").split(/(?=M)/);
    return { path, pieces: g.dataset.lines.split(" ").map((line, nth) => {
      strands[line].pieces.push([path, pieces[nth]]);
      return [strands[line], pieces[nth]];
    }) };
  });
  for (const g of crowd.querySelectorAll(".of")) strands[g.dataset.line].words.push(g);
  return { strands, alike };
}

/// Draws a line of a crowd by itself.
function alone({ a, b, pieces, words }) {
  const g = shape("g", { ["data-" + a.kind]: a.thing.id, ["data-" + b.kind]: b.thing.id });
  g.append(...pieces.map(([path, d]) => shape("path", { class: path.getAttribute("class"), d })), ...words.flatMap((of) => [...of.cloneNode(true).children]));
  return g;
}

/// Returns what a picture draws: its boxes, its lines, and what joins two actors.
function read(svg, name) {
  svg.classList.add("base");
  stack(svg);
  const nodes = [...svg.querySelectorAll("g[data-id]")].map((g) => ({ g, entry: things.get(g.dataset.id) })).filter((node) => node.entry);
  const crowd = svg.querySelector("g.crowd");
  if (crowd) crowd.setAttribute("pointer-events", "none");
  svg.classList.toggle("crowded", Boolean(crowd));
  const { strands, alike } = crowd ? apart(crowd, nodes) : { strands: [...svg.querySelectorAll("g[data-actor],g[data-from]")].map((g) => strand(g, ends(g))).filter(({ a, b }) => a && b), alike: [] };
  const joined = bonds(strands);
  const made = { svg, name, nodes, strands, crowd, alike, joined, size: { width: svg.width.baseVal.value, height: svg.height.baseVal.value } };
  made.strandOf = new Map(strands.map((one) => [one.g, one]));
  made.nodeOf = new Map(nodes.map((node) => [node.entry.key, node]));
  // The lines at each thing.
  made.at = new Map();
  for (const one of strands) for (const { key } of [one.a, one.b]) made.at.has(key) ? made.at.get(key).push(one) : made.at.set(key, [one]);
  // Only boxes and lines between them can show an earlier day.
  made.isGraph = nodes.length > 0;
  svg.classList.toggle("graph", made.isGraph);
  made.view = svg.querySelector("g.view");
  made.small = measured(svg);
  unstretched(svg);
  // What the picture says it rests on: its first sentence.
  made.basis = [...svg.querySelectorAll("g.rests text")].map((text) => text.textContent).join(" ").split(". ")[0];
  const { e: x, f: y } = made.view.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
  made.origin = { x, y };
  return made;
}

/// On an upright stage, puts what stands beside the title and beside the view below them.
function stack(svg) {
  if (stage.clientHeight <= stage.clientWidth) return;
  const view = svg.querySelector("g.view");
  const beside = [...svg.children].slice([...svg.children].indexOf(view) + 1);
  const [title, about] = svg.querySelectorAll(":scope>text");
  if (about && !beside.includes(about) && about.getAttribute("y") === title.getAttribute("y")) {
    const base = Number(title.getAttribute("y"));
    title.setAttribute("y", base - 12);
    about.setAttribute("y", base + 6);
    about.setAttribute("x", title.getAttribute("x"));
  }
  if (!beside.length) return;
  const { e: left, f: top } = view.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
  const drawn = view.getBBox();
  const [right, bottom] = [left + drawn.x + drawn.width, top + drawn.y + drawn.height];
  if (beside[0].getBBox().x < right) return;
  const foot = shape("g", {});
  foot.append(...beside);
  svg.append(foot);
  const [gap, { x, y, width, height }] = [14, foot.getBBox()];
  foot.setAttribute("transform", `translate(${gap - x} ${bottom + gap - y})`);
  const heads = [...svg.querySelectorAll(":scope>text")].map((text) => text.getBBox()).map((head) => head.x + head.width);
  const size = { width: Math.ceil(Math.max(right, gap + width, ...heads) + gap), height: Math.ceil(bottom + gap + height + gap) };
  for (const [name, value] of Object.entries(size)) for (const one of [svg, svg.querySelector(":scope>rect")]) one.setAttribute(name, value);
  svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
}

/// Completes the texts of a picture, and returns the size that nine of ten have at least.
function measured(svg) {
  const sizes = [];
  for (const text of svg.querySelectorAll("text")) {
    // Each has this, so the page doesn't carry it.
    text.setAttribute("lengthAdjust", "spacingAndGlyphs");
    sizes.push(Number(text.getAttribute("font-size")));
  }
  return sizes.sort((one, other) => one - other)[Math.floor(sizes.length / 10)] || 10;
}

/// Lets texts in scripts that the page's font lacks be narrower than they were taken to be; wider
/// they can't be.
function unstretched(svg) {
  const loose = [...svg.querySelectorAll("text[data-loose]")].map((text) => [text, text.getAttribute("textLength")]);
  for (const [text] of loose) text.removeAttribute("textLength");
  const widths = loose.map(([text]) => text.getComputedTextLength());
  loose.forEach(([text, most], nth) => { if (widths[nth] > most) text.setAttribute("textLength", most); });
}

/// Returns what joins two actors of a network, meetings and ties, by the pair.
function bonds(strands) {
  const joined = new Map();
  for (const one of strands.filter(({ g }) => g?.classList.contains("bond"))) {
    const pair = both(one.a.nth, one.b.nth);
    if (!joined.has(pair)) joined.set(pair, { met: [], tied: [] });
    one.bonds = joined.get(pair);
  }
  if (!joined.size) return joined;
  for (const meeting of data.meetings.filter((meeting) => !isLetter(meeting))) {
    const all = [...new Set(parties(meeting))];
    all.forEach((one, at) => all.slice(at + 1).forEach((other) => joined.get(both(one, other))?.met.push(meeting)));
  }
  for (const tie of data.ties) joined.get(both(tie.from, tie.to))?.tied.push(tie);
  return joined;
}

/// The meetings of two actors, and the ties between them.
function between(one, other) {
  const has = (meeting) => !isLetter(meeting) && [one, other].every(({ nth }) => parties(meeting).includes(nth));
  const tied = ({ from, to }) => both(from, to) === both(one.nth, other.nth);
  return { met: data.meetings.filter(has), tied: data.ties.filter(tied) };
}

function words(strand) {
  const { a, b, pair } = strand;
  if (strand.title) return (a.kind === b.kind ? label(a.thing) + " and " + label(b.thing) + ": " : "") + strand.title;
  if (pair) return label(a.thing) + " on " + label(b.thing) + ": " + standing(pair).words;
  const { met, tied } = strand.bonds || { met: [], tied: [] };
  // Who was only asked has not met anybody.
  const asked = (meeting) => [a, b].filter(({ nth }) => !meeting.participants.includes(nth))
    .map(({ nth, thing }) => "; " + label(thing) + (meeting.declined.includes(nth) ? " declined" : " was invited")).join("");
  const said = [...tied.filter(holds).map((tie) => tie.kind), ...met.map((meeting) => label(meeting) + " (" + (statusOf(meeting) || "not yet known") + asked(meeting) + ")")];
  return label(a.thing) + " – " + label(b.thing) + (said.length ? ": " + said.join("; ") : "");
}

function shape(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/// Returns the course of a drawn line: its start, its tip, the length of its straight part, and its
/// width.
function course({ g, pieces }, look) {
  const own = pieces ?? [...g.querySelectorAll(":scope>path")].map((path) => [path, path.getAttribute("d")]);
  const paths = own.slice(0, look ? look.strokes.length : 1);
  const runs = paths.map(([, d]) => numbers(d));
  const mean = (at) => runs.reduce((sum, run) => sum + run[at], 0) / runs.length;
  const last = runs[0].length - 2;
  const sign = mean(last) < mean(0) ? -1 : 1;
  const tip = { x: mean(last) + sign * (look ? look.length : 10), y: mean(last + 1) };
  return { from: { x: mean(0), y: mean(1) }, tip, sign, straight: Math.abs(mean(last) - mean(6)), width: getComputedStyle(paths[0][0]).strokeWidth };
}
const numbers = (d) => d.match(/-?[\d.]+/g).map(Number);

/// Redraws a line that had another look on the day asked for, with that look's colours, dashes and
/// end.
function redraw(strand, was, is, words) {
  const { g } = strand;
  const as = is === null ? "" : is + words;
  if (as === (strand.as ?? "")) return;
  strand.as = as;
  strand.then?.remove();
  strand.then = null;
  g?.classList.toggle("other", is !== null);
  if (is === null) return;
  const look = data.looks[is];
  const { from, tip, sign, straight, width } = (strand.course ??= course(strand, was === null ? null : data.looks[was]));
  const end = tip.x - sign * look.length;
  const knee = end - sign * straight;
  const half = (knee - from.x) / 2;
  // Two lines are as far apart as in the picture, however steep they are.
  const aside = look.strokes.length > 1 ? Math.max(parseFloat(width), 1) / 2 + 0.7 : 0;
  const lean = Math.abs(tip.y - from.y) < 1 ? 0 : (tip.y > from.y) === (sign > 0) ? -aside : aside;
  const then = shape("g", { class: "then" });
  look.strokes.forEach(([stroke, thin, thick], nth) => {
    const [dx, dy] = nth ? [-lean, -aside] : [lean, aside];
    const at = (x, y) => x + dx + " " + (y + dy);
    const d = `M${at(from.x, from.y)}C${at(from.x + half, from.y)} ${at(knee - half, tip.y)} ${at(knee, tip.y)}L${end} ${tip.y + dy}`;
    then.append(shape("path", { d, fill: "none", stroke, "stroke-width": width, "stroke-dasharray": (parseFloat(width) > 2 ? thick : thin) || "none" }));
  });
  then.append(shape("use", { href: "#mark" + is, transform: `translate(${tip.x} ${tip.y}) scale(${sign} 1)` }));
  // The look of a line doesn't tell a number, so write it.
  if (words.startsWith("at ")) write(then, words, tip.x - sign * (look.length + 4), tip.y - 3, sign > 0 ? "end" : "start");
  strand.then = then;
  (g ?? picture.crowd).append(then);
}

/// Redraws a crowd with the lines that are shown.
function redrawCrowd() {
  const isDrawn = (strand) => strand.visible && !strand.then;
  for (const { path, pieces } of picture.alike) path.setAttribute("d", pieces.map(([strand, d]) => (isDrawn(strand) ? d : "")).join(""));
  for (const strand of picture.strands) {
    for (const g of strand.words) g.classList.toggle("off", !isDrawn(strand));
    strand.then?.classList.toggle("off", !strand.visible);
  }
}

/// Replaces the status in a meeting's box, which is that of the picture's day, by that of the day
/// asked for.
function restate(g, meeting) {
  g.querySelector(":scope>.symbol")?.remove();
  const { status: now, date } = toldOf(meeting);
  const differs = now !== meeting.status;
  const texts = [...g.querySelectorAll(":scope>text")];
  const size = (text) => Number(text.getAttribute("font-size"));
  // The status is below the title, in smaller letters.
  const told = texts.filter((text) => size(text) < size(texts[0]));
  for (const text of told) text.classList.toggle("off", differs);
  for (const kind of ["planned", "called-off", "solid"]) g.classList.toggle(kind, differs && kind === manner(now));
  if (!differs) return;
  const [first] = told;
  const box = first ? null : g.getBBox();
  write(g, "then " + now + (date ? " " + date.words : ""), first ? first.getAttribute("x") : box.x, first ? first.getAttribute("y") : box.y + box.height, "start");
}
/// Returns how lines and boxes of a meeting are drawn, by its status.
const manner = (status) => (status === "held" ? "solid" : ["postponed", "cancelled", "refused"].includes(status) ? "called-off" : "planned");
function write(g, words, x, y, anchor = "middle") {
  const text = shape("text", { class: "symbol", x, y, "text-anchor": anchor });
  text.textContent = words;
  g.append(text);
}

/// Shows the lines of a network that joined two actors on the day asked for.
function rejoin({ g, a, b, bonds }) {
  const joints = g.querySelectorAll(".joint");
  if (!bonds || !joints.length) return;
  const now = new Map();
  const add = (kind) => now.set(kind, (now.get(kind) || 0) + 1);
  for (const meeting of bonds.met) {
    const status = statusOf(meeting);
    const part = ({ nth }) => (meeting.participants.includes(nth) ? 2 : meeting.declined.includes(nth) ? 1 : 0);
    const parts = [part(a), part(b)];
    if (status === null || !parts.includes(2)) continue;
    if (parts.includes(1)) add("were to meet");
    else if (status === "held") { if (!parts.includes(0)) add("met"); }
    else add(manner(status) === "planned" ? "to meet" : "were to meet");
  }
  for (const tie of bonds.tied) if (holds(tie)) add(tie.kind);
  const drawn = new Set([...joints].map((joint) => joint.dataset.kind));
  const missing = [...now.keys()].filter((kind) => !drawn.has(kind));
  for (const joint of joints) {
    const { kind } = joint.dataset;
    // If a meeting had another status then, its line gets the dash of that status.
    const as = now.has(kind) ? kind : / meet$|^met$/.test(kind) ? missing.shift() : undefined;
    joint.classList.toggle("off", state.day !== null && as === undefined);
    const manners = { "to meet": "planned", "were to meet": "called-off", met: "solid" };
    for (const manner of Object.values(manners)) joint.classList.toggle(manner, state.day !== null && as !== kind && manners[as] === manner);
    const often = joint.querySelector(".often");
    if (often) often.classList.toggle("off", state.day !== null && (now.get(as) || 0) !== Number(often.dataset.count));
  }
}
