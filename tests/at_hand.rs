//! Which graph is asked where none is named, and which a file leads to; what two branches that add records become in git.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails may panic; a skipped one says so"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// What is said, on standard output or of what went wrong, and the exit code.
fn demarche(folder: &Path, home: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(folder)
        .env_remove("DEMARCHE_GRAPH")
        .env("HOME", home)
        .args(arguments)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

/// The title of the graph that is asked in a folder.
fn asked(root: &Path, folder: &str, arguments: &[&str]) -> String {
    let (code, said) = demarche(
        &root.join(folder),
        root,
        &[arguments, &["list", "--format", "json"]].concat(),
    );
    if code != Some(0) {
        return said;
    }
    let answer: serde_json::Value = serde_json::from_str(&said).unwrap();
    answer["title"].as_str().unwrap().to_owned()
}

fn files(root: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn the_first_graph_from_here_upwards() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path().canonicalize().unwrap();
    files(
        &root,
        &[
            // A graph in `graphs`, with texts and drafts beside it.
            (
                "a/graphs/one.ron",
                "// A graph.\n#![enable(implicit_some)]\nGraph(title: \"one\", include: [\"people.ron\", \"2024/*.ron\"])",
            ),
            ("a/graphs/people.ron", "Graph()"),
            ("a/graphs/2024/may.ron", "Graph()"),
            ("a/graphs/texts/report.txt", "A report."),
            ("a/settings.ron", "(Graph: 1)"),
            ("a/src/deep/x.txt", ""),
            // One that is called so, beside others.
            ("b/graph.ron", "Graph(title: \"two\")"),
            ("b/other.ron", "Graph(title: \"other\")"),
            // Several, none of them the one.
            ("c/x.ron", "Graph(title: \"x\")"),
            ("c/y.ron", "Graph(title: \"y\")"),
            // The only one.
            ("d/z.ron", "Graph(title: \"z\")"),
            ("d/sub/.git/HEAD", ""),
        ],
    );
    for (folder, title) in [
        ("a", "one"),
        ("a/graphs", "one"),
        ("a/graphs/texts", "one"),
        ("a/graphs/2024", "one"),
        ("a/src/deep", "one"),
        ("b", "two"),
        ("d", "z"),
    ] {
        assert_eq!(asked(&root, folder, &[]), title, "{folder}");
    }
    let several = asked(&root, "c", &[]);
    assert!(
        several.contains("more than one graph") && several.contains("`-g x.ron`, `-g y.ron`"),
        "{several}"
    );
    // Neither out of a repository nor out of the home folder.
    for folder in ["d/sub", "."] {
        let none = asked(&root, folder, &[]);
        assert!(
            none.contains("there is no graph to ask"),
            "{folder}: {none}"
        );
    }
    for (folder, named, title) in [
        ("a", "graphs/people.ron", "one"),
        ("a/graphs/2024", "may.ron", "one"),
        ("a/src", "../graphs/2024/may.ron", "one"),
        ("a", "graphs/one.ron", "one"),
        ("b", "other.ron", "other"),
        ("c", "y.ron", "y"),
    ] {
        assert_eq!(asked(&root, folder, &["-g", named]), title, "{named}");
    }
    // What `check` names is found by the same rule.
    files(
        &root,
        &[(
            "a/graphs/2024/may.ron",
            "Graph(ties: [(from: \"a\", to: \"b\", kind: Ally)])",
        )],
    );
    let (code, said) = demarche(&root.join("a"), &root, &["check", "graphs/people.ron"]);
    assert!(code == Some(1) && said.contains("may.ron:1"), "{said}");
}

#[test]
fn a_new_graph_is_at_hand_in_its_folder() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path().canonicalize().unwrap();
    assert_eq!(demarche(&root, &root, &["new", "pact"]).0, Some(0));
    assert_eq!(asked(&root, "pact", &[]), "pact");
    let attributes = fs::read_to_string(root.join("pact/.gitattributes")).unwrap();
    assert!(
        attributes.ends_with("\n*.ron merge=union\n"),
        "{attributes}"
    );
    let ignored = fs::read_to_string(root.join("pact/.gitignore")).unwrap();
    assert!(
        ignored.ends_with("\n.demarche-edit\n.*.edit\n"),
        "{ignored}"
    );
    // A file of one's own stays as it is.
    let own = [
        ("b/.gitattributes", "*.txt text\n"),
        ("b/.gitignore", "*.bak\n"),
    ];
    files(&root, &own);
    let (_, said) = demarche(&root, &root, &["new", "b"]);
    assert!(said.contains("*.ron merge=union"), "{said}");
    assert!(said.contains("if `b/.gitignore` says: .*.edit"), "{said}");
    for (name, text) in own {
        assert_eq!(fs::read_to_string(root.join(name)).unwrap(), text);
    }
    let (_, said) = demarche(&root, &root, &["new", "pact/other.ron"]);
    assert!(!said.contains(".gitignore"), "{said}");
}

#[test]
fn two_branches_that_add_records_merge() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path().canonicalize().unwrap();
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .current_dir(&root)
            .env("HOME", &root)
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(arguments)
            .output();
        output.map(|output| (output.status.success(), format!("{output:?}")))
    };
    if git(&["init", "-q", "-b", "main", "."]).is_err() {
        eprintln!("skipped: git is not installed");
        return;
    }
    let add = |arguments: &str| {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let (code, said) = demarche(&root, &root, &arguments);
        assert_eq!(code, Some(0), "{said}");
        let (done, said) = git(&["commit", "-qam", "more"]).unwrap();
        assert!(done, "{said}");
    };
    demarche(&root, &root, &["new", "."]);
    let text = fs::read_to_string(root.join("graph.ron")).unwrap();
    git(&["add", "-A"]).unwrap();
    git(&["commit", "-qm", "begun"]).unwrap();
    add("add actor m --name Morland --kind State");
    add("add issue p --name P --question Q?");
    git(&["checkout", "-qb", "x"]).unwrap();
    add("add stance --actor m --issue p --position Opposes --date 2024-02-01");
    git(&["checkout", "-q", "main"]).unwrap();
    add("add stance --actor m --issue p --position Supports --date 2024-03-01");
    let (merged, said) = git(&["merge", "x"]).unwrap();
    assert!(merged, "{said}");
    let (code, said) = demarche(&root, &root, &["check"]);
    assert_eq!(code, Some(0), "{text}{said}");
    let (_, said) = demarche(&root, &root, &["positions", "m", "--all"]);
    assert!(
        said.contains("supports") && said.contains("opposes"),
        "{said}"
    );
}
