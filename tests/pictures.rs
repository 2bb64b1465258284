//! Pictures that `demarche` lays out itself: every label whole, apart from the others and on the page; the same bytes on
//! every run; text that stays text.
#![cfg(feature = "pictures")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

#[path = "pictures/graphs.rs"]
mod graphs;
#[path = "pictures/measured.rs"]
mod measured;

use std::fs;
use std::path::Path;

use demarche::diagram;
use demarche::graph::{Entity, Graph, Lens};
use demarche::model::Day;
use demarche::picture::{
    self, Bounds, Drawing, Fonts, Form, Format, Group, Item, Point, Refusal, Scene, Theme, View,
};
use demarche::query::{Excerpt, extract};
use graphs::{Names, full, of_others_data};

const LENS: Lens = Lens::as_of(Day::LAST);

fn drawn(graph: &Graph, lens: Lens, view: &str) -> Scene {
    let extract = extract(graph, lens, &Excerpt::default());
    match view {
        "map" => picture::map(&diagram::map(graph, &extract)).unwrap(),
        _ => picture::network(&diagram::network(graph, lens, &extract)).unwrap(),
    }
}

/// Every graph to try: those of the project, those made up, and those beside the project.
fn every_graph() -> Vec<(String, Graph)> {
    let mut all = of_others_data();
    let mut add = |path: &Path| {
        let (graph, _) = demarche::disk::read(&[path]).unwrap();
        all.push((path.display().to_string(), graph));
    };
    for folder in ["graphs", "examples"] {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.join("graph.ron").is_file() {
                add(&path.join("graph.ron"));
            } else if path.extension().is_some_and(|extension| extension == "ron") {
                add(&path);
            }
        }
    }
    for names in Names::ALL {
        for size in [5, 30] {
            all.push((format!("{names:?} {size}"), full(size, names, size as u64)));
        }
    }
    for size in [1, 60, 150] {
        all.push((
            format!("Short {size}"),
            full(size, Names::Short, size as u64),
        ));
    }
    all
}

/// A group of a class with its data, its place on the page and the boxes in it.
struct Found<'s> {
    group: &'s Group,
    at: Point,
}

fn groups<'s>(items: &'s [Item], at: Point, found: &mut Vec<Found<'s>>) {
    for item in items {
        if let Item::Group(group) = item {
            let at = at.plus(group.at);
            found.push(Found { group, at });
            groups(&group.items, at, found);
        }
    }
}

impl Found<'_> {
    /// The box of a node: its first shape.
    fn outline(&self) -> Bounds {
        let shape = self.group.items.iter().find_map(|item| {
            if let Item::Shape(shape) = item {
                Some(&shape.form)
            } else {
                None
            }
        });
        let bounds = match shape.unwrap() {
            Form::Rect(bounds, _) => *bounds,
            Form::Path(steps) => {
                let points = steps.iter().filter_map(|step| match step {
                    picture::Step::Move(point) | picture::Step::Line(point) => {
                        Some(Bounds::new(point.x, point.y, 0.0, 0.0))
                    }
                    _ => None,
                });
                points.reduce(|all, one| all.with(&one)).unwrap()
            }
            Form::Circle(center, radius) => {
                Bounds::new(center.x, center.y, 0.0, 0.0).grown(*radius)
            }
        };
        bounds.moved(self.at)
    }

    fn words(&self) -> String {
        let text = |item: &Item| {
            if let Item::Text(text) = item {
                text.text.clone()
            } else {
                String::new()
            }
        };
        self.group.items.iter().map(text).collect()
    }
}

fn unspaced(text: &str) -> String {
    picture::plain(text).split(' ').collect()
}

/// Whether words begin with a name; a long one lacks words in its middle, and a long word has hyphens.
fn is_told(words: &str, name: &str) -> bool {
    let (words, name) = (words.replace('-', ""), name.replace('-', ""));
    match words.split_once('…') {
        _ if words.starts_with(&name) => true,
        None => false,
        Some((first, rest)) => {
            let left = name.strip_prefix(first).unwrap_or_default();
            (1..left.len()).any(|at| left.is_char_boundary(at) && rest.starts_with(&left[at..]))
        }
    }
}

/// No two labels overlap, none is cut off or runs out of its box, nothing stands outside the page.
fn inspect(name: &str, graph: &Graph, scene: &Scene) {
    let page = Bounds::new(0.0, 0.0, scene.width, scene.height);
    let inside = |inner: &Bounds, outer: &Bounds| {
        let slack = outer.grown(0.01);
        inner.left >= slack.left
            && inner.top >= slack.top
            && inner.right <= slack.right
            && inner.bottom <= slack.bottom
    };
    let mut texts = scene.texts();
    texts.sort_by(|a, b| a.1.left.total_cmp(&b.1.left));
    for (nth, (text, bounds)) in texts.iter().enumerate() {
        assert!(
            inside(bounds, &page),
            "{name}: `{}` is not on the page",
            text.text
        );
        assert!((text.width - text.word.width(&text.text)).abs() < 0.01);
        let mut beside = texts[nth + 1..]
            .iter()
            .take_while(|(_, other)| other.left < bounds.right);
        let over = beside.find(|(_, other)| other.overlaps(&bounds.grown(-0.01)));
        assert!(
            over.is_none(),
            "{name}: `{}` and `{:?}` overlap",
            text.text,
            over.map(|(other, _)| &other.text)
        );
    }
    let mut found = Vec::new();
    groups(&scene.items, Point::default(), &mut found);
    let is_node = |found: &&Found<'_>| matches!(found.group.class, "actor" | "issue" | "meeting");
    let mut nodes: Vec<(Bounds, &Found<'_>)> = found
        .iter()
        .filter(is_node)
        .map(|found| (found.outline(), found))
        .collect();
    nodes.sort_by(|a, b| a.0.left.total_cmp(&b.0.left));
    for (nth, (outline, node)) in nodes.iter().enumerate() {
        assert!(
            inside(outline, &page),
            "{name}: {:?} is not on the page",
            node.group.data
        );
        let mut beside = nodes[nth + 1..]
            .iter()
            .take_while(|(other, _)| other.left < outline.right);
        let over = beside.find(|(other, _)| other.overlaps(&outline.grown(-0.01)));
        assert!(
            over.is_none(),
            "{name}: {:?} and {:?} overlap",
            node.group.data,
            over.map(|(_, other)| &other.group.data)
        );
        for item in &node.group.items {
            if let Item::Text(text) = item {
                assert!(
                    inside(&text.bounds().moved(node.at), outline),
                    "{name}: `{}` runs out of its box",
                    text.text
                );
            }
        }
        let entity: Entity = graph.entity(node.group.data[0].1.as_str()).unwrap();
        let words = unspaced(&node.words());
        assert!(
            words.is_empty() || is_told(&words, &unspaced(graph.name(entity))),
            "{name}: `{words}` is cut off"
        );
    }
    // Labels of lines stand beside boxes, not on them.
    for (text, bounds) in found
        .iter()
        .filter(|found| matches!(found.group.class, "stance" | "joint" | "often"))
        .flat_map(|found| {
            let texts = found.group.items.iter().filter_map(|item| {
                if let Item::Text(text) = item {
                    Some(text)
                } else {
                    None
                }
            });
            texts.map(|text| (text, text.bounds().moved(found.at)))
        })
    {
        let covered = nodes
            .iter()
            .find(|(outline, _)| outline.overlaps(&bounds.grown(-0.01)));
        assert!(
            covered.is_none(),
            "{name}: `{}` stands on {:?}",
            text.text,
            covered.map(|(_, node)| &node.group.data)
        );
    }
    assert!(!scene.title.is_empty() && !scene.description.is_empty());
}

#[test]
fn every_label_is_whole_apart_and_on_the_page() {
    for (name, graph) in every_graph() {
        for view in ["map", "network"] {
            inspect(
                &format!("{name}, {view}"),
                &graph,
                &drawn(&graph, LENS, view),
            );
        }
    }
}

/// The outlines of the boxes of a class, from top to bottom, each with its id.
fn down<'s>(scene: &'s Scene, class: &str) -> Vec<(f64, &'s str)> {
    let mut found = Vec::new();
    groups(&scene.items, Point::default(), &mut found);
    let boxes = found.iter().filter(|found| found.group.class == class);
    let mut boxes: Vec<(f64, &str)> = boxes
        .map(|node| (node.outline().top, node.group.data[0].1.as_str()))
        .collect();
    boxes.sort_by(|one, other| one.0.total_cmp(&other.0));
    boxes
}

#[test]
fn actors_stand_in_the_order_of_their_numbers_the_indifferent_last() {
    let (graph, _) = demarche::resolve::read(
        "n.ron",
        r#"Graph(
            actors: {
                "unknown": (name: "Unknown", kind: State), "high": (name: "High", kind: State), "low": (name: "Low", kind: State),
                "indifferent": (name: "Indifferent", kind: State), "middle": (name: "Middle", kind: State), "for": (name: "For", kind: State),
            },
            issues: { "i": (name: "I", scale: (from: 0, to: 100)) },
            stances: [
                (actor: "indifferent", issue: "i", position: Neutral),
                (actor: "high", issue: "i", position: At(90)), (actor: "low", issue: "i", position: At(5)),
                (actor: "middle", issue: "i", position: At(50)), (actor: "for", issue: "i", position: Supports),
            ],
        )"#,
    );
    let scene = drawn(&graph, LENS, "map");
    let order: Vec<&str> = down(&scene, "actor").iter().map(|(_, id)| *id).collect();
    // Who says nothing is named beside the map.
    assert_eq!(order, ["low", "middle", "high", "for", "indifferent"]);
    let texts = scene.texts();
    assert!(
        texts
            .iter()
            .any(|(text, _)| text.text == "Not drawn, as no line leads there: Unknown.")
    );
}

/// Where more than 60 lines lead to an issue, those of one position on an issue arrive together, counted.
#[test]
fn many_lines_run_in_bundles() {
    let read = |actors: usize| {
        let mut text = String::from("Graph(actors: {");
        for actor in 0..actors {
            text += &format!("\"a{actor}\": (name: \"A{actor}\", kind: State),");
        }
        text += "}, issues: { \"i\": (name: \"I\"), \"j\": (name: \"J\") }, stances: [";
        for (actor, issue) in (0..actors).flat_map(|actor| [(actor, "i"), (actor, "j")]) {
            let position = if actor == 0 { "Opposes" } else { "Supports" };
            text += &format!("(actor: \"a{actor}\", issue: \"{issue}\", position: {position}),");
        }
        demarche::resolve::read("m.ron", &(text + "])")).0
    };
    for (actors, counted) in [(40, 0), (70, 2 * 69)] {
        let scene = drawn(&read(actors), LENS, "map");
        let mut found = Vec::new();
        groups(&scene.items, Point::default(), &mut found);
        let stances = found.iter().filter(|found| found.group.class == "stance");
        assert_eq!(stances.clone().count(), 2 * actors);
        let texts = stances.flat_map(|stance| &stance.group.items);
        let counts = texts.filter_map(|item| match item {
            Item::Text(text) => Some(text.text.parse::<usize>().unwrap()),
            _ => None,
        });
        // One opposes alone, and has no number.
        assert_eq!(counts.sum::<usize>(), counted);
    }
}

#[test]
fn a_map_of_ties_alone_is_the_network() {
    let graph = Graph::open("examples/florence.ron").unwrap();
    let asked = graph.view(LENS);
    let svg = |view: View| {
        let drawing = Drawing {
            view,
            ..Drawing::default()
        };
        picture::draw(&asked, &drawing, Format::Svg)
    };
    assert_eq!(svg(View::Map).unwrap(), svg(View::Network).unwrap());
    let graph = Graph::open("examples/emissions.ron").unwrap();
    let asked = graph.view(LENS);
    let drawing = Drawing {
        view: View::Network,
        ..Drawing::default()
    };
    let refused = picture::draw(&asked, &drawing, Format::Svg).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "no meeting and no tie joins two actors"
    );
}

#[test]
fn large_pictures_name_the_important_and_say_so() {
    let graph = full(300, Names::Short, 1);
    let larger = full(450, Names::Short, 1);
    for (view, graph) in [("map", &larger), ("network", &graph)] {
        let scene = drawn(graph, LENS, view);
        inspect(view, graph, &scene);
        let texts: Vec<&str> = scene
            .texts()
            .iter()
            .map(|(text, _)| text.text.as_str())
            .collect();
        assert!(
            texts
                .iter()
                .any(|text| text.starts_with("Without a name: ")),
            "{texts:?}"
        );
    }
    let whole = extract(&graph, LENS, &Excerpt::default());
    let few = diagram::top(&graph, whole, 12, |_| true, &[]);
    assert!(few.actors.len() + few.issues.len() <= 12 && few.meetings.len() <= 12);
    let scene = picture::map(&diagram::map(&graph, &few)).unwrap();
    assert!(
        scene
            .texts()
            .iter()
            .any(|(text, _)| text.text.starts_with("Not drawn: "))
    );
}

/// A line that passes behind a box seems to end there, and a label on a line of others to be theirs.
#[test]
fn no_line_of_a_network_passes_behind_a_box_or_a_label() {
    let mut bent = 0;
    for (name, graph) in every_graph() {
        let svg = picture::svg(&drawn(&graph, LENS, "network"), Theme::Light);
        let read = measured::read(&svg);
        let (pairs, hidden) = (read.pairs(), read.hidden());
        let covered = read.covered();
        assert!(
            covered.is_empty(),
            "{name}: labels lie on lines of others: {covered:?}"
        );
        let most = if pairs.len() <= 60 {
            0
        } else {
            pairs.len() / 50
        };
        assert!(
            hidden.len() <= most || pairs.len() > 250,
            "{name}: of {} {hidden:?}",
            pairs.len()
        );
        // Those of speakers and members are not counted.
        assert!(
            pairs.len() <= 30 || !svg.contains("class=\"often\""),
            "{name} counts meetings"
        );
        bent += read.bonds.iter().filter(|bond| bond.2.len() > 4).count();
        if name.ends_with("florence.ron") {
            assert_eq!((read.boxes.len(), pairs.len()), (15, 20));
        }
    }
    assert!(bent > 20, "{bent} lines are bent");
}

/// Where nobody has a position, colours tell the sides that ties make, and the subtitle only what is
/// drawn.
#[test]
fn a_network_of_ties_shows_the_sides_of_balance() {
    let (graph, _) = demarche::disk::read(&[Path::new("examples/tribes.ron")]).unwrap();
    let scene = drawn(&graph, LENS, "network");
    let texts: Vec<&str> = scene
        .texts()
        .iter()
        .map(|(text, _)| text.text.as_str())
        .collect();
    assert!(texts.contains(&"side 1") && texts.contains(&"side 2") && !texts.contains(&"camp 1"));
    assert!(texts.contains(&"Who is tied to whom"), "{texts:?}");
    let svg = picture::svg(&scene, Theme::Light);
    assert!(!svg.contains("Who met"));
}

/// No legend tells what a tie of another kind is: where its words have no room, the boxes move apart.
#[test]
fn the_words_of_a_tie_are_written() {
    let text = r#"Graph(
        actors: {
            "a": (name: "Actor A", kind: State), "b": (name: "Actor B", kind: State),
            "c": (name: "Actor C", kind: State),
        },
        ties: [
            (from: "c", to: "b", kind: Other("has leased its harbour to")),
            (from: "a", to: "b", kind: Rival), (from: "c", to: "a", kind: Other("owes")),
        ],
    )"#;
    let (graph, mistakes) = demarche::resolve::read("a.ron", text);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let scene = drawn(&graph, LENS, "network");
    let texts = scene.texts();
    let written = |words: &str| texts.iter().any(|(text, _)| text.text == words);
    assert!(written("owes") && written("has leased its") && written("harbour to"));
}

/// The ids of the actors and issues that `--top` keeps.
fn kept(graph: &Graph, many: usize, asked: &[Entity]) -> Vec<String> {
    let whole = extract(graph, LENS, &Excerpt::default());
    let few = diagram::top(graph, whole, many, |_| true, asked);
    let actors = few.actors.iter().map(|id| graph[*id].id.to_string());
    let issues = few.issues.iter().map(|id| graph[*id].id.to_string());
    actors.chain(issues).collect()
}

#[test]
fn top_keeps_who_has_most_to_do_with_each_other() {
    let actors =
        ["a", "b", "c", "loud", "far"].map(|id| format!("{id:?}: (name: {id:?}, kind: State)"));
    let issues = ["i", "own", "his", "hers"]
        .map(|id| format!("{id:?}: (name: {id:?}, question: \"Is it?\")"));
    let says = |actor: &str, issue: &str, day: usize| {
        format!(
            "(actor: {actor:?}, issue: {issue:?}, position: Supports, date: \"2023-01-0{day}\")"
        )
    };
    let mut stances: Vec<String> = ["own", "his", "hers"]
        .map(|issue| says("loud", issue, 1))
        .into();
    for actor in ["a", "b", "c"] {
        stances.extend((1..4).map(|day| says(actor, "i", day)));
    }
    let text = format!(
        "Graph(actors: {{ {} }}, issues: {{ {} }}, stances: [{}], ties: [(from: \"far\", to: \"a\", kind: Ally)])",
        actors.join(", "),
        issues.join(", "),
        stances.join(", ")
    );
    let (graph, mistakes) = demarche::resolve::read("a.ron", &text);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    // Who says much to nobody in particular gives way to those who speak of the same.
    assert_eq!(kept(&graph, 4, &[]), ["a", "b", "c", "i"]);
    // A tie counts less than a statement.
    assert_eq!(kept(&graph, 5, &[]), ["a", "b", "c", "i"]);
    // Of three, `far` would be joined to nobody that is left.
    assert_eq!(kept(&graph, 2, &[]).len(), 2);
    let far = graph.entity("far").unwrap();
    assert!(kept(&graph, 2, &[far]).contains(&"far".to_owned()));
    assert_eq!(kept(&graph, 99, &[]).len(), 9);
}

/// A page holds less than a graph; what `--top` leaves is what counts.
#[test]
fn the_top_of_a_large_graph_is_a_page() {
    let actors: String = (0..40)
        .map(|nth| format!("\"a{nth}\": (name: \"A{nth}\", kind: State), "))
        .collect();
    let issues: String = (0..40)
        .map(|nth| format!("\"i{nth}\": (name: \"I{nth}\", question: \"Is it?\"), "))
        .collect();
    let stances: String = (0..20_800)
        .map(|nth| {
            let (actor, issue, month) = (nth % 40, nth / 40 % 40, nth / 1600 % 12 + 1);
            format!("(actor: \"a{actor}\", issue: \"i{issue}\", position: Supports, date: \"2023-{month:02}\"), ")
        })
        .collect();
    let text =
        format!("Graph(actors: {{ {actors} }}, issues: {{ {issues} }}, stances: [{stances}])");
    let graph = Graph::read("a.ron", &text).unwrap();
    let view = graph.view(LENS);
    let page = |top| {
        let drawing = Drawing {
            top,
            ..Drawing::default()
        };
        picture::draw(&view, &drawing, Format::Html)
    };
    let refused = page(None).err().unwrap().to_string();
    assert!(refused.contains("a page can't hold more than"), "{refused}");
    let page = String::from_utf8(page(Some(5)).unwrap()).unwrap();
    assert!(page.contains("A0") && !page.contains("A39"));
}

/// Of few issues a map shows the questions, so that a line reads as an answer; of many, names alone.
#[test]
fn a_map_of_few_issues_shows_their_questions() {
    let (graph, _) = demarche::disk::read(&[Path::new("graphs/blinken-2023.ron")]).unwrap();
    let issues = vec![graph.issue("taiwan").unwrap()];
    let selection = Excerpt {
        issues,
        ..Excerpt::default()
    };
    let told = |selection: &Excerpt| {
        let scene = picture::map(&diagram::map(&graph, &extract(&graph, LENS, selection))).unwrap();
        let texts: Vec<String> = scene
            .texts()
            .iter()
            .map(|(text, _)| text.text.clone())
            .collect();
        (
            texts.join(" "),
            picture::svg(&scene, Theme::Light).replace("&#39;", "'"),
            scene.description,
        )
    };
    let question = "Should other states respect China's core interest in Taiwan?";
    let (few, svg, description) = told(&selection);
    for shown in ["China", "supports, to United States", question] {
        assert!(few.contains(shown), "{shown}: {few}");
    }
    // What the mouse and what a screen reader tells.
    assert!(
        svg.contains(&format!("China supports: {question} (Taiwan)")),
        "{svg}"
    );
    assert!(
        description.contains(&format!("Taiwan: {question} supports: China.")),
        "{description}"
    );
    let (all, _, description) = told(&Excerpt::default());
    assert!(
        all.contains("Should other states") && description.contains(question),
        "{all}"
    );
}

/// Camps are numbered as `demarche camps` does, in boxes and in the legend; of a graph with few positions it is said why not.
#[test]
fn a_network_tells_camps_where_there_is_something_to_tell() {
    let texts = |file: &str| {
        let (graph, _) = demarche::disk::read(&[Path::new(file)]).unwrap();
        let scene = drawn(&graph, LENS, "network");
        scene
            .texts()
            .iter()
            .map(|(text, _)| text.text.clone())
            .collect::<Vec<String>>()
    };
    let harbour = texts("examples/harbour/graph.ron");
    let numbered = |number: &str| harbour.iter().filter(|text| *text == number).count();
    // The members of each, and its sample in the legend.
    assert_eq!(
        (numbered("1"), numbered("2"), numbered("3")),
        (5, 3, 0),
        "{harbour:?}"
    );
    let blinken = texts("graphs/blinken-2023.ron");
    assert!(
        blinken
            .iter()
            .any(|text| text.starts_with("No camps are shown"))
            && !blinken.contains(&"1".to_owned()),
        "{blinken:?}"
    );
}

/// What a network can't draw is told below it, and is not among what it rests on.
#[test]
fn a_network_tells_which_meetings_it_leaves_out() {
    let crowd: Vec<String> = (0..101).map(|nth| format!("\"p{nth}\"")).collect();
    let people: Vec<String> = crowd
        .iter()
        .map(|id| format!("{id}: (name: {id}, kind: Person)"))
        .collect();
    let text = format!(
        r#"Graph(
            actors: {{ {} }},
            meetings: {{
                "met": (title: "Met", status: Held, date: "2024-01-01", participants: ["p0", "p1"]),
                "open": (title: "Open", status: Heldd, date: "2024-01-01", participants: ["p0", "p2"]),
                "later": (title: "Later", status: Held, date: "2025-01-01", participants: ["p0", "p3"]),
                "all": (title: "All", status: Held, date: "2024-01-01", participants: [{}]),
            }},
        )"#,
        people.join(", "),
        crowd.join(", ")
    );
    let (mut graph, _) = demarche::resolve::read("graph.ron", &text);
    let lens = Lens::as_of(Day::of(2024, 7, 1));
    graph.tell_later(lens.day);
    let svg = picture::svg(&drawn(&graph, lens, "network"), Theme::Light);
    // A sentence may be broken into lines.
    let lines = svg.split('<').filter_map(|part| part.split_once('>'));
    let words = unspaced(&lines.map(|(_, line)| line).collect::<Vec<_>>().join(" "));
    for told in [
        "Not drawn: 1 later meeting; 1 meeting whose status is unknown; 1 meeting of more than 100.",
        "1 of 4 meetings",
    ] {
        assert!(words.contains(&unspaced(told)), "{told}: {svg}");
    }
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    for view in ["map", "network"] {
        let [one, other] = [full(60, Names::Short, 3), full(60, Names::Short, 3)]
            .map(|graph| drawn(&graph, LENS, view));
        assert_eq!(
            picture::svg(&one, Theme::Dark),
            picture::svg(&other, Theme::Dark)
        );
        let fonts = Fonts::with(Default::default());
        let small = drawn(&full(8, Names::Short, 3), LENS, view);
        assert_eq!(
            picture::png(&small, Theme::Light, &fonts),
            picture::png(&small, Theme::Light, &fonts)
        );
        assert_eq!(
            picture::pdf(&small, Theme::Light, &fonts),
            picture::pdf(&small, Theme::Light, &fonts)
        );
    }
}

#[test]
fn texts_that_no_font_has_are_named() {
    let fonts = Fonts::with(Default::default());
    let plain = drawn(&full(5, Names::Short, 1), LENS, "map");
    assert!(!Fonts::are_needed(&plain) && fonts.lacking(&plain).is_empty());
    let chinese = drawn(&full(5, Names::Chinese, 1), LENS, "map");
    assert!(
        Fonts::are_needed(&chinese)
            && fonts
                .lacking(&chinese)
                .iter()
                .any(|text| text.contains('外'))
    );
    // They are left out of the picture, and the picture is drawn.
    assert!(
        picture::png(&chinese, Theme::Light, &fonts)
            .unwrap()
            .starts_with(b"\x89PNG")
    );
    assert!(
        picture::pdf(&chinese, Theme::Light, &fonts)
            .unwrap()
            .starts_with(b"%PDF")
    );
}

/// A picture that can't show a name shows what else there is: the name without its symbols, an alias, or the id.
#[test]
fn a_name_that_no_font_has_is_drawn_by_another() {
    let text = r#"Graph(
        actors: {
            "fr": (name: "🇫🇷 France 🥖", kind: State),
            "jp": (name: "日本", aliases: ["日本国", "Japan"], kind: State),
            "kr": (name: "대한민국", kind: State),
            "us": (name: "United States", aliases: ["美国"], kind: State),
        },
        issues: { "climate": (name: "🌍👩‍👩‍👧", question: "?") },
        stances: [
            (actors: ["fr", "jp", "kr", "us"], issue: "climate", position: Supports, date: "2024-01-01", summary: "x"),
        ],
    )"#;
    let (graph, _) = demarche::resolve::read("a.ron", text);
    let fonts = Fonts::with(Default::default());
    let map = drawn(&graph, LENS, "map");
    let others = fonts.other_names(&graph, &fonts.lacking(&map));
    let named: Vec<(&str, &str)> = others
        .iter()
        .map(|(entity, other)| (graph.id(*entity), other.as_str()))
        .collect();
    let expected = [
        ("fr", "France"),
        ("jp", "Japan"),
        ("kr", "kr"),
        ("climate", "climate"),
    ];
    assert_eq!(named, expected);
}

#[test]
fn what_is_no_picture_is_refused() {
    let read = |text: &str| demarche::resolve::read("a.ron", text).0;
    let map = |graph: &Graph| {
        picture::map(&diagram::map(
            graph,
            &extract(graph, LENS, &Excerpt::default()),
        ))
    };
    let network = |graph: &Graph| {
        picture::network(&diagram::network(
            graph,
            LENS,
            &extract(graph, LENS, &Excerpt::default()),
        ))
    };
    let empty = read("Graph()");
    assert_eq!(
        (map(&empty), network(&empty)),
        (Err(Refusal::Nothing), Err(Refusal::Nothing))
    );
    for text in [
        "Graph(actors: { \"a\": (name: \"A\", kind: State) })",
        "Graph(issues: { \"i\": (name: \"Nobody's issue\", question: \"?\") })",
        "Graph(actors: { \"a\": (name: \"A\", kind: State) }, meetings: { \"m\": (title: \"M\", status: Held, participants: [\"a\"]) })",
    ] {
        let graph = read(text);
        inspect(text, &graph, &map(&graph).unwrap());
        if let Ok(scene) = network(&graph) {
            inspect(text, &graph, &scene);
        }
    }
    let nobody = map(&read(
        "Graph(issues: { \"i\": (name: \"Nobody's issue\", question: \"?\") })",
    ))
    .unwrap();
    assert!(
        nobody
            .texts()
            .iter()
            .any(|(text, _)| text.text == "no position known")
    );
    let actors: String = (0..100_000)
        .map(|nth| format!("\"a{nth}\": (name: \"A\", kind: State),"))
        .collect();
    let many = read(&format!("Graph(actors: {{ {actors} }})"));
    let refused = map(&many).unwrap_err().to_string();
    assert_eq!(
        refused,
        "100000 actors, issues and meetings are more than a map can show: at most 20000"
    );
    assert!(network(&many).is_err());
}
