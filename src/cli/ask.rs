//! From words on the command line to a question, and its answer.

use crate::check;
use crate::cli::Failure;
use crate::cli::args::{self, Question, Way, What};
use crate::cli::draw::Draw;
use crate::cli::session::Session;
use crate::graph::{ActorId, Entity, Graph, IssueId, Side, SourceId};
use crate::model::{MeetingStatus, Position};
use crate::query::{
    self, History, HistoryOf, Kind, List, MeetingFilter, NameError, Named, Noted, PositionFilter,
    Selection, Through, TimelineFilter, View, Wanted,
};
use crate::words;

/// Answers a question.
pub(super) fn answer(
    session: &Session<'_>,
    view: &View,
    question: &Question,
) -> Result<Box<dyn Noted>, Failure> {
    let View {
        graph,
        lens,
        restriction,
        omitted,
    } = view;
    let lens = *lens;
    let names = Names { session, graph };
    Ok(match question {
        Question::List { what: None, .. } => Box::new(query::overview(graph, lens)),
        Question::List {
            what: Some(what), ..
        } => query::list(graph, lens, section(*what)),
        Question::Show { name, .. } => match query::gone(omitted, restriction, name) {
            Some(answer) => Box::new(answer),
            None => query::show(graph, lens, names.find(Kind::Any, name)?),
        },
        Question::Positions {
            actor,
            issue,
            toward,
            position,
            source,
            span,
            all,
            ..
        } => {
            let filter = PositionFilter {
                actor: names.maybe(actor, |name| names.actor(name))?,
                issue: names.maybe(issue, |name| names.issue(name))?,
                toward: names.maybe(toward, |name| names.actor(name))?,
                position: position.as_deref().map(wanted).transpose()?,
                since: span.since,
                until: span.until,
                source: names.maybe(source, |name| names.source(name))?,
                history: if *all { History::All } else { History::InForce },
            };
            Box::new(query::positions(graph, lens, &filter))
        }
        Question::Meetings {
            actors,
            topic,
            status,
            span,
            ..
        } => {
            let filter = MeetingFilter {
                actors: names.actors(actors)?,
                topic: names.maybe(topic, |name| names.issue(name))?,
                status: status
                    .iter()
                    .map(|word| status_of(word))
                    .collect::<Result<_, _>>()?,
                since: span.since,
                until: span.until,
            };
            Box::new(query::meetings(graph, lens, &filter))
        }
        Question::Path {
            from,
            to,
            through,
            count,
            ..
        } => Box::new(query::path(
            graph,
            lens,
            names.actor(from)?,
            names.actor(to)?,
            way(*through),
            count.get(),
        )),
        Question::Compare { actors, .. } => {
            let mut several: Vec<ActorId> = Vec::new();
            for actor in names.actors(actors)? {
                if !several.contains(&actor) {
                    several.push(actor);
                }
            }
            if several.len() < 2 {
                return Err(Failure::new(format!(
                    "{} are the same actor: it takes two to compare",
                    words::listed(actors.iter())
                )));
            }
            Box::new(query::compare(graph, lens, &several))
        }
        Question::Balance(balance) => balance.answer(&names, lens)?,
        Question::Brokers(brokers) => brokers.answer(&names, lens)?,
        Question::Forecast(forecast) => forecast.answer(&names, lens)?,
        Question::History { of, issue, .. } => Box::new(query::history(
            graph,
            lens,
            names.history(of, issue.as_deref())?,
        )),
        Question::Timeline {
            names: asked, span, ..
        } => {
            let mut gone = asked
                .iter()
                .filter_map(|name| query::gone(omitted, restriction, name));
            if let Some(gone) = gone.next() {
                return Ok(Box::new(gone));
            }
            let asked = asked
                .iter()
                .map(|name| names.find(Kind::Any, name))
                .collect::<Result<_, _>>()?;
            Box::new(query::timeline(
                graph,
                lens,
                &TimelineFilter {
                    names: asked,
                    since: span.since,
                    until: span.until,
                },
            ))
        }
        Question::Evidence {
            source: None, old, ..
        } => Box::new(query::footing(graph, lens, *old, &check::quotes(graph))),
        Question::Evidence {
            source: Some(source),
            ..
        } => Box::new(query::passages(
            graph,
            names.source(source)?,
            &check::quotes(graph),
        )),
        Question::Matrix(matrix) => matrix.answer(&names, lens, session.detail())?,
        Question::Common(common) => common.answer(&names, lens)?,
        Question::Camps(camps) => camps.answer(&names, lens, session.detail())?,
        Question::Find { text, .. } if words::folded(text).is_empty() => {
            return Err(Failure::new("there is nothing to find: the text is empty"));
        }
        Question::Find { text, .. } => Box::new(query::find(graph, lens, text)),
    })
}

/// What a picture is to show.
pub(super) fn selection(
    session: &Session<'_>,
    graph: &Graph,
    draw: &Draw,
) -> Result<Selection, Failure> {
    let names = Names { session, graph };
    args::in_order(("--since", draw.since), ("--until", draw.until))?;
    let (since, until) = draw.days();
    Ok(Selection {
        focus: names.maybe(&draw.focus, |name| names.find(Kind::Any, name))?,
        depth: draw.depth as _,
        issues: draw
            .issue
            .iter()
            .map(|name| names.issue(name))
            .collect::<Result<_, _>>()?,
        actors: names.actors(&draw.actor)?,
        since,
        until,
    })
}

fn section(what: What) -> List {
    match what {
        What::Actors => List::Actors,
        What::Issues => List::Issues,
        What::Meetings => List::Meetings,
        What::Sources => List::Sources,
        What::Ties => List::Ties,
        What::Stances => List::Stances,
        What::Facts => List::Facts,
    }
}

pub(super) fn way(way: Way) -> Through {
    match way {
        Way::Meetings => Through::Meetings,
        Way::Issues => Through::Issues,
        Way::Ties => Through::Ties,
        Way::All => Through::All,
    }
}

/// A word as it is compared: without hyphens, blanks and case.
fn plain(word: &str) -> String {
    word.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn one_of<T: Copy>(what: &str, written: &str, words: &[(&'static str, T)]) -> Result<T, Failure> {
    let found = words.iter().find(|(word, _)| plain(word) == plain(written));
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known = words.iter().map(|(word, _)| *word);
        let failure = Failure::new(format!("`{written}` is no {what}"));
        match words::nearest(written, known.clone()) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help(format!("it is one of {}", words::listed(known))),
        }
    })
}

/// The statuses that can be asked for, by what is typed; none for `unknown`.
pub(super) fn statuses() -> impl Iterator<Item = (&'static str, Option<MeetingStatus>)> {
    let known = MeetingStatus::ALL.iter().copied().map(Some);
    let all = known.chain([None]);
    all.map(|status| (MeetingStatus::written_of(status), status))
}

fn status_of(word: &str) -> Result<Option<MeetingStatus>, Failure> {
    one_of("status of a meeting", word, &statuses().collect::<Vec<_>>())
}

fn wanted(word: &str) -> Result<Wanted, Failure> {
    #[derive(Clone, Copy)]
    enum Word {
        Side(Side),
        Exact(&'static str),
        Contested,
        Unknown,
    }
    let mut words = vec![
        ("for", Word::Side(Side::Supports)),
        ("against", Word::Side(Side::Opposes)),
        ("neutral", Word::Side(Side::Neutral)),
        ("mixed", Word::Side(Side::Mixed)),
        ("contested", Word::Contested),
        ("unknown", Word::Unknown),
    ];
    words.extend(
        Position::WORDS
            .iter()
            .map(|word| (*word, Word::Exact(word))),
    );
    Ok(match one_of("position", word, &words)? {
        Word::Side(side) => Wanted::Side(side),
        Word::Exact(word) => Wanted::Word(word),
        Word::Contested => Wanted::Contested,
        Word::Unknown => Wanted::Unknown,
    })
}

pub(super) struct Names<'n> {
    pub(super) session: &'n Session<'n>,
    pub(super) graph: &'n Graph,
}

impl Names<'_> {
    /// Two actors, with a comma between them.
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

    /// What two names with a comma between them mean. Either may have commas itself.
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
            [] => Err(Failure::new(format!("`{written}` is no cell"))
                .help(format!("name {what}, with a comma between"))),
            [at] => find(at),
            [at, ..] => commas
                .iter()
                .find_map(|at| find(*at).ok())
                .map_or_else(|| find(at), Ok),
        }
    }

    fn maybe<T>(
        &self,
        name: &Option<String>,
        find: impl Fn(&str) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        name.as_deref().map(find).transpose()
    }

    pub(super) fn actors(&self, names: &[String]) -> Result<Vec<ActorId>, Failure> {
        names.iter().map(|name| self.actor(name)).collect()
    }

    pub(super) fn actor(&self, name: &str) -> Result<ActorId, Failure> {
        match self.find(Kind::Actor, name)? {
            Entity::Actor(id) => Ok(id),
            _ => Err(Failure::new(format!("`{name}` is no actor"))),
        }
    }

    pub(super) fn issue(&self, name: &str) -> Result<IssueId, Failure> {
        match self.find(Kind::Issue, name)? {
            Entity::Issue(id) => Ok(id),
            _ => Err(Failure::new(format!("`{name}` is no issue"))),
        }
    }

    pub(super) fn source(&self, name: &str) -> Result<SourceId, Failure> {
        match self.find(Kind::Source, name)? {
            Entity::Source(id) => Ok(id),
            _ => Err(Failure::new(format!("`{name}` is no source"))),
        }
    }

    /// Whose history, and on what: an actor and an issue, or either.
    fn history(&self, of: &str, issue: Option<&str>) -> Result<HistoryOf, Failure> {
        if let Some(issue) = issue {
            return Ok(HistoryOf::Position(self.actor(of)?, self.issue(issue)?));
        }
        let is = |kind| query::lookup(self.graph, kind, of).is_ok();
        let kind = match (is(Kind::Actor), is(Kind::Issue)) {
            (true, false) => Kind::Actor,
            (false, true) => Kind::Issue,
            _ => Kind::Any,
        };
        match self.find(kind, of)? {
            Entity::Actor(actor) => Ok(HistoryOf::Actor(actor)),
            Entity::Issue(issue) => Ok(HistoryOf::Issue(issue)),
            other => Err(Failure::new(format!(
                "`{of}` is {}, where an actor or an issue is asked for",
                other.noun()
            ))),
        }
    }

    fn find(&self, kind: Kind, name: &str) -> Result<Entity, Failure> {
        let shown = |entity: &Entity| {
            format!(
                "`{}` ({}, {})",
                self.graph.id(*entity),
                self.graph.name(*entity),
                entity.noun()
            )
        };
        if name.trim().is_empty() {
            return Err(Failure::new(format!(
                "the name of the {} is empty",
                kind.noun()
            )));
        }
        match query::lookup(self.graph, kind, name) {
            Ok(Named::Exactly(entity)) => Ok(entity),
            Ok(Named::ByWord(entity)) => {
                self.session
                    .complain(&format!("note: `{name}` is taken to be {}", shown(&entity)));
                Ok(entity)
            }
            Err(NameError::Unknown(_))
                if let Ok(Named::Exactly(other)) = query::lookup(self.graph, Kind::Any, name) =>
            {
                let wanted = match kind {
                    Kind::Source => "a source",
                    Kind::Issue => "an issue",
                    Kind::Actor | Kind::Any => "an actor",
                };
                Err(Failure::new(format!(
                    "`{name}` is {}, where {wanted} is asked for",
                    other.noun()
                )))
            }
            Err(NameError::Unknown(_))
                if self
                    .graph
                    .clashing
                    .iter()
                    .any(|clashing| **clashing == *name) =>
            {
                Err(Failure::new(format!(
                    "`{name}` is declared twice, with different content: neither record is used"
                ))
                .help("rename one of the two, or merge them; `demarche check` shows both"))
            }
            Err(NameError::Unknown(near)) => {
                let failure = Failure::new(format!("no {} is called `{name}`", kind.noun()));
                Err(match near[..] {
                    [] => failure
                        .help(format!("`demarche list` shows what there is; `demarche find \"{name}\"` looks into texts too")),
                    _ => failure.help(format!("did you mean {}?", near.iter().map(shown).collect::<Vec<_>>().join(", or "))),
                })
            }
            Err(NameError::Ambiguous(several)) => {
                let shown: Vec<String> = several.iter().take(10).map(shown).collect();
                Err(Failure::new(format!("`{name}` could be several"))
                    .help(format!("say which: {}", shown.join(", "))))
            }
        }
    }
}
