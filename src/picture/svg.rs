//! A picture as SVG. Text stays text, in the part of the font that the picture carries; its width is
//! fixed, so that it has the same room in any font. The width of text in a script that the font lacks
//! is only an estimate, to which it is not stretched. Nothing in it runs or is fetched.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::diagram::{Color, Theme};
use crate::picture::embedded;
use crate::picture::font::{Weight, covers};
use crate::picture::scene::{
    Anchor, Form, Group, Item, Point, Run, Scene, Shape, Step, Stroke, Text,
};
use crate::words::is_obeyed;

/// The fonts for text: that of the picture, then the first that is installed.
pub const FONTS: &str =
    "demarche, Noto Sans, Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif";

/// Writes a picture as SVG. The same picture gives the same bytes.
///
/// ```
/// use demarche::picture::{Scene, Theme, svg};
///
/// let title = "Nothing yet".to_owned();
/// let scene = Scene { width: 40.0, height: 20.0, title, ..Scene::default() };
/// assert!(svg(&scene, Theme::Light).contains("<title id=\"title\">Nothing yet</title>"));
/// ```
pub fn svg(scene: &Scene, theme: Theme) -> String {
    let faces = embedded::faces(scene, std::iter::empty());
    written(scene, theme, &faces, Loose::Natural)
}

/// Writes a picture as SVG for a reader that has the fonts itself. The loose texts with these ids are
/// held to their width.
pub(super) fn svg_without_fonts(scene: &Scene, theme: Theme, held: BTreeSet<String>) -> String {
    written(scene, theme, "", Loose::Numbered { next: 0, held })
}

/// Returns the loose texts of a picture, those in a script that the font lacks, each with its id.
pub(super) fn loose(scene: &Scene) -> impl Iterator<Item = (String, &Text)> {
    let texts = scene.texts().into_iter().map(|(text, _)| text);
    texts
        .filter(|text| is_loose(text))
        .zip(0..)
        .map(|(text, nth)| (loose_id(nth), text))
}

fn is_loose(text: &Text) -> bool {
    !text.text.chars().all(covers)
}

fn loose_id(nth: usize) -> String {
    format!("loose{nth}")
}

fn written(scene: &Scene, theme: Theme, faces: &str, loose: Loose) -> String {
    let mut out = Writer {
        text: String::new(),
        theme,
        shared: None,
        loose,
    };
    out.scene(scene, faces);
    out.text
}

/// Writes the pictures of a page. Their shapes and words have classes for their looks, whose colours
/// are variables, so that the page chooses them.
pub(crate) struct Sheets {
    writer: Writer,
    /// What the font is to have: all of ASCII, as the page writes other words than its pictures have.
    used: BTreeSet<char>,
}

impl Sheets {
    pub(crate) fn new() -> Sheets {
        let writer = Writer {
            text: String::new(),
            theme: Theme::Light,
            shared: Some(BTreeMap::new()),
            loose: Loose::Marked,
        };
        Sheets {
            writer,
            used: (' '..='~').collect(),
        }
    }

    /// Returns a picture as SVG.
    pub(crate) fn picture(&mut self, scene: &Scene) -> String {
        let texts = scene.texts();
        self.used
            .extend(texts.iter().flat_map(|(text, _)| text.text.chars()));
        self.writer.scene(scene, "");
        std::mem::take(&mut self.writer.text)
    }

    /// Returns items by themselves as SVG, for the page to use.
    pub(crate) fn part(&mut self, items: &[Item]) -> String {
        self.writer.items(items);
        std::mem::take(&mut self.writer.text)
    }

    /// Returns the style sheet for all that was written, with the font.
    pub(crate) fn style(self) -> String {
        let mut looks: Vec<(String, usize)> =
            self.writer.shared.unwrap_or_default().into_iter().collect();
        looks.sort_by_key(|(_, number)| *number);
        let rule = |(look, number): &(String, usize)| format!(".s{number}{{{look}}}\n");
        let faces = embedded::faces(&Scene::default(), self.used.iter().copied());
        looks.iter().map(rule).chain([faces]).collect()
    }
}

struct Writer {
    text: String,
    theme: Theme,
    /// The looks of shapes and words, each with its number, or `None` if each carries its own.
    shared: Option<BTreeMap<String, usize>>,
    loose: Loose,
}

/// How loose texts are written.
enum Loose {
    /// As wide as they are in the reader's font.
    Natural,
    /// With their estimated width, and marked, as the page measures them.
    Marked,
    /// With an id; those with these ids have their estimated width.
    Numbered { next: usize, held: BTreeSet<String> },
}

impl Writer {
    fn scene(&mut self, scene: &Scene, faces: &str) {
        let (width, height) = (number(scene.width), number(scene.height));
        let (across, down) = (number(scene.size().0), number(scene.size().1));
        self.text.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{across}\" height=\"{down}\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\" role=\"img\" aria-labelledby=\"title desc\">\n"
    ));
        self.element("title id=\"title\"", "title", &scene.title);
        self.element("desc id=\"desc\"", "desc", &scene.description);
        if !faces.is_empty() {
            self.text.push_str(&format!("<style>\n{faces}</style>\n"));
        }
        self.text
            .push_str(&format!("<rect width=\"{width}\" height=\"{height}\""));
        let mut look = String::new();
        self.add(&mut look, "fill", &self.paint(Color::Page));
        self.look(look);
        self.close("/>");
        self.items(&scene.items);
        self.text.push_str("</svg>\n");
    }

    /// Ends a tag, and the line unless it is in a page, where each line break would be a node.
    fn close(&mut self, tag: &str) {
        self.text.push_str(tag);
        if self.shared.is_none() {
            self.text.push('\n');
        }
    }

    /// Returns a colour, as a variable in a page.
    fn paint(&self, color: Color) -> String {
        match self.shared {
            None => self.theme.hex(color).to_owned(),
            Some(_) => format!("var(--{})", color.name()),
        }
    }

    /// Adds the look of a shape or of words, as its class or by itself.
    fn look(&mut self, look: String) {
        match &mut self.shared {
            None => self.text.push_str(&look),
            Some(shared) => {
                let next = shared.len();
                let number = shared.entry(look).or_insert(next);
                self.text.push_str(&format!(" class=\"s{number}\""));
            }
        }
    }

    fn element(&mut self, open: &str, close: &str, text: &str) {
        self.text.push_str(&format!("<{open}>"));
        escape(&mut self.text, text);
        self.close(&format!("</{close}>"));
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Group(group) => self.group(group),
                Item::Shape(shape) => self.shape(shape),
                Item::Text(text) => self.line(text),
            }
        }
    }

    fn group(&mut self, group: &Group) {
        if let Some(link) = &group.link {
            self.text.push_str("<a href=\"");
            escape(&mut self.text, link);
            self.text.push_str("\">");
        }
        self.text.push_str("<g");
        if !group.class.is_empty() {
            self.text.push_str(&format!(" class=\"{}\"", group.class));
        }
        for (name, value) in &group.data {
            self.text.push_str(&format!(" data-{name}=\""));
            escape(&mut self.text, value);
            self.text.push('"');
        }
        if let Some(opacity) = group.opacity {
            // Not of the group: it would be a picture of its own, which takes long to draw many times.
            let opacity = number(opacity);
            self.text.push_str(&format!(
                " fill-opacity=\"{opacity}\" stroke-opacity=\"{opacity}\""
            ));
        }
        if group.at != Point::default() {
            self.text.push_str(&format!(
                " transform=\"translate({} {})\"",
                number(group.at.x),
                number(group.at.y)
            ));
        }
        self.close(">");
        if !group.tooltip.is_empty() {
            self.element("title", "title", &group.tooltip.join("\n"));
        }
        self.items(&group.items);
        self.close(match group.link {
            Some(_) => "</g></a>",
            None => "</g>",
        });
    }

    fn shape(&mut self, shape: &Shape) {
        match &shape.form {
            Form::Rect(bounds, radius) => {
                let (x, y) = (number(bounds.left), number(bounds.top));
                let (width, height) = (
                    number(bounds.right - bounds.left),
                    number(bounds.bottom - bounds.top),
                );
                self.text.push_str(&format!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""
                ));
                if *radius > 0.0 {
                    self.text.push_str(&format!(" rx=\"{}\"", number(*radius)));
                }
            }
            Form::Circle(center, radius) => {
                let (x, y, r) = (number(center.x), number(center.y), number(*radius));
                self.text
                    .push_str(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\""));
            }
            Form::Path(steps) => {
                self.text.push_str("<path d=\"");
                for step in steps {
                    self.step(*step);
                }
                self.text.push('"');
            }
        }
        let mut look = String::new();
        let fill = shape.fill.map(|fill| self.paint(fill));
        self.add(&mut look, "fill", fill.as_deref().unwrap_or("none"));
        if let Some(stroke) = shape.stroke {
            self.stroke(&mut look, stroke);
        }
        self.look(look);
        self.close("/>");
    }

    fn stroke(&self, look: &mut String, stroke: Stroke) {
        let Stroke { color, width, dash } = stroke;
        self.add(look, "stroke", &self.paint(color));
        self.add(look, "stroke-width", &number(width));
        let lengths = dash.lengths(width);
        if !lengths.is_empty() {
            let lengths: Vec<String> = lengths.iter().map(|length| number(*length)).collect();
            self.add(look, "stroke-dasharray", &lengths.join(" "));
        }
    }

    /// Adds a property to the style of a shape, as an attribute or for a style sheet.
    fn add(&self, look: &mut String, name: &str, value: &str) {
        let (before, between, after) = if self.shared.is_some() {
            ("", ":", ";")
        } else {
            (" ", "=\"", "\"")
        };
        for part in &[before, name, between, value, after] {
            look.push_str(part);
        }
    }

    fn step(&mut self, step: Step) {
        let points: &[Point] = match &step {
            Step::Move(to) => {
                self.text.push('M');
                &[*to]
            }
            Step::Line(to) => {
                self.text.push('L');
                &[*to]
            }
            Step::Curve(from, to, end) => {
                self.text.push('C');
                &[*from, *to, *end]
            }
            Step::Close => {
                self.text.push('Z');
                &[]
            }
        };
        for (nth, point) in points.iter().enumerate() {
            if nth > 0 {
                self.text.push(' ');
            }
            push_number(&mut self.text, point.x);
            self.text.push(' ');
            push_number(&mut self.text, point.y);
        }
    }

    fn line(&mut self, text: &Text) {
        if text.text.is_empty() {
            return;
        }
        let anchor = match text.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if text.word.weight == Weight::Bold {
            " font-weight=\"700\""
        } else {
            ""
        };
        let (x, y, size) = (number(text.at.x), number(text.at.y), number(text.word.size));
        let turn = if text.run == Run::Up {
            format!(" transform=\"rotate(-90 {x} {y})\"")
        } else {
            String::new()
        };
        // A single letter can't be spaced out, only stretched.
        let width = number(text.width);
        self.text.push_str(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor}{turn}"
        ));
        let mut look = String::new();
        self.add(&mut look, "fill", &self.paint(text.word.color));
        self.look(look);
        if !is_loose(text) || self.holds_loose() {
            self.text.push_str(&format!(" textLength=\"{width}\""));
            // A page adds this to every text.
            if self.shared.is_none() {
                self.text.push_str(" lengthAdjust=\"spacingAndGlyphs\"");
            }
        }
        self.text.push('>');
        escape(&mut self.text, &text.text);
        self.close("</text>");
    }

    /// Marks the next loose text, and returns whether it has its estimated width.
    fn holds_loose(&mut self) -> bool {
        match &mut self.loose {
            Loose::Natural => false,
            Loose::Marked => {
                self.text.push_str(" data-loose=\"\"");
                true
            }
            Loose::Numbered { next, held } => {
                let id = loose_id(*next);
                *next += 1;
                self.text.push_str(&format!(" id=\"{id}\""));
                held.contains(&id)
            }
        }
    }
}

/// Formats a number with at most two decimals.
fn number(value: f64) -> String {
    let mut text = String::new();
    push_number(&mut text, value);
    text
}

/// Appends a number with at most two decimals; a fast path, because pictures are mostly numbers.
fn push_number(text: &mut String, value: f64) {
    let hundredths = (value * 100.0).round() as i64;
    if hundredths < 0 {
        text.push('-');
    }
    let hundredths = hundredths.unsigned_abs();
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    // Writing to a string can't fail.
    let _ = match (rest, rest % 10) {
        (0, _) => write!(text, "{whole}"),
        (_, 0) => write!(text, "{whole}.{}", rest / 10),
        _ => write!(text, "{whole}.{rest:02}"),
    };
}

/// Escapes text for XML, and removes characters that XML can't hold or that are invisible.
pub(crate) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if is_obeyed(c) => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{escape, loose, number, svg, svg_without_fonts};
    use crate::diagram::{Color, Theme};
    use crate::picture::scene::{Anchor, Group, Item, Point, Scene, Text, Word};

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (0.0, "0"),
            (-0.001, "0"),
            (1.5, "1.5"),
            (-2.256, "-2.26"),
            (3.05, "3.05"),
            (10.0, "10"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn only_text_of_known_width_is_fitted() {
        let text = |text: &str| {
            let word = Word::regular(10.0, Color::Ink);
            Item::Text(Text::new(Point::default(), Anchor::Start, word, text))
        };
        let scene = Scene {
            items: vec![text("France"), text("日本国")],
            ..Scene::default()
        };
        let drawn = svg(&scene, Theme::Light);
        assert_eq!(drawn.matches("textLength").count(), 1);
        let held = loose(&scene).map(|(id, _)| id).collect();
        let held = svg_without_fonts(&scene, Theme::Light, held);
        assert_eq!(held.matches("textLength").count(), 2);
    }

    #[test]
    fn no_text_breaks_out() {
        let nasty = "</text><script>alert(1)</script>\" onload='x' \0\u{7}\u{FFFF}&amp;";
        let mut escaped = String::new();
        escape(&mut escaped, nasty);
        assert!(!escaped.contains(['<', '>', '"', '\'', '\0', '\u{7}', '\u{FFFF}']));
        let word = Word::regular(10.0, Color::Ink);
        let text = Item::Text(Text::new(Point::default(), Anchor::Start, word, nasty));
        let group = Group {
            data: vec![("id", nasty.to_owned())],
            tooltip: vec![nasty.to_owned()],
            link: Some(nasty.to_owned()),
            items: vec![text],
            ..Group::default()
        };
        let scene = Scene {
            title: nasty.to_owned(),
            description: nasty.to_owned(),
            items: vec![Item::Group(group)],
            ..Scene::default()
        };
        assert!(!svg(&scene, Theme::Light).contains("<script"));
    }
}
