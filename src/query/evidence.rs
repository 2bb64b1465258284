//! What the whole graph rests on, the weakest claims first: those that have no source or only one,
//! rest on old statements, are contested, or have a quote that is not in its source's text or could
//! not be looked up.

use std::cmp::Reverse;

use hashbrown::HashMap;

use crate::check::{Checked, Quote, Quoting};
use crate::graph::{
    ActorId, By, Census, Claim, Entity, FactId, Fate, Graph, IssueId, Lens, MeetingId, SourceId,
    Standing, Standings, TieId, Told, Verdict,
};
use crate::model::{Date, MeetingStatus};
use crate::query::counted::{names_by_id, some};
use crate::query::made::Made;
use crate::query::rows;
use crate::query::{
    Answer, Behind, Body, Evidence, Note, Noted, Notes, Said, Section, Stand, Table, Word, answer,
    scope, table,
};
use crate::words::{counted, joined, verdict_word};

/// What makes a claim weak, ordered from worst to least bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weakness {
    NoSource,
    OneSource,
    Old,
    Contested,
    NotFound,
    Unchecked,
}

const ALL: [Weakness; 6] = [
    Weakness::NoSource,
    Weakness::OneSource,
    Weakness::Old,
    Weakness::Contested,
    Weakness::NotFound,
    Weakness::Unchecked,
];

impl From<Weakness> for Word {
    fn from(weakness: Weakness) -> Word {
        match weakness {
            Weakness::NoSource => Word::new("no_source", "no source"),
            Weakness::OneSource => Word::new("one_source", "one source"),
            Weakness::Old => Word::new("old", "old"),
            Weakness::Contested => Word::of(Verdict::Contested),
            Weakness::NotFound => Word::new("quote_not_found", "quote not found"),
            Weakness::Unchecked => Word::new("quote_not_checked", "quote not checked"),
        }
    }
}

/// Everything that makes one claim weak. The worse, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Weaknesses(u8);

impl Weaknesses {
    fn of(is: impl Fn(Weakness) -> bool) -> Weaknesses {
        let found = ALL.into_iter().filter(|weakness| is(*weakness));
        Weaknesses(found.map(Weaknesses::bit).sum())
    }

    fn bit(weakness: Weakness) -> u8 {
        1 << (Weakness::Unchecked as u8 - weakness as u8)
    }

    fn has(self, weakness: Weakness) -> bool {
        self.0 & Weaknesses::bit(weakness) != 0
    }

    fn words(self) -> Vec<Word> {
        let found = ALL.into_iter().filter(|weakness| self.has(*weakness));
        found.map(Word::from).collect()
    }
}

answer! {
    /// What the graph rests on, the weakest claims first.
    pub struct Grounds = "evidence" {
        /// How many claims are weak, by kind of weakness.
        counts: Table<WeakCountRow>,
        /// The weak positions.
        positions: Table<WeakPositionRow>,
        /// The weak meetings, ties and facts.
        records: Table<WeakRecordRow>,
        /// The claims that a source withdrew, which count for nothing.
        withdrawn: Table<WithdrawnClaimRow>,
    }
}

table! {
    /// How many claims have a weakness.
    pub struct WeakCountRow {
        /// The weakness; `all` for all claims.
        claims: Word,
        /// The number of positions.
        positions: usize,
        /// The number of meetings, ties and facts.
        meetings_ties_and_facts: usize,
    }

    /// A weak position.
    pub struct WeakPositionRow of "position" {
        /// What makes it weak.
        weakness: Vec<Word>,
        /// The actor.
        actor: ActorId,
        /// The issue.
        issue: IssueId,
        /// Where it stands.
        position: Stand,
        /// Its sources.
        sources: Vec<SourceId>,
    }

    /// A weak record.
    pub struct WeakRecordRow of "record" {
        /// What makes it weak.
        weakness: Vec<Word>,
        /// The kind of record.
        kind: Word,
        /// Its id; a tie has none.
        record: String,
        /// What it says.
        what: String,
        /// Its sources.
        sources: Vec<SourceId>,
    }

    /// A claim that a source withdrew, or a source that was withdrawn whole.
    pub struct WithdrawnClaimRow of "claim" {
        /// The kind of record.
        kind: Word,
        /// Its id; a stance and a tie have none.
        record: String,
        /// What it says; of a meeting, which of its statuses was withdrawn.
        what: String,
        /// Its sources.
        sources: Vec<SourceId>,
        /// The sources that withdrew it.
        withdrawn_in: Vec<SourceId>,
        /// Since when it is withdrawn.
        since: Option<Date>,
    }
}

/// Reports what the graph rests on, given its checked quotes. A position is old if its newest
/// statement is more than `old` days old.
pub fn evidence(graph: &Graph, lens: Lens, old: u32, quotes: &[Quote<'_>]) -> Grounds {
    let judged = judged(graph, lens, old, quotes);
    let positions = Table::new(POSITIONS, judged.positions.rows());
    Grounds {
        title: TITLE.to_owned(),
        positions: positions.or_else(judged.without_positions),
        counts: judged.counts,
        records: judged.records,
        withdrawn: judged.withdrawn,
        notes: judged.notes,
    }
}

const TITLE: &str = "What the graph stands on";
const POSITIONS: &str = "Positions, the weakest first";

/// The answer [`Grounds`] before the rows of positions are made.
#[must_use]
pub struct Judged<'g> {
    counts: Table<WeakCountRow>,
    positions: Made<'g, (Weaknesses, ActorId, IssueId), WeakPositionRow>,
    /// What to say if no position is weak.
    without_positions: &'static str,
    records: Table<WeakRecordRow>,
    withdrawn: Table<WithdrawnClaimRow>,
    notes: Notes,
}

/// Finds what the graph rests on, as [`evidence`] does.
pub fn judged<'g>(graph: &'g Graph, lens: Lens, old: u32, quotes: &[Quote<'_>]) -> Judged<'g> {
    let quotes = quotes.iter().map(|quote| (quote.by, &quote.verdict));
    let quotes = &Quotes(quotes.collect());
    let census = graph.census(lens, |actor, issue| graph.scope().has(actor, issue));
    let mut positions = Weak::default();
    for cell in census.cells() {
        if cell.verdict != Verdict::Unknown {
            let standing = census.standing(cell, lens);
            let weaknesses = position_weaknesses(graph, &standing, old, quotes);
            positions.add(weaknesses, || (weaknesses, cell.actor, cell.issue));
        }
    }
    let mut records = Weak::default();
    let on_nobodys_word = records.all(graph, lens, quotes);
    let count = |claims: Word, positions: usize, records: usize| WeakCountRow {
        claims,
        positions,
        meetings_ties_and_facts: records,
        behind: Behind::default(),
    };
    let counts = ALL.map(|weakness| {
        count(
            weakness.into(),
            positions.count(weakness),
            records.count(weakness),
        )
    });
    let total = count("all".into(), positions.seen, records.seen);
    let mut notes = Notes::default();
    notes.push(Note::new(
        "old",
        format!(
            "A position is called old when its newest statement is more than {old} days before {}.",
            lens.day
        ),
    ));
    notes.extend(rows::attributed(
        census.cells().flat_map(|cell| census.footings(cell)),
    ));
    notes.extend(of_speakers(graph, &census));
    if on_nobodys_word > 0 {
        let text = format!(
            "Not judged, because they name no source and need none: {} about who speaks for whom or belongs to what.",
            counted(on_nobodys_word, "tie")
        );
        notes.push(Note::new("ties_not_judged", text).of(on_nobodys_word));
    }
    let [without_positions, without_records] =
        where_nothing_is_weak(positions.seen, records.seen, on_nobodys_word);
    let row = move |&(weaknesses, actor, issue): &(Weaknesses, ActorId, IssueId), (): &mut ()| {
        let cell = census.at(actor, issue);
        let standing = cell.map(|cell| census.standing(cell, lens));
        let standing = standing.unwrap_or_else(|| graph.nothing_said(actor, lens));
        position_row(graph, weaknesses, (actor, issue), &standing)
    };
    Judged {
        counts: Table::new("How many", counts.into_iter().chain([total])),
        positions: Made::of(positions.sorted(), row),
        without_positions,
        records: Table::new(
            "Meetings, ties and facts, the weakest first",
            records.sorted(),
        )
        .or_else(without_records),
        withdrawn: Table::new("Withdrawn, so counted on no day", withdrawn(graph, lens)),
        notes,
    }
}

impl Answer for Judged<'_> {
    fn name(&self) -> &'static str {
        Grounds::SHAPE.name
    }
    fn title(&self) -> &str {
        TITLE
    }
    fn sections(&self) -> Vec<Section<'_>> {
        let positions = &self.positions;
        vec![
            self.counts.section("counts"),
            positions.section("positions", POSITIONS, self.without_positions),
            self.records.section("records"),
            self.withdrawn.section("withdrawn"),
        ]
    }
    fn notes(&self) -> &Notes {
        &self.notes
    }
}

impl Noted for Judged<'_> {
    fn notes_mut(&mut self) -> &mut Notes {
        &mut self.notes
    }
}

/// Notes the positions that other answers count with those of the actors spoken for.
fn of_speakers(graph: &Graph, census: &Census) -> Option<Note> {
    let folded = census.folded();
    let folded = folded.filter(|cell| cell.verdict != Verdict::Unknown);
    let mut actors: Vec<ActorId> = folded.map(|cell| cell.actor).collect();
    let positions = actors.len();
    actors.dedup();
    let names = some(&names_by_id(graph, actors.into_iter()));
    let text = format!(
        "Judged here by themselves: {} of {names}. Other answers count them with the actors these speak for.",
        counted(positions, "position")
    );
    (positions > 0).then(|| Note::new("folded", text).of(positions))
}

/// Lists which of some positions are weak, the weakest first; quotes are not looked at.
pub(super) fn weak_positions(
    graph: &Graph,
    old: u32,
    positions: &Standings,
) -> Vec<WeakPositionRow> {
    let (mut weak, quotes) = (Weak::default(), Quotes(HashMap::new()));
    let known = positions.iter();
    let known = known.filter(|(_, standing)| standing.verdict != Verdict::Unknown);
    for (pair, standing) in known {
        let weaknesses = position_weaknesses(graph, standing, old, &quotes);
        weak.add(weaknesses, || {
            position_row(graph, weaknesses, *pair, standing)
        });
    }
    weak.sorted()
}

/// Returns what an answer says in place of its weak positions, and of its weak records, if it has
/// none.
fn where_nothing_is_weak(
    positions: usize,
    records: usize,
    on_nobodys_word: usize,
) -> [&'static str; 2] {
    let of_positions = match positions {
        0 => "No position is known: there is nothing to judge.",
        _ => {
            concat!(
                "Every position is recent and rests on independent sources, and none is ",
                verdict_word!(contested),
                "."
            )
        }
    };
    let of_records = match (records, on_nobodys_word) {
        (0, 0) => "There is no meeting, tie or fact: there is nothing to judge.",
        (0, _) => "There is no meeting or fact, and no tie to judge.",
        _ => "Every meeting, tie and fact rests on independent sources.",
    };
    [of_positions, of_records]
}

/// Lists the claims that a source withdrew, of those asked about, and the whole sources.
pub(super) fn withdrawn(graph: &Graph, lens: Lens) -> Vec<WithdrawnClaimRow> {
    let row = |evidence: Evidence, what: String, claim: Claim<'_>| WithdrawnClaimRow {
        kind: evidence.kind().into(),
        record: match evidence {
            Evidence::Thing(entity) => graph.id(entity).to_owned(),
            Evidence::Stance(..) | Evidence::Tie(_) => String::new(),
        },
        what,
        sources: claim.sources.to_vec(),
        withdrawn_in: graph.withdrawn_by(claim),
        since: graph.withdrawn_since(claim),
        behind: Behind::at(evidence.place(graph)).because([evidence]),
    };
    let name = |actor: &ActorId| graph[*actor].name.as_ref();
    let statements = graph.statements_in_order().into_iter();
    let statements = statements.filter(|id| scope::has_statement(graph, lens, &graph[*id]));
    let statements = statements.filter(|id| graph.is_withdrawn(graph[*id].claim()));
    let statements = statements.map(|id| {
        let stance = &graph[id];
        let actors = joined(stance.actors.as_slice().iter().map(name));
        let (says, on) = (Said::of(stance).words(), &graph[stance.issue].name);
        let what = format!("{actors}: {says} {on}");
        (Evidence::Stance(id, Fate::Withdrawn), what, stance.claim())
    });
    let meetings = graph.meetings();
    let meetings = meetings.filter(|(_, meeting)| scope::has_meeting(graph, lens, meeting));
    let meetings = meetings.flat_map(|(id, meeting)| {
        let present = (meeting.recorded_status(), meeting.claim());
        let others = meeting.withdrawn().iter();
        let others = others.map(|entry| (Some(entry.status), entry.claim()));
        std::iter::once(present)
            .chain(others)
            .map(move |(status, claim)| {
                let status = MeetingStatus::word_of(status);
                let what = format!("{} ({status})", meeting.title);
                (Evidence::Thing(Entity::Meeting(id)), what, claim)
            })
    });
    let ties = graph.ties().filter(|(id, _)| scope::has_tie(graph, *id));
    let ties = ties.map(|(id, tie)| {
        let ends = [tie.from, tie.to].map(|end| name(&end));
        let what = format!("{} and {}: {}", ends[0], ends[1], tie.kind.word());
        (Evidence::Tie(id), what, tie.claim())
    });
    let facts = graph
        .facts()
        .filter(|(_, fact)| graph.is_withdrawn(fact.claim()) && scope::has_fact(graph, fact));
    let facts = facts.map(|(id, fact)| {
        let text = graph.written_fact(fact.place).text.into_owned();
        (Evidence::Thing(Entity::Fact(id)), text, fact.claim())
    });
    let sources = graph.sources().map(|(id, source)| {
        let evidence = Evidence::Thing(Entity::Source(id));
        (evidence, source.title.to_string(), source.claim())
    });
    statements
        .chain(meetings)
        .chain(ties)
        .chain(facts)
        .chain(sources)
        .filter(|(.., claim)| graph.is_withdrawn(*claim))
        .map(|(evidence, what, claim)| row(evidence, what, claim))
        .collect()
}

/// The result of checking each quote of the graph.
struct Quotes<'q>(HashMap<Quoting, &'q Checked>);

impl Quotes<'_> {
    /// Returns the weakness that a record's quote gives its claim, or `None` if it has no quote or
    /// the quote was found.
    fn weakness(&self, by: Quoting) -> Option<Weakness> {
        match self.0.get(&by)? {
            Checked::Found => None,
            Checked::NotFound(_) => Some(Weakness::NotFound),
            Checked::Unchecked | Checked::Empty => Some(Weakness::Unchecked),
        }
    }
}

/// Claims with what makes them weak.
struct Weak<C> {
    claims: Vec<(Weaknesses, C)>,
    /// The number of claims, weak or not.
    seen: usize,
}

impl<C> Default for Weak<C> {
    fn default() -> Weak<C> {
        Weak {
            claims: Vec::new(),
            seen: 0,
        }
    }
}

impl<C> Weak<C> {
    fn add(&mut self, weaknesses: Weaknesses, claim: impl FnOnce() -> C) {
        self.seen += 1;
        if weaknesses.0 != 0 {
            self.claims.push((weaknesses, claim()));
        }
    }

    fn count(&self, weakness: Weakness) -> usize {
        let claims = self.claims.iter();
        claims.filter(|(found, _)| found.has(weakness)).count()
    }

    fn sorted(mut self) -> Vec<C> {
        self.claims
            .sort_by_key(|(weaknesses, _)| Reverse(*weaknesses));
        self.claims.into_iter().map(|(_, claim)| claim).collect()
    }
}

impl Weak<WeakRecordRow> {
    /// Judges all meetings, ties and facts asked about. Returns how many ties are not judged: a tie
    /// without a source that says who speaks for whom or who belongs to what means the same as the
    /// short form, which can't have a source.
    fn all(&mut self, graph: &Graph, lens: Lens, quotes: &Quotes<'_>) -> usize {
        let meetings = MeetingId::all(graph).filter(|id| !graph[*id].is_withdrawn_whole());
        for id in meetings.filter(|id| scope::has_meeting(graph, lens, &graph[*id])) {
            self.meeting(graph, id, quotes);
        }
        let mut not_judged = 0;
        let asked = graph.joined();
        for joined in asked.filter(|joined| scope::has_joined(graph, joined)) {
            match (joined.by, graph.tie_of(joined)) {
                (By::Tie(_), Some(tie)) if graph.is_withdrawn(tie.claim()) => {}
                (By::Tie(id), Some(tie)) if !tie.is_like_short_form() => {
                    self.tie(graph, id, quotes);
                }
                (By::Tie(_) | By::Actor(_), _) => not_judged += 1,
            }
        }
        let facts = FactId::all(graph).filter(|id| !graph.is_withdrawn(graph[*id].claim()));
        for id in facts.filter(|id| scope::has_fact(graph, &graph[*id])) {
            self.fact(graph, id, quotes);
        }
        not_judged
    }

    fn meeting(&mut self, graph: &Graph, id: MeetingId, quotes: &Quotes<'_>) {
        let meeting = &graph[id];
        let by = match meeting.told() {
            Told::Present | Told::OneOf(_) | Told::Later(_) | Told::Withdrawn(_) => {
                Quoting::Meeting(id)
            }
            Told::Earlier(nth) => Quoting::Earlier(id, *nth as usize),
        };
        let what = || format!("{} ({})", meeting.title, meeting.status_words());
        self.record(
            graph,
            Entity::Meeting(id),
            meeting.sources(),
            quotes.weakness(by),
            what,
        );
    }

    fn fact(&mut self, graph: &Graph, id: FactId, quotes: &Quotes<'_>) {
        let fact = &graph[id];
        let quote = quotes.weakness(Quoting::Fact(id));
        self.record(graph, Entity::Fact(id), &fact.sources, quote, || {
            graph.written_fact(fact.place).text.into_owned()
        });
    }

    fn record(
        &mut self,
        graph: &Graph,
        entity: Entity,
        sources: &[SourceId],
        quote: Option<Weakness>,
        what: impl FnOnce() -> String,
    ) {
        let kind = entity.kind().noun();
        let weaknesses = weaknesses(graph, sources, quote);
        self.add(weaknesses, || WeakRecordRow {
            weakness: weaknesses.words(),
            kind: kind.into(),
            record: graph.id(entity).to_owned(),
            what: what(),
            sources: sources.to_vec(),
            behind: Behind::thing(graph, entity),
        });
    }

    fn tie(&mut self, graph: &Graph, id: TieId, quotes: &Quotes<'_>) {
        let tie = &graph[id];
        let quote = quotes.weakness(Quoting::Tie(id));
        let weaknesses = weaknesses(graph, &tie.sources, quote);
        self.add(weaknesses, || {
            let name = |actor: ActorId| &graph[actor].name;
            WeakRecordRow {
                weakness: weaknesses.words(),
                kind: "tie".into(),
                record: String::new(),
                what: format!(
                    "{} and {}: {}",
                    name(tie.from),
                    name(tie.to),
                    tie.kind.word()
                ),
                sources: tie.sources.to_vec(),
                behind: Behind::at(tie.place).because([Evidence::Tie(id)]),
            }
        });
    }
}

fn position_row(
    graph: &Graph,
    weaknesses: Weaknesses,
    (actor, issue): (ActorId, IssueId),
    standing: &Standing,
) -> WeakPositionRow {
    let row = rows::position(graph, actor, issue, standing);
    WeakPositionRow {
        weakness: weaknesses.words(),
        actor,
        issue,
        position: row.position,
        sources: row.sources,
        behind: rows::in_force(row.behind, standing),
    }
}

fn position_weaknesses(
    graph: &Graph,
    standing: &Standing,
    old: u32,
    quotes: &Quotes<'_>,
) -> Weaknesses {
    let basis = graph.basis(standing);
    let stances = || standing.in_force().map(|footing| footing.stance);
    Weaknesses::of(|weakness| match weakness {
        Weakness::NoSource => basis.independent == 0,
        Weakness::OneSource => basis.independent == 1,
        Weakness::Old => basis.age.is_none_or(|age| age > old),
        Weakness::Contested => standing.verdict == Verdict::Contested,
        Weakness::NotFound | Weakness::Unchecked => {
            stances().any(|stance| quotes.weakness(Quoting::Stance(stance)) == Some(weakness))
        }
    })
}

fn weaknesses(graph: &Graph, sources: &[SourceId], quote: Option<Weakness>) -> Weaknesses {
    let roots = graph.roots(sources).len();
    Weaknesses::of(|weakness| match weakness {
        Weakness::NoSource => sources.is_empty(),
        Weakness::OneSource => roots == 1,
        Weakness::NotFound | Weakness::Unchecked => quote == Some(weakness),
        Weakness::Old | Weakness::Contested => false,
    })
}
