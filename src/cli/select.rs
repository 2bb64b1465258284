//! The flags that select whom and what a question is about: the same on every question and on `draw`.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::args::{WHEN, in_order};
use crate::cli::names::{Names, one_of};
use crate::cli::session::Session;
use crate::cli::{Failure, complete, dates};
use crate::graph::{ActorId, Entity, Graph, Selection};
use crate::model::{ActorKind, Date, Day, MeetingKind, Period, TieKind};
use crate::words::{self, folded, listed};

/// The help heading of the flags that select whom and what a question is about.
const WHOM: &str = "Whom and what";

/// The flags that select among actors.
pub(super) const ACTORS: &[&str] = &["--actor", "--kind", "--group"];
/// The flag that selects among issues.
pub(super) const ISSUES: &[&str] = &["--issue"];
/// The flag that selects among meetings.
pub(super) const MEETINGS: &[&str] = &["--meeting-kind"];

/// Why `--meeting-kind` does nothing where positions are measured.
pub(super) const POSITIONS_ONLY: &str = "this is about positions, not meetings";

// Whom and what a question is about. Not a doc comment: it would become the help of each command.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct Select {
    /// Only this actor; may be repeated. Statements of those who speak for it still make its
    /// position
    #[arg(id = "select_actor", long = "actor", value_name = "NAME", hide = true, help_heading = WHOM, add = ArgValueCompleter::new(complete::actors))]
    actor: Vec<String>,
    /// Only members of this group, on the day asked for; may be repeated. With `--actor`, these too
    #[arg(id = "select_group", long = "group", value_name = "NAME", hide = true, help_heading = WHOM, add = ArgValueCompleter::new(complete::actors))]
    group: Vec<String>,
    #[arg(id = "select_kind", long = "kind", value_name = "KIND", help = of_kinds("actors", ActorKind::ALL.iter().map(|kind| kind.word())), hide = true, help_heading = WHOM, add = ArgValueCompleter::new(complete::kinds))]
    kind: Vec<String>,
    /// Only this issue and its parts: positions on it, meetings and facts about it, ties over it;
    /// may be repeated
    #[arg(id = "select_issue", long = "issue", value_name = "NAME", alias = "topic", hide = true, help_heading = WHOM, add = ArgValueCompleter::new(complete::issues))]
    issue: Vec<String>,
    /// Only statements, meetings, ties and facts with this tag, and statements on an issue with it;
    /// of a list of actors, issues or sources those with it; may be repeated
    #[arg(id = "select_tag", long = "tag", hide = true, help_heading = WHOM, add = ArgValueCompleter::new(complete::tags))]
    tag: Vec<String>,
    #[arg(id = "select_meeting_kind", long = "meeting-kind", value_name = "KIND", help = of_kinds("meetings", MeetingKind::ALL.iter().map(|kind| kind.word())), hide = true, help_heading = WHOM, add = ArgValueCompleter::new(complete::meeting_kinds))]
    meeting_kind: Vec<String>,
    /// Only statements, meetings and facts with a day on this date or later, and ties that held
    /// then
    #[arg(long, value_name = "DATE", value_parser = dates::date, hide = true, help_heading = WHEN)]
    since: Option<Date>,
    /// The same up to this date; positions are as of it
    #[arg(long, value_name = "DATE", value_parser = dates::date, hide = true, help_heading = WHEN)]
    until: Option<Date>,
}

/// Returns the help of a flag that selects records of these kinds.
fn of_kinds(what: &str, kinds: impl Iterator<Item = &'static str>) -> String {
    let kinds = words::joined_by(kinds, "or");
    format!("Only {what} of this kind: {kinds}; may be repeated")
}

impl Select {
    /// Returns an error if the period ends before it starts: no answer to that would mean anything.
    pub(super) fn check(&self) -> Result<(), Failure> {
        in_order(("--since", self.since), ("--until", self.until))
    }

    /// Returns the last day of the period, if it has one.
    pub(super) fn last_day(&self) -> Option<Day> {
        self.until.map(|until| until.period().to)
    }

    /// Refuses the first of these flags that is given: it could change nothing, for this reason.
    pub(super) fn refuse(&self, flags: &[&str], why: &str) -> Result<(), Failure> {
        let Select {
            actor,
            group,
            kind,
            issue,
            tag,
            meeting_kind,
            // A period has an effect everywhere.
            since: _,
            until: _,
        } = self;
        let given = [
            ("--actor", !actor.is_empty()),
            ("--group", !group.is_empty()),
            ("--kind", !kind.is_empty()),
            ("--issue", !issue.is_empty()),
            ("--tag", !tag.is_empty()),
            ("--meeting-kind", !meeting_kind.is_empty()),
        ];
        let mut idle = given
            .into_iter()
            .filter(|(flag, given)| *given && flags.contains(flag));
        match idle.next() {
            Some((flag, _)) => {
                let message = format!("`{flag}` has no effect here: {why}");
                Err(Failure::new(message).help("leave it out"))
            }
            None => Ok(()),
        }
    }

    /// Refuses flags that would select what is named already.
    pub(super) fn refuse_for(&self, named: Entity) -> Result<(), Failure> {
        match named {
            Entity::Actor(_) | Entity::Source(_) => Ok(()),
            Entity::Issue(_) => self.refuse(ISSUES, "the issue is named"),
            Entity::Meeting(_) => self.refuse(MEETINGS, "the meeting is named"),
            Entity::Fact(_) => {
                let mut all = [ACTORS, ISSUES, MEETINGS].into_iter();
                all.try_for_each(|flags| self.refuse(flags, "the fact is named"))
            }
        }
    }

    /// Returns the period, or `None` if neither `--since` nor `--until` is given.
    fn period(&self) -> Option<Period> {
        let from = self.since.map(|since| since.period().from);
        let to = self.last_day();
        (from.is_some() || to.is_some()).then(|| Period {
            from: from.unwrap_or(Day::FIRST),
            to: to.unwrap_or(Day::LAST),
        })
    }

    /// Looks up what is selected in each of these graphs. A name must be known to one of them.
    pub(super) fn of<const N: usize>(
        &self,
        session: &Session<'_>,
        graphs: [&Graph; N],
    ) -> Result<[Selection; N], Failure> {
        let kinds = each(&self.kind, kind_of)?;
        let meeting_kinds = each(&self.meeting_kind, meeting_kind_of)?;
        self.check_tags(&graphs)?;
        let names = graphs.map(|graph| Names { session, graph });
        let actors = in_any(&names, &self.actor, |names, name| names.actor(name))?;
        let groups = in_any(&names, &self.group, group)?;
        let issues = in_any(&names, &self.issue, |names, name| names.issue(name))?;
        let mut found = actors.into_iter().zip(groups).zip(issues);
        // A graph that knows none of the names has nobody to ask about.
        let named = !self.actor.is_empty() || !self.group.is_empty();
        Ok(graphs.map(|_| {
            let ((actors, groups), issues) = found.next().unwrap_or_default();
            Selection {
                actors: named.then_some(actors),
                groups,
                kinds: kinds.clone(),
                issues: (!self.issue.is_empty()).then_some(issues),
                tags: self.tag.clone(),
                meeting_kinds: meeting_kinds.clone(),
                period: self.period(),
            }
        }))
    }

    /// Refuses a tag that no record has.
    fn check_tags(&self, graphs: &[&Graph]) -> Result<(), Failure> {
        if self.tag.is_empty() {
            return Ok(());
        }
        let known: Vec<String> = graphs.iter().flat_map(|graph| graph.tags()).collect();
        let is_known = |tag: &&String| known.iter().any(|one| folded(one) == folded(tag));
        let Some(tag) = self.tag.iter().find(|tag| !is_known(tag)) else {
            return Ok(());
        };
        let failure = Failure::of_word(format!("no record has the tag `{tag}`"));
        let mut all = known.iter().map(String::as_str).collect::<Vec<&str>>();
        all.dedup();
        Err(match words::meant(tag, all.iter().copied()) {
            Some(meant) => failure.help(meant),
            None if all.is_empty() => failure.help("no record has any tag"),
            None => failure.help(format!(
                "known tags: {}",
                listed(all.into_iter().take(MOST))
            )),
        })
    }
}

/// How many tags the help names at most.
const MOST: usize = 10;

fn each<T>(words: &[String], find: impl Fn(&str) -> Result<T, Failure>) -> Result<Vec<T>, Failure> {
    words.iter().map(|word| find(word)).collect()
}

fn kind_of(word: &str) -> Result<ActorKind, Failure> {
    let all = ActorKind::ALL.iter();
    let all: Vec<_> = all.map(|kind| (kind.word(), *kind)).collect();
    one_of("kind of actor", word, &all)
}

fn meeting_kind_of(word: &str) -> Result<MeetingKind, Failure> {
    let all = MeetingKind::ALL.iter();
    let all: Vec<_> = all.map(|kind| (kind.word(), *kind)).collect();
    one_of("kind of meeting", word, &all)
}

/// Looks up names in each of several graphs; each must be known to at least one.
fn in_any<T, const N: usize>(
    graphs: &[Names<'_>; N],
    names: &[String],
    find: impl Fn(&Names<'_>, &str) -> Result<T, Failure>,
) -> Result<Vec<Vec<T>>, Failure> {
    let mut found: Vec<Vec<T>> = graphs.iter().map(|_| Vec::new()).collect();
    for name in names {
        let (mut missing, mut is_known) = (None, false);
        for (graph, found) in graphs.iter().zip(&mut found) {
            match find(graph, name) {
                Ok(one) => {
                    found.push(one);
                    is_known = true;
                }
                Err(failure) => missing = missing.or(Some(failure)),
            }
        }
        if let Some(failure) = missing.filter(|_| !is_known) {
            return Err(failure);
        }
    }
    Ok(found)
}

/// Looks up an actor with members.
fn group(names: &Names<'_>, name: &str) -> Result<ActorId, Failure> {
    let group = names.actor(name)?;
    let mut ties = names.graph.joined();
    match ties.any(|tie| *tie.kind == TieKind::Member && tie.to == group) {
        true => Ok(group),
        false => Err(
            Failure::new(format!("`{name}` has no members")).help(format!(
                "`--actor {}` selects it alone",
                names.graph[group].id
            )),
        ),
    }
}
