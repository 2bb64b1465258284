// What was so on the day asked for.

// Of no day that is asked for, that of the picture.
const nowDay = () => state.day ?? data.day ?? last;
const unknown = { side: "unknown", words: "unknown", look: null, made_by: none };

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
const lasts = ({ from, to }) => (from === null || from <= nowDay()) && (to === null || to >= nowDay());
const lasting = (list) => [...new Set(list.filter(lasts).map(({ actor }) => actor))];
const speaksFor = (nth) => lasting(data.actors[nth].speaks_for);
const membersOf = (nth) => lasting(data.actors[nth].members);

// What those who speak for an actor do, at any number of steps, counts for it.
function voices(nth) {
  const heard = new Set([nth]);
  for (const one of heard) data.actors.forEach((actor, at) => { if (actor.speaks_for.some((voice) => voice.actor === one && lasts(voice))) heard.add(at); });
  return heard;
}
