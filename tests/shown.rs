//! What a picture shows is what is said: dots stand in their places, labels mean the row they stand in, the legend has every
//! colour, and on a page the text can be read.
#![cfg(feature = "pictures")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

#[path = "pictures/sized.rs"]
mod sized;

use demarche::graph::{Graph, Lens};
use demarche::model::Day;
use demarche::picture::roster::{Room, roster};
use demarche::picture::{
    Color, Drawing, Form, Format, Item, Point, Scene, View, draw, matrix, spectrum, timeline,
};
use demarche::query::Excerpt;

const LENS: Lens = Lens::as_of(Day::LAST);

/// A graph of as many actors as these statements name, each `actor issue position`, on these issues.
fn graph(issues: &str, stances: &[String]) -> Graph {
    let actors = stances
        .iter()
        .map(|stance| stance.split(' ').next().unwrap());
    let actors: std::collections::BTreeSet<&str> = actors.collect();
    let actors = actors
        .iter()
        .map(|id| format!("\"{id}\": (name: \"Actor {id}\", kind: State), "));
    let stances = stances.iter().map(|stance| {
        let said: Vec<&str> = stance.split(' ').collect();
        let [actor, issue, position] = said[..] else {
            panic!("{stance}")
        };
        format!("(actor: \"{actor}\", issue: \"{issue}\", position: {position}, date: \"2024\"), ")
    });
    let text = format!(
        "Graph(actors: {{ {} }}, issues: {{ {issues} }}, stances: [{}])",
        actors.collect::<String>(),
        stances.collect::<String>()
    );
    let (graph, mistakes) = demarche::resolve::read("a.ron", &text);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    graph
}

const ISSUES: &str = "\"x\": (name: \"X\", question: \"Is it?\"), \"y\": (name: \"Y\", question: \"Is it?\"), \
                      \"z\": (name: \"Z\", question: \"Is it?\", levels: 2)";

fn said(actors: usize, issue: &str, position: &str) -> Vec<String> {
    let actors = 0..actors;
    actors
        .map(|nth| format!("a{nth} {issue} {position}"))
        .collect()
}

fn whole(graph: &Graph) -> demarche::picture::roster::Roster {
    let room = Room {
        actors: 100,
        issues: 100,
    };
    roster(graph, LENS, &Excerpt::default(), room)
}

fn spectra(graph: &Graph) -> Scene {
    let roster = whole(graph);
    let spectra = spectrum::spectra(graph, LENS, &roster).unwrap();
    spectrum::scene(graph, &roster, &spectra)
}

fn texts(scene: &Scene) -> Vec<&str> {
    let texts = scene.texts();
    texts.iter().map(|(text, _)| text.text.as_str()).collect()
}

/// Every shape with the classes it is in and its place.
fn shapes<'s>(
    items: &'s [Item],
    at: Point,
    within: &[&'static str],
    found: &mut Vec<(Vec<&'static str>, Point, &'s Item)>,
) {
    for item in items {
        match item {
            Item::Group(group) => {
                let within: Vec<&str> = within.iter().copied().chain([group.class]).collect();
                shapes(&group.items, at.plus(group.at), &within, found);
            }
            Item::Shape(_) => found.push((within.to_vec(), at, item)),
            Item::Text(_) => {}
        }
    }
}

fn all_shapes(scene: &Scene) -> Vec<(Vec<&'static str>, Point, &Item)> {
    let mut found = Vec::new();
    shapes(&scene.items, Point::default(), &[], &mut found);
    found
}

#[test]
fn a_row_with_other_levels_has_labels_of_its_own() {
    let stances = [
        said(2, "x", "Supports"),
        said(2, "y", "StronglyOpposes"),
        said(2, "z", "Supports"),
    ];
    let scene = spectra(&graph(ISSUES, &stances.concat()));
    let count = |wanted: &str| texts(&scene).iter().filter(|text| **text == wanted).count();
    // At the right end of the third row, “supports” is as far as it goes.
    assert_eq!(
        (count("supports"), count("opposes")),
        (2, 2),
        "{:?}",
        texts(&scene)
    );
    assert_eq!(count("strongly supports"), 1);
    let at = |wanted: &str| {
        let texts = scene.texts();
        let all = texts.iter().filter(|(text, _)| text.text == wanted);
        all.map(|(_, bounds)| bounds.center())
            .collect::<Vec<Point>>()
    };
    let (supports, strongly) = (at("supports"), at("strongly supports")[0]);
    assert!((supports[1].x - strongly.x).abs() < 40.0 && supports[1].y > supports[0].y);
    // The same without a question.
    let unasked = ISSUES.replace(", question: \"Is it?\"", "");
    let scene = spectra(&graph(&unasked, &stances.concat()));
    assert!(
        texts(&scene).contains(&"strongly opposes"),
        "{:?}",
        texts(&scene)
    );
}

/// Where many stand in one place, the line of that place runs through their dots or beside them.
#[test]
fn dots_stand_in_their_places() {
    for (count, aside, is_named) in [(3, 0.1, true), (9, 8.0, true), (60, 36.0, false)] {
        let stances = [said(count, "x", "Supports"), said(1, "y", "Neutral")];
        let scene = spectra(&graph(ISSUES, &stances.concat()));
        let texts = scene.texts();
        let label = texts
            .iter()
            .find(|(text, _)| text.text == "supports")
            .unwrap();
        let place = label.1.center().x;
        let dots = all_shapes(&scene)
            .into_iter()
            .filter_map(|(within, at, item)| {
                let Item::Shape(shape) = item else {
                    return None;
                };
                let Form::Circle(center, _) = shape.form else {
                    return None;
                };
                (within.contains(&"placed") && shape.fill == Some(Color::Supports))
                    .then_some(at.x + center.x)
            });
        let dots: Vec<f64> = dots.collect();
        assert_eq!(dots.len(), count);
        assert!(
            dots.iter().all(|x| (x - place).abs() <= aside),
            "{place}: {dots:?}"
        );
        let named = texts
            .iter()
            .filter(|(text, _)| text.text.starts_with("Actor a"));
        assert_eq!(named.count() > count, is_named);
        let note = texts
            .iter()
            .any(|(text, _)| text.text.starts_with("60 dots have no name"));
        assert_eq!(note, !is_named);
    }
}

/// Many in one place stand in columns, nearer to their place than to another, and all have their names.
#[test]
fn many_in_one_place_are_named_side_by_side() {
    for count in [14, 21, 40] {
        let stances = [
            said(count, "z", "Supports"),
            (count..count + 9)
                .map(|nth| format!("a{nth} z Opposes"))
                .collect(),
            said(1, "y", "Neutral"),
        ];
        let scene = spectra(&graph(ISSUES, &stances.concat()));
        let texts = scene.texts();
        let names = texts
            .iter()
            .filter(|(text, _)| text.text.starts_with("Actor a"));
        let names: Vec<&demarche::picture::Bounds> = names.map(|(_, bounds)| bounds).collect();
        assert_eq!(names.len(), count + 10);
        for (nth, (text, bounds)) in texts.iter().enumerate() {
            let mut others = texts[..nth].iter();
            let over = others.find(|(_, other)| other.overlaps(bounds));
            assert!(over.is_none(), "{} and {over:?}", text.text);
        }
        let x_of = |wanted: &str| {
            let label = texts.iter().rfind(|(text, _)| text.text == wanted).unwrap();
            label.1.center().x
        };
        let middle = (x_of("opposes") + x_of("supports")) / 2.0;
        for (within, at, item) in all_shapes(&scene) {
            let Item::Shape(shape) = item else { continue };
            if !within.contains(&"placed") {
                continue;
            }
            match shape.fill {
                Some(Color::Supports) => assert!(at.x > middle, "{at:?}"),
                Some(Color::Opposes) => assert!(at.x < middle, "{at:?}"),
                _ => (),
            }
        }
        // They need less height than as many lines.
        assert!(scene.height < 250.0 + 8.0 * count as f64);
    }
}

#[test]
fn the_legend_of_agreement_has_every_colour() {
    let issues: String = (0..8)
        .map(|nth| format!("\"i{nth}\": (name: \"I{nth}\", question: \"Is it?\"), "))
        .collect();
    let mut stances = Vec::new();
    for nth in 0..8 {
        let side = |is_for: bool| if is_for { "Supports" } else { "Opposes" };
        stances.push(format!("a i{nth} Supports"));
        stances.push(format!("b i{nth} Supports"));
        stances.push(format!("c i{nth} {}", side(nth < 5)));
        stances.push(format!("d i{nth} {}", side(nth < 3)));
        stances.push(format!("e i{nth} Opposes"));
        stances.push(format!("f i{nth} {}", side(nth < 4)));
    }
    stances.push("g i0 Opposes".to_owned());
    stances.push("h i1 Mixed".to_owned());
    stances.push("h i0 Supports".to_owned());
    let graph = graph(&issues, &stances);
    let roster = whole(&graph);
    let scene = matrix::agreement_scene(&graph, &roster, &matrix::agreement(&roster, &[]));
    let colours = |class: &str| -> Vec<String> {
        let all = all_shapes(&scene).into_iter();
        let of = all.filter(|(within, ..)| within.contains(&class));
        let fills = of.filter_map(|(.., item)| match item {
            Item::Shape(shape) => Some(format!("{:?} {:?}", shape.fill, shape.stroke)),
            _ => None,
        });
        fills.collect()
    };
    let legend = colours("legend");
    let cells = colours("cell");
    assert!(
        cells
            .iter()
            .collect::<std::collections::BTreeSet<_>>()
            .len()
            > 5,
        "{cells:?}"
    );
    for cell in &cells {
        let is_pale = cell.starts_with("Some(Page)");
        let explained = legend.iter().any(|sample| match is_pale {
            true => sample.starts_with("Some(Page)"),
            false => sample == cell,
        });
        assert!(explained, "{cell}: {legend:?}");
    }
}

/// On a slide and on A4, everything can be read, or the picture says what it left out.
#[test]
fn a_page_shows_as_much_as_can_be_read() {
    let graph = Graph::open("graphs/blinken-2023.ron").unwrap();
    let view = graph.view(Lens::as_of(Day::of(2023, 6, 19)));
    let slide = ("slide", 12.0, View::ALL);
    let upright = (
        "a4",
        32.0 / 3.0,
        &[View::Map, View::Network, View::Matrix][..],
    );
    let across = ("a4-landscape", 32.0 / 3.0, View::ALL);
    for (page, least, views) in [slide, upright, across] {
        for shown in views {
            let drawing = Drawing {
                view: *shown,
                page: page.parse().unwrap(),
                ..Drawing::default()
            };
            let svg = draw(&view, &drawing, Format::Svg);
            // Hardly any two of them can be compared.
            if *shown == View::Agreement {
                assert!(svg.is_err());
                continue;
            }
            let size = sized::text_size(&String::from_utf8(svg.unwrap()).unwrap());
            assert!(size >= least - 0.01, "{page} {shown:?}: {size}");
        }
    }
    // What is left out is said.
    let drawing = Drawing {
        view: View::Timeline,
        page: "slide".parse().unwrap(),
        ..Drawing::default()
    };
    let svg = String::from_utf8(draw(&view, &drawing, Format::Svg).unwrap()).unwrap();
    assert!(svg.contains("Antony Blinken") && svg.contains("Actors about whom less is"));
    // Who says how many are shown is told how many could be read.
    let drawing = Drawing {
        view: View::Map,
        top: Some(40),
        ..drawing
    };
    let refused = draw(&view, &drawing, Format::Svg)
        .err()
        .unwrap()
        .to_string();
    assert!(refused.contains("where 12 pixels can be read"), "{refused}");
}

/// Meetings of one month start alike, each in a row of its own: no order among them is known.
#[test]
fn meetings_of_one_month_stand_below_each_other() {
    let graph = Graph::open("graphs/blinken-2023.ron").unwrap();
    let lens = Lens::as_of(Day::of(2023, 6, 19));
    let shown = timeline::timeline(&graph, lens, &Excerpt::default(), timeline::MOST_LANES);
    let scene = timeline::scene(&graph, &shown);
    let texts = scene.texts();
    let of = |letter: &str| -> Vec<Point> {
        let signs = texts.iter().filter(|(text, _)| text.text == letter);
        signs.map(|(_, bounds)| bounds.center()).collect()
    };
    // Each stands with both its parties, and in the list below.
    let letters: Vec<Vec<Point>> = ["B", "C", "D", "E"].map(of).into();
    for letter in &letters {
        assert_eq!(letter.len(), 3);
        assert!((letter[0].x - letters[0][0].x).abs() < 1.0, "{letters:?}");
        assert!((letter[0].x - letter[1].x).abs() < 1.0, "{letters:?}");
    }
    let rows = letters.windows(2).map(|two| two[1][0].y - two[0][0].y);
    assert!(rows.into_iter().all(|down| down > 15.0), "{letters:?}");
}

#[test]
fn what_was_planned_for_a_day_that_is_past_was_planned() {
    let graph = Graph::open("graphs/blinken-2023.ron").unwrap();
    let told = |day: Day| {
        let lens = Lens::as_of(day);
        let shown = timeline::timeline(&graph, lens, &Excerpt::default(), timeline::MOST_LANES);
        timeline::scene(&graph, &shown).description
    };
    let before = told(Day::of(2023, 6, 19));
    assert!(before.contains("about Sep 2023: planned: Biden and Xi"));
    let after = told(Day::of(2023, 10, 15));
    assert!(after.contains("about Sep 2023: was planned: Biden and Xi"));
    assert!(after.contains("about Nov 2023: planned: APEC"));
}

/// A timeline of one date would show no order.
#[test]
fn a_timeline_of_one_date_is_refused() {
    let graph = Graph::open("tests/golden/inputs/contested.ron").unwrap();
    let shown = timeline::timeline(&graph, LENS, &Excerpt::default(), timeline::MOST_LANES);
    assert!(matches!(
        shown.or_refuse(),
        Err(demarche::picture::Refusal::OneDate { is_told: false, .. })
    ));
}

/// Rows of those whose statements differ are in order of how far they reach.
#[test]
fn contested_rows_are_in_order() {
    let graph = Graph::open("tests/golden/inputs/contested.ron").unwrap();
    let spectra = spectrum::spectra(&graph, LENS, &whole(&graph)).unwrap();
    let mut count = 0;
    for spectrum in &spectra {
        let contested = spectrum.contested();
        let lows = contested
            .iter()
            .map(|(.., places)| places.iter().copied().fold(1.0, f64::min));
        let lows: Vec<f64> = lows.collect();
        assert!(lows.is_sorted(), "{lows:?}");
        count += lows.len();
    }
    assert!(count > 20);
}

/// Every row adds up: who is drawn, who is named beside the axis, who is unknown, and who is not shown.
#[test]
fn rows_of_a_spectrum_add_up() {
    for (name, all) in [("contested", 10), ("gen50", 32), ("deu-one", 29)] {
        let graph = Graph::open(format!("tests/golden/inputs/{name}.ron")).unwrap();
        for top in [None, Some(3)] {
            let roster = spectrum::roster(&graph, LENS, &Excerpt::default(), top);
            for row in spectrum::spectra(&graph, LENS, &roster).unwrap() {
                let known = row.aside.iter().filter(|aside| aside.sign.is_some());
                let not_shown: usize = row.not_shown.values().sum();
                let sum = row.placed.len() + known.count() + row.unknown() + not_shown;
                assert_eq!(sum, all, "{name} {top:?} {}", graph[row.issue].name);
                assert_eq!(not_shown > 0, top.is_some(), "{name}");
            }
        }
    }
}

/// Those who say also that it depends are named, as they have no place.
#[test]
fn contested_without_a_place_are_named() {
    let graph = Graph::open("tests/golden/inputs/contested.ron").unwrap();
    let shown = texts(&spectra(&graph)).join(" ");
    for actor in ["Country 3", "Country 6", "Country 7"] {
        let parts = format!("{actor} (supports / mixed)");
        assert!(shown.contains(&parts), "{shown}");
    }
}

/// On a page, an issue is shown with all its actors, or not at all.
#[test]
fn a_page_shows_fewer_issues_not_fewer_actors() {
    let graph = Graph::open("tests/golden/inputs/gen50.ron").unwrap();
    let asked = graph.view(LENS);
    let svg = |page: &str, top: Option<usize>| {
        let drawing = Drawing {
            view: View::Spectrum,
            page: page.parse().unwrap(),
            top,
            ..Drawing::default()
        };
        String::from_utf8(draw(&asked, &drawing, Format::Svg).unwrap()).unwrap()
    };
    let slide = svg("slide", None);
    assert!(slide.contains("issues of 17") && !slide.contains("not shown"));
    assert!(svg("slide", Some(5)).contains("+9 not shown: "));
    assert!(svg("a4", None).contains("issues of 17"));
}
