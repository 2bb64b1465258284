//! Every question in every format, and every picture, of graphs made as bytes decide: nothing panics, JSON is JSON, tables are
//! rectangular, SVG is XML, and nothing comes out that a terminal would obey.

use demarche::diagnostic::Severity;
use demarche::diagram;
use demarche::graph::{ActorId, Entity, Graph, IssueId, Lens, Over, Restriction, SourceId, Words};
use demarche::measure::agreement::{Measure, Normalise};
use demarche::measure::forecast::Rule;
use demarche::model::Day;
use demarche::picture::{self, Theme};
use demarche::query::{
    self, Answer, BalanceQuestion, BrokerQuestion, CampsQuestion, Counting, Detail, Excerpt,
    Groups, HistoryOf, List, MatrixQuestion, MeetingFilter, Mode, Noted, PathQuestion,
    PositionFilter, Signs, Through, TimelineFilter, TwoMode, View,
};
use demarche::render::{self, Paint, Shape, Why};
use demarche::words::is_obeyed;

use super::made::{Tape, graph};

pub fn run(bytes: &[u8]) {
    let tape = &mut Tape(bytes);
    let day = Day::of(tape.one_of(&[2024, 2023, 1, 9999]), 6, 18);
    let words = tape.one_of(&[Words::OwnAndSpeakers, Words::Own]);
    let min_sources = tape.one_of(&[0, 2]);
    let lens = Lens {
        day,
        words,
        min_sources,
        ..Lens::as_of(day)
    };
    let detail = tape.one_of(&[Detail::Value, Detail::Statements]);
    let restricts = tape.below(3);
    let text = graph(tape);
    let (graph, found) = demarche::resolve::read("g.ron", &text);
    let broken = found
        .iter()
        .find(|found| found.severity == Severity::Error && found.code == "syntax");
    assert_eq!(broken, None, "{text}");
    let view = match restricts {
        0 => View::whole(graph, lens),
        _ => View::of(graph, lens, restriction(day, restricts)),
    };
    let graph = &view.graph;
    for (what, mut answer) in answers(graph, lens, detail) {
        let (restriction, omitted) = (&view.restriction, &view.omitted);
        let shown = query::Shown::of(graph, &*answer);
        let (ties, notes) = (answer.ties(), answer.notes_mut());
        notes.extend(query::left_open(graph, lens, restriction, omitted, &shown));
        notes.extend(query::left_out(graph, lens, restriction, omitted, ties));
        rendered(graph, &*answer).unwrap_or_else(|wrong| panic!("{what}: {wrong}\n{text}"));
    }
    drawn(graph, lens).unwrap_or_else(|wrong| panic!("{wrong}\n{text}"));
}

fn restriction(day: Day, nth: usize) -> Restriction {
    Restriction {
        day: Some(day),
        over: Over::LeftOut,
        known_by: Some(day).filter(|_| nth == 2),
        min_sources: nth - 1,
        ..Restriction::default()
    }
}

/// The first and the last of what there is: enough to be the same, and to be different.
fn ends<T: Copy>(all: &[T]) -> Vec<T> {
    all.first().into_iter().chain(all.last()).copied().collect()
}

fn answers(graph: &Graph, lens: Lens, detail: Detail) -> Vec<(String, Box<dyn Noted>)> {
    let actors: Vec<ActorId> = graph
        .entities()
        .filter_map(|entity| match entity {
            Entity::Actor(id) => Some(id),
            _ => None,
        })
        .collect();
    let issues: Vec<IssueId> = graph
        .entities()
        .filter_map(|entity| match entity {
            Entity::Issue(id) => Some(id),
            _ => None,
        })
        .collect();
    let sources: Vec<SourceId> = graph
        .entities()
        .filter_map(|entity| match entity {
            Entity::Source(id) => Some(id),
            _ => None,
        })
        .collect();
    let mut asked = Asked::default();
    asked.ask("overview", query::overview(graph, lens));
    for list in [
        List::Actors,
        List::Issues,
        List::Meetings,
        List::Sources,
        List::Ties,
        List::Stances,
        List::Facts,
    ] {
        asked.boxed("list", query::list(graph, lens, list));
    }
    for entity in graph.entities() {
        asked.boxed("show", query::show(graph, lens, entity));
        let names = vec![entity];
        asked.ask(
            "timeline",
            query::timeline(
                graph,
                lens,
                &TimelineFilter {
                    names,
                    ..Default::default()
                },
            ),
        );
    }
    asked.ask(
        "positions",
        query::positions(
            graph,
            lens,
            &PositionFilter {
                history: query::History::All,
                ..Default::default()
            },
        ),
    );
    asked.ask(
        "positions",
        query::positions(graph, lens, &PositionFilter::default()),
    );
    asked.ask(
        "meetings",
        query::meetings(graph, lens, &MeetingFilter::default()),
    );
    asked.ask(
        "timeline",
        query::timeline(graph, lens, &TimelineFilter::default()),
    );
    let quotes = demarche::check::quotes(graph);
    asked.ask("evidence", query::evidence(graph, lens, 365, &quotes));
    for source in ends(&sources) {
        asked.ask("passages", query::passages(graph, source, &quotes));
    }
    for text in ["a", "dam", "\u{202e}"] {
        asked.ask("find", query::find(graph, lens, text));
    }
    asked.ask(
        "forecast",
        query::forecast(graph, lens, &issues, &Rule::ALL),
    );
    asked.ask("compare", query::compare(graph, lens, &actors));
    asked.ask("common", query::common(graph, lens, &actors));
    let pair = actors
        .first()
        .copied()
        .zip(actors.last().copied())
        .filter(|(one, other)| one != other);
    let all = [
        Through::Meetings,
        Through::Issues,
        Through::Ties,
        Through::All,
    ];
    for (through, fold) in all.into_iter().flat_map(|one| [(one, false), (one, true)]) {
        if let Some((from, to)) = pair {
            let question = PathQuestion {
                through,
                fold,
                count: 3,
            };
            asked.ask("path", query::path(graph, lens, from, to, &question));
        }
        for by in [Groups::Kind, Groups::Camp] {
            let question = BrokerQuestion {
                through,
                fold,
                by,
                ..Default::default()
            };
            asked.ask("brokers", query::brokers(graph, lens, &question));
            if let Some((one, other)) = pair {
                let ends = (&[one][..], &[other][..]);
                asked.ask("bridges", query::bridges(graph, lens, &question, ends));
            }
        }
    }
    for signs in [Signs::Ties, Signs::Positions, Signs::Both] {
        let question = BalanceQuestion {
            signs,
            budget: 10_000,
            most: Some(5),
        };
        asked.ask("balance", query::balance(graph, lens, &question));
        if let Some(pair) = pair {
            asked.ask("relation", query::relation(graph, lens, &question, pair));
        }
    }
    for actor in ends(&actors) {
        asked.ask(
            "history",
            query::history(graph, lens, HistoryOf::Actor(actor)),
        );
        for issue in ends(&issues) {
            asked.ask(
                "history",
                query::history(graph, lens, HistoryOf::Position(actor, issue)),
            );
        }
    }
    for issue in ends(&issues) {
        asked.ask(
            "history",
            query::history(graph, lens, HistoryOf::Issue(issue)),
        );
    }
    for measure in [
        Measure::Congruence,
        Measure::Conflict,
        Measure::Subtract,
        Measure::Ignore,
        Measure::Identical,
    ] {
        let counting = Counting::default();
        for issues in [Vec::new(), ends(&issues)] {
            let question = CampsQuestion {
                issues,
                counting,
                measure,
                most: None,
                firmness: Default::default(),
                detail,
            };
            asked.ask("camps", query::camps(graph, lens, &question));
            if let Some(pair) = pair {
                let told = query::camps_of_two(graph, lens, &question, pair);
                asked.ask("camps of two", told);
                let told = query::agreement(graph, lens, &question, pair);
                asked.ask("agreement", told);
            }
        }
        for issue in ends(&issues) {
            asked.ask("sides", query::sides(graph, lens, issue));
        }
        for normalise in [
            Normalise::None,
            Normalise::Average,
            Normalise::Jaccard,
            Normalise::Product,
        ] {
            let of = Mode::Actors(measure, normalise);
            asked.ask(
                "matrix",
                query::matrix(
                    graph,
                    lens,
                    &MatrixQuestion {
                        of,
                        counting,
                        least: 1,
                        detail,
                    },
                ),
            );
        }
    }
    for mode in [TwoMode::Subtract, TwoMode::Ignore, TwoMode::Combine] {
        let of = Mode::Issues(mode);
        let cell = ends(&actors)
            .first()
            .map(|actor| Entity::Actor(*actor))
            .zip(ends(&issues).first().map(|issue| Entity::Issue(*issue)));
        let question = MatrixQuestion {
            of,
            counting: Counting::default(),
            least: 0,
            detail,
        };
        asked.ask("matrix", query::matrix(graph, lens, &question));
        if let Some(cell) = cell {
            asked.ask("cell", query::cell(graph, lens, &question, cell, &[]));
        }
    }
    asked.0
}

/// Answers, and what was asked.
#[derive(Default)]
struct Asked(Vec<(String, Box<dyn Noted>)>);

impl Asked {
    fn ask(&mut self, what: &str, answer: impl Noted + 'static) {
        self.boxed(what, Box::new(answer));
    }

    fn boxed(&mut self, what: &str, answer: Box<dyn Noted>) {
        self.0.push((what.to_owned(), answer));
    }
}

/// What is wrong with an answer as it is printed.
fn rendered(graph: &Graph, answer: &dyn Answer) -> Result<(), String> {
    for why in [Why::Brief, Why::Shown] {
        for width in [None, Some(40), Some(1)] {
            let paint = Paint::Plain;
            seen(&render::text(
                graph,
                answer,
                why,
                Shape {
                    width,
                    paint,
                    limit: None,
                },
            ))?;
        }
        seen(&render::markdown(graph, answer, why, None))?;
    }
    let json = render::json(graph, answer);
    seen(&json)?;
    serde_json::from_str::<serde_json::Value>(&json).map_err(|error| format!("{error}: {json}"))?;
    for section in answer.sections() {
        for why in [Why::Brief, Why::Shown] {
            rectangular(&render::csv(graph, &section, why, None))?;
        }
    }
    Ok(())
}

fn seen(text: &str) -> Result<(), String> {
    match text.find(|c| is_obeyed(c) && c != '\n') {
        None => Ok(()),
        Some(at) => Err(format!(
            "not seen: {:?}",
            text[at..].chars().take(40).collect::<String>()
        )),
    }
}

/// All lines have the same columns.
fn rectangular(table: &str) -> Result<(), String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut wrong = reader.records().filter_map(Result::err);
    wrong
        .next()
        .map_or(Ok(()), |error| Err(format!("{error}: {table}")))
}

fn drawn(graph: &Graph, lens: Lens) -> Result<(), String> {
    let selection = Excerpt::default();
    let shown = query::extract(graph, lens, &selection);
    let (mut dot, mut mermaid) = (Vec::new(), Vec::new());
    for drawing in [
        diagram::map(graph, &shown),
        diagram::network(graph, lens, &shown),
    ] {
        for theme in [Theme::Light, Theme::Dark] {
            picture::dot(&drawing, theme, &mut dot).map_err(|error| error.to_string())?;
            picture::mermaid(&drawing, theme, &mut mermaid).map_err(|error| error.to_string())?;
        }
    }
    for text in [dot, mermaid] {
        seen(&String::from_utf8(text).map_err(|error| error.to_string())?)?;
    }
    pictures(graph, lens, &selection, &shown)
}

#[cfg(feature = "pictures")]
fn pictures(
    graph: &Graph,
    lens: Lens,
    selection: &Excerpt,
    shown: &query::Extract,
) -> Result<(), String> {
    use demarche::picture::roster::{Room, roster};
    use demarche::picture::{matrix, spectrum, timeline};

    let part = roster(graph, lens, selection, Room::of(None, 20));
    let spectra: Vec<_> = part
        .issues
        .iter()
        .map(|issue| spectrum::spectrum(graph, lens, &part, *issue))
        .collect();
    let matrix = matrix::matrix(graph, &part);
    let agreement = matrix::agreement(&part, &[]);
    let timeline = timeline::timeline(graph, lens, selection, timeline::MOST_LANES);
    let drawing = diagram::map(graph, shown);
    let scenes = [
        picture::map(&drawing).ok(),
        picture::network(&diagram::network(graph, lens, shown)).ok(),
        (!matrix.actors.is_empty() && !matrix.issues.is_empty())
            .then(|| matrix::scene(graph, &part, &matrix)),
        (!agreement.actors.is_empty()).then(|| matrix::agreement_scene(graph, &part, &agreement)),
        (!spectra.is_empty()).then(|| spectrum::scene(graph, &part, &spectra)),
        timeline.span().map(|_| timeline::scene(graph, &timeline)),
    ];
    for scene in scenes.iter().flatten() {
        let svg = picture::svg(scene, Theme::Light);
        seen(&svg)?;
        roxmltree::Document::parse(&svg).map_err(|error| format!("{error}: {svg}"))?;
    }
    let sheets = scenes.into_iter().flatten().map(|scene| picture::Sheet {
        view: ["view", "What it shows"],
        scene: Ok(scene),
    });
    let left = query::Left::default();
    seen(&picture::html(
        &drawing,
        lens,
        sheets.collect(),
        Theme::Dark,
        left,
    ))?;
    for view in picture::View::ALL.iter().filter(|view| !view.is_graph()) {
        for columns in [80, 1] {
            let drawn = picture::characters(graph, lens, selection, *view, None, columns);
            seen(&drawn.unwrap_or_default())?;
        }
    }
    Ok(())
}

#[cfg(not(feature = "pictures"))]
fn pictures(_: &Graph, _: Lens, _: &Excerpt, _: &query::Extract) -> Result<(), String> {
    Ok(())
}
