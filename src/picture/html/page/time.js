// What held on the day asked for.

// The day asked for, or else that of the picture.
const nowDay = () => state.day ?? data.day ?? last;
const unknown = { side: "unknown", words: new Map(data.sides).get("unknown"), look: null, made_by: none };

function standing(pair) {
  let now = unknown;
  for (const change of pair.changes) if (change.from === null || change.from <= nowDay()) now = change;
  return now;
}
// Returns what is uncertain about a statement that makes a position.
function doubtOf(pair, nth) {
  const begun = pair.doubts.filter((doubt) => doubt.statement === nth && (doubt.from === null || doubt.from <= nowDay()));
  return begun.length ? begun.at(-1).words : "";
}
// Returns what a meeting was by then, or null if nothing was known of it.
const toldOf = (meeting) => (state.day === null ? meeting : meeting.over_time.findLast(({ from }) => from === null || from <= state.day) ?? null);
// Nobody meets in a letter.
const isLetter = (meeting) => meeting.kind === "letter";
const isMade = (stance) => !stance.date || stance.date.from === null || stance.date.from <= nowDay();
const statusOf = (meeting) => toldOf(meeting)?.status ?? null;
const holds = (tie) => (!tie.since || tie.since.from === null || tie.since.from <= nowDay()) && (!tie.until || tie.until.to === null || tie.until.to >= nowDay());
const lasts = ({ from, to }) => (from === null || from <= nowDay()) && (to === null || to >= nowDay());
const lasting = (list) => [...new Set(list.filter(lasts).map(({ actor }) => actor))];
const speaksFor = (nth) => lasting(data.actors[nth].speaks_for);
const membersOf = (nth) => lasting(data.actors[nth].members);

// What those who speak for an actor do, directly or through others, counts for it.
function voices(nth) {
  const heard = new Set([nth]);
  for (const one of heard) data.actors.forEach((actor, at) => { if (actor.speaks_for.some((voice) => voice.actor === one && lasts(voice))) heard.add(at); });
  return heard;
}
