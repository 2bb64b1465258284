//! `said-after-source`: a stance, or a change of a meeting's status, is dated after the publication
//! of all its sources.

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, Source, SourceId};
use crate::model::Date;
use crate::syntax::{Locator, Step};
use crate::text::Place;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut places = Locator::default();
    for stance in &graph.stances {
        let at = [Step::Field("date")];
        found.extend(too_late(
            graph,
            &mut places,
            stance.place,
            stance.date,
            stance.sources.as_slice(),
            &at,
            "this stance is dated",
        ));
    }
    for meeting in &graph.meetings {
        let more = meeting.more.as_deref();
        let set = "this status was set on";
        let on = more.and_then(|more| more.on);
        found.extend(too_late(
            graph,
            &mut places,
            meeting.place,
            on,
            meeting.sources(),
            &[Step::Field("on")],
            set,
        ));
        for earlier in meeting.earlier() {
            let nth = earlier.nth as usize;
            let at = [Step::Field("earlier"), Step::Item(nth), Step::Field("on")];
            found.extend(too_late(
                graph,
                &mut places,
                meeting.place,
                earlier.on,
                earlier.sources.as_slice(),
                &at,
                set,
            ));
        }
    }
}

/// Returns a finding if a date is after that of the latest source, or `None` if a source has no
/// date.
fn too_late<'g>(
    graph: &'g Graph,
    places: &mut Locator<'g>,
    record: Place,
    date: Option<Date>,
    sources: &[SourceId],
    at: &[Step<'_>],
    what: &str,
) -> Option<Diagnostic> {
    let date = date?;
    let (source, published, last) = Source::last(sources.iter().map(|id| &graph[*id]))?;
    if date.period().from <= last {
        return None;
    }
    let (after, label) = match sources.len() {
        1 => ("its source was", "the source can't know this"),
        _ => ("all its sources were", "none of them can know this"),
    };
    Some(
        Diagnostic::warning(
            "said-after-source",
            format!("{what} {date}, after {after} published"),
            super::part_by(places, graph, record, at),
            label,
        )
        .label(
            super::part(graph, source.place, &[Step::Field("date")]),
            format!("`{}` is of {published}", source.id),
        )
        .help("correct one of the two dates, or name a source that reports it"),
    )
}
