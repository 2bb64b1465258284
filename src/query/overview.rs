//! The graph at a glance: what is in it, who and what most is said about, where the quarrels are, what is
//! planned next, and what it all rests on.

use crate::graph::{Census, Fact, Graph, Lens, Meeting, MeetingId, Placed, Stance, Verdict};
use crate::model::{Date, Day, MeetingStatus, TieKind};
use crate::query::counted::left_to_speak;
use crate::query::list::{self, ActorRow, IssueRow};
use crate::query::meetings::{self, Role};
use crate::query::rows::{self, MeetingRow, TieRow};
use crate::query::{Behind, MeetingFilter, Notes, Record, Table, Word, answer, scope, table};

/// The most rows of a table, so that all fits on a screen.
const MOST: usize = 5;

answer! {
    /// The graph at a glance.
    pub struct Overview = "overview" {
        /// What the graph says of itself.
        about: Record<GraphRow>,
        /// How many records of each kind there are.
        counts: Table<CountRow>,
        /// The issues with most known positions.
        most_discussed: Table<IssueRow>,
        /// The actors with most known positions; where none is known, with most meetings and ties.
        most_outspoken: Table<ActorRow>,
        /// The issues on which most stand against each other, or are contested.
        quarrels: Table<IssueRow>,
        /// The ties between rivals and the hostile, where no position is known.
        rivalries: Table<TieRow>,
        /// The meetings refused, cancelled or postponed, where no position is known.
        called_off: Table<MeetingRow>,
        /// The next meetings planned.
        planned: Table<MeetingRow>,
        /// How many records rest on how many independent sources.
        founded: Table<FoundedRow>,
    }
}

table! {
    /// What a graph says of itself.
    pub struct GraphRow {
        /// Its title.
        title: String,
        /// Its note.
        note: String,
        /// The first and the last day in it.
        dates: String,
    }

    /// How many records of a kind there are.
    pub struct CountRow {
        /// The section of the format.
        section: Word,
        /// The number of records.
        records: usize,
    }

    /// How many records rest on so many sources.
    pub struct FoundedRow {
        /// On how many independent sources they rest.
        sources: Word,
        /// The number of positions.
        positions: usize,
        /// The number of meetings, and of ties that need a source, where no position is known.
        meetings_and_ties: usize,
    }
}

/// Returns the graph at a glance: how many records of each kind there are, over what time, and what
/// most statements are about.
pub fn overview(graph: &Graph, lens: Lens) -> Overview {
    let asked = Asked::of(graph, lens);
    let dates = asked.days(graph);
    let about = GraphRow {
        title: graph.title.clone().unwrap_or_default(),
        note: graph.note.clone().unwrap_or_default(),
        dates: dates.map_or(String::new(), |(first, last)| format!("{first} to {last}")),
        behind: Behind::default(),
    };
    let census = graph.census(lens, |actor, issue| graph.scope().has(actor, issue));
    let mut notes = Notes::default();
    notes.extend(left_to_speak(graph, &census, |_| true));
    notes.extend(list::attributed(&census, lens));
    let issues = list::issues(graph, &census);
    // Those on which most stand against each other come first.
    let quarrels = most("Where they are at odds", issues.clone(), |row| {
        row.supports.min(row.opposes) + row.contested
    });
    let is_known = |cell: &Placed| cell.verdict != Verdict::Unknown;
    let has_positions = census.counted().any(is_known);
    let (rivalries, called_off) = match has_positions {
        true => (Vec::new(), Vec::new()),
        false => (rivalries(graph, lens), called_off(graph, lens)),
    };
    let founded = match has_positions {
        true => positions_founded(graph, lens, &census),
        false => records_founded(graph, lens),
    };
    let title = graph.title.clone();
    Overview {
        title: title.unwrap_or_else(|| "The graph".to_owned()),
        about: Record::of(about),
        counts: Table::new("Records", asked.counts(graph)),
        most_discussed: most("Most positions on", issues, |row| row.positions),
        most_outspoken: busiest(list::actors(graph, lens, &census)),
        quarrels,
        planned: first_meetings(graph, "Planned next", planned(graph, lens)),
        rivalries: first_rows("Rival and hostile", rivalries),
        called_off: first_meetings(graph, "Refused, cancelled or postponed", called_off),
        founded,
        notes,
    }
}

/// The dated records that are asked about.
struct Asked<'g> {
    stances: Vec<&'g Stance>,
    meetings: Vec<&'g Meeting>,
    facts: Vec<&'g Fact>,
}

impl<'g> Asked<'g> {
    fn of(graph: &'g Graph, lens: Lens) -> Asked<'g> {
        let (stances, meetings) = (graph.stances.iter(), graph.meetings.iter());
        let facts = graph.facts.iter();
        Asked {
            stances: stances
                .filter(|stance| scope::has_statement(graph, lens, stance))
                .collect(),
            meetings: meetings
                .filter(|meeting| scope::has_meeting(graph, lens, meeting))
                .collect(),
            facts: facts.filter(|fact| scope::has_fact(graph, fact)).collect(),
        }
    }

    /// Counts the records of each section.
    fn counts(&self, graph: &Graph) -> impl Iterator<Item = CountRow> {
        let counts = [
            ("actors", graph.scope().actors(graph).count()),
            ("issues", graph.scope().issues(graph).count()),
            ("stances", self.stances.len()),
            ("meetings", self.meetings.len()),
            ("ties", list::asked_ties(graph).count()),
            ("facts", self.facts.len()),
            ("sources", graph.sources.len()),
        ];
        counts.into_iter().map(|(section, records)| CountRow {
            section: section.into(),
            records,
            behind: Behind::default(),
        })
    }

    /// Returns the first and the last day that a record has, or `None` if none has a date.
    fn days(&self, graph: &Graph) -> Option<(Day, Day)> {
        let said = self.stances.iter().map(|stance| graph.stance_date(stance));
        let met = self.meetings.iter().flat_map(|meeting| {
            let earlier = meeting.earlier().iter();
            let earlier = earlier.flat_map(|earlier| [earlier.date, earlier.day_set()]);
            [meeting.date, meeting.day_set()].into_iter().chain(earlier)
        });
        let facts = self.facts.iter().map(|fact| graph.fact_date(fact));
        let dates = said.chain(met).chain(facts).flatten();
        let dates = dates.filter(|date| !date.is_open()).map(Date::period);
        dates
            .map(|period| (period.from, period.to))
            .reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
    }
}

/// Counts the positions by how many independent sources they rest on.
fn positions_founded(graph: &Graph, lens: Lens, census: &Census) -> Table<FoundedRow> {
    let known = census.counted();
    let known = known.filter(|cell| cell.verdict != Verdict::Unknown);
    let sources = known.map(|cell| graph.basis(&census.standing(cell, lens)).independent);
    let rows = founded(sources).map(|(sources, positions)| FoundedRow {
        sources,
        positions,
        meetings_and_ties: 0,
        behind: Behind::default(),
    });
    Table::new("What positions rest on", rows).hiding(&["meetings_and_ties"])
}

/// Counts the meetings, and the ties that need a source, by how many independent sources they rest on.
fn records_founded(graph: &Graph, lens: Lens) -> Table<FoundedRow> {
    let meetings = graph.meetings.iter().filter(|meeting| {
        !meeting.is_withdrawn_whole() && scope::has_meeting(graph, lens, meeting)
    });
    let ties = list::asked_ties(graph).filter_map(|joined| graph.tie_of(joined));
    let ties = ties.filter(|tie| !tie.is_like_short_form() && !graph.is_withdrawn(tie.claim()));
    let sources = meetings.map(|meeting| meeting.sources());
    let sources = sources.chain(ties.map(|tie| &tie.sources[..]));
    let sources = sources.map(|sources| graph.roots(sources).len());
    let rows = founded(sources).map(|(sources, meetings_and_ties)| FoundedRow {
        sources,
        positions: 0,
        meetings_and_ties,
        behind: Behind::default(),
    });
    Table::new("What meetings and ties rest on", rows).hiding(&["positions"])
}

/// Counts claims by how many independent sources they rest on.
fn founded(sources: impl Iterator<Item = usize>) -> impl Iterator<Item = (Word, usize)> {
    let mut counts = [0; 3];
    for independent in sources {
        counts[independent.min(2)] += 1;
    }
    let words = [
        Word::new("no_source", "no source"),
        Word::new("one_source", "one source"),
        Word::new("independent_sources", "two or more independent sources"),
    ];
    let rows = words.into_iter().zip(counts);
    rows.filter(|(_, claims)| *claims > 0)
}

/// Returns the ties between rivals and the hostile that hold on the day.
fn rivalries(graph: &Graph, lens: Lens) -> Vec<TieRow> {
    let at_odds = list::asked_ties(graph).filter(|joined| {
        graph.tie_of(*joined).is_some_and(|tie| {
            matches!(tie.kind, TieKind::Rival | TieKind::Hostile)
                && tie.holds_on(lens.day)
                && !graph.is_withdrawn(tie.claim())
        })
    });
    at_odds
        .map(|joined| rows::joined(graph, joined, lens.day))
        .collect()
}

/// Returns the meetings that were refused, cancelled or postponed.
fn called_off(graph: &Graph, lens: Lens) -> Vec<MeetingId> {
    use MeetingStatus::{Cancelled, Postponed, Refused};
    let off = MeetingFilter {
        status: vec![Some(Refused), Some(Cancelled), Some(Postponed)],
        ..MeetingFilter::default()
    };
    meetings::matching(graph, lens, &off, Role::Attends)
}

/// Lists the first of these rows, at most [`MOST`].
fn first_rows<R>(heading: &str, mut rows: Vec<R>) -> Table<R> {
    let all = rows.len();
    rows.truncate(MOST);
    Table::new(heading, rows).first_of(all)
}

/// Lists the first of these meetings, at most [`MOST`].
fn first_meetings(graph: &Graph, heading: &str, mut ids: Vec<MeetingId>) -> Table<MeetingRow> {
    let all = ids.len();
    ids.truncate(MOST);
    rows::meetings(graph, heading, ids).first_of(all)
}

/// Returns the meetings planned next.
fn planned(graph: &Graph, lens: Lens) -> Vec<MeetingId> {
    let ahead = MeetingFilter {
        status: meetings::AHEAD.to_vec(),
        ..MeetingFilter::default()
    };
    let mut planned = meetings::matching(graph, lens, &ahead, Role::Attends);
    planned.retain(|id| {
        let meeting = &graph[*id];
        meetings::days_of(graph, meeting).to >= lens.day && !meeting.is_in_writing()
    });
    planned
}

/// Lists the actors with the most positions; where no position is known, those with the most meetings
/// and ties.
fn busiest(actors: Vec<ActorRow>) -> Table<ActorRow> {
    match actors.iter().any(|row| row.positions > 0) {
        true => most("Most positions of", actors, |row| row.positions),
        false => most("Most meetings and ties of", actors, |row| {
            row.meetings + row.ties
        }),
    }
}

/// Lists the rows with the greatest number of something, at most [`MOST`].
fn most<R>(heading: &str, mut rows: Vec<R>, number: impl Fn(&R) -> usize) -> Table<R> {
    rows.sort_by_key(|row| std::cmp::Reverse(number(row)));
    rows.retain(|row| number(row) > 0);
    first_rows(heading, rows)
}
