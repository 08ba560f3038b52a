use portcullis::coverage::GapReason;
use portcullis::extract::{Format, Unread};

use super::{Mail, Mbox};
use crate::testing::{self, Collected};

/// A mail with a text in two forms, a message in it, and a file.
const MIXED: &str = "Return-Path: <a@example.org>\r\n\
    Subject: =?utf-8?Q?card_4111_1111_1111_1?=\r\n =?utf-8?B?MTEx?=\r\n\
    MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"outer\"\r\n\r\n\
    for old readers: 4111 1111 1111 1111\r\n--outer\r\n\
    Content-Type: multipart/alternative; boundary=inner\r\n\r\n\
    --inner\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\n\
    Stra=DFe, card 4111 1111 =\r\n1111 1111\r\nlast line\r\n\
    --inner\r\nContent-Type: text/html\r\n\r\n<p>4111 1111 1111 1111</p>\r\n--inner--\r\n\r\n\
    --outer\r\nContent-Type: application/pdf; name=other.pdf\r\n\
    Content-Disposition: attachment; filename=\"report.pdf\"\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nR0IyOU5XQks2MDE2\r\nMTMzMTkyNjgxOQ==\r\n\
    --outer\r\nContent-Type: message/rfc822\r\n\r\n\
    Subject: inner 4111 1111 1111 1111\r\n\r\nits body\r\n--outer--\r\nbehind\r\n";

fn mixed() -> Collected {
    assert!(Mail.begins(MIXED.as_bytes()));
    testing::read_in_chunks(&Mail, MIXED.as_bytes())
}

#[test]
fn reads_every_part_under_its_number() {
    let read = mixed();
    assert_eq!(read.end, Ok(0));
    assert_eq!(read.text("preamble"), "for old readers: 4111 1111 1111 1111");
    assert_eq!(read.text("part 1.1"), "Straße, card 4111 1111 1111 1111\r\nlast line");
    assert_eq!(read.text("part 1.2"), "<p>4111 1111 1111 1111</p>");
    assert_eq!(read.text("part 2: report.pdf"), "GB29NWBK60161331926819");
    assert_eq!(read.text("part 3.1 headers"), "Subject: inner 4111 1111 1111 1111\n");
    assert_eq!(read.text("part 3.1"), "its body");
    assert_eq!(read.text("epilogue"), "behind");
    let headers = read.text("headers");
    assert!(headers.contains("Subject: card 4111 1111 1111 1111\n"), "{headers}");
    assert!(headers.contains("Return-Path: <a@example.org>\n"), "{headers}");
}

#[test]
fn survives_what_is_broken() {
    testing::survives(&Mail, MIXED.as_bytes());
    testing::survives(&Mbox, mailbox().as_bytes());
}

#[test]
fn a_cut_between_parts_is_told() {
    let cut = &MIXED[..MIXED.find("--outer--").unwrap()];
    let read = testing::read_in_chunks(&Mail, cut.as_bytes());
    assert_eq!(read.end, Err(Unread(GapReason::Truncated)));
    assert_eq!(read.text("part 3.1"), "its body");
}

#[test]
fn reads_a_body_without_parts() {
    let mail =
        "From: a\nTo: b\nContent-Transfer-Encoding: BASE64\n\nNDExMSAx\nMTExIDEx\nMTEgMTExMQ";
    let read = testing::read_in_chunks(&Mail, mail.as_bytes());
    assert_eq!(read.text("body"), "4111 1111 1111 1111");
}

#[test]
fn a_false_label_hides_nothing() {
    let mail = "From: a\nTo: b\nContent-Transfer-Encoding: base64\n\ncard: 4111 1111 1111 1111\n";
    let read = testing::read_in_chunks(&Mail, mail.as_bytes());
    assert_eq!(read.text("body"), "card: 4111 1111 1111 1111\n");
    let mail = "From: a\nTo: b\nContent-Transfer-Encoding: quoted-printable\n\na = 5, =zz =4\n=";
    let read = testing::read_in_chunks(&Mail, mail.as_bytes());
    assert_eq!(read.text("body"), "a = 5, =zz =4\n=");
    let mail = "From: a\nTo: b\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n";
    let read = testing::read_in_chunks(&Mail, mail.as_bytes());
    assert_eq!(read.gaps, [("body".to_owned(), GapReason::Binary)]);
}

#[test]
fn a_character_set_that_is_not_ascii_is_left_to_the_scan() {
    let mail = "From: a\nTo: b\nContent-Type: text/plain; charset=utf-16\n\n4111 1111 1111 1111";
    let read = testing::read_in_chunks(&Mail, mail.as_bytes());
    assert_eq!(read.text("body"), "4111 1111 1111 1111");
}

#[test]
fn lines_that_are_no_fields_are_read() {
    let mail = "From: a\nTo: b\n4111 1111 1111 1111\nX: 1\n\nbody";
    let read = testing::read_in_chunks(&Mail, mail.as_bytes());
    assert_eq!(read.text("headers"), "From: a\nTo: b\n4111 1111 1111 1111\nX: 1\n");
}

fn mailbox() -> String {
    let mark = "From a@example.org Thu Jan  1 00:00:00 2026\n";
    let quoted = ">From here on: 4111 1111 1111 1111\n\nFrom time to time, a line.\n";
    format!("{mark}From: a\nSubject: one\n\n{quoted}\n{mark}{MIXED}\n")
}

#[test]
fn reads_the_messages_of_a_mailbox() {
    assert!(Mbox.begins(mailbox().as_bytes()));
    let read = testing::read_in_chunks(&Mbox, mailbox().as_bytes());
    assert_eq!(read.end, Ok(0));
    assert_eq!(read.names()[..2], ["message 1: headers", "message 1: body"]);
    let body = "From here on: 4111 1111 1111 1111\n\nFrom time to time, a line.\n";
    assert_eq!(read.text("message 1: body"), body);
    assert_eq!(read.text("message 2: part 2: report.pdf"), "GB29NWBK60161331926819");
    assert!(read.text("message 2: headers").starts_with("From a@example.org Thu"));
}

#[test]
fn what_is_nested_deep_is_a_limit() {
    let mut mail = "From: a\n".to_owned();
    for _ in 0..50_000 {
        mail.push_str("To: b\nContent-Type: message/rfc822\n\n");
    }
    mail.push_str("4111 1111 1111 1111");
    let read = testing::read(&Mail, mail.as_bytes(), 4096);
    assert_eq!(read.gaps.len(), 1);
    assert_eq!(read.gaps[0].1, GapReason::Limit);
    assert!(read.members.last().unwrap().1.ends_with(b"4111 1111 1111 1111"));
}

#[test]
fn headers_without_end_are_a_limit() {
    let mail = "X-Long: 4111 1111 1111 1111\n".repeat(50_000);
    let read = testing::read(&Mail, mail.as_bytes(), 4096);
    assert_eq!(read.gaps, [("headers".to_owned(), GapReason::Limit)]);
    let kept: usize = read.members.iter().map(|(_, text)| text.len()).sum();
    assert_eq!(kept + 1, mail.len());
}

#[test]
fn text_is_no_mail() {
    assert!(!Mail.begins(b"From: the desk of A. Sample\n\nDear all"));
    assert!(!Mail.begins(b"From: a\nFrom: b\nFrom: c\n"));
    assert!(!Mail.begins(b"Dear all,\nFrom: a\nTo: b\nSubject: c\n"));
    assert!(!Mail.begins(b"HTTP/1.1 200 OK\nDate: today\nContent-Type: text/html\n"));
    assert!(!Mbox.begins(b"From here on\nFrom: a\nTo: b\n"));
    assert!(!Mail.begins(b""));
    assert!(Mail.begins(b"MIME-Version: 1.0\r\nReceived: from x\r\n\tby y\r\nX-Cut: he"));
}
