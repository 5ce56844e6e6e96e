//! The help: the keys of the screen under it, and those of the help itself.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::FrameInfo;
use super::lines::ParagraphBuilder;
use super::theme::{Theme, Tone};
use crate::app::keymap::{Context, bindings, context_of};
use crate::app::{Model, Screen};
use crate::text::width;

pub(super) fn draw(
    model: &Model,
    parent: &Screen,
    scroll: usize,
    theme: Theme,
    frame: &mut Frame<'_>,
    area: Rect,
) -> FrameInfo {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let mut lines = ParagraphBuilder::new(theme, area.width);
    section(context_of(model, parent), &mut lines);
    lines.blank();
    section(Context::Help, &mut lines);
    FrameInfo { seen: lines.show(frame, area, scroll), ..FrameInfo::default() }
}

fn section(context: Context, lines: &mut ParagraphBuilder) {
    lines.text(Tone::Strong, context.title());
    let wide = bindings(context).map(|binding| width(binding.shown)).max().unwrap_or(0);
    for binding in bindings(context) {
        lines.bullet((Tone::Key, &format!("{:wide$}  ", binding.shown)), (Tone::Text, binding.help));
    }
}
