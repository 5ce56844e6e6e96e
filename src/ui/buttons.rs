//! Buttons, in a row or in a column.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::cursor;
use super::theme::{Theme, Tone};
use crate::text::{truncate, width};

/// Buttons, in a row if they fit and otherwise in a column.
pub(super) struct Buttons {
    labels: Vec<String>,
    in_row: bool,
    /// Text under the buttons with the number of remaining questions, if it is not shown elsewhere.
    remaining: Option<String>,
}

/// Returns a label, with its key in parentheses if it has one.
fn keyed((label, key): &(String, String)) -> String {
    if key.is_empty() { label.clone() } else { format!("{label} ({key})") }
}

impl Buttons {
    /// Creates buttons from (label, key) for a width in columns. The keys are left out if the buttons fit in a row only without
    /// them.
    pub(super) fn new(labels: Vec<(String, String)>, columns: u16, remaining: Option<String>) -> Self {
        let fit =
            |labels: &[String]| labels.iter().map(|label| width(label) + 5).sum::<usize>() <= usize::from(columns) + 1;
        let keyed: Vec<String> = labels.iter().map(keyed).collect();
        let bare: Vec<String> = labels.into_iter().map(|(label, _)| label).collect();
        let (labels, in_row) = if fit(&keyed) {
            (keyed, true)
        } else if fit(&bare) {
            (bare, true)
        } else {
            (keyed, false)
        };
        Self { labels, in_row, remaining }
    }

    /// Creates buttons in a column from (label, key).
    pub(super) fn stacked(labels: &[(String, String)]) -> Self {
        let labels = labels.iter().map(keyed).collect();
        Self { labels, in_row: false, remaining: None }
    }

    pub(super) fn rows(&self) -> u16 {
        let buttons = if self.in_row { 1 } else { self.labels.len() };
        u16::try_from(buttons + usize::from(self.remaining.is_some())).unwrap_or(u16::MAX)
    }

    /// Draws the buttons with the cursor on the selected one, and returns the area of each. If the column is higher than
    /// `area`, leaves out the first buttons so that the selected one is visible. The areas of these buttons are empty.
    pub(super) fn draw(&self, selected: Option<usize>, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> Vec<Rect> {
        let mut places = Vec::new();
        let mut rows: Vec<Vec<Span<'static>>> = vec![Vec::new()];
        let mut column: u16 = 0;
        let height = usize::from(area.height);
        let first = if self.in_row { 0 } else { (selected.unwrap_or_default() + 1).saturating_sub(height) };
        places.resize(first, Rect::default());
        for (nth, label) in self.labels.iter().enumerate().skip(first) {
            if !self.in_row && nth > first {
                rows.push(Vec::new());
                column = 0;
            }
            let (text, tone) = if Some(nth) == selected {
                (format!("[ {label} ]"), Tone::Selected)
            } else {
                (format!("  {label}  "), Tone::Text)
            };
            let row = u16::try_from(rows.len() - 1).unwrap_or(u16::MAX);
            let columns = u16::try_from(width(&text)).unwrap_or(u16::MAX);
            let place =
                Rect { x: area.x.saturating_add(column), y: area.y.saturating_add(row), width: columns, height: 1 };
            places.push(place.intersection(area));
            if Some(nth) == selected {
                cursor(frame, area, area.x.saturating_add(column + 2), area.y.saturating_add(row));
            }
            column = column.saturating_add(columns).saturating_add(1);
            if let Some(row) = rows.last_mut() {
                row.push(theme.span(tone, truncate(&text, area.width.into())));
                row.push(Span::raw(" "));
            }
        }
        if let Some(remaining) = &self.remaining {
            rows.push(vec![theme.span(Tone::Dim, format!("  {remaining}"))]);
        }
        frame.render_widget(Paragraph::new(rows.into_iter().map(Line::from).collect::<Vec<_>>()), area);
        places
    }
}
