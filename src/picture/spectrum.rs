//! The spectrum: one issue as an axis, and who stands where along it. Mixed, contested and unknown have no place on an
//! axis: they are named beside it.

mod axis;
#[cfg(feature = "pictures")]
mod label;
#[cfg(feature = "pictures")]
mod marks;
#[cfg(feature = "pictures")]
mod panel;
#[cfg(feature = "pictures")]
mod scene;
mod text;

#[cfg(feature = "pictures")]
pub use scene::scene;
pub use text::text;

use std::collections::BTreeSet;

use crate::graph::{ActorId, Entity, Graph, IssueId, Lens, Verdict};
use crate::model::{ActorKind, Position};
use crate::picture::Refusal;
use crate::picture::scope::{Room, Scope};
use crate::picture::sign::{Sign, short_number};
use crate::picture::spectrum::axis::{points, rules, ticks};
use crate::query::{Selection, is_wanted, outlook};

/// So many actors of unknown position are named; of more, how many.
const MOST_UNKNOWN: usize = 12;

/// What is said where an issue has no question.
fn without_question(graph: &Graph, issue: IssueId) -> &'static str {
    if graph[issue].topic_only {
        "a topic without a question: nobody can be for or against it"
    } else {
        "how much: a place on its own scale"
    }
}

/// Why a position has no place on the axis of an issue.
fn without_place(graph: &Graph, issue: IssueId) -> &'static str {
    let issue = &graph[issue];
    match issue.levels {
        _ if issue.lost_scale => "place unknown, since the scale can't be read",
        None => "place unknown, since the levels can't be read",
        Some(_) => "a number without a scale",
    }
}

/// So many issues are stacked where none is asked for by name.
const STACKED: usize = 6;

/// How much is shown: as many actors and issues as are asked for, else all issues that are named, or a few.
pub fn room(selection: &Selection, top: Option<usize>) -> Room {
    Room {
        actors: top.unwrap_or(150),
        issues: top.unwrap_or(STACKED).max(selection.issues.len()),
    }
}

/// One issue, its axis, and who stands where along it. Places on the axis go from 0, where opponents stand, to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// The issue.
    pub issue: IssueId,
    /// The question that a supporter answers with yes.
    pub question: Option<String>,
    /// What places on the axis mean, from 0 to 1.
    pub ticks: Vec<Tick>,
    /// Who stands on it, from 0 to 1; actors at one place in the order of the graph.
    pub placed: Vec<Placed>,
    /// Who stands beside it.
    pub aside: Vec<Aside>,
    /// How many more actors there are of whom nothing is known.
    pub more_unknown: usize,
    /// The status quo, and the outcome where it was known.
    pub points: Vec<Point>,
    /// Where rules of forecasting would put the outcome.
    pub rules: Vec<Ruled>,
    /// What the rules take for granted, in sentences.
    pub notes: Vec<String>,
}

/// What a place on the axis means.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// 0 to 1.
    pub at: f64,
    /// In words.
    pub label: String,
}

/// An actor at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Who.
    pub actor: ActorId,
    /// 0 to 1.
    pub at: f64,
    /// What was said.
    pub position: Position,
    /// How much it matters to the actor, 0 to 1; none where unknown.
    pub salience: Option<f64>,
    /// The weight of the actor on this issue, else at large; none where unknown.
    pub power: Option<f64>,
}

/// An actor without a place on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// Who.
    pub actor: ActorId,
    /// Mixed or contested; none where nothing is known.
    pub sign: Option<Sign>,
    /// How much it matters to the actor, where that is known.
    pub salience: Option<f64>,
}

/// A place that is not an actor's.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// 0 to 1.
    pub at: f64,
    /// One letter for it.
    pub letter: char,
    /// What it is, with its number.
    pub label: String,
}

/// Where a rule of forecasting would put the outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruled {
    /// 0 to 1.
    pub at: f64,
    /// One letter for it.
    pub letter: char,
    /// Its name.
    pub name: &'static str,
    /// The same place as a number on the scale of the issue.
    pub number: f64,
}

/// The spectra of all issues of a scope.
///
/// # Errors
/// Where nobody is known to stand anywhere.
pub fn spectra(graph: &Graph, lens: Lens, scope: &Scope) -> Result<Vec<Spectrum>, Refusal> {
    let issues = scope.issues.iter();
    let spectra = issues.map(|issue| spectrum(graph, lens, scope, *issue));
    let spectra: Vec<Spectrum> = spectra.collect();
    if spectra.is_empty() {
        return Err(Refusal::NoPosition);
    }
    Ok(spectra)
}

/// The spectrum of one issue.
pub fn spectrum(graph: &Graph, lens: Lens, scope: &Scope, issue: IssueId) -> Spectrum {
    let written = graph.written_issue(graph[issue].place);
    let question = written.question.as_deref().map(str::to_owned);
    let mut spectrum = Spectrum {
        issue,
        question,
        ticks: ticks(graph, issue),
        placed: Vec::new(),
        aside: Vec::new(),
        more_unknown: 0,
        points: Vec::new(),
        rules: Vec::new(),
        notes: Vec::new(),
    };
    let lens = Lens {
        day: scope.extract.terms.day.unwrap_or(lens.day),
        ..lens
    };
    let outlook = outlook(graph, lens, issue);
    let counted = outlook.positions.len();
    spectrum.points = points(graph, issue, &outlook);
    (spectrum.rules, spectrum.notes) = rules(outlook);
    for line in scope.lines().filter(|line| line.issue == issue) {
        let Some(sign) = Sign::of(graph, issue, &line.standing) else {
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
    let left_out = counted.saturating_sub(spectrum.placed.len());
    if left_out > 0 && !spectrum.rules.is_empty() {
        spectrum.notes.insert(
            0,
            format!(
                "{} counted, {left_out} of them not shown here.",
                crate::words::counted(counted, "actor")
            ),
        );
    }
    spectrum
        .placed
        .sort_by(|a, b| a.at.total_cmp(&b.at).then(a.actor.cmp(&b.actor)));
    unknown(graph, lens, scope, &mut spectrum);
    spectrum
}

/// Who is asked for, speaks of the issue, or stands elsewhere, and is not known to stand on this one.
fn unknown(graph: &Graph, lens: Lens, scope: &Scope, spectrum: &mut Spectrum) {
    let is_wanted = is_wanted(graph, lens, &scope.selection);
    let speaks_of = graph.positions(lens, |actor, issue| {
        issue == spectrum.issue && is_wanted(actor, issue)
    });
    let is_shown = |actor: ActorId| {
        spectrum.placed.iter().any(|placed| placed.actor == actor)
            || spectrum.aside.iter().any(|aside| aside.actor == actor)
    };
    let mut unknown: Vec<(bool, Aside)> = Vec::new();
    // Who is only said to care is no part of a selection by lines, and is told of all the same.
    let spoken_of = speaks_of.keys().map(|(actor, _)| *actor);
    let all: BTreeSet<ActorId> = scope
        .extract
        .actors
        .iter()
        .copied()
        .chain(spoken_of)
        .collect();
    for actor in all.into_iter().filter(|actor| !is_shown(*actor)) {
        let standing = speaks_of.get(&(actor, spectrum.issue));
        if standing.is_some_and(|standing| standing.verdict != Verdict::Unknown) {
            // It is known, and there was no room for it.
            continue;
        }
        let named = standing.is_some() || scope.selection.actors.contains(&actor);
        // Those who speak for others, and of whom nothing is told, are as unknown as everybody else.
        if named || graph[actor].kind != Some(ActorKind::Person) {
            unknown.push((
                !named,
                Aside {
                    actor,
                    sign: None,
                    salience: standing.and_then(|standing| standing.salience),
                },
            ));
        }
    }
    unknown.sort_by_key(|(other, aside)| (*other, aside.actor));
    let named = unknown
        .iter()
        .filter(|(other, _)| !other)
        .count()
        .max(MOST_UNKNOWN);
    spectrum.more_unknown = unknown.len().saturating_sub(named);
    spectrum
        .aside
        .extend(unknown.into_iter().take(named).map(|(_, aside)| aside));
}

/// Where on the axis a verdict is, 0 to 1, and what it says.
fn place(graph: &Graph, issue: IssueId, verdict: Verdict) -> Option<(f64, Position)> {
    match verdict {
        // What a word means there is as unknown as its ends.
        Verdict::Stands(_) if graph[issue].lost_scale => None,
        Verdict::Stands(position) => graph
            .score(issue, position)
            .map(|score| ((score + 1.0) / 2.0, position)),
        Verdict::Unknown | Verdict::Contested => None,
    }
}

/// What the rules are, and what their numbers mean where an issue has no scale of its own; nothing where none is shown.
pub fn about_rules(graph: &Graph, spectra: &[Spectrum]) -> Vec<String> {
    let ruled = || spectra.iter().filter(|spectrum| !spectrum.rules.is_empty());
    if ruled().next().is_none() {
        return Vec::new();
    }
    let mut notes = vec![
        "Rules: compromise is the mean of positions weighed by power and salience, median is weighed alike, the power mean by power alone; Condorcet is what no other position beats in a weighed vote.".to_owned(),
    ];
    if ruled().any(|spectrum| graph[spectrum.issue].scale.is_none()) {
        notes.push("Where an issue has no scale of its own, rules tell a number from −1, against, to 1, for.".to_owned());
    }
    notes
}

impl Spectrum {
    /// Where rules would put the outcome: those of one number together, from the low end of the axis on.
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

    /// Those of whom statements differ, and all places that these give, the most in favour first; not those of which something
    /// has no place.
    pub fn contested(&self) -> impl Iterator<Item = (&Aside, &Sign, Vec<f64>)> {
        let has_axis = !self.ticks.is_empty();
        self.aside
            .iter()
            .filter(move |_| has_axis)
            .filter_map(|aside| {
                let sign = aside
                    .sign
                    .as_ref()
                    .filter(|sign| sign.verdict == Verdict::Contested)?;
                let places: Option<Vec<f64>> = sign
                    .scores
                    .iter()
                    .map(|score| score.map(|score| (score + 1.0) / 2.0))
                    .collect();
                Some((aside, sign, places?))
            })
    }

    /// Those beside the axis, in groups: what they are, and who, each with what is said of it.
    pub fn beside(&self, graph: &Graph) -> Vec<(&'static str, Vec<String>)> {
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
        // A number where the issue has no scale is no place either, nor a word where its levels can't be read.
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
        let contested = is(|verdict| *verdict == Verdict::Contested).map(|aside| {
            let said = aside.sign.as_ref().map_or(String::new(), Sign::words);
            format!(
                "{} ({})",
                name(aside),
                said.trim_start_matches("contested: ")
            )
        });
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
        let groups = [
            ("mixed", mixed),
            ("contested", contested.collect()),
            (without_place(graph, self.issue), no_place.collect()),
            ("unknown", unknown),
        ];
        groups
            .into_iter()
            .filter(|(_, who)| !who.is_empty())
            .collect()
    }
}
