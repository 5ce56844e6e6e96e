//! The articles that are worth comparing with a query: all of them where there are few, and otherwise those that share its rarest
//! letters, its codes, or the whole of what was typed.

use memchr::memmem;

use super::grams::grams;
use super::index::Index;
use super::query::Query;

/// Texts and descriptions that are compared for what they share with a query, or with a line of a long one.
const ALIKE: usize = 50;
const ALIKE_LINE: usize = 12;

/// Texts that are compared because they hold the whole query.
const LITERAL: usize = 40;

/// Letters of a query up to which it is looked for as a whole.
const LONGEST_LITERAL: usize = 200;

/// Steps of work that a lookup may cost; the lookups of a long query share twice as many.
const BUDGET: u32 = 120_000;

/// Lookups for the lines of a long query.
const LOOKUPS: usize = 8;

/// Words of a query up to which it is taken as one; of a longer one each line is looked up apart.
const ONE: usize = 40;

/// Words of a code.
const LONGEST_CODE: usize = 4;

/// The articles that are worth comparing, ascending.
pub(super) fn shortlist(query: &Query, index: &Index) -> Vec<u32> {
    if !index.is_large() {
        return (0..).zip(&index.entries).map(|(at, _)| at).collect();
    }
    let mut articles = coded(query, index);
    let mut texts = Vec::new();
    let mut look_up = |words: &[String], most: usize, budget: u32| {
        let folded = words.join(" ");
        let mut grams: Vec<u32> = grams(&folded).collect();
        // The last word may not have been typed to its end.
        grams.pop();
        let alike = index.in_texts.alike(&grams, most, budget);
        texts.extend(alike.best);
        articles.extend(index.in_descriptions.alike(&grams, most, budget).best);
        texts.extend(literal(&folded, &alike.all, index));
    };
    if query.tokens.len() <= ONE {
        look_up(&query.tokens, ALIKE, BUDGET);
    } else {
        let most_trusted = query.lines.iter().map(|line| line.1).fold(0.0, f64::max);
        let (mut trusted, mut others) = (Vec::new(), Vec::new());
        let mut rest = query.tokens.as_slice();
        for (length, trust) in &query.lines {
            let (line, after) = rest.split_at_checked(*length).unwrap_or((rest, &[]));
            rest = after;
            if *trust >= most_trusted {
                trusted.push(line);
            } else {
                others.extend_from_slice(line);
            }
        }
        // Several lines are looked up as one where there are many.
        let together = trusted.len().div_ceil(LOOKUPS).max(1);
        let budget = 2 * BUDGET / u32::try_from(trusted.len().clamp(2, LOOKUPS)).unwrap_or(1);
        for lines in trusted.chunks(together) {
            look_up(&lines.concat(), ALIKE_LINE * together, budget);
        }
        look_up(&others, ALIKE_LINE * 2, BUDGET);
    }
    articles.extend(texts.into_iter().filter_map(|text| index.text_of.get(text as usize)));
    articles.sort_unstable();
    articles.dedup();
    articles
}

/// Of some texts, those that hold all of a query as it stands: first those that begin with it, then the shortest.
fn literal(query: &str, texts: &[u32], index: &Index) -> Vec<u32> {
    if query.len() > LONGEST_LITERAL {
        return Vec::new();
    }
    let finder = memmem::Finder::new(query);
    let place = |text: &u32| {
        let folded = index.folded(*text);
        finder.find(folded.as_bytes()).map(|at| (at > 0, folded.len(), *text))
    };
    let mut found: Vec<(bool, usize, u32)> = texts.iter().filter_map(place).collect();
    found.sort_unstable();
    found.into_iter().take(LITERAL).map(|(_, _, text)| text).collect()
}

/// Articles that have a code which a word of the query, or some in a row, may name.
fn coded(query: &Query, index: &Index) -> Vec<u32> {
    let mut found = Vec::new();
    let runs = (2..=LONGEST_CODE).flat_map(|words| query.tokens.windows(words)).map(<[String]>::concat);
    for name in query.tokens.iter().cloned().chain(runs) {
        let begins = index.coded.range(name.clone()..).take_while(|(code, _)| code.starts_with(&name));
        let named = begins.filter(|(code, _)| name.len() >= 6 || **code == name);
        found.extend(named.flat_map(|(_, articles)| articles));
    }
    found
}
