//! PDF beside PNG: pages look the same, drawn by a reader of PDF, and what they say can be selected. `pdftocairo` and
//! `pdftotext` of Poppler read them; where they are not installed, that is said.
#![cfg(feature = "pictures")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails may panic, one that is skipped says so"
)]

use std::io::Write;
use std::process::{Command, Stdio};

use demarche::diagram;
use demarche::disk;
use demarche::graph::{Graph, Lens};
use demarche::model::Day;
use demarche::picture::roster::{Room, roster};
use demarche::picture::{
    self, Fonts, Item, Run, Scene, Text, Theme, View, matrix, spectrum, timeline,
};
use demarche::query::{Excerpt, extract};
use resvg::tiny_skia::Pixmap;

const LENS: Lens = Lens::as_of(Day::LAST);
/// The side of the squares that are compared, in dots of which two are a pixel: less than a line of text is high.
const SQUARE: usize = 16;
/// How far the mean colour of a square may be off, of 255: readers of PDF draw edges and thin lines in their own way.
const BOUND: f64 = 16.0;

/// Ten issues in several scripts, on each of which somebody stands.
fn graph() -> Graph {
    let actors = [
        "China",
        "中华人民共和国外交部",
        "وزارة الخارجية",
        "Министерство иностранных дел",
        "Brazil <script>alert(1)</script>",
        "Association of Southeast Asian Nations",
        "Ελλάδα",
        "European Union",
        "International Monetary Fund",
        "日本国経済産業省",
        "Georgia",
    ];
    let issues = [
        "Trade",
        "Climate finance targets",
        "Security guarantees",
        "台湾海峡的和平",
        "القدس الشرقية",
        "Гуманитарная помощь",
        "<script>alert(2)</script>",
        "Energy & water",
        "Human rights dialogue",
        "Fisheries",
    ];
    let positions = [
        "StronglySupports",
        "Supports",
        "Neutral",
        "Opposes",
        "StronglyOpposes",
        "Mixed",
    ];
    let mut text = String::from("Graph(title: \"Ten issues\", actors: {");
    for (nth, name) in actors.iter().enumerate() {
        text += &format!("\"a{nth}\": (name: \"{name}\", kind: State),");
    }
    text += "}, issues: {";
    for (nth, name) in issues.iter().enumerate() {
        text += &format!("\"i{nth}\": (name: \"{name}\", question: \"?\"),");
    }
    text += "}, meetings: {";
    for nth in 1..6 {
        text += &format!(
            "\"m{nth}\": (title: \"Summit {nth}\", kind: Summit, status: Held, date: \"2024-0{nth}-02\", participants: [\"a0\", \"a{nth}\"]),"
        );
    }
    text += "}, stances: [";
    for (actor, issue) in (0..actors.len()).flat_map(|a| (0..issues.len()).map(move |i| (a, i))) {
        if (actor + issue) % 3 > 0 {
            let position = positions[(actor * 5 + issue) % positions.len()];
            text += &format!(
                "(actor: \"a{actor}\", issue: \"i{issue}\", position: {position}, date: \"2024-0{}-01\"),",
                actor % 9 + 1
            );
        }
    }
    let (graph, _) = demarche::resolve::read("ten.ron", &(text + "])"));
    graph
}

/// The font of the program and, for the scripts that it lacks, two that are common: the more, the longer the search.
fn fonts() -> Fonts {
    let mut installed = disk::installed_fonts();
    let others: Vec<_> = installed
        .faces()
        .filter(|face| {
            let is_common = |name: &str| matches!(name, "DejaVu Sans" | "Droid Sans Fallback");
            !face.families.iter().any(|(name, _)| is_common(name))
        })
        .map(|face| face.id)
        .collect();
    for id in others {
        installed.remove_face(id);
    }
    Fonts::with(installed)
}

fn scene(graph: &Graph, view: View) -> Scene {
    let selection = Excerpt::default();
    let room = Room {
        actors: 60,
        issues: 60,
    };
    let roster = roster(graph, LENS, &selection, room);
    match view {
        View::Map => picture::map(&diagram::map(graph, &extract(graph, LENS, &selection))).unwrap(),
        View::Network => picture::network(&diagram::network(
            graph,
            LENS,
            &extract(graph, LENS, &selection),
        ))
        .unwrap(),
        View::Matrix => matrix::scene(graph, &roster, &matrix::matrix(graph, &roster)),
        View::Agreement => {
            matrix::agreement_scene(graph, &roster, &matrix::agreement(&roster, &[]))
        }
        View::Timeline => {
            let most = timeline::MOST_LANES;
            timeline::scene(graph, &timeline::timeline(graph, LENS, &selection, most))
        }
        _ => {
            let spectra: Vec<_> = roster
                .issues
                .iter()
                .take(3)
                .map(|issue| spectrum::spectrum(graph, LENS, &roster, *issue))
                .collect();
            spectrum::scene(graph, &roster, &spectra)
        }
    }
}

/// What a program of Poppler makes of a PDF that it is given on standard input; none where it is not installed.
fn poppler(program: &str, arguments: &[&str], pdf: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    reader.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = reader.wait_with_output().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(output.stdout)
}

/// Dots, three bytes each, row after row.
#[derive(Clone)]
struct Raster {
    width: usize,
    colors: Vec<u8>,
}

impl Raster {
    fn of_png(png: &[u8]) -> Raster {
        let pixmap = Pixmap::decode_png(png).unwrap();
        let colors = pixmap.data().chunks(4).flat_map(|dot| &dot[..3]);
        Raster {
            width: pixmap.width() as usize,
            colors: colors.copied().collect(),
        }
    }

    /// Of a page, at two dots for each pixel of the picture, as PNG has them.
    fn of_pdf(pdf: &[u8]) -> Option<Raster> {
        let arguments = ["-png", "-r", "192", "-singlefile", "-", "-"];
        Some(Raster::of_png(&poppler("pdftocairo", &arguments, pdf)?))
    }

    /// The mean of each channel in each square.
    fn squares(&self) -> Vec<f64> {
        let across = self.width.div_ceil(SQUARE);
        let rows = self.colors.chunks(self.width * 3);
        let mut sums = vec![[(0_u32, 0_u32); 3]; across * rows.len().div_ceil(SQUARE)];
        for (y, row) in rows.enumerate() {
            let band = &mut sums[y / SQUARE * across..];
            for (square, dots) in band.iter_mut().zip(row.chunks(SQUARE * 3)) {
                for dot in dots.chunks(3) {
                    for ((sum, count), color) in square.iter_mut().zip(dot) {
                        *sum += u32::from(*color);
                        *count += 1;
                    }
                }
            }
        }
        let means = sums.into_iter().flatten();
        means
            .map(|(sum, count)| f64::from(sum) / f64::from(count))
            .collect()
    }

    /// How far the square that is furthest off is.
    fn off(&self, other: &Raster) -> f64 {
        assert_eq!(
            (self.width, self.colors.len()),
            (other.width, other.colors.len())
        );
        let squares = self.squares().into_iter().zip(other.squares());
        squares.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }
}

/// The scene with its texts changed, or left out.
fn changed(scene: &Scene, change: &dyn Fn(&Text) -> Option<Text>) -> Scene {
    fn items(before: &[Item], change: &dyn Fn(&Text) -> Option<Text>) -> Vec<Item> {
        let after = before.iter().filter_map(|item| match item {
            Item::Text(text) => change(text).map(Item::Text),
            Item::Group(group) => {
                let mut group = group.clone();
                group.items = items(&group.items, change);
                Some(Item::Group(group))
            }
            Item::Shape(_) => Some(item.clone()),
        });
        after.collect()
    }
    Scene {
        items: items(&scene.items, change),
        ..scene.clone()
    }
}

#[test]
fn a_page_looks_like_the_image() {
    let (graph, fonts) = (graph(), fonts());
    for (view, theme) in View::ALL
        .iter()
        .flat_map(|view| [(*view, Theme::Light), (*view, Theme::Dark)])
    {
        let scene = scene(&graph, view);
        let pdf = picture::pdf(&scene, theme, &fonts).unwrap();
        let Some(page) = Raster::of_pdf(&pdf) else {
            eprintln!("skipped: Poppler is not installed");
            return;
        };
        let image = Raster::of_png(&picture::png(&scene, theme, &fonts).unwrap());
        let off = page.off(&image);
        assert!(off < BOUND, "{view:?}, {theme:?}: {off}");
    }
}

/// The bound tells: a label that is left out, moved by half a line, or not turned is seen, the shortest word too.
#[test]
fn a_label_that_is_lost_or_displaced_is_seen() {
    let (graph, fonts) = (graph(), fonts());
    for view in View::ALL.iter().copied() {
        let scene = scene(&graph, view);
        let pdf = |scene: &Scene| picture::pdf(scene, Theme::Light, &fonts).unwrap();
        let Some(page) = Raster::of_pdf(&pdf(&scene)) else {
            eprintln!("skipped: Poppler is not installed");
            return;
        };
        let fails = |name: &str, change: &dyn Fn(&Text) -> Option<Text>| {
            let damaged = changed(&scene, change);
            assert_ne!(damaged, scene, "{view:?}: {name}");
            let image = picture::png(&damaged, Theme::Light, &fonts).unwrap();
            let off = page.off(&Raster::of_png(&image));
            assert!(off > BOUND, "{view:?}: {name}: {off}");
        };
        let texts = scene.texts();
        let words = texts
            .iter()
            .filter(|(text, _)| text.text.chars().filter(|c| c.is_alphabetic()).count() > 2);
        let least = words.min_by(|a, b| a.0.width.total_cmp(&b.0.width));
        let least = least.unwrap().0.clone();
        fails("lost", &|text| (*text != least).then(|| text.clone()));
        fails("displaced", &|text| {
            let mut text = text.clone();
            if text.text == least.text && text.at == least.at {
                text.at.y += text.word.line_height() / 2.0;
            }
            Some(text)
        });
        if view == View::Matrix {
            fails("not turned", &|text| {
                let run = Run::Across;
                Some(Text {
                    run,
                    ..text.clone()
                })
            });
        }
    }
}

/// Words are whole and in order, whatever way they run: every text of the picture is found in that of the page. Where some of it
/// runs to the left, readers guess what comes first: then the words are looked for.
#[test]
fn text_of_a_page_can_be_selected() {
    let (graph, fonts) = (graph(), fonts());
    let words = |text: &str| -> String {
        let seen = text
            .chars()
            .filter(|c| !matches!(c, '\u{202A}'..='\u{202E}'));
        seen.collect::<String>()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    for view in View::ALL.iter().copied() {
        let scene = scene(&graph, view);
        let pdf = picture::pdf(&scene, Theme::Light, &fonts).unwrap();
        let Some(found) = poppler("pdftotext", &["-", "-"], &pdf) else {
            eprintln!("skipped: Poppler is not installed");
            return;
        };
        let found = words(&String::from_utf8(found).unwrap());
        let lacking = fonts.lacking(&scene);
        for (text, _) in scene.texts() {
            let text = &text.text;
            let to_the_left = text.contains(|c| matches!(c, '\u{590}'..='\u{8FF}'));
            let parts: Vec<&str> = if to_the_left {
                text.split(|c: char| !c.is_alphanumeric()).collect()
            } else {
                vec![text]
            };
            assert!(
                lacking.contains(text) || parts.iter().all(|part| found.contains(&words(part))),
                "{view:?}: `{text}` is not in `{found}`"
            );
        }
    }
}
