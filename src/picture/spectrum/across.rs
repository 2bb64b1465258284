//! Where an axis lies in the width of a picture.

/// An axis, and what is beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Across {
    /// How far names may reach to the left.
    pub(super) low: f64,
    /// The ends of the axis.
    pub(super) left: f64,
    pub(super) right: f64,
    /// How far names may reach to the right, where the words at the end of a row begin.
    pub(super) end: f64,
    /// The width of the whole.
    pub(super) width: f64,
}

impl Across {
    /// Returns an axis over all of a width, with some space beyond its ends.
    pub(super) fn over(width: f64, beyond: f64) -> Across {
        Across {
            low: 0.0,
            left: beyond,
            right: width - beyond,
            end: width,
            width,
        }
    }

    /// Returns the horizontal coordinate of a place on the axis, from 0 to 1.
    pub(super) fn x(self, at: f64) -> f64 {
        self.left + at * (self.right - self.left)
    }
}
