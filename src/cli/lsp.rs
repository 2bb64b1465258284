//! `demarche lsp`: the language server over standard input and output.

use std::io::{self, BufRead, Read};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{Message, Notification};

use crate::cli::session::{home, today};
use crate::lsp::{Settings, serve};

/// A message larger than this is no message.
const LARGEST: usize = 1 << 30;

/// Serves the client at standard input and output; `graph` is what the command line or the environment names.
pub(super) fn run(graph: Vec<PathBuf>) -> ExitCode {
    let (to_server, messages) = unbounded();
    let (answers, to_client) = unbounded();
    let complaints = answers.clone();
    // The reader may wait for input for ever: it ends with the process.
    thread::spawn(move || read(&mut io::stdin().lock(), &to_server, &complaints));
    let writer = thread::spawn(move || write(&to_client));
    let graph = graph
        .into_iter()
        .map(|path| path.canonicalize().unwrap_or(path))
        .collect();
    let code = serve(
        &messages,
        &answers,
        Settings {
            graph,
            home: home(),
            today,
        },
    );
    // The reader's sender is still there: that there is no more to say is said by an end of its own.
    drop(answers.send(Message::Notification(Notification {
        method: END.to_owned(),
        params: serde_json::Value::Null,
    })));
    drop(writer.join());
    ExitCode::from(code)
}

/// The last message, which is not sent.
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

/// Hands on what comes in; what is no message is passed over, and said so.
fn read(input: &mut impl BufRead, messages: &Sender<Message>, complaints: &Sender<Message>) {
    loop {
        let sent = match next(input) {
            Ok(Some(content)) => match serde_json::from_slice::<Message>(&content) {
                Ok(message) => messages.send(message),
                Err(error) => complaints.send(complaint(&error.to_string())),
            },
            Ok(None) => return,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                complaints.send(complaint(&error.to_string()))
            }
            Err(_) => return,
        };
        if sent.is_err() {
            return;
        }
    }
}

fn complaint(reason: &str) -> Message {
    let params = serde_json::json!({ "type": 1, "message": format!("demarche: a malformed message was passed over: {reason}") });
    Message::Notification(Notification {
        method: "window/logMessage".to_owned(),
        params,
    })
}

/// The content of the next message; none at the end of the input.
fn next(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut size: Option<usize> = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(1 << 16).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        match line.trim_end() {
            "" if size.is_some() => break,
            "" => {}
            header => {
                let value = header
                    .split_once(':')
                    .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
                size = value.map_or(size, |(_, value)| value.trim().parse().ok());
            }
        }
    }
    let size = size.unwrap_or(0);
    if size > LARGEST {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{size} bytes are too many"),
        ));
    }
    let mut content = Vec::new();
    let read = input.by_ref().take(size as u64).read_to_end(&mut content)?;
    if read < size {
        Ok(None)
    } else {
        Ok(Some(content))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_passed_over() {
        let whole = "Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
        let input = format!(
            "hello\r\n\r\nContent-Length: 3\r\n\r\n{{}}]content-length:2\r\nX: y\r\n\r\n[]Content-Length: 99999999999999\r\n\r\n{whole}Content-Length: 9\r\n\r\n{{"
        );
        let ((sender, messages), (complain, complaints)) = (unbounded(), unbounded());
        read(&mut input.as_bytes(), &sender, &complain);
        drop((sender, complain));
        assert_eq!(complaints.iter().count(), 3);
        let found: Vec<Message> = messages.iter().collect();
        assert!(
            matches!(&found[..], [Message::Notification(last)] if last.method == "exit"),
            "{found:?}"
        );
    }
}
