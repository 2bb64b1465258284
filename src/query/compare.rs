//! Compares actors: where they agree, where they differ, and where one of them has not said.

use std::collections::BTreeSet;

use crate::graph::{ActorId, Census, Graph, IssueId, Lens, Meeting, MeetingId, Standing};
use crate::query::counted::some;
use crate::query::ground::{Ground, pairs, relation, same_statements};
use crate::query::meetings::{self, MeetingFilter, Role, role_of};
use crate::query::rows::{self, MeetingRow, TieRow};
use crate::query::show::ties;
use crate::query::{Behind, Count, Note, Notes, Record, Stand, Table, answer, list, table};
use crate::words::verdict_word;

answer! {
    /// Where actors agree, where they differ, and where one of them has not said.
    pub struct Comparison = "compare" {
        /// On how many issues they agree, differ, or leave it open.
        summary: Record<SharedRow>,
        /// The issues on which all are on one side.
        agree: Table<ComparedRow>,
        /// The issues on which at least two are on different sides.
        differ: Table<ComparedRow>,
        /// The issues on which nobody is known to differ, but one is mixed or contested.
        unsettled: Table<ComparedRow>,
        /// The issues on which nobody is known to differ, but one has not said.
        unknown: Table<ComparedRow>,
        /// The issues on which none of them is known to have said where it stands.
        silent: Table<ComparedRow>,
        /// The ties between them.
        ties: Table<TieRow>,
        /// The meetings that at least two of them take part in.
        meetings: Table<MeetingRow>,
        /// The meetings that one of them hosts for another without taking part.
        hosted: Table<MeetingRow>,
        /// The meetings that at least two of them were invited to or declined.
        asked: Table<MeetingRow>,
        /// What at least two of them wrote to one another; nobody met.
        in_writing: Table<MeetingRow>,
    }
}

table! {
    /// On how many issues actors agree, differ, or leave it open.
    pub struct SharedRow {
        /// The issues on which all are on one side.
        agree as "agree on": usize,
        /// The issues on which at least two are on different sides.
        differ as "differ on": usize,
        /// The issues on which nobody is known to differ, but one is mixed or contested.
        unsettled as "one is mixed or contested on": Count,
        /// The issues on which nobody is known to differ, but one has not said.
        unknown as "one is silent on": Count,
        /// The issues on which none of them has said where it stands.
        silent as "all are silent on": Count,
    }

    /// Where one of several actors stands on an issue.
    pub struct ComparedRow of "issue" {
        /// The issue.
        issue: IssueId,
        /// The actor.
        actor: ActorId,
        /// Where it stands.
        position: Stand,
    }
}

/// Compares two or more actors.
pub fn compare(graph: &Graph, lens: Lens, actors: &[ActorId]) -> Comparison {
    let census = graph.census(lens, |actor, issue| {
        actors.contains(&actor) && graph.scope().issue(issue)
    });
    let issues: BTreeSet<IssueId> = census.cells().map(|cell| cell.issue).collect();
    let issues: Vec<(IssueId, Ground)> = issues
        .into_iter()
        .map(|issue| (issue, relation(graph, &census, actors, issue)))
        .collect();
    let count = |relation: Ground| {
        let on = issues.iter().filter(|(_, found)| *found == relation);
        on.count()
    };
    let on = |heading: &str, relation: Ground| {
        let on = issues.iter().filter(|(_, found)| *found == relation);
        let rows = on.flat_map(|(issue, _)| {
            let census = &census;
            actors
                .iter()
                .map(|actor| row(graph, lens, census, *actor, *issue))
        });
        Table::new(heading, rows).across("actor", "position")
    };
    let names: Vec<&str> = actors.iter().map(|id| graph[*id].name.as_ref()).collect();
    let attributed = list::attributed(&census, lens);
    let offices = meetings::offices(graph, lens, actors, shared(graph, lens, actors));
    let together = Role::ALL.map(|role| of_two(graph, lens, actors, role));
    let (written, [met, hosted, asked]) = meetings::letters_apart(graph, together);
    let mut notes = Notes::default();
    notes.extend(same_statements(graph, &census, &pairs(actors)));
    notes.extend(attributed);
    notes.extend(offices);
    notes.extend(one_for_several(graph, lens, actors, &met));
    Comparison {
        title: crate::words::joined(&names),
        summary: Record::of(SharedRow {
            agree: count(Ground::Common),
            differ: count(Ground::Divided),
            unsettled: Count(count(Ground::Unsettled)),
            unknown: Count(count(Ground::Unknown)),
            silent: Count(count(Ground::Silent)),
            behind: Behind::default(),
        }),
        agree: on("Where they agree", Ground::Common)
            .or_else("They are not known to agree on any issue."),
        differ: on("Where they differ", Ground::Divided)
            .or_else("They are not known to differ on any issue."),
        unsettled: on(
            concat!(
                "Where one is ",
                verdict_word!(mixed),
                " or ",
                verdict_word!(contested)
            ),
            Ground::Unsettled,
        ),
        unknown: on("Where the position of one is unknown", Ground::Unknown),
        silent: on("Where the positions of all are unknown", Ground::Silent),
        ties: ties(graph, lens, "Ties between them", |tie| {
            actors.contains(&tie.from) && actors.contains(&tie.to)
        })
        .or_else("No tie between them holds."),
        meetings: rows::meetings(graph, "Meetings of at least two of them", met)
            .or_else("No meeting in which two of them take part is recorded."),
        hosted: rows::hosted(graph, meetings::HOSTED, hosted),
        asked: rows::meetings(graph, meetings::ASKED, asked),
        in_writing: rows::letters(graph, written),
        notes,
    }
}

fn row(graph: &Graph, lens: Lens, census: &Census, actor: ActorId, issue: IssueId) -> ComparedRow {
    let standing = census
        .at(actor, issue)
        .map(|cell| census.standing(cell, lens));
    let in_force = standing.iter().flat_map(Standing::in_force);
    ComparedRow {
        issue,
        actor,
        position: rows::stands_if_known(graph, standing.as_ref()),
        behind: Behind::first_of(graph, in_force.map(rows::evidence).collect()),
    }
}

/// Returns the meetings in which at least two of them have a part, even one that is not counted.
fn shared(graph: &Graph, lens: Lens, actors: &[ActorId]) -> impl Iterator<Item = MeetingId> {
    let all = MeetingId::all(graph);
    all.filter(move |id| {
        let meeting = &graph[*id];
        let has_part = |actor: &&ActorId| meetings::has_part(graph, lens, meeting, **actor);
        actors.iter().filter(has_part).nth(1).is_some()
    })
}

/// Returns the meetings in which at least two actors have a part, `role` being the second best of
/// these parts.
fn of_two(graph: &Graph, lens: Lens, actors: &[ActorId], role: Role) -> Vec<MeetingId> {
    let every = MeetingFilter::default();
    let mut all = meetings::matching(graph, lens, &every, Role::Attends);
    all.retain(|id| {
        let meeting = &graph[*id];
        let roles = actors.iter();
        let roles = roles.filter_map(|actor| role_of(graph, lens, meeting, *actor));
        let mut roles: Vec<Role> = roles.collect();
        roles.sort_unstable();
        roles.get(1) == Some(&role)
    });
    all
}

/// Returns whether two of these actors take part in a meeting through different people.
fn are_two(graph: &Graph, lens: Lens, meeting: &Meeting, actors: &[ActorId]) -> bool {
    let apart = |nth: usize| {
        let mut others = actors[nth + 1..].iter();
        others.any(|other| meetings::are_apart(graph, lens, meeting, [actors[nth], *other]))
    };
    (0..actors.len()).any(apart)
}

/// Notes the meetings at which one and the same person was there for several of them.
pub(super) fn one_for_several(
    graph: &Graph,
    lens: Lens,
    actors: &[ActorId],
    met: &[MeetingId],
) -> Option<Note> {
    let of_one = met
        .iter()
        .filter(|id| !are_two(graph, lens, &graph[**id], actors));
    let titles: Vec<String> = of_one.map(|id| format!("“{}”", graph[*id].title)).collect();
    let text = format!(
        "At these meetings one person stands for several of them, who do not meet each other there: {}.",
        some(&titles)
    );
    (!titles.is_empty()).then(|| Note::new("one_for_several", text).of(titles.len()))
}
