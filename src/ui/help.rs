//! The keys that work on the screen where help was asked for.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Drawn;
use super::lines::Lines;
use super::theme::{Role, Theme};
use crate::app::keymap::{Context, bindings, context_of};
use crate::app::{Model, Screen};
use crate::text::width;

pub(super) fn draw(
    model: &Model,
    under: &Screen,
    scroll: usize,
    theme: Theme,
    frame: &mut Frame<'_>,
    area: Rect,
) -> Drawn {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let mut lines = Lines::new(theme, area.width);
    section(context_of(model, under), &mut lines);
    lines.blank();
    section(Context::Help, &mut lines);
    Drawn { seen: lines.show(frame, area, scroll), ..Drawn::default() }
}

fn section(context: Context, lines: &mut Lines) {
    lines.text(Role::Strong, context.title());
    let wide = bindings(context).map(|binding| width(binding.shown)).max().unwrap_or(0);
    for binding in bindings(context) {
        lines.marked((Role::Key, &format!("{:wide$}  ", binding.shown)), (Role::Text, binding.help));
    }
}
