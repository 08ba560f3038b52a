//! The C interface of Hyperscan 5, which Vectorscan shares, from a library that is opened at run time.
//!
//! The only `unsafe` of this package. Signatures and numbers are those of `hs_common.h`, `hs_compile.h`
//! and `hs_runtime.h`, versions 5.4.

use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_ulonglong, c_void};
use std::path::Path;
use std::ptr;
use std::rc::Rc;

use libloading::Library as File;

/// A pattern does not care about the case of letters.
pub const CASELESS: c_uint = 1;

/// How a database is scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All bytes at once.
    Block,
    /// In chunks.
    Stream,
}

impl Mode {
    /// Returns the mode's name.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Block => "block",
            Mode::Stream => "stream",
        }
    }
}

/// What an expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Regular expressions.
    Regex,
    /// The very text.
    Literal,
}

/// An opened library.
pub struct Library {
    calls: Calls,
    /// What the calls point into; closed after them.
    _file: File,
}

/// Compiled expressions, with the scratch space for one scan at a time.
pub struct Database {
    library: Rc<Library>,
    database: *mut Opaque,
    scratch: *mut Opaque,
}

impl Library {
    /// Opens a library.
    ///
    /// # Errors
    ///
    /// There is none at the path, it lacks a function, or it does not run on this CPU.
    pub fn open(path: &Path) -> Result<Library, String> {
        let failed = |error: libloading::Error| format!("{}: {error}", path.display());
        // SAFETY: whoever names the library vouches for what it does when it is loaded.
        let file = unsafe { File::new(path) }.map_err(failed)?;
        let calls = Calls::of(&file).map_err(failed)?;
        // SAFETY: `hs_valid_platform` asks the CPU what it has and takes nothing.
        let code = unsafe { (calls.valid_platform)() };
        succeed(code, "hs_valid_platform")?;
        Ok(Library { calls, _file: file })
    }

    /// Returns the version, without the date behind it.
    pub fn version(&self) -> String {
        // SAFETY: `hs_version` returns a constant of the library, which ends in a zero byte.
        let text = unsafe { CStr::from_ptr((self.calls.version)()) }.to_string_lossy();
        text.split(' ').next().unwrap_or_default().to_owned()
    }

    /// Returns the message of a failed compilation and frees it.
    fn explain(&self, error: *mut CompileError) -> String {
        if error.is_null() {
            return "no reason given".to_owned();
        }
        // SAFETY: a compilation that fails sets `error` to a struct of its own with a message that ends
        // in a zero byte; it is read once here, and then freed.
        unsafe {
            let message = CStr::from_ptr((*error).message).to_string_lossy().into_owned();
            let expression = (*error).expression;
            (self.calls.free_compile_error)(error);
            format!("expression {expression}: {message}")
        }
    }
}

impl Database {
    /// Compiles expressions with their flags; matches are told by their places in the list.
    ///
    /// # Errors
    ///
    /// An expression that the library does not take, with its reason, or want of memory.
    pub fn compile(
        library: &Rc<Library>,
        expressions: &[(&str, c_uint)],
        syntax: Syntax,
        mode: Mode,
    ) -> Result<Database, String> {
        let compiled = Expressions::of(expressions)?.compile(&library.calls, syntax, mode);
        let database = compiled.map_err(|error| library.explain(error))?;
        let library = Rc::clone(library);
        let mut made = Database { library, database, scratch: ptr::null_mut() };
        // SAFETY: the database has just been compiled, and a scratch that is null is made.
        let code = unsafe { (made.library.calls.alloc_scratch)(made.database, &mut made.scratch) };
        succeed(code, "hs_alloc_scratch").map(|()| made)
    }

    /// Scans a block and reports each match: its expression and where it ends.
    ///
    /// # Errors
    ///
    /// The block is too long for the library, or it fails.
    pub fn scan<F: FnMut(usize, usize)>(
        &mut self,
        block: &[u8],
        mut found: F,
    ) -> Result<(), String> {
        let length = c_uint::try_from(block.len()).map_err(|_| "blocks end at 4 GiB".to_owned())?;
        let (data, context) = (block.as_ptr().cast(), ptr::from_mut(&mut found).cast());
        let (calls, from, scratch) = (&self.library.calls, self.database, self.scratch);
        // SAFETY: `data` and `length` are those of a slice; the database is one in block mode or the
        // call fails; nobody else has the scratch, which was made for it; `report::<F>` gets the context
        // that it casts back, which lives until the call ends.
        let code = unsafe { (calls.scan)(from, data, length, 0, scratch, report::<F>, context) };
        succeed(code, "hs_scan")
    }

    /// Scans chunks as one stream and reports each match: its expression and where it ends in the
    /// stream.
    ///
    /// # Errors
    ///
    /// A chunk is too long for the library, or it fails.
    pub fn scan_stream<'c, F: FnMut(usize, usize)>(
        &mut self,
        chunks: impl Iterator<Item = &'c [u8]>,
        mut found: F,
    ) -> Result<(), String> {
        let calls = &self.library.calls;
        let mut stream = ptr::null_mut();
        // SAFETY: the database is one in streaming mode, or the call fails.
        let code = unsafe { (calls.open_stream)(self.database, 0, &mut stream) };
        succeed(code, "hs_open_stream")?;
        let context: *mut c_void = ptr::from_mut(&mut found).cast();
        let mut outcome = Ok(());
        for chunk in chunks {
            outcome = outcome.and_then(|()| self.feed::<F>(stream, chunk, context));
        }
        // SAFETY: the stream was opened above and is not used again; context and scratch as in `scan`.
        let code = unsafe { (calls.close_stream)(stream, self.scratch, report::<F>, context) };
        outcome.and_then(|()| succeed(code, "hs_close_stream"))
    }

    /// Hands one chunk to an open stream. `context` points to an `F`.
    fn feed<F: FnMut(usize, usize)>(
        &self,
        stream: *mut Opaque,
        chunk: &[u8],
        context: *mut c_void,
    ) -> Result<(), String> {
        let length = c_uint::try_from(chunk.len()).map_err(|_| "chunks end at 4 GiB".to_owned())?;
        let data = chunk.as_ptr().cast();
        let calls = &self.library.calls;
        // SAFETY: the only caller opened the stream from this database; the rest is as in `scan`.
        let code = unsafe {
            (calls.scan_stream)(stream, data, length, 0, self.scratch, report::<F>, context)
        };
        succeed(code, "hs_scan_stream")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let calls = &self.library.calls;
        // SAFETY: both are null, which the library takes for nothing, or its own and not yet freed.
        // What they return is no news here: there is nobody to tell.
        unsafe {
            (calls.free_scratch)(self.scratch);
            (calls.free_database)(self.database);
        }
    }
}

/// `hs_database_t`, `hs_scratch_t` and `hs_stream_t`: nothing of them is known here.
#[repr(C)]
struct Opaque {
    _private: [u8; 0],
}

/// `hs_compile_error_t`.
#[repr(C)]
struct CompileError {
    message: *mut c_char,
    expression: c_int,
}

/// `match_event_handler`.
type OnMatch = extern "C" fn(c_uint, c_ulonglong, c_ulonglong, c_uint, *mut c_void) -> c_int;

const SUCCESS: c_int = 0;
const MODE_BLOCK: c_uint = 1;
const MODE_STREAM: c_uint = 2;

/// Declares the functions of the library that are used, and reads all of them from it.
macro_rules! calls {
    ($($name:ident = $symbol:literal: fn($($argument:ty),*) -> $result:ty;)*) => {
        struct Calls {
            $($name: unsafe extern "C" fn($($argument),*) -> $result,)*
        }

        impl Calls {
            fn of(file: &File) -> Result<Calls, libloading::Error> {
                // SAFETY: the signatures are those of the headers; a library that has these names has
                // these functions.
                unsafe { Ok(Calls { $($name: *file.get($symbol)?,)* }) }
            }
        }
    };
}

calls! {
    version = b"hs_version\0": fn() -> *const c_char;
    valid_platform = b"hs_valid_platform\0": fn() -> c_int;
    compile_multi = b"hs_compile_multi\0": fn(
        *const *const c_char, *const c_uint, *const c_uint, c_uint, c_uint, *const c_void,
        *mut *mut Opaque, *mut *mut CompileError
    ) -> c_int;
    compile_lit_multi = b"hs_compile_lit_multi\0": fn(
        *const *const c_char, *const c_uint, *const c_uint, *const usize, c_uint, c_uint,
        *const c_void, *mut *mut Opaque, *mut *mut CompileError
    ) -> c_int;
    free_compile_error = b"hs_free_compile_error\0": fn(*mut CompileError) -> c_int;
    free_database = b"hs_free_database\0": fn(*mut Opaque) -> c_int;
    alloc_scratch = b"hs_alloc_scratch\0": fn(*const Opaque, *mut *mut Opaque) -> c_int;
    free_scratch = b"hs_free_scratch\0": fn(*mut Opaque) -> c_int;
    scan = b"hs_scan\0": fn(
        *const Opaque, *const c_char, c_uint, c_uint, *mut Opaque, OnMatch, *mut c_void
    ) -> c_int;
    open_stream = b"hs_open_stream\0": fn(*const Opaque, c_uint, *mut *mut Opaque) -> c_int;
    scan_stream = b"hs_scan_stream\0": fn(
        *mut Opaque, *const c_char, c_uint, c_uint, *mut Opaque, OnMatch, *mut c_void
    ) -> c_int;
    close_stream = b"hs_close_stream\0": fn(
        *mut Opaque, *mut Opaque, OnMatch, *mut c_void
    ) -> c_int;
}

/// Expressions as C takes them: parallel lists of pointers, flags, ids and lengths.
struct Expressions {
    pointers: Vec<*const c_char>,
    flags: Vec<c_uint>,
    ids: Vec<c_uint>,
    lengths: Vec<usize>,
    count: c_uint,
    /// What the pointers point into.
    _texts: Vec<CString>,
}

impl Expressions {
    fn of(expressions: &[(&str, c_uint)]) -> Result<Expressions, String> {
        let texts = expressions.iter().map(|(text, _)| CString::new(*text));
        let texts: Vec<CString> = texts
            .collect::<Result<_, _>>()
            .map_err(|_| "an expression with a zero byte".to_owned())?;
        let count = c_uint::try_from(texts.len()).map_err(|_| "too many expressions".to_owned())?;
        Ok(Expressions {
            pointers: texts.iter().map(|text| text.as_ptr()).collect(),
            flags: expressions.iter().map(|(_, flags)| *flags).collect(),
            ids: (0..count).collect(),
            lengths: texts.iter().map(|text| text.as_bytes().len()).collect(),
            count,
            _texts: texts,
        })
    }

    /// Returns a database, or why there is none.
    fn compile(
        &self,
        calls: &Calls,
        syntax: Syntax,
        mode: Mode,
    ) -> Result<*mut Opaque, *mut CompileError> {
        let (texts, flags, ids) = (self.pointers.as_ptr(), self.flags.as_ptr(), self.ids.as_ptr());
        let (lengths, count, any) = (self.lengths.as_ptr(), self.count, ptr::null());
        let mode = if mode == Mode::Block { MODE_BLOCK } else { MODE_STREAM };
        let (mut made, mut error) = (ptr::null_mut(), ptr::null_mut());
        let (to, why) = (&raw mut made, &raw mut error);
        let (regexes, literals) = (calls.compile_multi, calls.compile_lit_multi);
        // SAFETY: the lists have `count` entries each, the texts end in zero bytes and live as long as
        // `self`; a platform that is null is the present one; both results are places to write to.
        let code = unsafe {
            match syntax {
                Syntax::Regex => regexes(texts, flags, ids, count, mode, any, to, why),
                Syntax::Literal => literals(texts, flags, ids, lengths, count, mode, any, to, why),
            }
        };
        if code == SUCCESS { Ok(made) } else { Err(error) }
    }
}

/// Hands a match to the closure that `context` points to. 0 asks for the next.
extern "C" fn report<F: FnMut(usize, usize)>(
    id: c_uint,
    _from: c_ulonglong,
    to: c_ulonglong,
    _flags: c_uint,
    context: *mut c_void,
) -> c_int {
    // SAFETY: every caller passes a pointer to an `F` that it has borrowed for as long as the scan takes,
    // and the library reports one match at a time.
    let found = unsafe { &mut *context.cast::<F>() };
    found(id as usize, to as usize);
    0
}

fn succeed(code: c_int, call: &str) -> Result<(), String> {
    if code == SUCCESS { Ok(()) } else { Err(format!("{call} returned {code}")) }
}
