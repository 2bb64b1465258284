// The card of an actor, an issue or a meeting.

const positionLink = ({ actor, issue }, now) => el("button", { type: "button", class: "link side " + now.side, click: () => pick(data.actors[actor].id + "~" + data.issues[issue].id) }, now.words);
function positionItem(pair, other) {
  const now = standing(pair);
  const fates = new Map(pair.said.map(([nth, fate]) => [nth, data.fates[fate]]));
  const made = now.made_by.map((nth) => statement(nth, doubtOf(pair, nth)));
  const others = pair.said.filter(([nth]) => !now.made_by.includes(nth));
  // What says only how much the issue matters may count for that.
  const isSalience = ([nth]) => fates.get(nth) === "salience only";
  // An offer stands beside the position, and is drawn hollow.
  const isOffer = ([nth]) => fates.get(nth) === "an offer" && isMade(data.stances[nth]);
  const rest = others.filter((one) => !isSalience(one) && !isOffer(one));
  const fold = (summary, some) => (some.length ? el("details", {}, el("summary", {}, summary),
    el("ul", {}, ...some.map(([nth]) => statement(nth, fates.get(nth) === "in force" ? "not yet said, or no longer in force" : fates.get(nth))))) : null);
  return el("li", {}, el("p", {}, other ? link(other) : "", other ? ": " : "", other ? positionLink(pair, now) : sideWord(now)), el("ul", {}, ...made),
    others.some(isOffer) ? el("ul", { class: "offers" }, ...others.filter(isOffer).map(([nth]) => statement(nth, "an offer: it holds on a condition only"))) : null,
    fold(count(others.filter(isSalience).length, "statement") + " of salience only", others.filter(isSalience)),
    fold(count(rest.length, "more statement") + ", not counted" + (state.day === null ? "" : " on that day"), rest));
}
function statusAndDate(meeting) {
  const told = toldOf(meeting);
  return told ? [told.status, told.date && told.date.words].filter(Boolean).join(", ") : "not yet known";
}
function meetingItem(meeting, part = { through: [], doubt: "" }) {
  const words = [statusAndDate(meeting), meeting.venue, part.through.length ? "through " + part.through.map(isolated).join("; ") : "", part.doubt];
  return el("li", {}, link(things.get(meeting.id)), " ", el("small", {}, words.filter(Boolean).join(", ")));
}
function tieItem(tie, nth) {
  const other = named("actor", tie.from === nth ? tie.to : tie.from);
  const when = [tie.since && "since " + tie.since.words, tie.until && "until " + tie.until.words].filter(Boolean).join(", ");
  const how = tie.kind + (tie.way === "directed" && tie.to === nth ? ", from " : ": ");
  return el("li", {}, how, link(other), when ? " " + when : "", tie.over.length ? el("span", {}, " over ", ...links("issue", tie.over)) : null,
    el("p", { class: "muted" }, sourcesOf(tie.sources), " · " + spot(tie.place)));
}

const cards = {
  actor(actor, nth) {
    const speakers = data.actors.map((_, at) => at).filter((at) => speaksFor(at).includes(nth));
    const parts = data.meetings.flatMap((meeting) => (toldOf(meeting)?.counts_for ?? []).filter((part) => part.actor === nth).map((part) => ({ meeting, part })));
    const meetings = (heading, as) => section(heading, parts.filter(({ meeting, part }) => part.as === as && !isLetter(meeting)).map(({ meeting, part }) => meetingItem(meeting, part)));
    const held = data.positions.filter((pair) => pair.actor === nth);
    return [
      el("p", { class: "muted" }, [actor.kind, actor.role].filter(Boolean).join(", ")),
      line("also", actor.aliases.map(isolated).join("; ")),
      line("speaks for", ...links("actor", speaksFor(nth))),
      line("spoken for by", ...links("actor", speakers)),
      line("members", ...links("actor", membersOf(nth))),
      ...section("Positions", held.map((pair) => positionItem(pair, named("issue", pair.issue)))),
      held.length ? null : el("p", { class: "muted" }, "No position of it is known: that is neither neutral nor consent."),
      ...meetings("Meetings", ""),
      ...section("In writing", parts.filter(({ meeting }) => isLetter(meeting)).map(({ meeting, part }) => meetingItem(meeting, part))),
      ...meetings("As host only, without taking part", "host"),
      ...meetings("Invited", "invited"),
      ...meetings("Declined", "declined"),
      ...meetings("Not counted, because whoever took part also spoke for another then", "elsewhere"),
      ...section("Ties", data.ties.filter((tie) => (tie.from === nth || tie.to === nth) && holds(tie)).map((tie) => tieItem(tie, nth))),
    ];
  },
  issue(issue, nth) {
    const parts = data.issues.map((_, at) => at).filter((at) => data.issues[at].part_of === nth);
    const about = data.meetings.filter((meeting) => meeting.topics.includes(nth));
    const on = data.positions.filter((pair) => pair.issue === nth);
    const folded = new Set(on.filter(isFolded));
    return [
      issue.question || issue.topic_only ? el("p", {}, issue.question || issue.topic_only) : null,
      line("scale", issue.scale),
      line("also", issue.aliases.map(isolated).join("; ")),
      issue.part_of === null ? null : line("part of", link(named("issue", issue.part_of))),
      line("parts", ...links("issue", parts)),
      ...section("Who stands where", on.filter((pair) => !folded.has(pair)).map((pair) => positionItem(pair, named("actor", pair.actor)))),
      line("counted with those they speak for, not by themselves:", ...links("actor", [...folded].map((pair) => pair.actor))),
      ...section("Meetings about it", about.filter((meeting) => !isLetter(meeting)).map((meeting) => meetingItem(meeting))),
      ...section("In writing about it", about.filter(isLetter).map((meeting) => meetingItem(meeting))),
    ];
  },
  meeting(meeting) {
    const stages = meeting.stages.length > 1 ? meeting.stages : [];
    return [
      el("p", {}, [meeting.kind, statusAndDate(meeting), meeting.venue].filter(Boolean).join(", ")),
      line("participants", ...links("actor", meeting.participants)),
      line("invited", ...links("actor", meeting.invited)),
      line("declined", ...links("actor", meeting.declined)),
      meeting.others === null ? null : el("p", { class: "muted" }, "+" + meeting.others + " more who are not on this page"),
      line("about", ...links("issue", meeting.topics)),
      ...section("How it came about", stages.map((stage) => el("li", {}, stage.status, stage.set_for ? ", set for " + stage.set_for : "", el("small", {}, stage.on ? " on " + stage.on.words : "")))),
      meeting.outcome ? line("outcome", meeting.outcome) : null,
      meeting.quote ? el("blockquote", {}, "“" + meeting.quote + "”") : null,
      el("p", { class: "muted" }, meeting.at ? meeting.at + "; " : "", sourcesOf(meeting.sources)),
    ];
  },
};

/// The card of what joins two: a position, a part in a meeting, or all that two actors have in common.
function lineCard({ a, b }) {
  const pair = pairOf.get(a.nth + " " + b.nth);
  const title = (...parts) => el("h2", { tabindex: "-1" }, ...parts);
  if (a.kind === "actor" && b.kind === "issue") {
    return [title(link(a), " on ", link(b)), b.thing.question ? el("p", { class: "muted" }, b.thing.question) : "", el("ul", {}, pair ? positionItem(pair) : el("li", {}, unknown.words))];
  }
  const meeting = [a, b].find(({ kind }) => kind === "meeting");
  if (meeting) return [title(link(meeting)), ...cards.meeting(meeting.thing).filter(Boolean)];
  if (a.kind !== "actor" || b.kind !== "actor") return [title(link(a), " and ", link(b))];
  const { met, tied } = between(a, b);
  const on = data.issues.map((_, nth) => [nth, ...[a, b].map((one) => pairOf.get(one.nth + " " + nth))]).filter(([, one, other]) => one && other);
  const both = on.map(([nth, one, other]) => el("li", {}, link(named("issue", nth)), ": ", label(a.thing), " ", sideWord(standing(one)), "; ", label(b.thing), " ", sideWord(standing(other))));
  return [
    title(link(a), " and ", link(b)),
    ...section("On the same issues", both),
    ...section("Meetings", met.map((meeting) => meetingItem(meeting))),
    ...section("Ties", tied.filter(holds).map((tie) => tieItem(tie, a.nth))),
    on.length + met.length + tied.length ? "" : el("p", { class: "muted" }, "Nothing known joins them."),
  ];
}

/// What had the focus before a card was opened, and gets it back.
let opener = null;
function close() {
  if (card.hidden) return;
  const entry = things.get(state.pick) ?? pickedLine()?.a;
  set({ pick: "", path: "" });
  const back = opener?.isConnected && opener !== document.body ? opener : entry && picture.nodeOf.get(entry.key)?.g;
  (back ?? stage).focus({ preventScroll: true });
}

function showCard(found) {
  const entry = things.get(state.pick);
  const joint = pickedLine();
  const focused = document.activeElement;
  const isWithin = card.contains(focused);
  if (card.hidden && !isWithin) opener = focused;
  card.hidden = !entry && !joint && !found;
  if (card.hidden) return card.replaceChildren();
  const shut = el("button", { type: "button", class: "close", "aria-label": "Close", click: close }, "×");
  const path = found ? pathCard(found) : "";
  if (joint) card.replaceChildren(shut, path, ...lineCard(joint));
  else if (!entry) card.replaceChildren(shut, path);
  else {
    const { thing, kind, nth } = entry;
    card.replaceChildren(
      shut,
      path,
      el("h2", { tabindex: "-1" }, label(thing)),
      ...cards[kind](thing, nth).filter(Boolean),
      thing.note ? line("note", thing.note) : "",
      el("p", { class: "muted" }, spot(thing.place)),
      pathTools(entry));
  }
  card.scrollTop = 0;
  // The link that was followed is gone.
  if (isWithin) (card.querySelector("h2") ?? shut).focus();
}
