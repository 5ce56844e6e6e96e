//! Output of a screen: text to copy or save, and the link to open. Only links that are safe to open are returned.

use crate::app::model::{Model, Screen};
use crate::kb::{Node, NodeKind};
use crate::report;
use crate::text::{SanitizedText, markup};

/// Returns the text of a flow, or of the shown message to send, as (article ID, text). `None` on other screens.
pub(super) fn export_text(model: &Model) -> Option<(String, String)> {
    match &model.screen {
        Screen::Flow(pane) => Some(report::full_text(&pane.session, model.audience, &pane.entry_point, &pane.blanks)),
        Screen::Handover(handover) => {
            let id =
                handover.parent.session.kb().article_with_collection(handover.parent.session.article())?.0.id.clone();
            handover.messages(model.audience).into_iter().nth(handover.shown).map(|message| (id, message.text))
        }
        _ => None,
    }
}

/// Returns the first safe link among the contact of an escalation, the links in the current node, and the first source of the
/// article.
pub(super) fn link(model: &Model) -> Option<String> {
    let kb = model.search.kb();
    let (article, node) = match &model.screen {
        Screen::Search => (model.selected_article()?, None),
        Screen::Flow(pane) => (pane.session.article(), pane.session.node()),
        _ => return None,
    };
    let contact = match node.map(|node| &node.kind) {
        Some(NodeKind::Escalation(escalation)) => escalation.contact.as_deref(),
        _ => None,
    };
    let texts = node.map(Node::texts).unwrap_or_default();
    let in_texts = texts.into_iter().flat_map(|text| markup::links(text.written()));
    let source = kb.articles.get(article).and_then(|article| article.sources.first());
    contact.into_iter().chain(in_texts).chain(source.map(SanitizedText::as_str)).find_map(as_link)
}

/// Returns a text as a link if it is safe to open: an `https` URL, or an email address with `mailto:`.
fn as_link(text: &str) -> Option<String> {
    let is_plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic());
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let is_address = || text.split('@').count() == 2 && !text.contains([':', '/', '?', '&', '"', '\'']);
    match text {
        _ if !is_plain => None,
        link if link.starts_with("https://") => Some(link.to_owned()),
        address if is_address() => Some(format!("mailto:{address}")),
        _ => None,
    }
}
