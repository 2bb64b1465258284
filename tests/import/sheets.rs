//! Workbooks: sheets are tables, and their odd cells are told.

use std::fs;

use crate::{IMPORT, run};

/// A workbook in memory: a zip of files that are stored as they are.
pub(crate) fn workbook(files: &[(&str, &str)]) -> Vec<u8> {
    let sum = |bytes: &[u8]| {
        let mut sum = !0_u32;
        for byte in bytes {
            sum ^= u32::from(*byte);
            for _ in 0..8 {
                sum = if sum & 1 == 1 {
                    sum >> 1 ^ 0xEDB8_8320
                } else {
                    sum >> 1
                };
            }
        }
        !sum
    };
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let size = (text.len() as u32).to_le_bytes();
        let mut head = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        head.extend(sum(text.as_bytes()).to_le_bytes());
        head.extend(size);
        head.extend(size);
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend((zip.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        zip.extend(b"PK\x03\x04");
        zip.extend(head);
        zip.extend(name.as_bytes());
        zip.extend(text.as_bytes());
    }
    let (start, count) = (zip.len() as u32, files.len() as u16);
    let length = directory.len() as u32;
    zip.extend(directory);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    zip.extend(count.to_le_bytes());
    zip.extend(count.to_le_bytes());
    zip.extend(length.to_le_bytes());
    zip.extend(start.to_le_bytes());
    zip.extend([0, 0]);
    zip
}

/// A workbook with one sheet of these rows of XML.
pub(crate) fn sheet(state: &str, rows: &str, after: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    workbook(&[
        (
            "[Content_Types].xml",
            &format!("<Types xmlns=\"{package}/content-types\"/>"),
        ),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Votes\" sheetId=\"1\" {state} r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                "<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData>{after}</worksheet>"
            ),
        ),
    ])
}

/// The rows of a table in CSV, as those of a sheet.
pub(crate) fn rows_of(csv: &str) -> String {
    let cell = |(nth, text): (usize, &str), row: usize| {
        let column = char::from(b'A' + nth as u8);
        match text {
            "" => String::new(),
            text => format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let row = |(nth, line): (usize, &str)| {
        let cells = line.split(',').enumerate();
        let cells: String = cells.map(|one| cell(one, nth + 1)).collect();
        format!("<row r=\"{}\">{cells}</row>", nth + 1)
    };
    csv.lines().enumerate().map(row).collect()
}

/// An OpenDocument workbook with one sheet of these rows of XML.
pub(crate) fn open_document(display: &str, rows: &str, manifest: &str) -> Vec<u8> {
    let names = "urn:oasis:names:tc:opendocument:xmlns";
    workbook(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            &format!(
                "<manifest:manifest xmlns:manifest=\"{names}:manifest:1.0\">{manifest}</manifest:manifest>"
            ),
        ),
        (
            "content.xml",
            &format!(
                "<office:document-content xmlns:office=\"{names}:office:1.0\" xmlns:table=\"{names}:table:1.0\" xmlns:text=\"{names}:text:1.0\" xmlns:style=\"{names}:style:1.0\"><office:automatic-styles><style:style style:name=\"t\" style:family=\"table\"><style:table-properties table:display=\"{display}\"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"Votes\" table:style-name=\"t\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

/// The rows of a table in CSV, as those of a sheet in OpenDocument.
pub(crate) fn open_rows_of(csv: &str) -> String {
    let cell = |text: &str| match text {
        "" => "<table:table-cell/>".to_owned(),
        text => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        ),
    };
    let row = |line: &str| {
        let cells: String = line.split(',').map(cell).collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    csv.lines().map(row).collect()
}

#[test]
fn a_sheet_is_a_table_and_its_odd_cells_are_told() {
    let text = |cell: &str, text: &str| {
        format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let row = |nth: usize, actor: &str, vote: &str| {
        format!(
            "<row r=\"{nth}\">{}{vote}</row>",
            text(&format!("A{nth}"), actor)
        )
    };
    let head = format!(
        "<row r=\"1\">{}{}</row>",
        text("A1", "who"),
        text("B1", "vote")
    );
    let number = |cell: &str, value: &str| format!("<c r=\"{cell}\"><v>{value}</v></c>");
    let good = head.clone()
        + &row(2, "Aldmar", &number("B2", "1"))
        + &row(3, "Carrow", &number("B3", "0"));
    let formula = head.clone() + &row(2, "Aldmar", "<c r=\"B2\"><f>1+0</f><v>1</v></c>");
    let error = head.clone() + &row(2, "Aldmar", "<c r=\"B2\" t=\"e\"><v>#REF!</v></c>");
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>";
    let good_book = sheet("", &good, "");
    let mut bomb = good_book.clone();
    let directory = bomb.windows(4).position(|bytes| bytes == b"PK\x01\x02");
    bomb[directory.unwrap() + 24..][..4].copy_from_slice(&[0xff, 0xff, 0xff, 0xf0]);
    let far = |cell: &str| format!("<c r=\"{cell}\"><v>1</v></c>");
    let one_far = good.clone() + &format!("<row r=\"1048576\">{}</row>", far("XFD1048576"));
    let mut wide = head.clone() + &row(2, "Aldmar", &(number("B2", "1") + &far("XFD2")));
    for nth in 3..3100 {
        wide += &row(nth, "Carrow", &number(&format!("B{nth}"), "1"));
    }
    let mut all_wide = head.clone();
    for nth in 2..3100 {
        all_wide += &row(nth, "Carrow", &far(&format!("XFD{nth}")));
    }
    let cases: Vec<(Vec<u8>, i32, &str)> = vec![
        (good_book.clone(), 0, "2 actors, 1 issue and 2 statements"),
        (sheet("", &formula, ""), 1, "Votes!B2"),
        (sheet("", &error, ""), 1, "the cell shows the error `#REF!`"),
        (sheet("", &good, merged), 1, "the cells A2:A3 are merged"),
        (
            sheet("state=\"hidden\"", &good, ""),
            2,
            "no sheet that is not hidden",
        ),
        (
            good_book[..good_book.len() / 2].to_vec(),
            2,
            "it is damaged, or no workbook",
        ),
        (bomb, 2, "it is larger than 2048 MB when unpacked"),
        // A cell at the other end of the sheet is no reason to keep billions between.
        (sheet("", &one_far, ""), 1, "Votes!C1048576"),
        (sheet("", &wide, ""), 1, "Votes!C2"),
        (
            sheet("", &all_wide, ""),
            2,
            "a cell in column XFD makes it too wide",
        ),
        (encrypted(), 2, "it is protected by a password"),
    ];
    for (bytes, code, said) in cases {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("votes.xlsx"), bytes).unwrap();
        fs::write(folder.path().join("map.ron"), "Import(version: 1, table: \"votes.xlsx\", source: (id: \"s\", title: \"S\"), actors: (kind: State), issues: (id: \"i\", name: \"I\", question: \"?\", levels: 2), stances: (actor: Of(\"who\"), issue: Id(\"i\"), position: Values(\"vote\", {\"1\": Supports, \"0\": Opposes})))").unwrap();
        // Even where the row that is wrong is the only one.
        let ran = run(folder.path(), &[&IMPORT[..], &["--force"]].concat());
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
        assert_eq!(ran.code, code, "{said}: {}", ran.err);
    }
}

/// A workbook that a password protects: a compound file with one stream, which is named as those of
/// spreadsheet programs are.
pub(crate) fn encrypted() -> Vec<u8> {
    let (free, end, table) = (
        [0xff; 4],
        [0xfe, 0xff, 0xff, 0xff],
        [0xfd, 0xff, 0xff, 0xff],
    );
    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.extend([0; 16]);
    // Version 3 with sectors of 512 bytes, small ones of 64; one sector of the table of sectors.
    file.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    file.extend([0; 10]);
    file.extend([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, 0]);
    file.extend([&end[..], &[0; 4], &end, &[0; 4], &[0; 4]].concat());
    file.extend(free.repeat(108));
    file.extend([&table[..], &end, &free.repeat(126)].concat());
    for (name, kind) in [("Root Entry", 5), ("EncryptedPackage", 2)] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend([name.len() as u8 * 2 + 2, 0, kind, 1]);
        entry.extend(free.repeat(3));
        entry.resize(116, 0);
        entry.extend(end);
        entry.resize(128, 0);
        file.extend(entry);
    }
    file.resize(3 * 512, 0);
    file
}
