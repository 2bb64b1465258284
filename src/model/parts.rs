//! Reads a large text in several parts in parallel, each on its own thread.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::model::{Chunk, Entry, Split, read};
use crate::spread::{spread, threads};
use crate::syntax::given_twice;
use crate::text::{FileId, Place};

/// A text shorter than this many bytes is read by one thread.
const WORTH_SPLITTING: usize = 1 << 20;
/// A text is read in one part per core, up to this many: more would wait for memory.
const MOST: usize = 8;

/// The parts read so far, joined up to the first one still missing.
#[derive(Default)]
struct Joined<'a, T, W> {
    whole: W,
    chunks: Vec<Chunk<'a>>,
    waiting: BTreeMap<usize, (T, Chunk<'a>)>,
}

/// Reads a text in parts: `each` adds a record to what is collected of a part, `join` adds that to
/// the whole, in the order of the text. A short text is one part; a longer one has at least one
/// part per thread, none much longer than `longest` bytes. The header fields are returned part by
/// part.
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
    // If each thread reads one part, the calling thread takes the last: many small records follow
    // the stances, and the memory of other threads grows page by page.
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
    // If a part does not stop where the next starts, some part began at text that only looked like
    // a stance (in a comment, say). The text is then read again as one part.
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

/// Returns the starts of the parts, up to `parts` of them; `None` is the beginning of the text.
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

/// Finds an offset after `near` that looks like the start of a stance. It is only a guess: a part
/// read from there is valid only if the reader of the part before stops exactly there.
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

/// Reports sections that occur in two parts, as is done for repeated sections in one part.
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
