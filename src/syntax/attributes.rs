//! Reads what may precede the value of a text: a byte order mark, whitespace, attributes.

use super::lex;
use super::read::{Extensions, Lost, Reader};
use crate::diagnostic::Diagnostic;
use crate::text::FileId;
use crate::words::after_mark;

/// Reads what may precede the value of a text: a byte order mark, whitespace, `#![enable(…)]` and
/// the like. Returns the extensions, the offset of the value, and the mistakes found.
pub fn read_attributes(text: &str, file: FileId) -> (Extensions, usize, Vec<Diagnostic>) {
    let start = after_mark(text);
    let mut reader = Reader::new(text, file, start, Extensions::default(), &[]);
    let mut extensions = Extensions::default();
    while reader.blank().is_ok() && reader.peek() == b'#' {
        if reader.attribute(&mut extensions).is_err() {
            let line = text[reader.at..]
                .find('\n')
                .map_or(text.len(), |length| reader.at + length);
            reader.at = line;
        }
    }
    (extensions, reader.at, reader.diagnostics)
}

impl Reader<'_> {
    fn attribute(&mut self, extensions: &mut Extensions) -> Result<(), Lost> {
        for punctuation in *b"#![" {
            self.expect(punctuation)?;
        }
        // Only the exact word is accepted: `r#enable` is refused.
        let word = ["enable", "type", "schema"]
            .into_iter()
            .find(|word| lex::is_word(self.text, self.at, word));
        self.at += word.map_or(0, str::len);
        match word {
            Some("enable") => {
                self.blank()?;
                self.expect(b'(')?;
                self.extension(extensions)?;
                while self.comma()? && lex::continues_ident(self.text, self.at) {
                    self.extension(extensions)?;
                }
                self.blank()?;
                self.expect(b')')?;
            }
            Some(_) => {
                self.blank()?;
                self.expect(b'=')?;
                if !lex::is_string(self.text, self.at) {
                    return Err(self.unexpected("a string"));
                }
                self.string()?;
                self.blank()?;
            }
            None => return Err(self.unexpected("`enable`, `type` or `schema`")),
        }
        if self.eat(b']') {
            Ok(())
        } else {
            Err(self.unexpected("`]`"))
        }
    }

    fn expect(&mut self, punctuation: u8) -> Result<(), Lost> {
        if !self.eat(punctuation) {
            return Err(self.unexpected(&format!("`{}`", char::from(punctuation))));
        }
        self.blank()
    }

    fn extension(&mut self, extensions: &mut Extensions) -> Result<(), Lost> {
        match self.ident() {
            Some("unwrap_variant_newtypes") => extensions.unwrap_variant_newtypes = true,
            Some("explicit_struct_names") => extensions.explicit_struct_names = true,
            Some("implicit_some" | "unwrap_newtypes") => {}
            _ => return Err(self.unexpected("the name of an extension")),
        }
        Ok(())
    }
}
