//! What is said to whoever called: answers on standard output, complaints and progress on standard error.

use std::io::{self, IsTerminal, Write};

use throughline::messages::UserMessage;

pub(crate) fn print(text: &str) {
    // A reader that has gone away (`| head`) is no error of ours.
    let _gone = writeln!(io::stdout().lock(), "{text}");
}

pub(crate) fn in_a_line(message: &UserMessage) -> String {
    let UserMessage { what, why, next, .. } = message;
    format!("{what} {why} {next}").trim().to_owned()
}

pub(crate) fn complain(text: &str) {
    let _gone = writeln!(io::stderr().lock(), "throughline: {text}");
}

pub(crate) fn progress(text: &str) {
    let mut stderr = io::stderr().lock();
    if stderr.is_terminal() {
        let _gone = write!(stderr, "{text}").and_then(|()| stderr.flush());
    }
}
