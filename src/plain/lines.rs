//! Line-based input and output for plain mode. The size of the input is limited.

use std::io::{self, BufRead, Read, Write};

use crate::report::{self, COLUMNS};
use crate::search::text_from_bytes;
use crate::text::{SanitizedText, wrap_words};

/// Maximum size of an input line, or of a query from standard input, in bytes. The rest is ignored.
pub(crate) const MAX_INPUT_BYTES: u64 = 4 * 1024 * 1024;

/// An input to read lines from, and an output to print to.
pub struct LineIo<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
}

impl<'a> LineIo<'a> {
    /// Combines an input and an output. Reads and writes nothing.
    #[must_use]
    pub fn new(input: &'a mut dyn BufRead, output: &'a mut dyn Write) -> Self {
        Self { input, output }
    }

    /// Writes a text unchanged.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        self.output.write_all(text.as_bytes())
    }

    /// Writes a text as a paragraph, wrapped at [`COLUMNS`] columns.
    pub(super) fn print_wrapped(&mut self, text: impl AsRef<str>) -> io::Result<()> {
        self.write(&report::paragraph("", text.as_ref()))
    }

    /// Prints a prompt and returns the next line, sanitized and trimmed, or `None` at the end of the input.
    pub(crate) fn ask(&mut self, prompt: &str) -> io::Result<Option<String>> {
        write!(self.output, "{} ", wrap_words(prompt, COLUMNS).join("\n"))?;
        self.output.flush()?;
        let Some(line) = read_line(self.input)? else {
            self.write("\n")?;
            return Ok(None);
        };
        Ok(Some(SanitizedText::new(&text_from_bytes(&line)).trim().to_owned()))
    }
}

/// Returns the next line without its `\n`, or `None` at the end of the input. Skips the part of a line after
/// [`MAX_INPUT_BYTES`] bytes.
pub(crate) fn read_line(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = Read::take(&mut *input, MAX_INPUT_BYTES).read_until(b'\n', &mut line)?;
    if line.ends_with(b"\n") {
        line.pop();
    } else if read as u64 == MAX_INPUT_BYTES {
        input.skip_until(b'\n')?;
    }
    Ok((read > 0).then_some(line))
}
