//! Lines that are read and written.

use std::io::{self, BufRead, Read, Write};

use crate::handout::{self, COLUMNS};
use crate::text::{Clean, fill};

/// Bytes of a line, or of all that is searched for at once, that are read.
pub(crate) const LONGEST_INPUT: u64 = 4 * 1024 * 1024;

/// Where lines come from, and where they go to.
pub struct Lines<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
}

impl<'a> Lines<'a> {
    /// Nothing is read or written yet.
    #[must_use]
    pub fn new(input: &'a mut dyn BufRead, output: &'a mut dyn Write) -> Self {
        Self { input, output }
    }

    /// Text as it is.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        self.output.write_all(text.as_bytes())
    }

    /// A sentence, in lines.
    pub(super) fn say(&mut self, text: impl AsRef<str>) -> io::Result<()> {
        self.write(&handout::paragraph("", text.as_ref()))
    }

    /// One line of input, without the spaces around it; `None` at the end.
    pub(crate) fn ask(&mut self, prompt: &str) -> io::Result<Option<String>> {
        write!(self.output, "{} ", fill(prompt, COLUMNS).join("\n"))?;
        self.output.flush()?;
        let Some(line) = line(self.input)? else {
            self.write("\n")?;
            return Ok(None);
        };
        Ok(Some(Clean::new(&String::from_utf8_lossy(&line)).trim().to_owned()))
    }
}

/// The next line, without what is beyond the longest; `None` at the end.
pub(crate) fn line(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = Read::take(&mut *input, LONGEST_INPUT).read_until(b'\n', &mut line)?;
    if line.ends_with(b"\n") {
        line.pop();
    } else if read as u64 == LONGEST_INPUT {
        input.skip_until(b'\n')?;
    }
    Ok((read > 0).then_some(line))
}
