//! Collects the records that a page needs and numbers them.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{
    ActorId, Entity, Graph, IssueId, Lens, Meeting as MeetingRecord, MeetingId, SourceId, StanceId,
    TieId, Told, during,
};
use crate::model::{self, ActorKind, Date, Day, Period, Str, TieKind};
use crate::picture::html::data::records::{
    Actor, Counted, Issue, Lasting, Meeting, OnDay, Source, Stance, Status, Tie,
};
use crate::picture::html::data::tables::{Spot, Table};
use crate::picture::html::data::{Data, When, closed, when};
use crate::query::{Doubt, Extract, Role, Said, TOPIC_ONLY, parts_for_all, scale_words};
use crate::render::Places;
use crate::text::Place;
use crate::words::one_line;

/// Numbers the records that a page needs.
pub(super) struct Collector<'g> {
    graph: &'g Graph,
    places: Places<'g>,
    extract: &'g Extract,
    lens: Lens,
    /// The members of each group by ties, with the period of membership.
    members: BTreeMap<ActorId, Vec<(ActorId, Period)>>,
    actors: BTreeMap<ActorId, u32>,
    issues: BTreeMap<IssueId, u32>,
    stances: BTreeMap<StanceId, u32>,
    sources: BTreeMap<SourceId, u32>,
    told: Vec<StanceId>,
    dates: Table,
    words: Table,
    /// The entry of each date, by its number.
    whens: Vec<When>,
}

fn text(text: Option<Str<'_>>) -> String {
    text.map(|text| one_line(&text)).unwrap_or_default()
}

impl<'g> Collector<'g> {
    pub(super) fn new(graph: &'g Graph, lens: Lens, extract: &'g Extract) -> Collector<'g> {
        let mut members: BTreeMap<ActorId, Vec<(ActorId, Period)>> = BTreeMap::new();
        for tie in graph.ties.iter().filter(|tie| tie.kind == TieKind::Member) {
            let member = (tie.from, tie.during());
            members.entry(tie.to).or_default().push(member);
        }
        Collector {
            members,
            graph,
            places: Places::new(graph),
            extract,
            lens,
            actors: extract.actors.iter().copied().zip(0..).collect(),
            issues: extract.issues.iter().copied().zip(0..).collect(),
            stances: BTreeMap::new(),
            sources: BTreeMap::new(),
            told: Vec::new(),
            dates: Table::default(),
            words: Table::default(),
            whens: Vec::new(),
        }
    }

    /// Returns the number of a date.
    fn date(&mut self, date: Date) -> u32 {
        let number = self.dates.number(date.to_string());
        if number as usize == self.whens.len() {
            self.whens.push(when(date));
        }
        number
    }

    /// Returns the number of a wording that many records share.
    pub(super) fn word(&mut self, words: String) -> u32 {
        self.words.number(words)
    }

    fn spot(&self, place: Place) -> Spot {
        let line = self.places.start(place).line as u32;
        if place.file.0 == 0 {
            Spot::OfFirst(line)
        } else {
            Spot::Of(place.file.0, line)
        }
    }

    /// Returns the number of an actor that is shown.
    pub(super) fn actor(&self, id: ActorId) -> u32 {
        self.actors.get(&id).copied().unwrap_or_default()
    }

    /// Returns the number of an issue that is shown.
    pub(super) fn issue(&self, id: IssueId) -> u32 {
        self.issues.get(&id).copied().unwrap_or_default()
    }

    /// Returns the number of a statement, and includes it in the page.
    pub(super) fn stance(&mut self, id: StanceId) -> u32 {
        let next = self.told.len() as u32;
        let number = *self.stances.entry(id).or_insert(next);
        if number == next {
            self.told.push(id);
        }
        number
    }

    fn shown(&self, actors: &[ActorId]) -> Vec<u32> {
        actors
            .iter()
            .filter_map(|id| self.actors.get(id).copied())
            .collect()
    }

    /// Returns those of these actors that are shown, with the days on which they are joined to
    /// another.
    fn lasting(&self, joined: impl Iterator<Item = (ActorId, Period)>) -> Vec<Lasting> {
        let mut lasting: Vec<Lasting> = Vec::new();
        for (actor, days) in joined {
            let [from, to] = closed(days);
            if let Some(&actor) = self.actors.get(&actor) {
                lasting.push(Lasting { actor, from, to });
            }
        }
        lasting
    }

    fn topics(&self, issues: &[IssueId]) -> Vec<u32> {
        issues
            .iter()
            .filter_map(|id| self.issues.get(id).copied())
            .collect()
    }

    fn cited(&mut self, sources: &[SourceId]) -> Vec<u32> {
        let number = |id: &SourceId| {
            let next = self.sources.len() as u32;
            *self.sources.entry(*id).or_insert(next)
        };
        sources.iter().map(number).collect()
    }

    fn name(&self, actor: ActorId) -> String {
        one_line(self.graph.name(Entity::Actor(actor)))
    }

    /// Completes the page's data with all records.
    pub(super) fn finish(mut self, mut data: Data) -> Data {
        let extract = self.extract;
        data.actors = extract
            .actors
            .iter()
            .map(|id| self.actor_record(*id))
            .collect();
        data.issues = extract
            .issues
            .iter()
            .map(|id| self.issue_record(*id))
            .collect();
        data.stances = std::mem::take(&mut self.told)
            .into_iter()
            .map(|id| self.stance_record(id))
            .collect();
        data.meetings = extract
            .meetings
            .iter()
            .map(|met| self.meeting_record(met.id))
            .collect();
        data.ties = self.ties();
        let mut cited: Vec<(u32, SourceId)> = self
            .sources
            .iter()
            .map(|(id, number)| (*number, *id))
            .collect();
        cited.sort_unstable();
        data.sources = cited
            .into_iter()
            .map(|(_, id)| self.source_record(id))
            .collect();
        let folder = self.graph.folder().len();
        data.files = self
            .graph
            .texts
            .iter()
            .map(|text| text.name[folder..].to_owned())
            .collect();
        (data.dates, data.words) = (self.whens, self.words.texts);
        data
    }

    fn source_record(&mut self, id: SourceId) -> Source {
        let source = &self.graph[id];
        let written = self.graph.written_source(source.place);
        Source {
            id: source.id.to_string(),
            title: one_line(&source.title),
            publisher: text(written.publisher),
            date: source.date.map(|date| self.date(date)),
            url: text(written.url),
            grade: source
                .reliability
                .map_or(String::new(), |grade| grade.written().to_owned()),
            place: self.spot(source.place),
        }
    }

    fn actor_record(&self, id: ActorId) -> Actor {
        let actor = &self.graph[id];
        let written = self.graph.written_actor(actor.place);
        let spoken = self.graph.voices().direct(id).iter();
        let spoken = spoken.map(|voice| (voice.principal, voice.during));
        let listed = actor
            .members
            .iter()
            .map(|&member| (member, during(None, None)));
        let tied = self.members.get(&id).into_iter().flatten().copied();
        Actor {
            id: actor.id.to_string(),
            name: one_line(&actor.name),
            kind: ActorKind::word_of(actor.kind),
            role: text(written.role),
            aliases: actor.aliases.iter().map(|alias| one_line(alias)).collect(),
            speaks_for: self.lasting(spoken),
            members: self.lasting(listed.chain(tied)),
            note: text(written.note.into_option()),
            place: self.spot(actor.place),
        }
    }

    fn issue_record(&self, id: IssueId) -> Issue {
        let issue = &self.graph[id];
        let written = self.graph.written_issue(issue.place);
        Issue {
            id: issue.id.to_string(),
            name: one_line(&issue.name),
            question: text(written.question),
            topic_only: match issue.topic_only {
                true => TOPIC_ONLY,
                false => "",
            },
            scale: one_line(&scale_words(self.graph, id)),
            aliases: issue.aliases.iter().map(|alias| one_line(alias)).collect(),
            part_of: issue
                .part_of
                .and_then(|wider| self.issues.get(&wider).copied()),
            note: text(written.note.into_option()),
            place: self.spot(issue.place),
        }
    }

    fn stance_record(&mut self, id: StanceId) -> Stance {
        let stance = &self.graph[id];
        // A card has no room for the fields that are left out here.
        let model::Stance {
            actor: _,
            issue: _,
            position: _,
            toward: _,
            salience: _,
            power: _,
            summary,
            quote,
            said_by: _,
            date: _,
            until: _,
            source: _,
            at,
            credibility: _,
            condition: _,
            depends_on: _,
            withdrawn_in: _,
            note,
            tags: _,
        } = self.graph.written_stance(stance.place);
        Stance {
            actors: self.shown(stance.actors.as_slice()),
            issue: self.issue(stance.issue),
            position: stance.position.map(|_| self.word(Said::of(stance).words())),
            toward: stance
                .toward()
                .iter()
                .map(|actor| self.name(*actor))
                .collect(),
            by: stance
                .said_by()
                .map_or(String::new(), |actor| self.name(actor)),
            summary: text(summary),
            quote: text(quote.into_option()),
            at: text(at.into_option()),
            date: self.graph.stance_date(stance).map(|date| self.date(date)),
            until: stance.until().map(|date| self.date(date)),
            salience: stance.salience(),
            sources: self.cited(stance.sources.as_slice()),
            note: text(note.into_option()),
            place: self.spot(stance.place),
        }
    }

    fn meeting_record(&mut self, id: MeetingId) -> Meeting {
        let meeting = &self.graph[id];
        let written = self.graph.written_meeting_as_told(meeting);
        let set_for = |date: Option<Date>| date.map_or(String::new(), |date| when(date).words);
        let mut stages: Vec<Status> = meeting
            .earlier()
            .iter()
            .map(|earlier| Status {
                status: earlier.status.word().to_owned(),
                on: self.graph.set_on(earlier).map(|date| self.date(date)),
                set_for: set_for(earlier.date),
            })
            .collect();
        let on = self.graph.present_set_on(meeting, meeting.sources());
        // A status that is only set after the picture's day holds from its own day on.
        let present = match meeting.told() {
            Told::Later(_) => meeting.recorded_status().map(|status| status.word()),
            _ => None,
        };
        stages.push(Status {
            status: present.map_or_else(|| meeting.status_words(), str::to_owned),
            on: on.map(|date| self.date(date)),
            set_for: set_for(meeting.date),
        });
        let over_time = self.graph.meeting_over_time(id).into_iter();
        let over_time = over_time.map(|(day, told)| OnDay {
            from: (day != Day::FIRST).then_some(day.0),
            status: told.status_words(),
            met: told.is_held_by(self.graph, day),
            date: told.date.map(|date| self.date(date)),
            counts_for: self.counts_for(&told),
        });
        let over_time = over_time.collect();
        Meeting {
            id: meeting.id.to_string(),
            title: one_line(&meeting.title),
            kind: meeting.kind.map_or("", |kind| kind.word()),
            status: meeting.status_words(),
            met: meeting.is_held_by(self.graph, self.lens.day),
            date: meeting.date.map(|date| self.date(date)),
            stages,
            over_time,
            venue: text(written.place),
            participants: self.shown(&meeting.participants),
            invited: self.shown(meeting.invited()),
            declined: self.shown(meeting.declined()),
            others: self.others(meeting),
            counts_for: self.counts_for(meeting),
            topics: self.topics(&meeting.topics),
            outcome: text(written.outcome.into_option()),
            quote: text(written.quote.into_option()),
            at: text(written.at.into_option()),
            sources: self.cited(meeting.sources()),
            note: text(written.note.into_option()),
            place: self.spot(meeting.place),
        }
    }

    /// Returns how many of those who took part in a meeting or were asked to are not shown, if any.
    fn others(&self, meeting: &MeetingRecord) -> Option<usize> {
        let asked = meeting.participants.iter();
        let asked = asked.chain(meeting.invited()).chain(meeting.declined());
        let others: BTreeSet<&ActorId> =
            asked.filter(|id| !self.actors.contains_key(*id)).collect();
        (!others.is_empty()).then_some(others.len())
    }

    /// Returns what a meeting is to each actor that is shown.
    fn counts_for(&self, meeting: &MeetingRecord) -> Vec<Counted> {
        let declined: BTreeSet<ActorId> = meeting.declined().iter().copied().collect();
        let mut counted = Vec::new();
        for part in parts_for_all(self.graph, self.lens, meeting) {
            let Some(&actor) = self.actors.get(&part.actor) else {
                continue;
            };
            let mut add = |word: &'static str, through: &[ActorId]| {
                let is_own = through.contains(&part.actor);
                let mut others = through.to_vec();
                others.retain(|who| *who != part.actor);
                let named = others.iter().filter(|_| !is_own);
                counted.push(Counted {
                    actor,
                    part: word,
                    through: named.map(|who| self.name(*who)).collect(),
                    by: self.shown(&others),
                    doubt: match part.perhaps {
                        true => Doubt::PerhapsNotInOffice.word(),
                        false => "",
                    },
                });
            };
            match part.role {
                Some(Role::Attends) => add("", &part.through),
                Some(Role::Hosts) => add("host", &part.through),
                None => add("elsewhere", &part.through),
                Some(Role::Asked) => {
                    let is_declined = |who: &ActorId| declined.contains(who);
                    let (no, not_yet): (Vec<ActorId>, Vec<ActorId>) =
                        part.through.iter().copied().partition(is_declined);
                    for (word, through) in [("invited", not_yet), ("declined", no)] {
                        if !through.is_empty() {
                            add(word, &through);
                        }
                    }
                }
            }
        }
        counted
    }

    /// Returns the ties between actors that are shown, including ended ones, which earlier days
    /// need.
    fn ties(&mut self) -> Vec<Tie> {
        let graph = self.graph;
        let mut ties = Vec::new();
        for (id, tie) in graph.ties() {
            let is_apart = matches!(tie.kind, TieKind::SpeaksFor | TieKind::Member);
            let is_shown = [tie.from, tie.to]
                .iter()
                .all(|end| self.actors.contains_key(end));
            if is_shown && !is_apart {
                ties.push(self.tie_record(id));
            }
        }
        ties
    }

    fn tie_record(&mut self, id: TieId) -> Tie {
        let tie = &self.graph[id];
        Tie {
            from: self.actor(tie.from),
            to: self.actor(tie.to),
            kind: tie.kind.word(),
            way: match tie.kind.is_directed() {
                true => "directed",
                false => "",
            },
            since: tie.since.map(|date| self.date(date)),
            until: tie.until.map(|date| self.date(date)),
            over: self.topics(&tie.over),
            sources: self.cited(&tie.sources),
            place: self.spot(tie.place),
        }
    }
}
