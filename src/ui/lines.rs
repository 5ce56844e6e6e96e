//! Text wrapped into styled lines, and a scrollable view of these lines.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::theme::{Theme, Tone};
use crate::app::Viewport;
use crate::strings;
use crate::text::markup::{self, InlineStyle, StyledText};
use crate::text::{Voice, VoicedText, width, wrap};

/// A builder for the lines of a text of fixed width.
pub(super) struct ParagraphBuilder {
    theme: Theme,
    columns: usize,
    voice: Voice,
    /// The details that texts insert, as `(ID of the fact, value)`.
    details: Vec<(String, String)>,
    done: Vec<Line<'static>>,
}

impl ParagraphBuilder {
    pub(super) fn new(theme: Theme, columns: u16) -> Self {
        Self { theme, columns: columns.into(), voice: Voice::default(), details: Vec::new(), done: Vec::new() }
    }

    /// Sets the voice of the texts that [`ParagraphBuilder::read`] reads.
    pub(super) fn with_voice(self, voice: Voice) -> Self {
        Self { voice, ..self }
    }

    /// Sets the details that [`ParagraphBuilder::read`] inserts, as `(ID of the fact, value)`.
    pub(super) fn with_details(self, details: Vec<(String, String)>) -> Self {
        Self { details, ..self }
    }

    /// Returns a text of the knowledge base in the builder's voice, with its inline styles.
    pub(super) fn read(&self, text: &VoicedText) -> StyledText {
        StyledText::read(&text.with_details(self.voice, &self.details))
    }

    /// Returns a text of the knowledge base in the builder's voice on one line, without markup.
    pub(super) fn plain_line(&self, text: &VoicedText) -> String {
        markup::strip_markup(&text.voice(self.voice).one_line())
    }

    /// Adds a text in one tone.
    pub(super) fn text(&mut self, tone: Tone, text: impl Into<StyledText>) {
        self.bullet((Tone::Text, ""), (tone, text));
    }

    /// Adds a text with a mark before its first line. The other lines are indented by the width of the mark.
    pub(super) fn bullet(&mut self, mark: (Tone, &str), (tone, text): (Tone, impl Into<StyledText>)) {
        let indent = width(mark.1);
        let styled = text.into();
        let mut written = 0;
        for (nth, line) in wrap(&styled.text, self.columns.saturating_sub(indent).max(1)).into_iter().enumerate() {
            let front = if nth == 0 {
                self.theme.span(mark.0, mark.1.to_owned())
            } else {
                self.theme.span(Tone::Text, " ".repeat(indent))
            };
            let mut spans = vec![front];
            self.push_styled(tone, &styled, &line, &mut written, &mut spans);
            self.done.push(Line::from(spans));
        }
    }

    /// Adds a text with a label before it in the same paragraph.
    pub(super) fn labeled(&mut self, label: (Tone, &str), (tone, text): (Tone, impl Into<StyledText>)) {
        let styled = text.into();
        let whole = format!("{} {}", label.1, styled.text);
        let mut left = label.1.chars().count();
        let mut written = 0;
        for line in wrap(&whole, self.columns.max(1)) {
            let head: String = line.chars().take(left).collect();
            let tail: String = line.chars().skip(left).collect();
            left = left.saturating_sub(line.chars().count() + 1);
            let mut spans = vec![self.theme.span(label.0, head)];
            self.push_styled(tone, &styled, &tail, &mut written, &mut spans);
            self.done.push(Line::from(spans));
        }
    }

    /// Adds the spans of one line, each in its inline style. `written` is the number of non-whitespace characters in the
    /// earlier lines of the text. This function updates it.
    fn push_styled(
        &self,
        tone: Tone,
        styled: &StyledText,
        line: &str,
        written: &mut usize,
        spans: &mut Vec<Span<'static>>,
    ) {
        let style = self.theme.style(tone);
        for (range, look) in styled.spans_in_line(line, *written) {
            let part: String = line.chars().skip(range.start).take(range.len()).collect();
            let style = match look {
                InlineStyle::Plain => style,
                InlineStyle::Emphasis => style.add_modifier(Modifier::BOLD),
                InlineStyle::Code => style.patch(self.theme.style(Tone::Key)),
                InlineStyle::Link => style.add_modifier(Modifier::UNDERLINED),
            };
            spans.push(Span::styled(part, style));
        }
        *written += line.chars().filter(|c| !c.is_whitespace()).count();
    }

    /// Returns the width in columns.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    pub(super) fn blank(&mut self) {
        self.done.push(Line::default());
    }

    pub(super) fn len(&self) -> usize {
        self.done.len()
    }

    /// Draws as many lines as fit, from the line `scroll` on, and returns the viewport. Marks with the scroll keys replace the
    /// first or last row if lines above or below are hidden.
    pub(super) fn show(self, frame: &mut Frame<'_>, area: Rect, scroll: usize) -> Viewport {
        self.draw(frame, area, scroll, " (PageUp, PageDown)")
    }

    /// Draws as many lines as fit, from the line `from` on, in a part of a screen without scroll keys.
    pub(super) fn show_from(self, frame: &mut Frame<'_>, area: Rect, from: usize) {
        self.draw(frame, area, from, "");
    }

    /// Returns the range of the readable lines in a viewport of `height` lines: the visible lines except those that a mark of
    /// hidden lines replaces.
    pub(super) fn readable(seen: Viewport, height: usize) -> Range<usize> {
        let announced = |is_more: bool| usize::from(is_more && height > 2);
        seen.offset + announced(seen.offset > 0)..seen.offset + height - announced(seen.offset < seen.max_offset)
    }

    fn draw(self, frame: &mut Frame<'_>, area: Rect, scroll: usize, keys: &str) -> Viewport {
        let height = usize::from(area.height);
        let max_offset = self.done.len().saturating_sub(height);
        let seen = Viewport { offset: scroll.min(max_offset), max_offset };
        let theme = self.theme;
        let mut shown: Vec<Line<'static>> = self.done.into_iter().skip(seen.offset).take(height).collect();
        let readable = Self::readable(seen, height);
        let mark = |text: &str| theme.line(Tone::Key, format!("... {text}{keys}"));
        if readable.start > seen.offset
            && let Some(first) = shown.first_mut()
        {
            *first = mark(strings::MORE_ABOVE);
        }
        if readable.end < seen.offset + height
            && let Some(last) = shown.last_mut()
        {
            *last = mark(strings::MORE_BELOW);
        }
        frame.render_widget(Paragraph::new(shown), area);
        seen
    }
}
