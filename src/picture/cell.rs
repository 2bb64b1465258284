//! Boxes with words in them, for actors, issues and meetings; drawn by kind and status.

use crate::diagram::{Color, Dash, Kind};
use crate::graph::{Entity, Graph};
use crate::model::{ActorKind, MeetingStatus};
use crate::picture::frame::Entry;
use crate::picture::scene::{Anchor, Bounds, Form, Group, Item, Point, Step, Stroke, Text, Word};

/// Names of actors other than persons.
const NAME: Word = Word::bold(12.0, Color::Ink);
/// Names of persons and issues.
const PLAIN: Word = Word::regular(12.0, Color::Ink);
/// The paragraphs below a name.
pub(crate) const DETAIL: Word = Word::regular(10.0, Color::Muted);
/// Titles of meetings.
const SLIGHT: Word = Word::regular(11.0, Color::Ink);
/// The space between the edge of a box and its words, across and down.
pub(crate) const PAD: (f64, f64) = (7.0, 2.0);
/// The same space where there are many boxes.
pub(crate) const TIGHT: (f64, f64) = (4.0, 1.5);
/// The width of the camp mark before an actor's words.
const CAMP: f64 = 18.0;

/// A box and its content.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) entity: Entity,
    pub(crate) kind: Kind,
    pub(crate) lines: Vec<(String, Word)>,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) tooltip: Vec<String>,
    /// The space between its edge and its words, across and down.
    pub(crate) pad: (f64, f64),
    /// The camp of an actor, counted from 1.
    pub(crate) camp: Option<u32>,
}

impl Cell {
    /// Makes a box with these paragraphs, each wrapped at `most` pixels or a little more.
    pub(crate) fn new(
        entity: Entity,
        kind: Kind,
        paragraphs: Vec<(String, Word)>,
        most: f64,
    ) -> Cell {
        Cell::padded(entity, kind, paragraphs, most, PAD)
    }

    /// Makes a box with these paragraphs and this much space around the words.
    pub(crate) fn padded(
        entity: Entity,
        kind: Kind,
        paragraphs: Vec<(String, Word)>,
        most: f64,
        pad: (f64, f64),
    ) -> Cell {
        // A long text gets a wider box rather than a tall one, and only a very long word is broken.
        let room = |text: &str, word: Word| {
            let whole = word.width(text);
            let pieces = text
                .split(' ')
                .map(|piece| word.width(piece))
                .fold(0.0, f64::max);
            most.max(pieces.min(most * 1.6))
                .max((whole / 3.0 + word.size).min(most * 2.0))
        };
        let broken = |(nth, (text, word)): (usize, (String, Word))| {
            let room = room(&text, word);
            let lines = match nth {
                0 => word.wrap_name(&text, room),
                _ => word.wrap(&text, room),
            };
            lines.into_iter().map(move |line| (line, word))
        };
        let paragraphs = paragraphs.into_iter().enumerate();
        let lines: Vec<(String, Word)> = paragraphs.flat_map(broken).collect();
        let widest = lines
            .iter()
            .map(|(line, word)| word.width(line))
            .fold(0.0, f64::max);
        let tall: f64 = lines.iter().map(|(_, word)| word.line_height()).sum();
        Cell {
            entity,
            kind,
            lines,
            width: widest + 2.0 * pad.0,
            height: tall + 2.0 * pad.1,
            tooltip: Vec::new(),
            pad,
            camp: None,
        }
    }

    /// Makes a small box without words.
    pub(crate) fn unnamed(entity: Entity, kind: Kind) -> Cell {
        Cell {
            entity,
            kind,
            lines: Vec::new(),
            width: 12.0,
            height: 5.0,
            tooltip: Vec::new(),
            pad: PAD,
            camp: None,
        }
    }

    /// Puts an actor's box in a camp, making room for the camp's number.
    pub(crate) fn of_camp(self, camp: Option<u32>) -> Cell {
        let more = if camp.is_some() && self.is_named() {
            CAMP
        } else {
            0.0
        };
        Cell {
            camp,
            width: self.width + more,
            ..self
        }
    }

    pub(crate) fn is_named(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Draws the box; its words are left-aligned and centred vertically.
    pub(crate) fn draw(&self, graph: &Graph, bounds: Bounds) -> Item {
        let fill = self
            .camp
            .map_or(Color::Actor, |camp| Color::Camp(shade(camp)));
        let mut items = self.kind.outline(bounds, fill);
        let beside = if self.is_named() {
            self.camp.map_or(0.0, |_| CAMP)
        } else {
            0.0
        };
        let tall: f64 = self.lines.iter().map(|(_, word)| word.line_height()).sum();
        let mut top = bounds.center().y - tall / 2.0;
        for (line, word) in &self.lines {
            items.extend(Item::lines(
                std::slice::from_ref(line),
                bounds.left + self.pad.0 + beside,
                top,
                Anchor::Start,
                *word,
            ));
            top += word.line_height();
        }
        if let Some(camp) = self.camp.filter(|_| self.is_named()) {
            items.push(camp_mark(
                camp,
                Point::new(
                    bounds.left + self.pad.0 + CAMP / 2.0 - 2.5,
                    bounds.center().y,
                ),
            ));
        }
        let mut tooltip = self.tooltip.clone();
        if tooltip.is_empty() {
            tooltip.push(graph.name(self.entity).to_owned());
        }
        Item::Group(Group {
            class: self.kind.class(),
            data: vec![("id", graph.id(self.entity).to_owned())],
            tooltip,
            items,
            ..Group::default()
        })
    }
}

/// Returns the shade of a camp, which is counted from 1; from the ninth on, shades repeat.
pub(crate) fn shade(camp: u32) -> u8 {
    (camp.saturating_sub(1) % 8) as u8
}

/// Draws the number of a camp in a disc around a point.
pub(crate) fn camp_mark(camp: u32, center: Point) -> Item {
    let number = camp.to_string();
    let word = Word::bold(if number.len() > 1 { 7.5 } else { 9.0 }, Color::Page);
    let text = Text::around(center, Anchor::Middle, word, number);
    let disc = Item::shape(
        Form::Circle(center, 6.5),
        Some(Color::CampMark(shade(camp))),
        None,
    );
    Item::Group(Group {
        class: "camp",
        items: vec![disc, Item::Text(text)],
        ..Group::default()
    })
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Kind::Actor(_) => "actor",
            Kind::Issue => "issue",
            Kind::Meeting(_) | Kind::Letter => "meeting",
        }
    }

    /// Returns the legend entry.
    pub(crate) fn entry(self) -> Entry {
        Entry {
            sample: self.outline(Bounds::new(4.0, 2.0, 28.0, 12.0), Color::Actor),
            words: self.word(),
        }
    }

    /// Returns the outline of the box; `actor` is the fill of an actor's box.
    pub(crate) fn outline(self, bounds: Bounds, actor: Color) -> Vec<Item> {
        let rect = |bounds: Bounds, radius: f64, fill: Option<Color>, stroke: Stroke| {
            Item::shape(Form::Rect(bounds, radius), fill, Some(stroke))
        };
        let round = |radius: f64| radius.min((bounds.bottom - bounds.top) / 2.0);
        let edge = |width: f64, dash: Dash| Stroke {
            color: Color::Muted,
            width,
            dash,
        };
        match self {
            Kind::Actor(Some(ActorKind::State)) => vec![rect(
                bounds,
                0.0,
                Some(actor),
                Stroke::solid(Color::Ink, 1.6),
            )],
            Kind::Actor(Some(ActorKind::Organization)) => vec![
                rect(bounds, 0.0, Some(actor), Stroke::solid(Color::Ink, 1.0)),
                rect(
                    bounds.grown(-2.2),
                    0.0,
                    None,
                    Stroke::solid(Color::Ink, 0.6),
                ),
            ],
            Kind::Actor(Some(ActorKind::Person)) => vec![rect(
                bounds,
                round(8.0),
                Some(actor),
                edge(1.0, Dash::Solid),
            )],
            Kind::Actor(Some(ActorKind::Group)) => {
                vec![rect(bounds, 0.0, Some(actor), edge(1.2, Dash::Dashed))]
            }
            Kind::Actor(None) => {
                vec![rect(bounds, 0.0, Some(actor), edge(1.0, Dash::Dotted))]
            }
            Kind::Issue => vec![pointed(bounds)],
            Kind::Letter => vec![folded(bounds)],
            Kind::Meeting(status) => {
                let (fill, dash) = match status {
                    Some(MeetingStatus::Held) => (Color::Note, Dash::Solid),
                    Some(MeetingStatus::Planned) => (Color::Note, Dash::Dashed),
                    Some(MeetingStatus::Invited) => (Color::Page, Dash::Dashed),
                    None | Some(MeetingStatus::Postponed) => (Color::Page, Dash::Dotted),
                    Some(MeetingStatus::Cancelled | MeetingStatus::Refused) => {
                        (Color::Panel, Dash::Dotted)
                    }
                };
                let stroke = Stroke {
                    color: Color::Meeting,
                    width: 1.1,
                    dash,
                };
                let mut items = vec![rect(bounds, 2.0, Some(fill), stroke)];
                if matches!(
                    status,
                    Some(MeetingStatus::Cancelled | MeetingStatus::Refused)
                ) {
                    let corner = |x: f64, y: f64| Point::new(x, y);
                    let cut = 5.0_f64.min((bounds.bottom - bounds.top) / 2.0);
                    for (x, sign) in [(bounds.left, 1.0), (bounds.right, -1.0)] {
                        items.push(Item::line(
                            corner(x, bounds.top + cut),
                            corner(x + sign * cut, bounds.top),
                            Stroke::solid(Color::Meeting, 1.1),
                        ));
                        if status == Some(MeetingStatus::Refused) {
                            items.push(Item::line(
                                corner(x, bounds.bottom - cut),
                                corner(x + sign * cut, bounds.bottom),
                                Stroke::solid(Color::Meeting, 1.1),
                            ));
                        }
                    }
                }
                items
            }
        }
    }
}

/// Draws a box whose right end is a point.
fn pointed(bounds: Bounds) -> Item {
    let tip = 5.0_f64.min((bounds.bottom - bounds.top) / 2.0);
    let at = Point::new;
    let steps = vec![
        Step::Move(at(bounds.left, bounds.top)),
        Step::Line(at(bounds.right - tip, bounds.top)),
        Step::Line(at(bounds.right, bounds.center().y)),
        Step::Line(at(bounds.right - tip, bounds.bottom)),
        Step::Line(at(bounds.left, bounds.bottom)),
        Step::Close,
    ];
    Item::shape(
        Form::Path(steps),
        Some(Color::Issue),
        Some(Stroke::solid(Color::Muted, 1.0)),
    )
}

/// Draws a sheet of paper with a folded corner.
fn folded(bounds: Bounds) -> Item {
    let fold = 8.0_f64.min((bounds.bottom - bounds.top) / 2.0);
    let at = Point::new;
    let corner = at(bounds.right - fold, bounds.top);
    let steps = vec![
        Step::Move(corner),
        Step::Line(at(bounds.left, bounds.top)),
        Step::Line(at(bounds.left, bounds.bottom)),
        Step::Line(at(bounds.right, bounds.bottom)),
        Step::Line(at(bounds.right, bounds.top + fold)),
        Step::Line(corner),
        Step::Line(at(bounds.right - fold, bounds.top + fold)),
        Step::Line(at(bounds.right, bounds.top + fold)),
    ];
    Item::shape(
        Form::Path(steps),
        Some(Color::Page),
        Some(Stroke::solid(Color::Meeting, 1.1)),
    )
}

/// Pairs the paragraphs of a box with their text styles; the first is the name.
pub(crate) fn paragraphs(kind: Kind, words: Vec<String>) -> Vec<(String, Word)> {
    let name = match kind {
        Kind::Actor(Some(ActorKind::Person)) | Kind::Issue => PLAIN,
        Kind::Actor(_) => NAME,
        Kind::Meeting(_) | Kind::Letter => SLIGHT,
    };
    let looks = std::iter::once(name).chain(std::iter::repeat(DETAIL));
    words.into_iter().zip(looks).collect()
}
