//! Paragraphs as lines of a given width, and a window on them that can be scrolled.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::theme::{Role, Theme};
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
    pub(super) fn text(&mut self, role: Role, text: &str) {
        self.marked((Role::Text, ""), (role, text));
    }

    /// A text with a mark in front of its first line; the other lines stand as far in.
    pub(super) fn marked(&mut self, mark: (Role, &str), text: (Role, &str)) {
        let indent = width(mark.1);
        for (nth, line) in wrap(text.1, self.columns.saturating_sub(indent).max(1)).into_iter().enumerate() {
            let front = if nth == 0 {
                self.theme.span(mark.0, mark.1.to_owned())
            } else {
                self.theme.span(Role::Text, " ".repeat(indent))
            };
            self.done.push(Line::from(vec![front, self.theme.span(text.0, line)]));
        }
    }

    /// A text with a word in front of it, in the same paragraph.
    pub(super) fn labelled(&mut self, label: (Role, &str), text: (Role, &str)) {
        let whole = format!("{} {}", label.1, text.1);
        let mut left = label.1.chars().count();
        for line in wrap(&whole, self.columns.max(1)) {
            let head: String = line.chars().take(left).collect();
            let tail: String = line.chars().skip(left).collect();
            left = left.saturating_sub(line.chars().count() + 1);
            self.done.push(Line::from(vec![self.theme.span(label.0, head), self.theme.span(text.0, tail)]));
        }
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

    /// Shows as many lines as fit, from `scroll` on, and says how far can be scrolled. What stands outside is announced.
    pub(super) fn show(self, frame: &mut Frame<'_>, area: Rect, scroll: usize) -> usize {
        let height = usize::from(area.height);
        let furthest = self.done.len().saturating_sub(height);
        let scroll = scroll.min(furthest);
        let theme = self.theme;
        let mut shown: Vec<Line<'static>> = self.done.into_iter().skip(scroll).take(height).collect();
        let says = |text: &str| theme.line(Role::Key, format!("... {text} (PageUp, PageDown)"));
        if scroll > 0
            && height > 2
            && let Some(first) = shown.first_mut()
        {
            *first = says(words::MORE_ABOVE);
        }
        if scroll < furthest
            && height > 2
            && let Some(last) = shown.last_mut()
        {
            *last = says(words::MORE_BELOW);
        }
        frame.render_widget(Paragraph::new(shown), area);
        furthest
    }
}
