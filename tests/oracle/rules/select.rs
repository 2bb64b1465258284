//! Whom and what a question is about: what is cut from the graph, and whom and what the rest is asked about.

use std::collections::BTreeSet;

use demarche::model::{ActorKind, MeetingKind, Str, TieKind};

use crate::days::Days;
use crate::rules::Asked;
use crate::rules::position::View;
use crate::rules::records::Graph;
use crate::rules::when::r3_tie_holds;

/// What the flags say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Select {
    /// `--actor`
    pub(crate) actors: Vec<String>,
    /// `--group`
    pub(crate) groups: Vec<String>,
    /// `--kind`
    pub(crate) kinds: Vec<ActorKind>,
    /// `--issue`
    pub(crate) issues: Vec<String>,
    /// `--tag`
    pub(crate) tags: Vec<String>,
    /// `--meeting-kind`
    pub(crate) meeting_kinds: Vec<MeetingKind>,
}

impl Select {
    /// Whether anything is selected.
    pub(crate) fn is_some(&self) -> bool {
        let names = [&self.actors, &self.groups, &self.issues, &self.tags];
        self.selects_actors()
            || !self.meeting_kinds.is_empty()
            || names.iter().any(|names| !names.is_empty())
    }

    pub(crate) fn selects_actors(&self) -> bool {
        !(self.actors.is_empty() && self.groups.is_empty() && self.kinds.is_empty())
    }
}

/// "Meetings by `--meeting-kind` and records by `--tag` are cut like evidence": statements with a tag or on an issue with it, meetings,
/// facts and ties with it. Who speaks for whom and belongs to what stays.
pub(crate) fn cut<'a>(mut graph: Graph<'a>, asked: &Asked) -> Graph<'a> {
    let Select {
        tags,
        meeting_kinds,
        ..
    } = &asked.select;
    if !tags.is_empty() {
        let issues = graph.issues.clone();
        let has = |own: &[Str<'_>]| own.iter().any(|own| tags.iter().any(|tag| **own == **tag));
        graph.stances.retain(|(_, stance)| {
            has(&stance.tags)
                || issues
                    .get(&*stance.issue)
                    .is_some_and(|issue| has(&issue.tags))
        });
        graph.meetings.retain(|_, met| has(&met.record.tags));
        graph.facts.retain(|_, fact| has(&fact.tags));
        graph.ties.retain(|(_, tie)| {
            matches!(tie.kind, TieKind::SpeaksFor | TieKind::Member) || has(&tie.tags)
        });
    }
    if !meeting_kinds.is_empty() {
        graph.meetings.retain(|_, met| {
            met.record
                .kind
                .is_some_and(|kind| meeting_kinds.contains(&kind))
        });
    }
    graph
}

/// The actors that are named or members of a group on the day asked for, and of a kind asked for; none where all are.
pub(crate) fn actors(graph: &Graph<'_>, asked: &Asked) -> Option<BTreeSet<String>> {
    let Select {
        actors,
        groups,
        kinds,
        ..
    } = &asked.select;
    let belongs = |actor: &str| {
        graph.ties.iter().any(|(_, tie)| {
            tie.kind == TieKind::Member
                && tie.from == actor
                && groups.iter().any(|group| tie.to == **group)
                && !r3_tie_holds(tie)
                    .and(&Days::span(asked.day, asked.day))
                    .is_empty()
        })
    };
    let all = graph.actors.iter().filter(|(id, actor)| {
        let is_named = actors.is_empty() && groups.is_empty() || actors.contains(id) || belongs(id);
        is_named && (kinds.is_empty() || kinds.contains(&actor.kind))
    });
    asked
        .select
        .selects_actors()
        .then(|| all.map(|(id, _)| id.clone()).collect())
}

impl View<'_> {
    /// Whether one of these tags is asked for, or none is.
    pub(crate) fn has_tag(&self, own: &[Str<'_>]) -> bool {
        let tags = &self.asked.select.tags;
        tags.is_empty() || own.iter().any(|own| tags.iter().any(|tag| **own == **tag))
    }

    /// Whether an issue is selected: "with its parts".
    pub(crate) fn asks_on(&self, issue: &str) -> bool {
        let named = &self.asked.select.issues;
        let (mut at, mut seen) = (Some(issue.to_owned()), BTreeSet::new());
        while let Some(one) = at.filter(|one| seen.insert(one.clone())) {
            if named.contains(&one) {
                return true;
            }
            at = self
                .graph
                .issues
                .get(&one)
                .and_then(|issue| issue.part_of.as_ref().map(ToString::to_string));
        }
        named.is_empty()
    }
}
