//! What names and words on the command line mean.

use crate::cli::Failure;
use crate::cli::edit::typed;
use crate::cli::session::Session;
use crate::graph::{ActorId, Entity, Graph, IssueId, SourceId};
use crate::query::{self, Kind, NameError, Named};
use crate::words::{self, first_few, joined};

/// Folds a word for comparison: drops hyphens, whitespace and case.
fn plain(word: &str) -> String {
    word.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns the value of the typed word, or an error that suggests one of `words`.
pub(super) fn one_of<T: Copy>(
    what: &str,
    written: &str,
    words: &[(&'static str, T)],
) -> Result<T, Failure> {
    let found = words.iter().find(|(word, _)| plain(word) == plain(written));
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let failure = Failure::of_word(format!("`{written}` is not a {what}"));
        failure.help(words::way_out(written, &known, "it is one of"))
    })
}

fn each_once<T: PartialEq>(
    names: &[String],
    find: impl Fn(&str) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let mut found = Vec::new();
    for name in names {
        let one = find(name)?;
        if !found.contains(&one) {
            found.push(one);
        }
    }
    Ok(found)
}

pub(super) struct Names<'n> {
    pub(super) session: &'n Session<'n>,
    pub(super) graph: &'n Graph,
}

impl Names<'_> {
    /// Parses two different actors separated by a comma.
    pub(super) fn pair(&self, written: &str) -> Result<(ActorId, ActorId), Failure> {
        let (one, other) = self.cell(
            written,
            "two actors",
            |name| self.actor(name),
            |name| self.actor(name),
        )?;
        match one == other {
            true => Err(Failure::new(format!("`{written}` is the same actor twice"))
                .help("name two different ones")),
            false => Ok((one, other)),
        }
    }

    /// Parses two names separated by a comma, either of which may contain commas.
    pub(super) fn cell<A, B>(
        &self,
        written: &str,
        what: &str,
        first: impl Fn(&str) -> Result<A, Failure>,
        second: impl Fn(&str) -> Result<B, Failure>,
    ) -> Result<(A, B), Failure> {
        let find = |at: usize| {
            Ok((
                first(written[..at].trim())?,
                second(written[at + 1..].trim())?,
            ))
        };
        let commas: Vec<usize> = written.match_indices(',').map(|(at, _)| at).collect();
        match commas[..] {
            [] => Err(Failure::new(format!("`{written}` is not a cell"))
                .help(format!("name {what}, with a comma between"))),
            [at] => find(at),
            [at, ..] => commas
                .iter()
                .find_map(|at| find(*at).ok())
                .map_or_else(|| find(at), Ok),
        }
    }

    pub(super) fn maybe<T>(
        &self,
        name: &Option<String>,
        find: impl Fn(&str) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        name.as_deref().map(find).transpose()
    }

    /// Looks up several actors; one that is named twice is returned once.
    pub(super) fn actors(&self, names: &[String]) -> Result<Vec<ActorId>, Failure> {
        each_once(names, |name| self.actor(name))
    }

    /// Looks up several things of any kind; one that is named twice is returned once.
    pub(super) fn things(&self, names: &[String]) -> Result<Vec<Entity>, Failure> {
        each_once(names, |name| self.find(Kind::Any, name))
    }

    pub(super) fn actor(&self, name: &str) -> Result<ActorId, Failure> {
        let found = self.find(Kind::Actor, name)?;
        let other = || Failure::new(format!("`{name}` is not an actor"));
        found.actor().ok_or_else(other)
    }

    pub(super) fn issue(&self, name: &str) -> Result<IssueId, Failure> {
        let found = self.find(Kind::Issue, name)?;
        let other = || Failure::new(format!("`{name}` is not an issue"));
        found.issue().ok_or_else(other)
    }

    pub(super) fn source(&self, name: &str) -> Result<SourceId, Failure> {
        let found = self.find(Kind::Source, name)?;
        let other = || Failure::new(format!("`{name}` is not a source"));
        found.source().ok_or_else(other)
    }

    pub(super) fn find(&self, kind: Kind, name: &str) -> Result<Entity, Failure> {
        if name.trim().is_empty() {
            return Err(Failure::new(format!(
                "the name of the {} is empty",
                kind.noun()
            )));
        }
        match query::lookup(self.graph, kind, name) {
            Ok(Named::Exactly(entity)) => Ok(entity),
            Ok(Named::ByWord(entity)) => {
                self.session.complain(&format!(
                    "note: `{name}` is taken to be {}",
                    self.shown(entity)
                ));
                Ok(entity)
            }
            Err(NameError::Unknown(near)) => Err(Failure {
                is_of_word: true,
                ..self.unknown(kind, name, &near)
            }),
            Err(NameError::Ambiguous(several)) => {
                let several = several.iter().take(10);
                let shown: Vec<String> = several.map(|entity| self.shown(*entity)).collect();
                let failure = Failure::of_word(format!("`{name}` could be several"));
                Err(failure.help(format!("say which: {}", shown.join(", "))))
            }
        }
    }

    /// Names a thing so that it is told from others of its name: of a meeting, with its date and who took part.
    fn shown(&self, entity: Entity) -> String {
        let (id, name) = (self.graph.id(entity), self.graph.name(entity));
        let mut words = format!("{name}, {}", entity.noun());
        if let Entity::Meeting(meeting) = entity {
            let meeting = &self.graph[meeting];
            words.extend(meeting.date.map(|date| format!(", {}", date.words())));
            let who = first_few(meeting.participants.iter(), 3, |actor| {
                self.graph.name(Entity::Actor(*actor)).to_owned()
            });
            if !who.is_empty() {
                words.push_str(&format!(", with {}", joined(who)));
            }
        }
        format!("`{id}` ({words})")
    }

    /// Explains why no record of this kind has the name: it may be of another kind, or declared
    /// twice.
    fn unknown(&self, kind: Kind, name: &str, near: &[Entity]) -> Failure {
        if let Ok(Named::Exactly(other)) = query::lookup(self.graph, Kind::Any, name) {
            let wanted = match kind {
                Kind::Source => "a source",
                Kind::Issue => "an issue",
                Kind::Actor | Kind::Any => "an actor",
            };
            let what = other.noun();
            return Failure::new(format!("`{name}` is {what}, not {wanted}"));
        }
        if self
            .graph
            .clashing
            .iter()
            .any(|clashing| **clashing == *name)
        {
            let message = format!(
                "`{name}` is declared twice, with different content: neither record is used"
            );
            return Failure::new(message)
                .help("rename one of the two, or merge them; `demarche check` shows both");
        }
        let failure = Failure::new(format!("no {} is called `{name}`", kind.noun()));
        if near.is_empty() {
            let alias = typed(["set", "ID", "aliases", name, "--add"]);
            return failure
                .help(format!(
                    "`demarche list` shows what there is; `demarche find \"{name}\"` also searches texts"
                ))
                .help(format!(
                    "another name, in any language or script, is an alias: `demarche {alias}`"
                ));
        }
        let near: Vec<String> = near.iter().map(|entity| self.shown(*entity)).collect();
        failure.help(format!("did you mean {}?", near.join(", or ")))
    }
}
