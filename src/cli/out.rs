//! What leaves the program as text, on standard output and standard error: in it everything is seen.

use std::io::{self, IsTerminal, Write};

use crate::cli::Failure;
use crate::render::Paint;
use crate::text::{shown, shown_painted};

/// Prints what people read to standard output.
pub(super) fn print(text: &str, paint: Paint) -> Result<(), Failure> {
    written(&seen(text, paint))
}

/// Prints what programs read to standard output: as it is, unless a terminal shows it.
pub(super) fn print_data(text: &str, paint: Paint) -> Result<(), Failure> {
    if paint == Paint::Coloured || io::stdout().is_terminal() {
        print(text, paint)
    } else {
        written(text)
    }
}

/// Says something on standard error.
pub(super) fn complain(message: &str, paint: Paint) {
    // There is nowhere left to say that it can't be said.
    let _ = writeln!(io::stderr().lock(), "{}", seen(message, paint));
}

/// Says what is wrong with what was typed, or helps, and ends the program.
pub(super) fn exit(error: &clap::Error) -> ! {
    let is_painted = if error.use_stderr() {
        anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
    } else {
        anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
    };
    let text = match is_painted {
        true => shown_painted(&error.render().ansi().to_string()),
        false => shown(&error.render().to_string()).into_owned(),
    };
    // There is nowhere left to say that it can't be said.
    let _ = match error.use_stderr() {
        true => io::stderr().lock().write_all(text.as_bytes()),
        false => io::stdout().lock().write_all(text.as_bytes()),
    };
    std::process::exit(error.exit_code())
}

fn seen(text: &str, paint: Paint) -> String {
    match paint {
        Paint::Plain => shown(text).into_owned(),
        Paint::Coloured => shown_painted(text),
    }
}

/// Whoever closed standard output early has seen enough.
fn written(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("can't write the answer: {error}")))
        }
        _ => Ok(()),
    }
}
