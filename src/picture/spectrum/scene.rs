//! Spectra as a picture: an axis, with actors as rings along it; of several issues, each is a row. A ring's size shows the
//! power and its fill the salience. There are as many rows as needed for no name to overlap
//! another.

use crate::diagram::Words;
use crate::diagram::{Color, Dash};
use crate::graph::{Entity, Graph};
use crate::model::Position;
use crate::picture::frame::{Body, Caption, Entry, framed};
use crate::picture::scene::{Anchor, Form, Item, Point, Scene, Stroke};
use crate::picture::scope::Scope;
use crate::picture::sign::{CONTESTED, NO_POSITION, NUMBER, OFFERED, short_number, words};
use crate::picture::spectrum::label::WIDTH;
use crate::picture::spectrum::marks::{Known, USUAL, halo, hollow, square, stroke, wedge};
use crate::picture::spectrum::panel::{NAME, Panel};
use crate::picture::spectrum::{Spectrum, about_rules, several};

/// Draws one spectrum, or several on one axis.
pub fn scene(graph: &Graph, scope: &Scope, spectra: &[Spectrum]) -> Scene {
    let mut words = Words::new(graph);
    let lines = scope.by_pair();
    let mut items = Vec::new();
    let mut y = 0.0;
    let placed = || spectra.iter().flat_map(|spectrum| &spectrum.placed);
    let known = Known {
        power: placed().filter_map(|placed| placed.power).reduce(f64::max),
        salience: placed().any(|placed| placed.salience.is_some()),
    };
    let width = if spectra.len() > 1 {
        several::WIDTH
    } else {
        WIDTH
    };
    if spectra.len() > 1 {
        (items, y) = several::rows(graph, &lines, spectra, known, &mut words);
    }
    for spectrum in spectra.iter().filter(|_| spectra.len() == 1) {
        let mut panel = Panel {
            items: Vec::new(),
            y,
            known,
        };
        panel.draw(graph, &lines, spectrum, &mut words);
        y = panel.y;
        items.extend(panel.items);
    }
    if spectra.is_empty() {
        items.extend(Item::lines(
            &[NO_POSITION.to_owned()],
            0.0,
            0.0,
            Anchor::Start,
            NAME,
        ));
        y = 20.0;
    }
    // One axis of many issues has no room for rules; that of one shows them.
    let ruled = if spectra.len() > 1 { &[] } else { spectra };
    let caption = Caption {
        title: graph
            .title
            .clone()
            .unwrap_or_else(|| "Who stands where".to_owned()),
        subtitle: if spectra.len() > 1 {
            "Where actors stand, an issue a row"
        } else {
            "Where actors stand"
        }
        .to_owned(),
        description: description(graph, spectra),
        legend: legend(spectra, known),
        notes: about_rules(graph, ruled)
            .into_iter()
            .chain(scope.notes_but_unknown(graph))
            .collect(),
        source: scope.rests_on(graph),
    };
    framed(
        Body {
            width,
            height: y,
            items,
        },
        caption,
    )
}

fn legend(spectra: &[Spectrum], known: Known) -> Vec<Entry> {
    let middle = Point::new(18.0, 8.0);
    let circle = |at: Point, radius: f64, fill: Option<Color>| {
        Item::shape(
            Form::Circle(at, radius),
            fill,
            Some(Stroke::solid(Color::Muted, 1.5)),
        )
    };
    let mut legend = Vec::new();
    let mut entry = |sample: Vec<Item>, words: &str| {
        legend.push(Entry {
            sample,
            words: words.to_owned(),
        })
    };
    let placed = || spectra.iter().flat_map(|spectrum| &spectrum.placed);
    if let Some(most) = known.power {
        entry(
            vec![
                circle(Point::new(8.0, 8.0), 4.0, None),
                circle(Point::new(25.0, 8.0), 9.0, None),
            ],
            &format!("area: power, at most {}", short_number(most)),
        );
        if placed().any(|placed| placed.power.is_none()) {
            entry(
                vec![circle(middle, 5.0, None), halo(middle, 5.0)],
                "power unknown",
            );
        }
    }
    if known.salience {
        let inner = Item::shape(Form::Circle(middle, 4.5), Some(Color::Muted), None);
        entry(
            vec![circle(middle, 7.5, None), inner],
            "filled: how much the issue matters to the actor",
        );
        if placed().any(|placed| placed.salience.is_none()) {
            entry(
                vec![circle(middle, 7.5, Some(Color::SoftNeutral))],
                "how much it matters is unknown",
            );
        }
    }
    if placed().any(|placed| matches!(placed.position, Position::At(_))) {
        entry(
            vec![Item::shape(
                Form::Circle(middle, 6.5),
                Some(Color::Page),
                Some(Stroke::solid(Color::Number, 1.5)),
            )],
            NUMBER,
        );
    }
    if let Some((_, offer)) = spectra.iter().flat_map(|spectrum| &spectrum.offers).next() {
        entry(vec![hollow(offer.position, middle, USUAL)], OFFERED);
    }
    let points = [('Q', "status quo"), ('O', "outcome")];
    for (letter, words) in points {
        if spectra
            .iter()
            .flat_map(|spectrum| &spectrum.points)
            .any(|point| point.letter == letter)
        {
            entry(
                vec![Item::line(
                    Point::new(18.0, -1.0),
                    Point::new(18.0, 16.0),
                    stroke(letter),
                )],
                words,
            );
        }
    }
    if spectra
        .iter()
        .any(|spectrum| spectrum.contested().next().is_some())
    {
        let join = Stroke {
            color: Color::Contested,
            width: 1.2,
            dash: Dash::Dotted,
        };
        let line = Item::line(Point::new(6.0, 8.0), Point::new(30.0, 8.0), join);
        let ends = [(6.0, Color::Opposes), (30.0, Color::Supports)]
            .map(|(x, fill)| square(Point::new(x, 8.0), fill));
        entry([line].into_iter().chain(ends).collect(), CONTESTED);
    }
    if spectra.len() == 1 && !spectra[0].rules.is_empty() {
        let wedge = Form::Path(wedge(Point::new(18.0, 3.5)));
        entry(
            vec![Item::shape(wedge, Some(Color::Mixed), None)],
            "where a rule would put the outcome",
        );
    }
    legend
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
            format!("{what}: {}", who.join(", "))
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
