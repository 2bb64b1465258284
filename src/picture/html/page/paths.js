// The shortest paths between two of them.

let neighbours = new Map();
function connect() {
  neighbours = new Map();
  const join = (a, b, there, back) => {
    for (const [from, to, words] of [[a, b, there], [b, a, back]]) {
      if (!neighbours.has(from)) neighbours.set(from, []);
      neighbours.get(from).push([to, words]);
    }
  };
  const over = (way) => state.over === "all" || state.over === way;
  data.actors.forEach((actor, nth) => {
    actor.speaks_for.forEach((other) => join("a" + nth, "a" + other, "speaks for", "is spoken for by"));
    actor.members.forEach((other) => join("a" + nth, "a" + other, "has as a member", "is a member of"));
  });
  if (over("meetings")) data.meetings.forEach((meeting, nth) => {
    if (statusOf(meeting) === "held") meeting.participants.forEach((actor) => join("a" + actor, "m" + nth, "attended", "was attended by"));
  });
  if (over("issues")) data.positions.forEach((pair) => {
    const now = standing(pair);
    if (now.side !== "unknown") join("a" + pair.actor, "i" + pair.issue, now.words, "on it stands (" + now.words + ")");
  });
  if (over("ties")) data.ties.forEach((tie) => { if (holds(tie)) join("a" + tie.from, "a" + tie.to, tie.kind, tie.kind); });
}
function distances(from) {
  const far = new Map([[from, 0]]);
  const queue = [from];
  for (let at = 0; at < queue.length; at++) {
    for (const [next] of neighbours.get(queue[at]) || []) {
      if (!far.has(next)) { far.set(next, far.get(queue[at]) + 1); queue.push(next); }
    }
  }
  return far;
}
const entryOf = (key) => named({ a: "actor", i: "issue", m: "meeting" }[key[0]], Number(key.slice(1)));

/// All that is on a shortest path between the two: keys of nodes, and the steps of one path.
function shortest() {
  const [a, b] = state.path.split("~").map((id) => things.get(id));
  if (!a || !b) return null;
  connect();
  const [there, back] = [distances(a.key), distances(b.key)];
  const whole = there.get(b.key);
  const on = new Set();
  const steps = [];
  if (whole === undefined) return { a, b, on: new Set([a.key, b.key]), steps, whole };
  for (const [key, far] of there) if (far + (back.get(key) ?? Infinity) === whole) on.add(key);
  for (let key = a.key; key !== b.key;) {
    const [next, words] = neighbours.get(key).find(([to]) => back.get(to) === back.get(key) - 1);
    steps.push([key, words, next]);
    key = next;
  }
  return { a, b, on, steps, whole, isStep: (x, y) => on.has(x) && on.has(y) && Math.abs(there.get(x) - there.get(y)) === 1 };
}

function pathTools(entry) {
  const id = entry.thing.id;
  const [from, to] = state.path.split("~");
  const button = (words, path) => el("button", { type: "button", click: () => set({ path }) }, words);
  const tools = el("div", { class: "tools" });
  if (from && !to && from !== id) tools.append(button("Show the shortest paths from " + label(things.get(from).thing), from + "~" + id));
  if (from === id && !to) tools.append("Now choose the other end.", button("Never mind", ""));
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
  const steps = found.steps.map(([x, words, y]) => el("li", {}, link(entryOf(x)), " – " + words + " – ", link(entryOf(y))));
  const forget = el("button", { type: "button", click: () => set({ path: "" }) }, "Forget the path");
  return el("section", {}, el("h2", {}, a + " to " + b), el("p", {}, told), el("ul", {}, ...steps), el("div", { class: "tools" }, over, forget));
}
