//! Loads a graph and checks it: `cargo run --example check [FILE|FOLDER]`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

use demarche::{check, diagnostic, disk, render};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "graphs/blinken-2023.ron".to_owned());
    let (mut graph, mut findings) = disk::read(&[&path])?;
    findings.extend(disk::read_copies(&mut graph));
    findings.extend(check::warnings(&graph));
    findings.extend(check::misquotes(&graph));
    diagnostic::sort(&mut findings);
    eprint!(
        "{}",
        render::diagnostics::text(
            &findings,
            graph.texts(),
            render::diagnostics::Style {
                color: false,
                width: Some(100)
            }
        )
    );
    println!(
        "{path}: {} actors, {} stances, {} findings",
        graph.actors().len(),
        graph.stances().len(),
        findings.len()
    );
    Ok(())
}
