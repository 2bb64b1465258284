//! How large a workbook is when it is unpacked. A small file can hold terabytes of nothing, and its
//! directory may say anything: so it is unpacked once, and the bytes are counted.

use std::io::{Cursor, Read};

use ::zip::ZipArchive;

/// The most bytes that a workbook may have, packed and unpacked.
pub(super) const LARGEST: (u64, u64) = (256 << 20, 2 << 30);

/// Refuses a workbook that is too large. What is no archive, or a damaged one, is for others to refuse.
pub(super) fn check(bytes: &[u8], (packed, unpacked): (u64, u64)) -> Result<(), String> {
    let too_large = |most: u64, when: &str| {
        let size = match most >> 20 {
            0 => format!("{most} bytes"),
            megabytes => format!("{megabytes} MB"),
        };
        Err(format!(
            "it is larger than {size}{when}: save the sheet as CSV"
        ))
    };
    if bytes.len() as u64 > packed {
        return too_large(packed, "");
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Ok(());
    };
    let claimed = archive.decompressed_size().unwrap_or(0);
    let mut left = unpacked;
    for nth in 0..archive.len() {
        if claimed > unpacked.into() {
            break;
        }
        if let Ok(entry) = archive.by_index(nth) {
            left = left.saturating_sub(count(entry.take(left + 1)));
        }
        if left == 0 {
            break;
        }
    }
    match left == 0 || claimed > unpacked.into() {
        true => too_large(unpacked, " when unpacked"),
        false => Ok(()),
    }
}

/// Counts the bytes that can be read.
fn count(mut from: impl Read) -> u64 {
    let mut block = vec![0; 1 << 16];
    let mut count = 0;
    while let Ok(more @ 1..) = from.read(&mut block) {
        count += more as u64;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::check;

    /// An archive with one file that is stored as it is.
    fn archive(content: &[u8], claimed: u32) -> Vec<u8> {
        let mut sum = !0_u32;
        for byte in content {
            sum ^= u32::from(*byte);
            for _ in 0..8 {
                sum = sum >> 1 ^ (sum & 1) * 0xEDB8_8320;
            }
        }
        let size = content.len() as u32;
        let head = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0][..],
            &(!sum).to_le_bytes(),
            &size.to_le_bytes(),
            &claimed.to_le_bytes(),
            &[1, 0, 0, 0],
        ]
        .concat();
        let mut zip = [b"PK\x03\x04", &head[..], b"a", content].concat();
        let start = zip.len() as u32;
        zip.extend([b"PK\x01\x02\x14\x00", &head[..], &[0; 14], b"a"].concat());
        let length = zip.len() as u32 - start;
        zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        zip.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
        zip.extend([0, 0]);
        zip
    }

    #[test]
    fn what_is_unpacked_is_counted_whatever_the_directory_says() {
        let nothing = [0; 5000];
        for (claimed, most, is_refused) in [
            (5000, 6000, false),
            (5000, 4000, true),
            (10, 4000, true),
            (7000, 6000, true),
        ] {
            let zip = archive(&nothing, claimed);
            let said = check(&zip, (1 << 20, most));
            assert_eq!(said.is_err(), is_refused, "{claimed} {most} {said:?}");
        }
        let zip = archive(&nothing, 5000);
        let said = check(&zip, (1000, 1 << 20)).unwrap_err();
        assert_eq!(said, "it is larger than 1000 bytes: save the sheet as CSV");
        assert!(check(b"no archive", (1000, 1000)).is_ok());
    }
}
