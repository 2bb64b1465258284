//! The page to click through, in a real browser where one is installed.
#![cfg(feature = "pictures")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails may panic; a skipped one says so"
)]

mod browser;
#[path = "page/worked.rs"]
mod worked;

use std::fs;
use std::path::{Path, PathBuf};

use browser::{Browser, Tab};
use demarche::graph::{Graph, Lens};
use demarche::model::Day;
use demarche::picture::{Drawing, Format, View, draw};

/// The page of a graph, as of a day; in a folder of its own.
fn page(name: &str, day: Day) -> (tempfile::TempDir, PathBuf) {
    let (graph, mistakes) =
        demarche::disk::read(&[Path::new(env!("CARGO_MANIFEST_DIR")).join(name)])
            .expect("the graph");
    assert!(mistakes.is_empty(), "{mistakes:?}");
    written(graph, day, &Drawing::default())
}

/// The page of a drawing, in a folder of its own.
fn written(graph: Graph, day: Day, drawing: &Drawing) -> (tempfile::TempDir, PathBuf) {
    let view = demarche::query::View::whole(graph, Lens::as_of(day));
    let page = draw(&view, drawing, Format::Html).expect("there is something to draw");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.html");
    fs::write(&path, page).expect("the folder can be written to");
    (folder, path)
}

fn open(browser: &mut Browser, path: &Path) -> Tab {
    let tab = browser.open(path, "");
    assert_eq!(
        browser.evaluate(
            &tab,
            "document.querySelector('#name').textContent.length > 0"
        ),
        "true",
        "the script runs"
    );
    tab
}

#[test]
fn what_looks_like_markup_stays_text() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = page("tests/page/nasty.ron", Day::of(2024, 7, 1));
    let tab = open(&mut browser, &path);
    // Every card is opened, every choice made.
    let told = browser.evaluate(
        &tab,
        r##"(async () => {
            let told = "";
            // What a new address does is done once its event was told to everybody.
            const rest = () => new Promise((done) => addEventListener("hashchange", () => setTimeout(done), { once: true }));
            for (const state of ["#pick=a", "#pick=p", "#pick=i", "#pick=m", "#path=a~i", "#pick=<img src=x onerror=window.pwned=20>&issue=%3Cscript%3E&day=<b>&at=<b>", "#day=2024-02-01"]) {
                const done = rest();
                location.hash = state;
                await done;
                told += document.querySelector("#card").textContent;
            }
            const search = document.querySelector("#search");
            search.value = "script";
            search.dispatchEvent(new Event("input"));
            told += document.querySelector("#found").textContent;
            return JSON.stringify({ pwned: window.pwned ?? null, images: document.images.length, frames: frames.length, scripts: document.scripts.length, links: document.links.length, told });
        })()"##,
    );
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    assert!(told["pwned"].is_null(), "{told}");
    assert_eq!(
        (
            told["images"].as_u64(),
            told["frames"].as_u64(),
            told["scripts"].as_u64(),
            told["links"].as_u64()
        ),
        (Some(0), Some(0), Some(2), Some(0))
    );
    let text = told["told"].as_str().expect("a text");
    for number in [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] {
        assert!(
            text.contains(&format!("pwned={number}")),
            "pwned={number} is shown as text: {text}"
        );
    }
    assert_eq!(
        browser.complaints(&tab),
        Vec::<String>::new(),
        "nothing was stopped by the policy, nothing went wrong"
    );
    // The policy stops what the page itself does not hold.
    let stopped = browser.evaluate(
        &tab,
        r#"(async () => {
            const script = document.createElement("script");
            script.textContent = "window.pwned = 30";
            document.body.append(script);
            const image = document.createElement("img");
            image.src = "x.png";
            document.body.append(image);
            const fetched = await fetch("https://example.org").then(() => "fetched", () => "stopped");
            return JSON.stringify([window.pwned ?? null, fetched]);
        })()"#,
    );
    assert_eq!(stopped, r#"[null,"stopped"]"#);
}

#[test]
fn a_page_answers() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = page("graphs/blinken-2023.ron", Day::of(2024, 7, 1));
    assert!(
        fs::metadata(&path).expect("the page").len() < 330_000,
        "a page of a hand-sized graph is small"
    );
    let tab = open(&mut browser, &path);
    // Waits for what is asked, however busy the machine is.
    let until = "const until = async (ready) => { while (!ready()) await new Promise((done) => setTimeout(done, 5)); };";
    let mut ask = |script: &str| {
        browser.evaluate(&tab, &format!("(async () => {{ const $ = (at) => document.querySelector(at); {until} {script} }})()"))
    };

    // Found by an alias, chosen with the keyboard.
    let card = ask(
        r##"const search = $("#search"); search.focus(); search.value = "prc"; search.dispatchEvent(new Event("input"));
        search.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })); await until(() => !$("#card").hidden); return $("#card").textContent + location.hash;"##,
    );
    for words in [
        "China",
        "supports",
        "means Taiwan above all",
        "blinken-2023.ron:234",
        "Xi Jinping",
        "#pick=china",
    ] {
        assert!(card.contains(words), "{words}: {card}");
    }
    // A click on a box, and on nothing.
    let clicked = ask(
        r##"$("g.meeting[data-id=banquet]").dispatchEvent(new MouseEvent("click", { bubbles: true })); await until(() => $("#card").textContent.includes("Banquet"));
        const card = $("#card").textContent; $("#stage").click(); await until(() => $("#card").hidden); return card;"##,
    );
    assert!(
        clicked.contains("Banquet for Blinken") && clicked.contains("planned"),
        "{clicked}"
    );
    // Filters leave what passes them.
    let left = ask(
        r##"const side = $("#side"); side.value = "opposes"; side.dispatchEvent(new Event("change")); await until(() => location.hash.includes("side=opposes"));
        const left = [...document.querySelectorAll("g.stance:not(.off)")].map((g) => g.dataset.actor + "-" + g.dataset.issue).join(); $("#reset").click(); return left;"##,
    );
    assert_eq!(left, "singapore-trip-sufficient");
    // Time: before the visit nobody has said anything.
    let early = ask(
        r##"const day = $("#day"); day.value = day.min; day.dispatchEvent(new Event("input")); await until(() => location.hash.includes("day="));
        const early = document.querySelectorAll("g.stance:not(.off)").length + " " + location.hash; $("#reset").click(); await until(() => !location.hash.includes("day="));
        return early + " " + document.querySelectorAll("g.stance:not(.off)").length;"##,
    );
    assert_eq!(early, "0 #day=2023-02-01 19");
    // A link to a state of the page leads there.
    let path_told = ask(
        r##"location.hash = "#path=singapore~china&over=ties"; await until(() => $("#card").textContent.includes("steps"));
        return $("#card").textContent + [...document.querySelectorAll(".over g[data-id]")].map((g) => g.dataset.id).sort().join();"##,
    );
    assert!(
        path_told.contains("2 steps") && path_told.ends_with("china,singapore,us"),
        "{path_told}"
    );
    assert_eq!(browser.complaints(&tab), Vec::<String>::new());
}

/// A line that was another on the day asked for has the colour, the dash and the end of that one; so have meetings.
#[test]
fn time_is_replayed_without_colour_alone() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = page("examples/harbour/graph.ron", Day::of(2025, 3, 1));
    let tab = browser.open(&path, "#day=2024-06-10");
    let line = browser.evaluate(
        &tab,
        r##"(() => {
            const g = document.querySelector("g.stance[data-actor=dockers][data-issue=harbour]");
            const shown = [...g.children].filter((child) => getComputedStyle(child).display !== "none");
            const [then] = shown;
            const path = then.querySelector("path");
            const mark = document.querySelector(then.querySelector("use").getAttribute("href"));
            return JSON.stringify([shown.length, getComputedStyle(path).stroke, path.getAttribute("stroke-dasharray"), mark.children.length]);
        })()"##,
    );
    // Strongly opposed: of that line's colour, dashed, two bars at its end.
    assert_eq!(line, r##"[1,"rgb(194, 78, 0)","6 3.5",2]"##);
    let meeting = browser.evaluate(
        &tab,
        r##"(() => {
            const box = document.querySelector("g.meeting[data-id=union-talks]");
            const shown = [...box.querySelectorAll("text")].filter((text) => getComputedStyle(text).display !== "none").map((text) => text.textContent);
            const arm = document.querySelector("g.arm[data-meeting=union-talks] .then path");
            return [...shown, getComputedStyle(box.querySelector("rect")).strokeDasharray, arm.getAttribute("stroke-dasharray")].join("|");
        })()"##,
    );
    assert_eq!(
        meeting,
        "Port Authority and union|then planned 2024-09-10|6px, 3.5px|6 3.5"
    );
    assert_eq!(browser.complaints(&tab), Vec::<String>::new());
}

/// The lines of a network are those of the day asked for, and camps, which are of the picture's day, are not told then.
#[test]
fn a_network_is_replayed() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (graph, _) =
        demarche::disk::read(&[Path::new("examples/harbour/graph.ron")]).expect("the graph");
    let drawing = Drawing {
        view: View::Network,
        ..Drawing::default()
    };
    let (_folder, path) = written(graph, Day::of(2025, 3, 1), &drawing);
    let tab = browser.open(&path, "");
    let told = r##"JSON.stringify([
        [...document.querySelectorAll("g.bond[data-from=lind][data-to=oduya] g.joint:not(.off)")].map((joint) => joint.dataset.kind + " " + getComputedStyle(joint.querySelector("path")).strokeDasharray),
        [...document.querySelectorAll("g.actor .camp")].filter((camp) => getComputedStyle(camp).display !== "none").length > 0,
        document.querySelector("#key").hidden,
    ])"##;
    assert_eq!(browser.evaluate(&tab, told), r#"[["met none"],true,true]"#);
    // In September they were to meet.
    let tab = browser.open(&path, "#day=2024-08-01");
    assert_eq!(
        browser.evaluate(&tab, told),
        r#"[["met 6px, 3.5px"],false,true]"#
    );
    assert_eq!(browser.complaints(&tab), Vec::<String>::new());
}

/// The page of a text, with what is wrong in it.
fn page_of(text: &str, day: Day) -> (tempfile::TempDir, PathBuf) {
    let (mut graph, _) = demarche::resolve::read("graph.ron", text);
    graph.tell_later(day);
    written(graph, day, &Drawing::default())
}

#[test]
fn what_has_no_name_stops_nothing() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let text = r#"Graph(
        title: "",
        sources: { "s": (title: "", date: "2024-01-01") },
        actors: { "a": (name: "", kind: State, aliases: [""]), "b": (name: "B", kind: State) },
        issues: { "i": (name: "", question: "") },
        stances: [(actor: ["a", "b"], issue: "i", position: Supports, summary: "", quote: "", source: "s")],
        meetings: { "m": (title: "", status: Held, participants: ["a", "b"], topics: ["i"], source: "s") },
        ties: [(from: "a", to: "b", kind: Other(""))],
    )"#;
    let (_folder, path) = page_of(text, Day::of(2024, 7, 1));
    for at in ["", "#pick=a", "#pick=i", "#pick=m", "#path=a~b"] {
        let tab = browser.open(&path, at);
        let foot = browser.evaluate(&tab, "document.querySelector('#foot').textContent");
        assert!(foot.starts_with("Shown: 2 actors, 1 issue"), "{at}: {foot}");
        assert_eq!(browser.complaints(&tab), Vec::<String>::new(), "{at}");
    }
    let tab = browser.open(&path, "#pick=a");
    let heading = browser.evaluate(&tab, "document.querySelector('#card h2').textContent");
    assert_eq!(heading, "a");
}

#[test]
fn a_meeting_has_the_status_that_was_set_last() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let text = r#"Graph(
        sources: { "s": (title: "S", date: "2023-02-03"), "t": (title: "T", date: "2023-06-20") },
        actors: { "a": (name: "A", kind: State), "b": (name: "B", kind: State) },
        issues: { "i": (name: "I", question: "?") },
        meetings: {
            "m": (title: "M", status: Held, date: "2023-06-18", participants: ["a", "b"], topics: ["i"], source: "t",
                earlier: [
                    (status: Cancelled, on: "2023-02-03"),
                    (status: Planned, on: "2023-01-03"),
                    (status: Postponed, source: "s"),
                    (status: Invited),
                ]),
            "later": (title: "L", status: Held, date: "2024-08-01", participants: ["a", "b"], topics: ["i"]),
        },
    )"#;
    let (_folder, path) = page_of(text, Day::of(2024, 7, 1));
    let told = "document.querySelector('#card p').textContent";
    for (at, status) in [
        ("#pick=m&day=2023-01-05", "planned"),
        (
            "#pick=m&day=2023-03-01",
            "unknown which: postponed or cancelled",
        ),
        ("#pick=m&day=2023-06-18", "held"),
        ("#pick=m", "held"),
        // What is later than the picture is told as later, of an earlier day as not yet known of; later days it has none.
        ("#pick=later", "held, later"),
        ("#pick=later&day=2024-06-01", "not yet known"),
        ("#pick=later&day=2024-08-01", "held, later"),
    ] {
        let tab = browser.open(&path, at);
        let card = browser.evaluate(&tab, told);
        assert!(card.starts_with(status), "{at}: {card}");
    }
}

/// The foot tells the day and what is shown; what the picture says of its own day is not left to stand beside another.
#[test]
fn the_foot_tells_what_is_shown() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let text = r#"Graph(
        sources: { "s": (title: "S", date: "2024-01-01"), "t": (title: "T", date: "2024-05-01") },
        actors: { "a": (name: "A", kind: State), "b": (name: "B", kind: State) },
        issues: { "i": (name: "I", question: "?") },
        stances: [
            (actor: "a", issue: "i", position: Supports, source: "s"),
            (actor: "a", issue: "i", position: Supports, source: "t"),
            (actor: "b", issue: "i", position: Opposes, source: "t"),
        ],
    )"#;
    let (_folder, path) = page_of(text, Day::of(2024, 7, 1));
    let told = r##"[document.querySelector("#foot").textContent, getComputedStyle(document.querySelector("g.rests")).display === "none"].join("|")"##;
    for (at, foot) in [
        (
            "",
            "Shown: 2 actors, 1 issue, 2 positions. Behind it: 1 of the graph's 2 sources, 2 of 3 statements, as of 2024-07-01|false",
        ),
        (
            "#day=2024-02-01",
            "Shown: 2 actors, 1 issue, 1 position, 1 statement of 1 source, as of 2024-02-01|true",
        ),
        (
            "#side=opposes",
            "Shown: 1 actor, 1 issue, 1 position, 1 statement of 1 source, as of 2024-07-01|true",
        ),
        (
            "#source=t",
            "Shown: 2 actors, 1 issue, 2 positions, 2 statements of 1 source, as of 2024-07-01|true",
        ),
    ] {
        let tab = browser.open(&path, at);
        assert_eq!(browser.evaluate(&tab, told), foot, "{at}");
    }
    // The slider and a filter tell the same as a link.
    let tab = browser.open(&path, "");
    let moved = browser.evaluate(
        &tab,
        r##"(() => {
            const foot = () => document.querySelector("#foot").textContent;
            const change = (id, value, event) => { const field = document.querySelector(id); field.value = value; field.dispatchEvent(new Event(event)); return foot(); };
            const day = Date.parse("2024-02-01") / 864e5;
            return [change("#day", day, "input"), change("#side", "opposes", "change")].join("|");
        })()"##,
    );
    assert_eq!(
        moved,
        "Shown: 2 actors, 1 issue, 1 position, 1 statement of 1 source, as of 2024-02-01|Shown: 0 actors, 0 issues, 0 positions, 0 statements of 0 sources, as of 2024-02-01"
    );
    // What is not drawn does not stand out.
    let tab = browser.open(&path, "#pick=a&side=opposes");
    let lit = browser.evaluate(&tab, "document.querySelectorAll('g.lit').length + ' ' + document.querySelectorAll('.over g[data-id]').length");
    assert_eq!(lit, "0 0");
    assert_eq!(browser.complaints(&tab), Vec::<String>::new());
}

/// Meetings of one name are told apart by date and participants, where they are searched and where they are pointed at; a
/// key takes away what is told.
#[test]
fn meetings_of_one_name_are_told_apart() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let text = r#"Graph(
        actors: { "a": (name: "A", kind: State), "b": (name: "B", kind: Person, role: "Envoy"), "c": (name: "C", kind: State) },
        meetings: {
            "m": (title: "Talks", kind: Talks, status: Held, date: "2024-01-10", participants: ["a", "b"]),
            "n": (title: "Talks", kind: Talks, status: Held, date: "2024-01-10", participants: ["a", "c"]),
        },
    )"#;
    let (_folder, path) = page_of(text, Day::of(2024, 7, 1));
    let tab = open(&mut browser, &path);
    let found = browser.evaluate(
        &tab,
        r##"["talks", "b"].map((name) => {
            const search = document.querySelector("#search");
            search.value = name;
            search.dispatchEvent(new Event("input"));
            return [...document.querySelectorAll("#found li")].map((item) => item.textContent).join("|");
        }).join("|")"##,
    );
    assert_eq!(
        found,
        "Talks meeting, held, 2024-01-10 – A; B|Talks meeting, held, 2024-01-10 – A; C|B person, Envoy"
    );
    let told = browser.evaluate(
        &tab,
        r##"(() => {
            const hint = document.querySelector("#hint");
            document.querySelector("g.meeting[data-id=n]").dispatchEvent(new PointerEvent("pointermove", { bubbles: true }));
            const told = [hint.hidden, hint.textContent];
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
            return JSON.stringify([...told, hint.hidden]);
        })()"##,
    );
    assert_eq!(told, r#"[false,"Talks – held, 2024-01-10 – A; C",true]"#);
    assert_eq!(browser.complaints(&tab), Vec::<String>::new());
}

/// Where lines are too many to follow, the page says how each is seen, until one is.
#[test]
fn too_many_lines_are_told() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let names = |kind: char, more: &str| -> String {
        let one = |nth| format!("\"{kind}{nth}\": (name: \"{kind}{nth}\", {more}),");
        (0..13).map(one).collect()
    };
    let pairs = (0..169).map(|nth| (nth / 13, nth % 13));
    let stances: String = pairs
        .map(|(actor, issue)| {
            format!("(actor: \"a{actor}\", issue: \"i{issue}\", position: Supports),")
        })
        .collect();
    let (actors, issues) = (names('a', "kind: State"), names('i', "question: \"?\""));
    let text =
        format!("Graph(actors: {{ {actors} }}, issues: {{ {issues} }}, stances: [ {stances} ])");
    let (_folder, path) = page_of(&text, Day::of(2024, 7, 1));
    let told = r##"getComputedStyle(document.querySelector("#tangle")).display + document.querySelector("#tangle").textContent"##;
    for (at, words) in [
        ("", "block169 lines: choose a name to see its own"),
        ("#pick=a1", "none"),
        ("#issue=i1", "none"),
        ("#view=matrix", "none"),
    ] {
        let tab = browser.open(&path, at);
        let told = browser.evaluate(&tab, told);
        assert!(told.starts_with(words), "{at}: {told}");
        assert_eq!(browser.complaints(&tab), Vec::<String>::new());
    }
}

/// Of every view, the page tells the sources, statements and meetings that its picture tells.
#[test]
fn the_foot_tells_what_each_picture_rests_on() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let name = "examples/harbour/graph.ron";
    let day = Day::of(2025, 3, 1);
    let (_folder, path) = page(name, day);
    let tab = open(&mut browser, &path);
    for view in View::ALL {
        let (graph, _) = demarche::disk::read(&[name]).expect("the graph");
        let whole = demarche::query::View::whole(graph, Lens::as_of(day));
        let drawing = Drawing {
            view: *view,
            ..Drawing::default()
        };
        let picture = draw(&whole, &drawing, Format::Svg).expect("a picture");
        let picture = String::from_utf8(picture).expect("text");
        let rests = picture.split("class=\"rests\"").nth(1).expect("a basis");
        let lines = rests
            .split("</text>")
            .filter_map(|text| text.split_once("<text"));
        let lines = lines.filter_map(|(_, text)| text.split_once('>'));
        let lines: Vec<&str> = lines.map(|(_, line)| line).collect();
        let basis = lines.join(" ").replace("&#39;", "'");
        let basis = basis.split(". ").next().expect("a sentence");
        let foot = browser.evaluate(
            &tab,
            &format!("document.querySelector('[data-view={}]').click(); document.querySelector('#foot').textContent", view.key()),
        );
        assert!(
            basis.contains("statement") || *view == View::Network,
            "{basis}"
        );
        assert!(foot.ends_with(basis), "{}: {foot}: {basis}", view.key());
    }
    assert_eq!(browser.complaints(&tab), Vec::<String>::new());
}

/// A view opens from its title at a size that can be read, on a screen and on a phone, where its legend is
/// below it.
#[test]
fn a_view_opens_readable() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = page("examples/harbour/graph.ron", Day::of(2025, 3, 1));
    for (width, height, tools) in [(1280, 720, 50.0), (390, 844, 90.0)] {
        let size = serde_json::json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        let tab = browser.open_in(&path, "", &size);
        let header = "document.querySelector('header').offsetHeight";
        let header: f64 = browser.evaluate(&tab, header).parse().expect("a height");
        assert!(header <= tools, "{width}: {header}");
        for view in View::ALL {
            let told = browser.evaluate(
                &tab,
                &format!(
                    r##"(async () => {{
                        const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                        document.querySelector("[data-view={}]").click();
                        await frames();
                        const stage = document.querySelector("#stage").getBoundingClientRect();
                        const box = (of) => document.querySelector("#sheet>svg.base" + of).getBoundingClientRect();
                        const scale = box("").width / document.querySelector("#sheet>svg.base").viewBox.baseVal.width;
                        const isTitled = box(" text").top >= stage.top && box(" text").left >= stage.left;
                        const isBelow = stage.width > stage.height || box(" g.legend").top >= box(" g.view").bottom;
                        const isSaid = box("").bottom <= stage.bottom + 1 && box("").right <= stage.right + 1 || !document.querySelector("#more").hidden;
                        document.querySelector("#whole").click();
                        await frames();
                        const isWhole = box("").bottom <= stage.bottom + 1 && box("").right <= stage.right + 1;
                        return JSON.stringify([scale * 12 >= 10, isTitled, isBelow, isSaid, isWhole]);
                    }})()"##,
                    view.key()
                ),
            );
            assert_eq!(
                told,
                "[true,true,true,true,true]",
                "{width}: {}",
                view.key()
            );
        }
        assert_eq!(browser.complaints(&tab), Vec::<String>::new());
    }
}

/// With who speaks for another, the lines of that other that rest on its statements stand out.
#[test]
fn what_was_said_for_another_stands_out() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = page("graphs/blinken-2023.ron", Day::of(2024, 7, 1));
    let tab = browser.open(&path, "#pick=blinken");
    let lit = browser.evaluate(
        &tab,
        "[...new Set([...document.querySelectorAll('.over g.stance')].map((g) => g.dataset.actor))].join()",
    );
    assert_eq!(lit, "us");
}

/// The paths that the page finds are those of `path`, on its own day and on earlier ones.
#[test]
fn paths_are_those_of_the_question() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let blinken = "graphs/blinken-2023.ron";
    let day = Day::of(2024, 7, 1);
    let known = compare_paths(&mut browser, blinken, day, day, &["singapore", "qin"]);
    assert!(known > 60, "{known}");
    // Ministers follow one another.
    let harbour = "examples/harbour/graph.ron";
    let day = Day::of(2025, 3, 1);
    for on in [day, Day::of(2024, 10, 10), Day::of(2024, 6, 10)] {
        let known = compare_paths(&mut browser, harbour, day, on, &["renn", "marten"]);
        assert!(known > 60, "{on}: {known}");
    }
}

/// Compares the paths from some actors to all others on a day; tells how many.
fn compare_paths(browser: &mut Browser, name: &str, day: Day, on: Day, starts: &[&str]) -> usize {
    use demarche::graph::Restriction;
    use demarche::query::{PathQuestion, Through, path};
    let (_folder, page) = page(name, day);
    let (graph, _) = demarche::disk::read(&[name]).expect("the graph");
    let (graph, _) = graph.restricted(&Restriction::as_of(on));
    let ids: Vec<&str> = graph.actors().map(|(_, actor)| &*actor.id).collect();
    let actor = |id: &str| graph.actor(id).expect("an actor");
    let mut known = 0;
    for (way, through) in [
        ("all", Through::All),
        ("meetings", Through::Meetings),
        ("issues", Through::Issues),
        ("ties", Through::Ties),
    ] {
        for from in starts {
            // A browser follows only so many links of one page at a time.
            let tab = browser.open(&page, "");
            for to in ids.iter().filter(|to| *to != from) {
                let question = PathQuestion {
                    through,
                    fold: false,
                    count: 1,
                };
                let asked = path(&graph, Lens::as_of(on), actor(from), actor(to), &question);
                let steps = asked
                    .notes
                    .iter()
                    .find_map(|note| Some(note.text.split_once(" away: ")?.0))
                    .unwrap_or("They are not connected");
                let told = browser.evaluate(
                    &tab,
                    &format!(
                        r##"(() => {{
                            history.replaceState(null, "", "#path={from}~{to}&over={way}&day={on}");
                            dispatchEvent(new HashChangeEvent("hashchange"));
                            return document.querySelector("#card").textContent;
                        }})()"##
                    ),
                );
                // Who is not drawn is not on the page.
                if told.is_empty() {
                    continue;
                }
                known += 1;
                assert!(
                    told.contains(steps),
                    "{from} {to} {way} {on}: {steps}: {told}"
                );
            }
            assert_eq!(browser.complaints(&tab), Vec::<String>::new());
        }
    }
    known
}

/// The text of the card that a state of the page shows.
fn card(browser: &mut Browser, path: &Path, at: &str) -> String {
    let tab = browser.open(path, at);
    let text = browser.evaluate(&tab, "document.querySelector('#card').innerText");
    assert_eq!(browser.complaints(&tab), Vec::<String>::new(), "{at}");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a card below a heading.
fn below<'c>(card: &'c str, heading: &str) -> &'c str {
    let parts = card.split_once(heading);
    parts.map_or("", |(_, below)| below)
}

#[test]
fn who_was_only_asked_did_not_meet() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let text = r#"Graph(
        sources: { "w": (title: "Wire", date: "2024-06-10") },
        actors: {
            "a": (name: "Alpha", kind: State), "b": (name: "Beta", kind: State), "c": (name: "Gamma", kind: State),
            "d": (name: "Delta", kind: State), "e": (name: "Eta", kind: State), "o": (name: "Otto", kind: Person, speaks_for: "e"),
        },
        issues: { "i": (name: "I", question: "?") },
        stances: [(actor: "e", issue: "i", position: Supports, source: "w")],
        meetings: {
            "h": (title: "Held talks", status: Held, date: "2024-06-01", host: "e", participants: ["a", "b"], declined: ["c"], invited: ["d"], source: "w"),
            "p": (title: "Planned talks", status: Planned, date: "2024-07", participants: ["a"], invited: ["d"], declined: ["c", "o"], source: "w"),
        },
    )"#;
    let (_folder, path) = page_of(text, Day::of(2024, 6, 15));
    for (at, heading) in [("#pick=c", "Declined"), ("#pick=d", "Invited")] {
        let card = card(&mut browser, &path, at);
        assert!(!card.contains("Meetings"), "{at}: {card}");
        let below = below(&card, heading);
        for title in ["Held talks held", "Planned talks planned"] {
            assert!(below.contains(title), "{at}: {card}");
        }
    }
    let alpha = card(&mut browser, &path, "#pick=a");
    assert!(
        below(&alpha, "Meetings").contains("Held talks held"),
        "{alpha}"
    );
    let eta = card(&mut browser, &path, "#pick=e");
    assert!(!eta.contains("Meetings"), "{eta}");
    assert!(
        below(&eta, "As host only, without taking part").contains("Held talks held"),
        "{eta}"
    );
    assert!(
        below(&eta, "Declined").contains("Planned talks planned, 2024-07, through Otto"),
        "{eta}"
    );
}

/// A meeting counts for those for whom its participants spoke then, whoever speaks for them now.
#[test]
fn a_meeting_counts_by_the_offices_of_its_days() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let text = r#"Graph(
        sources: { "w": (title: "Wire", date: "2024-01-10") },
        actors: {
            "st": (name: "State", kind: State), "u": (name: "Union", kind: State), "f": (name: "Foe", kind: State),
            "p": (name: "Person P", kind: Person), "o": (name: "Old", kind: Person), "x": (name: "Xi", kind: Person),
        },
        ties: [
            (from: "p", to: "st", kind: SpeaksFor, since: "2024-06-01", source: "w"),
            (from: "o", to: "st", kind: SpeaksFor, until: "2023-12-31", source: "w"),
            (from: "x", to: "st", kind: SpeaksFor, until: "2023-03-31"),
            (from: "x", to: "u", kind: SpeaksFor, since: "2023-04-01"),
        ],
        issues: { "i": (name: "I", question: "I?") },
        stances: [(actor: ["st", "u"], issue: "i", position: Supports, source: "w")],
        meetings: {
            "m": (title: "Before office", status: Held, date: "2024-01-09", participants: ["p", "f"], source: "w"),
            "k": (title: "Old in office", status: Held, date: "2023-11-08", participants: ["o", "f"], source: "w"),
            "l": (title: "Old perhaps in office", status: Held, date: "2023-12/2024-01", participants: ["o", "f"], source: "w"),
            "t": (title: "Of two offices", status: Held, date: "2023-03-15/2023-04-15", participants: ["x", "f"], source: "w"),
        },
    )"#;
    let (_folder, path) = page_of(text, Day::of(2024, 6, 15));
    let state = card(&mut browser, &path, "#pick=st");
    assert!(!state.contains("Before office"), "{state}");
    for words in [
        "Old in office held, 2023-11-08, through Old",
        "through Old, perhaps not in office",
    ] {
        assert!(below(&state, "Meetings").contains(words), "{state}");
    }
    let elsewhere = below(
        &state,
        "Not counted, because whoever took part also spoke for another then",
    );
    assert!(elsewhere.starts_with(" Of two offices held"), "{state}");
    // So they stand out in the picture.
    let tab = browser.open(&path, "#pick=st");
    let lit = browser.evaluate(&tab, "[...document.querySelectorAll('.over g.arm')].map((arm) => arm.dataset.actor + ' ' + arm.dataset.meeting).sort().join()");
    assert_eq!(lit, "o k,o l");
    let person = card(&mut browser, &path, "#pick=p");
    assert!(person.contains("Before office held"), "{person}");
}

/// On an earlier day of the slider a meeting counts by the date it then had, and a position by whom its actor had spoken for.
#[test]
fn earlier_days_are_counted_by_the_same_rules() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let text = r#"Graph(
        sources: { "s": (title: "S", date: "2024-06-25") },
        actors: {
            "st": (name: "State", kind: State), "f": (name: "Foe", kind: State),
            "p": (name: "Person P", kind: Person), "k": (name: "Kay", kind: Person), "q": (name: "Quint", kind: Person),
        },
        ties: [
            (from: "p", to: "st", kind: SpeaksFor, since: "2024-06-01"),
            (from: "q", to: "st", kind: SpeaksFor),
            (from: "k", to: "st", kind: SpeaksFor, since: "2024-05-01"),
        ],
        issues: { "d": (name: "Dam", question: "?") },
        stances: [(actor: ["k", "q"], issue: "d", position: Supports, date: "2024-02-01", source: "s")],
        meetings: {
            "m": (title: "Moved talks", status: Held, date: "2024-06-20", participants: ["p", "f"], source: "s",
                earlier: [(status: Planned, date: "2024-05-10", on: "2024-03-01")]),
        },
    )"#;
    let (_folder, path) = page_of(text, Day::of(2024, 7, 1));
    let now = card(&mut browser, &path, "#pick=st");
    assert!(
        now.contains("Moved talks held, 2024-06-20, through Person P"),
        "{now}"
    );
    let then = card(&mut browser, &path, "#pick=st&day=2024-04-01");
    assert!(!then.contains("Moved talks"), "{then}");
    let then = card(&mut browser, &path, "#pick=p&day=2024-04-01");
    assert!(then.contains("Moved talks planned, 2024-05-10"), "{then}");
    let before = card(&mut browser, &path, "#pick=p&day=2024-02-01");
    assert!(!before.contains("Moved talks"), "{before}");
    // Kay did not speak for the state when that was said; Quint did.
    let issue = card(&mut browser, &path, "#pick=d");
    let folded = below(
        &issue,
        "counted with those they speak for, not by themselves:",
    );
    assert!(
        folded.contains("Quint") && !folded.contains("Kay"),
        "{issue}"
    );
}

#[test]
fn a_card_says_what_an_answer_says() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let text = r#"Graph(
        sources: { "w": (title: "Wire", date: "2024-01-10") },
        actors: {
            "a": (name: "Alpha", kind: State), "b": (name: "Beta", kind: State), "n": (name: "North", kind: State),
            "m": (name: "Moor", kind: Person, speaks_for: "a"), "x": (name: "Xi", kind: Person), "z": (name: "Zed", kind: Person),
        },
        ties: [
            (from: "a", to: "b", kind: Rival), (from: "a", to: "b", kind: Other("supplier")),
            (from: "x", to: "n", kind: SpeaksFor, until: "2024-03-31"), (from: "x", to: "b", kind: SpeaksFor, since: "2024-04-01"),
            (from: "z", to: "n", kind: SpeaksFor, since: "2024-05-01"),
        ],
        issues: {
            "i": (name: "I", question: "Is it?"), "s": (name: "S", scale: (from: 0, to: 100, marks: {0: "none"})), "t": (name: "T"),
        },
        stances: [
            (actor: "m", issue: "i", position: Supports, date: "2024-01-02", source: "w"),
            (actor: "a", issue: "i", salience: 0.5, date: "2024-01-02", source: "w"),
            (actor: "a", issue: "s", position: At(40), date: "2024-01-02", source: "w"),
            (actor: "a", issue: "s", position: At(30), date: "2024-01-01", source: "w"),
            (actor: "b", issue: "t", position: Supports, date: "2024-06", source: "w"),
            (actor: "x", issue: "i", position: Opposes, date: "2024-03-15/2024-04-15", source: "w"),
            (actor: "z", issue: "s", position: At(10), date: "2024-04/2024-05", source: "w"),
        ],
    )"#;
    let (_folder, path) = page_of(text, Day::of(2024, 7, 15));
    let told = [
        // Who is counted with another is not listed beside it.
        ("#pick=i", "Is it?", "A topic"),
        (
            "#pick=i",
            "counted with those they speak for, not by themselves: Moor",
            "Moor: supports Moor: supports",
        ),
        ("#pick=i", "Alpha: supports", "not counted: Moor"),
        // With a scale it is no topic.
        ("#pick=s", "scale 0 to 100: 0 none", "A topic"),
        ("#pick=t", "A topic only: it asks no question", "scale"),
        // Mutual ties read alike from both ends.
        ("#pick=a", "rival: Beta", " of Beta"),
        ("#pick=b", "rival: Alpha", " of Alpha"),
        ("#pick=a", "supplier: Beta", "supplier, from"),
        ("#pick=b", "supplier, from Alpha", "supplier: Alpha"),
        ("#pick=a", "1 statement of salience only", "statements of"),
        (
            "#pick=a",
            "1 more statement, not counted",
            "more statements",
        ),
        // What is uncertain is said on the days on which it is.
        ("#pick=b", "T: supports", "possibly later"),
        ("#pick=b&day=2024-06-15", "possibly later", "perhaps"),
        ("#pick=n", "perhaps not in office", "possibly later"),
        (
            "#pick=n&day=2024-05-02",
            "possibly later, perhaps not in office",
            "then",
        ),
        ("#pick=n", "1 more statement, not counted", "opposes"),
    ];
    for (at, has, has_not) in told {
        let card = card(&mut browser, &path, at);
        assert!(card.contains(has), "{at}: {has}: {card}");
        assert!(!card.contains(has_not), "{at}: not {has_not}: {card}");
    }
    // What is folded away has its reason beside it.
    let tab = browser.open(&path, "#pick=n");
    let all = browser.evaluate(&tab, "document.querySelector('#card').textContent");
    assert!(all.contains("spoke for another too: not counted"), "{all}");
}
