//! Objects that are embedded in a document.

/// Returns what an embedded object is called and its bytes, without what OLE puts around them (MS-OLEDS section
/// 2.2.5); other bytes come back as they are.
pub(crate) fn unwrap(bytes: &[u8]) -> (Option<String>, &[u8]) {
    let Some((class, native)) = embedded(bytes) else { return (None, bytes) };
    match package(native).filter(|_| class == b"Package") {
        Some((label, file)) => (Some(text(label)), file),
        None => (Some(text(class)), native),
    }
}

/// The class and the native data of an embedded object.
fn embedded(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    const VERSION: u32 = 0x0501;
    const EMBEDDED: u32 = 2;
    let mut rest = bytes;
    if number(&mut rest)? != VERSION || number(&mut rest)? != EMBEDDED {
        return None;
    }
    let class = counted(&mut rest)?;
    // Topic and item, which an embedded object leaves empty.
    counted(&mut rest)?;
    counted(&mut rest)?;
    let native = counted(&mut rest)?;
    Some((class.strip_suffix(b"\0").unwrap_or(class), native))
}

/// The label and the bytes of a file that the Packager wrapped: a mark, label and path, a kind, a second path, bytes.
fn package(native: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut rest = native.strip_prefix(b"\x02\0")?;
    let label = until_zero(&mut rest)?;
    until_zero(&mut rest)?;
    number(&mut rest)?;
    counted(&mut rest)?;
    Some((label, counted(&mut rest)?))
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (bytes, behind) = rest.split_first_chunk()?;
    *rest = behind;
    Some(u32::from_le_bytes(*bytes))
}

/// Takes as many bytes as the number in front of them says.
fn counted<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(rest)? as usize;
    let (bytes, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    Some(bytes)
}

fn until_zero<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = rest.iter().position(|byte| *byte == 0)?;
    let (bytes, behind) = rest.split_at_checked(length)?;
    *rest = behind.get(1..)?;
    Some(bytes)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
