//! A picture as data: shapes, words and groups of them, with their positions. It names colours by
//! meaning and knows the width of text; it knows nothing of files, graphs or formats.

use std::collections::BTreeMap;

use crate::diagram::{Color, Dash};
use crate::picture::font::{self, Weight};
use crate::picture::frame::Framed;

/// A whole picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The width in pixels.
    pub width: f64,
    /// The height in pixels.
    pub height: f64,
    /// The width and height of the page that it fills, in pixels, if it is made for one.
    pub page: Option<(f64, f64)>,
    /// The title.
    pub title: String,
    /// A description of the content for people who can't see it.
    pub description: String,
    /// The items drawn, the backmost first.
    pub items: Vec<Item>,
    /// What stands in its frame.
    pub framed: Option<Box<Framed>>,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Several items that belong together.
    Group(Group),
    /// A shape.
    Shape(Shape),
    /// A line of text.
    Text(Text),
}

/// Several items that belong together, such as an actor's box, or a line and its ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The offset by which its items are moved.
    pub at: Point,
    /// The class of the group in SVG; empty for none.
    pub class: &'static str,
    /// Data about it that a page can use: `data-…` attributes, named without `data-`.
    pub data: Vec<(&'static str, String)>,
    /// The tooltip, in lines.
    pub tooltip: Vec<String>,
    /// The target of a click.
    pub link: Option<String>,
    /// How strong it is drawn, from 0 to 1; `None` for full strength.
    pub opacity: Option<f64>,
    /// The items in it, the backmost first.
    pub items: Vec<Item>,
}

/// A shape with its fill and outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The geometry.
    pub form: Form,
    /// The fill colour, or `None` for no fill.
    pub fill: Option<Color>,
    /// The outline, or `None` for no outline.
    pub stroke: Option<Stroke>,
}

/// The geometry of a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A box, with the radius of its corners in pixels.
    Rect(Bounds, f64),
    /// A circle, by its centre and radius.
    Circle(Point, f64),
    /// A path of lines and curves.
    Path(Vec<Step>),
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Starts a new subpath here.
    Move(Point),
    /// Draws a straight line to here.
    Line(Point),
    /// Draws a cubic curve, given by its two control points and its end.
    Curve(Point, Point, Point),
    /// Closes the subpath.
    Close,
}

/// The style of an outline or a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// The colour.
    pub color: Color,
    /// The width in pixels.
    pub width: f64,
    /// The dash pattern.
    pub dash: Dash,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The anchor point on its baseline.
    pub at: Point,
    /// The part of the text that is at the anchor point.
    pub anchor: Anchor,
    /// The characters.
    pub text: String,
    /// The size, weight and colour.
    pub word: Word,
    /// The width it is drawn at, in pixels.
    pub width: f64,
    /// The direction in which it runs.
    pub run: Run,
}

/// The direction of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// From left to right.
    #[default]
    Across,
    /// Upwards: turned by a quarter, with the tops of the letters to the left.
    Up,
}

/// The style of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word {
    /// The size in pixels.
    pub size: f64,
    /// The weight.
    pub weight: Weight,
    /// The colour.
    pub color: Color,
}

/// The part of a text that is at its anchor point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    #[default]
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// A point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// The distance from the left, in pixels.
    pub x: f64,
    /// The distance from the top, in pixels.
    pub y: f64,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

impl Point {
    /// Makes a point from its coordinates.
    pub const fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    /// Adds the coordinates of another point.
    pub fn plus(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }
}

impl Bounds {
    /// Makes a rectangle from its upper left corner and its size.
    pub fn new(left: f64, top: f64, width: f64, height: f64) -> Bounds {
        Bounds {
            left,
            top,
            right: left + width,
            bottom: top + height,
        }
    }

    /// Returns whether two rectangles share more than an edge.
    pub fn overlaps(&self, other: &Bounds) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Returns the centre.
    pub fn center(&self) -> Point {
        Point::new(
            (self.left + self.right) / 2.0,
            (self.top + self.bottom) / 2.0,
        )
    }

    /// Returns the rectangle moved by an offset.
    pub fn moved(&self, by: Point) -> Bounds {
        Bounds {
            left: self.left + by.x,
            top: self.top + by.y,
            right: self.right + by.x,
            bottom: self.bottom + by.y,
        }
    }

    /// Returns the rectangle enlarged by this much on each side.
    pub fn grown(&self, by: f64) -> Bounds {
        Bounds {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// Returns the smallest rectangle around both.
    pub fn with(&self, other: &Bounds) -> Bounds {
        Bounds {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

impl Stroke {
    /// Makes a solid stroke.
    pub const fn solid(color: Color, width: f64) -> Stroke {
        Stroke {
            color,
            width,
            dash: Dash::Solid,
        }
    }
}

impl Word {
    /// Makes a style of regular weight.
    pub const fn regular(size: f64, color: Color) -> Word {
        Word {
            size,
            weight: Weight::Regular,
            color,
        }
    }

    /// Makes a style of bold weight.
    pub const fn bold(size: f64, color: Color) -> Word {
        Word {
            size,
            weight: Weight::Bold,
            color,
        }
    }

    /// Returns the width of a line of text, in pixels.
    pub fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.weight)
    }

    /// Returns the width of the widest of some lines of text, in pixels; of none, 0.
    pub(crate) fn widest<S: AsRef<str>>(&self, lines: impl IntoIterator<Item = S>) -> f64 {
        let widths = lines.into_iter().map(|line| self.width(line.as_ref()));
        widths.fold(0.0, f64::max)
    }

    /// Wraps a text into lines of at most this width.
    pub fn wrap(&self, text: &str, most: f64) -> Vec<String> {
        font::wrap(text, self.size, self.weight, most)
    }

    /// Returns the distance between the baselines of two lines.
    pub fn line_height(&self) -> f64 {
        font::line_height(self.size)
    }
}

impl Text {
    /// Makes a line of text and measures it.
    pub fn new(at: Point, anchor: Anchor, word: Word, text: impl Into<String>) -> Text {
        let text = font::plain(&text.into());
        Text {
            at,
            anchor,
            width: word.width(&text),
            text,
            word,
            run: Run::Across,
        }
    }

    /// Makes a line of text whose letters are centred on the height of a point.
    pub fn around(at: Point, anchor: Anchor, word: Word, text: impl Into<String>) -> Text {
        // Half the height of a capital.
        let baseline = Point::new(at.x, at.y + word.size * 0.36);
        Text::new(baseline, anchor, word, text)
    }

    /// Turns the text to run upwards from its anchor point.
    pub fn up(self) -> Text {
        Text {
            run: Run::Up,
            ..self
        }
    }

    /// Returns the rectangle it fills.
    pub fn bounds(&self) -> Bounds {
        let before = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => self.width / 2.0,
            Anchor::End => self.width,
        };
        let (up, down) = font::reach(&self.text, self.word.size, self.word.weight);
        let Point { x, y } = self.at;
        match self.run {
            Run::Across => Bounds {
                left: x - before,
                top: y - up,
                right: x - before + self.width,
                bottom: y + down,
            },
            Run::Up => Bounds {
                left: x - up,
                top: y + before - self.width,
                right: x + down,
                bottom: y + before,
            },
        }
    }
}

impl Item {
    /// Makes a shape.
    pub fn shape(form: Form, fill: Option<Color>, stroke: Option<Stroke>) -> Item {
        Item::Shape(Shape { form, fill, stroke })
    }

    /// Makes a line or curve.
    pub fn path(steps: Vec<Step>, stroke: Stroke) -> Item {
        Item::shape(Form::Path(steps), None, Some(stroke))
    }

    /// Makes a straight line.
    pub fn line(from: Point, to: Point, stroke: Stroke) -> Item {
        Item::path(vec![Step::Move(from), Step::Line(to)], stroke)
    }

    /// Makes lines of text, one below the other; `top` is the upper edge of the first.
    pub fn lines(lines: &[String], x: f64, top: f64, anchor: Anchor, word: Word) -> Vec<Item> {
        let height = word.line_height();
        let baseline = |nth: usize| top + nth as f64 * height + word.size * 1.02;
        lines
            .iter()
            .enumerate()
            .map(|(nth, line)| {
                Item::Text(Text::new(
                    Point::new(x, baseline(nth)),
                    anchor,
                    word,
                    line.as_str(),
                ))
            })
            .collect()
    }
}

impl Scene {
    /// Returns the width and height at which it is drawn, in pixels.
    pub fn size(&self) -> (f64, f64) {
        self.page.unwrap_or((self.width, self.height))
    }

    /// Returns it with a sentence before its description.
    pub(crate) fn described(mut self, sentence: &str) -> Scene {
        self.description = format!("{sentence}. {}", self.description);
        if let Some(framed) = &mut self.framed {
            framed.caption.description.clone_from(&self.description);
        }
        self
    }

    /// Returns the size of most of its text, in pixels, or `None` if it has none.
    pub fn text_size(&self) -> Option<f64> {
        let mut counts: BTreeMap<u64, (usize, f64)> = BTreeMap::new();
        for (text, _) in self.texts() {
            let size = text.word.size;
            counts.entry(size.to_bits()).or_insert((0, size)).0 += 1;
        }
        let most = counts.into_values().max_by_key(|(count, _)| *count);
        most.map(|(_, size)| size * self.size().0 / self.width)
    }

    /// Returns every line of text and the rectangle it fills on the page.
    pub fn texts(&self) -> Vec<(&Text, Bounds)> {
        let mut found = Vec::new();
        collect(&self.items, Point::default(), &mut found);
        found
    }
}

fn collect<'s>(items: &'s [Item], at: Point, found: &mut Vec<(&'s Text, Bounds)>) {
    for item in items {
        match item {
            Item::Group(group) => collect(&group.items, at.plus(group.at), found),
            Item::Text(text) => found.push((text, text.bounds().moved(at))),
            Item::Shape(_) => {}
        }
    }
}
