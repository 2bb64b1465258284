//! The signs in a lane, and their positions.

use std::collections::BTreeMap;

use crate::diagram::Color;
use crate::graph::{Graph, IssueId};
use crate::model::{Day, MeetingStatus, Period};
use crate::picture::matrix::minus;
use crate::picture::rows::Rows;
use crate::picture::scene::Word;
use crate::picture::sign::Sign;
use crate::picture::timeline::axis::Axis;
use crate::picture::timeline::{Event, Happening, Timeline};
use crate::query::Part;

/// The width of a picture, and that of one for an upright page.
pub(super) const WIDTH: f64 = 940.0;
pub(super) const UPRIGHT: f64 = 760.0;
/// The part of it that lane names take.
pub(super) const NAMES: f64 = 170.0;
const LEFT: f64 = NAMES + 16.0;
/// The space to the right of the axis.
pub(super) const MARGIN: f64 = 14.0;
/// The width of an axis with few dates: so much, and so much for each.
const LEAST: f64 = 60.0;
const EACH: f64 = 100.0;
/// The radius of a statement's disc.
pub(super) const DISC: f64 = 8.0;
/// Half the size of a sign with a letter.
pub(super) const HALF: f64 = 8.5;
/// How far the bar of a vague date reaches beyond its sign at least.
const AROUND: f64 = 4.0;

/// The style of the letters and symbols beside a sign, of a number of statements, and of a title.
pub(super) const ASIDE: Word = Word::bold(12.0, Color::Ink);
pub(super) const COUNT: Word = Word::bold(9.0, Color::Ink);
pub(super) const TITLE: Word = Word::regular(11.0, Color::Muted);
/// The space between a sign and what is written beside it, and that for lines to its left.
const BESIDE: f64 = 5.0;
const CLOSE: f64 = 2.0;
/// How far the ends of a bar reach beyond its days.
const TORN: f64 = 3.0;
const LINES: f64 = 10.0;
/// How far the arrows of what is postponed reach beyond its sign.
pub(super) const ARROWS: f64 = 9.0;

/// A sign in a lane, which may stand for several statements of one date that say the same.
pub(super) struct Placed<'t> {
    pub(super) event: &'t Event,
    /// The actor's part in the event.
    pub(super) part: Part,
    /// The number of statements it stands for.
    pub(super) count: usize,
    /// The letters on it: those under which it is described below, or the issue that changes.
    pub(super) key: &'t str,
    /// The letters of the issues of the statements it stands for.
    issues: Vec<&'t str>,
    /// What is written beside it, and whether that stands to its left.
    pub(super) beside: Option<(String, bool)>,
    /// The centre of the sign, and the days around it, if it has a bar.
    pub(super) x: f64,
    pub(super) days: Option<(f64, f64)>,
    pub(super) row: usize,
}

/// An axis within a picture.
#[derive(Clone, Copy)]
pub(super) struct Ruler<'a> {
    pub(super) axis: &'a Axis,
    /// The most that the picture is wide.
    pub(super) width: f64,
}

impl Ruler<'_> {
    /// Returns the right end of the axis.
    pub(super) fn right(self) -> f64 {
        let few = LEFT + LEAST + EACH * self.axis.dates() as f64;
        few.min(self.width - MARGIN)
    }

    /// Returns the horizontal coordinate of a day.
    pub(super) fn x_of(self, day: Day) -> f64 {
        self.x_at(self.axis.along(day))
    }

    /// Returns the coordinate of a place on the axis.
    pub(super) fn x_at(self, along: f64) -> f64 {
        LEFT + 10.0 + along * (self.right() - LEFT - 20.0)
    }
}

/// Returns where the sign of an event stands, and the days around it. A vague date has a bar, however
/// short it is. The sign of a long one stands at its first day or, if that is not known, at its last:
/// in the middle of its days, it would seem to have happened there.
fn stand(ruler: Ruler<'_>, event: &Event) -> (f64, Option<(f64, f64)>) {
    let Period { from, to } = event.period();
    let (start, end) = (ruler.x_of(from), ruler.x_of(to));
    let reach = HALF + AROUND;
    let is_long = end - start > 2.0 * reach;
    match event.is_unsure() {
        true if is_long && from == Day::FIRST => (end - reach, Some((start, end))),
        true if is_long => (start + reach, Some((start, end))),
        true => {
            let middle = (start + end) / 2.0;
            (middle, Some((middle - reach, middle + reach)))
        }
        false => (start, is_long.then_some((start, end))),
    }
}

/// The letters of issues.
pub(super) type Issues = BTreeMap<IssueId, String>;

/// What is written of an event.
pub(super) struct Mark<'t> {
    pub(super) event: &'t Event,
    /// The letters on its sign: those under which it is described below, or the issue that changes.
    pub(super) key: String,
    /// The letters of the issue of a statement.
    pub(super) issue: &'t str,
    /// What is written beside it in its first lane.
    pub(super) title: Option<String>,
}

/// Returns the signs of a lane, each in the first row that has room for it.
pub(super) fn placed<'t>(
    graph: &Graph,
    timeline: &'t Timeline,
    ruler: Ruler<'_>,
    lane: usize,
    marks: &'t [Mark<'t>],
) -> Vec<Placed<'t>> {
    let mut all: Vec<Placed<'t>> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.event.lanes.contains(&lane)) {
        let event = mark.event;
        let same = all
            .iter_mut()
            .find(|other| says_the_same(other.event, event));
        if let Some(same) = same {
            same.count += 1;
            same.issues.push(mark.issue);
            continue;
        }
        let (x, days) = stand(ruler, event);
        let is_first = event.lanes.first() == Some(&lane);
        let mut placed = Placed {
            event,
            part: timeline.part(graph, event, lane),
            count: 1,
            key: &mark.key,
            issues: vec![mark.issue],
            beside: None,
            x,
            days,
            row: 0,
        };
        placed.beside = mark.title.clone().filter(|_| is_first).map(|title| {
            let end = placed.right() + BESIDE + TITLE.width(&title);
            (title, event.what.is_told() && end > ruler.right())
        });
        all.push(placed);
    }
    // Statements are counted before there is room for what is beside them.
    let mut rows = Rows::new(3.0);
    for placed in &mut all {
        if let Happening::Said { .. } = placed.event.what {
            placed.issues.retain(|letters| !letters.is_empty());
            placed
                .issues
                .sort_by_key(|letters| (letters.len(), *letters));
            let letters = in_runs(&placed.issues);
            placed.beside = Some((letters, false)).filter(|(letters, _)| !letters.is_empty());
        }
        placed.row = rows.put(placed.extent(), 0.0);
    }
    all
}

/// Writes the letters of issues, which are in order: `a b f`; of three or more in a row the first and the
/// last: `a–d`; with the number of statements on an issue, if there are several: `a⁵`.
fn in_runs(issues: &[&str]) -> String {
    let counted = |same: &[&str]| match same {
        [one] => (*one).to_owned(),
        [one, ..] => format!("{one}{}", raised(same.len())),
        [] => String::new(),
    };
    let each: Vec<String> = issues
        .chunk_by(|one, other| one == other)
        .map(counted)
        .collect();
    let is_next = |one: &String, other: &String| match (one.as_bytes(), other.as_bytes()) {
        ([one], [other]) => *other == one + 1,
        _ => false,
    };
    let runs = each.chunk_by(is_next).flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first}–{last}")],
        short => short.to_vec(),
    });
    let runs: Vec<String> = runs.collect();
    runs.join(" ")
}

/// Writes a number in raised digits.
fn raised(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = number.to_string();
    let digits = digits.chars().filter_map(|digit| digit.to_digit(10));
    digits
        .filter_map(|digit| DIGITS.get(digit as usize))
        .collect()
}

/// Writes a change of position: the symbol before, and that after it.
pub(super) fn change(from: Option<&Sign>, to: Option<&Sign>) -> String {
    let symbol = |sign: Option<&Sign>| sign.map_or("?".to_owned(), |sign| minus(&sign.symbol()));
    format!("{}\u{2009}→\u{2009}{}", symbol(from), symbol(to))
}

/// Returns whether two statements of one lane have the same date and say the same, so that one sign
/// stands for both.
fn says_the_same(one: &Event, other: &Event) -> bool {
    let said = |event: &Event| match &event.what {
        Happening::Said {
            sign, by, is_offer, ..
        } => Some((sign.symbol(), by.is_some(), *is_offer)),
        _ => None,
    };
    one.date == other.date && said(one).is_some() && said(one) == said(other)
}

impl Placed<'_> {
    /// Returns how far its sign reaches to either side.
    fn half(&self) -> f64 {
        match self.event.what {
            Happening::Said { .. } => DISC,
            Happening::Moved { .. } => HALF + 2.0,
            Happening::Met(_) | Happening::Tied { .. } => HALF,
        }
    }

    /// Returns the left end of its sign and its days.
    fn left(&self) -> f64 {
        let left = self.x - self.half();
        self.days.map_or(left, |(from, _)| left.min(from - TORN))
    }

    /// Returns the right end of its sign, its arrows if it is postponed, and its days.
    fn right(&self) -> f64 {
        let arrows = match self.event.what {
            Happening::Met(stage) if stage.status == Some(MeetingStatus::Postponed) => ARROWS,
            _ => 0.0,
        };
        let right = self.x + self.half() + arrows;
        self.days.map_or(right, |(_, to)| right.max(to + TORN))
    }

    /// Returns where a line that joins it to others ends: at its sign, or at its bar, if that begins
    /// near it.
    pub(super) fn joint(&self) -> f64 {
        let left = self.x - HALF;
        match self.days {
            Some((from, _)) if left - from <= AROUND => left.min(from - TORN),
            _ => left,
        }
    }

    /// Returns the style of what is beside it.
    pub(super) fn word(&self) -> Word {
        match self.event.what {
            Happening::Met(_) | Happening::Tied { .. } => TITLE,
            Happening::Said { .. } | Happening::Moved { .. } => ASIDE,
        }
    }

    /// Returns whether a number is written with it.
    pub(super) fn is_several(&self) -> bool {
        let is_repeated = self.issues.windows(2).any(|two| two[0] == two[1]);
        self.is_counted() || is_repeated
    }

    /// Returns whether its number of statements is written: where letters say on what they are, there
    /// are as many letters.
    pub(super) fn is_counted(&self) -> bool {
        self.count > 1 && self.beside.is_none()
    }

    /// Returns the range that it covers, with its days and what is written beside it.
    pub(super) fn extent(&self) -> (f64, f64) {
        let (left, mut right) = (self.left(), self.right());
        if self.is_counted() {
            right = right.max(self.counted() + COUNT.width(&self.count.to_string()));
        }
        let wide = |text: &str| self.word().width(text);
        match &self.beside {
            Some((text, true)) => (self.written() - wide(text), right),
            Some((text, false)) => (left, self.written() + wide(text)),
            None => (left, right),
        }
    }

    /// Returns where what is beside it begins, or ends if it stands to its left: its days are not
    /// written on, nor the lines that join it to others.
    pub(super) fn written(&self) -> f64 {
        match (&self.beside, &self.event.what) {
            (Some((_, true)), _) => self.left() - BESIDE - LINES,
            (_, Happening::Said { .. } | Happening::Moved { .. }) => self.right() + CLOSE,
            _ => self.right() + BESIDE,
        }
    }

    /// Returns where the number of statements begins.
    pub(super) fn counted(&self) -> f64 {
        self.x + DISC + 1.5
    }
}
