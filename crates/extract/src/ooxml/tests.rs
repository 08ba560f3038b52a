use portcullis::coverage::GapReason;
use portcullis::extract::Unread;

use super::*;
use crate::testing::{Collected, PLANTED, read, read_in_chunks, read_with_room, survives, zipped};

const TYPES: (&str, &str) = (
    "[Content_Types].xml",
    "<?xml version=\"1.0\"?><Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>",
);

fn document(body: &str) -> Vec<u8> {
    zipped(&[TYPES, ("word/document.xml", &wrapped(body))])
}

fn wrapped(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"urn:w\"><w:body>{body}\
         </w:body></w:document>"
    )
}

fn text_of(body: &str) -> String {
    let read = read_in_chunks(&OfficeOpenXml, &document(body));
    assert_eq!((&read.gaps, read.end), (&vec![], Ok(0)));
    read.text("word/document.xml")
}

fn workbook(strings: &str, sheet: &str) -> Vec<u8> {
    zipped(&[
        TYPES,
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"Kunden\" sheetId=\"1\" r:id=\"rId1\"/>\
             <sheet name=\"Geheim\" sheetId=\"2\" state=\"veryHidden\" r:id=\"rId2\"/></sheets>\
             <definedNames><definedName name=\"konto\">\"GB29NWBK60161331926819\"</definedName>\
             </definedNames></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>\
             <Relationship Id=\"rId2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
        (
            "xl/worksheets/sheet2.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><r><t>4111 1111 </t></r>\
             <r><t>1111 1111</t></r></is></c></row></sheetData></worksheet>",
        ),
        ("xl/sharedStrings.xml", strings),
    ])
}

const STRINGS: &str = "<sst><si><t>name</t></si><si><t>card</t></si><si><r><t xml:space=\"preserve\">A. </t>\
    </r><r><t>Sample</t></r></si><si><t>left behind 4111111111111111</t></si></sst>";

const SHEET: &str = "<worksheet><sheetData>\
    <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>\
    <row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\"><v>7</v></c>\
    <c r=\"C3\"><v>4.111111111111111E+15</v></c>\
    <c r=\"D3\" t=\"str\"><f>CONCATENATE(\"GB29NWBK\",\"60161331926819\")</f><v>GB29NWBK60161331926819</v></c></row>\
    </sheetData><headerFooter><oddHeader>&amp;Lheader 4111 1111 1111 1111</oddHeader></headerFooter></worksheet>";

#[test]
fn tells_packages_by_their_first_member() {
    assert!(OfficeOpenXml.begins(&document("")));
    assert!(OfficeOpenXml.begins(&zipped(&[("word/document.xml", "<a/>")])));
    assert!(!OfficeOpenXml.begins(&zipped(&[("a.txt", "a")])));
    assert!(!OfficeOpenXml.begins(b"PK\x03\x04"));
}

#[test]
fn joins_what_is_split_into_runs() {
    let body = "<w:p w:rsidR=\"00AB12CD\"><w:r><w:t>card 4111 11</w:t></w:r><w:r w:rsidR=\"00AB12CE\"><w:rPr>\
                <w:b w:val=\"boldly\"/></w:rPr><w:t>11 1111 &#49;111</w:t></w:r></w:p>";
    assert_eq!(text_of(body), "card 4111 1111 1111 1111\nval: boldly\n");
}

#[test]
fn lays_tables_out_in_rows() {
    let cell = |text: &str| {
        format!("<w:tc><w:tcW w:w=\"{text}\"/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let row = |cells: [&str; 3]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let rows = [row(["name", "", "card"]), row(["A. Sample", "x", "4111 1111 1111 1111"])].concat();
    let text = text_of(&format!("<w:tbl>{rows}</w:tbl>"));
    assert!(
        text.starts_with("name\t\tcard\nA. Sample\tx\t4111 1111 1111 1111\nw: name\n"),
        "{text}"
    );
}

#[test]
fn keeps_what_was_deleted_and_what_stands_beside() {
    let body = "<w:p><w:r><w:t>before </w:t></w:r><w:del w:author=\"B. Sample\"><w:r><w:delText>4111 1111 </w:delText>\
                </w:r><w:r><w:rPr><w:i/></w:rPr><w:delText>1111 1111</w:delText></w:r></w:del>\
                <w:r><w:drawing><wp:docPr descr=\"IBAN GB29NWBK60161331926819\"/><wps:txbx><w:txbxContent>\
                <w:p><w:r><w:t>in a </w:t></w:r><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></wps:txbx>\
                </w:drawing></w:r><w:r><w:t>behind</w:t></w:r></w:p>";
    let text = text_of(body);
    assert!(text.starts_with("before behind\n"), "{text}");
    for line in ["deleted: 4111 1111 1111 1111", "descr: IBAN GB29NWBK60161331926819", "in a box"] {
        assert!(text.lines().any(|other| other == line), "{line} in {text}");
    }
}

#[test]
fn names_custom_properties_as_their_author_did() {
    let properties = "<Properties><property fmtid=\"{D5}\" pid=\"2\" name=\"CardNumber\">\
                      <vt:lpwstr>4111 1111 1111 1111</vt:lpwstr></property></Properties>";
    let package = zipped(&[TYPES, ("docProps/custom.xml", properties)]);
    let text = read_in_chunks(&OfficeOpenXml, &package).text("docProps/custom.xml");
    assert!(text.lines().any(|line| line == "CardNumber: 4111 1111 1111 1111"), "{text}");
}

#[test]
fn lays_sheets_out_in_their_columns() {
    let read = read_in_chunks(&OfficeOpenXml, &workbook(STRINGS, SHEET));
    assert_eq!((&read.gaps, read.end), (&vec![], Ok(0)));
    assert_eq!(
        read.text("Kunden"),
        "name\t\tcard\n\nA. Sample\t7\t4111111111111111\tGB29NWBK60161331926819"
    );
    assert_eq!(read.text("Geheim"), "4111 1111 1111 1111");
    let rest = read.text("xl/worksheets/sheet1.xml");
    assert!(rest.contains("f: CONCATENATE(\"GB29NWBK\",\"60161331926819\")"), "{rest}");
    assert!(rest.contains("oddHeader: &Lheader 4111 1111 1111 1111"), "{rest}");
    assert!(!rest.contains("A. Sample"));
    assert!(read.text("xl/workbook.xml").contains("definedName: \"GB29NWBK60161331926819\""));
}

#[test]
fn hands_on_strings_that_no_cell_names() {
    let read = read_in_chunks(&OfficeOpenXml, &workbook(STRINGS, SHEET));
    let strings: Vec<_> =
        read.members.iter().filter(|(name, _)| name == "xl/sharedStrings.xml").collect();
    assert_eq!(strings.len(), 1, "{strings:?}");
    assert_eq!(strings[0].1, b"left behind 4111111111111111\n");
}

#[test]
fn strings_beyond_the_room_are_handed_on_at_once() {
    let many: String =
        (0..20_000).map(|index| format!("<si><t>string number {index}</t></si>")).collect();
    let package = workbook(&format!("<sst>{many}</sst>"), SHEET);
    let read = read_with_room(&OfficeOpenXml, &package, package.len() + 1);
    assert_eq!(read.end, Ok(0));
    let all: String = read.members.iter().map(|(_, text)| String::from_utf8_lossy(text)).collect();
    assert!((0..20_000).step_by(1009).all(|index| all.contains(&format!("string number {index}"))));
}

#[test]
fn empty_cells_are_bounded() {
    let row = |row: u32| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>");
    let rows: String = (1..2000).map(row).collect();
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let read = read(&OfficeOpenXml, &workbook(STRINGS, &sheet), 4096);
    let length = read.members.iter().map(|(_, text)| text.len()).max();
    assert!(length.is_some_and(|length| length < 5 << 20), "{length:?}");
}

#[test]
fn slides_are_counted_as_the_presentation_has_them() {
    let slide = |text: &str| format!("<p:sld><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>");
    let (first, second) = (slide("4111 1111 1111 1111"), slide("two"));
    let package = zipped(&[
        TYPES,
        (
            "ppt/presentation.xml",
            "<p:presentation><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId7\"/>\
             <p:sldId id=\"257\" r:id=\"rId3\"/></p:sldIdLst></p:presentation>",
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            "<Relationships><Relationship Id=\"rId3\" Target=\"slides/slide1.xml\"/>\
             <Relationship Id=\"rId7\" Target=\"slides/slide2.xml\"/></Relationships>",
        ),
        ("ppt/slides/slide1.xml", &second),
        ("ppt/slides/slide2.xml", &first),
        ("ppt/notesSlides/notesSlide1.xml", &slide("GB29NWBK60161331926819")),
    ]);
    let read = read_in_chunks(&OfficeOpenXml, &package);
    assert_eq!(read.text("slide 1"), "4111 1111 1111 1111\n");
    assert_eq!(read.text("slide 2"), "two\n");
    assert_eq!(read.text("ppt/notesSlides/notesSlide1.xml"), "GB29NWBK60161331926819\n");
}

#[test]
fn embedded_files_are_handed_on_as_they_are() {
    let package = zipped(&[TYPES, ("word/embeddings/list.tsv", PLANTED)]);
    let read = read_in_chunks(&OfficeOpenXml, &package);
    assert_eq!(read.text("word/embeddings/list.tsv"), PLANTED);
}

#[test]
fn reads_utf_16_and_what_is_no_utf_8() {
    let body = wrapped("<w:p><w:r><w:t>Größe 4111 1111 1111 1111 \u{1f600}</w:t></w:r></w:p>");
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(body.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = body.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    for (bytes, text) in
        [(wide, "Größe 4111 1111 1111 1111 \u{1f600}\n"), (latin, "Größe 4111 1111 1111 1111 ?\n")]
    {
        let package = zipped_bytes(&[("word/document.xml", &bytes)]);
        assert_eq!(read_in_chunks(&OfficeOpenXml, &package).text("word/document.xml"), text);
    }
}

fn zipped_bytes(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_xml_behind_a_place_is_handed_on_as_it_lies() {
    let package =
        zipped(&[("word/document.xml", "<w:p><w:t>one</w:t></w:p><!-- 4111 1111 1111 1111")]);
    let read = read_in_chunks(&OfficeOpenXml, &package);
    assert!(read.text("word/document.xml").contains("4111 1111 1111 1111"));
    assert_eq!(read.gaps, [("word/document.xml".to_owned(), GapReason::Damaged)]);
}

#[test]
fn a_long_text_is_read_to_its_end() {
    let text = format!("{}4111 1111 1111 1111", "x".repeat(5 << 20));
    let package = zipped(&[("word/document.xml", &format!("<w:p><w:t>{text}</w:t></w:p>"))]);
    let read = read(&OfficeOpenXml, &package, 4096);
    assert!(read.text("word/document.xml").contains("4111 1111 1111 1111"));
    assert!(read.gaps.is_empty());
}

/// What the readers of a package without its central directory find.
fn damaged(bytes: &[u8]) -> (Collected, Unread) {
    let read = read_in_chunks(&OfficeOpenXml, bytes);
    let unread = read.end.expect_err("it is damaged");
    (read, unread)
}

#[test]
fn members_that_no_directory_lists_are_read() {
    let package = document("<w:p><w:r><w:t>4111 1111 1111 1111</w:t></w:r></w:p>");
    let hidden = zipped(&[("word/hidden.xml", "<w:p><w:t>GB29NWBK60161331926819</w:t></w:p>")]);
    let directory = hidden.windows(4).position(|at| at == b"PK\x01\x02").unwrap();
    let both = [&hidden[..directory], &package[..]].concat();
    let (read, unread) = damaged(&both);
    assert_eq!(unread, Unread(GapReason::Damaged));
    assert_eq!(read.text("word/hidden.xml"), "GB29NWBK60161331926819\n");
    assert_eq!(read.text("word/document.xml"), "4111 1111 1111 1111\n");

    let directory = package.windows(4).position(|at| at == b"PK\x01\x02").unwrap();
    let (read, unread) = damaged(&package[..directory]);
    assert_eq!(unread, Unread(GapReason::Truncated));
    assert_eq!(read.text("word/document.xml"), "4111 1111 1111 1111\n");
}

#[test]
fn a_member_that_is_encrypted_is_a_gap() {
    let mut package = document("<w:p><w:r><w:t>4111</w:t></w:r></w:p>");
    let marks: Vec<usize> = (0..package.len() - 4)
        .filter(|at| matches!(&package[*at..at + 4], b"PK\x03\x04" | b"PK\x01\x02"))
        .collect();
    for at in marks {
        let flags = at + if package[at + 2] == 3 { 6 } else { 8 };
        package[flags] |= 1;
    }
    let read = read_in_chunks(&OfficeOpenXml, &package);
    let encrypted = |name: &str| (name.to_owned(), GapReason::Encrypted);
    assert_eq!(read.gaps, [encrypted("[Content_Types].xml"), encrypted("word/document.xml")]);
}

#[test]
fn more_than_the_room_is_not_kept() {
    let read = read_with_room(&OfficeOpenXml, &document(""), 100);
    assert_eq!(read.end, Err(Unread(GapReason::Limit)));
}

#[test]
fn broken_packages_end() {
    survives(&OfficeOpenXml, &workbook(STRINGS, SHEET));
    survives(
        &OfficeOpenXml,
        &document("<w:p><w:r><w:t>card 4111 1111 1111 1111</w:t></w:r></w:p>"),
    );
}

#[test]
fn deep_markup_is_read() {
    let body = format!("{}<w:t>4111 1111 1111 1111</w:t>", "<w:x>".repeat(100_000));
    assert!(text_of(&body).contains("4111 1111 1111 1111"));
}

fn record(number: u16, data: &[&[u8]]) -> Vec<u8> {
    let data = data.concat();
    let number = match number {
        0..0x80 => vec![number as u8],
        _ => vec![number as u8 & 0x7f | 0x80, (number >> 7) as u8],
    };
    [&number[..], &[u8::try_from(data.len()).unwrap()], &data].concat()
}

fn string(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&(units.len() as u32 / 2).to_le_bytes()[..], &units].concat()
}

#[test]
fn lays_sheets_of_records_out_in_their_columns() {
    let cell = |number: u16, column: u8, value: &[u8]| {
        record(number, &[&[column, 0, 0, 0, 0, 0, 0, 0], value])
    };
    let sheet = [
        record(0, &[&[0; 17]]),
        cell(7, 0, &[0; 4]),
        cell(7, 2, &[1, 0, 0, 0]),
        record(0, &[&[2, 0, 0, 0], &[0; 13]]),
        cell(6, 0, &string("A. Sample")),
        cell(2, 1, &((7_u32 << 2) | 2).to_le_bytes()),
        cell(5, 2, &4_111_111_111_111_111_f64.to_le_bytes()),
        record(479, &[&string("GB29NWBK60161331926819")]),
    ]
    .concat();
    let strings =
        [record(19, &[&[0], &string("name")]), record(19, &[&[0], &string("card")])].concat();
    let workbook = record(156, &[&[0; 8], &string("rId1"), &string("Kunden")]);
    let package = zipped_bytes(&[
        (TYPES.0, TYPES.1.as_bytes()),
        ("xl/workbook.bin", &workbook),
        (
            "xl/_rels/workbook.bin.rels",
            b"<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.bin", &sheet),
        ("xl/sharedStrings.bin", &strings),
    ]);
    let read = read_in_chunks(&OfficeOpenXml, &package);
    assert_eq!((&read.gaps, read.end), (&vec![], Ok(0)));
    assert_eq!(read.text("Kunden"), "name\t\tcard\n\nA. Sample\t7\t4111111111111111");
    assert_eq!(read.text("xl/worksheets/sheet1.bin"), "GB29NWBK60161331926819\n");
    survives(&OfficeOpenXml, &package);
}
