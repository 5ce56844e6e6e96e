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
const FRAGMENT_DESCRIBED: Least = Least { share: 0.88, weight: 4.5 };
/// Of a longer text, by one message.
const TEXT: Least = Least { share: 0.55, weight: 3.0 };
/// Of a longer text, by all that describes an article.
const DESCRIBED: Least = Least { share: 0.62, weight: 9.0 };
/// The same where somebody tells what happened.
const TOLD: Least = Least { share: 0.36, weight: 6.0 };
/// Of a message that stands somewhere in a longer text.
const STANDS: Least = Least { share: 0.6, weight: 6.0 };

/// How much likelier, as a logarithm, one article must be than another to be told from it: some twelve times.
const DECIDES: f64 = 2.5;

/// Share of a text that must be there for it to count as said in full.
const COMPLETE: f64 = 0.93;

/// Two stretches are the same when they differ by no more than this.
const SAME: f64 = 0.3;

/// Share of the query that a text must explain by itself; below, an article that explains about as much of the query by what
/// describes it contends as well.
const TOLD_BY_TEXT: f64 = 0.8;
const AS_MUCH: f64 = 0.05;

/// How far behind the best, as a share of what it explains, an article may stand to be a guess as well.
const GUESS: f64 = 0.3;

/// A fragment that comes at least this near to a part of a text is meant to be it, however its words are spelt.
const MEANT: f64 = 0.67;
/// The same for no fewer letters than these.
const LONG_ENOUGH: u32 = 12;

/// What makes an article likelier, in logarithms of odds. The figures come from a regression over damaged queries of ten thousand
/// and of a hundred thousand messages, then rounded.
mod worth {
    /// A word's weight in the best stretch.
    pub(super) const STRETCH: f64 = 0.24;
    /// A text that is said as a whole.
    pub(super) const COMPLETE: f64 = 5.8;
    /// One that is said in full while no other explains more.
    pub(super) const IN_FULL: f64 = 1.7;
    /// A word's weight that a nearly complete text has and the query does not.
    pub(super) const MISSING: f64 = -0.18;
    /// All letters of the query standing in a text, in runs of three.
    pub(super) const LETTERS: f64 = 8.7;
    /// A code that is named.
    pub(super) const CODED: f64 = 10.0;
    /// The whole of a short query standing in a text to the letter, and standing at its beginning.
    pub(super) const NEAR: f64 = 5.7;
    pub(super) const BEGINNING: f64 = 2.0;
    /// All of the query being explained by one text, or by all that describes the article.
    pub(super) const TEXT_SHARE: f64 = 6.9;
    pub(super) const SHARE: f64 = 7.3;
}

/// A fragment comes no nearer than this by chance.
const BY_CHANCE: f64 = 0.7;

/// More contenders than these are narrowed to those that begin as the query begins; a description is shown with no more.
const MOST_GUESSES: usize = 4;

/// Sorts the evidence, best first, keeps what fits, and says how many of it contend.
pub(super) fn judge(evidence: &mut Vec<Evidence>, manner: Manner) -> (Verdict, usize) {
    evidence.retain(|one| fits(one, manner));
    // Who names a code means it: a few words of another message, such as those around the code, are none.
    let is_named = evidence.iter().any(|one| one.coded);
    evidence.retain(|one| !is_named || one.coded || described(one) || one.stretch >= STANDS.weight);
    let longest = evidence.iter().map(|one| one.stretch).fold(0.0, f64::max);
    let in_full = |one: &Evidence| one.complete >= COMPLETE && one.stretch >= longest - SAME;
    let likelihood = |one: &Evidence| likelihood(one, in_full(one));
    evidence.sort_by(|a, b| likelihood(b).total_cmp(&likelihood(a)).then(a.article.cmp(&b.article)));
    let Some(best) = evidence.first().cloned() else { return (Verdict::None, 0) };
    let best = &best;
    let contends = |other: &Evidence| {
        if other.article == best.article {
            return true;
        }
        let as_well = if described(best) {
            other.explained > (1.0 - GUESS) * best.explained
        } else if best.coded && !other.coded {
            // Unless another message stands there as a whole.
            in_full(other) && explains(best) - explains(other) < DECIDES
        } else {
            // A code that several articles have names them all; it takes more to tell them apart.
            let decides = if best.coded { 2.0 * DECIDES } else { DECIDES };
            let told_by_text = best.text_share >= TOLD_BY_TEXT;
            explains(best) - explains(other) < decides || (!told_by_text && other.share >= best.share - AS_MUCH)
        };
        let to_the_letter = |one: &Evidence| one.near.of >= LONG_ENOUGH && one.near.anywhere >= 1.0;
        as_well && (in_full(other) || !in_full(best)) && (to_the_letter(other) || !to_the_letter(best))
    };
    let mut contenders = evidence.iter().filter(|one| contends(one)).count();
    evidence.sort_by_key(|one| !contends(one));
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
        || one.near.of >= LONG_ENOUGH && one.near.anywhere >= MEANT
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

/// How likely the article is, as a logarithm. `in_full` says that its text stands there and no other explains more.
fn likelihood(one: &Evidence, in_full: bool) -> f64 {
    explains(one)
        + worth::COMPLETE * one.complete
        + if in_full { worth::IN_FULL } else { 0.0 }
        + worth::MISSING * one.missing * one.complete * one.complete
        + worth::BEGINNING * near(one.near.beginning)
}

/// The part of it that says how well the article explains what was typed, whatever else it would say.
fn explains(one: &Evidence) -> f64 {
    worth::STRETCH * one.stretch.max(0.0)
        + if one.coded { worth::CODED } else { worth::LETTERS * one.letters }
        + worth::NEAR * near(one.near.anywhere)
        + worth::TEXT_SHARE * one.text_share
        + worth::SHARE * one.share
}

/// What of a nearness is more than chance, 0 to 1.
fn near(nearness: f64) -> f64 {
    (nearness - BY_CHANCE).max(0.0) / (1.0 - BY_CHANCE)
}
