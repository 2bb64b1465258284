//! Admiralty grades (NATO AJP-2.1): a letter for the source, a digit for the claim. `F` and `6`
//! mean that it cannot be judged, which is not the worst grade.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;
use crate::model::Reliability;

/// A grade, or a part of one. Better grades order first, unknown parts last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade {
    /// 0 for A to 4 for E, 5 for unknown.
    letter: u8,
    /// 1 to 5, 6 for unknown.
    digit: u8,
    /// Whether an unknown part was stated as `F` or `6`.
    said: bool,
}

impl Grade {
    /// Returns the grade of a claim in a source, or `None` if neither part is graded. A digit
    /// outside 1 to 6 counts as unknown.
    pub fn of(reliability: Option<Reliability>, credibility: Option<u32>) -> Option<Grade> {
        let credibility = credibility.filter(|digit| (1..=6).contains(digit));
        let said = reliability == Some(Reliability::F) || credibility == Some(6);
        let letter = reliability.map_or(5, |letter| letter as u8);
        let digit = credibility.map_or(6, |digit| digit as u8);
        (reliability.is_some() || credibility.is_some()).then_some(Grade {
            letter,
            digit,
            said,
        })
    }

    /// Returns whether this grade is at least as good as `least`, in every part that `least` has.
    /// An unknown part never is.
    ///
    /// ```
    /// # use demarche::model::Grade;
    /// let (b2, b): (Grade, Grade) = ("B2".parse()?, "B".parse()?);
    /// assert!(b2.reaches(b) && !b.reaches(b2));
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn reaches(self, least: Grade) -> bool {
        (least.letter == 5 || self.letter <= least.letter)
            && (least.digit == 6 || self.digit <= least.digit)
    }

    /// Returns whether the source is graded as not usually reliable or worse (`D` or `E`), or the claim
    /// as doubtful or worse (`4` or `5`). An unknown part is neither.
    ///
    /// ```
    /// # use demarche::model::Grade;
    /// let (e, b4, b): (Grade, Grade, Grade) = ("E".parse()?, "B4".parse()?, "B".parse()?);
    /// assert!(e.is_doubtful() && b4.is_doubtful() && !b.is_doubtful());
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn is_doubtful(self) -> bool {
        matches!(self.letter, 3 | 4) || matches!(self.digit, 4 | 5)
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unknown = |word: &'static str| if self.said { word } else { "" };
        f.write_str(["A", "B", "C", "D", "E", unknown("F")][usize::from(self.letter.min(5))])?;
        f.write_str(
            ["1", "2", "3", "4", "5", unknown("6")][usize::from(self.digit.clamp(1, 6) - 1)],
        )
    }
}

impl FromStr for Grade {
    type Err = Error;

    /// Parses a grade to ask for: `B2`, `B` or `2`, in either case.
    fn from_str(text: &str) -> Result<Grade, Error> {
        let letter = |byte: u8| {
            b"abcde"
                .iter()
                .position(|known| *known == byte.to_ascii_lowercase())
                .map(|nth| nth as u8)
        };
        let digit = |byte: u8| (b'1'..=b'5').contains(&byte).then(|| byte - b'0');
        let (letter, digit) = match *text.trim().as_bytes() {
            [first, second] => letter(first).zip(digit(second)),
            [one] => letter(one)
                .map(|letter| (letter, 6))
                .or_else(|| digit(one).map(|digit| (5, digit))),
            _ => None,
        }
        .ok_or_else(|| {
            let form = "a grade is a letter from A to E for the source, a digit from 1 to 5 for the claim, or both: B2";
            Error::Value(form.to_owned())
        })?;
        Ok(Grade {
            letter,
            digit,
            said: false,
        })
    }
}
