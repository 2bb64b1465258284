//! Pictures: what is drawn, as it is written, read back by another parser, and laid out by Graphviz itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

#[path = "draw/dots.rs"]
mod dots;

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use demarche::diagram::{self, Look};
use demarche::graph::{Entity, Graph, Lens, Restriction};
use demarche::model::{Date, Day, MeetingStatus, Period};
use demarche::picture::{Color, Theme, dot, mermaid};
use demarche::query::{Excerpt, Extract, Lines, MANY_PEOPLE, MANY_STATEMENTS, extract};
use proptest::prelude::*;

const LENS: Lens = Lens::as_of(Day(19_905));

fn read(name: &str) -> Graph {
    let text = fs::read_to_string(format!("tests/draw/{name}.ron")).unwrap();
    read_text(name, &text)
}

fn read_text(name: &str, text: &str) -> Graph {
    let (graph, diagnostics) = demarche::resolve::read(&format!("{name}.ron"), text);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    graph
}

fn as_dot(graph: &Graph, extract: &Extract) -> String {
    let mut out = Vec::new();
    dot(&diagram::map(graph, extract), Theme::Light, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn as_mermaid(graph: &Graph, extract: &Extract) -> String {
    let mut out = Vec::new();
    mermaid(&diagram::map(graph, extract), Theme::Light, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn day(text: &str) -> Option<Day> {
    Some(text.parse::<Date>().unwrap().period().from)
}

fn period(from: Option<Day>, to: Option<Day>) -> Period {
    Period {
        from: from.unwrap_or(Day::FIRST),
        to: to.unwrap_or(Day::LAST),
    }
}

/// `focus=us depth=2 issue=trade since=2023`
fn selection(graph: &Graph, words: &str) -> Excerpt {
    let mut selection = Excerpt {
        depth: 1,
        ..Excerpt::default()
    };
    for (key, value) in words
        .split_whitespace()
        .map(|word| word.split_once('=').unwrap())
    {
        let entity = graph.entity(value);
        match (key, entity) {
            ("focus", entity) => selection.focus = Some(entity.unwrap()),
            ("depth", _) => selection.depth = value.parse().unwrap(),
            ("issue", Some(Entity::Issue(issue))) => selection.issues.push(issue),
            ("actor", Some(Entity::Actor(actor))) => selection.actors.push(actor),
            ("since", _) => selection.period = Some(period(day(value), None)),
            ("until", _) => selection.period = Some(period(None, day(value))),
            _ => panic!("{key}={value}"),
        }
    }
    selection
}

/// What is drawn, by ids: actors, issues, lines, meetings, ties.
fn drawn(graph: &Graph, words: &str) -> String {
    let selection = selection(graph, words);
    let last = selection.period.map_or(LENS.day, |period| period.to);
    let day = LENS.day.min(last);
    let extract = extract(graph, Lens { day, ..LENS }, &selection);
    let id = |entity: Entity| graph.id(entity).to_owned();
    let mut lists = vec![
        extract
            .actors
            .iter()
            .map(|&actor| id(Entity::Actor(actor)))
            .collect::<Vec<_>>(),
        extract
            .issues
            .iter()
            .map(|&issue| id(Entity::Issue(issue)))
            .collect(),
        extract
            .meetings
            .iter()
            .map(|met| id(Entity::Meeting(met.id)))
            .collect(),
        extract
            .ties
            .iter()
            .map(|tie| format!("{:?}", graph[*tie].kind))
            .collect(),
    ];
    let Lines::Positions(lines) = &extract.lines else {
        panic!("statements")
    };
    let line = |actor, issue| format!("{}-{}", id(Entity::Actor(actor)), id(Entity::Issue(issue)));
    lists.insert(
        2,
        lines
            .iter()
            .map(|shown| line(shown.actor, shown.issue))
            .collect(),
    );
    lists
        .iter()
        .map(|list| list.join(" "))
        .collect::<Vec<_>>()
        .join("; ")
}

fn assert_same(name: &str, text: &str) {
    let path = format!("tests/draw/{name}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    assert!(
        text == fs::read_to_string(&path).unwrap_or_default(),
        "{path} differs: UPDATE=1 rewrites it"
    );
}

#[test]
fn pictures_are_as_expected() {
    let cases = [
        ("beijing", "", ""),
        ("beijing", "focus=blinken", ".focus"),
        ("beijing", "issue=chips issue=tariffs", ".issues"),
        ("people", "", ""),
        ("words", "", ""),
    ];
    for (name, words, suffix) in cases {
        let graph = read(name);
        let extract = extract(&graph, LENS, &selection(&graph, words));
        assert_same(&format!("{name}{suffix}.dot"), &as_dot(&graph, &extract));
        assert_same(
            &format!("{name}{suffix}.mmd"),
            &as_mermaid(&graph, &extract),
        );
    }
}

/// A network on a dark ground: no issues, who met joined by a line, how often, and who is in which camp.
#[test]
fn a_network_is_as_expected() {
    for name in ["beijing", "people"] {
        let graph = read(name);
        let extract = extract(&graph, LENS, &Excerpt::default());
        let drawing = diagram::network(&graph, LENS, &extract);
        let (mut as_dot, mut as_mermaid) = (Vec::new(), Vec::new());
        dot(&drawing, Theme::Dark, &mut as_dot).unwrap();
        mermaid(&drawing, Theme::Dark, &mut as_mermaid).unwrap();
        for (ending, text) in [("dot", as_dot), ("mmd", as_mermaid)] {
            let text = String::from_utf8(text).unwrap();
            assert_same(&format!("{name}.network.{ending}"), &text);
        }
    }
}

#[test]
fn a_line_has_one_colour_in_every_format() {
    let text = r#"Graph(
        actors: { "a": (name: "A", kind: State), "b": (name: "B", kind: State), "c": (name: "C", kind: State) },
        ties: [(from: "a", to: "b", kind: Ally), (from: "b", to: "c", kind: Rival)],
    )"#;
    let graph = read_text("ties", text);
    let extract = extract(&graph, LENS, &Excerpt::default());
    let drawing = diagram::network(&graph, LENS, &extract);
    for theme in [Theme::Light, Theme::Dark] {
        let mut written = Vec::new();
        dot(&drawing, theme, &mut written).unwrap();
        mermaid(&drawing, theme, &mut written).unwrap();
        let text = String::from_utf8(written).unwrap();
        let ally = theme.hex(Look::Ally.style().color);
        let rival = theme.hex(Look::Rival.style().color);
        for line in [
            format!("color=\"{ally}:{ally}\""),
            format!("stroke:{ally},"),
            format!("color=\"{rival}\""),
            format!("stroke:{rival},"),
        ] {
            assert!(text.contains(&line), "{line}: {text}");
        }
        #[cfg(feature = "pictures")]
        {
            let scene = demarche::picture::network(&drawing).unwrap();
            let svg = demarche::picture::svg(&scene, theme);
            assert!(svg.contains(ally) && svg.contains(rival), "{svg}");
        }
    }
}

fn demarche(arguments: &[&str]) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["-g", "tests/draw/beijing.ron", "draw"])
        .args(arguments)
        .output()
        .unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    (out, err)
}

#[test]
fn every_format_takes_the_view_the_theme_and_the_top_or_says_why_not() {
    for format in ["dot", "mermaid"] {
        let (whole, _) = demarche(&["--format", format]);
        let (dark, _) = demarche(&["--format", format, "--theme", "dark"]);
        let page = Theme::Dark.hex(Color::Page);
        assert!(dark.contains(page) && !whole.contains(page), "{dark}");
        let (network, _) = demarche(&["--format", format, "--view", "network"]);
        assert!(
            whole.contains("hexagon") || whole.contains(":::issue"),
            "{whole}"
        );
        assert!(!network.contains("hexagon") && !network.contains(":::issue"));
        let (top, _) = demarche(&["--format", format, "--top", "2"]);
        assert!(
            top.contains("Not drawn") && top.len() < whole.len(),
            "{top}"
        );
        let (out, err) = demarche(&["--format", format, "--view", "matrix"]);
        assert!(
            out.is_empty() && err.contains("only a map and a network"),
            "{err}"
        );
    }
    let (_, err) = demarche(&["--layout", "dot", "--format", "svg", "--view", "matrix"]);
    assert!(
        err.contains("Graphviz lays out only a map and a network") && err.contains("help: "),
        "{err}"
    );
}

#[test]
fn a_selection_keeps_what_it_names_and_what_is_between() {
    let cases = [
        // What people say is told at whom they speak for.
        (
            "",
            "blinken china qin state us wang yellen; talks trade visits; china-visits us-trade us-visits; m; Agreement",
        ),
        (
            "focus=us",
            "blinken china qin state us yellen; trade visits; us-trade us-visits; m; Agreement",
        ),
        ("focus=talks", "; talks; ; ; "),
        (
            "focus=trade",
            "blinken state us yellen; trade; us-trade; ; ",
        ),
        (
            "focus=trade depth=2",
            "blinken china qin state us yellen; trade visits; us-trade us-visits; m; Agreement",
        ),
        ("focus=m", "blinken china qin state us; ; ; m; Agreement"),
        (
            "focus=qin",
            "blinken china qin state us; visits; qin-visits; m; Agreement",
        ),
        (
            "issue=visits",
            "blinken china qin state us; visits; china-visits us-visits; ; Agreement",
        ),
        ("actor=china", "china qin; visits; china-visits; ; "),
        (
            "actor=us actor=china",
            "blinken china qin state us yellen; trade visits; china-visits us-trade us-visits; m; Agreement",
        ),
        ("since=2023-07", "china us; ; ; ; Agreement"),
        ("until=2023-05-01", "blinken china qin state us; ; ; m; "),
    ];
    for (words, expected) in cases {
        let graph = read("people");
        let period = selection(&graph, words).period;
        let (graph, _) = graph.restricted(&Restriction {
            day: period.map(|period| period.to),
            selection: demarche::graph::Selection {
                period,
                ..Default::default()
            },
            ..Restriction::default()
        });
        assert_eq!(drawn(&graph, words), expected, "{words}");
    }
}

#[test]
fn a_meeting_has_the_status_of_the_day() {
    let cases = [
        ("2023-01-09", None),
        (
            "2023-01-10",
            Some((Some(MeetingStatus::Planned), day("2023-02-05"))),
        ),
        ("2023-02-03", Some((Some(MeetingStatus::Postponed), None))),
        (
            "2023-06-18",
            Some((Some(MeetingStatus::Held), day("2023-06-18"))),
        ),
    ];
    for (on, expected) in cases {
        let on_that_day = Restriction::as_of(day(on).unwrap());
        let (graph, _) = read("people").restricted(&on_that_day);
        let extract = extract(&graph, Lens::as_of(day(on).unwrap()), &Excerpt::default());
        let met = extract
            .meetings
            .first()
            .map(|met| (met.status, met.date.map(|date| date.period().from)));
        assert_eq!(met, expected, "{on}");
    }
}

#[test]
fn people_without_a_line_are_left_out_where_there_are_many() {
    let text = |count: usize| {
        let people: String = (0..count)
            .map(|nth| format!("\"p{nth}\": (name: \"P\", kind: Person, speaks_for: \"us\"),"))
            .collect();
        format!(
            "Graph(actors: {{ \"us\": (name: \"US\", kind: State), {people} }}, meetings: {{ \"m\": (title: \"M\", status: Held, participants: [\"us\", \"p0\"]) }})"
        )
    };
    let few = read_text("few", &text(MANY_PEOPLE));
    assert_eq!(
        extract(&few, LENS, &Excerpt::default()).actors.len(),
        MANY_PEOPLE + 1
    );
    let many = read_text("many", &text(MANY_PEOPLE + 1));
    let extract = extract(&many, LENS, &Excerpt::default());
    assert_eq!(
        (
            extract.actors.len(),
            extract.left_out.people,
            extract.speaks_for.len()
        ),
        (2, MANY_PEOPLE, 1)
    );
    assert!(
        as_dot(&many, &extract)
            .contains("Not drawn: 40 people with no line except to those they speak for.")
    );
}

#[test]
fn a_crowd_is_a_box_with_a_number() {
    let ids: Vec<String> = (0..101).map(|nth| format!("\"a{nth}\"")).collect();
    let actors: String = ids
        .iter()
        .map(|id| format!("{id}: (name: \"A\", kind: State),"))
        .collect();
    let text = format!(
        "Graph(actors: {{ {actors} }}, meetings: {{ \"m\": (title: \"M\", status: Held, participants: [{}]) }})",
        ids.join(",")
    );
    let (graph, _) = demarche::resolve::read("crowd.ron", &text);
    let extract = extract(&graph, LENS, &Excerpt::default());
    let dot = as_dot(&graph, &extract);
    assert!(
        dot.contains("label=\"M\\nheld\\n101 participants\"") && !dot.contains("\"m\" -> "),
        "{dot}"
    );
}

#[test]
fn many_statements_are_drawn_one_by_one() {
    let stance = "(actor: [\"us\", \"china\"], issue: \"trade\", position: Opposes),";
    let text = format!(
        "Graph(actors: {{ \"us\": (name: \"US\", kind: State), \"china\": (name: \"China\", kind: State) }},
         issues: {{ \"trade\": (name: \"Trade\", question: \"?\") }}, stances: [{}])",
        stance.repeat(MANY_STATEMENTS + 1)
    );
    let graph = read_text("many", &text);
    let extract = extract(&graph, LENS, &Excerpt::default());
    let dot = as_dot(&graph, &extract);
    assert_eq!(
        dot.matches("\"us\" -> \"trade\";\n").count(),
        MANY_STATEMENTS + 1
    );
    assert!(dot.contains("One line per statement") && !dot.contains("Neutral"));
    assert_eq!(
        as_mermaid(&graph, &extract).matches("a1 -.-x i0\n").count(),
        MANY_STATEMENTS + 1
    );
}

#[test]
fn the_order_of_records_changes_nothing_but_the_order() {
    let records = [
        "(from: \"a\", to: \"b\", kind: Ally),",
        "(from: \"b\", to: \"c\", kind: Ally),",
        "(from: \"c\", to: \"a\", kind: Rival),",
    ];
    let text = |order: [usize; 3]| {
        let ties: String = order.iter().map(|&nth| records[nth]).collect();
        format!(
            "Graph(actors: {{ \"a\": (name: \"A\", kind: State), \"b\": (name: \"B\", kind: State), \"c\": (name: \"C\", kind: State) }}, ties: [{ties}])"
        )
    };
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let graph = read_text("order", &text(order));
        let extract = extract(&graph, LENS, &selection(&graph, "focus=a"));
        assert_eq!((extract.actors.len(), extract.ties.len()), (3, 3));
    }
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let (one, other) = (read("beijing"), read("beijing"));
    let extracts = [&one, &other].map(|graph| extract(graph, LENS, &Excerpt::default()));
    assert_eq!(as_dot(&one, &extracts[0]), as_dot(&other, &extracts[1]));
    assert_eq!(
        as_mermaid(&one, &extracts[0]),
        as_mermaid(&other, &extracts[1])
    );
}

/// A graph in which every text is any text.
fn any_graph(names: &[String]) -> Graph {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| ron::to_string(name).unwrap())
        .collect();
    let [
        title,
        us,
        china,
        blinken,
        role,
        trade,
        wide,
        visit,
        word,
        quote,
    ] = &quoted[..]
    else {
        panic!("ten names")
    };
    let text = format!(
        "Graph(title: {title}, sources: {{ \"s\": (title: {quote}) }},
         actors: {{ \"us\": (name: {us}, kind: State), \"china\": (name: {china}, kind: State, note: {quote}),
                    \"blinken\": (name: {blinken}, kind: Person, role: {role}, speaks_for: \"us\") }},
         issues: {{ \"trade\": (name: {trade}, part_of: \"wide\", question: {quote}), \"wide\": (name: {wide}, question: {quote}) }},
         stances: [(actor: \"us\", issue: \"trade\", position: Supports, toward: \"china\", summary: {quote}, quote: {quote}, source: \"s\")],
         meetings: {{ \"visit\": (title: {visit}, status: Held, participants: [\"blinken\", \"china\"], place: {quote}) }},
         ties: [(from: \"us\", to: \"china\", kind: Other({word}))])"
    );
    demarche::resolve::read(&names[0], &text).0
}

fn any_name() -> impl Strategy<Value = String> {
    let tricky = prop::sample::select(vec![
        "\"",
        "\\",
        "\\N",
        "\\n",
        "\\l",
        "\\\"",
        "&amp;",
        "&#60;",
        "&",
        "<b>",
        "</b>",
        "<script>",
        "]]>",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u{7}",
        "\u{85}",
        "\u{FFFF}",
        "🌍",
        "👩‍👧",
        "שלום",
        "مرحبا",
        "\u{202E}",
        "]; x -> y [a=\"",
        "//",
        "/*",
        "#",
        "{",
        "}",
        "|",
        "->",
        ":",
        ";",
        "%%{init}%%",
        "`",
        "---",
        "end",
        " ",
        "  ",
        "a",
        "Trade",
        "外交部",
        "\u{301}",
        "=",
        "\u{2028}",
        "'",
    ]);
    prop_oneof![
        prop::collection::vec(tricky, 0..12).prop_map(|parts| parts.concat()),
        any::<String>()
    ]
    // Names must not be blank.
    .prop_map(|name| {
        if name.trim().is_empty() {
            format!("{name}x")
        } else {
            name
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn another_parser_reads_dot_back(names in prop::collection::vec(any_name(), 10)) {
        let graph = any_graph(&names);
        let extract = extract(&graph, LENS, &Excerpt::default());
        let text = as_dot(&graph, &extract);
        let picture = dots::read(&text);
        prop_assert_eq!(&picture.nodes.len(), &(graph.actors().len() + 2 + 1 + dots::legend_nodes(&picture)));
        // Actors are in the order of the ids that the file gives them: Blinken, China, the US.
        for ((_, actor), label) in graph.actors().zip([format!("{}{}", names[3], names[4]), names[2].clone(), names[1].clone()]) {
            let node = &picture.nodes[&dots::as_id(&actor.id)];
            prop_assert_eq!(dots::shown(&node["label"]), dots::plain(&label));
        }
        // A question that says no more than the name is not shown.
        let asks = names[9].chars().any(char::is_alphanumeric) && names[9].trim() != names[5].trim();
        let question = if asks { names[9].as_str() } else { "" };
        prop_assert_eq!(dots::shown(&picture.nodes["trade"]["label"]), dots::plain(&format!("{}{question}", names[5])));
        let tooltip = dots::shown(&picture.nodes["wide"]["tooltip"]);
        prop_assert!(tooltip.contains(&dots::plain(&names[9])), "{}", tooltip);
        let [us, china, blinken] = ["us", "china", "blinken"].map(dots::as_id);
        let position = &picture.edges[&(us.clone(), "trade".to_owned())];
        prop_assert_eq!(&position["color"], Theme::Light.hex(Color::Supports));
        prop_assert_eq!(dots::shown(&position["label"]), dots::plain(&format!("toward{}", names[2])));
        prop_assert_eq!(dots::shown(&picture.edges[&(us.clone(), china.clone())]["label"]), dots::plain(&names[8]));
        prop_assert_eq!(&picture.edges[&("visit".to_owned(), china)]["color"], Theme::Light.hex(Color::Meeting));
        prop_assert_eq!(&picture.edges[&(blinken, us)]["arrowhead"], "vee");
        prop_assert_eq!(picture.edges.keys().filter(|(from, _)| !from.starts_with("legend ")).count(), 6);
    }

    #[test]
    fn no_text_breaks_out_of_mermaid(names in prop::collection::vec(any_name(), 10)) {
        let graph = any_graph(&names);
        let extract = extract(&graph, LENS, &Excerpt::default());
        let text = as_mermaid(&graph, &extract);
        let plain = any_graph(&vec!["x".to_owned(); 10]);
        let usual = as_mermaid(&plain, &demarche::query::extract(&plain, LENS, &Excerpt::default()));
        // Whatever the names are, all lines but for their labels are the same.
        prop_assert_eq!(dots::without_strings(&text), dots::without_strings(&usual));
    }
}

/// Runs Graphviz; none where it is not installed.
fn graphviz(arguments: &[&str], text: &str) -> Option<String> {
    let mut dot = Command::new("dot")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    dot.stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = dot.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
#[expect(
    clippy::print_stderr,
    reason = "whoever runs the tests is told what was not tried"
)]
fn graphviz_shows_names_as_written() {
    let graph = read("words");
    let text = as_dot(&graph, &extract(&graph, LENS, &Excerpt::default()));
    let (Some(_), Some(svg)) = (graphviz(&["-Tcanon"], &text), graphviz(&["-Tsvg"], &text)) else {
        eprintln!("skipped: Graphviz is not installed");
        return;
    };
    let shown = dots::svg_text(&svg);
    let names = graph
        .actors()
        .map(|(_, actor)| &actor.name)
        .chain(graph.issues().map(|(_, issue)| &issue.name));
    for name in names.chain(graph.meetings().map(|(_, meeting)| &meeting.title)) {
        assert!(
            shown.contains(&dots::plain(name)),
            "{name:?} is not shown in {shown}"
        );
    }
    assert!(shown.contains(&dots::plain(graph.title().unwrap())));
    let tooltips = dots::svg_tooltips(&svg);
    for name in graph
        .actors()
        .map(|(_, actor)| &actor.name)
        .chain(graph.issues().map(|(_, issue)| &issue.name))
    {
        assert!(
            tooltips.contains(&dots::plain(name)),
            "{name:?} is not shown in {tooltips}"
        );
    }
    assert!(!svg.contains("<script") && !svg.contains("<b>"));
}

/// Returns what the boxes of an SVG of Graphviz take up: left, upper, right and lower ends, by name.
fn boxes(svg: &str) -> Vec<(String, [f64; 4])> {
    let groups = svg.split("class=\"node\">").skip(1);
    let of_group = |group: &str| {
        let name = group.split_once("<title>")?.1.split_once("</title>")?.0;
        let outline = group.split_once("</g>")?.0;
        let numbers = |after: &str| -> Vec<f64> {
            let points = outline
                .split(after)
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap());
            let each =
                points.flat_map(|points| points.split(|c: char| !"-.0123456789".contains(c)));
            each.filter_map(|number| number.parse().ok()).collect()
        };
        let points = [numbers(" points=\""), numbers(" d=\"")].concat();
        let ends = |axis: usize, pick: fn(f64, f64) -> f64| {
            points.iter().skip(axis).step_by(2).copied().reduce(pick)
        };
        Some((
            name.to_owned(),
            [
                ends(0, f64::min)?,
                ends(1, f64::min)?,
                ends(0, f64::max)?,
                ends(1, f64::max)?,
            ],
        ))
    };
    groups.filter_map(of_group).collect()
}

/// Programs that lay out freely mix nothing: no box lies on another, nor on the legend.
#[test]
#[expect(
    clippy::print_stderr,
    reason = "whoever runs the tests is told what was not tried"
)]
fn free_layouts_keep_the_legend_apart() {
    if graphviz(&["-V"], "").is_none() {
        eprintln!("skipped: Graphviz is not installed");
        return;
    }
    for view in ["map", "network"] {
        for engine in ["neato", "sfdp", "fdp"] {
            let drawn = ["--layout", engine, "--format", "svg", "--view", view];
            let (svg, _) = demarche(&drawn);
            let boxes = boxes(&svg);
            assert!(
                boxes.iter().any(|(name, _)| name == "us"),
                "{view} {engine}: {boxes:?}"
            );
            assert!(
                svg.contains("<title>legend notes</title>"),
                "{view} {engine}"
            );
            for (nth, (one, at)) in boxes.iter().enumerate() {
                for (other, there) in &boxes[nth + 1..] {
                    let is_apart = (0..2).any(|axis| {
                        at[axis + 2] < there[axis] + 1.0 || there[axis + 2] < at[axis] + 1.0
                    });
                    assert!(is_apart, "{view} {engine}: {one} on {other}");
                }
            }
        }
    }
}
