//! How fluent a large page is: 1,000 actors, 10,000 stances in headless Chromium, on a screen and on a phone. Prints how long
//! the page takes until something is seen and until it answers (the aim is 1 s), until a choice and its undoing are seen
//! (200 ms), and the times between frames while it is panned with the mouse (50 ms). `-- PAGE.html` takes a page of your own,
//! with the id of what is chosen: `-- PAGE.html china`.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench prints, and stops where it can't go on"
)]

#[path = "../tests/browser/mod.rs"]
mod browser;

use std::fs;
use std::time::Instant;

use std::path::Path;

use browser::{Browser, Tab};
use demarche::graph::Lens;
use demarche::model::Day;
use demarche::picture::{Drawing, Format, draw};
use serde_json::json;

/// A graph of so many actors, with ten stances each, on a tenth as many issues.
fn graph_text(actors: usize) -> String {
    let issues = (actors / 10).max(10);
    let mut text =
        String::from("Graph(sources: {\"s\": (title: \"S\", date: \"2024\")}, actors: {");
    for n in 0..actors {
        text.push_str(&format!(
            "\"a{n}\": (name: \"Ministry of Affairs number {n}\", kind: State),\n"
        ))
    }
    text.push_str("}, issues: {");
    let issue = |n: usize| {
        format!(
            "\"i{n}\": (name: \"Levy on grain number {n}\", question: \"Should there be one?\"),\n"
        )
    };
    for n in 0..issues {
        text.push_str(&issue(n));
    }
    text.push_str("}, stances: [");
    let positions = [
        "Supports",
        "Opposes",
        "StronglySupports",
        "Neutral",
        "Mixed",
    ];
    for n in 0..actors * 10 {
        let (actor, issue) = (n / 10, (n * 7919 + n / 10 * 31) % issues);
        let position = positions[n % 5];
        text.push_str(&format!(
            "(actor: \"a{actor}\", issue: \"i{issue}\", position: {position}, summary: \"said so in a speech\", source: \"s\"),\n"
        ));
    }
    text.push_str("])");
    text
}

/// Notes when each frame comes, from now on.
const NOTE: &str = "{ const own = window.frames_at = []; (function note(at) { if (window.frames_at !== own) return; own.push(at); requestAnimationFrame(note); })(performance.now()); } 'noting'";

/// Does something, and waits until it is seen; gives the milliseconds that took.
fn seen_after(browser: &mut Browser, tab: &Tab, script: &str) -> f64 {
    let frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - at))))";
    // A pause first, so that nothing of what was before is left to do.
    let script = format!(
        "new Promise((done) => setTimeout(done, 600)).then(() => {{ const at = performance.now(); {script}; return {frames}; }})"
    );
    browser
        .evaluate(tab, &script)
        .parse()
        .expect("milliseconds")
}

fn main() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut given = std::env::args().skip(1).filter(|arg| arg != "--bench");
    if let Some(page) = given.next() {
        let path = fs::canonicalize(page).expect("the page");
        measure(&mut browser, &path, &given.next().unwrap_or_default());
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for actors in [100, 1_000] {
        let (graph, _) = demarche::resolve::read("bench.ron", &graph_text(actors));
        let view = graph.view(Lens::as_of(Day::of(2026, 1, 1)));
        let start = Instant::now();
        let page =
            draw(&view, &Drawing::default(), Format::Html).expect("there is something to draw");
        println!(
            "{actors} actors, {} stances: page of {} kB made in {:.0?}",
            actors * 10,
            page.len() / 1000,
            start.elapsed()
        );
        let path = folder.path().join("page.html");
        fs::write(&path, &page).expect("the folder can be written to");
        measure(&mut browser, &path, "a5");
    }
}

/// Measures a page on a screen and on a phone.
fn measure(browser: &mut Browser, path: &Path, chosen: &str) {
    for (width, height) in [(1280, 720), (390, 844)] {
        println!("  {width} x {height}");
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        let tab = browser.open_in(path, "", &size);
        let told = browser.evaluate(
            &tab,
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done([performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, performance.now()].map(Math.round).join(' ms, answers after ')))))",
        );
        println!("    seen after {told} ms");
        let choices = [
            ("an actor chosen", format!("location.hash = '#pick={chosen}'")),
            ("chosen no longer", "document.querySelector('.close').click()".to_owned()),
            ("a side chosen", "{ const side = document.querySelector('#side'); side.value = 'opposes'; side.dispatchEvent(new Event('change')); }".to_owned()),
            ("all shown again", "document.querySelector('#reset').click()".to_owned()),
        ];
        for (what, script) in choices {
            println!(
                "    {what}: seen after {:.0} ms",
                seen_after(browser, &tab, &script)
            );
        }
        pan(browser, &tab);
    }
}

/// Moves the picture to and fro with the mouse.
fn pan(browser: &mut Browser, tab: &Tab) {
    let mouse = |browser: &mut Browser, kind: &str, x: f64, y: f64| {
        browser.order(
            Some(tab.session()),
            "Input.dispatchMouseEvent",
            json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 }),
        );
    };
    for (what, before) in [
        (
            "panned as a whole",
            "document.querySelector('#whole').click()",
        ),
        (
            "panned close by",
            "document.querySelector('#closer').click(); document.querySelector('#closer').click()",
        ),
    ] {
        browser.evaluate(
            tab,
            &format!("{before}; new Promise((done) => setTimeout(done, 1500))"),
        );
        browser.evaluate(tab, NOTE);
        // Where no box is.
        let (x, y) = (12.0, 400.0);
        mouse(browser, "mousePressed", x, y);
        for step in 0..120 {
            let turn = f64::from(step) / 12.0;
            mouse(
                browser,
                "mouseMoved",
                x + 120.0 * turn.sin(),
                y + 80.0 * turn.cos(),
            );
        }
        mouse(browser, "mouseReleased", x, y);
        let times = browser.evaluate(
            tab,
            "JSON.stringify(frames_at.slice(1).map((at, n) => at - frames_at[n]))",
        );
        let mut times: Vec<f64> = serde_json::from_str(&times).expect("numbers");
        times.sort_by(f64::total_cmp);
        let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
        println!(
            "    {what}: {} frames, median {:.0} ms, 95 of 100 within {:.0} ms, longest {:.0} ms",
            times.len(),
            at(0.5),
            at(0.95),
            at(1.0)
        );
    }
}
