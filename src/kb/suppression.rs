//! Suppressed warnings. Each suppression is in the file that it applies to and has a reason.

use borsh::{BorshDeserialize, BorshSerialize};

use super::diagnostic::{Diagnostic, Location, RuleId};
use super::{Article, Collection, KnowledgeBase};

/// A warning that is suppressed in one file.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Suppression {
    /// The code of the warning.
    pub code: RuleId,
    /// The location of the suppression, which applies only to the file of this location.
    pub location: Location,
}

/// Removes the suppressed warnings.
#[must_use]
pub fn unsuppressed(kb: &KnowledgeBase, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let suppressions: Vec<&Suppression> = suppressions(kb).collect();
    diagnostics.retain(|diagnostic| !suppressions.iter().any(|suppression| suppression.matches(diagnostic)));
    diagnostics
}

/// Removes the suppressed warnings and adds a warning for each suppression without an effect. `diagnostics` must contain the
/// results of all checks.
#[must_use]
pub fn apply_suppressions(kb: &KnowledgeBase, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let useless: Vec<Diagnostic> = suppressions(kb)
        .filter(|suppression| !diagnostics.iter().any(|diagnostic| suppression.matches(diagnostic)))
        .map(|suppression| Diagnostic {
            code: RuleId::UnusedSuppression,
            location: suppression.location.clone(),
            message: format!("this file has no warning {} to suppress", suppression.code),
            help: "remove this line; it would hide a future warning".to_owned(),
        })
        .collect();
    let mut diagnostics = unsuppressed(kb, diagnostics);
    diagnostics.extend(useless);
    diagnostics
}

impl Suppression {
    fn matches(&self, diagnostic: &Diagnostic) -> bool {
        self.code == diagnostic.code && self.location.file == diagnostic.location.file
    }
}

fn suppressions(kb: &KnowledgeBase) -> impl Iterator<Item = &Suppression> {
    let of_collections = kb.collections.iter().flat_map(|collection: &Collection| &collection.suppressions);
    of_collections.chain(kb.articles.iter().flat_map(|article: &Article| &article.suppressions))
}
