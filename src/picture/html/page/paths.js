// The shortest paths between two actors on the day asked for, as `demarche path` finds them.

const meet = (one, other) => one.some((stance) => other.includes(stance));

/// Returns whether a position is counted with that of somebody for whom its actor speaks.
const isFolded = (pair) => pair.folded.findLast(([from]) => from === null || from <= nowDay())?.[1] ?? false;

/// Returns whether two positions on an issue agree: they are on one side, or at one number, or one
/// is a number in the half of the scale that the other's word names.
const halves = { supports: 1, neutral: 0, opposes: -1 };
const half = ({ side, half }) => (side === "number" ? half : halves[side]);
const agree = (one, other) => one.issue === other.issue && (one.like === other.like || ((one.side === "number") !== (other.side === "number") && half(one) === half(other)));

/// Returns what joins actors, each with its box if it has one: speaking for another, membership,
/// meetings held, ties, and the same side of an issue.
function joints(asked) {
  const found = [];
  const join = (actors, words, box = null) => found.push({ actors, words, box });
  const over = (way) => state.over === "all" || state.over === way;
  if (over("ties")) data.actors.forEach((_, nth) => {
    speaksFor(nth).forEach((other) => join([nth, other], (from) => [from === nth ? "speaks for" : "is spoken for by"]));
    membersOf(nth).forEach((member) => join([member, nth], (from) => [from === nth ? "has as a member" : "belongs to"]));
  });
  if (over("meetings")) data.meetings.forEach((meeting, nth) => {
    if (toldOf(meeting)?.met) join(meeting.participants, () => ["met at ", link(named("meeting", nth)), " with"], "m" + nth);
  });
  if (over("ties")) data.ties.forEach((tie) => { if (holds(tie)) join([tie.from, tie.to], () => [tie.kind]); });
  if (over("issues")) {
    const [own, speakers] = [[], []];
    for (const pair of data.positions) {
      const { side, words, half, made_by } = standing(pair);
      if (!["supports", "opposes", "neutral", "number"].includes(side)) continue;
      const one = { actor: pair.actor, issue: pair.issue, side, half, like: side === "number" ? words : side, said: made_by };
      if (!isFolded(pair)) own.push(one);
      else if (asked.includes(pair.actor)) speakers.push(one);
    }
    const on = (one, actors) => join(actors, () => ["also " + one.like + ", on ", link(named("issue", one.issue)), ", like"], "i" + one.issue);
    const two = (one, other) => (one.like === other.like ? on(one, [one.actor, other.actor])
      : join([one.actor, other.actor], () => ["agrees on ", link(named("issue", one.issue)), " with"], "i" + one.issue));
    const groups = new Map();
    for (const one of own) {
      const key = one.issue + " " + one.like;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(one);
    }
    for (const group of groups.values()) on(group[0], group.map(({ actor }) => actor));
    const numbers = own.filter(({ side }) => side === "number");
    for (const one of numbers) for (const other of own) if (other.side !== "number" && agree(one, other)) two(one, other);
    // Speakers asked about are joined to all who agree with them and whose position rests on other
    // statements.
    speakers.forEach((speaker, nth) => {
      for (const other of [...own, ...speakers.slice(nth + 1)]) if (agree(speaker, other) && !meet(speaker.said, other.said)) two(speaker, other);
    });
  }
  return found;
}

/// Returns the number of steps from one actor to each other.
function distances(from, of) {
  const far = new Map([[from, 0]]);
  const queue = [from];
  const crossed = new Set();
  for (let at = 0; at < queue.length; at++) {
    for (const joint of of[queue[at]]) {
      if (crossed.has(joint)) continue;
      crossed.add(joint);
      for (const next of joint.actors) if (!far.has(next)) { far.set(next, far.get(queue[at]) + 1); queue.push(next); }
    }
  }
  return far;
}

/// Returns everything on a shortest path between the two: the keys of boxes, and the steps of one
/// path.
function shortest() {
  const [a, b] = state.path.split("~").map((id) => things.get(id));
  if (a?.kind !== "actor" || b?.kind !== "actor") return null;
  const all = joints([a.nth, b.nth]);
  const of = data.actors.map(() => []);
  for (const joint of all) for (const actor of joint.actors) of[actor].push(joint);
  const [there, back] = [distances(a.nth, of), distances(b.nth, of)];
  const whole = there.get(b.nth);
  const on = new Set([a.key, b.key]);
  const pairs = new Set();
  const steps = [];
  const isStep = (x, y) => pairs.has(x + " " + y) || pairs.has(y + " " + x);
  if (whole === undefined) return { a, b, on, steps, whole, isStep };
  for (const { actors, box } of all) {
    for (const x of actors) {
      if (there.get(x) + back.get(x) !== whole) continue;
      for (const y of actors) {
        if (there.get(y) !== there.get(x) + 1 || there.get(y) + back.get(y) !== whole) continue;
        const [from, to] = ["a" + x, "a" + y];
        for (const key of [from, to, box]) if (key) on.add(key);
        pairs.add(from + " " + to);
        if (box) pairs.add(from + " " + box).add(to + " " + box);
      }
    }
  }
  for (let at = a.nth; at !== b.nth;) {
    const from = at;
    const isNext = (actor) => back.get(actor) === back.get(from) - 1;
    const joint = of[from].find(({ actors }) => actors.some(isNext));
    at = joint.actors.find(isNext);
    steps.push([from, joint.words(from), at]);
  }
  return { a, b, on, steps, whole, isStep };
}

function pathTools(entry) {
  if (entry.kind !== "actor") return "";
  const id = entry.thing.id;
  const [from, to] = state.path.split("~");
  const button = (words, path) => el("button", { type: "button", click: () => set({ path }) }, words);
  const tools = el("div", { class: "tools" });
  if (from && !to && from !== id) tools.append(button("Show the shortest paths from " + label(things.get(from)?.thing ?? { id: from }), from + "~" + id));
  if (from === id && !to) tools.append("Now choose the other end.", button("Cancel", ""));
  else tools.append(button("Paths from here …", id));
  return tools;
}

function pathCard(found) {
  const over = el("select", { "aria-label": "Over what" }, ...["all", "meetings", "issues", "ties"].map((way) => el("option", { value: way }, "over " + way)));
  over.value = state.over;
  over.addEventListener("change", () => set({ over: over.value }));
  const [a, b] = [label(found.a.thing), label(found.b.thing)];
  const length = found.whole + (found.whole === 1 ? " step" : " steps");
  const told = found.whole === undefined ? "They are not connected." : length + "; one of the shortest ways:";
  const steps = found.steps.map(([x, words, y]) => el("li", {}, link(named("actor", x)), " ", ...words, " ", link(named("actor", y))));
  const forget = el("button", { type: "button", click: () => set({ path: "" }) }, "Clear the path");
  const folded = ["all", "issues"].includes(state.over) ? data.positions.filter(isFolded).map(({ actor }) => actor) : [];
  const others = [...new Set(folded)].filter((actor) => ![found.a.nth, found.b.nth].includes(actor));
  return el("section", {}, el("h2", {}, a + " to " + b), el("p", {}, told), el("ul", {}, ...steps),
    line("counted with those they speak for, not by themselves:", ...links("actor", others)), el("div", { class: "tools" }, over, forget));
}
