//! A large text is read in several parts at once, each on a thread of its own.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::model::{Chunk, Entry, Split, read};
use crate::spread::{spread, threads};
use crate::syntax::given_twice;
use crate::text::{FileId, Place};

/// A text shorter than this is read by one thread.
const WORTH_SPLITTING: usize = 1 << 20;
/// It is read in a part for each core, up to so many: more would wait for memory.
const MOST: usize = 8;

/// The parts that are read so far, joined up to the first that is not.
#[derive(Default)]
struct Joined<'a, T, W> {
    whole: W,
    chunks: Vec<Chunk<'a>>,
    waiting: BTreeMap<usize, (T, Chunk<'a>)>,
}

/// Reads a text: `each` adds a record to what is collected of a part, `join` adds that to the whole. The parts are joined in
/// the order of the text: one where it is short, else at least one a thread, and none much longer than `longest` bytes. What
/// stands beside the records comes part by part.
pub fn read_parts<'a, T: Default + Send, W: Default + Send>(
    text: &'a str,
    file: FileId,
    longest: usize,
    each: impl Fn(&mut T, &mut Entry<'a>) + Sync,
    join: impl Fn(&mut W, T) + Sync,
) -> (W, Vec<Chunk<'a>>) {
    let part = |split: Split| {
        let mut collected = T::default();
        let chunk = read(text, file, split, |entry| each(&mut collected, entry));
        (collected, chunk)
    };
    let many = if text.len() < WORTH_SPLITTING {
        1
    } else {
        threads(text.len()).min(MOST)
    };
    let starts = starts(text, many.max(text.len() / longest));
    let joined = Mutex::new(Joined::default());
    let read_and_join = |nth: usize| {
        let part = part(Split {
            from: starts[nth],
            to: starts.get(nth + 1).copied().flatten(),
        });
        let mut joined = joined.lock().unwrap_or_else(PoisonError::into_inner);
        let joined = &mut *joined;
        joined.waiting.insert(nth, part);
        while let Some((collected, chunk)) = joined.waiting.remove(&joined.chunks.len()) {
            join(&mut joined.whole, collected);
            joined.chunks.push(chunk);
        }
    };
    // Where each thread reads one part, the caller's takes the last: behind the stances stand many small things, and the memory
    // of other threads grows page by page.
    let last = starts.len() - 1;
    let nth = |task: usize| {
        if starts.len() <= many {
            last - task
        } else {
            task
        }
    };
    spread(
        starts.len(),
        text.len() / starts.len(),
        || (),
        |(), task| read_and_join(nth(task)),
    );
    let Joined {
        mut whole,
        mut chunks,
        ..
    } = joined.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Else some part began at what only looked like a stance (in a comment, say): then the text is read again in one.
    if chunks
        .iter()
        .enumerate()
        .any(|(nth, chunk)| chunk.stopped != (nth < last))
    {
        let (collected, chunk) = part(Split::default());
        whole = W::default();
        join(&mut whole, collected);
        return (whole, vec![chunk]);
    }
    repeated_sections(chunks.iter_mut());
    (whole, chunks)
}

/// Where the parts start, so many if possible; none is the beginning of the text.
fn starts(text: &str, parts: usize) -> Vec<Option<usize>> {
    let mut starts = vec![None];
    starts.extend(
        (1..parts)
            .filter_map(|nth| likely_split(text, text.len() / parts * nth))
            .map(Some),
    );
    starts.dedup();
    starts
}

/// A place near the middle of the text, or any other offset, that looks like the start of a stance. Only a guess: a text
/// read from there is of use only if a reader of what comes before stops exactly there.
fn likely_split(text: &str, near: usize) -> Option<usize> {
    let near = (near..=text.len()).find(|at| text.is_char_boundary(*at))?;
    let line = near + text[near..].find("\n")? + 1;
    let mut at = line;
    for _ in 0..64 {
        let rest = &text[at..];
        let first = at + rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if text[first..].starts_with("(actor:") {
            return Some(first);
        }
        at += rest.find('\n')? + 1;
    }
    None
}

/// A section that two parts have is given twice, just as in one part.
fn repeated_sections<'c, 'a: 'c>(chunks: impl Iterator<Item = &'c mut Chunk<'a>>) {
    let mut seen: Vec<(&'static str, Place)> = Vec::new();
    for chunk in chunks {
        for (section, place) in &chunk.sections {
            match seen.iter().find(|(known, _)| known == section) {
                Some((_, first)) => chunk
                    .diagnostics
                    .push(given_twice(section, *place, *first).of_graph()),
                None => seen.push((section, *place)),
            }
        }
    }
}
