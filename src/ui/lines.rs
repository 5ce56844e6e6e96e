//! Paragraphs as lines of a given width, and a window on them that can be scrolled.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::theme::{Role, Theme};
use crate::app::Seen;
use crate::text::markup::{Look, Prose};
use crate::text::{width, wrap};
use crate::words;

/// Lines under construction.
pub(super) struct Lines {
    theme: Theme,
    columns: usize,
    done: Vec<Line<'static>>,
}

impl Lines {
    pub(super) fn new(theme: Theme, columns: u16) -> Self {
        Self { theme, columns: columns.into(), done: Vec::new() }
    }

    /// A text in one role.
    pub(super) fn text(&mut self, role: Role, text: impl Into<Prose>) {
        self.marked((Role::Text, ""), (role, text));
    }

    /// A text with a mark in front of its first line; the other lines stand as far in.
    pub(super) fn marked(&mut self, mark: (Role, &str), (role, text): (Role, impl Into<Prose>)) {
        let indent = width(mark.1);
        let prose = text.into();
        let mut written = 0;
        for (nth, line) in wrap(&prose.text, self.columns.saturating_sub(indent).max(1)).into_iter().enumerate() {
            let front = if nth == 0 {
                self.theme.span(mark.0, mark.1.to_owned())
            } else {
                self.theme.span(Role::Text, " ".repeat(indent))
            };
            let mut spans = vec![front];
            self.looks(role, &prose, &line, &mut written, &mut spans);
            self.done.push(Line::from(spans));
        }
    }

    /// A text with a word in front of it, in the same paragraph.
    pub(super) fn labelled(&mut self, label: (Role, &str), (role, text): (Role, impl Into<Prose>)) {
        let prose = text.into();
        let whole = format!("{} {}", label.1, prose.text);
        let mut left = label.1.chars().count();
        let mut written = 0;
        for line in wrap(&whole, self.columns.max(1)) {
            let head: String = line.chars().take(left).collect();
            let tail: String = line.chars().skip(left).collect();
            left = left.saturating_sub(line.chars().count() + 1);
            let mut spans = vec![self.theme.span(label.0, head)];
            self.looks(role, &prose, &tail, &mut written, &mut spans);
            self.done.push(Line::from(spans));
        }
    }

    /// A line of a text, each part as it looks. `written` counts the characters of the text that stand in the lines before.
    fn looks(&self, role: Role, prose: &Prose, line: &str, written: &mut usize, spans: &mut Vec<Span<'static>>) {
        let style = self.theme.style(role);
        for (range, look) in prose.looks_of(line, *written) {
            let part: String = line.chars().skip(range.start).take(range.len()).collect();
            let style = match look {
                Look::Plain => style,
                Look::Emphasis => style.add_modifier(Modifier::BOLD),
                Look::Code => style.patch(self.theme.style(Role::Key)),
                Look::Link => style.add_modifier(Modifier::UNDERLINED),
            };
            spans.push(Span::styled(part, style));
        }
        *written += line.chars().filter(|c| !c.is_whitespace()).count();
    }

    /// The columns that there are.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    pub(super) fn blank(&mut self) {
        self.done.push(Line::default());
    }

    pub(super) fn len(&self) -> usize {
        self.done.len()
    }

    /// Shows as many lines as fit, from `scroll` on. What stands outside is announced.
    pub(super) fn show(self, frame: &mut Frame<'_>, area: Rect, scroll: usize) -> Seen {
        self.draw(frame, area, scroll, " (PageUp, PageDown)")
    }

    /// The same for a part of a screen that those keys do not scroll.
    pub(super) fn show_part(self, frame: &mut Frame<'_>, area: Rect, from: usize) {
        self.draw(frame, area, from, "");
    }

    /// The lines that can be read of those that are seen: in place of the first and the last one it may be announced that there are
    /// more.
    pub(super) fn readable(seen: Seen, height: usize) -> Range<usize> {
        let announced = |is_more: bool| usize::from(is_more && height > 2);
        seen.from + announced(seen.from > 0)..seen.from + height - announced(seen.from < seen.furthest)
    }

    fn draw(self, frame: &mut Frame<'_>, area: Rect, scroll: usize, keys: &str) -> Seen {
        let height = usize::from(area.height);
        let furthest = self.done.len().saturating_sub(height);
        let seen = Seen { from: scroll.min(furthest), furthest };
        let theme = self.theme;
        let mut shown: Vec<Line<'static>> = self.done.into_iter().skip(seen.from).take(height).collect();
        let readable = Self::readable(seen, height);
        let says = |text: &str| theme.line(Role::Key, format!("... {text}{keys}"));
        if readable.start > seen.from
            && let Some(first) = shown.first_mut()
        {
            *first = says(words::MORE_ABOVE);
        }
        if readable.end < seen.from + height
            && let Some(last) = shown.last_mut()
        {
            *last = says(words::MORE_BELOW);
        }
        frame.render_widget(Paragraph::new(shown), area);
        seen
    }
}
