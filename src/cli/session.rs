//! The context of a command: its graph, its day, the terminal.

use std::cell::RefCell;
use std::collections::HashSet;
use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::cli::args::{Arguments, Color, Global};
use crate::cli::author::author;
use crate::cli::names::Names;
use crate::cli::out;
use crate::cli::output::Output;
use crate::cli::question::Take;
use crate::cli::select::Select;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, AtHand, Author};
use crate::error::HALF;
use crate::graph::{Graph, Lens, Offers, Over, Restriction, Selection, SourceId, Withdrawn, Words};
use crate::model::Day;
use crate::progress::step;
use crate::query::{self, Noted, View};
use crate::render::{Paint, Shape, Why, diagnostics};
use crate::text::ReadError;
use crate::words::clause;

/// The environment variable that names the graph.
const GRAPH: &str = "DEMARCHE_GRAPH";

/// Says of a finding whether a graph may be used as if it were not there.
type Pardon<'p> = dyn Fn(&Graph, &Diagnostic) -> bool + 'p;

pub(super) struct Session<'a> {
    global: &'a Global,
    select: Select,
    given: Option<Given<'a>>,
}

/// What stands in place of the files, the clock and standard error where a program asks.
struct Given<'a> {
    graph: &'a Graph,
    today: Day,
    said: RefCell<Vec<String>>,
}

impl<'a> Session<'a> {
    pub(super) fn new(arguments: &'a Arguments) -> Session<'a> {
        Session {
            global: &arguments.global,
            select: arguments.command.select(),
            given: None,
        }
    }

    /// Makes the session of a program that asks about a graph already read. What it says is kept.
    pub(super) fn on(arguments: &'a Arguments, graph: &'a Graph, today: Day) -> Session<'a> {
        let said = RefCell::default();
        Session {
            given: Some(Given { graph, today, said }),
            ..Session::new(arguments)
        }
    }

    /// Is done with a view. On the command line it is never dropped: the process ends soon, and
    /// freeing a large graph takes time.
    pub(super) fn leave(&self, view: View) {
        if self.given.is_none() {
            std::mem::forget(view);
        }
    }

    /// Returns what was said in place of printing it.
    pub(super) fn said(&self) -> Vec<String> {
        let said = self.given.as_ref().map(|given| given.said.take());
        said.unwrap_or_default()
    }

    /// Returns today's date.
    fn today(&self) -> Day {
        self.given.as_ref().map_or_else(today, |given| given.today)
    }

    /// Returns the author of edits.
    pub(super) fn author(&self) -> Author {
        author()
    }

    /// Returns the files and folders that make up the graph.
    pub(super) fn paths(&self) -> Result<Vec<PathBuf>, Failure> {
        if !self.global.graph.is_empty() {
            return Ok(wholes(&self.global.graph));
        }
        graph_at_hand()
    }

    /// Returns the files and folders named by the command line or the environment; empty if neither
    /// names any.
    #[cfg(feature = "lsp")]
    pub(super) fn named_paths(&self) -> Vec<PathBuf> {
        match env::var_os(GRAPH).filter(|path| self.global.graph.is_empty() && !path.is_empty()) {
            Some(named) => env::split_paths(&named).collect(),
            None => self.global.graph.clone(),
        }
    }

    /// Reads the graph, and reports on standard error what could not be used.
    pub(super) fn graph(&self) -> Result<Graph, Failure> {
        self.graph_on(self.as_of())
    }

    /// Like [`graph`](Session::graph), for a question about `day`. If it is given, conflicting
    /// `as_of` days don't matter.
    pub(super) fn graph_on(&self, day: Option<Day>) -> Result<Graph, Failure> {
        self.read_graph(day, &|_, _| false)
    }

    /// Like [`graph`](Session::graph), whatever these findings say is missing.
    pub(super) fn graph_but_for(&self, pardoned: &Pardon<'_>) -> Result<Graph, Failure> {
        self.read_graph(self.as_of(), pardoned)
    }

    fn read_graph(&self, day: Option<Day>, pardoned: &Pardon<'_>) -> Result<Graph, Failure> {
        let mut graph = match &self.given {
            Some(given) => given.graph.clone(),
            None => {
                let _reading = step("reading the graph", 0);
                let read = disk::read(&self.paths()?);
                read.map_err(|error| unread(&error))?.0
            }
        };
        if day.is_some() {
            graph.settle_day();
        }
        if self.given.is_none() {
            self.find_edits([&mut graph]);
        }
        let missing = std::mem::take(&mut graph.missing).into_iter();
        graph.missing = missing
            .filter(|finding| !pardoned(&graph, finding))
            .collect();
        self.admit([&graph])?;
        Ok(graph)
    }

    /// Ignores conflicting `as_of` days if the command line gives the day.
    pub(super) fn settle_day(&self, graph: &mut Graph) {
        if self.as_of().is_some() {
            graph.settle_day();
        }
    }

    /// Refuses half a graph unless `--partial` is given. Reports on standard error what the answer
    /// lacks, once for all graphs.
    pub(super) fn admit<'g>(
        &self,
        graphs: impl IntoIterator<Item = &'g Graph>,
    ) -> Result<(), Failure> {
        let mut said: HashSet<String> = HashSet::new();
        for graph in graphs {
            if !graph.is_whole() && !self.global.partial {
                let help = "`--partial` answers from the rest, and says what is missing";
                return Err(self.half(graph).help(help));
            }
            if self.given.is_some() {
                // The notes of each answer say it.
                continue;
            }
            let folder = graph.folder();
            for ReadError { name, reason } in &graph.passed_over {
                let within = name.strip_prefix(folder).unwrap_or(name);
                if said.insert(format!("{within}: {reason}")) {
                    self.complain(&format!("warning: `{name}` was passed over: {reason}"));
                }
            }
            for missing in query::unread(graph) {
                let text = clause(&missing.text);
                if said.insert(text.clone()) {
                    self.complain(&format!("warning: {text}; `demarche check` shows all"));
                }
            }
        }
        Ok(())
    }

    /// Builds the error for half a graph, showing each span that can't be read.
    pub(super) fn half(&self, graph: &Graph) -> Failure {
        Failure {
            shown: diagnostics::text(&graph.missing, &graph.texts, self.diagnostic_style()),
            ..Failure::new(HALF)
        }
        .help("fix what is shown above; `demarche check` shows all that is wrong")
    }

    /// Looks for killed edits in the folders of the graphs; reports on standard error those that
    /// cast no doubt on a graph.
    pub(super) fn find_edits<'g>(&self, graphs: impl IntoIterator<Item = &'g mut Graph>) {
        let mut said: Vec<String> = Vec::new();
        for graph in graphs {
            let found = disk::read_edits(graph, &self.author()).into_iter();
            let warnings = found.filter(|edit| edit.severity == Severity::Warning);
            said.extend(warnings.map(|edit| edit.in_a_line()));
        }
        said.sort();
        said.dedup();
        for edit in &said {
            self.complain(&format!("warning: {edit}"));
        }
    }

    /// Reads the graph and restricts it to what is asked about: as of a day, and on admissible
    /// evidence.
    pub(super) fn view(&self, over: Over, withdrawn: Withdrawn) -> Result<View, Failure> {
        let graph = self.graph()?;
        let without = self.excluded(&graph)?;
        let asked = self.asked_as_of(&graph);
        // A timeline shows everything as recorded.
        let day = asked.filter(|_| over != Over::Kept);
        let selection = self.selection(&graph)?;
        let restriction = Restriction {
            day,
            selection,
            over,
            withdrawn,
            without,
            ..Restriction::default()
        };
        let mut view = self.view_on(graph, asked.unwrap_or_else(|| self.today()), restriction);
        view.graph.tell_later(view.lens.day);
        Ok(view)
    }

    /// Like [`view`](Session::view), for a picture as of the given day at the latest. Ties that are
    /// over are kept: the picture hides them, but a page to click through goes back to earlier
    /// days.
    pub(super) fn view_to_draw(&self) -> Result<View, Failure> {
        let graph = self.graph()?;
        let asked = self.asked_as_of(&graph);
        let restriction = Restriction {
            day: asked,
            selection: self.selection(&graph)?,
            over: Over::Kept,
            without: self.excluded(&graph)?,
            ..Restriction::default()
        };
        Ok(self.view_on(graph, asked.unwrap_or_else(|| self.today()), restriction))
    }

    /// Like [`view`](Session::view), for an export: everything as it is recorded, unless a flag asks
    /// for less.
    pub(super) fn view_to_export(&self) -> Result<View, Failure> {
        let graph = self.graph()?;
        let day = self.asked_as_of(&graph).unwrap_or_else(today);
        let all = Restriction {
            over: Over::Kept,
            withdrawn: Withdrawn::Shown,
            ..Restriction::default()
        };
        let restriction = Restriction {
            day: self.as_of(),
            selection: self.selection(&graph)?,
            without: self.excluded(&graph)?,
            min_grade: self.global.min_grade,
            min_sources: self.global.min_sources.unwrap_or(0),
            known_by: self.known_by(),
            ..all.clone()
        };
        Ok(if restriction == all {
            View::whole(graph, Lens::as_of(day))
        } else {
            self.view_on(graph, day, restriction)
        })
    }

    /// Reads the texts that quotes are checked against; reports on standard error what could not be
    /// read.
    pub(super) fn read_copies(&self, view: &mut View) {
        if self.given.is_some() {
            return view.graph.read_copies();
        }
        for finding in disk::read_copies(&mut view.graph) {
            self.complain(&format!("warning: {}", finding.message));
        }
    }

    /// Returns how much detail to give for each number.
    pub(super) fn detail(&self) -> query::Detail {
        if self.global.why {
            query::Detail::Statements
        } else {
            query::Detail::Value
        }
    }

    pub(super) fn excludes_sources(&self) -> bool {
        !self.global.exclude_source.is_empty()
    }

    /// Returns the day asked about: `--as-of` or the end of the period, whichever is earlier.
    pub(super) fn as_of(&self) -> Option<Day> {
        let as_of = self.global.as_of.map(|date| date.period().to);
        as_of.into_iter().chain(self.select.last_day()).min()
    }

    /// Returns whether offers stand in place of positions.
    fn offers(&self) -> Offers {
        if self.global.offers {
            Offers::InPlace
        } else {
            Offers::Beside
        }
    }

    /// Returns whom and what is asked about.
    fn selection(&self, graph: &Graph) -> Result<Selection, Failure> {
        let [selection] = self.select.of(self, [graph])?;
        Ok(selection)
    }

    /// Returns the day asked about, else the graph's own `as_of`.
    fn asked_as_of(&self, graph: &Graph) -> Option<Day> {
        self.as_of().or(graph.asked_as_of())
    }

    /// Returns the day by which things must have been known.
    pub(super) fn known_by(&self) -> Option<Day> {
        self.global.known_by.map(|date| date.period().to)
    }

    /// Returns whether `-g` names the graph.
    pub(super) fn names_graph(&self) -> bool {
        !self.global.graph.is_empty()
    }

    /// Returns the sources to leave out of each of two graphs; each must exist in at least one of
    /// them.
    pub(super) fn excluded_of_both(
        &self,
        graphs: [&Graph; 2],
    ) -> Result<[Vec<SourceId>; 2], Failure> {
        let mut without: [Vec<SourceId>; 2] = Default::default();
        for name in &self.global.exclude_source {
            let [old, new] = graphs.map(|graph| {
                Names {
                    session: self,
                    graph,
                }
                .source(name)
            });
            match (old, new) {
                (Err(_), Err(failure)) => return Err(failure),
                (old, new) => {
                    without[0].extend(old.ok());
                    without[1].extend(new.ok());
                }
            }
        }
        Ok(without)
    }

    fn excluded(&self, graph: &Graph) -> Result<Vec<SourceId>, Failure> {
        let names = Names {
            session: self,
            graph,
        };
        self.global
            .exclude_source
            .iter()
            .map(|name| names.source(name))
            .collect()
    }

    /// Answers what falls without the excluded sources.
    pub(super) fn what_falls(&self, take: &mut Take<'_>) -> Result<(), Failure> {
        let graph = self.graph()?;
        let without = self.excluded(&graph)?;
        let names: Vec<String> = without.iter().map(|id| graph[*id].id.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let asked = self.asked_as_of(&graph);
        let day = asked.unwrap_or_else(|| self.today());
        let all = Restriction {
            day: asked,
            selection: self.selection(&graph)?,
            ..Restriction::default()
        };
        let left = self.view_on(
            graph.clone(),
            day,
            Restriction {
                without,
                ..all.clone()
            },
        );
        let whole = self.view_on(graph, day, all);
        let answer = query::falls(&whole.graph, &left.graph, whole.lens, &names);
        take(&whole, Box::new(answer))
    }

    /// Restricts a graph by the command line's flags, on top of `restriction`, with positions as of
    /// `day`.
    pub(super) fn view_on(&self, graph: Graph, day: Day, restriction: Restriction) -> View {
        let words = if self.global.own {
            Words::Own
        } else {
            Words::OwnAndSpeakers
        };
        let min_sources = self.global.min_sources.unwrap_or(0);
        let known_by = restriction.known_by.or(self.known_by());
        let restriction = Restriction {
            known_by,
            min_grade: self.global.min_grade,
            min_sources,
            ..restriction
        };
        View::of(
            graph,
            Lens {
                day,
                words,
                min_sources,
                offers: self.offers(),
            },
            restriction,
        )
    }

    /// Writes the answer, with notes on what it leaves out and leaves open.
    pub(super) fn answer(
        &self,
        output: &Output,
        view: &View,
        mut answer: Box<dyn Noted + '_>,
    ) -> Result<(), Failure> {
        view.note(&mut *answer);
        output.give(self, &view.graph, &*answer)
    }

    /// Returns whether to show the records behind each row.
    pub(super) fn why(&self) -> Why {
        if self.global.why {
            Why::Shown
        } else {
            Why::Brief
        }
    }

    pub(super) fn shape(&self) -> Shape {
        Shape {
            width: width(),
            limit: None,
            paint: self.paint(),
        }
    }

    pub(super) fn diagnostic_style(&self) -> diagnostics::Style {
        diagnostics::Style {
            color: self.coloured(),
            width: width(),
        }
    }

    fn coloured(&self) -> bool {
        let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self.global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                !no_color
                    && env::var_os("TERM").is_none_or(|term| term != "dumb")
                    && io::stdout().is_terminal()
            }
        }
    }

    pub(super) fn paint(&self) -> Paint {
        if self.coloured() {
            Paint::Coloured
        } else {
            Paint::Plain
        }
    }

    /// Prints text for people to standard output.
    pub(super) fn tell(&self, text: &str) -> Result<(), Failure> {
        out::print(text, self.paint())
    }

    /// Prints a message to standard error, without colours.
    pub(super) fn complain(&self, message: &str) {
        match &self.given {
            Some(given) => given.said.borrow_mut().push(message.to_owned()),
            None => out::complain(message, Paint::Plain),
        }
    }
}

/// Returns the width of the terminal in columns. If output goes elsewhere, returns `COLUMNS`, or
/// `None` if that isn't set.
pub(super) fn width() -> Option<usize> {
    let columns = env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok())
        .filter(|columns| *columns > 0);
    match io::stdout().is_terminal() {
        true => terminal_size::terminal_size()
            .map(|(width, _)| usize::from(width.0))
            .or(columns)
            .or(Some(80)),
        false => columns,
    }
}

/// Returns today's date where this machine is.
pub fn today() -> Day {
    let today = jiff::Timestamp::now().to_zoned_datetime(time_zone()).date();
    Day::of(
        today.year().into(),
        today.month().unsigned_abs().into(),
        today.day().unsigned_abs().into(),
    )
}

/// Returns this machine's time zone, from `/etc/localtime` if that decides. Looking it up by name
/// walks all zones, which takes longer than answering a question.
fn time_zone() -> jiff::tz::TimeZone {
    let local = if env::var_os("TZ").is_none() {
        std::fs::read("/etc/localtime").ok()
    } else {
        None
    };
    local
        .and_then(|zone| jiff::tz::TimeZone::tzif("local", &zone).ok())
        .unwrap_or_else(jiff::tz::TimeZone::system)
}

/// Returns the graph named by `DEMARCHE_GRAPH`, else the one found from the working folder upwards.
pub(super) fn graph_at_hand() -> Result<Vec<PathBuf>, Failure> {
    if let Some(path) = env::var_os(GRAPH).filter(|path| !path.is_empty()) {
        return Ok(wholes(&env::split_paths(&path).collect::<Vec<_>>()));
    }
    let mut found = found_here()?;
    match found.len() {
        0 => Err(Failure::new("there is no graph to ask").help(format!(
            "name one with `-g FILE`, or in the variable {GRAPH}; `demarche new FOLDER` creates one"
        ))),
        1 => Ok(vec![found.swap_remove(0)]),
        _ => Err(
            Failure::new("there is more than one graph to ask").help(format!(
                "name one: {}; or rename the one you mean to `graph.ron`",
                flags(&found)
            )),
        ),
    }
}

/// Returns the graph found from the working folder upwards, or all if there are several.
fn found_here() -> Result<Vec<PathBuf>, Failure> {
    let here = env::current_dir()
        .map_err(|error| Failure::new(format!("can't find the working folder: {error}")))?;
    let found = match disk::at_hand(&here, home().as_deref()) {
        AtHand::Graph(graph) => vec![graph],
        AtHand::Several(several) => several,
    };
    Ok(found.iter().map(|path| from_here(path, &here)).collect())
}

/// Returns the flags that name graphs, for a message.
fn flags(graphs: &[PathBuf]) -> String {
    let flags = graphs.iter().map(|path| format!("`-g {}`", path.display()));
    flags.collect::<Vec<_>>().join(", ")
}

/// Returns the error for a graph that can't be read. If no file has its name, or one like it, names
/// the graphs that are there.
fn unread(error: &ReadError) -> Failure {
    let failure = Failure::new(error.to_string());
    let path = Path::new(&error.name);
    let says_what = path.exists() || disk::nearest_file(path).is_some();
    match found_here().unwrap_or_default() {
        found if found.is_empty() || says_what => failure,
        found => failure.help(format!("found here: {}", flags(&found))),
    }
}

/// Returns the named files and folders, each once; a file that a graph includes is replaced by that
/// graph.
pub(super) fn wholes(named: &[PathBuf]) -> Vec<PathBuf> {
    let mut wholes: Vec<PathBuf> = Vec::new();
    for path in named {
        let whole = whole(path.clone());
        if !wholes.contains(&whole) {
            wholes.push(whole);
        }
    }
    wholes
}

/// Returns the named file, or the graph that includes it.
pub(super) fn whole(named: PathBuf) -> PathBuf {
    let Ok(here) = env::current_dir() else {
        return named;
    };
    match disk::including(&named, home().as_deref()) {
        Some(graph) => from_here(&graph, &here),
        None => named,
    }
}

/// Returns a path relative to a folder, as one would type it there.
fn from_here(path: &Path, here: &Path) -> PathBuf {
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if let Ok(inside) = path.strip_prefix(folder) {
            return up.join(inside);
        }
        up.push("..");
    }
    path.to_owned()
}

/// Returns the home folder; no graph is looked for above it.
pub(super) fn home() -> Option<PathBuf> {
    env::home_dir().and_then(|home| home.canonicalize().ok())
}
