//! Writes a draft as RON to edit: every record is a proposal, with its exact words and their line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{Draft, Somebody, Unnamed};
use crate::edit::{self, Free, quoted};
use crate::graph::{ActorId, Entity, Graph};
use crate::words::{first_few, joined};

/// The source that a draft is made from.
#[derive(Clone, Debug)]
pub struct SourceOf {
    /// The id of the source.
    pub id: String,
    /// The path of the text if the source is to be declared; `None` if the graph has it.
    pub text: Option<String>,
}

/// Writes a draft as RON.
pub fn ron(draft: &Draft, graph: &Graph, source: &SourceOf) -> String {
    let ids = Ids::new(draft, graph);
    let mut out = String::from(
        "// A draft: proposals found in a text by rules. Decide on each: correct it or delete it, sum it up in `summary`, and\n\
         // grade it. `credibility: 6` is \"cannot be judged\": nobody has judged it yet.\n",
    );
    if draft
        .statements
        .iter()
        .any(|statement| statement.position.is_none())
    {
        out.push_str(
            "// A statement in comments is one whose side the words do not show: replace the `?` and uncomment it.\n",
        );
    }
    if draft
        .meetings
        .iter()
        .any(|meeting| meeting.unnamed.is_some())
    {
        out.push_str("// A meeting in comments is one whose participants the text does not name: name them and uncomment it.\n");
    }
    out.push_str("Graph(\n");
    if let Some(text) = &source.text {
        let title = quoted(draft.title.as_deref().unwrap_or(&source.id));
        let _ = writeln!(
            out,
            "    sources: {{\n        {}: (title: {title}, text: {}),\n    }},\n",
            quoted(&source.id),
            quoted(text)
        );
    }
    section(&mut out, "actors", ['{', '}'], &actors(draft, &ids));
    section(
        &mut out,
        "stances",
        ['[', ']'],
        &statements(draft, graph, &ids, source),
    );
    section(
        &mut out,
        "meetings",
        ['{', '}'],
        &meetings(draft, graph, &ids, source),
    );
    out.truncate(out.trim_end().len());
    out.push_str(if out.ends_with('(') { ")\n" } else { "\n)\n" });
    out
}

/// Writes a section, unless it is empty.
fn section(out: &mut String, name: &str, [open, close]: [char; 2], records: &str) {
    if !records.is_empty() {
        let _ = writeln!(out, "    {name}: {open}\n{records}    {close},\n");
    }
}

fn actors(draft: &Draft, ids: &Ids<'_>) -> String {
    let mut out = String::new();
    for (somebody, id) in &ids.new {
        let (name, kind) = match somebody {
            NewActor::State(name) => (name, "State"),
            NewActor::Person(name) => (name, "Person"),
        };
        let _ = writeln!(
            out,
            "        {}: (name: {}, kind: {kind}), // draft",
            quoted(id),
            quoted(name)
        );
    }
    for (name, line) in &draft.unknown {
        let (id, name) = (quoted(&slug(name)), quoted(name));
        let _ = writeln!(
            out,
            "        // {id}: (name: {name}, kind: Person), // draft: named in line {line}; who or what is it?"
        );
    }
    out
}

fn statements(draft: &Draft, graph: &Graph, ids: &Ids<'_>, source: &SourceOf) -> String {
    let mut out = String::new();
    for statement in &draft.statements {
        let said_by = statement.said_by.as_ref().map_or(String::new(), |who| {
            format!(" said_by: {},", quoted(ids.of(who)))
        });
        let toward = match &statement.toward[..] {
            [] => String::new(),
            toward => format!(" toward: {},", ids.list(toward)),
        };
        let (position, before, asked) = match statement.position {
            Some(position) => (position.written(), "        ", ""),
            // A statement without a side is no record yet.
            None => ("?", "        // ", ": for or against?"),
        };
        let _ = writeln!(out, "        // draft, line {}{asked}", statement.line);
        let record = format!(
            "(\n    actor: {}, issue: {}, position: {position},{said_by}{toward}\n    quote: {},\n    source: {}, at: \"line {}\", credibility: 6,\n),",
            ids.list(&statement.actors),
            quoted(graph.id(Entity::Issue(statement.issue))),
            quoted(&statement.quote),
            quoted(&source.id),
            statement.line,
        );
        for line in record.lines() {
            out.extend([before, line, "\n"]);
        }
    }
    out
}

fn meetings(draft: &Draft, graph: &Graph, ids: &Ids<'_>, source: &SourceOf) -> String {
    let mut out = String::new();
    for (meeting, id) in draft.meetings.iter().zip(&ids.meetings) {
        let participants: Vec<String> = meeting
            .participants
            .iter()
            .map(|who| quoted(ids.of(who)))
            .collect();
        let names: Vec<&str> = meeting
            .participants
            .iter()
            .map(|who| name(graph, who))
            .collect();
        let date = meeting
            .date
            .as_ref()
            .map_or(String::new(), |date| format!(" date: {},", quoted(date)));
        let place = meeting
            .place
            .as_ref()
            .map_or(String::new(), |place| format!(" place: {},", quoted(place)));
        let who = meeting
            .unnamed
            .as_ref()
            .map_or(String::new(), |unnamed| who(graph, unnamed));
        let _ = writeln!(out, "        // draft, line {}{who}", meeting.line);
        let title = names.into_iter().chain(
            meeting
                .unnamed
                .as_ref()
                .map(|unnamed| unnamed.phrase.as_str()),
        );
        let record = format!(
            "{}: (\n    title: {}, kind: {}, status: {},{date}{place}\n    participants: [{}],\n    quote: {},\n    source: {}, at: \"line {}\", credibility: 6,\n),",
            quoted(id),
            quoted(&format!("{} of {}", meeting.kind, joined(title))),
            meeting.kind,
            meeting.status.written(),
            participants.join(", "),
            quoted(&meeting.quote),
            quoted(&source.id),
            meeting.line,
        );
        // A meeting that doesn't name all of its participants is no record yet.
        let before = if meeting.unnamed.is_some() {
            "        // "
        } else {
            "        "
        };
        for line in record.lines() {
            out.extend([before, line, "\n"]);
        }
    }
    out
}

/// Returns the question of who the unnamed participants are, with the people of the graph they can
/// be.
fn who(graph: &Graph, unnamed: &Unnamed) -> String {
    const SHOWN: usize = 5;
    let shown = first_few(&unnamed.can_be, SHOWN, |id| format!("`{}`", graph[*id].id));
    let known = match &shown[..] {
        [] => String::new(),
        shown => format!(" Of the graph: {}", joined(shown)),
    };
    format!(": who are {}?{known}", quoted(&unnamed.phrase))
}

fn name<'n>(graph: &'n Graph, who: &'n Somebody) -> &'n str {
    match who {
        Somebody::Known(id) => graph.name(Entity::Actor(*id)),
        Somebody::State(name) | Somebody::Person(name) => name,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NewActor {
    State(String),
    Person(String),
}

/// The ids of a draft: those of the graph, and new ones that aren't taken.
struct Ids<'g> {
    graph: &'g Graph,
    new: BTreeMap<NewActor, String>,
    meetings: Vec<String>,
}

impl<'g> Ids<'g> {
    fn new(draft: &Draft, graph: &'g Graph) -> Ids<'g> {
        let mut taken: BTreeSet<String> = graph.ids().map(str::to_owned).collect();
        let mut free = Free::default();
        let mut fresh = |wanted: String| {
            let id = free.id(wanted, |id| taken.contains(id));
            taken.insert(id.clone());
            id
        };
        let everybody = draft.statements.iter().flat_map(|statement| {
            statement
                .actors
                .iter()
                .chain(&statement.said_by)
                .chain(&statement.toward)
        });
        let everybody = everybody.chain(
            draft
                .meetings
                .iter()
                .flat_map(|meeting| &meeting.participants),
        );
        let mut new = BTreeMap::new();
        for who in everybody {
            let (actor, name) = match who {
                Somebody::Known(_) => continue,
                Somebody::State(name) => (NewActor::State(name.clone()), name),
                Somebody::Person(name) => (NewActor::Person(name.clone()), name),
            };
            new.entry(actor).or_insert_with(|| fresh(slug(name)));
        }
        let meetings = draft
            .meetings
            .iter()
            .map(|meeting| fresh(format!("{}-line-{}", slug(meeting.kind), meeting.line)))
            .collect();
        Ids {
            graph,
            new,
            meetings,
        }
    }

    fn of(&self, who: &Somebody) -> &str {
        let actor = match who {
            Somebody::Known(ActorId(nth)) => return &self.graph.actors[*nth as usize].id,
            Somebody::State(name) => NewActor::State(name.clone()),
            Somebody::Person(name) => NewActor::Person(name.clone()),
        };
        self.new.get(&actor).map_or("", String::as_str)
    }

    /// Returns a single id, or a list.
    fn list(&self, several: &[Somebody]) -> String {
        let ids: Vec<String> = several.iter().map(|who| quoted(self.of(who))).collect();
        match &ids[..] {
            [one] => one.clone(),
            _ => format!("[{}]", ids.join(", ")),
        }
    }
}

/// Makes an id of a name, however long it is.
fn slug(name: &str) -> String {
    match edit::slug(name, usize::MAX) {
        slug if slug.is_empty() => "draft".to_owned(),
        slug => slug,
    }
}
