//! Ids are declared, each once in the whole graph, and references become ids. What can't be linked is reported; a
//! statement with a broken reference is left out.

use hashbrown::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::resolve::draft::Draft;
use crate::resolve::refer::{Findings, Register};
use crate::resolve::statements::link_statements;
use crate::resolve::suggest;
use crate::text::{FileId, Place, Text};

/// The linking of a graph, as far as it has come.
pub(super) struct Linker<'t> {
    pub(super) register: Register<'t>,
    pub(super) findings: Findings,
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
    };
    let mut graph = Graph::default();
    for draft in &mut drafts {
        linker
            .findings
            .diagnostics
            .append(&mut draft.chunk.diagnostics);
        linker.header(&mut graph, draft);
    }
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
    linker.parts_of_meetings(&mut graph);
    let Findings {
        unknown,
        mut diagnostics,
        ..
    } = linker.findings;
    suggest::advise(&graph, &unknown, &mut diagnostics);
    (graph, diagnostics)
}

impl Linker<'_> {
    fn header(&mut self, graph: &mut Graph, draft: &Draft<'_>) {
        let chunk = &draft.chunk;
        if graph.title.is_none() {
            graph.title = chunk.title.as_deref().map(str::to_owned);
            graph.note = chunk.note.as_deref().map(str::to_owned);
        }
        let place = chunk
            .sections
            .iter()
            .find(|(section, _)| *section == "version")
            .map(|(_, place)| *place);
        if let (Some(version), Some(place)) = (chunk.version.filter(|version| *version != 1), place)
        {
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
        graph.left_out += draft.left_out;
    }
}

/// Appends without copying where there is nothing yet.
fn append<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    match all.is_empty() {
        true => *all = more,
        false => all.append(&mut more),
    }
}

/// Messages about files as a whole point at their beginning.
pub(crate) fn beginning(file: FileId) -> Place {
    Place {
        file,
        ..Place::default()
    }
}
