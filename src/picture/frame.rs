//! What every picture has around it: a title above, below it a legend, what it leaves out, and what it rests on.

use crate::graph::Graph;
use crate::picture::font::{self, line_height};
use crate::picture::scene::{Anchor, Group, Item, Point, Scene, Stroke, Word};
use crate::picture::theme::Color;
use crate::query::Extract;
use crate::render::dot::words;

/// The blank edge of the page.
const MARGIN: f64 = 20.0;
/// A picture is at least so wide, so that its title and notes do not become columns.
const LEAST: f64 = 380.0;
/// A line of notes is at most so wide: longer ones are hard to follow.
const NOTE: f64 = 760.0;
const TITLE: Word = Word::bold(20.0, Color::Ink);
const SUBTITLE: Word = Word::regular(12.5, Color::Muted);
const LEGEND: Word = Word::regular(11.0, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
/// The size of a sample in the legend.
pub(crate) const SAMPLE: (f64, f64) = (36.0, 16.0);
/// Words of the legend are broken at this width, so that several columns stand side by side.
const COLUMN: f64 = 150.0;
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
    /// What it rests on: see [`rests_on`].
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

/// What a picture rests on: `5 sources, 41 statements, as of 2023-06-19`.
pub fn rests_on(graph: &Graph, extract: &Extract) -> String {
    words::rests_on(graph, extract)
}

/// What a picture leaves out: sentences for its notes.
pub fn not_shown(extract: &Extract) -> Vec<String> {
    words::not_shown(extract, &extract.left_out)
}

/// Puts a frame around a view.
pub fn framed(body: Body, caption: Caption) -> Scene {
    let inner = body.width.max(LEAST);
    let mut page = Page { items: Vec::new(), inner, y: MARGIN };
    page.text(&caption.title, TITLE, inner);
    page.text(&caption.subtitle, SUBTITLE, inner);
    page.y += 12.0;
    let left = MARGIN + (inner - body.width) / 2.0;
    page.items.push(Item::Group(Group { at: Point::new(left, page.y), class: "view", items: body.items, ..Group::default() }));
    page.y += body.height + 12.0;
    page.legend(&caption.legend);
    for note in &caption.notes {
        page.text(note, SMALL, inner.min(NOTE));
    }
    page.text(&caption.source, SMALL, inner.min(NOTE));
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
    fn text(&mut self, text: &str, word: Word, most: f64) {
        let lines = word.wrap(text, most);
        self.items.extend(Item::lines(&lines, MARGIN, self.y, Anchor::Start, word));
        self.y += lines.len() as f64 * word.line_height();
    }

    fn legend(&mut self, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        let rule = Stroke::solid(Color::Faint, 1.0);
        self.items.push(Item::line(Point::new(MARGIN, self.y), Point::new(MARGIN + self.inner, self.y), rule));
        self.y += 10.0;
        let beside = SAMPLE.0 + 8.0;
        let widest = entries.iter().map(|entry| LEGEND.width(&entry.words)).fold(0.0, f64::max).min(COLUMN);
        let columns = ((self.inner + APART) / (beside + widest + APART)).floor().max(1.0) as usize;
        let rows = entries.len().div_ceil(columns);
        let mut items = Vec::new();
        let mut lowest = 0.0_f64;
        for (nth, entries) in entries.chunks(rows).enumerate() {
            let mut y = 0.0;
            for entry in entries {
                let words = LEGEND.wrap(&entry.words, widest.max(60.0));
                let mut sample = entry.sample.clone();
                sample.extend(Item::lines(&words, beside, 0.4, Anchor::Start, LEGEND));
                let at = Point::new(nth as f64 * (beside + widest + APART), y);
                items.push(Item::Group(Group { at, items: sample, ..Group::default() }));
                y += ROW + words.len().saturating_sub(1) as f64 * line_height(LEGEND.size);
            }
            lowest = lowest.max(y);
        }
        self.items.push(Item::Group(Group { at: Point::new(MARGIN, self.y), class: "legend", items, ..Group::default() }));
        self.y += lowest + 8.0;
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, Caption, Entry, framed};

    #[test]
    fn everything_is_on_the_page() {
        let entry = |words: &str| Entry { sample: Vec::new(), words: words.to_owned() };
        let caption = Caption {
            title: "A title that is long enough to be broken into several lines, and then some more of it".to_owned(),
            subtitle: "what it shows".to_owned(),
            legend: ["supports", "opposes", "statements disagree (contested)", "strongly supports"].map(entry).into(),
            notes: vec!["Not drawn: 3 actors.".to_owned()],
            source: "5 sources, 41 statements, as of 2023-06-19".to_owned(),
            ..Caption::default()
        };
        let scene = framed(Body { width: 100.0, height: 80.0, items: Vec::new() }, caption);
        let texts = scene.texts();
        for (nth, (text, bounds)) in texts.iter().enumerate() {
            assert!(bounds.left >= 0.0 && bounds.top >= 0.0 && bounds.right <= scene.width && bounds.bottom <= scene.height);
            assert!(texts[..nth].iter().all(|(_, other)| !bounds.overlaps(other)), "{}", text.text);
        }
    }
}
