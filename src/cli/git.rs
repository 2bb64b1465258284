//! The graph as a git revision has it, read through the `git` command. The work tree is neither
//! read nor touched.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use crate::cli::Failure;
use crate::disk::{self, GraphFiles};
use crate::resolve::{Files, Included, ReadError};

/// A revision of a repository: its tree, and the process that reads its blobs.
pub(super) struct Revision {
    /// The revision as typed; it precedes its files' names, as in git (`main:graph.ron`).
    name: String,
    /// Folders by path (the top is empty), each with its entries by name.
    folders: BTreeMap<String, BTreeMap<String, Entry>>,
    blobs: RefCell<Blobs>,
}

#[derive(Clone, Debug)]
enum Entry {
    Folder,
    /// A file, by its blob id.
    File(String),
    /// A symbolic link, by the blob id of its target.
    Link(String),
}

/// A running `git cat-file --batch` with its pipes.
struct Blobs {
    process: Child,
    ask: Option<ChildStdin>,
    answer: BufReader<ChildStdout>,
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // It exits when its input is closed.
        drop(self.ask.take());
        drop(self.process.wait());
    }
}

/// The longest chain of links that is followed.
const MOST_LINKS: usize = 40;

impl Revision {
    /// Opens a revision of the repository that contains `folder`.
    pub(super) fn open(folder: &Path, name: &str) -> Result<Revision, Failure> {
        let commit = format!("{name}^{{commit}}");
        let found = git(
            folder,
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &commit,
            ],
        )?;
        if !found.status.success() {
            let failure = Failure::new(format!(
                "there is no revision `{name}` in the git repository of `{}`",
                folder.display()
            ));
            return Err(match name {
                range if range.contains("..") => {
                    failure.help("name the two by themselves: `--rev OLD NEW`")
                }
                file if Path::new(file).exists() => failure.help("a file is named with `-g FILE`"),
                _ => failure.help("a branch, a tag, a commit: `git log --oneline` lists commits"),
            });
        }
        let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        let listed = succeeded(git(
            folder,
            &["ls-tree", "-r", "-t", "-z", "--full-tree", &commit],
        )?)?;
        let mut process = command(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| not_started(&error))?;
        let (ask, answer) = (process.stdin.take(), process.stdout.take());
        let answer =
            BufReader::new(answer.ok_or_else(|| Failure::new("`git cat-file` gives no answer"))?);
        let blobs = RefCell::new(Blobs {
            process,
            ask,
            answer,
        });
        Ok(Revision {
            name: name.to_owned(),
            folders: folders(&listed),
            blobs,
        })
    }

    /// Returns the files that a repository path stands for: itself, or the folder's graph files,
    /// sorted, with those passed over. Empty if the path doesn't exist.
    pub(super) fn graph_files(&self, path: &str) -> GraphFiles {
        let mut found = GraphFiles::default();
        match self.resolved(path) {
            Some(real) if self.folders.contains_key(&real) => {
                self.collect("", path, &real, &mut found);
            }
            Some(_) => found.names.push(self.named(path)),
            None => {}
        }
        found.names.sort();
        found
    }

    /// Collects the graph files of a folder. `below` is its path from the named folder, `shown` its
    /// path as named, and `folder` where it really is.
    fn collect(&self, below: &str, shown: &str, folder: &str, found: &mut GraphFiles) {
        let entries = self.folders.get(folder).into_iter().flatten();
        for (name, entry) in entries.filter(|(name, _)| !name.starts_with('.')) {
            let [below, shown, path] = [below, shown, folder].map(|folder| within(folder, name));
            match entry {
                Entry::Folder => self.collect(&below, &shown, &path, found),
                _ if name.ends_with(".ron") && !self.is_folder(&path) => {
                    let name = self.named(&shown);
                    match self.why_not(&path, &below) {
                        None => found.names.push(name),
                        Some(reason) => found.passed.push(ReadError { name, reason }),
                    }
                }
                _ => {}
            }
        }
    }

    /// Returns whether a path leads to a folder, following links.
    fn is_folder(&self, path: &str) -> bool {
        let real = self.resolved(path);
        real.is_some_and(|real| self.folders.contains_key(&real))
    }

    /// Returns why a file can't be part of the graph, or `None` if it can. An unreadable file may
    /// be part of it.
    fn why_not(&self, path: &str, below: &str) -> Option<String> {
        match self.bytes(path).map(|bytes| disk::of_bytes(&bytes)) {
            Ok(disk::Kind::Other(reason)) => Some(reason),
            _ => (!is_text(below)).then(|| disk::NOT_UTF8.to_owned()),
        }
    }

    /// Returns the prefix of the path in each text's name.
    pub(super) fn origin(&self) -> String {
        format!("{}:", self.name)
    }

    fn named(&self, path: &str) -> String {
        self.origin() + path
    }

    fn path<'n>(&self, name: &'n str) -> &'n str {
        name.strip_prefix(&self.origin()).unwrap_or(name)
    }

    /// Follows the links in a path; `None` if it leads nowhere in the repository.
    fn resolved(&self, path: &str) -> Option<String> {
        let mut left: Vec<String> = path.split('/').rev().map(str::to_owned).collect();
        let (mut at, mut links) = (String::new(), 0);
        while let Some(part) = left.pop() {
            match part.as_str() {
                "" | "." => continue,
                ".." if at.is_empty() => return None,
                ".." => {
                    at.truncate(at.rfind('/').unwrap_or(0));
                    continue;
                }
                _ => {}
            }
            match self.folders.get(&at)?.get(&part)? {
                Entry::Link(id) => {
                    links += 1;
                    let target = String::from_utf8_lossy(&self.blob(id).ok()?).into_owned();
                    if links > MOST_LINKS || target.starts_with('/') {
                        return None;
                    }
                    left.extend(target.split('/').rev().map(str::to_owned));
                }
                _ => at = within(&at, &part),
            }
        }
        Some(at)
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        let real = self.resolved(path).ok_or("it is not in this revision")?;
        let (folder, name) = real.rsplit_once('/').unwrap_or(("", &real));
        match self
            .folders
            .get(folder)
            .and_then(|entries| entries.get(name))
        {
            Some(Entry::File(id)) => self.blob(id).map_err(|error| error.to_string()),
            Some(_) => Err("it is a folder".to_owned()),
            None => Err("it is not in this revision".to_owned()),
        }
    }

    fn blob(&self, id: &str) -> io::Result<Vec<u8>> {
        let mut blobs = self.blobs.borrow_mut();
        let ask = blobs.ask.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(ask, "{id}")?;
        ask.flush()?;
        let mut head = String::new();
        blobs.answer.read_line(&mut head)?;
        let size = head
            .rsplit(' ')
            .next()
            .and_then(|size| size.trim().parse::<usize>().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("git says: {}", head.trim())))?;
        // The bytes, and the newline that git puts after them.
        let mut bytes = vec![0; size + 1];
        blobs.answer.read_exact(&mut bytes)?;
        bytes.truncate(size);
        Ok(bytes)
    }

    /// Collects the files below a folder that match the parts of a pattern, in the order found.
    fn matches(
        &self,
        folder: &str,
        pattern: &[&str],
        found: &mut Vec<String>,
    ) -> Result<(), glob::PatternError> {
        let Some((first, rest)) = pattern.split_first() else {
            return Ok(());
        };
        let Some(entries) = self
            .resolved(folder)
            .and_then(|real| self.folders.get(&real))
        else {
            return Ok(());
        };
        match *first {
            "" | "." => return self.matches(folder, rest, found),
            ".." => return self.matches(&within(folder, ".."), rest, found),
            "**" => {
                self.matches(folder, rest, found)?;
                for (name, _) in entries.iter().filter(|(name, entry)| {
                    matches!(entry, Entry::Folder) && !name.starts_with('.')
                }) {
                    self.matches(&within(folder, name), pattern, found)?;
                }
                return Ok(());
            }
            _ => {}
        }
        let first = glob::Pattern::new(first)?;
        let options = glob::MatchOptions {
            require_literal_leading_dot: true,
            ..glob::MatchOptions::new()
        };
        for name in entries.keys() {
            // Bytes that aren't UTF-8 match as one character.
            let as_read = disk::path(name);
            if !first.matches_with(&as_read.to_string_lossy(), options) {
                continue;
            }
            let path = within(folder, name);
            match rest {
                [] => found.extend((!self.is_folder(&path)).then_some(path)),
                rest => self.matches(&path, rest, found)?,
            }
        }
        Ok(())
    }
}

impl Files for Revision {
    fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        self.bytes(self.path(name)).map_err(|reason| ReadError {
            name: name.to_owned(),
            reason,
        })
    }

    fn real(&self, name: &str) -> String {
        let real = self.resolved(self.path(name));
        real.map_or_else(|| name.to_owned(), |real| self.named(&real))
    }

    fn included(&self, root: &str, from: &str, pattern: &str) -> Included {
        let folder = |name: &str| {
            self.path(name)
                .rsplit_once('/')
                .map_or(String::new(), |(folder, _)| folder.to_owned())
        };
        if pattern.starts_with('/') {
            return Included::Outside(pattern.to_owned());
        }
        let base = folder(from);
        let mut matches = Vec::new();
        if let Err(error) =
            self.matches(&base, &pattern.split('/').collect::<Vec<_>>(), &mut matches)
        {
            return Included::BadPattern(error.msg.to_owned());
        }
        let home = self.resolved(&folder(root)).unwrap_or_default();
        let (mut files, mut passed) = (Vec::new(), Vec::new());
        for path in matches {
            if !is_text(path.strip_prefix(&base).unwrap_or(&path)) {
                let (name, reason) = (self.named(&path), disk::NOT_UTF8.to_owned());
                passed.push(ReadError { name, reason });
                continue;
            }
            // A link that leads nowhere can't be read.
            let Some(real) = self.resolved(&path) else {
                files.push(self.named(&path));
                continue;
            };
            let inside = if home.is_empty() {
                Some(real.as_str())
            } else {
                real.strip_prefix(&format!("{home}/"))
            };
            match inside {
                // Each file gets one name, however it is reached.
                Some(inside) => files.push(self.named(&within(&folder(root), inside))),
                None => return Included::Outside(self.named(&path)),
            }
        }
        files.sort();
        files.dedup();
        let up = pattern.split('/').any(|part| part == "..");
        if files.is_empty() && passed.is_empty() && up {
            Included::Outside(pattern.to_owned())
        } else {
            Included::Files(files, passed)
        }
    }
}

/// A path in a repository, and a folder on disk from which git finds it.
pub(super) struct Located {
    pub(super) folder: PathBuf,
    /// From the top of the repository, with `/`; the top itself is empty.
    pub(super) path: String,
}

/// Finds a path in its repository; it need not exist in the work tree.
pub(super) fn locate(path: &Path) -> Result<Located, Failure> {
    let mut folder = path.to_owned();
    let mut rest: Vec<String> = Vec::new();
    while !folder.is_dir() {
        match folder.components().next_back() {
            Some(Component::Normal(name)) => rest.push(disk::name(Path::new(name))),
            Some(Component::ParentDir) => rest.push("..".to_owned()),
            _ => break,
        }
        folder.pop();
        if folder.as_os_str().is_empty() {
            folder = PathBuf::from(".");
        }
    }
    let shown = git(&folder, &["rev-parse", "--show-prefix"])?;
    if !shown.status.success() {
        let said = first_line(&shown.stderr);
        return Err(if said.contains("not a git repository") {
            Failure::new(format!("`{}` is in no git repository", path.display()))
                .help("revisions are read from git; two files or folders are compared with `demarche diff OLD NEW`")
        } else {
            Failure::new(format!(
                "git can't tell where `{}` is in its repository: {said}",
                path.display()
            ))
        });
    }
    let prefix = disk::name_of_bytes(&shown.stdout);
    let mut parts: Vec<String> = prefix
        .trim_end_matches('\n')
        .split('/')
        .map(str::to_owned)
        .collect();
    for part in rest.into_iter().rev() {
        if part == ".." {
            drop(parts.pop())
        } else {
            parts.push(part)
        }
    }
    parts.retain(|part| !part.is_empty());
    Ok(Located {
        folder,
        path: parts.join("/"),
    })
}

/// Returns whether a name is UTF-8. On disk, too, other names are read only if they are given
/// explicitly.
fn is_text(name: &str) -> bool {
    disk::path(name).to_str().is_some()
}

/// Returns `folder/name`, or `name` at the top.
fn within(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// Parses the output of `git ls-tree -r -t -z` into entries by folder.
fn folders(listed: &[u8]) -> BTreeMap<String, BTreeMap<String, Entry>> {
    let mut folders: BTreeMap<String, BTreeMap<String, Entry>> =
        BTreeMap::from([(String::new(), BTreeMap::new())]);
    for line in listed.split(|byte| *byte == 0) {
        let line = disk::name_of_bytes(line);
        let Some((meta, path)) = line.split_once('\t') else {
            continue;
        };
        let mut meta = meta.split(' ');
        let (Some(mode), Some(kind), Some(id)) = (meta.next(), meta.next(), meta.next()) else {
            continue;
        };
        let entry = match (kind, mode) {
            ("tree", _) => Entry::Folder,
            ("blob", "120000") => Entry::Link(id.to_owned()),
            ("blob", _) => Entry::File(id.to_owned()),
            // A submodule: its files aren't in this repository.
            _ => continue,
        };
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if matches!(entry, Entry::Folder) {
            folders.entry(path.to_owned()).or_default();
        }
        folders
            .entry(folder.to_owned())
            .or_default()
            .insert(name.to_owned(), entry);
    }
    folders
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).env("LC_ALL", "C");
    // Without this, git would fetch objects that a partial clone lacks, through a program that the
    // clone's configuration may name.
    command.env("GIT_NO_LAZY_FETCH", "1");
    command
}

fn git<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Result<Output, Failure> {
    command(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(&error))
}

fn not_started(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound if env::current_dir().is_ok() => {
            Failure::new("the `git` command is not installed, through which revisions are read")
                .help("get git from https://git-scm.com, or compare two files or folders: `demarche diff OLD NEW`")
        }
        _ => Failure::new(format!("can't run `git`: {error}")),
    }
}

fn succeeded(output: Output) -> Result<Vec<u8>, Failure> {
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(Failure::new(format!("git: {}", first_line(&output.stderr))))
    }
}

fn first_line(said: &[u8]) -> String {
    String::from_utf8_lossy(said)
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches("fatal: ")
        .to_owned()
}
