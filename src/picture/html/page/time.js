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
// Returns the status set last by then. Of two set on one day, the present one wins; otherwise both
// are named. An earlier status set on an unknown day is only listed; a present one set on an
// unknown day holds from the last of the others on.
function statusOf(meeting) {
  if (state.day === null) return meeting.status;
  const present = meeting.stages.at(-1);
  const begun = (stage) => (stage.on ? stage.on.from ?? -Infinity : null);
  const earlier = meeting.stages.slice(0, -1).filter((stage) => begun(stage) !== null);
  const from = (stage) => begun(stage) ?? Math.max(-Infinity, ...earlier.map(begun));
  const by = [...earlier, present].filter((stage) => from(stage) <= state.day);
  const last = Math.max(...by.map(from));
  const now = by.filter((stage) => from(stage) === last);
  if (!now.length) return null;
  if (now.includes(present)) return present.status;
  const words = ["planned", "invited", "held", "postponed", "cancelled", "refused"].filter((word) => now.some((stage) => stage.status === word));
  return words.length > 1 ? "unknown which: " + words.join(" or ") : words[0];
}
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
