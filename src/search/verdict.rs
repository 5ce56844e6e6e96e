//! From evidence to a verdict: one article, several that it could be, or none.

use super::nearness::BY_CHANCE;
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
    #[serde(rename = "none")]
    NoMatch,
}

/// What must be explained: a share of the query, and a weight, so that a lone everyday word finds nothing.
struct Least {
    share: f64,
    weight: f64,
}

/// Of a few typed words, by one message.
const FRAGMENT: Least = Least { share: 0.6, weight: 1.6 };
/// Of a few typed words, by all that describes an article.
const FRAGMENT_DESCRIBED: Least = Least { share: 0.84, weight: 5.0 };
/// Of a single word, by what describes an article.
const WORD_DESCRIBED: Least = Least { share: 0.69, weight: 1.0 };
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
const MEANT: f64 = 0.7;
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
    let Some(best) = evidence.first().cloned() else { return (Verdict::NoMatch, 0) };
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
        } else if described(best) && !matches!(manner, Manner::Word | Manner::Fragment) {
            contenders = MOST_GUESSES;
        }
    }
    (if contenders == 1 { Verdict::Match } else { Verdict::Ambiguous }, contenders)
}

/// Whether an article could be meant at all.
fn fits(one: &Evidence, manner: Manner) -> bool {
    let (text, described) = match manner {
        Manner::Word => (FRAGMENT, WORD_DESCRIBED),
        Manner::Fragment => (FRAGMENT, FRAGMENT_DESCRIBED),
        Manner::Text | Manner::Elsewhere => (TEXT, DESCRIBED),
        Manner::Told => (TEXT, TOLD),
    };
    one.coded
        || text.reached(one.text_share, one.stretch)
        || described.reached(one.share, one.explained)
        || STANDS.reached(one.complete, one.stretch)
        || manner != Manner::Elsewhere && (one.spelt || one.near.of >= LONG_ENOUGH && one.near.anywhere >= MEANT)
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

#[cfg(test)]
mod tests {
    use super::super::index::Field;
    use super::super::nearness::Nearness;
    use super::*;

    /// An article whose message explains all of a query, and stands there in part.
    fn one(article: usize) -> Evidence {
        Evidence {
            article,
            explained: 10.0,
            share: 1.0,
            text_share: 1.0,
            complete: 0.5,
            missing: 0.0,
            stretch: 10.0,
            letters: 0.0,
            spelt: false,
            begins: false,
            near: Nearness::default(),
            coded: false,
            field: Field::Message,
        }
    }

    /// One that is found by what describes it.
    fn told(article: usize, explained: f64) -> Evidence {
        Evidence { explained, text_share: 0.0, complete: 0.0, stretch: 0.0, ..one(article) }
    }

    /// The articles that contend, best first.
    fn contenders(evidence: &[Evidence], manner: Manner) -> Vec<usize> {
        let mut evidence = evidence.to_vec();
        let (verdict, contenders) = judge(&mut evidence, manner);
        let expected = match contenders {
            0 => Verdict::NoMatch,
            1 => Verdict::Match,
            _ => Verdict::Ambiguous,
        };
        assert_eq!(verdict, expected);
        evidence.iter().take(contenders).map(|one| one.article).collect()
    }

    /// How likely an article is as a whole.
    fn whole(one: &Evidence) -> f64 {
        likelihood(one, false)
    }

    #[test]
    fn nothing_that_fits_is_nothing() {
        assert_eq!(contenders(&[], Manner::Text), [0; 0]);
        let weak = Evidence { explained: 1.0, share: 0.1, text_share: 0.1, complete: 0.1, stretch: 1.0, ..one(0) };
        for manner in [Manner::Word, Manner::Fragment, Manner::Text, Manner::Told] {
            assert_eq!(contenders(std::slice::from_ref(&weak), manner), [0; 0]);
            for strong in [
                Evidence { coded: true, ..weak.clone() },
                Evidence { spelt: true, ..weak.clone() },
                Evidence { near: Nearness { anywhere: MEANT, of: LONG_ENOUGH, ..Nearness::default() }, ..weak.clone() },
                Evidence { complete: STANDS.share, stretch: STANDS.weight, ..weak.clone() },
            ] {
                assert_eq!(contenders(&[strong], manner), [0]);
            }
            let by_letters = Evidence { spelt: true, ..weak.clone() };
            assert_eq!(contenders(&[by_letters], Manner::Elsewhere), [0; 0], "about something else");
            let short = Nearness { anywhere: 1.0, of: LONG_ENOUGH - 1, ..Nearness::default() };
            assert_eq!(contenders(&[Evidence { near: short, ..weak.clone() }], manner), [0; 0]);
        }
    }

    #[test]
    fn a_limit_is_the_least_that_fits() {
        let least = [
            (Manner::Word, FRAGMENT, WORD_DESCRIBED),
            (Manner::Fragment, FRAGMENT, FRAGMENT_DESCRIBED),
            (Manner::Text, TEXT, DESCRIBED),
            (Manner::Told, TEXT, TOLD),
        ];
        for (manner, text, described) in least {
            let by_text = |share: f64, stretch: f64| {
                fits(&Evidence { text_share: share, stretch, share: 0.0, complete: 0.0, ..one(0) }, manner)
            };
            assert!(by_text(text.share, text.weight));
            assert!(!by_text(text.share - 0.01, text.weight) && !by_text(text.share, text.weight - 0.01));
            let by_description = |share: f64, explained: f64| fits(&Evidence { share, ..told(0, explained) }, manner);
            assert!(by_description(described.share, described.weight));
            assert!(!by_description(described.share - 0.01, described.weight));
            assert!(!by_description(described.share, described.weight - 0.01));
        }
    }

    #[test]
    fn one_that_explains_clearly_less_does_not_contend() {
        let step = DECIDES / worth::STRETCH;
        let beside = |behind: f64| {
            contenders(
                &[one(0), Evidence { stretch: 20.0 - behind, ..one(1) }, Evidence { stretch: 20.0, ..one(2) }],
                Manner::Text,
            )
        };
        assert_eq!(beside(step - 0.1), [2, 0, 1], "less by less than decides");
        assert_eq!(beside(step + 0.1), [2, 0]);
        assert_eq!(contenders(&[one(1), one(0)], Manner::Text), [0, 1], "of two that are as likely, the first");
    }

    #[test]
    fn where_no_text_tells_it_what_explains_as_much_in_other_ways_contends() {
        let best = Evidence { text_share: 0.79, letters: 1.0, ..one(0) };
        let other = |share: f64| Evidence { text_share: 0.6, share, explained: 10.0, ..one(1) };
        assert_eq!(contenders(&[best.clone(), other(0.96)], Manner::Text), [0, 1]);
        assert_eq!(contenders(&[best, other(0.94)], Manner::Text), [0]);
        let by_text = Evidence { text_share: 0.8, letters: 1.0, ..one(0) };
        assert_eq!(contenders(&[by_text, other(0.96)], Manner::Text), [0]);
    }

    #[test]
    fn who_names_a_code_means_it() {
        let coded = Evidence { coded: true, stretch: 15.0, complete: 1.0, text_share: 0.5, share: 0.5, ..one(0) };
        let few_words = Evidence { stretch: 5.9, explained: 5.9, ..one(1) };
        assert_eq!(contenders(&[coded.clone(), few_words], Manner::Text), [0]);
        let as_a_whole = Evidence { stretch: 15.0, complete: 1.0, letters: 0.1, ..one(1) };
        assert!(explains(&coded) - explains(&as_a_whole) < DECIDES);
        assert_eq!(
            contenders(&[coded.clone(), as_a_whole.clone()], Manner::Text),
            [0, 1],
            "a message stands there too"
        );
        let in_part = Evidence { complete: 0.9, ..as_a_whole.clone() };
        assert_eq!(contenders(&[coded.clone(), in_part], Manner::Text), [0]);
        let less = Evidence { text_share: 0.6, share: 0.7, ..as_a_whole };
        assert!(explains(&coded) - explains(&less) > DECIDES);
        assert_eq!(contenders(&[coded, less], Manner::Text), [0]);
    }

    #[test]
    fn words_of_another_message_around_a_code_are_none_unless_they_are_many() {
        let kept = |other: Evidence| {
            let mut evidence = vec![Evidence { coded: true, ..one(0) }, other];
            judge(&mut evidence, Manner::Text);
            evidence.len() == 2
        };
        let message = |stretch: f64| Evidence { stretch, explained: stretch, ..one(1) };
        assert!(!kept(message(STANDS.weight - 0.01)));
        assert!(kept(message(STANDS.weight)));
        assert!(kept(told(1, 10.0)), "what describes it is no message");
        assert!(kept(Evidence { stretch: 0.0, coded: true, ..one(1) }));
    }

    #[test]
    fn of_articles_with_the_same_code_it_takes_twice_as_much_to_tell_one() {
        let coded = |article: usize, stretch: f64| Evidence { coded: true, stretch, ..one(article) };
        let step = 2.0 * DECIDES / worth::STRETCH;
        assert_eq!(contenders(&[coded(0, 40.0), coded(1, 40.1 - step)], Manner::Text), [0, 1]);
        assert_eq!(contenders(&[coded(0, 40.0), coded(1, 39.9 - step)], Manner::Text), [0]);
    }

    #[test]
    fn a_message_that_stands_there_as_a_whole_is_told_from_its_parts() {
        let in_full = Evidence { complete: COMPLETE, ..one(0) };
        let in_part = Evidence { complete: COMPLETE - 0.01, ..one(1) };
        assert_eq!(contenders(&[in_part.clone(), in_full.clone()], Manner::Text), [0]);
        assert_eq!(contenders(&[in_part, Evidence { complete: 0.9, ..one(0) }], Manner::Text).len(), 2);
        let shorter = |behind: f64| Evidence { stretch: 10.0 - behind, complete: COMPLETE, ..one(1) };
        assert_eq!(contenders(&[in_full.clone(), shorter(SAME - 0.01)], Manner::Text), [0, 1]);
        assert_eq!(contenders(&[in_full, shorter(SAME + 0.01)], Manner::Text), [0], "a longer one stands there");
    }

    #[test]
    fn what_stands_there_to_the_letter_is_told_from_what_is_near() {
        let near = |article: usize, anywhere: f64, of: u32| {
            let near = Nearness { anywhere, of, ..Nearness::default() };
            Evidence { near, ..one(article) }
        };
        assert_eq!(contenders(&[near(0, 1.0, LONG_ENOUGH), near(1, 0.9, LONG_ENOUGH)], Manner::Text), [0]);
        assert_eq!(contenders(&[near(0, 1.0, LONG_ENOUGH), near(1, 1.0, LONG_ENOUGH)], Manner::Text), [0, 1]);
        let few = LONG_ENOUGH - 1;
        assert_eq!(contenders(&[near(0, 1.0, few), near(1, 0.9, few)], Manner::Text), [0, 1], "of so few letters, no");
    }

    #[test]
    fn descriptions_are_guesses_and_some_are_shown() {
        assert_eq!(contenders(&[told(0, 20.0), told(1, 14.1)], Manner::Text), [0, 1]);
        assert_eq!(contenders(&[told(0, 20.0), told(1, 14.0)], Manner::Text), [0]);
        let many: Vec<Evidence> = (0..6).map(|article| told(article, 20.0)).collect();
        assert_eq!(contenders(&many, Manner::Text), [0, 1, 2, 3], "no more than that");
        assert_eq!(contenders(&many, Manner::Fragment).len(), 6, "of a fragment, all");
        let texts: Vec<Evidence> = (0..6).map(one).collect();
        assert_eq!(contenders(&texts, Manner::Text).len(), 6, "messages are no guesses");
    }

    #[test]
    fn of_many_those_contend_that_begin_as_the_query_begins() {
        let begins = |article: usize| Evidence { begins: article == 1 || article == 3, ..one(article) };
        let some = |count: usize| contenders(&(0..count).map(begins).collect::<Vec<_>>(), Manner::Fragment);
        assert_eq!(some(4), [0, 1, 2, 3]);
        assert_eq!(some(5), [1, 3]);
    }

    #[test]
    fn described_is_what_is_explained_by_more_than_its_message() {
        assert!(described(&Evidence { explained: 1.7, stretch: 1.0, ..one(0) }));
        assert!(!described(&Evidence { explained: 1.6, stretch: 1.0, ..one(0) }));
        assert!(described(&Evidence { explained: 0.1, stretch: -5.0, ..one(0) }));
        assert!(!described(&Evidence { explained: 1.7, stretch: 1.0, coded: true, ..one(0) }));
    }

    #[test]
    fn each_sign_makes_an_article_likelier_and_a_missing_word_less_likely() {
        let near = |anywhere, beginning| Nearness { anywhere, beginning, of: 20 };
        let base = Evidence { text_share: 0.5, share: 0.5, ..one(0) };
        let likelier = [
            Evidence { stretch: 11.0, ..base.clone() },
            Evidence { complete: 0.6, ..base.clone() },
            Evidence { letters: 0.1, ..base.clone() },
            Evidence { coded: true, ..base.clone() },
            Evidence { near: near(0.8, 0.0), ..base.clone() },
            Evidence { near: near(0.7, 0.8), ..base.clone() },
            Evidence { text_share: 0.6, ..base.clone() },
            Evidence { share: 0.6, ..base.clone() },
        ];
        for one in &likelier {
            assert!(whole(one) > whole(&base), "{one:?}");
        }
        assert!(likelihood(&base, true) > likelihood(&base, false));
        let complete = |complete: f64| whole(&Evidence { complete, ..base.clone() });
        assert!((complete(0.6) - complete(0.4) - 0.2 * worth::COMPLETE).abs() < 1e-9);
        let missing = |weight: f64, complete: f64| whole(&Evidence { missing: weight, complete, ..base.clone() });
        for complete in [1.0, 0.5] {
            let less = missing(10.0, complete) - missing(0.0, complete);
            assert!(less < 0.0 && (less - 10.0 * worth::MISSING * complete * complete).abs() < 1e-9, "{complete}");
        }
        let as_likely = [
            Evidence { stretch: -1.0, ..base.clone() },
            Evidence { near: near(0.7, 0.7), stretch: 0.0, ..base.clone() },
        ];
        for one in &as_likely {
            assert!((whole(one) - whole(&Evidence { stretch: 0.0, ..base.clone() })).abs() < 1e-9, "{one:?}");
        }
        for (nearness, share) in [(1.0, 1.0), (0.85, 0.5)] {
            let nearer = whole(&Evidence { near: near(nearness, nearness), ..base.clone() }) - whole(&base);
            assert!((nearer - share * (worth::NEAR + worth::BEGINNING)).abs() < 1e-9, "{nearness}");
        }
    }
}
