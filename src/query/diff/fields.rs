//! What a record says, field by field, in a form that can be compared between two graphs:
//! references by what they are in the new graph, lists without an order.

use crate::graph::{
    ActorId, Earlier, Entity, FactId, Graph, IssueId, MeetingId, SourceId, StanceId, TieId,
};
use crate::model::{ActorKind, TieKind};
use crate::query::diff::pairs::Pairs;
use crate::query::{Cell, Evidence, Said};
use crate::syntax::Rare;

/// The name of a field of a record, and what it holds.
pub(super) type Field = (&'static str, Cell);

/// Reads records so that a renamed thing counts as one thing.
#[derive(Clone, Copy)]
pub(super) struct Reading<'d> {
    pub(super) graph: &'d Graph,
    pub(super) pairs: &'d Pairs,
}

impl Reading<'_> {
    /// Returns what a record says; a field that says nothing is an empty cell.
    pub(super) fn fields(self, record: Evidence) -> Vec<Field> {
        match record {
            Evidence::Stance(id, _) => self.stance(id),
            Evidence::Tie(id) => self.tie(id),
            Evidence::Thing(Entity::Source(id)) => self.source(id),
            Evidence::Thing(Entity::Actor(id)) => self.actor(id),
            Evidence::Thing(Entity::Issue(id)) => self.issue(id),
            Evidence::Thing(Entity::Meeting(id)) => self.meeting(id),
            Evidence::Thing(Entity::Fact(id)) => self.fact(id),
        }
    }

    fn thing(self, entity: Option<Entity>) -> Cell {
        entity.map_or(Cell::Nothing, |entity| Cell::Thing(self.pairs.now(entity)))
    }

    fn actor_cell(self, id: Option<ActorId>) -> Cell {
        self.thing(id.map(Entity::Actor))
    }

    fn things(self, entities: impl Iterator<Item = Entity>) -> Cell {
        let mut things: Vec<Entity> = entities.map(|entity| self.pairs.now(entity)).collect();
        things.sort_by(|a, b| self.graph.id(*a).cmp(self.graph.id(*b)));
        things.dedup();
        Cell::things(things)
    }

    fn actors(self, ids: &[ActorId]) -> Cell {
        self.things(ids.iter().map(|id| Entity::Actor(*id)))
    }

    fn issues(self, ids: &[IssueId]) -> Cell {
        self.things(ids.iter().map(|id| Entity::Issue(*id)))
    }

    fn sources(self, ids: &[SourceId]) -> Cell {
        self.things(ids.iter().map(|id| Entity::Source(*id)))
    }

    fn withdrawal(self, by: Option<SourceId>) -> Cell {
        self.thing(by.map(Entity::Source))
    }

    fn source(self, id: SourceId) -> Vec<Field> {
        let source = &self.graph[id];
        let written = self.graph.written_source(source.place);
        vec![
            ("title", text(Some(&source.title))),
            ("publisher", text(written.publisher)),
            ("date", Cell::date(source.date)),
            ("url", text(written.url)),
            ("via", self.sources(&source.via)),
            (
                "reliability",
                word(source.reliability.map(|grade| grade.written())),
            ),
            ("text", text(written.text)),
            ("withdrawn_in", self.withdrawal(source.withdrawn_in)),
            ("same_as", list(&written.same_as)),
            ("note", text(written.note.into_option())),
            ("tags", list(&written.tags)),
        ]
    }

    fn actor(self, id: ActorId) -> Vec<Field> {
        let actor = &self.graph[id];
        let written = self.graph.written_actor(actor.place);
        let (mut speaks_for, mut members) = (actor.speaks_for.clone(), actor.members.clone());
        for tie in self.pairs.short(id) {
            let tie = &self.graph[*tie];
            match tie.kind {
                TieKind::Member => members.push(tie.from),
                _ => speaks_for.push(tie.to),
            }
        }
        for ids in [&mut speaks_for, &mut members] {
            ids.sort_unstable();
            ids.dedup();
        }
        vec![
            ("name", text(Some(&actor.name))),
            ("kind", Cell::text(ActorKind::word_of(actor.kind))),
            ("aliases", list(&actor.aliases)),
            ("role", text(written.role)),
            ("speaks_for", self.actors(&speaks_for)),
            ("members", self.actors(&members)),
            ("power", number(actor.power)),
            ("same_as", list(&written.same_as)),
            ("note", text(written.note.into_option())),
            ("tags", list(&written.tags)),
        ]
    }

    fn issue(self, id: IssueId) -> Vec<Field> {
        let issue = &self.graph[id];
        let written = self.graph.written_issue(issue.place);
        let scale = written.scale.map(|scale| {
            let mut marks = scale.marks.0;
            marks.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            let marks: Vec<String> = marks
                .iter()
                .map(|(number, meaning)| format!(", {number} {meaning}"))
                .collect();
            format!("{} to {}{}", scale.from, scale.to, marks.concat())
        });
        vec![
            ("name", text(Some(&issue.name))),
            ("question", text(written.question)),
            ("aliases", list(&issue.aliases)),
            ("part_of", self.thing(issue.part_of.map(Entity::Issue))),
            (
                "levels",
                issue
                    .levels
                    .map_or(Cell::text("unknown"), |levels| Cell::Number(levels.into())),
            ),
            (
                "scale",
                text(if issue.lost_scale {
                    Some("unknown".to_owned())
                } else {
                    scale
                }),
            ),
            ("status_quo", number(written.status_quo)),
            ("outcome", number(written.outcome)),
            ("decided", Cell::date(written.decided)),
            ("same_as", list(&written.same_as)),
            ("note", text(written.note.into_option())),
            ("tags", list(&written.tags)),
        ]
    }

    fn stance(self, id: StanceId) -> Vec<Field> {
        let stance = &self.graph[id];
        let written = self.graph.written_stance(stance.place);
        vec![
            ("actor", self.actors(stance.actors.as_slice())),
            ("issue", self.thing(Some(Entity::Issue(stance.issue)))),
            (
                "position",
                stance.position.map_or(Cell::Nothing, |position| {
                    Cell::Said(Said {
                        position: Some(position),
                        condition: None,
                    })
                }),
            ),
            ("condition", text(stance.condition())),
            (
                "depends_on",
                self.things(stance.depends_on().iter().copied()),
            ),
            ("toward", self.actors(stance.toward())),
            ("salience", number(stance.salience())),
            ("power", number(stance.power())),
            ("summary", text(written.summary)),
            ("quote", text(written.quote.into_option())),
            ("said_by", self.actor_cell(stance.said_by())),
            ("date", Cell::date(stance.date)),
            ("until", Cell::date(stance.until())),
            ("source", self.sources(stance.sources.as_slice())),
            ("at", text(written.at.into_option())),
            ("credibility", number(written.credibility.map(f64::from))),
            ("withdrawn_in", self.withdrawal(stance.withdrawn_in())),
            ("note", text(written.note.into_option())),
            ("tags", list(&written.tags)),
        ]
    }

    fn meeting(self, id: MeetingId) -> Vec<Field> {
        let meeting = &self.graph[id];
        let written = self.graph.written_meeting_as_told(meeting);
        let more = meeting.more.as_ref();
        let mut fields = vec![
            ("title", text(Some(&meeting.title))),
            (
                "kind",
                Cell::text(meeting.kind.map_or("", |kind| kind.word())),
            ),
            ("status", Cell::text(meeting.status_words())),
            ("date", Cell::date(meeting.date)),
            ("place", text(written.place)),
            ("host", self.actor_cell(meeting.host())),
            ("participants", self.actors(&meeting.participants)),
            ("invited", self.actors(meeting.invited())),
            ("declined", self.actors(meeting.declined())),
            ("topics", self.issues(&meeting.topics)),
            (
                "part_of",
                self.thing(meeting.part_of().map(Entity::Meeting)),
            ),
            ("on", Cell::date(more.and_then(|more| more.on))),
            ("because", self.thing(more.and_then(|more| more.because))),
            (
                "likelihood",
                Cell::text(
                    written
                        .likelihood
                        .map_or("", |likelihood| likelihood.word()),
                ),
            ),
            ("outcome", text(written.outcome.into_option())),
            ("quote", text(written.quote.into_option())),
            (
                "said_by",
                self.actor_cell(more.and_then(|more| more.said_by)),
            ),
            ("source", self.sources(meeting.sources())),
            ("at", text(written.at.into_option())),
            ("credibility", number(written.credibility.map(f64::from))),
            (
                "withdrawn_in",
                self.withdrawal(more.and_then(|more| more.withdrawn_in)),
            ),
            ("same_as", list(&written.same_as)),
            ("note", text(written.note.into_option())),
            ("tags", list(&written.tags)),
        ];
        let mut entries = written.earlier;
        let mut earlier: Vec<String> = meeting
            .earlier()
            .iter()
            .map(|earlier| {
                let written = entries
                    .get_mut(earlier.nth as usize)
                    .map(std::mem::take)
                    .unwrap_or_default();
                self.earlier(earlier, written)
            })
            .collect();
        earlier.sort();
        fields.push(("earlier", text(Some(earlier.join("; ")))));
        fields
    }

    /// Describes a status that a meeting had. The words begin with when it was set, so that sorting
    /// puts them in order.
    fn earlier(self, earlier: &Earlier, written: crate::model::Earlier<'_>) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(earlier.on.map(|on| format!("on {on}")));
        parts.push(earlier.status.word().to_owned());
        parts.extend(earlier.date.map(|date| format!("set for {date}")));
        let id = |entity: Entity| self.graph.id(self.pairs.now(entity));
        parts.extend(
            earlier
                .because
                .map(|because| format!("because of {}", id(because))),
        );
        parts.extend(
            earlier
                .said_by
                .map(|by| format!("said by {}", id(Entity::Actor(by)))),
        );
        let mut sources: Vec<&str> = earlier
            .sources
            .as_slice()
            .iter()
            .map(|source| id(Entity::Source(*source)))
            .collect();
        sources.sort_unstable();
        parts.extend(
            earlier
                .withdrawn_in
                .map(|by| format!("withdrawn in {}", id(Entity::Source(by)))),
        );
        parts.extend((!sources.is_empty()).then(|| sources.join(" and ")));
        parts.extend(
            written
                .credibility
                .map(|grade| format!("credibility {grade}")),
        );
        let prose = [written.at, written.quote, written.note].map(Rare::into_option);
        parts.extend(prose.into_iter().flatten().map(|text| plain(&text)));
        let mut tags: Vec<&str> = written.tags.iter().map(AsRef::as_ref).collect();
        tags.sort_unstable();
        parts.extend((!tags.is_empty()).then(|| format!("tagged {}", tags.join(", "))));
        parts.join(", ")
    }

    fn tie(self, id: TieId) -> Vec<Field> {
        let tie = &self.graph[id];
        let written = self.graph.written_tie(tie.place);
        let ends = match tie.kind.is_directed() {
            true => [
                ("from", self.actor_cell(Some(tie.from))),
                ("to", self.actor_cell(Some(tie.to))),
            ],
            // A mutual tie has no first end.
            false => [
                ("from", self.actors(&[tie.from, tie.to])),
                ("to", Cell::Nothing),
            ],
        };
        let fields = [
            ("kind", Cell::text(tie.kind.word())),
            ("since", Cell::date(tie.since)),
            ("until", Cell::date(tie.until)),
            ("over", self.issues(&tie.over)),
            ("quote", text(written.quote.into_option())),
            ("said_by", self.actor_cell(tie.said_by)),
            ("source", self.sources(&tie.sources)),
            ("at", text(written.at.into_option())),
            ("credibility", number(written.credibility.map(f64::from))),
            ("withdrawn_in", self.withdrawal(tie.withdrawn_in)),
            ("note", text(written.note.into_option())),
            ("tags", list(&written.tags)),
        ];
        ends.into_iter().chain(fields).collect()
    }

    fn fact(self, id: FactId) -> Vec<Field> {
        let fact = &self.graph[id];
        let written = self.graph.written_fact(fact.place);
        vec![
            ("text", text(Some(written.text))),
            ("about", self.things(fact.about.iter().copied())),
            ("date", Cell::date(fact.date)),
            ("quote", text(written.quote.into_option())),
            ("said_by", self.actor_cell(fact.said_by)),
            ("source", self.sources(&fact.sources)),
            ("at", text(written.at.into_option())),
            ("credibility", number(written.credibility.map(f64::from))),
            ("withdrawn_in", self.withdrawal(fact.withdrawn_in)),
            ("note", text(written.note.into_option())),
            ("tags", list(&written.tags)),
        ]
    }
}

fn text(text: Option<impl AsRef<str>>) -> Cell {
    text.map_or(Cell::Nothing, |text| Cell::text(plain(text.as_ref())))
}

/// Normalises line endings to `\n`, so that how a checkout writes them makes no difference.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn word(word: Option<&str>) -> Cell {
    word.map_or(Cell::Nothing, Cell::text)
}

fn number(number: Option<f64>) -> Cell {
    number.map_or(Cell::Nothing, Cell::Number)
}

fn list(texts: &[impl AsRef<str>]) -> Cell {
    let mut texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    texts.sort_unstable();
    texts.dedup();
    Cell::text(texts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::Reading;
    use crate::graph::{Entity, Fate};
    use crate::model;
    use crate::query::Evidence;
    use crate::query::diff::pairs::Pairs;

    #[test]
    fn every_field_of_the_format_is_compared() {
        let text = r#"Graph(
            sources: { "s": (title: "S") },
            actors: { "a": (name: "A", kind: State), "b": (name: "B", kind: State) },
            issues: { "i": (name: "I") },
            meetings: { "m": (title: "M", status: Held) },
            facts: { "f": (text: "F", source: "s") },
            ties: [(from: "a", to: "b", kind: Ally, source: "s")],
            stances: [(actor: "a", issue: "i", position: Supports, source: "s")],
        )"#;
        let (graph, _) = crate::resolve::read("a.ron", text);
        let reading = Reading {
            graph: &graph,
            pairs: &Pairs::default(),
        };
        let mut records: Vec<Evidence> = graph.entities().map(Evidence::Thing).collect();
        records.extend(graph.ties().map(|(id, _)| Evidence::Tie(id)));
        records.extend(
            graph
                .stances()
                .map(|(id, _)| Evidence::Stance(id, Fate::InForce)),
        );
        assert_eq!(records.len(), 8);
        for record in records {
            let written = match record {
                Evidence::Stance(..) => model::Stance::FIELDS,
                Evidence::Tie(_) => model::Tie::FIELDS,
                Evidence::Thing(Entity::Source(_)) => model::Source::FIELDS,
                Evidence::Thing(Entity::Actor(_)) => model::Actor::FIELDS,
                Evidence::Thing(Entity::Issue(_)) => model::Issue::FIELDS,
                Evidence::Thing(Entity::Meeting(_)) => model::Meeting::FIELDS,
                Evidence::Thing(Entity::Fact(_)) => model::Fact::FIELDS,
            };
            let compared: Vec<&str> = reading
                .fields(record)
                .iter()
                .map(|(name, _)| *name)
                .collect();
            let forgotten = written.iter().filter(|name| !compared.contains(name));
            assert_eq!(
                forgotten.collect::<Vec<_>>(),
                [] as [&&str; 0],
                "{record:?}"
            );
        }
    }
}
