//! The text of a page: glyphs in the order in which they are drawn, with the blanks that lie between them.

use std::collections::HashSet;
#[cfg(panic = "unwind")]
use std::panic::resume_unwind;

use hayro_interpret::font::{Glyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, String as Text};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};
use portcullis::coverage::GapReason;
use portcullis::extract::Unread;

use super::strings;
use crate::writer::Writer;

/// Units of a glyph's outline in an em (ISO 32000-2, 9.2.4).
const EM: f64 = 1000.0;

/// Gaps between glyphs in ems: of a word, of a column, and how far a line goes back or aside before it is another.
/// Blanks of common fonts are 0.25 to 0.33 wide, those of justified lines rarely below 0.15; superscripts are
/// raised by a third.
const WORD: f64 = 0.15;
const COLUMN: f64 = 1.5;
const BACK: f64 = 1.0;
const ASIDE: f64 = 0.4;

/// The width of a glyph whose font does not say it.
const USUAL_WIDTH: f64 = 500.0;

/// Part of a page that an image covers where it may be all there is to read, as a scan is.
const LARGE: f64 = 0.25;

/// What a clip or a group counts beside a line or a run of glyphs: each form draws one, and forms draw each other.
const FORM: usize = 32;

/// Takes what a page draws and writes its text.
pub(crate) struct PageText<'w, 'm> {
    writer: &'w mut Writer<'m>,
    /// Where the last glyph ended, its direction and its size.
    end: Option<(Point, Vec2, f64)>,
    /// What the run before drew, which the outline of the same letters repeats.
    last_run: Option<(Affine, usize)>,
    /// Texts that stand for what is drawn (ISO 32000-2, 14.9.4).
    replacements: HashSet<String>,
    area: f64,
    has_text: bool,
    has_image: bool,
    has_large_image: bool,
    has_unmapped: bool,
    /// How much more may be drawn.
    left: usize,
    result: Result<(), Unread>,
}

impl<'w, 'm> PageText<'w, 'm> {
    /// Returns the text of a page of an area, which draws at most so many things.
    pub(crate) fn new(writer: &'w mut Writer<'m>, area: f64, left: usize) -> PageText<'w, 'm> {
        PageText {
            writer,
            end: None,
            last_run: None,
            replacements: HashSet::new(),
            area,
            has_text: false,
            has_image: false,
            has_large_image: false,
            has_unmapped: false,
            left,
            result: Ok(()),
        }
    }

    /// Says what of the page was not read. Returns how much may be drawn further.
    pub(crate) fn finish(self, is_broken: bool) -> Result<usize, Unread> {
        self.result?;
        self.writer.fresh_line()?;
        for text in &self.replacements {
            self.writer.text(text)?;
            self.writer.text("\n")?;
        }
        let gaps = [
            (self.left == 0, GapReason::Limit),
            (is_broken && self.left > 0, GapReason::Damaged),
            (self.has_unmapped, GapReason::Document),
            (self.has_large_image || self.has_image && !self.has_text, GapReason::Media),
        ];
        for (_, reason) in gaps.iter().filter(|(is_so, _)| *is_so) {
            self.writer.gap(*reason);
        }
        Ok(self.left)
    }

    /// Counts what is drawn, and gives up where it is too much: nothing else ends an interpreter.
    fn count(&mut self, cost: usize) {
        self.left = self.left.saturating_sub(cost);
        #[cfg(panic = "unwind")]
        if self.left == 0 || self.result.is_err() {
            resume_unwind(Box::new("the page is given up"));
        }
    }

    fn write(&mut self, text: &str) {
        if self.result.is_ok() {
            self.result = self.writer.text(text);
        }
    }

    fn glyph(&mut self, glyph: &PositionedGlyph<'_>, transform: Affine, mode: WritingMode) {
        let placed = transform * glyph.transform();
        let start = placed * Point::ORIGIN;
        let between = self.end.map_or("", |end| between(end, start));
        if mode == WritingMode::Horizontal && !(between == " " && self.writer.is_blank()) {
            self.write(between);
        }
        self.letters(glyph);
        let advance = match &**glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        let width = advance.map_or(USUAL_WIDTH, f64::from);
        let [a, b, c, d, ..] = placed.as_coeffs();
        let size = EM * (Vec2::new(c, d).hypot()).max(Vec2::new(a, b).hypot());
        let direction = Vec2::new(a, b);
        let unit = direction / direction.hypot().max(f64::MIN_POSITIVE);
        self.end = Some((start + direction * width, unit, size));
    }

    fn letters(&mut self, glyph: &PositionedGlyph<'_>) {
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => self.letter(letter),
            Some(BfString::String(letters)) => {
                letters.chars().for_each(|letter| self.letter(letter))
            }
            None => self.letter(char::REPLACEMENT_CHARACTER),
        }
    }

    fn letter(&mut self, letter: char) {
        let letter = match letter {
            // Symbol fonts keep ASCII there.
            '\u{f020}'..='\u{f07e}' => {
                char::from_u32(u32::from(letter) & 0x7f).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            '\0'..='\u{8}' | '\u{e000}'..='\u{f8ff}' => char::REPLACEMENT_CHARACTER,
            letter => letter,
        };
        self.has_unmapped |= letter == char::REPLACEMENT_CHARACTER;
        self.has_text |= !letter.is_whitespace();
        self.write(letter.encode_utf8(&mut [0; 4]));
    }
}

/// What lies between the end of a glyph and the start of the next.
fn between((end, direction, size): (Point, Vec2, f64), start: Point) -> &'static str {
    let way = start - end;
    let along = way.dot(direction) / size.max(f64::MIN_POSITIVE);
    let across = way.cross(direction).abs() / size.max(f64::MIN_POSITIVE);
    if across > ASIDE || along < -BACK {
        "\n"
    } else if along > COLUMN {
        "\t"
    } else if along > WORD {
        " "
    } else {
        ""
    }
}

impl<'a> Device<'a> for PageText<'_, '_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(FORM);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count(FORM);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.count(1);
        let glyphs = run.glyphs();
        let first = glyphs.first().map(|first| (props.transform * first.transform(), glyphs.len()));
        if first.is_some() && first == self.last_run {
            return;
        }
        self.last_run = first;
        if run.writing_mode() == WritingMode::Vertical && !self.writer.is_fresh() {
            self.write("\n");
        }
        for glyph in glyphs {
            self.glyph(glyph, props.transform, run.writing_mode());
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count(1);
        let pixels = f64::from(image.width()) * f64::from(image.height());
        self.has_image = true;
        self.has_large_image |= props.transform.determinant().abs() * pixels > self.area * LARGE;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.count(1);
        let text = properties.and_then(|properties| properties.get::<Text<'_>>("ActualText"));
        self.replacements.extend(text.and_then(|text| strings::decoded(text.as_bytes())));
    }
}
