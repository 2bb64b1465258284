//! The language server: whatever an editor sends, it answers each request once, and ends when it is told to.

use std::collections::BTreeMap;

use crossbeam_channel::unbounded;
use demarche::lsp::{Settings, serve};
use demarche::model::Day;
use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

use super::made::{Tape, graph};

const REQUESTS: &[&str] = &[
    "textDocument/completion",
    "completionItem/resolve",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/prepareCallHierarchy",
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
    "textDocument/documentSymbol",
    "workspace/symbol",
    "textDocument/foldingRange",
    "textDocument/documentLink",
    "textDocument/inlayHint",
    "textDocument/semanticTokens/full",
    "textDocument/codeAction",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "demarche/unknown",
];
const NOTES: &[&str] = &[
    "textDocument/didSave",
    "textDocument/didClose",
    "workspace/didChangeWatchedFiles",
    "$/cancelRequest",
    "demarche/unknown",
];
const URIS: &[&str] = &[
    "file:///no/such/folder/a.ron",
    "file:///no/such/folder/b.ron",
    "untitled:c",
    "x",
];
const TYPED: &[&str] = &[
    "",
    "\"",
    "(",
    ")",
    "a",
    "é😀",
    "\n",
    "\r\n",
    "actor: \"",
    "stances: [(",
    "//",
    "/*",
    ",",
    "At(",
    "\"2024\"",
];

pub fn run(bytes: &[u8]) {
    let tape = &mut Tape(bytes);
    let (to, messages) = unbounded();
    let (answers, from) = unbounded();
    let send = |message: Message| to.send(message).expect("it listens");
    let ask = |id: i32, method: &str, params: Value| {
        send(Message::Request(Request {
            id: RequestId::from(id),
            method: method.to_owned(),
            params,
        }));
    };
    let tell = |method: &str, params: Value| {
        send(Message::Notification(Notification {
            method: method.to_owned(),
            params,
        }));
    };
    ask(0, "initialize", json!({"capabilities": {}}));
    tell("initialized", json!({}));
    let text = graph(tape);
    let document = json!({"uri": URIS[0], "languageId": "ron", "version": 1, "text": text});
    tell("textDocument/didOpen", json!({"textDocument": document}));
    let mut id = 0;
    for version in 2..40 {
        if tape.is_over() {
            break;
        }
        match tape.below(3) {
            0 => {
                id += 1;
                ask(id, tape.one_of(REQUESTS), params(tape));
            }
            1 => {
                let changes: Vec<Value> = (0..1 + tape.below(2))
                    .map(|_| match tape.below(6) {
                        0 => json!({"text": tape.one_of(TYPED)}),
                        _ => json!({"range": range(tape), "text": tape.one_of(TYPED)}),
                    })
                    .collect();
                let document = json!({"uri": tape.one_of(URIS), "version": version});
                tell(
                    "textDocument/didChange",
                    json!({"textDocument": document, "contentChanges": changes}),
                );
            }
            _ => match tape.below(4) {
                0 => {
                    let text = tape.one_of(TYPED);
                    let document = json!({"uri": tape.one_of(URIS), "languageId": "ron", "version": version, "text": text});
                    tell("textDocument/didOpen", json!({"textDocument": document}));
                }
                _ => tell(tape.one_of(NOTES), params(tape)),
            },
        }
    }
    ask(id + 1, "shutdown", Value::Null);
    tell("exit", Value::Null);
    let settings = Settings {
        graph: Vec::new(),
        home: None,
        today: || Day::of(2024, 1, 1),
        author: demarche::disk::Author::default(),
    };
    assert_eq!(serve(&messages, &answers, settings), 0);
    let mut answered: BTreeMap<String, usize> = BTreeMap::new();
    for message in from.try_iter() {
        if let Message::Response(response) = message {
            *answered.entry(response.id.to_string()).or_default() += 1;
        }
    }
    let expected = (0..=id + 1).map(|id| (id.to_string(), 1)).collect();
    assert_eq!(answered, expected);
}

fn position(tape: &mut Tape<'_>) -> Value {
    let line = match tape.below(8) {
        0 => 4_000_000_000_u32,
        _ => tape.below(60) as u32,
    };
    json!({"line": line, "character": tape.below(90)})
}

fn range(tape: &mut Tape<'_>) -> Value {
    let (start, end) = (position(tape), position(tape));
    match tape.below(3) {
        0 => json!({"start": start, "end": start}),
        _ => json!({"start": start, "end": end}),
    }
}

/// Parameters that fit most messages, and now and then none.
fn params(tape: &mut Tape<'_>) -> Value {
    if tape.below(12) == 11 {
        return tape
            .one_of(
                &[
                    json!(null),
                    json!([]),
                    json!({}),
                    json!({"textDocument": 1}),
                ]
                .each_ref(),
            )
            .clone();
    }
    let uri = tape.one_of(URIS);
    let item = json!({"name": "a0", "kind": 2, "uri": uri, "range": range(tape), "selectionRange": range(tape)});
    json!({
        "textDocument": {"uri": uri},
        "position": position(tape),
        "range": range(tape),
        "context": {"includeDeclaration": true, "diagnostics": []},
        "newName": tape.one_of(&["new", "a1", "", "x y", "\u{202e}"]),
        "query": tape.one_of(TYPED),
        "options": {"tabSize": 4, "insertSpaces": true},
        "item": item,
        "label": "a0",
        "data": tape.one_of(&["a0", ""]),
        "id": tape.below(40),
        "changes": [{"uri": uri, "type": 2}],
    })
}
