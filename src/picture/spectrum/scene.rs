//! Spectra as a picture: an axis, with actors as rings along it; of several issues, each is a row. A ring's size shows the
//! power and its fill the salience. There are as many rows as needed for no name to overlap
//! another.

use crate::diagram::Color;
use crate::diagram::Words;
use crate::graph::{Entity, Graph};
use crate::model::Position;
use crate::picture::frame::{Body, Caption, Entry, framed};
use crate::picture::roster::Roster;
use crate::picture::scene::{Anchor, Form, Item, Point, Scene, Stroke};
use crate::picture::sign::{CONTESTED, NO_POSITION, NUMBER, OFFERED, short_number, words};
use crate::picture::spectrum::marks::{
    JOIN, Known, LARGEST, LARGEST_OF_MANY, USUAL, halo, hollow, square, stroke, wedge,
};
use crate::picture::spectrum::panel::{NAME, Panel};
use crate::picture::spectrum::{Placed, Spectrum, about_rules, in_a_row, several};
use crate::words::{by_number, counted};

/// Draws one spectrum, or several on one axis.
pub fn scene(graph: &Graph, roster: &Roster, spectra: &[Spectrum]) -> Scene {
    scene_in(graph, roster, spectra, Size::USUAL)
}

/// The size of several issues.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) width: f64,
    /// Whether dots are small, so that rows are low.
    pub(super) is_close: bool,
}

impl Size {
    pub(super) const USUAL: Size = Size {
        width: 900.0,
        is_close: false,
    };
}

/// Draws one spectrum, or several on one axis, those in this size.
pub(super) fn scene_in(graph: &Graph, roster: &Roster, spectra: &[Spectrum], size: Size) -> Scene {
    let placed = || spectra.iter().flat_map(|spectrum| &spectrum.placed);
    let is_close = size.is_close || spectra.iter().any(several::is_crowded);
    let known = Known {
        power: most_power(graph, placed()),
        largest: match spectra.len() > 1 && is_close {
            true => LARGEST_OF_MANY,
            false => LARGEST,
        },
        salience: placed().any(|placed| placed.salience.is_some()),
    };
    let (body, unnamed) = body(graph, roster, spectra, known, size.width);
    // One axis of many issues has no room for rules; that of one shows them.
    let (subtitle, ruled) = match spectra.len() {
        ..=1 => ("Where actors stand", spectra),
        _ => ("Where actors stand, an issue a row", &[][..]),
    };
    let untitled = || "Who stands where".to_owned();
    let notes = about_rules(graph, ruled).into_iter();
    let notes = notes.chain(without_name(unnamed));
    let caption = Caption {
        title: graph.title.clone().unwrap_or_else(untitled),
        subtitle: subtitle.to_owned(),
        description: description(graph, spectra),
        legend: legend(spectra, known),
        notes: notes.chain(roster.notes_but_unknown(graph)).collect(),
        source: roster.rests_on(graph),
    };
    framed(body, caption)
}

/// Returns the greatest power of any actor, so that of few actors the most powerful is not drawn as if
/// nobody were more powerful; `None` if that of none that is drawn is known.
fn most_power<'p>(graph: &Graph, placed: impl Iterator<Item = &'p Placed>) -> Option<f64> {
    let drawn = placed.filter_map(|placed| placed.power).reduce(f64::max)?;
    let all = graph.actors.iter().filter_map(|actor| actor.power);
    Some(all.fold(drawn, f64::max))
}

/// Draws what is in the frame; returns also the number of dots without names.
fn body(
    graph: &Graph,
    roster: &Roster,
    spectra: &[Spectrum],
    known: Known,
    width: f64,
) -> (Body, usize) {
    let mut words = Words::new(graph);
    let lines = roster.by_pair();
    let body = |width: f64, height: f64, items: Vec<Item>| Body {
        width,
        height,
        items,
    };
    match spectra {
        [] => {
            let nothing = [NO_POSITION.to_owned()];
            let items = Item::lines(&nothing, 0.0, 0.0, Anchor::Start, NAME);
            (body(width, 20.0, items), 0)
        }
        [spectrum] => {
            let mut panel = Panel::of(spectrum, known);
            panel.draw(graph, &lines, spectrum, &mut words);
            (body(panel.axis.width, panel.y, panel.items), 0)
        }
        _ => {
            let drawn = several::rows(graph, &lines, spectra, known, &mut words, width);
            let body = body(width, drawn.height, drawn.items);
            (body, drawn.unnamed)
        }
    }
}

/// Says how many actors stand on the axis without a name.
fn without_name(unnamed: usize) -> Option<String> {
    (unnamed > 0).then(|| {
        let dots = counted(unnamed, "dot");
        let have = by_number(unnamed, "has", "have");
        format!("{dots} {have} no name for want of room: the picture of one issue alone names all.")
    })
}

/// Returns an entry for every sign that is shown.
fn legend(spectra: &[Spectrum], known: Known) -> Vec<Entry> {
    let placed: Vec<&Placed> = spectra
        .iter()
        .flat_map(|spectrum| &spectrum.placed)
        .collect();
    let mut legend = sizes(&placed, known);
    let is_number = |placed: &&Placed| matches!(placed.position, Position::At(_));
    legend.extend(placed.iter().any(is_number).then(|| {
        let stroke = Stroke::solid(Color::Number, 1.5);
        let ring = Form::Circle(MIDDLE, 6.5);
        entry(
            vec![Item::shape(ring, Some(Color::Page), Some(stroke))],
            NUMBER,
        )
    }));
    let offer = spectra.iter().flat_map(|spectrum| &spectrum.offers).next();
    legend.extend(
        offer.map(|(_, offer)| entry(vec![hollow(offer.position, MIDDLE, USUAL)], OFFERED)),
    );
    for (letter, words) in [('Q', "status quo"), ('O', "outcome")] {
        let mut points = spectra.iter().flat_map(|spectrum| &spectrum.points);
        let is_shown = points.any(|point| point.letter == letter);
        let (from, to) = (Point::new(18.0, -1.0), Point::new(18.0, 16.0));
        legend.extend(is_shown.then(|| entry(vec![Item::line(from, to, stroke(letter))], words)));
    }
    let mut contested = spectra.iter().flat_map(Spectrum::contested);
    legend.extend(contested.next().map(|_| {
        let line = Item::line(Point::new(6.0, 8.0), Point::new(30.0, 8.0), JOIN);
        let ends = [(6.0, Color::Opposes), (30.0, Color::Supports)];
        let ends = ends.map(|(x, fill)| square(Point::new(x, 8.0), fill));
        entry([line].into_iter().chain(ends).collect(), CONTESTED)
    }));
    if let [Spectrum { rules, .. }] = spectra
        && !rules.is_empty()
    {
        let wedge = Form::Path(wedge(Point::new(18.0, 3.5)));
        let sample = vec![Item::shape(wedge, Some(Color::Mixed), None)];
        legend.push(entry(
            sample,
            "what a rule computes from these positions: no forecast",
        ));
    }
    legend
}

/// The middle of a sample.
const MIDDLE: Point = Point::new(18.0, 8.0);

/// Returns the entries that say what the sizes and fills of rings mean.
fn sizes(placed: &[&Placed], known: Known) -> Vec<Entry> {
    let circle = |at: Point, radius: f64, fill: Option<Color>| {
        let stroke = Stroke::solid(Color::Muted, 1.5);
        Item::shape(Form::Circle(at, radius), fill, Some(stroke))
    };
    let mut legend = Vec::new();
    if let Some(most) = known.power {
        let small = circle(Point::new(8.0, 8.0), 4.0, None);
        let large = circle(Point::new(25.0, 8.0), 9.0, None);
        let words = format!("area: power, up to {}", short_number(most));
        legend.push(entry(vec![small, large], &words));
        if placed.iter().any(|placed| placed.power.is_none()) {
            let sample = vec![circle(MIDDLE, 5.0, None), halo(MIDDLE, 5.0)];
            legend.push(entry(sample, "power unknown"));
        }
    }
    if known.salience {
        let inner = Item::shape(Form::Circle(MIDDLE, 4.5), Some(Color::Muted), None);
        let sample = vec![circle(MIDDLE, 7.5, None), inner];
        legend.push(entry(
            sample,
            "filled: how much the issue matters to the actor",
        ));
        if placed.iter().any(|placed| placed.salience.is_none()) {
            let sample = vec![circle(MIDDLE, 7.5, Some(Color::SoftNeutral))];
            legend.push(entry(sample, "how much it matters is unknown"));
        }
    }
    legend
}

fn entry(sample: Vec<Item>, words: &str) -> Entry {
    Entry {
        sample,
        words: words.to_owned(),
    }
}

fn description(graph: &Graph, spectra: &[Spectrum]) -> String {
    let mut text = String::new();
    for spectrum in spectra {
        let placed = spectrum.placed.iter().map(|placed| {
            format!(
                "{} {}",
                graph.name(Entity::Actor(placed.actor)),
                words(placed.position)
            )
        });
        let beside = spectrum.beside(graph).into_iter().map(|(beside, who)| {
            let what = beside.word(graph, spectrum.issue);
            format!("{what}: {}", in_a_row(&who))
        });
        let points = spectrum.points.iter().map(|point| point.label.clone());
        let rules = spectrum.ruled().into_iter().map(|(_, words)| words);
        let all: Vec<String> = placed.chain(points).chain(rules).chain(beside).collect();
        let ends = if spectrum.question.is_some() {
            "from opponents to supporters"
        } else {
            "from low to high"
        };
        text.push_str(&format!(
            "{}, {ends}: {}. ",
            graph[spectrum.issue].name,
            all.join("; ")
        ));
    }
    text.trim_end().to_owned()
}
