//! `demarche draw`: a picture of the graph in any [`Format`], drawn by this program or laid out by
//! an installed Graphviz.

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::cli::names::Names;
use crate::cli::question::typed;
use crate::cli::select::{MEETINGS, Select};
use crate::cli::session::Session;
use crate::cli::without::Field;
use crate::cli::{Failure, file, graphviz, out, session};
use crate::diagram::Theme;
use crate::graph::{Graph, Lens};
use crate::picture::{self, Drawing, Fitted, Format, Paper, Refusal, View, Why};
use crate::query::{self, Excerpt, Kind, Limits};
use crate::words::{clause, counted, first_few, joined, joined_by};

#[derive(clap::Args, Clone, Debug)]
#[command(
    after_help = "How to choose whom and what, time and evidence: `demarche help selection`."
)]
pub(crate) struct Draw {
    /// Only what is connected to this actor, issue or meeting
    #[arg(long, value_name = "NAME", add = clap_complete::ArgValueCompleter::new(super::complete::anything))]
    pub(crate) focus: Option<String>,
    /// How many steps from the focus; an actor's speakers are no step away
    #[arg(long, value_name = "N", default_value_t = 1, requires = "focus")]
    pub(crate) depth: u32,
    #[command(flatten)]
    pub(super) select: Select,
    /// What to draw; default: a map
    #[arg(long, value_enum)]
    pub(crate) view: Option<View>,
    /// Only the N actors and issues with the most statements and meetings among themselves
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) top: Option<usize>,
    /// The page it fills, with as much as can be read: slide, a4, a4-landscape, 1600x900 (pixels), or
    /// free; default: free, A4 for PDF
    #[arg(long, value_name = "PAGE")]
    pub(crate) page: Option<Paper>,
    /// Dark on light, for paper, or light on dark, for screens
    #[arg(long, value_enum, default_value_t)]
    pub(crate) theme: Theme,
    /// A title that counts what is shown, instead of that of the graph
    #[arg(long)]
    pub(crate) headline: bool,
    /// Leave these fields of all records out of a page to click through: note, quote, place (of
    /// meetings), text (which no page carries)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FIELD,…")]
    pub(super) without: Vec<Field>,
    /// Let an installed Graphviz draw it, with this layout program
    #[arg(long, value_enum, value_name = "ENGINE")]
    pub(crate) layout: Option<Engine>,
    /// The format; default: that of the file's extension
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// The file to write: .svg, .png, .pdf, .html, .dot, .gv, .mmd, .txt; without it, DOT, or the
    /// view in characters, on standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

typed!(View);

typed!(Theme {
    Light = "light", "Dark on light";
    Dark = "dark", "Light on dark";
});

/// A layout program of Graphviz.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Dot,
    Neato,
    Fdp,
    Sfdp,
    Twopi,
    Circo,
    Osage,
}

typed!(Format {
    Dot = "dot", "The language of Graphviz";
    Mermaid = "mermaid", "A Mermaid flowchart, for Markdown";
    Svg = "svg", "For documents and web pages; text stays text";
    Png = "png", "For slides";
    Pdf = "pdf", "For print; text stays text";
    Html = "html", "A page to click through: one file, for any browser, without a network";
    Text = "text", "In characters, for a terminal: all views but map and network";
});

fn at_least_one(number: &str) -> Result<usize, String> {
    match number.parse() {
        Ok(0) => Err("it must be at least 1".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("it must be a whole number, at least 1".to_owned()),
    }
}

impl Draw {
    /// Reads the graph from disk and draws what the flags ask for: to a file, or to `out` if they name
    /// none.
    pub(crate) fn once(
        &self,
        session: &Session<'_>,
        out: &mut dyn io::Write,
    ) -> Result<(), Failure> {
        if !self.view().has_meetings() {
            self.select
                .refuse(MEETINGS, "this view shows positions, not meetings")?;
        }
        let mut view = session.view_to_draw()?;
        view.graph.tell_later(view.lens.day);
        let gone = |name| query::gone(&view.graph, &view.omitted, &view.restriction, name);
        if let Some(gone) = self.focus.as_deref().and_then(gone) {
            let why: Vec<String> = gone.notes.iter().map(|note| clause(&note.text)).collect();
            let message = format!("there is no “{}” to draw: {}", gone.title, why.join("; "));
            return Err(Failure::new(message));
        }
        let left_out = view.left_out(query::TieUse::Used);
        let drawing = self.drawing(session, &view, Limits::of(&view, &left_out))?;
        for note in &left_out.0 {
            session.complain(&format!("note: {}", note.text));
        }
        if self.headline {
            match picture::headline(&view.graph, view.lens, &drawing) {
                Some(headline) => view.graph.title = Some(headline),
                None => {
                    session.complain("note: no rule makes a headline of this: the title stays");
                }
            }
        }
        self.run(
            &view.graph,
            &drawing,
            view.lens,
            &mut |said| session.complain(said),
            out,
        )
    }

    /// Resolves the flags to what the picture shows.
    fn drawing(
        &self,
        session: &Session<'_>,
        view: &query::View,
        limits: Limits,
    ) -> Result<Drawing, Failure> {
        let graph = &view.graph;
        let names = Names { session, graph };
        let selection = Excerpt {
            focus: names.maybe(&self.focus, |name| names.find(Kind::Any, name))?,
            depth: self.depth as _,
            period: view.restriction.selection.period,
            limits,
            ..Excerpt::default()
        };
        Ok(Drawing {
            view: self.view(),
            selection,
            top: self.top,
            only_positions: false,
            theme: self.theme,
            columns: self.columns(),
            page: self.page.unwrap_or(Paper::Usual),
            left: Field::left(&self.without),
        })
    }

    /// Draws to the file, or to `out` if there is none. A file is written whole or not at all.
    pub(crate) fn run(
        &self,
        graph: &Graph,
        drawing: &Drawing,
        lens: Lens,
        complain: &mut dyn FnMut(&str),
        out: &mut dyn io::Write,
    ) -> Result<(), Failure> {
        let format = self.format()?;
        if format == Format::Text && drawing.theme == Theme::Dark {
            return Err(Failure::new("characters have no theme").help("leave `--theme` out"));
        }
        if !self.without.is_empty() && format != Format::Html {
            let message =
                "`--without` has no effect here: only a page to click through carries these fields";
            return Err(Failure::new(message).help("leave it out, or write .html"));
        }
        let refused = |refusal: Refusal| in_words(refusal, drawing.selection.is_whole(graph));
        let shown = picture::shown(graph, lens, drawing).map_err(refused)?;
        let drawn = match (self.layout, &shown) {
            (None, shown) => {
                picture::drawn(graph, lens, drawing, shown.as_ref(), format).map_err(refused)?
            }
            (Some(_), _) if self.page.is_some_and(|page| page != Paper::Free) => {
                return Err(Failure::new("Graphviz takes no page").help("leave `--page` out"));
            }
            (Some(engine), Some(shown)) => {
                let diagram = picture::diagram(graph, lens, drawing.view, shown);
                let diagram = diagram.map_err(refused)?;
                graphviz::lay_out(&diagram, self.theme, format, engine)?.into()
            }
            (Some(_), None) => {
                return Err(Failure::new("Graphviz lays out only a map and a network")
                    .help("leave `--layout` out, or use `--view map` or `network`"));
            }
        };
        if let Some(note) = renamed(&drawn.renamed) {
            complain(&note);
        }
        if let Some(warning) = lacking(&drawn.lacking) {
            complain(&warning);
        }
        if let Some(fitted) = drawn.fitted {
            complain(&format!("note: {}", fitted_words(fitted, drawing.view)));
        }
        let say = &mut |said: &str| complain(&format!("note: {said}"));
        match &self.output {
            Some(path) if !file::is_stdout(path) => {
                file::write_beside(graph, path, say, &|out| drawn.write(out))
            }
            _ => out::unless_closed(drawn.write(out).and_then(|()| out.flush())),
        }
    }

    /// What the picture shows: a map, where nothing else is asked for.
    pub(crate) fn view(&self) -> View {
        self.view.unwrap_or_default()
    }

    /// Returns the width in columns of the terminal that a picture is printed on.
    fn columns(&self) -> Option<usize> {
        let printed = self
            .output
            .as_ref()
            .is_none_or(|path| file::is_stdout(path));
        printed.then(session::width).flatten()
    }

    pub(crate) fn format(&self) -> Result<Format, Failure> {
        let printed = if self.view().is_graph() {
            Format::Dot
        } else {
            Format::Text
        };
        let path = match (&self.output, self.format) {
            (_, Some(format)) => return Ok(format),
            (None, None) => return Ok(printed),
            (Some(path), None) if file::is_stdout(path) => return Ok(printed),
            (Some(path), None) => path,
        };
        match of_ending(path) {
            Some(format) => Ok(format),
            None if path.is_dir() => Err(file::is_folder(path)),
            None => {
                let formats = Format::value_variants().iter().copied();
                let known: Vec<String> = formats
                    .flat_map(|format| &endings(format)[..1])
                    .map(|ending| format!(".{ending}"))
                    .collect();
                Err(file::formatless(path).help(format!(
                    "end the name in {}, or add `--format`",
                    joined_by(&known, "or")
                )))
            }
        }
    }
}

/// Says what was done so that a picture can be read.
fn fitted_words(fitted: Fitted, view: View) -> String {
    let (other, what) = match view {
        View::Map => (
            "`--view matrix` shows each position in a cell, ",
            "actors and issues with the most statements and meetings among themselves",
        ),
        View::Network => (
            "",
            "actors with the most meetings and ties among themselves",
        ),
        View::Agreement => ("", "actors with the most statements"),
        View::Timeline => (
            "`demarche timeline` lists all events, ",
            "actors with the most events",
        ),
        View::Matrix | View::Spectrum => ("", "actors and issues with the most statements"),
    };
    match fitted {
        Fitted::Part(why, part, whole_on) => {
            let bare = "only positions, no meetings and ties";
            let shown = match (part.top, part.only_positions) {
                (None, _) => bare.to_owned(),
                (Some(top), false) => format!("the {top} {what}, as `--top {top}` does"),
                (Some(top), true) => format!("the {top} {what}, and {bare}"),
            };
            let others = match why {
                Why::Lines(_) => "; `--focus` shows one with all there is",
                Why::Small { .. } => "",
            };
            let why = why_words(why, view);
            let page = whole_on.unwrap_or("free");
            format!(
                "{why}, so the picture shows {shown}{others}; {other}`--page {page}` draws everything"
            )
        }
        Fitted::Hard(why @ Why::Lines(_), _) => format!(
            "{}: {other}`--top 24` and `--focus` show fewer",
            why_words(why, view)
        ),
        Fitted::Hard(why, Some(page)) => format!(
            "{}; `--page {page}` shows as much as can be read",
            why_words(why, view)
        ),
        Fitted::Hard(why, None) => format!(
            "{}; `--focus`, `--issue` and `--since` show less",
            why_words(why, view)
        ),
        Fitted::Issues {
            shown,
            all,
            actors: None,
        } => format!(
            "there is room for {shown} of {}, so the picture shows those about which most is said; `--issue` chooses others",
            counted(all, "issue")
        ),
        Fitted::Issues {
            actors: Some(actors),
            ..
        } => format!(
            "there is no room for one issue with all its actors, so the picture shows {} and says how many more there are; `--page free` shows all",
            counted(actors, "actor")
        ),
        Fitted::Wide(boxes) => format!(
            "Mermaid draws {boxes} boxes too small to read in the column of a README: `--top 12` and `--focus` show fewer, SVG can show all"
        ),
    }
}

/// Says why a picture of all can't be read, or hardly.
fn why_words(why: Why, view: View) -> String {
    match why {
        Why::Lines(letters) if view == View::Timeline => {
            format!("{letters} meetings and ties are too many to look up by letter")
        }
        Why::Lines(lines) => format!("{lines} lines are too many to follow"),
        Why::Small { on, size, least } => format!(
            "on {} most of the text would be {} high, where {} can be read",
            if on.is_empty() { "that page" } else { on },
            picture::height(size, least),
            picture::height(least, least),
        ),
    }
}

/// Returns the format of a picture written to a file of this name.
pub(super) fn of_ending(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    let mut formats = Format::value_variants().iter().copied();
    formats.find(|format| endings(*format).contains(&ending.as_str()))
}

/// Returns the endings of the names of files in a format.
fn endings(format: Format) -> &'static [&'static str] {
    match format {
        Format::Dot => &["dot", "gv"],
        Format::Mermaid => &["mmd", "mermaid"],
        Format::Svg => &["svg"],
        Format::Png => &["png"],
        Format::Pdf => &["pdf"],
        Format::Html => &["html", "htm"],
        Format::Text => &["txt"],
    }
}

/// Turns a refusal into an error with what to do about it.
fn in_words(refusal: Refusal, whole: bool) -> Failure {
    let help = match (&refusal, whole) {
        (Refusal::Nothing, true) => "the graph has no actor, issue or meeting",
        (Refusal::Nothing, false) => {
            "nothing in the graph matches what is selected: `--focus`, `--issue`, `--actor`, `--since` …"
        }
        (Refusal::NoPair | Refusal::WeakPairs, _) => {
            "`--view matrix` shows who stands where on what"
        }
        (Refusal::OnlyNumbers, _) => {
            "`--view spectrum` shows where each stands, and `demarche matrix --measure congruence` measures how near they are"
        }
        (Refusal::OneIssue, _) => "`--view spectrum` shows who stands where on it",
        (Refusal::NoPosition, true) => {
            "`--view network` shows meetings and ties, and `demarche list` what the graph has"
        }
        (Refusal::NoLink, _) => "`--view map` shows who stands where on what",
        (Refusal::NoDate, true) => {
            "`--view map` shows what has no date, and `demarche list` what the graph has"
        }
        (Refusal::OneDate { is_told: true, .. }, _) => {
            "`--view network` shows who met whom, and `demarche meetings` lists the meetings"
        }
        (Refusal::OneDate { .. }, _) => "`--view matrix` shows who stands where on what",

        (Refusal::NoPosition | Refusal::NoDate, false) => {
            "ask for more with `--focus`, `--issue`, `--actor`, `--since` or `--until`, or leave them out"
        }
        (Refusal::TooMuch { .. }, _) => {
            "show less with `--top`, `--focus`, `--issue`, `--actor` or `--since`, or write DOT with `-o picture.dot`"
        }
        (Refusal::Tangle(_), _) => {
            "`--focus` shows one actor with all there is, `--top 8` those with the most among themselves, `demarche meetings` who met whom; `--page free` draws everything"
        }
        (Refusal::LongPage, _) => {
            "show less with `--top`, `--focus`, `--issue`, `--actor` or `--since`"
        }
        (Refusal::Bare, _) => "choose other dates for `--since` and `--until`, or leave one out",
        (Refusal::NoGraph, _) => "use `--format text`, or write .svg, .png, .pdf or .html",
        (Refusal::NoText, _) => "use `--view matrix`, `agreement`, `spectrum` or `timeline`",
        (Refusal::NoPaper, _) => "write .svg, .png or .pdf, or leave `--page` out",
        (
            Refusal::Small {
                fits: Some(fits), ..
            },
            _,
        ) => {
            let help =
                format!("with `--top {fits}` it can be read; or leave `--top` or `--page` out");
            return Failure::new(refusal.to_string()).help(help);
        }
        (Refusal::Small { turned: true, .. }, _) => {
            "it can be read on the page turned by a right angle, such as `--page a4-landscape`; or leave `--page` out"
        }
        (Refusal::Small { .. }, _) => {
            "not even `--top 3` could be read there: choose less with `--since`, `--until`, `--issue` or `--focus`, or leave `--page` out"
        }
        (Refusal::NotBuilt, _) => {
            "build it with its default features, write DOT with `-o picture.dot`, or draw in characters, as `--view matrix` does"
        }
        (Refusal::Failed(_), _) => return Failure::new(refusal.to_string()),
    };
    Failure::new(refusal.to_string()).help(help)
}

/// How many texts that can't be drawn are named.
const SHOWN: usize = 5;

/// Returns a note about names that are shown instead of others that no installed font covers.
fn renamed(names: &[(String, String)]) -> Option<String> {
    let named = first_few(names, SHOWN, |(own, other)| format!("`{own}` as `{other}`"));
    (!names.is_empty()).then(|| {
        format!(
            "note: no installed font has every character of some names, so the picture shows {}: install a font of that script, for example one of Noto's, or write SVG, which is drawn with the fonts of whoever opens it",
            joined(named)
        )
    })
}

/// Returns a warning about texts that no installed font covers.
fn lacking(texts: &[String]) -> Option<String> {
    let named = joined(first_few(texts, SHOWN, |text| format!("`{text}`")));
    (!texts.is_empty()).then(|| {
        format!(
            "warning: no installed font has every character of {named}: they are drawn as boxes or not at all\nhelp: install a font of that script, for example one of Noto's, or write SVG, which is drawn with the fonts of whoever opens it"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{Draw, Engine, Format, Select};
    use crate::diagram::Theme;
    use crate::graph::Lens;
    use crate::model::Day;
    use crate::picture::Drawing;
    use std::{env, fs, io};

    fn draw(output: Option<&str>, format: Option<Format>) -> Draw {
        let (view, top, theme, layout) = (None, None, Theme::Light, Some(Engine::Dot));
        let output = output.map(Into::into);
        Draw {
            focus: None,
            depth: 1,
            select: Select::default(),
            view,
            top,
            theme,
            layout,
            format,
            output,
            headline: false,
            without: Vec::new(),
            page: None,
        }
    }

    #[test]
    fn the_format_is_what_is_said_or_the_ending() {
        let format =
            |output: Option<&str>, format: Option<Format>| draw(output, format).format().ok();
        assert_eq!(format(None, None), Some(Format::Dot));
        assert_eq!(format(Some("-"), None), Some(Format::Dot));
        assert_eq!(format(Some("a/b.SVG"), None), Some(Format::Svg));
        assert_eq!(format(Some("b.mmd"), None), Some(Format::Mermaid));
        assert_eq!(format(Some("b.svg"), Some(Format::Png)), Some(Format::Png));
        assert_eq!(
            (format(Some("b.gif"), None), format(Some("svg"), None)),
            (None, None)
        );
    }

    /// Reruns itself with an empty `PATH`, where no program is found.
    #[test]
    fn without_graphviz_nothing_is_written() {
        if env::var_os("DEMARCHE_TEST_WITHOUT_DOT").is_none() {
            let mut again = std::process::Command::new(env::current_exe().unwrap());
            again.args([
                "--exact",
                "cli::draw::tests::without_graphviz_nothing_is_written",
            ]);
            let output = again
                .env("PATH", "")
                .env("DEMARCHE_TEST_WITHOUT_DOT", "1")
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(
                output.status.success() && said.contains("1 passed"),
                "{said}"
            );
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.svg");
        let text = r#"Graph(actors: { "north": (name: "North", kind: State) })"#;
        let (graph, _) = crate::resolve::read("a.ron", text);
        let lens = Lens::as_of(Day::LAST);
        let failed = draw(path.to_str(), None)
            .run(
                &graph,
                &Drawing::default(),
                lens,
                &mut |_| (),
                &mut io::sink(),
            )
            .err()
            .unwrap();
        let help = failed.help.join(" ");
        assert!(
            help.contains("apt install graphviz") && help.contains("without `--layout`"),
            "{help}"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
