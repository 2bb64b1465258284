//! Reads strings, numbers, options and lists. Records and words are read by the code that the two
//! macros generate.

use std::borrow::Cow;

use super::lex;
use super::one_or_many::OneOrMany;
use super::read::{Lost, Read, Reader};
use super::recover::Shape;
use super::sections::Ended;

impl<'a> Read<'a> for Cow<'a, str> {
    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost> {
        if reader.peek() == b'"' || lex::is_string(reader.text(), reader.at()) {
            return reader.string();
        }
        Err(reader.wrong_type("a string"))
    }
}

impl<'a> Read<'a> for f64 {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost> {
        reader.number("a number", lex::float)
    }
}

impl<'a> Read<'a> for u32 {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost> {
        reader.number("a whole number", lex::integer)
    }
}

impl<'a, T: Read<'a>> Read<'a> for Option<T> {
    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost> {
        if !matches!(reader.peek(), b'N' | b'S') {
            return T::read(reader).map(Some);
        }
        if lex::is_word(reader.text(), reader.at(), "None") {
            reader.advance(reader.at() + "None".len());
            return Ok(None);
        }
        if !lex::is_word(reader.text(), reader.at(), "Some") {
            return T::read(reader).map(Some);
        }
        reader.advance(reader.at() + "Some".len());
        reader.blank()?;
        if !reader.eat(b'(') {
            // Where options are bare, `ron` reads `Some x` like `Some(x)`.
            return T::read(reader).map(Some);
        }
        reader.blank()?;
        reader.unwrapped = reader.extensions().unwrap_variant_newtypes;
        let value = T::read(reader);
        reader.unwrapped = false;
        if !matches!(value, Err(Lost::Place)) {
            reader.close_variant()?;
        }
        value.map(Some)
    }
}

impl<'a, T: Read<'a> + Default> Read<'a> for Vec<T> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost> {
        reader.unwrapped = false;
        let open = reader.at();
        if !reader.eat(b'[') {
            return Err(reader.wrong_type("a list `[…]`"));
        }
        let mut items = Vec::new();
        reader.items(open, b']', |reader| {
            let item = T::read(reader);
            let lost = item.as_ref().map_or_else(|lost| Err(*lost), |_| Ok(()));
            // An empty item stands for a wrong one, so that it hides no other and each keeps its
            // index.
            items.push(item.unwrap_or_default());
            lost
        })?;
        Ok(items)
    }
}

impl<'a> Reader<'a> {
    /// Reads the end of `Word(value)`: an optional comma and the parenthesis.
    pub(crate) fn close_variant(&mut self) -> Result<(), Lost> {
        self.comma()?;
        if self.eat(b')') {
            Ok(())
        } else {
            Err(self.unexpected("`)`"))
        }
    }

    /// Reads the one value of a word that takes one: `At(40)`.
    pub(crate) fn payload<T: Read<'a>>(&mut self, word: &str) -> Result<T, Lost> {
        self.blank()?;
        if !self.eat(b'(') {
            return Err(self.unexpected(&format!("`(` and a value after `{word}`")));
        }
        self.blank()?;
        let value = T::read(self);
        if !matches!(value, Err(Lost::Place)) {
            self.close_variant()?;
        }
        value
    }

    /// Reads the value of the entry here, after its key if it has one.
    pub(crate) fn entry_value<T: Read<'a>>(&mut self) -> Result<T, Lost> {
        if lex::is_string(self.text(), self.at()) {
            self.key()?;
        }
        T::read(self)
    }

    /// Reads a section, which like every optional value may be in `Some(…)` or be `None`.
    pub(crate) fn bare(
        &mut self,
        section: impl FnOnce(&mut Self) -> Result<Ended, Lost>,
    ) -> Result<Ended, Lost> {
        if lex::is_word(self.text(), self.at(), "None") {
            self.advance(self.at() + "None".len());
            return Ok(Ended::Closed);
        }
        if !lex::is_word(self.text(), self.at(), "Some") {
            return section(self);
        }
        self.advance(self.at() + "Some".len());
        self.blank()?;
        let wrapped = self.eat(b'(');
        self.blank()?;
        let ended = section(self)?;
        if wrapped && ended == Ended::Closed {
            self.close_variant()?;
        }
        Ok(ended)
    }

    /// Reads one string, or a list of them. Like `ron` for a type that takes either, it also reads
    /// `("a", "b")` as a list.
    pub(crate) fn one_or_many(&mut self) -> Result<OneOrMany<'a>, Lost> {
        let unwrapped = std::mem::take(&mut self.unwrapped);
        let open = self.at();
        if self.peek() == b'"' || lex::is_string(self.text(), open) {
            let first = self.string()?;
            return if unwrapped {
                self.rest_of_unwrapped(first)
            } else {
                Ok(OneOrMany::One(first))
            };
        }
        let close = match self.peek() {
            b'[' => b']',
            b'(' if !self.text()[open..].starts_with("()") => b')',
            _ => match self.tuple_name() {
                Some(at) => {
                    self.advance(at);
                    b')'
                }
                None => return Err(self.wrong_type("a string, or a list of strings")),
            },
        };
        self.advance(self.at() + 1);
        if close == b')' && self.is_named_record() {
            self.advance(open);
            return Err(self.wrong_type("a string, or a list of strings"));
        }
        let mut items = Vec::new();
        self.items(open, close, |reader| {
            let item = Cow::read(reader);
            let lost = item.as_ref().map_or_else(|lost| Err(*lost), |_| Ok(()));
            items.push(item.unwrap_or_default());
            lost
        })?;
        Ok(OneOrMany::Many(items.into()))
    }

    /// Reads the rest of `Some("a", "b")` under `unwrap_variant_newtypes`, where the parentheses of
    /// `Some` are those of the list.
    fn rest_of_unwrapped(&mut self, first: Cow<'a, str>) -> Result<OneOrMany<'a>, Lost> {
        let behind = self.at();
        let mut items = vec![first];
        while self.comma()? && self.peek() != b')' {
            items.push(Cow::read(self)?);
        }
        if items.len() == 1 {
            self.advance(behind);
        }
        Ok(match <[_; 1]>::try_from(items) {
            Ok([one]) => OneOrMany::One(one),
            Err(items) => OneOrMany::Many(items.into()),
        })
    }

    /// Returns the offset of the parenthesis if `Name(…)` starts here.
    fn tuple_name(&self) -> Option<usize> {
        let (word, end) = lex::ident(self.text(), self.at())?;
        let open = lex::blank(self.text(), end).ok()?;
        let special = matches!(
            word,
            "true"
                | "false"
                | "None"
                | "Some"
                | "inf"
                | "NaN"
                | "inff32"
                | "inff64"
                | "NaNf32"
                | "NaNf64"
        );
        (!special && lex::byte(self.text(), open) == b'(').then_some(open)
    }

    /// Returns whether a field's name and its colon come next.
    fn is_named_record(&self) -> bool {
        let after = |at| lex::blank(self.text(), at).ok();
        let name = after(self.at()).and_then(|at| lex::ident(self.text(), at));
        name.and_then(|(_, end)| after(end))
            .is_some_and(|at| lex::byte(self.text(), at) == b':')
    }

    /// Reads a map whose keys are numbers: `{0: "none", 100: "binding"}`.
    pub(crate) fn numbered(&mut self) -> Result<Vec<(f64, Cow<'a, str>)>, Lost> {
        self.unwrapped = false;
        let open = self.at();
        if !self.eat(Shape::Map.brackets().0) {
            return Err(self.wrong_type("a map `{number: \"…\"}`"));
        }
        let mut entries = Vec::new();
        self.items(open, Shape::Map.brackets().1, |reader| {
            let key = f64::read(reader)?;
            reader.blank()?;
            if !reader.eat(b':') {
                return Err(reader.unexpected("`:`"));
            }
            reader.blank()?;
            entries.push((key, Cow::read(reader)?));
            Ok(())
        })?;
        Ok(entries)
    }
}
