//! The command line's grammar: global flags, subcommands and the period.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::balance::Balance;
use crate::cli::brief::Brief;
use crate::cli::brokers::Brokers;
use crate::cli::camps::Camps;
use crate::cli::check::Check;
use crate::cli::common::Common;
use crate::cli::compare::Compare;
use crate::cli::complete;
use crate::cli::dates;
use crate::cli::diff::Diff;
use crate::cli::draft::Draft;
use crate::cli::draw::Draw;
use crate::cli::edit;
use crate::cli::evidence::Evidence;
use crate::cli::explain::Explain;
use crate::cli::export::Export;
use crate::cli::find::Find;
use crate::cli::fmt::Fmt;
use crate::cli::forecast::Forecast;
use crate::cli::history::History;
use crate::cli::import::Import;
use crate::cli::list::List;
use crate::cli::matrix::Matrix;
#[cfg(feature = "mcp")]
use crate::cli::mcp::Mcp;
use crate::cli::meetings::Meetings;
use crate::cli::path::Path;
use crate::cli::positions::Positions;
use crate::cli::question::Question;
use crate::cli::select::Select;
use crate::cli::show::Show;
use crate::cli::timeline::Timeline;
#[cfg(feature = "watch")]
use crate::cli::watch::Watch;
use crate::model::{Date, Grade};

/// Who stands where on what, on whose word, and who met whom: stakeholder position graphs in plain
/// text
#[derive(Parser, Debug)]
#[command(
    name = "demarche",
    version,
    max_term_width = 100,
    after_help = "Examples, with the graph of the repository:\n  demarche show taiwan\n  demarche positions china --toward us --why\n  demarche compare us china\n  demarche draw -o picture.svg\n\nNames may be ids, names or aliases, in any case, accents or not, `ł` as `l`, `ö` as `o` or `oe`: `us`, `USA`, \"united states\".\nHow to choose whom and what, time, evidence and format: `demarche help selection`.\nExit codes: 0 answered or done (also when the answer is that nothing is known); 1 the answer is no: `check` found errors, `fmt --check` a file that is not laid out, `diff --exit-code` a difference; 2 not answered, or not done: an unknown name, half a graph, an edit that is refused, a file that can't be written."
)]
pub(super) struct Arguments {
    #[command(flatten, next_help_heading = "Everywhere")]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

// The arguments of every command. Not a doc comment: it would become the help of each command.
#[derive(Args, Debug)]
pub(super) struct Global {
    /// A file or folder of the graph, `-` for standard input; may be repeated. Default: the
    /// variable DEMARCHE_GRAPH, else what is found in this folder or above: graph.ron, the only
    /// graph file, or either in a folder graphs
    #[arg(short, long = "graph", value_name = "FILE|FOLDER|-", global = true)]
    pub(super) graph: Vec<PathBuf>,
    /// Show the statements behind each row: summary, quote, source, file and line
    #[arg(long, global = true, hide = true)]
    pub(super) why: bool,
    /// Leave out what others said for an actor
    #[arg(long, global = true, hide = true)]
    pub(super) own: bool,
    /// Give positions, meetings, ties and facts as of this day; by default positions as of the graph's `as_of`, else today,
    /// the rest as recorded
    #[arg(long, value_name = "DATE", global = true, value_parser = dates::ending, hide = true)]
    pub(super) as_of: Option<Date>,
    /// Use only sources dated by this day: what was known then
    #[arg(long, value_name = "DATE", global = true, value_parser = dates::ending, hide = true)]
    pub(super) known_by: Option<Date>,
    /// Only claims of at least this Admiralty grade: B2, or B or 2 alone
    #[arg(long, value_name = "GRADE", global = true, hide = true)]
    pub(super) min_grade: Option<Grade>,
    /// Only what at least this many independent sources say
    #[arg(long, value_name = "N", global = true, hide = true)]
    pub(super) min_sources: Option<usize>,
    /// Answer as if this source, and whatever only repeats it, did not exist; may be repeated
    #[arg(long, value_name = "NAME", global = true, add = ArgValueCompleter::new(complete::sources), hide = true)]
    pub(super) exclude_source: Vec<String>,
    /// Take what an actor offers on a condition in place of its position
    #[arg(long, global = true, hide = true)]
    pub(super) offers: bool,
    /// Answer even if some files or sections can't be read; the answer says what is missing
    #[arg(long, global = true, hide = true)]
    pub(super) partial: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, global = true, ignore_case = true)]
    pub(super) color: Color,
}

impl Global {
    /// Returns the first flag that is given but has no effect on `command`, or `None`.
    pub(super) fn idle(&self, command: &Command) -> Option<&'static str> {
        let question = command.question();
        let asks = question.is_some() || matches!(command, Command::Diff(_));
        let gives_reasons = question.is_none_or(Question::gives_reasons);
        let reads_graph = match command {
            Command::Check(check) => check.files().is_empty(),
            Command::Fmt(fmt) => fmt.files().is_empty(),
            Command::Explain(_)
            | Command::New(_)
            | Command::Completions { .. }
            | Command::Man { .. }
            | Command::Licences
            | Command::Selection => false,
            _ => true,
        };
        let draws = match command {
            Command::Draw(_) => true,
            #[cfg(feature = "watch")]
            Command::Watch(_) => true,
            _ => false,
        };
        let edits = command.edits() || matches!(command, Command::Draft(_));
        let exports = matches!(command, Command::Export(_));
        let shows = asks || draws || exports;
        let reads = shows || edits;
        let flags = [
            ("--graph", !self.graph.is_empty(), reads_graph),
            ("--why", self.why, asks && gives_reasons),
            ("--own", self.own, shows),
            ("--as-of", self.as_of.is_some(), reads),
            ("--known-by", self.known_by.is_some(), shows),
            ("--min-grade", self.min_grade.is_some(), shows),
            ("--min-sources", self.min_sources.is_some(), shows),
            ("--exclude-source", !self.exclude_source.is_empty(), shows),
            ("--offers", self.offers, shows && !exports),
            (
                "--partial",
                self.partial,
                shows || matches!(command, Command::Draft(_)),
            ),
        ];
        let mut idle = flags
            .into_iter()
            .filter(|(_, given, works)| *given && !works);
        idle.next().map(|(flag, ..)| flag)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
#[command(defer = true)]
pub(super) enum Command {
    /// Report every mistake in the graph's files, and what is worth a look
    ///
    /// Prints nothing if all is well. The exit code is 0 without errors, 1 with errors, 2 if the
    /// files can't be read.
    Check(Check),
    /// Explain a code that `check` prints: what it means, an example, and the corrected example
    Explain(Explain),
    /// Draw who stands where, who met whom, and what ties them.
    Draw(Draw),
    /// Lay files out in one way: short records on one line, long ones with one field per line
    ///
    /// Comments stay where they are, strings as they are, and groups stay separated by an empty
    /// line. A file that isn't RON is left alone, and what is wrong with it is shown. The exit code
    /// is 0, 1 if `--check` finds a file that is not laid out, 2 if a file can't be read, laid out
    /// or written.
    Fmt(Fmt),
    /// Add a record to the graph
    ///
    /// On a terminal, missing fields are asked for. A flag that takes a list may be repeated. A
    /// name works wherever an id does. The record goes after the last of its kind, in the file that
    /// holds most of them; an edit that would break the graph is not written.
    Add(edit::Add),
    /// Set a field of a record
    Set(edit::Set),
    /// Move a record to another file of the graph
    ///
    /// It keeps its layout, its end-of-line comment and the comment directly above it. A comment
    /// that heads a group, with an empty line above it and another record directly below this one,
    /// stays.
    Move(edit::Move),
    /// Change the id of a record, wherever it is mentioned
    Rename(edit::Rename),
    /// Remove a record; refused while others refer to it
    ///
    /// Its end-of-line comment and the comment directly above it go too. A comment that heads a
    /// group, with an empty line above it and another record directly below this one, stays.
    /// `--dry-run` shows all of it.
    Remove(edit::Remove),
    /// Merge two records that turn out to be the same
    ///
    /// What only the duplicate says is kept, its comments too; where both say something, the record
    /// that stays wins, and what is lost is named.
    Merge(edit::Merge),
    /// Create a folder with a small commented graph to start from
    New(edit::New),
    /// Check again on every save, and draw again: whatever `draw` would draw
    ///
    /// With `-o x.svg` or `-o x.html` that file is rewritten; with `--view` or `--format` alone the
    /// picture is printed; with none of them the graph is only checked. Ctrl-C ends it.
    #[cfg(feature = "watch")]
    Watch(Watch),
    /// Show what changed, by meaning: between two graphs, two revisions in git, or two days
    ///
    /// Moving, reordering or reformatting records makes no difference. The exit code is 0, or with
    /// --exit-code 1 if something differs, and 2 if it can't be determined.
    Diff(Diff),
    /// Propose statements and meetings from an article or transcript, as RON to edit
    ///
    /// Finds whom the graph knows by name, alias, part of a name, nationality, capital and office,
    /// what they are for or against, and whom they meet. Each proposal has the exact words, their
    /// line and `credibility: 6`. Nothing enters the graph by itself: correct what is printed, and
    /// put it where it belongs.
    Draft(Draft),
    /// Write the graph, or a part of it, in another format: tables, a network, Turtle
    ///
    /// Tables and Turtle keep every record whole, and `import` reads tables of CSV again. A network
    /// has what holds on one day: actors and issues are its nodes, and statements in force, meetings
    /// of two and ties its edges.
    Export(Export),
    /// Make a graph file of tables
    ///
    /// The file is made as a whole, and again when the tables change: put what you write by hand into
    /// a file of your own that includes it. The exit code is 0, 1 if rows were left out, 2 if nothing
    /// was made.
    Import(Import),
    /// Run the language server for editors, over standard input and output
    #[cfg(feature = "lsp")]
    Lsp,
    /// Serve the graph to an assistant by the Model Context Protocol, over standard input and
    /// output
    ///
    /// Each question is a tool; `read_source`, `draft` and `propose` help to code a text. It never
    /// writes, and reads nothing but the graph and the texts of its sources.
    #[cfg(feature = "mcp")]
    Mcp(Mcp),
    /// Print the script that completes commands, ids and names in a shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        #[arg(add = ArgValueCompleter::new(complete::shells))]
        shell: String,
    },
    /// Print the manual page, or write one for each command into a folder
    Man {
        /// The folder to write the pages to
        folder: Option<PathBuf>,
    },
    /// Print the third-party work in this program, with its licence terms
    Licences,
    /// What every question takes: whom and what it is about, time, evidence and format
    #[command(hide = true)]
    Selection,
    #[command(flatten)]
    Question(Questions),
}

/// The commands that ask something of the graph.
#[derive(Subcommand, Debug)]
#[command(defer = true)]
pub(super) enum Questions {
    /// List a section, or show the graph at a glance
    List(List),
    /// Show everything about an actor, an issue, a meeting, a source or a fact
    Show(Show),
    /// Brief somebody about to go into the room, on one page: positions, demands, common ground,
    /// meetings, and what of it is thin; of an actor, an issue or a meeting
    Brief(Brief),
    /// List statements in force: who stands where on what
    Positions(Positions),
    /// List meetings by date; of several actors, those that all attend
    Meetings(Meetings),
    /// Show how one actor connects to another, shortest first
    Path(Path),
    /// Compare actors: where they agree, where they differ, where one has not said
    Compare(Compare),
    /// Show how balanced friendly and unfriendly relations are: triangles, frustration, walks, and
    /// which relations are under strain
    Balance(Balance),
    /// Show who stands between whom: betweenness, closeness, degree, roles; who the shortest
    /// connections run through
    Brokers(Brokers),
    /// Forecast issues from positions, salience and power: five rules side by side, and how far
    /// each moves
    ///
    /// Positions in words are placed on a scale from -1 to 1. Unknown salience and power count as
    /// 1.
    Forecast(Forecast),
    /// Show an actor's position on an issue over time, an actor's on all issues, or everybody's on
    /// one; each change with its evidence
    History(History),
    /// List statements, changes of position, meetings, ties and facts by date
    Timeline(Timeline),
    /// Show what the graph rests on, the weakest claims first, its quotes checked; with --source,
    /// where a source's quotes are; with --exclude-source, what falls without that source
    Evidence(Evidence),
    /// Measure how far actors agree, pair by pair, or what each says on each issue
    Matrix(Matrix),
    /// Show who stands together, what holds them together, and how firmly; on one issue, its sides
    Camps(Camps),
    /// Show what actors agree on, what matters most first, and who meets whom although they oppose
    /// each other
    Common(Common),
    /// Find every record that contains a text
    Find(Find),
}

impl Questions {
    /// Returns the question that is asked.
    pub(super) fn asked(&self) -> &dyn Question {
        match self {
            Questions::List(question) => question,
            Questions::Show(question) => question,
            Questions::Brief(question) => question,
            Questions::Positions(question) => question,
            Questions::Meetings(question) => question,
            Questions::Path(question) => question,
            Questions::Compare(question) => question,
            Questions::Balance(question) => question,
            Questions::Brokers(question) => question,
            Questions::Forecast(question) => question,
            Questions::History(question) => question,
            Questions::Timeline(question) => question,
            Questions::Evidence(question) => question,
            Questions::Matrix(question) => question,
            Questions::Camps(question) => question,
            Questions::Common(question) => question,
            Questions::Find(question) => question,
        }
    }
}

impl Command {
    /// Returns the question that the command asks, or `None` if it isn't one.
    pub(super) fn question(&self) -> Option<&dyn Question> {
        match self {
            Command::Question(question) => Some(question.asked()),
            _ => None,
        }
    }

    /// Returns whether it changes records.
    pub(super) fn edits(&self) -> bool {
        matches!(
            self,
            Command::Add(_)
                | Command::Set(_)
                | Command::Move(_)
                | Command::Rename(_)
                | Command::Remove(_)
                | Command::Merge(_)
        )
    }

    /// Returns whether it changes or makes files, other than one that is named after `-o`.
    pub(super) fn writes(&self) -> bool {
        self.edits() || matches!(self, Command::New(_) | Command::Fmt(_) | Command::Import(_))
    }
}

/// The help heading of the flags that select time, evidence and graph.
pub(super) const WHEN: &str = "Time and evidence, and the graph";

impl Command {
    /// Returns what the command is asked about.
    pub(super) fn select(&self) -> Select {
        match self {
            Command::Draw(draw) => draw.select.clone(),
            Command::Export(export) => export.select.clone(),
            #[cfg(feature = "watch")]
            Command::Watch(watch) => watch.select(),
            Command::Diff(diff) => diff.select(),
            command => command
                .question()
                .map_or_else(Select::default, |question| question.output().select.clone()),
        }
    }
}

/// Returns an error if the second of two dates ends before the first starts.
pub(super) fn in_order(
    from: (&str, Option<Date>),
    to: (&str, Option<Date>),
) -> Result<(), Failure> {
    match (from.1, to.1) {
        (Some(first), Some(last)) if last.period().to < first.period().from => Err(Failure::new(
            format!("{} is after {}: {first} comes after {last}", from.0, to.0),
        )
        .help("the older date goes first")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    /// Commands are built lazily; the help each then shows must match the list of commands.
    #[test]
    fn every_command_says_of_itself_what_the_list_says() {
        let (listed, mut built) = (Arguments::command(), Arguments::command());
        built.build();
        for command in listed.get_subcommands() {
            let same = built.find_subcommand(command.get_name()).unwrap();
            assert!(command.get_about().is_some(), "{}", command.get_name());
            assert_eq!(same.get_about(), command.get_about());
            assert_eq!(same.get_long_about(), command.get_long_about());
        }
    }
}
