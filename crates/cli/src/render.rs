//! The library's reports on standard output.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style as Ansi};
use portcullis::Report;
use portcullis::report::{Detail, JsonDocument, Paint, Plain, Style, write_jsonl, write_text};

use crate::args::Format;
use crate::scan::Tally;

/// Writes the reports of a run in one form.
pub enum Renderer<W: Write> {
    Text { out: W, paint: &'static dyn Paint, detail: Detail },
    Jsonl(W),
    Json(JsonDocument<W>),
}

impl<W: Write> Renderer<W> {
    /// Returns a renderer; formats that this version does not write fall to JSON Lines, and
    /// [`Format::resolve`] has refused them before.
    pub fn new(out: W, format: Format, detail: Detail) -> Renderer<W> {
        match format {
            Format::Text => Renderer::Text { out, paint: paint(), detail },
            Format::Json => Renderer::Json(JsonDocument::new(out)),
            Format::Jsonl | Format::Sarif | Format::Ocsf => Renderer::Jsonl(out),
        }
    }

    /// Writes the report on one payload.
    pub fn report(&mut self, payload: &str, report: &Report, seconds: f64) -> io::Result<()> {
        match self {
            Renderer::Text { out, paint, detail } => {
                write_text(out, *paint, payload, report, *detail)?;
                out.flush()
            }
            Renderer::Jsonl(out) => {
                write_jsonl(out, payload, report, Some(seconds))?;
                out.flush()
            }
            Renderer::Json(document) => document.push(payload, report, Some(seconds)),
        }
    }

    /// Ends the output: the summary of a text, the end of a document.
    pub fn finish(self, tally: &Tally) -> io::Result<()> {
        match self {
            Renderer::Text { mut out, .. } => {
                writeln!(out, "{tally}")?;
                out.flush()
            }
            Renderer::Jsonl(mut out) => out.flush(),
            Renderer::Json(document) => document.finish()?.flush(),
        }
    }
}

/// Colours where standard output is a terminal and the environment does not forbid them.
fn paint() -> &'static dyn Paint {
    match AutoStream::choice(&io::stdout()) {
        ColorChoice::Never => &Plain,
        _ => &Colours,
    }
}

struct Colours;

impl Paint for Colours {
    fn begin(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        write!(out, "{}", ansi(style).render())
    }

    fn end(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        write!(out, "{}", ansi(style).render_reset())
    }
}

fn ansi(style: Style) -> Ansi {
    match style {
        Style::Payload => Ansi::new().bold(),
        Style::Accepted => AnsiColor::Green.on_default().bold(),
        Style::Refused => AnsiColor::Red.on_default().bold(),
        Style::Place => AnsiColor::Green.on_default(),
        Style::Detector => AnsiColor::Cyan.on_default(),
        Style::Gap => AnsiColor::Yellow.on_default(),
        Style::Remark => Ansi::new().dimmed(),
        _ => Ansi::new(),
    }
}
