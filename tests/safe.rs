//! Other people's files: what a clone can hold, and what writing in it must never do; and a kill before every system call that
//! writes.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const GRAPH: &str = r#"Graph(
  actors: { "north": (name: "Northland", kind: State) },
  sources: { "note": (title: "A note", date: "2024-05-01", text: "note.txt") },
)
"#;

/// A home with a file that nobody but its owner may change, and a clone in it.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Home {
        let folder = tempfile::tempdir().unwrap();
        let home = Home { folder };
        fs::create_dir(home.path("clone")).unwrap();
        fs::write(home.path("victim"), "mine").unwrap();
        fs::write(home.path("clone/g.ron"), GRAPH).unwrap();
        fs::write(home.path("clone/note.txt"), "A note.").unwrap();
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, in the clone.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command
            .current_dir(self.path("clone"))
            .env("XDG_STATE_HOME", self.path("state"))
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> (bool, String) {
        let output = self.command(arguments).output().unwrap();
        (output.status.success(), said(&output))
    }

    /// Every file below the home, and what it holds; of a link, where it leads.
    fn all(&self) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        collect(self.folder.path(), &mut found);
        found.retain(|path, _| !path.starts_with(self.path("state")));
        found
    }

    /// Runs what must be refused by a message with these words, and change nothing anywhere.
    fn refused(&self, arguments: &[&str], words: &[&str]) {
        let before = self.all();
        let (success, said) = self.run(arguments);
        assert!(!success, "{arguments:?}: {said}");
        for words in words {
            assert!(said.contains(words), "{arguments:?}: {said}");
        }
        assert_eq!(self.all(), before, "{arguments:?}: {said}");
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = path.symlink_metadata().unwrap().file_type();
        if kind.is_dir() {
            found.insert(path.clone(), "a folder".to_owned());
            collect(&path, found);
        } else if kind.is_symlink() {
            found.insert(
                path.clone(),
                fs::read_link(&path).unwrap().display().to_string(),
            );
        } else if kind.is_file() {
            let text = fs::read(&path).unwrap();
            found.insert(path.clone(), String::from_utf8_lossy(&text).into_owned());
        } else {
            found.insert(path.clone(), "no file".to_owned());
        }
    }
}

/// Every edit, with what it would have to make.
const EDITS: &[&[&str]] = &[
    &["fmt", "."],
    &["fmt", "g.ron"],
    &[
        "-g",
        ".",
        "add",
        "actor",
        "south",
        "--name",
        "Southland",
        "--kind",
        "State",
    ],
    &["-g", "g.ron", "set", "north", "role", "cold"],
    &["-g", "g.ron", "rename", "north", "nord"],
    &["-g", "g.ron", "remove", "north"],
];

#[test]
fn what_has_the_name_of_a_hidden_file_is_in_the_way() {
    for name in [".g.ron.edit", ".demarche-edit"] {
        type Plant<'p> = (&'p str, &'p dyn Fn(&Home));
        let plants: &[Plant<'_>] = &[
            ("a link", &|home| {
                symlink("../victim", home.path("clone").join(name)).unwrap()
            }),
            ("a link", &|home| {
                symlink("../new", home.path("clone").join(name)).unwrap()
            }),
            ("a folder", &|home| {
                fs::create_dir(home.path("clone").join(name)).unwrap()
            }),
            ("", &|home| {
                fs::hard_link(home.path("victim"), home.path("clone").join(name)).unwrap()
            }),
            ("", &|home| {
                fs::write(home.path("clone").join(name), "anything").unwrap()
            }),
            ("", &|home| {
                let path = home.path("clone").join(name);
                assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
            }),
        ];
        for (kind, plant) in plants {
            let home = Home::new();
            plant(&home);
            let kind = if name == ".demarche-edit" { kind } else { "" };
            for edit in EDITS {
                home.refused(edit, &[name, kind, "nothing was changed", "help: "]);
            }
            // Reading goes on, and says so where it looks at that file.
            let (success, said) = home.run(&["-g", ".", "list", "actors"]);
            assert!(success && said.contains("Northland"), "{said}");
            assert_eq!(
                said.contains("is not followed"),
                name == ".demarche-edit",
                "{said}"
            );
            if name == ".demarche-edit" {
                doubted(&home);
            }
        }
    }
}

/// Every answer and picture of a graph beside which a journal of somebody else's lies says so, and `check` finds it.
fn doubted(home: &Home) {
    let doubt = "The graph may hold half an edit: `.demarche-edit` is not followed: ";
    let printed = |arguments: &[&str]| {
        let output = home.command(arguments).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    for asked in [
        &["list", "actors"][..],
        &["list", "actors", "--format", "json"],
        &["list", "actors", "--format", "md"],
        &["show", "north"],
        &["diff", "--from", "2024-01-01"],
        &["draw", "--format", "svg"],
        &["draw", "--format", "dot"],
        &["draw", "--format", "mermaid"],
        &["draw", "--format", "html"],
    ] {
        let answer = printed(&[asked, &["-g", "g.ron"]].concat());
        let seen = answer.replace("&#96;", "`");
        // The notes of a picture are wrapped, each line an element.
        let texts = seen
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        let words: Vec<&str> = texts.flat_map(str::split_whitespace).collect();
        assert!(
            words.join(" ").contains("half an edit"),
            "{asked:?}: {answer}"
        );
        if asked.contains(&"json") {
            assert!(seen.contains(&format!("\"text\": \"{doubt}")), "{answer}");
        }
    }
    let found = home.command(&["check", "g.ron"]).output().unwrap();
    assert_eq!(found.status.code(), Some(1), "{}", said(&found));
    assert_eq!(said(&found).matches("is not followed").count(), 1);
    assert!(said(&found).contains("error[foreign-edit]"));
}

/// A graph may be reached by a link in its folder, but none leads an edit out of that.
#[test]
fn a_file_elsewhere_is_not_edited() {
    let home = Home::new();
    fs::rename(home.path("clone/g.ron"), home.path("theirs.ron")).unwrap();
    symlink("../theirs.ron", home.path("clone/g.ron")).unwrap();
    for edit in EDITS {
        home.refused(edit, &["`g.ron` is a link that leads out of its folder"]);
    }
    fs::remove_file(home.path("clone/g.ron")).unwrap();
    fs::rename(home.path("theirs.ron"), home.path("clone/real.ron")).unwrap();
    symlink("real.ron", home.path("clone/g.ron")).unwrap();
    let (success, said) = home.run(&["fmt", "g.ron"]);
    assert!(success, "{said}");
    assert!(home.path("clone/g.ron").is_symlink());
    assert_ne!(
        fs::read_to_string(home.path("clone/real.ron")).unwrap(),
        GRAPH
    );
}

#[test]
fn new_files_have_new_names() {
    let home = Home::new();
    fs::create_dir(home.path("elsewhere")).unwrap();
    for (link, leads_to) in [
        ("new.ron", "../written.ron"),
        ("folder", "../elsewhere"),
        ("nowhere", "../nowhere"),
        ("pages/demarche.1", "../../victim"),
        ("x.svg", "../victim"),
        ("x.dot", "../written.dot"),
    ] {
        let link = home.path("clone").join(link);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(leads_to, link).unwrap();
    }
    for path in ["new.ron", "folder", "nowhere"] {
        home.refused(&["new", path], &[path, "is a link"]);
    }
    home.refused(&["new", "g.ron"], &["already exists"]);
    for picture in ["x.svg", "x.dot"] {
        home.refused(
            &["-g", "g.ron", "draw", "-o", picture],
            &[picture, "it is a link"],
        );
    }
    let (success, said) = home.run(&["man", "pages"]);
    assert!(!success && said.contains("it is a link"), "{said}");
    assert_eq!(fs::read_to_string(home.path("victim")).unwrap(), "mine");
}

#[test]
fn a_picture_does_not_take_the_place_of_what_it_is_made_of() {
    let home = Home::new();
    fs::hard_link(home.path("clone/g.ron"), home.path("clone/other.dot")).unwrap();
    for output in [
        "g.ron",
        "./g.ron",
        "../clone/g.ron",
        "note.txt",
        "other.dot",
    ] {
        for graph in ["g.ron", "."] {
            let draw = ["-g", graph, "draw", "--format", "dot", "-o", output];
            home.refused(&draw, &[output, "that this was made from"]);
        }
    }
    let (success, said) = home.run(&["-g", "g.ron", "draw", "-o", "new.dot"]);
    assert!(success, "{said}");
}

/// A journal of one's own that came back with a clone names no file but those of its folder, and changes none but to what the
/// edit wrote; one that points to another folder makes nothing happen there.
#[test]
fn what_a_killed_edit_left_elsewhere_does_no_harm() {
    let home = Home::new();
    fs::create_dir(home.path("clone/.sub")).unwrap();
    let (success, said) = home.run(&["fmt", "g.ron"]);
    assert!(success, "{said}");
    let secret = fs::read(home.path("state/demarche/secret")).unwrap();
    assert_eq!(secret.len(), 32);
    let mode = |name: &str| home.path(name).metadata().unwrap().mode() & 0o777;
    assert_eq!(
        (mode("state/demarche"), mode("state/demarche/secret")),
        (0o700, 0o600)
    );
    let hexadecimal =
        |bytes: [u8; 32]| -> String { bytes.iter().map(|byte| format!("{byte:02x}")).collect() };
    let now = fs::read(home.path("clone/g.ron")).unwrap();
    let sum = hexadecimal(hmac_sha256::Hash::hash(&now));
    let marked = |plan: &str, by: &[u8]| {
        let mark = |text: &str| hexadecimal(hmac_sha256::HMAC::mac(text, by));
        let ready = mark(&format!("{plan}\nready"));
        format!("{plan}\n{}\nready {ready}\n", mark(plan))
    };
    let victim = home.path("victim");
    let other = hexadecimal(hmac_sha256::Hash::hash(b"another text"));
    let file = |name: &str| format!("(name:{name:?},before:Some({sum:?}),after:{other:?})");
    let plan = |files: &str, first: &str, others: &str| {
        format!("(by:\"me\",edit:\"e\",files:[{files}],first:{first},others:[{others}])")
    };
    let out = victim.parent().unwrap();
    fs::write(home.path("clone/.g.ron.edit"), "not what the edit wrote").unwrap();
    fs::write(home.path(".victim.edit"), "planted").unwrap();
    let before = home.all();
    for text in [
        marked(&plan(&file("../victim"), "None", ""), &secret),
        marked(&plan(&file(victim.to_str().unwrap()), "None", ""), &secret),
        marked(&plan(&file("g.ron"), "None", ""), b"another secret"),
        marked(&plan(&file("g.ron"), "None", &format!("{out:?}")), &secret),
        marked(
            &plan(
                &file("g.ron"),
                &format!("Some((folder:{out:?},mark:\"\"))"),
                "",
            ),
            &secret,
        ),
    ] {
        fs::write(home.path("clone/.demarche-edit"), &text).unwrap();
        let (_, said) = home.run(&["-g", "g.ron", "set", "north", "role", "cold"]);
        let mut now = home.all();
        now.remove(&home.path("clone/.demarche-edit"));
        assert_eq!(now, before, "{text}{said}");
        assert!(
            said.contains("is not followed") || said.contains(".g.ron.edit"),
            "{said}"
        );
    }
}

/// Without a place for the secret edits work; what they leave when they are killed is reported.
#[test]
fn without_a_state_folder_edits_work() {
    let home = Home::new();
    let output = home
        .command(&["-g", "g.ron", "set", "north", "role", "cold"])
        .env_remove("XDG_STATE_HOME")
        .env_remove("HOME")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        fs::read_to_string(home.path("clone/g.ron"))
            .unwrap()
            .contains("cold")
    );
    assert_eq!(fs::read_dir(home.path("clone")).unwrap().count(), 2);
}

/// Whether an edit was asked for in a wrong way, stands against the graph, or meets a file that can't be written: it is not made,
/// and the exit code says that.
#[test]
fn an_edit_that_is_not_made_has_one_exit_code() {
    let home = Home::new();
    symlink("../victim", home.path("clone/.h.ron.edit")).unwrap();
    fs::write(home.path("clone/h.ron"), "Graph(facts:{})").unwrap();
    fs::write(home.path("clone/broken.ron"), "Graph(").unwrap();
    let code = |arguments: &[&str]| {
        let output = home.command(arguments).output().unwrap();
        (output.status.code(), said(&output))
    };
    // `check` and `fmt` take files; the others take a graph.
    let edit = |words: &[&str]| match words[0] {
        "check" | "fmt" => code(words),
        _ => code(&[&["-g", "g.ron"], words].concat()),
    };
    let before = home.all();
    for refused in [
        &["add", "actor"][..],
        &["add", "actor", "x", "--name", "X", "--kind", "Nonsense"],
        &["add", "actor", "north", "--name", "X", "--kind", "State"],
        &[
            "add",
            "actor",
            "x",
            "--name",
            "Northland",
            "--kind",
            "State",
        ],
        &[
            "add",
            "stance",
            "--actor",
            "no",
            "--issue",
            "no",
            "--position",
            "Opposes",
        ],
        &["add", "actor", "x y", "--name", "X", "--kind", "State"],
        &["set", "no", "name", "X"],
        &["set", "north", "nonsense", "X"],
        &["set", "note", "date", "nonsense"],
        &["set", "north", "speaks_for", "no"],
        &["set", "north", "name", "X", "--add"],
        &["set", "north", "role", "--remove"],
        &["remove", "no"],
        &["rename", "no", "x"],
        &["rename", "north", "note"],
        &["rename", "north", "x y"],
        &["merge", "north", "no"],
        &["merge", "north", "note"],
        &["merge", "north", "north"],
        &["move", "north", "g.ron"],
        &["move", "north", "no.ron"],
        &["move", "no", "g.ron"],
        &["new", "g.ron"],
        &["new", "."],
        &["fmt", "h.ron"],
        &["fmt", "broken.ron"],
        &["fmt", "no.ron"],
        &["fmt", "--check", "broken.ron"],
        &["fmt", "--check", "broken.ron", "g.ron"],
    ] {
        let (code, said) = edit(refused);
        assert_eq!(code, Some(2), "{refused:?}: {said}");
        assert!(said.contains("error"), "{refused:?}: {said}");
    }
    let (in_the_way, said) = code(&["-g", "h.ron", "add", "fact", "f", "--text", "So"]);
    assert_eq!(in_the_way, Some(2), "{said}");
    assert_eq!(home.all(), before);
    // 1 is an answer: no.
    assert_eq!(edit(&["fmt", "--check", "g.ron"]).0, Some(1));
    assert_eq!(edit(&["check", "broken.ron"]).0, Some(1));
    assert_eq!(code(&["diff", "g.ron", "h.ron", "--exit-code"]).0, Some(1));
}

/// One file under two names is one file, as it is through a link.
#[test]
fn a_file_with_two_names_is_read_once() {
    let home = Home::new();
    fs::hard_link(home.path("clone/g.ron"), home.path("clone/other.ron")).unwrap();
    symlink("g.ron", home.path("clone/link.ron")).unwrap();
    let including = "Graph(include: [\"g.ron\", \"oth*.ron\"])\n";
    fs::create_dir(home.path("clone/in")).unwrap();
    fs::hard_link(home.path("clone/g.ron"), home.path("clone/in/g.ron")).unwrap();
    for graph in [&["-g", "."][..], &["-g", "g.ron", "-g", "other.ron"]] {
        let (success, said) = home.run(&[graph, &["check", "--all", "--format", "json"]].concat());
        assert!(success && !said.contains("repeated"), "{said}");
    }
    // An edit would part the names, and the graph would have the record twice.
    let edit = ["-g", ".", "set", "north", "name", "Norrland"];
    home.refused(&edit, &["nothing was changed", "`north` is declared twice"]);
    fs::write(home.path("clone/all.ron"), including).unwrap();
    let (success, said) = home.run(&["-g", "all.ron", "check", "--format", "json"]);
    assert!(success && !said.contains("repeated"), "{said}");
}

/// What the system lets us keep is kept; of the rest one hears.
#[test]
fn what_a_file_has_beside_its_text_is_kept_or_spoken_of() {
    let home = Home::new();
    let file = home.path("clone/g.ron");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o604)).unwrap();
    let is_root = file.metadata().unwrap().uid() == 0;
    if is_root {
        std::os::unix::fs::chown(&file, Some(1234), Some(4321)).unwrap();
    }
    let attribute = |arguments: &[&str]| {
        let program = "import os,sys; a=sys.argv; print(os.getxattr(a[1],'user.note').decode() if len(a)<3 else os.setxattr(a[1],'user.note',a[2].encode()))";
        let output = Command::new("python3")
            .args(["-c", program])
            .arg(&file)
            .args(arguments)
            .output();
        output
            .ok()
            .filter(|output| output.status.success())
            .map(|output| said(&output))
    };
    let has_attributes = cfg!(target_os = "linux") && attribute(&["kept"]).is_some();
    let (success, said) = home.run(&["fmt", "g.ron"]);
    assert!(success && !said.contains("note: "), "{said}");
    let metadata = file.metadata().unwrap();
    assert_eq!(metadata.mode() & 0o7777, 0o604);
    if is_root {
        assert_eq!((metadata.uid(), metadata.gid()), (1234, 4321));
    }
    if has_attributes {
        assert_eq!(attribute(&[]).unwrap().trim(), "kept");
    } else {
        println!("skipped: no extended attributes here");
    }
    fs::hard_link(&file, home.path("other name")).unwrap();
    let before = fs::read_to_string(&file).unwrap();
    let (success, said) = home.run(&["-g", "g.ron", "set", "north", "role", "cold"]);
    assert!(
        success && said.contains("another name (a hard link)"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(home.path("other name")).unwrap(), before);
}

/// The system calls that change something, or take hold of it.
const WRITING: &str = "openat,open,creat,write,pwrite64,writev,rename,renameat,renameat2,unlink,unlinkat,fsync,fdatasync,ftruncate,link,linkat,symlink,symlinkat,mkdir,mkdirat,fchmod,fchmodat,chmod,fchown,fchownat,fsetxattr,fremovexattr,flock";

/// The program under `strace`, with further arguments of that.
fn traced(home: &Home, options: &[&str], edit: &[&str]) -> Command {
    let plain = home.command(edit);
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o"]).arg(home.path("trace"));
    command
        .args(options)
        .arg(plain.get_program())
        .args(plain.get_args());
    command.current_dir(home.path("clone"));
    command.env("XDG_STATE_HOME", home.path("state"));
    command.stdin(Stdio::null());
    command
}

/// Every system call of an edit that writes: its name, and how many of that name came before.
fn writing_calls(home: &Home, edit: &[&str]) -> Option<Vec<(String, usize)>> {
    let may_trace = Command::new("strace")
        .args(["-o", "/dev/null", "true"])
        .output();
    if !may_trace.is_ok_and(|output| output.status.success()) {
        return None;
    }
    let output = traced(home, &["-e", &format!("trace={WRITING}")], edit)
        .output()
        .ok()?;
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let trace = fs::read_to_string(home.path("trace")).ok()?;
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        let (thread, call) = line.split_once(' ')?;
        let Some((name, arguments)) = call.trim_start().split_once('(') else {
            continue;
        };
        let nth = seen.entry((thread, name)).or_default();
        *nth += 1;
        if !name.starts_with("open") || arguments.contains("O_CREAT") {
            calls.push((name.to_owned(), *nth));
        }
    }
    Some(calls)
}

/// What every file below a home holds, by its way from there.
type Texts = BTreeMap<PathBuf, String>;

fn texts(home: &Home) -> Texts {
    let mut texts = Texts::new();
    for (path, text) in home.all() {
        let way = path.strip_prefix(home.folder.path()).unwrap();
        texts.insert(way.to_owned(), text);
    }
    texts
}

/// The clone with more files in it.
fn home_with(files: &[(&str, &str)]) -> Home {
    let home = Home::new();
    for (name, text) in files {
        let path = home.path("clone").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    home
}

/// An edit that was killed, and what it would have made of what.
struct Killed<'k> {
    home: Home,
    /// Before which system call.
    call: String,
    old: &'k Texts,
    new: &'k Texts,
}

/// Kills an edit before each system call that writes, each time in a home of its own, and has a look at what is left.
fn at_every_call(edit: &[&str], files: &[(&str, &str)], mut look: impl FnMut(Killed<'_>)) {
    let traced_once = home_with(files);
    let old = texts(&traced_once);
    let Some(calls) = writing_calls(&traced_once, edit) else {
        println!("skipped: `strace` is not installed, or may not trace");
        return;
    };
    fs::remove_file(traced_once.path("trace")).unwrap();
    let new = texts(&traced_once);
    assert_ne!(old, new);
    for (call, nth) in &calls {
        let home = home_with(files);
        let inject = format!("inject={call}:signal=KILL:when={nth}");
        let trace = format!("trace={call}");
        let killed = traced(&home, &["-e", &trace, "-e", &inject], edit)
            .output()
            .unwrap();
        assert!(!killed.status.success(), "{call} {nth}: it was not killed");
        fs::remove_file(home.path("trace")).unwrap();
        look(Killed {
            home,
            call: format!("{edit:?}, {call} {nth}"),
            old: &old,
            new: &new,
        });
    }
    println!("{edit:?}: killed {} times", calls.len());
    assert!(calls.len() > 10);
}

/// Whether a file is hidden, or lies in a folder that is.
fn is_hidden(path: &Path) -> bool {
    let mut parts = path.iter().map(|part| part.to_string_lossy());
    parts.any(|part| part.starts_with('.'))
}

/// Each file is as it was or as it is to be, and between two files what is moved is in both, never in none.
fn are_whole(now: &Texts, killed: &Killed<'_>) {
    let Killed { call, old, new, .. } = killed;
    for (path, text) in now {
        let is_whole = [old, new].iter().any(|texts| texts.get(path) == Some(text));
        assert!(
            is_hidden(path) || is_whole,
            "{call}: {}: {text}",
            path.display()
        );
    }
    let lines = |texts: &Texts| -> BTreeSet<String> {
        let seen = texts.iter().filter(|(path, _)| !is_hidden(path));
        seen.flat_map(|(_, text)| text.lines().map(|line| line.trim().to_owned()))
            .collect()
    };
    for line in lines(old).intersection(&lines(new)) {
        assert!(lines(now).contains(line), "{call}: lost: {line}");
    }
}

/// Kills an edit before each system call that writes. Every file is whole then, old or new, and nothing else has changed; the
/// next edit finds all old or makes all new, and leaves nothing behind.
fn killed_at_every_call(edit: &[&str], files: &[(&str, &str)]) {
    // What the next edit makes of all old and of all new texts.
    let next = ["-g", "g.ron", "set", "note", "title", "The next edit"];
    let then = |home: &Home| {
        let (success, said) = home.run(&next);
        assert!(success, "{said}");
        texts(home)
    };
    let (old, new) = (home_with(files), home_with(files));
    assert!(new.run(edit).0);
    let expected = [then(&old), then(&new)];
    at_every_call(edit, files, |killed| {
        let now = texts(&killed.home);
        are_whole(&now, &killed);
        let Killed {
            home,
            call,
            old,
            new,
        } = killed;
        let are = |texts: &Texts| {
            let is = |path: &PathBuf| now.get(path) == texts.get(path);
            old.keys().chain(new.keys()).all(is)
        };
        let is_halfway = !are(old) && !are(new);
        let then = then(&home);
        let is_new = expected[1] == then;
        assert!(
            is_new || !is_halfway && expected[0] == then,
            "{call}: {then:#?}"
        );
    });
}

/// An edit, and what else lies in the clone.
type Case<'c> = (&'c [&'c str], &'c [(&'c str, &'c str)]);

/// Whoever types the same again after a kill has what was to be made, once, and nothing is left behind.
#[test]
fn an_edit_killed_at_any_call_and_typed_again_is_done() {
    let including = GRAPH.replacen("Graph(", "Graph(include: [\"more*.ron\"],", 1);
    let several = [("g.ron", including.as_str()), ("more1.ron", PACT)];
    let edits: [Case<'_>; 7] = [
        (&["new", "sub"], &[]),
        (&["new", "new.ron"], &[]),
        (&["-g", ".", "move", "north", "new.ron"], &[]),
        (&["-g", "g.ron", "move", "north", "more1.ron"], &several),
        (&["-g", "g.ron", "move", "note", "more2.ron"], &several),
        (&["-g", "g.ron", "rename", "north", "nord"], &several),
        (&["fmt", "."], &several),
    ];
    for (edit, files) in edits {
        at_every_call(edit, files, |killed| {
            let now = texts(&killed.home);
            are_whole(&now, &killed);
            let Killed {
                home, call, new, ..
            } = killed;
            // An empty journal tells of nothing.
            let is_done = |(path, text): (&PathBuf, &String)| now.get(path) == Some(text);
            let was_done = new.iter().all(is_done);
            let (success, said) = home.run(edit);
            assert_eq!(texts(&home), *new, "{call}: {said}");
            assert!(success || was_done, "{call}: {said}");
        });
    }
}

const PACT: &str = r#"Graph(
  ties: [(from: "north", to: "north", kind: Ally)],
)
"#;

#[test]
fn an_edit_killed_at_any_call_leaves_files_whole() {
    killed_at_every_call(&["fmt", "g.ron"], &[]);
}

#[test]
fn an_edit_of_several_files_killed_at_any_call_leaves_them_whole() {
    let including = GRAPH.replacen("Graph(", "Graph(include: [\"more*.ron\"],", 1);
    killed_at_every_call(
        &["-g", "g.ron", "rename", "north", "nord"],
        &[
            ("g.ron", &including),
            ("more1.ron", PACT),
            ("more2.ron", PACT),
        ],
    );
}

#[test]
fn an_edit_of_several_folders_killed_at_any_call_leaves_them_whole() {
    let including = GRAPH.replacen("Graph(", "Graph(include: [\"*/*.ron\"],", 1);
    killed_at_every_call(
        &["-g", "g.ron", "rename", "north", "nord"],
        &[
            ("g.ron", &including),
            ("one/more.ron", PACT),
            ("two/more.ron", PACT),
        ],
    );
}

#[test]
fn a_record_is_nowhere_at_no_moment_of_its_move() {
    let including = "Graph(\n  include: [\"more.ron\"],\n  sources: { \"note\": (title: \"A note\") },\n  actors: {\n    \"north\": (name: \"North\", kind: State),\n    \"south\": (name: \"South\", kind: State),\n  },\n)\n";
    killed_at_every_call(
        &["-g", "g.ron", "move", "north", "more.ron"],
        &[
            ("g.ron", including),
            (
                "more.ron",
                "Graph(\n  actors: {\n    \"east\": (name: \"East\", kind: State),\n  },\n)\n",
            ),
        ],
    );
}

#[test]
fn a_new_file_killed_at_any_call_is_whole_or_not_there() {
    killed_at_every_call(&["-g", ".", "move", "north", "new.ron"], &[]);
}

/// A table, the map that reads it, and what an earlier import made.
const IMPORTED: &[(&str, &str)] = &[
    (
        "t.csv",
        "who,vote,said\nNorth,yes,New words.\nSouth,no,New words.\n",
    ),
    (
        "map.ron",
        r#"Import(
  version: 1, table: "t.csv", actors: (kind: State), issues: (id: "i", name: "I", levels: 2),
  source: Of("said"), sources: (id: "s", title: "S", text: "{said}"),
  stances: (actor: Of("who"), issue: Id("i"), position: Values("vote", {"yes": Supports, "no": Opposes})),
)
"#,
    ),
    (
        "out.ron",
        "Graph(\n  issues: { \"i\": (name: \"An older one\") },\n)\n",
    ),
    ("out-texts/s.txt", "Old words."),
];

const IMPORT: &[&str] = &["import", "--map", "map.ron", "-o", "out.ron", "--force"];

/// A killed import leaves each file as it was, or as it is to be; typed again, it is done.
#[test]
fn an_import_killed_at_any_call_leaves_files_whole() {
    at_every_call(IMPORT, IMPORTED, |killed| {
        are_whole(&texts(&killed.home), &killed);
        let (success, said) = killed.home.run(IMPORT);
        assert!(success, "{}: {said}", killed.call);
        let mut now = texts(&killed.home);
        now.retain(|path, _| !is_hidden(path));
        assert_eq!(now, *killed.new, "{}", killed.call);
    });
}

/// Where there is no room, nothing has changed, and the message says so.
#[test]
fn an_import_onto_a_full_disk_changes_nothing() {
    let long = format!("Long words. {}", "More of them. ".repeat(1000));
    let table = format!("who,vote,said\nNorth,yes,{long}\n");
    // A limit of one block leaves no room for the text, one of none none for the graph either.
    for blocks in ["0", "1", "2"] {
        let home = home_with(IMPORTED);
        fs::write(home.path("clone/t.csv"), &table).unwrap();
        let before = home.all();
        let plain = home.command(IMPORT);
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &limited]).arg(plain.get_program());
        shell.args(plain.get_args()).current_dir(home.path("clone"));
        let output = shell.stdin(Stdio::null()).output().unwrap();
        let said = said(&output);
        assert!(!output.status.success(), "{blocks}: {said}");
        assert!(said.contains("can't write `"), "{blocks}: {said}");
        assert_eq!(home.all(), before, "{blocks}: {said}");
    }
    let home = home_with(IMPORTED);
    if Path::new("/dev/full").exists() {
        home.refused(
            &["import", "--map", "map.ron", "-o", "/dev/full", "--force"],
            &["can't write `/dev/full`"],
        );
    }
}
