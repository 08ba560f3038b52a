//! What the tests of all formats share: a scan that keeps what it is given, and ways to break a content.

use portcullis::coverage::GapReason;
use portcullis::extract::{Flow, Format, Members, Unread};

use crate::content::PIECE;

/// A text with what a scan is to find, longer than a window of most decoders' first tables.
pub(crate) const PLANTED: &str = "name\tcard\tiban\n\
    A. Sample\t4111 1111 1111 1111\tGB29NWBK60161331926819\n\
    a line without anything, and another: the quick brown fox jumps over the lazy dog\n";

/// Bytes that a reader may keep unless a test says less.
pub(crate) const ROOM: usize = 64 << 20;

/// What a reader put out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Collected {
    pub(crate) members: Vec<(String, Vec<u8>)>,
    pub(crate) gaps: Vec<(String, GapReason)>,
    /// How many of the last bytes are not of the format.
    pub(crate) end: Result<usize, Unread>,
    open: Vec<usize>,
    room: usize,
    budget: usize,
    is_spent: bool,
}

impl Collected {
    fn new(room: usize, budget: usize) -> Collected {
        let (members, gaps, open) = (Vec::new(), Vec::new(), Vec::new());
        Collected { members, gaps, end: Ok(0), open, room, budget, is_spent: false }
    }

    /// Returns the text of a member; there must be just one of this name.
    #[track_caller]
    pub(crate) fn text(&self, name: &str) -> String {
        let named: Vec<_> = self.members.iter().filter(|(other, _)| other == name).collect();
        assert_eq!(named.len(), 1, "{name:?} in {:?}", self.names());
        String::from_utf8_lossy(&named[0].1).into_owned()
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.members.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Unread> {
        assert!(!self.is_spent, "a reader goes on without a budget");
        self.is_spent = self.budget < bytes;
        self.budget = self.budget.saturating_sub(bytes);
        if self.is_spent { Err(Unread(GapReason::Limit)) } else { Ok(()) }
    }
}

impl Members for Collected {
    fn open(&mut self, name: &str) -> Result<(), Unread> {
        assert!(!name.is_empty(), "a member without a name");
        self.open.push(self.members.len());
        self.members.push((name.to_owned(), Vec::new()));
        self.spend(name.len())
    }

    fn text(&mut self, name: &str) -> Result<(), Unread> {
        self.open(name)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Unread> {
        assert!(bytes.len() <= PIECE, "a piece of {} bytes", bytes.len());
        let at = *self.open.last().expect("a member is open");
        self.members[at].1.extend_from_slice(bytes);
        self.spend(bytes.len())
    }

    fn close(&mut self) -> Result<(), Unread> {
        self.open.pop().expect("a member is open");
        self.spend(0)
    }

    fn gap(&mut self, name: &str, reason: GapReason) {
        self.gaps.push((name.to_owned(), reason));
    }

    fn room(&self) -> usize {
        self.room
    }
}

/// Reads a content in chunks of a size.
pub(crate) fn read(format: &dyn Format, bytes: &[u8], chunk: usize) -> Collected {
    run(format, bytes, chunk, Collected::new(ROOM, usize::MAX))
}

/// Reads a content with less room.
pub(crate) fn read_with_room(format: &dyn Format, bytes: &[u8], room: usize) -> Collected {
    run(format, bytes, 4096, Collected::new(room, usize::MAX))
}

/// Reads a content in chunks of several sizes, which must make no difference.
#[track_caller]
pub(crate) fn read_in_chunks(format: &dyn Format, bytes: &[u8]) -> Collected {
    let whole = read(format, bytes, bytes.len().max(1));
    for chunk in [1, 7, 4096] {
        let read = read(format, bytes, chunk);
        assert_eq!(read.names(), whole.names(), "in chunks of {chunk}");
        assert!(read == whole, "other content in chunks of {chunk}");
    }
    whole
}

fn run(format: &dyn Format, bytes: &[u8], chunk: usize, mut to: Collected) -> Collected {
    let mut reader = format.reader();
    let mut at = 0;
    for piece in bytes.chunks(chunk) {
        at += piece.len();
        match reader.push(piece, &mut to) {
            Ok(Flow::More) => {}
            Ok(Flow::Ended(left)) => {
                assert!(left <= at, "{left} of {at} bytes are left");
                to.end = Ok(left + bytes.len() - at);
                assert!(to.open.is_empty(), "a member is open at the end");
                return to;
            }
            Err(unread) => {
                to.end = Err(unread);
                return to;
            }
        }
    }
    to.end = reader.finish(&mut to).map(|()| 0);
    assert!(to.end.is_err() || to.open.is_empty(), "a member is open at the end");
    to
}

/// Cuts a content at many places, changes single bytes and takes budgets away: a reader ends each time, and says so
/// where it has not read all.
pub(crate) fn survives(format: &dyn Format, bytes: &[u8]) {
    for cut in (1..bytes.len()).step_by(1 + bytes.len() / 500) {
        let read = read(format, &bytes[..cut], 4096);
        assert!(read.end.is_err() || !read.gaps.is_empty() || !read.members.is_empty(), "{cut}");
    }
    for changed in changes(bytes, 1000) {
        survives_this(format, &changed);
    }
    for budget in [0, 1, 10, 100] {
        let read = run(format, bytes, 7, Collected::new(ROOM, budget));
        assert!(read.end.is_err() || read.budget > 0 || budget == 0, "budget of {budget}");
    }
}

/// Returns a content so many times with a byte changed, always the same.
pub(crate) fn changes(bytes: &[u8], count: usize) -> impl Iterator<Item = Vec<u8>> {
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    (0..count).map(move |_| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut changed = bytes.to_vec();
        changed[(random >> 16) as usize % bytes.len()] ^= (random as u8).max(1);
        changed
    })
}

/// Reads a broken content, which must end, and with something said.
pub(crate) fn survives_this(format: &dyn Format, changed: &[u8]) {
    let read = run(format, changed, 4096, Collected::new(ROOM, 16 << 20));
    let is_told = read.end != Ok(0) || !read.gaps.is_empty();
    assert!(is_told || !read.members.is_empty(), "nothing is said");
}

/// What holds for every compressed stream: its content comes out, of several streams in a row, of much more than is
/// kept at once; what stands behind is left alone, and a cut is told.
#[track_caller]
pub(crate) fn reads_a_stream(format: &dyn Format, pack: impl Fn(&[u8]) -> Vec<u8>) {
    let packed = pack(PLANTED.as_bytes());
    assert!(format.begins(&packed));
    let read = read_in_chunks(format, &packed);
    assert_eq!((read.names(), read.end), (vec!["content"], Ok(0)));
    assert_eq!(read.text("content"), PLANTED);

    let several = [pack(b"4111 1111 "), pack(b""), pack(b"1111 1111")].concat();
    let read = read_in_chunks(format, &several);
    assert_eq!(read.text("content"), "4111 1111 1111 1111");

    let behind = [packed.clone(), b"not of it".to_vec()].concat();
    let read = read_in_chunks(format, &behind);
    assert_eq!((read.text("content").as_str(), read.end), (PLANTED, Ok(0)));
    assert_eq!(read.text("behind the end"), "not of it");
    let mark = [&packed[..], &packed[..2]].concat();
    let read = read_in_chunks(format, &mark);
    assert_eq!(read.text("behind the end").len(), String::from_utf8_lossy(&packed[..2]).len());

    let cut = self::read(format, &packed[..packed.len() - 1], 4096);
    assert_eq!(cut.end, Err(Unread(GapReason::Truncated)));
    assert_eq!(cut.text("content").len() + 1, PLANTED.len() + 1, "what came before the cut");

    let long: Vec<u8> = (0..300_000).flat_map(|line| format!("{line}\n").into_bytes()).collect();
    let read = self::read(format, &pack(&long), 4096);
    assert!(read.members[0].1 == long && read.end == Ok(0), "{:?}", read.end);
}

/// Returns a zip of parts, with what `zip` writes.
pub(crate) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;

    use zip::CompressionMethod::{Deflated, Stored};
    use zip::write::SimpleFileOptions;

    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        let method = if *name == "mimetype" { Stored } else { Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
