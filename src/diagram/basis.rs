//! The basis of a picture: how many of a graph's sources, statements, meetings and ties are behind
//! what it shows.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Entity, Fate, Graph, MeetingId, SourceId, StanceId, TieId};
use crate::model::TieKind;
use crate::query::{Evidence, Extract, Lines, MANY_STATEMENTS, Terms, missing};
use crate::words::counted;

/// The records behind a picture. A field is `None` where the picture shows nothing of that kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Basis {
    pub(crate) stances: Option<BTreeMap<StanceId, Fate>>,
    pub(crate) meetings: Option<BTreeSet<MeetingId>>,
    pub(crate) ties: Option<BTreeSet<TieId>>,
}

impl Basis {
    /// Returns everything an extract holds.
    pub(crate) fn of(extract: &Extract) -> Basis {
        Basis {
            stances: Some(statements(extract)),
            meetings: Some(extract.meetings.iter().map(|met| met.id).collect()),
            ties: Some(extract.ties.iter().copied().collect()),
        }
    }

    /// Describes the basis: `1 of the graph's 2 sources, 19 of 23 statements, 11 meetings, from 2023-02-01 on, as of
    /// 2023-06-19`; then what the graph lacks.
    pub(crate) fn words(&self, graph: &Graph, terms: &Terms) -> String {
        let part = |shown: usize, all: usize, what: &str| {
            let all_of = counted(all, what);
            if shown == all {
                all_of
            } else {
                format!("{shown} of {all_of}")
            }
        };
        let (cited, sources) = (self.sources(graph).len(), graph.sources.len());
        let mut rests_on = vec![match cited == sources {
            true => counted(sources, "source"),
            false => format!("{cited} of the graph's {}", counted(sources, "source")),
        }];
        rests_on.extend(
            self.stances
                .as_ref()
                .map(|stances| part(stances.len(), graph.stances.len(), "statement")),
        );
        let meetings = self
            .meetings
            .as_ref()
            .filter(|_| !graph.meetings.is_empty());
        rests_on
            .extend(meetings.map(|meetings| part(meetings.len(), graph.meetings.len(), "meeting")));
        // Who speaks for or belongs to whom is drawn whether or not a tie records it, so those ties
        // aren't counted.
        let lasting = graph
            .ties
            .iter()
            .filter(|tie| !matches!(tie.kind, TieKind::SpeaksFor | TieKind::Member))
            .count();
        let ties = self.ties.as_ref().filter(|_| lasting > 0);
        rests_on.extend(ties.map(|ties| part(ties.len(), lasting, "tie")));
        rests_on.extend(terms.since.map(|since| format!("from {since} on")));
        rests_on.extend(terms.day.map(|day| format!("as of {day}")));
        // Where a mistake stands in a file is nothing to print.
        let missing = missing(graph).into_iter().map(|note| {
            let said = note.text.split(", the first at ").next();
            format!("{}.", said.unwrap_or_default().trim_end_matches('.'))
        });
        let absent: Vec<String> = terms.limits.cuts.iter().cloned().chain(missing).collect();
        if absent.is_empty() {
            return rests_on.join(", ");
        }
        in_print(&format!("{}. {}", rests_on.join(", "), absent.join(" ")))
    }

    /// Says in sentences what these records leave open: what is possibly later, who was perhaps not
    /// in office, and what became of which meeting when is not recorded.
    pub(crate) fn left_open(&self, graph: &Graph, terms: &Terms) -> Vec<String> {
        let stances = self.stances.iter().flatten();
        let stances = stances.map(|(id, fate)| Evidence::Stance(*id, *fate));
        let meetings = self.meetings.iter().flatten();
        let meetings = meetings.map(|id| Evidence::Thing(Entity::Meeting(*id)));
        let ties = self.ties.iter().flatten().map(|id| Evidence::Tie(*id));
        let evidence: Vec<Evidence> = stances.chain(meetings).chain(ties).collect();
        // Statements that are drawn one by one are not judged.
        if evidence.len() > MANY_STATEMENTS {
            return Vec::new();
        }
        let open = terms.limits.left_open(graph, evidence);
        open.iter().map(|sentence| in_print(sentence)).collect()
    }

    fn sources(&self, graph: &Graph) -> BTreeSet<SourceId> {
        let stances = self
            .stances
            .iter()
            .flat_map(|stances| stances.keys())
            .flat_map(|id| graph[*id].sources.as_slice());
        let meetings = self
            .meetings
            .iter()
            .flatten()
            .flat_map(|id| graph[*id].sources());
        let ties = self
            .ties
            .iter()
            .flatten()
            .flat_map(|id| &graph[*id].sources);
        stances.chain(meetings).chain(ties).copied().collect()
    }
}

/// Writes a sentence as it is printed: with quotation marks where messages have backticks, which a
/// picture would show as stray accents.
pub(crate) fn in_print(sentence: &str) -> String {
    let mut parts = sentence.split('`');
    let mut printed = parts.next().unwrap_or_default().to_owned();
    for (nth, part) in parts.enumerate() {
        printed.push(if nth % 2 == 0 { '“' } else { '”' });
        printed.push_str(part);
    }
    printed
}

/// Returns the statements behind the lines of an extract: those in force, offers, and those that leave
/// a position unknown. What was withdrawn is behind nothing.
fn statements(extract: &Extract) -> BTreeMap<StanceId, Fate> {
    match &extract.lines {
        Lines::Statements(stances) => stances.iter().map(|id| (*id, Fate::InForce)).collect(),
        Lines::Positions(lines) => {
            let known = lines.iter().map(|line| &line.standing);
            let known = known.flat_map(|standing| standing.in_force().chain(standing.offered()));
            let unknown = extract.unknown.iter();
            let unknown = unknown.flat_map(|line| &line.standing.footings);
            let unknown = unknown.filter(|footing| footing.fate != Fate::Withdrawn);
            let mut fates = BTreeMap::new();
            for footing in known.chain(unknown) {
                fates.entry(footing.stance).or_insert(footing.fate);
            }
            fates
        }
    }
}
