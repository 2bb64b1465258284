//! The language server: answers an editor's requests about an open text from the graph that the
//! text belongs to.
//!
//! [`state`](self) keeps the texts and graphs. Graphs are loaded on another thread, so that
//! completion never waits for one. Requests that need exact spans (definitions, renames) wait until
//! the graph is loaded from the current texts; completion uses the graph as last loaded.
//! Half-written text is read by [`crate::syntax::walk`].
//!
//! A panic is a bug of ours, and ends a single request, change or load; the server goes on.

mod actions;
mod complete;
mod convert;
mod cursor;
mod find;
mod hover;
mod navigate;
mod outline;
mod state;
mod tokens;

use std::panic::{self, AssertUnwindSafe};

use crossbeam_channel::{Receiver, Sender, select, unbounded};
use gen_lsp_types as lsp;
use lsp::LspRequestMethod as Method;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;

use crate::error::OUR_MISTAKE;
use crate::words::Unit;
pub use state::Settings;
use state::{Done, State, load, work};

/// Why a request is refused, in words for the user.
pub(crate) type Refusal = String;

/// Serves one client until it sends `exit` or disconnects. Returns the exit code: 0 if it sent
/// `shutdown` before, else 1.
pub fn serve(messages: &Receiver<Message>, answers: &Sender<Message>, settings: Settings) -> u8 {
    let (job_sender, job_receiver) = unbounded();
    let (done_sender, done_receiver) = unbounded();
    let (author, today) = (settings.author.clone(), settings.today);
    std::thread::scope(|scope| {
        scope.spawn(move || work(&job_receiver, &done_sender, |job| load(job, &author, today)));
        let state = State::new(settings, Unit::default(), false, job_sender);
        let mut server = Server {
            state,
            answers,
            waiting: Vec::new(),
            phase: Phase::New,
            watches: false,
        };
        server.run(messages, &done_receiver)
    })
}

/// The stage of the conversation.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    New,
    Running,
    ShutDown,
}

struct Server<'a> {
    state: State,
    answers: &'a Sender<Message>,
    /// Requests that wait until the graph is loaded from the current texts.
    waiting: Vec<Request>,
    phase: Phase,
    /// Whether the client can be asked to watch files.
    watches: bool,
}

impl Server<'_> {
    fn run(&mut self, messages: &Receiver<Message>, done: &Receiver<Done>) -> u8 {
        loop {
            select! {
                recv(messages) -> message => {
                    let Ok(message) = message else { break };
                    if self.message(message) {
                        break;
                    }
                    // Applies all pending messages first, so that the graph is loaded only once.
                    while let Ok(message) = messages.try_recv() {
                        if self.message(message) {
                            return self.code();
                        }
                    }
                }
                recv(done) -> done => {
                    let Ok(done) = done else { break };
                    self.guarded("the graph could not be loaded", |server| server.loaded(done));
                }
            }
            self.state.load_next();
        }
        self.code()
    }

    /// Takes over a loaded graph, publishes its findings, and answers the requests that waited for
    /// it.
    fn loaded(&mut self, done: Done) {
        if done.has_failed() {
            self.apologize("the graph could not be loaded");
        }
        for (uri, diagnostics) in self.state.take(done) {
            let params = lsp::PublishDiagnosticsParams {
                uri,
                version: None,
                diagnostics,
            };
            self.notify::<lsp::PublishDiagnosticsNotification>(params);
        }
        for message in self.state.unfinished() {
            let params = lsp::ShowMessageParams::new(lsp::MessageType::Warning, message);
            self.notify::<lsp::ShowMessageNotification>(params);
        }
        for request in std::mem::take(&mut self.waiting) {
            self.request(request);
        }
    }

    fn code(&self) -> u8 {
        u8::from(self.phase != Phase::ShutDown)
    }

    fn send(&self, message: impl Into<Message>) {
        // If the client is gone, its messages end as well.
        let _ = self.answers.send(message.into());
    }

    fn notify<N: lsp::Notification>(&self, params: N::Params) {
        self.send(Notification::new(String::from(N::METHOD), params));
    }

    /// Handles a message; returns whether it is the last.
    fn message(&mut self, message: Message) -> bool {
        let method = match &message {
            Message::Request(Request { method, .. })
            | Message::Notification(Notification { method, .. }) => method.clone(),
            Message::Response(_) => return false,
        };
        let take = |server: &mut Self| match message {
            Message::Notification(notification) => server.notification(notification),
            Message::Request(request) => {
                server.request(request);
                false
            }
            Message::Response(_) => false,
        };
        self.guarded(&format!("`{method}` could not be handled"), take)
            .unwrap_or(false)
    }

    /// Runs `work`, or reports a panic. State may be left half changed then; the next change
    /// repairs it.
    fn guarded<T>(&mut self, failed: &str, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let done = panic::catch_unwind(AssertUnwindSafe(|| work(self))).ok();
        if done.is_none() {
            self.apologize(failed);
        }
        done
    }

    /// Tells the user about a panic.
    fn apologize(&self, what: &str) {
        let message = format!("demarche: {what}: {OUR_MISTAKE}");
        self.notify::<lsp::ShowMessageNotification>(lsp::ShowMessageParams::new(
            lsp::MessageType::Error,
            message,
        ));
    }

    fn notification(&mut self, notification: Notification) -> bool {
        let Notification { method, params } = notification;
        match method.as_str() {
            "exit" => return true,
            "initialized" if self.watches => self.watch_files(),
            "textDocument/didOpen" => {
                if let Some(lsp::DidOpenTextDocumentParams { text_document }) = parsed(params) {
                    self.state.open(text_document.uri, text_document.text);
                }
            }
            "textDocument/didChange" => {
                if let Some(lsp::DidChangeTextDocumentParams {
                    text_document,
                    content_changes,
                }) = parsed(params)
                {
                    self.state
                        .change(&text_document.text_document_identifier.uri, content_changes);
                }
            }
            "textDocument/didClose" => {
                if let Some(lsp::DidCloseTextDocumentParams { text_document }) = parsed(params) {
                    self.state.close(&text_document.uri);
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                self.state.files_changed()
            }
            "$/cancelRequest" => {
                let id = params
                    .get("id")
                    .cloned()
                    .and_then(|id| serde_json::from_value::<RequestId>(id).ok());
                if let Some(nth) = self
                    .waiting
                    .iter()
                    .position(|request| Some(&request.id) == id.as_ref())
                {
                    let request = self.waiting.remove(nth);
                    self.refuse(request.id, ErrorCode::RequestCanceled, "cancelled");
                }
            }
            _ => {}
        }
        false
    }

    fn watch_files(&self) {
        let watcher = serde_json::json!({ "registrations": [{
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": [{ "globPattern": "**/*.ron" }] },
        }]});
        self.send(Request::new(
            RequestId::from("files".to_owned()),
            "client/registerCapability".to_owned(),
            watcher,
        ));
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, message: impl Into<String>) {
        self.send(Response::new_err(id, code as i32, message.into()));
    }

    fn request(&mut self, request: Request) {
        let name = request.method.clone();
        let method = Method::from(name.as_str());
        match (self.phase, method) {
            (Phase::New, Method::Initialize) => self.initialize(request),
            (Phase::New, _) => self.refuse(
                request.id,
                ErrorCode::ServerNotInitialized,
                "`initialize` comes first",
            ),
            (Phase::ShutDown, _) => self.refuse(
                request.id,
                ErrorCode::InvalidRequest,
                "the server is shut down",
            ),
            (Phase::Running, Method::Shutdown) => {
                self.phase = Phase::ShutDown;
                for waiting in std::mem::take(&mut self.waiting) {
                    self.refuse(
                        waiting.id,
                        ErrorCode::RequestCanceled,
                        "the server is shut down",
                    );
                }
                self.send(Response::new_ok(request.id, ()));
            }
            (Phase::Running, method) if !answered_at_once(method) && self.must_wait(&request) => {
                self.waiting.push(request)
            }
            (Phase::Running, method) => self.answer(request, method),
        }
    }

    fn must_wait(&self, request: &Request) -> bool {
        match request
            .params
            .pointer("/textDocument/uri")
            .and_then(|uri| uri.as_str())
        {
            Some(uri) => !self.state.is_fresh(&lsp::Uri(uri.to_owned())),
            None => !self.state.all_fresh(),
        }
    }

    fn initialize(&mut self, request: Request) {
        let can = |pointer: &str| {
            request
                .params
                .pointer(pointer)
                .and_then(|can| can.as_bool())
                .unwrap_or(false)
        };
        self.state.snippets =
            can("/capabilities/textDocument/completion/completionItem/snippetSupport");
        self.watches = can("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration");
        let encodings = request
            .params
            .pointer("/capabilities/general/positionEncodings")
            .and_then(|list| list.as_array());
        let utf8 = encodings.is_some_and(|list| list.iter().any(|encoding| encoding == "utf-8"));
        self.state.unit = if utf8 { Unit::Bytes } else { Unit::Utf16 };
        self.phase = Phase::Running;
        self.send(Response::new_ok(request.id, capabilities(self.state.unit)));
    }

    /// Answers a request, or responds with an error after a panic. Answering changes no state.
    fn answer(&self, request: Request, method: Method<'_>) {
        let id = request.id.clone();
        let failed = || {
            let message = format!("`{}` has no answer: {OUR_MISTAKE}", method);
            Response::new_err(id, ErrorCode::InternalError as i32, message)
        };
        let answer = AssertUnwindSafe(|| answer(&self.state, request, method));
        self.send(panic::catch_unwind(answer).unwrap_or_else(|_| failed()));
    }
}

fn answer(state: &State, request: Request, method: Method<'_>) -> Response {
    match method {
        Method::TextDocumentCompletion => {
            reply::<lsp::CompletionRequest>(state, request, complete::complete)
        }
        Method::CompletionItemResolve => {
            reply::<lsp::CompletionResolveRequest>(state, request, complete::resolve)
        }
        Method::TextDocumentHover => reply::<lsp::HoverRequest>(state, request, hover::hover),
        Method::TextDocumentDefinition => {
            reply::<lsp::DefinitionRequest>(state, request, navigate::definition)
        }
        Method::TextDocumentReferences => {
            reply::<lsp::ReferencesRequest>(state, request, navigate::references)
        }
        Method::TextDocumentDocumentHighlight => {
            reply::<lsp::DocumentHighlightRequest>(state, request, navigate::highlights)
        }
        Method::TextDocumentPrepareRename => {
            reply::<lsp::PrepareRenameRequest>(state, request, navigate::prepare_rename)
        }
        Method::TextDocumentRename => reply::<lsp::RenameRequest>(state, request, navigate::rename),
        Method::TextDocumentPrepareCallHierarchy => {
            reply::<lsp::CallHierarchyPrepareRequest>(state, request, navigate::hierarchy)
        }
        Method::CallHierarchyIncomingCalls => {
            reply::<lsp::CallHierarchyIncomingCallsRequest>(state, request, navigate::incoming)
        }
        Method::CallHierarchyOutgoingCalls => {
            reply::<lsp::CallHierarchyOutgoingCallsRequest>(state, request, navigate::outgoing)
        }
        Method::TextDocumentDocumentSymbol => {
            reply::<lsp::DocumentSymbolRequest>(state, request, outline::symbols)
        }
        Method::WorkspaceSymbol => {
            reply::<lsp::WorkspaceSymbolRequest>(state, request, outline::workspace_symbols)
        }
        Method::TextDocumentFoldingRange => {
            reply::<lsp::FoldingRangeRequest>(state, request, outline::folds)
        }
        Method::TextDocumentDocumentLink => {
            reply::<lsp::DocumentLinkRequest>(state, request, outline::links)
        }
        Method::TextDocumentInlayHint => {
            reply::<lsp::InlayHintRequest>(state, request, tokens::hints)
        }
        Method::TextDocumentSemanticTokensFull => {
            reply::<lsp::SemanticTokensRequest>(state, request, tokens::tokens)
        }
        Method::TextDocumentCodeAction => {
            reply::<lsp::CodeActionRequest>(state, request, actions::actions)
        }
        Method::TextDocumentFormatting => {
            reply::<lsp::DocumentFormattingRequest>(state, request, actions::format)
        }
        Method::TextDocumentRangeFormatting => {
            reply::<lsp::DocumentRangeFormattingRequest>(state, request, actions::format_range)
        }
        _ => {
            let message = format!("`{}` is not supported", request.method);
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
        }
    }
}

/// Returns whether a request is answered without waiting, from the text and the graph as last
/// loaded.
fn answered_at_once(method: Method<'_>) -> bool {
    matches!(
        method,
        Method::TextDocumentCompletion
            | Method::CompletionItemResolve
            | Method::TextDocumentFormatting
            | Method::TextDocumentRangeFormatting
            | Method::TextDocumentFoldingRange
            | Method::TextDocumentSemanticTokensFull
            | Method::TextDocumentDocumentSymbol
    )
}

fn parsed<T: DeserializeOwned>(params: serde_json::Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

fn reply<R: lsp::Request>(
    state: &State,
    request: Request,
    answer: impl FnOnce(&State, R::Params) -> Result<R::Result, Refusal>,
) -> Response {
    let params = match serde_json::from_value(request.params) {
        Ok(params) => params,
        Err(error) => {
            return Response::new_err(
                request.id,
                ErrorCode::InvalidParams as i32,
                format!("{}: {error}", request.method),
            );
        }
    };
    match answer(state, params) {
        Ok(result) => Response::new_ok(request.id, result),
        Err(refusal) => Response::new_err(request.id, ErrorCode::RequestFailed as i32, refusal),
    }
}

/// Returns the server's capabilities in the protocol's format.
fn capabilities(unit: Unit) -> serde_json::Value {
    let encoding = if unit == Unit::Bytes {
        "utf-8"
    } else {
        "utf-16"
    };
    serde_json::json!({
        "serverInfo": { "name": "demarche", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": encoding,
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "completionProvider": { "triggerCharacters": ["\"", ":", " ", "(", "["], "resolveProvider": true },
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "renameProvider": { "prepareProvider": true },
            "callHierarchyProvider": true,
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "foldingRangeProvider": true,
            "documentLinkProvider": {},
            "inlayHintProvider": true,
            "semanticTokensProvider": { "legend": tokens::legend(), "full": true },
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
        },
    })
}
