//! Drafts of new articles: the answers that `unstuck new` collects, and the YAML file made from them.

use crate::kb::Role;

/// The content of a new article.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The error message, word for word.
    pub message: String,
    /// The description.
    pub description: String,
    /// The keywords.
    pub keywords: Vec<String>,
    /// Whether to write that no situation leads to the article.
    pub without_situation: bool,
    /// The source of the article's information, or the reason why there is none.
    pub source: Source,
    /// The solution, as (heading, steps). Each step is (role, text). `None` if no solution is known.
    pub solution: Option<(String, Vec<(Role, String)>)>,
    /// The heading of the escalation: the person or team to contact.
    pub escalation: String,
    /// The contact of the escalation. Empty if unknown.
    pub contact: String,
    /// The details that the contact needs.
    pub bring: Vec<String>,
}

/// The source of an article's information.
#[derive(Debug, Clone)]
pub enum Source {
    /// A link.
    Link(String),
    /// No source. Contains the reason.
    None(String),
}

impl Default for Source {
    fn default() -> Self {
        Self::None(String::new())
    }
}

impl Draft {
    /// Returns the article as YAML. The article is valid, and its author can extend it. `today` is the review date as
    /// YYYY-MM-DD.
    #[must_use]
    pub fn article(&self, today: &str) -> String {
        let mut lines = vec![format!("message: {}", yaml_scalar(&self.message))];
        if !self.description.is_empty() {
            lines.push(format!("description: {}", yaml_scalar(&self.description)));
        }
        if !self.keywords.is_empty() {
            lines.push("keywords:".to_owned());
            lines.extend(self.keywords.iter().map(|keyword| format!("  - {}", yaml_scalar(keyword))));
        }
        if self.without_situation {
            lines.push("# Remove this line after you add a situation to the collection.".to_owned());
            lines.push("situation: none".to_owned());
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
        if let Some((head, steps)) = &self.solution {
            lines.push(format!("  fix:\n    solution: {}\n    steps:", yaml_scalar(head)));
            for (by, step) in steps {
                lines.push(format!("      - {by}: {}", yaml_scalar(step)));
            }
            lines.push("    otherwise: escalated".to_owned());
        }
        lines.push(format!("  escalated:\n    escalation: {}", yaml_scalar(&self.escalation)));
        if !self.contact.is_empty() {
            lines.push(format!("    contact: {}", yaml_scalar(&self.contact)));
        }
        if !self.bring.is_empty() {
            lines.push("    bring:".to_owned());
            lines.extend(self.bring.iter().map(|item| format!("      - {}", yaml_scalar(item))));
        }
        lines.join("\n") + "\n"
    }

    /// Returns the scenarios as YAML.
    #[must_use]
    pub fn scenarios(&self) -> String {
        let Some((_, steps)) = &self.solution else {
            return "no solution is known:\n  answers: []\n  ends: escalated\n".to_owned();
        };
        let roles: Vec<&str> = steps.iter().map(|(by, _)| by.name()).collect();
        format!(
            "it helps:\n  answers: [solved]\n  ends: fix\n  steps: [{}]\nit does not help:\n  answers: [not-solved]\n  ends: escalated\n",
            roles.join(", ")
        )
    }
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
/// `does-the-printer-beep`. Returns `otherwise` if the text has no such words.
#[must_use]
pub fn slug(text: &str, otherwise: &str) -> String {
    const WORDS: usize = 4;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && word.is_ascii());
    let name = words.take(WORDS).map(str::to_lowercase).collect::<Vec<_>>().join("-");
    if name.is_empty() { otherwise.to_owned() } else { name }
}
