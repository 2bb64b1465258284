//! Selects whom and what a question is about. Records with other tags, and meetings of another kind,
//! are cut from the graph, as a period cuts them. Actors and issues are not: the statements of those
//! who speak for a selected actor still make its position, so these two are only a [`Scope`] that
//! questions, measures and pictures look up.

use crate::graph::{
    Actor, ActorId, Fact, FactId, Graph, Issue, IssueId, Meeting, MeetingId, Omitted, Reason,
    Stance, Tie,
};
use crate::model::{ActorKind, Day, MeetingKind, Period, Str, TieKind};
use crate::text::Place;
use crate::words::folded;

/// Whom and what a question is about. What is left out does not narrow it; the default is
/// everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// The actors, by name; `None` for all. An empty list selects nobody.
    pub actors: Option<Vec<ActorId>>,
    /// Groups whose members on the day of the question are selected too.
    pub groups: Vec<ActorId>,
    /// The kinds of actors, of those that the other two select.
    pub kinds: Vec<ActorKind>,
    /// The issues, each with all its parts; `None` for all.
    pub issues: Option<Vec<IssueId>>,
    /// Tags, of which a statement (or its issue), a meeting, a tie or a fact needs one. Ties that
    /// say who speaks for whom or belongs to what are kept.
    pub tags: Vec<String>,
    /// The kinds of meetings.
    pub meeting_kinds: Vec<MeetingKind>,
    /// The period that statements, meetings and facts must have a day in, and that ties must hold
    /// in.
    pub period: Option<Period>,
}

impl Selection {
    /// Returns whether it selects among actors.
    pub fn chooses_actors(&self) -> bool {
        self.actors.is_some() || !self.groups.is_empty() || !self.kinds.is_empty()
    }
}

/// The actors and issues that a graph is asked about.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Whether each actor is selected; `None` if all are.
    actors: Option<Vec<bool>>,
    /// Whether each issue is selected; `None` if all are.
    issues: Option<Vec<bool>>,
    /// The selected actors that were named.
    named_actors: Vec<ActorId>,
    /// The issues that were named, without their parts.
    named_issues: Vec<IssueId>,
    /// The tags asked for, folded.
    tags: Vec<String>,
}

impl Scope {
    /// Works out the actors and issues of a selection. Members of groups are those on this day.
    pub(crate) fn of(graph: &Graph, selection: &Selection, day: Day) -> Scope {
        let issues = selection.issues.as_ref().map(|named| {
            let is_part = |issue| named.iter().any(|whole| graph.is_part_of(issue, *whole));
            IssueId::all(graph).map(is_part).collect()
        });
        let mut scope = Scope {
            actors: selection
                .chooses_actors()
                .then(|| actors(graph, selection, day)),
            issues,
            named_actors: selection.actors.clone().unwrap_or_default(),
            named_issues: selection.issues.clone().unwrap_or_default(),
            tags: selection.tags.iter().map(|tag| folded(tag)).collect(),
        };
        let named = std::mem::take(&mut scope.named_actors);
        scope.named_actors = named.into_iter().filter(|id| scope.actor(*id)).collect();
        scope
    }

    /// Returns whether an actor is selected.
    pub fn actor(&self, id: ActorId) -> bool {
        self.actors.as_ref().is_none_or(|actors| actors[id.index()])
    }

    /// Returns whether an issue is selected.
    pub fn issue(&self, id: IssueId) -> bool {
        self.issues.as_ref().is_none_or(|issues| issues[id.index()])
    }

    /// Returns whether a position is asked about.
    pub fn has(&self, actor: ActorId, issue: IssueId) -> bool {
        self.actor(actor) && self.issue(issue)
    }

    /// Returns whether one of these actors is selected, or all are.
    pub fn any_actor<'a>(&self, ids: impl IntoIterator<Item = &'a ActorId>) -> bool {
        !self.chooses_actors() || ids.into_iter().any(|id| self.actor(*id))
    }

    /// Returns whether one of these issues is selected, or all are.
    pub fn any_issue<'a>(&self, ids: impl IntoIterator<Item = &'a IssueId>) -> bool {
        !self.chooses_issues() || ids.into_iter().any(|id| self.issue(*id))
    }

    /// Returns whether it selects among actors.
    pub fn chooses_actors(&self) -> bool {
        self.actors.is_some()
    }

    /// Returns whether it selects among issues.
    pub fn chooses_issues(&self) -> bool {
        self.issues.is_some()
    }

    /// Returns the issues that were named, without their parts.
    pub(crate) fn named_issues(&self) -> &[IssueId] {
        &self.named_issues
    }

    /// Returns the selected actors that were named.
    pub(crate) fn named_actors(&self) -> &[ActorId] {
        &self.named_actors
    }

    /// Returns whether it asks for tags.
    pub(crate) fn chooses_tags(&self) -> bool {
        !self.tags.is_empty()
    }

    /// Returns whether one of these tags is asked for.
    pub(crate) fn has_tag(&self, tags: &[Str<'_>]) -> bool {
        tags.iter().any(|tag| self.tags.contains(&folded(tag)))
    }

    /// Iterates over the selected actors, in the order of the graph.
    pub(crate) fn actors(&self, graph: &Graph) -> impl Iterator<Item = ActorId> {
        ActorId::all(graph).filter(|id| self.actor(*id))
    }

    /// Iterates over the selected issues, in the order of the graph.
    pub(crate) fn issues(&self, graph: &Graph) -> impl Iterator<Item = IssueId> {
        IssueId::all(graph).filter(|id| self.issue(*id))
    }

    /// Joins it with the scope of a graph that is put beside its own, `sizes` being the numbers of
    /// actors and of issues of the two.
    pub(super) fn beside(self, other: Scope, sizes: [[usize; 2]; 2]) -> Scope {
        let join =
            |own: Option<Vec<bool>>, other: Option<Vec<bool>>, [before, after]: [usize; 2]| {
                (own.is_some() || other.is_some()).then(|| {
                    let mut all = own.unwrap_or_else(|| vec![true; before]);
                    all.extend(other.unwrap_or_else(|| vec![true; after]));
                    all
                })
            };
        Scope {
            actors: join(self.actors, other.actors, sizes[0]),
            issues: join(self.issues, other.issues, sizes[1]),
            named_actors: self.named_actors,
            named_issues: self.named_issues,
            tags: self.tags,
        }
    }
}

/// Returns whether each actor is selected: it is named or a member of a group, if any is given, and
/// is of a kind asked for.
fn actors(graph: &Graph, selection: &Selection, day: Day) -> Vec<bool> {
    let Selection {
        actors,
        groups,
        kinds,
        ..
    } = selection;
    let names_some = actors.is_some() || !groups.is_empty();
    let mut selected = vec![!names_some; graph.actors.len()];
    for actor in actors.iter().flatten() {
        selected[actor.index()] = true;
    }
    for joined in graph.joined() {
        let is_member = *joined.kind == TieKind::Member && groups.contains(&joined.to);
        let holds = |tie: &Tie| tie.holds_on(day) && !graph.is_withdrawn(tie.claim());
        if is_member && graph.tie_of(joined).is_none_or(holds) {
            selected[joined.from.index()] = true;
        }
    }
    for (selected, actor) in selected.iter_mut().zip(&graph.actors) {
        *selected &= kinds.is_empty() || actor.kind.is_some_and(|kind| kinds.contains(&kind));
    }
    selected
}

impl Graph {
    /// Returns the actors and issues that are asked about.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Lists the tags of all records, each once, sorted.
    #[doc(hidden)]
    pub fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        let mut add = |found: Vec<String>| tags.extend(found);
        self.sources().for_each(|(_, source)| {
            let written = self.written_source(source.place).tags;
            add(written.iter().map(ToString::to_string).collect());
        });
        self.actors().for_each(|(_, actor)| add(actor.tags(self)));
        self.issues().for_each(|(_, issue)| add(issue.tags(self)));
        self.stances()
            .for_each(|(_, stance)| add(stance.tags(self)));
        self.meetings()
            .for_each(|(_, meeting)| add(meeting.tags(self)));
        self.ties().for_each(|(_, tie)| add(tie.tags(self)));
        self.facts().for_each(|(_, fact)| add(fact.tags(self)));
        tags.sort();
        tags.dedup();
        tags
    }

    /// Cuts statements, meetings, ties and facts without a tag asked for, and meetings of another
    /// kind.
    pub(super) fn cut(&mut self, selection: &Selection, omitted: &mut Omitted) {
        let Selection {
            tags,
            meeting_kinds,
            ..
        } = selection;
        let wanted: Vec<String> = tags.iter().map(|tag| folded(tag)).collect();
        if !wanted.is_empty() {
            self.cut_untagged(&wanted, omitted);
        }
        if !wanted.is_empty() || !meeting_kinds.is_empty() {
            self.cut_meetings_and_facts(&wanted, meeting_kinds, omitted);
        }
    }

    /// Cuts statements and ties without one of these tags.
    fn cut_untagged(&mut self, wanted: &[String], omitted: &mut Omitted) {
        let is_tagged = |tags: Vec<String>| has_any(&tags, wanted);
        let issues = self.issues.iter();
        let issues: Vec<bool> = issues.map(|issue| is_tagged(issue.tags(self))).collect();
        let mut stances = std::mem::take(&mut self.stances);
        stances.retain(|stance| {
            let kept = issues[stance.issue.index()] || is_tagged(stance.tags(self));
            if !kept {
                omitted.count(Reason::Untagged, "stances");
            }
            kept
        });
        self.stances = stances;
        let mut ties = std::mem::take(&mut self.ties);
        ties.retain(|tie| {
            let is_structure = matches!(tie.kind, TieKind::SpeaksFor | TieKind::Member);
            let kept = is_structure || is_tagged(tie.tags(self));
            if !kept {
                omitted.count(Reason::Untagged, "ties");
            }
            kept
        });
        self.ties = ties;
    }

    fn cut_meetings_and_facts(
        &mut self,
        wanted: &[String],
        kinds: &[MeetingKind],
        omitted: &mut Omitted,
    ) {
        let is_tagged = |tags: Vec<String>| wanted.is_empty() || has_any(&tags, wanted);
        let (mut meetings, mut facts) = (Vec::new(), Vec::new());
        let (mut kept_meetings, mut kept_facts): (Vec<Meeting>, Vec<Fact>) = Default::default();
        for meeting in std::mem::take(&mut self.meetings) {
            let is_of_kind =
                kinds.is_empty() || meeting.kind.is_some_and(|kind| kinds.contains(&kind));
            let reason = match is_tagged(meeting.tags(self)) {
                true if is_of_kind => None,
                true => Some(Reason::OtherKind),
                false => Some(Reason::Untagged),
            };
            meetings.push(match reason {
                None => {
                    kept_meetings.push(meeting);
                    Some(MeetingId(kept_meetings.len() as u32 - 1))
                }
                Some(reason) => {
                    omitted.count(reason, "meetings");
                    omitted.gone.push((meeting.id, meeting.title));
                    None
                }
            });
        }
        for fact in std::mem::take(&mut self.facts) {
            facts.push(match is_tagged(fact.tags(self)) {
                true => {
                    kept_facts.push(fact);
                    Some(FactId(kept_facts.len() as u32 - 1))
                }
                false => {
                    omitted.count(Reason::Untagged, "facts");
                    omitted.gone.push((fact.id.clone(), fact.id));
                    None
                }
            });
        }
        (self.meetings, self.facts) = (kept_meetings, kept_facts);
        self.renumber(&meetings, &facts);
    }
}

fn has_any(tags: &[String], wanted: &[String]) -> bool {
    tags.iter().any(|tag| wanted.contains(&folded(tag)))
}

/// The tags of a record, as written.
macro_rules! tags {
    ($($record:ident: $written:ident,)*) => {$(
        impl $record {
            /// Returns its tags, as written.
            fn tags(&self, graph: &Graph) -> Vec<String> {
                let place: Place = self.place;
                let tags = graph.$written(place).tags;
                tags.iter().map(ToString::to_string).collect()
            }
        }
    )*};
}

tags! {
    Actor: written_actor,
    Issue: written_issue,
    Stance: written_stance,
    Meeting: written_meeting,
    Tie: written_tie,
    Fact: written_fact,
}
