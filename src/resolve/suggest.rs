//! Suggests what an unknown reference may mean: a record that has it as its name, or a similar id
//! or name.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use crate::diagnostic::Diagnostic;
use crate::graph::names::{self, NameError};
use crate::graph::{ActorId, Entity, FactId, Graph, IssueId, MeetingId, SourceId};
use crate::text::{Place, Span};
use crate::words::{either, equally_near, folded, is_slip, listed};

/// An unknown reference, which has already been reported.
#[derive(Debug)]
pub(crate) struct Unknown {
    /// The index of its finding.
    pub(crate) diagnostic: usize,
    /// The name as written, and its location.
    pub(crate) name: Box<str>,
    pub(crate) place: Place,
    /// The kind of record expected there: `actor`, `source` …
    pub(crate) noun: &'static str,
    pub(crate) fits: fn(Entity) -> bool,
}

/// Advice on an unknown reference.
#[derive(Clone, Debug)]
struct Advice {
    help: Vec<String>,
    /// The ids that may be meant, and whether the only one is certainly meant.
    ids: Vec<String>,
    sure: bool,
}

/// The maximum number of comparisons of one name with another in search of similar ones, and of
/// unknown ids for which they are made.
const WORTH_COMPARING: usize = 2_000_000;
const MOST_SOUGHT: usize = 100;
/// The help for the first unknown id for which none are made.
const NOT_SOUGHT: &str =
    "similar ids are not looked up for this and the following unknown ids: there are too many";
/// The effort spent so far in search of similar names.
#[derive(Default)]
struct Effort {
    sought: usize,
    compared: usize,
    /// Whether it was reported that the limit is reached.
    is_reported: bool,
}

impl Effort {
    /// Returns whether one more unknown id is compared with `names` names, and counts these.
    fn goes_on(&mut self, names: usize) -> bool {
        let goes_on = self.sought < MOST_SOUGHT && self.compared <= WORTH_COMPARING;
        self.sought += 1;
        self.compared += names;
        goes_on
    }
}

/// The maximum number of ids listed.
const FEW: usize = 8;

/// Adds to each finding what may be meant, and a fix where there is one.
pub(crate) fn advise(graph: &Graph, unknown: &[Unknown], diagnostics: &mut [Diagnostic]) {
    if unknown.is_empty() {
        return;
    }
    let names = Names::of(graph);
    let mut fitting: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut advice: HashMap<(&str, &str), Advice> = HashMap::new();
    let mut effort = Effort::default();
    for reference in unknown {
        let ids = fitting
            .entry(reference.noun)
            .or_insert_with(|| names.fitting(reference));
        let known = advice.entry((reference.noun, &reference.name));
        let advice = known
            .or_insert_with(|| names.advice(graph, reference, ids, &mut effort))
            .clone();
        if let Some(diagnostic) = diagnostics.get_mut(reference.diagnostic) {
            diagnostic.help.extend(advice.help);
            for id in &advice.ids {
                let (place, quoted) = (reference.place, format!("\"{id}\""));
                *diagnostic = match advice.sure {
                    true => diagnostic.clone().fix(place, quoted),
                    false => diagnostic.clone().propose(place, quoted),
                };
            }
        }
    }
}

/// Removes the findings that follow from records without an id, since an unknown id may be that of
/// such a record. If only one record of a section lacks its id and only one unknown name may be
/// meant, suggests the name there.
pub(crate) fn without_followups(
    keyless: &[(&str, Place)],
    unknown: &[Unknown],
    diagnostics: &mut Vec<Diagnostic>,
) {
    if keyless.is_empty() {
        return;
    }
    let may_be = |section: &str, reference: &Unknown| {
        let entity = match section {
            "sources" => Entity::Source(SourceId(0)),
            "actors" => Entity::Actor(ActorId(0)),
            "issues" => Entity::Issue(IssueId(0)),
            "meetings" => Entity::Meeting(MeetingId(0)),
            _ => Entity::Fact(FactId(0)),
        };
        (reference.fits)(entity)
    };
    let mut sections: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for (section, place) in keyless {
        sections.entry(section).or_default().push(*place);
    }
    for (section, places) in &sections {
        let [place] = places[..] else { continue };
        let names: BTreeSet<&str> = unknown
            .iter()
            .filter(|reference| may_be(section, reference))
            .map(|reference| &*reference.name)
            .collect();
        let missing = diagnostics.iter_mut().find(|found| {
            let at = found.place();
            at.file == place.file && at.span.start == place.span.start && found.code == "syntax"
        });
        if let ([name], Some(missing)) = (&*names.into_iter().collect::<Vec<_>>(), missing) {
            let begin = Place {
                span: Span::new(place.span.start as usize, place.span.start as usize),
                ..place
            };
            missing.help = vec![format!(
                "is it `{name}`, which is referred to but not declared?"
            )];
            *missing = missing.clone().fix(begin, format!("\"{name}\": "));
        }
    }
    let mut followups: Vec<usize> = unknown
        .iter()
        .filter(|reference| sections.keys().any(|section| may_be(section, reference)))
        .map(|reference| reference.diagnostic)
        .collect();
    followups.sort_unstable();
    let mut nth = 0;
    diagnostics.retain(|_| {
        nth += 1;
        followups.binary_search(&(nth - 1)).is_err()
    });
}

/// The names and ids of all records.
struct Names<'g> {
    /// The records with each name, folded.
    bearers: HashMap<String, BTreeSet<Entity>>,
    names: BTreeSet<(&'g str, Entity)>,
    ids: BTreeMap<&'g str, Entity>,
}

impl<'g> Names<'g> {
    fn of(graph: &'g Graph) -> Names<'g> {
        let ids: BTreeMap<&str, Entity> = graph
            .entities()
            .map(|entity| (graph.id(entity), entity))
            .collect();
        let mut names: BTreeSet<(&str, Entity)> = ids
            .values()
            .map(|entity| (graph.name(*entity), *entity))
            .collect();
        for entity in ids.values() {
            let aliases: &[Box<str>] = match entity {
                Entity::Actor(id) => &graph[*id].aliases,
                Entity::Issue(id) => &graph[*id].aliases,
                Entity::Source(_) | Entity::Meeting(_) | Entity::Fact(_) => &[],
            };
            names.extend(aliases.iter().map(|alias| (&**alias, *entity)));
        }
        let mut bearers: HashMap<String, BTreeSet<Entity>> = HashMap::new();
        for (name, entity) in &names {
            bearers.entry(folded(name)).or_default().insert(*entity);
        }
        Names {
            bearers,
            names,
            ids,
        }
    }

    /// Returns the ids that fit this reference, sorted.
    fn fitting(&self, reference: &Unknown) -> Vec<&'g str> {
        let fits = |(_, entity): &(&&str, &Entity)| (reference.fits)(**entity);
        self.ids.iter().filter(fits).map(|(id, _)| *id).collect()
    }

    /// Returns advice on a reference, given the ids that fit it.
    fn advice(
        &self,
        graph: &Graph,
        reference: &Unknown,
        ids: &[&str],
        effort: &mut Effort,
    ) -> Advice {
        if let Some(advice) = self.by_whole_name(graph, reference) {
            return advice;
        }
        let are_sought = effort.goes_on(ids.len() + self.names.len());
        let near = || {
            by_folded_id(reference, ids)
                .or_else(|| by_name(graph, reference, ids))
                .or_else(|| by_near_id(reference, ids))
                .or_else(|| self.by_near_name(graph, reference))
        };
        let found = are_sought.then(near).flatten();
        if let Some(advice) = found.or_else(|| by_beginning(reference, ids)) {
            return advice;
        }
        let mut advice = Advice::only(declare(reference.noun));
        if (1..=FEW).contains(&ids.len()) {
            let known = listed(ids.iter());
            advice.help.push(format!("known here: {known}"));
        }
        if !are_sought && !std::mem::replace(&mut effort.is_reported, true) {
            advice.help.push(NOT_SOUGHT.to_owned());
        }
        advice
    }

    /// Finds the records with this name, where an id belongs.
    fn by_whole_name(&self, graph: &Graph, reference: &Unknown) -> Option<Advice> {
        let name = &*reference.name;
        let bearers = self.bearers.get(&folded(name))?;
        let fitting = bearers.iter().filter(|entity| (reference.fits)(**entity));
        let fitting: Vec<&str> = fitting.map(|entity| graph.id(*entity)).collect();
        match fitting.as_slice() {
            [id] => {
                let help = format!("references are ids: the id of `{name}` is `{id}`");
                Some(Advice::new(help, &[id], true))
            }
            [] => {
                let other = bearers.first()?;
                let (noun, id) = (other.noun(), graph.id(*other));
                Some(Advice::only(format!(
                    "`{name}` is the name of {noun}, `{id}`; what belongs here is the id of {}",
                    with_article(reference.noun)
                )))
            }
            several => {
                let ids = listed(several.iter());
                let help = format!("references are ids: `{name}` is the name of {ids}");
                Some(Advice::new(help, several, false))
            }
        }
    }

    /// Finds the records with the nearest name.
    fn by_near_name(&self, graph: &Graph, reference: &Unknown) -> Option<Advice> {
        let names = self.names.iter();
        let names = names.filter(|(_, entity)| (reference.fits)(*entity));
        let near = equally_near(&reference.name, names.clone().map(|(name, _)| *name));
        let ids: BTreeSet<&str> = names
            .filter(|(name, _)| near.contains(name))
            .map(|(_, entity)| graph.id(*entity))
            .collect();
        let ids: Vec<&str> = ids.into_iter().collect();
        let asked = || format!("did you mean {}?", either(near.iter()));
        match ids[..] {
            [] => None,
            [id] => {
                let sure = near.iter().all(|near| is_slip(&reference.name, near));
                let help = format!("{} references are ids: its id is `{id}`", asked());
                Some(Advice::new(help, &ids, sure))
            }
            _ => (ids.len() <= FEW).then(|| {
                let listed = listed(ids.iter());
                let help = format!("{} references are ids: theirs are {listed}", asked());
                Advice::new(help, &ids, false)
            }),
        }
    }
}

impl Advice {
    /// A proposal of ids: `sure` if the one there is can only be what was meant.
    fn new(help: String, ids: &[&str], sure: bool) -> Advice {
        Advice {
            help: vec![help],
            ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            sure: sure && ids.len() == 1,
        }
    }

    /// Help without a proposal.
    fn only(help: String) -> Advice {
        Advice::new(help, &[], false)
    }
}

/// Finds the id that differs only in how it is written.
fn by_folded_id(reference: &Unknown, ids: &[&str]) -> Option<Advice> {
    let name = folded(&reference.name);
    let mut same = ids.iter().filter(|id| folded(id) == name);
    match (same.next(), same.next()) {
        (Some(id), None) => Some(Advice::new(format!("did you mean `{id}`?"), &[id], true)),
        _ => None,
    }
}

/// Finds the nearest ids; of these, the ones that begin with what is written.
fn by_near_id(reference: &Unknown, ids: &[&str]) -> Option<Advice> {
    let name = &*reference.name;
    let mut near = equally_near(name, ids.iter().copied());
    if near.iter().any(|id| id.starts_with(name)) {
        near.retain(|id| id.starts_with(name));
    }
    (1..=FEW).contains(&near.len()).then(|| {
        let sure = near.iter().all(|id| is_slip(name, id));
        let help = format!("did you mean {}?", either(near.iter()));
        Advice::new(help, &near, sure)
    })
}

/// Finds the ids that begin with what is written.
fn by_beginning(reference: &Unknown, ids: &[&str]) -> Option<Advice> {
    let name = &*reference.name;
    let begin = ids[ids.partition_point(|id| *id < name)..].iter().copied();
    let begin = begin.take_while(|id| name.len() > 1 && id.starts_with(name));
    let begin: Vec<&str> = begin.take(FEW + 1).collect();
    match begin[..] {
        [] => None,
        [id] => Some(Advice::new(format!("did you mean `{id}`?"), &[id], false)),
        _ => (begin.len() <= FEW).then(|| {
            let help = format!("ids that begin like this are {}", listed(begin.iter()));
            Advice::new(help, &begin, false)
        }),
    }
}

/// Finds records as questions do: by a word of a name, or with letters written out (ö as oe).
fn by_name(graph: &Graph, reference: &Unknown, ids: &[&str]) -> Option<Advice> {
    let all: Vec<Entity> = ids.iter().filter_map(|id| graph.entity(id)).collect();
    let found = match names::called(graph, &all, &reference.name) {
        Ok(named) => vec![named.entity()],
        Err(NameError::Ambiguous(several)) => several,
        Err(NameError::Unknown(_)) => Vec::new(),
    };
    if found.is_empty() || found.len() > FEW {
        return None;
    }
    let ids: Vec<&str> = found.iter().map(|entity| graph.id(*entity)).collect();
    let called: Vec<&str> = found.iter().map(|entity| graph.name(*entity)).collect();
    let (asked, listed) = (either(called), either(ids.iter()));
    let help = format!("did you mean {asked}? references are ids: {listed}");
    Some(Advice::new(help, &ids, false))
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'i']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

fn declare(noun: &str) -> String {
    match noun {
        "source" | "actor" | "issue" | "meeting" => {
            format!("declare it in `{noun}s`, or correct the id")
        }
        _ => "declare it in the section of its kind, or correct the id".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_unknown_ids_near_ones_are_sought_for_some_and_that_is_said() {
        let stance =
            |nth: usize| format!("(actor: \"nrth-{nth}\", issue: \"i\", position: Opposes), ");
        let actor = |nth: usize| format!("\"north-{nth}\": (name: \"Land {nth}\", kind: State), ");
        let text = format!(
            "Graph(actors: {{ {} }}, issues: {{ \"i\": (name: \"Pact\", question: \"?\") }}, stances: [{}])",
            (0..MOST_SOUGHT + 5).map(actor).collect::<String>(),
            (0..MOST_SOUGHT + 5).map(stance).collect::<String>()
        );
        let (_, found) = crate::resolve::read("a.ron", &text);
        let unknown = || found.iter().filter(|finding| finding.code == "unknown-id");
        assert_eq!(unknown().count(), MOST_SOUGHT + 5);
        let sought = unknown().filter(|finding| finding.help[0].starts_with("did you mean"));
        assert_eq!(sought.count(), MOST_SOUGHT);
        let said = unknown().filter(|finding| finding.help.iter().any(|help| help == NOT_SOUGHT));
        assert_eq!(said.count(), 1);
    }
}
