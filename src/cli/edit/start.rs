//! `demarche new`: a small graph to start from.

use std::path::{Path, PathBuf};

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
        let file = match self.is_file() {
            true => path.clone(),
            false => path.join("graph.ron"),
        };
        if let Ok(leads_to) = path.read_link() {
            let what = format!("`{}` is a link to `{}`", path.display(), leads_to.display());
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
        self.refuse_what_is_there()?;
        let (texts, advice) = self.texts(&file, &folder, today);
        if self.really.dry_run {
            let shown = texts
                .iter()
                .map(|(path, text)| unified_diff(&path.to_string_lossy(), "", text, Paint::Plain));
            return Ok(shown.collect());
        }
        disk::make_folder(&folder)
            .map_err(|error| Failure::new(format!("can't create `{}`: {error}", path.display())))?;
        let created = |(path, text): (PathBuf, String)| Change {
            path,
            before: None,
            after: text.into_bytes(),
        };
        let changes: Vec<Change> = texts.into_iter().map(created).collect();
        let mut say = |said: &str| session.complain(&format!("note: {said}"));
        hold(session, &folder)?.write(&called, &changes, &mut say)?;
        let (file, path) = (file.display(), path.display());
        out::print_done(&format!(
            "{file}\nlist it with `demarche -g {path} list`, check it with `demarche -g {path} check`\n{advice}"
        ))?;
        Ok(String::new())
    }

    /// Returns whether a file is named, not a folder.
    fn is_file(&self) -> bool {
        let path = &self.path;
        path.extension().is_some_and(|extension| extension == "ron") && !path.is_dir()
    }

    /// Fails where there is a file or a graph already.
    fn refuse_what_is_there(&self) -> Result<(), Failure> {
        let path = &self.path;
        if path.exists() && !path.is_dir() {
            let what = match self.is_file() {
                true => "already exists",
                false => "is a file",
            };
            let failure = Failure::new(format!("`{}` {what}", path.display()));
            return Err(
                failure.help("name a folder for the new graph, or a file that does not exist yet")
            );
        }
        if path.is_dir() && disk::graph_files(path).is_ok() {
            let failure = Failure::new(format!("`{}` already holds a graph", path.display()));
            return Err(failure.help("name a folder that does not exist yet"));
        }
        Ok(())
    }

    /// Returns the title: the name of the file or folder.
    fn title(&self) -> String {
        let path = &self.path;
        let name = path.canonicalize().unwrap_or_else(|_| path.clone());
        let name = match self.is_file() {
            true => name.file_stem(),
            false => name.file_name(),
        };
        name.map_or("A new graph".into(), |name| {
            name.to_string_lossy().into_owned()
        })
    }

    /// Returns the files to write, each with its text, and advice on those that are there already:
    /// these are the user's own.
    fn texts(&self, file: &Path, folder: &Path, today: &str) -> (Vec<(PathBuf, String)>, String) {
        let graph = TEXT
            .replace("\"TITLE\"", &quoted(&self.title()))
            .replace("TODAY", today);
        let pattern = match file.file_name() {
            Some(name) if self.is_file() => name.to_string_lossy().replace(' ', "?"),
            _ => "*.ron".to_owned(),
        };
        let attributes = format!("{pattern} merge=union");
        let mut texts = vec![(file.to_owned(), graph)];
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
                "git ignores what an unfinished edit leaves behind",
            ),
        ] {
            let path = folder.join(name);
            if !path.exists() {
                texts.push((path, text));
            } else if !disk::read_text(&path).is_ok_and(|text| text.contains(says)) {
                advice += &format!("{what} if `{}` says: {says}\n", path.display());
            }
        }
        (texts, advice)
    }
}
