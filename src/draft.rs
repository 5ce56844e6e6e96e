//! An article that is being begun: what has been said about it so far, and the file that it makes.

use crate::kb::{Actor, Article, Collection, KnowledgeBase};

/// What is known of a new article.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The error's text, to the letter.
    pub message: String,
    /// What has happened.
    pub description: String,
    /// What people say in their own words.
    pub keywords: Vec<String>,
    /// Its answers to clues, by their names.
    pub clues: Vec<(String, bool)>,
    /// Where its facts come from, or else why there is nothing to name.
    pub source: Source,
    /// What helps: a head line, and who does what.
    pub solution: Option<(String, Vec<(Actor, String)>)>,
    /// Who takes over.
    pub escalation: String,
    /// Where to reach them.
    pub contact: String,
    /// What they need.
    pub bring: Vec<String>,
}

/// Where the facts of an article come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A link.
    Link(String),
    /// Why there is none.
    None(String),
}

impl Default for Source {
    fn default() -> Self {
        Self::None(String::new())
    }
}

impl Draft {
    /// The file: an article that can be served as it is, and is meant to be written on.
    #[must_use]
    pub fn file(&self, today: &str) -> String {
        let mut lines = vec![format!("message: {}", scalar(&self.message))];
        if !self.description.is_empty() {
            lines.push(format!("description: {}", scalar(&self.description)));
        }
        if !self.keywords.is_empty() {
            lines.push("keywords:".to_owned());
            lines.extend(self.keywords.iter().map(|keyword| format!("  - {}", scalar(keyword))));
        }
        if !self.clues.is_empty() {
            lines.push("clues:".to_owned());
            lines.extend(self.clues.iter().map(|(clue, yes)| format!("  {clue}: {}", if *yes { "yes" } else { "no" })));
        }
        match &self.source {
            Source::Link(link) => lines.push(format!("sources:\n  - {}", scalar(link))),
            Source::None(reason) => lines.push(format!("silence:\n  W005: {}", scalar(reason))),
        }
        lines.push(format!("reviewed: {today}\n"));
        lines.push("# The flow starts at its first node. Put questions before the solution where the way depends on something.".to_owned());
        lines.push("flow:".to_owned());
        let mut scenarios = vec!["\nscenarios:".to_owned()];
        if let Some((head, steps)) = &self.solution {
            lines.push(format!("  fix:\n    solution: {}\n    steps:", scalar(head)));
            scenarios.push("  it helps:\n    answers: [solved]\n    ends: fix\n    steps:".to_owned());
            for (by, step) in steps {
                lines.push(format!("      - by: {by}\n        do: {}", scalar(step)));
                scenarios.push(format!("      - {by}: {}", scalar(step)));
            }
            lines.push("    otherwise: handed-over".to_owned());
            scenarios.push("  it does not help:\n    answers: [not-solved]\n    ends: handed-over".to_owned());
        } else {
            scenarios.push("  it is handed over:\n    answers: []\n    ends: handed-over".to_owned());
        }
        lines.push(format!("  handed-over:\n    escalation: {}", scalar(&self.escalation)));
        if !self.contact.is_empty() {
            lines.push(format!("    contact: {}", scalar(&self.contact)));
        }
        if !self.bring.is_empty() {
            lines.push("    bring:".to_owned());
            lines.extend(self.bring.iter().map(|item| format!("      - {}", scalar(item))));
        }
        lines.extend(scenarios);
        lines.join("\n") + "\n"
    }

    /// Whether some clue tells it from an article.
    #[must_use]
    pub(crate) fn is_told_from(&self, article: &Article, collection: &Collection) -> bool {
        article.clues.iter().any(|(clue, yes)| {
            let name = collection.clues.get(*clue).map(|clue| clue.id.as_str());
            self.clues.iter().any(|(own, answer)| Some(own.as_str()) == name && answer != yes)
        })
    }
}

/// The articles of a collection that the draft is not yet told from, nearest first: `near` are those that its message finds.
#[must_use]
pub fn untold<'a>(kb: &'a KnowledgeBase, collection: usize, draft: &Draft, near: &[usize]) -> Vec<&'a Article> {
    let Some(own) = kb.collections.get(collection) else { return Vec::new() };
    let rank = |at: usize| near.iter().position(|near| *near == at).unwrap_or(near.len());
    let mut articles: Vec<(usize, &Article)> = kb
        .articles
        .iter()
        .enumerate()
        .filter(|(_, article)| article.collection == collection && !draft.is_told_from(article, own))
        .map(|(at, article)| (rank(at), article))
        .collect();
    articles.sort_by_key(|(rank, _)| *rank);
    articles.into_iter().map(|(_, article)| article).collect()
}

/// The clue that may tell the draft from most of some articles, of those that have not been `asked`; the nearest article counts
/// most.
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

/// A text as it stands behind a colon: bare where YAML takes it as it is, in quotes where it does not.
#[must_use]
pub fn scalar(text: &str) -> String {
    let bare = serde_yaml::to_string(text).unwrap_or_default();
    let bare = bare.trim_end();
    let is_plain = bare == text && !text.contains(" #") && !text.contains(": ");
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// A text in quotes, which may stand anywhere.
#[must_use]
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A name made of the first words of a text: `Does the printer beep?` becomes `does-the-printer-beep`. `otherwise` where it has none
/// that a name may hold.
#[must_use]
pub fn name_of(text: &str, otherwise: &str) -> String {
    const WORDS: usize = 4;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && word.is_ascii());
    let name = words.take(WORDS).map(str::to_lowercase).collect::<Vec<_>>().join("-");
    if name.is_empty() { otherwise.to_owned() } else { name }
}
