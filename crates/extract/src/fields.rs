//! What stands beside the lines of a document until there is room between them: attributes, texts inside of other
//! texts, what was taken out.

use portcullis::extract::Unread;

use crate::writer::Writer;

/// Bytes that wait for the end of a line; more are written in the middle of it.
const MOST: usize = 64 << 10;

/// Lines of names and values that wait to be written.
#[derive(Default)]
pub(crate) struct Fields {
    attributes: String,
    text: String,
    /// The name of the field whose text is not complete.
    field: Option<String>,
    /// Whether the beginning of that text has been written.
    is_begun: bool,
}

impl Fields {
    /// Adds a name and its value.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        for part in [name, ": ", value, "\n"] {
            self.attributes.push_str(part);
        }
    }

    /// Adds text to the line that is last.
    pub(crate) fn text(&mut self, text: &str) {
        self.field = None;
        self.text.push_str(text);
    }

    /// Ends the line that is last.
    pub(crate) fn line(&mut self) {
        self.field = None;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Adds text to the field of a name: the last one's, or a new one.
    pub(crate) fn field_text(&mut self, name: &str, text: &str) {
        if self.field.as_deref() != Some(name) {
            self.line();
            self.is_begun = false;
            self.text.push_str(name);
            self.text.push_str(": ");
            self.field = Some(name.to_owned());
        }
        self.text.push_str(text);
    }

    /// Ends the field of a name, if it is the last one.
    pub(crate) fn end_field(&mut self, name: &str) {
        if self.field.as_deref() == Some(name) {
            self.line();
        }
    }

    /// Returns whether the last field has this name.
    pub(crate) fn is_in_field(&self, name: &str) -> bool {
        self.field.as_deref() == Some(name)
    }

    /// Returns whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.text.is_empty()
    }

    /// Returns whether what waits must be written.
    pub(crate) fn is_full(&self) -> bool {
        self.attributes.len() + self.text.len() > MOST
    }

    /// Writes what waits, on lines of its own but for a field that goes on.
    pub(crate) fn flush(&mut self, writer: &mut Writer<'_>) -> Result<(), Unread> {
        if !self.text.is_empty() {
            if !self.is_begun {
                writer.fresh_line()?;
            }
            writer.text(&self.text)?;
            self.text.clear();
        }
        self.is_begun = self.field.is_some();
        if self.attributes.is_empty() || self.is_begun && self.attributes.len() <= MOST {
            return Ok(());
        }
        self.is_begun = false;
        writer.fresh_line()?;
        writer.text(&self.attributes)?;
        self.attributes.clear();
        Ok(())
    }
}
