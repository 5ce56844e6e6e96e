//! Explanations of YAML syntax errors. The parser often reports an error some lines after its cause, so this module looks for
//! common mistakes in the text near that position.

use super::diagnostic::RuleId;
use super::yaml::{Problem, Span};

/// Returns the most likely cause of a syntax error. `at` is the position that the parser reports, and `info` is its error text.
pub(super) fn diagnose(text: &str, at: Span, info: &str) -> Problem {
    let lines = SourceLines { lines: text.lines().collect() };
    tab(&lines, at)
        .or_else(|| backslash(&lines, at))
        .or_else(|| sign(&lines, at))
        .or_else(|| quotes(&lines, at, info))
        .or_else(|| brackets(&lines, at))
        .or_else(|| dash(&lines, at))
        .or_else(|| colon(&lines, at, info))
        .or_else(|| indentation(&lines, at, info))
        .unwrap_or_else(|| {
            problem(
                at,
                "this line is not valid YAML",
                "use quotes for a text that contains `: ` or ` #` or starts with a special character; otherwise, compare this line and the \
                 line above it with the example in the docs",
            )
        })
}

struct SourceLines<'a> {
    lines: Vec<&'a str>,
}

impl SourceLines<'_> {
    /// Returns a line. Lines are counted from 1.
    fn get(&self, line: usize) -> Option<&str> {
        self.lines.get(line.checked_sub(1)?).copied()
    }

    /// Returns the nearest line above that is neither blank nor a comment, as `(line number, text)`.
    fn above(&self, line: usize) -> Option<(usize, &str)> {
        let says = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        (1..line).rev().find_map(|line| Some((line, self.get(line).filter(says)?)))
    }
}

fn problem(span: Span, message: impl Into<String>, help: &'static str) -> Problem {
    Problem { code: RuleId::NotYaml, span, message: message.into(), help }
}

/// Finds a tab at the start of a line, or after a colon or dash. Looks at the reported line, the next line and the previous one.
fn tab(lines: &SourceLines<'_>, at: Span) -> Option<Problem> {
    for line in [at.line, at.line + 1, at.line.saturating_sub(1)] {
        let Some(text) = lines.get(line) else { continue };
        let Some(before) = text.split('\t').next().filter(|before| before.len() < text.len()) else { continue };
        if before.trim().is_empty() || before.trim_end().ends_with([':', '-']) {
            let span = Span { line, column: before.chars().count() + 1, width: 1 };
            let help = "use spaces instead; most editors can show tabs and replace them";
            return Some(problem(span, "there is a tab here", help));
        }
    }
    None
}

/// Help for a backslash in double quotes.
pub(super) const HELP_SINGLE_QUOTES: &str =
    "in double quotes, a backslash has a special meaning; write the text in single quotes: 'C:\\temp'";

/// Finds a backslash in double quotes that does not start a YAML escape sequence, as in a Windows path.
fn backslash(lines: &SourceLines<'_>, at: Span) -> Option<Problem> {
    const ESCAPES: &str = "0abtnvfre \"/\\N_LPxuU\t";
    let line = at.line;
    let text = lines.get(line)?;
    let mut is_quoted = false;
    let mut chars = (1..).zip(text.chars());
    while let Some((column, c)) = chars.next() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\\' if is_quoted => {
                let next = chars.next().map(|(_, next)| next)?;
                if !ESCAPES.contains(next) {
                    let span = Span { line, column, width: 2 };
                    return Some(problem(
                        span,
                        format!("`\\{next}` has no meaning in double quotes"),
                        HELP_SINGLE_QUOTES,
                    ));
                }
            }
            _ => {}
        }
    }
    None
}

/// Returns the value of a line, as `(column, text)`: the text after the first `: `, or after the first `- `. Columns are counted
/// from 1.
fn value(line: &str) -> Option<(usize, &str)> {
    let begins = line.find(": ").map(|at| at + 2).or_else(|| line.find("- ").map(|at| at + 2))?;
    let (before, value) = line.split_at_checked(begins)?;
    let spaces = value.chars().take_while(|c| c.is_whitespace()).count();
    let value = value.trim();
    (!value.is_empty()).then(|| (before.chars().count() + spaces + 1, value))
}

/// Finds an unquoted text that starts with a character reserved in YAML. Authors write such texts when they use Markdown.
fn sign(lines: &SourceLines<'_>, at: Span) -> Option<Problem> {
    let (column, value) = value(lines.get(at.line)?)?;
    let first = value.chars().next()?;
    let closing = match first {
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    };
    let is_list = closing.is_some_and(|closing| value.ends_with(closing) || !value.contains(closing));
    if is_list || !matches!(first, '*' | '&' | '!' | '%' | '@' | '`' | '[' | '{' | '|' | '>') {
        return None;
    }
    let span = Span { column, width: value.chars().count(), ..at };
    let message = format!("a text that begins with \"{first}\" needs quotes");
    Some(problem(span, message, "put quotes around the whole text: \"like this\""))
}

/// Finds quotation marks that are not closed, that end a text too early, or that are typographic.
fn quotes(lines: &SourceLines<'_>, at: Span, info: &str) -> Option<Problem> {
    if let Some((column, value)) = lines.get(at.line).and_then(value) {
        let span = Span { column, width: value.chars().count(), ..at };
        let first = value.chars().next()?;
        if matches!(first, '“' | '„' | '”' | '‘' | '’' | '«') {
            return Some(problem(
                span,
                "these are typographic quotation marks",
                "use straight quotation marks: \"like this\"",
            ));
        }
        let inside = value.get(first.len_utf8()..).unwrap_or_default();
        let ends = inside.find(first);
        if matches!(first, '"' | '\'') && ends.is_some_and(|ends| ends + 1 < inside.trim_end().len()) {
            let early = column + 1 + inside.get(..ends?).map_or(0, |before| before.chars().count());
            let help = match first {
                '\'' => "put the whole text in double quotes: \"like this\"",
                _ => "put the whole text in single quotes: 'like this'",
            };
            return Some(problem(Span { column: early, width: 1, ..at }, "this quotation mark ends the text", help));
        }
    }
    info.contains("quoted scalar").then(|| {
        problem(
            at,
            "this quotation mark is not closed on the same line",
            "close it at the end of the text: \"like this\"",
        )
    })
}

/// Finds a list or mapping in brackets that is not closed on its line. The parser reports this at the end of the line or on the
/// next line.
fn brackets(lines: &SourceLines<'_>, at: Span) -> Option<Problem> {
    let here = lines.get(at.line).map(|line| (at.line, line));
    here.into_iter().chain(lines.above(at.line)).find_map(|(number, line)| {
        let (column, value) = value(line)?;
        let (open, close, of_what) = match value.chars().next()? {
            '[' => ('[', ']', "list"),
            '{' => ('{', '}', "mapping"),
            _ => return None,
        };
        let is_open = value.matches(open).count() > value.matches(close).count();
        is_open.then(|| {
            let span = Span { line: number, column, width: 1 };
            let help = if of_what == "list" { "put `]` at the end of the list" } else { "put `}` at its end" };
            problem(span, format!("the {of_what} that begins with `{open}` is not closed on its line"), help)
        })
    })
}

/// Finds a dash without a space after it. The parser reports this on the next line.
fn dash(lines: &SourceLines<'_>, at: Span) -> Option<Problem> {
    let here = lines.get(at.line).map(|line| (at.line, line));
    here.into_iter().chain(lines.above(at.line)).find_map(|(line, text)| {
        let entry = text.trim_start().strip_prefix('-')?;
        let is_entry =
            entry.starts_with(char::is_alphabetic) && (entry.contains(": ") || entry.trim_end().ends_with(':'));
        is_entry.then(|| {
            let span = Span { line, column: text.len() - text.trim_start().len() + 1, width: 1 };
            problem(span, "there is no space after the dash", "write it as `- name: value`")
        })
    })
}

/// Finds a missing colon, or a colon without a space after it. The parser reports this on the next line.
fn colon(lines: &SourceLines<'_>, at: Span, info: &str) -> Option<Problem> {
    let here = lines.get(at.line).filter(|line| is_without_colon(line)).map(|line| (at.line, line));
    let (line, text) = here.or_else(|| lines.above(at.line).filter(|(_, line)| is_without_colon(line)))?;
    // Only these errors point to a missing colon. A line without a colon can also be a part of a text of several lines.
    let noticed = info.contains("expect ':'") || info.contains("mapping values") || info.contains("expected key");
    if !noticed {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    let span = Span { line, column: start + 1, width: text.trim().chars().count() };
    Some(match text.find(':') {
        Some(_) => problem(span, "there is no space after the colon", "write it as `name: value`"),
        None => problem(span, "the colon is missing", "write `name: value`, or `name:` if more lines belong to it"),
    })
}

fn is_without_colon(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty()
        && !line.starts_with('#')
        && !line.contains(": ")
        && !line.ends_with(':')
        && !line.starts_with(['-', '[', '{', '"', '\''])
}

/// Finds a line with wrong indentation, or a second colon in a text. The parser error is the same for both.
fn indentation(lines: &SourceLines<'_>, at: Span, info: &str) -> Option<Problem> {
    let line = lines.get(at.line)?;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let span = Span { line: at.line, column: indent(line) + 1, width: line.trim().chars().count() };
    let above = lines.above(at.line).map_or(0, |(_, above)| indent(above));
    if info.contains("mapping values") {
        let colons = line.matches(": ").count() + usize::from(line.trim_end().ends_with(':'));
        if colons < 2 && indent(line) > above {
            return Some(problem(span, "this line is indented too far", "align it with the lines it belongs to"));
        }
        return Some(problem(
            at,
            "there is a second `: ` here; a text that contains `: ` needs quotes",
            "put quotes around the whole text: \"like this\"",
        ));
    }
    let noticed = info.contains("did not find expected") || info.contains("indentation");
    noticed.then(|| {
        problem(
            span,
            "this line, or one above it, is indented too little or too much",
            "align it with the lines it belongs to; start each list entry with `- `",
        )
    })
}
