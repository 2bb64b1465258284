//! A long list in pieces, so that it can be moved elsewhere without being held twice.

/// The number of items of a piece.
const PIECE: usize = 4096;

/// A list in pieces, each freed as soon as it has been moved.
#[derive(Debug)]
pub(crate) struct Pieces<T>(Vec<Vec<T>>);

impl<T> Default for Pieces<T> {
    fn default() -> Pieces<T> {
        Pieces(Vec::new())
    }
}

impl<T> Pieces<T> {
    #[inline]
    pub(super) fn push(&mut self, item: T) {
        match self.0.last_mut() {
            Some(last) if last.len() < PIECE => last.push(item),
            // A short list takes no more room than it needs; of a long one, pieces are full.
            None => self.0.push(vec![item]),
            Some(_) => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(item);
                self.0.push(piece);
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// Turns each item into another one, or leaves it out. Where they are of the same size, they
    /// take the same memory.
    pub(super) fn filter_map<U>(self, mut to: impl FnMut(T) -> Option<U>) -> Pieces<U> {
        let pieces = self.0.into_iter();
        let pieces = pieces.map(|piece| piece.into_iter().filter_map(&mut to).collect());
        Pieces(pieces.collect())
    }

    /// Moves the items to the end of a list.
    pub(super) fn move_to(self, list: &mut Vec<T>) {
        for piece in self.0 {
            list.extend(piece);
        }
    }
}
