//! Warnings that their authors have silenced, each in its file and with a reason.

use borsh::{BorshDeserialize, BorshSerialize};

use super::finding::{Code, Finding, Place};
use super::{Article, Collection, KnowledgeBase};

/// A warning that is not to be said of a file.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Silence {
    /// The warning.
    pub code: Code,
    /// Where it is silenced; it counts for this file only.
    pub place: Place,
}

/// The findings without those that are silenced.
#[must_use]
pub fn audible(kb: &KnowledgeBase, mut findings: Vec<Finding>) -> Vec<Finding> {
    let silences: Vec<&Silence> = silences(kb).collect();
    findings.retain(|finding| !silences.iter().any(|silence| silence.is_of(finding)));
    findings
}

/// The findings of every rule without those that are silenced, and a finding for each silence that silences nothing.
#[must_use]
pub fn settled(kb: &KnowledgeBase, findings: Vec<Finding>) -> Vec<Finding> {
    let useless: Vec<Finding> = silences(kb)
        .filter(|silence| !findings.iter().any(|finding| silence.is_of(finding)))
        .map(|silence| Finding {
            code: Code::UselessSilence,
            place: silence.place.clone(),
            message: format!("there is no warning {} in this file", silence.code),
            help: "remove this line; it would hide a later mistake".to_owned(),
        })
        .collect();
    let mut findings = audible(kb, findings);
    findings.extend(useless);
    findings
}

impl Silence {
    fn is_of(&self, finding: &Finding) -> bool {
        self.code == finding.code && self.place.file == finding.place.file
    }
}

fn silences(kb: &KnowledgeBase) -> impl Iterator<Item = &Silence> {
    let of_collections = kb.collections.iter().flat_map(|collection: &Collection| &collection.silences);
    of_collections.chain(kb.articles.iter().flat_map(|article: &Article| &article.silences))
}
