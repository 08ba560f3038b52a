//! What a document holds beside its pages: the texts in its objects, and the files attached to it.

use std::collections::HashSet;
use std::io::Read;

use flate2::bufread::ZlibDecoder;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as Text,
};
use hayro_interpret::hayro_syntax::{Filter, Pdf as Document};
use portcullis::coverage::GapReason;
use portcullis::extract::Unread;

use super::{size, strings};
use crate::writer::Writer;

/// How deep objects are looked into; what lies deeper is one of its own in all but made-up documents.
const DEEPEST: usize = 32;

/// Which member an object's texts belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    /// ISO 32000-2, 12.7.4.
    Fields,
    /// ISO 32000-2, 12.5.
    Annotations,
    /// The rest, document information (14.3.3) and outlines (12.3.3) among it.
    Information,
}

const SECTIONS: [(Section, &str); 3] = [
    (Section::Fields, "form fields"),
    (Section::Annotations, "annotations"),
    (Section::Information, "document information"),
];

/// Hands on the texts of all objects, then metadata, scripts, forms and attachments.
pub(crate) fn read(document: &Document, writer: &mut Writer<'_>) -> Result<(), Unread> {
    for (section, name) in SECTIONS {
        writer.name(name)?;
        for object in document.objects() {
            if self::section(&object) == section {
                top(&object, writer)?;
            }
        }
        writer.close()?;
    }
    let mut streams = Streams { writer, seen: HashSet::new() };
    // Attachments are named by what refers to them, so those come first.
    document.objects().into_iter().try_for_each(|object| streams.referred(&object))?;
    document.objects().into_iter().try_for_each(|object| streams.typed(object))
}

fn dictionary<'o, 'a>(object: &'o Object<'a>) -> Option<&'o Dict<'a>> {
    match object {
        Object::Dict(dict) => Some(dict),
        Object::Stream(stream) => Some(stream.dict()),
        _ => None,
    }
}

fn section(object: &Object<'_>) -> Section {
    let Some(dict) = dictionary(object) else { return Section::Information };
    let has = |keys: &[&str]| keys.iter().all(|key| dict.contains_key(key));
    if has(&["FT"]) || has(&["T", "Kids"]) || has(&["T", "V"]) {
        Section::Fields
    } else if has(&["Subtype", "Rect"]) {
        Section::Annotations
    } else {
        Section::Information
    }
}

/// Writes the texts of an object; a field's value stands behind the field's name.
fn top(object: &Object<'_>, writer: &mut Writer<'_>) -> Result<(), Unread> {
    let Some(dict) = dictionary(object) else { return texts("text", object, 0, writer) };
    if ["O", "U", "P"].iter().all(|key| dict.contains_key(key)) {
        // Keys and digests of an encryption (ISO 32000-2, table 21).
        return Ok(());
    }
    let text = |key: &str| strings::decoded(dict.get::<Text<'_>>(key)?.as_bytes());
    let name = text("T").or_else(|| text("TU"));
    let name = name.filter(|_| section(object) == Section::Fields);
    for (key, value) in dict.entries() {
        let label = match (&name, key.as_str()) {
            (Some(name), "V" | "DV") => name,
            (_, key) => key,
        };
        if let (Object::Name(value), "V") = (&value_of(&value), key.as_str()) {
            line(label, value.as_str(), writer)?;
        }
        if let MaybeRef::NotRef(value) = value {
            texts(label, &value, 0, writer)?;
        }
    }
    Ok(())
}

/// The value itself, where it is no reference.
fn value_of<'a>(value: &MaybeRef<Object<'a>>) -> Object<'a> {
    match value {
        MaybeRef::NotRef(value) => value.clone(),
        MaybeRef::Ref(_) => Object::Boolean(false),
    }
}

fn texts(
    label: &str,
    object: &Object<'_>,
    depth: usize,
    writer: &mut Writer<'_>,
) -> Result<(), Unread> {
    if depth > DEEPEST {
        writer.gap(GapReason::Limit);
        return Ok(());
    }
    match object {
        Object::String(text) => {
            strings::decoded(text.as_bytes()).map_or(Ok(()), |text| line(label, &text, writer))
        }
        Object::Array(array) => array.raw_iter().try_for_each(|item| match item {
            MaybeRef::NotRef(item) => texts(label, &item, depth + 1, writer),
            MaybeRef::Ref(_) => Ok(()),
        }),
        Object::Dict(dict) => dict.entries().try_for_each(|(key, value)| match value {
            MaybeRef::NotRef(value) => texts(key.as_str(), &value, depth + 1, writer),
            MaybeRef::Ref(_) => Ok(()),
        }),
        _ => Ok(()),
    }
}

fn line(label: &str, text: &str, writer: &mut Writer<'_>) -> Result<(), Unread> {
    [label, ": ", text, "\n"].iter().try_for_each(|part| writer.text(part))
}

/// Hands on streams.
struct Streams<'w, 'm> {
    writer: &'w mut Writer<'m>,
    seen: HashSet<ObjectIdentifier>,
}

/// Keys under which a file specification has its file (ISO 32000-2, table 43), and its name.
const FILES: [&str; 5] = ["UF", "F", "Unix", "Mac", "DOS"];

/// Keys of streams that are text: scripts (12.6.4.17), forms of another kind (12.7.8), values with a layout (12.7.4.3).
const TEXTS: [(&str, &str); 3] = [("JS", "script"), ("XFA", "XFA form"), ("RV", "rich text")];

impl Streams<'_, '_> {
    /// Hands on what an object refers to: attached files by their name, scripts and forms.
    fn referred(&mut self, object: &Object<'_>) -> Result<(), Unread> {
        let Some(dict) = dictionary(object) else { return Ok(()) };
        if let Some(files) = dict.get::<Dict<'_>>("EF") {
            let mut names = FILES.iter().filter_map(|key| dict.get::<Text<'_>>(key));
            let name = names.find_map(|name| strings::decoded(name.as_bytes()));
            let name = name.unwrap_or_else(|| "attachment".to_owned());
            for file in FILES.iter().filter_map(|key| files.get::<Stream<'_>>(key)) {
                self.member(&name, &file)?;
            }
        }
        for (key, name) in TEXTS {
            if let Some(stream) = dict.get::<Stream<'_>>(key) {
                self.member(name, &stream)?;
            }
            let parts = dict.get::<Array<'_>>(key);
            for part in parts.iter().flat_map(|parts| parts.iter::<Object<'_>>()) {
                if let Object::Stream(stream) = part {
                    self.member(name, &stream)?;
                }
            }
        }
        Ok(())
    }

    /// Hands on metadata (ISO 32000-2, 14.3.2) and files that nothing names.
    fn typed(&mut self, object: Object<'_>) -> Result<(), Unread> {
        let Object::Stream(stream) = object else { return Ok(()) };
        let kind = stream.dict().get::<Name<'_>>("Type");
        match kind.as_ref().map(|kind| kind.as_str()) {
            Some("Metadata") => self.member("metadata", &stream),
            Some("EmbeddedFile") => self.member("attachment", &stream),
            _ => Ok(()),
        }
    }

    fn member(&mut self, name: &str, stream: &Stream<'_>) -> Result<(), Unread> {
        if !self.seen.insert(stream.obj_id()) {
            return Ok(());
        }
        self.writer.name(name)?;
        self.writer.open()?;
        if let Some(gap) = self.content(stream)? {
            self.writer.gap(gap);
        }
        self.writer.close()
    }

    /// Writes what a stream holds. Returns why not all of it.
    fn content(&mut self, stream: &Stream<'_>) -> Result<Option<GapReason>, Unread> {
        let is_predicted = stream.dict().contains_key("DecodeParms");
        match stream.filters().as_slice() {
            [] => self.writer.bytes(&stream.raw_data()).map(|()| None),
            [Filter::FlateDecode] if !is_predicted => self.unpacked(&stream.raw_data()),
            _ if size::of_stream(stream, self.writer.room()).is_none() => {
                Ok(Some(GapReason::Limit))
            }
            _ => match stream.decoded_data() {
                Ok(bytes) => self.writer.bytes(&bytes).map(|()| None),
                Err(_) => Ok(Some(GapReason::Damaged)),
            },
        }
    }

    fn unpacked(&mut self, data: &[u8]) -> Result<Option<GapReason>, Unread> {
        let mut source = ZlibDecoder::new(data);
        let mut piece = [0; 4096];
        loop {
            match source.read(&mut piece) {
                Ok(0) => return Ok(None),
                Ok(read) => self.writer.bytes(piece.get(..read).unwrap_or_default())?,
                Err(_) => return Ok(Some(GapReason::Damaged)),
            }
        }
    }
}
