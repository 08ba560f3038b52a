//! What control words of RTF mean here. Source: Rich Text Format Specification 1.9.1.

use encoding_rs::{self as charset, Encoding};

/// Where text of a group goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The text of the document.
    Text,
    /// A text beside it: an index into [`ASIDES`].
    Aside(usize),
    /// Bytes in hexadecimal digits, an object or a part of another format.
    Object,
    /// A picture: not read.
    Picture,
}

/// The members beside the text.
pub(crate) const ASIDES: [&str; 8] =
    ["headers", "footers", "notes", "annotations", "shapes", "fields", "properties", "other"];
/// Text of destinations that are not named below: styles, fonts, lists, bookmarks, and what writers add of their own.
pub(crate) const OTHER: Place = Place::Aside(7);

/// Returns where the text of a group goes that a word begins, and nothing if the word begins none.
pub(crate) fn destination(word: &str) -> Option<Place> {
    Some(match word {
        "header" | "headerl" | "headerr" | "headerf" => Place::Aside(0),
        "footer" | "footerl" | "footerr" | "footerf" => Place::Aside(1),
        "footnote" => Place::Aside(2),
        "annotation" | "atnid" | "atnauthor" => Place::Aside(3),
        "shptxt" => Place::Aside(4),
        "fldinst" => Place::Aside(5),
        "info" => Place::Aside(6),
        "fonttbl" | "colortbl" | "stylesheet" | "listtable" | "filetbl" | "revtbl" => OTHER,
        "objdata" | "themedata" | "datastore" | "colorschememapping" => Place::Object,
        "pict" => Place::Picture,
        "fldrslt" | "listtext" | "pntext" => Place::Text,
        _ => return None,
    })
}

/// Returns the character that a word stands for.
pub(crate) fn character(word: &str) -> Option<char> {
    Some(match word {
        "par" | "line" | "sect" | "page" | "column" | "row" | "nestrow" => '\n',
        "tab" | "cell" | "nestcell" => '\t',
        "emspace" | "enspace" | "qmspace" => ' ',
        "emdash" => '\u{2014}',
        "endash" => '\u{2013}',
        "bullet" => '\u{2022}',
        "lquote" => '\u{2018}',
        "rquote" => '\u{2019}',
        "ldblquote" => '\u{201c}',
        "rdblquote" => '\u{201d}',
        _ => return None,
    })
}

/// Returns the encoding of a code page; those that are not known here read as Windows-1252, whose digits and Latin
/// letters they share.
pub(crate) fn code_page(number: i64) -> &'static Encoding {
    match number {
        866 => charset::IBM866,
        874 => charset::WINDOWS_874,
        932 => charset::SHIFT_JIS,
        936 => charset::GBK,
        949 => charset::EUC_KR,
        950 => charset::BIG5,
        1250 => charset::WINDOWS_1250,
        1251 => charset::WINDOWS_1251,
        1253 => charset::WINDOWS_1253,
        1254 => charset::WINDOWS_1254,
        1255 => charset::WINDOWS_1255,
        1256 => charset::WINDOWS_1256,
        1257 => charset::WINDOWS_1257,
        1258 => charset::WINDOWS_1258,
        10000 => charset::MACINTOSH,
        10007 => charset::X_MAC_CYRILLIC,
        65001 => charset::UTF_8,
        _ => charset::WINDOWS_1252,
    }
}

/// Returns the code page of a font's character set, where it is not that of the document.
pub(crate) fn font_charset(number: i64) -> Option<&'static Encoding> {
    let page = match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    Some(code_page(page))
}
