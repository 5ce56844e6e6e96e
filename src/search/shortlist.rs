//! The articles that are worth comparing with a query: all of them where there are few, and otherwise those that share its rarest
//! letters, its codes, or the whole of what was typed.

use memchr::memmem;

use super::grams::grams;
use super::index::Index;
use super::query::Query;

/// Up to so many articles, all are compared.
const FEW: usize = 200;

/// Texts and descriptions that are compared for what they share with a query, or with a line of a long one.
const ALIKE: usize = 50;
const ALIKE_LINE: usize = 12;

/// Texts that are compared because they hold the whole query.
const LITERAL: usize = 40;

/// Letters of a query up to which it is looked for as a whole.
const LONGEST_LITERAL: usize = 200;

/// Places that are looked at to find the shortest texts that hold the whole query.
const PLACES: usize = 4_000;

/// Words of a query up to which it is taken as one; of a longer one each line is looked up apart.
const ONE: usize = 40;

/// The articles that are worth comparing, ascending.
pub(super) fn shortlist(query: &Query, index: &Index) -> Vec<u32> {
    if index.entries.len() <= FEW {
        return (0..).zip(&index.entries).map(|(at, _)| at).collect();
    }
    let mut texts = literal(query, index);
    let mut articles = coded(query, index);
    let lines = if query.tokens.len() <= ONE { vec![query.tokens.len()] } else { query.lines.clone() };
    let most = if lines.len() == 1 { ALIKE } else { ALIKE_LINE };
    let mut from = 0;
    for length in lines {
        let words = query.order.iter().skip(from).take(length).filter_map(|at| query.typed.get(*at));
        let mut grams: Vec<u32> = grams(words.map(|typed| &*typed.word.folded)).collect();
        // The last word may not have been typed to its end.
        grams.pop();
        articles.extend(index.in_descriptions.best(grams.clone(), most));
        texts.extend(index.in_texts.best(grams, most));
        from += length;
    }
    articles.extend(texts.into_iter().filter_map(|text| index.text_of.get(text as usize)));
    articles.sort_unstable();
    articles.dedup();
    articles
}

/// Texts that hold the whole query as it stands: those that begin with it, then the shortest.
fn literal(query: &Query, index: &Index) -> Vec<u32> {
    let needle = query.tokens.join(" ");
    if needle.len() > LONGEST_LITERAL || query.lines.len() > 1 {
        return Vec::new();
    }
    let begins = |text: usize| index.begins.get(text).map_or(index.folded.len(), |begin| *begin as usize);
    let mut found: Vec<(bool, usize, u32)> = Vec::new();
    for at in memmem::find_iter(index.folded.as_bytes(), needle.as_bytes()).take(PLACES) {
        let text = index.begins.partition_point(|begin| *begin as usize <= at).saturating_sub(1);
        found.push((at != begins(text) + 1, begins(text + 1) - begins(text), u32::try_from(text).unwrap_or(u32::MAX)));
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(LITERAL).map(|(_, _, text)| text).collect()
}

/// Articles that have a code which a word of the query, or two, may name.
fn coded(query: &Query, index: &Index) -> Vec<u32> {
    let mut found = Vec::new();
    let pairs = query.tokens.windows(2).map(<[String]>::concat);
    for name in query.tokens.iter().cloned().chain(pairs) {
        let begins = index.coded.range(name.clone()..).take_while(|(code, _)| code.starts_with(&name));
        let named = begins.filter(|(code, _)| name.len() >= 6 || **code == name);
        found.extend(named.flat_map(|(_, articles)| articles));
    }
    found
}
