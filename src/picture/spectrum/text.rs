//! A spectrum in characters: the axis above, an actor a line, numbers behind it.

use std::fmt::Write;

use crate::graph::Graph;
use crate::picture::columns::{Strip, hanging, lines, padded, width};
use crate::picture::sign::short_number;
use crate::picture::spectrum::{Placed, Spectrum, TOPIC, Tick};

/// The numbers behind a line: their headings.
const NUMBERS: [&str; 3] = ["stands", "salience", "power"];

/// Writes the spectrum of one issue for a terminal of this width.
pub fn text(graph: &Graph, spectrum: &Spectrum, at_most: usize) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", hanging(&graph.issues[spectrum.issue.index()].name, at_most, 0));
    let _ = writeln!(out, "{}", hanging(spectrum.question.as_deref().unwrap_or(TOPIC), at_most, 0));
    out.push('\n');
    if spectrum.placed.is_empty() {
        let _ = writeln!(out, "Nobody is known to have a place on it.");
    } else {
        axis(&mut out, graph, spectrum, at_most);
    }
    for point in &spectrum.points {
        let _ = writeln!(out, "{} {}", point.letter, hanging(&point.label, at_most, 2));
    }
    if !spectrum.points.is_empty() || !spectrum.aside.is_empty() {
        out.push('\n');
    }
    for (what, who) in spectrum.beside(graph) {
        let _ = writeln!(out, "{}", hanging(&format!("{what}: {}", who.join(", ")), at_most, 2));
    }
    out
}

fn axis(out: &mut String, graph: &Graph, spectrum: &Spectrum, at_most: usize) {
    let named = |placed: &Placed| graph.actors[placed.actor.index()].name.as_ref();
    let longest = spectrum.placed.iter().map(|placed| width(named(placed))).max().unwrap_or(0);
    let names = longest.min((at_most / 4).max(8));
    let numbers = |placed: &Placed| {
        [
            placed.sign.symbol(),
            placed.salience.map_or(String::new(), short_number),
            placed.power.map_or(String::new(), short_number),
        ]
    };
    let used: Vec<usize> = (0..3).filter(|nth| spectrum.placed.iter().any(|placed| !numbers(placed)[*nth].is_empty())).collect();
    let wide = |nth: usize| spectrum.placed.iter().map(|p| width(&numbers(p)[nth])).max().unwrap_or(0).max(NUMBERS[nth].len());
    let tail: usize = used.iter().map(|nth| wide(*nth) + 2).sum();
    let room = at_most.saturating_sub(names + 1 + tail);
    // Where there is no room for numbers beside the axis, they give way to it.
    let (room, used) = if room < 21 { (at_most.saturating_sub(names + 1).max(11), Vec::new()) } else { (room, used) };
    let column = |at: f64| (at * (room - 1) as f64).round() as usize;
    for line in tick_lines(&spectrum.ticks, room, column) {
        let _ = writeln!(out, "{}", format!("{} {line}", " ".repeat(names)).trim_end());
    }
    let mut line = Strip::new(room);
    (0..room).for_each(|at| line.put(at, '─'));
    spectrum.ticks.iter().for_each(|tick| line.put(column(tick.at), '┼'));
    line.put(0, '├');
    line.put(room - 1, '┤');
    spectrum.points.iter().for_each(|point| line.put(column(point.at), point.letter));
    let heads: String = used.iter().map(|nth| format!("  {:>1$}", NUMBERS[*nth], wide(*nth))).collect();
    let _ = writeln!(out, "{} {line}{heads}", " ".repeat(names));
    for placed in &spectrum.placed {
        let mut strip = Strip::new(room);
        spectrum.ticks.iter().for_each(|tick| strip.put(column(tick.at), '·'));
        spectrum.points.iter().for_each(|point| strip.put(column(point.at), '┊'));
        strip.put(column(placed.at), '●');
        let own = numbers(placed);
        let tail: String =
            used.iter().map(|nth| format!("  {}{}", " ".repeat(wide(*nth) - width(&own[*nth])), own[*nth])).collect();
        let name = lines(named(placed), names);
        let strip = strip.to_string();
        let _ = writeln!(out, "{}", format!("{} {}{tail}", padded(&name[0], names), padded(&strip, room)).trim_end());
        for more in &name[1..] {
            let _ = writeln!(out, "{more}");
        }
    }
}

/// The labels of ticks, in as many lines as it takes for none to run into another.
fn tick_lines(ticks: &[Tick], room: usize, column: impl Fn(f64) -> usize) -> Vec<String> {
    let mut strips: Vec<Strip> = Vec::new();
    for tick in ticks {
        for label in lines(&tick.label, room) {
            let start = column(tick.at).saturating_sub(width(&label) / 2).min(room - width(&label));
            if !strips.iter_mut().any(|strip| strip.fit(start, &label)) {
                let mut strip = Strip::new(room);
                strip.fit(start, &label);
                strips.push(strip);
            }
        }
    }
    // Labels that had to give way stand further from the axis.
    strips.iter().rev().map(Strip::to_string).collect()
}
