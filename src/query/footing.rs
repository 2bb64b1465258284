//! What the whole graph stands on, the weakest first: claims without a source, resting on one, on old statements,
//! contested, or with a quote that is not in its source's text, or could not be looked for.

use hashbrown::HashMap;

use crate::check::{Checked, Quote, Quoting};
use crate::graph::{
    ActorId, Entity, FactId, Graph, IssueId, Lens, MeetingId, SourceId, Standing, TieId, Told,
    Verdict,
};
use crate::query::rows;
use crate::query::{Answer, Cell, Evidence, Row, Section};

/// What makes a claim weak. In order, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weakness {
    NoSource,
    OneSource,
    Old,
    Contested,
    NotFound,
    Unchecked,
}

const ALL: [Weakness; 6] = [
    Weakness::NoSource,
    Weakness::OneSource,
    Weakness::Old,
    Weakness::Contested,
    Weakness::NotFound,
    Weakness::Unchecked,
];

impl Weakness {
    fn words(self) -> &'static str {
        match self {
            Weakness::NoSource => "no source",
            Weakness::OneSource => "one source",
            Weakness::Old => "old",
            Weakness::Contested => "contested",
            Weakness::NotFound => "quote not found",
            Weakness::Unchecked => "quote not checked",
        }
    }
}

/// Tells what the graph stands on, its quotes being checked; a claim is old when its newest statement is older than so many
/// days.
pub fn footing(graph: &Graph, lens: Lens, old: u32, quotes: &[Quote<'_>]) -> Answer {
    let quotes = &Quotes(
        quotes
            .iter()
            .map(|quote| (quote.by, &quote.verdict))
            .collect(),
    );
    let mut positions = Weak::default();
    let standings = graph.positions(lens, |_, _| true);
    let attributed = rows::attributed(standings.values().flat_map(|standing| &standing.footings));
    for ((actor, issue), standing) in standings {
        if standing.verdict != Verdict::Unknown {
            positions.add(position_weaknesses(graph, &standing, old, quotes), || {
                position_row(graph, actor, issue, &standing)
            });
        }
    }
    let mut records = Weak::default();
    for n in 0..graph.meetings.len() {
        records.meeting(graph, MeetingId(n as u32), quotes);
    }
    // Who speaks for whom, and belongs to whom, on nobody's word means the same as in the short form, which has no source.
    for (nth, tie) in graph.ties.iter().enumerate() {
        if !tie.is_like_short_form() {
            records.tie(graph, TieId(nth as u32), quotes);
        }
    }
    for n in 0..graph.facts.len() {
        records.fact(graph, FactId(n as u32), quotes);
    }
    let counts = ALL.map(|weakness| {
        let cells = [weakness.words().to_owned()].map(Cell::text).into_iter();
        Row::new(cells.chain([
            Cell::count(positions.count(weakness)),
            Cell::count(records.count(weakness)),
        ]))
    });
    let total = [
        Cell::text("all there are"),
        Cell::count(positions.seen),
        Cell::count(records.seen),
    ];
    let sections = vec![
        Section::new(
            "counts",
            "How many",
            &["claims", "positions", "meetings_ties_and_facts"],
        )
        .with(counts)
        .with([Row::new(total)]),
        Section::new(
            "positions",
            "Positions, the weakest first",
            &["weakness", "actor", "issue", "position", "sources"],
        )
        .or_else(match positions.seen {
            0 => "No position is known: there is nothing to judge.",
            _ => "Every position is recent, uncontested and rests on independent sources.",
        })
        .with(positions.sorted()),
        Section::new(
            "records",
            "Meetings, ties and facts, the weakest first",
            &["weakness", "kind", "record", "what", "sources"],
        )
        .or_else(match records.seen {
            0 => "There is no meeting, tie or fact: there is nothing to judge.",
            _ => "Every meeting, tie and fact rests on independent sources.",
        })
        .with(records.sorted()),
    ];
    let mut notes = vec![format!(
        "A position is called old when its newest statement is more than {old} days before {}.",
        lens.day
    )];
    notes.extend(attributed);
    Answer {
        title: "What the graph stands on".to_owned(),
        sections,
        notes,
    }
}

/// What came of the quotes of a graph.
struct Quotes<'q>(HashMap<Quoting, &'q Checked>);

impl Quotes<'_> {
    /// What a quote, where the record has one, makes of its claim.
    fn weakness(&self, by: Quoting) -> Option<Weakness> {
        match self.0.get(&by)? {
            Checked::Found => None,
            Checked::NotFound(_) => Some(Weakness::NotFound),
            Checked::Unchecked | Checked::Empty => Some(Weakness::Unchecked),
        }
    }
}

/// Claims with what makes them weak.
#[derive(Default)]
struct Weak {
    rows: Vec<(Vec<Weakness>, Row)>,
    /// How many claims there are, weak or not.
    seen: usize,
}

impl Weak {
    fn add(&mut self, weaknesses: Vec<Weakness>, row: impl FnOnce() -> Row) {
        self.seen += 1;
        if !weaknesses.is_empty() {
            let mut row = row();
            let words: Vec<&str> = weaknesses.iter().map(|weakness| weakness.words()).collect();
            row.cells.insert(0, Cell::text(words.join(", ")));
            self.rows.push((weaknesses, row));
        }
    }

    fn count(&self, weakness: Weakness) -> usize {
        self.rows
            .iter()
            .filter(|(weaknesses, _)| weaknesses.contains(&weakness))
            .count()
    }

    fn sorted(mut self) -> Vec<Row> {
        let rank = |weaknesses: &[Weakness]| -> Vec<bool> {
            ALL.iter()
                .map(|weakness| !weaknesses.contains(weakness))
                .collect()
        };
        self.rows.sort_by_key(|(weaknesses, _)| rank(weaknesses));
        self.rows.into_iter().map(|(_, row)| row).collect()
    }

    fn meeting(&mut self, graph: &Graph, id: MeetingId, quotes: &Quotes<'_>) {
        let meeting = &graph.meetings[id.index()];
        let by = match meeting.told() {
            Told::Present | Told::OneOf(_) | Told::Later(_) => Quoting::Meeting(id),
            Told::Earlier(nth) => Quoting::Earlier(id, *nth as usize),
        };
        let what = || Cell::text(format!("{} ({})", meeting.title, meeting.status_words()));
        self.record(
            graph,
            Entity::Meeting(id),
            meeting.sources(),
            quotes.weakness(by),
            what,
        );
    }

    fn fact(&mut self, graph: &Graph, id: FactId, quotes: &Quotes<'_>) {
        let fact = &graph.facts[id.index()];
        let quote = quotes.weakness(Quoting::Fact(id));
        self.record(graph, Entity::Fact(id), &fact.sources, quote, || {
            Cell::text(graph.written_fact(fact.place).text)
        });
    }

    fn record(
        &mut self,
        graph: &Graph,
        entity: Entity,
        sources: &[SourceId],
        quote: Option<Weakness>,
        what: impl FnOnce() -> Cell,
    ) {
        let kind = entity.noun().split_once(' ').map_or("", |(_, noun)| noun);
        let id = Cell::text(graph.id(entity));
        self.add(weaknesses(graph, sources, quote), || {
            let cells = [Cell::text(kind), id, what(), rows::sources(sources)];
            Row::new(cells)
                .at(graph.place(entity))
                .because([Evidence::Thing(entity)])
        });
    }

    fn tie(&mut self, graph: &Graph, id: TieId, quotes: &Quotes<'_>) {
        let tie = &graph.ties[id.index()];
        self.add(
            weaknesses(graph, &tie.sources, quotes.weakness(Quoting::Tie(id))),
            || {
                let name = |actor: ActorId| &graph.actors[actor.index()].name;
                let what = format!(
                    "{} and {}: {}",
                    name(tie.from),
                    name(tie.to),
                    tie.kind.word()
                );
                let cells = [
                    Cell::text("tie"),
                    Cell::Nothing,
                    Cell::text(what),
                    rows::sources(&tie.sources),
                ];
                Row::new(cells).at(tie.place).because([Evidence::Tie(id)])
            },
        );
    }
}

fn position_row(graph: &Graph, actor: ActorId, issue: IssueId, standing: &Standing) -> Row {
    let mut row = rows::position(graph, actor, issue, standing);
    let sources = row.cells.pop().unwrap_or_default();
    row.cells.truncate(3);
    row.cells.push(sources);
    row.evidence = standing.in_force().map(rows::evidence).collect();
    row
}

fn position_weaknesses(
    graph: &Graph,
    standing: &Standing,
    old: u32,
    quotes: &Quotes<'_>,
) -> Vec<Weakness> {
    let basis = graph.basis(standing);
    let stances = || standing.in_force().map(|footing| footing.stance);
    let is = |weakness: &Weakness| match weakness {
        Weakness::NoSource => basis.independent == 0,
        Weakness::OneSource => basis.independent == 1,
        Weakness::Old => basis.age.is_none_or(|age| age > old),
        Weakness::Contested => standing.verdict == Verdict::Contested,
        Weakness::NotFound | Weakness::Unchecked => {
            stances().any(|stance| quotes.weakness(Quoting::Stance(stance)) == Some(*weakness))
        }
    };
    ALL.into_iter().filter(is).collect()
}

fn weaknesses(graph: &Graph, sources: &[SourceId], quote: Option<Weakness>) -> Vec<Weakness> {
    let roots = graph.roots(sources).len();
    let is = |weakness: &Weakness| match weakness {
        Weakness::NoSource => sources.is_empty(),
        Weakness::OneSource => roots == 1,
        Weakness::NotFound | Weakness::Unchecked => quote == Some(*weakness),
        Weakness::Old | Weakness::Contested => false,
    };
    ALL.into_iter().filter(is).collect()
}
