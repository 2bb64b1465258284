//! How large a workbook is when it is unpacked: a small file can hold terabytes of nothing. What its
//! archive says of its files is enough, as no more of one is read than that.

use std::io::Cursor;

use ::zip::ZipArchive;

/// The most bytes that a workbook may have, packed and unpacked.
const LARGEST: (u64, u64) = (256 << 20, 2 << 30);

/// Refuses a workbook that is too large. What is no archive, or a damaged one, is for others to refuse.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let too_large = |most: u64, when: &str| {
        let megabytes = most >> 20;
        Err(format!(
            "it is larger than {megabytes} MB{when}: save the sheet as CSV"
        ))
    };
    if bytes.len() as u64 > LARGEST.0 {
        return too_large(LARGEST.0, "");
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Ok(());
    };
    let unpacked = match archive.decompressed_size() {
        Some(size) => u64::try_from(size).unwrap_or(u64::MAX),
        // A file says its size after it, too.
        None => (0..archive.len())
            .filter_map(|nth| Some(archive.by_index_raw(nth).ok()?.size()))
            .fold(0, u64::saturating_add),
    };
    match unpacked > LARGEST.1 {
        true => too_large(LARGEST.1, " when unpacked"),
        false => Ok(()),
    }
}
