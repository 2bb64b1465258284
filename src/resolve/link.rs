//! Ids are declared, each once in the whole graph, and references become ids. What can't be linked is reported; a
//! statement with a broken reference is left out.

use hashbrown::HashMap;

use crate::diagnostic::Diagnostic;
use crate::graph::{
    Actor, ActorId, Earlier, Entity, Fact, FactId, Graph, Ids, Issue, IssueId, Meeting, MeetingId, MeetingMore, Source, SourceId,
    Stance, StanceMore, Tie,
};
use crate::model::{ActorKind, MeetingStatus, Position, Str};
use crate::resolve::cycle;
use crate::resolve::draft::{Declared, Draft};
use crate::resolve::names::{Name, Written};
use crate::resolve::suggest::{self, Unknown};
use crate::syntax::{OneOrMany, Step, locate};
use crate::text::{FileId, Place, Text};

/// What an id is declared as.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Known {
    As(Entity),
    /// A meeting or fact that can't be read, or an id declared twice: nothing to link to, and nothing more to say.
    LeftOut,
}

/// A kind of record that can be referred to.
trait Target: Sized {
    const NOUN: &'static str;
    fn of(entity: Entity) -> Option<Self>;
}

macro_rules! target {
    ($($id:ident $variant:ident $noun:literal,)*) => {$(
        impl Target for $id {
            const NOUN: &'static str = $noun;
            fn of(entity: Entity) -> Option<Self> {
                match entity {
                    Entity::$variant(id) => Some(id),
                    _ => None,
                }
            }
        }
    )*};
}

target! { SourceId Source "source", ActorId Actor "actor", IssueId Issue "issue", MeetingId Meeting "meeting", }

impl Target for Entity {
    const NOUN: &'static str = "record";
    fn of(entity: Entity) -> Option<Self> {
        Some(entity)
    }
}

/// Why a meeting has its status: a fact, an issue or a meeting.
struct Reason(Entity);

impl Target for Reason {
    const NOUN: &'static str = "fact, issue or meeting";
    fn of(entity: Entity) -> Option<Self> {
        matches!(entity, Entity::Fact(_) | Entity::Issue(_) | Entity::Meeting(_)).then_some(Reason(entity))
    }
}

/// Where a reference stands: in which record, and the way to it.
#[derive(Clone, Copy)]
struct Spot<'s> {
    record: Place,
    within: &'s [Step<'s>],
    field: &'s str,
    item: usize,
}

/// Of a cycle, so many references are shown.
const LINKS_SHOWN: usize = 8;

struct Linker<'t> {
    texts: &'t [&'t Text],
    known: HashMap<Str<'t>, (Known, Place)>,
    /// References to nothing; what may be meant by them is said when everything is known.
    unknown: Vec<Unknown>,
    diagnostics: Vec<Diagnostic>,
}

/// Links drafts to a graph, which has no texts yet.
pub(crate) fn link<'t>(texts: &'t [&'t Text], mut drafts: Vec<Draft<'t>>) -> (Graph, Vec<Diagnostic>) {
    let mut linker = Linker { texts, known: HashMap::new(), unknown: Vec::new(), diagnostics: Vec::new() };
    let mut graph = Graph::default();
    for draft in &mut drafts {
        linker.diagnostics.append(&mut draft.chunk.diagnostics);
        linker.header(&mut graph, draft);
    }
    linker.declare_nodes(&drafts);
    linker.sources(&mut graph, &drafts);
    linker.declare_statements(&graph, &mut drafts);
    linker.actors(&mut graph, &drafts);
    linker.issues(&mut graph, &drafts);
    for draft in drafts {
        linker.statements(&mut graph, draft);
    }
    linker.parts_of_meetings(&mut graph);
    graph.ids = linker
        .known
        .iter()
        .filter_map(|(id, (known, _))| match known {
            Known::As(entity) => Some((Box::from(id.as_ref()), *entity)),
            Known::LeftOut => None,
        })
        .collect();
    suggest::advise(&graph, &linker.unknown, &mut linker.diagnostics);
    (graph, linker.diagnostics)
}

impl<'t> Linker<'t> {
    fn header(&mut self, graph: &mut Graph, draft: &Draft<'_>) {
        let chunk = &draft.chunk;
        if graph.title.is_none() {
            graph.title = chunk.title.as_deref().map(str::to_owned);
            graph.note = chunk.note.as_deref().map(str::to_owned);
        }
        let place = chunk.sections.iter().find(|(section, _)| *section == "version").map(|(_, place)| *place);
        if let (Some(version), Some(place)) = (chunk.version.filter(|version| *version != 1), place) {
            self.diagnostics.push(
                Diagnostic::error(
                    "bad-version",
                    format!("there is no version {version} of the format"),
                    place,
                    "unknown version",
                )
                .help("this program reads version 1"),
            );
        }
        graph.left_out += draft.left_out;
    }

    fn declare_nodes(&mut self, drafts: &[Draft<'t>]) {
        let mut counts = [0_u32; 3];
        for draft in drafts {
            for source in &draft.sources {
                self.declare(&source.id, source.place, &mut counts[0], |n| Entity::Source(SourceId(n)));
            }
            for actor in &draft.actors {
                self.declare(&actor.id, actor.place, &mut counts[1], |n| Entity::Actor(ActorId(n)));
            }
            for issue in &draft.issues {
                self.declare(&issue.id, issue.place, &mut counts[2], |n| Entity::Issue(IssueId(n)));
            }
        }
    }

    /// Meetings and facts with mistakes in them are not used: their ids are known, but link to nothing.
    fn declare_statements(&mut self, graph: &Graph, drafts: &mut [Draft<'t>]) {
        let (mut meetings, mut facts) = (0, 0);
        for draft in drafts {
            let impossible: Vec<Place> = draft
                .meetings
                .iter()
                .filter(|meeting| self.held_after_source(graph, draft, meeting))
                .map(|meeting| meeting.place)
                .collect();
            draft.faulty.extend(impossible);
            draft.faulty.sort_unstable();
            for meeting in &draft.meetings {
                let id = Str::Owned(meeting.id.to_string());
                self.declare_unless(draft.is_faulty(meeting.place), id, meeting.place, &mut meetings, |n| {
                    Entity::Meeting(MeetingId(n))
                });
            }
            for fact in &draft.facts {
                self.declare_unless(draft.is_faulty(fact.place), fact.id.clone(), fact.place, &mut facts, |n| {
                    Entity::Fact(FactId(n))
                });
            }
            for (id, place) in &draft.unreadable {
                self.declare_unless(true, id.clone(), *place, &mut 0, |n| Entity::Fact(FactId(n)));
            }
        }
    }

    /// Reports a meeting that was held after all its sources were published: they can't know.
    fn held_after_source(&mut self, graph: &Graph, draft: &Draft<'t>, meeting: &Meeting<Written>) -> bool {
        let Some(date) = meeting.date.filter(|_| meeting.status == MeetingStatus::Held) else { return false };
        let sources = meeting.sources().iter().filter_map(|name| match self.known.get(&draft.names.all()[name.0 as usize]) {
            Some((Known::As(Entity::Source(id)), _)) => Some(&graph.sources[id.index()]),
            _ => None,
        });
        let dated: Option<Vec<_>> = sources.map(|source| source.date.map(|date| (date.period().to, date, source))).collect();
        let Some((last, published, source)) = dated.and_then(|dated| dated.into_iter().max_by_key(|(last, ..)| *last)) else {
            return false;
        };
        if date.period().from <= last {
            return false;
        }
        let place = self.locate(meeting.place, &[Step::Field("status")]);
        let dated = self.locate(source.place, &[Step::Field("date")]);
        self.diagnostics.push(
            Diagnostic::error(
                "held-after-source",
                format!("`{}` was held on {date}, after its source was published", meeting.id),
                place,
                "the source can't know this",
            )
            .label(self.locate(meeting.place, &[Step::Field("date")]), "held then")
            .label(dated, format!("`{}` is of {published}", source.id))
            .help("write `status: Planned`, correct the date, or name a source that reports it"),
        );
        true
    }

    fn declare_unless(&mut self, left_out: bool, id: Str<'t>, place: Place, count: &mut u32, entity: fn(u32) -> Entity) {
        if !left_out {
            self.declare(&id, place, count, entity);
        } else if let Some((_, first)) = self.known.get(&id) {
            let first = *first;
            self.duplicate(&id, place, first);
        } else {
            self.known.insert(id, (Known::LeftOut, place));
        }
    }

    fn declare(&mut self, id: &Str<'t>, place: Place, count: &mut u32, entity: fn(u32) -> Entity) {
        match self.known.get(id) {
            Some((_, first)) => {
                let first = *first;
                self.duplicate(id, place, first);
            }
            None => {
                self.known.insert(id.clone(), (Known::As(entity(*count)), place));
                *count += 1;
            }
        }
    }

    fn duplicate(&mut self, id: &str, place: Place, first: Place) {
        let (place, first) = (self.locate(place, &[Step::Key]), self.locate(first, &[Step::Key]));
        self.diagnostics.push(
            Diagnostic::error("duplicate-id", format!("`{id}` is declared twice"), place, "declared again here")
                .label(first, "first declared here")
                .help("an id is declared once in the whole graph, whatever the section: rename one of the two, or merge them"),
        );
    }

    /// Whether this record is the one that its id stands for, not a second declaration of it.
    fn is_first(&self, id: &str, place: Place) -> bool {
        self.known.get(id).is_some_and(|(_, first)| *first == place)
    }

    fn locate(&self, record: Place, path: &[Step<'_>]) -> Place {
        let text = self.texts.get(record.file.0 as usize).map_or("", |text| text.text.as_str());
        Place { file: record.file, span: locate(text, record.span.start, path) }
    }

    fn sources(&mut self, graph: &mut Graph, drafts: &[Draft<'t>]) {
        for declared in drafts.iter().flat_map(|draft| &draft.sources) {
            let Some(record) = self.declared(graph, declared) else { continue };
            let via = record.map_or(Vec::new(), |record| self.optional_ids(graph, &record.via, declared.place, "via"));
            graph.sources.push(Source {
                id: declared.id.as_ref().into(),
                place: declared.place,
                title: record.map_or(declared.id.as_ref(), |record| &record.title).into(),
                date: record.and_then(|record| record.date),
                via,
                reliability: record.and_then(|record| record.reliability),
            });
        }
        let ways: Vec<_> =
            graph.sources.iter().map(|source| (source.place, source.via.iter().map(|id| id.index()).collect())).collect();
        for (source, via) in self.cycles("via", "repeats itself", &ids(&graph.sources, |record| &record.id), &ways) {
            graph.sources[source].via.retain(|id| id.index() != via);
        }
    }

    fn actors(&mut self, graph: &mut Graph, drafts: &[Draft<'t>]) {
        for declared in drafts.iter().flat_map(|draft| &draft.actors) {
            let Some(record) = self.declared(graph, declared) else { continue };
            let speaks_for =
                record.map_or(Vec::new(), |record| self.optional_ids(graph, &record.speaks_for, declared.place, "speaks_for"));
            let members =
                record.map_or(Vec::new(), |record| self.optional_list(graph, &record.members, declared.place, "members"));
            graph.actors.push(Actor {
                id: declared.id.as_ref().into(),
                place: declared.place,
                name: record.map_or(declared.id.as_ref(), |record| &record.name).into(),
                aliases: record.map_or(Vec::new(), |record| record.aliases.iter().map(|alias| alias.as_ref().into()).collect()),
                kind: record.map_or(ActorKind::Organization, |record| record.kind),
                speaks_for,
                members,
                power: record.and_then(|record| record.power),
            });
        }
        let ways: Vec<_> =
            graph.actors.iter().map(|actor| (actor.place, actor.speaks_for.iter().map(|id| id.index()).collect())).collect();
        for (actor, principal) in self.cycles("speaks_for", "speaks for itself", &ids(&graph.actors, |record| &record.id), &ways)
        {
            graph.actors[actor].speaks_for.retain(|id| id.index() != principal);
        }
        let ways: Vec<_> =
            graph.actors.iter().map(|actor| (actor.place, actor.members.iter().map(|id| id.index()).collect())).collect();
        for (actor, member) in self.cycles("members", "is a member of itself", &ids(&graph.actors, |record| &record.id), &ways) {
            graph.actors[actor].members.retain(|id| id.index() != member);
        }
    }

    fn issues(&mut self, graph: &mut Graph, drafts: &[Draft<'t>]) {
        for declared in drafts.iter().flat_map(|draft| &draft.issues) {
            let Some(record) = self.declared(graph, declared) else { continue };
            let part_of = record
                .and_then(|record| record.part_of.as_ref())
                .and_then(|wider| self.optional_list(graph, std::slice::from_ref(wider), declared.place, "part_of").pop());
            let scale = record.and_then(|record| record.scale.as_ref()).map(|scale| (scale.from, scale.to));
            graph.issues.push(Issue {
                id: declared.id.as_ref().into(),
                place: declared.place,
                name: record.map_or(declared.id.as_ref(), |record| &record.name).into(),
                aliases: record.map_or(Vec::new(), |record| record.aliases.iter().map(|alias| alias.as_ref().into()).collect()),
                topic_only: record.is_some_and(|record| record.question.is_none() && record.scale.is_none()),
                part_of,
                levels: record.and_then(|record| record.levels).filter(|levels| matches!(levels, 2 | 3)).unwrap_or(5) as u8,
                scale: scale.filter(|(from, to)| from.is_finite() && to.is_finite() && from != to),
            });
        }
        let ways: Vec<_> =
            graph.issues.iter().map(|issue| (issue.place, issue.part_of.iter().map(|id| id.index()).collect())).collect();
        for (issue, _) in self.cycles("part_of", "is part of itself", &ids(&graph.issues, |record| &record.id), &ways) {
            graph.issues[issue].part_of = None;
        }
    }

    /// Cuts the references by which a meeting would be part of itself.
    fn parts_of_meetings(&mut self, graph: &mut Graph) {
        if graph.meetings.iter().all(|meeting| meeting.part_of().is_none()) {
            return;
        }
        let part_of = |meeting: &Meeting| meeting.part_of().iter().map(|id| id.index()).collect();
        let ways: Vec<_> = graph.meetings.iter().map(|meeting| (meeting.place, part_of(meeting))).collect();
        for (meeting, _) in self.cycles("part_of", "is part of itself", &ids(&graph.meetings, |record| &record.id), &ways) {
            if let Some(more) = &mut graph.meetings[meeting].more {
                more.part_of = None;
            }
            graph.read_in_part += 1;
        }
    }

    /// The record of a declaration, if it is the first of its id; counted where a part of it must be ignored.
    fn declared<'d, T>(&self, graph: &mut Graph, declared: &'d Declared<'t, T>) -> Option<Option<&'d T>> {
        if !self.is_first(&declared.id, declared.place) {
            graph.left_out += 1;
            return None;
        }
        graph.read_in_part += usize::from(declared.faulty);
        Some(declared.record.as_ref())
    }

    fn optional_ids<T: Target>(&mut self, graph: &mut Graph, names: &OneOrMany<'_>, record: Place, field: &str) -> Vec<T> {
        self.optional_list(graph, names.as_slice(), record, field)
    }

    /// The references of a declaration: a broken one is ignored, the declaration stays.
    fn optional_list<T: Target>(&mut self, graph: &mut Graph, names: &[Str<'_>], record: Place, field: &str) -> Vec<T> {
        let mistakes = self.diagnostics.len();
        let ids = names
            .iter()
            .enumerate()
            .filter_map(|(item, name)| {
                let known = self.known.get(name.as_ref()).map(|(known, _)| *known);
                self.target(known, name, Spot { record, within: &[], field, item })
            })
            .collect();
        graph.read_in_part += usize::from(self.diagnostics.len() > mistakes);
        ids
    }

    /// What a reference refers to; a broken one is reported.
    fn target<T: Target>(&mut self, known: Option<Known>, name: &str, spot: Spot<'_>) -> Option<T> {
        let entity = match known {
            Some(Known::LeftOut) => return None,
            Some(Known::As(entity)) => match T::of(entity) {
                Some(id) => return Some(id),
                None => Some(entity),
            },
            None => None,
        };
        let path = [spot.within, &[Step::Field(spot.field), Step::Item(spot.item)]].concat();
        let place = self.locate(spot.record, &path);
        let diagnostic = match entity {
            Some(entity) => self.wrong_kind::<T>(name, entity, place, spot.field),
            None => self.unknown::<T>(name, place),
        };
        self.diagnostics.push(diagnostic);
        None
    }

    fn wrong_kind<T: Target>(&self, name: &str, entity: Entity, place: Place, field: &str) -> Diagnostic {
        let noun = entity.noun();
        let wanted = T::NOUN;
        let article = if wanted.starts_with(['a', 'i']) { "an" } else { "a" };
        let diagnostic = Diagnostic::error(
            "wrong-kind",
            format!("`{name}` is {noun}, not {article} {wanted}"),
            place,
            format!("`{field}` names {article} {wanted}"),
        );
        let help = match (field, entity) {
            ("issue", Entity::Actor(_)) => "whom a stance is addressed to is said in `toward`".to_owned(),
            ("issue" | "topics" | "over", Entity::Meeting(_) | Entity::Fact(_)) => {
                "declare what it is about in `issues`".to_owned()
            }
            ("participants" | "invited" | "declined", Entity::Issue(_)) => {
                "what a meeting is about is said in `topics`".to_owned()
            }
            ("source", Entity::Actor(_)) => "who said it is told in `said_by`; `source` is where that was found".to_owned(),
            _ => format!("write the id of {article} {wanted} here"),
        };
        let diagnostic = diagnostic.help(help);
        match self.known.get(name) {
            Some((_, declared)) => diagnostic.label(self.locate(*declared, &[Step::Key]), "declared here"),
            None => diagnostic,
        }
    }

    fn unknown<T: Target>(&mut self, name: &str, place: Place) -> Diagnostic {
        let wanted = T::NOUN;
        self.unknown.push(Unknown {
            diagnostic: self.diagnostics.len(),
            name: name.into(),
            place,
            noun: wanted,
            fits: |entity| T::of(entity).is_some(),
        });
        Diagnostic::error("unknown-id", format!("unknown {wanted} `{name}`"), place, "not declared anywhere")
    }

    /// Reports the cycles that references make, and gives the references to be cut so that none is left.
    fn cycles(&mut self, field: &str, says: &str, ids: &[&str], ways: &[(Place, Vec<usize>)]) -> Vec<(usize, usize)> {
        let mut cut: Vec<(usize, usize)> = Vec::new();
        let mut found = cycle::cycles(ways);
        let mut rest = if found.is_empty() { Vec::new() } else { ways.to_vec() };
        while !found.is_empty() {
            for ring in &found {
                let (from, to) = (ring[0], ring.get(1).copied().unwrap_or(ring[0]));
                if !cut.contains(&(from, to)) {
                    self.cycle(field, says, ids, ways, ring);
                    rest[from].1.retain(|next| *next != to);
                    cut.push((from, to));
                }
            }
            // What was cut may have left another way around.
            found = cycle::cycles(&rest);
        }
        cut
    }

    fn cycle(&mut self, field: &str, says: &str, ids: &[&str], ways: &[(Place, Vec<usize>)], ring: &[usize]) {
        let next = |nth: usize| ring[(nth + 1) % ring.len()];
        let place = |linker: &Self, nth: usize| {
            let (record, references) = &ways[ring[nth]];
            let item = references.iter().position(|reference| *reference == next(nth)).unwrap_or(0);
            linker.locate(*record, &[Step::Field(field), Step::Item(item)])
        };
        let message = format!("`{}` {says}", ids[ring[0]]);
        let label = if ring.len() == 1 { "itself".to_owned() } else { format!("leads to `{}`", ids[next(0)]) };
        let mut diagnostic = Diagnostic::error("cycle", message, place(self, 0), label);
        for nth in 1..ring.len().min(LINKS_SHOWN) {
            let back = if nth + 1 == ring.len() { "and back" } else { "and on" };
            diagnostic = diagnostic.label(place(self, nth), format!("{back} to `{}`", ids[next(nth)]));
        }
        self.diagnostics.push(diagnostic.help(format!("take one of these out of `{field}`; until then the first is ignored")));
    }
}

impl Draft<'_> {
    fn is_faulty(&self, place: Place) -> bool {
        self.faulty.binary_search(&place).is_ok()
    }
}

/// The statements of one draft, as they are linked.
struct Statements<'l, 't> {
    linker: &'l mut Linker<'t>,
    graph: &'l Graph,
    names: &'l [Str<'t>],
    /// What each name of the draft refers to.
    known: Vec<Option<Known>>,
    left_out: usize,
    read_in_part: usize,
}

impl<'t> Linker<'t> {
    fn statements(&mut self, graph: &mut Graph, draft: Draft<'t>) {
        let known = draft.names.all().iter().map(|name| self.known.get(name).map(|(known, _)| *known)).collect();
        let faulty = draft.faulty;
        let is_faulty = |place: Place| faulty.binary_search(&place).is_ok();
        let mut statements = Statements { linker: self, graph, names: draft.names.all(), known, left_out: 0, read_in_part: 0 };
        let meetings: Vec<Meeting> =
            draft.meetings.into_iter().filter_map(|meeting| statements.meeting(is_faulty(meeting.place), meeting)).collect();
        let stances: Vec<Stance> = draft
            .stances
            .into_iter()
            .filter_map(|stance| statements.stance(!faulty.is_empty() && is_faulty(stance.place), stance))
            .collect();
        let ties: Vec<Tie> =
            draft.ties.iter().filter_map(|(place, tie)| statements.tie(is_faulty(*place), *place, tie)).collect();
        let facts: Vec<Fact> = draft.facts.iter().filter_map(|fact| statements.fact(is_faulty(fact.place), fact)).collect();
        let (left_out, read_in_part) = (statements.left_out, statements.read_in_part);
        graph.left_out += left_out;
        graph.read_in_part += read_in_part;
        append(&mut graph.meetings, meetings);
        append(&mut graph.stances, stances);
        graph.ties.extend(ties);
        graph.facts.extend(facts);
    }
}

/// Appends without copying where there is nothing yet.
fn append<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    match all.is_empty() {
        true => *all = more,
        false => all.append(&mut more),
    }
}

impl Statements<'_, '_> {
    /// A meeting or a fact stays without its broken references: its id must go on meaning something.
    fn keep_part<T>(&mut self, faulty: bool, mistakes: usize, record: T) -> Option<T> {
        self.left_out += usize::from(faulty);
        self.read_in_part += usize::from(!faulty && self.mistakes() > mistakes);
        (!faulty).then_some(record)
    }

    /// A stance or a tie with a broken reference is left out.
    fn keep<T>(&mut self, faulty: bool, mistakes: usize, record: Option<T>) -> Option<T> {
        let kept = record.filter(|_| !faulty && self.linker.diagnostics.len() == mistakes);
        self.left_out += usize::from(kept.is_none());
        kept
    }

    fn mistakes(&self) -> usize {
        self.linker.diagnostics.len()
    }

    #[inline]
    fn one<T: Target>(&mut self, name: Name, spot: Spot<'_>) -> Option<T> {
        if let Some(Known::As(entity)) = self.known[name.0 as usize]
            && let Some(id) = T::of(entity)
        {
            return Some(id);
        }
        let names = self.names;
        self.linker.target(self.known[name.0 as usize], &names[name.0 as usize], spot)
    }

    fn maybe<T: Target>(&mut self, name: Option<Name>, record: Place, field: &str) -> Option<T> {
        name.and_then(|name| self.one(name, Spot { record, within: &[], field, item: 0 }))
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
        names.iter().enumerate().filter_map(|(item, &name)| self.one(name, Spot { item, ..spot })).collect()
    }

    #[inline]
    fn stance(&mut self, faulty: bool, stance: Stance<Written>) -> Option<Stance> {
        let mistakes = self.mistakes();
        let spot = |field| Spot { record: stance.place, within: &[], field, item: 0 };
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
            })
        });
        if let (Some(issue), Some(position)) = (issue, stance.position) {
            self.level(issue, position, stance.place);
        }
        let empty = actors.as_slice().is_empty();
        if empty && self.mistakes() == mistakes && !faulty {
            let place = self.linker.locate(stance.place, &[Step::Field("actor")]);
            self.linker.diagnostics.push(
                Diagnostic::error("no-actor", "this stance is nobody's", place, "an empty list")
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
        self.keep(faulty, mistakes, linked)
    }

    /// A position must be one that its issue has.
    #[inline]
    fn level(&mut self, issue: IssueId, position: Position, record: Place) {
        let graph = self.graph;
        let issue = &graph.issues[issue.index()];
        let plain = if position == Position::StronglySupports { "Supports" } else { "Opposes" };
        let (code, message, label, help) = match (position, issue.levels, issue.scale) {
            (Position::At(_), _, None) => {
                let help = "add `scale: (from: …, to: …)` to the issue, or say it in words: `Supports`".to_owned();
                ("no-scale", format!("`{}` has no scale", issue.id), "a number needs one", help)
            }
            (Position::At(x), _, Some((from, to))) if x.is_finite() && !(from.min(to)..=from.max(to)).contains(&x) => {
                let help = format!("the scale of `{}` goes from {from} to {to}", issue.id);
                ("off-scale", format!("{x} is outside the scale of `{}`", issue.id), "off the scale", help)
            }
            (Position::StronglySupports | Position::StronglyOpposes, 2 | 3, _) => {
                let message = format!("`{}` has {} levels: nobody supports or opposes it strongly", issue.id, issue.levels);
                ("bad-level", message, "no such level", format!("write `{plain}`"))
            }
            (Position::Neutral, 2, _) => {
                let message = format!("`{}` has 2 levels: yes or no", issue.id);
                ("bad-level", message, "no such level", "give the issue `levels: 3`, or take a side".to_owned())
            }
            _ => return,
        };
        let place = self.linker.locate(record, &[Step::Field("position")]);
        let declared = self.linker.locate(issue.place, &[Step::Key]);
        let mut diagnostic = Diagnostic::error(code, message, place, label).label(declared, "the issue").help(help);
        if matches!(position, Position::StronglySupports | Position::StronglyOpposes) {
            diagnostic = diagnostic.fix(place, plain);
        }
        self.linker.diagnostics.push(diagnostic);
    }

    fn meeting(&mut self, faulty: bool, meeting: Meeting<Written>) -> Option<Meeting> {
        let mistakes = self.mistakes();
        let record = meeting.place;
        let spot = |field| Spot { record, within: &[], field, item: 0 };
        let participants = self.list(&meeting.participants, spot("participants"));
        let topics = self.list(&meeting.topics, spot("topics"));
        let more = meeting.more.map(|more| {
            Box::new(MeetingMore {
                host: self.maybe(more.host, record, "host"),
                invited: self.list(&more.invited, spot("invited")),
                declined: self.list(&more.declined, spot("declined")),
                part_of: self.maybe(more.part_of, record, "part_of"),
                earlier: more
                    .earlier
                    .into_vec()
                    .into_iter()
                    .enumerate()
                    .map(|(nth, earlier)| self.earlier(record, nth, earlier))
                    .collect(),
                on: more.on,
                because: self.maybe(more.because, record, "because").map(|Reason(entity)| entity),
                likelihood: more.likelihood,
                said_by: self.maybe(more.said_by, record, "said_by"),
                sources: self.several(more.sources, spot("source")),
                stage: more.stage,
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
        let first = self.linker.is_first(&linked.id, record);
        self.keep_part(faulty || !first, mistakes, linked)
    }

    fn earlier(&mut self, record: Place, nth: usize, earlier: Earlier<Written>) -> Earlier {
        let within = [Step::Field("earlier"), Step::Item(nth)];
        let spot = |field| Spot { record, within: &within, field, item: 0 };
        Earlier {
            date: earlier.date,
            status: earlier.status,
            on: earlier.on,
            because: earlier.because.and_then(|name| self.one(name, spot("because"))).map(|Reason(entity)| entity),
            said_by: earlier.said_by.and_then(|name| self.one(name, spot("said_by"))),
            sources: self.several(earlier.sources, spot("source")),
        }
    }

    fn tie(&mut self, faulty: bool, place: Place, tie: &crate::model::Tie<'_>) -> Option<Tie> {
        let mistakes = self.mistakes();
        let from = self.by_text::<ActorId>(&tie.from, place, "from", 0);
        let to = self.by_text::<ActorId>(&tie.to, place, "to", 0);
        let over = self.texts_of(&tie.over, place, "over");
        let sources = self.texts_of(tie.source.as_slice(), place, "source");
        let said_by = tie.said_by.as_ref().and_then(|by| self.by_text(by, place, "said_by", 0));
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
        });
        self.keep(faulty, mistakes, linked)
    }

    fn fact(&mut self, faulty: bool, declared: &Declared<'_, crate::model::Fact<'_>>) -> Option<Fact> {
        let mistakes = self.mistakes();
        let place = declared.place;
        let fact = declared.record.as_ref()?;
        let linked = Fact {
            id: declared.id.as_ref().into(),
            place,
            about: self.texts_of(&fact.about, place, "about"),
            date: fact.date,
            said_by: fact.said_by.as_ref().and_then(|by| self.by_text(by, place, "said_by", 0)),
            sources: self.texts_of(fact.source.as_slice(), place, "source"),
        };
        let first = self.linker.is_first(&declared.id, place);
        self.keep_part(faulty || !first, mistakes, linked)
    }

    fn texts_of<T: Target>(&mut self, names: &[Str<'_>], record: Place, field: &str) -> Vec<T> {
        names.iter().enumerate().filter_map(|(item, name)| self.by_text(name, record, field, item)).collect()
    }

    fn by_text<T: Target>(&mut self, name: &str, record: Place, field: &str, item: usize) -> Option<T> {
        let known = self.linker.known.get(name).map(|(known, _)| *known);
        self.linker.target(known, name, Spot { record, within: &[], field, item })
    }
}

fn ids<T>(records: &[T], id: fn(&T) -> &str) -> Vec<&str> {
    records.iter().map(id).collect()
}

/// Messages about files as a whole point at their beginning.
pub(crate) fn beginning(file: FileId) -> Place {
    Place { file, ..Place::default() }
}
