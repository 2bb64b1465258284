//! Opens a graph and checks it: `cargo run --example check [FILE|FOLDER]`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

use std::time::SystemTime;

use demarche::model::Day;
use demarche::render::diagnostics::{self, Style};
use demarche::{Error, Graph};

fn main() -> Result<(), Error> {
    let path = std::env::args().nth(1);
    let path = path.as_deref().unwrap_or("graphs/blinken-2023.ron");
    let since_1970 = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    let today = Day((since_1970.as_secs() / 86_400) as i32);

    // Half a graph can be checked, too; `Graph::open` would refuse it.
    let mut graph = Graph::open_partial(path)?;
    let findings = graph.check(today).findings;
    let style = Style {
        color: false,
        width: Some(100),
    };
    eprint!("{}", diagnostics::text(&findings, graph.texts(), style));
    println!(
        "{path}: {} actors, {} stances, {} findings",
        graph.actors().len(),
        graph.stances().len(),
        findings.len()
    );
    Ok(())
}
