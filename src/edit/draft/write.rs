//! A draft as RON to edit: every record is a proposal, with its exact words and their line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{Draft, Somebody};
use crate::edit::quoted;
use crate::graph::{ActorId, Entity, Graph};
use crate::near;

/// The source that a draft is out of.
#[derive(Clone, Debug)]
pub struct SourceOf {
    /// Its id.
    pub id: String,
    /// The path of the text, where the source is to be declared; none where the graph has it.
    pub text: Option<String>,
}

/// Writes a draft.
pub fn ron(draft: &Draft, graph: &Graph, source: &SourceOf) -> String {
    let ids = Ids::new(draft, graph);
    let mut out = String::from(
        "// A draft: proposals out of a text, found by rules. Decide on each: correct it or delete it, say in `summary` what it\n\
         // comes to, and grade it. `credibility: 6` is \"cannot be judged\": nobody has judged it yet.\n\
         Graph(\n",
    );
    if let Some(text) = &source.text {
        let title = quoted(draft.title.as_deref().unwrap_or(&source.id));
        let _ = writeln!(
            out,
            "    sources: {{\n        {}: (title: {title}, text: {}),\n    }},\n",
            quoted(&source.id),
            quoted(text)
        );
    }
    if !ids.new.is_empty() || !draft.unknown.is_empty() {
        out.push_str("    actors: {\n");
        for (somebody, id) in &ids.new {
            let (name, kind) = match somebody {
                NewActor::State(name) => (name, "State"),
                NewActor::Person(name) => (name, "Person"),
            };
            let _ = writeln!(out, "        {}: (name: {}, kind: {kind}), // draft", quoted(id), quoted(name));
        }
        for (name, line) in &draft.unknown {
            let (id, name) = (quoted(&slug(name)), quoted(name));
            let _ = writeln!(
                out,
                "        // {id}: (name: {name}, kind: Person), // draft: named in line {line}; who or what is it?"
            );
        }
        out.push_str("    },\n\n");
    }
    out.push_str("    stances: [\n");
    for statement in &draft.statements {
        let toward = match &statement.toward[..] {
            [] => String::new(),
            toward => format!(" toward: {},", ids.list(toward)),
        };
        let _ = writeln!(
            out,
            "        // draft, line {}\n        (\n            actor: {}, issue: {}, position: {},{toward}\n            quote: {},\n            source: {}, at: \"line {}\", credibility: 6,\n        ),",
            statement.line,
            ids.list(&statement.actors),
            quoted(graph.id(Entity::Issue(statement.issue))),
            statement.position.word(),
            quoted(&statement.quote),
            quoted(&source.id),
            statement.line,
        );
    }
    out.push_str("    ],\n\n    meetings: {\n");
    for (nth, meeting) in draft.meetings.iter().enumerate() {
        let participants: Vec<String> = meeting.participants.iter().map(|who| quoted(ids.of(who))).collect();
        let names: Vec<&str> = meeting.participants.iter().map(|who| name(graph, who)).collect();
        let date = meeting.date.as_ref().map_or(String::new(), |date| format!(" date: {},", quoted(date)));
        let place = meeting.place.as_ref().map_or(String::new(), |place| format!(" place: {},", quoted(place)));
        let _ = writeln!(
            out,
            "        // draft, line {}\n        {}: (\n            title: {}, kind: {}, status: {},{date}{place}\n            participants: [{}],\n            quote: {},\n            source: {}, at: \"line {}\", credibility: 6,\n        ),",
            meeting.line,
            quoted(&ids.meetings[nth]),
            quoted(&format!("{} of {}", meeting.kind, crate::query::joined(&names))),
            meeting.kind,
            meeting.status.word(),
            participants.join(", "),
            quoted(&meeting.quote),
            quoted(&source.id),
            meeting.line,
        );
    }
    out.push_str("    },\n)\n");
    out
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

/// The ids of a draft: those of the graph, and new ones that nothing bears yet.
struct Ids<'g> {
    graph: &'g Graph,
    new: BTreeMap<NewActor, String>,
    meetings: Vec<String>,
}

impl<'g> Ids<'g> {
    fn new(draft: &Draft, graph: &'g Graph) -> Ids<'g> {
        let mut taken: BTreeSet<String> = graph.ids().map(str::to_owned).collect();
        let mut fresh = |wanted: &str| {
            let free = (1..)
                .map(|nth| if nth == 1 { wanted.to_owned() } else { format!("{wanted}-{nth}") })
                .find(|id| !taken.contains(id));
            let free = free.unwrap_or_default();
            taken.insert(free.clone());
            free
        };
        let everybody = draft.statements.iter().flat_map(|statement| statement.actors.iter().chain(&statement.toward));
        let everybody = everybody.chain(draft.meetings.iter().flat_map(|meeting| &meeting.participants));
        let mut new = BTreeMap::new();
        for who in everybody {
            let (actor, name) = match who {
                Somebody::Known(_) => continue,
                Somebody::State(name) => (NewActor::State(name.clone()), name),
                Somebody::Person(name) => (NewActor::Person(name.clone()), name),
            };
            new.entry(actor).or_insert_with(|| fresh(&slug(name)));
        }
        let meetings =
            draft.meetings.iter().map(|meeting| fresh(&format!("{}-line-{}", slug(meeting.kind), meeting.line))).collect();
        Ids { graph, new, meetings }
    }

    fn of(&self, who: &Somebody) -> &str {
        let actor = match who {
            Somebody::Known(ActorId(nth)) => return &self.graph.actors[*nth as usize].id,
            Somebody::State(name) => NewActor::State(name.clone()),
            Somebody::Person(name) => NewActor::Person(name.clone()),
        };
        self.new.get(&actor).map_or("", String::as_str)
    }

    /// One id, or a list.
    fn list(&self, several: &[Somebody]) -> String {
        let ids: Vec<String> = several.iter().map(|who| quoted(self.of(who))).collect();
        match &ids[..] {
            [one] => one.clone(),
            _ => format!("[{}]", ids.join(", ")),
        }
    }
}

/// A name as an id: lower case, words joined by hyphens.
fn slug(name: &str) -> String {
    let folded = near::folded(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "draft".to_owned() } else { words.join("-") }
}
