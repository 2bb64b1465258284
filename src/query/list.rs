//! What is in the graph: at a glance, or section by section.

use crate::graph::{
    ActorId, Census, Entity, FactId, Fate, Graph, IssueId, Lens, Side, SourceId, Verdict,
};
use crate::model::{ActorKind, Date, Day, Period};
use crate::query::{Answer, Cell, Evidence, Row, Section};
use crate::query::{meetings, rows};

/// A section to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the sections of the format")]
pub enum List {
    Actors,
    Issues,
    Meetings,
    Sources,
    Ties,
    Stances,
    Facts,
}

/// The graph at a glance: how much there is of each kind, over what time, and what most statements are about.
pub fn overview(graph: &Graph, lens: Lens) -> Answer {
    let counts = [
        ("actors", graph.actors.len()),
        ("issues", graph.issues.len()),
        ("stances", graph.stances.len()),
        ("meetings", graph.meetings.len()),
        ("ties", graph.joined().count()),
        ("facts", graph.facts.len()),
        ("sources", graph.sources.len()),
    ];
    let count_rows =
        counts.map(|(section, count)| Row::new([Cell::text(section), Cell::count(count)]));
    let census = graph.census(lens, |_, _| true);
    let dates = graph
        .stances
        .iter()
        .filter_map(|stance| graph.stance_date(stance));
    let dates = dates
        .chain(graph.meetings.iter().filter_map(|meeting| meeting.date))
        .filter(|date| !date.is_open())
        .map(Date::period);
    let (first, last) = dates.fold((None, None), |(first, last), period| {
        (
            Some(first.map_or(period.from, |day| period.from.min(day))),
            last.max(Some(period.to)),
        )
    });
    let mut about: Vec<Row> = Vec::new();
    about.extend(rows::field(
        "title",
        Cell::text(graph.title.as_deref().unwrap_or_default()),
    ));
    about.extend(rows::field(
        "note",
        Cell::text(graph.note.as_deref().unwrap_or_default()),
    ));
    about.extend(
        first.zip(last).and_then(|(first, last)| {
            rows::field("dates", Cell::text(format!("{first} to {last}")))
        }),
    );
    let mut notes = Vec::new();
    let contested = census
        .counted()
        .filter(|cell| cell.verdict == Verdict::Contested)
        .count();
    if contested > 0 {
        notes.push(format!(
            "{contested} contested: `demarche positions --position contested` lists them"
        ));
    }
    notes.extend(attributed(&census));
    Answer {
        title: graph
            .title
            .clone()
            .unwrap_or_else(|| "The graph".to_owned()),
        sections: vec![
            Section::new("about", "", rows::FIELD).with(about),
            Section::new("counts", "Records", &["section", "records"]).with(count_rows),
            Section::new("most_discussed", "Most positions on", ISSUE)
                .with(first_rows(issues(graph, &census), 2)),
            Section::new("most_outspoken", "Most positions of", ACTOR)
                .with(first_rows(actors(graph, lens, &census), 2)),
        ],
        notes,
    }
}

/// The rows with the greatest number in a column; at most ten.
fn first_rows(mut rows: Vec<Row>, column: usize) -> Vec<Row> {
    let number = |row: &Row| match row.cells.get(column) {
        Some(Cell::Number(number)) => *number as i64,
        _ => 0,
    };
    rows.sort_by_key(|row| -number(row));
    rows.retain(|row| number(row) > 0);
    rows.truncate(10);
    rows
}

const ISSUE: &[&str] = &[
    "issue",
    "part_of",
    "positions",
    "for",
    "against",
    "neutral",
    "on_scale",
    "mixed",
    "contested",
];
const ACTOR: &[&str] = &[
    "actor",
    "kind",
    "positions",
    "meetings",
    "ties",
    "speaks_for",
];

/// Lists a section.
pub fn list(graph: &Graph, lens: Lens, what: List) -> Answer {
    let census = || graph.census(lens, |_, _| true);
    let mut notes = Vec::new();
    let section = match what {
        List::Actors => {
            let census = census();
            notes.extend(attributed(&census));
            Section::new("actors", "Actors", ACTOR).with(actors(graph, lens, &census))
        }
        List::Issues => {
            let census = census();
            notes.extend(attributed(&census));
            Section::new("issues", "Issues", ISSUE).with(issues(graph, &census))
        }
        List::Meetings => {
            return crate::query::meetings(graph, lens, &crate::query::MeetingFilter::default());
        }
        List::Sources => Section::new(
            "sources",
            "Sources",
            &[
                "source",
                "title",
                "publisher",
                "date",
                "via",
                "reliability",
                "records",
            ],
        )
        .with(sources(graph)),
        List::Ties => Section::new("ties", "Ties", rows::JOINED)
            .with(graph.joined().map(|tie| rows::joined(graph, tie, lens.day))),
        List::Stances => stances(graph, lens.day),
        List::Facts => Section::new("facts", "Facts", rows::DATED_FACT).with(
            (0..graph.facts.len()).map(|n| rows::fact_as_of(graph, FactId(n as u32), lens.day)),
        ),
    };
    let title = format!("{}: {}", section.heading, section.rows.len());
    let section = section.or_else("The graph has none.");
    Answer {
        title,
        sections: vec![Section {
            heading: String::new(),
            ..section
        }],
        notes,
    }
}

/// How many statements no position counts.
fn attributed(census: &Census) -> Option<String> {
    rows::attributed(census.cells().flat_map(|cell| census.footings(cell)))
}

fn actors(graph: &Graph, lens: Lens, census: &Census) -> Vec<Row> {
    let mut counts = vec![(0_usize, 0_usize, 0_usize); graph.actors.len()];
    for cell in census.cells() {
        counts[cell.actor.index()].0 += usize::from(cell.verdict != Verdict::Unknown);
    }
    for meeting in &graph.meetings {
        for actor in meetings::attending(graph, lens, meeting) {
            counts[actor.index()].1 += 1;
        }
    }
    for tie in graph.joined() {
        counts[tie.from.index()].2 += 1;
        counts[tie.to.index()].2 += 1;
    }
    let rows = graph.actors.iter().zip(counts).enumerate().map(
        |(n, (actor, (positions, meetings, ties)))| {
            let id = ActorId(n as u32);
            let principals = rows::distinct(
                graph
                    .voices()
                    .direct(id)
                    .iter()
                    .map(|voice| voice.principal),
            );
            let cells = [
                Cell::Thing(Entity::Actor(id)),
                Cell::text(ActorKind::word_of(actor.kind)),
                Cell::count(positions),
                Cell::count(meetings),
                Cell::count(ties),
                Cell::actors(&principals),
            ];
            Row::new(cells).at(actor.place)
        },
    );
    rows.collect()
}

fn issues(graph: &Graph, census: &Census) -> Vec<Row> {
    let mut counts = vec![[0_usize; 7]; graph.issues.len()];
    for cell in census.counted() {
        let counts = &mut counts[cell.issue.index()];
        let column = match cell.verdict {
            Verdict::Unknown => continue,
            Verdict::Contested => 6,
            Verdict::Stands(position) => match Side::of(position) {
                Side::Supports => 1,
                Side::Opposes => 2,
                Side::Neutral => 3,
                Side::Number => 4,
                Side::Mixed => 5,
            },
        };
        counts[0] += 1;
        counts[column] += 1;
    }
    let rows = graph
        .issues
        .iter()
        .zip(counts)
        .enumerate()
        .map(|(n, (issue, counts))| {
            let named = [
                Cell::Thing(Entity::Issue(IssueId(n as u32))),
                issue
                    .part_of
                    .map_or(Cell::Nothing, |wider| Cell::Thing(Entity::Issue(wider))),
            ];
            Row::new(named.into_iter().chain(counts.map(Cell::count))).at(issue.place)
        });
    rows.collect()
}

fn sources(graph: &Graph) -> Vec<Row> {
    let mut counts = vec![0_usize; graph.sources.len()];
    let resting = graph.stances.iter().map(|stance| stance.sources.as_slice());
    let resting = resting.chain(graph.meetings.iter().map(|meeting| meeting.sources()));
    let resting = resting
        .chain(graph.ties.iter().map(|tie| tie.sources.as_slice()))
        .chain(graph.facts.iter().map(|fact| fact.sources.as_slice()));
    for source in resting.flatten() {
        counts[source.index()] += 1;
    }
    let rows = graph
        .sources
        .iter()
        .zip(counts)
        .enumerate()
        .map(|(n, (source, count))| {
            let cells = [
                Cell::Thing(Entity::Source(SourceId(n as u32))),
                Cell::text(source.title.as_ref()),
                Cell::text(
                    graph
                        .written_source(source.place)
                        .publisher
                        .unwrap_or_default(),
                ),
                Cell::date(source.date),
                rows::sources(&source.via),
                Cell::text(source.reliability.map_or("", |grade| grade.written())),
                Cell::count(count),
            ];
            Row::new(cells).at(source.place)
        });
    rows.collect()
}

fn stances(graph: &Graph, day: Day) -> Section {
    let columns = [
        "actors", "issue", "position", "toward", "said_by", "date", "sources", "status",
    ];
    let rows = graph.statements_in_order().into_iter().map(|id| {
        let stance = &graph.stances[id.index()];
        let ends = stance.until().map_or(Day::LAST, |until| until.period().to);
        let in_force = Period {
            to: ends,
            ..rows::since(graph.stance_date(stance))
        };
        let status = rows::passed(in_force, day);
        Row::new(rows::stance(graph, stance).into_iter().chain([status]))
            .at(stance.place)
            .because([Evidence::Stance(id, Fate::InForce)])
    });
    Section::new("stances", "Stances", &columns).with(rows)
}
