use std::io::Cursor;

use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Unread};
use sevenz_rust2::encoder_options::AesEncoderOptions;
use sevenz_rust2::{
    ArchiveEntry, ArchiveWriter, EncoderConfiguration, EncoderMethod, Password, SourceReader,
};

use super::SevenZip;
use crate::testing;

const IBAN: &str = "GB29NWBK60161331926819";

type Writer = ArchiveWriter<Cursor<Vec<u8>>>;

/// An archive with a folder, an empty file, and two files packed together.
fn archive(prepare: impl Fn(&mut Writer)) -> Vec<u8> {
    let mut writer = ArchiveWriter::new(Cursor::new(Vec::new())).unwrap();
    prepare(&mut writer);
    writer.push_archive_entry::<&[u8]>(ArchiveEntry::new_directory("dir"), None).unwrap();
    writer.push_archive_entry::<&[u8]>(ArchiveEntry::new_file("dir/empty"), None).unwrap();
    let files = ["dir/cards.txt", "iban.txt"].map(ArchiveEntry::new_file).to_vec();
    let texts = [testing::PLANTED, IBAN].map(|text| SourceReader::new(text.as_bytes()));
    writer.push_archive_entries(files, texts.into()).unwrap();
    writer.finish().unwrap().into_inner()
}

fn with(methods: &[EncoderMethod]) -> Vec<u8> {
    let methods = methods.iter().map(|method| EncoderConfiguration::new(*method)).collect();
    archive(|writer| {
        writer.set_content_methods(Vec::clone(&methods));
    })
}

#[test]
fn reads_files_by_their_names() {
    for method in [
        EncoderMethod::LZMA,
        EncoderMethod::LZMA2,
        EncoderMethod::COPY,
        EncoderMethod::BZIP2,
        EncoderMethod::DEFLATE,
        EncoderMethod::PPMD,
    ] {
        let packed = with(&[method]);
        assert!(SevenZip.begins(&packed));
        let read = testing::read_in_chunks(&SevenZip, &packed);
        assert_eq!(read.names(), ["dir/cards.txt", "iban.txt", "dir", "dir/empty"]);
        assert_eq!(read.text("dir/cards.txt"), testing::PLANTED);
        assert_eq!(read.text("iban.txt"), IBAN);
        assert_eq!((read.end, read.gaps), (Ok(0), vec![]));
    }
}

#[test]
fn returns_what_stands_behind() {
    let behind = [with(&[EncoderMethod::LZMA]), b"4111 1111".to_vec()].concat();
    assert_eq!(testing::read_in_chunks(&SevenZip, &behind).end, Ok(9));
}

#[test]
fn survives_what_is_broken() {
    testing::survives(&SevenZip, &with(&[EncoderMethod::LZMA2]));
    testing::survives(&SevenZip, &with(&[EncoderMethod::COPY]));
}

/// Writes the checksums of an archive anew, so that a changed list is read.
fn summed(mut packed: Vec<u8>, list: std::ops::Range<usize>) -> Vec<u8> {
    let sum = crc32fast::hash(&packed[list]).to_le_bytes();
    packed[28..32].copy_from_slice(&sum);
    let sum = crc32fast::hash(&packed[12..32]).to_le_bytes();
    packed[8..12].copy_from_slice(&sum);
    packed
}

#[test]
fn survives_lists_that_lie() {
    for method in [EncoderMethod::LZMA2, EncoderMethod::LZMA, EncoderMethod::PPMD] {
        let packed = with(&[method]);
        let span = super::header::span(&packed).unwrap();
        assert_eq!(span.end, packed.len());
        let (before, list) = packed.split_at(span.start);
        for changed in testing::changes(list, 500) {
            let lying = summed([before, &changed].concat(), span.start..span.end);
            testing::survives_this(&SevenZip, &lying);
        }
    }
}

#[test]
fn what_is_encrypted_is_named() {
    let packed = |header| {
        archive(|writer| {
            let aes = AesEncoderOptions::new(Password::from("secret"));
            writer.set_content_methods(vec![aes.into(), EncoderMethod::LZMA2.into()]);
            writer.set_encrypt_header(header);
        })
    };
    let read = testing::read_in_chunks(&SevenZip, &packed(false));
    let gap = |name: &str| (name.to_owned(), GapReason::Encrypted);
    assert_eq!(read.gaps, [gap("dir/cards.txt"), gap("iban.txt")]);
    let read = testing::read_in_chunks(&SevenZip, &packed(true));
    assert_eq!(read.end, Err(Unread(GapReason::Encrypted)));
}

#[test]
fn a_changed_file_is_damage_where_it_stands() {
    let mut packed = with(&[EncoderMethod::COPY]);
    let at = packed.windows(4).position(|bytes| bytes == b"4111").unwrap();
    packed[at] = b'5';
    let read = testing::read_in_chunks(&SevenZip, &packed);
    assert!(read.text("dir/cards.txt").contains("5111 1111 1111 1111"));
    assert_eq!(read.gaps, [("dir/cards.txt".to_owned(), GapReason::Damaged)]);
    assert_eq!(read.text("iban.txt"), IBAN);
}

#[test]
fn more_than_the_room_is_a_limit() {
    let packed = with(&[EncoderMethod::LZMA2]);
    let read = testing::read_with_room(&SevenZip, &packed, packed.len() - 1);
    assert_eq!(read.end, Err(Unread(GapReason::Limit)));
    let read = testing::read_with_room(&SevenZip, &with(&[EncoderMethod::PPMD]), 1 << 20);
    assert_eq!(read.gaps[0], ("dir/cards.txt".to_owned(), GapReason::Limit));
}

#[test]
fn an_archive_that_was_not_finished_is_cut() {
    let start = [b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), vec![0; 24]].concat();
    assert_eq!(testing::read_in_chunks(&SevenZip, &start).end, Err(Unread(GapReason::Truncated)));
}
