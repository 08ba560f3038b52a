//! The bar on standard error, for work that takes over a second.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows itself on a terminal after a second and goes away when dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    curtain: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Returns the progress of `total` bytes, or of a number that is not known.
    pub fn new(total: Option<u64>) -> Progress {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden())
            .with_style(style(total.is_some()));
        let curtain = io::stderr().is_terminal().then(|| raise_later(bar.clone()));
        Progress { bar, curtain }
    }

    /// Adds bytes that were scanned.
    pub fn advance(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    /// Writes with the bar out of the way.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, timer)) = self.curtain.take() {
            drop(stop);
            let _ = timer.join();
        }
        self.bar.finish_and_clear();
    }
}

/// Shows the bar after a second, unless the sender is dropped before.
fn raise_later(bar: ProgressBar) -> (Sender<()>, JoinHandle<()>) {
    let (stop, stopped) = mpsc::channel::<()>();
    let timer = thread::spawn(move || {
        if stopped.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(Duration::from_millis(200));
        }
    });
    (stop, timer)
}

fn style(known: bool) -> ProgressStyle {
    let template = if known {
        "{wide_bar} {bytes} of {total_bytes}, {elapsed_precise}"
    } else {
        "{spinner} {bytes}, {elapsed_precise}"
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
