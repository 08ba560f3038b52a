//! The report that a person reads.

use std::fmt;
use std::io::{self, Write};

use super::Report;
use crate::coverage::Gap;
use crate::finding::Finding;
use crate::policy::{Action, Reason};

/// How much of a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Verdict, counts, findings, what was not examined, and obligations.
    Brief,
    /// The evidence of each finding and the rules that decided as well.
    Explained,
}

/// A kind of text in a report that a terminal may set off from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// The name of a payload.
    Payload,
    /// The verdict on a payload that may be stored.
    Accepted,
    /// Every other verdict.
    Refused,
    /// Where a finding stands.
    Place,
    /// The id of a detector.
    Detector,
    /// A masked value.
    Masked,
    /// What was not examined.
    Gap,
    /// Evidence, rules and other remarks.
    Remark,
}

/// Writes what switches a style on and off; the default writes nothing.
pub trait Paint {
    /// Begins a style. Styles do not nest.
    ///
    /// # Errors
    ///
    /// Returns the error of `out`.
    fn begin(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        let _ = (out, style);
        Ok(())
    }

    /// Ends the style that was begun last.
    ///
    /// # Errors
    ///
    /// Returns the error of `out`.
    fn end(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        let _ = (out, style);
        Ok(())
    }
}

/// Text without any style.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Paint for Plain {}

/// Displays a name from outside (of a file, a member of an archive, a column) on one line: control
/// characters, which could drive a terminal, and the marks that turn the direction of writing are
/// escaped.
///
/// ```
/// assert_eq!(portcullis::report::Printable("a\u{1b}[2J\n.csv").to_string(), r"a\u{1b}[2J\n.csv");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Printable<'t>(pub &'t str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            _ if c.is_control() => write!(f, "{}", c.escape_default()),
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                write!(f, "{}", c.escape_unicode())
            }
            _ => write!(f, "{c}"),
        })
    }
}

/// Writes a report for a person: the verdict, the findings by category, and each finding with its
/// place, its detector, its confidence and its mask.
///
/// A place is `line:column` where the scanner keeps positions, else the byte offset as `@118`.
///
/// # Errors
///
/// Returns the error of `out`.
pub fn write_text(
    out: &mut impl Write,
    paint: &dyn Paint,
    payload: &str,
    report: &Report,
    detail: Detail,
) -> io::Result<()> {
    let mut text = Text { out, paint, detail };
    text.head(payload, report)?;
    text.findings(report)?;
    report.gaps().iter().try_for_each(|gap| text.gap(gap))?;
    if detail == Detail::Explained {
        report.decision().reasons().iter().try_for_each(|reason| text.reason(reason))?;
    }
    for obligation in report.decision().obligations() {
        let cite = Cite(obligation.cite());
        text.remark(format_args!("obligation: {}{cite}", Printable(obligation.text())))?;
    }
    Ok(())
}

/// What every part of the text needs.
struct Text<'t> {
    out: &'t mut dyn Write,
    paint: &'t dyn Paint,
    detail: Detail,
}

impl Text<'_> {
    /// `uploads/a.csv: reject (payment-card 2, health 1)`
    fn head(&mut self, payload: &str, report: &Report) -> io::Result<()> {
        self.styled(Style::Payload, format_args!("{}", Printable(payload)))?;
        self.out.write_all(b": ")?;
        let action = report.verdict().action();
        let style = if action == Action::Accept { Style::Accepted } else { Style::Refused };
        self.styled(style, format_args!("{action}"))?;
        let mut before = " (";
        for (category, count) in report.counts() {
            write!(self.out, "{before}{category} {count}")?;
            before = ", ";
        }
        self.out.write_all(if before == ", " { b")\n" } else { b"\n" })
    }

    fn findings(&mut self, report: &Report) -> io::Result<()> {
        let places: Vec<String> = report.findings().iter().map(place).collect();
        let columns = Columns {
            place: widest(places.iter().map(String::as_str)),
            detector: widest(report.findings().iter().map(Finding::detector)),
        };
        for (place, finding) in places.iter().zip(report.findings()) {
            self.finding(place, finding, columns)?;
        }
        match report.omitted() {
            0 => Ok(()),
            omitted => self.remark(format_args!("and {omitted} more, counted but not listed")),
        }
    }

    /// `  4:17  card.pan  high    411111******1111  test number`
    fn finding(&mut self, place: &str, finding: &Finding, columns: Columns) -> io::Result<()> {
        self.out.write_all(b"  ")?;
        self.styled(Style::Place, format_args!("{place:<0$}", columns.place))?;
        self.out.write_all(b"  ")?;
        self.styled(Style::Detector, format_args!("{:<1$}", finding.detector(), columns.detector))?;
        write!(self.out, "  {:<6}  ", finding.confidence())?;
        self.styled(Style::Masked, format_args!("{}", Printable(finding.masked())))?;
        if finding.is_test() {
            self.out.write_all(b"  ")?;
            self.styled(Style::Remark, format_args!("test number"))?;
        }
        self.out.write_all(b"\n")?;
        match self.detail {
            Detail::Brief => Ok(()),
            Detail::Explained => self.evidence(finding),
        }
    }

    fn evidence(&mut self, finding: &Finding) -> io::Result<()> {
        let evidence: Vec<String> = finding.evidence().iter().map(ToString::to_string).collect();
        let evidence = evidence.join(", ");
        self.remark(format_args!("  score {}: {}", finding.score(), Printable(&evidence)))
    }

    fn gap(&mut self, gap: &Gap) -> io::Result<()> {
        let path = if gap.path().is_empty() { "" } else { " of " };
        self.out.write_all(b"  ")?;
        self.styled(
            Style::Gap,
            format_args!(
                "not examined: bytes {} to {}{path}{}: {}",
                gap.start(),
                gap.end(),
                Printable(gap.path()),
                gap.reason()
            ),
        )?;
        self.out.write_all(b"\n")
    }

    fn reason(&mut self, reason: &Reason) -> io::Result<()> {
        self.remark(format_args!("{}", Printable(&reason.to_string())))
    }

    fn remark(&mut self, text: fmt::Arguments<'_>) -> io::Result<()> {
        self.out.write_all(b"  ")?;
        self.styled(Style::Remark, text)?;
        self.out.write_all(b"\n")
    }

    fn styled(&mut self, style: Style, text: fmt::Arguments<'_>) -> io::Result<()> {
        self.paint.begin(self.out, style)?;
        self.out.write_fmt(text)?;
        self.paint.end(self.out, style)
    }
}

/// A citation in brackets, nothing where there is none.
struct Cite<'t>(&'t str);

impl fmt::Display for Cite<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            "" => Ok(()),
            cite => write!(f, " ({})", Printable(cite)),
        }
    }
}

/// The widths of a payload's columns, in characters.
#[derive(Clone, Copy)]
struct Columns {
    place: usize,
    detector: usize,
}

fn place(finding: &Finding) -> String {
    let path = Printable(finding.path());
    let gap = if finding.path().is_empty() { "" } else { " " };
    match finding.position() {
        Some(at) => format!("{path}{gap}{}:{}", at.line, at.column),
        None => format!("{path}{gap}@{}", finding.span().start),
    }
}

fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}
