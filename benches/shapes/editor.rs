//! What an editor asks of the language server about a text of each shape.

use std::path::Path;

use crossbeam_channel::{Receiver, Sender, unbounded};
use demarche::disk::Author;
use demarche::lsp::{Settings, serve};
use demarche::model::Day;
use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

use crate::{Times, timed};

struct Editor {
    to: Sender<Message>,
    from: Receiver<Message>,
}

impl Editor {
    fn tell(&self, method: &str, params: Value) {
        let method = method.to_owned();
        self.to
            .send(Message::Notification(Notification { method, params }))
            .unwrap();
    }

    fn ask(&self, method: &str, params: Value) {
        let id = RequestId::from(0);
        let method = method.to_owned();
        self.to
            .send(Message::Request(Request { id, method, params }))
            .unwrap();
        while !matches!(self.from.recv().unwrap(), Message::Response(_)) {}
    }
}

/// Opens a graph that lies in this file, types a letter in its middle, and asks there.
pub(crate) fn of_graph(source: &str, file: &Path, times: &mut Times) {
    let (to, messages) = unbounded();
    let (answers, from) = unbounded();
    let settings = Settings {
        home: None,
        graph: Vec::new(),
        today: || Day::of(2024, 1, 1),
        author: Author {
            name: String::new(),
            state: None,
        },
    };
    let server = std::thread::spawn(move || serve(&messages, &answers, settings));
    let editor = Editor { to, from };
    editor.ask("initialize", json!({"capabilities": {}}));
    let uri = format!("file://{}", file.canonicalize().unwrap().display());
    let uri = json!(uri);
    let before = &source[..source.floor_char_boundary(source.len() / 2)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let at = json!({
        "line": before.matches('\n').count(),
        "character": before[line_start..].encode_utf16().count(),
    });
    let document = json!({"uri": uri});
    let there = json!({"textDocument": document, "position": at});
    // What asks for exact places waits for the graph, and for what is found in it.
    timed(times, "lsp open", || {
        let opened = json!({"uri": uri, "languageId": "ron", "version": 1, "text": source});
        editor.tell("textDocument/didOpen", json!({"textDocument": opened}));
        editor.ask("textDocument/definition", there.clone());
    });
    timed(times, "lsp change", || {
        let change = json!({"range": {"start": at, "end": at}, "text": "x"});
        let changed = json!({"uri": uri, "version": 2});
        editor.tell(
            "textDocument/didChange",
            json!({"textDocument": changed, "contentChanges": [change]}),
        );
        editor.ask("textDocument/definition", there.clone());
    });
    let end = json!({"line": before.matches('\n').count() + 1, "character": 0});
    let actions = json!({
        "textDocument": document,
        "range": {"start": {"line": 0, "character": 0}, "end": end},
        "context": {"diagnostics": []},
    });
    let asked = [
        ("lsp completion", "textDocument/completion", there.clone()),
        ("lsp hover", "textDocument/hover", there),
        ("lsp actions", "textDocument/codeAction", actions),
        (
            "lsp tokens",
            "textDocument/semanticTokens/full",
            json!({"textDocument": document}),
        ),
        (
            "lsp outline",
            "textDocument/documentSymbol",
            json!({"textDocument": document}),
        ),
    ];
    for (step, method, params) in asked {
        timed(times, step, || editor.ask(method, params));
    }
    editor.ask("shutdown", Value::Null);
    editor.tell("exit", Value::Null);
    server.join().unwrap();
}
