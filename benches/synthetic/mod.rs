//! A graph of any size, made up: the same text on every run.

use std::fmt::Write;

/// The text of a graph with so many stances, actors and issues; a tenth as many meetings, and sources to match.
pub(crate) fn graph(stances: usize, actors: usize, issues: usize) -> String {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (sources, meetings) = (stances / 20 + 1, stances / 10);
    let mut text = String::with_capacity(stances * 120);
    let mut line = |args: std::fmt::Arguments<'_>| {
        text.write_fmt(args)
            .and_then(|()| text.write_str("\n"))
            .unwrap_or_default()
    };
    line(format_args!(
        "Graph(\n    title: \"Made up\",\n    sources: {{"
    ));
    for n in 1..=sources {
        line(format_args!("        \"s{n}\": (title: \"Report {n}\"),"));
    }
    line(format_args!("    }},\n    actors: {{"));
    for n in 1..=actors {
        line(format_args!(
            "        \"a{n}\": (name: \"Ministry of Water, Östmark {n}\", kind: State),"
        ));
    }
    line(format_args!("    }},\n    issues: {{"));
    for n in 1..=issues {
        line(format_args!(
            "        \"i{n}\": (name: \"Treaty on Ports in Tarn ({n})\", question: \"Should there be one?\"),"
        ));
    }
    line(format_args!("    }},\n    stances: ["));
    for _ in 0..stances {
        let position = ["Supports", "Opposes", "Neutral", "Mixed"][random.below(4)];
        let (actor, issue, source, date) = (
            random.id(actors),
            random.id(issues),
            random.id(sources),
            random.date(),
        );
        line(format_args!(
            "        (actor: \"a{actor}\", issue: \"i{issue}\", position: {position}, date: \"{date}\", source: \"s{source}\"),"
        ));
    }
    line(format_args!("    ],\n    meetings: {{"));
    for n in 1..=meetings {
        let date = random.date();
        let participants = random.ids("a", 2, 4, actors);
        let topics = random.ids("i", 1, 3, issues);
        line(format_args!(
            "        \"m{n}\": (title: \"Meeting {n}\", kind: Talks, status: Held, date: \"{date}\", place: \"Kraków\", \
             participants: [{participants}], topics: [{topics}]),"
        ));
    }
    line(format_args!("    }},\n)"));
    text
}

/// Marsaglia's xorshift: good enough to pick ids by.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }

    /// From 1; low numbers are more frequent, as some actors and issues are busier than others.
    fn id(&mut self, bound: usize) -> usize {
        1 + self.below(bound).min(self.below(bound))
    }

    fn ids(&mut self, prefix: &str, least: usize, spread: usize, bound: usize) -> String {
        (0..least + self.below(spread))
            .map(|_| format!("\"{prefix}{}\"", self.id(bound)))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn date(&mut self) -> String {
        format!(
            "{}-{:02}-{:02}",
            2016 + self.below(10),
            1 + self.below(12),
            1 + self.below(28)
        )
    }
}
