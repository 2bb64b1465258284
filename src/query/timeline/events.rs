//! Makes the events of a timeline, record by record.

use crate::graph::{
    ActorId, Census, Claim, Entity, FactId, Fate, Graph, IssueId, Lens, Meeting, MeetingId, Stance,
    StanceId, TieId, Told, Verdict, Words, all_days,
};
use crate::model::{Date, MeetingStatus};
use crate::query::history::{self, Change, changes};
use crate::query::rows;
use crate::query::scope;
use crate::query::status::{self, Statuses};
use crate::query::timeline::{Event, EventRow, SAID, What};
use crate::query::{Behind, Doubt, Evidence, Notes, Said, meetings};

/// What a timeline is about.
pub(super) struct About<'g> {
    graph: &'g Graph,
    lens: Lens,
    names: Vec<Entity>,
    /// The statements asked about.
    said: Vec<StanceId>,
    /// The positions of their actors.
    census: Census,
}

impl<'g> About<'g> {
    /// Finds the statements that involve all of the given things.
    pub(super) fn new(graph: &'g Graph, lens: Lens, names: Vec<Entity>) -> About<'g> {
        let about = About {
            graph,
            lens,
            names,
            said: Vec::new(),
            census: Census::default(),
        };
        let ids = graph.statements_in_order().into_iter();
        let said: Vec<StanceId> = ids.filter(|id| about.is_asked(*id)).collect();
        About {
            census: status::census_of(graph, lens, said.iter().copied()),
            said,
            ..about
        }
    }
}

impl About<'_> {
    /// Returns all events that involve all of the given things.
    pub(super) fn all(&self) -> Vec<Event> {
        let said = self.said.iter().map(|id| Event {
            date: self.graph.stance_date(&self.graph[*id]),
            what: What::Said(*id),
        });
        let mut events: Vec<Event> = said.collect();
        self.moves(&mut events);
        for id in MeetingId::all(self.graph) {
            self.meeting(id, &mut events);
        }
        for id in TieId::all(self.graph) {
            self.tie(id, &mut events);
        }
        let facts = FactId::all(self.graph).filter_map(|id| self.fact(id));
        events.extend(facts.map(Event::from));
        events
    }

    /// Makes the row of an event.
    pub(super) fn row(&self, event: &Event) -> EventRow {
        match &event.what {
            What::Said(id) => self.statement(*id),
            What::Row(row) => EventRow::clone(row),
        }
    }

    /// Returns whether an event is a statement that does not count for all its actors, because who
    /// voiced it does not speak for them.
    pub(super) fn is_attribution(&self, event: &Event) -> bool {
        match event.what {
            What::Said(id) if self.graph[id].said_by().is_some() => {
                let statuses = Statuses::in_census(self.graph, &self.census, id);
                !statuses.actors(Fate::Attributed).is_empty()
            }
            What::Said(_) | What::Row(_) => false,
        }
    }

    /// Returns whether `about` involves everything asked about: the thing itself, a speaker for it,
    /// or a part of the issue.
    fn involves(&self, about: &[Entity], date: Option<Date>) -> bool {
        self.names
            .iter()
            .all(|name| about.iter().any(|entity| self.is_of(*entity, *name, date)))
    }

    fn is_of(&self, entity: Entity, name: Entity, date: Option<Date>) -> bool {
        match (entity, name) {
            _ if entity == name => true,
            (Entity::Actor(speaker), Entity::Actor(principal)) => {
                self.lens.words == Words::OwnAndSpeakers
                    && self
                        .graph
                        .voices()
                        .speaks_for(speaker, principal, all_days(date))
            }
            (Entity::Issue(issue), Entity::Issue(wider)) => self.graph.is_part_of(issue, wider),
            _ => false,
        }
    }

    fn names(&self, actors: &[ActorId]) -> String {
        let names: Vec<&str> = actors
            .iter()
            .map(|id| self.graph[*id].name.as_ref())
            .collect();
        crate::words::joined(&names)
    }

    fn is_asked(&self, id: StanceId) -> bool {
        let stance = &self.graph[id];
        let date = self.graph.stance_date(stance);
        self.involves(&about_stance(stance), date)
            && scope::has_statement(self.graph, self.lens, stance)
    }

    fn statement(&self, id: StanceId) -> EventRow {
        let statuses = Statuses::in_census(self.graph, &self.census, id);
        let stance = &self.graph[id];
        let actors = stance.actors.as_slice();
        let date = self.graph.stance_date(stance);
        let written = self.graph.written_stance(stance.place);
        let position = Said::of(stance).words();
        let summary = written
            .summary
            .or(written.quote.into_option())
            .map_or(String::new(), |text| format!(" – {text}"));
        // What others say of an actor is not its own word.
        let others = statuses.actors(Fate::Attributed);
        let said = match stance.said_by().filter(|by| !actors.contains(by)) {
            None => String::new(),
            Some(by) if others.is_empty() => format!(", voiced by {}", self.names(&[by])),
            Some(by) if others.len() == actors.len() => {
                format!(", said by {}: not counted", self.names(&[by]))
            }
            Some(by) => format!(
                ", said by {}: not counted for {}",
                self.names(&[by]),
                self.names(&others)
            ),
        };
        let counts_for_nothing =
            |fate: Fate| matches!(fate, Fate::Withdrawn | Fate::OtherOffice | Fate::FewSources);
        let uncounted = statuses
            .words_if(self.graph, counts_for_nothing)
            .into_iter();
        let uncounted: String = uncounted.map(|words| format!(", {words}")).collect();
        let later = match statuses.best() {
            Some(Fate::Withdrawn) => String::new(),
            _ => self.later(date),
        };
        let what = format!(
            "{} on {}: {position}{said}{uncounted}{later}{summary}",
            self.names(actors),
            self.graph[stance.issue].name
        );
        let fate = statuses.fate(self.graph);
        EventRow {
            date,
            kind: SAID.into(),
            what,
            about: about_stance(stance),
            sources: stance.sources.as_slice().to_vec(),
            behind: Behind::at(stance.place).because([Evidence::Stance(id, fate)]),
        }
    }

    /// Adds the events at which actors changed position. The first position is only a statement
    /// like any other.
    fn moves(&self, events: &mut Vec<Event>) {
        let wanted = |actor: ActorId, issue: IssueId| {
            self.graph.scope().has(actor, issue) && self.involves_pair(actor, issue)
        };
        let census = self.graph.census(self.lens, wanted);
        for cell in census.cells() {
            let standing = census.standing(cell, self.lens);
            for change in changes(self.graph, self.lens, cell.issue, &standing) {
                if let Some(before) = change.before.filter(|_| change.moves) {
                    events.push(self.moved(cell.actor, cell.issue, before, &change).into());
                }
            }
        }
    }

    fn involves_pair(&self, actor: ActorId, issue: IssueId) -> bool {
        // A change is listed for the actor it is about, not again for everybody it speaks for.
        self.names.iter().all(|name| {
            [Entity::Actor(actor), Entity::Issue(issue)]
                .iter()
                .any(|entity| match (entity, name) {
                    (Entity::Actor(_), Entity::Actor(_)) => entity == name,
                    _ => self.is_of(*entity, *name, None),
                })
        })
    }

    fn moved(&self, actor: ActorId, issue: IssueId, before: Verdict, change: &Change) -> EventRow {
        let graph = self.graph;
        let position = rows::position(graph, actor, issue, &change.standing);
        let (from, to) = (before.word(), change.standing.verdict.word());
        let after = match change.event {
            history::Event::Made => "",
            history::Event::Ended => ", because what was said has ended",
            history::Event::Began => ", because what was said begins to count",
            history::Event::Ceased => ", because what was said no longer counts",
        };
        let moved = if before == change.standing.verdict {
            history::CONTESTED_OTHERWISE.to_owned()
        } else {
            format!("from {from} to {to}")
        };
        let what = format!(
            "{} on {}: {moved}{after}",
            self.names(&[actor]),
            graph[issue].name
        );
        EventRow {
            date: change.since(),
            kind: "change".into(),
            what,
            about: vec![Entity::Actor(actor), Entity::Issue(issue)],
            sources: position.sources,
            behind: rows::in_force(position.behind, &change.standing),
        }
    }

    /// Returns whether a meeting about these things involves everything asked about, given which
    /// actors have a part in it.
    fn is_met(
        &self,
        meeting: &Meeting,
        about: &[Entity],
        has_part: &dyn Fn(ActorId) -> bool,
    ) -> bool {
        self.names.iter().all(|name| match name {
            Entity::Actor(actor) => has_part(*actor),
            name => about
                .iter()
                .any(|one| self.is_of(*one, *name, meeting.date)),
        })
    }

    /// Notes who perhaps did not speak for the actors asked about at the time, and whose part in a
    /// meeting does not count for them.
    pub(super) fn offices(&self) -> Notes {
        let actors = self.names.iter().filter_map(|name| name.actor());
        let ids = MeetingId::all(self.graph);
        let ids = ids.filter(|id| {
            let meeting = &self.graph[*id];
            let has_part = |actor| meetings::has_part(self.graph, self.lens, meeting, actor);
            scope::has_meeting(self.graph, self.lens, meeting)
                && self.is_met(meeting, &about(*id, meeting), &has_part)
        });
        meetings::offices(self.graph, self.lens, &actors.collect::<Vec<_>>(), ids)
    }

    /// Adds the events of a meeting. Each status is placed on the day on which it was set. If that is
    /// not recorded, it is placed on the date of its source, because it was set by then.
    fn meeting(&self, id: MeetingId, events: &mut Vec<Event>) {
        let meeting = &self.graph[id];
        let about = about(id, meeting);
        let counts = |actor| meetings::role_of(self.graph, self.lens, meeting, actor).is_some();
        let is_asked = scope::has_meeting(self.graph, self.lens, meeting);
        if !is_asked || !self.is_met(meeting, &about, &counts) {
            return;
        }
        let event = |date, what: String, sources| {
            let behind = Behind::at(meeting.place).because([Evidence::Thing(Entity::Meeting(id))]);
            Event::from(EventRow {
                date,
                kind: match meeting.is_in_writing() {
                    true => "in writing".into(),
                    false => "meeting".into(),
                },
                what,
                about: about.clone(),
                sources,
                behind,
            })
        };
        let set_for = |status, date: Option<Date>, then: &str| {
            let date = date.filter(|_| status != Some(MeetingStatus::Held));
            date.map_or(String::new(), |date| format!(", {then}set for {date}"))
        };
        for earlier in meeting.earlier() {
            let set = self.graph.set_on(earlier);
            let what = format!(
                "{}: {}{}{}{}",
                meeting.title,
                earlier.status.word(),
                self.by_then(set, earlier.day_set()),
                set_for(Some(earlier.status), earlier.date, "then "),
                self.because(earlier.because),
            );
            events.push(event(set, what, earlier.sources.as_slice().to_vec()));
        }
        for entry in meeting.withdrawn() {
            let what = format!(
                "{}: {}{}",
                meeting.title,
                status::withdrawn_as(self.graph, entry.status, entry.claim()),
                self.because(entry.because),
            );
            let set = self.graph.set_on(entry);
            events.push(event(set, what, entry.sources.as_slice().to_vec()));
        }
        let set = self.graph.present_set_on(meeting, meeting.sources());
        let status = match meeting.told() {
            Told::Later(status) => MeetingStatus::word_of(*status).to_owned(),
            _ => rows::meeting_status(self.graph, meeting).words.into_owned(),
        };
        let what = format!(
            "{}: {status}{}{}{}{}",
            meeting.title,
            self.by_then(set, meeting.day_set()),
            self.with(meeting),
            set_for(meeting.recorded_status(), meeting.date, ""),
            self.because(meeting.more.as_ref().and_then(|more| more.because)),
        );
        events.push(event(set, what, meeting.sources().to_vec()));
    }

    fn with(&self, meeting: &Meeting) -> String {
        let some = |actors: &[ActorId], many: &str| match actors.len() {
            0..=6 => self.names(actors),
            count => format!("{count} {many}"),
        };
        let host = meeting.host();
        let host = host.filter(|host| !meeting.participants.contains(host));
        let asked = [
            ("host ", host.as_slice()),
            ("invited ", meeting.invited()),
            ("declined by ", meeting.declined()),
        ];
        let asked = asked.into_iter().filter(|(_, actors)| !actors.is_empty());
        let mut with: Vec<String> = asked
            .map(|(how, actors)| format!("{how}{}", some(actors, "actors")))
            .collect();
        if !meeting.participants.is_empty() {
            with.insert(0, some(&meeting.participants, "participants"));
        }
        if with.is_empty() {
            String::new()
        } else {
            format!(" ({})", with.join("; "))
        }
    }

    /// Returns words for a status that was set on a day, or at the latest on the day on which a
    /// source mentions it.
    fn by_then(&self, mentioned: Option<Date>, set: Option<Date>) -> String {
        match (self.later(mentioned).as_str(), set) {
            (later, Some(_)) => later.to_owned(),
            (_, None) if mentioned.is_none() => String::new(),
            (", later", None) => " by that later day".to_owned(),
            (later, None) => format!(" by that day{later}"),
        }
    }

    /// Returns words for a date that is later than the day asked for, or may be.
    fn later(&self, date: Option<Date>) -> String {
        match date.map(Date::period) {
            Some(period) if period.from > self.lens.day => ", later".to_owned(),
            Some(period) if period.to > self.lens.day => {
                format!(", {}", Doubt::PossiblyLater.word())
            }
            _ => String::new(),
        }
    }

    /// Returns words for a claim that was withdrawn, else for its date.
    fn withdrawn_or_later(&self, claim: Claim<'_>, date: Option<Date>) -> String {
        match status::withdrawn(self.graph, claim) {
            Some(by) => format!(", {}", by.words),
            None => self.later(date),
        }
    }

    fn because(&self, reason: Option<Entity>) -> String {
        reason.map_or(String::new(), |reason| {
            format!(", because of {}", self.graph.name(reason))
        })
    }

    fn tie(&self, id: TieId, events: &mut Vec<Event>) {
        let tie = &self.graph[id];
        if tie.is_like_short_form() && tie.since.is_none() && tie.until.is_none() {
            return;
        }
        let mut about = vec![Entity::Actor(tie.from), Entity::Actor(tie.to)];
        about.extend(tie.over.iter().map(|id| Entity::Issue(*id)));
        if !self.involves(&about, tie.since) || !scope::has_tie(self.graph, id) {
            return;
        }
        let ends = [(tie.since, "since then"), (tie.until, "until then")];
        for (date, when) in ends
            .into_iter()
            .filter(|(date, when)| date.is_some() || (*when == "since then" && tie.until.is_none()))
        {
            let when = if date.is_some() {
                when
            } else {
                "start not recorded"
            };
            let what = format!(
                "{} and {}: {}, {when}{}",
                self.names(&[tie.from]),
                self.names(&[tie.to]),
                tie.kind.word(),
                self.withdrawn_or_later(tie.claim(), tie.since),
            );
            let behind = Behind::at(tie.place).because([Evidence::Tie(id)]);
            let row = EventRow {
                date,
                kind: "tie".into(),
                what,
                about: about.clone(),
                sources: tie.sources.to_vec(),
                behind,
            };
            events.push(row.into());
        }
    }

    fn fact(&self, id: FactId) -> Option<EventRow> {
        let fact = &self.graph[id];
        let date = self.graph.fact_date(fact);
        let about: Vec<Entity> = [Entity::Fact(id)]
            .into_iter()
            .chain(fact.about.iter().copied())
            .chain(fact.said_by.map(Entity::Actor))
            .collect();
        let is_asked = self.involves(&about, date) && scope::has_fact(self.graph, fact);
        is_asked.then(|| {
            let behind = Behind::at(fact.place).because([Evidence::Thing(Entity::Fact(id))]);
            let text = self.graph.written_fact(fact.place).text;
            let what = match self
                .withdrawn_or_later(fact.claim(), date)
                .strip_prefix(", ")
            {
                None => text.into_owned(),
                Some(later) => format!("{text} ({later})"),
            };
            EventRow {
                date,
                kind: "fact".into(),
                what,
                about,
                sources: fact.sources.to_vec(),
                behind,
            }
        })
    }
}

/// Returns the actors and the issue that a statement is about.
fn about_stance(stance: &Stance) -> Vec<Entity> {
    let actors = stance.actors.as_slice().iter();
    let others = stance.toward().iter().copied().chain(stance.said_by());
    let mut about: Vec<Entity> = actors.map(|id| Entity::Actor(*id)).collect();
    about.push(Entity::Issue(stance.issue));
    about.extend(others.map(Entity::Actor));
    about
}

/// Returns the actors and issues a meeting is about, and the meeting itself.
fn about(id: MeetingId, meeting: &Meeting) -> Vec<Entity> {
    let who = meeting.everybody().map(|id| Entity::Actor(*id));
    let topics = meeting.topics.iter().map(|id| Entity::Issue(*id));
    std::iter::once(Entity::Meeting(id))
        .chain(who)
        .chain(topics)
        .collect()
}
