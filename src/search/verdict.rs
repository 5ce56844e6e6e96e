//! From evidence to a verdict: one article, several that it could be, or none.

use super::query::Manner;
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

/// What must be explained: a share of the query, and a weight, so that a lone everyday word finds nothing.
struct Least {
    share: f64,
    weight: f64,
}

/// Of a few typed words, by one message.
const FRAGMENT: Least = Least { share: 0.6, weight: 1.6 };
/// Of a few typed words, by all that describes an article.
const FRAGMENT_DESCRIBED: Least = Least { share: 0.9, weight: 6.0 };
/// Of a longer text, by one message.
const TEXT: Least = Least { share: 0.55, weight: 3.0 };
/// Of a longer text, by all that describes an article.
const DESCRIBED: Least = Least { share: 0.62, weight: 9.0 };
/// The same where somebody tells what happened.
const TOLD: Least = Least { share: 0.42, weight: 6.0 };
/// Of a message that stands somewhere in a longer text.
const STANDS: Least = Least { share: 0.6, weight: 6.0 };

/// By how much more one article must explain than another to be told from it.
const DECIDES: f64 = 1.25;

/// Share of a text that must be there for it to count as said in full.
const COMPLETE: f64 = 0.93;

/// What a word is worth that a nearly complete text has and the query does not.
const MISSING: f64 = 0.3;

/// Two stretches are the same when they differ by no more than this.
const SAME: f64 = 0.3;

/// What a word is worth that stands beside the stretch, or only in what describes the article.
const BESIDE: f64 = 0.6;

/// How far behind the best, as a share of it, an article may stand to be a guess as well.
const GUESS: f64 = 0.3;

/// What it is worth that all letters of the query stand in a text, in runs of three.
const LETTERS: f64 = 6.0;

/// What it is worth that the whole of a short query stands in a text to the letter, and that it stands at its beginning.
const NEAR: f64 = 4.0;
const AT_BEGINNING: f64 = 0.6;

/// A query that comes no nearer than this comes near by chance.
const BY_CHANCE: f64 = 0.5;

/// More contenders than these are narrowed to those that begin as the query begins; a description is shown with no more.
const MOST_GUESSES: usize = 4;

/// Sorts the evidence, best first, keeps what fits, and says how many of it contend.
pub(super) fn judge(evidence: &mut Vec<Evidence>, manner: Manner) -> (Verdict, usize) {
    evidence.retain(|one| fits(one, manner));
    let longest = evidence.iter().map(|one| one.stretch).fold(0.0, f64::max);
    let in_full = |one: &Evidence| one.complete >= COMPLETE && one.stretch >= longest - SAME;
    let value = |one: &Evidence| value(one, in_full(one));
    evidence.sort_by(|a, b| value(b).total_cmp(&value(a)).then(a.article.cmp(&b.article)));
    let Some(best) = evidence.first().cloned() else { return (Verdict::None, 0) };
    let best = &best;
    let margin = if described(best) { GUESS * value(best) } else { DECIDES };
    let contends = |other: &&Evidence| {
        let told = in_full(best) && !in_full(other);
        value(best) - value(other) < margin && !told
    };
    // The best one contends with itself, whatever its own rules say.
    let mut contenders = 1 + evidence.iter().skip(1).take_while(contends).count();
    if contenders > MOST_GUESSES {
        let beginning = evidence.iter().take(contenders).filter(|one| one.begins).count();
        if beginning > 0 {
            evidence.sort_by_key(|one| !one.begins);
            contenders = beginning;
        } else if described(best) && manner != Manner::Fragment {
            contenders = MOST_GUESSES;
        }
    }
    (if contenders == 1 { Verdict::Match } else { Verdict::Ambiguous }, contenders)
}

/// Whether an article could be meant at all.
fn fits(one: &Evidence, manner: Manner) -> bool {
    let (text, described) = match manner {
        Manner::Fragment => (FRAGMENT, FRAGMENT_DESCRIBED),
        Manner::Text => (TEXT, DESCRIBED),
        Manner::Told => (TEXT, TOLD),
    };
    one.coded
        || text.reached(one.text_share, one.stretch)
        || described.reached(one.share, one.explained)
        || STANDS.reached(one.complete, one.stretch)
        || one.spelt
}

impl Least {
    fn reached(&self, share: f64, weight: f64) -> bool {
        share >= self.share && weight >= self.weight
    }
}

/// Whether the article is found by what describes it rather than by its message.
fn described(one: &Evidence) -> bool {
    one.explained > 1.6 * one.stretch.max(0.0) && !one.coded
}

/// What the evidence is worth for the order. `in_full` says that its text stands there and no other explains more.
fn value(one: &Evidence, in_full: bool) -> f64 {
    let said = if in_full { DECIDES } else { 0.3 * DECIDES * one.complete };
    let stretch = one.stretch.max(0.0);
    let explained = one.explained.min(stretch + BESIDE * (one.explained - stretch).max(0.0));
    let letters = if one.coded { 0.0 } else { LETTERS * one.letters };
    let near = |nearness: f64| (nearness - BY_CHANCE).max(0.0) / (1.0 - BY_CHANCE);
    let near = NEAR * near(one.near.anywhere) + AT_BEGINNING * near(one.near.beginning);
    explained + said + letters + near - MISSING * one.missing * one.complete * one.complete
}
