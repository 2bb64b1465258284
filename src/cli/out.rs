//! Text written to standard output and standard error, with characters that a terminal would obey
//! made visible.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};

use crate::cli::{Failure, progress};
use crate::disk;
use crate::render::{Lined, Paint};
use crate::words::{shown, shown_painted};

/// Prints text for people to standard output.
pub(super) fn print(text: &str, paint: Paint) -> Result<(), Failure> {
    written(&seen(text, paint))
}

/// Prints data for programs to standard output: unchanged, unless a terminal shows it.
pub(super) fn print_data(text: &str, paint: Paint) -> Result<(), Failure> {
    if is_seen(paint) {
        print(text, paint)
    } else {
        written(text)
    }
}

/// Prints what is written, line by line, as [`print`] does: it never is in memory as a whole.
pub(super) fn stream(
    paint: Paint,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    make_room();
    let mut out = io::stdout().lock();
    let mut lines = Lined::new(
        &mut out,
        match paint {
            Paint::Plain => &shown,
            Paint::Coloured => &painted,
        },
    );
    unless_closed(write(&mut lines).and_then(|()| lines.finish()))
}

/// Like [`stream`], but for data without colours of ours: unchanged, unless a terminal shows it.
pub(super) fn stream_data(
    paint: Paint,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    if is_seen(paint) {
        return stream(Paint::Plain, write);
    }
    make_room();
    let mut out = BufWriter::new(io::stdout().lock());
    unless_closed(write(&mut out).and_then(|()| out.flush()))
}

/// Returns whether a terminal shows the output. With colours requested, one is assumed at the end
/// of a pipe.
fn is_seen(paint: Paint) -> bool {
    paint == Paint::Coloured || io::stdout().is_terminal()
}

/// Prints a message to standard error.
pub(super) fn complain(message: &str, paint: Paint) {
    // There is nowhere left to report a failure to.
    progress::aside(|| {
        let _ = writeln!(io::stderr().lock(), "{}", seen(message, paint));
    });
}

/// Prints an error to standard error and returns the exit code.
pub(super) fn failed(failure: &Failure, paint: Paint) -> u8 {
    if !failure.shown.is_empty() {
        complain(failure.shown.trim_end(), paint);
    }
    complain(&format!("error: {}", failure.message), Paint::Plain);
    for help in &failure.help {
        complain(&format!("help: {help}"), Paint::Plain);
    }
    2
}

/// Prints help, or a command-line error; returns the exit code.
pub(super) fn help(error: &clap::Error) -> u8 {
    let stream = match error.use_stderr() {
        true => anstream::AutoStream::choice(&io::stderr()),
        false => anstream::AutoStream::choice(&io::stdout()),
    };
    let plain = error.render().to_string();
    let (text, paint) = match stream {
        anstream::ColorChoice::Never => (plain, Paint::Plain),
        // Escapes typed by the user can't be told from the message's own colours.
        _ if plain.contains('\u{1b}') => (plain, Paint::Plain),
        _ => (error.render().ansi().to_string(), Paint::Coloured),
    };
    if error.use_stderr() {
        // There is nowhere left to report a failure to.
        let _ = io::stderr().lock().write_all(seen(&text, paint).as_bytes());
    } else if let Err(failure) = print(&text, paint) {
        return failed(&failure, Paint::Plain);
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}

/// Prints what was done to files. If printing fails, the error says so: the work is done all the
/// same.
pub(super) fn print_done(said: &str) -> Result<(), Failure> {
    print(said, Paint::Plain)
        .map_err(|failure| failure.help(format!("it was done anyway: {}", said.trim_end())))
}

/// Clears the line about progress for good, if the answer comes on the terminal that shows it.
fn make_room() {
    if io::stdout().is_terminal() {
        progress::end();
    }
}

fn painted(text: &str) -> Cow<'_, str> {
    Cow::Owned(shown_painted(text))
}

fn seen(text: &str, paint: Paint) -> String {
    match paint {
        Paint::Plain => shown(text).into_owned(),
        Paint::Coloured => shown_painted(text),
    }
}

fn written(text: &str) -> Result<(), Failure> {
    make_room();
    let mut out = io::stdout().lock();
    unless_closed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Turns the result of writing to standard output into a failure. A closed pipe is none: its reader
/// has seen enough.
pub(super) fn unless_closed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(format!(
            "can't write to standard output: {}",
            disk::in_words(&error)
        ))),
        _ => Ok(()),
    }
}
