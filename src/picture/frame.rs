//! What every picture has around it: a title above, below it a legend, what it leaves out, and what it rests on.

use crate::diagram::Color;
use crate::picture::font::{self, line_height};
use crate::picture::scene::{Anchor, Group, Item, Point, Scene, Stroke, Word};

/// The blank edge of the page.
const MARGIN: f64 = 14.0;
/// Above and below a view.
const GAP: f64 = 8.0;
/// From the words at the left to those that stand beside them.
const ASIDE: f64 = 24.0;
/// A picture is at least so wide, so that its title and notes do not become columns.
const LEAST: f64 = 380.0;
/// A line of notes is at most so wide: longer ones are hard to follow; and where they stand beside a legend, at least so wide.
const NOTE: f64 = 760.0;
const LEAST_NOTE: f64 = 300.0;
const TITLE: Word = Word::bold(20.0, Color::Ink);
const SUBTITLE: Word = Word::regular(12.5, Color::Muted);
const LEGEND: Word = Word::regular(11.0, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
/// The size of a sample in the legend.
pub(crate) const SAMPLE: (f64, f64) = (36.0, 16.0);
/// From the left of a sample to its words.
const BESIDE: f64 = SAMPLE.0 + 8.0;
/// Words of the legend are broken somewhere between these widths.
const LEAST_WORDS: f64 = 60.0;
const MOST_WORDS: f64 = 220.0;
/// Between two columns.
const APART: f64 = 18.0;
/// From one sample of the legend to the next below it.
const ROW: f64 = 19.0;

/// What a view draws, from (0, 0) on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// Its width in pixels.
    pub width: f64,
    /// Its height in pixels.
    pub height: f64,
    /// What is drawn.
    pub items: Vec<Item>,
}

/// What stands around it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Caption {
    /// What it is called.
    pub title: String,
    /// What it shows, in a line below that; empty for none.
    pub subtitle: String,
    /// What it shows, in words, for those who can't see it.
    pub description: String,
    /// What its signs mean.
    pub legend: Vec<Entry>,
    /// What it leaves out, and whatever else must be said.
    pub notes: Vec<String>,
    /// What it rests on: so many sources, statements and more.
    pub source: String,
}

/// A sign and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The sign, within 36 by 16 pixels from (0, 0).
    pub sample: Vec<Item>,
    /// What it means.
    pub words: String,
}

/// Puts a frame around a view.
pub fn framed(body: Body, caption: Caption) -> Scene {
    let inner = body.width.max(LEAST);
    let mut page = Page {
        items: Vec::new(),
        inner,
        y: MARGIN,
    };
    page.heading(&caption);
    page.y += GAP;
    let left = MARGIN + (inner - body.width) / 2.0;
    page.items.push(Item::Group(Group {
        at: Point::new(left, page.y),
        class: "view",
        items: body.items,
        ..Group::default()
    }));
    page.y += body.height + GAP;
    page.footing(&caption);
    Scene {
        width: (inner + 2.0 * MARGIN).ceil(),
        height: (page.y + MARGIN).ceil(),
        title: font::plain(&caption.title),
        description: caption.description,
        items: page.items,
    }
}

struct Page {
    items: Vec<Item>,
    inner: f64,
    /// How far down it is filled.
    y: f64,
}

impl Page {
    /// Lines of text from here on down.
    fn text(&mut self, text: &str, word: Word, left: f64, most: f64) {
        let lines = word.wrap(text, most);
        self.items
            .extend(Item::lines(&lines, left, self.y, Anchor::Start, word));
        self.y += lines.len() as f64 * word.line_height();
    }

    /// The title, and on its line, where there is room, what it shows.
    fn heading(&mut self, caption: &Caption) {
        let top = self.y;
        let beside = TITLE.width(&caption.title) + ASIDE / 2.0;
        self.text(&caption.title, TITLE, MARGIN, self.inner);
        if caption.title.is_empty() || beside + SUBTITLE.width(&caption.subtitle) > self.inner {
            self.text(&caption.subtitle, SUBTITLE, MARGIN, self.inner);
            return;
        }
        // Both stand on one line.
        let end = self.y;
        self.y = top + (TITLE.size - SUBTITLE.size) * 1.02;
        self.text(&caption.subtitle, SUBTITLE, MARGIN + beside, self.inner);
        self.y = end;
    }

    /// The legend, and below it, or beside it where there is room, the notes and what it all rests on.
    fn footing(&mut self, caption: &Caption) {
        let mut left = 0.0;
        let top = self.y + GAP;
        if !caption.legend.is_empty() {
            let rule = Stroke::solid(Color::Faint, 1.0);
            self.items.push(Item::line(
                Point::new(MARGIN, self.y),
                Point::new(MARGIN + self.inner, self.y),
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
            self.text(note, SMALL, MARGIN + left, room);
        }
        let rests = self.items.len();
        self.text(&caption.source, SMALL, MARGIN + left, room);
        let items = self.items.split_off(rests);
        self.items.push(Item::Group(Group {
            class: "rests",
            items,
            ..Group::default()
        }));
        self.y = self.y.max(legend);
    }

    /// Draws the signs and what they mean; gives how wide that is.
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
            at: Point::new(MARGIN, self.y),
            class: "legend",
            items,
            ..Group::default()
        }));
        self.y += lowest;
        entries.len().div_ceil(rows) as f64 * pitch - APART
    }
}

/// The entries of a legend in columns.
struct Columns {
    /// The words of each, broken into lines.
    words: Vec<Vec<String>>,
    /// So many stand below one another.
    rows: usize,
    /// From one column to the next.
    pitch: f64,
}

/// As many columns as make a legend low, but no more than that is worth.
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
        // A few by themselves at the end look forgotten.
        let last = (entries.len() - 1) % rows + 1;
        if count > 2 && last * 2 < rows {
            continue;
        }
        let height = words
            .chunks(rows)
            .map(|column| column.iter().map(|words| row_height(words)).sum::<f64>())
            .fold(0.0, f64::max);
        let widest = words
            .iter()
            .flatten()
            .map(|line| LEGEND.width(line))
            .fold(0.0, f64::max);
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

/// How much of a column an entry takes.
fn row_height(words: &[String]) -> f64 {
    ROW + words.len().saturating_sub(1) as f64 * line_height(LEGEND.size)
}

#[cfg(test)]
mod tests {
    use super::{Body, Caption, Entry, framed};

    #[test]
    fn everything_is_on_the_page() {
        let entry = |words: &str| Entry {
            sample: Vec::new(),
            words: words.to_owned(),
        };
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
