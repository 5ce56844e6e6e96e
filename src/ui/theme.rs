//! How things look, by what they are. The code names roles; only this file names colors. No meaning hangs on color alone.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The program's name.
    Title,
    /// Ordinary text.
    Text,
    /// What matters most on the screen.
    Strong,
    /// What can be overlooked.
    Dim,
    /// A letter that matches what was typed.
    Match,
    /// A word that one of several messages has and another has not.
    Differs,
    /// What is selected.
    Selected,
    /// What must be read before anything is done.
    Caution,
    /// Who does a step.
    Actor,
    /// A key in the footer or the help.
    Key,
    /// What went well.
    Good,
}

/// A look for each role.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    colored: bool,
}

impl Theme {
    /// The terminal's own palette.
    pub const TERMINAL: Self = Self { colored: true };
    /// No color at all, for `NO_COLOR` and for terminals without any.
    pub const MONOCHROME: Self = Self { colored: false };

    /// The look of a role.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let (color, modifier) = match role {
            Role::Text => return plain,
            Role::Strong => return plain.add_modifier(Modifier::BOLD),
            Role::Dim => return plain.add_modifier(Modifier::DIM),
            Role::Match => (Color::Cyan, Modifier::BOLD.union(Modifier::UNDERLINED)),
            Role::Selected => return plain.add_modifier(Modifier::REVERSED.union(Modifier::BOLD)),
            Role::Caution | Role::Differs => (Color::Yellow, Modifier::BOLD),
            Role::Actor => (Color::Magenta, Modifier::BOLD),
            Role::Title | Role::Key => (Color::Cyan, Modifier::BOLD),
            Role::Good => (Color::Green, Modifier::BOLD),
        };
        let style = plain.add_modifier(modifier);
        if self.colored { style.fg(color) } else { style }
    }

    /// A piece of text in a role.
    pub fn span<'a>(self, role: Role, text: impl Into<std::borrow::Cow<'a, str>>) -> Span<'a> {
        Span::styled(text, self.style(role))
    }

    /// A line of text in a role.
    pub fn line<'a>(self, role: Role, text: impl Into<std::borrow::Cow<'a, str>>) -> Line<'a> {
        Line::from(self.span(role, text))
    }
}
