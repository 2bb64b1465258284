//! A graph as it is asked: as of which day, on which evidence, and through whose words. Its methods
//! are the questions.

use crate::check;
use crate::graph::{
    ActorId, Entity, FactId, Graph, IssueId, Lens, MeetingId, Omitted, Restriction, Scope, SourceId,
};
use crate::measure::forecast::{Rule, Stake};
use crate::query::{
    self, AboutActor, AboutFact, AboutIssue, AboutMeeting, AboutSource, Agreement, Answer, Balance,
    BalanceQuestion, Brief, BrokerQuestion, Brokers, Camps, CampsQuestion, CommonGround,
    Comparison, Forecast, Grounds, Histories, HistoryOf, MatrixQuestion, MeetingFilter, Meetings,
    Noted, Notes, PathQuestion, Paths, PositionFilter, Positions, Shown, Sides, TieUse, Timeline,
    TimelineFilter,
};

/// A graph as it is asked: as of a day, restricted to some of its evidence.
///
/// Each method is a question of the command line. Its answer is a struct with typed rows, whose
/// notes say what the answer leaves out and leaves open; [`render`](crate::render) writes it.
#[derive(Clone, Debug)]
#[must_use]
pub struct View {
    /// The graph without what the restriction leaves out.
    pub graph: Graph,
    /// The day as of which, and through whose words, positions are looked at.
    pub lens: Lens,
    /// Which parts of the graph are admitted.
    pub restriction: Restriction,
    /// What the restriction left out.
    pub omitted: Omitted,
}

impl Graph {
    /// Restricts the graph to what is known as of the day of a lens, as `--as-of` does.
    /// [`View::of`] takes any other restriction.
    ///
    /// Ids of actors, issues and sources stay valid. Those of other records do not, because some of
    /// these may be left out.
    pub fn view(self, lens: Lens) -> View {
        let restriction = Restriction {
            min_sources: lens.min_sources,
            ..Restriction::as_of(lens.day)
        };
        View::of(self, lens, restriction)
    }
}

impl View {
    /// Restricts a graph. The minimum of sources is given twice: the lens has that of positions, the
    /// restriction that of meetings, ties and facts.
    pub fn of(graph: Graph, lens: Lens, restriction: Restriction) -> View {
        let (mut graph, omitted) = graph.restricted(&restriction);
        graph.scope = Scope::of(&graph, &restriction.selection, lens.day);
        View {
            graph,
            lens,
            restriction,
            omitted,
        }
    }

    /// Takes all of a graph, as it is recorded.
    pub fn whole(graph: Graph, lens: Lens) -> View {
        View {
            graph,
            lens,
            restriction: Restriction::default(),
            omitted: Omitted::default(),
        }
    }

    /// Lists statements and the positions they make.
    pub fn positions(&self, filter: &PositionFilter) -> Positions {
        self.noted(query::positions(&self.graph, self.lens, filter))
    }

    /// Shows everything about a record.
    #[must_use]
    pub fn about(&self, record: Entity) -> Box<dyn Answer> {
        let mut answer = query::show(&self.graph, self.lens, record);
        self.note(&mut *answer);
        answer
    }

    /// Shows everything about an actor: its positions, meetings, ties and facts.
    pub fn about_actor(&self, actor: ActorId) -> AboutActor {
        self.noted(query::about_actor(&self.graph, self.lens, actor))
    }

    /// Shows everything about an issue: who stands where, and what is missing.
    pub fn about_issue(&self, issue: IssueId) -> AboutIssue {
        self.noted(query::about_issue(&self.graph, self.lens, issue))
    }

    /// Shows everything about a meeting.
    pub fn about_meeting(&self, meeting: MeetingId) -> AboutMeeting {
        self.noted(query::about_meeting(&self.graph, self.lens, meeting))
    }

    /// Shows everything about a source: all claims that rest on it.
    pub fn about_source(&self, source: SourceId) -> AboutSource {
        self.noted(query::about_source(&self.graph, self.lens, source))
    }

    /// Shows everything about a fact.
    pub fn about_fact(&self, fact: FactId) -> AboutFact {
        self.noted(query::about_fact(&self.graph, self.lens, fact))
    }

    /// Briefs on an actor, an issue or a meeting on one page; `None` of anything else.
    #[must_use]
    pub fn brief(&self, of: Entity) -> Option<Brief> {
        Some(self.noted(query::brief(&self.graph, self.lens, of)?))
    }

    /// Sets the positions of two or more actors side by side.
    pub fn compare(&self, actors: &[ActorId]) -> Comparison {
        self.noted(query::compare(&self.graph, self.lens, actors))
    }

    /// Finds the issues on which all of these actors stand on one side, and who among them meets
    /// across a divide; of all actors if none is named.
    pub fn common(&self, actors: &[ActorId]) -> CommonGround {
        self.noted(query::common(&self.graph, self.lens, actors))
    }

    /// Finds the shortest connections between two actors.
    pub fn path(&self, from: ActorId, to: ActorId, question: &PathQuestion) -> Paths {
        self.noted(query::path(&self.graph, self.lens, from, to, question))
    }

    /// Lists meetings in the order of time.
    pub fn meetings(&self, filter: &MeetingFilter) -> Meetings {
        self.noted(query::meetings(&self.graph, self.lens, filter))
    }

    /// Lists statements, meetings, ties and facts in the order of time.
    pub fn timeline(&self, filter: &TimelineFilter) -> Timeline {
        self.noted(query::timeline(&self.graph, self.lens, filter))
    }

    /// Shows how positions came about, change by change.
    pub fn history(&self, of: HistoryOf) -> Histories {
        self.noted(query::history(&self.graph, self.lens, of))
    }

    /// Measures how far actors agree, two by two, or what each says on each issue.
    pub fn matrix(&self, question: &MatrixQuestion) -> Agreement {
        self.noted(query::matrix(&self.graph, self.lens, question))
    }

    /// Divides actors into camps by their positions on several issues.
    pub fn camps(&self, question: &CampsQuestion) -> Camps {
        self.noted(query::camps(&self.graph, self.lens, question))
    }

    /// Shows the sides on one issue, and who stands on neither.
    pub fn sides(&self, issue: IssueId) -> Sides {
        self.noted(query::sides(&self.graph, self.lens, issue))
    }

    /// Measures how balanced the relations are, and finds those that are strained.
    pub fn balance(&self, question: &BalanceQuestion) -> Balance {
        self.noted(query::balance(&self.graph, self.lens, question))
    }

    /// Finds the actors that stand between others.
    pub fn brokers(&self, question: &BrokerQuestion) -> Brokers {
        self.noted(query::brokers(&self.graph, self.lens, question))
    }

    /// Forecasts the outcomes of issues by these rules.
    pub fn forecast(&self, issues: &[IssueId], rules: &[Rule]) -> Forecast {
        self.noted(query::forecast(&self.graph, self.lens, issues, rules))
    }

    /// Returns what counts in a forecast of an issue, as plain numbers for
    /// [`measure::forecast`](crate::measure::forecast): the position of each actor on the scale of
    /// the issue, its salience and its power.
    #[must_use]
    pub fn stakes(&self, issue: IssueId) -> Vec<Stake> {
        let stakes = query::stakes(&self.graph, self.lens, issue);
        stakes.counted.iter().map(|counted| counted.stake).collect()
    }

    /// Finds the claims that rest on weak evidence: on no source or a single one, on statements that
    /// disagree or are more than `old` days old, or with quotes that are not in the texts of their
    /// sources. Reads the local copies of sources, if the graph was opened by its path.
    pub fn evidence(&mut self, old: u32) -> Grounds {
        self.graph.read_copies();
        let quotes = check::quotes(&self.graph);
        self.noted(query::evidence(&self.graph, self.lens, old, &quotes))
    }

    /// Adds to an answer what could not be read, and what the restriction leaves out and open.
    pub(crate) fn note(&self, answer: &mut dyn Noted) {
        let View {
            graph,
            lens,
            restriction,
            omitted,
        } = self;
        answer.notes_mut().extend(query::missing(graph));
        let shown = Shown::of(graph, answer);
        let open = query::left_open(graph, *lens, restriction, omitted, &shown);
        let left_out = self.left_out(answer.ties());
        answer.notes_mut().extend(open);
        answer.notes_mut().extend(left_out);
    }

    /// Notes what the restriction left out, for something that uses ties or does not.
    #[doc(hidden)]
    pub fn left_out(&self, ties: TieUse) -> Notes {
        query::left_out(
            &self.graph,
            self.lens,
            &self.restriction,
            &self.omitted,
            ties,
        )
    }

    fn noted<A: Noted>(&self, mut answer: A) -> A {
        self.note(&mut answer);
        answer
    }
}
