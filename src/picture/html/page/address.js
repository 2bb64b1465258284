// Filters, the time slider, and the address, which holds the whole state.

const option = (value, words) => el("option", { value }, words);
const spoken = new Set(data.positions.map((pair) => pair.issue));
$("issue").append(...data.issues.filter((_, nth) => spoken.has(nth)).map((issue) => option(issue.id, label(issue))));
const sides = new Set(data.positions.flatMap((pair) => pair.changes.map((change) => change.side)));
$("side").append(...data.sides.filter(([side]) => sides.has(side) && side !== "unknown").map(([side, words]) => option(side, words)));
$("source").append(...data.sources.map((source) => option(source.id, source.title || source.id)));
for (const name of ["issue", "side", "source"]) $(name).addEventListener("change", () => { set({ [name]: $(name).value }); (fit ?? start)(); });
const slider = $("day");
if (data.span) [slider.min, slider.max] = data.span;
else slider.closest("label").hidden = $("play").hidden = true;
let isSliding = false;
slider.addEventListener("input", () => {
  set({ day: Number(slider.value) >= last ? null : Number(slider.value) }, isSliding ? "go on" : "step");
  isSliding = true;
});
slider.addEventListener("change", () => { isSliding = false; });
let playing = 0;
function stop() { clearInterval(playing); playing = 0; $("play").textContent = "Replay"; }
$("play").addEventListener("click", () => {
  if (playing) return stop();
  $("play").textContent = "Stop";
  const [first] = data.span;
  // Whoever wishes for less motion gets few steps, each to be looked at.
  const [steps, pause] = matchMedia("(prefers-reduced-motion: reduce)").matches ? [12, 2000] : [80, 120];
  const step = Math.max(1, Math.round((last - first) / steps));
  let day = state.day === null ? first : state.day;
  let how = "step";
  playing = setInterval(() => {
    set({ day: day >= last ? null : day }, how);
    how = "go on";
    if (day >= last) stop();
    day += step;
  }, pause);
});
$("reset").addEventListener("click", () => { stop(); set({ issue: "", side: "", source: "", day: null, pick: "", path: "", moved: "" }); (fit ?? start)(); });
$("closer").addEventListener("click", () => zoom(1.3));
$("further").addEventListener("click", () => zoom(1 / 1.3));
for (const id of ["whole", "more"]) $(id).addEventListener("click", whole);
// A press on what lies over the picture is none on the picture.
for (const kind of ["pointerdown", "click"]) $("more").addEventListener(kind, (event) => event.stopPropagation());
document.addEventListener("click", (event) => { if (!event.target.closest("#saves") || event.target.closest("#saves button")) $("saves").open = false; });
// Where nothing hovers there are seldom keys.
if (matchMedia("(hover: hover)").matches) search.placeholder += " (press /)";

/// Changes the state. Back leads to the one before, unless this only goes on with what was begun.
function set(changed, how = "step") {
  Object.assign(state, changed);
  apply();
  remember(how);
}
function pick(id) {
  hint.hidden = true;
  if (id !== state.pick) set({ pick: id });
}
function apply() {
  keepTo(state.view);
  for (const name of ["issue", "side", "source"]) $(name).value = state[name];
  if (!picture.isGraph) state.day = null;
  slider.disabled = $("play").disabled = !picture.isGraph;
  slider.value = String(Math.min(nowDay(), last));
  $("on").textContent = data.span ? dayWords(nowDay()) : "";
  const found = state.path.includes("~") ? shortest() : null;
  show(found);
  showCard(found);
}
/// Writes the state into the address; a step at once, as Back leads to the one before. All else waits
/// a little, because browsers take only so many addresses a minute.
let begun = false;
let later = 0;
/// As the page last read or wrote it. Another one was given to the page, and is about to be read.
let known = "";
function remember(how = "go on") {
  clearTimeout(later);
  if (how === "step" && begun) enter(address(), "pushState");
  else later = setTimeout(() => { if (location.hash === known) enter(address(), "replaceState"); }, 150);
}
function enter(address, way) {
  if (address !== (location.hash || location.pathname + location.search)) history[way](null, "", address);
  known = location.hash;
}
function address() {
  const kept = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value && !(name === "over" && value === "all") && !(name === "view" && value === first)) kept.set(name, name === "day" ? dayWords(value) : value);
  if (!fit) kept.set("at", [view.x, view.y, view.k * 1000].map(Math.round).join(","));
  const text = kept.toString();
  return text ? "#" + text : location.pathname + location.search;
}
function recall() {
  known = location.hash;
  const kept = new URLSearchParams(known.slice(1));
  for (const name of Object.keys(state)) state[name] = kept.get(name) || (name === "over" ? "all" : "");
  const day = Date.parse(state.day) / 864e5;
  state.day = Number.isFinite(day) && data.span && day < last ? Math.max(day, data.span[0]) : null;
  const at = (kept.get("at") || "").split(",").map(Number);
  apply();
  if (at.length === 3 && at.every(Number.isFinite) && at[2] > 0) { view = { x: at[0], y: at[1], k: at[2] / 1000 }; fit = null; place(); }
  else start();
}

// The views, of which one is on the sheet; the others are made when they are first asked for.
const switches = [...document.querySelectorAll("#views button")];
const first = switches.find((button) => !button.disabled).dataset.view;
const pictures = new Map();
function turnTo(name) {
  if (!pictures.has(name)) {
    const template = document.querySelector(`template[data-view="${CSS.escape(name)}"]`);
    const made = name === first ? sheet.querySelector("svg") : template?.content.querySelector("svg");
    if (!made) return turnTo(first);
    sheet.replaceChildren(made);
    picture = read(made, name);
    pictures.set(name, picture);
    reachable();
  }
  picture = pictures.get(name);
  sheet.replaceChildren(picture.svg, over);
  for (const name of ["width", "height", "viewBox", "font-family"]) over.setAttribute(name, picture.svg.getAttribute(name));
  for (const button of switches) button.setAttribute("aria-pressed", String(button.dataset.view === picture.name));
  state.view = picture.name;
}
const keepTo = (name) => { if (picture?.name !== (name || first)) turnTo(name || first); };
for (const button of switches) button.addEventListener("click", () => { pointed = null; set({ view: button.dataset.view, moved: "" }); start(); });
$("views").hidden = switches.filter((button) => !button.disabled).length < 2;

/// Lets the Tab key visit boxes or, where there are none, cells and dots; with more than these, search
/// finds the one wanted.
function reachable() {
  const { svg, nodes, strands } = picture;
  svg.setAttribute("role", "group");
  const all = nodes.length ? nodes.map(({ g, entry }) => [g, { entry }]) : strands.map((strand) => [strand.g, { strand }]);
  for (const [g, at] of all) {
    const lines = [...g.querySelectorAll("text")];
    const texts = lines.map((text) => text.textContent).join(" ");
    // Else the lines would read as one word.
    for (const text of lines) text.before(" ");
    g.setAttribute("role", "button");
    g.setAttribute("aria-label", at.entry ? [at.entry.kind, texts || label(at.entry.thing)].join(" ") : words(at.strand) + (texts ? ", " + texts : ""));
    if (all.length <= 400) g.setAttribute("tabindex", "0");
    g.addEventListener("focus", () => {
      if (!g.matches(":focus-visible")) return;
      if (at.entry) reveal(at.entry, false);
      pointed = at;
      light();
    });
    g.addEventListener("blur", () => { pointed = null; light(); });
  }
}

$("name").textContent = data.title;
document.title = data.title;
key();
window.addEventListener("hashchange", recall);
// The filters or a card take up room, in which what is picked stays in view.
new ResizeObserver(() => {
  fit?.();
  const entry = things.get(state.pick);
  if (entry) reveal(entry, false);
  beyond();
}).observe(stage);
recall();
begun = true;
