//! Lines in pixels: their width, their course and their end mark.

use crate::diagram::{Color, Dash, Look, Mark};
use crate::picture::course::Course;
use crate::picture::frame::Entry;
use crate::picture::geometry::ahead;
use crate::picture::marks::mark;
use crate::picture::scene::{Bounds, Item, Point, Step, Stroke};

/// The style of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Strand {
    /// Its name in the legend.
    pub(crate) name: &'static str,
    pub(crate) stroke: Stroke,
    /// A second line beside the first.
    pub(crate) second: Option<Stroke>,
    /// The mark at its end, and the colour of the mark.
    pub(crate) mark: Mark,
    pub(crate) mark_color: Color,
    /// The mark at its start.
    pub(crate) tail: Mark,
    /// The mark on the line, of a tie that holds in both directions.
    pub(crate) badge: Option<Mark>,
}

/// Half the distance between the two lines of a strand.
const APART: f64 = 1.5;
/// The width of a line whose salience is unknown.
const USUAL: f64 = 1.6;

impl Strand {
    pub(crate) fn of(look: Look) -> Strand {
        let style = look.style();
        let badge = matches!(style.head, Mark::Plus | Mark::Minus);
        Strand {
            name: style.name,
            stroke: stroke(style.color, style.dash),
            second: style.second.map(|(color, dash)| stroke(color, dash)),
            mark: if badge { Mark::None } else { style.head },
            mark_color: style.mark_color(),
            tail: if badge { Mark::None } else { style.tail },
            badge: badge.then_some(style.head),
        }
    }

    /// Sets the width by salience, from 0 to 1.
    pub(crate) fn weighted(self, salience: f64) -> Strand {
        let width = 0.7 + 3.3 * salience.clamp(0.0, 1.0);
        let wide = |stroke: Stroke| Stroke { width, ..stroke };
        Strand {
            stroke: wide(self.stroke),
            second: self.second.map(wide),
            ..self
        }
    }

    /// Gives the line and its mark this colour.
    pub(crate) fn colored(self, color: Color) -> Strand {
        Strand {
            stroke: Stroke {
                color,
                ..self.stroke
            },
            mark_color: color,
            ..self
        }
    }

    /// Returns the distance of either of two lines from the middle between them.
    fn aside(&self) -> f64 {
        self.stroke.width.max(1.0) / 2.0 + APART - 0.8
    }

    /// Returns how far the strand reaches from its middle.
    pub(crate) fn reach(&self) -> f64 {
        self.stroke.width / 2.0
            + if self.second.is_some() {
                self.aside()
            } else {
                0.0
            }
    }

    /// Draws it between two points, leaving and arriving horizontally; the tip of the mark is at
    /// `to`.
    pub(crate) fn level(&self, from: Point, to: Point, straight: f64) -> Vec<Item> {
        let sign = if to.x < from.x { -1.0 } else { 1.0 };
        let end = Point::new(to.x - sign * self.mark.length(), to.y);
        let knee = Point::new(end.x - sign * straight, end.y);
        let half = (knee.x - from.x) / 2.0;
        let steps = |by: Point| {
            let at = |point: Point| point.plus(by);
            let mut steps = vec![
                Step::Move(at(from)),
                Step::Curve(
                    at(Point::new(from.x + half, from.y)),
                    at(Point::new(knee.x - half, knee.y)),
                    at(knee),
                ),
            ];
            if straight > 0.0 {
                steps.push(Step::Line(Point::new(end.x, end.y + by.y)));
            }
            steps
        };
        // Moved to this side, two lines stay apart however steep they are.
        let lean = if (to.y > from.y) == (sign > 0.0) {
            -self.aside()
        } else {
            self.aside()
        };
        let flat = (to.y - from.y).abs() < 1.0;
        self.drawn(steps, if flat { 0.0 } else { lean }, to, sign)
    }

    /// Draws it as [`Strand::level`] does, from its end: the dashes of lines that end together meet.
    pub(crate) fn joining(&self, from: Point, to: Point, straight: f64) -> Vec<Item> {
        let end = Point::new(to.x - self.mark.length(), to.y);
        let knee = Point::new(end.x - straight, end.y);
        let half = (knee.x - from.x) / 2.0;
        let steps = |by: Point| {
            let at = |point: Point| point.plus(by);
            vec![
                Step::Move(at(end)),
                Step::Line(at(knee)),
                Step::Curve(
                    at(Point::new(knee.x - half, knee.y)),
                    at(Point::new(from.x + half, from.y)),
                    at(from),
                ),
            ]
        };
        self.drawn(steps, 0.0, to, 1.0)
    }

    /// Draws its line, or both its lines, which are moved to either side and along by `lean`; and its
    /// mark, with the tip at `to`, pointing to the right if `sign` is 1.
    fn drawn(
        &self,
        steps: impl Fn(Point) -> Vec<Step>,
        lean: f64,
        to: Point,
        sign: f64,
    ) -> Vec<Item> {
        let aside = self.aside();
        let mut items = match self.second {
            None => vec![Item::path(steps(Point::default()), self.stroke)],
            Some(second) => vec![
                Item::path(steps(Point::new(lean, aside)), self.stroke),
                Item::path(steps(Point::new(-lean, -aside)), second),
            ],
        };
        items.extend(mark(self.mark, to, Point::new(sign, 0.0), self.mark_color));
        items
    }

    /// Draws it along a course, with its marks at both ends.
    pub(crate) fn along(&self, course: &Course) -> Vec<Item> {
        let (start, end, (away, along)) = (course.start(), course.end(), course.directions());
        let short = course.clone().between(
            ahead(start, away, self.tail.length()),
            ahead(end, along, -self.mark.length()),
        );
        let shifted = |by: f64, stroke: Stroke| Item::path(short.beside(by).steps(), stroke);
        let mut items = match self.second {
            None => vec![shifted(0.0, self.stroke)],
            Some(second) => vec![shifted(-APART, self.stroke), shifted(APART, second)],
        };
        items.extend(mark(self.mark, end, along, self.mark_color));
        let back = Point::new(-away.x, -away.y);
        items.extend(mark(self.tail, start, back, self.mark_color));
        items
    }

    /// Returns the area of the mark at the end of a course; `None` if there is no mark.
    pub(crate) fn end(&self, course: &Course) -> Option<Bounds> {
        let (long, tall) = (self.mark.length(), self.mark.height());
        let (_, along) = course.directions();
        let middle = ahead(course.end(), along, -long / 2.0);
        let side = long.max(tall);
        let corner = Point::new(middle.x - side / 2.0, middle.y - side / 2.0);
        (long > 0.0).then(|| Bounds::new(corner.x, corner.y, side, side))
    }

    /// Returns the legend entry.
    pub(crate) fn entry(&self) -> Entry {
        let unweighted = |stroke: Stroke| Stroke {
            width: USUAL,
            ..stroke
        };
        let plain = Strand {
            stroke: unweighted(self.stroke),
            second: self.second.map(unweighted),
            ..*self
        };
        Entry {
            sample: plain.level(Point::new(1.0, 8.0), Point::new(35.0, 8.0), 0.0),
            words: self.name.to_owned(),
        }
    }
}

const fn stroke(color: Color, dash: Dash) -> Stroke {
    Stroke {
        color,
        width: USUAL,
        dash,
    }
}
