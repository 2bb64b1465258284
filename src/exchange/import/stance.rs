//! The statements of a row.

use crate::exchange::import::records::sum;
use crate::exchange::import::row::Row;
use crate::exchange::import::value::Range;
use crate::exchange::import::{Got, Import};
use crate::exchange::map::StancePart;
use crate::model::{RecordKind, Stance, Str, Tie, TieKind};
use crate::syntax::{OneOrMany, Rare};

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
        let position = self.position(row, &part.position, &issue)?;
        let salience = self.number(row, &part.salience, Range::Share)?;
        if position.is_none() && salience.is_none() {
            return Ok(false);
        }
        let actors = RecordKind::Actor;
        let actor = self.required(row, &part.actor, (actors, "actor"), part.span)?;
        let toward = self.names(row, &part.toward, actors)?;
        let said_by = self.names(row, &part.said_by, actors)?;
        let stance = Stance {
            issue,
            position,
            condition: row.rare(&part.condition, ""),
            depends_on: self.names(row, &part.depends_on, actors)?,
            toward: OneOrMany::of(toward),
            salience,
            power: self.number(row, &part.power, Range::Positive)?,
            summary: row.string(&part.summary, ""),
            quote: row.rare(&part.quote, ""),
            said_by: Rare::of(said_by.into_iter().find(|by| !actor.contains(by))),
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
        mut stance: Stance<'static>,
    ) -> Got<bool> {
        let text = self.written(&stance)?;
        if self.is_repeated(row, &text) {
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
            let is_attributed = actors.iter().any(|actor| !self.speaks_for(by, actor));
            self.tally.attributed += usize::from(is_attributed);
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

    /// Returns whether the graph says that somebody speaks for an actor, at any time.
    fn speaks_for(&self, by: &str, actor: &str) -> bool {
        let speaks = || {
            let graph = self.known.graph?;
            let (by, actor) = (graph.entity(by)?.actor()?, graph.entity(actor)?.actor()?);
            Some(graph.voices().ever(by).any(|one| one == actor))
        };
        speaks().unwrap_or(false)
    }
}
