use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Unread};

use super::Rtf;
use crate::testing::{self, Collected};

const CARD: &str = "4111 1111 1111 1111";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file that the Packager wrapped, as an embedded object.
fn package(label: &str, file: &[u8]) -> Vec<u8> {
    let counted = |bytes: &[u8]| [&(bytes.len() as u32).to_le_bytes()[..], bytes].concat();
    let native = [
        b"\x02\0".to_vec(),
        format!("{label}\0C:\\a\0").into_bytes(),
        vec![0, 0, 3, 0],
        counted(b"C:\\b\0"),
        counted(file),
    ];
    let head = [1, 5, 0, 0, 2, 0, 0, 0];
    let class = counted(b"Package\0");
    [head.to_vec(), class, counted(b""), counted(b""), counted(&native.concat())].concat()
}

fn document() -> String {
    let object = hex(&package("cards.csv", CARD.as_bytes()));
    format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}{{\\f1\\fcharset204 Cyr;}}}}\r\n\
         {{\\*\\generator Writer {CARD};}}{{\\info{{\\title GB29NWBK60161331926819}}{{\\author A}}}}\
         {{\\header in a header {CARD}\\par}}\
         Stra\\'dfe \\u8364? 4111\\~1111{{\\footnote a note {CARD}}} 1111 1{{\\b 1}}11\\par\r\n\
         {{\\f1 \\'ca\\'e0}} {{\\v hidden {CARD}}}\\line {{\\*\\annotation a remark {CARD}}}\
         {{\\field{{\\*\\fldinst HYPERLINK \"x?{CARD}\"}}{{\\fldrslt a link}}}}\\par\
         \\trowd name\\cell card\\cell\\row A\\cell {CARD}\\cell\\row\
         {{\\pict\\wmetafile8 0102 {CARD}}}{{\\object{{\\*\\objdata {object}}}}}\
         \\uc2\\u-10179 \\'3f?\\u-8704 ??\\{{end\\}}}}"
    )
}

fn read() -> Collected {
    let document = document();
    assert!(Rtf.begins(document.as_bytes()));
    testing::read_in_chunks(&Rtf, document.as_bytes())
}

#[test]
fn reads_the_text_as_it_shows() {
    let read = read();
    assert_eq!(read.end, Ok(0));
    let lines = [
        "Straße € 4111 1111 1111 1111",
        "Ка hidden 4111 1111 1111 1111",
        "a link",
        "name\tcard\t",
        "A\t4111 1111 1111 1111\t",
        "😀{end}",
    ];
    assert_eq!(read.text("text"), lines.join("\n"));
}

#[test]
fn reads_what_stands_beside_the_text() {
    let read = read();
    assert_eq!(read.text("headers"), format!("in a header {CARD}\n"));
    assert_eq!(read.text("notes"), format!("a note {CARD}\n"));
    assert_eq!(read.text("annotations"), format!("a remark {CARD}\n"));
    assert_eq!(read.text("fields"), format!("HYPERLINK \"x?{CARD}\"\n"));
    assert!(read.text("properties").contains("GB29NWBK60161331926819"));
    assert!(read.text("other").contains(CARD));
    assert_eq!(read.text("object 1: cards.csv"), CARD);
    assert_eq!(read.gaps, [("pictures".to_owned(), GapReason::Media)]);
}

#[test]
fn survives_what_is_broken() {
    testing::survives(&Rtf, document().as_bytes());
}

#[test]
fn bytes_that_stand_for_themselves_are_no_text() {
    let text = b"{\\rtf1 a{\\pict\\bin5 }}}}}}b{\\*\\objdata\\bin4 4111}{\\x\\bin2 ab}c}behind";
    let read = testing::read_in_chunks(&Rtf, text);
    assert_eq!(read.end, Ok(6));
    assert_eq!(read.text("text"), "abc");
    assert_eq!(read.text("object 1"), "4111");
    let gaps = [("pictures", GapReason::Media), ("binary data", GapReason::Binary)];
    assert_eq!(read.gaps, gaps.map(|(name, reason)| (name.to_owned(), reason)));
}

#[test]
fn a_cut_is_told_behind_the_text() {
    let read = testing::read_in_chunks(&Rtf, b"{\\rtf1 card 4111 1111 1111 1111");
    assert_eq!(read.text("text"), "card 4111 1111 1111 1111");
    assert_eq!(read.end, Err(Unread(GapReason::Truncated)));
}

#[test]
fn what_is_nested_or_kept_too_much_is_a_limit() {
    let read = testing::read(&Rtf, "{\\rtf1 ".repeat(20_000).as_bytes(), 4096);
    assert_eq!(read.end, Err(Unread(GapReason::Limit)));
    let long = format!("{{\\rtf1 a{{\\header {}}}b}}", "x".repeat(10_000));
    let read = testing::read_with_room(&Rtf, long.as_bytes(), 1000);
    assert_eq!(read.gaps, [("beside the text".to_owned(), GapReason::Limit)]);
    assert_eq!(read.text("text"), "ab");
}

#[test]
fn double_bytes_are_decoded_together() {
    let read = testing::read_in_chunks(&Rtf, b"{\\rtf1\\ansicpg932 \\'83e\\'83\\'58 4111}");
    assert_eq!(read.text("text"), "テス 4111");
}
