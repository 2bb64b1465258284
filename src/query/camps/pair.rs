//! Two actors: which camps they are in, and how their agreement comes about.

use crate::graph::{ActorId, Entity, Graph, Lens};
use crate::measure::agreement::Normalise;
use crate::query::matrix::{AgreementOf, ByIssueRow, CellRow, cell};
use crate::query::{Behind, CampsQuestion, MatrixQuestion, Mode, Notes, Table, answer, table};

use super::Context;

answer! {
    /// Two actors: which camps they are in, and how their agreement comes about.
    pub struct CampsOfTwo = "camps_of_two", ties: Unused {
        /// Which camp each of them is in.
        membership: Table<MemberRow>,
        /// How much they agree.
        cell: Table<CellRow>,
        /// How that comes about, issue by issue.
        by_issue: Table<ByIssueRow>,
    }
}

table! {
    /// Which camp an actor is in.
    pub struct MemberRow {
        /// The actor.
        actor: ActorId,
        /// The number of its camp, from 1, or `none`, in words.
        in_camp as "camp": String,
        /// The number of its camp.
        camp for programs: Option<usize>,
        /// How many members that camp has.
        size: Option<usize>,
        /// How much it agrees with its camp.
        agreement: Option<f64>,
        /// The other camp it agrees with most.
        other: Option<usize>,
        /// How much it agrees with the other camp.
        agreement_with_it: Option<f64>,
    }
}

pub(super) fn pair(context: &Context<'_>, lens: Lens, pair: (ActorId, ActorId)) -> CampsOfTwo {
    let graph = context.counted.graph;
    let AgreementOf {
        title,
        cell,
        by_issue,
        notes: of_cell,
        ..
    } = agreement(graph, lens, context.asked, pair);
    let mut notes: Notes = context.notes();
    notes.extend(of_cell);
    CampsOfTwo {
        title,
        membership: Table::new(
            "In which camp",
            [row(context, pair.0), row(context, pair.1)],
        ),
        cell,
        by_issue,
        notes,
    }
}

fn row(context: &Context<'_>, id: ActorId) -> MemberRow {
    let actor = context.counted.actor(id);
    let camp = actor.and_then(|actor| context.division.of[actor]);
    let with = |camp: Option<usize>| {
        actor
            .zip(camp)
            .map(|(actor, camp)| context.ties[actor][camp])
    };
    let others = (0..context.division.camps.len()).filter(|other| Some(*other) != camp);
    let strength = |camp: &usize| actor.map_or(0.0, |actor| context.ties[actor][*camp]);
    let other = others
        .max_by(|a, b| strength(a).total_cmp(&strength(b)).then(b.cmp(a)))
        .filter(|other| strength(other) > 0.0);
    let number = camp.map(|camp| camp + 1);
    MemberRow {
        actor: id,
        in_camp: number.map_or_else(|| "none".to_owned(), |camp| camp.to_string()),
        camp: number,
        size: camp.map(|camp| context.division.camps[camp].len()),
        agreement: with(camp),
        other: other.map(|other| other + 1),
        agreement_with_it: with(other),
        behind: Behind::default(),
    }
}

/// Returns how far two actors agree on the issues asked about, and by which statements.
pub fn agreement(
    graph: &Graph,
    lens: Lens,
    asked: &CampsQuestion,
    (one, other): (ActorId, ActorId),
) -> AgreementOf {
    let question = MatrixQuestion {
        of: Mode::Actors(asked.measure, Normalise::None),
        counting: asked.counting,
        least: 1,
        detail: asked.detail,
    };
    let names = [one, other].map(|id| graph[id].name.as_ref());
    let two = (Entity::Actor(one), Entity::Actor(other));
    AgreementOf {
        title: format!("{} and {}", names[0], names[1]),
        ..cell(graph, lens, &question, two, &asked.issues)
    }
}
