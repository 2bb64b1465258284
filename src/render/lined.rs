//! A writer that passes text on to another, and changes it on the way, whole lines at a time.

use std::borrow::Cow;
use std::io::{self, Write};

/// Changes text on its way, many lines at once and never a part of a line.
pub(crate) struct Lined<'w> {
    out: &'w mut dyn Write,
    change: &'w dyn Fn(&str) -> Cow<'_, str>,
    held: Vec<u8>,
    /// The length of the whole lines among what is held.
    whole: usize,
}

/// The bytes that are held at most, unless a line is longer.
const MOST: usize = 1 << 16;

impl<'w> Lined<'w> {
    pub(crate) fn new(
        out: &'w mut dyn Write,
        change: &'w dyn Fn(&str) -> Cow<'_, str>,
    ) -> Lined<'w> {
        Lined {
            out,
            change,
            held: Vec::new(),
            whole: 0,
        }
    }

    /// Passes on everything, a last line without a line break included.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.whole = self.held.len();
        self.flush()
    }

    fn pass_on(&mut self) -> io::Result<()> {
        let lines = String::from_utf8_lossy(&self.held[..self.whole]);
        self.out.write_all((self.change)(&lines).as_bytes())?;
        self.held.drain(..self.whole);
        self.whole = 0;
        Ok(())
    }
}

impl Write for Lined<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
            self.whole = self.held.len() + end + 1;
        }
        self.held.extend_from_slice(bytes);
        if self.whole >= MOST {
            self.pass_on()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        self.out.flush()
    }
}

/// What is said while rows are written.
pub(super) const WRITING: &str = "writing";

/// Collects what is written.
pub(super) fn collected(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    // Writing to memory can't fail.
    let _ = write(&mut out);
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_lines_are_changed() {
        let line = "é".repeat(30_000) + "\n";
        let text = line.repeat(5) + "end";
        fn change(text: &str) -> Cow<'_, str> {
            assert!(text.ends_with('\n') || text.ends_with("end"), "{text}");
            Cow::Owned(text.replace('é', "e"))
        }
        for step in [1, 7, 100_000] {
            let mut out = Vec::new();
            let mut lined = Lined::new(&mut out, &change);
            for bytes in text.as_bytes().chunks(step) {
                lined.write_all(bytes).unwrap();
                assert!(lined.held.len() <= line.len() + MOST + step);
            }
            lined.finish().unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), text.replace('é', "e"));
        }
    }
}
