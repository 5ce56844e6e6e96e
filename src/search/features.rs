//! The features of an article for a query: numbers between 0 and 1 that say how well they fit.
//!
//! [`FEATURES`] names and explains them. The model multiplies each by a coefficient.

use std::collections::{BTreeMap, HashMap};

use super::analyze::{Query, Token, TypedWord};
use super::codes::CodeMatch;
use super::edit::EditSimilarity;
use super::index::{Entry, Field, Index, Text};
use super::trigram::{Norm, TrigramVector};
use super::vocabulary::WordId;

/// The features of an article, in the order of [`FEATURES`].
pub type Features = [f64; FEATURES.len()];

/// The names of the features of an article.
///
/// *Coverage* is a share of the weight of words. The weight is the inverse document frequency. A word counts as far as it is similar.
/// A *text* is the message, a wording or a code. A *phrase* is a keyword, a situation or the description.
pub const FEATURES: [&str; 22] = [
    // 1 if a text contains the query word for word.
    "inside",
    // Coverage of the text by the best span of the query, and the coverage of the span by the text.
    "span",
    "span-density",
    // Share of neighboring words of the span that are neighbors in the text too.
    "span-order",
    // Coverage of the query by the text.
    "query-in-text",
    // Trigrams: cosine similarity, share of the query's in the text, share of the text's in the query.
    "trigram-cosine",
    "trigram-query",
    "trigram-text",
    // Edit similarity to a part and to the beginning of the text. 0 for long queries.
    "edit",
    "edit-beginning",
    // Coverage of the query by all words of the article, and its square.
    "known",
    "known-squared",
    // BM25 of the query's words in the article. The value 10 becomes 0.5, and higher values approach 1.
    "evidence",
    // Cosine similarity of the trigrams of the query and of the whole article, and its product with the length.
    "article-cosine",
    "article-cosine×length",
    // Coverage of the query and the best phrase by each other (geometric mean), and their cosine similarity of trigrams.
    "phrase",
    "phrase-squared",
    "phrase-cosine",
    // Products with query features.
    "span×length",
    "known×length",
    "phrase×length",
    "known×person",
];

/// The features of a query, in the order of [`QUERY_FEATURES`].
pub type QueryFeatures = [f64; QUERY_FEATURES.len()];

/// The names of the features of a query. The model computes from them how likely it is that no article is meant.
pub const QUERY_FEATURES: [&str; 11] = [
    // Always 1.
    "bias",
    // Share of the unfamiliar words: no candidate contains a similar word, and people don't commonly use them. And 1 if there is one,
    // also multiplied by how much the query sounds like a person.
    "unfamiliar",
    "has-unfamiliar",
    "has-unfamiliar×person",
    // Share of the words that no candidate contains.
    "uncovered",
    "uncovered×length",
    // The length in words, on a logarithmic scale.
    "length",
    // How much the query sounds like a person.
    "person",
    "person×length",
    // 1 if the query contains a token that looks like a code, but is none.
    "unknown-code",
    // How much the words that no article contains are typical of something else.
    "something-else",
];

/// The exactness with which a query names an article. Exact articles come before all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Exactness {
    /// Only by likeness.
    #[default]
    Similar,
    /// The query is only the first number of a code of the article, perhaps with a few words.
    CodeClass,
    /// The query is a phrase of the article, such as a keyword, word for word.
    Phrase,
    /// The query contains a code of the article.
    Code,
    /// The query contains a text of the article word for word.
    Verbatim,
    /// The query is the ID of the article.
    Id,
}

/// An article that could be meant.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Index of the article.
    pub(super) article: usize,
    pub(super) features: Features,
    pub(super) exactness: Exactness,
    /// The text that fits best.
    pub(super) field: Field,
    /// The tokens of the query that contain the text word for word, as `(first, end)`.
    verbatim_at: Option<(usize, usize)>,
    /// Whether a text contains the whole query, and the query is more than a common word.
    pub(super) contains_query: bool,
    /// How much of the query the text contains (0–1): the coverage of a few words in any order. For a longer query, the edit similarity
    /// if it is smaller.
    pub(super) containment: f64,
}

/// The similarities of typed words to the words of the candidates.
struct Similarities {
    /// For each word of the candidates, the similar typed words as `(index into Query::words, similarity)`.
    typed: HashMap<WordId, Vec<(usize, f64)>>,
}

impl Similarities {
    fn new(query: &Query, index: &Index, candidates: &[usize]) -> Self {
        let entries = candidates.iter().filter_map(|article| index.entries.get(*article));
        let mut ids: Vec<WordId> = entries.flat_map(|entry| entry.words.iter().map(|word| word.id)).collect();
        ids.sort_unstable();
        ids.dedup();
        let similar = |id: WordId| {
            let word = index.vocabulary.word(id)?;
            let similarity = |typed: &TypedWord| match typed.id {
                Some(same) if same == id => 1.0,
                _ => word.similarity(&typed.word, typed.is_known),
            };
            let all = query.words.iter().map(similarity).enumerate().filter(|(_, similarity)| *similarity > 0.0);
            let similar: Vec<(usize, f64)> = all.collect();
            (!similar.is_empty()).then_some((id, similar))
        };
        Self { typed: ids.into_iter().filter_map(similar).collect() }
    }

    fn of(&self, word: WordId) -> &[(usize, f64)] {
        self.typed.get(&word).map_or(&[], Vec::as_slice)
    }
}

/// Computes the features of all candidates, and those of the query.
pub(super) fn features(query: &Query, index: &Index) -> (Vec<Candidate>, QueryFeatures) {
    let articles = index.candidates(&query.trigram_sequence, &query.parts);
    let similarities = Similarities::new(query, index, &articles);
    let mut vector = TrigramVector::new(query.trigram_sequence.clone());
    index.trigram_weights.weigh(&mut vector);
    let comparison = Comparison {
        vector,
        weight: query.weight().max(f64::MIN_POSITIVE),
        norm: index.trigram_weights.norm(&query.trigrams),
        length: query.length_in_words(),
        person: query.sounds_like_person(),
        query,
        index,
        similarities: &similarities,
    };
    let mut candidates: Vec<Candidate> = articles.iter().filter_map(|article| comparison.candidate(*article)).collect();
    keep_longest_verbatim(&mut candidates, query.tokens.len());
    let is_code = candidates.iter().any(|candidate| candidate.exactness >= Exactness::Code);
    let features = comparison.query_features(is_code);
    (candidates, features)
}

/// A query that is compared with articles.
struct Comparison<'a> {
    query: &'a Query,
    index: &'a Index,
    similarities: &'a Similarities,
    /// Total weight of the query.
    weight: f64,
    /// Norm of the query's trigrams, and the trigrams as a weighed vector.
    norm: Norm,
    vector: TrigramVector,
    /// The query's length and how much it sounds like a person (0–1).
    length: f64,
    person: f64,
}

/// The best span of a query for a text. All values are from 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    coverage: f64,
    density: f64,
    order: f64,
}

/// How well one text fits.
#[derive(Debug, Clone, Copy, Default)]
struct TextMatch {
    verbatim_at: Option<(usize, usize)>,
    inside: bool,
    beginning: bool,
    span: Span,
    query_coverage: f64,
    cosine: f64,
    trigrams_of_query: f64,
    trigrams_of_text: f64,
    edit: EditSimilarity,
}

impl TextMatch {
    /// A rough total by which the best text of an article is chosen.
    fn total(&self) -> f64 {
        let exact = f64::from(u8::from(self.verbatim_at.is_some()));
        let typed = f64::from(u8::from(self.inside)) + 0.5 * f64::from(u8::from(self.beginning));
        10.0 * exact + typed + self.span.coverage + self.query_coverage + self.cosine + self.edit.anywhere
    }
}

impl Comparison<'_> {
    fn candidate(&self, article: usize) -> Option<Candidate> {
        /// Maximum number of words of a query that names only the first number of a code, such as "HTTP error 403 Forbidden".
        const MAX_WORDS_OF_CLASS: usize = 4;
        /// Maximum number of words whose order says nothing about the text.
        const MAX_WORDS_IN_ANY_ORDER: usize = 4;
        /// Minimum weight of a query that is more than a common word. One in 150 texts contains a word of this weight.
        const MIN_WEIGHT_INSIDE: f64 = 5.0;
        let entry = self.index.entries.get(article)?;
        let best = entry.texts.iter().map(|text| (text.field, self.text_match(text)));
        // The message comes first, so it wins if a wording fits equally well.
        let best = best.reduce(|best, one| if one.1.total() > best.1.total() + 1e-9 { one } else { best });
        let (text_field, text) = best.unwrap_or((Field::Description, TextMatch::default()));
        let (known, evidence) = self.known(entry);
        let article_cosine = entry.trigrams.cosine(&self.vector);
        let phrases = entry.phrases.iter().map(|phrase| self.phrase_match(phrase));
        let (phrase, cosine) = phrases.fold((0.0_f64, 0.0_f64), |best, one| (best.0.max(one.0), best.1.max(one.1)));
        let code = entry.codes.iter().filter_map(|code| code.match_in(&self.query.parts)).max();
        let flag = |is_set: bool| f64::from(u8::from(is_set));
        let edit = |similarity: f64| ((similarity - 0.5) * 2.0).max(0.0);
        let exactness = match () {
            () if text.verbatim_at.is_some() && !matches!(text_field, Field::Code(_)) => Exactness::Verbatim,
            () if code == Some(CodeMatch::Exact) => Exactness::Code,
            () if entry.phrases.iter().any(|phrase| self.is_whole_query(phrase)) => Exactness::Phrase,
            () if code == Some(CodeMatch::Class) && self.query.tokens.len() <= MAX_WORDS_OF_CLASS => {
                Exactness::CodeClass
            }
            () => Exactness::Similar,
        };
        let features = [
            flag(text.inside),
            text.span.coverage,
            text.span.density,
            text.span.order,
            text.query_coverage,
            text.cosine,
            text.trigrams_of_query,
            text.trigrams_of_text,
            edit(text.edit.anywhere),
            edit(text.edit.beginning),
            known,
            known.powi(2),
            evidence / (evidence + 10.0),
            article_cosine,
            article_cosine * self.length,
            phrase,
            phrase.powi(2),
            cosine,
            text.span.coverage * self.length,
            known * self.length,
            phrase * self.length,
            known * self.person,
        ];
        let is_described = phrase.max(cosine) > text.query_coverage.max(text.span.coverage).max(text.cosine);
        let field = if is_described && exactness == Exactness::Similar { Field::Description } else { text_field };
        Some(Candidate {
            article,
            features,
            exactness,
            field,
            verbatim_at: text.verbatim_at,
            contains_query: text.inside && self.weight >= MIN_WEIGHT_INSIDE,
            containment: if self.query.tokens.len() <= MAX_WORDS_IN_ANY_ORDER {
                text.query_coverage
            } else {
                text.query_coverage.min(text.edit.anywhere)
            },
        })
    }

    fn query_features(&self, is_code: bool) -> QueryFeatures {
        let mut best = vec![0.0_f64; self.query.words.len()];
        for (typed, similarity) in self.similarities.typed.values().flatten() {
            if let Some(best) = best.get_mut(*typed) {
                *best = best.max(*similarity);
            }
        }
        let uncovered = 1.0 - self.coverage(&best);
        let is_unfamiliar = |word: &TypedWord| !word.is_known && !word.word.has_digit() && word.word.folded.len() > 2;
        let words = self.query.words.iter().zip(&best);
        let unfamiliarity: Vec<f64> =
            words.map(|(word, best)| if is_unfamiliar(word) { 1.0 - best } else { 0.0 }).collect();
        let unfamiliar = self.coverage(&unfamiliarity);
        let has_unfamiliar = unfamiliarity.iter().copied().fold(0.0, f64::max);
        let elsewhere = self.query.about_something_else();
        let unknown_code = f64::from(u8::from(self.query.looks_like_code && !is_code));
        [
            1.0,
            unfamiliar,
            has_unfamiliar,
            has_unfamiliar * self.person,
            uncovered,
            uncovered * self.length,
            self.length,
            self.person,
            self.person * self.length,
            unknown_code,
            elsewhere,
        ]
    }

    /// Returns the coverage of the query, given the similarity of each typed word.
    fn coverage(&self, similarities: &[f64]) -> f64 {
        let covered =
            self.query.tokens.iter().map(|token| {
                self.query.token_weight(*token) * similarities.get(token.word).copied().unwrap_or_default()
            });
        covered.sum::<f64>() / self.weight
    }

    /// Returns the coverage of the query by all words of an article, and the evidence for the article: the total weight of the common
    /// words (BM25, without length normalization).
    fn known(&self, entry: &Entry) -> (f64, f64) {
        /// How fast the evidence of more occurrences of a word saturates.
        const SATURATION: f64 = 1.2;
        let mut best = vec![(0.0_f64, 0.0_f64); self.query.words.len()];
        for word in &entry.words {
            let occurrences = f64::from(word.occurrences);
            let frequency = occurrences * (SATURATION + 1.0) / (occurrences + SATURATION);
            let evidence = self.index.article_weight(word.id) * frequency;
            for (typed, similarity) in self.similarities.of(word.id) {
                if let Some((coverage, best)) = best.get_mut(*typed) {
                    *coverage = coverage.max(similarity * f64::from(word.field_weight));
                    *best = best.max(similarity * evidence);
                }
            }
        }
        let (coverages, evidence): (Vec<f64>, Vec<f64>) = best.into_iter().unzip();
        (self.coverage(&coverages), evidence.iter().sum())
    }

    /// Returns the coverage of the query and a phrase by each other (geometric mean), and their cosine similarity.
    fn phrase_match(&self, phrase: &Text) -> (f64, f64) {
        let (of_query, of_phrase) = self.mutual_coverage(phrase);
        let overlap = self.index.trigram_weights.overlap(&self.query.trigrams, self.norm, &phrase.trigrams);
        ((of_query * of_phrase).sqrt(), overlap.cosine)
    }

    /// Returns the coverage of the query by a text, and of the text by the query.
    fn mutual_coverage(&self, text: &Text) -> (f64, f64) {
        let mut best = vec![0.0_f64; self.query.words.len()];
        let (mut covered, mut total) = (0.0, 0.0);
        for word in &text.words {
            let weight = self.index.weight(*word);
            total += weight;
            let mut most = 0.0_f64;
            for (typed, similarity) in self.similarities.of(*word) {
                most = most.max(*similarity);
                if let Some(best) = best.get_mut(*typed) {
                    *best = best.max(*similarity);
                }
            }
            covered += weight * most;
        }
        (self.coverage(&best), if total > 0.0 { covered / total } else { 0.0 })
    }

    fn text_match(&self, text: &Text) -> TextMatch {
        /// Minimum length of a query in characters that can be inside a text.
        const MIN_INSIDE: usize = 3;
        let (query_coverage, text_coverage) = self.mutual_coverage(text);
        let overlap = self.index.trigram_weights.overlap(&self.query.trigrams, self.norm, &text.trigrams);
        if text_coverage <= 0.0 && overlap.cosine < 0.1 {
            return TextMatch::default();
        }
        let edit = self.query.pattern.as_ref().map(|pattern| pattern.similarity(&text.canonical)).unwrap_or_default();
        let is_exactly = |similarity: f64| self.query.length >= MIN_INSIDE && similarity >= 1.0;
        TextMatch {
            verbatim_at: self.verbatim(text),
            inside: is_exactly(edit.anywhere),
            beginning: is_exactly(edit.beginning),
            span: self.best_span(text),
            query_coverage,
            cosine: overlap.cosine,
            trigrams_of_query: overlap.of_query,
            trigrams_of_text: overlap.of_text,
            edit,
        }
    }

    /// Returns where the query contains a text word for word, as `(first token, end)`. Any few words fit a placeholder.
    fn verbatim(&self, text: &Text) -> Option<(usize, usize)> {
        /// Maximum number of words in place of a placeholder.
        const MAX_FILLED: usize = 8;
        let tokens = &self.query.tokens;
        let id = |at: usize| tokens.get(at).and_then(|token| self.query.words.get(token.word)?.id);
        let first = text.words.first()?;
        // A message of one common word says nothing in a longer query.
        let is_telling = text.words.len() > 1 || tokens.len() == 1;
        let starts = (0..tokens.len()).filter(|at| is_telling && id(*at) == Some(*first));
        let mut found = starts.filter_map(|start| {
            let mut at = start;
            for (nth, word) in text.words.iter().enumerate() {
                let skipped = if nth > 0 && text.gaps.contains(&nth) { MAX_FILLED } else { 0 };
                at = (at..=at + skipped).find(|at| id(*at) == Some(*word))? + 1;
            }
            Some((start, at))
        });
        found.next()
    }

    /// Whether a phrase of at least two words has the words of the query.
    fn is_whole_query(&self, phrase: &Text) -> bool {
        let tokens = &self.query.tokens;
        let ids = tokens.iter().map(|token| self.query.words.get(token.word).and_then(|word| word.id));
        tokens.len() > 1 && tokens.len() == phrase.words.len() && ids.eq(phrase.words.iter().copied().map(Some))
    }

    /// Returns the span of the query that covers a text best.
    fn best_span(&self, text: &Text) -> Span {
        let mut by_typed: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for (at, word) in text.words.iter().enumerate() {
            for (typed, similarity) in self.similarities.of(*word) {
                by_typed.entry(*typed).or_default().push((at, *similarity));
            }
        }
        let total: f64 = text.words.iter().map(|word| self.index.weight(*word)).sum();
        let length = text.words.len() + text.words.len() / 2 + 2;
        let tokens = &self.query.tokens;
        let mut best = Span::default();
        for start in (0..tokens.len()).filter(|at| tokens.get(*at).is_some_and(|one| by_typed.contains_key(&one.word)))
        {
            let span =
                self.span(tokens.get(start..tokens.len().min(start + length)).unwrap_or_default(), &by_typed, text);
            let coverage = span.coverage / total.max(f64::MIN_POSITIVE);
            if coverage + 0.2 * span.density > best.coverage + 0.2 * best.density {
                best = Span { coverage, ..span };
            }
        }
        best
    }

    /// Measures one span. Its `coverage` is not yet divided by the weight of the text.
    fn span(&self, tokens: &[Token], by_typed: &BTreeMap<usize, Vec<(usize, f64)>>, text: &Text) -> Span {
        let mut covered = vec![0.0_f64; text.words.len()];
        let (mut matched, mut passed, mut matched_until) = (0.0, 0.0, (0.0, 0.0));
        let (mut last, mut pairs, mut ordered) = (None, 0.0, 0.0);
        for token in tokens {
            let weight = self.query.token_weight(*token);
            passed += weight;
            let Some(similar) = by_typed.get(&token.word) else {
                continue;
            };
            // The place that continues the words before, or else the most similar one that is not covered yet.
            let next = last.map(|last: usize| last + 1);
            let place = similar.iter().max_by(|(a, x), (b, y)| {
                let value = |at: usize, similarity: f64| {
                    let is_covered = covered.get(at).copied().unwrap_or_default() >= similarity;
                    similarity + if Some(at) == next { 0.5 } else { 0.0 } - if is_covered { 0.4 } else { 0.0 }
                };
                value(*a, *x).total_cmp(&value(*b, *y)).then(b.cmp(a))
            });
            let Some((at, similarity)) = place else { continue };
            if let Some(covered) = covered.get_mut(*at) {
                *covered = covered.max(similarity * token.trust);
            }
            matched += weight * similarity;
            matched_until = (matched, passed);
            if last.is_some() {
                pairs += 1.0;
                ordered += f64::from(u8::from(next == Some(*at)));
            }
            last = Some(*at);
        }
        let weighted = text.words.iter().zip(&covered).map(|(word, covered)| self.index.weight(*word) * covered);
        Span {
            coverage: weighted.sum(),
            density: if matched_until.1 > 0.0 { matched_until.0 / matched_until.1 } else { 0.0 },
            order: if pairs > 0.0 { ordered / pairs } else { 0.0 },
        }
    }
}

/// Of texts that overlap in the query, only the longest counts as contained word for word: "Enter your code" is not meant if the
/// query contains "Ask for help OR Enter your code", or is the beginning of this text.
fn keep_longest_verbatim(candidates: &mut [Candidate], tokens: usize) {
    let places = |candidates: &[Candidate]| -> Vec<(usize, usize)> {
        let verbatim = candidates.iter().filter(|candidate| candidate.exactness == Exactness::Verbatim);
        verbatim.filter_map(|candidate| candidate.verbatim_at).collect()
    };
    // A text that contains the whole query is longer than a text that a part of the query contains.
    if places(candidates).iter().any(|(from, to)| to - from < tokens) {
        for candidate in candidates.iter_mut().filter(|one| one.contains_query && one.exactness < Exactness::Verbatim) {
            candidate.exactness = Exactness::Verbatim;
            candidate.verbatim_at = Some((0, tokens));
        }
    }
    let places = places(candidates);
    for candidate in candidates.iter_mut().filter(|candidate| candidate.exactness == Exactness::Verbatim) {
        let Some((from, to)) = candidate.verbatim_at else { continue };
        let is_inside = |(a, b): &(usize, usize)| *a <= from && to <= *b && b - a > to - from;
        if places.iter().any(is_inside) {
            candidate.exactness = Exactness::Similar;
        }
    }
}
