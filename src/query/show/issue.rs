//! An issue: who stands where, including those whose position is unknown.

use crate::graph::{
    ActorId, Entity, Fate, Graph, IssueId, Lens, Side, Standing, Standings, Verdict,
};
use crate::model::{Date, Day};
use crate::query::counted::{counted_with, names_by_id};
use crate::query::meetings::{self, MeetingFilter, Role};
use crate::query::rows::{self, FactRow, MeetingRow, PositionRow, SaidRow, TieRow};
use crate::query::show::referring::because_of;
use crate::query::show::{facts_about, text, ties};
use crate::query::status;
use crate::query::{Behind, Notes, Record, Stand, Table, Word, answer, table};
use crate::words::{capital, verdict_word};

answer! {
    /// All about an issue.
    pub struct AboutIssue = "issue" {
        /// Its own fields.
        about: Record<AboutIssueRow>,
        /// Who is for it.
        supports: Table<PositionRow>,
        /// Who is against it.
        opposes: Table<PositionRow>,
        /// Who is neutral.
        neutral: Table<PositionRow>,
        /// Who names a number on its scale.
        on_scale: Table<PositionRow>,
        /// Who says both.
        mixed: Table<PositionRow>,
        /// Whose statements in force disagree.
        contested: Table<PositionRow>,
        /// Whose position is unknown.
        unknown: Table<UnknownRow>,
        /// What others say of them, which is not counted.
        attributed: Table<SaidRow>,
        /// Positions on its parts.
        sub_issues: Table<PartRow>,
        /// The meetings about it.
        meetings: Table<MeetingRow>,
        /// The letters about it; nobody met.
        in_writing: Table<MeetingRow>,
        /// The ties over it.
        ties: Table<TieRow>,
        /// The meetings with a present or past status caused by it.
        because_of_it: Table<MeetingRow>,
        /// The facts about it.
        facts: Table<FactRow>,
    }
}

table! {
    /// An issue, by its own record.
    pub struct AboutIssueRow {
        /// Its id.
        id: String,
        /// What it asks.
        question: String,
        /// Other names.
        also_called: String,
        /// The issue that it is a part of.
        part_of: Option<IssueId>,
        /// Its scale, with its marks.
        scale: String,
        /// The present state, on the scale.
        status_quo: Option<f64>,
        /// The outcome, on the scale.
        outcome: Option<f64>,
        /// When it was decided.
        decided: Option<Date>,
        /// Its ids elsewhere.
        same_as: String,
        /// A free note.
        note: String,
        /// Its tags.
        tags: String,
    }

    /// An actor whose position is unknown.
    pub struct UnknownRow of "actor" {
        /// The actor.
        actor: ActorId,
        /// Why, if something was said.
        why: Option<Word>,
        /// What it offers.
        offers: String,
    }

    /// A position on a part of an issue; no actor if none is known.
    pub struct PartRow {
        /// The part.
        issue: IssueId,
        /// The actor.
        actor: Option<ActorId>,
        /// Where it stands.
        position: Option<Stand>,
        /// The actors it is addressed to.
        toward: Vec<ActorId>,
        /// Who voiced it, other than the actor itself.
        voiced_by: Vec<ActorId>,
        /// The date of the newest statement it rests on.
        date: Option<Date>,
        /// Its sources.
        sources: Vec<crate::graph::SourceId>,
    }
}

pub(crate) fn show(graph: &Graph, lens: Lens, id: IssueId) -> AboutIssue {
    let issue = &graph[id];
    let scope = graph.scope();
    let positions = graph.positions(lens, |actor, of| of == id && scope.actor(actor));
    let every = MeetingFilter::default();
    let mut about_it = meetings::matching(graph, lens, &every, Role::Attends);
    about_it.retain(|meeting| {
        let mut topics = graph[*meeting].topics.iter();
        topics.any(|topic| graph.is_part_of(*topic, id))
    });
    let (letters, [about_it]) = meetings::letters_apart(graph, [about_it]);
    let mut notes = Notes::default();
    notes.extend(rows::topic_only(graph, id));
    let is_part = |of: IssueId| graph[of].part_of == Some(id);
    let on_parts = match IssueId::all(graph).any(is_part) {
        true => graph.positions(lens, |actor, of| is_part(of) && scope.actor(actor)),
        false => Standings::new(),
    };
    notes.extend(counted_with(&names_of_folded(graph, &positions, &on_parts)));
    notes.extend(rows::attributed(
        positions
            .values()
            .flat_map(|of| &of.footings)
            .filter(|footing| !rows::is_later(footing, lens.day)),
    ));
    let side = |heading: &str, side: Side| {
        held(
            graph,
            id,
            &positions,
            heading,
            &|standing| matches!(standing.verdict, Verdict::Stands(position) if Side::of(position) == side),
        )
    };
    AboutIssue {
        title: issue.name.to_string(),
        about: Record::of(fields(graph, id)),
        supports: side("For", Side::Supports),
        opposes: side("Against", Side::Opposes),
        neutral: side(&capital(verdict_word!(neutral)), Side::Neutral),
        on_scale: side("On its scale", Side::Number),
        mixed: side(
            &capital(concat!(
                verdict_word!(mixed),
                ": the actor itself says both"
            )),
            Side::Mixed,
        ),
        contested: held(
            graph,
            id,
            &positions,
            &capital(concat!(
                verdict_word!(contested),
                ": statements in force disagree"
            )),
            &|standing| standing.verdict == Verdict::Contested,
        ),
        // On a topic that nobody speaks about, no position could be known, so nobody is listed as
        // unknown.
        unknown: match issue.topic_only && positions.is_empty() {
            true => Table::new("", []),
            false => unknown(graph, id, &positions),
        },
        attributed: attributed(graph, &positions, lens.day),
        sub_issues: sub_issues(graph, id, &on_parts),
        meetings: rows::meetings(graph, "Meetings about it", about_it),
        in_writing: rows::letters(graph, letters),
        ties: ties(graph, lens, "Ties over it", |tie| {
            scope.any_actor([&tie.from, &tie.to])
                && graph.tie_of(*tie).is_some_and(|tie| tie.over.contains(&id))
        }),
        because_of_it: because_of(graph, Entity::Issue(id)),
        facts: facts_about(graph, lens, Entity::Issue(id)),
        notes,
    }
}

/// Names the actors that are counted with another on an issue, and on which of its parts they are.
fn names_of_folded(graph: &Graph, on_it: &Standings, on_parts: &Standings) -> Vec<String> {
    let is_folded = |(_, standing): &(_, &Standing)| standing.folded.is_some();
    let folded = on_it.iter().filter(is_folded);
    let mut names = names_by_id(graph, folded.map(|((actor, _), _)| *actor));
    let folded = on_parts.iter().filter(is_folded);
    names.extend(
        folded.map(|((actor, on), _)| format!("{} (on {})", graph[*actor].name, graph[*on].name)),
    );
    names
}

fn fields(graph: &Graph, id: IssueId) -> AboutIssueRow {
    let issue = &graph[id];
    let written = graph.written_issue(issue.place);
    AboutIssueRow {
        id: issue.id.to_string(),
        question: text(written.question),
        also_called: issue.aliases.join(", "),
        part_of: issue.part_of,
        scale: scale_words(graph, id),
        status_quo: written.status_quo,
        outcome: written.outcome,
        decided: written.decided,
        same_as: written.same_as.join(", "),
        note: text(written.note.into_option()),
        tags: written.tags.join(", "),
        behind: Behind::at(issue.place),
    }
}

/// Returns the scale of an issue with its marks, `0 to 100: 0 none`; empty if it has none.
pub(crate) fn scale_words(graph: &Graph, id: IssueId) -> String {
    let issue = &graph[id];
    if issue.lost_scale {
        return "unknown".to_owned();
    }
    let written = graph.written_issue(issue.place);
    written.scale.as_ref().map_or(String::new(), |scale| {
        let marks: Vec<String> = scale
            .marks
            .0
            .iter()
            .map(|(number, meaning)| format!("{number} {meaning}"))
            .collect();
        format!(
            "{} to {}{}{}",
            scale.from,
            scale.to,
            if marks.is_empty() { "" } else { ": " },
            marks.join(", ")
        )
    })
}

/// Lists the actors whose standing passes a test: by strength, and on a scale by number.
fn held(
    graph: &Graph,
    id: IssueId,
    positions: &Standings,
    heading: &str,
    test: &dyn Fn(&Standing) -> bool,
) -> Table<PositionRow> {
    let mut held: Vec<(&(ActorId, IssueId), &Standing)> = positions
        .iter()
        .filter(|(_, standing)| standing.folded.is_none() && test(standing))
        .collect();
    held.sort_by(|((a, _), one), ((b, _), other)| {
        let score = |standing: &Standing| match standing.verdict {
            Verdict::Stands(position) => graph.score(id, position).unwrap_or(0.0),
            _ => 0.0,
        };
        let is_number = |standing: &Standing| standing.verdict.number().is_some();
        let name = |actor: &ActorId| &graph[*actor].name;
        let by_score = match is_number(one) {
            true => score(one).total_cmp(&score(other)),
            false => score(other).abs().total_cmp(&score(one).abs()),
        };
        by_score.then_with(|| name(a).cmp(name(b)))
    });
    let rows = held
        .into_iter()
        .map(|((actor, issue), standing)| rows::position(graph, *actor, *issue, standing));
    Table::new(heading, rows).hiding(&["issue"])
}

/// Lists the actors whose position is unknown.
fn unknown(graph: &Graph, id: IssueId, positions: &Standings) -> Table<UnknownRow> {
    let silent = graph.scope().actors(graph).filter(|actor| {
        let standing = positions.get(&(*actor, id));
        standing.is_none_or(|standing| standing.verdict == Verdict::Unknown)
    });
    let mut silent: Vec<ActorId> = silent.collect();
    silent.sort_by_key(|actor| &graph[*actor].name);
    let rows = silent.into_iter().map(|actor| {
        let standing = positions.get(&(actor, id));
        let footings = standing.map_or(&[][..], |standing| &standing.footings);
        let offers = graph.offers(footings).into_iter();
        let offers: Vec<String> = offers.map(|offer| offer.words()).collect();
        let behind = footings.iter().map(rows::evidence).collect();
        UnknownRow {
            actor,
            why: standing.map(|standing| why_unknown(standing).into()),
            offers: offers.join("; "),
            behind: Behind::first_of(graph, behind),
        }
    });
    Table::new("Unknown: no statement in force gives a position", rows)
}

fn why_unknown(standing: &Standing) -> &'static str {
    let has = |fate: Fate| standing.footings.iter().any(|footing| footing.fate == fate);
    if has(Fate::FewSources) {
        "too few independent sources say so"
    } else if has(Fate::OtherOffice) {
        "whoever said it also spoke for another"
    } else if has(Fate::Expired) {
        "its last statement is no longer in force"
    } else if has(Fate::SalienceOnly) {
        "only how much it matters is known"
    } else if has(Fate::Offered) {
        "it only makes an offer"
    } else if has(Fate::OfferEnded) {
        "its last offer is no longer made"
    } else if has(Fate::Withdrawn) {
        "what was said of it was withdrawn"
    } else if has(Fate::Later) {
        "it has said nothing yet"
    } else {
        "only what others say of it is known"
    }
}

fn attributed(graph: &Graph, positions: &Standings, day: Day) -> Table<SaidRow> {
    let rows = positions.iter().flat_map(|((actor, _), standing)| {
        let others = standing
            .footings
            .iter()
            .filter(|footing| footing.fate == Fate::Attributed);
        others.map(|footing| {
            rows::statement(
                graph,
                *actor,
                footing,
                Some(status::status_on(graph, footing, standing.verdict, day)),
            )
        })
    });
    Table::new("Said of them by others: shown, not counted", rows)
}

/// Lists positions on parts of the issue. They stand beside positions on the whole and are not
/// passed on to it.
fn sub_issues(graph: &Graph, id: IssueId, positions: &Standings) -> Table<PartRow> {
    let parts = IssueId::all(graph).filter(|part| graph[*part].part_of == Some(id));
    let mut rows: Vec<PartRow> = Vec::new();
    for part in parts {
        let on: Vec<_> = positions
            .iter()
            .filter(|((_, issue), _)| *issue == part)
            .collect();
        let known = on
            .iter()
            .filter(|(_, standing)| standing.verdict != Verdict::Unknown)
            .filter(|(_, standing)| standing.folded.is_none());
        rows.extend(known.map(|((actor, issue), standing)| {
            let row = rows::position(graph, *actor, *issue, standing);
            PartRow {
                issue: row.issue,
                actor: Some(row.actor),
                position: Some(row.position),
                toward: row.toward,
                voiced_by: row.voiced_by,
                date: row.date,
                sources: row.sources,
                behind: row.behind,
            }
        }));
        if on.is_empty() {
            rows.push(PartRow {
                issue: part,
                actor: None,
                position: None,
                toward: Vec::new(),
                voiced_by: Vec::new(),
                date: None,
                sources: Vec::new(),
                behind: Behind::at(graph[part].place),
            });
        }
    }
    Table::new(
        "Parts of it: their positions do not add up to its own",
        rows,
    )
}
