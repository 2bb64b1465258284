//! `demarche mcp`: the server for assistants, over standard input and output.

use std::io::{self, BufReader, IsTerminal};

use clap::{Args, ValueEnum};

use crate::cli::ask::{ask, described};
use crate::cli::session::{Session, today};
use crate::cli::{DONE, Failure};
use crate::disk;
use crate::mcp::{Hidden, Settings, serve};

#[derive(Args, Debug)]
pub(super) struct Mcp {
    /// Never send these: `note`, `quote`, `text` (of sources), `place` (of meetings); separated by
    /// commas
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        value_delimiter = ',',
        value_name = "FIELDS"
    )]
    without: Vec<Hidden>,
}

impl ValueEnum for Hidden {
    fn value_variants<'a>() -> &'a [Hidden] {
        &[Hidden::Note, Hidden::Quote, Hidden::Text, Hidden::Place]
    }
    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(match self {
            Hidden::Note => "note".into(),
            Hidden::Quote => "quote".into(),
            Hidden::Text => "text".into(),
            Hidden::Place => "place".into(),
        })
    }
}

impl Mcp {
    /// Serves the client at standard input and output until it ends.
    pub(super) fn run(&self, session: &Session<'_>) -> Result<u8, Failure> {
        let graph = session.paths()?;
        if graph.iter().any(|path| path.as_os_str() == disk::STDIN) {
            let failure = Failure::new(
                "the graph can't come from standard input: the assistant speaks there",
            );
            return Err(failure.help("name its file or folder with `-g`"));
        }
        if io::stdin().is_terminal() {
            session.complain(
                "note: this waits for an assistant's program on standard input; `demarche help mcp` says more; Ctrl-C ends it",
            );
        }
        let settings = Settings {
            graph,
            today,
            author: session.author(),
            without: self.without.clone(),
            ask,
            described,
        };
        serve(
            BufReader::new(io::stdin()),
            &mut io::stdout().lock(),
            settings,
        );
        Ok(DONE)
    }
}
