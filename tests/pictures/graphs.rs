//! Graphs to draw: made up, the same on every run, and out of data that lies beside the project.

use std::fmt::Write;
use std::path::Path;

use demarche::graph::Graph;

/// How actors and issues are called.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Names {
    Short,
    Long,
    Chinese,
    Arabic,
    Emoji,
}

impl Names {
    pub(crate) const ALL: [Names; 5] = [
        Names::Short,
        Names::Long,
        Names::Chinese,
        Names::Arabic,
        Names::Emoji,
    ];

    fn of(self, what: &str, nth: usize) -> String {
        match self {
            Names::Short => format!("{what} {nth}"),
            Names::Long => format!(
                "The {what} number {nth} of the Joint Interministerial Commission on Donaudampfschifffahrtsgesellschaftskapitänswitwen, Ångström and Łódź"
            ),
            Names::Chinese => format!("中华人民共和国外交部新闻司第{nth}号发言人{what}"),
            Names::Arabic => format!("وزارة الخارجية السعودية رقم {nth} {what}"),
            Names::Emoji => format!("👩‍👩‍👧‍👦🇪🇺 {what} {nth} 🤝🏽🌍"),
        }
    }
}

/// Numbers that look random.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }
}

/// A graph of so many actors and issues with all that a graph can have.
pub(crate) fn full(size: usize, names: Names, seed: u64) -> Graph {
    let mut random = Random::new(seed);
    let actors = (size * 3 / 5).max(1);
    let issues = (size - actors).max(1);
    let mut text = String::from(
        "Graph(title: \"Made up\", sources: { \"s\": (title: \"S\", date: \"2024-01-01\") }, actors: {",
    );
    let kinds = ["State", "Person", "Organization", "Person", "Group"];
    for nth in 0..actors {
        let kind = kinds[nth % kinds.len()];
        let more = match kind {
            "Person" => format!(
                ", role: \"{}\", speaks_for: \"a{}\"",
                names.of("Minister", nth),
                random.below(actors) / 5 * 5
            ),
            "Group" => format!(
                ", members: [\"a{}\", \"a{}\"]",
                random.below(actors) / 5 * 5,
                random.below(actors) / 5 * 5
            ),
            _ => String::new(),
        };
        let _ = write!(
            text,
            "\"a{nth}\": (name: \"{}\", kind: {kind}{more}),",
            names.of("Actor", nth)
        );
    }
    text.push_str("}, issues: {");
    for nth in 0..issues {
        let part = if nth % 3 == 1 {
            format!(", part_of: \"i{}\"", nth - 1)
        } else {
            String::new()
        };
        let _ = write!(
            text,
            "\"i{nth}\": (name: \"{}\", question: \"?\"{part}),",
            names.of("Issue", nth)
        );
    }
    text.push_str("}, stances: [");
    let positions = [
        "StronglySupports",
        "Supports",
        "Neutral",
        "Opposes",
        "StronglyOpposes",
        "Mixed",
    ];
    for nth in 0..actors * 2 {
        let (actor, issue) = (nth / 2, random.below(issues));
        let toward = if nth % 4 == 0 {
            format!(", toward: \"a{}\"", random.below(actors))
        } else {
            String::new()
        };
        let salience = if nth % 3 == 0 {
            format!(", salience: 0.{}", random.below(10))
        } else {
            String::new()
        };
        let position = if nth % 11 == 5 {
            String::new()
        } else {
            format!(", position: {}", positions[random.below(6)])
        };
        if !position.is_empty() || !salience.is_empty() {
            let _ = write!(
                text,
                "(actor: \"a{actor}\", issue: \"i{issue}\"{position}{salience}{toward}, source: \"s\"),"
            );
        }
        if nth % 7 == 0 {
            let _ = write!(
                text,
                "(actor: \"a{actor}\", issue: \"i{issue}\", position: Opposes, source: \"s\"),"
            );
        }
    }
    text.push_str("], meetings: {");
    let statuses = [
        "Held",
        "Planned",
        "Postponed",
        "Cancelled",
        "Refused",
        "Invited",
    ];
    for nth in 0..size / 5 {
        let status = statuses[nth % 6];
        let (a, b, c) = (
            random.below(actors),
            random.below(actors),
            random.below(actors),
        );
        let part = if nth % 4 == 3 {
            format!(", part_of: \"m{}\"", nth - 1)
        } else {
            String::new()
        };
        let title = names.of("Meeting", nth);
        let _ = write!(
            text,
            "\"m{nth}\": (title: \"{title}\", status: {status}, participants: [\"a{a}\", \"a{b}\"], invited: [\"a{c}\"]{part}),"
        );
    }
    text.push_str("}, ties: [");
    let ties = [
        "Ally",
        "Partner",
        "Agreement",
        "Rival",
        "Hostile",
        "Other(\"lends money to\")",
    ];
    for nth in 0..size / 4 {
        let (a, b) = (random.below(actors), random.below(actors));
        if a != b {
            let _ = write!(
                text,
                "(from: \"a{a}\", to: \"a{b}\", kind: {}),",
                ties[nth % 6]
            );
        }
    }
    text.push_str("])");
    demarche::resolve::read("made-up.ron", &text).0
}

/// The tribes of the Gahuku-Gama and the climate debate, where `DEMARCHE_DATA` names the folder with the data.
pub(crate) fn of_others_data() -> Vec<(String, Graph)> {
    let mut graphs = Vec::new();
    let Some(folder) = std::env::var_os("DEMARCHE_DATA") else {
        return graphs;
    };
    let read = |path: &str| csv::Reader::from_path(Path::new(&folder).join(path)).ok();
    if let Some(mut edges) = read("signed-tribes/tribes_edges.csv") {
        let mut names = std::collections::BTreeSet::new();
        let mut ties = String::new();
        for edge in edges.records().flatten() {
            names.extend([edge[0].to_owned(), edge[1].to_owned()]);
            let kind = if &edge[2] == "1" { "Ally" } else { "Hostile" };
            let _ = write!(
                ties,
                "(from: \"{}\", to: \"{}\", kind: {kind}),",
                &edge[0], &edge[1]
            );
        }
        let actors: String = names
            .iter()
            .map(|name| format!("\"{name}\": (name: \"{name}\", kind: Group),"))
            .collect();
        let text = format!("Graph(title: \"Tribes\", actors: {{ {actors} }}, ties: [{ties}])");
        graphs.push((
            "tribes".to_owned(),
            demarche::resolve::read("tribes.ron", &text).0,
        ));
    }
    if let Some(mut statements) = read("dna-climate/statements.csv") {
        let (mut actors, mut issues) = (Vec::new(), Vec::new());
        let mut stances = String::new();
        for statement in statements.records().flatten() {
            let place = |list: &mut Vec<String>, name: &str| {
                list.iter()
                    .position(|known| known == name)
                    .unwrap_or_else(|| {
                        list.push(name.to_owned());
                        list.len() - 1
                    })
            };
            let (actor, issue) = (
                place(&mut actors, &statement[9]),
                place(&mut issues, &statement[10]),
            );
            let position = if &statement[11] == "1" {
                "Supports"
            } else {
                "Opposes"
            };
            let _ = write!(
                stances,
                "(actor: \"a{actor}\", issue: \"i{issue}\", position: {position}),"
            );
        }
        let list = |names: &[String], letter: char, more: &str| -> String {
            let name = |(nth, name): (usize, &String)| {
                format!("\"{letter}{nth}\": (name: {name:?}{more}),")
            };
            names.iter().enumerate().map(name).collect()
        };
        let text = format!(
            "Graph(actors: {{ {} }}, issues: {{ {} }}, stances: [{stances}])",
            list(&actors, 'a', ", kind: Organization"),
            list(&issues, 'i', ", question: \"?\", levels: 2")
        );
        graphs.push((
            "climate".to_owned(),
            demarche::resolve::read("climate.ron", &text).0,
        ));
    }
    graphs
}
