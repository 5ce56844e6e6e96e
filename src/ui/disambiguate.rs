//! The screen with clue questions: the question, its answers and the likely errors.
//!
//! ```text
//! Question 2 to identify the error
//! Does the message mention an emergency reset code?
//!
//! Hint: Look for the words ...
//!
//! [ Yes (y) ]   No (n)     Not sure (u)
//!
//! It could still be:
//!  61 %  Enter your emergency reset code.
//!  39 %  Please contact your administrator to request ...
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
    let buttons = if let Some(clue) = disambiguation.clue() {
        text.text(Tone::Dim, &strings::clue_number(disambiguation.inquiry.replies().len() + 1));
        let question = text.read(&clue.question);
        text.text(Tone::Strong, question);
        if let Some(hint) = &clue.hint {
            text.blank();
            let hint = text.read(hint);
            text.labeled((Tone::Dim, strings::HINT), (Tone::Text, hint));
        }
        Buttons::new(strings::clue_answers(), area.width, None)
    } else {
        text.text(Tone::Strong, strings::CHOOSE_ONE);
        let columns = usize::from(area.width).saturating_sub(10);
        let candidates = disambiguation.inquiry.likely().into_iter();
        let labels = candidates.zip(0..).map(|((article, _), number)| {
            let message =
                kb.article_with_collection(article).map(|(article, _)| article.message.one_line()).unwrap_or_default();
            (truncate(&message, columns), super::number_key(number))
        });
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
    if disambiguation.clue().is_some() && rest.height > 1 {
        draw_candidates(disambiguation, kb, theme, frame, rest);
    }
    FrameInfo { seen, hit_regions: super::answers(places) }
}

fn draw_candidates(
    disambiguation: &Disambiguation,
    kb: &KnowledgeBase,
    theme: Theme,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let mut lines = ParagraphBuilder::new(theme, area.width);
    lines.text(Tone::Dim, strings::STILL_POSSIBLE);
    let likely = disambiguation.inquiry.likely();
    let others = likely.len().saturating_sub(LISTED);
    for (article, likely) in likely.into_iter().take(LISTED) {
        let Some((article, _)) = kb.article_with_collection(article) else { continue };
        let mark = format!("{:>3.0} %  ", likely * 100.0);
        let message = truncate(&article.message.one_line(), lines.columns().saturating_sub(mark.len()));
        lines.bullet((Tone::Dim, &mark), (Tone::Text, &message));
    }
    if others > 0 {
        lines.text(Tone::Dim, &strings::and_others(others));
    }
    lines.show_from(frame, area, 0);
}
