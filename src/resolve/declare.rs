//! Ids are declared, each once in the whole graph.

use std::iter;

use hashbrown::hash_map::Entry;

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Entity, FactId, Graph, IssueId, Meeting, MeetingId, Source, SourceId};
use crate::model::{Day, MeetingStatus, Str};
use crate::resolve::draft::Draft;
use crate::resolve::link::Linker;
use crate::resolve::names::Written;
use crate::resolve::refer::Known;
use crate::syntax::Step;
use crate::text::Place;

/// How a finding is made, an error or a warning.
type Make = fn(&'static str, String, Place, String) -> Diagnostic;

impl<'t> Linker<'t> {
    /// Declares all ids. Of one that is declared again with other content, neither record is used.
    pub(super) fn declare_all(&mut self, drafts: &[Draft<'t>]) {
        self.declare_each(drafts);
        if !self.register.clashing.is_empty() {
            self.declare_anew(drafts);
        }
    }

    /// Records are known by their numbers: where fewer of them count, those behind have others.
    fn declare_anew(&mut self, drafts: &[Draft<'t>]) {
        self.register.known.clear();
        self.declare_each(drafts);
    }

    fn declare_each(&mut self, drafts: &[Draft<'t>]) {
        let mut counts = [0_u32; 5];
        for draft in drafts {
            for source in &draft.sources {
                self.declare(&source.id, source.place, &mut counts[0], |n| {
                    Entity::Source(SourceId(n))
                });
            }
            for actor in &draft.actors {
                self.declare(&actor.id, actor.place, &mut counts[1], |n| {
                    Entity::Actor(ActorId(n))
                });
            }
            for issue in &draft.issues {
                self.declare(&issue.id, issue.place, &mut counts[2], |n| {
                    Entity::Issue(IssueId(n))
                });
            }
            for (id, meeting) in iter::zip(&draft.meeting_ids, &draft.meetings) {
                self.declare(id, meeting.place, &mut counts[3], |n| {
                    Entity::Meeting(MeetingId(n))
                });
            }
            for fact in &draft.facts {
                self.declare_unless(
                    !fact.says_something(),
                    &fact.id,
                    fact.place,
                    &mut counts[4],
                    |n| Entity::Fact(FactId(n)),
                );
            }
            for (id, place) in &draft.unreadable {
                self.know(id, *place, Known::LeftOut);
            }
        }
    }

    /// Finds the meetings that were held after all their sources were published: their status is not known.
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

    /// Reports a meeting that was held after all its sources were published: they can't know.
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
                Some((Known::As(Entity::Source(id)), _)) => Some(&graph.sources[id.index()]),
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
        // Days begin earlier in the east: the evening of one is the morning of the next.
        let (new, label) = match late {
            1 => (Diagnostic::warning as Make, "the day after"),
            _ => (Diagnostic::error as Make, "the source can't know this"),
        };
        self.findings.diagnostics.push(
            new(
                "held-after-source",
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
            .label(dated, format!("`{}` is of {published}", source.id))
            .help("write `status: Planned`, correct the date, or name a source that reports it")
            .help(format!(
                "a source that came out over two days has both: `date: \"{last}/{}\"`",
                Day(last.0.saturating_add(1))
            )),
        );
        late > 1
    }

    fn declare_unless(
        &mut self,
        left_out: bool,
        id: &Str<'t>,
        place: Place,
        count: &mut u32,
        entity: fn(u32) -> Entity,
    ) {
        if left_out {
            self.know(id, place, Known::LeftOut);
        } else {
            self.declare(id, place, count, entity);
        }
    }

    fn declare(&mut self, id: &Str<'t>, place: Place, count: &mut u32, entity: fn(u32) -> Entity) {
        *count += u32::from(self.know(id, place, Known::As(entity(*count))));
    }

    /// Whether that is the first declaration of an id, and the one that counts; another is reported.
    fn know(&mut self, id: &Str<'t>, place: Place, known: Known) -> bool {
        let is_clashing = !self.register.clashing.is_empty() && self.register.clashing.contains(id);
        match self.register.known.entry(id.clone()) {
            Entry::Vacant(new) if is_clashing => {
                new.insert((Known::LeftOut, Place::default()));
                false
            }
            Entry::Vacant(new) => {
                new.insert((known, place));
                true
            }
            Entry::Occupied(entry) => {
                let (id, first) = (entry.key().clone(), *entry.get());
                if self.register.again.insert(place) {
                    self.duplicate(id, (known, place), first);
                }
                false
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
                format!("{message}, in the same words"),
                key,
                "again here",
            )
            .help("take one of the two out; they are taken as one")
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
