//! The spectrum: one issue as an axis, with the actors along it. Mixed, contested and unknown
//! positions have no place on an axis, and are listed beside it.

#[cfg(feature = "pictures")]
mod across;
mod axis;
#[cfg(feature = "pictures")]
mod block;
#[cfg(feature = "pictures")]
mod fit;
#[cfg(feature = "pictures")]
mod label;
#[cfg(feature = "pictures")]
mod marks;
#[cfg(feature = "pictures")]
mod panel;
#[cfg(feature = "pictures")]
mod room;
#[cfg(feature = "pictures")]
mod scene;
#[cfg(feature = "pictures")]
mod several;
mod text;

#[cfg(feature = "pictures")]
pub(crate) use fit::{fit, free};
#[cfg(feature = "pictures")]
pub use scene::scene;
pub use text::text;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{ActorId, Entity, Graph, IssueId, Lens, Verdict};
use crate::model::Position;
use crate::picture::Refusal;
use crate::picture::roster::{self, Room, Roster};
use crate::picture::sign::{Offered, Sign, short_number, words};
use crate::picture::spectrum::axis::{points, rules, ticks};
use crate::query::{Excerpt, is_wanted, outlook};

/// The most actors of unknown position that are listed by name.
const MOST_UNKNOWN: usize = 12;

/// Returns the text shown where an issue has no question.
fn without_question(graph: &Graph, issue: IssueId) -> &'static str {
    if graph[issue].topic_only {
        "a topic without a question: nobody can be for or against it"
    } else {
        "how much: a place on its own scale"
    }
}

/// Explains why a position has no place on the axis of an issue.
fn without_place(graph: &Graph, issue: IssueId) -> &'static str {
    let issue = &graph[issue];
    match issue.levels {
        _ if issue.lost_scale => "place unknown, because the scale can't be read",
        None => "place unknown, because the levels can't be read",
        Some(_) => "a number without a scale",
    }
}

/// Why an actor is beside the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Its position is mixed.
    Mixed,
    /// Its statements disagree.
    Contested,
    /// Its position has no place on the axis.
    WithoutPlace,
    /// Its position is unknown.
    Unknown,
    /// Its position is known, but it is one of so many actors for whom there is no room.
    NotShown(usize),
    /// It offers a position.
    Offers,
}

impl Beside {
    /// Returns the words for the actors that are beside the axis of an issue.
    pub fn word(self, graph: &Graph, issue: IssueId) -> String {
        match self {
            Beside::Mixed => Position::Mixed.word(),
            Beside::Contested => Verdict::Contested.word(),
            Beside::WithoutPlace => without_place(graph, issue).to_owned(),
            Beside::Unknown => Verdict::Unknown.word(),
            Beside::NotShown(many) => format!("+{many} not shown"),
            Beside::Offers => "offers, on a condition only".to_owned(),
        }
    }
}

/// The number of issues in characters if none is asked for by name.
pub(crate) const STACKED: usize = 6;

/// The most actors, and the most issues that are tried in a picture.
const MOST: Room = Room {
    actors: 400,
    issues: 60,
};

/// Returns what spectra show of a selection: all actors and issues, or at most `top` of each. An issue
/// without some of its actors would seem to be less divided than it is, or more.
pub fn roster(graph: &Graph, lens: Lens, selection: &Excerpt, top: Option<usize>) -> Roster {
    let room = Room {
        actors: top.unwrap_or(MOST.actors),
        issues: usize::MAX,
    };
    roster::roster(graph, lens, selection, room)
        .most_divided_first(graph)
        .with_issues(graph, top.unwrap_or(MOST.issues))
}

/// One issue, its axis, and the actors along it. Places on the axis run from 0, where opponents
/// are, to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// The issue.
    pub issue: IssueId,
    /// The question that a supporter answers with yes.
    pub question: Option<String>,
    /// The meaning of places on the axis, from 0 to 1; empty where the scale can't be read.
    pub ticks: Vec<Tick>,
    /// The actors on the axis, from 0 to 1; those at the same place are in graph order.
    pub placed: Vec<Placed>,
    /// The offers, by actor.
    pub offers: Vec<(ActorId, Offered)>,
    /// The actors beside the axis.
    pub aside: Vec<Aside>,
    /// The number of further actors without a known position.
    pub more_unknown: usize,
    /// The positions of actors for whom there is no room, in words, with their number.
    pub not_shown: BTreeMap<String, usize>,
    /// The status quo, and the outcome if it was known.
    pub points: Vec<Point>,
    /// The outcomes by the rules of forecasting.
    pub rules: Vec<Ruled>,
    /// The assumptions of the rules, in sentences.
    pub notes: Vec<String>,
}

/// The meaning of a place on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The place on the axis, from 0 to 1.
    pub at: f64,
    /// The meaning in words.
    pub label: String,
}

/// An actor on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The actor.
    pub actor: ActorId,
    /// The place on the axis, from 0 to 1.
    pub at: f64,
    /// The position stated.
    pub position: Position,
    /// The salience of the issue for the actor, from 0 to 1, or `None` if unknown.
    pub salience: Option<f64>,
    /// The actor's power on this issue, else its power in general, or `None` if unknown.
    pub power: Option<f64>,
}

/// An actor without a place on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// The actor.
    pub actor: ActorId,
    /// The sign of a position without a place, such as mixed or contested, or `None` if nothing is
    /// known.
    pub sign: Option<Sign>,
    /// The salience of the issue for the actor, or `None` if unknown.
    pub salience: Option<f64>,
}

/// A place on the axis other than an actor's.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The place on the axis, from 0 to 1.
    pub at: f64,
    /// A letter for it: `Q` for the status quo, `O` for the outcome.
    pub letter: char,
    /// Its name and number.
    pub label: String,
}

/// The outcome by a rule of forecasting.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruled {
    /// The place on the axis, from 0 to 1.
    pub at: f64,
    /// A letter for the rule.
    pub letter: char,
    /// The name of the rule.
    pub name: &'static str,
    /// The same place as a number on the issue's scale.
    pub number: f64,
}

/// Makes the spectra of all issues of a roster.
///
/// # Errors
///
/// Returns a refusal if no position is known.
pub fn spectra(graph: &Graph, lens: Lens, roster: &Roster) -> Result<Vec<Spectrum>, Refusal> {
    let issues = roster.issues.iter();
    let spectra = issues.map(|issue| spectrum(graph, lens, roster, *issue));
    let spectra: Vec<Spectrum> = spectra.collect();
    if spectra.is_empty() {
        return Err(Refusal::NoPosition);
    }
    Ok(spectra)
}

/// Makes the spectrum of one issue.
pub fn spectrum(graph: &Graph, lens: Lens, roster: &Roster, issue: IssueId) -> Spectrum {
    let written = graph.written_issue(graph[issue].place);
    let question = written.question.as_deref().map(str::to_owned);
    let mut spectrum = Spectrum {
        issue,
        question,
        ticks: ticks(graph, issue),
        placed: Vec::new(),
        offers: Vec::new(),
        aside: Vec::new(),
        more_unknown: 0,
        not_shown: BTreeMap::new(),
        points: Vec::new(),
        rules: Vec::new(),
        notes: Vec::new(),
    };
    let lens = Lens {
        day: roster.extract.terms.day.unwrap_or(lens.day),
        ..lens
    };
    let outlook = outlook(graph, lens, issue, &roster.selection);
    let counted = outlook.positions.len();
    spectrum.points = points(graph, issue, &outlook);
    (spectrum.rules, spectrum.notes) = rules(outlook);
    for line in roster.lines().filter(|line| line.issue == issue) {
        let Some(sign) = Sign::of_line(graph, line) else {
            continue;
        };
        let (actor, salience) = (line.actor, line.standing.salience);
        match place(graph, issue, line.standing.verdict) {
            Some((at, position)) => spectrum.placed.push(Placed {
                actor,
                at,
                position,
                salience,
                power: line.standing.power,
            }),
            None => spectrum.aside.push(Aside {
                actor,
                sign: Some(sign),
                salience,
            }),
        }
    }
    for (line, offers) in roster.offered(graph) {
        if line.issue == issue {
            let offers = offers.into_iter().map(|offer| (line.actor, offer));
            spectrum.offers.extend(offers);
        }
    }
    let lines = roster.lines().filter(|line| line.issue == issue);
    let drawn = lines.filter(|line| place(graph, issue, line.standing.verdict).is_some());
    let left_out = counted.saturating_sub(drawn.count());
    if left_out > 0 && !spectrum.rules.is_empty() {
        spectrum.notes.insert(
            0,
            format!(
                "{} counted, {left_out} of them not shown here.",
                crate::words::counted(counted, "actor")
            ),
        );
    }
    let some_actors = !roster.selection.actors.is_empty()
        || graph.scope().chooses_actors()
        || roster.selection.focus.is_some();
    if some_actors && !spectrum.rules.is_empty() {
        let note = "The rules count only the actors asked for.".to_owned();
        spectrum.notes.insert(0, note);
    }
    spectrum
        .placed
        .sort_by(|a, b| a.at.total_cmp(&b.at).then(a.actor.cmp(&b.actor)));
    unknown(graph, lens, roster, &mut spectrum);
    let known = roster.extract.lines.known().iter();
    let known = known.filter(|line| line.issue == issue);
    for line in known.filter(|line| !roster.actors.contains(&line.actor)) {
        let words = match line.standing.verdict {
            Verdict::Stands(position) => words(position),
            verdict => verdict.word(),
        };
        *spectrum.not_shown.entry(words).or_default() += 1;
    }
    spectrum
}

/// Adds the actors concerned without a known position on the issue: those asked for and those with
/// statements on it by name, with some others; the rest are counted.
fn unknown(graph: &Graph, lens: Lens, roster: &Roster, spectrum: &mut Spectrum) {
    let is_wanted = is_wanted(graph, lens, &roster.selection);
    let issue = spectrum.issue;
    let speaks_of = graph.positions(lens, |actor, of| of == issue && is_wanted(actor, of));
    let asked_for = roster.selection.named_actors(graph);
    let concerned = roster.concerned(graph);
    // An actor of whom only salience is known has no line in the extract, but is listed all the
    // same.
    let speakers = graph.voices();
    let spoken_of = speaks_of.keys().map(|(actor, _)| *actor);
    let spoken_of = spoken_of.filter(|actor| !speakers.has_principals(*actor));
    let all = concerned.into_iter().chain(spoken_of);
    let all: BTreeSet<ActorId> = all
        .filter(|actor| is_wanted(*actor, issue) || asked_for.contains(actor))
        .collect();
    let mut unknown: Vec<(bool, Aside)> = Vec::new();
    for actor in all {
        let standing = speaks_of.get(&(actor, issue));
        if standing.is_some_and(|standing| standing.verdict != Verdict::Unknown) {
            continue;
        }
        let is_named = standing.is_some() || asked_for.contains(&actor);
        let aside = Aside {
            actor,
            sign: None,
            salience: standing.and_then(|standing| standing.salience),
        };
        unknown.push((!is_named, aside));
    }
    unknown.sort_by_key(|(other, aside)| (*other, aside.actor));
    let named = unknown.iter().filter(|(other, _)| !other).count();
    let named = named.max(MOST_UNKNOWN);
    spectrum.more_unknown = unknown.len().saturating_sub(named);
    let named = unknown.into_iter().take(named);
    spectrum.aside.extend(named.map(|(_, aside)| aside));
}

/// Names an actor with all that it says.
fn contested_words(graph: &Graph, aside: &Aside) -> String {
    let said = aside.sign.as_ref().map_or(String::new(), Sign::said);
    format!("{} ({said})", graph.name(Entity::Actor(aside.actor)))
}

/// Returns the place of a verdict on the axis, from 0 to 1, and its position.
fn place(graph: &Graph, issue: IssueId, verdict: Verdict) -> Option<(f64, Position)> {
    match verdict {
        // If the scale can't be read, its ends are unknown, and so is what a word means on it.
        Verdict::Stands(_) if graph[issue].lost_scale => None,
        Verdict::Stands(position) => graph
            .score(issue, position)
            .map(|score| ((score + 1.0) / 2.0, position)),
        Verdict::Unknown | Verdict::Contested => None,
    }
}

/// Explains the rules, and what their numbers mean where an issue has no scale of its own; empty if
/// no rule is shown.
pub fn about_rules(graph: &Graph, spectra: &[Spectrum]) -> Vec<String> {
    let ruled = || spectra.iter().filter(|spectrum| !spectrum.rules.is_empty());
    if ruled().next().is_none() {
        return Vec::new();
    }
    let mut notes = vec![
        "Rules: compromise is the mean of positions weighted by power and salience, median is weighted the same, the power mean by power alone; Condorcet is the position that no other beats in a weighted vote.".to_owned(),
    ];
    if ruled().any(|spectrum| graph[spectrum.issue].scale.is_none()) {
        notes.push("Where an issue has no scale of its own, rules give a number from −1 (against) to 1 (for).".to_owned());
    }
    notes
}

/// Joins names; where one has a comma, with semicolons.
pub(crate) fn in_a_row(names: &[String]) -> String {
    let has_comma = names.iter().any(|name| name.contains(", "));
    names.join(if has_comma { "; " } else { ", " })
}

impl Spectrum {
    /// Returns the actors on the axis, from 0 to 1; those at the same place by power, then by name.
    #[cfg(feature = "pictures")]
    fn by_power(&self, graph: &Graph) -> Vec<&Placed> {
        let mut placed: Vec<&Placed> = self.placed.iter().collect();
        let power = |placed: &Placed| placed.power.unwrap_or(-1.0);
        let name = |placed: &Placed| graph.name(Entity::Actor(placed.actor));
        placed.sort_by(|one, other| {
            let by_place = one.at.total_cmp(&other.at);
            by_place
                .then_with(|| power(other).total_cmp(&power(one)))
                .then_with(|| name(one).cmp(name(other)))
        });
        placed
    }

    /// Returns the number of actors whose position is unknown.
    pub fn unknown(&self) -> usize {
        let named = self.aside.iter().filter(|aside| aside.sign.is_none());
        named.count() + self.more_unknown
    }

    /// Returns the outcomes by the rules, from the low end of the axis on; rules with the same
    /// number share an entry.
    pub fn ruled(&self) -> Vec<(f64, String)> {
        let mut all: Vec<(f64, String, Vec<&str>)> = Vec::new();
        for rule in &self.rules {
            let number = short_number(rule.number);
            match all.iter_mut().find(|(_, known, _)| *known == number) {
                Some((.., names)) => names.push(rule.name),
                None => all.push((rule.at, number, vec![rule.name])),
            }
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.into_iter()
            .map(|(at, number, names)| {
                (
                    at,
                    format!("{} {}", names.join(", "), number.replace('-', "\u{2212}")),
                )
            })
            .collect()
    }

    /// Returns the offers that have a place on the axis, with that place, from 0 to 1.
    pub fn offers_placed(&self) -> impl Iterator<Item = (ActorId, &Offered, f64)> {
        let has_axis = !self.ticks.is_empty();
        let offers = self.offers.iter().filter(move |_| has_axis);
        offers.filter_map(|(actor, offer)| Some((*actor, offer, (offer.score? + 1.0) / 2.0)))
    }

    /// Returns the actors whose statements differ, with the places of all positions stated, the
    /// most in favour first; those that reach furthest to the low end come first. Skips actors with a
    /// position that has no place on the axis.
    pub fn contested(&self) -> Vec<(&Aside, &Sign, Vec<f64>)> {
        if self.ticks.is_empty() {
            return Vec::new();
        }
        let contested = self.aside.iter().filter_map(|aside| {
            let sign = aside
                .sign
                .as_ref()
                .filter(|sign| sign.verdict == Verdict::Contested)?;
            let place = |score: &Option<f64>| score.map(|score| (score + 1.0) / 2.0);
            let places: Option<Vec<f64>> = sign.scores.iter().map(place).collect();
            Some((aside, sign, places?))
        });
        let mut contested: Vec<(&Aside, &Sign, Vec<f64>)> = contested.collect();
        let low = |places: &[f64]| places.iter().copied().fold(1.0, f64::min);
        contested.sort_by(|one, other| low(&one.2).total_cmp(&low(&other.2)));
        contested
    }

    /// Returns the actors whose statements differ and can't all be drawn in their places, each with
    /// what it says.
    pub fn contested_beside(&self, graph: &Graph) -> Vec<String> {
        let drawn: Vec<ActorId> = self
            .contested()
            .iter()
            .map(|(aside, ..)| aside.actor)
            .collect();
        let is_contested = |aside: &&Aside| {
            let verdict = aside.sign.as_ref().map(|sign| sign.verdict);
            verdict == Some(Verdict::Contested) && !drawn.contains(&aside.actor)
        };
        self.aside
            .iter()
            .filter(is_contested)
            .map(|aside| contested_words(graph, aside))
            .collect()
    }

    /// Returns the actors beside the axis, grouped by kind of position; each name comes with what
    /// is said of it.
    pub fn beside(&self, graph: &Graph) -> Vec<(Beside, Vec<String>)> {
        let name = |aside: &Aside| graph.name(Entity::Actor(aside.actor)).to_owned();
        let is = |wanted: fn(&Verdict) -> bool| {
            self.aside.iter().filter(move |aside| {
                aside
                    .sign
                    .as_ref()
                    .is_some_and(|sign| wanted(&sign.verdict))
            })
        };
        let mixed: Vec<String> = is(|verdict| *verdict == Verdict::Stands(Position::Mixed))
            .map(name)
            .collect();
        // A number has no place if the issue has no scale, nor has a word if its levels can't be
        // read.
        let no_place = is(
            |verdict| matches!(verdict, Verdict::Stands(position) if *position != Position::Mixed),
        );
        let no_place = no_place.map(|aside| {
            format!(
                "{} ({})",
                name(aside),
                aside.sign.as_ref().map_or(String::new(), Sign::words)
            )
        });
        let contested =
            is(|verdict| *verdict == Verdict::Contested).map(|aside| contested_words(graph, aside));
        let mut unknown: Vec<String> = self
            .aside
            .iter()
            .filter(|aside| aside.sign.is_none())
            .map(|aside| match aside.salience {
                Some(salience) => format!("{} (salience {})", name(aside), short_number(salience)),
                None => name(aside),
            })
            .collect();
        if self.more_unknown > 0 {
            unknown.push(format!("{} more", self.more_unknown));
        }
        let offers = self
            .offers
            .iter()
            .map(|(actor, offer)| format!("{} {}", graph.name(Entity::Actor(*actor)), offer.words));
        let mut not_shown: Vec<(&String, &usize)> = self.not_shown.iter().collect();
        not_shown.sort_by_key(|(_, many)| std::cmp::Reverse(**many));
        let all = self.not_shown.values().sum();
        let not_shown = not_shown
            .into_iter()
            .map(|(words, many)| format!("{many} {words}"));
        let groups = [
            (Beside::Mixed, mixed),
            (Beside::Contested, contested.collect()),
            (Beside::WithoutPlace, no_place.collect()),
            (Beside::Unknown, unknown),
            (Beside::NotShown(all), not_shown.collect()),
            (Beside::Offers, offers.collect()),
        ];
        groups
            .into_iter()
            .filter(|(_, who)| !who.is_empty())
            .collect()
    }
}
