//! Python with some packages, for comparisons with what others have written.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A virtual environment with packages in a folder of its own, which goes with this.
pub struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// Makes the environment of a command.
    ///
    /// # Errors
    ///
    /// Says what is missing: Python, or the network.
    pub fn new(command: &str, packages: &[&str]) -> Result<Environment, String> {
        let folder = env::temp_dir().join(format!("portcullis-{command}-{}", std::process::id()));
        let environment = Environment { folder };
        let folder = environment.folder.as_path();
        output(Command::new("python3").args(["-m", "venv"]).arg(folder))
            .map_err(|reason| format!("no virtual environment; is Python 3 there? {reason}"))?;
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        output(Command::new(environment.python()).args(install).args(packages)).map_err(
            |reason| {
                format!("{} not installed; is the network there? {reason}", packages.join(" "))
            },
        )?;
        Ok(environment)
    }

    fn python(&self) -> PathBuf {
        let unix = self.folder.join("bin/python");
        if unix.exists() { unix } else { self.folder.join("Scripts/python.exe") }
    }

    /// Returns where a script leaves its files.
    pub fn work(&self) -> PathBuf {
        self.folder.join("work")
    }

    /// Returns what a script writes for a request.
    ///
    /// # Errors
    ///
    /// What the script says where it fails.
    pub fn run(&self, script: &str, request: &[u8]) -> Result<Vec<u8>, String> {
        let [path, asked] = ["script.py", "request.json"].map(|name| self.folder.join(name));
        let failed = |path: &Path| {
            let path = path.display().to_string();
            move |error: std::io::Error| format!("{path}: {error}")
        };
        fs::write(&path, script).map_err(failed(&path))?;
        fs::write(&asked, request).map_err(failed(&asked))?;
        fs::create_dir_all(self.work()).map_err(failed(&self.folder))?;
        let input = fs::File::open(&asked).map_err(failed(&asked))?;
        output(Command::new(self.python()).arg(&path).current_dir(self.work()).stdin(input))
    }
}

impl Drop for Environment {
    fn drop(&mut self) {
        let gone = fs::remove_dir_all(&self.folder);
        if let Err(error) = gone.or_else(|e| if self.folder.exists() { Err(e) } else { Ok(()) }) {
            eprintln!("xtask: {} is left over: {error}", self.folder.display());
        }
    }
}

/// Returns what a command writes to its standard output.
fn output(command: &mut Command) -> Result<Vec<u8>, String> {
    let output = command.stderr(Stdio::piped()).output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said() {
        assert!(output(&mut Command::new("no-such-program-here")).is_err());
    }
}
