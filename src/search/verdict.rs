//! From evidence to a verdict: one article, several that it could be, or none.

use super::rank::Evidence;

/// What a search found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The first is the one.
    Match,
    /// Several could be it.
    Ambiguous,
    /// It is not an error of this knowledge base.
    None,
}

/// Share of the query that must be explained.
const SHARE: f64 = 0.45;

/// Weight that must be explained, so that a lone everyday word finds nothing.
const LEAST: f64 = 1.2;

/// By how much more one article must explain than another to be told from it.
const DECIDES: f64 = 1.3;

/// Share of a text that must be there for it to count as said in full.
const COMPLETE: f64 = 0.93;

/// Sorts the evidence, best first, and says how many of it contend.
pub(super) fn judge(evidence: &mut Vec<Evidence>) -> (Verdict, usize) {
    evidence.sort_by(|a, b| value(b).total_cmp(&value(a)).then(a.article.cmp(&b.article)));
    evidence.retain(|one| one.share >= SHARE && one.explained >= LEAST);
    let Some(best) = evidence.first() else { return (Verdict::None, 0) };
    let contenders = evidence.iter().take_while(|other| contends(best, other)).count();
    (if contends_alone(contenders) { Verdict::Match } else { Verdict::Ambiguous }, contenders)
}

fn contends_alone(contenders: usize) -> bool {
    contenders <= 1
}

/// What the evidence is worth for the order: what is explained, then how complete the text is.
fn value(evidence: &Evidence) -> f64 {
    evidence.explained + DECIDES * completeness(evidence)
}

fn completeness(evidence: &Evidence) -> f64 {
    if evidence.complete >= COMPLETE { 1.0 } else { 0.3 * evidence.complete }
}

fn contends(best: &Evidence, other: &Evidence) -> bool {
    let decided_by_text = best.complete >= COMPLETE && other.complete < COMPLETE && best.share > 0.6;
    value(best) - value(other) < DECIDES && !decided_by_text
}
