//! `demarche new`: a small graph to start from.

use std::path::PathBuf;

use crate::cli::edit::{DONE, Really, hold, typed};
use crate::cli::session::Session;
use crate::cli::{Failure, out};
use crate::disk::{self, Change};
use crate::edit::quoted;
use crate::render::{Paint, unified_diff};

#[derive(Debug, clap::Args)]
pub(crate) struct New {
    /// The folder, which may exist but must hold no graph; or the file, with a name in `.ron`
    path: PathBuf,
    #[command(flatten)]
    really: Really,
}

/// The text of a new graph.
const TEXT: &str = include_str!("graph.ron");

/// The `.gitattributes` file, which lets git merge branches that each add records.
const ATTRIBUTES: &str = include_str!("gitattributes");

/// The `.gitignore` file: what a killed edit leaves behind is of no use to others.
const IGNORE: &str = include_str!("gitignore");

impl New {
    /// Creates the file and its folder, and reports it. Returns what else to print. `today` becomes
    /// the date of the graph's source.
    pub(crate) fn run(&self, session: &Session<'_>, today: &str) -> Result<String, Failure> {
        let path = &self.path;
        let is_file =
            path.extension().is_some_and(|extension| extension == "ron") && !path.is_dir();
        let file = if is_file {
            path.clone()
        } else {
            path.join("graph.ron")
        };
        if let Ok(leads_to) = path.read_link() {
            let what = format!(
                "`{}` is a link, which leads to `{}`",
                path.display(),
                leads_to.display()
            );
            return Err(Failure::new(what).help("name the folder or the file itself"));
        }
        let folder = disk::folder_of(&file);
        let called = format!("new {}", typed([disk::name(path)]));
        if !self.really.dry_run && !disk::left_behind(&[&folder]).is_empty() {
            let held = hold(session, &folder)?;
            if held.has_done(&called) {
                return Ok(DONE.to_owned());
            }
        }
        if path.exists() && !path.is_dir() {
            let what = if is_file {
                "is there already"
            } else {
                "is a file"
            };
            let failure = Failure::new(format!("`{}` {what}", path.display()));
            return Err(failure.help(
                "name a folder that the new graph is to be in, or a file that is not there yet",
            ));
        }
        if path.is_dir() && disk::graph_files(path).is_ok() {
            let failure = Failure::new(format!("`{}` holds a graph already", path.display()));
            return Err(failure.help("name a folder that is not there yet"));
        }
        let name = path.canonicalize().unwrap_or_else(|_| path.clone());
        let name = if is_file {
            name.file_stem()
        } else {
            name.file_name()
        };
        let title = name.map_or("A new graph".into(), |name| {
            name.to_string_lossy().into_owned()
        });
        let text = TEXT
            .replace("\"TITLE\"", &quoted(&title))
            .replace("TODAY", today);
        let pattern = match file.file_name() {
            Some(name) if is_file => name.to_string_lossy().replace(' ', "?"),
            _ => "*.ron".to_owned(),
        };
        let attributes = format!("{pattern} merge=union");
        let mut changes = vec![(file.clone(), text)];
        let mut advice = String::new();
        for (name, text, says, what) in [
            (
                ".gitattributes",
                ATTRIBUTES.replace("PATTERN merge=union", &attributes),
                attributes.as_str(),
                "git merges branches that add records",
            ),
            (
                ".gitignore",
                IGNORE.to_owned(),
                ".*.edit",
                "git leaves out what an edit has in hand",
            ),
        ] {
            let path = folder.join(name);
            // An existing file is the user's own.
            if !path.exists() {
                changes.push((path, text));
            } else if !disk::read_text(&path).is_ok_and(|text| text.contains(says)) {
                advice += &format!("{what} if `{}` says: {says}\n", path.display());
            }
        }
        if self.really.dry_run {
            let shown = changes
                .iter()
                .map(|(path, text)| unified_diff(&path.to_string_lossy(), "", text, Paint::Plain));
            return Ok(shown.collect());
        }
        let failed = |error: &dyn std::fmt::Display| {
            Failure::new(format!("can't make `{}`: {error}", path.display()))
        };
        disk::make_folder(&folder).map_err(|error| failed(&error))?;
        let changes: Vec<Change> = changes
            .into_iter()
            .map(|(path, text)| Change {
                path,
                before: None,
                after: text.into_bytes(),
            })
            .collect();
        let mut say = |said: &str| session.complain(&format!("note: {said}"));
        hold(session, &folder)?.write(&called, &changes, &mut say)?;
        let (file, path) = (file.display(), path.display());
        out::print_done(&format!(
            "{file}\nask it with `demarche -g {path} list`, check it with `demarche -g {path} check`\n{advice}"
        ))?;
        Ok(String::new())
    }
}
