//! A spectrum in characters: the axis at the top, then a line per actor, with numbers at its end.

use std::fmt::Write;

use crate::graph::{ActorId, Graph};
use crate::picture::columns::{Strip, hanging, lines, listed, padded};
use crate::picture::sign::{Offered, short_number, symbol};
use crate::picture::spectrum::{Beside, Ruled, Spectrum, Tick, in_a_row, without_question};
use crate::words::width;

/// The headings of the numbers at the end of a line.
const NUMBERS: [&str; 3] = ["stands", "salience", "power"];

/// The mark of an actor whose statements differ, at each of its places.
const CONTESTED: char = '◨';

/// The mark of an offer.
const OFFER: char = '◌';

/// Writes the spectrum of one issue for a terminal `at_most` columns wide.
pub fn text(graph: &Graph, spectrum: &Spectrum, at_most: usize) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", hanging(&graph[spectrum.issue].name, at_most, 0));
    let _ = writeln!(
        out,
        "{}",
        hanging(
            spectrum
                .question
                .as_deref()
                .unwrap_or_else(|| without_question(graph, spectrum.issue)),
            at_most,
            0
        )
    );
    out.push('\n');
    let rows = rows(graph, spectrum);
    if rows.is_empty() {
        let _ = writeln!(out, "No place on it is known.");
    } else {
        axis(&mut out, spectrum, &rows, at_most);
    }
    for point in &spectrum.points {
        let _ = writeln!(
            out,
            "{} {}",
            point.letter,
            hanging(&point.label, at_most, 2)
        );
    }
    if !spectrum.rules.is_empty() {
        let rule = |rule: &Ruled| {
            format!(
                "{} {} {}",
                rule.letter,
                rule.name,
                short_number(rule.number)
            )
        };
        let _ = writeln!(
            out,
            "{}",
            listed(
                &spectrum.rules.iter().map(rule).collect::<Vec<_>>(),
                at_most
            )
        );
        let _ = writeln!(out, "{}", hanging(&spectrum.notes.join(" "), at_most, 0));
    }
    let beside = spectrum.beside(graph);
    if !beside.is_empty() {
        out.push('\n');
    }
    for (beside, who) in beside {
        let what = beside.word(graph, spectrum.issue);
        let what = match beside {
            Beside::Offers => format!("{OFFER} {what}"),
            _ => what,
        };
        let _ = writeln!(
            out,
            "{}",
            hanging(&format!("{what}: {}", in_a_row(&who)), at_most, 2)
        );
    }
    out
}

/// The line of an actor: its places on the axis, and the numbers after it.
struct Row<'s> {
    name: &'s str,
    places: Vec<f64>,
    /// The places of its offers.
    offers: Vec<f64>,
    numbers: [String; 3],
}

fn rows<'s>(graph: &'s Graph, spectrum: &Spectrum) -> Vec<Row<'s>> {
    let name = |actor: ActorId| graph[actor].name.as_ref();
    let number = |number: Option<f64>| number.map_or(String::new(), short_number);
    let offers = |of: ActorId| {
        let placed = spectrum.offers_placed();
        let own = placed.filter(move |(actor, ..)| *actor == of);
        own.map(|(.., at)| at).collect::<Vec<f64>>()
    };
    let offered = |of: ActorId| {
        let own = spectrum.offers.iter().filter(|(actor, _)| *actor == of);
        let own: Vec<Offered> = own.map(|(_, offer)| offer.clone()).collect();
        Offered::symbols(&own)
    };
    let placed = spectrum.placed.iter().map(|placed| Row {
        name: name(placed.actor),
        places: vec![placed.at],
        offers: offers(placed.actor),
        numbers: [
            symbol(placed.position) + &offered(placed.actor),
            number(placed.salience),
            number(placed.power),
        ],
    });
    let contested = spectrum
        .contested()
        .into_iter()
        .map(|(aside, sign, places)| Row {
            name: name(aside.actor),
            places,
            offers: offers(aside.actor),
            numbers: [
                sign.symbol() + &offered(aside.actor),
                number(aside.salience),
                String::new(),
            ],
        });
    let has_row = |of: ActorId| {
        spectrum.placed.iter().any(|placed| placed.actor == of)
            || spectrum
                .contested()
                .iter()
                .any(|(aside, ..)| aside.actor == of)
    };
    let mut others: Vec<ActorId> = spectrum.offers_placed().map(|(actor, ..)| actor).collect();
    others.retain(|actor| !has_row(*actor));
    others.dedup();
    let others = others.into_iter().map(|actor| Row {
        name: name(actor),
        places: Vec::new(),
        offers: offers(actor),
        numbers: [offered(actor), String::new(), String::new()],
    });
    placed.chain(contested).chain(others).collect()
}

fn axis(out: &mut String, spectrum: &Spectrum, rows: &[Row<'_>], at_most: usize) {
    let longest = rows.iter().map(|row| width(row.name)).max().unwrap_or(0);
    let names = longest.min((at_most / 4).max(8));
    let used: Vec<usize> = (0..3)
        .filter(|nth| rows.iter().any(|row| !row.numbers[*nth].is_empty()))
        .collect();
    let wide = |nth: usize| {
        rows.iter()
            .map(|row| width(&row.numbers[nth]))
            .max()
            .unwrap_or(0)
            .max(NUMBERS[nth].len())
    };
    let tail: usize = used.iter().map(|nth| wide(*nth) + 2).sum();
    let room = at_most.saturating_sub(names + 1 + tail);
    // If there is no room for numbers beside the axis, they are left out.
    let (room, used) = if room < 21 {
        (at_most.saturating_sub(names + 1).max(11), Vec::new())
    } else {
        (room, used)
    };
    let column = |at: f64| (at * (room - 1) as f64).round() as usize;
    for line in tick_lines(&spectrum.ticks, room, column) {
        let _ = writeln!(
            out,
            "{}",
            format!("{} {line}", " ".repeat(names)).trim_end()
        );
    }
    let mut line = Strip::new(room);
    for at in 0..room {
        line.put(at, '─');
    }
    for tick in &spectrum.ticks {
        line.put(column(tick.at), '┼');
    }
    line.put(0, '├');
    line.put(room - 1, '┤');
    // Letters at the same place are put below one another.
    let mut below: Vec<Strip> = Vec::new();
    let letters = spectrum.points.iter().map(|point| (point.at, point.letter));
    for (at, letter) in letters.chain(spectrum.rules.iter().map(|rule| (rule.at, rule.letter))) {
        let at = column(at);
        if !line.get(at).is_alphabetic() {
            line.put(at, letter);
            continue;
        }
        let free = below.iter().position(|strip| strip.get(at) == ' ');
        let row = free.unwrap_or_else(|| {
            below.push(Strip::new(room));
            below.len() - 1
        });
        below[row].put(at, letter);
    }
    let heads: String = used
        .iter()
        .map(|nth| format!("  {:>1$}", NUMBERS[*nth], wide(*nth)))
        .collect();
    let _ = writeln!(out, "{} {line}{heads}", " ".repeat(names));
    for strip in &below {
        let _ = writeln!(
            out,
            "{}",
            format!("{} {strip}", " ".repeat(names)).trim_end()
        );
    }
    for row in rows {
        let mut strip = Strip::new(room);
        for tick in &spectrum.ticks {
            strip.put(column(tick.at), '·');
        }
        for point in &spectrum.points {
            strip.put(column(point.at), '┊');
        }
        let columns: Vec<usize> = row.places.iter().map(|at| column(*at)).collect();
        if let [first, .., last] = columns[..] {
            for at in first.min(last)..first.max(last) {
                strip.put(at, '┄');
            }
        }
        for at in &row.offers {
            strip.put(column(*at), OFFER);
        }
        let mark = if columns.len() > 1 { CONTESTED } else { '●' };
        for at in &columns {
            strip.put(*at, mark);
        }
        let number = |nth: &usize| {
            format!(
                "  {}{}",
                " ".repeat(wide(*nth) - width(&row.numbers[*nth])),
                row.numbers[*nth]
            )
        };
        let tail: String = used.iter().map(number).collect();
        let name = lines(row.name, names);
        let strip = strip.to_string();
        let _ = writeln!(
            out,
            "{}",
            format!("{} {}{tail}", padded(&name[0], names), padded(&strip, room)).trim_end()
        );
        for more in &name[1..] {
            let _ = writeln!(out, "{more}");
        }
    }
}

/// Returns the labels of ticks, in as many lines as needed for none to overlap another.
fn tick_lines(ticks: &[Tick], room: usize, column: impl Fn(f64) -> usize) -> Vec<String> {
    let mut strips: Vec<Strip> = Vec::new();
    for tick in ticks {
        for label in lines(&tick.label, room) {
            let start = column(tick.at)
                .saturating_sub(width(&label) / 2)
                .min(room - width(&label));
            if !strips.iter_mut().any(|strip| strip.fit(start, &label)) {
                let mut strip = Strip::new(room);
                strip.fit(start, &label);
                strips.push(strip);
            }
        }
    }
    // The first labels placed are nearest to the axis; those that had no room are further away.
    strips.iter().rev().map(Strip::to_string).collect()
}
