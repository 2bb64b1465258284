//! `demarche draw`: a picture of the graph in any [`Format`], drawn by this program or laid out by
//! an installed Graphviz.

use std::io;
use std::path::PathBuf;

use crate::cli::names::Names;
use crate::cli::pictures::in_words;
use crate::cli::question::typed;
use crate::cli::select::{MEETINGS, Select};
use crate::cli::session::Session;
use crate::cli::{Failure, file, graphviz, out, pictures, session};
use crate::diagram::Theme;
use crate::graph::{Graph, Lens};
use crate::picture::{self, Refusal, View, dot, mermaid};
use crate::query::{self, Excerpt, Kind};
use crate::words::clause;

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
    /// Only this many actors, issues and meetings in all: of each in turn, those with the most
    /// lines
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) top: Option<usize>,
    /// Dark on light, for paper, or light on dark, for screens
    #[arg(long, value_enum, default_value_t)]
    pub(crate) theme: Theme,
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

typed!(View {
    Map = "map", "Who stands where on what, and who met whom";
    Network = "network", "Who met whom, and who is tied to whom";
    Matrix = "matrix", "Actors by issues: each cell a position";
    Agreement = "agreement", "Actors by actors: how far each pair agrees";
    Spectrum = "spectrum", "Issues as axes, actors along them";
    Timeline = "timeline", "Statements, changes of position and meetings along time";
});

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

/// The file format of a picture.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The language of Graphviz
    Dot,
    /// A Mermaid flowchart, for Markdown
    Mermaid,
    /// For documents and web pages; text stays text
    Svg,
    /// For slides
    Png,
    /// For print; text stays text
    Pdf,
    /// A page to click through: one file, for any browser, without a network
    Html,
    /// In characters, for a terminal: a matrix, a spectrum or a timeline
    Text,
}

fn at_least_one(number: &str) -> Result<usize, String> {
    match number.parse() {
        Ok(0) => Err("it must be at least 1".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("it must be a whole number, at least 1".to_owned()),
    }
}

impl Draw {
    /// Reads the graph from disk and draws what the flags ask for.
    pub(crate) fn once(&self, session: &Session<'_>) -> Result<(), Failure> {
        if matches!(self.view(), View::Matrix | View::Agreement | View::Spectrum) {
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
        let selection = self.selection(session, &view, query::cuts(&left_out))?;
        for note in &left_out.0 {
            session.complain(&format!("note: {}", note.text));
        }
        self.run(
            &view.graph,
            selection,
            view.lens,
            &mut |said| session.complain(&format!("note: {said}")),
            &mut io::BufWriter::new(io::stdout().lock()),
        )
    }

    /// Resolves the flags to what the picture shows.
    fn selection(
        &self,
        session: &Session<'_>,
        view: &query::View,
        cuts: Vec<String>,
    ) -> Result<Excerpt, Failure> {
        let graph = &view.graph;
        let names = Names { session, graph };
        Ok(Excerpt {
            focus: names.maybe(&self.focus, |name| names.find(Kind::Any, name))?,
            depth: self.depth as _,
            period: view.restriction.selection.period,
            cuts,
            ..Excerpt::default()
        })
    }

    /// Draws to the file, or to `out` if there is none. A file is written whole or not at all.
    pub(crate) fn run(
        &self,
        graph: &Graph,
        selection: Excerpt,
        lens: Lens,
        say: &mut dyn FnMut(&str),
        out: &mut dyn io::Write,
    ) -> Result<(), Failure> {
        let format = self.format()?;
        let refused = |refusal: Refusal| in_words(refusal, selection.is_whole(graph));
        let shown = picture::shown(graph, lens, &selection, self.view(), self.top);
        let shown = shown.map_err(refused)?;
        let drawing = shown.as_ref().map(|shown| {
            let drawing = picture::diagram(graph, lens, self.view(), shown);
            drawing.map_err(refused)
        });
        let drawing = drawing.transpose()?;
        let theme = self.theme;
        type Write<'w> = Box<dyn Fn(&mut dyn io::Write) -> io::Result<()> + 'w>;
        let bytes =
            |picture: Vec<u8>| -> Write<'_> { Box::new(move |out| out.write_all(&picture)) };
        let write: Write<'_> = match (format, &self.layout, &drawing) {
            (format, Some(engine), Some(drawing)) => {
                bytes(graphviz::lay_out(drawing, theme, format, *engine)?)
            }
            (_, Some(_), None) => {
                return Err(Failure::new("Graphviz lays out only a map and a network")
                    .help("leave `--layout` out, or use `--view map` or `network`"));
            }
            (Format::Dot, None, Some(drawing)) => Box::new(move |out| dot(drawing, theme, out)),
            (Format::Mermaid, None, Some(drawing)) => {
                Box::new(move |out| mermaid(drawing, theme, out))
            }
            (Format::Dot | Format::Mermaid, None, None) => {
                return Err(refused(Refusal::NoGraph));
            }
            (Format::Text, None, _) => bytes(pictures::characters(
                self,
                graph,
                lens,
                &selection,
                self.columns(),
            )?),
            (format, None, drawing) => bytes(pictures::draw(
                self,
                format,
                graph,
                lens,
                &selection,
                drawing.as_ref(),
            )?),
        };
        match &self.output {
            Some(path) if !file::is_stdout(path) => file::write_beside(graph, path, say, &*write),
            _ => out::unless_closed(write(out).and_then(|()| out.flush())),
        }
    }

    /// What the picture shows: a map, where nothing else is asked for.
    pub(crate) fn view(&self) -> View {
        self.view.unwrap_or_default()
    }

    /// Returns the width of printed pictures in columns: the terminal's, else 80.
    fn columns(&self) -> usize {
        let printed = self
            .output
            .as_ref()
            .is_none_or(|path| file::is_stdout(path));
        printed.then(session::width).flatten().unwrap_or(80)
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
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        match ending.as_str() {
            "dot" | "gv" => Ok(Format::Dot),
            "mmd" | "mermaid" => Ok(Format::Mermaid),
            "svg" => Ok(Format::Svg),
            "png" => Ok(Format::Png),
            "pdf" => Ok(Format::Pdf),
            "html" | "htm" => Ok(Format::Html),
            "txt" => Ok(Format::Text),
            _ if path.is_dir() => Err(file::is_folder(path)),
            _ => Err(file::formatless(path).help(
                "end the name in .dot, .gv, .mmd, .svg, .png, .pdf, .html or .txt, or add `--format`",
            )),
        }
    }
}

/// Builds the error for an empty picture, of the whole graph or of a selection.
pub(crate) fn nothing(whole: bool) -> Failure {
    Failure::new("there is nothing to draw").help(if whole {
        "the graph has no actor, issue or meeting"
    } else {
        "nothing in the graph matches what is selected: `--focus`, `--issue`, `--actor`, `--since` …"
    })
}

#[cfg(test)]
mod tests {
    use super::{Draw, Engine, Format, Select};
    use crate::diagram::Theme;
    use crate::graph::Lens;
    use crate::model::Day;
    use crate::query::Excerpt;
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
                Excerpt::default(),
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
