//! One page on an actor, an issue or a meeting, for somebody about to go into the room: where those
//! who count stand, what they ask, where they meet common ground, and what of it is thin.

use std::collections::BTreeSet;

use crate::graph::{
    ActorId, Census, Entity, Graph, IssueId, Lens, Meeting, MeetingId, Placed, Standing, Standings,
    Verdict,
};
use crate::model::{Date, MeetingStatus, Period};
use crate::query::counted::{counted_with, names_by_id};
use crate::query::evidence::{WeakPositionRow, weak_positions};
use crate::query::ground::{Ground, pairs, relation, same_statements};
use crate::query::headline::headline;
use crate::query::meetings::{self, AHEAD, in_time, letters_apart};
use crate::query::rows::{self, MeetingRow, PositionRow};
use crate::query::show::{DemandRow, SilentRow, asking, demands, text};
use crate::query::{Behind, Note, Notes, Record, Row, Table, Word, answer, scope, table};

/// The most rows of a table, so that all fits on a page.
const MOST: usize = 8;
/// The age in days at which a position counts as old.
const OLD: u32 = 365;

answer! {
    /// One page on an actor, an issue or a meeting, for somebody about to go into the room.
    pub struct Brief = "brief" {
        /// What it is about.
        about: Record<BriefRow>,
        /// Where they stand, what matters most to them first; what they only offer, too.
        positions: Table<PositionRow>,
        /// Those at a meeting whose position on one of its topics is unknown.
        unknown: Table<SilentRow>,
        /// What they ask of one another, or of others.
        asks: Table<DemandRow>,
        /// What others ask of them.
        is_asked: Table<DemandRow>,
        /// Where they agree and differ, two by two.
        ground: Table<PairRow>,
        /// The newest meetings held.
        met: Table<MeetingRow>,
        /// The next meetings planned.
        ahead: Table<MeetingRow>,
        /// The newest letters.
        in_writing: Table<MeetingRow>,
        /// The positions that rest on little.
        thin: Table<WeakPositionRow>,
    }
}

table! {
    /// What a brief is about.
    pub struct BriefRow {
        /// The actor, issue or meeting.
        of: Entity,
        /// What is known of the positions, in a sentence.
        in_short: String,
        /// The question of an issue.
        question: String,
        /// The role of an actor.
        role: String,
        /// The actors it speaks for on the day.
        speaks_for: Vec<ActorId>,
        /// The kind of a meeting.
        kind: Option<Word>,
        /// The status of a meeting.
        status: Option<Word>,
        /// How likely a meeting is.
        likelihood: Option<Word>,
        /// The date of a meeting.
        date: Option<Date>,
        /// The place of a meeting.
        place: String,
        /// The host of a meeting.
        host: Option<ActorId>,
        /// Those invited to a meeting.
        invited: Vec<ActorId>,
        /// Those who declined a meeting.
        declined: Vec<ActorId>,
        /// Whose positions are shown: at a meeting, those who take part, or for whom they speak.
        who: Vec<ActorId>,
        /// The issues of a meeting.
        topics: Vec<IssueId>,
        /// A free note.
        note: String,
    }

    /// Where two actors agree and differ.
    pub struct PairRow {
        /// The one.
        one: ActorId,
        /// The other.
        other: ActorId,
        /// The issues on which both are on one side.
        agree_on: Vec<IssueId>,
        /// The issues on which they are on different sides.
        differ_on: Vec<IssueId>,
    }
}

/// Whom and what a brief is about.
struct Room<'g> {
    graph: &'g Graph,
    lens: Lens,
    of: Entity,
    /// Whose positions are shown.
    who: Vec<ActorId>,
    /// Those that are counted with these, for whom they speak.
    voices: Vec<ActorId>,
}

/// How a brief uses the position of an actor on an issue.
enum Use {
    /// It is shown: the actor is in the room.
    Shown,
    /// Only what it asks of those in the room is shown.
    Asks,
    /// It is on another issue, counts as the word of another, or was not selected.
    None,
}

/// Briefs on an actor, an issue or a meeting; `None` of anything else.
pub fn brief(graph: &Graph, lens: Lens, of: Entity) -> Option<Brief> {
    let room = Room::of(graph, lens, of)?;
    // A brief on an actor also shows what all others ask of it.
    let asking = of
        .actor()
        .map_or_else(BTreeSet::new, |id| asking(graph, id));
    let standings = graph.positions(lens, |actor, issue| {
        let is_there = room.who.contains(&actor) && room.is_about(issue);
        is_there || of == Entity::Actor(actor) || asking.contains(&(actor, issue))
    });
    let compared = of
        .actor()
        .map_or_else(Vec::new, |id| room.whom_it_deals_with(id, &standings));
    let (mut own, mut of_others) = (Standings::new(), Standings::new());
    for ((actor, issue), standing) in standings {
        match room.use_of(actor, issue) {
            Use::Shown => own.insert((actor, issue), standing),
            Use::Asks => of_others.insert((actor, issue), standing),
            Use::None => None,
        };
    }
    let (ground, alike) = room.ground(&compared);
    let is_asked = |toward: &[ActorId]| toward.iter().any(|actor| room.who.contains(actor));
    let asks = demands(graph, room.asks(), &own, |toward, _| match of {
        Entity::Meeting(_) => is_asked(toward),
        _ => !toward.is_empty(),
    });
    let (mut letters, [mut met]) =
        letters_apart(graph, [room.meetings(&[Some(MeetingStatus::Held)])]);
    let (_, [ahead]) = letters_apart(graph, [room.meetings(&AHEAD)]);
    met.reverse();
    letters.reverse();
    let mut notes = room.of_statements(&own);
    notes.extend(alike);
    notes.extend(room.offices(met.iter().chain(&ahead).chain(&letters)));
    let brief = Brief {
        title: format!("Brief: {}", graph.name(of)),
        about: Record::of(room.about(&own)),
        unknown: room.unknown(&own),
        positions: room.positions(&own),
        asks: room.hiding("actor", asks),
        is_asked: demands(graph, "What others ask of it", &of_others, |toward, _| {
            is_asked(toward)
        }),
        ground,
        met: rows::meetings(graph, "Met last", met),
        ahead: rows::meetings(graph, "Meetings planned", ahead),
        in_writing: rows::letters(graph, letters),
        thin: room.thin(&own),
        notes,
    };
    Some(brief.on_a_page(graph.id(of)))
}

impl Brief {
    /// Cuts the tables to the length of a page, and says where the rest is.
    fn on_a_page(mut self, id: &str) -> Brief {
        let mut left = Vec::new();
        cut(&mut self.positions, &mut left);
        cut(&mut self.unknown, &mut left);
        cut(&mut self.asks, &mut left);
        cut(&mut self.is_asked, &mut left);
        cut(&mut self.ground, &mut left);
        cut(&mut self.met, &mut left);
        cut(&mut self.ahead, &mut left);
        cut(&mut self.in_writing, &mut left);
        cut(&mut self.thin, &mut left);
        if !left.is_empty() {
            let text = format!(
                "Left out to fit on a page: {}. `demarche show {id}` shows all.",
                left.join("; ")
            );
            self.notes.push(Note::new("shortened", text));
        }
        self
    }
}

fn cut<R: Row>(table: &mut Table<R>, left: &mut Vec<String>) {
    let all = table.rows.len();
    let more = all.saturating_sub(MOST);
    table.rows.truncate(MOST);
    table.all = Some(all);
    if more > 0 {
        left.push(format!("{more} of “{}”", table.heading));
    }
}

impl<'g> Room<'g> {
    fn of(graph: &'g Graph, lens: Lens, of: Entity) -> Option<Room<'g>> {
        let mut room = Room {
            graph,
            lens,
            of,
            who: Vec::new(),
            voices: Vec::new(),
        };
        match of {
            Entity::Actor(actor) => room.who.push(actor),
            Entity::Issue(issue) => {
                let on = |of: IssueId| graph.is_part_of(of, issue);
                let scope = graph.scope();
                let census = graph.census(lens, |actor, of| scope.actor(actor) && on(of));
                let speaks = |cell: &Placed| {
                    cell.verdict != Verdict::Unknown
                        || !graph.offers(census.footings(cell)).is_empty()
                };
                let counts = |cell: &&Placed| cell.folded.is_none() && speaks(cell);
                let cells = census.cells().filter(counts);
                room.who = rows::distinct(cells.map(|cell| cell.actor));
                let folded = census.folded().filter(|cell| speaks(cell));
                room.voices = rows::distinct(folded.map(|cell| cell.actor));
            }
            Entity::Meeting(meeting) => {
                let meeting = &graph[meeting];
                let there = meetings::meeting_there(graph, lens, meeting);
                room.who = room.principals_of(&there, meetings::days_of(graph, meeting));
                room.voices = there;
            }
            Entity::Source(_) | Entity::Fact(_) => return None,
        }
        room.voices.retain(|voice| !room.who.contains(voice));
        Some(room)
    }

    /// Leaves out those who speak for another of these actors on some of these days.
    fn principals_of(&self, actors: &[ActorId], days: Period) -> Vec<ActorId> {
        let voices = self.graph.voices();
        let is_own = |actor: &&ActorId| {
            let mut spoken_for = voices.principals(**actor, days);
            !spoken_for.any(|principal| principal != **actor && actors.contains(&principal))
        };
        actors.iter().filter(is_own).copied().collect()
    }

    /// Returns whom an actor has met or is to meet, is tied to, asks, or is asked by.
    fn whom_it_deals_with(&self, actor: ActorId, all: &Standings) -> Vec<ActorId> {
        let (graph, lens) = (self.graph, self.lens);
        let deals = |meeting: &Meeting| {
            AHEAD.contains(&meeting.status) || meeting.status == Some(MeetingStatus::Held)
        };
        let meetings = MeetingId::all(graph).filter(|id| deals(&graph[*id]));
        let there = meetings.map(|id| meetings::meeting_there(graph, lens, &graph[id]));
        let ties = graph.ties().map(|(_, tie)| tie);
        let ties = ties.filter(|tie| tie.holds_on(lens.day) && !graph.is_withdrawn(tie.claim()));
        let tied = ties.filter_map(|tie| match actor {
            _ if tie.from == actor => Some(tie.to),
            _ if tie.to == actor => Some(tie.from),
            _ => None,
        });
        let met = there.filter(|there| there.contains(&actor)).flatten();
        let asks = all.iter().flat_map(|((of, _), standing)| {
            standing.in_force().flat_map(move |footing| {
                let toward = graph[footing.stance].toward();
                match *of == actor {
                    true => toward.to_vec(),
                    false if toward.contains(&actor) => vec![*of],
                    false => Vec::new(),
                }
            })
        });
        let all: BTreeSet<ActorId> = met.chain(asks).chain(tied).collect();
        let all: Vec<ActorId> = all.into_iter().collect();
        let mut others = self.principals_of(&all, lens.day.period());
        others.retain(|other| {
            graph.scope().actor(*other)
                && *other != actor
                && !graph.voices().speaks_for(*other, actor, lens.day.period())
        });
        others
    }

    /// Returns how the position of an actor on an issue is used.
    fn use_of(&self, actor: ActorId, issue: IssueId) -> Use {
        let is_voice = || self.graph.voices().has_principals(actor);
        match self.who.contains(&actor) {
            _ if !self.is_about(issue) => Use::None,
            true => Use::Shown,
            false if is_voice() || !self.graph.scope().actor(actor) => Use::None,
            false => Use::Asks,
        }
    }

    /// Notes who is counted with another, and what of the statements is not counted as a position.
    fn of_statements(&self, own: &Standings) -> Notes {
        let mut notes = Notes::default();
        let voices = names_by_id(self.graph, self.voices.iter().copied());
        notes.extend(counted_with(&voices));
        // Those of whom only others speak have no position to show.
        let unheard = self.graph.positions(self.lens, |_, issue| {
            matches!(self.of, Entity::Issue(_)) && self.is_about(issue)
        });
        let footings = own.values().flat_map(|standing| &standing.footings);
        let unheard = unheard.values().flat_map(|standing| &standing.footings);
        notes.extend(rows::attributed(footings.clone().chain(unheard)));
        notes.extend(rows::offers(footings));
        notes
    }

    /// Returns whether an issue is one of those shown.
    fn is_about(&self, issue: IssueId) -> bool {
        let within = |whole: IssueId| self.graph.is_part_of(issue, whole);
        if !self.graph.scope().issue(issue) {
            return false;
        }
        match self.of {
            Entity::Issue(whole) => within(whole),
            Entity::Meeting(meeting) => {
                let topics = &self.graph[meeting].topics;
                topics.is_empty() || topics.iter().copied().any(within)
            }
            Entity::Actor(_) | Entity::Source(_) | Entity::Fact(_) => true,
        }
    }

    fn asks(&self) -> &'static str {
        match self.of {
            Entity::Meeting(_) => "What they ask of one another",
            Entity::Issue(_) => "What is asked of whom",
            Entity::Actor(_) | Entity::Source(_) | Entity::Fact(_) => "What it asks",
        }
    }

    /// Says in a sentence what is known of the positions shown.
    fn in_short(&self, positions: &Standings) -> String {
        let known = positions.iter();
        let known = known.map(|(cell, standing)| (*cell, standing.verdict));
        headline(self.graph, known, " here").unwrap_or_default()
    }

    fn about(&self, positions: &Standings) -> BriefRow {
        let graph = self.graph;
        let mut row = BriefRow {
            of: self.of,
            in_short: self.in_short(positions),
            question: String::new(),
            role: String::new(),
            speaks_for: Vec::new(),
            kind: None,
            status: None,
            likelihood: None,
            date: None,
            place: String::new(),
            host: None,
            invited: Vec::new(),
            declined: Vec::new(),
            who: Vec::new(),
            topics: Vec::new(),
            note: String::new(),
            behind: Behind::thing(graph, self.of),
        };
        match self.of {
            Entity::Actor(actor) => {
                let written = graph.written_actor(graph[actor].place);
                row.role = text(written.role);
                row.note = text(written.note.into_option());
                let day = self.lens.day.period();
                row.speaks_for = graph.voices().principals(actor, day).collect();
            }
            Entity::Issue(issue) => {
                let written = graph.written_issue(graph[issue].place);
                row.question = text(written.question);
                row.note = text(written.note.into_option());
            }
            Entity::Meeting(meeting) => {
                let meeting = &graph[meeting];
                let written = graph.written_meeting_as_told(meeting);
                row.place = text(written.place);
                row.note = text(written.note.into_option());
                row.kind = meeting.kind.map(|kind| kind.word().into());
                row.status = Some(rows::meeting_status(graph, meeting));
                let likelihood = meeting.more.as_ref().and_then(|more| more.likelihood);
                row.likelihood = likelihood.map(rows::likelihood);
                row.date = meeting.date;
                row.host = meeting.host();
                row.invited = meeting.invited().to_vec();
                row.declined = meeting.declined().to_vec();
                row.who = self.who.clone();
                row.topics = meeting.topics.to_vec();
            }
            Entity::Source(_) | Entity::Fact(_) => {}
        }
        row
    }

    /// Lists the known positions, those that matter most first.
    fn positions(&self, positions: &Standings) -> Table<PositionRow> {
        let is_shown = |standing: &Standing| {
            standing.verdict != Verdict::Unknown
                || !self.graph.offers(&standing.footings).is_empty()
        };
        let shown = positions.iter();
        let mut shown: Vec<_> = shown.filter(|(_, standing)| is_shown(standing)).collect();
        shown.sort_by(|(_, one), (_, other)| {
            let matters = |salience: Option<f64>| salience.unwrap_or(-1.0);
            matters(other.salience).total_cmp(&matters(one.salience))
        });
        let are_all_known = shown
            .iter()
            .all(|(_, standing)| standing.verdict != Verdict::Unknown);
        let rows = shown
            .into_iter()
            .map(|((actor, issue), standing)| rows::position(self.graph, *actor, *issue, standing));
        let (heading, noun) = match self.of {
            Entity::Actor(_) => ("Where it stands", "issue"),
            Entity::Issue(_) => ("Where they stand", "actor"),
            _ => ("Where they stand", ""),
        };
        // An offer alone is no position.
        let noun = if are_all_known {
            PositionRow::NOUN
        } else {
            noun
        };
        let table = Table::new(heading, rows)
            .of(noun)
            .or_else("No position is known: that is neither neutral nor consent.");
        self.hiding("actor", table)
    }

    /// Lists for each topic of a meeting those in the room whose position on it is unknown.
    fn unknown(&self, positions: &Standings) -> Table<SilentRow> {
        let Entity::Meeting(meeting) = self.of else {
            return Table::new("", []);
        };
        let is_unknown = |actor: ActorId, issue: IssueId| {
            let standing = positions.get(&(actor, issue));
            standing.is_none_or(|standing| standing.verdict == Verdict::Unknown)
        };
        let asks = |issue: &&IssueId| !self.graph[**issue].topic_only && self.is_about(**issue);
        let topics = self.graph[meeting].topics.iter().filter(asks).copied();
        let rows = topics.map(|issue| SilentRow {
            issue,
            actors: self
                .who
                .iter()
                .copied()
                .filter(|actor| is_unknown(*actor, issue))
                .collect(),
            behind: Behind::default(),
        });
        let rows = rows.filter(|row| !row.actors.is_empty());
        Table::new("Whose position is unknown", rows)
    }

    /// Notes of the meetings shown who perhaps did not speak for an actor.
    fn offices<'m>(&self, shown: impl Iterator<Item = &'m MeetingId>) -> Notes {
        let own = match self.of {
            Entity::Meeting(own) => Some(own),
            _ => None,
        };
        let all = shown.copied().chain(own);
        meetings::offices(self.graph, self.lens, &self.who, all)
    }

    /// Sets each two of those in the room side by side, or an actor and each it deals with.
    fn ground(&self, others: &[ActorId]) -> (Table<PairRow>, Option<Note>) {
        let pairs: Vec<[ActorId; 2]> = match self.of {
            Entity::Actor(actor) => others.iter().map(|other| [actor, *other]).collect(),
            Entity::Meeting(_) => pairs(&self.who),
            Entity::Issue(_) | Entity::Source(_) | Entity::Fact(_) => Vec::new(),
        };
        let census = self.graph.census(self.lens, |actor, issue| {
            (self.who.contains(&actor) || others.contains(&actor)) && self.is_about(issue)
        });
        let rows = pairs.iter().filter_map(|pair| self.between(&census, *pair));
        let heading = match self.of {
            Entity::Actor(_) => "Common ground with those it deals with, and where they differ",
            _ => "Common ground, and where they differ",
        };
        let table = Table::new(heading, rows);
        let alike = same_statements(self.graph, &census, &pairs);
        (self.hiding("one", table), alike)
    }

    /// Hides a column that says the same in each row of a brief on an actor.
    fn hiding<R>(&self, column: &'static str, table: Table<R>) -> Table<R> {
        match self.of {
            Entity::Actor(_) => table.hiding(&[column]),
            _ => table,
        }
    }

    fn between(&self, census: &Census, pair: [ActorId; 2]) -> Option<PairRow> {
        // Who is counted with somebody else has no position of its own to compare, unless it is asked
        // about.
        let is_asked = |actor: ActorId| self.of == Entity::Actor(actor);
        let counts = |issue: IssueId| {
            pair.iter().all(|actor| {
                let cell = census.at(*actor, issue);
                is_asked(*actor) || cell.is_none_or(|cell| cell.folded.is_none())
            })
        };
        let on = |wanted: Ground| -> Vec<IssueId> {
            let cells = census.of(pair[0]).iter();
            let issues = cells.map(|cell| cell.issue);
            issues
                .filter(|issue| counts(*issue))
                .filter(|issue| relation(self.graph, census, &pair, *issue) == wanted)
                .collect()
        };
        let (agree_on, differ_on) = (on(Ground::Common), on(Ground::Divided));
        (!agree_on.is_empty() || !differ_on.is_empty()).then(|| PairRow {
            one: pair[0],
            other: pair[1],
            agree_on,
            differ_on,
            behind: Behind::default(),
        })
    }

    /// Returns the meetings and letters with such a status that concern the room, by time.
    fn meetings(&self, statuses: &[Option<MeetingStatus>]) -> Vec<MeetingId> {
        let of = MeetingId::all(self.graph).filter(|id| {
            let meeting = &self.graph[*id];
            statuses.contains(&meeting.status)
                && self.concerns(*id, meeting)
                && scope::has_meeting(self.graph, self.lens, meeting)
        });
        let mut of: Vec<MeetingId> = of.collect();
        of.sort_by_key(|id| in_time(self.graph, *id));
        of
    }

    fn concerns(&self, id: MeetingId, meeting: &Meeting) -> bool {
        let there = || meetings::meeting_there(self.graph, self.lens, meeting);
        match self.of {
            Entity::Actor(actor) => there().contains(&actor),
            Entity::Issue(_) => meeting.topics.iter().any(|topic| self.is_about(*topic)),
            Entity::Meeting(own) => {
                let known = |actor: &&ActorId| self.who.contains(actor);
                id != own && there().iter().filter(known).count() > 1
            }
            Entity::Source(_) | Entity::Fact(_) => false,
        }
    }

    /// Lists the positions shown that rest on little.
    fn thin(&self, positions: &Standings) -> Table<WeakPositionRow> {
        let weak = weak_positions(self.graph, OLD, positions);
        self.hiding("actor", Table::new("What is thin", weak))
    }
}
