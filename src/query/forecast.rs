//! What a contested issue may come to: five rules side by side, how far each moves where an input is other than said, and
//! whom that leaves out.

mod one;
mod stakes;

use crate::graph::{ActorId, Census, Entity, Graph, Issue, IssueId, Lens, StanceId};
use crate::measure::forecast::{
    Change, Range, Rule, Stake, forecast as value_of, is_equal, sensitivity, tied,
};
use crate::model::{Issue as Written, Position};
use crate::query::{Answer, Cell, Evidence, Row, Section, rows};
use crate::words::{self, capital, joined};

pub use one::forecast_of;
pub use stakes::{Absence, Counted, Stakes, stakes};

/// A rule's name.
fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::Compromise => "compromise",
        Rule::Median => "median",
        Rule::Mean => "mean",
        Rule::PowerMean => "power mean",
        Rule::Condorcet => "Condorcet",
    }
}

/// Forecasts issues by these rules.
pub fn forecast(graph: &Graph, lens: Lens, issues: &[IssueId], rules: &[Rule]) -> Answer {
    let names: Vec<&str> = issues
        .iter()
        .map(|id| graph.issues[id.index()].name.as_ref())
        .collect();
    let mut answer = Answer {
        title: format!("Forecast of {}", joined(&names)),
        ..Answer::default()
    };
    let mut scales = Section::new("issues", "The scale", SCALE);
    let mut forecasts =
        Section::new("forecasts", "What the rules say", FORECAST).or_else("No rule says anything.");
    let mut ranges = Section::new("sensitivity", "How far that moves", RANGE);
    let mut dropped = Section::new(
        "statements",
        "The statement that moves it most, if it is dropped",
        STATEMENT,
    );
    let mut counted = Section::new("stakes", "Who counts", STAKE).or_else("Nobody.");
    let mut left_out = Section::new("left_out", "Who does not count", LEFT_OUT);
    for issue in rows::distinct(issues.iter().copied()) {
        let asked = Asked::new(graph, lens, issue);
        scales.rows.extend(
            Some(&asked)
                .filter(|asked| !asked.is_mere_topic())
                .map(Asked::scale),
        );
        for rule in rules {
            let Some(value) = value_of(*rule, &asked.plain()) else {
                forecasts.rows.extend(asked.tie(*rule));
                continue;
            };
            forecasts.rows.push(asked.forecast(*rule, value));
            ranges.rows.extend(asked.ranges(*rule));
            dropped.rows.extend(asked.statement(*rule, value));
        }
        counted.rows.extend(
            asked
                .stakes
                .counted
                .iter()
                .map(|counted| asked.stake(counted)),
        );
        left_out.rows.extend(asked.left_out());
        answer.notes.extend(asked.notes(rules, &names));
    }
    let sections = [scales, forecasts, ranges, dropped, counted, left_out];
    // What the title says already.
    let said: &[&str] = if names.len() > 1 { &[] } else { &["issue"] };
    answer.sections = sections
        .into_iter()
        .map(|section| section.for_programs(said))
        .collect();
    answer
}

/// What the rules say of one issue, in short, for a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The ends of the scale.
    pub scale: (f64, f64),
    /// Each rule that says something, by its name, and where on the scale it puts the outcome.
    pub rules: Vec<(&'static str, f64)>,
    /// Where everybody who counts stands on the scale.
    pub positions: Vec<f64>,
    /// What it came to, where that was known by the day asked for.
    pub outcome: Option<f64>,
    /// What is taken for granted, and who is not counted, in sentences.
    pub notes: Vec<String>,
}

/// What all rules say of one issue.
pub fn outlook(graph: &Graph, lens: Lens, issue: IssueId) -> Outlook {
    let asked = Asked::new(graph, lens, issue);
    let plain = asked.plain();
    let rules = Rule::ALL
        .into_iter()
        .filter_map(|rule| Some((name(rule), value_of(rule, &plain)?)));
    Outlook {
        scale: asked.stakes.scale,
        rules: rules.collect(),
        positions: plain.iter().map(|stake| stake.position).collect(),
        outcome: asked.outcome(),
        notes: asked.notes(&Rule::ALL, &[]),
    }
}

const SCALE: &[&str] = &[
    "issue",
    "from",
    "to",
    "step",
    "status_quo",
    "outcome",
    "decided",
];
const FORECAST: &[&str] = &["issue", "rule", "forecast", "which_is", "off_by"];
const RANGE: &[&str] = &[
    "issue",
    "rule",
    "where_one",
    "low",
    "low_by",
    "high",
    "high_by",
];
const STATEMENT: &[&str] = &["issue", "rule", "without_it", "moves_by", "actor", "says"];
const STAKE: &[&str] = &[
    "issue", "actor", "position", "on_scale", "salience", "power",
];
const LEFT_OUT: &[&str] = &["issue", "actor", "because"];

/// An issue that is asked about.
struct Asked<'g> {
    graph: &'g Graph,
    lens: Lens,
    issue: IssueId,
    written: Written<'g>,
    census: Census,
    stakes: Stakes,
}

impl<'g> Asked<'g> {
    fn new(graph: &'g Graph, lens: Lens, issue: IssueId) -> Asked<'g> {
        let written = graph.written_issue(graph.issues[issue.index()].place);
        let census = graph.census(lens, |_, on| on == issue);
        Asked {
            graph,
            lens,
            issue,
            written,
            stakes: stakes::among(graph, &census, lens, issue),
            census,
        }
    }

    fn plain(&self) -> Vec<Stake> {
        self.stakes
            .counted
            .iter()
            .map(|counted| counted.stake)
            .collect()
    }

    fn name(&self) -> Cell {
        Cell::Thing(Entity::Issue(self.issue))
    }

    fn place(&self) -> crate::text::Place {
        self.graph.issues[self.issue.index()].place
    }

    /// Whether it asks nothing that one could be for or against, and nobody is: there is no scale to speak of.
    fn is_mere_topic(&self) -> bool {
        self.graph.issues[self.issue.index()].topic_only && self.stakes.counted.is_empty()
    }

    fn record(&self) -> &Issue {
        &self.graph.issues[self.issue.index()]
    }

    /// What it came to, where that was known by the day asked for.
    fn outcome(&self) -> Option<f64> {
        let decided = self
            .written
            .decided
            .is_none_or(|decided| decided.period().from <= self.lens.day)
            && !self.record().lost_decided;
        self.written.outcome.filter(|_| decided)
    }

    fn scale(&self) -> Row {
        let number = |number: Option<f64>| number.map_or(Cell::Nothing, Cell::Number);
        let (from, to) = self.stakes.scale;
        let end = |end: f64| match self.mark(end) {
            Some(mark) => Cell::text(format!("{end} ({mark})")),
            None => Cell::Number(end),
        };
        let decided = self.written.decided.filter(|_| self.outcome().is_some());
        let ends = match self.record().lost_scale {
            true => [Cell::Nothing, Cell::Nothing],
            false => [end(from), end(to)],
        };
        let [from, to] = ends;
        let cells = [
            self.name(),
            from,
            to,
            number(self.stakes.step),
            number(self.written.status_quo),
            number(self.outcome()),
            Cell::date(decided),
        ];
        Row::new(cells)
            .at(self.place())
            .because([Evidence::Thing(Entity::Issue(self.issue))])
    }

    fn forecast(&self, rule: Rule, value: f64) -> Row {
        let off = self.outcome().map_or(Cell::Nothing, |outcome| {
            Cell::Number((value - outcome).abs())
        });
        Row::new([
            self.name(),
            Cell::text(name(rule)),
            Cell::Number(value),
            Cell::text(self.meaning(value)),
            off,
        ])
    }

    /// Of two positions neither beats the other: that is no forecast, and told as the tie it is.
    fn tie(&self, rule: Rule) -> Option<Row> {
        let (low, high) = tied(&self.plain()).filter(|_| rule == Rule::Condorcet)?;
        let meaning = match (self.meaning(low), self.meaning(high)) {
            (low, high) if low.is_empty() || high.is_empty() => String::new(),
            (low, high) => format!("{low} and {high}"),
        };
        Some(Row::new([
            self.name(),
            Cell::text(name(rule)),
            Cell::text(format!("a tie of {low} and {high}")),
            Cell::text(meaning),
            Cell::Nothing,
        ]))
    }

    /// What a number on the scale is called: by its mark, or the two that it lies between.
    fn meaning(&self, value: f64) -> String {
        let marks = self.marks();
        if let Some((_, mark)) = marks.iter().find(|(at, _)| *at == value) {
            return mark.clone();
        }
        let below = marks.iter().rev().find(|(at, _)| *at < value);
        let above = marks.iter().find(|(at, _)| *at > value);
        match (below, above) {
            (Some((from, low)), Some((to, high))) => {
                let share = ((value - from) / (to - from) * 100.0).round();
                format!("{share} % from “{low}” to “{high}”")
            }
            _ => String::new(),
        }
    }

    fn mark(&self, at: f64) -> Option<String> {
        self.marks()
            .into_iter()
            .find(|(number, _)| *number == at)
            .map(|(_, mark)| mark)
    }

    /// The marks of the scale in order; without a scale, the words for positions.
    fn marks(&self) -> Vec<(f64, String)> {
        let record = &self.graph.issues[self.issue.index()];
        if record.scale.is_some() {
            let marks = self.written.scale.iter().flat_map(|scale| &scale.marks.0);
            let mut marks: Vec<(f64, String)> = marks
                .map(|(number, mark)| (*number, mark.to_string()))
                .collect();
            marks.sort_by(|a, b| a.0.total_cmp(&b.0));
            return marks;
        }
        let words = [
            Position::StronglyOpposes,
            Position::Opposes,
            Position::Neutral,
            Position::Supports,
            Position::StronglySupports,
        ];
        let is_there = |word: &&Position| match word {
            Position::StronglyOpposes | Position::StronglySupports => record.levels == Some(5),
            Position::Neutral => record.levels != Some(2),
            _ => true,
        };
        let kept = words.iter().filter(is_there);
        kept.filter_map(|word| {
            self.graph
                .score(self.issue, *word)
                .map(|score| (score, word.word()))
        })
        .collect()
    }

    /// What is changed to see how far a rule moves.
    fn changes(&self) -> Vec<(&'static str, Change)> {
        let (from, to) = self.stakes.scale;
        let moved = |step: f64| Change::Moved(step, (from.min(to), from.max(to)));
        let moved = self.stakes.step.map(moved);
        let mut changes = vec![("is left out", Change::LeftOut)];
        changes.extend(moved.map(|moved| ("moves a step", moved)));
        changes.push(("cares twice as much", Change::Doubled));
        changes
    }

    /// How far a rule moves, by what is changed.
    fn ranges(&self, rule: Rule) -> Vec<Row> {
        let changes = self.changes();
        let plain = self.plain();
        let actors = |all: &[usize]| {
            Cell::actors(
                &all.iter()
                    .map(|nth| self.stakes.counted[*nth].actor)
                    .collect::<Vec<_>>(),
            )
        };
        let row = |words: &str, range: Range| {
            let (low, high) = (range.low, range.high);
            // Where nobody is left there is no forecast, and so no range.
            let cells = if range.silent.len() >= plain.len() {
                vec![Cell::Nothing; 4]
            } else {
                vec![
                    Cell::Number(low.0),
                    actors(&low.1),
                    Cell::Number(high.0),
                    actors(&high.1),
                ]
            };
            Row::new(
                [self.name(), Cell::text(name(rule)), Cell::text(words)]
                    .into_iter()
                    .chain(cells),
            )
        };
        changes
            .iter()
            .filter_map(|(words, change)| Some(row(words, sensitivity(rule, &plain, *change)?)))
            .collect()
    }

    /// The single statements that move a rule most where one is dropped, and what it replaced comes back.
    fn statement(&self, rule: Rule, value: f64) -> Vec<Row> {
        let moves = self.statements().into_iter().filter_map(|statement| {
            let without = value_of(rule, &self.without(statement))?;
            Some((statement, without, (without - value).abs()))
        });
        let moves: Vec<(StanceId, f64, f64)> = moves.collect();
        let most = moves.iter().map(|(.., moved)| *moved).fold(0.0, f64::max);
        if is_equal(most, 0.0) {
            return Vec::new();
        }
        let row = |(statement, without, moved): &(StanceId, f64, f64)| {
            let stance = &self.graph.stances[statement.index()];
            let says = |counted: &&Counted| {
                let mut footings = counted.standing.footings.iter();
                footings.any(|footing| footing.stance == *statement && footing.bears())
            };
            let counted = self.stakes.counted.iter().filter(says);
            let mut actors: Vec<ActorId> = counted.map(|counted| counted.actor).collect();
            if actors.is_empty() {
                actors.extend(stance.actors.as_slice());
            }
            let cells = [
                self.name(),
                Cell::text(name(rule)),
                Cell::Number(*without),
                Cell::Number(*moved),
                Cell::actors(&actors),
                match stance.position {
                    None => Cell::text("how much it matters"),
                    position => Cell::said(position),
                },
            ];
            let fate = self.census.fate(*statement);
            let evidence = fate.map(|fate| Evidence::Stance(*statement, fate));
            Row::new(cells).at(stance.place).because(evidence)
        };
        moves
            .iter()
            .filter(|(.., moved)| is_equal(*moved, most))
            .map(row)
            .collect()
    }

    /// The statements on which any position rests, if only that of who speaks for others: who counts may depend on any.
    fn statements(&self) -> Vec<StanceId> {
        let all = self
            .census
            .cells()
            .flat_map(|cell| self.census.footings(cell));
        let bearing = all.filter(|footing| footing.bears());
        self.graph.in_order(bearing.map(|footing| footing.stance))
    }

    /// The stakes as if a statement had not been made: older ones of its actors may count again, and who counts by itself may be
    /// another.
    fn without(&self, statement: StanceId) -> Vec<Stake> {
        let changed = self.graph.without(&self.census, self.lens, statement);
        let kept = self.stakes.counted.iter();
        let kept = kept.filter(|counted| !changed.contains_key(&counted.actor));
        let anew = changed.iter().filter_map(|(actor, standing)| {
            let counted = stakes::counted(self.graph, self.issue, *actor, standing).ok()?;
            Some(counted.stake)
        });
        kept.map(|counted| counted.stake).chain(anew).collect()
    }

    fn stake(&self, counted: &Counted) -> Row {
        let known =
            |value: Option<f64>| value.map_or_else(|| Cell::text("1 (not known)"), Cell::Number);
        let cells = [
            self.name(),
            Cell::Thing(Entity::Actor(counted.actor)),
            rows::stands(self.graph, &counted.standing),
            Cell::Number(counted.stake.position),
            known(counted.salience),
            known(counted.power),
        ];
        let row = Row::new(cells).because(stakes::evidence(&counted.standing));
        match counted.standing.in_force().next() {
            Some(newest) => row.at(self.graph.stances[newest.stance.index()].place),
            None => row,
        }
    }

    fn left_out(&self) -> Vec<Row> {
        let row = |(actor, standing, absence): &(ActorId, crate::graph::Standing, Absence)| {
            let row = Row::new([
                self.name(),
                Cell::Thing(Entity::Actor(*actor)),
                Cell::text(absence.words()),
            ]);
            let row = row.because(stakes::evidence(standing));
            match row.evidence.first().map(|first| first.place(self.graph)) {
                Some(place) => row.at(place),
                None => row,
            }
        };
        self.stakes.left_out.iter().map(row).collect()
    }

    /// What the forecast takes for granted, and what it does not claim.
    fn notes(&self, rules: &[Rule], issues: &[&str]) -> Vec<String> {
        let of = if issues.len() > 1 {
            format!("{}: ", self.graph.issues[self.issue.index()].name)
        } else {
            String::new()
        };
        let mut notes: Vec<String> = Vec::new();
        let counted = &self.stakes.counted;
        notes.extend(rows::lost_measure(self.record()));
        if self.graph.issues[self.issue.index()].topic_only {
            notes.push("it asks no question and has no scale: what one is for or against in it is not said".to_owned());
        }
        if counted.is_empty() {
            notes.push(format!(
                "{}: there is nothing to forecast",
                self.stakes.nobody()
            ));
        } else if counted.len() < FEW {
            notes.push(format!(
                "only {} counted: too few to rely on",
                actors(counted.len())
            ));
        }
        let plain = self.plain();
        let is_mute = |rule: &&Rule| {
            value_of(**rule, &plain).is_none()
                && (**rule != Rule::Condorcet || tied(&plain).is_none())
        };
        let mute: Vec<&str> = rules
            .iter()
            .filter(is_mute)
            .map(|rule| name(*rule))
            .collect();
        if !counted.is_empty() && !mute.is_empty() {
            let why = if plain.iter().all(|stake| stake.power == 0.0) {
                "all power is 0"
            } else if plain.iter().all(|stake| stake.salience == 0.0) {
                "all salience is 0"
            } else {
                "who has power does not care, and who cares has none"
            };
            notes.push(format!("{why}: by {} nothing can be said", joined(&mute)));
        }
        if rules.contains(&Rule::Condorcet) && tied(&plain).is_some() {
            notes.push("by Condorcet two positions tie: neither beats the other".to_owned());
        }
        let alone = |nth: &usize| {
            let mut others = plain.clone();
            others.remove(*nth);
            let says = |rule: &Rule| value_of(*rule, &plain).is_some();
            let is_left = |rule: &Rule| value_of(*rule, &others).is_some();
            let of_weight = [Rule::Compromise, Rule::Mean];
            let mut asked = of_weight.iter().filter(|rule| rules.contains(rule));
            asked.any(|rule| says(rule) && !is_left(rule))
        };
        let needed: Vec<&str> = (0..plain.len())
            .filter(alone)
            .map(|nth| self.graph.actors[counted[nth].actor.index()].name.as_ref())
            .collect();
        if !needed.is_empty() {
            notes.push(format!(
                "without {} there is nothing to forecast",
                joined(&needed)
            ));
        }
        let unknown = |value: fn(&Counted) -> Option<f64>| {
            counted
                .iter()
                .filter(|counted| value(counted).is_none())
                .count()
        };
        for (what, count) in [
            ("salience", unknown(|c| c.salience)),
            ("power", unknown(|c| c.power)),
        ] {
            match count {
                0 => {}
                count if count == counted.len() => {
                    notes.push(format!("no {what} is known: taken to be 1 for all"))
                }
                count => notes.push(format!(
                    "{what} not known of {}: taken to be 1",
                    actors(count)
                )),
            }
        }
        let said = |at: &Counted| {
            matches!(
                at.standing.verdict,
                crate::graph::Verdict::Stands(Position::At(_))
            )
        };
        if self.graph.issues[self.issue.index()].scale.is_some()
            && counted.iter().any(|counted| !said(counted))
        {
            notes.push("positions in words are spread evenly over the scale".to_owned());
        }
        notes.extend(
            [self.stakes.folded(self.graph), self.stakes.attributed()]
                .into_iter()
                .flatten()
                .map(|note| note.trim_end_matches('.').to_owned()),
        );
        if self.written.outcome.is_some() && self.outcome().is_none() {
            notes.push(match self.record().lost_decided {
                true => {
                    "when it was decided can't be read: what it came to is not shown".to_owned()
                }
                false => format!(
                    "what it came to was not decided by {}: not shown",
                    self.lens.day
                ),
            });
        }
        notes
            .into_iter()
            .map(|note| format!("{}.", capital(&format!("{of}{note}"))))
            .collect()
    }
}

/// A forecast from fewer says so.
const FEW: usize = 5;

fn actors(count: usize) -> String {
    words::counted(count, "actor")
}
