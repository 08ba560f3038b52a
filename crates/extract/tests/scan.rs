//! Documents scanned from end to end: what they hold is found at its place.

use std::io::{Cursor, Write};

use portcullis::{Scanner, Verdict};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Published test numbers: a card (Visa) and an account.
const TEXT: &str = "card number 4111 1111 1111 1111, IBAN GB29NWBK60161331926819";

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, stored).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Places and detectors of what is found in a payload.
fn found(payload: &[u8]) -> Vec<(String, String)> {
    let scanner = Scanner::builder().formats(portcullis_extract::formats()).build().unwrap();
    let report = scanner.scan(payload).unwrap();
    assert!(!matches!(report.verdict(), Verdict::Accept(_)));
    let place =
        |finding: &portcullis::Finding| (finding.path().to_owned(), finding.detector().to_owned());
    report.findings().iter().map(place).collect()
}

fn both(place: &str) -> Vec<(String, String)> {
    let at = |detector: &str| (place.to_owned(), detector.to_owned());
    vec![at("card.pan"), at("bank.iban")]
}

fn document() -> Vec<u8> {
    let text = format!(
        "<w:document><w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:body></w:document>"
    );
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", text.as_bytes())])
}

#[test]
fn a_document_is_read_alone_and_in_an_archive() {
    assert_eq!(found(&document()), both("word/document.xml"));
    let archive = zipped(&[("a.docx", &document())]);
    assert_eq!(found(&archive), both("a.docx!/word/document.xml"));
}

#[test]
fn a_document_in_a_document_is_read() {
    let outer =
        zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/embeddings/a.docx", &document())]);
    assert_eq!(found(&outer), both("word/embeddings/a.docx!/word/document.xml"));
}

#[test]
fn an_open_document_is_read() {
    let text = format!(
        "<office:document-content><office:text><text:p>{TEXT}</text:p></office:text></office:document-content>"
    );
    let document = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", text.as_bytes()),
    ]);
    assert_eq!(found(&document), both("content.xml"));
}
