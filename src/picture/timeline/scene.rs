//! A timeline as a picture: one lane per actor, with time running from left to right. Meetings and ties
//! have letters and are described below; issues have small letters; statements of one date that say
//! the same share a disc.

use crate::diagram::Color;
use crate::graph::{ActorId, Entity, Graph};
use crate::picture::frame::{Body, Caption, Entry, framed};
use crate::picture::scene::{Anchor, Group, Item, Point, Scene, Stroke, Text, Word};
use crate::picture::scene::{Bounds, Form};
use crate::picture::short::{shortened, wrapped};
use crate::picture::timeline::axis::Axis;
use crate::picture::timeline::joined::joined;
use crate::picture::timeline::lanes::{
    Issues, MARGIN, Mark, NAMES, Placed, Ruler, TITLE, UPRIGHT, WIDTH, change, placed,
};
use crate::picture::timeline::legend::legend;
use crate::picture::timeline::signs::{cut, sign};
use crate::picture::timeline::told::told;
use crate::picture::timeline::{Event, Happening, Timeline, dates, text::sentence};
use crate::words::{self, counted};

const NAME: Word = Word::regular(12.0, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
/// The height of a row of signs in a lane.
const ROW: f64 = 19.0;

/// Draws a timeline.
pub fn scene(graph: &Graph, timeline: &Timeline) -> Scene {
    scene_in(graph, timeline, WIDTH)
}

/// Draws a timeline for an upright page.
pub fn upright(graph: &Graph, timeline: &Timeline) -> Scene {
    scene_in(graph, timeline, UPRIGHT)
}

fn scene_in(graph: &Graph, timeline: &Timeline, width: f64) -> Scene {
    let mut body = Body {
        width,
        height: 20.0,
        items: Vec::new(),
    };
    let mut entries = Vec::new();
    match Axis::of(timeline) {
        Some(axis) => {
            let ruler = Ruler { axis: &axis, width };
            entries = draw(graph, timeline, ruler, &mut body);
        }
        None => {
            body.items = Item::lines(
                &["Nothing dated is recorded.".to_owned()],
                0.0,
                0.0,
                Anchor::Start,
                NAME,
            )
        }
    }
    let caption = Caption {
        title: graph
            .title
            .clone()
            .unwrap_or_else(|| "What happened".to_owned()),
        subtitle: subtitle(graph, timeline),
        description: description(graph, timeline),
        legend: entries,
        notes: timeline.notes(graph),
        source: timeline.rests_on(graph),
    };
    framed(body, caption)
}

/// Says what is shown, and nothing that is not.
fn subtitle(graph: &Graph, timeline: &Timeline) -> String {
    let has =
        |wanted: fn(&Happening) -> bool| timeline.events.iter().any(|event| wanted(&event.what));
    let kinds = [
        (
            has(|what| matches!(what, Happening::Said { .. })),
            "statements",
        ),
        (
            has(|what| matches!(what, Happening::Moved { .. })),
            "changes of position",
        ),
        (has(|what| matches!(what, Happening::Met(..))), "meetings"),
        (has(|what| matches!(what, Happening::Tied { .. })), "ties"),
    ];
    let kinds = kinds.iter().filter(|(is_shown, _)| *is_shown);
    let mut kinds: Vec<String> = kinds.map(|(_, words)| (*words).to_owned()).collect();
    let issues = timeline.issues(graph);
    // One issue has no letter: the statements are all on it.
    if let ([only], [first, ..]) = (&issues[..], &mut kinds[..]) {
        *first = format!("{first} on “{}”", graph[*only].name);
    }
    let focus = timeline
        .focus
        .filter(|focus| !matches!((focus, &issues[..]), (Entity::Issue(id), [only]) if id == only));
    let around = focus.map_or(String::new(), |focus| {
        format!(" around “{}”", graph.name(focus))
    });
    format!("Along time{around}: {}", words::joined(&kinds))
}

/// The most events listed in the description for people who can't see the picture.
const DESCRIBED: usize = 100;

fn description(graph: &Graph, timeline: &Timeline) -> String {
    let lanes = counted(timeline.lanes.len(), "actor");
    let told = timeline.events.iter().map(|event| {
        format!(
            "{}: {}",
            dates::words(event.date),
            sentence(graph, timeline, event)
        )
    });
    let told: Vec<String> = told.take(DESCRIBED).collect();
    let more = timeline.events.len() - told.len();
    let more = if more > 0 {
        format!("; and {}", counted(more, "more event"))
    } else {
        String::new()
    };
    format!("A timeline of {lanes}. {}{more}.", told.join("; "))
}

/// The height above the lanes, of the dates.
const HEAD: f64 = 18.0;

/// The lanes of a timeline, with all that is in them.
pub(super) struct Lanes<'t> {
    graph: &'t Graph,
    timeline: &'t Timeline,
    names: Vec<Vec<String>>,
    pub(super) placed: Vec<Vec<Placed<'t>>>,
    /// The upper edge of each lane, and the lower edge of the last.
    tops: Vec<f64>,
    width: f64,
}

impl<'t> Lanes<'t> {
    fn new(
        graph: &'t Graph,
        timeline: &'t Timeline,
        ruler: Ruler<'_>,
        marks: &'t [Mark<'t>],
    ) -> Self {
        let lanes = 0..timeline.lanes.len();
        let placed = lanes.map(|lane| placed(graph, timeline, ruler, lane, marks));
        let placed: Vec<Vec<Placed<'_>>> = placed.collect();
        let names = timeline.lanes.iter();
        let names: Vec<&str> = names
            .map(|lane| graph.name(Entity::Actor(lane.actor)))
            .collect();
        let names = wrapped(&names, NAME, NAMES - 12.0);
        let mut tops = vec![HEAD];
        let mut top = HEAD;
        for (placed, name) in placed.iter().zip(&names) {
            let rows = placed.iter().map(|placed| placed.row + 1).max();
            let high = rows.unwrap_or(1) as f64 * ROW;
            top += high.max(name.len() as f64 * NAME.line_height()) + 6.0;
            tops.push(top);
        }
        let ends = placed
            .iter()
            .flatten()
            .map(|placed| placed.extent().1 + 4.0);
        let width = ends.fold(ruler.right() + MARGIN, f64::max);
        Lanes {
            graph,
            timeline,
            names,
            placed,
            tops,
            width,
        }
    }

    fn bottom(&self) -> f64 {
        self.tops.last().copied().unwrap_or(HEAD)
    }

    pub(super) fn center(&self, lane: usize, placed: &Placed<'_>) -> Point {
        let y = self.tops[lane] + 4.0 + (placed.row as f64 + 0.5) * ROW;
        Point::new(placed.x, y)
    }

    /// Draws the names, with a line below each lane. Those who speak for another stand further in.
    fn named(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for (nth, lines) in self.names.iter().enumerate() {
            let home = self.timeline.lanes[nth].home;
            let is_here = |home: ActorId| self.timeline.lanes.iter().any(|lane| lane.actor == home);
            let left = if home.is_some_and(is_here) { 12.0 } else { 0.0 };
            let top = self.tops[nth] + 5.0;
            items.extend(Item::lines(lines, left, top, Anchor::Start, NAME));
            let bottom = self.tops[nth + 1];
            items.push(Item::line(
                Point::new(0.0, bottom),
                Point::new(self.width, bottom),
                Stroke::solid(Color::Faint, 0.5),
            ));
        }
        items
    }

    /// Draws what is in the lanes.
    fn signs(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for (lane, placed) in self.placed.iter().enumerate() {
            let actor = self
                .graph
                .id(Entity::Actor(self.timeline.lanes[lane].actor));
            items.extend(placed.iter().map(|placed| {
                let date = dates::words(placed.event.date);
                let sentence = sentence(self.graph, self.timeline, placed.event);
                Item::Group(Group {
                    class: "event",
                    data: vec![("actor", actor.to_owned()), about(self.graph, placed.event)],
                    tooltip: vec![format!("{date}: {sentence}")],
                    items: sign(placed, self.center(lane, placed)),
                    ..Group::default()
                })
            }));
        }
        items
    }
}

/// Returns the id of the issue or meeting that an event is about, for the page.
fn about(graph: &Graph, event: &Event) -> (&'static str, String) {
    let issue = |id| ("issue", graph.id(Entity::Issue(id)).to_owned());
    match &event.what {
        Happening::Said { id, .. } => issue(graph[*id].issue),
        Happening::Moved { issue: id, .. } => issue(*id),
        Happening::Met(stage) => ("meeting", graph.id(Entity::Meeting(stage.id)).to_owned()),
        Happening::Tied { id, .. } => ("tie", graph[*id].kind.word().to_string()),
    }
}

/// Draws the lanes, and lists what has a key. Returns the legend.
fn draw(graph: &Graph, timeline: &Timeline, ruler: Ruler<'_>, body: &mut Body) -> Vec<Entry> {
    let issues = issues(graph, timeline);
    let marks = marks(graph, timeline, &issues);
    let lanes = Lanes::new(graph, timeline, ruler, &marks);
    rule(ruler, (lanes.width, lanes.bottom()), HEAD, &mut body.items);
    body.width = lanes.width;
    body.items.extend(lanes.named());
    let (below, above) = joined(&lanes, &marks);
    body.items.extend(below);
    body.items.extend(lanes.signs());
    body.items.extend(above);
    body.height = lanes.bottom() + 10.0;
    told(graph, timeline, &marks, body);
    legend(graph, timeline, ruler.axis, &lanes.placed, &issues)
}

/// Returns the letters of the issues, by name; none if there is but one.
fn issues(graph: &Graph, timeline: &Timeline) -> Issues {
    let issues = timeline.issues(graph);
    let lettered = issues.iter().zip(1..).filter(|_| issues.len() > 1);
    let lettered = lettered.map(|(id, nth)| (*id, letters(nth).to_lowercase()));
    lettered.collect()
}

/// Returns a number, counted from 1, in letters: A to Z, AA, AB and so on.
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'A' + (number % 26) as u8));
        number /= 26;
    }
    letters.into_iter().rev().collect()
}

/// The most meetings that have their titles beside them, and how wide these may be.
const TITLED: usize = 5;
const TITLE_WIDTH: f64 = 170.0;

/// Returns what is written of each event. Meetings have their titles beside them where there are few,
/// none at one place.
fn marks<'t>(graph: &Graph, timeline: &'t Timeline, issues: &'t Issues) -> Vec<Mark<'t>> {
    let title = |event: &Event| match &event.what {
        Happening::Met(stage) => Some(graph[stage.id].title.to_string()),
        _ => None,
    };
    let titles: Vec<String> = timeline.events.iter().filter_map(title).collect();
    let has_room = titles.len() <= TITLED;
    let mut titles = shortened(&titles, TITLE, TITLE_WIDTH).into_iter();
    let mut keys = (1..).map(letters);
    let mark = |event: &'t Event| {
        let issue = event.what.issue(graph).and_then(|id| issues.get(&id));
        let issue = issue.map_or("", String::as_str);
        let (key, title) = match &event.what {
            Happening::Said { .. } => (None, None),
            Happening::Moved { from, to, .. } => {
                let change = change(from.as_ref(), to.as_ref());
                (Some(issue.to_owned()), Some(change))
            }
            Happening::Met(_) => (keys.next(), titles.next().filter(|_| has_room)),
            Happening::Tied { .. } => (keys.next(), None),
        };
        Mark {
            event,
            key: key.unwrap_or_default(),
            issue,
            title,
        }
    };
    timeline.events.iter().map(mark).collect()
}

/// How far a date may stand aside, and how far the axis is cut from where time runs evenly.
const MOVED: f64 = 12.0;
const CUT: f64 = 8.0;

/// Draws the axis, and the ground of what is drawn shorter.
fn rule(ruler: Ruler<'_>, (width, bottom): (f64, f64), head: f64, items: &mut Vec<Item>) {
    for stretch in ruler.axis.shorter() {
        let (from, to) = (ruler.x_at(stretch.ends.0), ruler.x_at(stretch.ends.1));
        let ground = Bounds::new(from, head, to - from, bottom - head);
        items.push(Item::shape(
            Form::Rect(ground, 0.0),
            Some(Color::Panel),
            None,
        ));
    }
    let (mut end, mut year) = (0.0, String::new());
    for (day, label) in ruler.axis.ticks(9) {
        let x = ruler.x_of(day);
        items.push(Item::line(
            Point::new(x, head - 3.0),
            Point::new(x, bottom),
            Stroke::solid(Color::Faint, 0.5),
        ));
        // The year is said once.
        let short = match label.rsplit_once(' ') {
            Some((short, same)) if same == year => short,
            _ => &label,
        };
        let half = SMALL.width(short) / 2.0;
        // A label may stand a little aside.
        let middle = x.min(width - half).max((end + half).min(x + MOVED));
        if middle - half >= end {
            let at = Point::new(middle, head - 6.0);
            items.push(Item::Text(Text::new(at, Anchor::Middle, SMALL, short)));
            end = middle + half + 8.0;
            year = label.rsplit(' ').next().unwrap_or_default().to_owned();
        }
    }
    items.push(Item::line(
        Point::new(0.0, head),
        Point::new(width, head),
        Stroke::solid(Color::Muted, 1.0),
    ));
    for stretch in ruler.axis.shorter() {
        // The dates on it are legible.
        let at = match stretch.ends.0 > 0.0 {
            true => ruler.x_at(stretch.ends.0) + CUT,
            false => ruler.x_at(stretch.ends.1) - CUT,
        };
        items.extend(cut(Point::new(at, head)));
    }
}
