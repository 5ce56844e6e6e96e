//! Drafts of new articles: the answers that `unstuck new` collects, and the YAML file made from them.

use crate::kb::{Article, Collection, KnowledgeBase, Role};

/// The content of a new article.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The error message, word for word.
    pub message: String,
    /// The description.
    pub description: String,
    /// The keywords.
    pub keywords: Vec<String>,
    /// The answers to clues, as (clue id, whether the answer is yes).
    pub clues: Vec<(String, bool)>,
    /// The source of its facts, or the reason why there is none.
    pub source: Source,
    /// The solution, if known: the heading, and the steps as (role, text).
    pub solution: Option<(String, Vec<(Role, String)>)>,
    /// The heading of the escalation: the person or team to contact.
    pub escalation: String,
    /// The contact of the escalation; empty if unknown.
    pub contact: String,
    /// The details that the contact needs.
    pub bring: Vec<String>,
}

/// The source of an article's facts.
#[derive(Debug, Clone)]
pub enum Source {
    /// A link.
    Link(String),
    /// No source; contains the reason.
    None(String),
}

impl Default for Source {
    fn default() -> Self {
        Self::None(String::new())
    }
}

impl Draft {
    /// Returns the article as YAML. It is valid as it is, and a starting point for its author. `today` is the review date as
    /// YYYY-MM-DD.
    #[must_use]
    pub fn file(&self, today: &str) -> String {
        let mut lines = vec![format!("message: {}", yaml_scalar(&self.message))];
        if !self.description.is_empty() {
            lines.push(format!("description: {}", yaml_scalar(&self.description)));
        }
        if !self.keywords.is_empty() {
            lines.push("keywords:".to_owned());
            lines.extend(self.keywords.iter().map(|keyword| format!("  - {}", yaml_scalar(keyword))));
        }
        if !self.clues.is_empty() {
            lines.push("clues:".to_owned());
            lines.extend(self.clues.iter().map(|(clue, yes)| format!("  {clue}: {}", if *yes { "yes" } else { "no" })));
        }
        match &self.source {
            Source::Link(link) => lines.push(format!("sources:\n  - {}", yaml_scalar(link))),
            Source::None(reason) => lines.push(format!("suppress:\n  W005: {}", yaml_scalar(reason))),
        }
        lines.push(format!("reviewed: {today}\n"));
        lines.push(
            "# The flow starts at its first node. Add questions before the solution if the path depends on something."
                .to_owned(),
        );
        lines.push("flow:".to_owned());
        let mut scenarios = vec!["\nscenarios:".to_owned()];
        if let Some((head, steps)) = &self.solution {
            lines.push(format!("  fix:\n    solution: {}\n    steps:", yaml_scalar(head)));
            scenarios.push("  it helps:\n    answers: [solved]\n    ends: fix\n    steps:".to_owned());
            for (by, step) in steps {
                lines.push(format!("      - {by}: {}", yaml_scalar(step)));
                scenarios.push(format!("      - {by}: {}", yaml_scalar(step)));
            }
            lines.push("    otherwise: escalated".to_owned());
            scenarios.push("  it does not help:\n    answers: [not-solved]\n    ends: escalated".to_owned());
        } else {
            scenarios.push("  no solution is known:\n    answers: []\n    ends: escalated".to_owned());
        }
        lines.push(format!("  escalated:\n    escalation: {}", yaml_scalar(&self.escalation)));
        if !self.contact.is_empty() {
            lines.push(format!("    contact: {}", yaml_scalar(&self.contact)));
        }
        if !self.bring.is_empty() {
            lines.push("    bring:".to_owned());
            lines.extend(self.bring.iter().map(|item| format!("      - {}", yaml_scalar(item))));
        }
        lines.extend(scenarios);
        lines.join("\n") + "\n"
    }

    /// Whether a clue has different answers in the draft and in an article of `collection`.
    #[must_use]
    pub(crate) fn is_distinguished_from(&self, article: &Article, collection: &Collection) -> bool {
        article.clues.iter().any(|(clue, yes)| {
            let name = collection.clues.get(*clue).map(|clue| clue.id.as_str());
            self.clues.iter().any(|(own, answer)| Some(own.as_str()) == name && answer != yes)
        })
    }
}

/// Returns the articles of a collection that no clue distinguishes from the draft, most similar first. `near` contains the
/// search results for the draft's message, as indices of articles.
#[must_use]
pub fn indistinguishable<'a>(
    kb: &'a KnowledgeBase,
    collection: usize,
    draft: &Draft,
    near: &[usize],
) -> Vec<&'a Article> {
    let Some(own) = kb.collections.get(collection) else { return Vec::new() };
    let rank = |at: usize| near.iter().position(|near| *near == at).unwrap_or(near.len());
    let mut articles: Vec<(usize, &Article)> = kb
        .articles
        .iter()
        .enumerate()
        .filter(|(_, article)| article.collection == collection && !draft.is_distinguished_from(article, own))
        .map(|(at, article)| (rank(at), article))
        .collect();
    articles.sort_by_key(|(rank, _)| *rank);
    articles.into_iter().map(|(_, article)| article).collect()
}

/// Returns the clue (an index) to ask next: the one that most articles answer, without the clues in `asked`. If the first
/// article answers a clue, that counts as much as all articles together. `None` if no clue is left.
#[must_use]
pub fn next_clue(collection: &Collection, articles: &[&Article], asked: &[usize]) -> Option<usize> {
    let weight = |clue: usize| -> usize {
        let says = |article: &&Article| article.clues.iter().any(|(own, _)| *own == clue);
        let nearest = articles.first().map_or(0, |first| if says(first) { articles.len() } else { 0 });
        nearest + articles.iter().filter(|article| says(article)).count()
    };
    let open = (0..collection.clues.len()).filter(|clue| !asked.contains(clue) && weight(*clue) > 0);
    open.max_by_key(|clue| (weight(*clue), std::cmp::Reverse(*clue)))
}

/// Returns a text as a YAML scalar for the value of a mapping: plain if YAML reads it unchanged, otherwise double-quoted.
#[must_use]
pub fn yaml_scalar(text: &str) -> String {
    let bare = serde_yaml::to_string(text).unwrap_or_default();
    let bare = bare.trim_end();
    let is_plain = bare == text && !text.contains(" #") && !text.contains(": ");
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// Returns a text as a double-quoted YAML scalar, which is valid in every position.
#[must_use]
pub fn quoted(text: &str) -> String {
    // Invariant: serializing a `str` as JSON can't fail. A JSON string is also a YAML double-quoted scalar.
    serde_json::to_string(text).unwrap_or_default()
}

/// Returns a name made of the first four words of a text that contain only ASCII characters: `Does the printer beep?` becomes
/// `does-the-printer-beep`. Returns `otherwise` if there are none.
#[must_use]
pub fn slug(text: &str, otherwise: &str) -> String {
    const WORDS: usize = 4;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && word.is_ascii());
    let name = words.take(WORDS).map(str::to_lowercase).collect::<Vec<_>>().join("-");
    if name.is_empty() { otherwise.to_owned() } else { name }
}
