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
        let letters: Vec<char> = words.into_iter().flat_map(str::chars).collect();
        let pack = |three: &[char]| three.iter().fold(0, |packed, c| packed << 21 | u64::from(u32::from(*c)));
        let mut threes: Vec<u64> = letters.windows(3).map(pack).collect();
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

    /// Which share of these stands in the others, 0 to 1; 0 where there are too few to say.
    pub(super) fn share_in(&self, others: &Self) -> f64 {
        if self.0.len() < FEW {
            return 0.0;
        }
        let mut others = others.0.iter().peekable();
        let mut shared = 0_u32;
        for three in &self.0 {
            while others.next_if(|other| *other < three).is_some() {}
            if others.peek() == Some(&three) {
                shared += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "queries are short")]
        let all = self.0.len() as f64;
        f64::from(shared) / all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_itself_whatever_its_spaces() {
        let text = Threes::new(["enter", "your", "emergency", "reset", "code"]);
        assert!((Threes::new(["enteryour", "emerg", "encyreset"]).share_in(&text) - 1.0).abs() < f64::EPSILON);
        assert!(Threes::new(["printer", "out", "of", "paper"]).share_in(&text) < 0.2);
    }

    #[test]
    fn a_few_letters_say_nothing() {
        assert!(Threes::new(["code"]).share_in(&Threes::new(["code"])).abs() < f64::EPSILON);
    }
}
