//! The spectrum: one issue as an axis, and who stands where along it. Mixed, contested and unknown have no place on an
//! axis: they are named beside it.

mod scene;
mod text;

pub use scene::scene;
pub use text::text;

use crate::graph::{ActorId, Entity, Fate, Graph, IssueId, Lens, Standing, Verdict};
use crate::measure::forecast::{Rule, Stake, forecast};
use crate::model::{ActorKind, Position};
use crate::picture::scope::{Room, Scope};
use crate::picture::sign::{Sign, short_number};
use crate::query::{Selection, is_wanted};

/// So many actors of unknown position are named; of more, how many.
const MOST_UNKNOWN: usize = 12;

/// What is said where an issue has no question.
const TOPIC: &str = "a topic without a question: nobody can be for or against it";

/// So many issues are stacked where none is asked for by name.
const STACKED: usize = 6;

/// How much is shown: as many actors and issues as are asked for, else all issues that are named, or a few.
pub fn room(selection: &Selection, top: Option<usize>) -> Room {
    Room { actors: top.unwrap_or(150), issues: top.unwrap_or(STACKED).max(selection.issues.len()) }
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
    /// The status quo, the outcome, and where rules would put it.
    pub points: Vec<Point>,
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
    pub sign: Sign,
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

/// The spectrum of one issue.
pub fn spectrum(graph: &Graph, lens: Lens, scope: &Scope, issue: IssueId) -> Spectrum {
    let written = graph.written_issue(graph.issues[issue.index()].place);
    let question = written.question.as_deref().map(str::to_owned);
    let mut spectrum = Spectrum {
        issue,
        question,
        ticks: ticks(graph, issue),
        placed: Vec::new(),
        aside: Vec::new(),
        more_unknown: 0,
        points: points(graph, issue),
    };
    for line in scope.lines().filter(|line| line.issue == issue) {
        let Some(sign) = Sign::of(graph, issue, &line.standing) else { continue };
        let (actor, salience) = (line.actor, line.standing.salience);
        match place(graph, issue, line.standing.verdict) {
            Some(at) => spectrum.placed.push(Placed { actor, at, sign, salience, power: power(graph, actor, &line.standing) }),
            None => spectrum.aside.push(Aside { actor, sign: Some(sign), salience }),
        }
    }
    spectrum.points.extend(forecasts(graph, scope, issue));
    spectrum.placed.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.actor.cmp(&b.actor)));
    unknown(graph, Lens { day: scope.extract.day.unwrap_or(lens.day), ..lens }, scope, &mut spectrum);
    spectrum
}

/// Who is asked for, speaks of the issue, or stands elsewhere, and is not known to stand on this one.
fn unknown(graph: &Graph, lens: Lens, scope: &Scope, spectrum: &mut Spectrum) {
    let is_wanted = is_wanted(graph, lens, &scope.selection);
    let speaks_of = graph.positions(lens, |actor, issue| issue == spectrum.issue && is_wanted(actor, issue));
    let is_shown = |actor: ActorId| {
        spectrum.placed.iter().any(|placed| placed.actor == actor) || spectrum.aside.iter().any(|aside| aside.actor == actor)
    };
    let mut unknown: Vec<(bool, Aside)> = Vec::new();
    for actor in scope.extract.actors.iter().copied().filter(|actor| !is_shown(*actor)) {
        let standing = speaks_of.get(&(actor, spectrum.issue)).filter(|standing| standing.verdict == Verdict::Unknown);
        let named = standing.is_some() || scope.selection.actors.contains(&actor);
        // Those who speak for others, and of whom nothing is told, are as unknown as everybody else.
        if named || graph.actors[actor.index()].kind != ActorKind::Person {
            unknown.push((!named, Aside { actor, sign: None, salience: standing.and_then(|standing| standing.salience) }));
        }
    }
    unknown.sort_by_key(|(other, aside)| (*other, aside.actor));
    let named = unknown.iter().filter(|(other, _)| !other).count().max(MOST_UNKNOWN);
    spectrum.more_unknown = unknown.len().saturating_sub(named);
    spectrum.aside.extend(unknown.into_iter().take(named).map(|(_, aside)| aside));
}

/// Where on the axis a verdict is, 0 to 1.
fn place(graph: &Graph, issue: IssueId, verdict: Verdict) -> Option<f64> {
    match verdict {
        Verdict::Stands(position) => graph.score(issue, position).map(|score| (score + 1.0) / 2.0),
        Verdict::Unknown | Verdict::Contested => None,
    }
}

/// A stance's own power overrides its actor's.
fn power(graph: &Graph, actor: ActorId, standing: &Standing) -> Option<f64> {
    let told = standing.footings.iter().filter(|footing| matches!(footing.fate, Fate::InForce | Fate::SalienceOnly));
    let own = told.filter(|footing| footing.through == actor).find_map(|footing| graph.stances[footing.stance.index()].power());
    own.or(graph.actors[actor.index()].power)
}

fn ticks(graph: &Graph, issue: IssueId) -> Vec<Tick> {
    let tick = |at: f64, label: &str| Tick { at, label: label.to_owned() };
    let Some((from, to)) = graph.issues[issue.index()].scale else {
        return match graph.issues[issue.index()].levels {
            2 => vec![tick(0.0, "opposes"), tick(1.0, "supports")],
            3 => vec![tick(0.0, "opposes"), tick(0.5, "neutral"), tick(1.0, "supports")],
            _ => vec![
                tick(0.0, "strongly opposes"),
                tick(0.25, "opposes"),
                tick(0.5, "neutral"),
                tick(0.75, "supports"),
                tick(1.0, "strongly supports"),
            ],
        };
    };
    let written = graph.written_issue(graph.issues[issue.index()].place);
    let mut marks: Vec<(f64, String)> = written
        .scale
        .map(|scale| scale.marks.0.iter().map(|(at, meaning)| (*at, format!("{}: {meaning}", short_number(*at)))).collect())
        .unwrap_or_default();
    for end in [from, to] {
        if !marks.iter().any(|(at, _)| *at == end) {
            marks.push((end, short_number(end)));
        }
    }
    let mut ticks: Vec<Tick> = marks.into_iter().map(|(at, label)| Tick { at: along(from, to, at), label }).collect();
    ticks.sort_by(|a, b| a.at.total_cmp(&b.at));
    ticks
}

fn points(graph: &Graph, issue: IssueId) -> Vec<Point> {
    let Some((from, to)) = graph.issues[issue.index()].scale else { return Vec::new() };
    let written = graph.written_issue(graph.issues[issue.index()].place);
    let decided = written.decided.map_or(String::new(), |date| format!(", decided {date}"));
    let point = |number: f64, letter: char, label: String| Point { at: along(from, to, number), letter, label };
    let status_quo = written.status_quo.map(|number| point(number, 'Q', format!("status quo {}", short_number(number))));
    let outcome = written.outcome.map(|number| point(number, 'O', format!("outcome {}{decided}", short_number(number))));
    status_quo.into_iter().chain(outcome).collect()
}

/// Where rules would put the outcome, of those who stand on the axis; what is unknown counts as 1, and that is said.
fn forecasts(graph: &Graph, scope: &Scope, issue: IssueId) -> Vec<Point> {
    let Some((from, to)) = graph.issues[issue.index()].scale else { return Vec::new() };
    let mut assumed = false;
    let stakes: Vec<Stake> = scope
        .lines()
        .filter(|line| line.issue == issue)
        .filter_map(|line| {
            let at = place(graph, issue, line.standing.verdict)?;
            let (salience, power) = (line.standing.salience, power(graph, line.actor, &line.standing));
            assumed |= salience.is_none() || power.is_none();
            Some(Stake { position: from + at * (to - from), salience: salience.unwrap_or(1.0), power: power.unwrap_or(1.0) })
        })
        .collect();
    // Of a single position there is nothing to forecast.
    if stakes.len() < 2 {
        return Vec::new();
    }
    let given = if assumed { ", what is unknown taken as 1" } else { "" };
    let rules = [(Rule::Compromise, 'C', "compromise"), (Rule::Median, 'M', "weighted median")];
    rules
        .into_iter()
        .filter_map(|(rule, letter, name)| {
            let number = forecast(rule, &stakes)?;
            Some(Point { at: along(from, to, number), letter, label: format!("{name} {}{given}", short_number(number)) })
        })
        .collect()
}

/// A number of a scale as a part of it, 0 to 1.
fn along(from: f64, to: f64, number: f64) -> f64 {
    ((number - from) / (to - from)).clamp(0.0, 1.0)
}

impl Spectrum {
    /// Those beside the axis, in groups: what they are, and who, each with what is said of it.
    pub fn beside(&self, graph: &Graph) -> Vec<(&'static str, Vec<String>)> {
        let name = |aside: &Aside| graph.name(Entity::Actor(aside.actor)).to_owned();
        let is = |wanted: fn(&Verdict) -> bool| {
            self.aside.iter().filter(move |aside| aside.sign.as_ref().is_some_and(|sign| wanted(&sign.verdict)))
        };
        let mixed: Vec<String> = is(|verdict| *verdict == Verdict::Stands(Position::Mixed)).map(name).collect();
        // A number where the issue has no scale is no place either.
        let no_place = is(|verdict| matches!(verdict, Verdict::Stands(Position::At(_))));
        let no_place =
            no_place.map(|aside| format!("{} ({})", name(aside), aside.sign.as_ref().map_or(String::new(), Sign::words)));
        let contested = is(|verdict| *verdict == Verdict::Contested).map(|aside| {
            let said = aside.sign.as_ref().map_or(String::new(), Sign::words);
            format!("{} ({})", name(aside), said.trim_start_matches("contested: "))
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
            ("a number without a scale", no_place.collect()),
            ("unknown", unknown),
        ];
        groups.into_iter().filter(|(_, who)| !who.is_empty()).collect()
    }
}
