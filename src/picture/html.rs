//! An interactive page: one file with the picture, the records behind it, and a script of our own.
//! Nothing is fetched, and a content security policy in the page forbids everything it doesn't
//! need.

mod crowd;
mod data;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::diagram::{Color, Diagram, Theme};
use crate::graph::Lens;
use crate::picture::scene::{Item, Scene};
use crate::picture::svg::{Sheets, escape};
use crate::query::Left;
use crate::render::printable;
use crate::sum;
use crate::words::{self, joined, joined_by};

const STYLE: &str = include_str!("html/page/page.css");
/// The style of what lies in a picture, which goes with it when it is saved.
const DRAWN: &str = include_str!("html/page/drawn.css");
const BODY: &str = include_str!("html/page/page.html");
/// The parts of the script, each of which uses those before it. The letter tables ([`letters`])
/// precede them.
const SCRIPT: &str = concat!(
    include_str!("html/page/data.js"),
    include_str!("html/page/state.js"),
    include_str!("html/page/words.js"),
    include_str!("html/page/time.js"),
    include_str!("html/page/cards.js"),
    include_str!("html/page/paths.js"),
    include_str!("html/page/lines.js"),
    include_str!("html/page/boxes.js"),
    include_str!("html/page/show.js"),
    include_str!("html/page/lit.js"),
    include_str!("html/page/moving.js"),
    include_str!("html/page/pointing.js"),
    include_str!("html/page/save.js"),
    include_str!("html/page/search.js"),
    include_str!("html/page/address.js"),
    "})();\n"
);

/// A view on the page.
pub struct Sheet {
    /// Its name, and what it shows.
    pub view: [&'static str; 2],
    /// The picture, or why there is none.
    pub scene: Result<Scene, String>,
}

/// Writes views as a page with the records behind them, of which these fields are left out. The
/// first view is shown first. The same views give the same bytes.
pub fn html(
    diagram: &Diagram<'_>,
    lens: Lens,
    views: Vec<Sheet>,
    theme: Theme,
    left: Left,
) -> String {
    let known = data::data(diagram, lens, left);
    let mut sheets = Sheets::new();
    let mut title = String::new();
    let (mut shown, mut others, mut switch) = (String::new(), String::new(), String::new());
    for Sheet {
        view: [name, about],
        scene,
    } in views
    {
        let why = scene.as_ref().err().map_or(about, |why| why);
        let mut why_escaped = String::new();
        escape(&mut why_escaped, why);
        let state = if scene.is_err() { " disabled" } else { "" };
        switch.push_str(&format!(
            "<button type=\"button\" data-view=\"{name}\" title=\"{why_escaped}\"{state}>{name}</button>\n"
        ));
        let Ok(scene) = scene else { continue };
        let scene = crowd::joined(without_tooltips(scene));
        let picture = sheets.picture(&scene);
        if shown.is_empty() {
            escape(&mut title, &scene.title);
            shown = picture;
        } else {
            others.push_str(&format!(
                "<template data-view=\"{name}\">{picture}</template>\n"
            ));
        }
    }
    let marks = marks(&mut sheets, &known);
    let style = format!("{}{STYLE}", colors(theme));
    // The looks of shapes come first, so that the rules for what is chosen override them.
    let drawn = format!("{}{DRAWN}", sheets.style());
    let script = format!("\"use strict\";\n(() => {{\n{}{}", letters(), lean(SCRIPT));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}' 'sha256-{}'; img-src blob:; font-src data:; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(&style),
        hash(&drawn)
    );
    let mut page =
        String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n"
    ));
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.push_str(&format!(
        "<title>{title}</title>\n<style>{style}</style>\n<style id=\"drawn\">{drawn}</style>\n</head>\n<body>\n"
    ));
    let parts = [
        ("{views}", switch),
        ("{carries}", carries(left)),
        ("{picture}", shown),
        ("{marks}", marks),
        ("{others}", others),
    ];
    let mut rest = BODY;
    for (mark, part) in parts {
        let (before, after) = rest.split_once(mark).unwrap_or((rest, ""));
        page.push_str(before);
        page.push_str(&part);
        rest = after;
    }
    page.push_str(rest);
    page.push_str("<script type=\"application/json\" id=\"data\">");
    page.push_str(&inert(known.json()));
    page.push_str(&format!(
        "</script>\n<script>{script}</script>\n</body>\n</html>\n"
    ));
    page
}

/// Returns a script without its indents and comments, which make a fifth of it.
fn lean(script: &str) -> String {
    let lines = script.lines().map(str::trim_start);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    kept.flat_map(|line| [line, "\n"]).collect()
}

/// Says which of the fields that can be left out the page carries.
fn carries(left: Left) -> String {
    let fields = [
        ("notes", left.note),
        ("quotes", left.quote),
        ("places of meetings", left.place),
    ];
    let with = |is_left: bool| {
        let names = fields.iter().filter(|(_, left)| *left == is_left);
        names.map(|(name, _)| *name).collect::<Vec<_>>()
    };
    let (carried, gone) = (with(false), with(true));
    match (carried.is_empty(), gone.is_empty()) {
        (true, _) => format!("This page carries no {}.", joined_by(&gone, "or")),
        (false, true) => format!("This page carries {}.", joined(&carried)),
        (false, false) => format!(
            "This page carries {}, but no {}.",
            joined(&carried),
            joined_by(&gone, "or")
        ),
    }
}

/// Returns the tables of letters that are treated alike when names are searched for, as used by
/// [`near`].
fn letters() -> String {
    let object = |letters: &[(char, &str)]| {
        let entries = letters
            .iter()
            .map(|(letter, typed)| format!("\"{letter}\": \"{}\"", typed.replace('"', "\\\"")));
        format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
    };
    let [plain, written_out] = words::table();
    format!(
        "const plainLetters = {};\nconst writtenOutLetters = {};\n",
        object(plain),
        object(written_out)
    )
}

/// Returns the marks at the ends of lines, which the page uses when a line changes its look.
fn marks(sheets: &mut Sheets, known: &data::Data) -> String {
    let marks = known.marks().zip(0..);
    marks
        .map(|(mark, nth)| format!("<g id=\"mark{nth}\">{}</g>\n", sheets.part(mark)))
        .collect()
}

/// Escapes JSON so that no browser takes part of it for the end of its block or for anything but
/// data.
fn inert(json: String) -> String {
    let mut inert = String::with_capacity(json.len());
    for c in printable(&json).chars() {
        match c {
            '<' | '>' | '&' => inert.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => inert.push(c),
        }
    }
    inert
}

fn hash(text: &str) -> String {
    STANDARD.encode(sum::raw(text.as_bytes()))
}

/// Removes the tooltips that the page makes itself, out of its data: all but those of events and of
/// how far two agree.
fn without_tooltips(mut scene: Scene) -> Scene {
    fn strip(items: &mut [Item]) {
        for item in items {
            if let Item::Group(group) = item {
                let is_between = group.data.iter().any(|(name, _)| *name == "from");
                let is_told = group.class == "event" || group.class == "cell" && is_between;
                if !is_told {
                    group.tooltip.clear();
                } else if is_between {
                    // The page knows whom it is about.
                    for line in &mut group.tooltip {
                        let words = line.rsplit_once(": ").map(|(_, words)| words.to_owned());
                        *line = words.unwrap_or_default();
                    }
                }
                strip(&mut group.items);
            }
        }
    }
    strip(&mut scene.items);
    scene
}

/// The sides of positions, by the colours of their marks.
const SIDES: [(&str, Color); 7] = [
    ("supports", Color::Supports),
    ("opposes", Color::Opposes),
    ("neutral", Color::Neutral),
    ("number", Color::Number),
    ("mixed", Color::Mixed),
    ("contested", Color::Contested),
    ("unknown", Color::Unknown),
];

fn side_of(color: Color) -> Option<&'static str> {
    let mut sides = SIDES.iter().filter(|(_, own)| *own == color);
    sides.next().map(|(side, _)| *side)
}

/// Returns the colours as variables. Where the page is not asked to be dark, it is as the system
/// wishes; on paper it is light.
fn colors(theme: Theme) -> String {
    let named = |theme: Theme| {
        let all = Color::all().map(|color| format!("--{}:{}", color.name(), theme.hex(color)));
        all.collect::<Vec<_>>().join(";")
    };
    let dark = format!(":root{{color-scheme:dark;{}}}", named(Theme::Dark));
    let wish = match theme {
        Theme::Light => " and (prefers-color-scheme:dark)",
        Theme::Dark => "",
    };
    format!(
        ":root{{color-scheme:light;{}}}\n@media screen{wish}{{{dark}}}\n",
        named(Theme::Light)
    )
}

#[cfg(test)]
mod tests {
    use super::{hash, inert};

    #[test]
    fn data_stays_data() {
        let text = "\"</script><!--&\u{2028}\u{2029}é\"";
        let inert = inert(text.to_owned());
        assert!(
            !inert.contains(['<', '>', '&', '\u{2028}', '\u{2029}']),
            "{inert}"
        );
        assert_eq!(
            serde_json::from_str::<String>(&inert).unwrap(),
            serde_json::from_str::<String>(text).unwrap()
        );
    }

    #[test]
    fn hashes_are_those_of_browsers() {
        assert_eq!(
            hash("alert('Hello, world.');"),
            "qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }
}
