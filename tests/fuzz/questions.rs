//! Every question in every format, and every picture, of graphs made as bytes decide: nothing panics, JSON is JSON, tables are
//! rectangular, SVG is XML, and nothing comes out that a terminal would obey.

use demarche::diagnostic::Severity;
use demarche::graph::{ActorId, Entity, Graph, IssueId, Lens, Over, Restriction, SourceId, Words};
use demarche::measure::agreement::{Measure, Normalise};
use demarche::measure::forecast::Rule;
use demarche::model::Day;
use demarche::query::{
    self, Answer, BalanceQuestion, BrokerQuestion, CampsQuestion, Counting, Detail, Groups,
    HistoryOf, List, MatrixQuestion, MeetingFilter, Mode, PositionFilter, Selection, Signs,
    Through, TimelineFilter, TwoMode, View,
};
use demarche::render::{self, Paint, Shape, Why};
use demarche::text::is_obeyed;

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
        answer.notes.extend(query::left_open(
            graph,
            lens,
            &view.restriction,
            &view.omitted,
            &answer,
        ));
        answer.notes.extend(query::left_out(
            graph,
            lens,
            &view.restriction,
            &view.omitted,
        ));
        rendered(graph, &answer).unwrap_or_else(|wrong| panic!("{what}: {wrong}\n{text}"));
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

fn answers(graph: &Graph, lens: Lens, detail: Detail) -> Vec<(String, Answer)> {
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
    let mut answers = vec![("overview".to_owned(), query::overview(graph, lens))];
    let mut ask = |what: &str, answer: Answer| answers.push((what.to_owned(), answer));
    for list in [
        List::Actors,
        List::Issues,
        List::Meetings,
        List::Sources,
        List::Ties,
        List::Stances,
        List::Facts,
    ] {
        ask("list", query::list(graph, lens, list));
    }
    for entity in graph.entities() {
        ask("show", query::show(graph, lens, entity));
        let names = vec![entity];
        ask(
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
    ask(
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
    ask(
        "positions",
        query::positions(graph, lens, &PositionFilter::default()),
    );
    ask(
        "meetings",
        query::meetings(graph, lens, &MeetingFilter::default()),
    );
    ask(
        "timeline",
        query::timeline(graph, lens, &TimelineFilter::default()),
    );
    let quotes = demarche::check::quotes(graph);
    ask("evidence", query::footing(graph, lens, 365, &quotes));
    for source in ends(&sources) {
        ask("passages", query::passages(graph, source, &quotes));
    }
    for text in ["a", "dam", "\u{202e}"] {
        ask("find", query::find(graph, lens, text));
    }
    ask(
        "forecast",
        query::forecast(graph, lens, &issues, &Rule::ALL),
    );
    ask("compare", query::compare(graph, lens, &actors));
    ask("common", query::common(graph, lens, &actors));
    let pair = actors
        .first()
        .copied()
        .zip(actors.last().copied())
        .filter(|(one, other)| one != other);
    for through in [
        Through::Meetings,
        Through::Issues,
        Through::Ties,
        Through::All,
    ] {
        if let Some((from, to)) = pair {
            ask("path", query::path(graph, lens, from, to, through, 3));
        }
        let between = pair.map(|(one, other)| (vec![one], vec![other]));
        for (between, by) in [(None, Groups::Kind), (between, Groups::Camp)] {
            ask(
                "brokers",
                query::brokers(
                    graph,
                    lens,
                    &BrokerQuestion {
                        through,
                        between,
                        by,
                        ..Default::default()
                    },
                ),
            );
        }
    }
    for signs in [Signs::Ties, Signs::Positions, Signs::Both] {
        for pair in [None, pair] {
            ask(
                "balance",
                query::balance(
                    graph,
                    lens,
                    &BalanceQuestion {
                        signs,
                        pair,
                        budget: 10_000,
                        most: Some(5),
                    },
                ),
            );
        }
    }
    for actor in ends(&actors) {
        ask(
            "history",
            query::history(graph, lens, HistoryOf::Actor(actor)),
        );
        for issue in ends(&issues) {
            ask(
                "history",
                query::history(graph, lens, HistoryOf::Position(actor, issue)),
            );
        }
    }
    for issue in ends(&issues) {
        ask(
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
                pair: None,
                most: None,
                detail,
            };
            ask("camps", query::camps(graph, lens, &question));
            ask(
                "camps",
                query::camps(graph, lens, &CampsQuestion { pair, ..question }),
            );
        }
        for normalise in [
            Normalise::None,
            Normalise::Average,
            Normalise::Jaccard,
            Normalise::Product,
        ] {
            let of = Mode::Actors(measure, normalise);
            ask(
                "matrix",
                query::matrix(
                    graph,
                    lens,
                    &MatrixQuestion {
                        of,
                        counting,
                        least: 1,
                        cell: None,
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
        for cell in [None, cell] {
            ask(
                "matrix",
                query::matrix(
                    graph,
                    lens,
                    &MatrixQuestion {
                        of,
                        counting: Counting::default(),
                        least: 0,
                        cell,
                        detail,
                    },
                ),
            );
        }
    }
    answers
}

/// What is wrong with an answer as it is printed.
fn rendered(graph: &Graph, answer: &Answer) -> Result<(), String> {
    for why in [Why::Brief, Why::Shown] {
        for width in [None, Some(40), Some(1)] {
            let paint = Paint::Plain;
            seen(&render::text(graph, answer, why, Shape { width, paint }))?;
        }
        seen(&render::markdown(graph, answer, why))?;
    }
    let json = render::json(graph, answer);
    seen(&json)?;
    serde_json::from_str::<serde_json::Value>(&json).map_err(|error| format!("{error}: {json}"))?;
    rectangular(&render::csv(graph, answer))
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

/// Tables follow one another, each with a header of its own.
fn rectangular(text: &str) -> Result<(), String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut width = None;
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        if width.is_none() || record.get(0) == Some("section") {
            width = Some(record.len());
        }
        if width != Some(record.len()) {
            return Err(format!(
                "a table of {width:?} has a line of {}: {text}",
                record.len()
            ));
        }
    }
    Ok(())
}

fn drawn(graph: &Graph, lens: Lens) -> Result<(), String> {
    let selection = Selection::default();
    let shown = query::extract(graph, lens, &selection);
    let (mut dot, mut mermaid) = (Vec::new(), Vec::new());
    render::dot::dot(graph, &shown, &mut dot).map_err(|error| error.to_string())?;
    render::mermaid::mermaid(graph, &shown, &mut mermaid).map_err(|error| error.to_string())?;
    for text in [dot, mermaid] {
        seen(&String::from_utf8(text).map_err(|error| error.to_string())?)?;
    }
    pictures(graph, lens, &selection, &shown)
}

#[cfg(feature = "pictures")]
fn pictures(
    graph: &Graph,
    lens: Lens,
    selection: &Selection,
    shown: &query::Extract,
) -> Result<(), String> {
    use demarche::picture::scope::{Room, scope};
    use demarche::picture::{self, Theme, matrix, spectrum, timeline};

    let part = scope(graph, lens, selection, Room::of(None, 20));
    let spectra: Vec<_> = part
        .issues
        .iter()
        .map(|issue| spectrum::spectrum(graph, lens, &part, *issue))
        .collect();
    let matrix = matrix::matrix(graph, &part);
    let agreement = matrix::agreement(&part);
    let timeline = timeline::timeline(graph, lens, selection, timeline::MOST_LANES);
    let map = picture::map(graph, shown).ok();
    let scenes = [
        map.clone(),
        picture::network(graph, lens, shown).ok(),
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
    if let Some(map) = map {
        seen(&picture::html(graph, lens, shown, map, Theme::Dark))?;
    }
    for view in [
        picture::View::Matrix,
        picture::View::Agreement,
        picture::View::Spectrum,
        picture::View::Timeline,
    ] {
        for columns in [80, 1] {
            seen(&picture::characters(
                graph, lens, selection, view, None, columns,
            ))?;
        }
    }
    Ok(())
}

#[cfg(not(feature = "pictures"))]
fn pictures(_: &Graph, _: Lens, _: &Selection, _: &query::Extract) -> Result<(), String> {
    Ok(())
}
