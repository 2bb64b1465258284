"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const [stage, sheet, card, hint] = ["stage", "sheet", "card", "hint"].map($);
  const svg = sheet.querySelector("svg");
  const kinds = { actor: data.actors, issue: data.issues, meeting: data.meetings };
  const label = (thing) => thing.name || thing.title;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // Everything that has an id, by it; ids are unique in a graph.
  const things = new Map();
  for (const [kind, list] of Object.entries(kinds)) {
    list.forEach((thing, nth) => things.set(thing.id, { kind, nth, thing, key: kind[0] + nth }));
  }
  const named = (kind, nth) => things.get(kinds[kind][nth].id);
  const pairOf = new Map(data.positions.map((pair) => [pair.actor + " " + pair.issue, pair]));

  // The state of the page: all of it is in the address.
  const last = data.span ? data.span[1] : 0;
  const state = { pick: "", issue: "", side: "", source: "", day: null, path: "", over: "all" };
  let view = { x: 0, y: 0, k: 1 };
  let fitted = true;

  // ---- Words -----------------------------------------------------------------------------------------------------
  // Text goes in as text, always: nothing of the graph is ever read as markup.
  function el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "click") made.addEventListener("click", value);
      else if (value !== false && value !== "") made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }
  const dayWords = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
  const link = (entry) => el("button", { type: "button", class: "link", click: () => pick(entry.thing.id) }, label(entry.thing));
  const links = (kind, list) => list.flatMap((nth, at) => (at ? [", ", link(named(kind, nth))] : [link(named(kind, nth))]));
  const line = (name, ...parts) => (parts.some((part) => part && part.length !== 0) ? el("p", {}, el("small", {}, name + " "), ...parts) : null);
  const section = (name, items) => (items.length ? [el("h3", {}, name), el("ul", {}, ...items)] : []);
  const sideWord = (change) => el("span", { class: "side " + change.side }, change.words);

  function sourcesOf(list) {
    if (!list.length) return el("span", { class: "muted" }, "no source");
    const one = (nth) => {
      const source = data.sources[nth];
      const words = source.title + (source.grade ? " (" + source.grade + ")" : "");
      // Only the web is linked to: an address of another kind could be a script.
      return /^https?:\/\//i.test(source.url) ? el("a", { href: source.url, rel: "noopener noreferrer", target: "_blank" }, words) : words;
    };
    return el("span", {}, ...list.flatMap((nth, at) => (at ? ["; ", one(nth)] : [one(nth)])));
  }

  function evidence(record) {
    const origin = [record.date && record.date.words, record.at].filter(Boolean).join("; ");
    return el("p", { class: "muted" }, origin ? origin + "; " : "", sourcesOf(record.sources), " · " + record.place);
  }

  function statement(nth, fate) {
    const stance = data.stances[nth];
    const who = stance.by || stance.actors.map((actor) => data.actors[actor].name).join(", ");
    const toward = stance.toward.length ? ", toward " + stance.toward.join(", ") : "";
    return el("li", {},
      el("p", {}, (who ? who + ": " : "") + (stance.summary || stance.position) + toward),
      stance.quote ? el("blockquote", {}, "“" + stance.quote + "”") : null,
      stance.salience === null ? null : line("salience", String(stance.salience)),
      stance.until ? line("until", stance.until.words) : null,
      evidence(stance),
      stance.note ? line("note", stance.note) : null,
      fate && fate !== "in force" ? el("p", { class: "muted" }, fate) : null);
  }

  // ---- Time ------------------------------------------------------------------------------------------------------
  const nowDay = () => (state.day === null ? last : state.day);
  const unknown = { side: "unknown", words: "unknown", symbol: "", made_by: [] };

  function standing(pair) {
    let now = unknown;
    for (const change of pair.changes) if (change.from === null || change.from <= nowDay()) now = change;
    return now;
  }
  function statusOf(meeting) {
    if (state.day === null) return meeting.status;
    let now = null;
    for (const stage of meeting.stages) if (!stage.on || stage.on.from === null || stage.on.from <= state.day) now = stage.status;
    return now;
  }
  const holds = (tie) => (!tie.since || tie.since.from === null || tie.since.from <= nowDay()) && (!tie.until || tie.until.to === null || tie.until.to >= nowDay());

  // What those who speak for an actor do, at any number of steps, counts for it.
  function voices(nth) {
    const heard = new Set([nth]);
    for (const one of heard) data.actors.forEach((actor, at) => { if (actor.speaks_for.includes(one)) heard.add(at); });
    return heard;
  }

  // ---- Cards -----------------------------------------------------------------------------------------------------
  function positionItem(pair, other) {
    const now = standing(pair);
    const fates = new Map(pair.said);
    const made = now.made_by.map((nth) => statement(nth));
    const rest = pair.said.filter(([nth]) => !now.made_by.includes(nth));
    return el("li", {}, el("p", {}, link(other), ": ", sideWord(now)), el("ul", {}, ...made),
      rest.length ? el("details", {}, el("summary", {}, rest.length + " more said, not counted" + (state.day === null ? "" : " on that day")),
        el("ul", {}, ...rest.map(([nth]) => statement(nth, fates.get(nth) === "in force" ? "not yet said, or no longer in force" : fates.get(nth))))) : null);
  }
  function meetingItem(meeting, through) {
    const words = [statusOf(meeting) || "not yet known of", meeting.date && meeting.date.words, meeting.venue].filter(Boolean).join(", ");
    return el("li", {}, link(things.get(meeting.id)), " ", el("small", {}, words + (through && through.length ? ", through " + through.map((nth) => data.actors[nth].name).join(", ") : "")));
  }
  function tieItem(tie, nth) {
    const other = named("actor", tie.from === nth ? tie.to : tie.from);
    const when = [tie.since && "since " + tie.since.words, tie.until && "until " + tie.until.words].filter(Boolean).join(", ");
    const how = tie.from === nth ? tie.kind + " of " : tie.kind + ": ";
    return el("li", {}, how, link(other), when ? " " + when : "", tie.over.length ? el("span", {}, " over ", ...links("issue", tie.over)) : null,
      el("p", { class: "muted" }, sourcesOf(tie.sources), " · " + tie.place));
  }

  const cards = {
    actor(actor, nth) {
      const speakers = data.actors.map((_, at) => at).filter((at) => data.actors[at].speaks_for.includes(nth));
      const heard = [...voices(nth)];
      const parties = (meeting) => [...meeting.participants, ...meeting.invited, ...meeting.declined];
      const met = data.meetings.filter((meeting) => heard.some((one) => parties(meeting).includes(one)));
      const through = (meeting) => (parties(meeting).includes(nth) ? [] : heard.filter((one) => parties(meeting).includes(one)));
      const held = data.positions.filter((pair) => pair.actor === nth);
      return [
        el("p", { class: "muted" }, [actor.kind, actor.role].filter(Boolean).join(", ")),
        line("also", actor.aliases.join(", ")),
        line("speaks for", ...links("actor", actor.speaks_for)),
        line("spoken for by", ...links("actor", speakers)),
        line("members", ...links("actor", actor.members)),
        ...section("Positions", held.map((pair) => positionItem(pair, named("issue", pair.issue)))),
        held.length ? null : el("p", { class: "muted" }, "No position of it is known: that is neither neutral nor consent."),
        ...section("Meetings", met.map((meeting) => meetingItem(meeting, through(meeting)))),
        ...section("Ties", data.ties.filter((tie) => (tie.from === nth || tie.to === nth) && holds(tie)).map((tie) => tieItem(tie, nth))),
      ];
    },
    issue(issue, nth) {
      const parts = data.issues.map((_, at) => at).filter((at) => data.issues[at].part_of === nth);
      const about = data.meetings.filter((meeting) => meeting.topics.includes(nth));
      return [
        el("p", {}, issue.question || "A topic without a question: nobody can be for or against it."),
        line("also", issue.aliases.join(", ")),
        issue.part_of === null ? null : line("part of", link(named("issue", issue.part_of))),
        line("parts", ...links("issue", parts)),
        ...section("Who stands where", data.positions.filter((pair) => pair.issue === nth).map((pair) => positionItem(pair, named("actor", pair.actor)))),
        ...section("Meetings about it", about.map((meeting) => meetingItem(meeting))),
      ];
    },
    meeting(meeting) {
      const stages = meeting.stages.length > 1 ? meeting.stages : [];
      return [
        el("p", {}, [meeting.kind, statusOf(meeting) || "not yet known of", meeting.date && meeting.date.words, meeting.venue].filter(Boolean).join(", ")),
        line("participants", ...links("actor", meeting.participants)),
        line("invited", ...links("actor", meeting.invited)),
        line("declined", ...links("actor", meeting.declined)),
        line("about", ...links("issue", meeting.topics)),
        ...section("How it came about", stages.map((stage) => el("li", {}, stage.status, stage.set_for ? ", set for " + stage.set_for : "", el("small", {}, stage.on ? " on " + stage.on.words : "")))),
        meeting.outcome ? line("outcome", meeting.outcome) : null,
        meeting.quote ? el("blockquote", {}, "“" + meeting.quote + "”") : null,
        el("p", { class: "muted" }, meeting.at ? meeting.at + "; " : "", sourcesOf(meeting.sources)),
      ];
    },
  };

  function showCard() {
    const entry = things.get(state.pick);
    const found = state.path.includes("~") ? shortest() : null;
    card.hidden = !entry && !found;
    if (card.hidden) return card.replaceChildren();
    const close = el("button", { type: "button", class: "close", "aria-label": "Close", click: () => set({ pick: "", path: "" }) }, "×");
    const path = found ? pathCard(found) : "";
    if (!entry) return card.replaceChildren(close, path);
    const { thing, kind, nth } = entry;
    card.replaceChildren(
      close,
      path,
      el("h2", { tabindex: "-1" }, label(thing)),
      ...cards[kind](thing, nth).filter(Boolean),
      thing.note ? line("note", thing.note) : "",
      el("p", { class: "muted" }, thing.place),
      pathTools(entry));
    card.scrollTop = 0;
  }

  // ---- Paths -----------------------------------------------------------------------------------------------------
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

  // ---- The picture -----------------------------------------------------------------------------------------------
  const nodes = [...svg.querySelectorAll("g[data-id]")].map((g) => ({ g, entry: things.get(g.dataset.id) })).filter((node) => node.entry);
  const ends = (g) => [g.dataset.actor, g.dataset.issue, g.dataset.meeting, g.dataset.from, g.dataset.to].filter((id) => id !== undefined).map((id) => things.get(id));
  const strands = [...svg.querySelectorAll("g[data-actor],g[data-from]")].map((g) => {
    const [a, b] = ends(g);
    const pair = a && b && a.kind === "actor" && b.kind === "issue" ? pairOf.get(a.nth + " " + b.nth) : null;
    const end = pair && pair.changes.length ? pair.changes[pair.changes.length - 1] : unknown;
    return { g, a, b, pair, drawn: end.words };
  }).filter((strand) => strand.a && strand.b);
  /// What joins two actors of a network: meetings and ties.
  function bonds({ a, b }) {
    const parties = (meeting) => [...meeting.participants, ...meeting.invited, ...meeting.declined];
    const met = data.meetings.filter((meeting) => [a, b].every((end) => parties(meeting).includes(end.nth)));
    const tied = data.ties.filter((tie) => (tie.from === a.nth && tie.to === b.nth) || (tie.from === b.nth && tie.to === a.nth));
    return { met, tied };
  }
  for (const strand of strands) if (strand.a.kind === "actor" && strand.b.kind === "actor") strand.bonds = bonds(strand);
  const strandOf = new Map(strands.map((strand) => [strand.g, strand]));
  const nodeOf = new Map(nodes.map((node) => [node.entry.key, node]));

  function words(strand) {
    const { a, b, pair } = strand;
    if (pair) return label(a.thing) + " on " + label(b.thing) + ": " + standing(pair).words;
    const { met, tied } = strand.bonds || { met: [], tied: [] };
    const said = [...tied.filter(holds).map((tie) => tie.kind), ...met.map((meeting) => label(meeting) + " (" + (statusOf(meeting) || "not yet known of") + ")")];
    return label(a.thing) + " – " + label(b.thing) + (said.length ? ": " + said.join("; ") : "");
  }

  /// A line whose position was another on the day asked for is drawn as that one, with its symbol on it.
  function redraw(strand, now) {
    const differs = now.side !== "unknown" && now.words !== strand.drawn;
    const { g } = strand;
    g.classList.toggle("then", differs);
    g.querySelector(".symbol")?.remove();
    if (!differs) return g.removeAttribute("data-side");
    g.dataset.side = now.side;
    const path = g.querySelector("path");
    if (!path) return;
    const at = path.getPointAtLength(path.getTotalLength() * 0.8);
    write(g, now.symbol, at.x, at.y + 4);
  }

  /// What a box says of a meeting is of the picture's day: of another, what it was then stands on it.
  function restate(g, meeting) {
    g.querySelector(".symbol")?.remove();
    const now = statusOf(meeting);
    if (now === meeting.status) return;
    const box = g.getBBox();
    write(g, "then " + now, box.x + box.width / 2, box.y + box.height + 4);
  }
  function write(g, words, x, y) {
    const text = document.createElementNS(svg.namespaceURI, "text");
    for (const [name, value] of [["class", "symbol"], ["x", x], ["y", y], ["text-anchor", "middle"]]) text.setAttribute(name, value);
    text.textContent = words;
    g.append(text);
  }

  function show() {
    const issue = things.get(state.issue);
    const source = data.sources.findIndex((one) => one.id === state.source);
    const isFiltered = Boolean(issue || state.side || source >= 0);
    const shown = new Set();
    for (const strand of strands) {
      const { a, b, pair, g } = strand;
      let visible = true;
      if (pair) {
        const now = standing(pair);
        visible = (now.side !== "unknown" || strand.drawn === "unknown") && (!state.side || now.side === state.side) && (!issue || pair.issue === issue.nth)
          && (source < 0 || now.made_by.some((nth) => data.stances[nth].sources.includes(source)));
        if (visible) redraw(strand, now);
      } else {
        const meeting = [a, b].find((end) => end.kind === "meeting");
        if (meeting) {
          const { thing } = meeting;
          visible = statusOf(thing) !== null && !state.side && (!issue || thing.topics.includes(issue.nth)) && (source < 0 || thing.sources.includes(source));
        } else if (strand.bonds && strand.bonds.met.length + strand.bonds.tied.length) {
          const passes = (sources, topics) => !state.side && (!issue || topics.includes(issue.nth)) && (source < 0 || sources.includes(source));
          visible = strand.bonds.met.some((meeting) => statusOf(meeting) !== null && passes(meeting.sources, meeting.topics))
            || strand.bonds.tied.some((tie) => holds(tie) && passes(tie.sources, tie.over));
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
    light();
  }

  /// What is picked, or on the path, stands out; all else steps back.
  function light() {
    const picked = things.get(state.pick);
    const found = state.path.includes("~") ? shortest() : null;
    sheet.classList.toggle("picked", Boolean(picked || found));
    const own = new Set(!picked ? [] : picked.kind === "actor" ? [...voices(picked.nth)].map((nth) => "a" + nth) : [picked.key]);
    const near = new Set(found ? found.on : own);
    const lit = (strand) => (found ? found.isStep?.(strand.a.key, strand.b.key) : own.has(strand.a.key) || own.has(strand.b.key));
    for (const strand of strands) {
      const is = Boolean(lit(strand)) && strand.visible;
      strand.g.classList.toggle("dim", !is);
      if (is && !found) { near.add(strand.a.key); near.add(strand.b.key); }
    }
    for (const { g, entry } of nodes) {
      g.classList.toggle("dim", !near.has(entry.key));
      g.classList.toggle("lit", entry === picked);
    }
  }

  // ---- Moving ----------------------------------------------------------------------------------------------------
  const size = { width: svg.width.baseVal.value, height: svg.height.baseVal.value };
  let frame = 0;
  function place() {
    if (!frame) frame = requestAnimationFrame(() => { frame = 0; sheet.style.transform = `translate(${view.x}px,${view.y}px) scale(${view.k})`; });
  }
  let settled = 0;
  let crowd = null;
  function moving() {
    stage.classList.add("moving");
    if (crowd) crowd.style.display = "none";
    hint.hidden = true;
    clearTimeout(settled);
    settled = setTimeout(() => {
      stage.classList.remove("moving");
      if (crowd) crowd.style.display = "";
      remember();
    }, 250);
  }
  function zoom(by, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
    const k = Math.min(8, Math.max(0.02, view.k * by));
    view = { x: x - (x - view.x) * (k / view.k), y: y - (y - view.y) * (k / view.k), k };
    fitted = false;
    moving();
    place();
  }
  function pan(x, y) {
    view = { ...view, x: view.x + x, y: view.y + y };
    fitted = false;
    moving();
    place();
  }
  function whole() {
    const k = Math.min(stage.clientWidth / size.width, stage.clientHeight / size.height, 1.5);
    view = { x: (stage.clientWidth - size.width * k) / 2, y: Math.max(0, (stage.clientHeight - size.height * k) / 2), k };
    fitted = true;
    place();
    remember();
  }
  function reveal(entry) {
    const node = nodeOf.get(entry.key);
    if (!node || node.g.classList.contains("off")) return;
    const box = node.g.getBoundingClientRect();
    const frame = stage.getBoundingClientRect();
    const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    if (inside && view.k > 0.3) return;
    if (view.k < 0.6) zoom(0.9 / view.k);
    const [x, y] = [(box.left + box.right) / 2 - frame.left, (box.top + box.bottom) / 2 - frame.top];
    requestAnimationFrame(() => {
      const now = node.g.getBoundingClientRect();
      if (now.width) pan(frame.width / 2 - ((now.left + now.right) / 2 - frame.left), frame.height / 2 - ((now.top + now.bottom) / 2 - frame.top));
      else pan(frame.width / 2 - x, frame.height / 2 - y);
    });
  }

  const touches = new Map();
  let dragged = 0;
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    touches.set(event.pointerId, [event.clientX, event.clientY]);
    dragged = 0;
  });
  stage.addEventListener("pointermove", (event) => {
    const before = touches.get(event.pointerId);
    if (!before) return hover(event);
    const now = [event.clientX, event.clientY];
    const others = [...touches].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    touches.set(event.pointerId, now);
    dragged += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
    if (dragged > 4 && !stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
    if (others.length === 1) {
      const gap = (at) => Math.hypot(at[0] - others[0][0], at[1] - others[0][1]) || 1;
      const frame = stage.getBoundingClientRect();
      zoom(gap(now) / gap(before), (now[0] + others[0][0]) / 2 - frame.left, (now[1] + others[0][1]) / 2 - frame.top);
    } else if (dragged > 4) pan(now[0] - before[0], now[1] - before[1]);
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, (event) => touches.delete(event.pointerId));
  stage.addEventListener("pointerleave", () => { hint.hidden = true; });
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const frame = stage.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });
  stage.addEventListener("click", (event) => {
    if (dragged > 4) return;
    const g = event.target.closest("g[data-id],g[data-actor],g[data-from]");
    if (!g) return pick("");
    pick(g.dataset.id || g.dataset.actor || g.dataset.from);
  });

  function hover(event) {
    const g = event.target.closest?.("g[data-id],g[data-actor],g[data-from]");
    const strand = g && !g.dataset.id ? strandOf.get(g) : null;
    const entry = g && things.get(g.dataset.id);
    hint.hidden = !(strand || entry);
    if (hint.hidden) return;
    hint.textContent = strand ? words(strand) : label(entry.thing);
    const frame = stage.getBoundingClientRect();
    hint.style.left = Math.min(event.clientX - frame.left + 12, frame.width - 200) + "px";
    hint.style.top = event.clientY - frame.top + 16 + "px";
  }

  stage.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 200 : 60;
    const keys = { ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0), ArrowUp: () => pan(0, step), ArrowDown: () => pan(0, -step), "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: whole };
    const id = document.activeElement?.dataset?.id;
    if ((event.key === "Enter" || event.key === " ") && id) pick(id);
    else if (keys[event.key] && !event.ctrlKey && !event.metaKey) keys[event.key]();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName || "");
    if (event.key === "/" && !typing) { event.preventDefault(); $("search").focus(); }
    else if (event.key === "Escape" && $("found").hidden) set({ pick: "", path: "" });
  });

  // ---- Search ----------------------------------------------------------------------------------------------------
  const search = $("search");
  const found = $("found");
  const index = [...things.values()].map((entry) => ({ entry, names: [label(entry.thing), ...(entry.thing.aliases || []), entry.thing.id].map(folded) }));
  let chosen = 0;
  function matches() {
    const wanted = folded(search.value.trim());
    if (!wanted) return [];
    const rank = (names) => Math.min(...names.map((name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(" " + wanted) ? 2 : name.includes(wanted) ? 3 : 9)));
    return index.map((one) => [rank(one.names), one.entry]).filter(([at]) => at < 9).sort((x, y) => x[0] - y[0]).slice(0, 12).map(([, entry]) => entry);
  }
  function list() {
    const all = matches();
    chosen = Math.max(0, Math.min(chosen, all.length - 1));
    const none = search.value.trim() ? [el("li", { class: "muted" }, "Nothing is called that.")] : [];
    found.replaceChildren(...(all.length ? all.map((entry, nth) => {
      const item = el("li", { role: "option", id: "found" + nth, "aria-selected": String(nth === chosen) }, label(entry.thing), " ", el("small", {}, entry.kind));
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(entry); });
      return item;
    }) : none));
    found.hidden = !found.children.length;
    search.setAttribute("aria-expanded", String(!found.hidden));
    search.setAttribute("aria-activedescendant", all.length ? "found" + chosen : "");
  }
  function choose(entry) {
    search.value = "";
    list();
    pick(entry.thing.id);
    reveal(entry);
    card.querySelector("h2")?.focus();
  }
  search.addEventListener("input", () => { chosen = 0; list(); });
  search.addEventListener("blur", () => { found.hidden = true; });
  search.addEventListener("keydown", (event) => {
    const all = matches();
    if (event.key === "ArrowDown") chosen = Math.min(chosen + 1, all.length - 1);
    else if (event.key === "ArrowUp") chosen = Math.max(chosen - 1, 0);
    else if (event.key === "Enter" && all[chosen]) return choose(all[chosen]);
    else if (event.key === "Escape") { search.value = ""; search.blur(); }
    else return;
    event.preventDefault();
    list();
  });

  // ---- Filters and time ------------------------------------------------------------------------------------------
  const option = (value, words) => el("option", { value }, words);
  const spoken = new Set(data.positions.map((pair) => pair.issue));
  $("issue").append(...data.issues.filter((_, nth) => spoken.has(nth)).map((issue) => option(issue.id, issue.name)));
  const sides = new Set(data.positions.flatMap((pair) => pair.changes.map((change) => change.side)));
  $("side").append(...["supports", "neutral", "opposes", "mixed", "contested"].filter((side) => sides.has(side)).map((side) => option(side, side)));
  $("source").append(...data.sources.map((source) => option(source.id, source.title)));
  for (const name of ["issue", "side", "source"]) $(name).addEventListener("change", () => set({ [name]: $(name).value }));
  const slider = $("day");
  if (data.span) [slider.min, slider.max] = data.span;
  else slider.closest("label").hidden = $("play").hidden = true;
  slider.addEventListener("input", () => set({ day: Number(slider.value) >= last ? null : Number(slider.value) }));
  let playing = 0;
  function stop() { clearInterval(playing); playing = 0; $("play").textContent = "Replay"; }
  $("play").addEventListener("click", () => {
    if (playing) return stop();
    $("play").textContent = "Stop";
    const [first] = data.span;
    const step = Math.max(1, Math.round((last - first) / 80));
    let day = state.day === null ? first : state.day;
    playing = setInterval(() => {
      set({ day: day >= last ? null : day });
      if (day >= last) stop();
      day += step;
    }, 120);
  });
  $("reset").addEventListener("click", () => { stop(); set({ issue: "", side: "", source: "", day: null, pick: "", path: "" }); });
  $("closer").addEventListener("click", () => zoom(1.3));
  $("further").addEventListener("click", () => zoom(1 / 1.3));
  $("whole").addEventListener("click", whole);

  // ---- The address -----------------------------------------------------------------------------------------------
  function set(changed) {
    Object.assign(state, changed);
    apply();
    remember();
  }
  function pick(id) {
    set({ pick: id });
  }
  function apply() {
    for (const name of ["issue", "side", "source"]) $(name).value = state[name];
    slider.value = String(nowDay());
    $("on").textContent = data.span ? dayWords(nowDay()) : "";
    show();
    showCard();
  }
  function remember() {
    const kept = new URLSearchParams();
    for (const [name, value] of Object.entries(state)) if (value && !(name === "over" && value === "all")) kept.set(name, name === "day" ? dayWords(value) : value);
    if (!fitted) kept.set("at", [view.x, view.y, view.k * 1000].map(Math.round).join(","));
    const text = kept.toString();
    history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  }
  function recall() {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const name of Object.keys(state)) state[name] = kept.get(name) || (name === "over" ? "all" : "");
    const day = Date.parse(state.day) / 864e5;
    state.day = Number.isFinite(day) && data.span && day < last ? Math.max(day, data.span[0]) : null;
    const at = (kept.get("at") || "").split(",").map(Number);
    apply();
    if (at.length === 3 && at.every(Number.isFinite) && at[2] > 0) { view = { x: at[0], y: at[1], k: at[2] / 1000 }; fitted = false; place(); }
    else whole();
  }

  $("name").textContent = data.title;
  document.title = data.title;
  // So many are tabbed through; of more, search finds the one that is meant.
  const reachable = nodes.length <= 400;
  for (const { g, entry } of nodes) {
    g.setAttribute("role", "button");
    g.setAttribute("aria-label", entry.kind + " " + label(entry.thing));
    if (reachable) g.setAttribute("tabindex", "0");
    g.addEventListener("focus", () => { if (g.matches(":focus-visible")) reveal(entry); });
  }
  // Where so many lines lie on one another that none can be told from the next, drawing them and looking for one under the
  // pointer at every move would take too long: they are put aside while the picture moves, and can't be pointed at.
  if (strands.length > 2000) {
    crowd = document.createElementNS(svg.namespaceURI, "g");
    crowd.setAttribute("pointer-events", "none");
    strands[0].g.before(crowd);
    crowd.append(...strands.map(({ g }) => g));
  }
  svg.setAttribute("role", "group");
  window.addEventListener("hashchange", recall);
  window.addEventListener("resize", () => { if (fitted) whole(); });
  recall();
})();
