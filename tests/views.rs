//! Matrix, agreement, spectrum and timeline: what they say in characters, as files beside the graphs, and as pictures.
#![cfg(feature = "pictures")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::fs;
use std::path::{Path, PathBuf};

use demarche::graph::{Graph, Lens};
use demarche::model::Day;
use demarche::picture::roster::{Room, Roster, roster};
use demarche::picture::{
    Bounds, Refusal, Scene, Theme, View, characters, matrix, spectrum, svg, timeline,
};
use demarche::query::Excerpt;
use unicode_width::UnicodeWidthStr;

fn lens() -> Lens {
    Lens::as_of(Day::of(2024, 7, 1))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/views")
}

fn port() -> Graph {
    let (graph, mistakes) =
        demarche::disk::read(&[folder().join("port.ron")]).expect("the file is there");
    assert!(mistakes.is_empty(), "{mistakes:?}");
    graph
}

/// The views in characters.
fn views() -> impl Iterator<Item = (&'static str, View)> {
    let views = View::ALL.iter().filter(|view| !view.is_graph());
    views.map(|view| (view.key(), *view))
}

fn text(graph: &Graph, view: View, width: usize) -> String {
    characters(graph, lens(), &Excerpt::default(), view, None, width).expect("it can be drawn")
}

/// Compares with a file beside the graph; `UPDATE=1` writes it.
fn assert_same(name: &str, found: &str) {
    let path = folder().join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, found).expect("the folder can be written to");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{name} is not what {} says:\n{found}",
        path.display()
    );
}

#[test]
fn views_in_characters() {
    let graph = port();
    for (name, view) in views() {
        assert_same(&format!("{name}.txt"), &text(&graph, view, 80));
        assert_same(&format!("{name}.44.txt"), &text(&graph, view, 44));
    }
}

#[test]
fn no_line_is_wider_than_asked_for() {
    let blinken = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs/blinken-2023.ron");
    let (blinken, _) = demarche::disk::read(&[blinken]).expect("the file is there");
    for graph in [&port(), &blinken] {
        for width in [40, 44, 60, 80, 132] {
            for (name, view) in views() {
                // Hardly any two actors of the visit can be compared.
                let drawn = characters(graph, lens(), &Excerpt::default(), view, None, width);
                assert!(drawn.is_ok() || view == View::Agreement, "{name}");
                for line in drawn.unwrap_or_default().lines() {
                    assert!(line.width() <= width, "{name} at {width}: {line}");
                }
            }
        }
    }
}

#[test]
fn nothing_is_drawn_of_nothing() {
    for written in [
        "Graph()",
        "Graph(actors: { \"a\": (name: \"A\", kind: State) }, issues: { \"i\": (name: \"I\") })",
    ] {
        let (graph, _) = demarche::resolve::read("a.ron", written);
        let refusal = |view| characters(&graph, lens(), &Excerpt::default(), view, None, 80).err();
        assert_eq!(refusal(View::Matrix), Some(Refusal::NoPosition));
        assert_eq!(refusal(View::Agreement), Some(Refusal::NoPosition));
        assert_eq!(refusal(View::Spectrum), Some(Refusal::NoPosition));
        assert_eq!(refusal(View::Timeline), Some(Refusal::NoDate));
    }
}

fn whole(graph: &Graph, lens: Lens) -> Roster {
    roster(
        graph,
        lens,
        &Excerpt::default(),
        Room {
            actors: 60,
            issues: 60,
        },
    )
}

fn scene(graph: &Graph, lens: Lens, view: View) -> Scene {
    let roster = whole(graph, lens);
    match view {
        View::Matrix => matrix::scene(graph, &roster, &matrix::matrix(graph, &roster)),
        View::Agreement => {
            matrix::agreement_scene(graph, &roster, &matrix::agreement(&roster, &[]))
        }
        View::Spectrum => {
            let spectra: Vec<_> = roster
                .issues
                .iter()
                .map(|issue| spectrum::spectrum(graph, lens, &roster, *issue))
                .collect();
            spectrum::scene(graph, &roster, &spectra)
        }
        View::Timeline => {
            let timeline =
                timeline::timeline(graph, lens, &Excerpt::default(), timeline::MOST_LANES);
            timeline::scene(graph, &timeline)
        }
        _ => panic!("a map and a network are made of a diagram"),
    }
}

/// A graph with so many actors and half as many issues, with names of some length.
fn made_up(actors: usize) -> Graph {
    let names = [
        "Ministry of Maritime Affairs and the Coastal Zone",
        "港口与航道管理委员会",
        "هيئة الميناء",
        "NGO",
        "Łódź–Zürich Zweckverband",
        "🚢 Union",
    ];
    let mut text = String::from(
        "Graph(title: \"Made up\", sources: { \"s\": (title: \"S\", date: \"2024\") }, actors: {",
    );
    for n in 0..actors {
        text.push_str(&format!(
            "\"a{n}\": (name: \"{} {n}\", kind: State, power: {}),",
            names[n % 6],
            n % 7
        ));
    }
    text.push_str("}, issues: {");
    for n in 0..actors / 2 + 1 {
        text.push_str(&format!("\"i{n}\": (name: \"{} {n}\", question: \"Should there be one?\", scale: (from: 0, to: 10), status_quo: 3, outcome: 3),", names[(n * 5) % 6]));
    }
    text.push_str("}, stances: [");
    for n in 0..actors * 3 {
        let (actor, issue) = (n % actors, (n * 7 + n / actors) % (actors / 2 + 1));
        let position = [
            "Supports", "Opposes", "At(3.25)", "At(10)", "Mixed", "At(0)",
        ][n * 7 % 6];
        text.push_str(&format!(
            "(actor: \"a{actor}\", issue: \"i{issue}\", position: {position}, date: \"2024-{:02}\", source: \"s\"),",
            n % 12 + 1
        ));
    }
    text.push_str("], meetings: {");
    for n in 0..actors / 2 {
        let status = ["Held", "Planned", "Postponed", "Cancelled"][n % 4];
        text.push_str(&format!("\"m{n}\": (title: \"{} meet\", status: {status}, date: \"2024-0{}-1{}\", participants: [\"a{n}\", \"a{}\"], source: \"s\"),", names[n % 6], n % 8 + 1, n % 10, n + 1));
    }
    text.push_str("})");
    demarche::resolve::read("made-up.ron", &text).0
}

#[test]
fn every_label_is_whole_apart_and_on_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| {
        demarche::disk::read(&[root.join(name)])
            .expect("the file is there")
            .0
    };
    let mut graphs = vec![
        ("port".to_owned(), port()),
        ("blinken".to_owned(), read("graphs/blinken-2023.ron")),
        ("harbour".to_owned(), read("examples/harbour/graph.ron")),
    ];
    graphs.extend([1, 2, 5, 30].map(|actors| (format!("{actors} made up"), made_up(actors))));
    for (name, graph) in &graphs {
        for (what, view) in views() {
            let scene = scene(graph, Lens::as_of(Day::of(2026, 1, 1)), view);
            let page = Bounds::new(0.0, 0.0, scene.width, scene.height);
            let texts = scene.texts();
            for (nth, (text, at)) in texts.iter().enumerate() {
                let is_on_page = at.left >= page.left
                    && at.top >= page.top
                    && at.right <= page.right
                    && at.bottom <= page.bottom;
                assert!(
                    is_on_page,
                    "{name}, {what}: `{}` leaves the page: {at:?}",
                    text.text
                );
                let other = texts[..nth]
                    .iter()
                    .find(|(_, other)| at.grown(-0.5).overlaps(&other.grown(-0.5)));
                assert!(
                    other.is_none(),
                    "{name}, {what}: `{}` runs into `{}`",
                    text.text,
                    other.map_or("", |(text, _)| &text.text)
                );
            }
            assert!(
                !scene.title.is_empty() && !scene.description.is_empty(),
                "{name}, {what}: it is told in words"
            );
            assert_eq!(
                svg(&scene, Theme::Light),
                svg(
                    &self::scene(graph, Lens::as_of(Day::of(2026, 1, 1)), view),
                    Theme::Light
                )
            );
        }
    }
}

/// Of contested positions, a few that agree must not look like one mind; half the cells say all.
#[test]
fn agreement_counts_both_sides_and_is_pale_where_little_is_shared() {
    let says = |actor: &str, issue: usize, position: &str| {
        format!("(actor: \"{actor}\", issue: \"i{issue}\", position: {position}, date: \"2024\"), ")
    };
    let mut stances = String::new();
    for issue in 0..5 {
        stances += &says("a", issue, "Supports");
        stances += &says("b", issue, if issue == 4 { "Opposes" } else { "Supports" });
    }
    stances += &says("c", 0, "Supports");
    stances += &says("c", 1, "Mixed");
    let issues: String = (0..5)
        .map(|issue| format!("\"i{issue}\": (name: \"I{issue}\", question: \"Is it?\"), "))
        .collect();
    let actors: String = ["a", "b", "c"]
        .map(|id| format!("\"{id}\": (name: \"{id}\", kind: State), "))
        .concat();
    let text =
        format!("Graph(actors: {{ {actors} }}, issues: {{ {issues} }}, stances: [{stances}])");
    let (graph, mistakes) = demarche::resolve::read("a.ron", &text);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let camps = [Some(1), Some(1), Some(2)];
    let roster = whole(&graph, lens());
    let agreement = matrix::agreement(&roster, &camps);
    let scene = matrix::agreement_scene(&graph, &roster, &agreement);
    let mut told: Vec<&str> = scene
        .texts()
        .iter()
        .map(|(text, _)| text.text.as_str())
        .collect();
    told.retain(|text| text.contains(" : "));
    told.sort_unstable();
    assert_eq!(told, ["1 : 0 ?", "1 : 0 ?", "4 : 1"]);
    let pair = agreement
        .cells
        .iter()
        .flatten()
        .flatten()
        .find(|pair| pair.open > 0)
        .unwrap();
    assert!(pair.says_little() && pair.share() < 0.75);
    assert!(svg(&scene, Theme::Light).contains("class=\"camp\""));
}

/// At one date an actor says yes to one thing and no to another: both are seen, not their number.
#[test]
fn a_timeline_shows_the_side_of_every_statement() {
    let says = |issue: &str, position: &str, date: &str| {
        format!("(actor: \"a\", issue: \"{issue}\", position: {position}, date: \"{date}\"), ")
    };
    let stances = [
        says("x", "Supports", "2024-03-05"),
        says("y", "Supports", "2024-03-05"),
        says("z", "Opposes", "2024-03-05"),
        says("x", "Supports", "2024-04"),
    ]
    .concat();
    let issues = ["x", "y", "z"]
        .map(|id| format!("\"{id}\": (name: \"{id}\", question: \"Is it?\"), "))
        .concat();
    let meetings =
        "\"m\": (title: \"The visit\", status: Held, date: \"2024-03-09\", participants: [\"a\"])";
    let text = format!(
        "Graph(actors: {{ \"a\": (name: \"A\", kind: State) }}, issues: {{ {issues} }}, stances: [{stances}], meetings: {{ {meetings} }})"
    );
    let (graph, mistakes) = demarche::resolve::read("a.ron", &text);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let timeline = timeline::timeline(&graph, lens(), &Excerpt::default(), timeline::MOST_LANES);
    let scene = timeline::scene(&graph, &timeline);
    let svg = svg(&scene, Theme::Light);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let events = document
        .descendants()
        .filter(|node| node.attribute("class") == Some("event"));
    let told: Vec<Vec<String>> = events
        .map(|event| {
            let texts = event.descendants().filter(|node| node.has_tag_name("text"));
            texts
                .filter_map(|text| text.text().map(str::to_owned))
                .collect()
        })
        .collect();
    for own in [
        &["+", "a b"][..],
        &["−", "c"],
        &["A", "The visit"],
        &["+", "a"],
    ] {
        assert!(told.iter().any(|texts| texts == own), "{own:?}: {told:?}");
    }
    let texts = scene.texts();
    assert!(
        texts
            .iter()
            .any(|(text, _)| text.text.starts_with("9 Mar 2024, held: "))
    );
    let lines = text_of(&graph);
    assert!(
        lines.contains('+') && lines.contains('-') && !lines.contains('2'),
        "{lines}"
    );
}

/// The lane of a timeline in characters.
fn text_of(graph: &Graph) -> String {
    let told = text(graph, View::Timeline, 80);
    let lanes = told.lines().skip_while(|line| !line.starts_with('A'));
    lanes.take_while(|line| !line.is_empty()).collect()
}

/// Several issues share an axis, and who is unknown is counted at the end of a row.
#[test]
fn spectra_share_an_axis() {
    let roster = whole(&port(), lens());
    let graph = port();
    let spectra = spectrum::spectra(&graph, lens(), &roster).unwrap();
    assert!(spectra.len() > 1);
    let scene = spectrum::scene(&graph, &roster, &spectra);
    let texts: Vec<&str> = scene
        .texts()
        .iter()
        .map(|(text, _)| text.text.as_str())
        .collect();
    // Once for all issues, and once for the one that has other levels.
    assert_eq!(
        texts.iter().filter(|text| **text == "opposes").count(),
        2,
        "{texts:?}"
    );
    assert!(
        texts.iter().any(|text| text.starts_with("unknown: ")),
        "{texts:?}"
    );
}

#[test]
fn a_page_is_filled_and_its_text_is_read_or_refused() {
    use demarche::picture::{Drawing, Format, Paper, draw};
    let graph = Graph::open("graphs/blinken-2023.ron").unwrap();
    let view = graph.view(Lens::as_of(Day::of(2023, 6, 19)));
    let on = |view_drawn: View, page: &str| {
        let drawing = Drawing {
            view: view_drawn,
            page: page.parse().unwrap(),
            ..Drawing::default()
        };
        draw(&view, &drawing, Format::Svg)
    };
    for (page, size) in [
        ("slide", "width=\"1280\" height=\"720\""),
        ("a4-landscape", "width=\"1123\" height=\"794\""),
    ] {
        let svg = String::from_utf8(on(View::Spectrum, page).unwrap()).unwrap();
        assert!(svg.contains(size), "{}", &svg[..200]);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let sides: Vec<f64> = document
            .root_element()
            .attribute("viewBox")
            .unwrap()
            .split(' ')
            .map(|side| side.parse().unwrap())
            .collect();
        let Paper::Sized { width, height, .. } = page.parse().unwrap() else {
            panic!("{page}")
        };
        assert!((sides[2] / sides[3] - width / height).abs() < 0.01);
    }
    let refused = on(View::Timeline, "220x200").err().unwrap().to_string();
    assert!(
        refused.contains("on that page most of the text would be"),
        "{refused}"
    );
    let html = Drawing {
        page: "slide".parse().unwrap(),
        ..Drawing::default()
    };
    let refused = draw(&view, &html, Format::Html).err().unwrap().to_string();
    assert!(refused.contains("only SVG, PNG and PDF"), "{refused}");
}
