//! The screen that tells the possible matches apart: a question about words, or the list of the remaining errors.
//!
//! ```text
//! Does your message contain “OR Enter your emergency reset code”?
//!
//! [ Yes (y) ]   No (n)     Not sure (u)
//!
//! It could still be:
//!  - Please contact your administrator to request an invitation.
//!  - Please contact your administrator to request ...
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::FrameInfo;
use super::buttons::Buttons;
use super::lines::ParagraphBuilder;
use super::theme::{Theme, Tone};
use crate::app::Disambiguation;
use crate::kb::KnowledgeBase;
use crate::strings::{self, Audience};
use crate::text::truncate;

/// Maximum number of listed candidates.
const LISTED: usize = 6;

pub(super) fn draw(
    disambiguation: &Disambiguation,
    kb: &KnowledgeBase,
    audience: Audience,
    theme: Theme,
    frame: &mut Frame<'_>,
    area: Rect,
) -> FrameInfo {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let gap = u16::from(area.height >= 14);
    let mut text = ParagraphBuilder::new(theme, area.width).with_voice(audience.voice());
    let phrase = disambiguation.tell_apart.phrase();
    let remaining = disambiguation.tell_apart.remaining();
    let buttons = if let Some(phrase) = &phrase {
        text.text(Tone::Strong, strings::does_it_contain(phrase, audience.voice()).as_str());
        Buttons::new(strings::word_answers(), area.width, None)
    } else {
        text.text(Tone::Strong, strings::CHOOSE_ONE);
        let columns = usize::from(area.width).saturating_sub(10);
        let articles = remaining.iter().filter_map(|article| kb.articles.get(*article));
        let labels = articles.map(|article| article.message.one_line()).chain([strings::NONE_OF_THESE.to_owned()]);
        let labels = labels.zip(0..).map(|(label, number)| (truncate(&label, columns), super::number_key(number)));
        Buttons::stacked(&labels.collect::<Vec<_>>())
    };
    let rows_of_buttons = buttons.rows().min(area.height.saturating_sub(2 * gap + 1));
    let room = area.height.saturating_sub(2 * gap + rows_of_buttons);
    let rows = u16::try_from(text.len()).unwrap_or(u16::MAX).min(room);
    let [_, body, _, below, _, rest] = Layout::vertical([
        Constraint::Length(gap),
        Constraint::Length(rows),
        Constraint::Length(gap),
        Constraint::Length(rows_of_buttons),
        Constraint::Length(gap),
        Constraint::Fill(1),
    ])
    .areas(area);
    let seen = text.show(frame, body, disambiguation.scroll);
    let places = buttons.draw(Some(disambiguation.selected), theme, frame, below);
    if rest.height > 1 {
        if phrase.is_some() {
            draw_candidates(&remaining, kb, theme, frame, rest);
        } else if let Some(article) =
            remaining.get(disambiguation.selected).and_then(|article| kb.articles.get(*article))
        {
            // The description of the selected error helps to recognize it.
            let mut lines = ParagraphBuilder::new(theme, rest.width).with_voice(audience.voice());
            let description = lines.read(&article.description);
            lines.text(Tone::Dim, description);
            lines.show_from(frame, rest, 0);
        }
    }
    FrameInfo { seen, hit_regions: super::answers(places) }
}

fn draw_candidates(remaining: &[usize], kb: &KnowledgeBase, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let mut lines = ParagraphBuilder::new(theme, area.width);
    lines.text(Tone::Dim, strings::STILL_POSSIBLE);
    for article in remaining.iter().take(LISTED).filter_map(|article| kb.articles.get(*article)) {
        let message = truncate(&article.message.one_line(), lines.columns().saturating_sub(2));
        lines.bullet((Tone::Dim, "- "), (Tone::Text, message.as_str()));
    }
    if let Some(others) = remaining.len().checked_sub(LISTED).filter(|others| *others > 0) {
        lines.text(Tone::Dim, &strings::and_others(others));
    }
    lines.show_from(frame, area, 0);
}
