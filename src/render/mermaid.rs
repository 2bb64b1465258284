//! A picture as a Mermaid flowchart, for places that draw one where it stands in Markdown. It says less than DOT: there
//! are no tooltips, and Mermaid itself draws no more than 500 lines unless its page allows more.

use std::collections::BTreeMap;
use std::io;

use crate::graph::{ActorId, Entity, Graph};
use crate::model::{ActorKind, MeetingStatus};
use crate::query::Extract;
use crate::render::dot::edges::{Edge, Shown, homes, try_each};
use crate::render::dot::legend::{Kind, samples};
use crate::render::dot::look::Look;
use crate::render::dot::words::{Words, note, title};
use crate::render::quote;

/// Text is handed on in pieces of this size.
const PIECE: usize = 1 << 16;

/// How boxes of each class look.
const CLASSES: &str =
    "    classDef state fill:#FFFFFF,stroke:#333333,stroke-width:2px,color:#000000
    classDef actor fill:#FFFFFF,stroke:#333333,color:#000000
    classDef issue fill:#EAF2F8,stroke:#333333,color:#000000
    classDef held fill:#FFF9DB,stroke:#333333,color:#000000
    classDef expected fill:#FFF9DB,stroke:#333333,stroke-dasharray:6 4,color:#000000
    classDef off fill:#EEEEEE,stroke:#333333,stroke-dasharray:2 3,color:#000000
    classDef legend fill:#FFFFFF,stroke:#BBBBBB,color:#000000
";

/// Writes a picture as a Mermaid flowchart. The same graph gives the same bytes.
///
/// # Errors
/// When `out` can't be written to.
pub fn mermaid(graph: &Graph, extract: &Extract, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page {
        graph,
        extract,
        out,
        text: String::new(),
        words: Words::new(graph),
        lines: 0,
    };
    page.text.push_str("---\ntitle: ");
    quote::mermaid_title(&mut page.text, &title(graph).join(" "));
    page.text.push_str("\n---\nflowchart LR\n");
    page.text.push_str(CLASSES);
    page.boxes()?;
    let mut used = Vec::new();
    for look in Look::ALL {
        let before = page.lines;
        page.lines(look)?;
        if page.lines > before {
            used.push(look);
        }
    }
    page.legend(&used);
    page.out.write_all(page.text.as_bytes())
}

/// What is being written.
struct Page<'p> {
    graph: &'p Graph,
    extract: &'p Extract,
    out: &'p mut dyn io::Write,
    text: String,
    words: Words<'p>,
    /// How many lines there are so far: Mermaid styles them by their numbers.
    lines: usize,
}

impl Page<'_> {
    fn hand_on(&mut self) -> io::Result<()> {
        if self.text.len() >= PIECE {
            self.out.write_all(self.text.as_bytes())?;
            self.text.clear();
        }
        Ok(())
    }

    fn boxes(&mut self) -> io::Result<()> {
        let homes = homes(self.extract);
        let mut guests: BTreeMap<ActorId, Vec<ActorId>> = BTreeMap::new();
        for (&guest, &home) in &homes {
            guests.entry(home).or_default().push(guest);
        }
        for &id in self
            .extract
            .actors
            .iter()
            .filter(|id| !homes.contains_key(id))
        {
            let guests = guests.get(&id).map_or(&[][..], Vec::as_slice);
            if !guests.is_empty() {
                self.text
                    .push_str(&format!("    subgraph c{} [\" \"]\n", id.0));
            }
            for &actor in [id].iter().chain(guests) {
                self.actor(actor);
            }
            if !guests.is_empty() {
                self.text.push_str("    end\n");
            }
            self.hand_on()?;
        }
        for &id in &self.extract.issues {
            let label = self.words.issue_label(id, self.extract);
            self.node(&name(Entity::Issue(id)), Kind::Issue, &label);
            self.hand_on()?;
        }
        for met in &self.extract.meetings {
            let label = self.words.meeting_label(met);
            self.node(
                &name(Entity::Meeting(met.id)),
                Kind::Meeting(met.status),
                &label,
            );
            self.hand_on()?;
        }
        Ok(())
    }

    fn actor(&mut self, id: ActorId) {
        let label = self.words.actor_label(id);
        self.node(
            &name(Entity::Actor(id)),
            Kind::Actor(self.graph.actors[id.index()].kind),
            &label,
        );
    }

    fn node(&mut self, name: &str, kind: Kind, label: &[String]) {
        let (open, close, class) = match kind {
            Kind::Actor(Some(ActorKind::State)) => ("[", "]", "state"),
            Kind::Actor(Some(ActorKind::Organization)) => ("[[", "]]", "actor"),
            Kind::Actor(Some(ActorKind::Person)) => ("(", ")", "actor"),
            Kind::Actor(Some(ActorKind::Group)) => ("[/", "\\]", "actor"),
            Kind::Actor(None) => ("[", "]", "actor"),
            Kind::Issue => ("{{", "}}", "issue"),
            Kind::Meeting(Some(MeetingStatus::Held)) => (">", "]", "held"),
            Kind::Meeting(Some(MeetingStatus::Planned | MeetingStatus::Invited)) => {
                (">", "]", "expected")
            }
            Kind::Meeting(_) => (">", "]", "off"),
        };
        self.text.push_str(&format!("    {name}{open}"));
        quote::mermaid(&mut self.text, label);
        self.text.push_str(&format!("{close}:::{class}\n"));
    }

    fn lines(&mut self, look: Look) -> io::Result<()> {
        let first = self.lines;
        let (graph, extract) = (self.graph, self.extract);
        try_each(graph, extract, look, |edge| {
            let label = self.label(look, &edge);
            self.line(&name(edge.from), look, &label, &name(edge.to));
            self.hand_on()
        })?;
        self.style(look, first);
        Ok(())
    }

    /// Mermaid has fewer kinds of lines: where one stands for two, a word tells which.
    fn label(&self, look: Look, edge: &Edge) -> Vec<String> {
        let mut label = match edge.shown {
            Shown::Position(line) => self.words.line_label(line),
            Shown::Tie(tie) => self.words.tie_label(tie),
            Shown::Statement | Shown::Meeting(_) | Shown::Structure => Vec::new(),
        };
        let word = match look {
            Look::Mixed => "mixed",
            Look::Contested => "contested",
            Look::Partner => "partners",
            Look::Agreement => "agreement",
            _ => return label,
        };
        label.insert(0, word.to_owned());
        label
    }

    fn line(&mut self, from: &str, look: Look, label: &[String], to: &str) {
        self.text
            .push_str(&format!("    {from} {}", look.style().arrow));
        if !label.is_empty() {
            self.text.push('|');
            quote::mermaid(&mut self.text, label);
            self.text.push('|');
        }
        self.text.push_str(&format!(" {to}\n"));
        self.lines += 1;
    }

    /// The colour and width of all lines from the one of this number on.
    fn style(&mut self, look: Look, first: usize) {
        if first < self.lines {
            let numbers: Vec<String> = (first..self.lines)
                .map(|number| number.to_string())
                .collect();
            let style = look.style();
            self.text.push_str(&format!(
                "    linkStyle {} stroke:{},stroke-width:{}px\n",
                numbers.join(","),
                style.color,
                style.width
            ));
        }
    }

    fn legend(&mut self, used: &[Look]) {
        self.text.push_str("    subgraph legend [");
        quote::mermaid(&mut self.text, &note(self.graph, self.extract));
        self.text.push_str("]\n");
        for (nth, sample) in samples(self.graph, self.extract).into_iter().enumerate() {
            self.node(&format!("s{nth}"), sample.kind, &[sample.word]);
        }
        let first = self.lines;
        for (nth, &look) in used.iter().enumerate() {
            self.text.push_str(&format!(
                "    k{nth}[\" \"]:::legend\n    w{nth}[\" \"]:::legend\n"
            ));
            self.line(
                &format!("k{nth}"),
                look,
                &[look.style().name.to_owned()],
                &format!("w{nth}"),
            );
        }
        self.text.push_str("    end\n    class legend legend\n");
        for (nth, look) in used.iter().enumerate() {
            let style = look.style();
            let number = first + nth;
            self.text.push_str(&format!(
                "    linkStyle {number} stroke:{},stroke-width:{}px\n",
                style.color, style.width
            ));
        }
    }
}

/// Names that mean nothing to Mermaid, whatever the ids of the graph are.
fn name(entity: Entity) -> String {
    match entity {
        Entity::Actor(id) => format!("a{}", id.0),
        Entity::Issue(id) => format!("i{}", id.0),
        Entity::Meeting(id) => format!("m{}", id.0),
        Entity::Source(id) => format!("r{}", id.0),
        Entity::Fact(id) => format!("f{}", id.0),
    }
}
