//! Texts compared letter by letter, in threes: what is left to go by where even the spaces are wrong.

/// Letters of a query up to which three of them say too little.
const FEW: usize = 12;

/// The share that a long text may have in common with any other, and what is added to it for a short one.
const CHANCE: f64 = 0.34;
const ALLOWANCE: f64 = 4.0;

/// The different runs of three letters of a text, without its spaces; sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Threes(Vec<u64>);

impl Threes {
    /// Of some words.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut threes: Vec<u64> = runs(words.into_iter().flat_map(str::chars)).collect();
        threes.sort_unstable();
        threes.dedup();
        Self(threes)
    }

    /// Whether such a share of these is more than chance: the fewer there are, the larger it must be.
    pub(super) fn tell(&self, share: f64) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "queries are short")]
        let all = self.0.len() as f64;
        share >= CHANCE + ALLOWANCE / all.max(1.0)
    }

    /// Which share of these stands in the letters of a text, 0 to 1; 0 where there are too few to say.
    pub(super) fn share_in(&self, letters: impl Iterator<Item = char>) -> f64 {
        if self.0.len() < FEW {
            return 0.0;
        }
        let mut there = vec![false; self.0.len()];
        for run in runs(letters) {
            if let Ok(at) = self.0.binary_search(&run)
                && let Some(there) = there.get_mut(at)
            {
                *there = true;
            }
        }
        let shared = there.iter().filter(|there| **there).count();
        #[expect(clippy::cast_precision_loss, reason = "queries are short")]
        let share = shared as f64 / self.0.len() as f64;
        share
    }
}

/// Each run of three letters, as one number.
fn runs(letters: impl Iterator<Item = char>) -> impl Iterator<Item = u64> {
    let pack = |run: &mut u64, c: char| {
        *run = (*run << 21 | u64::from(u32::from(c))) & ((1 << 63) - 1);
        Some(*run)
    };
    letters.scan(0, pack).skip(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_itself_whatever_its_spaces() {
        let text = || "enteryouremergencyresetcode".chars();
        assert!((Threes::new(["enteryour", "emerg", "encyreset"]).share_in(text()) - 1.0).abs() < f64::EPSILON);
        assert!(Threes::new(["printer", "out", "of", "paper"]).share_in(text()) < 0.2);
    }

    #[test]
    fn a_few_letters_say_nothing() {
        assert!(Threes::new(["code"]).share_in("code".chars()).abs() < f64::EPSILON);
    }
}
