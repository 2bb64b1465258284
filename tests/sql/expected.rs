//! What `demarche` gives for each view, and what is asked.

use std::collections::{BTreeMap, BTreeSet};

use demarche::graph::{
    Entity, Graph, Lens, Office, Restriction, Source, SourceId, Standing, Verdict,
};
use demarche::measure::agreement::{Measure, Normalise};
use demarche::model::{Day, MeetingStatus, TieKind};
use demarche::query::{self, Counting, Detail, MatrixQuestion, MeetingFilter, Mode, View};
use serde_json::{Map, Value};

/// A row of `ask`: the day, and the source that is left out.
pub(crate) type Asked = (Day, Option<SourceId>);

/// Rows of views: for each view, what is compared of each row, as text.
pub(crate) type Rows = BTreeMap<&'static str, BTreeSet<String>>;

/// The views that are compared, and which columns.
pub(crate) const COMPARED: &[(&str, &[&str])] = &[
    (
        "standing",
        &[
            "asked",
            "actor",
            "issue",
            "verdict",
            "number",
            "statements",
            "independent",
            "newest_day",
            "perhaps",
            "counted_with",
        ],
    ),
    ("offered", &["asked", "actor", "issue", "stance"]),
    (
        "net",
        &[
            "asked",
            "one_actor",
            "other_actor",
            "net",
            "same_side",
            "opposite_sides",
            "issues",
        ],
    ),
    (
        "camps_input",
        &["asked", "one_actor", "other_actor", "weight"],
    ),
    (
        "congruence",
        &[
            "asked",
            "one_actor",
            "other_actor",
            "congruence",
            "conflict",
            "subtract",
            "issues",
        ],
    ),
    ("met", &["asked", "one_actor", "other_actor", "meetings"]),
    (
        "moved",
        &[
            "asked_before",
            "actor",
            "issue",
            "verdict_before",
            "number_before",
            "verdict",
            "number",
        ],
    ),
    (
        "falls",
        &[
            "asked_before",
            "actor",
            "issue",
            "verdict_before",
            "without_source",
        ],
    ),
];

fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "-".to_owned(),
        Some(Value::String(text)) => text.clone(),
        // Adding 0 makes 0 of -0.
        Some(value) => format!("{:.9}", value.as_f64().unwrap() + 0.0),
    }
}

fn number(number: Option<f64>) -> String {
    shown(number.map(Value::from).as_ref())
}

fn whole(number: usize) -> String {
    shown(Some(&Value::from(number)))
}

/// What an engine gives, as it is compared.
pub(crate) fn given(view: &'static str, rows: &[Map<String, Value>]) -> BTreeSet<String> {
    let (_, columns) = COMPARED.iter().find(|(name, _)| *name == view).unwrap();
    let line = |row: &Map<String, Value>| {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| shown(row.get(*column)))
            .collect();
        cells.join("|")
    };
    rows.iter().map(line).collect()
}

/// Where everybody stands in one question.
type Stood = BTreeMap<(String, String), (Option<&'static str>, Option<f64>)>;

fn verdict(standing: &Standing) -> Option<&'static str> {
    match standing.verdict {
        Verdict::Unknown => None,
        Verdict::Contested => Some("Contested"),
        Verdict::Stands(position) => Some(position.written()),
    }
}

/// What `demarche` gives, as it is compared.
pub(crate) struct Expected<'g> {
    graph: &'g Graph,
    rows: Rows,
    stood: Vec<Stood>,
}

impl Expected<'_> {
    pub(crate) fn of(graph: &Graph, asked: &[Asked]) -> Rows {
        let rows = COMPARED.iter().map(|(view, _)| (*view, BTreeSet::new()));
        let mut expected = Expected {
            graph,
            rows: rows.collect(),
            stood: Vec::new(),
        };
        for (nth, (day, without)) in (1..).zip(asked) {
            expected.question(nth, *day, *without);
        }
        expected.moves(asked);
        expected.rows
    }

    fn add(&mut self, view: &str, cells: &[String]) {
        self.rows.get_mut(view).unwrap().insert(cells.join("|"));
    }

    fn question(&mut self, nth: usize, day: Day, without: Option<SourceId>) {
        let lens = Lens::as_of(day);
        let restriction = Restriction {
            without: without.into_iter().collect(),
            ..Restriction::as_of(day)
        };
        let mut view = View::of(self.graph.clone(), lens, restriction);
        view.graph.tell_later(day);
        self.standings(nth, &view);
        self.pairs(nth, &view);
        // Who met is as recorded, whatever source is left out.
        let mut whole = self.graph.clone().view(lens);
        whole.graph.tell_later(day);
        self.meetings(nth, &whole);
    }

    fn standings(&mut self, nth: usize, view: &View) {
        // Statements are named by their place in the whole graph.
        let names: BTreeMap<_, String> = self
            .graph
            .stances()
            .map(|(id, stance)| (stance.place, format!("s{}", id.index() + 1)))
            .collect();
        let graph = &view.graph;
        let mut stood = Stood::new();
        for ((actor, issue), standing) in graph.positions(view.lens, |_, _| true) {
            let id = |entity| graph.id(entity).to_owned();
            let (actor, issue) = (id(Entity::Actor(actor)), id(Entity::Issue(issue)));
            for offer in standing.offered() {
                let name = names[&graph[offer.stance].place].clone();
                self.add("offered", &[whole(nth), actor.clone(), issue.clone(), name]);
            }
            let Some(word) = verdict(&standing) else {
                continue;
            };
            let basis = graph.basis(&standing);
            let newest = standing.date().map(|date| date.period().from.to_string());
            let perhaps = standing.in_force().any(|one| one.office == Office::Perhaps);
            let with = standing.folded.map(|with| id(Entity::Actor(with)));
            stood.insert(
                (actor.clone(), issue.clone()),
                (Some(word), standing.verdict.number()),
            );
            let dash = || "-".to_owned();
            let row = [
                whole(nth),
                actor,
                issue,
                word.to_owned(),
                number(standing.verdict.number()),
                whole(basis.statements),
                whole(basis.independent),
                newest.unwrap_or_else(dash),
                whole(usize::from(perhaps)),
                with.unwrap_or_else(dash),
            ];
            self.add("standing", &row);
        }
        self.stood.push(stood);
    }

    /// The cells of a matrix, by two actors in the order of their ids.
    fn cells(view: &View, measure: Measure) -> BTreeMap<(String, String), [Option<f64>; 4]> {
        let asked = MatrixQuestion {
            of: Mode::Actors(measure, Normalise::None),
            counting: Counting::default(),
            least: 0,
            detail: Detail::Statements,
        };
        let answer = query::matrix(&view.graph, view.lens, &asked);
        let mut cells = BTreeMap::new();
        for row in answer.cells.rows {
            let (one, other) = (view.graph.id(row.actor), view.graph.id(row.other.unwrap()));
            let count = |count: Option<usize>| count.map(|count| count as f64);
            let of = [
                row.value,
                count(row.same),
                count(row.opposite),
                count(row.issues),
            ];
            if row.issues.unwrap_or_default() > 0 && one != other {
                cells.insert((one.min(other).to_owned(), one.max(other).to_owned()), of);
            }
        }
        cells
    }

    fn pairs(&mut self, nth: usize, view: &View) {
        for ((one, other), [net, same, opposite, issues]) in Self::cells(view, Measure::Net) {
            let pair = [whole(nth), one, other];
            let cells = [net, same, opposite, issues].map(number);
            self.add("net", &[&pair[..], &cells[..]].concat());
            if net.unwrap() > 0.0 {
                self.add("camps_input", &[&pair[..], &cells[..1]].concat());
            }
        }
        let conflict = Self::cells(view, Measure::Conflict);
        let subtract = Self::cells(view, Measure::Subtract);
        for (pair, [congruence, .., issues]) in Self::cells(view, Measure::Congruence) {
            let cells = [congruence, conflict[&pair][0], subtract[&pair][0], issues].map(number);
            let pair = [whole(nth), pair.0, pair.1];
            self.add("congruence", &[&pair[..], &cells[..]].concat());
        }
    }

    fn meetings(&mut self, nth: usize, view: &View) {
        let held = MeetingFilter {
            status: vec![Some(MeetingStatus::Held)],
            ..MeetingFilter::default()
        };
        let graph = &view.graph;
        let mut met: BTreeMap<(String, String), usize> = BTreeMap::new();
        for row in view.meetings(&held).meetings.rows {
            let meeting = &graph[row.meeting];
            if meeting.status != Some(MeetingStatus::Held) {
                continue;
            }
            let ids = meeting
                .participants
                .iter()
                .map(|id| graph[*id].id.to_string());
            let ids: Vec<String> = ids.collect();
            for (one, other) in ids
                .iter()
                .flat_map(|one| ids.iter().map(move |other| (one, other)))
            {
                if one < other {
                    *met.entry((one.clone(), other.clone())).or_default() += 1;
                }
            }
        }
        for ((one, other), times) in met {
            self.add("met", &[whole(nth), one, other, whole(times)]);
        }
    }

    fn moves(&mut self, asked: &[Asked]) {
        let stood = std::mem::take(&mut self.stood);
        for nth in 1..asked.len() {
            let (before, after) = (&stood[nth - 1], &stood[nth]);
            let places: BTreeSet<_> = before.keys().chain(after.keys()).collect();
            for place in places {
                let of = |stood: &Stood| stood.get(place).copied().unwrap_or_default();
                let ((old, was), (new, is)) = (of(before), of(after));
                if (old, was) == (new, is) {
                    continue;
                }
                let word = |word: Option<&str>| word.unwrap_or("-").to_owned();
                let start = [whole(nth), place.0.clone(), place.1.clone(), word(old)];
                let end = [number(was), word(new), number(is)];
                self.add("moved", &[&start[..], &end[..]].concat());
                if let (None, Some(source)) = (new, asked[nth].1) {
                    let source = self.graph[source].id.to_string();
                    self.add("falls", &[&start[..], &[source]].concat());
                }
            }
        }
    }
}

/// A source and those that only repeat it, which are left out with it.
fn fallen(graph: &Graph, source: SourceId) -> BTreeSet<SourceId> {
    let mut fallen = BTreeSet::from([source]);
    loop {
        let falls =
            |one: &Source| !one.via.is_empty() && one.via.iter().all(|id| fallen.contains(id));
        let more = graph
            .sources()
            .filter(|(id, one)| !fallen.contains(id) && falls(one));
        let more: Vec<SourceId> = more.map(|(id, _)| id).collect();
        if more.is_empty() {
            return fallen;
        }
        fallen.extend(more);
    }
}

/// Whether the tables know all that changes without a source: not what it withdrew, nor the offices
/// that it reports, nor the date that a statement has from it.
fn is_plain(graph: &Graph, source: SourceId) -> bool {
    let fallen = fallen(graph, source);
    let has = |id: &SourceId| fallen.contains(id);
    let by = graph.stances().map(|(_, one)| one.withdrawn_in());
    let by = by.chain(graph.sources().map(|(_, one)| one.withdrawn_in));
    let mut by = by.chain(graph.ties().map(|(_, tie)| tie.withdrawn_in));
    let withdraws = by.any(|by| by.is_some_and(|by| has(&by)));
    let mut offices = graph
        .ties()
        .filter(|(_, tie)| tie.kind == TieKind::SpeaksFor);
    let speaks = offices.any(|(_, tie)| tie.sources.iter().any(has));
    let dates = graph.stances().any(|(_, one)| {
        let sources = one.sources.as_slice();
        one.date.is_none() && sources.len() > 1 && sources.iter().any(has)
    });
    !withdraws && !speaks && !dates
}

/// Four days, and a source left out on the third.
pub(crate) fn questions(graph: &Graph) -> Vec<Asked> {
    let days = [(2023, 3, 1), (2023, 7, 9), (2023, 12, 31), (2024, 4, 2)];
    let days = days.map(|(year, month, day)| Day::of(year, month, day));
    let mut asked: Vec<Asked> = days.iter().map(|day| (*day, None)).collect();
    let sources = graph.sources().map(|(id, _)| id);
    for source in sources.filter(|id| is_plain(graph, *id)).take(2) {
        asked.extend([(days[2], None), (days[2], Some(source))]);
    }
    asked
}

/// The SELECT that makes `ask`.
pub(crate) fn ask(graph: &Graph, asked: &[Asked], day: &str) -> String {
    let rows = (1..)
        .zip(asked)
        .map(|(nth, (on, without)): (usize, &Asked)| {
            let without = without.map_or("", |source| &graph[source].id);
            format!(
                "SELECT {nth} AS asked, {} AS day, '{without}' AS without_source",
                day.replace("DAY", &on.to_string())
            )
        });
    rows.collect::<Vec<_>>().join(" UNION ALL ")
}
