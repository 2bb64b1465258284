//! An issue: who stands where, the unknown named too.

use crate::graph::{
    ActorId, Entity, Fate, Graph, IssueId, Lens, Positions, Side, Standing, Verdict,
};
use crate::model::Day;
use crate::query::counted::{counted_with, names_by_id};
use crate::query::meetings::{self, MeetingFilter, Role};
use crate::query::rows;
use crate::query::show::referring::because_of;
use crate::query::show::{about, facts_about, ties};
use crate::query::{Answer, Cell, Row, Section};

pub(super) fn show(graph: &Graph, lens: Lens, id: IssueId) -> Answer {
    let issue = &graph.issues[id.index()];
    let positions = graph.positions(lens, |_, of| of == id);
    let on = meetings::matching(
        graph,
        lens,
        &MeetingFilter {
            topic: Some(id),
            ..MeetingFilter::default()
        },
        Role::Attends,
    );
    let mut sections = vec![fields(graph, id)];
    if !issue.topic_only || !positions.is_empty() {
        sections.extend(sides(graph, id, &positions));
        sections.push(unknown(graph, id, &positions));
    }
    sections.push(attributed(graph, &positions, lens.day));
    sections.push(sub_issues(graph, lens, id));
    sections.push(
        Section::new("meetings", "Meetings about it", rows::MEETING)
            .with(on.into_iter().map(|id| rows::meeting(graph, id))),
    );
    sections.push(ties(graph, lens, "Ties over it", |tie| {
        graph.tie_of(*tie).is_some_and(|tie| tie.over.contains(&id))
    }));
    sections.push(because_of(graph, Entity::Issue(id)));
    sections.push(facts_about(graph, lens, Entity::Issue(id)));
    let mut notes = Vec::new();
    if issue.topic_only {
        notes.push(
            "A topic only: it asks no question, so what one is for or against in it is not said."
                .to_owned(),
        );
    }
    let folded = positions.iter().filter(|(_, of)| of.folded.is_some());
    let names = names_by_id(graph, folded.map(|((actor, _), _)| *actor));
    notes.extend(counted_with(&names));
    notes.extend(rows::attributed(
        positions
            .values()
            .flat_map(|of| &of.footings)
            .filter(|footing| !rows::is_later(footing, lens.day)),
    ));
    Answer {
        title: issue.name.to_string(),
        sections,
        notes,
    }
}

fn fields(graph: &Graph, id: IssueId) -> Section {
    let issue = &graph.issues[id.index()];
    let written = graph.written_issue(issue.place);
    let scale = written.scale.as_ref().filter(|_| !issue.lost_scale);
    let scale = scale.map_or(String::new(), |scale| {
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
    });
    let number = |number: Option<f64>| number.map_or(Cell::Nothing, Cell::Number);
    about(
        graph,
        Entity::Issue(id),
        [
            ("question", Cell::text(written.question.unwrap_or_default())),
            ("also called", Cell::text(issue.aliases.join(", "))),
            (
                "part of",
                issue
                    .part_of
                    .map_or(Cell::Nothing, |wider| Cell::Thing(Entity::Issue(wider))),
            ),
            (
                "scale",
                Cell::text(if issue.lost_scale {
                    "unknown".to_owned()
                } else {
                    scale
                }),
            ),
            ("status quo", number(written.status_quo)),
            ("outcome", number(written.outcome)),
            ("decided", Cell::date(written.decided)),
            (
                "note",
                Cell::text(written.note.into_option().unwrap_or_default()),
            ),
            ("tags", Cell::text(written.tags.join(", "))),
        ],
    )
}

/// The sides in the order they are shown, and who is on each.
fn sides(graph: &Graph, id: IssueId, positions: &Positions) -> Vec<Section> {
    let side = |key, heading: &str, test: &dyn Fn(&Standing) -> bool| {
        let mut held: Vec<(&(ActorId, IssueId), &Standing)> = positions
            .iter()
            .filter(|(_, standing)| standing.folded.is_none() && test(standing))
            .collect();
        held.sort_by(|((a, _), one), ((b, _), other)| {
            let score = |standing: &Standing| match standing.verdict {
                Verdict::Stands(position) => graph.score(id, position).unwrap_or(0.0),
                _ => 0.0,
            };
            let name = |actor: &ActorId| &graph.actors[actor.index()].name;
            let by_score = match key {
                "on_scale" => score(one).total_cmp(&score(other)),
                _ => score(other).abs().total_cmp(&score(one).abs()),
            };
            by_score.then_with(|| name(a).cmp(name(b)))
        });
        let rows = held.into_iter().map(|((actor, issue), standing)| {
            without_issue(rows::position(graph, *actor, *issue, standing))
        });
        Section::new(key, heading, &rows::BY_ISSUE[1..]).with(rows)
    };
    let on = |side: Side| move |standing: &Standing| matches!(standing.verdict, Verdict::Stands(position) if Side::of(position) == side);
    vec![
        side("supports", "For", &on(Side::Supports)),
        side("opposes", "Against", &on(Side::Opposes)),
        side("neutral", "Neutral", &on(Side::Neutral)),
        side("on_scale", "On its scale", &on(Side::Number)),
        side(
            "mixed",
            "Mixed: the actor itself says both",
            &on(Side::Mixed),
        ),
        side(
            "contested",
            "Contested: statements in force disagree",
            &|standing| standing.verdict == Verdict::Contested,
        ),
    ]
}

/// A row of [`rows::position`] where the issue is known from the heading.
fn without_issue(mut row: Row) -> Row {
    row.cells.remove(1);
    row
}

/// Whose position is unknown.
fn unknown(graph: &Graph, id: IssueId, positions: &Positions) -> Section {
    let silent = (0..graph.actors.len())
        .map(|n| ActorId(n as u32))
        .filter(|actor| {
            let standing = positions.get(&(*actor, id));
            standing.is_none_or(|standing| standing.verdict == Verdict::Unknown)
        });
    let mut silent: Vec<ActorId> = silent.collect();
    silent.sort_by_key(|actor| &graph.actors[actor.index()].name);
    let rows = silent.into_iter().map(|actor| {
        let standing = positions.get(&(actor, id));
        let why = standing.map_or("", |standing| why_unknown(standing));
        let row = Row::new([Cell::Thing(Entity::Actor(actor)), Cell::text(why)]);
        row.because(
            standing
                .into_iter()
                .flat_map(|standing| standing.footings.iter().map(rows::evidence)),
        )
    });
    Section::new(
        "unknown",
        "Unknown: no statement in force says",
        &["actor", "why"],
    )
    .with(rows)
}

fn why_unknown(standing: &Standing) -> &'static str {
    let has = |fate: Fate| standing.footings.iter().any(|footing| footing.fate == fate);
    if has(Fate::FewSources) {
        "too few independent sources say so"
    } else if has(Fate::OtherOffice) {
        "who said it spoke for another too"
    } else if has(Fate::Expired) {
        "its last statement is no longer in force"
    } else if has(Fate::SalienceOnly) {
        "only how much it matters is known"
    } else if has(Fate::Later) {
        "it has said nothing yet"
    } else {
        "only what others say of it is known"
    }
}

fn attributed(graph: &Graph, positions: &Positions, day: Day) -> Section {
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
                rows::fate_on(footing, standing.verdict, day).to_owned(),
            )
        })
    });
    let columns: Vec<&str> = rows::POSITION.iter().copied().chain(["status"]).collect();
    Section::new(
        "attributed",
        "Said of them by others: shown, not counted",
        &columns,
    )
    .with(rows)
}

/// Positions on parts of the issue: they stand beside those on the whole and do not pass on to it.
fn sub_issues(graph: &Graph, lens: Lens, id: IssueId) -> Section {
    let parts: Vec<IssueId> = (0..graph.issues.len())
        .map(|n| IssueId(n as u32))
        .filter(|part| graph.issues[part.index()].part_of == Some(id))
        .collect();
    let mut rows: Vec<Row> = Vec::new();
    let positions = if parts.is_empty() {
        Positions::new()
    } else {
        graph.positions(lens, |_, issue| parts.contains(&issue))
    };
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
            let mut row = rows::position(graph, *actor, *issue, standing);
            row.cells.swap(0, 1);
            row
        }));
        if on.is_empty() {
            let place = graph.issues[part.index()].place;
            rows.push(
                Row::new(
                    [Cell::Thing(Entity::Issue(part))]
                        .into_iter()
                        .chain(vec![Cell::Nothing; 6]),
                )
                .at(place),
            );
        }
    }
    Section::new(
        "sub_issues",
        "Parts of it: positions stand beside, they do not add up",
        rows::BY_ISSUE,
    )
    .with(rows)
}
