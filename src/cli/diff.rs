//! `demarche diff`: what changed between two graphs, two revisions of one, or two days.

use std::path::PathBuf;

use crate::cli::Failure;
use crate::cli::dates;
use crate::cli::git::{self, Revision};
use crate::cli::output::Output;
use crate::cli::select::Select;
use crate::cli::session::{self, Session};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk;
use crate::graph::{Graph, Restriction, Withdrawn};
use crate::model::{Date, Day};
use crate::query::{self, Difference, Version};
use crate::resolve;

#[derive(Debug, clap::Args)]
pub(super) struct Diff {
    /// The old graph: a file or a folder
    old: Option<PathBuf>,
    /// The new graph
    new: Option<PathBuf>,
    /// Compare the graph with itself: as of this day …
    #[arg(long, value_name = "DATE", value_parser = dates::ending)]
    from: Option<Date>,
    /// … and as of this one; default: the day that the graph asks as of, else today
    #[arg(long, value_name = "DATE", requires = "from", value_parser = dates::ending)]
    to: Option<Date>,
    /// With --from and --to: use for each day only sources dated by then, rather than all that is
    /// known now
    #[arg(long, requires = "from")]
    as_known: bool,
    /// Compare a revision of the graph in git with the work tree, or with a second revision
    #[arg(long, value_name = "REV", num_args = 1..=2)]
    rev: Vec<String>,
    /// Exit with 1 if something differs
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    pub(super) out: Output,
}

impl Diff {
    pub(super) fn select(&self) -> Select {
        self.out.select.clone()
    }

    /// Prints the answer and returns the exit code.
    pub(super) fn run(&self, session: &Session<'_>) -> Result<u8, Failure> {
        self.out.format()?;
        let ways = [
            self.old.is_some(),
            self.from.is_some(),
            !self.rev.is_empty(),
        ];
        let Difference { graph, answer } = match ways {
            [true, false, false] => self.files(session)?,
            [false, true, false] => self.days(session)?,
            [false, false, true] => self.revisions(session)?,
            [false, false, false] => {
                return Err(Failure::new("nothing to compare")
                    .help("two files or folders: `demarche diff OLD NEW`")
                    .help("two days of the graph: `demarche diff --from DATE --to DATE`")
                    .help("a revision in git and the work tree, or two: `demarche diff --rev REV [REV]`"));
            }
            _ => {
                return Err(Failure::new(
                    "two graphs, two days (`--from`) and revisions (`--rev`) can't be compared at once",
                ));
            }
        };
        let differs = !query::is_empty(&answer);
        self.out.give(session, &graph, &answer)?;
        Ok(u8::from(differs && self.exit_code))
    }

    fn files(&self, session: &Session<'_>) -> Result<Difference, Failure> {
        if session.names_graph() {
            return Err(Failure::new("`-g` names one graph, but two are compared")
                .help("leave `-g` out, or compare that graph with itself: `--from DATE --to DATE`, `--rev REV`"));
        }
        let read = |path: &PathBuf| {
            Ok::<_, Failure>((
                path.display().to_string(),
                at_present(std::slice::from_ref(path))?,
            ))
        };
        let (Some(old), Some(new)) = (&self.old, &self.new) else {
            return Err(Failure::new("it takes two graphs to compare: `demarche diff OLD NEW`").help(
                "`--rev REV` compares one graph with a revision of itself, `--from DATE --to DATE` on two days",
            ));
        };
        let is_day = |path: &PathBuf| {
            let day = path
                .to_str()
                .is_some_and(|text| Date::of_text(text).is_ok());
            day && !path.exists()
        };
        if is_day(old) && is_day(new) {
            let (old, new) = (old.display(), new.display());
            return Err(
                Failure::new(format!("`{old}` and `{new}` are days, not files")).help(format!(
                    "two days of the graph: `demarche diff --from {old} --to {new}`"
                )),
            );
        }
        if old.as_os_str() == disk::STDIN && new.as_os_str() == disk::STDIN {
            return Err(Failure::new(
                "standard input can be one of the two graphs, not both",
            ));
        }
        let wholes = [old, new].map(|path| session::whole(path.clone()));
        if disk::is_same_file(&wholes[0], &wholes[1]) && !disk::is_same_file(old, new) {
            let [old, new, whole] = [old, new, &wholes[0]].map(|path| path.display());
            let message = format!("`{old}` and `{new}` are files of one graph, `{whole}`");
            return Err(Failure::new(message)
                .help("`demarche diff --from DATE --to DATE` compares two days of it"));
        }
        let [old, new] = wholes.map(|path| read(&path));
        let (mut old, mut new) = (old?, new?);
        session.find_edits([&mut old.1.0, &mut new.1.0]);
        self.compare(session, old, new)
    }

    fn days(&self, session: &Session<'_>) -> Result<Difference, Failure> {
        if session.as_of().is_some() {
            return Err(Failure::new(
                "`--as-of` and `--until` ask about one day, `--from` and `--to` about two",
            ));
        }
        if self.as_known && session.known_by().is_some() {
            return Err(Failure::new("`--known-by` and `--as-known` both say what is known")
                .help("`--known-by DATE` takes what was known on one day for both; `--as-known` what was known on each"));
        }
        let last = |date: Date| date.period().to;
        let from = self.from.map_or_else(session::today, last);
        // A graph may say as of which day to ask.
        let graph = session.graph_on(Some(from))?;
        let own = graph.asked_as_of().filter(|day| *day >= from);
        let to = self.to.map(last).or(own).unwrap_or_else(session::today);
        if from > to {
            return Err(
                Failure::new(format!("--from is after --to: {from} comes after {to}"))
                    .help("the older day goes first"),
            );
        }
        let [without, _] = session.excluded_of_both([&graph, &graph])?;
        let [selection] = self.out.select.of(session, [&graph])?;
        let version = |graph: Graph, day: Day| {
            let known_by = self.as_known.then_some(day);
            let restriction = Restriction {
                day: Some(day),
                selection: selection.clone(),
                withdrawn: Withdrawn::Shown,
                known_by,
                without: without.clone(),
                ..Restriction::default()
            };
            Version {
                name: day.to_string(),
                view: session.view_on(graph, day, restriction),
                mistakes: 0,
            }
        };
        Ok(query::diff(
            version(graph.clone(), from),
            version(graph, to),
        ))
    }

    fn revisions(&self, session: &Session<'_>) -> Result<Difference, Failure> {
        let paths = session.paths()?;
        let old = at_revision(&paths, &self.rev[0])?;
        let new = match self.rev.get(1) {
            Some(rev) => at_revision(&paths, rev)?,
            None => {
                let mut read = at_present(&paths)?;
                session.find_edits([&mut read.0]);
                ("the work tree".to_owned(), read)
            }
        };
        self.compare(session, old, new)
    }

    fn compare(
        &self,
        session: &Session<'_>,
        mut old: Read,
        mut new: Read,
    ) -> Result<Difference, Failure> {
        let [without_old, without_new] = session.excluded_of_both([&old.1.0, &new.1.0])?;
        let [of_old, of_new] = self.out.select.of(session, [&old.1.0, &new.1.0])?;
        // Both are read as of one day: a position doesn't change because the graphs ask for different
        // days.
        let own = [&old.1.0, &new.1.0].map(|graph| graph.asked_as_of());
        let day = session.as_of().or(own.into_iter().flatten().max());
        let day = day.unwrap_or_else(session::today);
        for (_, (graph, _)) in [&mut old, &mut new] {
            session.settle_day(graph);
        }
        // Whatever can't be read would seem to have vanished.
        session.admit([&old.1.0, &new.1.0])?;
        let version = |(name, (graph, found)): Read, without, selection| {
            let mistakes = found
                .iter()
                .filter(|diagnostic| diagnostic.severity == Severity::Error)
                .count();
            let restriction = Restriction {
                day: session.as_of(),
                selection,
                withdrawn: Withdrawn::Shown,
                without,
                ..Restriction::default()
            };
            Version {
                view: session.view_on(graph, day, restriction),
                name,
                mistakes,
            }
        };
        Ok(query::diff(
            version(old, without_old, of_old),
            version(new, without_new, of_new),
        ))
    }
}

/// The name of a version, its graph and its findings.
type Read = (String, (Graph, Vec<Diagnostic>));

/// Reads the graph as it is on disk.
fn at_present(paths: &[PathBuf]) -> Result<(Graph, Vec<Diagnostic>), Failure> {
    disk::read(paths).map_err(|error| Failure::new(error.to_string()))
}

/// Reads the graph as it is in a git revision.
fn at_revision(paths: &[PathBuf], rev: &str) -> Result<Read, Failure> {
    if paths.iter().any(|path| path.as_os_str() == disk::STDIN) {
        return Err(Failure::new("standard input has no revisions")
            .help("name the graph's file or folder with `-g`"));
    }
    let located = paths
        .iter()
        .map(|path| git::locate(path))
        .collect::<Result<Vec<_>, _>>()?;
    let Some(first) = located.first() else {
        return Err(Failure::new("there is no graph to compare"));
    };
    let revision = Revision::open(&first.folder, rev)?;
    let (mut names, mut passed): (Vec<String>, _) = (Vec::new(), Vec::new());
    for located in &located {
        let found = revision.graph_files(&located.path);
        passed.extend(found.passed);
        for name in found.names {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        let shown: Vec<&str> = located
            .iter()
            .map(|located| located.path.as_str())
            .collect();
        let shown = crate::words::listed(
            shown
                .iter()
                .map(|path| if path.is_empty() { "." } else { path }),
        );
        return Err(
            Failure::new(format!("there is no graph {shown} in revision `{rev}`")).help(format!(
                "`git log --oneline -- {}` lists the commits that changed it",
                paths[0].display()
            )),
        );
    }
    let (mut graph, mut found) =
        resolve::load(&revision, &names).map_err(|error| Failure::new(error.to_string()))?;
    graph.origin = revision.origin();
    found.extend(resolve::pass_over(&mut graph, passed));
    Ok((rev.to_owned(), (graph, found)))
}
