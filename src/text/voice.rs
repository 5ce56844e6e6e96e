//! Texts with voices: `<you|the user>` has one alternative for each way to speak about the user.

use borsh::{BorshDeserialize, BorshSerialize};

use super::SanitizedText;

/// The way a text speaks about the user, and so the alternative that it shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Voice {
    /// Spoken to the user: the first alternative.
    You,
    /// Spoken about the user: the second alternative.
    #[default]
    TheUser,
    /// Written by the user to someone else: the third alternative, or the second one if there are only two.
    Me,
}

impl Voice {
    /// All voices.
    pub const ALL: &[Self] = &[Self::You, Self::TheUser, Self::Me];
}

/// A text as its author wrote it, with alternatives in angle brackets. It can't be shown without choosing a [`Voice`].
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub struct VoicedText(SanitizedText);

impl VoicedText {
    /// Returns the text in one voice.
    #[must_use]
    pub fn voice(&self, voice: Voice) -> SanitizedText {
        let mut text = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        let mut has_choice = false;
        while let Some((before, alternatives, after)) = next_choice(rest) {
            has_choice = true;
            text.push_str(before);
            let mut alternatives = alternatives.split('|');
            let (first, second) = (alternatives.next(), alternatives.next());
            // Invariant: `next_choice` returns two or three alternatives.
            text.push_str(match voice {
                Voice::You => first.unwrap_or_default(),
                Voice::TheUser => second.unwrap_or_default(),
                Voice::Me => alternatives.next().or(second).unwrap_or_default(),
            });
            rest = after;
        }
        if !has_choice {
            return self.0.clone();
        }
        text.push_str(rest);
        SanitizedText(text)
    }

    /// Returns the text about the user, on one line. It identifies the text in saved cases and in scenarios.
    #[must_use]
    pub fn one_line(&self) -> String {
        self.voice(Voice::TheUser).one_line()
    }

    /// Returns the first part that looks like alternatives but is not: more than three, or without the closing `>`.
    #[must_use]
    pub fn unread_alternatives(&self) -> Option<String> {
        let shown = self.voice(Voice::TheUser);
        let parts = shown.split('<').skip(1).filter_map(|part| part.lines().next());
        let part =
            parts.map(|part| part.split_inclusive('>').next().unwrap_or_default()).find(|part| part.contains('|'));
        part.map(|part| format!("<{part}"))
    }

    /// Returns the text as its author wrote it.
    #[must_use]
    pub fn written(&self) -> &SanitizedText {
        &self.0
    }
}

impl From<SanitizedText> for VoicedText {
    fn from(text: SanitizedText) -> Self {
        Self(text)
    }
}

/// Finds the next `<a|b>` or `<a|b|c>`. Returns the text before it, the alternatives without the brackets, and the text after it.
/// Other text in angle brackets, such as `<name>`, is left as it is.
fn next_choice(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('<')?;
        let inside = text.get(open + 1..)?;
        let end = inside.find(['<', '>', '\n'])?;
        let (alternatives, rest) = inside.split_at_checked(end)?;
        if let Some(after) = rest.strip_prefix('>')
            && (1..=2).contains(&alternatives.matches('|').count())
        {
            return Some((text.get(..open)?, alternatives, after));
        }
        from = open + 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn voiced(text: &str) -> VoicedText {
        SanitizedText::new(text).into()
    }

    fn all(text: &str) -> [String; 3] {
        [Voice::You, Voice::TheUser, Voice::Me].map(|voice| voiced(text).voice(voice).to_string())
    }

    #[test]
    fn each_voice_has_its_alternative() {
        assert_eq!(all("Re-invite <you|the user|me>."), ["Re-invite you.", "Re-invite the user.", "Re-invite me."]);
        assert_eq!(
            all("<Are you|Is the user> the owner of <your|their> cloud?"),
            [
                "Are you the owner of your cloud?",
                "Is the user the owner of their cloud?",
                "Is the user the owner of their cloud?"
            ]
        );
        assert_eq!(all("<|The user's >browser"), ["browser", "The user's browser", "The user's browser"]);
    }

    #[test]
    fn other_angle_brackets_are_text() {
        for text in ["", "a < b", "<name>", "<a|b", "a|b>", "<a|b|c|d>", "<a\n|b>", "1 <2| 3> 4<"] {
            let expected = if text.starts_with('1') { "1 2 4<" } else { text };
            assert_eq!(all(text)[0].as_str(), expected, "{text}");
        }
        assert_eq!(all("<a<you|them>")[0], "<ayou");
    }

    #[test]
    fn unread_alternatives_are_found() {
        let part = |text: &str| voiced(text).unread_alternatives();
        assert_eq!(part("Tell <you|the user> about <name>."), None);
        assert_eq!(part("Ask <a|b|c|d>.").as_deref(), Some("<a|b|c|d>"));
        assert_eq!(part("<a|b>, and <you|the user.").as_deref(), Some("<you|the user."));
    }

    proptest! {
        #[test]
        fn any_text_has_every_voice(text in "[<>|a é\n]{0,40}") {
            for voice in Voice::ALL {
                let shown = voiced(&text).voice(*voice);
                prop_assert!(shown.len() <= text.len());
                prop_assert!(shown.matches('\n').count() == text.matches('\n').count());
            }
        }
    }
}
