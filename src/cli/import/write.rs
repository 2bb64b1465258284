//! Where an import writes what it made, and what it does not overwrite.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{self, Path, PathBuf};

use crate::cli::import::{Import, Made, TEXTS, read};
use crate::cli::session::Session;
use crate::cli::{Failure, file, out};
use crate::disk;
use crate::exchange::made::{There, judged, sum_in_head, sum_of_texts};
use crate::exchange::names::write_names;

impl Import {
    /// Refuses an output that is an input, or that somebody has edited.
    pub(super) fn check_output(&self) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return Ok(());
        };
        self.check_inputs(&self.files)?;
        self.check_inputs(self.map.as_slice())?;
        self.check_inputs(self.names.as_slice())?;
        let whole = |path: &PathBuf| path::absolute(path).ok();
        if self.names.as_ref().and_then(whole) == whole(path) {
            let message = format!(
                "`{}` can't hold both the graph and the names",
                path.display()
            );
            return Err(Failure::new(message).help("name another file with `--names`"));
        }
        if file::is_stdout(path) {
            let message = format!("`{}` is no file", path.display());
            return Err(Failure::new(message).help("without `-o` the graph is printed"));
        }
        if self.force || !path.exists() {
            return Ok(());
        }
        let bytes = read(path)?;
        let path = path.display();
        match judged(&bytes) {
            There::AsMade => Ok(()),
            There::Edited => Err(
                Failure::new(format!("`{path}` was edited since it was made"))
                    .help("put what you changed into a file of your own that includes this one")
                    .help("`--force` replaces it all the same; what was changed is then lost"),
            ),
            There::Other => Err(Failure::new(format!("`{path}` was not made by `import`"))
                .help(
                    "name a new file, and include it: nothing is added to a file that people edit",
                )
                .help("`--force` replaces it all the same")),
        }
    }

    /// Refuses an output that is one of these files.
    pub(super) fn check_inputs(&self, inputs: &[PathBuf]) -> Result<(), Failure> {
        let is_input = |path: &&PathBuf| inputs.iter().any(|one| disk::is_same_file(one, path));
        match self.output.as_ref().filter(is_input) {
            Some(path) => {
                let message = format!("`{}` is one of the files to import", path.display());
                Err(Failure::new(message).help("name another file with `-o`"))
            }
            None => Ok(()),
        }
    }

    /// Returns the name of the folder for the texts of sources, beside the file.
    pub(super) fn texts_name(&self) -> String {
        let stem = self.output.as_deref().and_then(Path::file_stem);
        let stem = stem.map_or("import".into(), |stem| stem.to_string_lossy());
        format!("{stem}-texts")
    }

    /// Writes what was made, or prints it.
    pub(super) fn give(&self, session: &Session<'_>, made: &Made) -> Result<(), Failure> {
        let say = |line: &String| out::complain(line, session.paint());
        let Some(path) = self.output.as_ref().filter(|_| !self.dry_run) else {
            made.summary.iter().for_each(say);
            if self.dry_run {
                out::complain("nothing was written: `--dry-run`", session.paint());
                return Ok(());
            }
            if !made.texts.is_empty() {
                let what = "the texts of the sources are not written without `-o`";
                session.complain(&format!("note: {what}"));
            }
            let mut parts = made.text.iter();
            return parts.try_for_each(|part| out::print_data(part, session.paint()));
        };
        self.write(session, path, made)?;
        made.summary.iter().for_each(say);
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let path = path.display();
        out::print_done(&format!(
            "{path}\ncheck it with `demarche -g {path} check`, or include it in a graph of yours: include: [\"{file}\"]\n"
        ))
    }

    /// Writes the graph, the texts of its sources, and the names to decide about. No file is replaced
    /// before there was room for the graph and the texts.
    fn write(&self, session: &Session<'_>, path: &Path, made: &Made) -> Result<(), Failure> {
        let mut note = |said: &str| session.complain(&format!("note: {said}"));
        let mut failed = None;
        let written = file::write_file(path, &mut note, |file| {
            let mut parts = made.text.iter();
            parts.try_for_each(|part| file.write_all(part.as_bytes()))?;
            self.write_texts(path, made).map_err(|failure| {
                failed = Some(failure);
                io::ErrorKind::Other.into()
            })
        });
        written.map_err(|failure| failed.unwrap_or(failure))?;
        match self.names.as_ref().filter(|_| !made.near.is_empty()) {
            Some(names) => {
                let text = write_names(&made.near);
                file::write_file(names, &mut note, |file| file.write_all(text.as_bytes()))
            }
            None => Ok(()),
        }
    }

    /// Writes the texts of sources into a folder of their own.
    fn write_texts(&self, path: &Path, made: &Made) -> Result<(), Failure> {
        if made.texts.is_empty() {
            return Ok(());
        }
        let folder = disk::folder_of(path).join(self.texts_name());
        // A text that somebody has edited or put there is not replaced unasked.
        let is_untouched = texts_there(&folder).is_some_and(|there| {
            let before = read(path).unwrap_or_default();
            sum_in_head(&before, TEXTS) == Some(&sum_of_texts(&there)) || there == made.texts
        });
        let is_text = |path: &Path| path.extension().is_some_and(|ending| ending == "txt");
        let is_made = |path: &Path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| made.texts.contains_key(name))
        };
        let is_ours = |path: &Path| is_text(path) && (is_untouched || self.force && is_made(path));
        let ways_out = [
            "the texts of the sources go into this folder: move what is in it away",
            "`--force` replaces the texts in it all the same; what was changed is then lost",
        ];
        file::write_folder(&folder, &is_ours, &ways_out, &mut |make| {
            use std::io::Write;
            let mut texts = made.texts.iter();
            texts.try_for_each(|(name, text)| make(name)?.write_all(text))
        })
    }
}

/// Returns the texts in a folder, by the names of their files; `None` if something in it can't be read.
fn texts_there(folder: &Path) -> Option<BTreeMap<String, Vec<u8>>> {
    let entries = fs::read_dir(folder).ok()?;
    let text = |entry: io::Result<fs::DirEntry>| {
        let entry = entry.ok()?;
        let name = entry.file_name().into_string().ok()?;
        Some((name, read(&entry.path()).ok()?))
    };
    entries.map(text).collect()
}
