//! Links sources, actors and issues to one another, and cuts references that would make a cycle. A
//! broken reference is ignored, but the record stays, since statements refer to it.

use std::collections::HashMap;

use crate::graph::{Actor, Graph, Issue, Source};
use crate::model::{self, Str};
use crate::resolve::cut::without;
use crate::resolve::draft::{Declared, Draft};
use crate::resolve::link::Linker;
use crate::resolve::refer::{Spot, Target, named_twice};
use crate::resolve::value;
use crate::text::Place;

impl<'t> Linker<'t> {
    pub(super) fn sources(&mut self, graph: &mut Graph, drafts: &[Draft<'t>]) {
        for declared in drafts.iter().flat_map(|draft| &draft.sources) {
            let Some(record) = self.declared(graph, declared) else {
                continue;
            };
            let via = record.map_or(Vec::new(), |record| {
                self.optional_list(graph, record.via.as_slice(), declared.place, "via")
            });
            let withdrawn_in = record
                .and_then(|record| record.withdrawn_in.as_option())
                .and_then(|name| {
                    let name = std::slice::from_ref(name);
                    self.optional_list(graph, name, declared.place, "withdrawn_in")
                        .pop()
                });
            let date = record.and_then(|record| record.date.and_then(value::closed));
            graph.sources.push(Source {
                id: declared.id.as_ref().into(),
                place: declared.place,
                title: called(declared, record.map(|record| &record.title)),
                date,
                lost_date: date.is_none()
                    && record.is_none_or(|record| {
                        record.date.is_some()
                            || declared.read.has_lost(model::Source::FIELDS, "date")
                    }),
                via,
                withdrawn_in,
                same_as: boxed(record.map(|record| record.same_as.as_slice())),
                reliability: record.and_then(|record| record.reliability),
            });
        }
        graph
            .sources
            .sort_unstable_by(|one, other| one.id.cmp(&other.id));
        let leads = ways(&graph.sources, |source| {
            (
                source.place,
                source.via.iter().map(|id| id.index()).collect(),
            )
        });
        let cut = self.cut(
            &mut graph.read_in_part,
            "via",
            "repeats itself",
            &ids(&graph.sources, |record| &record.id),
            &leads,
        );
        without(
            &cut,
            graph.sources.iter_mut().map(|source| &mut source.via),
            |id| id.index(),
        );
        let leads = ways(&graph.sources, |source| {
            (
                source.place,
                source.withdrawn_in.iter().map(|id| id.index()).collect(),
            )
        });
        for (source, _) in self.cut(
            &mut graph.read_in_part,
            "withdrawn_in",
            "withdraws itself",
            &ids(&graph.sources, |record| &record.id),
            &leads,
        ) {
            graph.sources[source].withdrawn_in = None;
        }
    }

    pub(super) fn actors(&mut self, graph: &mut Graph, drafts: &[Draft<'t>]) {
        for declared in drafts.iter().flat_map(|draft| &draft.actors) {
            let Some(record) = self.declared(graph, declared) else {
                continue;
            };
            let speaks_for = record.map_or(Vec::new(), |record| {
                self.optional_list(
                    graph,
                    record.speaks_for.as_slice(),
                    declared.place,
                    "speaks_for",
                )
            });
            let members = record.map_or(Vec::new(), |record| {
                self.optional_list(graph, &record.members, declared.place, "members")
            });
            graph.actors.push(Actor {
                id: declared.id.as_ref().into(),
                place: declared.place,
                name: called(declared, record.map(|record| &record.name)),
                aliases: boxed(record.map(|record| record.aliases.as_slice())),
                kind: record
                    .filter(|_| !declared.read.has_lost(model::Actor::FIELDS, "kind"))
                    .map(|record| record.kind),
                speaks_for,
                members,
                power: record.and_then(|record| record.power.and_then(value::power)),
                same_as: boxed(record.map(|record| record.same_as.as_slice())),
            });
        }
        graph
            .actors
            .sort_unstable_by(|one, other| one.id.cmp(&other.id));
        let leads = ways(&graph.actors, |actor| {
            (
                actor.place,
                actor.speaks_for.iter().map(|id| id.index()).collect(),
            )
        });
        let cut = self.cut(
            &mut graph.read_in_part,
            "speaks_for",
            "speaks for itself",
            &ids(&graph.actors, |record| &record.id),
            &leads,
        );
        self.circles.insert("speaks_for", cut);
        let leads = ways(&graph.actors, |actor| {
            (
                actor.place,
                actor.members.iter().map(|id| id.index()).collect(),
            )
        });
        let cut = self.cut(
            &mut graph.read_in_part,
            "members",
            "is a member of itself",
            &ids(&graph.actors, |record| &record.id),
            &leads,
        );
        self.circles.insert("members", cut);
    }

    pub(super) fn issues(&mut self, graph: &mut Graph, drafts: &[Draft<'t>]) {
        for declared in drafts.iter().flat_map(|draft| &draft.issues) {
            let Some(record) = self.declared(graph, declared) else {
                continue;
            };
            let part_of = record
                .and_then(|record| record.part_of.as_ref())
                .and_then(|wider| {
                    self.optional_list(
                        graph,
                        std::slice::from_ref(wider),
                        declared.place,
                        "part_of",
                    )
                    .pop()
                });
            let lost = |field| declared.read.has_lost(model::Issue::FIELDS, field);
            let written = record.and_then(|record| record.scale.as_ref());
            let scale = written
                .filter(|_| !lost("scale"))
                .and_then(model::Scale::ends);
            let levels = match record.map(|record| record.levels) {
                Some(None) if !lost("levels") => Some(5),
                Some(levels) => levels.filter(|_| !lost("levels")).and_then(value::levels),
                None => None,
            };
            graph.issues.push(Issue {
                id: declared.id.as_ref().into(),
                place: declared.place,
                name: called(declared, record.map(|record| &record.name)),
                aliases: boxed(record.map(|record| record.aliases.as_slice())),
                topic_only: record.is_some_and(|record| {
                    let asks = record.question.is_some() || lost("question");
                    !asks && record.scale.is_none() && !lost("scale")
                }),
                part_of,
                levels,
                lost_scale: scale.is_none()
                    && (written.is_some() || record.is_none() || lost("scale")),
                scale,
                same_as: boxed(record.map(|record| record.same_as.as_slice())),
                lost_decided: record.is_some_and(|record| {
                    lost("decided") || record.decided.is_some_and(|date| date.is_open())
                }),
            });
        }
        graph
            .issues
            .sort_unstable_by(|one, other| one.id.cmp(&other.id));
        let leads = ways(&graph.issues, |issue| {
            (
                issue.place,
                issue.part_of.iter().map(|id| id.index()).collect(),
            )
        });
        for (issue, _) in self.cut(
            &mut graph.read_in_part,
            "part_of",
            "is part of itself",
            &ids(&graph.issues, |record| &record.id),
            &leads,
        ) {
            graph.issues[issue].part_of = None;
        }
    }

    /// Cuts the references by which a meeting would be part of itself.
    pub(super) fn parts_of_meetings(&mut self, graph: &mut Graph) {
        if graph
            .meetings
            .iter()
            .all(|meeting| meeting.part_of().is_none())
        {
            return;
        }
        let leads = ways(&graph.meetings, |meeting| {
            (
                meeting.place,
                meeting.part_of().iter().map(|id| id.index()).collect(),
            )
        });
        for (meeting, _) in self.cut(
            &mut graph.read_in_part,
            "part_of",
            "is part of itself",
            &ids(&graph.meetings, |record| &record.id),
            &leads,
        ) {
            if let Some(more) = &mut graph.meetings[meeting].more {
                more.part_of = None;
            }
        }
    }

    /// Returns the record of a declaration if it is the first of its id; the inner option is `None`
    /// if it could not be read. Counts it if a part of it must be ignored.
    fn declared<'d, T>(
        &self,
        graph: &mut Graph,
        declared: &'d Declared<'t, T>,
    ) -> Option<Option<&'d T>> {
        if !self.register.is_first(&declared.id, declared.place) {
            return None;
        }
        graph.read_in_part += usize::from(declared.faulty);
        Some(declared.record.as_ref())
    }

    /// Resolves the references of a declaration. A broken or repeated one is reported and ignored;
    /// the declaration stays.
    fn optional_list<T: Target>(
        &mut self,
        graph: &mut Graph,
        names: &[Str<'_>],
        record: Place,
        field: &str,
    ) -> Vec<T> {
        let mistakes = self.findings.mistakes();
        let repeats = repeats(names);
        let is_repeat = |item: usize| {
            let found = repeats.binary_search_by_key(&item, |(_, again)| *again);
            found.is_ok()
        };
        let ids = names
            .iter()
            .enumerate()
            .filter(|(item, _)| !is_repeat(*item))
            .filter_map(|(item, name)| {
                let spot = Spot::new(record, field, item);
                self.register.named(&mut self.findings, name, spot)
            })
            .collect();
        graph.read_in_part += usize::from(self.findings.mistakes() > mistakes);
        if let Some(&(first, again)) = repeats.first() {
            let items = [first, again].map(|item| self.register.item(record, field, item));
            let finding = named_twice(&names[again], items);
            self.findings.diagnostics.push(finding);
        }
        ids
    }
}

/// Returns the repeated names: for each the index of its first occurrence, and its own.
fn repeats(names: &[Str<'_>]) -> Vec<(usize, usize)> {
    if names.len() < 2 {
        return Vec::new();
    }
    let mut first: HashMap<&str, usize> = HashMap::new();
    let all = names.iter().enumerate();
    all.filter_map(|(nth, name)| {
        let known = *first.entry(name).or_insert(nth);
        (known != nth).then_some((known, nth))
    })
    .collect()
}

/// Returns the name of a record, or its id if it has none.
fn called<T>(declared: &Declared<'_, T>, name: Option<&Str<'_>>) -> Box<str> {
    let name = name.filter(|name| !name.trim().is_empty());
    name.map_or(declared.id.as_ref(), AsRef::as_ref).into()
}

/// Returns copies of texts that a record has.
fn boxed(texts: Option<&[Str<'_>]>) -> Vec<Box<str>> {
    let texts = texts.unwrap_or_default().iter();
    texts.map(|text| text.as_ref().into()).collect()
}

/// Returns where each record stands, and which others it leads to.
fn ways<T>(records: &[T], way: fn(&T) -> (Place, Vec<usize>)) -> Vec<(Place, Vec<usize>)> {
    records.iter().map(way).collect()
}

fn ids<T>(records: &[T], id: fn(&T) -> &str) -> Vec<&str> {
    records.iter().map(id).collect()
}
