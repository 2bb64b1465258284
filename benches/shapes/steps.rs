//! What is done with a text of each shape.

use std::path::Path;

use demarche::edit::draft::{SourceOf, draft, ron};
use demarche::edit::{self, Layout, Written};
use demarche::graph::{Entity, Graph, Lens};
use demarche::model::Day;
use demarche::picture::{self, Theme};
use demarche::query::{self, History, HistoryOf, List, Noted, PositionFilter, Version, View};
use demarche::render::diagnostics::{Style, json, text};
use demarche::render::{self, Why};
use demarche::text::FileId;
use demarche::{check, diagnostic, diagram, disk};

use crate::{Times, texts, timed};

/// Larger maps are not drawn here: what lays them out has time for so many.
#[cfg(feature = "pictures")]
const MOST_DRAWN: usize = 200;

/// Checks a graph, lays it out, asks it.
pub(crate) fn of_graph(source: &str, folder: &Path) -> Times {
    let mut times = Times::new();
    let file = folder.join("graph.ron");
    std::fs::write(&file, source).unwrap();
    let (graph, mut found) = timed(&mut times, "read", || disk::read(&[&file]).unwrap());
    timed(&mut times, "warnings", || {
        found.extend(check::warnings(&graph));
        found.extend(check::misquotes(&graph));
        diagnostic::sort(&mut found);
    });
    let style = Style {
        color: false,
        width: Some(80),
    };
    timed(&mut times, "show found", || {
        text(&found, graph.texts(), style).len()
    });
    timed(&mut times, "json", || {
        json(&found, &[], graph.texts()).len()
    });
    timed(&mut times, "fmt", || {
        edit::format(source, Layout::default()).is_ok()
    });
    timed(&mut times, "mentions", || {
        edit::mentions(graph.texts(), "a").len()
    });
    timed(&mut times, "rename", || {
        edit::rename(graph.texts(), "a", "z").is_ok()
    });
    edits(&graph, &mut times);
    ask(&graph, &mut times);
    #[cfg(feature = "pictures")]
    picture(&graph, &mut times);
    #[cfg(feature = "lsp")]
    crate::editor::of_graph(source, &file, &mut times);
    times
}

/// Edits of the largest record, and of one that much may refer to.
fn edits(graph: &Graph, times: &mut Times) {
    let texts = &graph.texts()[..1];
    let records = edit::records(&texts[0].text, FileId(0));
    let length = |record: &&Written| record.place.span.end - record.place.span.start;
    let Some(largest) = records.iter().max_by_key(length) else {
        return;
    };
    timed(times, "take out", || {
        edit::take_out(texts, std::slice::from_ref(largest)).is_ok()
    });
    timed(times, "move", || edit::move_to_new(texts, largest).is_ok());
    if let Some(note) = largest.kind.field("note") {
        timed(times, "set", || {
            edit::set(texts, largest, note, "\"so\"").is_ok()
        });
    }
    timed(times, "merge", || edit::merge(texts, "b", "a").is_ok());
    let known = records.iter();
    for record in known.filter(|record| record.id.as_deref() == Some("a")) {
        timed(times, "remove", || {
            edit::remove_with_references(texts, record).is_ok()
        });
    }
}

fn ask(graph: &Graph, times: &mut Times) {
    let lens = Lens::as_of(Day::of(2024, 1, 1));
    let mut ask = |step: &str, answer: &dyn Fn() -> Box<dyn Noted>| {
        timed(times, step, || {
            let answer = answer();
            let shape = render::Shape {
                width: Some(80),
                ..Default::default()
            };
            let shown = render::text(graph, &*answer, Why::Shown, shape);
            shown.len() + render::json(graph, &*answer).len()
        });
    };
    let all = PositionFilter {
        history: History::All,
        ..PositionFilter::default()
    };
    assert!(graph.actors().len() > 1);
    let ((actor, _), (last, _)) = (
        graph.actors().next().unwrap(),
        graph.actors().last().unwrap(),
    );
    let (issue, _) = graph.issues().next().unwrap();
    let (source, _) = graph.sources().next().unwrap();
    ask("overview", &|| Box::new(query::overview(graph, lens)));
    let lists = [
        ("list actors", List::Actors),
        ("list issues", List::Issues),
        ("list meetings", List::Meetings),
        ("list sources", List::Sources),
        ("list ties", List::Ties),
        ("list stances", List::Stances),
        ("list facts", List::Facts),
    ];
    for (step, what) in lists {
        ask(step, &|| query::list(graph, lens, what));
    }
    ask("show actor", &|| {
        query::show(graph, lens, Entity::Actor(actor))
    });
    ask("show last", &|| {
        query::show(graph, lens, Entity::Actor(last))
    });
    ask("show issue", &|| {
        query::show(graph, lens, Entity::Issue(issue))
    });
    ask("show source", &|| {
        query::show(graph, lens, Entity::Source(source))
    });
    ask("positions", &|| {
        Box::new(query::positions(graph, lens, &all))
    });
    ask("history", &|| {
        Box::new(query::history(graph, lens, HistoryOf::Issue(issue)))
    });
    ask("meetings", &|| {
        Box::new(query::meetings(graph, lens, &Default::default()))
    });
    ask("common", &|| {
        Box::new(query::common(graph, lens, &[actor, last]))
    });
    ask("compare", &|| {
        Box::new(query::compare(graph, lens, &[actor, last]))
    });
    ask("evidence", &|| {
        Box::new(query::evidence(graph, lens, 2, &check::quotes(graph)))
    });
    ask("passages", &|| {
        Box::new(query::passages(graph, source, &check::quotes(graph)))
    });
    ask("timeline", &|| {
        Box::new(query::timeline(graph, lens, &Default::default()))
    });
    ask("find", &|| Box::new(query::find(graph, lens, "land")));
    for (name, fold) in [("path", false), ("path --fold", true)] {
        let question = query::PathQuestion {
            through: query::Through::All,
            fold,
            count: 3,
        };
        ask(name, &|| {
            Box::new(query::path(graph, lens, actor, last, &question))
        });
    }
    let version = |name: &str| Version {
        name: name.to_owned(),
        view: View::whole(graph.clone(), lens),
        mistakes: 0,
    };
    ask("diff", &|| {
        Box::new(query::diff(version("old"), version("new")).answer)
    });
    timed(times, "dot", || {
        let extract = query::extract(graph, lens, &Default::default());
        let mut out = Vec::new();
        picture::dot(&diagram::map(graph, &extract), Theme::Light, &mut out).unwrap();
        out.len()
    });
}

/// Draws a graph that is no larger than a picture can be, and its timeline.
#[cfg(feature = "pictures")]
fn picture(graph: &Graph, times: &mut Times) {
    use demarche::picture::View;
    let lens = Lens::as_of(Day::of(2024, 1, 1));
    let all = Default::default();
    for (step, view) in [
        ("timeline text", View::Timeline),
        ("matrix text", View::Matrix),
    ] {
        timed(times, step, || {
            picture::characters(graph, lens, &all, view, None, 80).map_or(0, |drawn| drawn.len())
        });
    }
    if graph.actors().len() + graph.issues().len() + graph.meetings().len() > MOST_DRAWN {
        return;
    }
    timed(times, "map", || {
        let extract = query::extract(graph, lens, &all);
        picture::map(&diagram::map(graph, &extract))
            .map(|map| picture::svg(&map, Theme::Light).len())
    })
    .unwrap();
}

/// Drafts out of a text.
pub(crate) fn of_draft(source: &str) -> Times {
    let mut times = Times::new();
    let (graph, _) = demarche::resolve::read("pact.ron", &(texts::GRAPHS[0].2)(0));
    let found = timed(&mut times, "draft", || draft(source, &graph, Some(2024)));
    let of = SourceOf {
        id: "text".to_owned(),
        text: None,
    };
    timed(&mut times, "write", || ron(&found, &graph, &of).len());
    times
}
