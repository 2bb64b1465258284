// Search by name.

const search = $("search");
const found = $("found");
const index = [...things.values()].map((entry) => ({ entry, names: [nameOf(entry.thing), ...(entry.thing.aliases || []), entry.thing.id] }));
let chosen = 0;
function matches() {
  const found = by(folded);
  return found.length ? found : by(writtenOut);
}
function by(key) {
  const wanted = key(search.value);
  if (!wanted) return [];
  const rank = (names) => Math.min(...names.map((name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(" " + wanted) ? 2 : name.includes(wanted) ? 3 : 9)));
  return index.map((one) => [rank(one.names.map(key)), one.entry]).filter(([at]) => at < 9).sort((x, y) => x[0] - y[0]).slice(0, 12).map(([, entry]) => entry);
}
/// Says what a thing is, so that it is told from others of its name.
function kindOf({ kind, thing }) {
  const more = { actor: () => [thing.kind, thing.role], meeting: () => [kind, occasion(thing)], issue: () => [kind] };
  return more[kind]().filter(Boolean).join(", ");
}
function list() {
  const all = matches();
  chosen = Math.max(0, Math.min(chosen, all.length - 1));
  const none = search.value.trim() ? [el("li", { class: "muted" }, "Nothing has this name.")] : [];
  found.replaceChildren(...(all.length ? all.map((entry, nth) => {
    const item = el("li", { role: "option", id: "found" + nth, "aria-selected": String(nth === chosen) }, label(entry.thing), " ", el("small", {}, kindOf(entry)));
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
