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

/// Share of a query that an article must explain.
const SHARE: f64 = 0.52;

/// Weight that must be explained, so that a lone everyday word finds nothing.
const LEAST: f64 = 1.6;

/// Share of a message that must stand in a longer text, whatever else stands there.
const STANDS: f64 = 0.72;

/// Weight that must be explained of a message that stands in a longer text.
const STANDS_LEAST: f64 = 5.5;

/// By how much more one article must explain than another to be told from it.
const DECIDES: f64 = 1.25;

/// Share of a text that must be there for it to count as said in full.
const COMPLETE: f64 = 0.93;

/// What a word is worth that a nearly complete text has and the query does not.
const MISSING: f64 = 0.3;

/// The most articles that a description in somebody's own words is shown with.
const MOST_GUESSES: usize = 4;

/// Sorts the evidence, best first, keeps what fits, and says how many of it contend.
pub(super) fn judge(evidence: &mut Vec<Evidence>, words: usize) -> (Verdict, usize) {
    evidence.retain(fits);
    evidence.sort_by(|a, b| value(b).total_cmp(&value(a)).then(a.article.cmp(&b.article)));
    let Some(best) = evidence.first() else { return (Verdict::None, 0) };
    let mut contenders = evidence.iter().take_while(|other| contends(best, other)).count();
    if described(best) && words > 3 {
        contenders = contenders.min(MOST_GUESSES);
    }
    (if contenders <= 1 { Verdict::Match } else { Verdict::Ambiguous }, contenders)
}

/// Whether an article could be meant at all.
fn fits(one: &Evidence) -> bool {
    let explains = one.share >= SHARE && one.explained >= LEAST;
    let stands = one.complete >= STANDS && one.stretch >= STANDS_LEAST;
    one.coded || explains || stands
}

/// Whether the article is found by what describes it rather than by its message.
fn described(one: &Evidence) -> bool {
    one.explained > 1.6 * one.stretch.max(0.0) && !one.coded
}

/// What the evidence is worth for the order.
fn value(one: &Evidence) -> f64 {
    let said = if one.complete >= COMPLETE { DECIDES } else { 0.3 * DECIDES * one.complete };
    let explained = one.explained.min(one.stretch.max(0.0) + 0.6 * (one.explained - one.stretch).max(0.0));
    explained + said - MISSING * one.missing * one.complete * one.complete
}

fn contends(best: &Evidence, other: &Evidence) -> bool {
    let explains_more = other.explained > best.explained + 0.2;
    let said_in_full = best.complete >= COMPLETE && other.complete < COMPLETE && !explains_more;
    let margin = if described(best) { 0.35 * value(best) } else { DECIDES };
    value(best) - value(other) < margin && !said_in_full
}
