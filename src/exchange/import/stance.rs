//! The statements of a row.

use crate::exchange::import::records::sum;
use crate::exchange::import::row::Row;
use crate::exchange::import::value::Range;
use crate::exchange::import::{Got, Import};
use crate::exchange::map::StancePart;
use crate::model::{Record, RecordKind, Stance, Str, Tie, TieKind};
use crate::syntax::{OneOrMany, Rare};

/// Who voiced a statement, and whose it is.
pub(super) type Voiced = (Box<str>, Box<[Box<str>]>);

impl Import<'_> {
    pub(super) fn stance(&mut self, part: &StancePart, row: &Row<'_>) -> Got<bool> {
        let issue = (RecordKind::Issue, "issue");
        let issues = self.required(row, &part.issue, issue, part.span)?;
        let mut is_made = false;
        for issue in issues {
            is_made |= self.stance_on(part, row, issue)?;
        }
        Ok(is_made)
    }

    fn stance_on(&mut self, part: &StancePart, row: &Row<'_>, issue: Str<'static>) -> Got<bool> {
        let position = self.position(row, part, &issue)?;
        let salience = self.number(row, &part.salience, Range::Share)?;
        if position.is_none() && salience.is_none() {
            return Ok(false);
        }
        let actors = RecordKind::Actor;
        let actor = self.required(row, &part.actor, (actors, "actor"), part.span)?;
        let toward = self.names(row, &part.toward, actors)?;
        let said_by = self.name(row, &part.said_by, (actors, "said_by"))?;
        let stance = Stance {
            issue,
            position,
            condition: row.rare(&part.condition, ""),
            depends_on: self.actors_or_issues(row, &part.depends_on)?,
            toward: OneOrMany::of(toward),
            salience,
            power: self.number(row, &part.power, Range::Positive)?,
            summary: row.string(&part.summary, ""),
            quote: row.rare(&part.quote, ""),
            said_by: Rare::of(said_by.filter(|by| !actor.contains(by))),
            date: self.date(row, &part.date, "")?,
            until: self.date(row, &part.until, "")?,
            source: self.source_of(row, &part.source)?,
            at: Rare::default(),
            credibility: self.credibility(row, &part.credibility)?,
            withdrawn_in: Rare::default(),
            note: row.rare(&part.note, ""),
            tags: row.strings(&part.tags, ""),
            actor: OneOrMany::of(actor),
        };
        self.add_stance(part, row, stance)
    }

    fn add_stance(
        &mut self,
        part: &StancePart,
        row: &Row<'_>,
        stance: Stance<'static>,
    ) -> Got<bool> {
        let text = self.written(&stance)?;
        let record = Record::Stance(stance);
        self.check_record(row, RecordKind::Stance, (&record, &text), part)?;
        let Record::Stance(mut stance) = record else {
            return Ok(false);
        };
        if self.is_repeated(row, &text)? {
            return Ok(true);
        }
        self.voiced(part, &stance)?;
        self.tally.stances += 1;
        let at = row.at(&part.at);
        // What comes after `at` is rare: most statements need not be written again.
        let is_last =
            stance.credibility.is_none() && stance.note.is_none() && stance.tags.is_empty();
        if is_last {
            self.stances.add_with(text, "at", &at);
        } else {
            stance.at = at.into();
            let written = self.written(&stance)?;
            self.stances.add(written);
        }
        Ok(true)
    }

    /// Says that whoever voiced a statement speaks for its actors, if the map does; else counts the
    /// statement as one that will not count.
    fn voiced(&mut self, part: &StancePart, stance: &Stance<'static>) -> Got<()> {
        let Some(by) = stance.said_by.as_deref() else {
            return Ok(());
        };
        let actors = stance.actor.as_slice();
        if part.speaks != Some(true) {
            let voiced = (
                by.into(),
                actors.iter().map(|actor| (**actor).into()).collect(),
            );
            *self.voiced.entry(voiced).or_default() += 1;
            return Ok(());
        }
        for actor in actors {
            if self.seen.insert(sum(&format!("speaks|{by}|{actor}"))) {
                let tie = Tie {
                    from: by.to_owned().into(),
                    to: actor.clone(),
                    kind: TieKind::SpeaksFor,
                    source: stance.source.clone(),
                    ..Tie::default()
                };
                self.add_tie(&tie)?;
            }
        }
        Ok(())
    }

    /// Counts the statements that will not count, because whoever voiced them speaks for none of their
    /// actors.
    pub(super) fn count_attributed(&mut self) {
        let voiced = std::mem::take(&mut self.voiced);
        let is_attributed = |((by, actors), _): &(&Voiced, &usize)| {
            actors.iter().any(|actor| !self.speaks_for(by, actor))
        };
        let attributed = voiced.iter().filter(is_attributed);
        self.tally.attributed = attributed.map(|(_, count)| count).sum();
    }

    /// Returns whether the graph or the import says that somebody speaks for an actor, at any time.
    fn speaks_for(&self, by: &str, actor: &str) -> bool {
        let in_graph = || {
            let graph = self.known.others?.graph;
            let (by, actor) = (graph.entity(by)?.actor()?, graph.entity(actor)?.actor()?);
            Some(graph.voices().ever(by).any(|one| one == actor))
        };
        let is_declared = || {
            let (RecordKind::Actor, nth) = self.places.get(by)? else {
                return None;
            };
            let (_, record) = self.document.actors.0.get(*nth)?;
            Some(record.speaks_for.as_slice().iter().any(|one| one == actor))
        };
        let has_tie = self.seen.contains(&sum(&format!("speaks|{by}|{actor}")));
        has_tie || in_graph() == Some(true) || is_declared() == Some(true)
    }
}
