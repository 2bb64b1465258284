//! Mentions of actors in a sentence: by name, alias, part of a person's name, adjective of a
//! country, capital, or office. Pronouns are not resolved.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::lists::{self, Country};
use super::text::{Article, Sentence, Word, words};
use crate::graph::{ActorId, Entity, Graph};
use crate::model::ActorKind;
use crate::words;

/// An actor named in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Who {
    /// An actor of the graph.
    Known(ActorId),
    /// An actor that the graph doesn't know: its name and kind.
    New(String, NewKind),
}

/// The kind of an actor that the graph doesn't know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum NewKind {
    /// A country.
    State,
    /// A person.
    Person,
}

/// The form of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    Name,
    /// One word of a person's name.
    PartOfName,
    /// `Chinese`: the country that somebody or something is from.
    Adjective,
    /// A capital: a government, or a place.
    Capital,
}

/// A mention of an actor in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The indices of its words in the sentence.
    pub(super) words: Range<usize>,
    pub(super) who: Who,
    /// Whether it only says where something is or goes to.
    pub(super) is_place: bool,
    /// Whether it only describes what comes after it: `Chinese`.
    pub(super) is_adjective: bool,
    /// Whether it owns what comes after it: `China's`.
    pub(super) is_possessive: bool,
}

#[derive(Clone, Debug)]
struct Phrase {
    words: Vec<String>,
    /// The exact spelling, if only that counts: `US` is not `us`.
    exact: Option<String>,
    who: Who,
    form: Form,
}

/// The actors that a graph knows, by what they can be called.
pub(super) struct Names<'g> {
    pub(super) graph: &'g Graph,
    phrases: HashMap<String, Vec<Phrase>>,
    pub(super) roles: Vec<Vec<String>>,
    /// Each person's office, as stems, and the actors that the person speaks for.
    pub(super) offices: Vec<(ActorId, Vec<String>, Vec<ActorId>)>,
}

/// Splits a name into words for comparison.
pub(super) fn name_words(name: &str) -> Vec<Word> {
    words(name, 0..name.len())
}

fn stems(name: &str) -> Vec<String> {
    name_words(name).into_iter().map(|word| word.stem).collect()
}

impl<'g> Names<'g> {
    /// Collects the actors of a graph, and all countries, whether it knows them or not.
    pub(super) fn of(graph: &'g Graph) -> Names<'g> {
        let roles = lists::roles()
            .map(|role| role.split_whitespace().map(lists::stem).collect())
            .collect();
        let mut names = Names {
            graph,
            phrases: HashMap::new(),
            roles,
            offices: Vec::new(),
        };
        let actors = ActorId::all(graph);
        let mut parts: BTreeMap<String, Vec<ActorId>> = BTreeMap::new();
        for id in actors {
            let actor = &graph[id];
            for name in graph.names(Entity::Actor(id)) {
                names.add(name, Who::Known(id), Form::Name);
            }
            if actor.kind == Some(ActorKind::Person) {
                let role = graph
                    .written_actor(actor.place)
                    .role
                    .unwrap_or_default()
                    .into_owned();
                let of_name = if role.is_empty() {
                    actor.name.as_ref()
                } else {
                    &role
                };
                names
                    .offices
                    .push((id, stems(of_name), actor.speaks_for.clone()));
                let is_office = names.role_at(&stems(&actor.name), 0).is_some();
                for word in name_words(&actor.name)
                    .into_iter()
                    .filter(|word| word.is_capital && !is_office)
                {
                    parts.entry(word.folded).or_default().push(id);
                }
            }
        }
        for (part, ids) in parts {
            if let ([id], true) = (&ids[..], part.len() > 1) {
                names.add_phrase(vec![part], None, Who::Known(*id), Form::PartOfName);
            }
        }
        for country in &lists::countries() {
            names.add_country(country);
        }
        names
    }

    fn add_country(&mut self, country: &Country) {
        let is_it = |id: &ActorId| {
            let mut own = self.graph.names(Entity::Actor(*id));
            own.any(|own| {
                country
                    .names
                    .iter()
                    .any(|name| words::folded(name) == words::folded(own))
            })
        };
        let mut states = ActorId::all(self.graph);
        let known = states.find(|id| self.graph[*id].kind == Some(ActorKind::State) && is_it(id));
        let who = known.map_or_else(
            || Who::New(country.names[0].to_owned(), NewKind::State),
            Who::Known,
        );
        let forms = [
            (&country.names, Form::Name),
            (&country.adjectives, Form::Adjective),
            (&country.capitals, Form::Capital),
        ];
        for (names, form) in forms {
            for name in names {
                self.add(name, who.clone(), form);
            }
        }
    }

    fn add(&mut self, name: &str, who: Who, form: Form) {
        let is_short = name.chars().filter(|c| c.is_alphabetic()).count() <= 4
            && !name.chars().any(char::is_lowercase);
        let exact = is_short.then(|| name.replace('.', ""));
        self.add_phrase(stems(name), exact, who, form);
    }

    fn add_phrase(&mut self, words: Vec<String>, exact: Option<String>, who: Who, form: Form) {
        let Some(first) = words.first().cloned() else {
            return;
        };
        let known = self.phrases.entry(first).or_default();
        if !known
            .iter()
            .any(|phrase| phrase.words == words && phrase.who == who)
        {
            known.push(Phrase {
                words,
                exact,
                who,
                form,
            });
        }
    }

    /// Returns whether some name begins with the word.
    pub(super) fn knows(&self, word: &Word) -> bool {
        self.phrases.contains_key(&word.stem) || self.phrases.contains_key(&word.folded)
    }

    /// Returns the mentions in a sentence. `seen` holds the actors named before, oldest first: an
    /// office without a country means the last of them who holds it.
    pub(super) fn mentions(
        &self,
        article: &Article<'_>,
        sentence: &Sentence,
        seen: &[Who],
    ) -> Vec<Mention> {
        let words = &sentence.words;
        let mut found: Vec<Mention> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest(article, words, at) {
                Some((length, phrase)) => {
                    found.push(self.mention(words, at..at + length, phrase));
                    at += length;
                }
                None => at += 1,
            }
        }
        self.offices_in(words, &mut found, seen);
        found.retain(|mention| !mention.is_adjective || is_side(words.get(mention.words.end)));
        found
    }

    fn mention(&self, words: &[Word], at: Range<usize>, phrase: &Phrase) -> Mention {
        let before = at
            .start
            .checked_sub(1)
            .map(|before| words[before].folded.as_str());
        let behind_the = before == Some("the") && at.start > 1;
        let before = if behind_the {
            Some(words[at.start - 2].folded.as_str())
        } else {
            before
        };
        let place = matches!(
            before,
            Some("in" | "at" | "to" | "near" | "outside" | "into" | "for" | "over" | "above")
        );
        let is_country = matches!(phrase.form, Form::Capital)
            || matches!(&phrase.who, Who::Known(id) if self.graph[*id].kind == Some(ActorKind::State))
            || matches!(&phrase.who, Who::New(_, NewKind::State));
        Mention {
            is_place: place && is_country && phrase.form != Form::Adjective,
            is_adjective: phrase.form == Form::Adjective,
            is_possessive: words[at.end - 1].is_possessive,
            who: phrase.who.clone(),
            words: at,
        }
    }

    fn longest(
        &self,
        article: &Article<'_>,
        words: &[Word],
        at: usize,
    ) -> Option<(usize, &Phrase)> {
        let fits = |phrase: &&Phrase| {
            let there = words.get(at..at + phrase.words.len());
            let same = there.is_some_and(|there| {
                let stems = there
                    .iter()
                    .zip(&phrase.words)
                    .all(|(word, wanted)| word.stem == *wanted || word.folded == *wanted);
                // Inside a name, no word but the last may be possessive: `China's neighbours`.
                stems
                    && (phrase.form == Form::Name
                        || !there[..there.len() - 1]
                            .iter()
                            .any(|word| word.is_possessive))
            });
            let written = words
                .get(at)
                .map(|word| article.text[word.bytes.clone()].replace('.', ""));
            let exact = phrase
                .exact
                .as_ref()
                .is_none_or(|exact| phrase.words.len() > 1 || written.as_ref() == Some(exact));
            same && exact
                && (words[at].is_capital || phrase.form == Form::Name && phrase.words.len() > 1)
        };
        let candidates = self
            .phrases
            .get(&words[at].stem)
            .into_iter()
            .chain(self.phrases.get(&words[at].folded))
            .flatten();
        let best = candidates.filter(fits).max_by_key(|phrase| {
            (
                phrase.words.len(),
                std::cmp::Reverse((phrase.form, &phrase.who)),
            )
        })?;
        Some((best.words.len(), best))
    }
}

/// Returns whether a word stands for a government or its people: `Chinese officials`.
fn is_side(word: Option<&Word>) -> bool {
    let sides = [
        "official",
        "officials",
        "government",
        "side",
        "authorities",
        "leaders",
        "leadership",
        "delegation",
        "diplomats",
        "people",
    ];
    word.is_some_and(|word| sides.contains(&word.folded.as_str()))
}
