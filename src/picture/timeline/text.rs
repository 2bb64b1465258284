//! A timeline in characters: one line per lane, with time running from left to right; below,
//! changes of position and meetings in order.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::graph::{Entity, Graph, Verdict};
use crate::model::{Day, MeetingStatus, Period, Position};
use crate::picture::columns::{Strip, hanging, lines, listed, padded};
use crate::picture::sign::{OFFERED, Sign};
use crate::picture::timeline::axis::Axis;
use crate::picture::timeline::{At, Event, Happening, Timeline, dates};
use crate::query::Part;
use crate::words::{verdict_word, width};

/// Writes a timeline for a terminal `at_most` columns wide.
pub fn text(graph: &Graph, timeline: &Timeline, at_most: usize) -> String {
    let Some(axis) = Axis::of(timeline) else {
        return "Nothing dated is recorded.\n".to_owned();
    };
    let mut out = String::new();
    let named = |lane: usize| {
        let lane = timeline.lanes[lane];
        let indent = if lane
            .home
            .is_some_and(|home| timeline.lanes.iter().any(|other| other.actor == home))
        {
            "  "
        } else {
            ""
        };
        format!("{indent}{}", graph[lane.actor].name)
    };
    let longest = (0..timeline.lanes.len())
        .map(|lane| width(&named(lane)))
        .max()
        .unwrap_or(0);
    let names = longest.min((at_most / 3).max(8));
    let room = at_most.saturating_sub(names + 1).max(10);
    let column = |day: Day| column(&axis, room, day);
    let mut labels = Strip::new(room);
    let mut rule = Strip::new(room);
    for at in 0..room {
        rule.put(at, '─');
    }
    for stretch in axis.shorter() {
        for at in column(stretch.days.from)..=column(stretch.days.to) {
            rule.put(at, '╌');
        }
    }
    for (day, label) in axis.ticks((room / 9).max(2)) {
        let at = column(day);
        rule.put(at, '┬');
        labels.fit(at, &label);
    }
    let _ = writeln!(out, "{} {labels}", " ".repeat(names));
    let _ = writeln!(out, "{} {rule}", " ".repeat(names));
    for lane in 0..timeline.lanes.len() {
        let strips = strips(graph, timeline, &axis, room, lane);
        let name = lines(&named(lane), names);
        for nth in 0..strips.len().max(name.len()) {
            let name = padded(name.get(nth).map_or("", String::as_str), names);
            let strip = strips.get(nth).map(Strip::to_string).unwrap_or_default();
            let _ = writeln!(out, "{}", format!("{name} {strip}").trim_end());
        }
    }
    let mut legend = legend(graph, timeline);
    legend.extend(axis.shorter().next().map(|_| format!("╌ {SHORTER}")));
    let _ = writeln!(out, "\n{}", listed(&legend, at_most));
    told(&mut out, graph, timeline, at_most);
    out
}

fn column(axis: &Axis, room: usize, day: Day) -> usize {
    (axis.along(day) * (room - 1) as f64).round() as usize
}

/// Returns the lines of a lane. Marks of one place that differ stand below each other, in order of
/// time; one mark stands for all that are alike.
fn strips(graph: &Graph, timeline: &Timeline, axis: &Axis, room: usize, lane: usize) -> Vec<Strip> {
    let events = || {
        let events = timeline.events.iter();
        events.filter(|event| event.lanes.contains(&lane))
    };
    let mut strips = vec![Strip::new(room)];
    for event in events() {
        stretch(&mut strips[0], axis, event);
    }
    for event in events() {
        let Period { from, to } = event.period();
        // Where something began is known sooner than on which of its days it happened.
        let at = column(axis, room, if from == Day::FIRST { to } else { from });
        let own = symbol(event, timeline.part(graph, event, lane));
        let is_free = |strip: &Strip| [' ', '┄', '━', own].contains(&strip.get(at));
        let nth = strips.iter().position(is_free).unwrap_or(strips.len());
        if nth == strips.len() {
            strips.push(Strip::new(room));
        }
        strips[nth].put(at, own);
    }
    strips
}

/// Draws the days that something lasted, or on one of which it happened.
fn stretch(strip: &mut Strip, axis: &Axis, event: &Event) {
    let period = event.period();
    let line = if event.is_unsure() { '┄' } else { '━' };
    let (from, to) = (
        column(axis, strip.width(), period.from),
        column(axis, strip.width(), period.to),
    );
    for at in from..=to {
        if strip.get(at) == ' ' || line == '━' {
            strip.put(at, line);
        }
    }
}

/// The mark of a change of position.
const CHANGE: char = '◆';
/// The mark of a plan that no longer stands.
const ONCE_PLANNED: char = '▫';

/// The mark of an offer.
const OFFER: char = '◌';
/// The mark of a tie.
const TIE: char = '&';
/// The mark of a letter.
const LETTER: char = '≡';

/// Returns the symbol of an event in the lane of an actor with this part in it.
fn symbol(event: &Event, part: Part) -> char {
    match event.what {
        Happening::Said { by: Some(_), .. } => '~',
        Happening::Said { is_offer: true, .. } => OFFER,
        Happening::Said { ref sign, .. } => match sign.verdict {
            Verdict::Stands(Position::StronglySupports | Position::Supports) => '+',
            Verdict::Stands(Position::StronglyOpposes | Position::Opposes) => '-',
            Verdict::Stands(Position::At(_)) => '#',
            Verdict::Stands(Position::Mixed) => '±',
            _ => '○',
        },
        Happening::Met(stage) if stage.is_letter => LETTER,
        Happening::Met(..) if part == Part::Invited => '?',
        Happening::Met(..) if part == Part::Declined => '/',
        Happening::Moved { .. } => CHANGE,
        Happening::Tied { .. } => TIE,
        Happening::Met(stage) if stage.is_over => ONCE_PLANNED,
        Happening::Met(stage) => match stage.status {
            Some(MeetingStatus::Held) => '■',
            Some(MeetingStatus::Planned | MeetingStatus::Invited) => '□',
            Some(MeetingStatus::Postponed) => '»',
            Some(MeetingStatus::Cancelled | MeetingStatus::Refused) => '×',
            None => '?',
        },
    }
}

/// The words for what another said of an actor.
pub(super) const ATTRIBUTED: &str = "said of it by another: not counted";

/// The symbols and their meanings, for the legend.
pub(super) const MEANINGS: [(char, &str); 17] = [
    ('+', "statement for"),
    ('-', "statement against"),
    ('○', concat!(verdict_word!(neutral), " statement")),
    ('#', "a number on the issue's own scale"),
    ('±', concat!(verdict_word!(mixed), " statement")),
    ('~', ATTRIBUTED),
    (OFFER, OFFERED),
    (CHANGE, "change of position"),
    ('■', "meeting held"),
    (LETTER, "in writing: nobody met"),
    ('□', "meeting planned, or asked for"),
    (
        ONCE_PLANNED,
        "meeting once planned, or asked for: no longer",
    ),
    ('»', "meeting postponed"),
    ('×', "meeting cancelled or refused"),
    ('?', "only invited: no answer known"),
    ('/', "declined the invitation"),
    (TIE, "tie: from then on, or until then"),
];

/// The words for an event on some day of a period.
pub(super) const SOME_DAY: &str = "some day within this time";
/// The words for a line that joins actors.
#[cfg(feature = "pictures")]
pub(super) const JOINED: &str = "has a part in it";
/// The words for a bar with torn ends, and for one with an arrowhead.
#[cfg(feature = "pictures")]
pub(super) const ABOUT: &str = "perhaps, or about this time";
#[cfg(feature = "pictures")]
pub(super) const OPEN: &str = "then or beyond: no limit is known";
/// The words for an event that lasts a whole period.
pub(super) const ALL_DAYS: &str = "all of this time";

/// The words for time that takes less of the axis.
pub(super) const SHORTER: &str = "a longer time, drawn shorter";

/// Returns the symbols of all events, with the actors' parts.
pub(super) fn symbols<'t>(
    graph: &'t Graph,
    timeline: &'t Timeline,
) -> impl Iterator<Item = (char, &'t Event, Part)> {
    timeline.events.iter().flat_map(move |event| {
        event.lanes.iter().map(move |lane| {
            let part = timeline.part(graph, event, *lane);
            (symbol(event, part), event, part)
        })
    })
}

fn legend(graph: &Graph, timeline: &Timeline) -> Vec<String> {
    let used: BTreeSet<char> = symbols(graph, timeline)
        .map(|(symbol, ..)| symbol)
        .collect();
    let mut legend: Vec<String> = MEANINGS
        .iter()
        .filter(|(symbol, _)| used.contains(symbol))
        .map(|(symbol, words)| format!("{symbol} {words}"))
        .collect();
    if timeline.events.iter().any(Event::is_unsure) {
        legend.push(format!("┄ {SOME_DAY}"));
    }
    if timeline
        .events
        .iter()
        .any(|event| !event.is_unsure() && event.period().from != event.period().to)
    {
        legend.push(format!("━ {ALL_DAYS}"));
    }
    legend
}

/// Lists changes of position and meetings in order. Statements are too many; `demarche timeline`
/// lists them.
fn told(out: &mut String, graph: &Graph, timeline: &Timeline, at_most: usize) {
    let mut first = true;
    for event in timeline
        .events
        .iter()
        .filter(|event| !matches!(event.what, Happening::Said { .. }))
    {
        if std::mem::take(&mut first) {
            out.push('\n');
        }
        let line = format!(
            "{} {} {}",
            symbol(event, Part::Participant),
            dates::words(event.date),
            sentence(graph, timeline, event)
        );
        let _ = writeln!(out, "{}", hanging(&line, at_most, 2));
    }
}

/// Describes an event in words.
pub(super) fn sentence(graph: &Graph, timeline: &Timeline, event: &Event) -> String {
    let name = |lane: &usize| graph.name(Entity::Actor(timeline.lanes[*lane].actor));
    let names = || event.lanes.iter().map(name).collect::<Vec<_>>().join(", ");
    match &event.what {
        Happening::Said { id, by, .. } => {
            let stance = &graph[*id];
            let position = match (stance.position, stance.condition()) {
                (Some(position), Some(condition)) => position.would(condition),
                (position, _) => position.map_or(String::new(), crate::picture::sign::words),
            };
            let by = by.map_or(String::new(), |by| {
                format!(" (said by {}: not counted)", graph.name(Entity::Actor(by)))
            });
            format!(
                "{} on {}: {position}{by}",
                names(),
                graph[stance.issue].name
            )
        }
        Happening::Moved { issue, from, to } => {
            let words = |sign: &Option<Sign>| match sign {
                None => Verdict::Unknown.word(),
                // Write "from 40 to 60", not "from at 40".
                Some(sign) => sign.words().trim_start_matches("at ").to_owned(),
            };
            format!(
                "{} on {}: from {} to {}",
                names(),
                graph[*issue].name,
                words(from),
                words(to)
            )
        }
        Happening::Met(stage) => {
            let status = match stage.status {
                Some(status) => status.word().to_owned(),
                None => graph[stage.id].status_words(),
            };
            let day = timeline.terms.day;
            let is_past = day.is_some_and(|day| event.date.period().to < day);
            let once = match stage.at {
                _ if stage.is_over => "once ",
                At::Meeting if is_past && stage.status.is_some_and(MeetingStatus::is_plan) => {
                    "was "
                }
                _ => "",
            };
            let when = match stage.at {
                At::Meeting => "",
                At::Set if stage.status == Some(MeetingStatus::Planned) => " from that day on",
                At::Set => " on that day",
                At::Told => " by that day",
            };
            let mut with: BTreeMap<Part, Vec<&str>> = BTreeMap::new();
            for lane in &event.lanes {
                with.entry(timeline.part(graph, event, *lane))
                    .or_default()
                    .push(name(lane))
            }
            let parts = with.into_iter().map(|(part, names)| match part {
                Part::Participant => names.join(", "),
                Part::Invited => format!("invited: {}", names.join(", ")),
                Part::Declined => format!("declined: {}", names.join(", ")),
            });
            let writing = if stage.is_letter { "in writing, " } else { "" };
            let more = match event.more {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!(
                "{writing}{once}{status}{when}: {} ({}{more})",
                graph[stage.id].title,
                parts.collect::<Vec<_>>().join("; ")
            )
        }
        Happening::Tied { id, is_end, .. } => {
            let tie = &graph[*id];
            let [from, to] = [tie.from, tie.to].map(|actor| graph.name(Entity::Actor(actor)));
            let when = if *is_end { "until then" } else { "since then" };
            format!("{from} and {to}: {}, {when}", tie.kind.word())
        }
    }
}
