//! Trigrams: the similarity of two texts by their runs of three characters, and an index of which texts contain which trigrams.
//!
//! The index finds the few texts of a large knowledge base that are worth ranking. Rare trigrams are looked up first, because they
//! say the most and have the fewest texts, up to a fixed budget of work.

/// A trigram as a number below [`TRIGRAMS`].
pub(super) type Trigram = u32;

/// Number of character classes.
const CLASSES: u32 = 64;

/// Number of different trigrams.
const TRIGRAMS: usize = (CLASSES * CLASSES * CLASSES) as usize;

/// Texts whose score is at most this fraction of the best score are not candidates.
const MIN_SCORE_DIVISOR: u16 = 3;

/// Returns the class of a character of a canonical text. Classes have 6 bits, so characters of other scripts share some.
fn class(c: char) -> u32 {
    match c {
        ' ' => 0,
        'a'..='z' => 1 + u32::from(c) - u32::from('a'),
        '0'..='9' => 27 + u32::from(c) - u32::from('0'),
        c => 37 + u32::from(c) % (CLASSES - 37),
    }
}

/// Returns the trigrams of a canonical text with single spaces between words, in order. Spaces before the first and after the last
/// word count.
pub(super) fn trigrams(canonical: &str) -> impl Iterator<Item = Trigram> {
    let classes = canonical.chars().chain([' ']).map(class);
    classes.scan(0, |trigram, class| {
        *trigram = (*trigram * CLASSES + class) % (CLASSES * CLASSES * CLASSES);
        Some(*trigram)
    })
}

/// Returns the distinct trigrams of a canonical text, ascending.
pub(super) fn trigram_set(canonical: &str) -> Box<[Trigram]> {
    let mut set: Vec<Trigram> = trigrams(canonical).collect();
    set.sort_unstable();
    set.dedup();
    set.into()
}

/// The distinct trigrams of one or several texts, ascending, each with its frequency on a logarithmic scale.
#[derive(Debug, Default)]
pub(super) struct TrigramVector(Box<[(Trigram, f32)]>);

impl TrigramVector {
    /// Counts trigrams.
    pub(super) fn new(mut trigrams: Vec<Trigram>) -> Self {
        trigrams.sort_unstable();
        #[expect(clippy::cast_precision_loss, reason = "texts are short")]
        let frequency = |count: usize| 1.0 + (count as f32).ln();
        Self(
            trigrams.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, frequency(same.len())))).collect(),
        )
    }

    /// Returns the cosine similarity (0–1) of a query to this vector. Both must be weighed by [`TrigramWeights::weigh`].
    pub(super) fn cosine(&self, query: &Self) -> f64 {
        let common = query.0.iter().filter_map(|(trigram, value)| {
            let at = self.0.binary_search_by_key(trigram, |(trigram, _)| *trigram).ok()?;
            Some(f64::from(value * self.0.get(at)?.1))
        });
        common.sum()
    }
}

/// What two texts have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Overlap {
    /// Cosine similarity (0–1).
    pub(super) cosine: f64,
    /// Share of the query's trigrams that the text contains (0–1), weighted by rarity.
    pub(super) of_query: f64,
    /// Share of the text's trigrams that the query contains (0–1), weighted by rarity.
    pub(super) of_text: f64,
}

/// How many articles of a knowledge base contain each trigram.
#[derive(Debug, Default)]
pub(super) struct TrigramWeights {
    articles: u32,
    counts: Vec<u32>,
}

impl TrigramWeights {
    /// Counts the trigrams of articles. `articles` are the distinct trigrams of each article.
    pub(super) fn new<'a>(articles: impl Iterator<Item = &'a TrigramVector>) -> Self {
        let mut weights = Self { articles: 0, counts: vec![0; TRIGRAMS] };
        for article in articles {
            weights.articles += 1;
            for (trigram, _) in &article.0 {
                if let Some(count) = weights.counts.get_mut(*trigram as usize) {
                    *count += 1;
                }
            }
        }
        weights
    }

    /// Returns the inverse document frequency of a trigram: the rarer, the larger. It is at least 1, so that it works in a small
    /// knowledge base too.
    #[expect(clippy::cast_precision_loss, reason = "the logarithm needs only a few digits")]
    fn weight(&self, trigram: Trigram) -> f32 {
        let count = self.counts.get(trigram as usize).copied().unwrap_or_default();
        ((self.articles as f32 + 1.0) / (count as f32 + 1.0)).ln() + 1.0
    }

    /// Multiplies the frequencies of a vector by the weights of the trigrams, and normalizes its length to 1.
    pub(super) fn weigh(&self, vector: &mut TrigramVector) {
        for (trigram, value) in &mut vector.0 {
            *value *= self.weight(*trigram);
        }
        let length = vector.0.iter().map(|(_, value)| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        vector.0.iter_mut().for_each(|(_, value)| *value /= length);
    }

    /// Returns the sum and the sum of squares of the weights of a set.
    pub(super) fn norm(&self, set: &[Trigram]) -> Norm {
        set.iter().map(|trigram| f64::from(self.weight(*trigram))).fold(Norm::default(), |norm, weight| Norm {
            sum: norm.sum + weight,
            squares: norm.squares + weight * weight,
        })
    }

    /// Compares the trigrams of a query, whose norm is given, with those of a text.
    pub(super) fn overlap(&self, query: &[Trigram], query_norm: Norm, text: &[Trigram]) -> Overlap {
        let common: Vec<Trigram> = text.iter().copied().filter(|one| query.binary_search(one).is_ok()).collect();
        if common.is_empty() {
            return Overlap::default();
        }
        let (common, text_norm) = (self.norm(&common), self.norm(text));
        Overlap {
            cosine: common.squares / (query_norm.squares * text_norm.squares).sqrt(),
            of_query: common.sum / query_norm.sum,
            of_text: common.sum / text_norm.sum,
        }
    }
}

/// Sums over the weights of a set of trigrams.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Norm {
    sum: f64,
    squares: f64,
}

/// The texts that contain each trigram.
#[derive(Debug)]
pub(super) struct TrigramIndex {
    /// For each trigram, where its postings begin in `postings`. The last entry is the end.
    starts: Vec<u32>,
    /// For each trigram, the number of texts that contain it.
    counts: Vec<u32>,
    /// The texts of each trigram, ascending. Each is stored as the difference to the text before it, in 7 bits per byte. The top bit
    /// is set in all bytes of a number but the last.
    postings: Vec<u8>,
    /// For each text, the total weight of its trigrams.
    totals: Vec<u16>,
}

/// The texts that are worth ranking, as numbers of texts, ascending.
#[derive(Debug, Default)]
pub(super) struct Shortlist {
    /// The texts that share the most with the query, absolutely and relative to their length.
    pub(super) best: Vec<u32>,
    /// The texts that contain all trigrams that were looked up. The first of them if there are many.
    pub(super) complete: Vec<u32>,
}

impl TrigramIndex {
    /// Builds the index. `sets` are the distinct trigrams of each text. Makes two passes: one to count, one to write.
    pub(super) fn new<'a>(sets: impl ExactSizeIterator<Item = &'a [Trigram]> + Clone) -> Self {
        let texts = u32::try_from(sets.len()).unwrap_or(u32::MAX);
        let mut counts = vec![0_u32; TRIGRAMS];
        let mut sizes = vec![0_u32; TRIGRAMS];
        // The last text that contains each trigram, counted from 1.
        let mut last = vec![0_u32; TRIGRAMS];
        for (text, set) in (1..).zip(sets.clone()) {
            for at in set.iter().map(|trigram| *trigram as usize) {
                if let (Some(last), Some(count), Some(size)) = (last.get_mut(at), counts.get_mut(at), sizes.get_mut(at))
                {
                    *size += encoded_bytes(text - *last);
                    *count += 1;
                    *last = text;
                }
            }
        }
        let ends = sizes.iter().scan(0, |end, size| {
            *end += size;
            Some(*end)
        });
        let starts: Vec<u32> = std::iter::once(0).chain(ends).collect();
        let end = starts.last().copied().unwrap_or_default();
        let mut index =
            Self { counts, postings: vec![0; end as usize], totals: Vec::with_capacity(sets.len()), starts };
        let mut next = index.starts.clone();
        last.fill(0);
        for (text, set) in (1..).zip(sets) {
            let mut total = 0_u16;
            for at in set.iter().map(|trigram| *trigram as usize) {
                if let (Some(last), Some(next)) = (last.get_mut(at), next.get_mut(at)) {
                    *next = index.write(*next, text - *last);
                    *last = text;
                    total = total.saturating_add(score(texts, index.counts.get(at).copied().unwrap_or_default()));
                }
            }
            index.totals.push(total);
        }
        index
    }

    /// Writes a difference to the postings. Returns the position after it.
    fn write(&mut self, mut at: u32, mut difference: u32) -> u32 {
        loop {
            let is_last = difference < 0x80;
            if let Some(byte) = self.postings.get_mut(at as usize) {
                *byte = (difference & 0x7f) as u8 | if is_last { 0 } else { 0x80 };
            }
            at += 1;
            if is_last {
                return at;
            }
            difference >>= 7;
        }
    }

    /// Returns up to `most` texts by each criterion. `budget` limits the number of postings that are read, except that the rarest
    /// trigram is always read. `query` contains the query's trigrams in order.
    pub(super) fn shortlist(&self, query: &[Trigram], most: usize, budget: u32) -> Shortlist {
        /// Maximum number of texts that contain all trigrams.
        const MAX_COMPLETE: usize = 3_000;
        let mut distinct = query.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let count = |trigram: &Trigram| self.counts.get(*trigram as usize).copied().unwrap_or_default();
        distinct.retain(|trigram| count(trigram) > 0);
        distinct.sort_by_key(count);
        if distinct.is_empty() {
            return Shortlist::default();
        }
        let texts = u32::try_from(self.totals.len()).unwrap_or(u32::MAX);
        let mut scores = vec![0_u16; self.totals.len()];
        let (mut read, mut full_score) = (0, 0_u16);
        for trigram in &distinct {
            read += count(trigram);
            if read > budget && read > count(trigram) {
                break;
            }
            let score = score(texts, count(trigram));
            self.add_score(*trigram, score, &mut scores);
            // The first trigram contains the space before the query. A text that contains the query elsewhere is complete too.
            if query.first() != Some(trigram) {
                full_score = full_score.saturating_add(score);
            }
        }
        let complete = scores.iter().zip(0..).filter(|(score, _)| **score >= full_score.max(1)).map(|(_, text)| text);
        let complete = complete.take(MAX_COMPLETE).collect();
        let min_score = scores.iter().max().copied().unwrap_or_default() / MIN_SCORE_DIVISOR;
        let candidates = scores.iter().zip(&self.totals).zip(0..).filter(|((score, _), _)| **score > min_score);
        let mut candidates: Vec<(f32, f32, u32)> = candidates
            .map(|((score, total), text)| {
                let (score, total) = (f32::from(*score), f32::from(*total).max(1.0));
                (score - total / 1024.0, score * score / total, text)
            })
            .collect();
        let mut best = highest(&mut candidates, most, |one| one.0);
        best.extend(highest(&mut candidates, most, |one| one.1));
        best.sort_unstable();
        best.dedup();
        Shortlist { best, complete }
    }

    /// Adds a score to each text that contains the trigram.
    fn add_score(&self, trigram: Trigram, score: u16, scores: &mut [u16]) {
        let at = trigram as usize;
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else { return };
        let (mut text, mut difference, mut shift) = (0, 0, 0);
        for byte in self.postings.get(*from as usize..*to as usize).unwrap_or_default() {
            difference |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if *byte < 0x80 {
                text += difference;
                if let Some(sum) = scores.get_mut(text - 1) {
                    *sum = sum.saturating_add(score);
                }
                (difference, shift) = (0, 0);
            }
        }
    }
}

/// Returns the texts with the highest values.
fn highest(candidates: &mut [(f32, f32, u32)], most: usize, value: impl Fn(&(f32, f32, u32)) -> f32) -> Vec<u32> {
    if candidates.len() > most {
        candidates.select_nth_unstable_by(most, |a, b| value(b).total_cmp(&value(a)).then(a.2.cmp(&b.2)));
    }
    candidates.iter().take(most).map(|(_, _, text)| *text).collect()
}

/// Returns the number of bytes of an encoded difference.
fn encoded_bytes(difference: u32) -> u32 {
    (32 - (difference | 1).leading_zeros()).div_ceil(7)
}

/// Returns the score of a text for a trigram that `count` of `texts` texts contain.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
#[expect(clippy::cast_precision_loss, reason = "the logarithm needs only a few digits")]
fn score(texts: u32, count: u32) -> u16 {
    (((texts as f32 + 12.0) / (count as f32 + 0.5)).ln() * 8.0).clamp(1.0, 96.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortlist(texts: &[String], query: &str, most: usize) -> Shortlist {
        let sets: Vec<Box<[Trigram]>> = texts.iter().map(|text| trigram_set(text)).collect();
        let index = TrigramIndex::new(sets.iter().map(|set| &**set));
        index.shortlist(&trigrams(query).collect::<Vec<_>>(), most, u32::MAX)
    }

    #[test]
    fn a_rare_trigram_finds_its_texts() {
        let mut texts = vec!["cannot open the fiie".to_owned(); 40_000];
        for at in [3, 130, 20_000, 39_999] {
            texts[at] = "cannot open the vault".to_owned();
        }
        let found = shortlist(&texts, "vault", 10);
        assert_eq!(found.complete, [3, 130, 20_000, 39_999]);
        assert_eq!(found.best, found.complete);
    }

    #[test]
    fn unknown_trigrams_find_nothing() {
        let found = shortlist(&["cannot open the fiie".to_owned()], "zzz", 10);
        assert!(found.best.is_empty() && found.complete.is_empty());
    }

    #[test]
    fn each_text_is_among_the_best_for_itself() {
        proptest::proptest!(|(texts in proptest::collection::vec("[a-d]{1,4}( [a-d]{1,4}){0,3}", 1..60), pick in 0_usize..60)| {
            let at = pick % texts.len();
            let found = shortlist(&texts, &texts[at], texts.len());
            proptest::prop_assert!(found.best.contains(&u32::try_from(at).unwrap()));
        });
    }

    #[test]
    fn equal_texts_overlap_completely_and_different_ones_not_at_all() {
        let (door, window) = (trigram_set("door iocked"), trigram_set("paper jam"));
        let [mut door_vector, mut other] =
            ["door iocked", "paper jam"].map(|text| TrigramVector::new(trigrams(text).collect()));
        let weights = TrigramWeights::new([&door_vector, &other].into_iter());
        let norm = weights.norm(&door);
        let equal = weights.overlap(&door, norm, &door);
        assert!([equal.cosine, equal.of_query, equal.of_text].iter().all(|share| (share - 1.0).abs() < 1e-6));
        assert_eq!(weights.overlap(&door, norm, &window), Overlap::default());
        weights.weigh(&mut door_vector);
        weights.weigh(&mut other);
        assert!((door_vector.cosine(&door_vector) - 1.0).abs() < 1e-6 && other.cosine(&door_vector).abs() < 1e-6);
    }
}
