//! What a screen gives to somebody else: a text to copy or to save, a link to open.

use crate::app::model::{Model, Screen};
use crate::handout;
use crate::kb::{Node, NodeKind};
use crate::text::{Clean, markup};

/// What the screen of a walk says, to copy or to save, and a name for it.
pub(super) fn handout(model: &Model) -> Option<(String, String)> {
    match &model.screen {
        Screen::Walk(walking) => Some(handout::whole(&walking.walk, model.audience)),
        Screen::Letters(letters) => {
            let id = letters.under.walk.kb().entry(letters.under.walk.article())?.0.id.clone();
            letters.letters(model.audience).into_iter().nth(letters.shown).map(|letter| (id, letter.text))
        }
        _ => None,
    }
}

/// The link that the screen shows, or else where the facts of the article come from.
pub(super) fn link(model: &Model) -> Option<String> {
    let kb = model.search.kb();
    let (article, node) = match &model.screen {
        Screen::Find => (model.find.results.found.get(model.find.selected)?.article, None),
        Screen::Walk(walking) => (walking.walk.article(), walking.walk.node()),
        _ => return None,
    };
    let contact = match node.map(|node| &node.kind) {
        Some(NodeKind::Escalation(escalation)) => escalation.contact.as_deref(),
        _ => None,
    };
    let in_texts = node.map(Node::texts).unwrap_or_default().into_iter().flat_map(|text| markup::links(text));
    let source = kb.articles.get(article).and_then(|article| article.sources.first());
    contact.into_iter().chain(in_texts).chain(source.map(Clean::as_str)).find_map(as_link)
}

/// A text as a link that is safe to open: a web page, or a letter to an address.
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
