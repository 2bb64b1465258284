//! Colours by meaning, light and dark. Line colours are Okabe and Ito's, made darker or lighter
//! where they would be hard to see on the page. No meaning depends on colour alone.

/// The background a picture is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light, for paper.
    #[default]
    Light,
    /// Light on dark, for screens.
    Dark,
}

/// The role of a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Color {
    /// The background of the page.
    Page,
    /// Text.
    Ink,
    /// Text of lesser weight.
    Muted,
    /// Rules and outlines that only divide.
    Faint,
    /// The background of things that belong together.
    Panel,
    /// The fill of an actor's box.
    Actor,
    /// The fill of an issue's box.
    Issue,
    /// The fill of a meeting's box.
    Note,
    /// For; friendly.
    Supports,
    /// Against; unfriendly.
    Opposes,
    /// Neutral.
    Neutral,
    /// A number on a scale, neither for nor against.
    Number,
    /// The background of a number on a scale, from 0 (low) to 4 (high).
    Scale(u8),
    /// A line that names a number on a scale; counted like `Scale`.
    ScaleLine(u8),
    /// Both for and against, by the actor's own word.
    Mixed,
    /// Statements disagree.
    Contested,
    /// Unknown.
    Unknown,
    /// A pale tint of `Supports`, as a background of text.
    SoftSupports,
    /// A pale tint of `Opposes`, as a background of text.
    SoftOpposes,
    /// A pale tint of `Neutral`, as a background of text.
    SoftNeutral,
    /// A pale tint of `Mixed`, as a background of text.
    SoftMixed,
    /// Lines and marks of meetings.
    Meeting,
    /// The pale background of a camp, counted from 0; from the ninth on, colours repeat.
    Camp(u8),
    /// The full colour of a camp, behind its number; counted like `Camp`.
    CampMark(u8),
}

/// Pale fills for camps, behind text. Neighbours differ clearly under every kind of colour vision.
const CAMPS_LIGHT: [&str; 8] = [
    "#E4E4F4", "#FBF3C9", "#D5EEF0", "#F3DEEB", "#E3EBCF", "#E9E4DE", "#DCEBF7", "#FBE3D3",
];
const CAMPS_DARK: [&str; 8] = [
    "#303057", "#4A4213", "#12434A", "#4C2A41", "#3A4420", "#423B33", "#173A52", "#54301A",
];
/// The same hues in full strength, behind camp numbers.
const MARKS_LIGHT: [&str; 8] = [
    "#4B4BA0", "#6F5B00", "#0A6470", "#8A2F6B", "#4E6414", "#5F5245", "#1D5B8F", "#A34700",
];
const MARKS_DARK: [&str; 8] = [
    "#B4B4F2", "#E3CB52", "#6FCFDA", "#EBA3CF", "#BBD183", "#D3C2AF", "#7FC3EF", "#F4A97C",
];

/// Fills behind numbers, from low to high on a scale: from close to the page's colour to far from
/// it, with no likeness to the colours of either side.
const SCALE_LIGHT: [&str; 5] = ["#F7F2D3", "#E6DB97", "#C6B650", "#7D6F14", "#554B00"];
const SCALE_DARK: [&str; 5] = ["#26230F", "#443E16", "#655B1A", "#C6B650", "#EFE4A0"];
/// The same for lines, which have to stand out at either end.
const LINES_LIGHT: [&str; 5] = ["#998828", "#897A1C", "#6F6210", "#544A05", "#332D00"];
const LINES_DARK: [&str; 5] = ["#7D7230", "#9C8F3C", "#BBAD4C", "#D8CB76", "#F3EAB4"];

#[cfg(feature = "pictures")]
impl Color {
    /// Every colour that differs from the others.
    #[rustfmt::skip]
    pub(crate) fn all() -> impl Iterator<Item = Color> {
        let single = [
            Color::Page, Color::Ink, Color::Muted, Color::Faint, Color::Panel, Color::Actor, Color::Issue, Color::Note,
            Color::Supports, Color::Opposes, Color::Neutral, Color::Number, Color::Mixed, Color::Contested, Color::Unknown,
            Color::SoftSupports, Color::SoftOpposes, Color::SoftNeutral, Color::SoftMixed, Color::Meeting,
        ];
        let scale = (0..5).flat_map(|nth| [Color::Scale(nth), Color::ScaleLine(nth)]);
        let camps = (0..8).flat_map(|nth| [Color::Camp(nth), Color::CampMark(nth)]);
        single.into_iter().chain(scale).chain(camps)
    }

    /// Returns its name in a style sheet.
    pub(crate) fn name(self) -> String {
        match self {
            Color::Scale(nth) => format!("scale{}", nth.min(4)),
            Color::ScaleLine(nth) => format!("scale-line{}", nth.min(4)),
            Color::Camp(nth) => format!("camp{}", nth % 8),
            Color::CampMark(nth) => format!("camp-mark{}", nth % 8),
            single => format!("{single:?}").to_lowercase(),
        }
    }
}

impl Theme {
    /// Returns a colour as `#RRGGBB`.
    #[rustfmt::skip]
    pub fn hex(self, color: Color) -> &'static str {
        let (light, dark) = match color {
            Color::Page      => ("#FFFFFF", "#12161C"),
            Color::Ink       => ("#1B1F24", "#E8ECF1"),
            Color::Muted     => ("#57606A", "#A8B2BD"),
            Color::Faint     => ("#C9D1D9", "#424C58"),
            Color::Panel     => ("#F1F4F7", "#1D242D"),
            Color::Actor     => ("#FFFFFF", "#12161C"),
            Color::Issue     => ("#EAF2F8", "#16293A"),
            Color::Note      => ("#FFF9DB", "#2E2A14"),
            Color::Supports  => ("#0072B2", "#5AB4EE"),
            Color::Opposes   => ("#C24E00", "#F2905A"),
            Color::Neutral   => ("#6E7781", "#98A2AD"),
            Color::Number    => ("#7D6F14", "#D6C75C"),
            Color::Scale(nth) => (SCALE_LIGHT[usize::from(nth).min(4)], SCALE_DARK[usize::from(nth).min(4)]),
            Color::ScaleLine(nth) => (LINES_LIGHT[usize::from(nth).min(4)], LINES_DARK[usize::from(nth).min(4)]),
            Color::Mixed     => ("#9C3D78", "#E095C6"),
            Color::Contested => ("#1B1F24", "#E8ECF1"),
            Color::Unknown   => ("#7D8691", "#8A949F"),
            Color::SoftSupports => ("#C6E1F2", "#123F5C"),
            Color::SoftOpposes  => ("#FAD7BF", "#5C2E12"),
            Color::SoftNeutral  => ("#E6E9ED", "#323B46"),
            Color::SoftMixed    => ("#F0D9E8", "#4E2A43"),
            Color::Meeting   => ("#007A58", "#3CC79B"),
            Color::Camp(nth) => (CAMPS_LIGHT[usize::from(nth) % 8], CAMPS_DARK[usize::from(nth) % 8]),
            Color::CampMark(nth) => (MARKS_LIGHT[usize::from(nth) % 8], MARKS_DARK[usize::from(nth) % 8]),
        };
        match self {
            Theme::Light => light,
            Theme::Dark => dark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Color, Theme};

    /// Returns the relative luminance as WCAG 2 defines it.
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(theme: Theme, one: Color, other: Color) -> f64 {
        let (a, b) = (luminance(theme.hex(one)), luminance(theme.hex(other)));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn words_and_lines_stand_out_as_wcag_asks() {
        let soft = [
            Color::SoftSupports,
            Color::SoftOpposes,
            Color::SoftNeutral,
            Color::SoftMixed,
        ];
        let grounds = [
            Color::Page,
            Color::Panel,
            Color::Actor,
            Color::Issue,
            Color::Note,
        ]
        .into_iter()
        .chain(soft);
        let camps = (0..8).map(Color::Camp);
        let lines = [
            Color::Supports,
            Color::Opposes,
            Color::Neutral,
            Color::Number,
            Color::Mixed,
            Color::Contested,
            Color::Unknown,
            Color::Meeting,
        ]
        .into_iter()
        .chain((0..5).map(Color::ScaleLine));
        for theme in [Theme::Light, Theme::Dark] {
            for ground in grounds.clone().chain(camps.clone()) {
                for words in [Color::Ink, Color::Muted] {
                    let found = contrast(theme, words, ground);
                    assert!(
                        found >= 4.5,
                        "{theme:?}: {words:?} on {ground:?} {found:.2}"
                    );
                }
            }
            for ground in (0..3).map(Color::Scale) {
                let found = contrast(theme, Color::Ink, ground);
                assert!(found >= 4.5, "{theme:?}: a number on {ground:?} {found:.2}");
            }
            let marks = (0..8).map(Color::CampMark);
            let high = [Color::Scale(3), Color::Scale(4)];
            for ground in [Color::Supports, Color::Opposes, Color::Meeting]
                .into_iter()
                .chain(high)
                .chain(marks)
            {
                let found = contrast(theme, Color::Page, ground);
                assert!(
                    found >= 4.5,
                    "{theme:?}: words of the page's colour on {ground:?} {found:.2}"
                );
            }
            for line in lines.clone() {
                for ground in [Color::Page, Color::Panel] {
                    let found = contrast(theme, line, ground);
                    assert!(found >= 3.0, "{theme:?}: {line:?} on {ground:?} {found:.2}");
                }
            }
        }
    }
}
