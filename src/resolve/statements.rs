//! Links stances, meetings, ties and facts to what they refer to; each large part of a text gets
//! its own thread. A stance or tie with a broken reference is left out. A meeting or fact only
//! loses the reference, since others may refer to it.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::panic::resume_unwind;
use std::thread::ScopedJoinHandle;

use crate::diagnostic::Diagnostic;
use crate::graph::{
    ActorId, Earlier, Entity, Fact, Graph, Ids, IssueId, Meeting, MeetingMore, SourceId, Stance,
    StanceMore, Tie,
};
use crate::model::{Position, Str};
use crate::resolve::draft::{Declared, Draft};
use crate::resolve::names::{Name, Written};
use crate::resolve::refer::{Findings, Hand, Known, Reason, Register, Spot, Target, named_twice};
use crate::resolve::value;
use crate::syntax::{Rare, Step};
use crate::text::Place;

/// The length up to which a list is checked for repetition by comparing all its items with one
/// another.
const FEW: usize = 16;

/// The statements of one draft, linked.
#[derive(Default)]
pub(super) struct Linked<'t> {
    pub(super) meetings: Vec<Meeting>,
    pub(super) stances: Vec<Stance>,
    pub(super) ties: Vec<Tie>,
    pub(super) facts: Vec<Fact>,
    pub(super) findings: Findings<'t>,
    pub(super) left_out: usize,
    pub(super) read_in_part: usize,
}

/// The state of linking the statements of one draft.
struct Statements<'l, 't> {
    register: &'l Register<'t>,
    graph: &'l Graph,
    findings: Findings<'t>,
    names: &'l [Str<'t>],
    /// What each name of the draft refers to.
    known: Vec<Option<Known>>,
    left_out: usize,
    read_in_part: usize,
}

/// The number of statements below which a thread is not worth it.
const WORTH_A_THREAD: usize = 10_000;

/// Links the statements of each draft. Returns them in the order of the drafts.
pub(super) fn link_statements<'t>(
    register: &Register<'t>,
    graph: &Graph,
    drafts: Vec<Draft<'t>>,
) -> Vec<Linked<'t>> {
    std::thread::scope(|scope| {
        let last = drafts.len().saturating_sub(1);
        let begin = |(nth, draft): (usize, Draft<'t>)| {
            if nth == last || draft.stances.len() + draft.meetings.len() < WORTH_A_THREAD {
                return Ok(linked(register, graph, draft));
            }
            Err(scope.spawn(move || linked(register, graph, draft)))
        };
        let begun: Vec<_> = drafts.into_iter().enumerate().map(begin).collect();
        let end = |running: ScopedJoinHandle<'_, Linked<'t>>| {
            running.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        begun
            .into_iter()
            .map(|begun| begun.unwrap_or_else(end))
            .collect()
    })
}

fn linked<'t>(register: &Register<'t>, graph: &Graph, draft: Draft<'t>) -> Linked<'t> {
    let known = draft
        .names
        .all()
        .iter()
        .map(|name| register.known.get(name).map(|(known, _)| *known))
        .collect();
    let faulty = draft.faulty;
    let is_faulty = |place: Place| faulty.binary_search(&place).is_ok();
    let mut statements = Statements {
        register,
        graph,
        findings: Findings::default(),
        names: draft.names.all(),
        known,
        left_out: 0,
        read_in_part: 0,
    };
    let meetings: Vec<Meeting> = draft
        .meetings
        .into_iter()
        .filter_map(|meeting| statements.meeting(is_faulty(meeting.place), meeting))
        .collect();
    let stances: Vec<Stance> = draft
        .stances
        .into_iter()
        .filter_map(|stance| {
            statements.stance(!faulty.is_empty() && is_faulty(stance.place), stance)
        })
        .collect();
    let ties = draft
        .ties
        .iter()
        .filter_map(|(place, tie)| statements.tie(is_faulty(*place), *place, tie))
        .collect();
    let facts = draft
        .facts
        .iter()
        .filter_map(|fact| statements.fact(is_faulty(fact.place), fact))
        .collect();
    let Statements {
        findings,
        left_out,
        read_in_part,
        ..
    } = statements;
    Linked {
        meetings,
        stances,
        ties,
        facts,
        findings,
        left_out,
        read_in_part,
    }
}

impl Statements<'_, '_> {
    /// Keeps a meeting or fact with its valid parts, since its id must keep its meaning.
    fn keep_part<T>(&mut self, faulty: bool, mistakes: usize, record: T) -> Option<T> {
        self.read_in_part += usize::from(faulty || self.mistakes() > mistakes);
        Some(record)
    }

    /// Leaves out a stance or tie with a broken reference.
    fn keep<T>(&mut self, faulty: bool, mistakes: usize, record: Option<T>) -> Option<T> {
        let kept = record.filter(|_| !faulty && self.mistakes() == mistakes);
        self.left_out += usize::from(kept.is_none());
        kept
    }

    fn mistakes(&self) -> usize {
        self.findings.mistakes()
    }

    #[inline]
    fn one<T: Target>(&mut self, name: Name, spot: Spot<'_>) -> Option<T> {
        if let Some(Known::As(entity)) = self.known[name.0 as usize]
            && let Some(id) = T::of(entity)
        {
            return Some(id);
        }
        let names = self.names;
        self.register.target(
            &mut self.findings,
            self.known[name.0 as usize],
            &names[name.0 as usize],
            spot,
        )
    }

    fn maybe<T: Target>(&mut self, name: Option<Name>, record: Place, field: &str) -> Option<T> {
        name.and_then(|name| self.one(name, Spot::new(record, field, 0)))
    }

    #[inline]
    fn several<T: Target>(&mut self, names: Ids<Name>, spot: Spot<'_>) -> Ids<T> {
        match names {
            Ids::One(one) => match self.one(one, spot) {
                Some(id) => Ids::One(id),
                None => Ids::Many(Box::default()),
            },
            Ids::Many(many) => self.list(&many, spot).into_vec().into_iter().collect(),
        }
    }

    fn list<T: Target>(&mut self, names: &[Name], spot: Spot<'_>) -> Box<[T]> {
        names
            .iter()
            .enumerate()
            .filter_map(|(item, &name)| self.one(name, Spot { item, ..spot }))
            .collect()
    }

    #[inline]
    fn stance(&mut self, faulty: bool, stance: Stance<Written>) -> Option<Stance> {
        let mistakes = self.mistakes();
        let spot = |field| Spot::new(stance.place, field, 0);
        let actors = self.several(stance.actors, spot("actor"));
        let issue = self.one::<IssueId>(stance.issue, spot("issue"));
        let sources = self.several(stance.sources, spot("source"));
        let more = stance.more.map(|more| {
            Box::new(StanceMore {
                toward: self.several(more.toward, spot("toward")),
                said_by: self.maybe(more.said_by, stance.place, "said_by"),
                until: more.until,
                salience: more.salience,
                power: more.power,
                credibility: more.credibility,
                condition: more.condition,
                depends_on: self.depends_on(&more.depends_on, stance.place),
                withdrawn_in: self.maybe(more.withdrawn_in, stance.place, "withdrawn_in"),
            })
        });
        if let (Some(issue), Some(position)) = (issue, stance.position) {
            self.level(issue, position, stance.place);
        }
        let empty = actors.as_slice().is_empty();
        if empty && self.mistakes() == mistakes && !faulty {
            let place = self.register.locate(stance.place, &[Step::Field("actor")]);
            self.findings.diagnostics.push(
                Diagnostic::error(
                    "no-actor",
                    "this stance has no actor",
                    place,
                    "an empty list",
                )
                .help("name the actors whose position it is"),
            );
        }
        let linked = issue.map(|issue| Stance {
            place: stance.place,
            issue,
            actors,
            sources,
            position: stance.position,
            date: stance.date,
            more,
        });
        let kept = self.keep(faulty, mistakes, linked)?;
        let actors = self.each_once(kept.actors, kept.place);
        Some(Stance { actors, ..kept })
    }

    /// Removes repeated actors from a stance, and reports the first repetition.
    fn each_once(&mut self, actors: Ids<ActorId>, record: Place) -> Ids<ActorId> {
        let Ids::Many(many) = &actors else {
            return actors;
        };
        let Some(two) = first_repeat(many) else {
            return actors;
        };
        let graph = self.graph;
        let finding = self.twice(&graph[many[two[1]]].id, record, "actor", two);
        self.findings.diagnostics.push(finding);
        once(many).collect()
    }

    /// Resolves a list of a meeting. Drops repeated items, and adds a finding about the first to
    /// `twice`.
    fn list_once<T: Target + Copy + Eq + Hash>(
        &mut self,
        names: &[Name],
        spot: Spot<'_>,
        twice: &mut Vec<Diagnostic>,
    ) -> Box<[T]> {
        let all: Box<[T]> = self.list(names, spot);
        let Some(two) = first_repeat(names) else {
            return all;
        };
        let id = &self.names[names[two[1]].0 as usize];
        let mut finding = self.twice(id, spot.record, spot.field, two);
        if spot.field == "participants" && names.iter().all(|name| *name == names[0]) {
            finding.help =
                vec!["a meeting has two or more participants: name the other one".to_owned()];
        }
        twice.push(finding);
        once(&all).collect()
    }

    fn twice(&self, id: &str, record: Place, field: &str, two: [usize; 2]) -> Diagnostic {
        named_twice(id, two.map(|nth| self.register.item(record, field, nth)))
    }

    /// Reports a position that the issue does not have.
    #[inline]
    fn level(&mut self, issue: IssueId, position: Position, record: Place) {
        let graph = self.graph;
        let issue = &graph[issue];
        if matches!(position, Position::At(_)) && issue.lost_scale {
            return;
        }
        let levels = issue.levels.map(u32::from);
        let Some(misfit) = position.misfit(&issue.id, levels, issue.scale) else {
            return;
        };
        let place = self.register.locate(record, &[Step::Field("position")]);
        let declared = self.register.locate(issue.place, &[Step::Key]);
        let finding = Diagnostic::error(misfit.code, misfit.message, place, misfit.label)
            .label(declared, "the issue")
            .help(misfit.help);
        let finding = match position {
            Position::StronglySupports => finding.fix(place, "Supports"),
            Position::StronglyOpposes => finding.fix(place, "Opposes"),
            _ => finding,
        };
        self.findings.diagnostics.push(finding);
    }

    fn meeting(&mut self, faulty: bool, meeting: Meeting<Written>) -> Option<Meeting> {
        let mistakes = self.mistakes();
        let record = meeting.place;
        let spot = |field| Spot::new(record, field, 0);
        let mut twice = Vec::new();
        let participants = self.list_once(&meeting.participants, spot("participants"), &mut twice);
        let topics = self.list_once(&meeting.topics, spot("topics"), &mut twice);
        let more = meeting.more.map(|more| {
            Box::new(MeetingMore {
                host: self.maybe(more.host, record, "host"),
                invited: self.list_once(&more.invited, spot("invited"), &mut twice),
                declined: self.list_once(&more.declined, spot("declined"), &mut twice),
                part_of: self.maybe(more.part_of, record, "part_of"),
                earlier: more
                    .earlier
                    .into_vec()
                    .into_iter()
                    .filter_map(|earlier| self.earlier(record, earlier))
                    .collect(),
                on: more.on,
                because: self
                    .maybe(more.because, record, "because")
                    .map(|Reason(entity)| entity),
                likelihood: more.likelihood,
                said_by: self.maybe(more.said_by, record, "said_by"),
                sources: self.several(more.sources, spot("source")),
                withdrawn_in: self.maybe(more.withdrawn_in, record, "withdrawn_in"),
                withdrawn: Box::default(),
                told: more.told,
                same_as: more.same_as,
                lost_date: more.lost_date,
                lost_on: more.lost_on,
            })
        });
        let linked = Meeting {
            place: record,
            id: meeting.id,
            title: meeting.title,
            kind: meeting.kind,
            status: meeting.status,
            date: meeting.date,
            participants,
            topics,
            more,
        };
        if !self.register.is_first(&linked.id, record) {
            return None;
        }
        let kept = self.keep_part(faulty, mistakes, linked);
        self.findings.diagnostics.extend(twice);
        kept
    }

    /// Links an earlier status. Returns `None` if it has a mistake or a broken reference.
    fn earlier(&mut self, record: Place, earlier: Earlier<Written>) -> Option<Earlier> {
        let mistakes = self.mistakes();
        let within = [Step::Field("earlier"), Step::Item(earlier.nth as usize)];
        let spot = |field| Spot {
            record,
            within: &within,
            field,
            item: 0,
        };
        let linked = Earlier {
            nth: earlier.nth,
            faulty: earlier.faulty,
            date: earlier.date,
            status: earlier.status,
            on: earlier.on,
            because: earlier
                .because
                .and_then(|name| self.one(name, spot("because")))
                .map(|Reason(entity)| entity),
            said_by: earlier
                .said_by
                .and_then(|name| self.one(name, spot("said_by"))),
            sources: self.several(earlier.sources, spot("source")),
            withdrawn_in: earlier
                .withdrawn_in
                .and_then(|name| self.one(name, spot("withdrawn_in"))),
        };
        (self.mistakes() == mistakes && !linked.faulty).then_some(linked)
    }

    fn tie(&mut self, faulty: bool, place: Place, tie: &crate::model::Tie<'_>) -> Option<Tie> {
        let mistakes = self.mistakes();
        let from = self.by_text::<ActorId>(&tie.from, place, "from", 0);
        let to = self.by_text::<ActorId>(&tie.to, place, "to", 0);
        let over = self.texts_of(&tie.over, place, "over");
        let sources = self.texts_of(tie.source.as_slice(), place, "source");
        let said_by = tie
            .said_by
            .as_deref()
            .and_then(|by| self.by_text(by, place, "said_by", 0));
        let withdrawn_in = self.withdrawal(&tie.withdrawn_in, place);
        let linked = from.zip(to).map(|(from, to)| Tie {
            place,
            from,
            to,
            kind: tie.kind.clone().into_owned(),
            since: tie.since,
            until: tie.until,
            over,
            said_by,
            sources,
            withdrawn_in,
        });
        self.keep(faulty, mistakes, linked)
    }

    fn fact(
        &mut self,
        faulty: bool,
        declared: &Declared<'_, crate::model::Fact<'_>>,
    ) -> Option<Fact> {
        let mistakes = self.mistakes();
        let place = declared.place;
        let fact = declared.record.as_ref()?;
        let says_something = declared.says_something();
        let linked = Fact {
            id: declared.id.as_ref().into(),
            place,
            about: self.texts_of(&fact.about, place, "about"),
            date: fact.date.and_then(value::closed),
            lost_date: fact.date.is_some_and(|date| value::closed(date).is_none())
                || declared.read.has_lost(crate::model::Fact::FIELDS, "date"),
            said_by: fact
                .said_by
                .as_deref()
                .and_then(|by| self.by_text(by, place, "said_by", 0)),
            sources: self.texts_of(fact.source.as_slice(), place, "source"),
            withdrawn_in: self.withdrawal(&fact.withdrawn_in, place),
        };
        if !self.register.is_first(&declared.id, place) {
            return None;
        }
        if !says_something {
            self.left_out += 1;
            return None;
        }
        self.keep_part(faulty, mistakes, linked)
    }

    /// Returns the actors and issues that an offer depends on.
    fn depends_on(&mut self, names: &[Name], record: Place) -> Box<[Entity]> {
        let spot = Spot::new(record, "depends_on", 0);
        let hands: Box<[Hand]> = self.list(names, spot);
        hands.into_iter().map(|Hand(entity)| entity).collect()
    }

    fn withdrawal(&mut self, name: &Rare<'_>, record: Place) -> Option<SourceId> {
        let name = name.as_deref()?;
        self.by_text(name, record, "withdrawn_in", 0)
    }

    fn texts_of<T: Target>(&mut self, names: &[Str<'_>], record: Place, field: &str) -> Vec<T> {
        names
            .iter()
            .enumerate()
            .filter_map(|(item, name)| self.by_text(name, record, field, item))
            .collect()
    }

    fn by_text<T: Target>(
        &mut self,
        name: &str,
        record: Place,
        field: &str,
        item: usize,
    ) -> Option<T> {
        let spot = Spot::new(record, field, item);
        self.register.named(&mut self.findings, name, spot)
    }
}

/// Returns the index of the first repeated item, preceded by that of its first occurrence, or
/// `None` if all items are distinct.
fn first_repeat<T: Copy + Eq + Hash>(all: &[T]) -> Option<[usize; 2]> {
    let is_new = |(nth, one): (usize, &T)| !all[..nth].contains(one);
    if all.len() <= FEW && all.iter().enumerate().all(is_new) {
        return None;
    }
    let mut first: HashMap<T, usize> = HashMap::new();
    all.iter().enumerate().find_map(|(nth, one)| {
        let before = *first.entry(*one).or_insert(nth);
        (before != nth).then_some([before, nth])
    })
}

/// Yields each item once.
fn once<T: Copy + Eq + Hash>(all: &[T]) -> impl Iterator<Item = T> {
    let mut known: HashSet<T> = HashSet::new();
    all.iter().copied().filter(move |one| known.insert(*one))
}
