//! `demarche watch`: checks on every save, and draws if there is no error. An unreadable or
//! half-saved file leaves the last good picture in place.

mod folders;

use std::io::{self, BufWriter, stdout};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind};

use crate::cli::check;
use crate::cli::draw::Draw;
use crate::cli::select::Select;
use crate::cli::session::Session;
use crate::cli::watch::folders::Folders;
use crate::cli::{DONE, Failure, out};
use crate::diagnostic::Severity;
use crate::disk::{self, STDIN};
use crate::render::diagnostics;

#[derive(clap::Args, Debug)]
pub(super) struct Watch {
    #[command(flatten)]
    draw: Draw,
}

/// What the watcher waits for.
enum Signal {
    /// Something happened to these files.
    Changed(Vec<PathBuf>),
    /// Ctrl-C was pressed.
    Stop,
}

/// How long it must be quiet after a change before files are read: an editor saves in several
/// steps.
const QUIET: Duration = Duration::from_millis(15);
/// The longest that reading is put off while changes keep coming.
const PATIENCE: Duration = Duration::from_millis(300);
/// How often to look for a folder that is gone, and for whether anybody still reads the output.
const AGAIN: Duration = Duration::from_millis(400);

impl Watch {
    pub(super) fn select(&self) -> Select {
        self.draw.select.clone()
    }

    /// Watches until it is stopped.
    pub(super) fn run(&self, session: &Session<'_>) -> Result<u8, Failure> {
        let paths = session.paths()?;
        if paths.iter().any(|path| path.as_os_str() == STDIN) {
            return Err(Failure::new("standard input can't be watched")
                .help("name the file or the folder with `-g`"));
        }
        let (sender, signals) = mpsc::channel();
        let stop = sender.clone();
        ctrlc::set_handler(move || drop(stop.send(Signal::Stop)))
            .map_err(|error| Failure::new(format!("can't wait for Ctrl-C: {error}")))?;
        let on_event = move |event: notify::Result<Event>| {
            if let Some(event) = event.ok().filter(|event| is_change(event.kind)) {
                // Nobody receives any more when the watch ends.
                drop(sender.send(Signal::Changed(event.paths)));
            }
        };
        let watcher = notify::recommended_watcher(on_event)
            .map_err(|error| Failure::new(format!("can't watch files: {error}")))?;
        let mut folders = Folders::new(watcher, &paths, self.draw.output.as_deref());
        session.tell(&format!("watching {}; Ctrl-C ends\n", named(&paths)))?;
        let mut is_drawn = false;
        loop {
            let files = self.round(session, &paths, &mut is_drawn)?;
            folders.follow(files);
            if !wait(&signals, &mut folders) {
                session.tell("\n")?;
                return Ok(DONE);
            }
        }
    }

    /// Returns whether to draw, rather than only check.
    fn draws(&self) -> bool {
        self.draw.output.is_some() || self.draw.view.is_some() || self.draw.format.is_some()
    }

    /// Checks and draws once; returns the files that make up the graph.
    fn round(
        &self,
        session: &Session<'_>,
        paths: &[PathBuf],
        is_drawn: &mut bool,
    ) -> Result<Vec<PathBuf>, Failure> {
        let start = Instant::now();
        let (graph, found) = match check::findings(paths, &session.author()) {
            Ok((graph, report)) => (graph, crate::check::summed_up(report.findings)),
            Err(error) => {
                session.tell(&format!(
                    "error: {error}\n{}  {}\n",
                    clock(),
                    self.kept(*is_drawn)
                ))?;
                return Ok(Vec::new());
            }
        };
        let files = graph
            .texts
            .iter()
            .map(|text| disk::path(&text.name))
            .collect();
        let errors = found
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .count();
        let mut shown = found.clone();
        // In a half-saved file, records seem unused and the like: with errors, warnings are hidden.
        shown.retain(|finding| errors == 0 || finding.severity == Severity::Error);
        session.tell(&diagnostics::text(
            &shown,
            &graph.texts,
            session.diagnostic_style(),
        ))?;
        let state = match (errors, self.draws()) {
            (0, false) if found.is_empty() => "all is well".to_owned(),
            (_, false) => "checked".to_owned(),
            (0, true) => match self
                .draw
                .once(session, &mut BufWriter::new(stdout().lock()))
            {
                Ok(()) => {
                    *is_drawn = true;
                    format!(
                        "{} drawn in {} ms",
                        self.picture(),
                        start.elapsed().as_millis()
                    )
                }
                Err(failure) => {
                    out::failed(&failure, session.paint());
                    self.kept(*is_drawn)
                }
            },
            (_, true) => self.kept(*is_drawn),
        };
        session.tell(&format!("{}  {state}\n", clock()))?;
        Ok(files)
    }

    fn picture(&self) -> String {
        self.draw.output.as_ref().map_or_else(
            || "the picture".to_owned(),
            |path| format!("`{}`", path.display()),
        )
    }

    /// Says what became of the picture when nothing new was drawn.
    fn kept(&self, is_drawn: bool) -> String {
        match (self.draws(), is_drawn) {
            (false, _) => "checked".to_owned(),
            (true, true) => format!("{} stays as it was", self.picture()),
            (true, false) => format!("{} is not drawn yet", self.picture()),
        }
    }
}

/// Waits for a change that concerns the graph, and then for quiet. Returns false when watching is
/// to end: on Ctrl-C, or if nobody reads the output any more.
fn wait(signals: &Receiver<Signal>, folders: &mut Folders) -> bool {
    let mut changed: Option<Instant> = None;
    loop {
        let patience = changed.map(|since| PATIENCE.saturating_sub(since.elapsed()).min(QUIET));
        match signals.recv_timeout(patience.unwrap_or(AGAIN)) {
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            Ok(Signal::Changed(paths)) if paths.iter().any(|path| folders.concern(path)) => {
                changed.get_or_insert_with(Instant::now);
            }
            Ok(Signal::Changed(_)) => {}
            Err(RecvTimeoutError::Timeout) if changed.is_some() || folders.came_back() => {
                return true;
            }
            Err(RecvTimeoutError::Timeout) if disk::is_unread(&io::stdout()) => return false,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if changed.is_some_and(|since| since.elapsed() >= PATIENCE) {
            return true;
        }
    }
}

/// Returns whether something was written, created, moved or deleted. Reading is no change: this
/// program reads the files too.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
}

fn named(paths: &[PathBuf]) -> String {
    paths
        .iter()
        .map(|path| format!("`{}`", path.display()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns the time of day, for a person who looks up from the editor.
fn clock() -> String {
    jiff::ZonedDateTime::now().strftime("%H:%M:%S").to_string()
}
