//! The frame around every picture: a title above, and below it a legend, notes and the basis.

mod place;

pub(crate) use place::{not_too_high, on_page, smallest, toward};

use crate::diagram::Color;
use crate::picture::font::{self, line_height};
use crate::picture::scene::{Anchor, Group, Item, Point, Scene, Stroke, Word};

/// The margin of the page.
const MARGIN: f64 = 14.0;
/// The space above and below a view.
const GAP: f64 = 8.0;
/// The space between a text and another one to its right.
const ASIDE: f64 = 24.0;
/// The minimum width of a picture; narrower, its title and notes would turn into columns.
const LEAST: f64 = 380.0;
/// The maximum width of a line of notes, as longer ones are hard to follow; and the minimum width
/// of notes beside a legend.
const NOTE: f64 = 760.0;
const LEAST_NOTE: f64 = 300.0;
const TITLE: Word = Word::bold(20.0, Color::Ink);
const SUBTITLE: Word = Word::regular(12.5, Color::Muted);
const LEGEND: Word = Word::regular(11.0, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
/// The size of a sample in the legend.
pub(crate) const SAMPLE: (f64, f64) = (36.0, 16.0);
/// The distance from the left of a sample to its words.
const BESIDE: f64 = SAMPLE.0 + 8.0;
/// The limits between which legend words are wrapped.
const LEAST_WORDS: f64 = 76.0;
const MOST_WORDS: f64 = 220.0;
/// The space between two columns of the legend.
const APART: f64 = 18.0;
/// The distance between two samples in a column of the legend.
const ROW: f64 = 19.0;

/// The drawing of a view, with its origin at (0, 0).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The width in pixels.
    pub width: f64,
    /// The height in pixels.
    pub height: f64,
    /// The shapes and words drawn.
    pub items: Vec<Item>,
}

/// The text around a view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Caption {
    /// The title.
    pub title: String,
    /// A line below the title that says what is shown; empty for none.
    pub subtitle: String,
    /// A description of the content for people who can't see it.
    pub description: String,
    /// The legend.
    pub legend: Vec<Entry>,
    /// What the picture leaves out, and other remarks.
    pub notes: Vec<String>,
    /// The basis: the number of sources, statements and so on.
    pub source: String,
}

/// An entry of a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The sign, within 36 by 16 pixels from (0, 0).
    pub sample: Vec<Item>,
    /// The meaning of the sign.
    pub words: String,
}

/// What stands in a frame, for arranging it in another way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Framed {
    /// The width and height of the view.
    pub size: (f64, f64),
    /// The steps in which the right end of the view runs, if it is not straight: from which height on it
    /// reaches how far.
    pub steps: Vec<(f64, f64)>,
    /// What the frame says.
    pub caption: Caption,
}

impl Framed {
    /// Returns how far the view reaches to the right, from its top down to this height.
    fn right(&self, height: f64) -> f64 {
        let steps = self.steps.iter().filter(|(from, _)| *from < height);
        let right = steps.map(|(_, right)| *right).fold(0.0, f64::max);
        if self.steps.is_empty() {
            self.size.0
        } else {
            right
        }
    }
}

/// Puts a frame around a view.
pub fn framed(body: Body, caption: Caption) -> Scene {
    let below = Foot::Below(body.width.max(LEAST));
    let within = Framed {
        size: (body.width, body.height),
        caption,
        ..Framed::default()
    };
    arranged(body.items, within, below).0
}

/// Puts a frame around a view whose right end runs in steps, with its legend in the room that they leave.
pub(crate) fn framed_by_steps(body: Body, steps: Vec<(f64, f64)>, caption: Caption) -> Scene {
    let below = Foot::Below(body.width.max(LEAST));
    let within = Framed {
        size: (body.width, body.height),
        steps,
        caption,
    };
    smallest(arranged(body.items, within, below).0)
}

/// Where the legend and the notes stand.
#[derive(Clone, Copy, Debug)]
enum Foot {
    /// Below the view, in this width.
    Below(f64),
    /// To the right of the view, in this width.
    Beside(f64),
}

/// Arranges a picture; returns also the area that its view, its legend and its notes take.
fn arranged(items: Vec<Item>, within: Framed, foot: Foot) -> (Scene, f64) {
    let (size, caption) = (within.size, &within.caption);
    let beside = match foot {
        Foot::Below(_) => 0.0,
        Foot::Beside(wide) => within.right(footing_height(caption, wide)) + ASIDE,
    };
    let inner = match foot {
        Foot::Below(inner) => inner,
        Foot::Beside(wide) => size.0.max(beside + wide),
    };
    let mut page = Page {
        items: Vec::new(),
        left: MARGIN,
        inner,
        y: MARGIN,
    };
    page.heading(caption);
    page.y += GAP;
    let top = page.y;
    let left = match foot {
        Foot::Below(inner) => MARGIN + (inner - size.0) / 2.0,
        Foot::Beside(_) => MARGIN,
    };
    page.items.push(Item::Group(Group {
        at: Point::new(left, page.y),
        class: "view",
        items,
        ..Group::default()
    }));
    let bottom = top + size.1 + GAP;
    match foot {
        Foot::Below(_) => page.y = bottom,
        Foot::Beside(wide) => (page.left, page.inner) = (MARGIN + beside, wide),
    }
    let below = page.y;
    page.footing(caption);
    let used = size.0 * size.1 + page.inner * (page.y - below);
    let scene = Scene {
        width: (inner + 2.0 * MARGIN).ceil(),
        height: (page.y.max(bottom) + MARGIN).ceil(),
        page: None,
        title: font::plain(&caption.title),
        description: caption.description.clone(),
        items: page.items,
        framed: Some(Box::new(within)),
    };
    (scene, used)
}

/// Returns the height of the legend and the notes in this width.
fn footing_height(caption: &Caption, wide: f64) -> f64 {
    let mut page = Page {
        items: Vec::new(),
        left: 0.0,
        inner: wide,
        y: 0.0,
    };
    page.footing(caption);
    page.y
}

struct Page {
    items: Vec<Item>,
    /// The left edge of what is written.
    left: f64,
    inner: f64,
    /// The vertical position down to which the page is filled.
    y: f64,
}

impl Page {
    /// Writes wrapped lines of text from the current position down.
    fn text(&mut self, text: &str, word: Word, left: f64, most: f64) {
        let lines = word.wrap(text, most);
        self.items
            .extend(Item::lines(&lines, left, self.y, Anchor::Start, word));
        self.y += lines.len() as f64 * word.line_height();
    }

    /// Writes the title and, on the same line if it fits, the subtitle.
    fn heading(&mut self, caption: &Caption) {
        let top = self.y;
        let beside = TITLE.width(&caption.title) + ASIDE / 2.0;
        self.text(&caption.title, TITLE, self.left, self.inner);
        if caption.title.is_empty() || beside + SUBTITLE.width(&caption.subtitle) > self.inner {
            self.text(&caption.subtitle, SUBTITLE, self.left, self.inner);
            return;
        }
        // Both fit on one line.
        let end = self.y;
        self.y = top + (TITLE.size - SUBTITLE.size) * 1.02;
        self.text(&caption.subtitle, SUBTITLE, self.left + beside, self.inner);
        self.y = end;
    }

    /// Writes the legend and, beside it if there is room or else below it, the notes and the basis.
    fn footing(&mut self, caption: &Caption) {
        let mut left = 0.0;
        let top = self.y + GAP;
        if !caption.legend.is_empty() {
            let rule = Stroke::solid(Color::Faint, 1.0);
            self.items.push(Item::line(
                Point::new(self.left, self.y),
                Point::new(self.left + self.inner, self.y),
                rule,
            ));
            self.y = top;
            let wide = self.legend(&caption.legend);
            if wide + ASIDE + LEAST_NOTE <= self.inner {
                left = wide + ASIDE;
            }
        }
        let legend = self.y;
        self.y = if left > 0.0 { top } else { legend + GAP / 2.0 };
        let room = (self.inner - left).min(NOTE);
        for note in &caption.notes {
            self.text(note, SMALL, self.left + left, room);
        }
        let rests = self.items.len();
        self.text(&caption.source, SMALL, self.left + left, room);
        let items = self.items.split_off(rests);
        self.items.push(Item::Group(Group {
            class: "rests",
            items,
            ..Group::default()
        }));
        self.y = self.y.max(legend);
    }

    /// Draws the legend and returns its width.
    fn legend(&mut self, entries: &[Entry]) -> f64 {
        let Columns { words, rows, pitch } = columns(entries, self.inner);
        let (mut items, mut lowest, mut y) = (Vec::new(), 0.0_f64, 0.0);
        for (nth, (entry, words)) in entries.iter().zip(&words).enumerate() {
            if nth % rows == 0 {
                y = 0.0;
            }
            let mut sample = entry.sample.clone();
            sample.extend(Item::lines(words, BESIDE, 0.4, Anchor::Start, LEGEND));
            let at = Point::new((nth / rows) as f64 * pitch, y);
            items.push(Item::Group(Group {
                at,
                items: sample,
                ..Group::default()
            }));
            y += row_height(words);
            lowest = lowest.max(y);
        }
        self.items.push(Item::Group(Group {
            at: Point::new(self.left, self.y),
            class: "legend",
            items,
            ..Group::default()
        }));
        self.y += lowest;
        entries.len().div_ceil(rows) as f64 * pitch - APART
    }
}

/// A legend arranged in columns.
struct Columns {
    /// The words of each entry, wrapped into lines.
    words: Vec<Vec<String>>,
    /// The number of entries in a column.
    rows: usize,
    /// The distance from one column to the next.
    pitch: f64,
}

/// Finds the number of columns that makes a legend low; another column must save at least half a
/// row.
fn columns(entries: &[Entry], inner: f64) -> Columns {
    let longest = entries
        .iter()
        .map(|entry| LEGEND.width(&entry.words))
        .fold(0.0, f64::max);
    let mut best: Option<(f64, Columns)> = None;
    for count in 1..=entries.len() {
        let room = (inner + APART) / count as f64 - APART - BESIDE;
        if room < LEAST_WORDS && count > 1 {
            break;
        }
        let words: Vec<Vec<String>> = entries
            .iter()
            .map(|entry| {
                LEGEND.wrap(
                    &entry.words,
                    room.min(longest).clamp(LEAST_WORDS, MOST_WORDS),
                )
            })
            .collect();
        let rows = entries.len().div_ceil(count);
        // A short last column looks forgotten.
        let last = (entries.len() - 1) % rows + 1;
        if count > 2 && last * 2 < rows {
            continue;
        }
        let height = words
            .chunks(rows)
            .map(|column| column.iter().map(|words| row_height(words)).sum::<f64>())
            .fold(0.0, f64::max);
        let widest = LEGEND.widest(words.iter().flatten());
        if best
            .as_ref()
            .is_none_or(|(lowest, _)| height + ROW / 2.0 < *lowest)
        {
            best = Some((
                height,
                Columns {
                    words,
                    rows,
                    pitch: BESIDE + widest + APART,
                },
            ));
        }
    }
    best.map_or(
        Columns {
            words: Vec::new(),
            rows: 1,
            pitch: 0.0,
        },
        |(_, columns)| columns,
    )
}

/// Returns the height of an entry.
fn row_height(words: &[String]) -> f64 {
    ROW + words.len().saturating_sub(1) as f64 * line_height(LEGEND.size)
}

#[cfg(test)]
mod tests {
    use super::{Body, Caption, framed};
    use crate::picture::frame::place::tests::entry;

    #[test]
    fn everything_is_on_the_page() {
        let caption = Caption {
            title: "A title that is long enough to be broken into several lines, and then some more of it".to_owned(),
            subtitle: "what it shows".to_owned(),
            legend: ["supports", "opposes", "statements disagree (contested)", "strongly supports"].map(entry).into(),
            notes: vec!["Not drawn: 3 actors.".to_owned()],
            source: "5 sources, 41 statements, as of 2023-06-19".to_owned(),
            ..Caption::default()
        };
        let scene = framed(
            Body {
                width: 100.0,
                height: 80.0,
                items: Vec::new(),
            },
            caption,
        );
        let texts = scene.texts();
        for (nth, (text, bounds)) in texts.iter().enumerate() {
            assert!(
                bounds.left >= 0.0
                    && bounds.top >= 0.0
                    && bounds.right <= scene.width
                    && bounds.bottom <= scene.height
            );
            assert!(
                texts[..nth]
                    .iter()
                    .all(|(_, other)| !bounds.overlaps(other)),
                "{}",
                text.text
            );
        }
    }
}
