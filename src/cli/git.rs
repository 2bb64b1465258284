//! The graph as a revision of a git repository has it, read through the `git` command: nothing in the work tree is looked
//! at or touched.

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

/// A revision of a repository: its files, and what reads them.
pub(super) struct Revision {
    /// The revision as written; it stands before the names of its files, as git writes them.
    name: String,
    /// Folders by path (the top is empty), each with its entries by name.
    folders: BTreeMap<String, BTreeMap<String, Entry>>,
    blobs: RefCell<Blobs>,
}

#[derive(Clone, Debug)]
enum Entry {
    Folder,
    /// A file, by the id of its bytes.
    File(String),
    /// A symbolic link, by the id of where it leads.
    Link(String),
}

/// A running `git cat-file`, and what it is asked through.
struct Blobs {
    process: Child,
    ask: Option<ChildStdin>,
    answer: BufReader<ChildStdout>,
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // It ends when it is asked no more.
        drop(self.ask.take());
        drop(self.process.wait());
    }
}

/// So many links are followed from one to the next.
const MOST_LINKS: usize = 40;

impl Revision {
    /// Opens a revision of the repository that a folder is in.
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

    /// The files that a path of the repository stands for: itself, or the graph files of the folder, sorted, and what is passed
    /// over there; none where it is not there.
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

    /// The files of a folder: by which way below the one that is named, by what name, and where it is.
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

    /// Whether a path leads to a folder, through links as well.
    fn is_folder(&self, path: &str) -> bool {
        let real = self.resolved(path);
        real.is_some_and(|real| self.folders.contains_key(&real))
    }

    /// Why a file can't be of the graph; one that can't be read may be.
    fn why_not(&self, path: &str, below: &str) -> Option<String> {
        match self.bytes(path).map(|bytes| disk::of_bytes(&bytes)) {
            Ok(disk::Kind::Other(reason)) => Some(reason),
            _ => (!is_text(below)).then(|| disk::NOT_UTF8.to_owned()),
        }
    }

    /// What stands before the path in the name of each text.
    pub(super) fn origin(&self) -> String {
        format!("{}:", self.name)
    }

    fn named(&self, path: &str) -> String {
        self.origin() + path
    }

    fn path<'n>(&self, name: &'n str) -> &'n str {
        name.strip_prefix(&self.origin()).unwrap_or(name)
    }

    /// Where a path leads when its links are followed; none where that is nowhere in the repository.
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
        // The bytes, and the line break that git puts behind them.
        let mut bytes = vec![0; size + 1];
        blobs.answer.read_exact(&mut bytes)?;
        bytes.truncate(size);
        Ok(bytes)
    }

    /// The files below a folder that match the parts of a pattern, as they are reached.
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
            // Its odd bytes are as one character.
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
                // One file has one name, by whatever way it is reached.
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

/// A path in a repository, and a folder on the disk from which git finds that.
pub(super) struct Located {
    pub(super) folder: PathBuf,
    /// From the top of the repository, with `/`; the top itself is empty.
    pub(super) path: String,
}

/// Where a path is in its repository; it need not be there now.
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

/// Whether a name is UTF-8: in a folder on the disk no other is read either, unless it is named.
fn is_text(name: &str) -> bool {
    disk::path(name).to_str().is_some()
}

/// `folder/name`
fn within(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// What `git ls-tree -r -t -z` lists, by folder.
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
            // Another repository inside this one: its files are not in this one.
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
    // What a partial clone lacks would be fetched, by a program that its configuration may name.
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
