//! The graph as nodes and edges, for programs that analyse networks: GraphML and GEXF.
//!
//! Nodes are actors and issues. Edges are what holds on the day asked for: a statement in force, two
//! who met, a tie. An actor whose words count for another has no statements of its own here, as
//! wherever actors are counted. Each format implements [`Format`]; nodes come first, then edges, and
//! the same view gives the same ones in the same order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use crate::exchange::Left;
use crate::exchange::out::bounds;
use crate::exchange::tables::{Cell, Type};
use crate::graph::{
    ActorId, By, CROWD, Census, Entity, Fate, Graph, IssueId, Joined, Lens, MeetingId, SourceId,
    StanceId, all_days,
};
use crate::model::{Date, Day, Period, Position, Str};
use crate::query::{View, scope};
use crate::render::Places;
use crate::syntax::Rare;
use crate::text::Place;

/// An attribute of nodes or edges.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub holds: Type,
    /// Its meaning, in a sentence.
    pub doc: &'static str,
}

const fn key(name: &'static str, holds: Type, doc: &'static str) -> Key {
    Key { name, holds, doc }
}

/// The attributes of a node, in the order of its cells.
pub const OF_NODES: &[Key] = &[
    key("record", Type::Text, "What it is: actor, issue or meeting."),
    key("name", Type::Text, "What it is called."),
    key("kind", Type::Text, "The kind of actor or meeting."),
    key("role", Type::Text, "A person's office."),
    key("power", Type::Number, "An actor's weight, 0 or more."),
    key(
        "question",
        Type::Text,
        "The question that a supporter of the issue answers with yes.",
    ),
    key(
        "part_of",
        Type::Text,
        "The wider issue, or the meeting it belongs to.",
    ),
    key("status", Type::Text, "The status of a meeting."),
    key(
        "date",
        Type::Text,
        "The date of a meeting, as written (EDTF).",
    ),
    key("location", Type::Text, "Where a meeting takes place."),
    key("note", Type::Text, "Anything worth knowing."),
    key("place", Type::Text, "The file and line it was written in."),
];

/// The attributes of an edge, in the order of its cells. `weight` is the one that programs look for.
pub const OF_EDGES: &[Key] = &[
    key(
        "record",
        Type::Text,
        "What it comes from: stance, meeting or tie; with meetings as nodes, part or topic.",
    ),
    key(
        "kind",
        Type::Text,
        "The kind of tie, or the part in a meeting.",
    ),
    key("mutual", Type::Flag, "Whether its direction means nothing."),
    key(
        "sign",
        Type::Whole,
        "1 for or friendly, -1 against or unfriendly, 0 neutral; nothing if it has no sign.",
    ),
    key(
        "weight",
        Type::Number,
        "How much there is of it: the score of a statement without its sign, else `n`.",
    ),
    key(
        "n",
        Type::Whole,
        "How many records it comes from: how often two met, else 1.",
    ),
    key("position", Type::Text, "The position, of a statement."),
    key(
        "number",
        Type::Number,
        "The number on the issue's scale, of a position At.",
    ),
    key(
        "score",
        Type::Number,
        "The score of the position, -1 to 1; Mixed has none.",
    ),
    key(
        "salience",
        Type::Number,
        "How much it matters to the actor, 0 to 1.",
    ),
    key(
        "through",
        Type::Text,
        "Who said it for the actor, if it did not itself.",
    ),
    key(
        "date",
        Type::Text,
        "The date, or that of the last meeting, as written (EDTF).",
    ),
    key(
        "first_day",
        Type::Day,
        "The first day on which it may hold.",
    ),
    key(
        "last_day",
        Type::Day,
        "The last such day, or nothing if it holds still.",
    ),
    key(
        "sources",
        Type::Text,
        "The ids of its sources, separated by spaces.",
    ),
    key(
        "independent",
        Type::Whole,
        "How many independent sources these are.",
    ),
    key("quote", Type::Text, "What the source says."),
    key("note", Type::Text, "Anything worth knowing."),
    key(
        "place",
        Type::Text,
        "The file and line it was written in; of meetings, of each.",
    ),
];

/// Days on which an edge is there; without a day it is there from ever, or still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spell {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
}

/// Writes a network in some format.
pub trait Format {
    /// Begins, with the title of the graph.
    ///
    /// # Errors
    /// If it can't be written, as all of these.
    fn begin(&mut self, title: Option<&str>) -> io::Result<()>;
    /// Takes the next node: a cell for each of [`OF_NODES`].
    ///
    /// # Errors
    /// If the format can't hold it.
    fn node(&mut self, id: &str, cells: &[Cell<'_>]) -> io::Result<()>;
    /// Ends the nodes; edges follow.
    ///
    /// # Errors
    /// If it can't be written.
    fn turn(&mut self) -> io::Result<()>;
    /// Takes the next edge: a cell for each of [`OF_EDGES`].
    ///
    /// # Errors
    /// If the format can't hold it.
    fn edge(&mut self, ends: [&str; 2], cells: &[Cell<'_>], spells: &[Spell]) -> io::Result<()>;
    /// Ends.
    ///
    /// # Errors
    /// If it can't be written.
    fn end(&mut self) -> io::Result<()>;
}

/// Whether meetings are nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Meetings {
    /// Those who met are joined, two by two, by one edge.
    #[default]
    Pairs,
    /// Each meeting is a node, joined to those who have a part in it and to its topics.
    Nodes,
}

/// How much was written, and what was not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The number of nodes.
    pub nodes: usize,
    /// The number of edges.
    pub edges: usize,
    /// The number of meetings of so many that nobody was joined by them.
    pub crowds: usize,
}

/// Passes the nodes and edges of a view to a format.
///
/// # Errors
/// If the format can't hold or write something; the error has the place of the record.
pub fn network(
    view: &View,
    left: Left,
    meetings: Meetings,
    format: &mut dyn Format,
) -> io::Result<Sum> {
    let edges = Edges::of(view, meetings);
    let mut out = Out {
        graph: &view.graph,
        left,
        places: Places::new(&view.graph),
        format,
    };
    let nodes = edges.nodes(view, meetings);
    let title = view.graph.title();
    let begun = out.format.begin(title);
    begun.map_err(|error| about(error, "the title of the graph"))?;
    for id in &nodes {
        out.node(*id)?;
    }
    out.format.turn()?;
    for edge in &edges.all {
        out.edge(edge)?;
    }
    out.format.end()?;
    Ok(Sum {
        nodes: nodes.len(),
        edges: edges.all.len(),
        crowds: edges.crowds,
    })
}

/// Says what an error of a format is about.
fn about(error: io::Error, what: &str) -> io::Error {
    match error.kind() {
        io::ErrorKind::InvalidData => io::Error::new(error.kind(), format!("{what}: {error}")),
        _ => error,
    }
}

/// What an edge comes from.
enum Record<'g> {
    /// A statement, and the actor that made it.
    Stance(StanceId, ActorId),
    /// The meetings of two.
    Met(Vec<MeetingId>),
    /// A part in a meeting.
    Part(MeetingId, &'static str),
    Topic(MeetingId),
    Tie(Joined<'g>),
}

struct Edge<'g> {
    from: Entity,
    to: Entity,
    record: Record<'g>,
}

struct Edges<'g> {
    all: Vec<Edge<'g>>,
    crowds: usize,
}

impl<'g> Edges<'g> {
    fn of(view: &'g View, meetings: Meetings) -> Edges<'g> {
        let View { graph, lens, .. } = view;
        let mut edges = Edges {
            all: Vec::new(),
            crowds: 0,
        };
        edges.statements(graph, *lens);
        match meetings {
            Meetings::Pairs => edges.pairs(graph, *lens),
            Meetings::Nodes => edges.parts(graph, *lens),
        }
        edges.ties(graph, lens.day);
        edges
    }

    fn add(&mut self, from: Entity, to: Entity, record: Record<'g>) {
        self.all.push(Edge { from, to, record });
    }

    fn statements(&mut self, graph: &Graph, lens: Lens) {
        let census: Census = graph.census(lens, |actor, issue| graph.scope().has(actor, issue));
        for cell in census.counted() {
            let footings = census.footings(cell).iter();
            for footing in footings.filter(|footing| footing.fate == Fate::InForce) {
                let record = Record::Stance(footing.stance, footing.through);
                self.add(Entity::Actor(cell.actor), Entity::Issue(cell.issue), record);
            }
        }
    }

    fn pairs(&mut self, graph: &Graph, lens: Lens) {
        let mut met: BTreeMap<[ActorId; 2], Vec<MeetingId>> = BTreeMap::new();
        for (id, meeting) in graph.meetings() {
            if !meeting.is_held_by(graph, lens.day) || !scope::has_meeting(graph, lens, meeting) {
                continue;
            }
            let of = &meeting.participants;
            if of.len() > CROWD {
                self.crowds += 1;
                continue;
            }
            for (nth, one) in of.iter().enumerate() {
                for other in &of[nth + 1..] {
                    let pair = [*one.min(other), *one.max(other)];
                    met.entry(pair).or_default().push(id);
                }
            }
        }
        for ([one, other], ids) in met {
            self.add(Entity::Actor(one), Entity::Actor(other), Record::Met(ids));
        }
    }

    fn parts(&mut self, graph: &Graph, lens: Lens) {
        let meetings = graph.meetings();
        for (id, meeting) in meetings.filter(|(_, one)| scope::has_meeting(graph, lens, one)) {
            let host = meeting.host();
            let parts = [
                ("participant", &meeting.participants[..]),
                ("host", host.as_slice()),
                ("invited", meeting.invited()),
                ("declined", meeting.declined()),
            ];
            for (part, actors) in parts {
                for actor in actors {
                    let record = Record::Part(id, part);
                    self.add(Entity::Actor(*actor), Entity::Meeting(id), record);
                }
            }
            for issue in &meeting.topics {
                self.add(
                    Entity::Meeting(id),
                    Entity::Issue(*issue),
                    Record::Topic(id),
                );
            }
        }
    }

    fn ties(&mut self, graph: &'g Graph, day: Day) {
        let holds = |joined: &Joined<'_>| {
            let tie = graph.tie_of(*joined);
            let is_withdrawn = tie.is_some_and(|tie| graph.is_withdrawn(tie.claim()));
            !is_withdrawn && tie.is_none_or(|tie| tie.holds_on(day))
        };
        let joined = graph.joined();
        for joined in joined.filter(|one| scope::has_joined(graph, one) && holds(one)) {
            let ends = [joined.from, joined.to].map(Entity::Actor);
            self.add(ends[0], ends[1], Record::Tie(joined));
        }
    }

    /// Returns the nodes: what is selected, and what edges join.
    fn nodes(&self, view: &View, meetings: Meetings) -> BTreeSet<Entity> {
        let View { graph, lens, .. } = view;
        let actors = ActorId::all(graph).map(Entity::Actor);
        let issues = IssueId::all(graph).map(Entity::Issue);
        let all = MeetingId::all(graph).map(Entity::Meeting);
        let all = all.filter(|_| meetings == Meetings::Nodes);
        let records = actors.chain(issues).chain(all);
        records
            .filter(|record| scope::has_record(graph, *lens, *record))
            .chain(self.all.iter().flat_map(|edge| [edge.from, edge.to]))
            .collect()
    }
}

struct Out<'o> {
    graph: &'o Graph,
    left: Left,
    places: Places<'o>,
    format: &'o mut dyn Format,
}

/// The parts of an edge that are written.
#[derive(Default)]
struct Written<'w> {
    record: &'static str,
    kind: Option<Str<'w>>,
    mutual: bool,
    sign: Option<i64>,
    score: Option<f64>,
    n: usize,
    position: Option<Position>,
    salience: Option<f64>,
    through: Option<ActorId>,
    date: Option<Date>,
    spells: Vec<Spell>,
    sources: Vec<SourceId>,
    quote: Option<Str<'w>>,
    note: Option<Str<'w>>,
    places: Vec<Place>,
}

fn text<'t>(text: Option<impl Into<Str<'t>>>) -> Cell<'t> {
    text.map_or(Cell::Nothing, |text| Cell::Text(text.into()))
}

fn number(number: Option<f64>) -> Cell<'static> {
    number.map_or(Cell::Nothing, Cell::Number)
}

fn day(day: Option<Day>) -> Cell<'static> {
    day.map_or(Cell::Nothing, Cell::Day)
}

fn whole(number: usize) -> Cell<'static> {
    Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
}

impl<'o> Out<'o> {
    fn note(&self, note: &Rare<'_>) -> Option<Str<'static>> {
        kept(note.as_deref(), self.left.note)
    }

    fn quote(&self, quote: &Rare<'_>) -> Option<Str<'static>> {
        kept(quote.as_deref(), self.left.quote)
    }

    fn node(&mut self, id: Entity) -> io::Result<()> {
        let graph = self.graph;
        let place = graph.place(id);
        let at = self.places.line(place);
        let name = graph.name(id);
        let mut cells = vec![Cell::Nothing; OF_NODES.len()];
        let mut set = |key: &str, cell: Cell<'o>| {
            if let Some(nth) = OF_NODES.iter().position(|one| one.name == key) {
                cells[nth] = cell;
            }
        };
        set("record", Cell::Text(id.kind().noun().into()));
        set("name", Cell::Text(name.into()));
        set("place", Cell::Text(at.clone().into()));
        let note = match id {
            Entity::Actor(actor) => {
                let of = graph.written_actor(place);
                set("kind", text(graph[actor].kind.map(|kind| kind.written())));
                set("role", text(kept(of.role.as_deref(), false)));
                set("power", number(graph[actor].power));
                self.note(&of.note)
            }
            Entity::Issue(issue) => {
                let of = graph.written_issue(place);
                let wider = graph[issue].part_of.map(Entity::Issue);
                set("part_of", text(wider.map(|wider| graph.id(wider))));
                set("question", text(kept(of.question.as_deref(), false)));
                self.note(&of.note)
            }
            Entity::Meeting(meeting) => {
                let meeting = &graph[meeting];
                let of = graph.written_meeting_as_told(meeting);
                let whole = meeting.part_of().map(Entity::Meeting);
                set("kind", text(meeting.kind.map(|kind| kind.written())));
                set("part_of", text(whole.map(|whole| graph.id(whole))));
                set("status", Cell::Text(meeting.status_words().into()));
                set("date", text(meeting.date.map(|date| date.to_string())));
                set("location", text(kept(of.place.as_deref(), self.left.place)));
                self.note(&of.note)
            }
            Entity::Source(_) | Entity::Fact(_) => None,
        };
        set("note", text(note));
        let written = self.format.node(graph.id(id), &cells);
        written.map_err(|error| about(error, &format!("`{name}` at {at}")))
    }

    fn edge(&mut self, edge: &Edge<'_>) -> io::Result<()> {
        let graph = self.graph;
        let written = self.written(edge);
        let places: Vec<String> = written
            .places
            .iter()
            .map(|one| self.places.line(*one))
            .collect();
        let places = places.join(" ");
        let ids: Vec<&str> = written
            .sources
            .iter()
            .map(|id| graph.id(Entity::Source(*id)))
            .collect();
        let last = written.spells.iter().map(|spell| spell.to);
        let (first_day, last_day) = (
            written
                .spells
                .iter()
                .map(|spell| spell.from)
                .min()
                .flatten(),
            last.clone()
                .all(|to| to.is_some())
                .then(|| last.max().flatten())
                .flatten(),
        );
        let cells = [
            Cell::Text(written.record.into()),
            text(written.kind),
            Cell::Flag(written.mutual),
            written.sign.map_or(Cell::Nothing, Cell::Whole),
            Cell::Number(written.score.map_or(written.n as f64, f64::abs)),
            whole(written.n),
            text(written.position.map(|position| position.written())),
            number(written.position.and_then(Position::number)),
            number(written.score),
            number(written.salience),
            text(written.through.map(|id| graph.id(Entity::Actor(id)))),
            text(written.date.map(|date| date.to_string())),
            day(first_day),
            day(last_day),
            text(Some(ids.join(" ")).filter(|ids| !ids.is_empty())),
            whole(graph.roots(&written.sources).len()),
            text(written.quote),
            text(written.note),
            Cell::Text(places.as_str().into()),
        ];
        let ends = [graph.id(edge.from), graph.id(edge.to)];
        let is_always = |spell: &Spell| spell.from.is_none() && spell.to.is_none();
        let spells = match written.spells.iter().any(is_always) {
            true => &[],
            false => &written.spells[..],
        };
        let put = self.format.edge(ends, &cells, spells);
        put.map_err(|error| about(error, &format!("the record at {places}")))
    }

    fn written(&self, edge: &Edge<'_>) -> Written<'o> {
        match &edge.record {
            Record::Stance(id, through) => {
                let through = Some(*through).filter(|id| edge.from != Entity::Actor(*id));
                self.of_stance(*id, through)
            }
            Record::Met(ids) => self.of_meetings(ids),
            Record::Part(id, part) => self.of_meeting(*id, "part", Some(part)),
            Record::Topic(id) => self.of_meeting(*id, "topic", None),
            Record::Tie(joined) => self.of_tie(*joined),
        }
    }

    fn of_stance(&self, id: StanceId, through: Option<ActorId>) -> Written<'o> {
        let (graph, stance) = (self.graph, &self.graph[id]);
        let of = graph.written_stance(stance.place);
        let position = stance.position;
        let half = position.and_then(|position| graph.half(stance.issue, position));
        let date = graph.stance_date(stance);
        let made = spell(date);
        Written {
            record: "stance",
            sign: half.map(|half| match half {
                Ordering::Less => -1,
                Ordering::Equal => 0,
                Ordering::Greater => 1,
            }),
            score: position.and_then(|position| graph.score(stance.issue, position)),
            n: 1,
            position,
            salience: stance.salience(),
            through,
            date,
            spells: vec![Spell {
                from: made.from,
                to: stance.until().and_then(|until| spell(Some(until)).to),
            }],
            sources: graph.lending(stance.sources.as_slice()).collect(),
            quote: self.quote(&of.quote),
            note: self.note(&of.note),
            places: vec![stance.place],
            ..Written::default()
        }
    }

    fn of_meetings(&self, ids: &[MeetingId]) -> Written<'o> {
        let graph = self.graph;
        let date = |id: &MeetingId| graph.statement_date(graph[*id].date, graph[*id].sources());
        let mut spells: Vec<Spell> = ids.iter().map(|id| spell(date(id))).collect();
        spells.sort_unstable();
        spells.dedup();
        let mut sources: Vec<SourceId> = Vec::new();
        for id in ids {
            sources.extend(graph.lending(graph[*id].sources()));
        }
        sources.sort_unstable();
        sources.dedup();
        Written {
            record: "meeting",
            mutual: true,
            n: ids.len(),
            date: ids
                .iter()
                .filter_map(date)
                .max_by_key(|date| date.period().from),
            spells,
            sources,
            places: ids.iter().map(|id| graph[*id].place).collect(),
            ..Written::default()
        }
    }

    fn of_meeting(
        &self,
        id: MeetingId,
        record: &'static str,
        part: Option<&&'static str>,
    ) -> Written<'o> {
        Written {
            record,
            kind: part.map(|part| Str::from(*part)),
            mutual: false,
            ..self.of_meetings(&[id])
        }
    }

    fn of_tie(&self, joined: Joined<'_>) -> Written<'o> {
        let graph = self.graph;
        let kind = joined.kind;
        let common = Written {
            record: "tie",
            kind: Some(kind.word().into()),
            mutual: !kind.is_directed(),
            sign: kind
                .is_friendly()
                .map(|is_friendly| if is_friendly { 1 } else { -1 }),
            n: 1,
            ..Written::default()
        };
        let Some(tie) = graph.tie_of(joined) else {
            let By::Actor(by) = joined.by else {
                return common;
            };
            return Written {
                places: vec![graph[by].place],
                spells: vec![spell(None)],
                ..common
            };
        };
        let of = graph.written_tie(tie.place);
        Written {
            date: tie.since,
            spells: vec![bounded(tie.during())],
            sources: graph.lending(&tie.sources).collect(),
            quote: self.quote(&of.quote),
            note: self.note(&of.note),
            places: vec![tie.place],
            ..common
        }
    }
}

/// Returns a field by itself, unless it is left out.
fn kept(field: Option<&str>, is_left_out: bool) -> Option<Str<'static>> {
    let text = field.filter(|_| !is_left_out);
    text.map(|text| text.to_owned().into())
}

fn spell(date: Option<Date>) -> Spell {
    bounded(all_days(date))
}

fn bounded(period: Period) -> Spell {
    let (from, to) = bounds(period);
    Spell { from, to }
}
