//! A server for assistants, by the Model Context Protocol: one line of JSON a message, over any pair
//! of streams. The questions are its tools; none of them writes, opens the net or starts a program.
//!
//! One thread reads, one answers, one keeps order between them, so that `ping` and a cancellation
//! never wait for an answer. The graph is chosen at the start, and read again when its files change.
//!
//! A panic is a bug of ours, and ends a single request; the server goes on.

mod coding;
mod findings;
mod glossary;
mod hide;
mod message;
mod page;
mod prompts;
mod propose;
mod protocol;
mod records;
mod resources;
mod served;
mod tools;

use std::collections::VecDeque;
use std::io::{self, BufRead, Read, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use serde_json::{Map, Value};

use crate::disk::Author;
use crate::edit::{self, Layout, Order};
use crate::error::{Error, OUR_MISTAKE};
use crate::graph::Graph;
use crate::model::Day;
use crate::query::{Noted, View};
pub use hide::Hidden;
use message::{Code, Failed, Message, Request};
use protocol::Conversation;
use served::Served;

/// The longest line accepted, in bytes.
const LONGEST: usize = 1 << 24;

/// Returns records, given as JSON by their sections, as the text of a graph file. Records with ids
/// are an object by their ids, others a list.
///
/// # Errors
/// [`Error::Question`] if a section, a field or a value is not one of the format.
pub fn written(sections: &Map<String, Value>) -> Result<String, Error> {
    let text = records::graph(sections);
    let text = text.map_err(|refusal| Error::Question {
        reason: refusal.message,
        help: refusal.help,
    })?;
    let layout = Layout {
        order: Order::OfFormat,
        ..Layout::default()
    };
    edit::format(&text, layout).map_err(|found| Error::Question {
        reason: "these records can't be written".to_owned(),
        help: found.iter().map(|finding| finding.in_a_line()).collect(),
    })
}

/// What the server starts with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The files and folders of the graph.
    pub graph: Vec<PathBuf>,
    /// Returns today's date; positions are given as of it unless the graph has its own day.
    pub today: fn() -> Day,
    /// The author of edits: what their killed edits left behind is reported.
    pub author: Author,
    /// What is never sent.
    pub without: Vec<Hidden>,
    /// Answers a question by its name.
    pub ask: Ask,
    /// Returns what a question is about, and the JSON schema of its arguments.
    pub described: fn(&str) -> Option<(String, Value)>,
}

/// Answers a question about a graph, as of today, by its name and arguments.
pub type Ask = fn(&Graph, Day, &str, &Map<String, Value>, &mut Take<'_>) -> Result<(), Error>;

/// What becomes of an answer, and of the view that its ids are of.
pub type Take<'t> = dyn FnMut(&View, &mut dyn Noted) + 't;

/// What happens to the server.
enum Event {
    /// A line came in; `None` is one that is too long.
    Line(Option<Vec<u8>>),
    /// The input has ended.
    End,
    /// A request was answered.
    Done(Result<Value, Failed>),
}

/// Serves one client until its messages end, or nobody reads the answers any more.
pub fn serve(input: impl BufRead + Send + 'static, out: &mut dyn Write, settings: Settings) {
    let (sender, events) = channel();
    let (jobs, requests) = channel();
    let done = sender.clone();
    // The reader may block on input for ever; it ends with the process.
    thread::spawn(move || read(input, &sender));
    thread::spawn(move || work(&requests, &done, Served::new(settings)));
    let mut server = Server {
        conversation: Conversation::default(),
        waiting: VecDeque::new(),
        running: None,
        out,
    };
    // A failure means that nobody reads.
    let _ = server.run(&events, &jobs);
}

/// Forwards the lines of the input.
fn read(mut input: impl BufRead, to: &Sender<Event>) {
    loop {
        let mut line = Vec::new();
        let read = (&mut input)
            .take(LONGEST as u64)
            .read_until(b'\n', &mut line);
        let is_whole = line.last() == Some(&b'\n') || line.len() < LONGEST;
        let line = match read {
            Ok(1..) if is_whole => Some(line),
            Ok(1..) if skip_line(&mut input).is_ok() => None,
            _ => break,
        };
        if to.send(Event::Line(line)).is_err() {
            break;
        }
    }
    let _ = to.send(Event::End);
}

/// Reads to the end of a line without keeping it.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let ahead = input.fill_buf()?;
        let end = memchr::memchr(b'\n', ahead);
        let length = end.map_or(ahead.len(), |end| end + 1);
        input.consume(length);
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}

/// Answers requests, one after the other. A panic ends only one.
fn work(requests: &Receiver<Request>, done: &Sender<Event>, mut served: Served) {
    for request in requests {
        let answer = AssertUnwindSafe(|| protocol::answer(&mut served, &request));
        let answer = panic::catch_unwind(answer).unwrap_or_else(|_| {
            served.forget();
            let message = format!("`{}` has no answer: {OUR_MISTAKE}", request.method);
            Err(Failed::new(Code::Internal, message))
        });
        if done.send(Event::Done(answer)).is_err() {
            return;
        }
    }
}

struct Server<'a> {
    conversation: Conversation,
    /// Requests that wait for an answer, in the order in which they came.
    waiting: VecDeque<Request>,
    /// The request that is being answered, and whether its answer is still wanted.
    running: Option<(Request, bool)>,
    out: &'a mut dyn Write,
}

impl Server<'_> {
    fn run(&mut self, events: &Receiver<Event>, jobs: &Sender<Request>) -> io::Result<()> {
        let mut ended = false;
        loop {
            if self.running.is_none() {
                match self.waiting.pop_front() {
                    Some(request) => {
                        if jobs.send(request.clone()).is_err() {
                            return Ok(());
                        }
                        self.running = Some((request, true));
                    }
                    None if ended => return Ok(()),
                    None => {}
                }
            }
            match events.recv() {
                Ok(Event::Line(line)) => self.line(line)?,
                Ok(Event::Done(answer)) => self.done(answer)?,
                Ok(Event::End) => ended = true,
                Err(_) => return Ok(()),
            }
        }
    }

    /// Handles a line. Requests that need no graph are answered at once.
    fn line(&mut self, line: Option<Vec<u8>>) -> io::Result<()> {
        let message = match line {
            Some(line) if line.trim_ascii().is_empty() => return Ok(()),
            Some(line) => message::parsed(&line),
            None => {
                let message = format!("a message has more than {LONGEST} bytes");
                Err((Value::Null, Failed::new(Code::Request, message)))
            }
        };
        match message {
            Err((id, failed)) => self.send(&id, Err(failed)),
            Ok(Message::Response) => Ok(()),
            Ok(Message::Notification { method, params }) => {
                if method == "notifications/cancelled" {
                    self.cancel(params.get("requestId"));
                }
                Ok(())
            }
            Ok(Message::Request(request)) => match self.conversation.at_once(&request) {
                Some(answer) => self.send(&request.id, answer),
                None => {
                    self.waiting.push_back(request);
                    Ok(())
                }
            },
        }
    }

    /// Drops a request whose answer is no longer wanted: there is none then.
    fn cancel(&mut self, id: Option<&Value>) {
        self.waiting.retain(|request| Some(&request.id) != id);
        if let Some((request, wanted)) = &mut self.running
            && Some(&request.id) == id
        {
            *wanted = false;
        }
    }

    fn done(&mut self, answer: Result<Value, Failed>) -> io::Result<()> {
        match self.running.take() {
            Some((request, true)) => {
                let answer = answer.map(|result| protocol::stamped(&request, result));
                self.send(&request.id, answer)
            }
            _ => Ok(()),
        }
    }

    fn send(&mut self, id: &Value, answer: Result<Value, Failed>) -> io::Result<()> {
        self.out
            .write_all(message::response(id, answer).as_bytes())?;
        self.out.flush()
    }
}
