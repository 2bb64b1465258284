//! Finds the record a person means by a name: an id, a name, an alias, or words of one. Case and
//! accents are ignored, and letters may be written out, as in `oe` for `ö`.

use crate::error::Error;
use crate::graph::{ActorId, Entity, Graph, IssueId, SourceId};
use crate::words;

/// The kind of record that a name is to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any record with an id.
    Any,
    /// An actor.
    Actor,
    /// An issue.
    Issue,
    /// A source.
    Source,
}

/// The record that a name means, and how it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// By its id, its name or an alias.
    Exactly(Entity),
    /// By one or several words of a name that no other record has.
    ByWord(Entity),
}

/// The reason why a name means no single record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameError {
    /// No record has this name. Holds the records with similar names, nearest first.
    Unknown(Vec<Entity>),
    /// Several records have this name.
    Ambiguous(Vec<Entity>),
}

impl Named {
    /// Returns the record.
    pub fn entity(self) -> Entity {
        match self {
            Named::Exactly(entity) | Named::ByWord(entity) => entity,
        }
    }
}

impl Kind {
    fn has(self, entity: Entity) -> bool {
        match self {
            Kind::Any => true,
            Kind::Actor => matches!(entity, Entity::Actor(_)),
            Kind::Issue => matches!(entity, Entity::Issue(_)),
            Kind::Source => matches!(entity, Entity::Source(_)),
        }
    }

    /// Returns the kind in words: `actor`, `issue` …
    pub fn noun(self) -> &'static str {
        match self {
            Kind::Any => "record",
            Kind::Actor => "actor",
            Kind::Issue => "issue",
            Kind::Source => "source",
        }
    }
}

impl Graph {
    /// Finds an actor by its id, its name, an alias, or words of one that no other actor has.
    ///
    /// # Errors
    /// [`Error::UnknownName`] or [`Error::AmbiguousName`].
    pub fn actor(&self, name: &str) -> Result<ActorId, Error> {
        self.one(Kind::Actor, name, Entity::actor)
    }

    /// Finds an issue by its id, its name, an alias, or words of one that no other issue has.
    ///
    /// # Errors
    /// [`Error::UnknownName`] or [`Error::AmbiguousName`].
    pub fn issue(&self, name: &str) -> Result<IssueId, Error> {
        self.one(Kind::Issue, name, Entity::issue)
    }

    /// Finds a source by its id, its title, or words of it that no other source has.
    ///
    /// # Errors
    /// [`Error::UnknownName`] or [`Error::AmbiguousName`].
    pub fn source(&self, name: &str) -> Result<SourceId, Error> {
        self.one(Kind::Source, name, Entity::source)
    }

    /// Finds a record of any kind by its id, its name or title, an alias, or words of one that no
    /// other record has.
    ///
    /// # Errors
    /// [`Error::UnknownName`] or [`Error::AmbiguousName`].
    pub fn record(&self, name: &str) -> Result<Entity, Error> {
        self.one(Kind::Any, name, Some)
    }

    fn one<T>(&self, kind: Kind, name: &str, id: impl Fn(Entity) -> Option<T>) -> Result<T, Error> {
        let ids = |found: &[Entity]| found.iter().map(|one| self.id(*one).to_owned()).collect();
        let unknown = |near: &[Entity]| Error::UnknownName {
            kind: kind.noun(),
            name: name.to_owned(),
            near: ids(near),
        };
        match lookup(self, kind, name) {
            Ok(named) => id(named.entity()).ok_or_else(|| unknown(&[])),
            Err(NameError::Unknown(near)) => Err(unknown(&near)),
            Err(NameError::Ambiguous(several)) => Err(Error::AmbiguousName {
                name: name.to_owned(),
                ids: ids(&several),
            }),
        }
    }

    /// Iterates over the name of a record and its aliases.
    pub(crate) fn names(&self, entity: Entity) -> impl Iterator<Item = &str> {
        let aliases: &[Box<str>] = match entity {
            Entity::Actor(id) => &self[id].aliases,
            Entity::Issue(id) => &self[id].aliases,
            _ => &[],
        };
        std::iter::once(self.name(entity)).chain(aliases.iter().map(AsRef::as_ref))
    }
}

/// Finds the record that a name means.
///
/// # Errors
/// If no record or several records have this name.
pub fn lookup(graph: &Graph, kind: Kind, name: &str) -> Result<Named, NameError> {
    if let Some(entity) = graph.entity(name).filter(|entity| kind.has(*entity)) {
        return Ok(Named::Exactly(entity));
    }
    let all: Vec<Entity> = graph
        .entities()
        .filter(|entity| kind.has(*entity))
        .collect();
    let found = called(graph, &all, name);
    if !matches!(found, Err(NameError::Unknown(_))) {
        return found;
    }
    // `the US` may be called `US`.
    let bare = without_article(name).map(|bare| called(graph, &all, bare));
    match bare {
        Some(Ok(named)) => Ok(named),
        _ => Err(NameError::Unknown(nearest(
            graph,
            &all,
            &words::folded(name),
        ))),
    }
}

/// Returns a name without `the` before it, or `None` if there is none.
fn without_article(name: &str) -> Option<&str> {
    let (first, rest) = name.trim().split_once(' ')?;
    first.eq_ignore_ascii_case("the").then(|| rest.trim())
}

/// Finds the record among these that a name means, without a search for similar names.
pub(crate) fn called(graph: &Graph, all: &[Entity], name: &str) -> Result<Named, NameError> {
    let found = by_key(graph, all, name, words::folded);
    if !matches!(found, Err(NameError::Unknown(_))) {
        return found;
    }
    // Letters may be written out on either side: ö as oe.
    match by_key(graph, all, name, words::written_out) {
        Err(NameError::Unknown(_)) => found,
        other => other,
    }
}

/// Finds the record that a name means if names are compared by a key.
fn by_key(
    graph: &Graph,
    all: &[Entity],
    name: &str,
    key: fn(&str) -> String,
) -> Result<Named, NameError> {
    let wanted = key(name);
    let called = |entity: &Entity| {
        key(graph.id(*entity)) == wanted || graph.names(*entity).any(|name| key(name) == wanted)
    };
    let exact: Vec<Entity> = all.iter().copied().filter(called).collect();
    match exact[..] {
        [entity] => return Ok(Named::Exactly(entity)),
        [_, ..] => return Err(NameError::Ambiguous(exact)),
        [] => {}
    }
    let words = words(&wanted);
    let by_word: Vec<Entity> = all
        .iter()
        .copied()
        .filter(|entity| !words.is_empty() && has_words(graph, *entity, &words, key))
        .collect();
    match by_word[..] {
        [entity] => Ok(Named::ByWord(entity)),
        [] => Err(NameError::Unknown(Vec::new())),
        _ => Err(NameError::Ambiguous(by_word)),
    }
}

fn words(folded: &str) -> Vec<String> {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn has_words(graph: &Graph, entity: Entity, wanted: &[String], key: fn(&str) -> String) -> bool {
    let has = |name: &str| {
        let words = words(&key(name));
        wanted.iter().all(|word| words.contains(word))
    };
    has(graph.id(entity)) || graph.names(entity).any(has)
}

/// Finds up to five records with similar names, nearest first.
fn nearest(graph: &Graph, all: &[Entity], wanted: &str) -> Vec<Entity> {
    let typed = words(wanted);
    let mut near: Vec<(Near, Entity)> = all
        .iter()
        .filter_map(|entity| {
            let names = graph.names(*entity).chain([graph.id(*entity)]);
            let names = names.map(words::folded);
            let near = names.filter_map(|name| Near::of(wanted, &typed, &name));
            Some((near.min()?, *entity))
        })
        .collect();
    near.sort();
    near.into_iter().take(5).map(|(_, entity)| entity).collect()
}

/// How a name is like what was typed; the most likely first. What is typed in part comes before
/// other words that only have some of its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    /// It differs in one slip.
    Slip,
    /// It begins with what was typed.
    Begins,
    /// Its words begin with the words typed.
    WordsBegin,
    /// One of its words differs in one slip.
    WordSlip,
    /// It differs in so many slips.
    Slips(usize),
    /// One of its words differs in so many slips.
    WordSlips(usize),
    /// What was typed is within one of its words.
    Within,
}

impl Near {
    /// Compares a name with what was typed and the words of that, all folded.
    fn of(wanted: &str, typed: &[String], name: &str) -> Option<Near> {
        let has_letters = |least: usize| wanted.chars().nth(least - 1).is_some();
        let slips = |name: &str| {
            let distance = strsim::damerau_levenshtein(name, wanted);
            (distance <= words::slips(wanted)).then_some(distance)
        };
        let whole = slips(name);
        if whole.is_some_and(|distance| distance < 2) {
            return Some(Near::Slip);
        }
        if has_letters(2) && name.starts_with(wanted) {
            return Some(Near::Begins);
        }
        let own = words(name);
        let begins = |typed: &String| own.iter().any(|word| word.starts_with(typed.as_str()));
        if has_letters(2) && !typed.is_empty() && typed.iter().all(begins) {
            return Some(Near::WordsBegin);
        }
        // Of the short words of a sentence, some is always near.
        let long = own.iter().filter(|word| word.chars().nth(3).is_some());
        let by_word = long.filter_map(|word| slips(word)).min();
        match (whole, by_word) {
            (_, Some(..2)) => Some(Near::WordSlip),
            (Some(distance), _) => Some(Near::Slips(distance)),
            (None, Some(distance)) => Some(Near::WordSlips(distance)),
            (None, None) => (has_letters(3) && name.contains(wanted)).then_some(Near::Within),
        }
    }
}
