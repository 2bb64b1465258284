//! Who counts.

use crate::rules::position::{Verdict, View};
use crate::rules::records::ids;
use crate::rules::when::days_made;
use crate::rules::word::{Part, w2_counts, w4_part};

impl View<'_> {
    /// Whether the selection has an actor (C1: "The selection is applied first").
    pub(crate) fn selected(&self, actor: &str) -> bool {
        self.asked
            .actors
            .as_ref()
            .is_none_or(|actors| actors.contains(actor))
    }

    /// C1: "an actor is left out of an issue if a statement that makes its position there counted, on any day up to the one
    /// asked for, for an actor that it then spoke for, and that actor is selected and has a position there (contested is one).
    /// Else it counts by itself. With `--own` no statement counts for another, so nobody is left out."
    pub(crate) fn c1_left_out(&self, actor: &str, issue: &str) -> bool {
        let key = (actor.to_owned(), issue.to_owned());
        let known = self.left_out.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let is_left_out = self.counts_through_another(actor, issue);
            self.left_out.borrow_mut().insert(key, is_left_out);
            is_left_out
        })
    }

    fn counts_through_another(&self, actor: &str, issue: &str) -> bool {
        if self.asked.own {
            return false;
        }
        self.p1_makers(actor, issue).into_iter().any(|(_, stance)| {
            self.graph.actors.keys().any(|whom| {
                whom != actor
                    && self.selected(whom)
                    && self.standing(whom, issue).verdict != Verdict::Unknown
                    && self.days.iter().any(|day| {
                        let made = days_made(&self.graph, stance, *day);
                        self.counts(stance, whom, *day) != Part::None
                            && w4_part(&self.offices, actor, whom, &made) != Part::None
                    })
            })
        })
    }

    /// Whoever is counted on an issue: selected, of known position, and not left out.
    pub(crate) fn counted(&self, issue: &str) -> Vec<&str> {
        let known = |actor: &&String| {
            self.selected(actor)
                && self.standing(actor, issue).verdict != Verdict::Unknown
                && !self.c1_left_out(actor, issue)
        };
        self.graph
            .actors
            .keys()
            .filter(known)
            .map(String::as_str)
            .collect()
    }

    /// Of whom a statement is only attributed on an issue (W1): it names the actor, and who voiced it doesn't speak for it.
    pub(crate) fn w1_attributed(&self, actor: &str, issue: &str) -> Vec<crate::rules::records::At> {
        let attributed = self.graph.stances.iter().filter(|(_, stance)| {
            stance.issue == issue
                && ids(&stance.actor).contains(&actor)
                && stance
                    .said_by
                    .as_deref()
                    .is_some_and(|voice| voice != actor)
                && !days_made(&self.graph, stance, self.asked.day).is_empty()
                && w2_counts(
                    &self.graph,
                    &self.offices,
                    stance,
                    actor,
                    self.asked.day,
                    self.asked.own,
                ) == Part::None
        });
        attributed.map(|(at, _)| *at).collect()
    }
}
