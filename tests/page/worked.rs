//! What people do with a page: they turn from view to view, point, drag, go back, save, and use it with a keyboard.

use std::fs;
use std::path::Path;

use demarche::graph::Lens;
use demarche::model::{Day, Grade};
use demarche::picture::{Drawing, Format, Theme, View, draw};

use crate::browser::Browser;
use crate::{open, page, written};

/// Every view that can be drawn is on the page; a line, a cell, a dot and a mark each open what they stand for.
#[test]
fn all_views_are_on_the_page() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = page("examples/harbour/graph.ron", Day::of(2025, 3, 1));
    let opened = [
        (
            "map",
            "g.stance[data-actor=vesk][data-issue=quay]",
            "Vesk on A customs quay for Carrow",
            "opposes",
        ),
        (
            "map",
            "g.arm[data-meeting=union-talks]",
            "Port Authority and union",
            "held, 2024-11-12",
        ),
        (
            "network",
            "g.bond[data-from=lind][data-to=oduya]",
            "Petra Lind and Hanne Oduya",
            "Meetings",
        ),
        (
            "matrix",
            "g.cell[data-actor=vesk][data-issue=quay]",
            "Vesk on A customs quay for Carrow",
            "opposes",
        ),
        (
            "agreement",
            "g.cell[data-from]",
            "Port Authority of Saint Orrin and Dockworkers' Union",
            "On the same issues",
        ),
        (
            "spectrum",
            "g.placed[data-actor=vesk][data-issue=quay]",
            "Vesk on A customs quay for Carrow",
            "opposes",
        ),
        (
            "timeline",
            "g.event[data-actor=vesk][data-issue=quay]",
            "Vesk on A customs quay for Carrow",
            "opposes",
        ),
    ];
    for (view, at, heading, words) in opened {
        let tab = open(&mut browser, &path);
        let told = browser.evaluate(
            &tab,
            &format!(
                r##"(() => {{
                    document.querySelector("[data-view={view}]").click();
                    const pressed = document.querySelector("#views [aria-pressed=true]").dataset.view;
                    document.querySelector("{at}").dispatchEvent(new MouseEvent("click", {{ bubbles: true }}));
                    const lit = document.querySelectorAll(".over {at}").length;
                    return [pressed, lit > 0, document.querySelector("#card h2").textContent, document.querySelector("#card").textContent].join("|");
                }})()"##
            ),
        );
        let expected = format!("{view}|true|{heading}|");
        assert!(told.starts_with(&expected), "{expected}: {told}");
        assert!(told.contains(words), "{words}: {told}");
        assert_eq!(browser.complaints(&tab), Vec::<String>::new());
    }
    // The view asked for comes first; one that can't be drawn says why.
    let text = r#"Graph(actors: { "a": (name: "A", kind: State) }, issues: { "i": (name: "I", question: "?") },
        sources: { "s": (title: "S", date: "2024") }, stances: [(actor: "a", issue: "i", position: Supports, source: "s")])"#;
    let (graph, _) = demarche::resolve::read("graph.ron", text);
    let drawing = Drawing {
        view: View::Matrix,
        ..Drawing::default()
    };
    let (_folder, path) = written(graph, Day::of(2024, 7, 1), &drawing);
    let tab = browser.open(&path, "");
    let told = browser.evaluate(
        &tab,
        r##"[document.querySelector("#views [aria-pressed=true]").dataset.view, document.querySelector("[data-view=agreement]").disabled, document.querySelector("[data-view=agreement]").title].join("|")"##,
    );
    assert_eq!(
        told,
        "matrix|true|no two actors are known to take sides on the same issue"
    );
}

/// What people do with a mouse and a keyboard: pointing, dragging, going back, saving.
#[test]
fn a_page_is_worked_with() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = page("examples/harbour/graph.ron", Day::of(2025, 3, 1));
    let tab = open(&mut browser, &path);
    let ask = |browser: &mut Browser, script: &str| {
        browser.evaluate(
            &tab,
            &format!(
                "(async () => {{ const $ = (at) => document.querySelector(at); const until = async (ready) => {{ for (let nth = 0; !ready() && nth < 2000; nth++) await new Promise((done) => setTimeout(done, 5)); }}; {script} }})()"
            ),
        )
    };
    let place = |browser: &mut Browser, script: &str| -> (f64, f64) {
        let at = ask(browser, script);
        serde_json::from_str(&at).expect("a place")
    };
    let mouse = |browser: &mut Browser, kind: &str, (x, y): (f64, f64)| {
        let buttons = u8::from(kind != "mouseReleased");
        browser.order(
            Some(tab.session()),
            "Input.dispatchMouseEvent",
            serde_json::json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1 }),
        );
    };
    let lit =
        "[...document.querySelectorAll('.over g[data-id]')].map((g) => g.dataset.id).sort().join()";
    // A box that is pointed at, or has the focus, lights its neighbours.
    let focused = ask(
        &mut browser,
        &format!(
            "$('#whole').click(); $('g[data-id=vesk]').focus({{ focusVisible: true }}); await until(() => {lit}); return {lit};"
        ),
    );
    assert_eq!(focused, "concession,jobs,quay,vesk");
    // Some pixels beside a line is on it.
    let (x, y) = place(
        &mut browser,
        r#"document.activeElement.blur(); await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const path = $("g.stance[data-actor=carrow][data-issue=rail] path"); const at = path.getPointAtLength(path.getTotalLength() - 20);
        const { x, y } = new DOMPoint(at.x, at.y).matrixTransform(path.getScreenCTM()); return JSON.stringify([x, y + 10]);"#,
    );
    mouse(&mut browser, "mousePressed", (x, y));
    mouse(&mut browser, "mouseReleased", (x, y));
    let told = ask(
        &mut browser,
        r##"await until(() => !$("#card").hidden); return $("#card h2").textContent;"##,
    );
    assert_eq!(told, "Carrow on A second track to Carrow");
    // Back undoes that.
    let back = ask(
        &mut browser,
        r##"history.back(); await until(() => $("#card").hidden); return location.hash + document.querySelectorAll(".over *").length;"##,
    );
    assert_eq!(back, "0");
    // A dragged box takes its lines with it; Back puts them back.
    let end = r#"$("g.stance[data-actor=vesk][data-issue=quay] path").getAttribute("d")"#;
    let before = ask(&mut browser, &format!("return {end};"));
    let (x, y) = place(
        &mut browser,
        r#"const box = $("g[data-id=vesk] rect").getBoundingClientRect(); return JSON.stringify([box.x + 8, box.y + 5]);"#,
    );
    mouse(&mut browser, "mousePressed", (x, y));
    for step in 1..=4 {
        mouse(&mut browser, "mouseMoved", (x - 10.0 * f64::from(step), y));
    }
    mouse(&mut browser, "mouseReleased", (x - 40.0, y));
    let moved = ask(
        &mut browser,
        &format!(r#"await until(() => location.hash.includes("moved=vesk")); return {end};"#),
    );
    assert_ne!(moved, before);
    let tail = |d: &str| d.rsplit('L').next().unwrap_or_default().to_owned();
    assert_eq!(tail(&moved), tail(&before), "the other end stays");
    let undone = ask(
        &mut browser,
        &format!(r#"history.back(); await until(() => {end} !== "{moved}"); return {end};"#),
    );
    assert_eq!(undone, before);
    // With Shift, arrow keys move a box.
    let by_keys = ask(
        &mut browser,
        r##"$("g[data-id=vesk]").focus(); $("g[data-id=vesk]").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", shiftKey: true, bubbles: true }));
        const moved = location.hash; history.back(); await until(() => !location.hash); return moved;"##,
    );
    assert_eq!(by_keys, "#moved=vesk%2C-10%2C0");
    // Enter opens a card, Escape closes it, and the focus returns.
    let focus = ask(
        &mut browser,
        r##"const key = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        $("g[data-id=vesk]").focus(); key("Enter"); const opened = document.activeElement.textContent;
        key("Escape"); return [opened, document.activeElement.dataset.id, $("#card").hidden].join("|");"##,
    );
    assert_eq!(focus, "Vesk|vesk|true");
    // Filters leave the view on what they leave.
    let zoomed = ask(
        &mut browser,
        r##"const wide = () => $("g[data-id=vesk]").getBoundingClientRect().width; const before = wide();
        const side = $("#side"); side.value = "opposes"; side.dispatchEvent(new Event("change")); await until(() => wide() > before); const after = wide();
        $("#reset").click(); await until(() => wide() < after); return [after > before, Math.abs(wide() - before) < 1].join();"##,
    );
    assert_eq!(zoomed, "true,true");
    assert_eq!(browser.complaints(&tab), Vec::<String>::new());
    // A saved picture is a picture by itself, as it is seen.
    let saved = ask(
        &mut browser,
        r##"const saved = {}; const make = URL.createObjectURL; const wait = [];
        URL.createObjectURL = (blob) => { wait.push((blob.type === "image/png" ? blob.arrayBuffer().then((bytes) => bytes.byteLength) : blob.text()).then((it) => { saved[blob.type] = it; })); return make(blob); };
        HTMLAnchorElement.prototype.click = function () { (saved.names ??= []).push(this.download); };
        location.hash = "#pick=vesk"; await until(() => !$("#card").hidden);
        $("#save-svg").click(); $("#save-png").click(); await until(() => saved.names?.length === 2); await Promise.all(wait);
        const svg = new DOMParser().parseFromString(saved["image/svg+xml"], "image/svg+xml");
        const uses = [...svg.querySelectorAll("use")].every((use) => svg.querySelector(use.getAttribute("href")));
        return [svg.documentElement.tagName, uses, saved["image/svg+xml"].includes("var(--"), svg.querySelectorAll("[tabindex]").length, svg.querySelectorAll("g.dimmed").length, svg.querySelectorAll("g.actor.lit").length, saved["image/png"] > 20000, ...saved.names].join("|");"##,
    );
    assert_eq!(
        saved,
        "svg|true|false|0|1|1|true|The-harbour-of-Saint-Orrin-map.svg|The-harbour-of-Saint-Orrin-map.png"
    );
}

/// A page writes its address a little after its slider was moved. One that it was given meanwhile stands.
#[test]
fn an_address_given_while_another_is_written_stands() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = page("examples/harbour/graph.ron", Day::of(2025, 3, 1));
    let tab = browser.open(&path, "");
    let told = browser.evaluate(
        &tab,
        r##"(async () => {
            // What waits is kept here, to happen between the new address and its event.
            const waiting = [];
            const real = window.setTimeout;
            window.setTimeout = (what) => waiting.push(what);
            for (const _ of [1, 2]) document.querySelector("#day").dispatchEvent(new Event("input"));
            window.setTimeout = real;
            const done = new Promise((done) => addEventListener("hashchange", () => setTimeout(done), { once: true }));
            location.hash = "#pick=carrow";
            for (const what of waiting) what();
            await done;
            return document.querySelector("#card h2")?.textContent ?? "nothing is opened";
        })()"##,
    );
    assert_eq!(told, "Carrow");
}

/// The page is as dark as the system wishes, and as the page is asked to be.
#[test]
fn a_page_is_dark_where_the_system_is() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let ink = r##"[getComputedStyle(document.querySelector(".actor text")).fill, getComputedStyle(document.body).backgroundColor].join("|")"##;
    let (light, dark) = (
        "rgb(27, 31, 36)|rgb(255, 255, 255)",
        "rgb(232, 236, 241)|rgb(18, 22, 28)",
    );
    let asked = Drawing {
        theme: Theme::Dark,
        ..Drawing::default()
    };
    for (drawing, wish, expected) in [
        (Drawing::default(), "light", light),
        (Drawing::default(), "dark", dark),
        (asked, "light", dark),
    ] {
        let (graph, _) =
            demarche::disk::read(&[Path::new("examples/harbour/graph.ron")]).expect("the graph");
        let (_folder, path) = written(graph, Day::of(2025, 3, 1), &drawing);
        let tab = open(&mut browser, &path);
        let wish =
            serde_json::json!({ "features": [{ "name": "prefers-color-scheme", "value": wish }] });
        browser.order(Some(tab.session()), "Emulation.setEmulatedMedia", wish);
        assert_eq!(browser.evaluate(&tab, ink), expected);
    }
}

/// A colour without a value would draw nothing.
#[test]
fn every_colour_has_a_value() {
    let (_folder, path) = page("examples/harbour/graph.ron", Day::of(2025, 3, 1));
    let page = fs::read_to_string(path).expect("the page");
    let used = page.split("var(--").skip(1);
    for name in used.filter_map(|rest| rest.split_once(')').map(|(name, _)| name)) {
        assert!(page.contains(&format!("--{name}:#")), "{name}");
    }
}

/// What is left out is nowhere in the page, which says what it carries.
#[test]
fn fields_are_left_out() {
    let text = r#"Graph(
        sources: { "s": (title: "S", date: "2024-01-01", note: "note of source") },
        actors: { "a": (name: "A", kind: State, note: "note of actor"), "b": (name: "B", kind: State) },
        issues: { "i": (name: "I", question: "?", note: "note of issue") },
        stances: [(actor: "a", issue: "i", position: Supports, quote: "quote of stance", note: "note of stance", source: "s")],
        meetings: { "m": (title: "M", status: Held, date: "2024-02-01", place: "place of meeting", quote: "quote of meeting", note: "note of meeting", participants: ["a", "b"], source: "s") },
    )"#;
    for (without, carries) in [
        (
            &[][..],
            "This page carries notes, quotes and places of meetings.",
        ),
        (
            &["note"],
            "This page carries quotes and places of meetings, but no notes.",
        ),
        (
            &["quote", "place"],
            "This page carries notes, but no quotes or places of meetings.",
        ),
        (
            &["note", "quote", "place"],
            "This page carries no notes, quotes or places of meetings.",
        ),
    ] {
        let (graph, _) = demarche::resolve::read("graph.ron", text);
        let is_left = |field: &str| without.contains(&field);
        let left = demarche::query::Left {
            note: is_left("note"),
            quote: is_left("quote"),
            place: is_left("place"),
            text: false,
        };
        let view = graph.view(Lens::as_of(Day::of(2024, 7, 1)));
        let drawing = Drawing {
            left,
            ..Drawing::default()
        };
        let page = draw(&view, &drawing, Format::Html).expect("a page");
        let page = String::from_utf8(page).expect("text");
        assert!(page.contains(carries), "{without:?}: {carries}");
        for field in [
            "note of actor",
            "note of issue",
            "note of stance",
            "note of meeting",
            "quote of stance",
            "quote of meeting",
            "place of meeting",
        ] {
            let kind = field.split(' ').next().unwrap_or_default();
            assert_eq!(page.contains(field), !is_left(kind), "{without:?}: {field}");
        }
    }
}

/// On any day the page shows the positions that `positions` lists, and counts what a page of that day counts.
#[test]
fn positions_and_counts_are_those_of_the_command_line() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut compared = 0;
    for (name, last, days) in [
        (
            "graphs/blinken-2023.ron",
            Day::of(2023, 6, 19),
            &[(2023, 6, 18), (2023, 6, 19)][..],
        ),
        (
            "examples/harbour/graph.ron",
            Day::of(2025, 3, 1),
            &[(2024, 6, 10), (2024, 10, 10), (2025, 1, 20), (2025, 3, 1)],
        ),
    ] {
        let (_folder, whole) = page(name, last);
        for &(year, month, day) in days {
            let day = Day::of(year, month, day);
            let on = &day.to_string();
            let output = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
                .args(["-g", name, "positions", "--as-of", on, "--format", "json"])
                .output()
                .expect("it runs");
            let answer: serde_json::Value =
                serde_json::from_slice(&output.stdout).expect("an answer");
            let rows = answer["positions"].as_array().expect("rows");
            let mut listed: Vec<String> = rows
                .iter()
                .map(|row| {
                    let position = &row["position"];
                    let word = position["position"]
                        .as_str()
                        .unwrap_or_default()
                        .replace('_', " ");
                    let word = match &position["number"] {
                        serde_json::Value::Null => word,
                        number => format!("{word} {number}"),
                    };
                    let grade = position["grade"].as_str().unwrap_or_default();
                    let doubt = match grade.parse::<Grade>().is_ok_and(Grade::is_doubtful) {
                        true => " (doubtful)",
                        false => "",
                    };
                    let name =
                        |field: &str| row[field]["name"].as_str().unwrap_or_default().to_owned();
                    format!("{} on {}: {word}{doubt}", name("actor"), name("issue"))
                })
                .collect();
            listed.sort();
            listed.dedup();
            // What the cards of actors say, on that day of the slider.
            let tab = browser.open(&whole, &format!("#day={on}"));
            let told = browser.evaluate(
                &tab,
                &format!(
                    r##"(async () => {{
                    const told = [];
                    for (const actor of new Set([...document.querySelectorAll("g.actor[data-id]")].map((g) => g.dataset.id))) {{
                        const done = new Promise((done) => addEventListener("hashchange", () => setTimeout(done), {{ once: true }}));
                        location.hash = "#day={on}&pick=" + actor;
                        await done;
                        const name = document.querySelector("#card h2")?.textContent ?? "no card at " + location.hash;
                        for (const side of document.querySelectorAll("#card .side")) {{
                            const issue = side.parentElement.querySelector("button").textContent;
                            if (side.textContent !== "unknown") told.push(name + " on " + issue + ": " + side.textContent.split(":")[0]);
                        }}
                    }}
                    return JSON.stringify(told);
                }})()"##
                ),
            );
            let mut told: Vec<String> = serde_json::from_str(&told).expect("a list");
            told.sort();
            assert_eq!(told, listed, "{name} {on}");
            compared += told.len();
            let foot = "document.querySelector('#foot').textContent";
            let tab = browser.open(&whole, &format!("#day={on}"));
            let then = browser.evaluate(&tab, foot);
            let (_folder, of_day) = page(name, day);
            let tab = browser.open(&of_day, "");
            let now = browser.evaluate(&tab, foot);
            let positions = |foot: &str| {
                let foot = foot.replace(". Behind it: ", ", ");
                let parts = foot
                    .split(", ")
                    .filter(|part| part.contains("position") || part.contains("as of"));
                parts.map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(positions(&then), positions(&now), "{name} {on}");
        }
    }
    assert!(compared > 100, "{compared}");
}

/// Nothing serious is in the way of those who use a screen reader, a keyboard or a larger text.
#[test]
fn axe_finds_nothing_serious() {
    let Ok(axe) = std::env::var("AXE_CORE").and_then(|folder| {
        fs::read_to_string(Path::new(&folder).join("axe.min.js"))
            .map_err(|_| std::env::VarError::NotPresent)
    }) else {
        eprintln!("skipped: the npm package axe-core is not installed");
        return;
    };
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = page("examples/harbour/graph.ron", Day::of(2025, 3, 1));
    for (width, height, scheme) in [
        (1280, 720, "light"),
        (1280, 720, "dark"),
        (640, 360, "light"),
        (390, 844, "light"),
    ] {
        for at in [
            "",
            "#pick=carrow",
            "#pick=vesk~quay",
            "#path=vesk~carrow",
            "#view=matrix",
            "#view=agreement",
            "#view=timeline",
            "#view=network&day=2024-06-10",
        ] {
            let size = serde_json::json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            let tab = browser.open_in(&path, "", &size);
            let wish = serde_json::json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            browser.order(Some(tab.session()), "Emulation.setEmulatedMedia", wish);
            browser.evaluate(&tab, &axe);
            let found = browser.evaluate(
                &tab,
                &format!(r##"(async () => {{
                    const done = new Promise((done) => addEventListener("hashchange", () => setTimeout(done), {{ once: true }}));
                    if ("{at}") {{ location.hash = "{at}"; await done; }}
                    document.querySelector("#filters").open = true;
                    const {{ violations }} = await axe.run();
                    return violations.filter(({{ impact }}) => /serious|critical/.test(impact)).map(({{ id, nodes }}) => id + ": " + nodes[0].html + " " + nodes[0].failureSummary).join("\n");
                }})()"##),
            );
            assert_eq!(found, "", "{width} {scheme} {at}");
        }
    }
}
