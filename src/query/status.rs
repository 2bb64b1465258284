//! What became of a statement, in words: in force, replaced, withdrawn … Every answer that shows it
//! asks here.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{
    ActorId, Census, Claim, Fate, Footing, Graph, IssueId, Lens, Meeting, StanceId, Standings,
    Told, Verdict,
};
use crate::model::{Day, MeetingStatus, Period};
use crate::query::Word;
use crate::query::rows::{distinct, is_later};
use crate::words::joined;

/// Returns the status of a statement in words; `contested` for one in force that contradicts others
/// in force. The words for a withdrawn one say who withdrew it, and when.
pub(super) fn status(graph: &Graph, footing: &Footing, verdict: Verdict) -> Word {
    of_fate(graph, footing.stance, footing.fate, verdict)
}

/// Like [`status`], but a statement made after `day` is `later` even if it never counts.
pub(super) fn status_on(graph: &Graph, footing: &Footing, verdict: Verdict, day: Day) -> Word {
    let fate = match is_later(footing, day) && footing.fate != Fate::Withdrawn {
        true => Fate::Later,
        false => footing.fate,
    };
    of_fate(graph, footing.stance, fate, verdict)
}

fn of_fate(graph: &Graph, id: StanceId, fate: Fate, verdict: Verdict) -> Word {
    match (fate, verdict) {
        (Fate::InForce, Verdict::Contested) => Word::of(verdict),
        (Fate::Withdrawn, _) => Word::new(fate.key(), graph.withdrawal_words(graph[id].claim())),
        (fate, _) => Word::new(fate.key(), fate.word()),
    }
}

/// Returns the status of a statement by itself, for answers that show it without its standing.
pub(super) fn fate_alone(graph: &Graph, id: StanceId) -> Fate {
    let stance = &graph[id];
    if graph.is_withdrawn(stance.claim()) {
        Fate::Withdrawn
    } else if stance.condition().is_some() {
        Fate::Offered
    } else {
        Fate::InForce
    }
}

/// Returns whether, when and by whom a claim was withdrawn, or `None` if it stands.
pub(super) fn withdrawn(graph: &Graph, claim: Claim<'_>) -> Option<Word> {
    graph
        .is_withdrawn(claim)
        .then(|| Word::new(Fate::Withdrawn.key(), graph.withdrawal_words(claim)))
}

/// Returns the withdrawn statuses of a meeting. The words say who withdrew each, and when.
pub(super) fn withdrawn_statuses(graph: &Graph, meeting: &Meeting) -> Vec<Word> {
    let present = match meeting.told() {
        Told::Withdrawn(Some(status)) => Some((*status, meeting.claim())),
        _ => None,
    };
    let others = meeting.withdrawn().iter();
    let others = others.map(|entry| (entry.status, entry.claim()));
    let each = present.into_iter().chain(others);
    each.map(|(status, claim)| Word::new(status.word(), withdrawn_as(graph, status, claim)))
        .collect()
}

/// Returns a withdrawn status of a meeting in words, with who withdrew it, and when.
pub(super) fn withdrawn_as(graph: &Graph, status: MeetingStatus, claim: Claim<'_>) -> String {
    format!("{}, {}", status.word(), graph.withdrawal_words(claim))
}

/// Returns whether a claim was withdrawn, else whether its period is over or still to come on a day;
/// `None` if neither.
pub(super) fn on_day(graph: &Graph, claim: Claim<'_>, period: Period, day: Day) -> Option<Word> {
    withdrawn(graph, claim).or_else(|| passed(period, day))
}

/// Returns `over` or `later` for a period that is over or still to come on a day, or `None` if the
/// day is in it.
pub(super) fn passed(period: Period, day: Day) -> Option<Word> {
    if period.to < day {
        Some(Word::from("over"))
    } else if period.from > day {
        Some(Word::from("later"))
    } else {
        None
    }
}

/// The status of a statement for one of its actors.
struct StatusOf {
    actor: ActorId,
    fate: Fate,
    word: Word,
}

/// The status of a statement for each of its actors, what counts first.
pub(crate) struct Statuses {
    id: StanceId,
    each: Vec<StatusOf>,
}

impl Statuses {
    /// Reads off the positions of its actors what became of a statement.
    pub(crate) fn among(graph: &Graph, positions: &Standings, id: StanceId) -> Statuses {
        Statuses::of(graph, id, |actor, issue| {
            let standing = positions.get(&(actor, issue))?;
            Some((standing.verdict, standing.footings.as_slice()))
        })
    }

    /// As [`Statuses::among`], of a census.
    pub(super) fn in_census(graph: &Graph, census: &Census, id: StanceId) -> Statuses {
        Statuses::of(graph, id, |actor, issue| {
            let cell = census.at(actor, issue)?;
            Some((cell.verdict, census.footings(cell)))
        })
    }

    fn of<'f>(
        graph: &Graph,
        id: StanceId,
        position: impl Fn(ActorId, IssueId) -> Option<(Verdict, &'f [Footing])>,
    ) -> Statuses {
        let stance = &graph[id];
        let of = |actor: &ActorId| {
            let (verdict, footings) = position(*actor, stance.issue)?;
            let footing = footings.iter().find(|footing| footing.stance == id)?;
            Some(StatusOf {
                actor: *actor,
                fate: footing.fate,
                word: status(graph, footing, verdict),
            })
        };
        let mut all: Vec<StatusOf> = stance.actors.as_slice().iter().filter_map(of).collect();
        all.sort_by_key(|one| (one.fate, &graph[one.actor].id));
        Statuses { id, each: all }
    }

    /// Turns what is in force into what is over.
    pub(super) fn ended(mut self) -> Statuses {
        for one in &mut self.each {
            if one.fate == Fate::InForce {
                one.fate = Fate::Expired;
                one.word = Word::new(one.fate.key(), one.fate.word());
            }
        }
        self
    }

    /// Returns the status for the actor for which it counts most, or `None` if none is asked about.
    pub(super) fn best(&self) -> Option<Fate> {
        self.each.first().map(|one| one.fate)
    }

    /// Returns that status; where no actor is asked about, the one of the statement by itself.
    pub(super) fn fate(&self, graph: &Graph) -> Fate {
        self.best().unwrap_or_else(|| fate_alone(graph, self.id))
    }

    /// Returns each status once.
    pub(super) fn each(&self) -> Vec<Word> {
        distinct(self.each.iter().map(|one| one.word.clone()))
    }

    /// Returns the actors for which it has this status.
    pub(crate) fn actors(&self, fate: Fate) -> Vec<ActorId> {
        let with = self.each.iter().filter(|one| one.fate == fate);
        with.map(|one| one.actor).collect()
    }

    /// Returns the status in words; if it differs between its actors, that of each.
    pub(super) fn words(&self, graph: &Graph) -> Option<Word> {
        let first = self.each.first()?;
        Some(Word {
            key: first.word.key.clone(),
            words: self.words_if(graph, |_| true).join("; ").into(),
        })
    }

    /// Returns the wanted statuses in words; if they differ, each with its actors.
    pub(super) fn words_if(&self, graph: &Graph, wanted: impl Fn(Fate) -> bool) -> Vec<String> {
        let alike = self.each.chunk_by(|one, other| one.word == other.word);
        let differ = alike.clone().count() > 1;
        let alike = alike.filter(|alike| wanted(alike[0].fate));
        alike
            .map(|alike| {
                let words = &alike[0].word.words;
                let names = alike.iter().map(|one| graph[one.actor].name.as_ref());
                match differ {
                    true => format!("{words} for {}", joined(names)),
                    false => words.to_string(),
                }
            })
            .collect()
    }
}

/// Returns the status of some statements, each for all of its actors.
pub(super) fn statuses(
    graph: &Graph,
    lens: Lens,
    ids: impl IntoIterator<Item = StanceId>,
) -> BTreeMap<StanceId, Statuses> {
    let ids: BTreeSet<StanceId> = ids.into_iter().collect();
    let census = census_of(graph, lens, ids.iter().copied());
    let of = |id: StanceId| (id, Statuses::in_census(graph, &census, id));
    ids.into_iter().map(of).collect()
}

/// Returns the positions of the actors of some statements on the issues that these are about.
pub(super) fn census_of(graph: &Graph, lens: Lens, ids: impl Iterator<Item = StanceId>) -> Census {
    let asked = ids.flat_map(|id| {
        let stance = &graph[id];
        let actors = stance.actors.as_slice().iter();
        actors.map(|actor| (*actor, stance.issue))
    });
    let mut asked: Vec<(ActorId, IssueId)> = asked.collect();
    asked.sort_unstable();
    asked.dedup();
    graph.census(lens, |actor, issue| {
        asked.binary_search(&(actor, issue)).is_ok()
    })
}
