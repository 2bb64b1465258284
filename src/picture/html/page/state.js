// The things on the page, their names, and the state of the page.

const $ = (id) => document.getElementById(id);
const [stage, sheet, card, hint] = ["stage", "sheet", "card", "hint"].map($);
/// The picture on the sheet, as `read` makes it.
let picture = null;
const kinds = { actor: data.actors, issue: data.issues, meeting: data.meetings };
// A name may be empty; an id never is.
const nameOf = (thing) => thing.name || thing.title || thing.id;
/// Isolates a name that runs from right to left, so that it moves nothing of the text around it.
const isolated = (name) => (/[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/.test(name) ? "\u2068" + name + "\u2069" : name);
const label = (thing) => isolated(nameOf(thing));
// Folds names as the command line does, with the same letter tables.
const typed = (text, letters) => text.replace(/./gsu, (letter) => letters[letter] ?? letter);
const folded = (text) => typed(text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\p{M}/gu, ""), plainLetters).trim().replace(/\s+/g, " ");
const writtenOut = (text) => folded(typed(text.normalize("NFC").toLowerCase(), writtenOutLetters));

// All things with an id, keyed by it; ids are unique in a graph.
const things = new Map();
for (const [kind, list] of Object.entries(kinds)) {
  list.forEach((thing, nth) => things.set(thing.id, { kind, nth, thing, key: kind[0] + nth }));
}
const named = (kind, nth) => things.get(kinds[kind][nth].id);
const parties = (meeting) => [...meeting.participants, ...meeting.invited, ...meeting.declined];
const pairOf = new Map(data.positions.map((pair) => [pair.actor + " " + pair.issue, pair]));

// The state of the page, all of which is in the address. A thing is picked by its id, what joins two
// by both, with ~ between them.
const last = data.span ? data.span[1] : 0;
const state = { view: "", pick: "", issue: "", side: "", source: "", day: null, path: "", over: "all", moved: "" };
let view = { x: 0, y: 0, k: 1 };
/// What brought the picture into view: `start` or `whole`; `null` once it was moved.
let fit = null;
