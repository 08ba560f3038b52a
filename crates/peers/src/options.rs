//! The options.

use std::path::PathBuf;

use clap::Parser;
use portcullis::Backend;

/// Measures Portcullis beside other engines: in one run, over the same bytes, on one thread.
#[derive(Debug, Parser)]
#[command(name = "peers", version)]
pub struct Options {
    /// Measure over the files of this folder [default: corpora that the project makes].
    #[arg(long, value_name = "DIR")]
    pub corpora: Option<PathBuf>,

    /// Bytes of each corpus; files are cut.
    #[arg(long, value_name = "N", default_value_t = 8 << 20)]
    pub bytes: usize,

    /// Only corpora whose name contains one of these.
    #[arg(long, value_name = "TEXT,…", value_delimiter = ',')]
    pub corpus: Vec<String>,

    /// Only rows whose name (engine/task/mode/backend) contains one of these.
    #[arg(long, value_name = "TEXT,…", value_delimiter = ',')]
    pub only: Vec<String>,

    /// How often each row is run over each corpus; the best run counts.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: u32,

    /// Seconds after which a row is not run again over a corpus.
    #[arg(long, value_name = "N", default_value_t = 20.0)]
    pub seconds: f64,

    /// Write one line of JSON for each row and corpus.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,

    /// Identifiers of your own, in the form of data/ids.txt [default: the 27 there].
    #[arg(long, value_name = "FILE")]
    pub ids: Option<PathBuf>,

    /// Terms of your own, one to a line [default: the 2,000 in data/terms.txt].
    #[arg(long, value_name = "FILE")]
    pub terms: Option<PathBuf>,

    /// The library of Hyperscan 5.4 (libhs.so.5).
    #[arg(long, value_name = "FILE", env = "PEERS_HYPERSCAN")]
    pub hyperscan: Option<PathBuf>,

    /// The library of Vectorscan 5.4 (libhs.so.5).
    #[arg(long, value_name = "FILE", env = "PEERS_VECTORSCAN")]
    pub vectorscan: Option<PathBuf>,

    /// Portcullis's backends: auto, scalar, avx2, avx512, neon [default: all that this CPU runs].
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub backend: Vec<Backend>,

    /// Bytes of the buffer that is read to see what memory gives; more than the caches hold.
    #[arg(long, value_name = "N", default_value_t = 256 << 20)]
    pub read_bytes: usize,

    /// The Python that has Presidio; it is asked for a prefix of each corpus.
    #[arg(long, value_name = "FILE", env = "PEERS_PRESIDIO")]
    pub presidio: Option<PathBuf>,

    /// Bytes of the prefix that Presidio gets.
    #[arg(long, value_name = "N", default_value_t = 128 << 10)]
    pub presidio_bytes: usize,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn options_are_well_formed() {
        Options::command().debug_assert();
        let options = Options::try_parse_from(["peers", "--backend", "scalar,auto"]).unwrap();
        assert_eq!(options.backend, [Backend::Scalar, Backend::Auto]);
        assert_eq!((options.bytes, options.runs), (8 << 20, 5));
        assert!(Options::try_parse_from(["peers", "--runs", "0"]).is_err());
        assert!(Options::try_parse_from(["peers", "--backend", "sse"]).is_err());
    }
}
