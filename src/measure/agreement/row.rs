//! Measures of one actor with all others at once, from the statements of everyone on each of its
//! issues: one row of a sparse matrix times its transpose.

use crate::measure::agreement::{Count, Measure, Normalise, Pair, Tally, Voice, part};

/// The measures of one actor with others.
pub(crate) struct Row {
    pub(crate) pairs: Vec<Pair>,
    /// For Jaccard: Σ x_ijk · x_i'jk minus both x_ijk and x_i'jk where neither is 0.
    overlap: Vec<f64>,
    /// For sides: three numbers packed into one per actor. They are the issues on the same side
    /// minus those on opposite sides, the issues on which neither is neutral, and the shared
    /// issues.
    sums: Vec<i64>,
}

/// The bit offsets of the numbers in a packed sum, and the mask of the lower two.
const NET: u32 = 40;
const SIDED: u32 = 20;
const LOW: i64 = (1 << SIDED) - 1;

/// The side of each actor on each issue, as whole numbers: summing these takes a fraction of the
/// memory and time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sides {
    /// In the order of the tally's voices: four times the actor, plus 0, 1 or 2 for against,
    /// neutral and for.
    voices: Vec<u32>,
}

impl Row {
    pub(crate) fn new(actors: usize) -> Row {
        Row {
            pairs: vec![Pair::default(); actors],
            overlap: vec![0.0; actors],
            sums: vec![0; actors],
        }
    }

    /// Measures one actor with all before `end` except itself.
    pub(crate) fn fill(
        &mut self,
        tally: &Tally,
        actor: usize,
        end: usize,
        measure: Measure,
        normalise: Normalise,
    ) {
        // One loop per measure, so that the inner loop does not branch on it.
        match measure {
            Measure::Congruence => self.sum(tally, actor, end, |a, b, n| {
                part(Measure::Congruence, a, b, n)
            }),
            Measure::Conflict => self.sum(tally, actor, end, |a, b, n| {
                part(Measure::Conflict, a, b, n)
            }),
            Measure::Subtract => self.sum(tally, actor, end, |a, b, n| {
                part(Measure::Subtract, a, b, n)
            }),
            Measure::Ignore => {
                self.sum(tally, actor, end, |a, b, n| part(Measure::Ignore, a, b, n))
            }
            Measure::Identical => self.sum(tally, actor, end, |a, b, n| {
                part(Measure::Identical, a, b, n)
            }),
            Measure::Net => self.sum(tally, actor, end, |a, b, n| part(Measure::Net, a, b, n)),
        }
        if measure == Measure::Identical || normalise != Normalise::None {
            self.divide(tally, actor, end, measure, normalise);
        }
    }

    /// Measures the net agreement of one actor with all before `end` except itself, from the sides
    /// of this tally.
    pub(crate) fn fill_by_sides(&mut self, sides: &Sides, tally: &Tally, actor: usize, end: usize) {
        let sums = &mut self.sums[..end];
        sums.fill(0);
        for count in tally.of(actor) {
            let (side, sided) = (count.score as i64, i64::from(count.score != 0.0));
            let add = |other: i64| ((side * other) << NET) + ((sided * other.abs()) << SIDED) + 1;
            let adds = [add(-1), add(0), add(1), 0];
            for voice in &sides.voices[tally.voices_on(count.issue as usize)] {
                let Some(sum) = sums.get_mut((voice >> 2) as usize) else {
                    break;
                };
                *sum += adds[(voice & 3) as usize];
            }
        }
        for (pair, sum) in self.pairs.iter_mut().zip(sums) {
            *pair = Pair {
                value: (*sum >> NET) as f64,
                shared: (*sum & LOW) as f32,
                sided: ((*sum >> SIDED) & LOW) as f32,
            };
        }
        if let Some(itself) = self.pairs[..end].get_mut(actor) {
            *itself = Pair::default();
        }
    }

    fn sum(
        &mut self,
        tally: &Tally,
        actor: usize,
        end: usize,
        part: impl Fn(f64, f64, f64) -> f64,
    ) {
        let pairs = &mut self.pairs[..end];
        pairs.fill(Pair::default());
        if tally.repeats() {
            sum_repeats(pairs, tally, actor, part);
        } else {
            for count in tally.of(actor) {
                for voice in tally.on(count.issue as usize) {
                    // Voices are sorted by actor, so nothing after the first one past the end is
                    // needed.
                    let Some(pair) = pairs.get_mut(voice.actor as usize) else {
                        break;
                    };
                    pair.value += part(count.score, voice.score, 1.0);
                    pair.shared += 1.0;
                }
            }
        }
        if let Some(itself) = pairs.get_mut(actor) {
            *itself = Pair::default();
        }
    }

    fn divide(
        &mut self,
        tally: &Tally,
        actor: usize,
        end: usize,
        measure: Measure,
        normalise: Normalise,
    ) {
        if normalise == Normalise::Jaccard {
            self.overlap(tally, actor, end);
        }
        let own = tally.activity(actor);
        for other in (0..end).filter(|other| *other != actor) {
            let activity = (own, tally.activity(other));
            self.pairs[other] =
                self.pairs[other].divided(measure, normalise, activity, self.overlap[other]);
        }
    }

    fn overlap(&mut self, tally: &Tally, actor: usize, end: usize) {
        self.overlap[..end].fill(0.0);
        for count in tally.of(actor) {
            let own = f64::from(count.count);
            for voice in tally
                .on(count.issue as usize)
                .iter()
                .take_while(|voice| (voice.actor as usize) < end)
            {
                if voice.score == count.score {
                    let other = f64::from(voice.count);
                    self.overlap[voice.actor as usize] += own * other - own - other;
                }
            }
        }
    }
}

impl Sides {
    /// Converts a tally. Returns `None` if some actor has several statements on one issue, or a
    /// score that is not −1, 0 or 1, or if there are too many issues or actors to pack.
    pub(crate) fn of(tally: &Tally) -> Option<Sides> {
        if tally.repeats()
            || tally.issues() > LOW as usize
            || tally.actors() > u32::MAX as usize / 4
        {
            return None;
        }
        let side = |voice: &Voice| {
            (voice.count == 1 && [-1.0, 0.0, 1.0].contains(&voice.score))
                .then_some(voice.score + 1.0)
        };
        let voices = (0..tally.issues()).flat_map(|issue| tally.on(issue));
        let voices: Option<Vec<u32>> = voices
            .map(|voice| Some(4 * voice.actor + side(voice)? as u32))
            .collect();
        Some(Sides { voices: voices? })
    }
}

/// Sums a measure of an actor with others if some have several statements on one issue.
fn sum_repeats(
    pairs: &mut [Pair],
    tally: &Tally,
    actor: usize,
    part: impl Fn(f64, f64, f64) -> f64,
) {
    let add = |pair: &mut Pair, count: &Count, voice: &Voice| {
        pair.value += part(
            count.score,
            voice.score,
            f64::from(count.count) * f64::from(voice.count),
        );
    };
    for own in tally.of(actor).chunk_by(|a, b| a.issue == b.issue) {
        for theirs in tally
            .on(own[0].issue as usize)
            .chunk_by(|a, b| a.actor == b.actor)
        {
            let other = theirs[0].actor as usize;
            let Some(pair) = pairs.get_mut(other) else {
                break;
            };
            pair.shared += 1.0;
            // Add in the order of the lesser actor's statements, so that the sum is bit-identical
            // from either side.
            match other < actor {
                true => {
                    for voice in theirs {
                        for count in own {
                            add(pair, count, voice);
                        }
                    }
                }
                false => {
                    for count in own {
                        for voice in theirs {
                            add(pair, count, voice);
                        }
                    }
                }
            }
        }
    }
}
