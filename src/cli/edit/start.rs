//! `demarche new`: a small graph to start from.

use std::path::PathBuf;

use crate::cli::Failure;
use crate::cli::edit::Really;
use crate::disk::{self, Change};
use crate::edit::quoted;
use crate::render::{Paint, unified_diff};

#[derive(Debug, clap::Args)]
pub(crate) struct New {
    /// The folder; it may be there, but must hold no graph
    folder: PathBuf,
    #[command(flatten)]
    really: Really,
}

/// The files of a new graph.
const FILES: [(&str, &str); 1] = [("graph.ron", include_str!("graph.ron"))];

impl New {
    /// Makes the folder; gives what to print and the exit code. `today` is the date of its source.
    pub(crate) fn run(&self, today: &str) -> Result<(String, u8), Failure> {
        if self.folder.exists() && !self.folder.is_dir() {
            let failure = Failure::new(format!("`{}` is a file", self.folder.display()));
            return Err(failure.help("name the folder that the new graph is to be in"));
        }
        if disk::graph_files(&self.folder).is_ok_and(|files| self.folder.is_dir() && !files.is_empty()) {
            let failure = Failure::new(format!("`{}` holds a graph already", self.folder.display()));
            return Err(failure.help("name a folder that is not there yet"));
        }
        let name = self.folder.canonicalize().unwrap_or_else(|_| self.folder.clone());
        let title = name.file_name().map_or("A new graph".into(), |name| name.to_string_lossy().into_owned());
        let files: Vec<(PathBuf, String)> = FILES
            .iter()
            .map(|(name, text)| (self.folder.join(name), text.replace("\"TITLE\"", &quoted(&title)).replace("TODAY", today)))
            .collect();
        if self.really.dry_run {
            let shown = files.iter().map(|(path, text)| unified_diff(&path.to_string_lossy(), "", text, Paint::Plain));
            return Ok((shown.collect(), 0));
        }
        let failed = |error: &dyn std::fmt::Display| Failure::new(format!("can't make `{}`: {error}", self.folder.display()));
        disk::make_folder(&self.folder).map_err(|error| failed(&error))?;
        let changes: Vec<Change> = files
            .iter()
            .map(|(path, text)| Change { path: path.clone(), before: None, after: text.clone().into_bytes() })
            .collect();
        let mut held = disk::hold(&self.folder).map_err(|error| Failure::new(error.to_string()))?;
        held.write("new", &changes).map_err(|error| Failure::new(error.to_string()))?;
        let folder = self.folder.display();
        let made: String = files.iter().map(|(path, _)| format!("{}\n", path.display())).collect();
        Ok((format!("{made}ask it with `demarche -g {folder} list`, check it with `demarche -g {folder} check`\n"), 0))
    }
}
