use std::io::Write;

use super::*;
use crate::testing::{read_in_chunks, survives};

fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (path, bytes) in streams {
        if let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| !folder.is_empty()) {
            file.create_storage_all(folder).unwrap();
        }
        file.create_stream(path).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn record(number: u16, data: &[&[u8]]) -> Vec<u8> {
    let data = data.concat();
    [&number.to_le_bytes(), &u16::try_from(data.len()).unwrap().to_le_bytes(), &data[..]].concat()
}

fn cell(number: u16, row: u16, column: u16, value: &[u8]) -> Vec<u8> {
    record(number, &[&row.to_le_bytes(), &column.to_le_bytes(), &[0, 0], value])
}

/// A workbook of one sheet, `Kunden`; the third of its shared strings goes on in a further record.
fn workbook(globals: &[u8]) -> Vec<u8> {
    let begin = |kind: u16| record(0x809, &[&[0, 6], &kind.to_le_bytes(), &[0; 12]]);
    let strings = [
        record(
            0xfc,
            &[
                &[4, 0, 0, 0, 4, 0, 0, 0],
                &[4, 0, 0],
                b"name",
                &[4, 0, 1],
                &wide("card"),
                &[9, 0, 8, 1, 0],
                b"A. S",
            ],
        ),
        record(0x3c, &[&[1], &wide("ample"), &[0; 4], &[16, 0, 0], b"4111111111111111"]),
    ]
    .concat();
    let bound = |place: u32| record(0x85, &[&place.to_le_bytes(), &[0, 0, 6, 0], b"Kunden"]);
    let head = [&begin(5)[..], globals, &strings].concat();
    let place = head.len() + bound(0).len() + 4;
    let number = 4_111_111_111_111_111_f64.to_le_bytes();
    let sheet = [
        begin(0x10),
        cell(0xfd, 0, 0, &[0; 4]),
        cell(0xfd, 0, 2, &[1, 0, 0, 0]),
        cell(0xfd, 2, 0, &[2, 0, 0, 0]),
        cell(0x27e, 2, 1, &((7_u32 << 2) | 2).to_le_bytes()),
        cell(0x203, 2, 2, &number),
        cell(0x06, 3, 2, &[0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]),
        record(0x207, &[&[22, 0, 0], b"GB29NWBK60161331926819"]),
        record(0x14, &[&[6, 0, 0], b"header"]),
        record(0x0a, &[]),
    ];
    let bound = bound(u32::try_from(place).unwrap());
    [head, bound, record(0x0a, &[]), sheet.concat()].concat()
}

#[test]
fn tells_compound_files_by_their_signature() {
    assert!(CompoundFile.begins(&compound(&[])));
    assert!(!CompoundFile.begins(b"PK\x03\x04"));
}

#[test]
fn lays_workbooks_out_in_their_columns() {
    let read = read_in_chunks(&CompoundFile, &compound(&[("/Workbook", &workbook(&[]))]));
    assert_eq!((&read.gaps, read.end), (&vec![], Ok(0)));
    assert_eq!(
        read.text("Kunden"),
        "name\t\tcard\n\nA. Sample\t7\t4111111111111111\n\t\tGB29NWBK60161331926819"
    );
    let rest: Vec<_> = read.members.iter().filter(|(name, _)| name == "Workbook").collect();
    let rest: String = rest.iter().map(|(_, text)| String::from_utf8_lossy(text)).collect();
    assert!(rest.contains("header") && rest.contains("4111111111111111\n"), "{rest}");
}

#[test]
fn encrypted_files_are_gaps() {
    let encrypted = workbook(&record(0x2f, &[&[1, 0]]));
    let read = read_in_chunks(&CompoundFile, &compound(&[("/Workbook", &encrypted)]));
    assert_eq!(read.gaps, [("Workbook".to_owned(), GapReason::Encrypted)]);
    let read = read_in_chunks(&CompoundFile, &compound(&[("/EncryptedPackage", b"\x01\x02")]));
    assert_eq!(read.end, Err(Unread(GapReason::Encrypted)));
    let mut block = vec![0; 0x200];
    block[..2].copy_from_slice(&0xa5ec_u16.to_le_bytes());
    block[0x0b] = 1;
    let read = read_in_chunks(&CompoundFile, &compound(&[("/WordDocument", &block)]));
    assert_eq!(read.gaps, [("WordDocument".to_owned(), GapReason::Encrypted)]);
}

/// A document of two pieces, the first in bytes and the second in UTF-16.
fn word() -> Vec<u8> {
    let mut block = vec![0; 0x200];
    block[..2].copy_from_slice(&0xa5ec_u16.to_le_bytes());
    block[0x0b] = 2;
    let first = b"card 4111 1111\r";
    let second = wide("GB29\u{7}–x");
    let (at, then) = (0x200_u32, 0x200 + u32::try_from(first.len()).unwrap() + 1);
    let place = |place: u32| [&[0, 0][..], &place.to_le_bytes(), &[0, 0]].concat();
    let list = [
        &0_u32.to_le_bytes()[..],
        &15_u32.to_le_bytes(),
        &22_u32.to_le_bytes(),
        &place((at * 2) | (1 << 30)),
        &place(then),
    ]
    .concat();
    let table =
        [&[1, 1, 0, 9, 2][..], &u32::try_from(list.len()).unwrap().to_le_bytes(), &list].concat();
    block[0x1a6..0x1aa].copy_from_slice(&u32::try_from(table.len()).unwrap().to_le_bytes());
    let block = [&block[..], first, &[0], &second].concat();
    compound(&[("/WordDocument", &block), ("/1Table", &table)])
}

#[test]
fn reads_the_pieces_of_a_document() {
    let read = read_in_chunks(&CompoundFile, &word());
    assert_eq!((&read.gaps, read.end), (&vec![], Ok(0)));
    assert_eq!(read.text("text"), "card 4111 1111\nGB29\t–x");
}

#[test]
fn reads_the_properties_of_a_message() {
    let body = wide("card 4111 1111 1111 1111 Grüße");
    let attachment = b"GB29NWBK60161331926819";
    let read = read_in_chunks(
        &CompoundFile,
        &compound(&[
            ("/__substg1.0_1000001F", &body),
            ("/__attach_version1.0_#00000000/__substg1.0_37010102", attachment),
        ]),
    );
    assert_eq!(read.text("__substg1.0_1000001F"), "card 4111 1111 1111 1111 Grüße");
    let name = "__attach_version1.0_#00000000/__substg1.0_37010102";
    assert_eq!(read.text(name).as_bytes(), attachment);
}

#[test]
fn text_in_utf_16_is_read_beside_the_bytes() {
    let bytes =
        [&[1, 2, 3][..], &wide("card 4111 1111 1111 1111"), &[0, 0, 9], &wide("IBAN")].concat();
    let read = read_in_chunks(&CompoundFile, &compound(&[("/\u{5}SummaryInformation", &bytes)]));
    assert_eq!(read.text("SummaryInformation (UTF-16)"), "card 4111 1111 1111 1111\nIBAN\n");
}

#[test]
fn broken_files_end() {
    survives(&CompoundFile, &compound(&[("/Workbook", &workbook(&[]))]));
    survives(&CompoundFile, &word());
}

#[test]
fn broken_workbooks_end() {
    let stream = workbook(&[]);
    for at in 0..stream.len() {
        let mut changed = stream.clone();
        changed[at] ^= 0xff;
        read_in_chunks(&CompoundFile, &compound(&[("/Workbook", &changed)]));
        let read = read_in_chunks(&CompoundFile, &compound(&[("/Workbook", &stream[..at])]));
        assert!(!read.members.is_empty());
    }
}
