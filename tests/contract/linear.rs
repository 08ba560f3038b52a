//! Work grows as the payload does: counted in allocations, since a clock tells nothing certain.

use allocation_counter::{AllocationInfo, measure};
use portcullis::{Limits, Scanner};

/// Bytes that are pushed at a time.
const CHUNK: usize = 64 * 1024;

/// Every kind of finding there is, and the words that go with them.
fn dense(scanner: &Scanner) -> String {
    let records = scanner.detectors().iter().flat_map(|definition| {
        let keyword = definition.keywords().next().unwrap_or_default();
        definition.samples().iter().map(move |sample| format!("{keyword}: {sample}\n"))
    });
    records.collect()
}

/// What a session of this payload allocates. Sessions run on the thread that pushes, as `measure`
/// asks for.
fn allocations(scanner: &Scanner, payload: &str) -> AllocationInfo {
    measure(|| {
        let mut session = scanner.session();
        for chunk in payload.as_bytes().chunks(CHUNK) {
            session.push(chunk).unwrap();
        }
        assert!(session.finish().unwrap().findings().is_empty());
    })
}

fn unlisted() -> Scanner {
    let mut limits = Limits::default();
    limits.findings = 0;
    Scanner::builder().limits(limits).build().unwrap()
}

#[test]
fn allocations_double_as_the_payload_does() {
    let scanner = unlisted();
    let unit = dense(&scanner).repeat(4);
    let kinds = [
        ("every sample", unit.as_str()),
        ("cards", "card 4111111111111111, "),
        ("one line of cards", "4111111111111111 "),
        ("e-mail list", "jane.doe@example.com;card;ssn;"),
        ("terms", "Patient diagnosed with asthma. "),
        ("quotes", "\"\"\"\"\"\"\"\""),
        ("digits", "4111111111111111111111111"),
        ("columns", "ssn,card,name,"),
        ("one line of quotes", "\"a,\"\"536904399,\""),
        ("brackets", "[[[[{({536904399,["),
        ("tuples", "insert into t (ssn) values (536904399,(('"),
        ("cells", "<tr><th>ssn<td><td>536904399"),
        ("attributes", "<input name=ssn value=536904399 "),
        ("lists", "ssn:\n - 536904399\n"),
        ("ragged table", "a  ssn  b\n1  536904399\n"),
    ];
    for (kind, piece) in kinds {
        // Long enough that cores fall alike on what is repeated, in the whole and in its half.
        let size = 1024 * 1024;
        let payload = piece.repeat(size / piece.len() + 1);
        let double = payload.repeat(2);
        let (once, twice) = (allocations(&scanner, &payload), allocations(&scanner, &double));
        // The margins of cores are looked at twice, and what stands in them differs from core to core;
        // anything quadratic would be off by the whole count.
        let slack = 200 + once.count_total / 100;
        assert!(twice.count_total <= 2 * once.count_total + slack, "{kind}: {once:?} {twice:?}");
        let bytes = 2 * once.bytes_total + once.bytes_total / 100 + 256 * 1024;
        assert!(twice.bytes_total <= bytes, "{kind}: {once:?} {twice:?}");
    }
}

#[test]
fn text_without_findings_costs_hardly_anything() {
    let scanner = unlisted();
    let line = "lorem ipsum dolor sit amet\n";
    let (once, twice) = (line.repeat(40_000), line.repeat(80_000));
    let (small, large) = (allocations(&scanner, &once), allocations(&scanner, &twice));
    let chunks = (twice.len() - once.len()).div_ceil(CHUNK) as u64;
    assert!(large.count_total <= small.count_total + 2 * chunks, "{small:?} {large:?}");
    assert!(large.bytes_max <= small.bytes_max + 1024, "{small:?} {large:?}");
}
