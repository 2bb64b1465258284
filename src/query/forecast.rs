//! What a contested issue may come to: the results of five rules side by side, how far each moves
//! if an input differs from what was said, and who is left out.

mod one;
mod stakes;

pub use one::{ForecastOf, MoveRow, forecast_of};

use crate::graph::{
    ActorId, Census, Entity, Fate, Graph, Issue, IssueId, Lens, Offers, Placed, StanceId, Standing,
    Verdict,
};
use crate::measure::forecast::{
    Change, Range, Rule, Stake, forecast as value_of, is_equal, needed, sensitivity, tied,
};
use crate::model::{Date, Issue as Written, Position};
use crate::progress::step;
use crate::query::counted::{names_by_id, some};
use crate::query::few::FEW;
use crate::query::{
    Behind, Evidence, Excerpt, Known, Note, Notes, Said, Stand, Table, Word, answer, is_wanted,
    rows, table,
};
use crate::words::{self, capital, joined};

pub use stakes::{Absence, Counted, Stakes, stakes};

/// Returns the name of a rule.
fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::Compromise => "compromise",
        Rule::Median => "median",
        Rule::Mean => "mean",
        Rule::PowerMean => "power mean",
        Rule::Condorcet => "Condorcet",
    }
}

answer! {
    /// What contested issues may come to.
    pub struct Forecast = "forecast", ties: Unused {
        /// The scale of each issue, and its known outcome.
        issues: Table<ScaleRow>,
        /// What each rule forecasts.
        forecasts: Table<ForecastRow>,
        /// What each rule forecasts if offers stand in place of positions.
        offered: Table<ForecastRow>,
        /// How far each forecast moves if an input differs.
        sensitivity: Table<RangeRow>,
        /// The statements that move a forecast most if dropped.
        statements: Table<DropRow>,
        /// Who counts.
        stakes: Table<StakeRow>,
        /// Who does not count, and why.
        left_out: Table<AbsentRow>,
    }
}

table! {
    /// The scale of an issue.
    pub struct ScaleRow {
        /// The issue.
        issue: IssueId,
        /// The beginning of the scale.
        from: Option<f64>,
        /// What the beginning means.
        from_means as "which is": String,
        /// The end of the scale.
        to: Option<f64>,
        /// What the end means.
        to_means as "which is": String,
        /// How far it is from one level of positions to the next.
        step: Option<f64>,
        /// The present state, on the scale.
        status_quo: Option<f64>,
        /// The outcome on the scale, if known by the day asked for.
        outcome: Option<f64>,
        /// When it was decided.
        decided: Option<Date>,
    }

    /// The forecast of a rule.
    pub struct ForecastRow {
        /// The issue.
        issue: IssueId,
        /// The rule.
        rule: Word,
        /// The forecast on the scale; empty if two positions tie.
        forecast: Option<f64>,
        /// What the number means; or the two positions that tie.
        which_is: String,
        /// How far it is from the outcome.
        off_by: Option<f64>,
    }

    /// How far a forecast moves if one actor differs from what was said.
    pub struct RangeRow {
        /// The issue.
        issue: IssueId,
        /// The rule.
        rule: Word,
        /// What is changed for one actor at a time.
        where_one: Word,
        /// The lowest forecast.
        low: Option<f64>,
        /// The actors whose change gives it.
        low_by: Vec<ActorId>,
        /// The highest forecast.
        high: Option<f64>,
        /// The actors whose change gives it.
        high_by: Vec<ActorId>,
    }

    /// A statement that moves a forecast most if it is dropped.
    pub struct DropRow {
        /// The issue.
        issue: IssueId,
        /// The rule.
        rule: Word,
        /// The forecast without the statement.
        without_it: f64,
        /// How far that is from the forecast with it.
        moves_by: f64,
        /// The actors it is about.
        actor: Vec<ActorId>,
        /// What it says.
        says: Said,
    }

    /// An actor that counts.
    pub struct StakeRow of "actor" {
        /// The issue.
        issue: IssueId,
        /// The actor.
        actor: ActorId,
        /// Where it stands.
        position: Stand,
        /// Its position on the scale.
        on_scale: f64,
        /// How much the issue matters to it, 0 to 1; taken as 1 if unknown.
        salience: Known,
        /// How much it weighs; taken as 1 if unknown.
        power: Known,
    }

    /// An actor that does not count.
    pub struct AbsentRow of "actor" {
        /// The issue.
        issue: IssueId,
        /// The actor.
        actor: ActorId,
        /// Why it does not count.
        because: Word,
    }
}

/// Forecasts issues by these rules.
pub fn forecast(graph: &Graph, lens: Lens, issues: &[IssueId], rules: &[Rule]) -> Forecast {
    let names: Vec<&str> = issues.iter().map(|id| graph[*id].name.as_ref()).collect();
    let mut answer = Forecast {
        title: format!("Forecast of {}", joined(&names)),
        issues: Table::new("The scale", []),
        forecasts: Table::new("What the rules say", []).or_else("No rule gives a forecast."),
        offered: Table::new("Where the offers would move them", []),
        sensitivity: Table::new("How far the forecasts move", []),
        statements: Table::new("The statement that moves a forecast most if dropped", []),
        stakes: Table::new("Who counts", []).or_else("Nobody."),
        left_out: Table::new("Who does not count", []),
        notes: Notes::default(),
    };
    // The title already names the issue.
    if names.len() == 1 {
        answer.issues.hidden.push("issue");
        answer.forecasts.hidden.push("issue");
        answer.offered.hidden.push("issue");
        answer.sensitivity.hidden.push("issue");
        answer.statements.hidden.push("issue");
        answer.stakes.hidden.push("issue");
        answer.left_out.hidden.push("issue");
    }
    let issues = rows::distinct(issues.iter().copied());
    let progress = step("forecasting", issues.len());
    for issue in issues {
        progress.advance();
        let asked = Asked::new(graph, lens, issue);
        if !asked.is_mere_topic() {
            answer.issues.rows.push(asked.scale());
        }
        for rule in rules {
            let Some(value) = value_of(*rule, &asked.plain()) else {
                answer.forecasts.rows.extend(asked.tie(*rule));
                continue;
            };
            answer.forecasts.rows.push(asked.forecast(*rule, value));
            answer.sensitivity.rows.extend(asked.ranges(*rule));
            answer.statements.rows.extend(asked.statement(*rule, value));
        }
        if let Some(offered) = asked.with_offers() {
            answer.offered.rows.extend(offered.forecasts(rules));
            answer.notes.extend(asked.differing(&offered, &names));
        }
        let counted = asked.stakes.counted.iter();
        answer
            .stakes
            .rows
            .extend(counted.map(|counted| asked.stake(counted)));
        answer.left_out.rows.extend(asked.left_out());
        answer.notes.extend(asked.notes(rules, &names));
    }
    answer
}

/// What the rules forecast for one issue, in short form for a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The ends of the scale.
    pub scale: (f64, f64),
    /// The name and forecast of each rule that gives one.
    pub rules: Vec<(&'static str, f64)>,
    /// The positions on the scale of all who count.
    pub positions: Vec<f64>,
    /// The outcome on the scale, if it was known by the day asked for.
    pub outcome: Option<f64>,
    /// What is assumed, and who is not counted, in sentences.
    pub notes: Vec<String>,
}

/// Returns what all rules forecast for one issue, among the actors of a selection.
pub fn outlook(graph: &Graph, lens: Lens, issue: IssueId, selection: &Excerpt) -> Outlook {
    let asked = Asked::among(graph, lens, issue, is_wanted(graph, lens, selection));
    let plain = asked.plain();
    let rules = Rule::ALL
        .into_iter()
        .filter_map(|rule| Some((name(rule), value_of(rule, &plain)?)));
    Outlook {
        scale: asked.stakes.scale,
        rules: rules.collect(),
        positions: plain.iter().map(|stake| stake.position).collect(),
        outcome: asked.outcome(),
        // The foot of the picture says who is counted with another.
        notes: asked
            .notes(&Rule::ALL, &[])
            .into_iter()
            .filter(|note| note.kind != "folded")
            .map(|note| note.text)
            .collect(),
    }
}

/// An issue that is asked about, with who counts on it.
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
        let scope = graph.scope();
        Asked::among(graph, lens, issue, |actor, _| scope.actor(actor))
    }

    fn among(
        graph: &'g Graph,
        lens: Lens,
        issue: IssueId,
        wanted: impl Fn(ActorId, IssueId) -> bool + Sync,
    ) -> Asked<'g> {
        let written = graph.written_issue(graph[issue].place);
        let census = graph.census(lens, |actor, on| on == issue && wanted(actor, on));
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

    fn place(&self) -> crate::text::Place {
        self.graph[self.issue].place
    }

    /// Returns whether the issue asks no question and nobody is for or against it, so that it has
    /// no scale.
    fn is_mere_topic(&self) -> bool {
        self.graph[self.issue].topic_only && self.stakes.counted.is_empty()
    }

    fn record(&self) -> &Issue {
        &self.graph[self.issue]
    }

    /// Returns the outcome, if it was known by the day asked for.
    fn outcome(&self) -> Option<f64> {
        let decided = self
            .written
            .decided
            .is_none_or(|decided| decided.period().from <= self.lens.day)
            && !self.record().lost_decided;
        self.written.outcome.filter(|_| decided)
    }

    /// Asks the same with the offers in place of positions; `None` if nobody makes an offer, or if
    /// they stand there already.
    fn with_offers(&self) -> Option<Asked<'g>> {
        self.makes_offers().next()?;
        let lens = Lens {
            offers: Offers::InPlace,
            ..self.lens
        };
        Some(Asked::new(self.graph, lens, self.issue))
    }

    /// Iterates over the actors that make an offer beside their position.
    fn makes_offers(&self) -> impl Iterator<Item = ActorId> {
        let offers = |cell: &&Placed| {
            let mut footings = self.census.footings(cell).iter();
            footings.any(|footing| footing.fate == Fate::Offered)
        };
        self.census.counted().filter(offers).map(|cell| cell.actor)
    }

    fn forecasts(&self, rules: &[Rule]) -> Vec<ForecastRow> {
        let plain = self.plain();
        let row = |rule: &Rule| match value_of(*rule, &plain) {
            Some(value) => Some(self.forecast(*rule, value)),
            None => self.tie(*rule),
        };
        rules.iter().filter_map(row).collect()
    }

    /// Notes whose offers differ, so that nobody knows where they would move it.
    fn differing(&self, offered: &Asked<'_>, names: &[&str]) -> Option<Note> {
        let is_contested = |actor: &ActorId| {
            let cell = offered.census.at(*actor, self.issue);
            cell.is_some_and(|cell| cell.verdict == Verdict::Contested)
        };
        let differ = names_by_id(self.graph, self.makes_offers().filter(is_contested));
        let of = match names {
            [_] => String::new(),
            _ => format!(" on {}", self.record().name),
        };
        let text = format!(
            "Where the offers would move it{of} is shown without those whose offers differ: {}.",
            some(&differ)
        );
        (!differ.is_empty()).then(|| Note::new("offers_differ", text).of(differ.len()))
    }

    fn scale(&self) -> ScaleRow {
        let (from, to) = self.stakes.scale;
        let is_known = !self.record().lost_scale;
        let end = |end: f64| is_known.then_some(end);
        let mark = |end: f64| self.mark(end).filter(|_| is_known).unwrap_or_default();
        ScaleRow {
            issue: self.issue,
            from: end(from),
            from_means: mark(from),
            to: end(to),
            to_means: mark(to),
            step: self.stakes.step,
            status_quo: self.written.status_quo,
            outcome: self.outcome(),
            decided: self.written.decided.filter(|_| self.outcome().is_some()),
            behind: Behind::at(self.place()).because([Evidence::Thing(Entity::Issue(self.issue))]),
        }
    }

    fn forecast(&self, rule: Rule, value: f64) -> ForecastRow {
        ForecastRow {
            issue: self.issue,
            rule: name(rule).into(),
            forecast: Some(value),
            which_is: self.meaning(value),
            off_by: self.outcome().map(|outcome| (value - outcome).abs()),
            behind: Behind::default(),
        }
    }

    /// Returns the row of a tie between two positions, neither of which beats the other; this is no
    /// forecast.
    fn tie(&self, rule: Rule) -> Option<ForecastRow> {
        let (low, high) = tied(&self.plain()).filter(|_| rule == Rule::Condorcet)?;
        let meaning = match (self.meaning(low), self.meaning(high)) {
            (low, high) if low.is_empty() || high.is_empty() => String::new(),
            (low, high) => format!(": {low} and {high}"),
        };
        Some(ForecastRow {
            issue: self.issue,
            rule: name(rule).into(),
            forecast: None,
            which_is: format!("a tie between {low} and {high}{meaning}"),
            off_by: None,
            behind: Behind::default(),
        })
    }

    /// Describes a number on the scale by its mark, or by the two marks it lies between.
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

    /// Returns the marks of the scale in order or, without a scale, the words for positions.
    fn marks(&self) -> Vec<(f64, String)> {
        let record = &self.graph[self.issue];
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

    /// Returns the changes that show how far a rule moves.
    fn changes(&self) -> Vec<(&'static str, Change)> {
        let (from, to) = self.stakes.scale;
        let moved = |step: f64| Change::Moved(step, (from.min(to), from.max(to)));
        let moved = self.stakes.step.map(moved);
        let mut changes = vec![("is left out", Change::LeftOut)];
        changes.extend(moved.map(|moved| ("moves a step", moved)));
        changes.push(("cares twice as much", Change::Doubled));
        changes
    }

    /// Returns how far a rule moves under each change.
    fn ranges(&self, rule: Rule) -> Vec<RangeRow> {
        let changes = self.changes();
        let plain = self.plain();
        let actors = |all: &[usize]| -> Vec<ActorId> {
            all.iter()
                .map(|nth| self.stakes.counted[*nth].actor)
                .collect()
        };
        let row = |words: &'static str, range: Range| {
            // If nobody is left, there is no forecast and so no range.
            let is_known = range.silent.len() < plain.len();
            let by = |all: &[usize]| if is_known { actors(all) } else { Vec::new() };
            RangeRow {
                issue: self.issue,
                rule: name(rule).into(),
                where_one: words.into(),
                low: is_known.then_some(range.low.0),
                low_by: by(&range.low.1),
                high: is_known.then_some(range.high.0),
                high_by: by(&range.high.1),
                behind: Behind::default(),
            }
        };
        changes
            .iter()
            .filter_map(|(words, change)| Some(row(words, sensitivity(rule, &plain, *change)?)))
            .collect()
    }

    /// Returns the statements that move a rule most if dropped; what a dropped statement replaced
    /// comes back.
    fn statement(&self, rule: Rule, value: f64) -> Vec<DropRow> {
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
            let stance = &self.graph[*statement];
            let says = |counted: &&Counted| {
                let mut footings = counted.standing.footings.iter();
                footings.any(|footing| footing.stance == *statement && footing.bears())
            };
            let counted = self.stakes.counted.iter().filter(says);
            let mut actors: Vec<ActorId> = counted.map(|counted| counted.actor).collect();
            if actors.is_empty() {
                actors.extend(stance.actors.as_slice());
            }
            let fate = self.census.fate(self.graph, *statement);
            let evidence = fate.map(|fate| Evidence::Stance(*statement, fate));
            DropRow {
                issue: self.issue,
                rule: name(rule).into(),
                without_it: *without,
                moves_by: *moved,
                actor: actors,
                says: Said::of(stance),
                behind: Behind::at(stance.place).because(evidence),
            }
        };
        moves
            .iter()
            .filter(|(.., moved)| is_equal(*moved, most))
            .map(row)
            .collect()
    }

    /// Returns the statements on which any position rests, including that of an actor that speaks
    /// for others: who counts may depend on any of them.
    fn statements(&self) -> Vec<StanceId> {
        let all = self
            .census
            .cells()
            .flat_map(|cell| self.census.footings(cell));
        let bearing = all.filter(|footing| footing.bears());
        self.graph.in_order(bearing.map(|footing| footing.stance))
    }

    /// Returns the stakes as if a statement had not been made: older statements of its actors may
    /// count again, and different actors may count by themselves.
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

    fn stake(&self, counted: &Counted) -> StakeRow {
        let known = |known: Option<f64>| Known { known, taken: 1.0 };
        let newest = counted.standing.in_force().next();
        StakeRow {
            issue: self.issue,
            actor: counted.actor,
            position: rows::stands(self.graph, &counted.standing),
            on_scale: counted.stake.position,
            salience: known(counted.salience),
            power: known(counted.power),
            behind: Behind {
                place: newest.map(|newest| self.graph[newest.stance].place),
                evidence: stakes::evidence(&counted.standing),
            },
        }
    }

    fn left_out(&self) -> Vec<AbsentRow> {
        let row = |(actor, standing, absence): &(ActorId, Standing, Absence)| AbsentRow {
            issue: self.issue,
            actor: *actor,
            because: Word::new(absence.key(), absence.word()),
            behind: Behind::first_of(self.graph, stakes::evidence(standing)),
        };
        self.stakes.left_out.iter().map(row).collect()
    }

    /// Notes what the forecast assumes, and what it does not claim.
    fn notes(&self, rules: &[Rule], issues: &[&str]) -> Notes {
        let mut notes = Notes::default();
        notes.extend(self.of_issue());
        notes.extend(self.of_number());
        notes.extend(self.of_weight(rules));
        notes.extend(self.of_needed(rules));
        notes.extend(self.of_near_ties(rules));
        notes.extend(self.of_taken());
        notes.extend(self.of_census());
        notes.extend(self.of_outcome());
        let of = if issues.len() > 1 {
            format!("{}: ", self.graph[self.issue].name)
        } else {
            String::new()
        };
        notes
            .into_iter()
            .map(|note| Note {
                text: format!("{}.", capital(&format!("{of}{}", note.text))),
                about: vec![Entity::Issue(self.issue)],
                ..note
            })
            .collect()
    }

    /// What the issue lacks.
    fn of_issue(&self) -> impl Iterator<Item = Note> {
        let lost = rows::lost_measure(self.record()).map(|lost| Note::new("lost_measure", lost));
        let topic = self.graph[self.issue].topic_only.then(|| {
            Note::new(
                "topic_only",
                "it asks no question and has no scale: what being for or against it means is not said",
            )
        });
        lost.into_iter().chain(topic)
    }

    /// That few count, or nobody.
    fn of_number(&self) -> Option<Note> {
        match self.stakes.counted.len() {
            0 => {
                let text = format!("{}: there is nothing to forecast", self.stakes.nobody());
                Some(Note::new("nobody_known", text))
            }
            few if few < FEW => {
                let text = format!("only {} counted: too few to rely on", actors(few));
                Some(Note::new("few_known", text).of(few))
            }
            _ => None,
        }
    }

    /// Which rules have nothing to weigh, and that positions tie.
    fn of_weight(&self, rules: &[Rule]) -> impl Iterator<Item = Note> {
        let plain = self.plain();
        let ties = tied(&plain).is_some();
        let is_mute = |rule: &&Rule| {
            value_of(**rule, &plain).is_none() && !(**rule == Rule::Condorcet && ties)
        };
        let mute = rules.iter().filter(is_mute).map(|rule| name(*rule));
        let mute: Vec<&str> = mute.collect();
        let no_weight = (!plain.is_empty() && !mute.is_empty()).then(|| {
            let why = if plain.iter().all(|stake| stake.power == 0.0) {
                "all power is 0"
            } else if plain.iter().all(|stake| stake.salience == 0.0) {
                "all salience is 0"
            } else {
                "those with power do not care, and those who care have none"
            };
            let text = format!("{why}: no forecast by {}", joined(&mute));
            Note::new("no_weight", text)
        });
        let tie = (rules.contains(&Rule::Condorcet) && ties).then(|| {
            let text = "by Condorcet two positions tie: neither beats the other";
            Note::new("condorcet_tie", text)
        });
        no_weight.into_iter().chain(tie)
    }

    /// Notes the actors without whom there is no forecast.
    fn of_needed(&self, rules: &[Rule]) -> Option<Note> {
        let plain = self.plain();
        let only = |rule: &Rule| Some((*rule, needed(*rule, &plain)?));
        let only: Vec<(Rule, usize)> = rules.iter().filter_map(only).collect();
        let needed = only.iter().map(|(_, nth)| self.stakes.counted[*nth].actor);
        let needed = rows::distinct(needed).into_iter();
        let needed: Vec<&str> = needed
            .map(|actor| self.graph[actor].name.as_ref())
            .collect();
        let mute = only.iter().map(|(rule, _)| name(*rule));
        (!needed.is_empty()).then(|| {
            let text = format!(
                "without {} there is no forecast by {}",
                joined(&needed),
                joined(mute)
            );
            Note::new("needed", text).of(needed.len())
        })
    }

    /// What would make two positions tie by Condorcet. The range over which it moves leaves that out.
    fn of_near_ties(&self, rules: &[Rule]) -> Option<Note> {
        let plain = self.plain();
        let needed = needed(Rule::Condorcet, &plain);
        let changes = self.changes().into_iter();
        let would = changes.filter_map(|(words, change)| {
            let range = sensitivity(Rule::Condorcet, &plain, change)?;
            let tying = range.silent.iter().filter(|nth| Some(**nth) != needed);
            let who = rows::distinct(tying.map(|nth| self.stakes.counted[*nth].actor));
            let who: Vec<String> = names_by_id(self.graph, who.into_iter());
            (!who.is_empty()).then(|| format!("if one of these {words}: {}", some(&who)))
        });
        let would: Vec<String> = would.collect();
        (rules.contains(&Rule::Condorcet) && !would.is_empty()).then(|| {
            let text = format!("by Condorcet two positions would tie {}", would.join("; "));
            Note::new("condorcet_near_tie", text).of(would.len())
        })
    }

    /// What is taken for what is not known.
    fn of_taken(&self) -> impl Iterator<Item = Note> {
        let counted = &self.stakes.counted;
        let unknown = |value: fn(&Counted) -> Option<f64>| {
            let unknown = counted.iter().filter(|counted| value(counted).is_none());
            unknown.count()
        };
        let weights = [
            ("salience", unknown(|counted| counted.salience)),
            ("power", unknown(|counted| counted.power)),
        ];
        let all = counted.len();
        let weights = weights.into_iter().filter(|(_, count)| *count > 0);
        let weights = weights.map(move |(what, count)| {
            let text = match count == all {
                true => format!("no {what} is known: taken to be 1 for all"),
                false => format!("{what} not known for {}: taken to be 1", actors(count)),
            };
            Note::new("taken_as_one", text).of(count)
        });
        let is_word = |counted: &Counted| {
            !matches!(counted.standing.verdict, Verdict::Stands(Position::At(_)))
        };
        let has_words = self.graph[self.issue].scale.is_some() && counted.iter().any(is_word);
        let spread = has_words.then(|| {
            let text = "positions in words are spread evenly over the scale";
            Note::new("spread_evenly", text)
        });
        weights.chain(spread)
    }

    /// Who is counted with whom, what is attributed and what is offered.
    fn of_census(&self) -> impl Iterator<Item = Note> {
        let stakes = &self.stakes;
        let notes = [
            stakes.folded(self.graph),
            stakes.attributed(),
            stakes.offers(),
        ];
        notes.into_iter().flatten().map(|note| Note {
            text: note.text.trim_end_matches('.').to_owned(),
            ..note
        })
    }

    /// Why the outcome is not shown.
    fn of_outcome(&self) -> Option<Note> {
        let is_hidden = self.written.outcome.is_some() && self.outcome().is_none();
        is_hidden.then(|| {
            let text = match self.record().lost_decided {
                true => {
                    "when it was decided can't be read: what was decided is not shown".to_owned()
                }
                false => format!(
                    "the outcome was not decided by {}: not shown",
                    self.lens.day
                ),
            };
            Note::new("outcome_not_shown", text)
        })
    }
}

fn actors(count: usize) -> String {
    words::counted(count, "actor")
}
