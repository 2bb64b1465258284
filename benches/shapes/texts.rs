//! The shapes: each list, map, text and name of the format grown long, each mistake made often, chains, circles, depths.

use std::fmt::Display;

/// What grows, so many bytes of text are made of one of it, and the text of so many.
pub(crate) type Shape = (&'static str, usize, fn(usize) -> String);

/// One thing for each number below `n`, with a separator between.
fn each<T: Display>(n: usize, between: &str, one: impl Fn(usize) -> T) -> String {
    (0..n)
        .map(|nth| one(nth).to_string())
        .collect::<Vec<_>>()
        .join(between)
}

/// The same line again and again.
fn lines(n: usize, line: &str) -> String {
    each(n, "\n", |_| line) + "\n"
}

/// The same record again and again, all on one line.
fn on_one_line(n: usize, record: &str) -> String {
    each(n, " ", |_| record)
}

fn missing(n: usize) -> String {
    each(n, ", ", |nth| format!("\"nosuch{nth}\""))
}

fn same(n: usize, id: &str) -> String {
    each(n, ", ", |_| format!("\"{id}\""))
}

/// A graph of two actors, an issue, a source and a meeting, with more in each section.
fn graph(sections: &[(&str, String)]) -> String {
    let more = |section: &str| {
        sections
            .iter()
            .find(|(name, _)| *name == section)
            .map_or("", |(_, more)| more)
    };
    format!(
        "Graph(\n{}sources: {{\n\"s\": (title: \"A source\", date: \"2023\"),\n{}}},\n\
         actors: {{\n\"a\": (name: \"Northland\", kind: State),\n\"b\": (name: \"Southland\", kind: State),\n{}}},\n\
         issues: {{\n\"i\": (name: \"A pact\", question: \"Should there be one?\"),\n{}}},\n\
         stances: [\n(actor: \"a\", issue: \"i\", position: Supports, source: \"s\"),\n{}],\n\
         meetings: {{\n\"m\": (title: \"Talks\", kind: Talks, status: Held, participants: [\"a\", \"b\"], topics: [\"i\"], date: \"2022\", source: \"s\"),\n{}}},\n\
         ties: [\n(from: \"a\", to: \"b\", kind: Ally, source: \"s\"),\n{}],\n\
         facts: {{\n\"f\": (text: \"A balloon\", about: [\"a\"], source: \"s\"),\n{}}},\n)\n",
        more("head"),
        more("sources"),
        more("actors"),
        more("issues"),
        more("stances"),
        more("meetings"),
        more("ties"),
        more("facts"),
    )
}

fn stance(fields: &str) -> String {
    graph(&[(
        "stances",
        format!("(issue: \"i\", position: Opposes, {fields}),\n"),
    )])
}

fn meeting(fields: &str) -> String {
    graph(&[(
        "meetings",
        format!(
            "\"m2\": (title: \"A visit\", kind: Visit, status: Held, date: \"2022\", source: \"s\", {fields}),\n"
        ),
    )])
}

fn actor(fields: &str) -> String {
    graph(&[(
        "actors",
        format!("\"c\": (name: \"A group\", kind: Group, {fields}),\n"),
    )])
}

fn issue(fields: &str) -> String {
    graph(&[("issues", format!("\"j\": (name: \"A tax\", {fields}),\n"))])
}

fn sources(n: usize) -> String {
    each(n, "", |nth| {
        format!("\"s{nth}\": (title: \"Report {nth}\", date: \"2021\"),\n")
    })
}

fn actors(n: usize) -> String {
    each(n, "", |nth| {
        format!("\"a{nth}\": (name: \"Land {nth}\", kind: State),\n")
    })
}

fn issues(n: usize) -> String {
    each(n, "", |nth| {
        format!("\"i{nth}\": (name: \"Pact {nth}\", question: \"Should it be?\"),\n")
    })
}

fn ids(n: usize, prefix: &str) -> String {
    each(n, ", ", |nth| format!("\"{prefix}{nth}\""))
}

/// Actors of which each speaks for, or belongs to, the next; the last for `last`.
fn chained(n: usize, field: &str, last: usize) -> String {
    each(n, "", |nth| {
        let next = if nth + 1 == n { last } else { nth + 1 };
        format!("\"a{nth}\": (name: \"Land {nth}\", kind: Group, {field}: [\"a{next}\"]),\n")
    })
}

/// Texts of graphs, and the bytes that one of what grows takes.
pub(crate) const GRAPHS: &[Shape] = &[
    // Lists of what is not there.
    ("stance: unknown sources", 14, |n| {
        stance(&format!("actor: \"b\", source: [{}]", missing(n)))
    }),
    ("stance: unknown actors", 14, |n| {
        stance(&format!("actor: [{}]", missing(n)))
    }),
    ("stance: unknown toward", 14, |n| {
        stance(&format!("actor: \"b\", toward: [{}]", missing(n)))
    }),
    ("stance: sources of a wrong kind", 5, |n| {
        stance(&format!("actor: \"b\", source: [{}]", same(n, "a")))
    }),
    ("meeting: unknown participants", 14, |n| {
        meeting(&format!("participants: [{}]", missing(n)))
    }),
    ("meeting: unknown invited, declined", 28, |n| {
        meeting(&format!(
            "invited: [{}], declined: [{}]",
            missing(n),
            missing(n)
        ))
    }),
    ("meeting: unknown topics", 14, |n| {
        meeting(&format!("topics: [{}]", missing(n)))
    }),
    ("meeting: earlier, unknown sources", 56, |n| {
        meeting(&format!(
            "earlier: [{}]",
            each(n, ", ", |nth| format!(
                "(date: \"2021\", status: Planned, source: \"nosuch{nth}\")"
            ))
        ))
    }),
    ("meeting: earlier, bad credibility", 48, |n| {
        meeting(&format!(
            "earlier: [{}]",
            each(
                n,
                ", ",
                |_| "(date: \"2021\", status: Planned, credibility: 9)"
            )
        ))
    }),
    ("tie: unknown over", 14, |n| {
        graph(&[(
            "ties",
            format!(
                "(from: \"a\", to: \"b\", kind: Rival, over: [{}]),\n",
                missing(n)
            ),
        )])
    }),
    ("fact: unknown about", 14, |n| {
        graph(&[(
            "facts",
            format!("\"g\": (text: \"So\", about: [{}]),\n", missing(n)),
        )])
    }),
    ("actor: unknown members", 14, |n| {
        actor(&format!("members: [{}]", missing(n)))
    }),
    ("actor: unknown speaks_for", 14, |n| {
        actor(&format!("speaks_for: [{}]", missing(n)))
    }),
    ("source: unknown via", 14, |n| {
        graph(&[(
            "sources",
            format!("\"t\": (title: \"B\", via: [{}]),\n", missing(n)),
        )])
    }),
    ("include of missing files", 18, |n| {
        graph(&[(
            "head",
            format!(
                "include: [{}],\n",
                each(n, ", ", |nth| format!("\"nosuch{nth}.ron\""))
            ),
        )])
    }),
    ("unknown ids, many names to be near to", 120, |n| {
        graph(&[
            ("actors", actors(n)),
            (
                "stances",
                each(n, "", |nth| {
                    format!("(actor: \"lnad{nth}\", issue: \"i\", position: Opposes),\n")
                }),
            ),
        ])
    }),
    // Lists of one thing many times.
    ("stance: one source again and again", 5, |n| {
        stance(&format!("actor: \"b\", source: [{}]", same(n, "s")))
    }),
    ("stance: one actor again and again", 5, |n| {
        stance(&format!("actor: [{}]", same(n, "b")))
    }),
    ("meeting: one participant again and again", 5, |n| {
        meeting(&format!("participants: [{}]", same(n, "b")))
    }),
    ("meeting: one topic again and again", 5, |n| {
        meeting(&format!("topics: [{}]", same(n, "i")))
    }),
    ("actor: one member again and again", 5, |n| {
        actor(&format!("members: [{}]", same(n, "a")))
    }),
    ("actor: one alias again and again", 5, |n| {
        actor(&format!("aliases: [{}]", same(n, "x")))
    }),
    ("tags, one again and again", 5, |n| {
        stance(&format!("actor: \"b\", tags: [{}]", same(n, "x")))
    }),
    // Lists of what is there.
    ("stance: sources", 50, |n| {
        graph(&[
            ("sources", sources(n)),
            (
                "stances",
                format!(
                    "(actor: \"b\", issue: \"i\", position: Opposes, source: [{}]),\n",
                    ids(n, "s")
                ),
            ),
        ])
    }),
    ("stance: actors", 50, |n| {
        graph(&[
            ("actors", actors(n)),
            (
                "stances",
                format!(
                    "(actor: [{}], issue: \"i\", position: Opposes),\n",
                    ids(n, "a")
                ),
            ),
        ])
    }),
    ("stance: toward", 50, |n| {
        graph(&[
            ("actors", actors(n)),
            (
                "stances",
                format!(
                    "(actor: \"b\", issue: \"i\", position: Opposes, toward: [{}]),\n",
                    ids(n, "a")
                ),
            ),
        ])
    }),
    ("meeting: participants", 50, |n| {
        graph(&[
            ("actors", actors(n)),
            (
                "meetings",
                format!(
                    "\"m2\": (title: \"A summit\", kind: Summit, status: Held, participants: [{}]),\n",
                    ids(n, "a")
                ),
            ),
        ])
    }),
    ("meeting: topics", 60, |n| {
        graph(&[
            ("issues", issues(n)),
            (
                "meetings",
                format!(
                    "\"m2\": (title: \"A summit\", kind: Summit, status: Held, participants: [\"a\", \"b\"], topics: [{}]),\n",
                    ids(n, "i")
                ),
            ),
        ])
    }),
    ("meeting: invited", 50, |n| {
        graph(&[
            ("actors", actors(n)),
            (
                "meetings",
                format!(
                    "\"m2\": (title: \"A summit\", kind: Summit, status: Planned, invited: [{}]),\n",
                    ids(n, "a")
                ),
            ),
        ])
    }),
    ("meeting: earlier", 48, |n| {
        meeting(&format!(
            "earlier: [{}]",
            each(
                n,
                ", ",
                |_| "(date: \"2021\", status: Postponed, source: \"s\")"
            )
        ))
    }),
    ("actor: members", 50, |n| {
        graph(&[(
            "actors",
            actors(n)
                + &format!(
                    "\"c\": (name: \"All\", kind: Group, members: [{}]),\n",
                    ids(n, "a")
                ),
        )])
    }),
    ("actor: speaks_for", 50, |n| {
        graph(&[
            (
                "actors",
                actors(n)
                    + &format!(
                        "\"c\": (name: \"All\", kind: Person, speaks_for: [{}]),\n",
                        ids(n, "a")
                    ),
            ),
            (
                "stances",
                "(actor: \"c\", issue: \"i\", position: Opposes),\n".to_owned(),
            ),
        ])
    }),
    ("actor: spoken for by many", 100, |n| {
        graph(&[
            (
                "actors",
                each(n, "", |nth| {
                    format!(
                        "\"a{nth}\": (name: \"Envoy {nth}\", kind: Person, speaks_for: \"b\"),\n"
                    )
                }),
            ),
            (
                "stances",
                each(n, "", |nth| {
                    format!("(actor: \"a{nth}\", issue: \"i\", position: Opposes),\n")
                }),
            ),
        ])
    }),
    ("actor: aliases", 10, |n| {
        actor(&format!("aliases: [{}]", ids(n, "x")))
    }),
    ("actors of one name", 40, |n| {
        graph(&[(
            "actors",
            each(n, "", |nth| {
                format!("\"a{nth}\": (name: \"Land\", kind: State),\n")
            }),
        )])
    }),
    ("source: via", 50, |n| {
        graph(&[
            (
                "sources",
                sources(n) + &format!("\"t\": (title: \"B\", via: [{}]),\n", ids(n, "s")),
            ),
            (
                "stances",
                "(actor: \"b\", issue: \"i\", position: Opposes, source: \"t\"),\n".to_owned(),
            ),
        ])
    }),
    ("fact: about", 50, |n| {
        graph(&[
            ("actors", actors(n)),
            (
                "facts",
                format!("\"g\": (text: \"So\", about: [{}]),\n", ids(n, "a")),
            ),
        ])
    }),
    ("tie: over", 60, |n| {
        graph(&[
            ("issues", issues(n)),
            (
                "ties",
                format!(
                    "(from: \"a\", to: \"b\", kind: Rival, over: [{}]),\n",
                    ids(n, "i")
                ),
            ),
        ])
    }),
    ("tags", 10, |n| {
        stance(&format!("actor: \"b\", tags: [{}]", ids(n, "t")))
    }),
    ("allow", 12, |n| {
        graph(&[("head", format!("allow: [{}],\n", same(n, "no-date")))])
    }),
    // Maps.
    ("marks", 12, |n| {
        issue(&format!(
            "scale: (from: 0, to: {n}, marks: {{{}}})",
            each(n, ", ", |nth| format!("{nth}: \"a mark\""))
        ))
    }),
    ("marks, one again and again", 12, |n| {
        issue(&format!(
            "scale: (from: 0, to: 9, marks: {{{}}})",
            each(n, ", ", |_| "1: \"a mark\"")
        ))
    }),
    ("marks off the scale", 12, |n| {
        issue(&format!(
            "scale: (from: 0, to: 0.5, marks: {{{}}})",
            each(n, ", ", |nth| format!("{}: \"a mark\"", nth + 1))
        ))
    }),
    ("sources", 45, |n| graph(&[("sources", sources(n))])),
    ("actors", 40, |n| graph(&[("actors", actors(n))])),
    ("issues", 50, |n| graph(&[("issues", issues(n))])),
    ("meetings of two", 90, |n| {
        graph(&[(
            "meetings",
            each(n, "", |nth| {
                format!(
                    "\"m{nth}\": (title: \"Talks {nth}\", kind: Talks, status: Held, participants: [\"a\", \"b\"], date: \"2022\"),\n"
                )
            }),
        )])
    }),
    ("ties of two", 60, |n| {
        graph(&[(
            "ties",
            each(n, "", |nth| {
                format!(
                    "(from: \"a\", to: \"b\", kind: Ally, since: \"{}\"),\n",
                    1000 + nth % 1000
                )
            }),
        )])
    }),
    ("facts", 50, |n| {
        graph(&[(
            "facts",
            each(n, "", |nth| {
                format!("\"f{nth}\": (text: \"So it was\", about: [\"a\"]),\n")
            }),
        )])
    }),
    ("stances of one actor on one issue, one day", 70, |n| {
        graph(&[(
            "stances",
            each(n, "", |nth| {
                format!(
                    "(actor: \"a\", issue: \"i\", position: {}, date: \"2022-02-02\"),\n",
                    ["Opposes", "Supports"][nth % 2]
                )
            }),
        )])
    }),
    ("stances of one actor on one issue, many days", 70, |n| {
        graph(&[(
            "stances",
            each(n, "", |nth| {
                format!(
                    "(actor: \"a\", issue: \"i\", position: {}, date: \"{}-{:02}-{:02}\"),\n",
                    ["Opposes", "Supports"][nth % 2],
                    1000 + nth % 1000,
                    1 + nth / 1000 % 12,
                    1 + nth / 12000 % 28
                )
            }),
        )])
    }),
    ("stances, a source each", 100, |n| {
        graph(&[
            ("sources", sources(n)),
            (
                "stances",
                each(n, "", |nth| {
                    format!(
                        "(actor: \"a\", issue: \"i\", position: Opposes, source: \"s{nth}\"),\n"
                    )
                }),
            ),
        ])
    }),
    ("stances of many actors on one issue", 90, |n| {
        graph(&[
            ("actors", actors(n)),
            (
                "stances",
                each(n, "", |nth| {
                    format!("(actor: \"a{nth}\", issue: \"i\", position: Opposes),\n")
                }),
            ),
        ])
    }),
    ("stances at numbers and in words on one issue", 90, |n| {
        graph(&[
            ("actors", actors(n)),
            (
                "issues",
                "\"q\": (name: \"A quota\", question: \"How many?\", scale: (from: 0, to: 100)),\n"
                    .to_owned(),
            ),
            (
                "stances",
                each(n, "", |nth| {
                    let position = ["At(80)", "Supports"][nth % 2];
                    format!("(actor: \"a{nth}\", issue: \"q\", position: {position}),\n")
                }),
            ),
        ])
    }),
    ("stances of one actor on many issues", 90, |n| {
        graph(&[
            ("issues", issues(n)),
            (
                "stances",
                each(n, "", |nth| {
                    format!("(actor: \"a\", issue: \"i{nth}\", position: Opposes),\n")
                }),
            ),
        ])
    }),
    ("stances with quotes and no source", 60, |n| {
        graph(&[(
            "stances",
            each(n, "", |nth| {
                format!(
                    "(actor: \"a\", issue: \"i\", position: Opposes, quote: \"We said {nth}\"),\n"
                )
            }),
        )])
    }),
    // Long texts and names.
    ("an id", 1, |n| {
        graph(&[(
            "actors",
            format!("\"{}\": (name: \"Long\", kind: State),\n", "x".repeat(n)),
        )])
    }),
    ("an unknown id, a like one known", 2, |n| {
        graph(&[
            (
                "actors",
                format!("\"{}\": (name: \"Long\", kind: State),\n", "x".repeat(n)),
            ),
            (
                "stances",
                format!(
                    "(actor: \"{}y\", issue: \"i\", position: Opposes),\n",
                    "x".repeat(n)
                ),
            ),
        ])
    }),
    ("an id with what no id has", 2, |n| {
        graph(&[(
            "actors",
            format!("\"{}\": (name: \"Long\", kind: State),\n", "x ".repeat(n)),
        )])
    }),
    ("an unknown field with a long name", 1, |n| {
        stance(&format!("actor: \"b\", {}: 1", "x".repeat(n)))
    }),
    ("a word that is no position", 1, |n| {
        graph(&[(
            "stances",
            format!(
                "(actor: \"b\", issue: \"i\", position: {}),\n",
                "Supports".repeat(n / 8)
            ),
        )])
    }),
    ("a name", 1, |n| {
        graph(&[(
            "actors",
            format!(
                "\"c\": (name: \"{}\", kind: State),\n",
                "long ".repeat(n / 5)
            ),
        )])
    }),
    ("a note", 1, |n| {
        stance(&format!(
            "actor: \"b\", note: \"{}\"",
            "long ".repeat(n / 5)
        ))
    }),
    ("a summary on many lines", 1, |n| {
        stance(&format!(
            "actor: \"b\", summary: \"{}\"",
            "long\n".repeat(n / 5)
        ))
    }),
    ("a quote", 1, |n| {
        stance(&format!(
            "actor: \"b\", source: \"s\", quote: \"{}\"",
            "said ".repeat(n / 5)
        ))
    }),
    ("a quote in raw marks", 1, |n| {
        stance(&format!(
            "actor: \"b\", source: \"s\", quote: r#{0}\"so it is\"{0}#",
            "#".repeat(n / 2)
        ))
    }),
    ("a date", 1, |n| {
        stance(&format!(
            "actor: \"b\", date: \"{}\"",
            "2022-".repeat(n / 5)
        ))
    }),
    ("a number", 1, |n| {
        stance(&format!("actor: \"b\", salience: 0.{}", "1".repeat(n)))
    }),
    ("an include", 1, |n| {
        graph(&[("head", format!("include: [\"{}.ron\"],\n", "x".repeat(n)))])
    }),
    // What is between, and depth.
    ("comments", 14, |n| {
        graph(&[("stances", "// a comment\n".repeat(n))])
    }),
    ("a comment in comments", 4, |n| {
        graph(&[("stances", "/*".repeat(n) + &"*/".repeat(n))])
    }),
    ("a comment that is never closed", 1, |n| {
        graph(&[("stances", "/* ".repeat(n / 3))])
    }),
    ("blank lines", 1, |n| graph(&[("stances", "\n".repeat(n))])),
    ("brackets in brackets", 2, |n| {
        graph(&[("stances", "[".repeat(n) + &"]".repeat(n))])
    }),
    ("brackets that are never closed", 1, |n| {
        graph(&[("stances", "(".repeat(n))])
    }),
    ("brackets that were never open", 1, |n| {
        graph(&[("stances", ")".repeat(n))])
    }),
    ("brackets that others close", 2, |n| {
        graph(&[("stances", "(".repeat(n) + &"}".repeat(n))])
    }),
    ("brackets, a line each", 2, |n| {
        graph(&[("stances", "[\n".repeat(n))])
    }),
    ("apostrophes", 3, |n| graph(&[("stances", "' a".repeat(n))])),
    ("quotation marks", 2, |n| {
        graph(&[("stances", "\" ".repeat(n))])
    }),
    ("raw strings that are never closed, a line each", 45, |n| {
        graph(&[(
            "stances",
            "(actor: r#\"a, issue: i, position: Opposes),\n".repeat(n),
        )])
    }),
    ("comments that are never closed, a line each", 50, |n| {
        graph(&[(
            "stances",
            "(actor: \"a\", /* issue: i, position: Opposes),\n".repeat(n),
        )])
    }),
    ("attributes", 28, |n| {
        "#![enable(implicit_some)]\n".repeat(n) + &graph(&[])
    }),
    ("Some in Some", 5, |n| {
        stance(&format!(
            "actor: \"b\", note: {}\"so\"{}",
            "Some(".repeat(n),
            ")".repeat(n)
        ))
    }),
    // Mistakes.
    ("ids declared twice", 40, |n| {
        graph(&[(
            "actors",
            each(n, "", |_| "\"c\": (name: \"Land\", kind: State),\n"),
        )])
    }),
    ("sections given twice", 12, |n| {
        graph(&[("head", "facts: {},\n".repeat(n))])
    }),
    ("fields given twice", 12, |n| {
        stance(&format!("actor: \"b\", {}", "note: \"so\", ".repeat(n)))
    }),
    ("unknown fields", 12, |n| {
        stance(&format!(
            "actor: \"b\", {}",
            each(n, ", ", |nth| format!("what{nth}: 1"))
        ))
    }),
    ("values of a wrong type", 70, |n| {
        graph(&[(
            "stances",
            each(
                n,
                "",
                |_| "(actor: \"a\", issue: \"i\", position: Opposes, salience: \"much\"),\n",
            ),
        )])
    }),
    ("items of a wrong type", 4, |n| {
        stance(&format!("actor: \"b\", tags: [{}]", each(n, ", ", |_| 17)))
    }),
    ("dates that are none", 70, |n| {
        graph(&[(
            "stances",
            each(
                n,
                "",
                |_| "(actor: \"a\", issue: \"i\", position: Opposes, date: \"12/2022\"),\n",
            ),
        )])
    }),
    ("commas left out", 65, |n| {
        graph(&[(
            "stances",
            each(n, "", |_| "(actor: \"a\" issue: \"i\" position: Opposes)\n"),
        )])
    }),
    ("commas left out, all on one line", 65, |n| {
        graph(&[(
            "stances",
            "(actor: \"a\" issue: \"i\" position: Opposes) ".repeat(n),
        )])
    }),
    ("commas left out of a list", 5, |n| {
        stance(&format!("actor: \"b\", tags: [{}]", "\"x\" ".repeat(n)))
    }),
    ("mistakes on one line", 65, |n| {
        graph(&[(
            "stances",
            each(
                n,
                " ",
                |_| "(actor: \"nosuch\", issue: \"i\", position: Opposes, salience: 9),",
            ),
        )])
    }),
    ("colons left out", 42, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor "a", issue "i", position Opposes),"#),
        )])
    }),
    ("colons left out, all on one line", 42, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor "a", issue "i", position Opposes),"#),
        )])
    }),
    ("equals signs for colons", 48, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor = "a", issue = "i", position = Opposes),"#),
        )])
    }),
    ("equals signs for colons, all on one line", 48, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor = "a", issue = "i", position = Opposes),"#),
        )])
    }),
    ("semicolons for commas", 45, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: "a"; issue: "i"; position: Opposes);"#),
        )])
    }),
    ("semicolons for commas, all on one line", 45, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: "a"; issue: "i"; position: Opposes);"#),
        )])
    }),
    ("commas twice", 48, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: "a",, issue: "i",, position: Opposes),,"#),
        )])
    }),
    ("commas twice, all on one line", 48, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: "a",, issue: "i",, position: Opposes),,"#),
        )])
    }),
    ("quotation marks left out", 41, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: a, issue: i, position: Opposes),"#),
        )])
    }),
    ("quotation marks left out, all on one line", 41, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: a, issue: i, position: Opposes),"#),
        )])
    }),
    ("opening marks left out", 43, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: a", issue: i", position: Opposes),"#),
        )])
    }),
    ("opening marks left out, all on one line", 43, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: a", issue: i", position: Opposes),"#),
        )])
    }),
    ("closing marks left out", 43, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: "a, issue: "i, position: Opposes),"#),
        )])
    }),
    ("closing marks left out, all on one line", 43, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: "a, issue: "i, position: Opposes),"#),
        )])
    }),
    ("single marks", 49, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: 'a a', issue: 'i i', position: Opposes),"#),
        )])
    }),
    ("single marks, all on one line", 49, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: 'a a', issue: 'i i', position: Opposes),"#),
        )])
    }),
    ("curly marks", 53, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: “a”, issue: “i”, position: Opposes),"#),
        )])
    }),
    ("curly marks, all on one line", 53, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: “a”, issue: “i”, position: Opposes),"#),
        )])
    }),
    ("marks that close twice", 47, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: "a"", issue: "i"", position: Opposes),"#),
        )])
    }),
    ("marks that close twice, all on one line", 47, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: "a"", issue: "i"", position: Opposes),"#),
        )])
    }),
    ("escapes that are none", 47, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: "\q", issue: "\q", position: Opposes),"#),
        )])
    }),
    ("escapes that are none, all on one line", 47, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: "\q", issue: "\q", position: Opposes),"#),
        )])
    }),
    ("square brackets for parentheses", 45, |n| {
        graph(&[(
            "stances",
            lines(n, r#"[actor: "a", issue: "i", position: Opposes],"#),
        )])
    }),
    (
        "square brackets for parentheses, all on one line",
        45,
        |n| {
            graph(&[(
                "stances",
                on_one_line(n, r#"[actor: "a", issue: "i", position: Opposes],"#),
            )])
        },
    ),
    ("braces for parentheses", 45, |n| {
        graph(&[(
            "stances",
            lines(n, r#"{actor: "a", issue: "i", position: Opposes},"#),
        )])
    }),
    ("braces for parentheses, all on one line", 45, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"{actor: "a", issue: "i", position: Opposes},"#),
        )])
    }),
    ("opening parentheses left out", 44, |n| {
        graph(&[(
            "stances",
            lines(n, r#"actor: "a", issue: "i", position: Opposes),"#),
        )])
    }),
    ("opening parentheses left out, all on one line", 44, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"actor: "a", issue: "i", position: Opposes),"#),
        )])
    }),
    ("closing parentheses left out", 44, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: "a", issue: "i", position: Opposes,"#),
        )])
    }),
    ("closing parentheses left out, all on one line", 44, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: "a", issue: "i", position: Opposes,"#),
        )])
    }),
    ("lists closed by parentheses", 47, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: ["a"), issue: "i", position: Opposes),"#),
        )])
    }),
    ("lists closed by parentheses, all on one line", 47, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: ["a"), issue: "i", position: Opposes),"#),
        )])
    }),
    ("lists that are never closed", 46, |n| {
        graph(&[(
            "stances",
            lines(n, r#"(actor: ["a", issue: "i", position: Opposes),"#),
        )])
    }),
    ("lists that are never closed, all on one line", 46, |n| {
        graph(&[(
            "stances",
            on_one_line(n, r#"(actor: ["a", issue: "i", position: Opposes),"#),
        )])
    }),
    ("ids left out", 29, |n| {
        graph(&[("actors", lines(n, r#"(name: "Land", kind: State),"#))])
    }),
    ("ids left out, all on one line", 29, |n| {
        graph(&[("actors", on_one_line(n, r#"(name: "Land", kind: State),"#))])
    }),
    ("ids without marks", 35, |n| {
        graph(&[("actors", lines(n, r#"land: (name: "Land", kind: State),"#))])
    }),
    ("ids without marks, all on one line", 35, |n| {
        graph(&[(
            "actors",
            on_one_line(n, r#"land: (name: "Land", kind: State),"#),
        )])
    }),
    ("colons behind ids left out", 36, |n| {
        graph(&[("actors", lines(n, r#""land" (name: "Land", kind: State),"#))])
    }),
    ("colons behind ids left out, all on one line", 36, |n| {
        graph(&[(
            "actors",
            on_one_line(n, r#""land" (name: "Land", kind: State),"#),
        )])
    }),
    ("equals signs behind ids", 38, |n| {
        graph(&[(
            "actors",
            lines(n, r#""land" = (name: "Land", kind: State),"#),
        )])
    }),
    ("equals signs behind ids, all on one line", 38, |n| {
        graph(&[(
            "actors",
            on_one_line(n, r#""land" = (name: "Land", kind: State),"#),
        )])
    }),
    ("records without their fields", 4, |n| {
        graph(&[("stances", "(),\n".repeat(n))])
    }),
    ("strings that end with the line", 70, |n| {
        graph(&[(
            "stances",
            each(
                n,
                "",
                |_| "(actor: \"a, issue: \"i\", position: Opposes),\n",
            ),
        )])
    }),
    // Chains and circles.
    ("speaks_for, a chain", 60, |n| {
        graph(&[
            (
                "actors",
                chained(n, "speaks_for", n - 1)
                    .replace(&format!(", speaks_for: [\"a{}\"]),\n\"", n - 1), "),\n\""),
            ),
            (
                "stances",
                "(actor: \"a0\", issue: \"i\", position: Opposes),\n".to_owned(),
            ),
        ])
    }),
    ("speaks_for, a circle", 60, |n| {
        graph(&[("actors", chained(n, "speaks_for", 0))])
    }),
    ("speaks_for, circles of two", 120, |n| {
        graph(&[(
            "actors",
            each(n, "", |nth| {
                format!(
                    "\"a{nth}\": (name: \"Land {nth}\", kind: Group, speaks_for: [\"b{nth}\"]),\n\"b{nth}\": (name: \"Land {nth}\", kind: Group, speaks_for: [\"a{nth}\"]),\n"
                )
            }),
        )])
    }),
    ("members, a circle", 60, |n| {
        graph(&[("actors", chained(n, "members", 0))])
    }),
    ("members, each also of the first", 60, |n| {
        graph(&[(
            "actors",
            each(n, "", |nth| {
                format!(
                    "\"a{nth}\": (name: \"Land {nth}\", kind: Group, members: [\"a{}\", \"a0\"]),\n",
                    (nth + 1) % n
                )
            }),
        )])
    }),
    ("members, circles through one record", 60, |n| {
        graph(&[(
            "actors",
            each(n, "", |nth| {
                format!("\"a{nth}\": (name: \"Land {nth}\", kind: Group, members: [\"c\"]),\n")
            }) + &format!(
                "\"c\": (name: \"All\", kind: Group, members: [{}]),\n",
                ids(n, "a")
            ),
        )])
    }),
    ("ties of speakers, circles of two", 220, |n| {
        let tie = |from: String, to: String| {
            format!("(from: \"{from}\", to: \"{to}\", kind: SpeaksFor, since: \"2001\"),\n")
        };
        graph(&[
            ("actors", actors(2 * n)),
            (
                "ties",
                each(n, "", |nth| {
                    let [one, other] = [format!("a{}", 2 * nth), format!("a{}", 2 * nth + 1)];
                    tie(one.clone(), other.clone()) + &tie(other, one)
                }),
            ),
        ])
    }),
    ("ties of speakers, a circle, a day each", 120, |n| {
        graph(&[
            ("actors", actors(n)),
            (
                "ties",
                each(n, "", |nth| {
                    format!(
                        "(from: \"a{nth}\", to: \"a{}\", kind: SpeaksFor, since: \"{}\"),\n",
                        (nth + 1) % n,
                        1000 + nth % 1000
                    )
                }),
            ),
        ])
    }),
    ("ties of speakers, a chain, a day each", 190, |n| {
        graph(&[
            ("actors", actors(n)),
            (
                "ties",
                each(n - 1, "", |nth| {
                    format!(
                        "(from: \"a{nth}\", to: \"a{}\", kind: SpeaksFor, since: \"{}\"),\n",
                        nth + 1,
                        1000 + nth % 1000
                    )
                }),
            ),
            (
                "stances",
                each(n, "", |nth| {
                    format!("(actor: \"a{nth}\", issue: \"i\", position: Opposes),\n")
                }),
            ),
        ])
    }),
    ("issues, parts of parts", 70, |n| {
        graph(&[
            (
                "issues",
                issues(1)
                    + &each(n - 1, "", |nth| {
                        format!(
                            "\"i{}\": (name: \"Pact\", question: \"Should it?\", part_of: \"i{nth}\"),\n",
                            nth + 1
                        )
                    }),
            ),
            (
                "stances",
                each(n, "", |nth| {
                    format!("(actor: \"a\", issue: \"i{nth}\", position: Opposes),\n")
                }),
            ),
        ])
    }),
    ("meetings, parts of parts", 90, |n| {
        graph(&[(
            "meetings",
            each(n, "", |nth| {
                format!(
                    "\"m{}\": (title: \"Talks\", kind: Talks, status: Held, participants: [\"a\", \"b\"], part_of: \"m{}\"),\n",
                    nth + 1,
                    if nth == 0 {
                        String::new()
                    } else {
                        nth.to_string()
                    }
                )
            }),
        )])
    }),
    ("sources, each via the next", 45, |n| {
        graph(&[
            (
                "sources",
                sources(1)
                    + &each(n - 1, "", |nth| {
                        format!("\"s{}\": (title: \"Copy\", via: \"s{nth}\"),\n", nth + 1)
                    }),
            ),
            (
                "stances",
                each(n, "", |nth| {
                    format!(
                        "(actor: \"a\", issue: \"i\", position: Opposes, source: \"s{nth}\"),\n"
                    )
                }),
            ),
        ])
    }),
];

/// Texts that are no graphs, and the bytes that one of what grows takes.
pub(crate) const TEXTS: &[Shape] = &[
    ("draft: sentences of two", 60, |n| {
        "Northland supports a pact. Southland opposes the pact.\n".repeat(n)
    }),
    ("draft: one long sentence", 25, |n| {
        each(n, " and ", |_| "Northland supports a pact")
    }),
    ("draft: names with commas between", 11, |n| {
        each(n, ", ", |_| "Northland") + " support a pact."
    }),
    ("draft: names that nobody knows", 30, |n| {
        each(n, " ", |nth| format!("Minister Xu Abc{nth} spoke."))
    }),
    ("draft: an opening mark, again and again", 10, |n| {
        "“A said ”".repeat(n)
    }),
    ("draft: marks that are never closed", 10, |n| {
        "“A said ".repeat(n)
    }),
    ("draft: quotes", 40, |n| {
        "“We support a pact,” Northland said. ".repeat(n)
    }),
    ("draft: straight marks", 40, |n| {
        "\"We support a pact\" Northland said. ".repeat(n)
    }),
    ("draft: voices without names", 40, |n| {
        "He said that it supports the pact. ".repeat(n)
    }),
    ("draft: dates", 40, |n| {
        "Northland met Southland on 5 May 2023. ".repeat(n)
    }),
    ("draft: no blank and no stop", 1, |n| "a".repeat(n)),
    ("draft: stops alone", 1, |n| ".".repeat(n)),
    ("draft: capitals", 2, |n| "A ".repeat(n)),
    ("draft: words of one line", 5, |n| "said ".repeat(n)),
    ("draft: brackets", 2, |n| "[(".repeat(n)),
    ("draft: headings and lists", 20, |n| {
        "# Head\n\n- item\n\n".repeat(n)
    }),
    ("draft: lines in marks", 10, |n| "> > quoted\n".repeat(n)),
];
