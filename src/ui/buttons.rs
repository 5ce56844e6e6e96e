//! What can be chosen, as a row of buttons or a column of them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::cursor;
use super::theme::{Role, Theme};
use crate::text::{truncate, width};

/// What can be done, side by side where there is room, and one below the other where there is not.
pub(super) struct Buttons {
    labels: Vec<String>,
    beside: bool,
    /// How many questions may still come, where the trail does not say it.
    left: Option<String>,
}

/// A label with its key, where it has one.
fn keyed((label, key): &(String, String)) -> String {
    if key.is_empty() { label.clone() } else { format!("{label} ({key})") }
}

impl Buttons {
    /// Buttons for labels and their keys; the keys are shown where there is room.
    pub(super) fn new(labels: Vec<(String, String)>, columns: u16, left: Option<String>) -> Self {
        let fit =
            |labels: &[String]| labels.iter().map(|label| width(label) + 5).sum::<usize>() <= usize::from(columns) + 1;
        let keyed: Vec<String> = labels.iter().map(keyed).collect();
        let bare: Vec<String> = labels.into_iter().map(|(label, _)| label).collect();
        let (labels, beside) = if fit(&keyed) {
            (keyed, true)
        } else if fit(&bare) {
            (bare, true)
        } else {
            (keyed, false)
        };
        Self { labels, beside, left }
    }

    /// Buttons one below the other, whatever the room.
    pub(super) fn stacked(labels: &[(String, String)]) -> Self {
        let labels = labels.iter().map(keyed).collect();
        Self { labels, beside: false, left: None }
    }

    pub(super) fn rows(&self) -> u16 {
        let buttons = if self.beside { 1 } else { self.labels.len() };
        u16::try_from(buttons + usize::from(self.left.is_some())).unwrap_or(u16::MAX)
    }

    /// Draws them, with the cursor on the selected one, and says where each stands. Of a column that is too long for its place,
    /// those up to the selected one are seen.
    pub(super) fn draw(&self, selected: Option<usize>, theme: Theme, frame: &mut Frame<'_>, area: Rect) -> Vec<Rect> {
        let mut places = Vec::new();
        let mut rows: Vec<Vec<Span<'static>>> = vec![Vec::new()];
        let mut column: u16 = 0;
        let height = usize::from(area.height);
        let first = if self.beside { 0 } else { (selected.unwrap_or_default() + 1).saturating_sub(height) };
        places.resize(first, Rect::default());
        for (nth, label) in self.labels.iter().enumerate().skip(first) {
            if !self.beside && nth > first {
                rows.push(Vec::new());
                column = 0;
            }
            let (text, role) = if Some(nth) == selected {
                (format!("[ {label} ]"), Role::Selected)
            } else {
                (format!("  {label}  "), Role::Text)
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
                row.push(theme.span(role, truncate(&text, area.width.into())));
                row.push(Span::raw(" "));
            }
        }
        if let Some(left) = &self.left {
            rows.push(vec![theme.span(Role::Dim, format!("  {left}"))]);
        }
        frame.render_widget(Paragraph::new(rows.into_iter().map(Line::from).collect::<Vec<_>>()), area);
        places
    }
}
