//! SHA-256 sums of texts, and marks that only who knows a secret can make.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The SHA-256 of a text that comes in parts.
#[derive(Clone, Default)]
pub(crate) struct Sum(Sha256);

impl Sum {
    /// Adds a part.
    pub(crate) fn add(&mut self, part: impl AsRef<[u8]>) {
        self.0.update(part);
    }

    /// Returns the sum of all parts, in hexadecimal.
    pub(crate) fn whole(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

/// Returns the SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&raw(bytes))
}

/// Returns the SHA-256 of some bytes.
pub(crate) fn raw(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Returns the HMAC-SHA256 of a text, in hexadecimal. It proves that whoever made it knew the secret.
pub(crate) fn mark(secret: &[u8; 32], text: &str) -> String {
    // A key is filled up with zeros to the length of a block.
    let mut key = [0; 64];
    key[..secret.len()].copy_from_slice(secret);
    let mut mac = Hmac::<Sha256>::new(&key.into());
    mac.update(text.as_bytes());
    hexadecimal(&mac.finalize().into_bytes())
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Sum, mark, sha256};

    /// The first test of RFC 6234 for each.
    #[test]
    fn sums_are_those_of_the_standard() {
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), sum);
        let mut parts = Sum::default();
        for part in ["a", "", "bc"] {
            parts.add(part);
        }
        assert_eq!(parts.whole(), sum);
        let mut secret = [0; 32];
        secret[..20].fill(0x0b);
        assert_eq!(
            mark(&secret, "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
    }
}
