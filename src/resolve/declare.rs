//! Declares ids, each once in the whole graph.

use std::iter;

use hashbrown::hash_map::Entry;

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Entity, FactId, Graph, IssueId, Meeting, MeetingId, Source, SourceId};
use crate::model::{Day, MeetingStatus, RecordKind, Str};
use crate::resolve::draft::Draft;
use crate::resolve::link::Linker;
use crate::resolve::names::Written;
use crate::resolve::refer::Known;
use crate::syntax::Step;
use crate::text::Place;

/// A constructor of findings, either errors or warnings.
type Make = fn(&'static str, String, Place, String) -> Diagnostic;

impl<'t> Linker<'t> {
    /// Declares all ids. If an id is declared again with other content, neither record is used.
    pub(super) fn declare_all(&mut self, drafts: &[Draft<'t>]) {
        self.declare_each(drafts);
        if !self.register.clashing.is_empty() {
            self.register.known.clear();
            self.declare_each(drafts);
        }
        self.number();
    }

    /// Numbers the records of each section by their ids, so that their position in the files
    /// changes no answer.
    fn number(&mut self) {
        let known = self.register.known.iter_mut();
        let mut declared: Vec<(RecordKind, &Str<'t>, &mut Entity)> = known
            .filter_map(|(id, (known, _))| match known {
                Known::As(entity) => Some((entity.kind(), id, entity)),
                Known::LeftOut => None,
            })
            .collect();
        declared.sort_unstable_by_key(|(kind, id, _)| (*kind, *id));
        for section in declared.chunk_by_mut(|(one, ..), (other, ..)| one == other) {
            for (nth, (.., entity)) in (0..).zip(section) {
                match entity {
                    Entity::Source(id) => id.0 = nth,
                    Entity::Actor(id) => id.0 = nth,
                    Entity::Issue(id) => id.0 = nth,
                    Entity::Meeting(id) => id.0 = nth,
                    Entity::Fact(id) => id.0 = nth,
                }
            }
        }
    }

    fn declare_each(&mut self, drafts: &[Draft<'t>]) {
        for draft in drafts {
            for source in &draft.sources {
                self.know(
                    &source.id,
                    source.place,
                    Known::As(Entity::Source(SourceId(0))),
                );
            }
            for actor in &draft.actors {
                self.know(&actor.id, actor.place, Known::As(Entity::Actor(ActorId(0))));
            }
            for issue in &draft.issues {
                self.know(&issue.id, issue.place, Known::As(Entity::Issue(IssueId(0))));
            }
            for (id, meeting) in iter::zip(&draft.meeting_ids, &draft.meetings) {
                self.know(id, meeting.place, Known::As(Entity::Meeting(MeetingId(0))));
            }
            for fact in &draft.facts {
                let meant = match fact.says_something() {
                    true => Known::As(Entity::Fact(FactId(0))),
                    false => Known::LeftOut,
                };
                self.know(&fact.id, fact.place, meant);
            }
            for (id, place) in &draft.unreadable {
                self.know(id, *place, Known::LeftOut);
            }
        }
    }

    /// Finds the meetings that were held after all their sources were published, and makes their
    /// status unknown.
    pub(super) fn held_after_sources(&mut self, graph: &Graph, drafts: &mut [Draft<'t>]) {
        for draft in drafts {
            let mut meetings = std::mem::take(&mut draft.meetings);
            for meeting in &mut meetings {
                if self.held_after_source(graph, draft, meeting) {
                    meeting.status = None;
                    draft.faulty.push(meeting.place);
                }
            }
            draft.meetings = meetings;
            draft.faulty.sort_unstable();
        }
    }

    /// Reports a meeting that was held after all its sources were published, since these can't know
    /// of it. Returns whether it was held more than a day later, which is an error.
    fn held_after_source(
        &mut self,
        graph: &Graph,
        draft: &Draft<'t>,
        meeting: &Meeting<Written>,
    ) -> bool {
        let Some(date) = meeting
            .date
            .filter(|_| meeting.status == Some(MeetingStatus::Held))
        else {
            return false;
        };
        let sources = meeting.sources().iter().filter_map(|name| {
            match self.register.known.get(&draft.names.all()[name.0 as usize]) {
                Some((Known::As(Entity::Source(id)), _)) => Some(&graph[*id]),
                _ => None,
            }
        });
        let Some((source, published, last)) = Source::last(sources) else {
            return false;
        };
        let late = i64::from(date.period().from.0) - i64::from(last.0);
        if late <= 0 {
            return false;
        }
        let place = self
            .register
            .locate(meeting.place, &[Step::Field("status")]);
        let dated = self.register.locate(source.place, &[Step::Field("date")]);
        // Days begin earlier in the east: the evening of one may be the morning of the next
        // elsewhere.
        let (new, code, label) = match late {
            1 => (
                Diagnostic::warning as Make,
                "held-day-after",
                "the day after",
            ),
            _ => (
                Diagnostic::error as Make,
                "held-after-source",
                "the source can't know this",
            ),
        };
        let finding = new(
            code,
            format!(
                "`{}` was held on {date}, after its source was published",
                meeting.id
            ),
            place,
            label.to_owned(),
        )
        .label(
            self.register.locate(meeting.place, &[Step::Field("date")]),
            "held then",
        )
        .label(dated, format!("`{}` is dated {published}", source.id))
        .help("write `status: Planned`, correct the date, or name a source that reports it");
        self.findings.diagnostics.push(match late {
            1 => finding.help(format!(
                "a source published over two days has both: `date: \"{last}/{}\"`",
                Day(last.0.saturating_add(1))
            )),
            _ => finding,
        });
        late > 1
    }

    /// Declares an id, and reports another record with the same id. Records have number 0 until all
    /// are declared.
    fn know(&mut self, id: &Str<'t>, place: Place, known: Known) {
        let is_clashing = !self.register.clashing.is_empty() && self.register.clashing.contains(id);
        match self.register.known.entry(id.clone()) {
            Entry::Vacant(new) if is_clashing => {
                new.insert((Known::LeftOut, Place::default()));
            }
            Entry::Vacant(new) => {
                new.insert((known, place));
            }
            Entry::Occupied(entry) => {
                let (id, first) = (entry.key().clone(), *entry.get());
                if self.register.again.insert(place) {
                    self.duplicate(id, (known, place), first);
                }
            }
        }
    }

    fn duplicate(&mut self, id: Str<'t>, declared: (Known, Place), first: (Known, Place)) {
        let is_same = self.register.is_same(declared, first);
        let (place, first) = (declared.1, first.1);
        let (key, first_key) = (
            self.register.locate(place, &[Step::Key]),
            self.register.locate(first, &[Step::Key]),
        );
        let message = format!("`{id}` is declared twice");
        let finding = if is_same {
            Diagnostic::warning(
                "repeated-record",
                format!("{message}, with the same content"),
                key,
                "again here",
            )
            .help("remove one of the two; they count as one")
        } else {
            Diagnostic::error("duplicate-id", message, key, "declared again here")
                .help("an id is declared once in the whole graph, whatever the section: rename one of the two, or merge them")
                .of_graph()
        };
        self.findings
            .diagnostics
            .push(finding.label(first_key, "first declared here"));
        if !is_same {
            self.register.clashing.insert(id);
        }
    }
}
