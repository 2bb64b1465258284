// Completes the data: restores fields left out as empty, and resolves references to tables.

const data = JSON.parse(document.getElementById("data").textContent);
const none = [];
function fill(list, empty) {
  list.forEach((one, nth) => { list[nth] = { ...empty, ...one }; });
  return list;
}
for (const name of ["files", "dates", "words", "looks", "fates", "sources", "actors", "issues", "meetings", "stances", "ties", "positions"]) data[name] ??= [];
data.parts ??= {};
data.title ??= "";
fill(data.dates, { from: null, to: null });
fill(data.looks, { side: "", strokes: none });
fill(data.sources, { title: "", publisher: "", date: null, url: "", grade: "" });
fill(data.actors, { name: "", role: "", aliases: none, speaks_for: none, members: none, note: "" });
for (const actor of data.actors) for (const lasting of [actor.speaks_for, actor.members]) fill(lasting, { from: null, to: null });
fill(data.issues, { question: "", topic_only: "", scale: "", aliases: none, part_of: null, note: "" });
fill(data.meetings, { kind: "", date: null, stages: none, over_time: none, venue: "", participants: none, invited: none, declined: none, others: null, counts_for: none, topics: none, outcome: "", quote: "", at: "", sources: none, note: "" });
fill(data.stances, { actors: none, position: null, toward: none, by: "", summary: "", quote: "", at: "", date: null, until: null, salience: null, sources: none, note: "" });
fill(data.ties, { kind: "", way: "", since: null, until: null, over: none, sources: none });
const date = (nth) => (nth === null ? null : data.dates[nth]);
for (const stance of data.stances) {
  [stance.date, stance.until] = [date(stance.date), date(stance.until)];
  stance.position = stance.position === null ? "" : data.words[stance.position];
}
for (const tie of data.ties) [tie.since, tie.until] = [date(tie.since), date(tie.until)];
for (const meeting of data.meetings) {
  for (const told of [meeting, ...fill(meeting.over_time, { from: null, date: null, counts_for: none })]) {
    told.date = date(told.date);
    fill(told.counts_for, { as: "", through: none, by: none, doubt: "" });
  }
  for (const stage of fill(meeting.stages, { on: null, set_for: "" })) stage.on = date(stage.on);
}
for (const pair of fill(data.positions, { said: none, changes: none, doubts: none, folded: none })) {
  fill(pair.doubts, { from: null, words: "" });
  for (const change of fill(pair.changes, { from: null, half: null, made_by: none })) {
    change.side = data.looks[change.look].side;
    change.words = data.words[change.words];
  }
}
/// Returns `file:line`; a place in the first file is a line number alone.
function spot(place) {
  const [file, at] = Array.isArray(place) ? place : [0, place];
  return data.files[file] + ":" + at;
}
