// Words as elements.

// Text is always inserted as text: nothing from the graph is ever read as markup.
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
const links = (kind, list) => list.flatMap((nth, at) => (at ? ["; ", link(named(kind, nth))] : [link(named(kind, nth))]));
const count = (many, one, several = one + "s") => many + " " + (many === 1 ? one : several);
const line = (name, ...parts) => (parts.some((part) => part && part.length !== 0) ? el("p", {}, el("small", {}, name + " "), ...parts) : null);
const section = (name, items) => (items.length ? [el("h3", {}, name), el("ul", {}, ...items)] : []);
const sideWord = (change) => el("span", { class: "side " + change.side }, change.words);

function sourcesOf(list) {
  if (!list.length) return el("span", { class: "muted" }, "no source");
  const one = (nth) => {
    const source = data.sources[nth];
    const words = (source.title || source.id) + (source.grade ? " (" + source.grade + ")" : "");
    // Only web addresses become links: an address of another kind could be a script.
    return /^https?:\/\//i.test(source.url) ? el("a", { href: source.url, rel: "noopener noreferrer", target: "_blank" }, words) : words;
  };
  return el("span", {}, ...list.flatMap((nth, at) => (at ? ["; ", one(nth)] : [one(nth)])));
}

function evidence(record) {
  const origin = [record.date && record.date.words, record.at].filter(Boolean).join("; ");
  return el("p", { class: "muted" }, origin ? origin + "; " : "", sourcesOf(record.sources), " · " + spot(record.place));
}

function statement(nth, fate) {
  const stance = data.stances[nth];
  const who = stance.by ? isolated(stance.by) : stance.actors.map((actor) => label(data.actors[actor])).join("; ");
  const toward = stance.toward.length ? ", toward " + stance.toward.map(isolated).join("; ") : "";
  const offers = fate && fate.startsWith("an offer") ? stance.position : "";
  const said = [...new Set([offers, stance.summary || stance.position])].filter(Boolean).join(" – ");
  return el("li", {},
    el("p", {}, (who ? who + ": " : "") + said + toward),
    stance.quote ? el("blockquote", {}, "“" + stance.quote + "”") : null,
    stance.salience === null ? null : line("salience", String(stance.salience)),
    stance.until ? line("until", stance.until.words) : null,
    evidence(stance),
    stance.note ? line("note", stance.note) : null,
    fate && fate !== "in force" ? el("p", { class: "muted" }, fate) : null);
}
