//! Resolves `include` patterns to files. Each folder is walked once, by its real path: `**` does
//! not follow links to folders, and descends only inside the folder of the graph.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf, is_separator};

use super::edit::folder_of;
use super::names;
use super::open;
use crate::resolve::{Included, ReadError};

/// The reason for passing over a file in a folder, or one that a wildcard matches.
pub(crate) const NOT_UTF8: &str = "its name is not UTF-8";

/// One component of a pattern.
enum Step {
    /// `..`
    Up,
    /// `**`: this folder and all below it.
    Below,
    /// A literal name.
    Name(String),
    /// A component with wildcards.
    Match(glob::Pattern),
}

/// Hidden files match only a pattern that itself begins with a dot.
const OPTIONS: glob::MatchOptions = glob::MatchOptions {
    case_sensitive: true,
    require_literal_separator: false,
    require_literal_leading_dot: true,
};

/// The files or folders reached so far: the real path of each, and the path by which it was
/// reached.
type Reached = BTreeMap<PathBuf, PathBuf>;

/// Resolves an `include` in the file `from`. `root` is the graph's first file, whose folder must
/// not be left.
pub(super) fn included(root: &Path, from: &Path, pattern: &str) -> Included {
    let steps = match steps(pattern) {
        Ok(steps) => steps,
        Err(error) => return Included::BadPattern(error.msg.to_owned()),
    };
    let (base, folder) = (folder_of(from), folder_of(root));
    let (Ok(home), Ok(real)) = (folder.canonicalize(), base.canonicalize()) else {
        return Included::Files(Vec::new(), Vec::new());
    };
    let outside = || Included::Outside(pattern.to_owned());
    if Path::new(pattern).has_root() {
        return outside();
    }
    let mut walk = Walk {
        home: &home,
        files: Reached::new(),
        odd: Vec::new(),
    };
    let mut folders = Reached::from([(real, base.clone())]);
    for (nth, step) in steps.iter().enumerate() {
        folders = walk.step(folders, step, nth + 1 == steps.len());
    }
    let Walk {
        mut files,
        odd: mut passed,
        ..
    } = walk;
    // Files matched by a wildcard need a name that can be written in UTF-8.
    files.retain(|_, shown| {
        let is_text = below(shown, &base).to_str().is_some();
        if !is_text {
            passed.push(ReadError {
                name: super::plain(shown),
                reason: NOT_UTF8.to_owned(),
            });
        }
        is_text
    });
    let mut found = Vec::new();
    for (real, shown) in files {
        match real.strip_prefix(&home) {
            // A file has the same name however it is reached.
            Ok(inside) if folder == Path::new(".") => found.push(names::name(inside)),
            Ok(inside) => found.push(names::name(&folder.join(inside))),
            Err(_) => return Included::Outside(names::name(&shown)),
        }
    }
    let leaves = steps.iter().any(|step| matches!(step, Step::Up));
    if found.is_empty() && passed.is_empty() && leaves {
        return outside();
    }
    Included::Files(found, passed)
}

fn steps(pattern: &str) -> Result<Vec<Step>, glob::PatternError> {
    let parts = pattern
        .split(is_separator)
        .filter(|part| !matches!(*part, "" | "."));
    parts
        .map(|part| match part {
            ".." => Ok(Step::Up),
            "**" => Ok(Step::Below),
            part if part.contains(['*', '?', '[', ']']) => {
                glob::Pattern::new(part).map(Step::Match)
            }
            part => Ok(Step::Name(part.to_owned())),
        })
        .collect()
}

fn below<'p>(path: &'p Path, base: &Path) -> &'p Path {
    path.strip_prefix(base).unwrap_or(path)
}

/// The state of a walk.
struct Walk<'h> {
    /// The folder that must not be left.
    home: &'h Path,
    /// The files found, plus paths that can't be examined: reading those reports why.
    files: Reached,
    /// Wildcard matches that are neither files nor folders.
    odd: Vec<ReadError>,
}

impl Walk<'_> {
    /// Takes one step from some folders and returns the folders reached.
    fn step(&mut self, folders: Reached, step: &Step, is_last: bool) -> Reached {
        let mut reached = Reached::new();
        for (real, shown) in folders {
            match step {
                Step::Up => {
                    let up = real.parent().unwrap_or(&real).to_owned();
                    reached.insert(up, shown.join(".."));
                }
                Step::Below if real.starts_with(self.home) => {
                    self.all_below(real, shown, &mut reached);
                }
                Step::Below => drop(reached.insert(real, shown)),
                Step::Name(name) => self.reach(
                    real.join(name),
                    shown.join(name),
                    step,
                    is_last,
                    &mut reached,
                ),
                Step::Match(pattern) => {
                    for entry in self.entries(&real, &shown) {
                        let name = entry.file_name();
                        if pattern.matches_with(&name.to_string_lossy(), OPTIONS) {
                            let shown = shown.join(&name);
                            self.reach(entry.path(), shown, step, is_last, &mut reached);
                        }
                    }
                }
            }
        }
        reached
    }

    /// Lists a folder. One that can't be listed may hold files of the graph, so it is kept among
    /// the files.
    fn entries(&mut self, real: &Path, shown: &Path) -> Vec<DirEntry> {
        let entries = fs::read_dir(real).and_then(Iterator::collect);
        entries.unwrap_or_else(|_| {
            self.files.insert(real.to_owned(), shown.to_owned());
            Vec::new()
        })
    }

    /// Collects a folder and all folders below it, except hidden ones and links.
    fn all_below(&mut self, real: PathBuf, shown: PathBuf, reached: &mut Reached) {
        if reached.contains_key(&real) {
            return;
        }
        for entry in self.entries(&real, &shown) {
            let name = entry.file_name();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !name.as_encoded_bytes().starts_with(b".") {
                self.all_below(entry.path(), shown.join(&name), reached);
            }
        }
        reached.insert(real, shown);
    }

    /// Collects what a step leads to: as a file if the step is the last, otherwise as a folder to
    /// continue from.
    fn reach(
        &mut self,
        mut real: PathBuf,
        shown: PathBuf,
        step: &Step,
        is_last: bool,
        folders: &mut Reached,
    ) {
        let kind = match led_to(&real) {
            Ok((to, kind)) => {
                real = to;
                kind
            }
            // A broken link exists, an unused name does not.
            Err(error) => {
                let is_there = error.kind() != io::ErrorKind::NotFound || real.is_symlink();
                if is_last && is_there {
                    self.files.insert(real, shown);
                }
                return;
            }
        };
        match (is_last, open::no_file(kind)) {
            (false, _) if kind.is_dir() => drop(folders.insert(real, shown)),
            (false, _) => {}
            (true, Some(reason)) if matches!(step, Step::Match(_)) => self.odd.push(ReadError {
                name: super::plain(&shown),
                reason,
            }),
            // Something named explicitly that is not a file is refused when it is read.
            (true, _) if !kind.is_dir() => drop(self.files.insert(real, shown)),
            (true, _) => {}
        }
    }
}

/// Returns where a path leads when its links are followed, and its type.
fn led_to(path: &Path) -> io::Result<(PathBuf, FileType)> {
    let kind = fs::symlink_metadata(path)?.file_type();
    if !kind.is_symlink() {
        return Ok((path.to_owned(), kind));
    }
    let to = path.canonicalize()?;
    let kind = fs::metadata(&to)?.file_type();
    Ok((to, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the names that a pattern finds from a file of a folder, relative to that folder.
    fn found(folder: &Path, from: &str, pattern: &str) -> Result<Vec<String>, String> {
        let (root, from) = (folder.join("graph.ron"), folder.join(from));
        match included(&root, &from, pattern) {
            Included::Files(found, _) => {
                let short = |name: String| names::name(below(&names::path(&name), folder));
                Ok(found.into_iter().map(short).collect())
            }
            Included::Outside(_) => Err("outside".to_owned()),
            Included::BadPattern(reason) => Err(reason),
        }
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "Graph()").unwrap();
        }
        folder
    }

    #[test]
    fn patterns() {
        let files = [
            "a.ron",
            "b.ron",
            ".hidden.ron",
            "[x].ron",
            "in/a.ron",
            "in/deep/c.ron",
            ".git/d.ron",
            "in/note.txt",
        ];
        let folder = folder(&files);
        let is = |from: &str, pattern: &str, expected: &[&str]| {
            let expected = expected.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(
                found(folder.path(), from, pattern),
                Ok(expected),
                "{pattern}"
            );
        };
        is("graph.ron", "a.ron", &["a.ron"]);
        is("graph.ron", "./in//a.ron", &["in/a.ron"]);
        is("graph.ron", "*.ron", &["[x].ron", "a.ron", "b.ron"]);
        is("graph.ron", "[ab].ron", &["a.ron", "b.ron"]);
        is("graph.ron", "[[]x[]].ron", &["[x].ron"]);
        is("graph.ron", "?.ron", &["a.ron", "b.ron"]);
        is("graph.ron", ".h*", &[".hidden.ron"]);
        is("graph.ron", "*/a.ron", &["in/a.ron"]);
        is("graph.ron", "**/a.ron", &["a.ron", "in/a.ron"]);
        is("graph.ron", "in/**/*.ron", &["in/a.ron", "in/deep/c.ron"]);
        is("graph.ron", "**/**/c.*", &["in/deep/c.ron"]);
        is("in/a.ron", "../b.ron", &["b.ron"]);
        is("in/a.ron", "../*.ron", &["[x].ron", "a.ron", "b.ron"]);
        is("in/a.ron", "*.ron", &["in/a.ron"]);
        is("graph.ron", "in", &[]);
        is("graph.ron", "in/**", &[]);
        is("graph.ron", "none/*.ron", &[]);
        let wrong = |pattern: &str| found(folder.path(), "graph.ron", pattern).unwrap_err();
        assert_eq!(wrong("../x.ron"), "outside");
        assert_eq!(wrong("../**/*.ron"), "outside");
        assert_eq!(wrong("/etc/*.ron"), "outside");
        assert!(wrong("a**.ron").contains("recursive wildcards"));
        assert!(wrong("[a.ron").contains("invalid range"));
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_round_once() {
        use std::os::unix::fs::symlink;
        let folder = folder(&["a.ron", "in/b.ron"]);
        for name in ["up", "back", "in/up", "in/back"] {
            symlink(folder.path(), folder.path().join(name)).unwrap();
        }
        symlink("../a.ron", folder.path().join("in/again.ron")).unwrap();
        symlink("nowhere", folder.path().join("in/link.ron")).unwrap();
        symlink("loop.ron", folder.path().join("loop.ron")).unwrap();
        let all = |pattern: &str| found(folder.path(), "graph.ron", pattern).unwrap();
        // Links that lead nowhere or to themselves exist but can't be read.
        let files = ["a.ron", "in/b.ron", "in/link.ron", "loop.ron"];
        assert_eq!(all("**/*.ron"), files);
        assert_eq!(all("up/in/b.ron"), ["in/b.ron"]);
        let around = "*/".repeat(40) + "*.ron";
        assert_eq!(all(&around), files);
        assert_eq!(all(&("**/*/".repeat(20) + "*.ron")), files);
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("c.ron"), "Graph()").unwrap();
        symlink(elsewhere.path(), folder.path().join("out")).unwrap();
        assert_eq!(all("*/a.ron"), ["a.ron"]);
        assert_eq!(all("**/*.ron"), files);
        assert!(found(folder.path(), "graph.ron", "out/*.ron").is_err());
        assert!(found(folder.path(), "graph.ron", "out/c.ron").is_err());
    }
}
