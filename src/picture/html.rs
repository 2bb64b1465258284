//! An interactive page: one file with the picture, the records behind it, and a script of our own.
//! Nothing is fetched, and a content security policy in the page forbids everything it doesn't
//! need.

mod data;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac_sha256::Hash;

use crate::diagram::{Color, Diagram, Theme};
use crate::graph::Lens;
use crate::picture::scene::{Item, Scene};
use crate::picture::svg::{escape, svg_and_style};
use crate::render::printable;
use crate::words;

const STYLE: &str = include_str!("html/page/page.css");
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
    include_str!("html/page/show.js"),
    include_str!("html/page/moving.js"),
    include_str!("html/page/search.js"),
    include_str!("html/page/address.js"),
    "})();\n"
);

/// Writes a drawing, as laid out, as a page with the records behind it. The same drawing gives the
/// same bytes.
pub fn html(diagram: &Diagram<'_>, lens: Lens, scene: Scene, theme: Theme) -> String {
    let scene = without_tooltips(scene);
    let (picture, looks) = svg_and_style(&scene, theme);
    // Shared shape styles come first, so that the page's own style overrides them.
    let style = format!("{}{looks}{STYLE}", colors(theme));
    let script = format!("\"use strict\";\n(() => {{\n{}{SCRIPT}", letters());
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; font-src data:; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(&style)
    );
    let known = data::data(diagram, lens, theme);
    let mut title = String::new();
    escape(&mut title, &scene.title);
    let mut page =
        String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n"
    ));
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.push_str(&format!(
        "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    ));
    let (before, after) = BODY.split_once("{picture}").unwrap_or((BODY, ""));
    page.push_str(before);
    page.push_str(&picture);
    page.push_str(&marks(&known));
    page.push_str(after);
    page.push_str("<script type=\"application/json\" id=\"data\">");
    page.push_str(&inert(known.json()));
    page.push_str(&format!(
        "</script>\n<script>{script}</script>\n</body>\n</html>\n"
    ));
    page
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
fn marks(known: &data::Data) -> String {
    let marks: String = known
        .marks()
        .zip(0..)
        .map(|(mark, nth)| format!("<g id=\"mark{nth}\">\n{mark}</g>\n"))
        .collect();
    format!("<svg width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\n{marks}</defs></svg>\n")
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
    STANDARD.encode(Hash::hash(text.as_bytes()))
}

/// Removes tooltips, because the page shows the same information on its cards.
fn without_tooltips(mut scene: Scene) -> Scene {
    fn strip(items: &mut [Item]) {
        for item in items {
            if let Item::Group(group) = item {
                group.tooltip.clear();
                strip(&mut group.items);
            }
        }
    }
    strip(&mut scene.items);
    scene
}

/// The names that the page gives to colours.
const NAMED: [(&str, Color); 14] = [
    ("page", Color::Page),
    ("ink", Color::Ink),
    ("muted", Color::Muted),
    ("faint", Color::Faint),
    ("panel", Color::Panel),
    ("note", Color::Note),
    ("supports", Color::Supports),
    ("opposes", Color::Opposes),
    ("neutral", Color::Neutral),
    ("number", Color::Number),
    ("mixed", Color::Mixed),
    ("contested", Color::Contested),
    ("unknown", Color::Unknown),
    ("meeting", Color::Meeting),
];

fn word_of(color: Color) -> Option<&'static str> {
    let mut named = NAMED.iter().filter(|(_, named)| *named == color);
    named.next().map(|(word, _)| *word)
}

/// Returns the theme's colours as CSS variables.
fn colors(theme: Theme) -> String {
    let scheme = if theme == Theme::Dark {
        "dark"
    } else {
        "light"
    };
    let named: Vec<String> = NAMED
        .iter()
        .map(|(name, color)| format!("--{name}:{}", theme.hex(*color)))
        .collect();
    format!(":root{{color-scheme:{scheme};{}}}\n", named.join(";"))
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
