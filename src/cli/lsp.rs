//! `demarche lsp`: the language server over standard input and output.
//!
//! A message is a length followed by that many bytes. After a wrong length, the start of the next
//! message is unknown: the server says so and ends, rather than wait in silence.

use std::io::{self, BufRead, Read};
use std::path::PathBuf;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{Message, Notification};

use crate::cli::out;
use crate::cli::session::{home, today};
use crate::disk::Author;
use crate::lsp::{Settings, serve};
use crate::render::Paint;

/// The largest message accepted, in bytes.
const LARGEST: usize = 1 << 30;

/// Serves the client at standard input and output; `graph` is what the command line or the
/// environment names.
pub(super) fn run(graph: Vec<PathBuf>, author: Author) -> u8 {
    let (to_server, messages) = unbounded();
    let (answers, to_client) = unbounded();
    let complaints = answers.clone();
    // The reader may block on input for ever; it ends with the process.
    thread::spawn(move || {
        if let Err(lost) = read(&mut io::stdin().lock(), &to_server, &complaints) {
            out::complain(&format!("error: {lost}"), Paint::Plain);
            drop(complaints.send(notice("window/showMessage", &lost)));
        }
    });
    let writer = thread::spawn(move || write(&to_client));
    let graph = graph
        .into_iter()
        .map(|path| path.canonicalize().unwrap_or(path))
        .collect();
    let settings = Settings {
        graph,
        home: home(),
        today,
        author,
    };
    let code = serve(&messages, &answers, settings);
    // The reader still holds a sender, so the channel never closes: `END` tells the writer to stop.
    drop(answers.send(Message::Notification(Notification {
        method: END.to_owned(),
        params: serde_json::Value::Null,
    })));
    drop(writer.join());
    code
}

/// The method of the last message, which is not sent.
const END: &str = "$/end";

fn write(messages: &Receiver<Message>) {
    let mut out = io::stdout().lock();
    for message in messages {
        let is_end = matches!(&message, Message::Notification(last) if last.method == END);
        if is_end || message.write(&mut out).is_err() {
            return;
        }
    }
}

/// Forwards messages until the input ends; skips and reports those that are malformed.
///
/// # Errors
/// Fails, saying why, if the start of the next message is no longer known.
fn read(
    input: &mut impl BufRead,
    messages: &Sender<Message>,
    complaints: &Sender<Message>,
) -> Result<(), String> {
    while let Some(content) = next(input)? {
        let sent = match serde_json::from_slice::<Message>(&content) {
            Ok(message) => messages.send(message),
            Err(error) => {
                let passed = format!("a malformed message was passed over: {error}");
                let sent = complaints.send(notice("window/logMessage", &passed));
                if !error.is_data() && !begins_message(input) {
                    let size = content.len();
                    return Err(wrong_length(format!(
                        "{size} bytes are not a whole message"
                    )));
                }
                sent
            }
        };
        if sent.is_err() {
            break;
        }
    }
    Ok(())
}

fn wrong_length(reason: impl std::fmt::Display) -> String {
    format!("a message has a wrong `Content-Length`, so the server ends: {reason}")
}

fn notice(method: &str, said: &str) -> Message {
    let params = serde_json::json!({ "type": 1, "message": format!("demarche: {said}") });
    Message::Notification(Notification {
        method: method.to_owned(),
        params,
    })
}

/// Returns whether the input ends here, or goes on with the header of a message.
fn begins_message(input: &mut impl BufRead) -> bool {
    const HEADER: &[u8] = b"content-";
    input.fill_buf().is_ok_and(|ahead| {
        let seen = ahead.len().min(HEADER.len());
        ahead[..seen].eq_ignore_ascii_case(&HEADER[..seen])
    })
}

/// Reads the content of the next message; `None` at the end of the input.
fn next(input: &mut impl BufRead) -> Result<Option<Vec<u8>>, String> {
    let Some(size) = length(input)? else {
        return Ok(None);
    };
    let mut content = Vec::new();
    while content.len() < size {
        let ahead = match input.fill_buf() {
            Ok(ahead) if !ahead.is_empty() => ahead,
            // The input ends in the middle of a message.
            _ => return Ok(None),
        };
        let taken = ahead.len().min(size - content.len());
        content.extend(&ahead[..taken]);
        input.consume(taken);
        // Nothing can follow a whole message: its sender is now waiting for an answer.
        if content.len() < size && content.ends_with(b"}") && is_whole(&content) {
            return Err(wrong_length(format!(
                "{size} bytes were announced, {} came",
                content.len()
            )));
        }
    }
    Ok(Some(content))
}

fn is_whole(content: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(content).is_ok()
}

/// Reads the next message's length from its header; `None` at the end of the input.
fn length(input: &mut impl BufRead) -> Result<Option<usize>, String> {
    let mut size: Option<usize> = None;
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(1 << 16).read_until(b'\n', &mut line);
        if read.is_err() || line.is_empty() {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let header = line.trim_end();
        match (header, size) {
            ("", Some(size)) if size > LARGEST => {
                return Err(wrong_length(format!("{size} bytes are too many")));
            }
            ("", Some(size)) => return Ok(Some(size)),
            ("", None) => return Err(wrong_length("it has none")),
            _ => {}
        }
        let Some((name, value)) = header.split_once(':') else {
            let begins: String = header.chars().take(40).collect();
            return Err(wrong_length(format!("`{begins}` is not a header")));
        };
        if name.eq_ignore_ascii_case("content-length") {
            let value = value.trim();
            let number = value.parse();
            size = Some(number.map_err(|_| wrong_length(format!("`{value}` is not a number")))?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what an input leads to: the methods of its messages, the number of complaints, and
    /// how it ends.
    fn outcome(input: &str) -> (Vec<String>, usize, Result<(), String>) {
        let ((sender, messages), (complain, complaints)) = (unbounded(), unbounded());
        let ended = read(&mut input.as_bytes(), &sender, &complain);
        drop((sender, complain));
        let methods = messages.iter().map(|message| match message {
            Message::Notification(notification) => notification.method,
            other => format!("{other:?}"),
        });
        (methods.collect(), complaints.iter().count(), ended)
    }

    const EXIT: &str = "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";

    fn message(content: &str, length: impl std::fmt::Display) -> String {
        format!("Content-Length: {length}\r\n\r\n{content}")
    }

    #[test]
    fn what_is_no_message_is_passed_over() {
        let input = message("{}]", 3)
            + "content-length:2\r\nX: y\r\n\r\n[]"
            + &message(EXIT, EXIT.len())
            + &message("{", 9);
        assert_eq!(outcome(&input), (vec!["exit".to_owned()], 2, Ok(())));
    }

    #[test]
    fn a_wrong_length_ends_it_with_a_word() {
        let right = message(EXIT, EXIT.len());
        let wrong = [
            (message(EXIT, EXIT.len() - 1), "not a whole"),
            (message(EXIT, EXIT.len() + 5), "33 came"),
            (message(EXIT, "x"), "`x` is not a number"),
            (message(EXIT, "-3"), "`-3` is not a number"),
            (message(EXIT, "99999999999999999999999"), "is not a number"),
            (message(EXIT, "99999999999"), "too many"),
            (format!("X: y\r\n\r\n{EXIT}"), "it has none"),
            ("hello\r\n".to_owned(), "`hello` is not a header"),
        ];
        for (input, expected) in wrong {
            for input in [input.clone(), input + &right] {
                // What follows may be taken for the rest of the message.
                let (methods, _, ended) = outcome(&(right.clone() + &input));
                let said = ended.unwrap_err();
                let said_so = said.contains(expected) || said.contains("not a whole");
                assert!(said_so, "{input}: {said}");
                assert_eq!(methods, ["exit"], "{input}");
            }
        }
    }
}
