//! Evidence: which records a question admits, and how many sources are independent.

use std::collections::BTreeSet;

use demarche::model::{Grade, Reliability, Stance, TieKind};
use demarche::syntax::OneOrMany;

use crate::days::earliest;
use crate::rules::Asked;
use crate::rules::position::View;
use crate::rules::records::{At, Graph, ids};

/// E1: "Sources count as independent by their roots along `via`."
pub(crate) fn e1_roots<'s>(
    graph: &Graph<'_>,
    sources: impl IntoIterator<Item = &'s str>,
) -> BTreeSet<String> {
    let mut roots = BTreeSet::new();
    for id in sources {
        match graph.sources.get(id).map(|source| ids(&source.via)) {
            Some(via) if !via.is_empty() => roots.extend(e1_roots(graph, via)),
            Some(_) => drop(roots.insert(id.to_owned())),
            None => {}
        }
    }
    roots
}

/// The graph that withdrawals (E2) and the filters of evidence leave.
///
/// - `--exclude-source`: "As if this source, and what only repeats it, did not exist".
/// - `--known-by`: "Only what sources dated by this day say".
/// - `--min-grade`: "Only claims of at least this Admiralty grade".
/// - `--min-sources`, of meetings, ties and facts: "Only what at least so many independent sources say"; of positions see
///   [`crate::rules::position`].
/// - E3: they "test SpeaksFor and Member ties only if they have a source; one without is kept, like the short form".
pub(crate) fn admitted<'a>(graph: &Graph<'a>, asked: &Asked) -> Graph<'a> {
    let mut left = graph.clone();
    exclude(&mut left, &asked.without);
    let known = |id: &str| match asked.known_by {
        None => true,
        Some(day) => left
            .sources
            .get(id)
            .and_then(|source| source.date)
            .is_some_and(|date| earliest(date) <= day),
    };
    let known: BTreeSet<String> = left
        .sources
        .keys()
        .filter(|id| known(id))
        .cloned()
        .collect();
    let whole = left.clone();
    let withdrawn = e2_withdrawn_sources(&whole, asked);
    // E2: whether a claim was withdrawn, and else, which of its sources were not: "a withdrawn one lends it nothing".
    let e2_test = |sources: &mut OneOrMany<'a>, by: Option<&str>| {
        let own = by.is_some_and(|by| e2_withdraws(&whole, by, asked));
        let kept: Vec<String> = ids(sources)
            .into_iter()
            .filter(|id| known.contains(*id))
            .map(str::to_owned)
            .collect();
        let all = !kept.is_empty() && kept.iter().all(|id| withdrawn.contains(id));
        let live = ids(sources)
            .into_iter()
            .filter(|id| !withdrawn.contains(*id))
            .map(|id| id.to_owned().into());
        // A tie whose sources are all unknown by the day had sources (E3): they are tested below.
        if !all && !kept.is_empty() {
            *sources = OneOrMany::Many(live.collect());
        }
        !own && !all
    };
    left.stances.retain_mut(|(at, record)| {
        let by = record.withdrawn_in.as_deref().map(str::to_owned);
        let stands = e2_test(&mut record.source, by.as_deref());
        if !stands {
            left.withdrawn.push((*at, record.clone()));
        }
        stands
    });
    left.meetings.retain(|_, met| {
        let record = &mut met.record;
        record.earlier.retain_mut(|entry| {
            let by = entry.withdrawn_in.as_deref().map(str::to_owned);
            e2_test(&mut entry.source, by.as_deref())
        });
        let by = record.withdrawn_in.as_deref().map(str::to_owned);
        met.present &= e2_test(&mut record.source, by.as_deref());
        met.present || !record.earlier.is_empty()
    });
    left.ties.retain_mut(|(_, record)| {
        let by = record.withdrawn_in.as_deref().map(str::to_owned);
        e2_test(&mut record.source, by.as_deref())
    });
    left.facts.retain(|_, record| {
        let by = record.withdrawn_in.as_deref().map(str::to_owned);
        e2_test(&mut record.source, by.as_deref())
    });
    // Whether a claim is kept, and with which of its sources.
    let test = |sources: &mut OneOrMany<'a>, credibility: Option<u32>, least: usize| {
        let kept: Vec<String> = ids(sources)
            .into_iter()
            .filter(|id| known.contains(*id))
            .map(str::to_owned)
            .collect();
        let graded = |reliability| Grade::of(reliability, credibility);
        let good = asked.min_grade.is_none_or(|least| {
            let mut grades: Vec<Option<Grade>> = kept
                .iter()
                .map(|id| graded(whole.sources[id].reliability))
                .collect();
            if kept.is_empty() {
                grades.push(graded(None));
            }
            grades
                .into_iter()
                .flatten()
                .any(|grade| grade.reaches(least))
        });
        let said = asked.known_by.is_none() || !kept.is_empty();
        let enough = e1_roots(&whole, kept.iter().map(String::as_str)).len() >= least;
        *sources = OneOrMany::Many(kept.into_iter().map(Into::into).collect());
        said && good && enough
    };
    left.stances
        .retain_mut(|(_, record)| test(&mut record.source, record.credibility, 0));
    // What a meeting says of the present is one claim, each entry of `earlier` another.
    left.meetings.retain(|_, met| {
        let record = &mut met.record;
        record
            .earlier
            .retain_mut(|entry| test(&mut entry.source, entry.credibility, asked.min_sources));
        met.present &= test(&mut record.source, record.credibility, asked.min_sources);
        met.present || !record.earlier.is_empty()
    });
    left.ties.retain_mut(|(_, record)| {
        let lasting = matches!(record.kind, TieKind::SpeaksFor | TieKind::Member);
        (lasting && record.source.as_slice().is_empty())
            || test(&mut record.source, record.credibility, asked.min_sources)
    });
    left.facts
        .retain(|_, record| test(&mut record.source, record.credibility, asked.min_sources));
    left
}

/// E2: "Only `--known-by` a day before the earliest day of that source counts it, and so does `--exclude-source` of that
/// source … An undated source has always withdrawn; a withdrawn one withdraws nothing". Excluded sources are gone already.
fn e2_withdraws(graph: &Graph<'_>, by: &str, asked: &Asked) -> bool {
    let Some(source) = graph.sources.get(by) else {
        return false;
    };
    let is_known = match (asked.known_by, source.date) {
        (Some(day), Some(date)) => earliest(date) <= day,
        _ => true,
    };
    let above = source.withdrawn_in.as_deref();
    is_known && !above.is_some_and(|above| e2_withdraws(graph, above, asked))
}

/// E2: `withdrawn_in` "on a source, that the whole source was"; "`via` passes nothing on".
fn e2_withdrawn_sources(graph: &Graph<'_>, asked: &Asked) -> BTreeSet<String> {
    let is_withdrawn = |by: Option<&str>| by.is_some_and(|by| e2_withdraws(graph, by, asked));
    graph
        .sources
        .iter()
        .filter(|(_, source)| is_withdrawn(source.withdrawn_in.as_deref()))
        .map(|(id, _)| id.clone())
        .collect()
}

/// As if these sources, and what only repeats them, did not exist: a record that had no other source goes with them.
fn exclude(graph: &mut Graph<'_>, without: &[String]) {
    let mut gone: BTreeSet<String> = without.iter().cloned().collect();
    loop {
        let repeats = graph.sources.iter().find(|(id, source)| {
            let via = ids(&source.via);
            !gone.contains(*id) && !via.is_empty() && via.iter().all(|id| gone.contains(*id))
        });
        match repeats.map(|(id, _)| id.clone()) {
            Some(id) => drop(gone.insert(id)),
            None => break,
        }
    }
    let keeps = |sources: &mut OneOrMany<'_>| {
        let had = sources.as_slice().len();
        let kept = ids(sources)
            .into_iter()
            .filter(|id| !gone.contains(*id))
            .map(|id| id.to_owned().into());
        *sources = OneOrMany::Many(kept.collect());
        had == 0 || !sources.as_slice().is_empty()
    };
    graph.sources.retain(|id, _| !gone.contains(id));
    for source in graph.sources.values_mut() {
        keeps(&mut source.via);
    }
    graph
        .stances
        .retain_mut(|(_, record)| keeps(&mut record.source));
    graph
        .ties
        .retain_mut(|(_, record)| keeps(&mut record.source));
    graph.facts.retain(|_, record| keeps(&mut record.source));
    graph.meetings.retain(|_, met| {
        met.record
            .earlier
            .retain_mut(|entry| keeps(&mut entry.source));
        met.present &= keeps(&mut met.record.source);
        met.present || !met.record.earlier.is_empty()
    });
}

impl View<'_> {
    /// Whether these statements are all doubtful: the best source of each is graded D or E, or what it says 4 or 5.
    pub(crate) fn are_doubtful(&self, statements: &[At]) -> bool {
        let is_doubtful = |stance: &Stance<'_>| {
            let sources = ids(&stance.source).into_iter();
            let graded = sources.filter_map(|id| self.graph.sources.get(id)?.reliability);
            let best = graded.filter(|grade| *grade != Reliability::F).min();
            matches!(best, Some(Reliability::D | Reliability::E))
                || matches!(stance.credibility, Some(4 | 5))
        };
        let made_by = || {
            self.graph
                .stances
                .iter()
                .filter(|(at, _)| statements.contains(at))
        };
        made_by().next().is_some() && made_by().all(|(_, stance)| is_doubtful(stance))
    }
}
