//! Leaves out actors, issues and sources that only rows with mistakes name.

use std::collections::HashSet;

use crate::exchange::import::Import;
use crate::exchange::names::Register;
use crate::model::{Records, Str};

impl Import<'_> {
    pub(super) fn leave_out_unused(&mut self) {
        let document = &mut self.document;
        leave_out(&mut document.actors, &self.actors, |actor| {
            let speaks_for = actor.speaks_for.as_slice().iter();
            speaks_for.chain(&actor.members).cloned().collect()
        });
        leave_out(&mut document.issues, &self.issues, |issue| {
            issue.part_of.iter().cloned().collect()
        });
        let gone = leave_out(&mut document.sources, &self.sources, |source| {
            source.via.as_slice().to_vec()
        });
        if !gone.is_empty() {
            let gone: HashSet<&String> = gone
                .iter()
                .filter_map(|id| self.text_names.get(&**id))
                .collect();
            self.texts.retain(|(name, _)| !gone.contains(name));
        }
    }
}

/// Leaves out the records that no cell means and no record that stays refers to. Returns their ids.
fn leave_out<R>(
    records: &mut Records<'static, R>,
    register: &Register,
    refers_to: impl Fn(&R) -> Vec<Str<'static>>,
) -> HashSet<Str<'static>> {
    let all = records.0.iter();
    let unused = all.filter(|(id, _)| register.rows(id) == 0);
    let mut gone: HashSet<Str<'static>> = unused.map(|(id, _)| id.clone()).collect();
    let mut before = 0;
    while before != gone.len() {
        before = gone.len();
        let kept = records.0.iter().filter(|(id, _)| !gone.contains(id));
        let referred: HashSet<Str<'static>> =
            kept.flat_map(|(_, record)| refers_to(record)).collect();
        gone.retain(|id| !referred.contains(id));
    }
    if !gone.is_empty() {
        records.0.retain(|(id, _)| !gone.contains(id));
    }
    gone
}
