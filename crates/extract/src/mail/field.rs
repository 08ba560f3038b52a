//! The header fields of a message or a part.

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

use super::split_line;

/// What the fields of a part say about it, and their text.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// Each field on a line of its own, with encoded words decoded (RFC 2047).
    pub(crate) text: String,
    pub(crate) kind: Kind,
    /// The name of the transfer encoding in lower case.
    pub(crate) transfer: String,
    pub(crate) charset: Option<String>,
    pub(crate) file_name: Option<String>,
}

/// What a part holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The fields do not say.
    #[default]
    Unsaid,
    Text,
    Multipart {
        boundary: Vec<u8>,
        is_digest: bool,
    },
    Message,
    Other,
}

impl Head {
    /// Reads fields as they stand in a message. Lines that are none are text too.
    pub(crate) fn read(mut bytes: &[u8]) -> Head {
        let mut head = Head::default();
        while !bytes.is_empty() {
            let (field, rest) = split_field(bytes);
            head.field(field);
            bytes = rest;
        }
        head
    }

    fn field(&mut self, field: &[u8]) {
        let Some(name) = name(field) else {
            self.text.push_str(&String::from_utf8_lossy(field));
            return;
        };
        let value = field.get(name.len() + 1..).unwrap_or_default();
        // The parser ends a value at the end of a line.
        let value = [value, b"\n"].concat();
        let mut stream = MessageStream::new(&value);
        let decoded = match stream.parse_unstructured() {
            HeaderValue::Text(text) => text.into_owned(),
            _ => String::from_utf8_lossy(&value).trim().to_owned(),
        };
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        self.mean(&name, &value, &decoded);
        self.text.push_str(&String::from_utf8_lossy(field.get(..name.len()).unwrap_or_default()));
        self.text.push_str(": ");
        self.text.push_str(&decoded);
        self.text.push('\n');
    }

    /// Takes from a field what it says about the part.
    fn mean(&mut self, name: &str, value: &[u8], decoded: &str) {
        match name {
            "content-transfer-encoding" => self.transfer = decoded.trim().to_ascii_lowercase(),
            "content-type" | "content-disposition" => {
                let parsed = MessageStream::new(value).parse_content_type();
                if let HeaderValue::ContentType(parsed) = parsed {
                    self.content(name, &parsed);
                }
            }
            _ => {}
        }
    }

    fn content(&mut self, name: &str, parsed: &ContentType<'_>) {
        let attribute = |name| parsed.attribute(name).map(str::to_owned);
        if name == "content-disposition" {
            self.file_name = attribute("filename").or_else(|| self.file_name.take());
            return;
        }
        self.charset = attribute("charset");
        self.file_name = self.file_name.take().or_else(|| attribute("name"));
        let kind = parsed.ctype().to_ascii_lowercase();
        let subtype = parsed.subtype().unwrap_or_default().to_ascii_lowercase();
        self.kind = match (kind.as_str(), parsed.attribute("boundary")) {
            ("multipart", Some(boundary)) if !boundary.is_empty() => {
                let boundary = boundary.as_bytes().to_vec();
                Kind::Multipart { boundary, is_digest: subtype == "digest" }
            }
            ("text", _) => Kind::Text,
            ("message", _) if subtype == "rfc822" || subtype == "global" => Kind::Message,
            _ => Kind::Other,
        };
    }
}

/// Returns the name of the field that a line begins with: printable characters up to a colon (RFC 5322 section 2.2).
pub(crate) fn name(line: &[u8]) -> Option<&[u8]> {
    let end = line.iter().position(|byte| *byte == b':')?;
    let name = line.get(..end)?;
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(name)
}

/// Returns the first field with the lines that continue it, and the rest.
fn split_field(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut length = split_line(bytes).0.len();
    while let Some(rest) =
        bytes.get(length..).filter(|rest| rest.starts_with(b" ") || rest.starts_with(b"\t"))
    {
        length += split_line(rest).0.len();
    }
    bytes.split_at(length)
}
