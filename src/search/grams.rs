//! Runs of three letters, and which texts hold them: the few texts that could be meant, out of any number.
//!
//! The rarest runs say the most and cost the least, so they are looked up first, and only as many as a fixed budget of work
//! allows. What comes out is not ranked; it is what is worth ranking.

use super::signs::{SIGNS, sign};

/// Texts noted down for runs of a query, one step each. More work than this makes nobody wait.
const BUDGET: u32 = 150_000;

/// Texts further behind the best than this are not looked at again.
const BEHIND: f32 = 0.35;

/// Of how many texts a run is called common and says next to nothing.
const MOST: f32 = 12.0;

/// The letters and digits of a text and the gaps between its words, in runs of three.
pub(super) fn grams<'a>(words: impl Iterator<Item = &'a str>) -> impl Iterator<Item = u32> {
    let signs = words.flat_map(|word| word.chars().map(sign).chain([0]));
    signs.scan(0, |run, sign| {
        *run = (*run * SIGNS + sign) % (SIGNS * SIGNS * SIGNS);
        Some(*run)
    })
}

/// Which texts hold each run of three signs.
#[derive(Debug, Default)]
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
    /// Notes down so many texts; `gram` gives the runs of each to a function.
    pub(super) fn new(texts: u32, grams: impl Fn(u32, &mut dyn FnMut(u32))) -> Self {
        let all = (SIGNS * SIGNS * SIGNS) as usize;
        let mut counts = vec![0_u32; all];
        let mut sizes = vec![0_u32; all];
        // The text that a run was last seen in, counted from 1.
        let mut last = vec![0_u32; all];
        for text in 0..texts {
            grams(text, &mut |gram| {
                let at = gram as usize;
                if let (Some(last), Some(count), Some(size)) = (last.get_mut(at), counts.get_mut(at), sizes.get_mut(at))
                    && *last != text + 1
                {
                    *size += bytes(text + 1 - *last);
                    *count += 1;
                    *last = text + 1;
                }
            });
        }
        let mut starts = Vec::with_capacity(all + 1);
        let mut end = 0;
        starts.push(0);
        for size in &sizes {
            end += size;
            starts.push(end);
        }
        let mut index =
            Self { starts, counts, steps: vec![0; end as usize], totals: Vec::with_capacity(texts as usize) };
        let mut next = index.starts.clone();
        last.fill(0);
        for text in 0..texts {
            let mut total = 0_u16;
            grams(text, &mut |gram| {
                let at = gram as usize;
                if let (Some(last), Some(next)) = (last.get_mut(at), next.get_mut(at))
                    && *last != text + 1
                {
                    *next = index.note(*next, text + 1 - *last);
                    *last = text + 1;
                    total = total.saturating_add(weight(texts, index.counts.get(at).copied().unwrap_or_default()));
                }
            });
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

    /// Up to `most` texts that have the most in common with some runs, and as many again of which the most is in common.
    pub(super) fn best(&self, mut grams: Vec<u32>, most: usize) -> Vec<u32> {
        grams.sort_unstable();
        grams.dedup();
        let count = |gram: &u32| self.counts.get(*gram as usize).copied().unwrap_or_default();
        grams.retain(|gram| count(gram) > 0);
        grams.sort_by_key(count);
        let texts = u32::try_from(self.totals.len()).unwrap_or(u32::MAX);
        let mut scores = vec![0_u16; self.totals.len()];
        let mut work = 0;
        for gram in &grams {
            work += count(gram);
            if work > BUDGET && work > count(gram) {
                break;
            }
            self.add(*gram, weight(texts, count(gram)), &mut scores);
        }
        let highest = scores.iter().copied().max().unwrap_or_default();
        if highest == 0 {
            return Vec::new();
        }
        let least = f32::from(highest) * BEHIND;
        let mut found: Vec<(f32, f32, u32)> = scores
            .iter()
            .zip(&self.totals)
            .zip(0..)
            .filter(|((score, _), _)| f32::from(**score) >= least)
            .map(|((score, total), text)| {
                let (score, total) = (f32::from(*score), f32::from(*total).max(1.0));
                (score - total / 1024.0, score * score / total, text)
            })
            .collect();
        let mut best = first(&mut found, most, |one| one.0);
        best.extend(first(&mut found, most, |one| one.1));
        best.sort_unstable();
        best.dedup();
        best
    }

    /// Adds what a run weighs to each text that holds it.
    fn add(&self, gram: u32, weight: u16, scores: &mut [u16]) {
        let at = gram as usize;
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else { return };
        let steps = self.steps.get(*from as usize..*to as usize).unwrap_or_default();
        let (mut text, mut distance, mut shift) = (0_usize, 0_usize, 0);
        for step in steps {
            distance |= usize::from(step & 0x7f) << shift;
            if step & 0x80 == 0 {
                text += distance;
                if let Some(score) = scores.get_mut(text - 1) {
                    *score = score.saturating_add(weight);
                }
                (distance, shift) = (0, 0);
            } else {
                shift += 7;
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
    let rarity = ((texts as f32 + MOST) / (count as f32 + 0.5)).ln();
    (rarity * 8.0).clamp(1.0, 96.0) as u16
}
