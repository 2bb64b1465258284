//! Finds where many phrases occur in one text, in one pass for each order of magnitude of their
//! lengths, however many there are (after Karp and Rabin, 1987).

use hashbrown::{HashMap, HashSet};

/// The maximum number of offsets returned for a phrase. A phrase more frequent than that does not
/// identify a quote.
const MOST: usize = 256;
/// The number of slots of the hash filter that skips most offsets of a text.
const FILTER: usize = 1 << 20;
const BASE: u64 = 0x9E37_79B9_7F4A_7C15 | 1;

/// Returns the byte offsets at which each phrase starts in the text, in order, at most [`MOST`] for
/// each.
pub(super) fn places(text: &str, phrases: &[&str]) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); phrases.len()];
    // A phrase is looked up by its first bytes: as many as the largest power of two that fits, up
    // to 64.
    let mut classes: HashMap<usize, Vec<usize>> = HashMap::new();
    for (nth, phrase) in phrases
        .iter()
        .enumerate()
        .filter(|(_, phrase)| !phrase.is_empty() && phrase.len() <= text.len())
    {
        classes
            .entry(1 << phrase.len().ilog2().min(6))
            .or_default()
            .push(nth);
    }
    for (length, members) in classes {
        let mut by_hash: HashMap<u64, Vec<usize>> = HashMap::new();
        for nth in members {
            by_hash
                .entry(hash(&phrases[nth].as_bytes()[..length]))
                .or_default()
                .push(nth);
        }
        each_hash(
            text.as_bytes(),
            length,
            by_hash.keys().copied(),
            |at, hash| {
                for nth in by_hash.get(&hash).into_iter().flatten() {
                    if found[*nth].len() < MOST
                        && text.as_bytes()[at..].starts_with(phrases[*nth].as_bytes())
                    {
                        found[*nth].push(at);
                    }
                }
            },
        );
    }
    found
}

/// Returns where short pieces, all `length` bytes long, occur in a text. Keeps at most `most + 1`
/// offsets of each piece, to tell that it occurs more than `most` times.
pub(super) fn pieces<'p>(
    text: &str,
    pieces: &HashSet<&'p [u8]>,
    length: usize,
    most: usize,
) -> HashMap<&'p [u8], Vec<usize>> {
    let mut found: HashMap<&[u8], Vec<usize>> = HashMap::new();
    let by_hash: HashMap<u64, &[u8]> = pieces.iter().map(|piece| (hash(piece), *piece)).collect();
    each_hash(
        text.as_bytes(),
        length,
        by_hash.keys().copied(),
        |at, hash| {
            if let Some(piece) = by_hash
                .get(&hash)
                .filter(|piece| text.as_bytes()[at..].starts_with(piece))
            {
                let places = found.entry(piece).or_default();
                if places.len() <= most {
                    places.push(at);
                }
            }
        },
    );
    found
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |hash, byte| step(hash, *byte))
}

fn step(hash: u64, byte: u8) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1)
}

fn slot(hash: u64) -> usize {
    (hash >> 44) as usize % FILTER
}

/// Calls `each` for every offset of a text whose next `length` bytes may have one of the wanted
/// hashes.
fn each_hash(
    text: &[u8],
    length: usize,
    wanted: impl Iterator<Item = u64>,
    mut each: impl FnMut(usize, u64),
) {
    let mut filter = vec![false; FILTER];
    for hash in wanted {
        filter[slot(hash)] = true;
    }
    let Some(first) = text.get(..length) else {
        return;
    };
    // The weight of the byte that leaves the window.
    let highest = (1..length).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut current = hash(first);
    for at in 0.. {
        if filter[slot(current)] {
            each(at, current);
        }
        let Some(next) = text.get(at + length) else {
            break;
        };
        current = current.wrapping_sub(highest.wrapping_mul(u64::from(text[at]) + 1));
        current = step(current, *next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_of_all_lengths_are_found() {
        let text = "to be or not to be, that is the question: whether 'tis nobler in the mind to suffer, or not to be at all";
        let phrases = [
            "to be",
            "t",
            "",
            "or not to be",
            "the question: whether 'tis nobler in the mind to suffer",
            "absent",
            text,
        ];
        let found = places(text, &phrases);
        for (phrase, found) in phrases
            .iter()
            .zip(&found)
            .filter(|(phrase, _)| !phrase.is_empty())
        {
            let all: Vec<usize> = text.match_indices(phrase).map(|(at, _)| at).collect();
            assert_eq!(*found, all, "{phrase}");
        }
    }
}
