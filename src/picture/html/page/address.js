// Filters, the time slider, and the address, which holds the whole state.

const option = (value, words) => el("option", { value }, words);
const spoken = new Set(data.positions.map((pair) => pair.issue));
$("issue").append(...data.issues.filter((_, nth) => spoken.has(nth)).map((issue) => option(issue.id, label(issue))));
const sides = new Set(data.positions.flatMap((pair) => pair.changes.map((change) => change.side)));
$("side").append(...data.sides.filter(([side]) => sides.has(side) && side !== "unknown").map(([side, words]) => option(side, words)));
$("source").append(...data.sources.map((source) => option(source.id, source.title || source.id)));
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
  slider.value = String(Math.min(nowDay(), last));
  $("on").textContent = data.span ? dayWords(nowDay()) : "";
  const found = state.path.includes("~") ? shortest() : null;
  show(found);
  showCard(found);
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
  else start();
}

$("name").textContent = data.title;
document.title = data.title;
// The most boxes that the Tab key visits; with more, search finds the one wanted.
const reachable = nodes.length <= 400;
for (const { g, entry } of nodes) {
  g.setAttribute("role", "button");
  g.setAttribute("aria-label", entry.kind + " " + label(entry.thing));
  if (reachable) g.setAttribute("tabindex", "0");
  g.addEventListener("focus", () => { if (g.matches(":focus-visible")) reveal(entry); });
}
// Where so many lines overlap that none can be told from the next, drawing them and hit-testing
// them at every move would take too long. They are hidden while the picture moves, and can't be
// pointed at.
if (strands.length > 2000) {
  crowd = document.createElementNS(svg.namespaceURI, "g");
  crowd.setAttribute("pointer-events", "none");
  strands[0].g.before(crowd);
  crowd.append(...strands.map(({ g }) => g));
}
svg.setAttribute("role", "group");
key();
window.addEventListener("hashchange", recall);
// Also refits when the filters or a card take up room.
new ResizeObserver(() => { if (fitted) whole(); }).observe(stage);
recall();
