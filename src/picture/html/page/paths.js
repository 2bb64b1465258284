// The shortest paths between two actors on the day asked for, as `demarche path` finds them.

const meet = (one, other) => one.some((stance) => other.includes(stance));

/// Returns the actors for whom an actor has ever spoken, directly or through others.
function above(actor) {
  const found = new Set();
  const follow = (nth) => data.actors[nth].speaks_for.forEach(({ actor: other }) => {
    if (!found.has(other)) { found.add(other); follow(other); }
  });
  follow(actor);
  return found;
}

/// Returns whether a position counts for somebody for whom its actor speaks: one who has a position
/// on the issue, and for whom a statement behind this one has counted.
function isFolded(pair) {
  if (!data.actors[pair.actor].speaks_for.length) return false;
  const { made_by } = standing(pair);
  const higher = above(pair.actor);
  return data.positions.some((other) => other.issue === pair.issue && other.actor !== pair.actor && higher.has(other.actor)
    && standing(other).side !== "unknown"
    && other.changes.some((change) => (change.from === null || change.from <= nowDay()) && meet(made_by, change.made_by)));
}

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
    if (statusOf(meeting) === "held") join(meeting.participants, () => ["met at ", link(named("meeting", nth)), " with"], "m" + nth);
  });
  if (over("ties")) data.ties.forEach((tie) => { if (holds(tie)) join([tie.from, tie.to], () => [tie.kind]); });
  if (over("issues")) {
    const alike = new Map();
    const speakers = [];
    for (const pair of data.positions) {
      const now = standing(pair);
      if (!["supports", "opposes", "neutral", "number"].includes(now.side)) continue;
      const like = now.side === "number" ? now.words : now.side;
      const key = pair.issue + " " + like;
      if (!alike.has(key)) alike.set(key, { issue: pair.issue, like, own: [] });
      const one = { actor: pair.actor, key, said: now.made_by };
      if (!isFolded(pair)) alike.get(key).own.push(one);
      else if (asked.includes(pair.actor)) speakers.push(one);
    }
    const on = ({ issue, like }, actors) => join(actors, () => ["also " + like + ", on ", link(named("issue", issue)), ", like"], "i" + issue);
    for (const side of alike.values()) on(side, side.own.map(({ actor }) => actor));
    // Speakers asked about are joined to all on their side whose position rests on other
    // statements.
    speakers.forEach((speaker, nth) => {
      const side = alike.get(speaker.key);
      const others = [...side.own, ...speakers.slice(nth + 1).filter(({ key }) => key === speaker.key)];
      for (const other of others) if (!meet(speaker.said, other.said)) on(side, [speaker.actor, other.actor]);
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
  return el("section", {}, el("h2", {}, a + " to " + b), el("p", {}, told), el("ul", {}, ...steps), el("div", { class: "tools" }, over, forget));
}
