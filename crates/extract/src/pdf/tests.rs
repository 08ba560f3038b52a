use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use portcullis::coverage::GapReason;
use portcullis::extract::Unread;

use super::*;
use crate::testing::{Collected, read, read_in_chunks, read_with_room, survives};

/// Returns a document of objects, of which the first is the catalog and `trailer` says what else there is.
fn document(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let (count, at) = (objects.len() + 1, bytes.len());
    let end = format!(
        "xref\n0 {count}\n{table}trailer\n<</Size {count}/Root 1 0 R{trailer}>>\nstartxref\n{at}\n%%EOF\n"
    );
    bytes.extend(end.bytes());
    bytes
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

fn flate(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    stream(&format!("{dictionary}/Filter/FlateDecode"), &encoder.finish().unwrap())
}

/// A document of one page with a content, then further objects from number 6 on.
fn page(content: &str, catalog: &str, page: &str, more: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>").into_bytes(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>\
             {page}>>>>"
        )
        .into_bytes(),
        flate("", content.as_bytes()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    objects.extend_from_slice(more);
    document(&objects, trailer)
}

fn with(content: &str, more: &[Vec<u8>]) -> Collected {
    let read = read_in_chunks(&Pdf, &page(content, "", "", more, ""));
    assert_eq!((&read.gaps, read.end), (&vec![], Ok(0)));
    read
}

#[test]
fn tells_documents_by_their_header() {
    assert!(Pdf.begins(&page("", "", "", &[], "")));
    assert!(Pdf.begins(b"junk\n%PDF-1.4\n"));
    assert!(!Pdf.begins(b"a file that begins with %PDF-1.4 is one"));
    assert!(!Pdf.begins(b"%PDF-"));
}

#[test]
fn reads_the_text_of_a_page() {
    let content = "BT /F1 12 Tf 72 700 Td (card: 4111 1111 1111 1111) Tj 0 -14 Td [(GB29NW)20(BK6016133)-20(1926819)] TJ ET";
    assert_eq!(
        with(content, &[]).text("page 1"),
        "card: 4111 1111 1111 1111\nGB29NWBK60161331926819\n"
    );
}

#[test]
fn joins_what_is_drawn_letter_by_letter() {
    let mut content = String::from("BT /F1 10 Tf ");
    // Digits of Helvetica are 0.556 em wide.
    for (index, digit) in "4111111111111111".chars().enumerate() {
        content += &format!("1 0 0 1 {:.2} 500 Tm ({digit}) Tj ", 72.0 + 5.56 * index as f64);
    }
    assert_eq!(with(&(content + "ET"), &[]).text("page 1"), "4111111111111111\n");
}

#[test]
fn columns_stand_between_tabs() {
    let content = "BT /F1 10 Tf 1 0 0 1 72 500 Tm (name) Tj 1 0 0 1 200 500 Tm (card) Tj \
                   1 0 0 1 72 480 Tm (A. Sample) Tj 1 0 0 1 200 480 Tm (4111 1111 1111 1111) Tj ET";
    assert_eq!(with(content, &[]).text("page 1"), "name\tcard\nA. Sample\t4111 1111 1111 1111\n");
}

#[test]
fn letters_that_are_filled_and_outlined_are_read_once() {
    let content =
        "BT /F1 12 Tf 2 Tr 72 700 Td (4111 1111 1111 1111) Tj 3 Tr 0 -20 Td (unseen) Tj ET";
    assert_eq!(with(content, &[]).text("page 1"), "4111 1111 1111 1111\nunseen\n");
}

#[test]
fn reads_forms_that_a_page_draws() {
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</Font<</F1 5 0 R>>>>",
        b"BT /F1 12 Tf 10 10 Td (4111 1111 1111 1111) Tj ET",
    );
    let bytes = page("/X Do", "", "/XObject<</X 6 0 R>>", &[form], "");
    assert_eq!(read_in_chunks(&Pdf, &bytes).text("page 1"), "4111 1111 1111 1111\n");
}

#[test]
fn reads_fields_notes_and_information() {
    let more = [
        b"<</FT/Tx/T(card number)/V(4111 1111 1111 1111)>>".to_vec(),
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents<FEFF00470042003200390020201300A30031>>>".to_vec(),
        b"<</Title(a\x85b)/Custom(GB29NWBK60161331926819)/ID<0001020304050607>>>".to_vec(),
    ];
    let read = read_in_chunks(&Pdf, &page("", "", "", &more, "/Info 8 0 R"));
    assert_eq!(read.text("form fields"), "T: card number\ncard number: 4111 1111 1111 1111\n");
    assert_eq!(read.text("annotations"), "Contents: GB29 –£1\n");
    assert_eq!(read.text("document information"), "Custom: GB29NWBK60161331926819\nTitle: a–b\n");
}

#[test]
fn hands_on_attachments_metadata_and_scripts() {
    let more = [
        b"<</Type/Filespec/F(list.csv)/UF<FEFF006C00E90073002E006300730076>/EF<</F 7 0 R>>>>"
            .to_vec(),
        flate("/Type/EmbeddedFile", b"card\n4111 1111 1111 1111\n"),
        stream("/Type/Metadata/Subtype/XML", b"<x:xmpmeta>GB29NWBK60161331926819</x:xmpmeta>"),
        b"<</S/JavaScript/JS 10 0 R>>".to_vec(),
        flate("", b"var card = 1;"),
        stream("/Type/EmbeddedFile", b"nobody names it"),
    ];
    let read = with("", &more);
    assert_eq!(read.text("lés.csv"), "card\n4111 1111 1111 1111\n");
    assert_eq!(read.text("metadata"), "<x:xmpmeta>GB29NWBK60161331926819</x:xmpmeta>");
    assert_eq!(read.text("script"), "var card = 1;");
    assert_eq!(read.text("attachment"), "nobody names it");
}

#[test]
fn a_page_that_is_an_image_is_a_gap() {
    let image = stream(
        "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"\0\x40\x80\xff",
    );
    let gap = vec![("page 1".to_owned(), GapReason::Media)];
    for (content, expected) in [
        ("q 595 0 0 842 0 0 cm /I Do Q", &gap),
        ("q 20 0 0 20 0 0 cm /I Do Q", &gap),
        ("q 20 0 0 20 0 0 cm /I Do Q BT /F1 12 Tf 72 700 Td (text) Tj ET", &vec![]),
        ("q 595 0 0 842 0 0 cm /I Do Q BT /F1 12 Tf 72 700 Td (text) Tj ET", &gap),
    ] {
        let bytes = page(content, "", "/XObject<</I 6 0 R>>", std::slice::from_ref(&image), "");
        let read = read_in_chunks(&Pdf, &bytes);
        assert_eq!((&read.gaps, read.end), (expected, Ok(0)), "{content}");
    }
}

#[test]
fn glyphs_that_stand_for_nothing_known_are_a_gap() {
    let more = [
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
          /Supplement 0>>/FontDescriptor 8 0 R>>"
            .to_vec(),
        b"<</Type/FontDescriptor/FontName/X/Flags 4>>".to_vec(),
    ];
    let objects = page("BT /F2 12 Tf 72 700 Td <00010002> Tj ET", "", "", &more, "");
    let text = String::from_utf8_lossy(&objects).into_owned();
    assert!(text.contains("/F1 5 0 R"));
    let bytes: Vec<u8> = replaced(&objects, b"/F1 5 0 R", b"/F2 6 0 R");
    let read = read_in_chunks(&Pdf, &bytes);
    assert_eq!(read.gaps, [("page 1".to_owned(), GapReason::Document)]);
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = memmem::find(bytes, from).unwrap();
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

#[test]
fn layers_that_are_switched_off_are_read() {
    let layers = "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>";
    let content = "/OC /L BDC BT /F1 12 Tf 72 700 Td (4111 1111 1111 1111) Tj ET EMC";
    let more = [b"<</Type/OCG/Name(hidden)>>".to_vec()];
    let read = read_in_chunks(&Pdf, &page(content, layers, "/Properties<</L 6 0 R>>", &more, ""));
    assert_eq!(read.text("page 1"), "4111 1111 1111 1111\n");
    assert_eq!(read.end, Ok(0));
}

#[test]
fn text_that_stands_for_a_drawing_is_read() {
    let content = "/Span <</ActualText(4111 1111 1111 1111)>> BDC 0 0 9 9 re f EMC";
    assert_eq!(with(content, &[]).text("page 1"), "4111 1111 1111 1111\n");
}

#[test]
fn a_document_with_a_password_is_encrypted() {
    let key = "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";
    let encrypt = format!("<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{key}>/U<{key}>>>");
    let bytes = page("", "", "", &[encrypt.into_bytes()], "/Encrypt 6 0 R/ID[<00><00>]");
    assert_eq!(read_in_chunks(&Pdf, &bytes).end, Err(Unread(GapReason::Encrypted)));
}

#[test]
fn bombs_are_not_unpacked() {
    let bomb = flate("", &vec![b' '; 40 << 20]);
    let bytes = page("", "", "", &[bomb], "");
    assert_eq!(read_with_room(&Pdf, &bytes, 1 << 20).end, Err(Unread(GapReason::Limit)));
    let inner = flate("", &vec![b' '; 40 << 20]);
    let inner = &inner[memmem::find(&inner, b"stream\n").unwrap() + 7..];
    let twice = flate("/X 1", inner);
    assert_eq!(
        read_with_room(&Pdf, &page("", "", "", &[twice], ""), 1 << 20).end,
        Err(Unread(GapReason::Limit))
    );
}

#[test]
fn forms_that_draw_each_other_end() {
    let form = |next: usize| {
        let resources = format!("/Resources<</XObject<</X {next} 0 R>>>>");
        let dictionary = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]{resources}");
        stream(&dictionary, "/X Do ".repeat(100).as_bytes())
    };
    let forms: Vec<Vec<u8>> = (0..8).map(|index| form(7 + index % 8)).collect();
    let read = read(&Pdf, &page("/X Do", "", "/XObject<</X 6 0 R>>", &forms, ""), 4096);
    assert_eq!(read.gaps, [("page 1".to_owned(), GapReason::Limit)]);
}

#[test]
fn deep_objects_end() {
    let deep = format!("{}(4111 1111 1111 1111){}", "[".repeat(20_000), "]".repeat(20_000));
    let read = read(&Pdf, &page("", "", "", &[deep.into_bytes()], ""), 4096);
    assert!(read.end.is_err() || !read.gaps.is_empty() || !read.members.is_empty());
}

#[test]
fn a_document_without_its_table_is_read() {
    let bytes = page("BT /F1 12 Tf 72 700 Td (4111 1111 1111 1111) Tj ET", "", "", &[], "");
    let table = memmem::find(&bytes, b"xref\n").unwrap();
    let read = read_in_chunks(&Pdf, &bytes[..table]);
    assert_eq!(read.end, Err(Unread(GapReason::Truncated)));
    assert_eq!(read.text("page 1"), "4111 1111 1111 1111\n");
}

#[test]
fn broken_documents_end() {
    let more = [
        b"<</FT/Tx/T(card number)/V(4111 1111 1111 1111)>>".to_vec(),
        flate("/Type/EmbeddedFile", b"card\n4111 1111 1111 1111\n"),
    ];
    survives(&Pdf, &page("BT /F1 12 Tf 72 700 Td (4111 1111 1111 1111) Tj ET", "", "", &more, ""));
}
