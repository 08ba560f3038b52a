//! An upload handler that cannot store what was not accepted:
//!
//! ```text
//! cargo run --example upload_handler -- 127.0.0.1:8080
//! curl -i --data-binary @FILE http://127.0.0.1:8080/
//! ```
//!
//! The order is in the types. A body is [`Staged`] while it is scanned; [`Store::put`] is the only
//! way into the store and takes a [`Pass`] by value, which only the report of a finished scan gives
//! out, once. No refusal, no error and no forgotten `if` leads there.
//!
//! It answers 201 for what it stored, 422 for what it refused, 411, 413 or 400 for what it did not
//! read. One connection at a time and nothing but the standard library: a web framework takes the
//! place of everything here but `receive` and the two types.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use portcullis::{Pass, Report, Scanner};

/// Bytes of the largest body, since bodies are staged in memory.
const LIMIT: u64 = 64 << 20;
/// Bytes of the largest request head.
const HEAD_LIMIT: u64 = 16 << 10;

fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let scanner = Scanner::builder().payload_digest(true).build()?;
    let mut store = Store::default();
    let listener = TcpListener::bind(address)?;
    println!("listening on http://{}/", listener.local_addr()?);
    for stream in listener.incoming() {
        let served = stream.and_then(|stream| serve(stream, &scanner, &mut store));
        match served {
            Ok(answer) => println!("{answer} ({} stored)", store.objects.len()),
            // A connection that broke: its body was dropped with its session.
            Err(error) => println!("{error}"),
        }
    }
    Ok(())
}

/// Everything that was accepted, by the SHA-256 of its bytes.
#[derive(Default)]
struct Store {
    objects: BTreeMap<[u8; 32], Vec<u8>>,
}

/// A body that arrived as a whole and that nobody else can read yet.
struct Staged(Vec<u8>);

/// Why a pass was not taken for a body.
#[derive(Debug)]
struct WrongPass;

impl Store {
    /// Stores a body that was accepted, and returns the name under which it lies.
    ///
    /// # Errors
    ///
    /// The pass is that of a body with another length, or the scanner computed no digest.
    fn put(&mut self, staged: Staged, pass: Pass) -> Result<String, WrongPass> {
        if pass.bytes() != staged.0.len() as u64 {
            return Err(WrongPass);
        }
        let digest = *pass.sha256().ok_or(WrongPass)?;
        self.objects.insert(digest, staged.0);
        Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// Scans a body while it is staged: the bytes that are kept are the bytes that were scanned.
fn receive(scanner: &Scanner, mut body: impl Read) -> Result<(Staged, Report), Box<dyn Error>> {
    let mut session = scanner.session();
    let mut staged = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match body.read(&mut buffer)? {
            0 => return Ok((Staged(staged), session.finish()?)),
            count => {
                session.push(&buffer[..count])?;
                staged.extend_from_slice(&buffer[..count]);
            }
        }
    }
}

/// Answers one request and returns the answer's first line.
fn serve(stream: TcpStream, scanner: &Scanner, store: &mut Store) -> io::Result<String> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(&stream);
    let (status, text) = match body_length(&mut reader)? {
        Err(status) => (status, String::new()),
        Ok(length) => answer(scanner, store, &mut reader, length),
    };
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close", text.len());
    write!(&stream, "{head}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}")?;
    Ok(status.to_owned())
}

fn answer(
    scanner: &Scanner,
    store: &mut Store,
    body: impl Read,
    length: u64,
) -> (&'static str, String) {
    let (staged, report) = match receive(scanner, body.take(length)) {
        Ok(received) => received,
        Err(error) => return ("400 Bad Request", format!("{error}\n")),
    };
    if report.bytes() != length {
        return ("400 Bad Request", "the body broke off\n".to_owned());
    }
    match report.into_pass().map(|pass| store.put(staged, pass)) {
        Ok(Ok(name)) => ("201 Created", format!("{name}\n")),
        Ok(Err(WrongPass)) => ("500 Internal Server Error", String::new()),
        Err(report) => ("422 Unprocessable Content", reasons(&report)),
    }
}

/// Why a body was refused, in counts: a report holds no value that could leak here.
fn reasons(report: &Report) -> String {
    report.decision().reasons().iter().map(|reason| format!("{reason}\n")).collect()
}

/// Reads a request's head and returns the length of its body, or the status to answer with.
fn body_length(reader: &mut impl BufRead) -> io::Result<Result<u64, &'static str>> {
    let mut length = Err("411 Length Required");
    let mut head = reader.take(HEAD_LIMIT);
    loop {
        let mut line = String::new();
        if head.read_line(&mut line)? == 0 {
            return Ok(Err("400 Bad Request"));
        }
        match line.trim_end().split_once(':') {
            None if line.trim_end().is_empty() => return Ok(length),
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = match value.trim().parse::<u64>() {
                    Ok(length) if length <= LIMIT => Ok(length),
                    Ok(_) => Err("413 Content Too Large"),
                    Err(_) => Err("400 Bad Request"),
                };
            }
            _ => {}
        }
    }
}
