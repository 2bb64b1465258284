//! A picture as data: shapes, words and groups of them, at their places. It knows colours by what they mean and text by
//! its width, and nothing of files, graphs or formats.

use crate::diagram::{Color, Dash};
use crate::picture::font::{self, Weight};

/// A whole picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Its width in pixels.
    pub width: f64,
    /// Its height in pixels.
    pub height: f64,
    /// What it is called.
    pub title: String,
    /// What it shows, in words, for those who can't see it.
    pub description: String,
    /// What is drawn, the hindmost first.
    pub items: Vec<Item>,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Several things that belong together.
    Group(Group),
    /// A form.
    Shape(Shape),
    /// A line of text.
    Text(Text),
}

/// Several things that belong together: an actor's box, a line with its ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// How far it is moved from where its items say.
    pub at: Point,
    /// What it is: a class of the page's.
    pub class: &'static str,
    /// What is known about it, for a page to use: `data-…` attributes, named without `data-`.
    pub data: Vec<(&'static str, String)>,
    /// What a pointer over it is told; lines.
    pub tooltip: Vec<String>,
    /// Where a click leads.
    pub link: Option<String>,
    /// What is in it, the hindmost first.
    pub items: Vec<Item>,
}

/// A form.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Which.
    pub form: Form,
    /// What it is filled with.
    pub fill: Option<Color>,
    /// How its edge is drawn.
    pub stroke: Option<Stroke>,
}

/// What a shape is.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A box with round corners of this radius, in pixels.
    Rect(Bounds, f64),
    /// A centre and a radius.
    Circle(Point, f64),
    /// Lines and curves.
    Path(Vec<Step>),
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// To a new start.
    Move(Point),
    /// Straight on to here.
    Line(Point),
    /// A cubic curve: its two handles and its end.
    Curve(Point, Point, Point),
    /// Back to the start.
    Close,
}

/// How an edge is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// In which colour.
    pub color: Color,
    /// How wide, in pixels.
    pub width: f64,
    /// How broken.
    pub dash: Dash,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The start, middle or end of the line it stands on.
    pub at: Point,
    /// Which of these.
    pub anchor: Anchor,
    /// What it says.
    pub text: String,
    /// How it looks.
    pub word: Word,
    /// How wide it is drawn, in pixels.
    pub width: f64,
    /// Which way it runs.
    pub run: Run,
}

/// Which way text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// From left to right.
    #[default]
    Across,
    /// Upwards: turned by a quarter, its head to the left.
    Up,
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word {
    /// Its size in pixels.
    pub size: f64,
    /// How heavy it is.
    pub weight: Weight,
    /// Its colour.
    pub color: Color,
}

/// Which part of a text is at its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left, in pixels.
    pub x: f64,
    /// From the top, in pixels.
    pub y: f64,
}

/// A box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl Point {
    /// A place.
    pub const fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    /// The place so far from here.
    pub fn plus(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }
}

impl Bounds {
    /// A box by its left upper corner and its size.
    pub fn new(left: f64, top: f64, width: f64, height: f64) -> Bounds {
        Bounds {
            left,
            top,
            right: left + width,
            bottom: top + height,
        }
    }

    /// Whether two boxes share more than an edge.
    pub fn overlaps(&self, other: &Bounds) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// The middle.
    pub fn center(&self) -> Point {
        Point::new(
            (self.left + self.right) / 2.0,
            (self.top + self.bottom) / 2.0,
        )
    }

    /// The same box elsewhere.
    pub fn moved(&self, by: Point) -> Bounds {
        Bounds {
            left: self.left + by.x,
            top: self.top + by.y,
            right: self.right + by.x,
            bottom: self.bottom + by.y,
        }
    }

    /// A box that is larger by so much on each side.
    pub fn grown(&self, by: f64) -> Bounds {
        Bounds {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// The smallest box around both.
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
    /// An unbroken edge.
    pub const fn solid(color: Color, width: f64) -> Stroke {
        Stroke {
            color,
            width,
            dash: Dash::Solid,
        }
    }
}

impl Word {
    /// Text of usual weight.
    pub const fn regular(size: f64, color: Color) -> Word {
        Word {
            size,
            weight: Weight::Regular,
            color,
        }
    }

    /// Heavy text.
    pub const fn bold(size: f64, color: Color) -> Word {
        Word {
            size,
            weight: Weight::Bold,
            color,
        }
    }

    /// How wide a line of it is.
    pub fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.weight)
    }

    /// Lines of at most this width.
    pub fn wrap(&self, text: &str, most: f64) -> Vec<String> {
        font::wrap(text, self.size, self.weight, most)
    }

    /// The distance from one line to the next.
    pub fn line_height(&self) -> f64 {
        font::line_height(self.size)
    }
}

impl Text {
    /// A line of text, measured.
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

    /// The same text running upwards from its place.
    pub fn up(self) -> Text {
        Text {
            run: Run::Up,
            ..self
        }
    }

    /// The box that it fills.
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
    /// A form.
    pub fn shape(form: Form, fill: Option<Color>, stroke: Option<Stroke>) -> Item {
        Item::Shape(Shape { form, fill, stroke })
    }

    /// A line or curve.
    pub fn path(steps: Vec<Step>, stroke: Stroke) -> Item {
        Item::shape(Form::Path(steps), None, Some(stroke))
    }

    /// A straight line.
    pub fn line(from: Point, to: Point, stroke: Stroke) -> Item {
        Item::path(vec![Step::Move(from), Step::Line(to)], stroke)
    }

    /// Lines of text below one another; `top` is the upper edge of the first.
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
    /// Every line of text and the box that it fills on the page.
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
