//! A large text is read in several parts at once, each on a thread of its own.

use std::num::NonZero;

use crate::model::{Chunk, Entry, Split, read};
use crate::syntax::given_twice;
use crate::text::{FileId, Place};

/// A text shorter than this is read by one thread.
const WORTH_SPLITTING: usize = 1 << 20;
/// More threads than this would wait for memory.
const MOST_THREADS: usize = 8;

/// Reads a text; `each` adds a record to what is collected of its part. The parts, most often one, come in the order of the
/// text.
pub fn read_parts<'a, T: Default + Send>(
    text: &'a str,
    file: FileId,
    each: impl Fn(&mut T, Entry<'a>) + Sync,
) -> Vec<(T, Chunk<'a>)> {
    let part = |split: Split| {
        let mut collected = T::default();
        let chunk = read(text, file, split, |entry| each(&mut collected, entry));
        (collected, chunk)
    };
    let starts = starts(text);
    let split = |nth: usize| Split { from: starts[nth], to: starts.get(nth + 1).copied().flatten() };
    let (split, part) = (&split, &part);
    let mut parts: Vec<(T, Chunk<'a>)> = std::thread::scope(|scope| {
        let rest: Vec<_> = (1..starts.len()).map(|nth| scope.spawn(move || part(split(nth)))).collect();
        let first = part(split(0));
        std::iter::once(Some(first)).chain(rest.into_iter().map(|part| part.join().ok())).flatten().collect()
    });
    let last = starts.len() - 1;
    // Else some part began at what only looked like a stance (in a comment, say): then the text is read again in one.
    let continues = parts.len() == starts.len() && parts.iter().enumerate().all(|(nth, part)| part.1.stopped == (nth < last));
    if !continues {
        return vec![part(Split::default())];
    }
    repeated_sections(parts.iter_mut().map(|(_, chunk)| chunk));
    parts
}

/// Where the parts start; none is the beginning of the text.
fn starts(text: &str) -> Vec<Option<usize>> {
    let mut starts = vec![None];
    if text.len() >= WORTH_SPLITTING {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        starts.extend((1..threads).filter_map(|nth| likely_split(text, text.len() / threads * nth)).map(Some));
        starts.dedup();
    }
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
                Some((_, first)) => chunk.diagnostics.push(given_twice(section, *place, *first)),
                None => seen.push((section, *place)),
            }
        }
    }
}
