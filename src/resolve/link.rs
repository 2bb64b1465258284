//! Links drafts to a graph: declares ids, each once in the whole graph, and turns references into
//! ids. What can't be linked is reported; a statement with a broken reference is left out.

use hashbrown::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::graph::order::tie_order;
use crate::model::{Chunk, Period};
use crate::resolve::draft::Draft;
use crate::resolve::refer::{Findings, Register};
use crate::resolve::statements::link_statements;
use crate::resolve::suggest;
use crate::syntax::{Locator, Step, locate};
use crate::text::{FileId, Place, Text};

/// The state of linking a graph.
pub(super) struct Linker<'t> {
    pub(super) register: Register<'t>,
    pub(super) findings: Findings<'t>,
    /// References on cycles of short forms alone, by field: they are reported, and removed together
    /// with the cycles of ties.
    pub(super) circles: HashMap<&'static str, std::collections::HashSet<(usize, usize)>>,
}

/// Links drafts to a graph, which has no texts yet.
pub(crate) fn link<'t>(
    texts: &'t [&'t Text],
    mut drafts: Vec<Draft<'t>>,
) -> (Graph, Vec<Diagnostic>) {
    let mut linker = Linker {
        register: Register {
            texts,
            known: HashMap::new(),
            again: HashSet::new(),
            clashing: HashSet::new(),
        },
        findings: Findings::default(),
        circles: HashMap::new(),
    };
    let mut graph = Graph::default();
    let keyless: Vec<_> = drafts
        .iter()
        .flat_map(|draft| draft.keyless.iter().copied())
        .collect();
    for draft in &mut drafts {
        linker
            .findings
            .diagnostics
            .append(&mut draft.chunk.diagnostics);
        linker.header(&mut graph, draft);
    }
    linker.two_days(&graph);
    let declared = |draft: &Draft<'_>| {
        draft.sources.len()
            + draft.actors.len()
            + draft.issues.len()
            + draft.meetings.len()
            + draft.facts.len()
    };
    linker
        .register
        .known
        .reserve(drafts.iter().map(declared).sum());
    linker.declare_all(&drafts);
    linker.sources(&mut graph, &drafts);
    linker.held_after_sources(&graph, &mut drafts);
    linker.actors(&mut graph, &drafts);
    linker.issues(&mut graph, &drafts);
    for linked in link_statements(&linker.register, &graph, drafts) {
        linker.findings.append(linked.findings);
        graph.left_out += linked.left_out;
        graph.read_in_part += linked.read_in_part;
        append(&mut graph.meetings, linked.meetings);
        append(&mut graph.stances, linked.stances);
        graph.ties.extend(linked.ties);
        graph.facts.extend(linked.facts);
    }
    let clashing = linker.register.clashing.iter();
    graph.clashing = clashing.map(|id| id.as_ref().into()).collect();
    graph.clashing.sort_unstable();
    graph
        .meetings
        .sort_unstable_by(|one, other| one.id.cmp(&other.id));
    graph
        .facts
        .sort_unstable_by(|one, other| one.id.cmp(&other.id));
    graph.ties.sort_unstable_by(|one, other| {
        tie_order(one, other, |tie| {
            texts[tie.place.file.0 as usize].slice(tie.place.span)
        })
    });
    graph.settle_withdrawals(|_| true);
    linker.parts_of_meetings(&mut graph);
    linker.circles_of_ties(&mut graph);
    linker.long_chains(&mut graph);
    let Findings {
        unknown,
        mut diagnostics,
        ..
    } = linker.findings;
    suggest::advise(&graph, &unknown, &mut diagnostics);
    suggest::without_followups(&keyless, &unknown, &mut diagnostics);
    (graph, diagnostics)
}

impl Linker<'_> {
    fn header(&mut self, graph: &mut Graph, draft: &Draft<'_>) {
        let chunk = &draft.chunk;
        if graph.title.is_none() {
            graph.title = chunk.title.as_deref().map(str::to_owned);
            graph.note = chunk.note.as_deref().map(str::to_owned);
        }
        let wrong = chunk.version.filter(|version| *version != 1);
        if let (Some(version), Some(place)) = (wrong, section(chunk, "version")) {
            self.findings.diagnostics.push(
                Diagnostic::error(
                    "bad-version",
                    format!("there is no version {version} of the format"),
                    place,
                    "unknown version",
                )
                .help("this program reads version 1")
                .of_graph(),
            );
        }
        self.as_of(graph, chunk);
        self.allow(graph, chunk);
        graph.left_out += draft.left_out;
    }

    /// Reads the day as of which a file wants questions answered.
    fn as_of(&mut self, graph: &mut Graph, chunk: &Chunk<'_>) {
        let Some((date, name)) = chunk.as_of.zip(section(chunk, "as_of")) else {
            return;
        };
        let place = value_of(self.register.texts[name.file.0 as usize], name);
        let Period { from, to } = date.period();
        if from == to {
            graph.as_of.push((from, place));
            return;
        }
        self.findings.diagnostics.push(
            Diagnostic::error(
                "bad-date",
                format!("`{date}` is not one day"),
                place,
                "`as_of` is a day",
            )
            .help(match date.is_open() {
                true => "give a day: `2024-05-31`".to_owned(),
                false => format!("the last day of it is `{to}`"),
            })
            .of_graph(),
        );
    }

    /// Reports files whose days contradict each other: each `as_of` that differs from the first.
    fn two_days(&mut self, graph: &Graph) {
        let Some(&(first, first_place)) = graph.as_of.first() else {
            return;
        };
        for (day, place) in &graph.as_of {
            if *day != first {
                self.findings.diagnostics.push(
                    Diagnostic::error(
                        "two-days",
                        format!("the graph has two `as_of` days, `{first}` and `{day}`"),
                        *place,
                        "another day",
                    )
                    .label(first_place, "one day")
                    .help("keep one `as_of`, or give the day of a question with `--as-of`")
                    .of_graph(),
                );
            }
        }
    }

    fn allow(&mut self, graph: &mut Graph, chunk: &Chunk<'_>) {
        let Some((allow, name)) = chunk.allow.as_ref().zip(section(chunk, "allow")) else {
            return;
        };
        let text = self.register.texts[name.file.0 as usize];
        let mut places = Locator::default();
        let start = value_start(text, name);
        for (item, code) in allow.as_slice().iter().enumerate() {
            let place = Place {
                file: name.file,
                span: places.locate(&text.text, start, &[Step::Item(item)]),
            };
            graph.allow.push((code.to_string(), place));
        }
    }
}

/// Returns the location of the name of a top-level field.
pub(super) fn section(chunk: &Chunk<'_>, name: &str) -> Option<Place> {
    let mut sections = chunk.sections.iter();
    sections
        .find(|(section, _)| *section == name)
        .map(|(_, place)| *place)
}

/// Returns the location of the value of a top-level field, given that of its name.
fn value_of(text: &Text, name: Place) -> Place {
    Place {
        file: name.file,
        span: locate(&text.text, value_start(text, name), &[]),
    }
}

/// Returns the byte at which the value of a field of `Graph` begins, given the location of its
/// name.
pub(super) fn value_start(text: &Text, name: Place) -> u32 {
    let value = text.text[name.span.end as usize..]
        .find(':')
        .map_or(name.span.end, |colon| name.span.end + colon as u32 + 1);
    value
        + text.text[value as usize..]
            .find(|c: char| !c.is_whitespace())
            .unwrap_or(0) as u32
}

/// Appends a vector, without copying if there is nothing yet.
fn append<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    match all.is_empty() {
        true => *all = more,
        false => all.append(&mut more),
    }
}

/// Returns the beginning of a file, to which messages about the file as a whole point.
pub(crate) fn beginning(file: FileId) -> Place {
    Place {
        file,
        ..Place::default()
    }
}
