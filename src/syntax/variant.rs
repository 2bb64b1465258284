//! Reads words with values, `Values("vote", {"yes": Supports})`, and maps with any values, for files
//! other than graphs.

use std::borrow::Cow;

use super::lex;
use super::read::{Lost, Read, Reader};
use super::recover::Shape;

impl<'a> Reader<'a> {
    /// Returns whether a word comes next.
    pub(crate) fn is_at(&self, word: &str) -> bool {
        lex::is_word(self.text(), self.at(), word)
    }

    /// Returns whether a number comes next.
    pub(crate) fn is_at_number(&self) -> bool {
        self.is_number()
    }

    /// Returns whether a parenthesis closes here.
    pub(crate) fn is_closing(&self) -> bool {
        self.peek() == b')'
    }

    /// Skips the word that comes next.
    pub(crate) fn skip_word(&mut self) {
        self.ident();
    }

    /// Reads the word that comes next and the parenthesis after it.
    pub(crate) fn open_variant(&mut self) -> Result<(), Lost> {
        let word = self.ident().unwrap_or_default();
        self.blank()?;
        if !self.eat(b'(') {
            return Err(self.unexpected(&format!("`(` after `{word}`")));
        }
        self.blank()
    }

    /// Reads the comma before the next value of a word.
    pub(crate) fn next_value(&mut self, expected: &str) -> Result<(), Lost> {
        match self.comma()? {
            true => Ok(()),
            false => Err(self.unexpected(&format!("a comma and {expected}"))),
        }
    }

    /// Reads a list, or one item without brackets.
    pub(crate) fn one_or_list(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<(), Lost>,
    ) -> Result<(), Lost> {
        let open = self.at();
        if !self.eat(b'[') {
            return each(self);
        }
        self.items(open, b']', each)
    }

    /// Reads a map with strings as keys.
    pub(crate) fn map(
        &mut self,
        mut each: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), Lost>,
    ) -> Result<(), Lost> {
        let open = self.at();
        let (left, right) = Shape::Map.brackets();
        if !self.eat(left) {
            return Err(self.wrong_type("a map `{\"…\": …}`"));
        }
        self.items(open, right, |reader| {
            let key = Cow::read(reader)?;
            reader.blank()?;
            if !reader.eat(b':') {
                return Err(reader.unexpected("`:`"));
            }
            reader.blank()?;
            each(reader, key)
        })
    }

    /// Reads the end of a text that is one value.
    pub(crate) fn at_end(&mut self) -> Result<(), Lost> {
        self.blank()?;
        match self.at() >= self.text().len() {
            true => Ok(()),
            false => Err(self.unexpected("the end of the file")),
        }
    }
}
