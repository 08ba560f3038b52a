use portcullis::coverage::GapReason;

use super::*;
use crate::testing::{read_in_chunks, survives, zipped};

fn package(kind: &str, content: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body>{content}</office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", &format!("application/vnd.oasis.opendocument.{kind}")),
        ("content.xml", &content),
        (
            "meta.xml",
            "<office:document-meta><meta:user-defined meta:name=\"Card\">4111 1111 1111 1111</meta:user-defined>\
             </office:document-meta>",
        ),
    ])
}

const SPREADSHEET: &str = "<office:spreadsheet><table:table table:name=\"Kunden\">\
    <table:table-row><table:table-cell><text:p>name</text:p></table:table-cell>\
    <table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell><text:p>card</text:p></table:table-cell>\
    <table:table-cell table:number-columns-repeated=\"16380\"/></table:table-row>\
    <table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
    <table:table-row><table:table-cell><office:annotation><dc:creator>B</dc:creator><text:p>a note</text:p>\
    </office:annotation><text:p>A. <text:span>Sample</text:span></text:p></table:table-cell><table:table-cell/>\
    <table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>7</text:p></table:table-cell>\
    <table:table-cell office:value-type=\"float\" office:value=\"4111111111111111\"><text:p>4.11E+15</text:p>\
    </table:table-cell></table:table-row></table:table>\
    <table:table table:name=\"Versteckt\" table:display=\"false\"><table:table-row><table:table-cell>\
    <text:p>GB29NWBK60161331926819</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>";

#[test]
fn tells_documents_by_their_mimetype() {
    assert!(OpenDocument.begins(&package("text", "")));
    assert!(!OpenDocument.begins(&zipped(&[("mimetype", "application/epub+zip")])));
    assert!(!OpenDocument.begins(&zipped(&[("content.xml", "<a/>")])));
}

#[test]
fn lays_texts_out_in_lines() {
    let content = "<office:text><text:h>Title</text:h><text:p>card <text:span>4111</text:span><text:s text:c=\"1\"/>\
                   1111 1111<text:s/>1111<text:tab/>x<text:note><text:note-body><text:p>foot</text:p></text:note-body>\
                   </text:note></text:p><text:tracked-changes><text:deletion><text:p>GB29NWBK60161331926819</text:p>\
                   </text:deletion></text:tracked-changes></office:text>";
    let read = read_in_chunks(&OpenDocument, &package("text", content));
    assert_eq!((&read.gaps, read.end), (&vec![], Ok(0)));
    let text = read.text("content.xml");
    assert_eq!(text, "Title\ncard 4111 1111 1111 1111\tx\nfoot\nGB29NWBK60161331926819\n");
    assert_eq!(read.text("meta.xml"), "name: Card\nCard: 4111 1111 1111 1111");
}

#[test]
fn lays_sheets_out_in_their_columns_and_rows() {
    let read = read_in_chunks(&OpenDocument, &package("spreadsheet", SPREADSHEET));
    assert_eq!((&read.gaps, read.end), (&vec![], Ok(0)));
    let text = read.text("Kunden");
    let (rows, rest) = text.split_at(text.find("4.11E+15\n").unwrap() + 9);
    assert_eq!(rows, "name\t\t\tcard\n\n\nA. Sample\t\t7\t4111111111111111 4.11E+15\n");
    assert!(rest.contains("a note\n") && rest.contains("creator: B"), "{rest}");
    assert!(read.text("Versteckt").starts_with("GB29NWBK60161331926819\n"));
}

#[test]
fn encrypted_members_are_gaps() {
    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path=\"content.xml\">\
                    <manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let package = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "\u{1}\u{2}\u{3}"),
        ("META-INF/manifest.xml", manifest),
    ]);
    let read = read_in_chunks(&OpenDocument, &package);
    assert_eq!(read.gaps, [("content.xml".to_owned(), GapReason::Encrypted)]);
}

#[test]
fn what_repeats_is_bounded() {
    let row = "<table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell \
               table:number-columns-repeated=\"4000000000\"/><table:table-cell><text:p>x</text:p></table:table-cell>\
               </table:table-row>";
    let content = format!(
        "<office:spreadsheet><table:table table:name=\"a\">{}</table:table></office:spreadsheet>",
        row.repeat(2000)
    );
    let read = read_in_chunks(&OpenDocument, &package("spreadsheet", &content));
    assert!(read.text("a").len() < 6 << 20, "{}", read.text("a").len());
}

#[test]
fn broken_documents_end() {
    survives(&OpenDocument, &package("spreadsheet", SPREADSHEET));
}
