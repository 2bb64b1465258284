//! What the documents show is so: the graphs of `graphs/FORMAT.md` are accepted, a session in README, `docs` or `sessions`
//! prints what it shows, typed as it stands in the root of the repository, and so can every other command be typed that
//! documents and `--help` name.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The fenced blocks of a Markdown text whose info string is this.
fn blocks(text: &str, info: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut inside: Option<(bool, String)> = None;
    for line in text.lines() {
        match (&mut inside, line.strip_prefix("```")) {
            (None, Some(found)) => inside = Some((found.trim() == info, String::new())),
            (Some((wanted, block)), Some(_)) => {
                if *wanted {
                    blocks.push(std::mem::take(block));
                }
                inside = None;
            }
            (Some((_, block)), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

#[test]
fn the_graphs_that_documents_show_are_accepted() {
    let read = |name: &str| fs::read_to_string(format!("{ROOT}/{name}")).expect("a document");
    let graphs = blocks(&(read("graphs/FORMAT.md") + &read("README.md")), "ron");
    assert!(graphs.len() > 4);
    for graph in graphs {
        let (_, diagnostics) = demarche::resolve::read("a document", &graph);
        assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{graph}");
    }
}

/// A link in a document to another file leads to one.
#[test]
fn links_lead_to_files() {
    let mut links = 0;
    for document in documents() {
        let text = fs::read_to_string(format!("{ROOT}/{document}")).expect("a document");
        let folder = Path::new(ROOT).join(&document);
        for link in text.split("](").skip(1) {
            let link = link.split([')', ' ', '#']).next().unwrap_or_default();
            if link.is_empty() || link.contains("://") {
                continue;
            }
            links += 1;
            let path = folder.parent().expect("a folder").join(link);
            assert!(path.exists(), "{document}: {link}");
        }
    }
    assert!(links > 20);
}

/// The program in README is the example of the library's front page, which is compiled and run.
#[test]
fn the_program_that_readme_shows_is_an_example() {
    let read = |name: &str| fs::read_to_string(format!("{ROOT}/{name}")).expect("a document");
    let page: String = read("src/lib.rs")
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect();
    let shown = blocks(&read("README.md"), "rust");
    assert!(!shown.is_empty() && shown.iter().all(|block| blocks(&page, "").contains(block)));
}

/// The documents that show sessions.
fn documents() -> Vec<String> {
    let mut documents = vec!["README.md".to_owned()];
    for folder in ["docs", "tests/sessions"] {
        let entries = fs::read_dir(format!("{ROOT}/{folder}"))
            .expect("a folder")
            .map(|entry| entry.expect("an entry"));
        let names = entries.map(|entry| entry.file_name().into_string().expect("a name"));
        documents.extend(
            names
                .filter(|name| name.ends_with(".md"))
                .map(|name| format!("{folder}/{name}")),
        );
    }
    documents
}

/// A `console` block is a session: `$ demarche …`, and what that prints.
#[test]
fn documents_show_what_is_printed() {
    for document in documents() {
        let path = format!("{ROOT}/{document}");
        let text = fs::read_to_string(&path).expect("a document");
        let mut mended = text.clone();
        for block in blocks(&text, "console") {
            let (command, shown) = block.split_once('\n').expect("a command and its output");
            let words = command
                .strip_prefix("$ demarche ")
                .expect("a command of demarche");
            let output = typed(words, Path::new(ROOT));
            let printed =
                String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
            if std::env::var_os("UPDATE").is_some() {
                mended = mended.replacen(
                    &format!("{block}```"),
                    &format!("{command}\n{printed}```"),
                    1,
                );
            } else {
                assert_eq!(
                    shown, printed,
                    "{document}: {command}: run the test with UPDATE=1 to rewrite it"
                );
            }
        }
        if mended != text {
            fs::write(path, mended).expect("the document is written");
        }
    }
}

/// Types a command in a folder; lines are 100 columns wide, as the documents say.
fn typed(command: &str, folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(command.split_whitespace())
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env_remove("DEMARCHE_GRAPH")
        .output()
        .expect("demarche runs")
}

/// The commands between backticks in a text, and those that its blocks of `sh` run by `cargo`, on one line each.
fn commands(text: &str) -> Vec<String> {
    let mut commands = Vec::new();
    for line in blocks(text, "sh").iter().flat_map(|block| block.lines()) {
        let parts = line.split("&&").map(str::trim);
        commands.extend(
            parts
                .filter_map(|part| part.strip_prefix("cargo run --release -- "))
                .map(str::to_owned),
        );
    }
    let prose: Vec<&str> = text.split("```").step_by(2).collect();
    for code in prose
        .iter()
        .flat_map(|prose| prose.split('`').skip(1).step_by(2))
    {
        let line = code.split_whitespace().collect::<Vec<_>>().join(" ");
        commands.extend(line.strip_prefix("demarche ").map(str::to_owned));
    }
    commands
}

/// The lines of a help that are a command each, below a line that says so.
fn examples(help: &str) -> Vec<String> {
    help.lines()
        .filter_map(|line| line.strip_prefix("  demarche "))
        .map(str::to_owned)
        .collect()
}

/// Whether a command runs as it stands, and ends: no word of it stands for another (`NAME`, `…`), and it needs no file or
/// repository that is not in the clone.
fn can_be_typed(command: &str) -> bool {
    let stands_for_another = |word: &str| {
        word.contains('…')
            || word.len() > 2 && word.chars().all(|letter| letter.is_ascii_uppercase())
    };
    let ends = !["lsp", "mcp", "watch", "draft article.txt", "diff --rev"]
        .iter()
        .any(|start| command.starts_with(start));
    // A command alone may want more words: `add`, `explain`.
    let alone = !command.contains(' ') && ["add", "new"].contains(&command);
    ends && !alone && !command.split_whitespace().any(stands_for_another)
}

/// A copy of the graphs of the repository, to type commands in that write.
fn clone() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    // Of this there are only pictures, which the commands are to draw.
    fs::create_dir(folder.path().join("docs")).expect("a folder is made");
    for part in ["graphs", "examples/harbour", "examples/harbour/texts"] {
        let to = folder.path().join(part);
        fs::create_dir_all(&to).expect("a folder is made");
        for entry in fs::read_dir(format!("{ROOT}/{part}")).expect("a folder") {
            let from = entry.expect("an entry").path();
            if from.is_file() {
                fs::copy(&from, to.join(from.file_name().expect("a name"))).expect("a copy");
            }
        }
    }
    folder
}

#[test]
fn what_documents_and_help_name_can_be_typed() {
    let clone = clone();
    let help = |words: &str| {
        let output = typed(&format!("{words} --help"), clone.path());
        String::from_utf8(output.stdout).expect("help is text")
    };
    let top = help("");
    let listed = top.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| !line.is_empty());
    // A name is two columns in; what it does goes on further right.
    let names = listed.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    assert!(names.len() > 25 && names.contains(&"show"), "{names:?}");
    assert!(examples(&top).len() > 2, "{top}");
    let mut all: Vec<(String, String)> = Vec::new();
    for name in [""].into_iter().chain(names) {
        let text = help(name);
        let where_from = || format!("demarche {name} --help");
        all.extend(
            commands(&text)
                .into_iter()
                .map(|command| (where_from(), command)),
        );
        all.extend(
            examples(&text)
                .into_iter()
                .map(|command| (where_from(), command)),
        );
    }
    let pages = fs::read_dir(format!("{ROOT}/src/check/pages")).expect("a folder");
    let pages = pages.map(|entry| {
        format!(
            "src/check/pages/{}",
            entry.expect("an entry").file_name().display()
        )
    });
    for document in documents().into_iter().chain(pages) {
        let text = fs::read_to_string(format!("{ROOT}/{document}")).expect("a document");
        let found = commands(&text)
            .into_iter()
            .filter(|command| can_be_typed(command));
        all.extend(found.map(|command| (document.clone(), command)));
    }
    assert!(
        all.iter()
            .filter(|(document, _)| document == "README.md")
            .count()
            > 20
    );
    for (document, command) in all {
        let output = typed(&command, clone.path());
        assert!(
            output.status.success(),
            "{document}: demarche {command}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    // The pictures in `docs` are those that README's commands draw.
    for (drawn, shown) in [
        ("blinken.svg", "docs/blinken-map.svg"),
        ("docs/blinken-matrix.svg", "docs/blinken-matrix.svg"),
        ("docs/blinken-network.svg", "docs/blinken-network.svg"),
    ] {
        let drawn = fs::read_to_string(clone.path().join(drawn)).expect("a picture");
        let shown = Path::new(ROOT).join(shown);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&shown, &drawn).expect("the picture is written");
        }
        assert!(
            drawn == fs::read_to_string(&shown).unwrap_or_default(),
            "{}: run the test with UPDATE=1 to draw it again",
            shown.display()
        );
    }
}

#[test]
fn what_the_harbour_is_asked_can_be_typed() {
    let folder = Path::new(ROOT).join("examples/harbour");
    let text = fs::read_to_string(folder.join("README.md")).expect("a document");
    let commands = commands(&text);
    assert!(commands.len() > 8, "{commands:?}");
    for command in commands {
        assert!(typed(&command, &folder).status.success(), "{command}");
    }
}

/// `docs/JSON.md` lists every answer with its tables and columns, made of those that the program uses.
#[test]
fn every_answer_is_told() {
    let path = format!("{ROOT}/docs/JSON.md");
    let text = fs::read_to_string(&path).expect("a document");
    let (begin, end) = ("<!-- answers -->\n", "<!-- /answers -->");
    let (head, rest) = text.split_once(begin).expect("where the answers begin");
    let (told, tail) = rest.split_once(end).expect("where they end");
    let now: String = demarche::query::SHAPES.iter().map(answer).collect();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{head}{begin}{now}{end}{tail}")).expect("written");
    } else {
        assert!(
            told == now,
            "docs/JSON.md tells other answers: UPDATE=1 writes it anew"
        );
    }
}

fn answer(shape: &demarche::query::Shape) -> String {
    let tables = shape.tables.iter().map(|table| {
        let columns = table.columns.map_or("a matrix".to_owned(), |columns| {
            let keys = columns.iter().map(|column| format!("`{}`", column.key));
            keys.collect::<Vec<_>>().join(", ")
        });
        let (key, doc) = (table.key, table.doc.trim_end_matches('.'));
        format!("| `{key}` | {doc} | {columns} |\n")
    });
    let tables: String = tables.collect();
    let head = match tables.is_empty() {
        true => "Notes only.\n",
        false => "| table | holds | columns |\n| --- | --- | --- |\n",
    };
    format!(
        "### [`{0}`](schema/{0}.json)\n\n{1}\n\n{head}{tables}\n",
        shape.name, shape.doc
    )
}
