//! Texts with voices and inserts: `<you|the user|me>` has an alternative for each voice (the third is optional), and
//! `<account-email>` inserts a detail that people fill in.

use borsh::{BorshDeserialize, BorshSerialize};

use super::SanitizedText;

/// The voice of a text: whether it speaks to the user, about the user, or for the user. The voice selects the alternative
/// that is shown.
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

/// A text with alternatives and inserts in angle brackets. It can't be shown until a [`Voice`] is chosen. Inserts are stored with
/// their labels.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub struct VoicedText(SanitizedText);

impl VoicedText {
    /// Returns the text in one voice. An insert is shown as its label.
    #[must_use]
    pub fn voice(&self, voice: Voice) -> SanitizedText {
        self.fill(voice, |_, label| label.to_owned())
    }

    /// Returns the text in one voice. Each insert is replaced by `value(id, label)`.
    #[must_use]
    pub fn fill(&self, voice: Voice, value: impl Fn(&str, &str) -> String) -> SanitizedText {
        let mut text = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        let mut has_choice = false;
        while let Some((before, alternatives, after)) = next_choice(rest) {
            has_choice = true;
            text.push_str(before);
            match alternatives.strip_prefix(INSERT).and_then(|insert| insert.split_once('|')) {
                Some((id, labels)) => text.push_str(&value(id, alternative(labels, voice))),
                None => text.push_str(alternative(alternatives, voice)),
            }
            rest = after;
        }
        if !has_choice {
            return self.0.clone();
        }
        text.push_str(rest);
        SanitizedText::new(&text)
    }

    /// Returns the text in one voice. Inserts the known details, and shows the labels of the other details. `details`
    /// contains the known details, as `(ID, value)`.
    #[must_use]
    pub fn with_details(&self, voice: Voice, details: &[(String, String)]) -> SanitizedText {
        self.fill(voice, |id, label| {
            let known = details.iter().find(|(known, _)| known == id);
            known.map_or_else(|| label.to_owned(), |(_, value)| value.clone())
        })
    }

    /// Returns the IDs of the inserts, in order.
    pub fn inserts(&self) -> impl Iterator<Item = &str> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            let (_, alternatives, after) = next_choice(rest)?;
            rest = after;
            Some(alternatives)
        })
        .filter_map(|alternatives| Some(alternatives.strip_prefix(INSERT)?.split_once('|')?.0))
    }

    /// Creates a text in which `<id>` inserts the detail with this ID, for each `(id, label)` in `details`. If the detail
    /// isn't known, its label is shown.
    #[must_use]
    pub fn with_inserts(text: &SanitizedText, details: &[(String, VoicedText)]) -> Self {
        let mut written = text.to_string();
        for (id, label) in details {
            let name = format!("<{id}>");
            if written.contains(&name) {
                let labels = Voice::ALL.iter().map(|voice| in_sentence(&label.voice(*voice).one_line()));
                let labels = labels.collect::<Vec<_>>().join("|");
                written = written.replace(&name, &format!("<{INSERT}{id}|{labels}>"));
            }
        }
        Self(SanitizedText(written))
    }

    /// Returns the first name in angle brackets that is not an insert.
    #[must_use]
    pub fn unknown_insert(&self) -> Option<String> {
        let shown = self.voice(Voice::TheUser);
        let words = shown.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(word, _)| word);
        let is_name = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        words.filter(is_name).map(str::to_owned).next()
    }

    /// Returns the text in the voice [`Voice::TheUser`], on one line. This form identifies the text in saved cases and in
    /// scenarios.
    #[must_use]
    pub fn one_line(&self) -> String {
        self.voice(Voice::TheUser).one_line()
    }

    /// Returns the first part that looks like alternatives but is not valid: it has more than three alternatives, or no
    /// closing `>`.
    #[must_use]
    pub fn unread_alternatives(&self) -> Option<String> {
        let shown = self.voice(Voice::TheUser);
        let parts = shown.split('<').skip(1).filter_map(|part| part.lines().next());
        let part =
            parts.map(|part| part.split_inclusive('>').next().unwrap_or_default()).find(|part| part.contains('|'));
        part.map(|part| format!("<{part}"))
    }

    /// Returns the stored text: with its alternatives, and with its inserts in their internal form.
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

/// Mark of an insert after the opening bracket: `<=id|label|label|label>`. Authors write `<id>`.
const INSERT: char = '=';

/// Returns the alternative for a voice. `alternatives` contains two or three texts with `|` between them.
fn alternative(alternatives: &str, voice: Voice) -> &str {
    let mut alternatives = alternatives.split('|');
    let (first, second) = (alternatives.next(), alternatives.next());
    // Invariant: `next_choice` returns at least two alternatives.
    match voice {
        Voice::You => first.unwrap_or_default(),
        Voice::TheUser => second.unwrap_or_default(),
        Voice::Me => alternatives.next().or(second).unwrap_or_default(),
    }
}

/// Returns a label as a part of a sentence: with a lowercase first letter, unless the first word has other capitals. Removes `<`,
/// `>` and `|`.
pub(crate) fn in_sentence(label: &str) -> String {
    let label: String = label.chars().filter(|c| !matches!(c, '<' | '>' | '|')).collect();
    let first = label.split(' ').next().unwrap_or_default();
    if first.chars().skip(1).any(char::is_uppercase) {
        return label;
    }
    let mut chars = label.chars();
    let small: String = chars.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
    format!("{small}{}", chars.as_str())
}

/// Finds the next `<a|b>`, `<a|b|c>` or insert. Returns the text before it, the alternatives without the brackets, and the text after it.
/// Other text in angle brackets, such as `<name>`, is left as it is.
fn next_choice(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('<')?;
        let inside = text.get(open + 1..)?;
        let end = inside.find(['<', '>', '\n'])?;
        let (alternatives, rest) = inside.split_at_checked(end)?;
        if let Some(after) = rest.strip_prefix('>')
            && (if alternatives.starts_with(INSERT) { 3..=3 } else { 1..=2 })
                .contains(&alternatives.matches('|').count())
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

    #[test]
    fn an_insert_shows_its_value_or_its_label() {
        let label = voiced("The email address of <your|the user's|my> account");
        let details = [("email".to_owned(), label), ("ip".to_owned(), voiced("IP address"))];
        let text = SanitizedText::new("Invite <you|the user|me> (<email>) from <ip>, not <other>.");
        let text = VoicedText::with_inserts(&text, &details);
        assert_eq!(text.inserts().collect::<Vec<_>>(), ["email", "ip"]);
        assert_eq!(text.unknown_insert().as_deref(), Some("other"));
        let shown = text.voice(Voice::Me).to_string();
        assert_eq!(shown, "Invite me (the email address of my account) from IP address, not <other>.");
        let filled =
            text.fill(Voice::TheUser, |id, label| if id == "ip" { "::1".to_owned() } else { format!("[{label}]") });
        assert_eq!(
            filled.as_str(),
            "Invite the user ([the email address of the user's account]) from ::1, not <other>."
        );
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
