//! The language server, spoken to as an editor speaks to it.
#![cfg(feature = "lsp")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails may panic"
)]

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, unbounded};
use demarche::disk::Author;
use demarche::lsp::{Settings, serve};
use demarche::model::Day;
use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

/// An editor with a folder of its own.
struct Editor {
    folder: tempfile::TempDir,
    to: Option<Sender<Message>>,
    from: Receiver<Message>,
    /// What the server must know of the person who edits.
    _state: tempfile::TempDir,
    server: JoinHandle<u8>,
    requests: i32,
    notes: Vec<Notification>,
}

/// What marks the edits of the person who edits.
const SECRET: [u8; 32] = [7; 32];

impl Editor {
    /// Starts the server beside these files.
    fn new(files: &[(&str, &str)]) -> Editor {
        Editor::at(files, || Day::of(2024, 1, 1))
    }

    /// The same on a day.
    fn at(files: &[(&str, &str)], today: fn() -> Day) -> Editor {
        let folder = tempfile::tempdir().unwrap();
        // Here the search for the graph of a file ends.
        fs::create_dir(folder.path().join(".git")).unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let (to, messages) = unbounded();
        let (answers, from) = unbounded();
        let state = tempfile::tempdir().unwrap();
        fs::write(state.path().join("secret"), SECRET).unwrap();
        #[cfg(unix)]
        fs::set_permissions(
            state.path().join("secret"),
            std::os::unix::fs::PermissionsExt::from_mode(0o600),
        )
        .unwrap();
        let settings = Settings {
            home: None,
            graph: Vec::new(),
            today,
            author: Author {
                name: String::new(),
                state: Some(state.path().to_owned()),
            },
        };
        let server = std::thread::spawn(move || serve(&messages, &answers, settings));
        let mut editor = Editor {
            folder,
            _state: state,
            to: Some(to),
            from,
            server,
            requests: 0,
            notes: Vec::new(),
        };
        editor
            .ask("initialize", json!({"capabilities": {}}))
            .unwrap();
        editor
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path(name).display())
    }

    fn tell(&self, method: &str, params: Value) {
        let note = Notification {
            method: method.to_owned(),
            params,
        };
        self.to
            .as_ref()
            .unwrap()
            .send(Message::Notification(note))
            .unwrap();
    }

    fn open(&self, name: &str, text: &str) {
        let document =
            json!({"uri": self.uri(name), "languageId": "ron", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    fn change(&self, name: &str, changes: Value) {
        let document = json!({"uri": self.uri(name), "version": 2});
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": changes}),
        );
    }

    /// The answer, or the message of the refusal.
    fn ask(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        let request = Request {
            id: id.clone(),
            method: method.to_owned(),
            params,
        };
        self.to
            .as_ref()
            .unwrap()
            .send(Message::Request(request))
            .unwrap();
        loop {
            match self.from.recv().unwrap() {
                Message::Response(response) if response.id == id => {
                    return response.response_result.map_err(|error| error.message);
                }
                Message::Notification(note) => self.notes.push(note),
                _ => {}
            }
        }
    }

    /// Asks about the place that `|` marks in the text.
    fn ask_at(
        &mut self,
        method: &str,
        name: &str,
        marked: &str,
        more: Value,
    ) -> Result<Value, String> {
        let mut params =
            json!({"textDocument": {"uri": self.uri(name)}, "position": position(marked)});
        params
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().cloned().unwrap_or_default());
        self.ask(method, params)
    }

    /// The codes of the findings that are published next, with their lines.
    fn findings(&mut self, name: &str) -> Vec<(String, u64)> {
        let uri = self.uri(name);
        let is_wanted = |note: &Notification| {
            note.method.ends_with("publishDiagnostics") && note.params["uri"] == uri.as_str()
        };
        let note = match self.notes.iter().position(is_wanted) {
            Some(nth) => self.notes.remove(nth),
            None => loop {
                match self
                    .from
                    .recv_timeout(std::time::Duration::from_secs(60))
                    .expect("findings")
                {
                    Message::Notification(note) if is_wanted(&note) => break note,
                    _ => {}
                }
            },
        };
        let found = note.params["diagnostics"].as_array().unwrap();
        let told = |found: &Value| {
            (
                found["code"].as_str().unwrap().to_owned(),
                found["range"]["start"]["line"].as_u64().unwrap(),
            )
        };
        found.iter().map(told).collect()
    }
}

/// Where `|` stands, in units of UTF-16.
fn position(marked: &str) -> Value {
    let before = &marked[..marked.find('|').expect("a mark")];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    json!({"line": before.matches('\n').count(), "character": before[line_start..].encode_utf16().count()})
}

fn labels(answer: &Value) -> Vec<&str> {
    answer["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["label"].as_str().unwrap())
        .collect()
}

const PEOPLE: &str = "Graph(
    actors: {
        \"us\": (name: \"United States\", kind: State, aliases: [\"USA\"]),
        \"sao\": (name: \"São \u{1F600} Tomé\", kind: State),
    },
)
";
const GRAPH: &str = "Graph(
    include: [\"people.ron\"],
    sources: { \"note\": (title: \"A note\", date: \"2023-07-01\", url: \"https://example.org/\") },
    issues: { \"pact\": (name: \"A pact\", question: \"Should there be one?\") },
    stances: [
        (actor: \"us\", issue: \"pact\", position: Supports, date: \"2023-05-01\", source: \"note\"),
        /* \u{1F600} */ (actor: \"us\", issue: \"pact\", position: Opposes, date: \"2023-06~\", source: \"note\"),
        (actor: \"sao\", issue: \"pact\", position: Neutral, source: \"note\"),
    ],
)
";

fn editor() -> Editor {
    Editor::new(&[("graph.ron", GRAPH), ("people.ron", PEOPLE)])
}

/// The text with a mark before the nth place of some words.
fn marked(text: &str, words: &str, nth: usize) -> String {
    let (at, _) = text.match_indices(words).nth(nth).expect("the words");
    format!("{}|{}", &text[..at], &text[at..])
}

#[test]
fn findings_follow_the_text_in_all_files() {
    let mut editor = editor();
    editor.open("graph.ron", &GRAPH.replace("\"sao\"", "\"são\""));
    assert_eq!(editor.findings("graph.ron"), [("unknown-id".to_owned(), 7)]);
    assert_eq!(editor.findings("people.ron"), [("unused".to_owned(), 3)]);
    // Typed right again, by a change of a part.
    let line = GRAPH.lines().nth(7).unwrap();
    let start = line.find("sao").unwrap();
    let range = json!({"start": {"line": 7, "character": start}, "end": {"line": 7, "character": start + 3}});
    editor.change("graph.ron", json!([{"range": range, "text": "sao"}]));
    assert_eq!(editor.findings("graph.ron"), []);
    assert_eq!(editor.findings("people.ron"), []);
    // The included file is opened, belongs to the same graph, and is spoilt.
    editor.open("people.ron", &PEOPLE.replace("kind: State)", "kind: Stat)"));
    assert_eq!(
        editor.findings("people.ron"),
        [("unknown-variant".to_owned(), 3)]
    );
    // It is closed: the file counts.
    editor.tell(
        "textDocument/didClose",
        json!({"textDocument": {"uri": editor.uri("people.ron")}}),
    );
    assert_eq!(editor.findings("people.ron"), []);
}

#[test]
fn completion_knows_what_is_meant_also_in_half_a_record() {
    let mut editor = editor();
    editor.open("graph.ron", GRAPH);
    editor.findings_settled();
    let mut complete = |typed: &str, expected: &[&str]| {
        let text = marked(GRAPH, "(actor: \"sao\"", 0).replace('|', &format!("{typed}|\n        "));
        editor.change("graph.ron", json!([{"text": text.replace('|', "")}]));
        let answer = editor
            .ask_at("textDocument/completion", "graph.ron", &text, json!({}))
            .unwrap();
        assert_eq!(labels(&answer), expected, "{typed}");
    };
    complete("(actor: \"uni", &["us"]);
    complete("(actor: \"São \u{1F600} t", &["sao"]);
    complete("(actor: \"TOME", &["sao"]);
    complete("(actor: [\"us\", \"", &["sao", "us"]);
    complete("(actor: \"us\", issue: ", &["pact"]);
    complete("(actor: \"us\", issue: \"x", &[]);
    complete("(actor: \"us\", source: \"no", &["note"]);
    complete(
        "(position: ",
        &[
            "StronglySupports",
            "Supports",
            "Neutral",
            "Opposes",
            "StronglyOpposes",
            "Mixed",
            "At",
        ],
    );
    let text = "Graph(\n    |\n)";
    editor.change("graph.ron", json!([{"text": text.replace('|', "")}]));
    let answer = editor
        .ask_at("textDocument/completion", "graph.ron", text, json!({}))
        .unwrap();
    assert_eq!(labels(&answer), demarche::model::SECTIONS);
    let card = editor
        .ask(
            "completionItem/resolve",
            json!({"label": "us", "data": "us"}),
        )
        .unwrap();
    assert!(
        card["documentation"].is_null()
            || card["documentation"]["value"]
                .as_str()
                .unwrap()
                .contains("United States")
    );
}

impl Editor {
    /// Waits until the graph is loaded as the texts are.
    fn findings_settled(&mut self) {
        self.ask("workspace/symbol", json!({"query": ""})).unwrap();
    }
}

#[test]
fn hover_tells_cards_positions_dates_and_words() {
    let mut editor = editor();
    editor.open("graph.ron", GRAPH);
    let mut hover = |at: &str, nth: usize, step: usize| {
        let (start, _) = GRAPH.match_indices(at).nth(nth).unwrap();
        let text = format!("{}|{}", &GRAPH[..start + step], &GRAPH[start + step..]);
        editor
            .ask_at("textDocument/hover", "graph.ron", &text, json!({}))
            .unwrap()["contents"]["value"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let card = hover("\"us\"", 0, 2);
    assert!(
        card.contains("**United States**") && card.contains("opposes"),
        "{card}"
    );
    let replaced = hover("position", 0, 3);
    assert!(
        replaced.contains("**A pact**: opposes") && replaced.contains("replaced by a newer one"),
        "{replaced}"
    );
    let newer = hover("Opposes", 0, 1);
    assert!(
        newer.contains("Score −½") && newer.contains("in force; replaces `graph.ron:6`"),
        "{newer}"
    );
    assert_eq!(
        hover("\"2023-06~\"", 0, 3).lines().next().unwrap(),
        "from 2023-06-01 to 2023-06-30, 30 days; approximately (`~`)"
    );
    assert!(hover("question", 0, 1).starts_with("`question` of an issue: "));
}

#[test]
fn half_a_graph_is_said_to_be_half_and_no_id_of_it_renamed() {
    let half = GRAPH.replacen("people.ron", "people.rno", 1);
    assert_ne!(half, GRAPH);
    let whole = PEOPLE.replacen("Graph(", "Graph(include: [\"none.ron\"],", 1);
    for (graph, people) in [(GRAPH, &*whole), (&*half, PEOPLE)] {
        let mut editor = Editor::new(&[("graph.ron", graph), ("people.ron", people)]);
        editor.open("graph.ron", graph);
        let us = marked(graph, "us\"", 1);
        for request in ["textDocument/rename", "textDocument/prepareRename"] {
            let refused = editor
                .ask_at(request, "graph.ron", &us, json!({"newName": "usa"}))
                .unwrap_err();
            assert!(refused.contains("Half a graph"), "{request}: {refused}");
        }
    }
    let mut editor = Editor::new(&[("graph.ron", GRAPH), ("people.ron", &whole)]);
    editor.open("graph.ron", GRAPH);
    for at in ["us\"", "Supports"] {
        let told = editor
            .ask_at(
                "textDocument/hover",
                "graph.ron",
                &marked(GRAPH, at, 0),
                json!({}),
            )
            .unwrap();
        let told = told["contents"]["value"].as_str().unwrap();
        assert!(
            told.contains("Half a graph") && told.contains("none.ron"),
            "{told}"
        );
    }
}

#[test]
fn ids_are_followed_and_renamed_across_files() {
    let mut editor = editor();
    editor.open("graph.ron", GRAPH);
    let us = marked(GRAPH, "us\"", 1);
    let definition = editor
        .ask_at("textDocument/definition", "graph.ron", &us, json!({}))
        .unwrap();
    assert_eq!(definition["uri"], editor.uri("people.ron"));
    assert_eq!(
        definition["range"]["start"],
        json!({"line": 2, "character": 8})
    );
    let context = json!({"context": {"includeDeclaration": true}});
    let references = editor
        .ask_at("textDocument/references", "graph.ron", &us, context)
        .unwrap();
    assert_eq!(references.as_array().unwrap().len(), 3);
    assert_eq!(
        references[1]["range"]["start"]["character"], 26,
        "the emoji counts as two"
    );
    let renamed = editor
        .ask_at(
            "textDocument/rename",
            "graph.ron",
            &us,
            json!({"newName": "usa"}),
        )
        .unwrap();
    assert_eq!(
        renamed["changes"][editor.uri("graph.ron")]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        renamed["changes"][editor.uri("people.ron")]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let taken = editor
        .ask_at(
            "textDocument/rename",
            "graph.ron",
            &us,
            json!({"newName": "sao"}),
        )
        .unwrap_err();
    assert!(
        taken.starts_with("`sao` is already the id of an actor"),
        "{taken}"
    );
    assert!(
        editor
            .ask_at(
                "textDocument/rename",
                "graph.ron",
                &us,
                json!({"newName": "a b"})
            )
            .is_err()
    );
    let position = marked(GRAPH, "Supports", 0);
    assert!(
        editor
            .ask_at(
                "textDocument/prepareRename",
                "graph.ron",
                &position,
                json!({})
            )
            .is_err()
    );
    let item = editor
        .ask_at(
            "textDocument/prepareCallHierarchy",
            "graph.ron",
            &us,
            json!({}),
        )
        .unwrap();
    let calls = editor
        .ask("callHierarchy/incomingCalls", json!({"item": item[0]}))
        .unwrap();
    let names: Vec<&str> = calls
        .as_array()
        .unwrap()
        .iter()
        .map(|call| call["from"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["us → pact", "us → pact"]);
}

#[test]
fn the_outline_of_a_text() {
    let mut editor = editor();
    editor.open("graph.ron", GRAPH);
    let here = json!({"textDocument": {"uri": editor.uri("graph.ron")}});
    let symbols = editor
        .ask("textDocument/documentSymbol", here.clone())
        .unwrap();
    let names: Vec<&str> = symbols
        .as_array()
        .unwrap()
        .iter()
        .map(|symbol| symbol["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["include", "sources", "issues", "stances"]);
    assert_eq!(symbols[3]["children"][2]["name"], "sao → pact");
    let links = editor
        .ask("textDocument/documentLink", here.clone())
        .unwrap();
    assert_eq!(links[0]["target"], editor.uri("people.ron"));
    assert_eq!(links[1]["target"], "https://example.org/");
    let folds = editor
        .ask("textDocument/foldingRange", here.clone())
        .unwrap();
    assert!(
        folds
            .as_array()
            .unwrap()
            .iter()
            .any(|fold| fold["startLine"] == 4 && fold["endLine"] == 7),
        "{folds}"
    );
    let tokens = editor
        .ask("textDocument/semanticTokens/full", here)
        .unwrap();
    assert_eq!(tokens["data"].as_array().unwrap().len() % 5, 0);
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let params = json!({"textDocument": {"uri": editor.uri("graph.ron")}, "range": whole});
    let hints = editor.ask("textDocument/inlayHint", params).unwrap();
    assert_eq!(hints[0]["label"], "United States");
    let found = editor
        .ask("workspace/symbol", json!({"query": "tome"}))
        .unwrap();
    assert_eq!(found[0]["name"], "São \u{1F600} Tomé (sao)");
}

#[test]
fn what_is_mechanical_is_mended() {
    let mut editor = editor();
    editor.open("graph.ron", &GRAPH.replace("Neutral", "Neutra"));
    let range = json!({"start": {"line": 7, "character": 0}, "end": {"line": 7, "character": 90}});
    let params = json!({"textDocument": {"uri": editor.uri("graph.ron")}, "range": range, "context": {"diagnostics": []}});
    let actions = editor.ask("textDocument/codeAction", params).unwrap();
    assert_eq!(actions[0]["title"], "change to `Neutral`");
    // Somebody who is missing is declared where others are; a statement without source is given one.
    editor.change(
        "graph.ron",
        json!([{"text": GRAPH.replace("\"sao\"", "\"narnia\"")}]),
    );
    let params = json!({"textDocument": {"uri": editor.uri("graph.ron")}, "range": range, "context": {"diagnostics": []}});
    let actions = editor.ask("textDocument/codeAction", params).unwrap();
    let declared = actions
        .as_array()
        .unwrap()
        .iter()
        .find(|action| action["title"] == "declare `narnia` as a state")
        .unwrap();
    let edit = &declared["edit"]["changes"][editor.uri("people.ron")][0];
    assert!(
        edit["newText"]
            .as_str()
            .unwrap()
            .contains("\"narnia\": (name: \"narnia\", kind: State),"),
        "{edit}"
    );
    editor.change(
        "graph.ron",
        json!([{"text": GRAPH.replace("Neutral, source: \"note\"", "Neutral")}]),
    );
    let params = json!({"textDocument": {"uri": editor.uri("graph.ron")}, "range": range, "context": {"diagnostics": []}});
    let actions = editor.ask("textDocument/codeAction", params).unwrap();
    let sourced = actions
        .as_array()
        .unwrap()
        .iter()
        .find(|action| action["title"] == "add the source `note`: A note")
        .unwrap();
    assert!(
        sourced["edit"]["changes"][editor.uri("graph.ron")][0]["newText"]
            .as_str()
            .unwrap()
            .contains("source: \"note\"")
    );
}

#[test]
fn texts_are_laid_out_whole_or_in_part() {
    let mut editor = editor();
    let untidy = GRAPH.replace("(actor: \"us\", issue", "(actor:\"us\",issue");
    editor.open("graph.ron", &untidy);
    let here = json!({"uri": editor.uri("graph.ron")});
    let options = json!({"tabSize": 4, "insertSpaces": true});
    let edits = editor
        .ask(
            "textDocument/formatting",
            json!({"textDocument": here, "options": options}),
        )
        .unwrap();
    let changed: String = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| edit["newText"].as_str().unwrap())
        .collect();
    assert_eq!(
        changed.matches("(actor: \"us\", issue").count(),
        2,
        "{edits}"
    );
    let line = json!({"start": {"line": 5, "character": 0}, "end": {"line": 5, "character": 9}});
    let params = json!({"textDocument": here, "options": options, "range": line});
    let edits = editor.ask("textDocument/rangeFormatting", params).unwrap();
    assert!(
        edits
            .as_array()
            .unwrap()
            .iter()
            .all(|edit| edit["range"]["start"]["line"].as_u64().unwrap() <= 6),
        "{edits}"
    );
    // What can't be read is not touched.
    editor.change("graph.ron", json!([{"text": "Graph( stances: [ (actor:"}]));
    let refused = editor
        .ask(
            "textDocument/formatting",
            json!({"textDocument": here, "options": options}),
        )
        .unwrap_err();
    assert!(
        refused.starts_with("can't lay out what can't be read"),
        "{refused}"
    );
}

#[test]
fn trouble_is_answered_and_survived() {
    let mut editor = Editor::new(&[
        ("graph.ron", GRAPH),
        ("people.ron", PEOPLE),
        ("other.ron", "(a: 1)"),
    ]);
    assert!(
        editor
            .ask("textDocument/hover", json!({"nonsense": 1}))
            .is_err()
    );
    assert!(
        editor
            .ask("no/such", Value::Null)
            .unwrap_err()
            .contains("no/such")
    );
    editor.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": "file:///no/such.ron", "version": 1}, "contentChanges": []}),
    );
    editor.tell("textDocument/didOpen", json!(7));
    // A file that is no graph is left alone.
    editor.open("other.ron", "(a: 1)");
    assert_eq!(
        editor.ask_at("textDocument/hover", "other.ron", "(|a: 1)", json!({})),
        Ok(Value::Null)
    );
    // A file deleted while it is open, and places behind its end.
    editor.open("graph.ron", GRAPH);
    fs::remove_file(editor.path("graph.ron")).unwrap();
    fs::remove_file(editor.path("people.ron")).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    let far = json!({"textDocument": {"uri": editor.uri("graph.ron")}, "position": {"line": 999, "character": 999}});
    editor.ask("textDocument/hover", far.clone()).unwrap();
    editor.ask("textDocument/completion", far).unwrap();
    // Every beginning of the text is read.
    for end in (0..GRAPH.len())
        .filter(|end| GRAPH.is_char_boundary(*end))
        .step_by(7)
    {
        editor.change("graph.ron", json!([{"text": GRAPH[..end]}]));
        let mark = format!("{}|", &GRAPH[..end]);
        editor
            .ask_at("textDocument/completion", "graph.ron", &mark, json!({}))
            .unwrap();
        editor
            .ask(
                "textDocument/semanticTokens/full",
                json!({"textDocument": {"uri": editor.uri("graph.ron")}}),
            )
            .unwrap();
    }
    // The client shuts down and hangs up without a word.
    editor.ask("shutdown", Value::Null).unwrap();
    assert!(
        editor
            .ask("textDocument/hover", Value::Null)
            .unwrap_err()
            .contains("shut down")
    );
    editor.to = None;
    assert_eq!(editor.server.join().unwrap(), 0);
}

#[test]
fn an_exit_out_of_the_blue_is_a_failure() {
    let editor = editor();
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.join().unwrap(), 1);
}

/// An edit from the command line that was killed is named once, in an editor too, and again where it is another one.
#[test]
fn a_killed_edit_is_named_once() {
    let mut editor = editor();
    let [part, journal] = [".people.ron.edit", ".demarche-edit"].map(|name| editor.path(name));
    fs::write(&part, "Graph()").unwrap();
    let hexadecimal =
        |bytes: [u8; 32]| -> String { bytes.iter().map(|byte| format!("{byte:02x}")).collect() };
    let before = hexadecimal(hmac_sha256::Hash::hash(
        &fs::read(editor.path("people.ron")).unwrap(),
    ));
    let after = hexadecimal(hmac_sha256::Hash::hash(b"Graph()"));
    let killed = |edit: &str| {
        let plan = format!(
            "(by:\"\",edit:{edit:?},files:[(name:\"people.ron\",before:Some({before:?}),after:{after:?})],first:None,others:[])"
        );
        let mark = |text: &str| hexadecimal(hmac_sha256::HMAC::mac(text, SECRET));
        let ready = mark(&format!("{plan}\nready"));
        fs::write(
            &journal,
            format!("{plan}\n{}\nready {ready}\n", mark(&plan)),
        )
        .unwrap();
    };
    killed("rename us usa");
    editor.open("graph.ron", GRAPH);
    editor.findings_settled();
    let warning = |edit: &str| {
        let ends = "still to be written; the next edit, or `demarche fmt`, finishes it";
        json!({"type": 2, "message": format!("`{edit}` was interrupted: `people.ron` {ends}")})
    };
    assert_eq!(editor.warnings(), [warning("rename us usa")]);
    editor.change(
        "graph.ron",
        json!([{"text": GRAPH.replace("A pact", "A treaty")}]),
    );
    editor.findings_settled();
    assert!(editor.warnings().is_empty());
    killed("remove sao");
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    editor.findings_settled();
    assert_eq!(editor.warnings(), [warning("remove sao")]);
    // It was finished.
    fs::remove_file(&part).unwrap();
    fs::remove_file(&journal).unwrap();
    editor.tell(
        "textDocument/didSave",
        json!({"textDocument": {"uri": editor.uri("graph.ron")}}),
    );
    editor.findings_settled();
    assert!(editor.warnings().is_empty());
}

impl Editor {
    /// The messages for the person who edits, since they were asked for last.
    fn warnings(&mut self) -> Vec<Value> {
        let (messages, rest) = std::mem::take(&mut self.notes)
            .into_iter()
            .partition(|note| note.method == "window/showMessage");
        self.notes = rest;
        let messages: Vec<Notification> = messages;
        messages.into_iter().map(|note| note.params).collect()
    }
}

/// However deep the brackets of a text are, the server lives.
#[test]
fn brackets_without_end_end_nothing() {
    for open in ["(", "[", "{", "Some(", "(\n", "x: ("] {
        let text = format!("Graph(stances: [\n{}", open.repeat(30_000));
        let mut editor = Editor::new(&[("graph.ron", &text)]);
        editor.open("graph.ron", &text);
        for method in ["definition", "completion", "hover"] {
            let at = text.clone() + "|";
            let method = format!("textDocument/{method}");
            let answer = editor.ask_at(&method, "graph.ron", &at, json!({}));
            assert!(answer.is_ok(), "{open} {method}: {answer:?}");
        }
    }
}

/// What tells the day panics here once the graph is loaded, and hover asks for it.
#[test]
fn a_panic_ends_one_request() {
    static IS_LOADED: AtomicBool = AtomicBool::new(false);
    let files = [("graph.ron", GRAPH), ("people.ron", PEOPLE)];
    let mut editor = Editor::at(&files, || match IS_LOADED.load(Ordering::SeqCst) {
        true => panic!("no day"),
        false => Day::of(2024, 7, 1),
    });
    editor.open("graph.ron", GRAPH);
    editor.findings_settled();
    IS_LOADED.store(true, Ordering::SeqCst);
    let text = marked(GRAPH, "position", 0);
    for _ in 0..2 {
        let refused = editor
            .ask_at("textDocument/hover", "graph.ron", &text, json!({}))
            .unwrap_err();
        assert!(refused.contains("a bug in `demarche`"), "{refused}");
    }
    let symbols = json!({"textDocument": {"uri": editor.uri("graph.ron")}});
    assert!(editor.ask("textDocument/documentSymbol", symbols).is_ok());
    editor.ask("shutdown", Value::Null).unwrap();
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.join().unwrap(), 0);
}

/// A server that is opened in a folder with pipes, devices and links that lead round finds the graph of a file, and ends.
#[cfg(unix)]
#[test]
fn a_strange_folder_holds_nobody_up() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let main = "Graph(include: [\"**/*.ron\"])";
    let one = "Graph(actors: {\"us\": (name: \"US\", kind: State)})";
    let mut editor = Editor::new(&[("main.ron", main), ("in/one.ron", one)]);
    let folder = editor.folder.path();
    let pipe = folder.join("pipe.ron");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    symlink("/dev/zero", folder.join("in/zero.ron")).unwrap();
    symlink("..", folder.join("in/up")).unwrap();
    symlink("../..", folder.join("in/twice")).unwrap();
    let latin1 = std::ffi::OsStr::from_bytes(b"caf\xE9.ron");
    fs::write(folder.join(latin1), one).unwrap();
    editor.open("in/one.ron", one);
    assert_eq!(editor.findings("in/one.ron"), [("unused".to_owned(), 0)]);
    let found = editor.findings("main.ron");
    let passed = found.iter().filter(|(code, _)| code == "passed-over");
    assert_eq!(passed.count(), 3, "{found:?}");
    // Its own name comes back as it was sent.
    let uri = format!("file://{}/caf%E9.ron", editor.path("").display()).replace("//caf", "/caf");
    let document = json!({"uri": uri, "languageId": "ron", "version": 1, "text": one});
    editor.tell("textDocument/didOpen", json!({"textDocument": document}));
    let symbols = editor.ask(
        "textDocument/documentSymbol",
        json!({"textDocument": {"uri": uri}}),
    );
    assert!(symbols.unwrap().to_string().contains("us"));
}

#[test]
fn of_many_findings_the_first_are_mended() {
    let ids: Vec<String> = (0..30).map(|nth| format!("\"nosuch{nth}\"")).collect();
    let text = format!(
        "Graph(actors: {{ \"a\": (name: \"A\", kind: State) }}, issues: {{ \"i\": (name: \"I\", question: \"?\") }}, \
         stances: [(actor: \"a\", issue: \"i\", position: Supports, source: [{}])])",
        ids.join(", ")
    );
    let mut editor = Editor::new(&[("graph.ron", &text)]);
    editor.open("graph.ron", &text);
    assert_eq!(editor.findings("graph.ron").len(), 30);
    let params = json!({
        "textDocument": {"uri": editor.uri("graph.ron")},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}},
        "context": {"diagnostics": []},
    });
    let mends = editor.ask("textDocument/codeAction", params).unwrap();
    assert_eq!(mends.as_array().unwrap().len(), 20);
}
