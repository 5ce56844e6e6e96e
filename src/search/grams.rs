//! Runs of three letters, and which texts hold them: the few texts that could be meant, out of any number.
//!
//! The rarest runs say the most and cost the least, so they are looked up first, and only as many as a fixed budget of work
//! allows. What comes out is not ranked; it is what is worth ranking.

use borsh::{BorshDeserialize, BorshSerialize};

use super::signs::{SIGNS, sign};

/// Texts that share less than one part in so many of what the best one shares are not looked at again.
const BEHIND: u16 = 3;

/// Texts with all runs that are looked at.
const MOST_WITH_ALL: usize = 3_000;

/// Added to the number of all texts, so that a run which all of them hold still weighs a little.
const SMOOTH: f32 = 12.0;

/// The letters and digits of a folded text and the gaps between its words, in runs of three.
pub(super) fn grams(folded: &str) -> impl Iterator<Item = u32> {
    folded.chars().chain([' ']).scan(0, |run, c| {
        *run = (*run * SIGNS + sign(c)) % (SIGNS * SIGNS * SIGNS);
        Some(*run)
    })
}

/// Texts that could be meant.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// Those that have the most in common with a query, and those of which the most is in common, ascending.
    pub(super) best: Vec<u32>,
    /// Those that hold every run that was looked up, wherever they begin, ascending; the first of them where there are many.
    pub(super) all: Vec<u32>,
}

/// Which texts hold each run of three signs.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Grams {
    /// Where the texts of each run begin in `steps`, and behind the last one its end.
    starts: Vec<u32>,
    /// How many texts hold each run.
    counts: Vec<u32>,
    /// The texts of each run, ascending, each as the distance from the one before it: seven bits a byte, the last one
    /// marked by a clear top bit.
    steps: Vec<u8>,
    /// What all runs of each text weigh together.
    totals: Vec<u16>,
}

impl Grams {
    /// Notes down the runs of each text. The texts, folded, are gone through twice: once to count, once to write.
    pub(super) fn new<'a>(texts: impl ExactSizeIterator<Item = &'a str> + Clone) -> Self {
        let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        let all = (SIGNS * SIGNS * SIGNS) as usize;
        let mut counts = vec![0_u32; all];
        let mut sizes = vec![0_u32; all];
        // The text that a run was last seen in, counted from 1.
        let mut last = vec![0_u32; all];
        for (number, text) in (1..).zip(texts.clone()) {
            for at in grams(text).map(|gram| gram as usize) {
                if let (Some(last), Some(count), Some(size)) = (last.get_mut(at), counts.get_mut(at), sizes.get_mut(at))
                    && *last != number
                {
                    *size += bytes(number - *last);
                    *count += 1;
                    *last = number;
                }
            }
        }
        let mut starts = Vec::with_capacity(all + 1);
        let mut end = 0;
        starts.push(0);
        for size in &sizes {
            end += size;
            starts.push(end);
        }
        let mut index = Self { starts, counts, steps: vec![0; end as usize], totals: Vec::with_capacity(texts.len()) };
        let mut next = index.starts.clone();
        let weights: Vec<u16> = index.counts.iter().map(|with| weight(count, *with)).collect();
        last.fill(0);
        for (number, text) in (1..).zip(texts) {
            let mut total = 0_u16;
            for at in grams(text).map(|gram| gram as usize) {
                if let (Some(last), Some(next)) = (last.get_mut(at), next.get_mut(at))
                    && *last != number
                {
                    *next = index.note(*next, number - *last);
                    *last = number;
                    total = total.saturating_add(weights.get(at).copied().unwrap_or_default());
                }
            }
            index.totals.push(total);
        }
        index
    }

    /// Writes a distance and gives the place after it.
    fn note(&mut self, mut at: u32, mut distance: u32) -> u32 {
        loop {
            let more = distance >= 0x80;
            if let Some(byte) = self.steps.get_mut(at as usize) {
                *byte = (distance & 0x7f) as u8 | if more { 0x80 } else { 0 };
            }
            at += 1;
            if !more {
                return at;
            }
            distance >>= 7;
        }
    }

    /// The texts that have the most in common with some runs. At most `budget` steps of work are done for it, and those for the
    /// rarest run.
    pub(super) fn alike(&self, runs: &[u32], most: usize, budget: u32) -> Alike {
        let mut grams = runs.to_vec();
        grams.sort_unstable();
        grams.dedup();
        let count = |gram: &u32| self.counts.get(*gram as usize).copied().unwrap_or_default();
        grams.retain(|gram| count(gram) > 0);
        grams.sort_by_key(count);
        if grams.is_empty() {
            return Alike::default();
        }
        let texts = u32::try_from(self.totals.len()).unwrap_or(u32::MAX);
        let mut scores = vec![0_u16; self.totals.len()];
        let (mut work, mut all) = (0, 0);
        for gram in &grams {
            work += count(gram);
            if work > budget && work > count(gram) {
                break;
            }
            let weight = weight(texts, count(gram));
            self.add(*gram, weight, &mut scores);
            // The first run says where a text begins.
            all = if runs.first() == Some(gram) { all } else { u16::saturating_add(all, weight) };
        }
        let holds_all = scores.iter().zip(0..).filter(|(score, _)| **score >= all.max(1)).map(|(_, text)| text);
        let all = holds_all.take(MOST_WITH_ALL).collect();
        let highest = scores.iter().copied().max().unwrap_or_default();
        let least = highest / BEHIND;
        let mut found: Vec<(f32, f32, u32)> = scores
            .iter()
            .zip(&self.totals)
            .zip(0..)
            .filter(|((score, _), _)| **score > least)
            .map(|((score, total), text)| {
                let (score, total) = (f32::from(*score), f32::from(*total).max(1.0));
                (score - total / 1024.0, score * score / total, text)
            })
            .collect();
        let mut best = first(&mut found, most, |one| one.0);
        best.extend(first(&mut found, most, |one| one.1));
        best.sort_unstable();
        best.dedup();
        Alike { best, all }
    }

    /// Adds what a run weighs to each text that holds it.
    fn add(&self, gram: u32, weight: u16, scores: &mut [u16]) {
        let at = gram as usize;
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else { return };
        let mut steps = self.steps.get(*from as usize..*to as usize).unwrap_or_default().iter();
        let mut text = 0;
        while let Some(step) = steps.next() {
            let mut distance = usize::from(*step & 0x7f);
            if *step >= 0x80 {
                let mut shift = 7;
                for step in steps.by_ref() {
                    distance |= usize::from(step & 0x7f) << shift;
                    shift += 7;
                    if *step < 0x80 {
                        break;
                    }
                }
            }
            text += distance;
            if let Some(score) = scores.get_mut(text - 1) {
                *score = score.saturating_add(weight);
            }
        }
    }
}

/// The texts of the highest value.
fn first(found: &mut [(f32, f32, u32)], most: usize, value: impl Fn(&(f32, f32, u32)) -> f32) -> Vec<u32> {
    if found.len() > most {
        found.select_nth_unstable_by(most, |a, b| value(b).total_cmp(&value(a)).then(a.2.cmp(&b.2)));
    }
    found.iter().take(most).map(|(_, _, text)| *text).collect()
}

/// How many bytes a distance takes.
fn bytes(distance: u32) -> u32 {
    (32 - (distance | 1).leading_zeros()).div_ceil(7)
}

/// What a run weighs that so many of all texts hold.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number above zero")]
fn weight(texts: u32, count: u32) -> u16 {
    #[expect(clippy::cast_precision_loss, reason = "a rarity needs no more than a few digits")]
    let rarity = ((texts as f32 + SMOOTH) / (count as f32 + 0.5)).ln();
    (rarity * 8.0).clamp(1.0, 96.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(texts: &[String]) -> Grams {
        Grams::new(texts.iter().map(String::as_str))
    }

    fn runs(text: &str) -> Vec<u32> {
        grams(text).collect()
    }

    #[test]
    fn a_rare_run_finds_its_text_however_far_apart_they_stand() {
        let mut texts = vec!["cannot open the file".to_owned(); 40_000];
        for at in [3, 130, 20_000, 39_999] {
            texts[at] = "cannot open the vault".to_owned();
        }
        let alike = index(&texts).alike(&runs("vault"), 10, u32::MAX);
        assert_eq!(alike.all, [3, 130, 20_000, 39_999]);
        assert_eq!(alike.best, alike.all);
    }

    #[test]
    fn what_no_text_holds_finds_nothing() {
        let alike = index(&["cannot open the file".to_owned()]).alike(&runs("zzz"), 10, u32::MAX);
        assert!(alike.best.is_empty() && alike.all.is_empty());
    }

    #[test]
    fn a_text_is_among_the_best_for_itself() {
        proptest::proptest!(|(texts in proptest::collection::vec("[a-d]{1,4}( [a-d]{1,4}){0,3}", 1..60), pick in 0_usize..60)| {
            let at = pick % texts.len();
            let alike = index(&texts).alike(&runs(&texts[at]), texts.len(), u32::MAX);
            proptest::prop_assert!(alike.best.contains(&u32::try_from(at).unwrap_or(u32::MAX)));
        });
    }
}
