//! How fluent a large page is: 1,000 actors, 10,000 stances, panned with the mouse in headless Chromium. Prints how long the
//! page takes to open and the times between frames; the aim is 50 ms.
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

use browser::Browser;
use demarche::graph::Lens;
use demarche::model::Day;
use demarche::picture::{Theme, html, map};
use demarche::query::{Excerpt, extract};
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
const NOTE: &str = "window.frames_at = []; (function note(at) { frames_at.push(at); requestAnimationFrame(note); })(performance.now()); 'noting'";

fn main() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    for actors in [100, 1_000] {
        let (graph, _) = demarche::resolve::read("bench.ron", &graph_text(actors));
        let lens = Lens::as_of(Day::of(2026, 1, 1));
        let start = Instant::now();
        let extract = extract(&graph, lens, &Excerpt::default());
        let drawing = demarche::diagram::map(&graph, &extract);
        let scene = map(&drawing).expect("there is something to draw");
        let page = html(&drawing, lens, scene, Theme::Light);
        let made = start.elapsed();
        let path = folder.path().join("page.html");
        fs::write(&path, &page).expect("the folder can be written to");
        let start = Instant::now();
        let tab = browser.open(&path, "");
        browser.evaluate(
            &tab,
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
        );
        let opened = start.elapsed();
        println!(
            "{actors} actors, {} stances: page of {} kB made in {made:.0?}, opened in {opened:.0?}",
            actors * 10,
            page.len() / 1000
        );
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
                &tab,
                &format!("{before}; new Promise((done) => setTimeout(done, 1500))"),
            );
            browser.evaluate(&tab, NOTE);
            let mouse = |browser: &mut Browser, kind: &str, x: f64, y: f64| {
                browser.order(
                    Some(tab.session()),
                    "Input.dispatchMouseEvent",
                    json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 }),
                );
            };
            mouse(&mut browser, "mousePressed", 400.0, 300.0);
            for step in 0..120 {
                let turn = f64::from(step) / 12.0;
                mouse(
                    &mut browser,
                    "mouseMoved",
                    400.0 + 120.0 * turn.sin(),
                    300.0 + 80.0 * turn.cos(),
                );
            }
            mouse(&mut browser, "mouseReleased", 400.0, 300.0);
            let times = browser.evaluate(
                &tab,
                "JSON.stringify(frames_at.slice(1).map((at, n) => at - frames_at[n]))",
            );
            let mut times: Vec<f64> = serde_json::from_str(&times).expect("numbers");
            times.sort_by(f64::total_cmp);
            let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
            println!(
                "  {what}: {} frames, median {:.0} ms, 95 of 100 within {:.0} ms, longest {:.0} ms",
                times.len(),
                at(0.5),
                at(0.95),
                at(1.0)
            );
        }
    }
}
