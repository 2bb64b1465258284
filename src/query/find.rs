//! Every record that holds a text: in its names, summaries, quotes, outcomes or notes.

use crate::graph::{Entity, Fate, Graph, StanceId, TieId};
use crate::near;
use crate::query::{Answer, Cell, Evidence, Row, Section};
use crate::text::Place;

/// Finds a text, whatever its case and accents.
pub fn find(graph: &Graph, text: &str) -> Answer {
    let wanted = near::folded(text);
    let mut finder = Finder {
        wanted: &wanted,
        rows: Vec::new(),
    };
    finder.things(graph);
    finder.statements(graph);
    let mut rows = finder.rows;
    rows.sort_by_key(|row| row.place);
    let section = Section::new("found", "", &["record", "id", "field", "text"])
        .with(rows)
        .or_else("Nothing holds it.");
    Answer {
        title: format!("Records that hold “{text}”"),
        sections: vec![section],
        notes: Vec::new(),
    }
}

struct Finder<'f> {
    wanted: &'f str,
    rows: Vec<Row>,
}

impl Finder<'_> {
    /// Looks through the fields of one record: one row for each that holds the text.
    fn record(
        &mut self,
        what: &str,
        thing: Cell,
        place: Place,
        evidence: Evidence,
        fields: &[(&str, &str)],
    ) {
        for (field, text) in fields
            .iter()
            .filter(|(_, text)| !text.is_empty() && near::folded(text).contains(self.wanted))
        {
            let cells = [
                Cell::text(what),
                thing.clone(),
                Cell::text(*field),
                Cell::text(*text),
            ];
            self.rows
                .push(Row::new(cells).at(place).because([evidence]));
        }
    }

    fn things(&mut self, graph: &Graph) {
        for entity in graph.entities() {
            let (id, place) = (graph.id(entity), graph.place(entity));
            let what = entity.noun().split_once(' ').map_or("", |(_, noun)| noun);
            let text = |text: Option<crate::model::Str<'_>>| text.unwrap_or_default().into_owned();
            let fields: Vec<(&str, String)> = match entity {
                Entity::Actor(_) => {
                    let actor = graph.written_actor(place);
                    let names = actor.aliases.join(", ");
                    vec![
                        ("name", actor.name.into_owned()),
                        ("aliases", names),
                        ("role", text(actor.role)),
                        ("note", text(actor.note.into_option())),
                        ("tags", actor.tags.join(", ")),
                    ]
                }
                Entity::Issue(_) => {
                    let issue = graph.written_issue(place);
                    let names = issue.aliases.join(", ");
                    let question = text(issue.question);
                    vec![
                        ("name", issue.name.into_owned()),
                        ("aliases", names),
                        ("question", question),
                        ("note", text(issue.note.into_option())),
                        ("tags", issue.tags.join(", ")),
                    ]
                }
                Entity::Source(_) => {
                    let source = graph.written_source(place);
                    vec![
                        ("title", source.title.into_owned()),
                        ("publisher", text(source.publisher)),
                        ("url", text(source.url)),
                        ("note", text(source.note.into_option())),
                        ("tags", source.tags.join(", ")),
                    ]
                }
                Entity::Meeting(id) => {
                    let meeting = graph.written_meeting_as_told(&graph.meetings[id.index()]);
                    let mut fields = vec![
                        ("title", meeting.title.into_owned()),
                        ("place", text(meeting.place)),
                        ("outcome", text(meeting.outcome.into_option())),
                        ("quote", text(meeting.quote.into_option())),
                        ("note", text(meeting.note.into_option())),
                        ("tags", meeting.tags.join(", ")),
                    ];
                    for earlier in meeting.earlier {
                        fields.extend([
                            ("earlier quote", text(earlier.quote.into_option())),
                            ("earlier note", text(earlier.note.into_option())),
                        ]);
                    }
                    fields
                }
                Entity::Fact(_) => {
                    let fact = graph.written_fact(place);
                    vec![
                        ("text", fact.text.into_owned()),
                        ("quote", text(fact.quote.into_option())),
                        ("note", text(fact.note.into_option())),
                        ("tags", fact.tags.join(", ")),
                    ]
                }
            };
            let mut fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(field, text)| (*field, text.as_str()))
                .collect();
            fields.insert(0, ("id", id));
            self.record(
                what,
                Cell::text(id),
                place,
                Evidence::Thing(entity),
                &fields,
            );
        }
    }

    fn statements(&mut self, graph: &Graph) {
        for (n, stance) in graph.stances.iter().enumerate() {
            let written = graph.written_stance(stance.place);
            let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
            let fields = [
                ("summary", text(written.summary.as_deref())),
                ("quote", text(written.quote.as_deref())),
                ("note", text(written.note.as_deref())),
                ("tags", written.tags.join(", ")),
            ];
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(field, text)| (*field, text.as_str()))
                .collect();
            self.record(
                "stance",
                Cell::Nothing,
                stance.place,
                Evidence::Stance(StanceId(n as u32), Fate::InForce),
                &fields,
            );
        }
        for (n, tie) in graph.ties.iter().enumerate() {
            let written = graph.written_tie(tie.place);
            let (quote, note) = (
                written.quote.into_option().unwrap_or_default(),
                written.note.into_option().unwrap_or_default(),
            );
            let tags = written.tags.join(", ");
            let fields = [
                ("kind", tie.kind.word()),
                ("quote", quote.as_ref()),
                ("note", note.as_ref()),
                ("tags", tags.as_str()),
            ];
            self.record(
                "tie",
                Cell::Nothing,
                tie.place,
                Evidence::Tie(TieId(n as u32)),
                &fields,
            );
        }
        for text in [("title", &graph.title), ("note", &graph.note)] {
            if let (field, Some(text)) = text
                && near::folded(text).contains(self.wanted)
            {
                self.rows.push(Row::new([
                    Cell::text("graph"),
                    Cell::Nothing,
                    Cell::text(field),
                    Cell::text(text.as_str()),
                ]));
            }
        }
    }
}
