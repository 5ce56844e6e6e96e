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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's own palette.
    Terminal,
    /// Dark letters on a light ground, whatever the terminal's palette.
    Light,
    /// Light letters on a dark ground, whatever the terminal's palette.
    Dark,
    /// Black and bright, nothing faint.
    HighContrast,
    /// No color at all, for `NO_COLOR` and for terminals without any.
    Monochrome,
}

/// The colors of a theme. Numbers above 15 are the same on every terminal.
struct Palette {
    ground: Option<(Color, Color)>,
    dim: Option<Color>,
    key: Color,
    caution: Color,
    actor: Color,
    good: Color,
}

const fn fixed(number: u8) -> Color {
    Color::Indexed(number)
}

const TERMINAL: Palette = Palette {
    ground: None,
    dim: None,
    key: Color::Cyan,
    caution: Color::Yellow,
    actor: Color::Magenta,
    good: Color::Green,
};
const LIGHT: Palette = Palette {
    ground: Some((fixed(234), fixed(255))),
    dim: Some(fixed(240)),
    key: fixed(25),
    caution: fixed(88),
    actor: fixed(90),
    good: fixed(22),
};
const DARK: Palette = Palette {
    ground: Some((fixed(252), fixed(234))),
    dim: Some(fixed(247)),
    key: fixed(117),
    caution: fixed(221),
    actor: fixed(183),
    good: fixed(120),
};
const HIGH_CONTRAST: Palette = Palette {
    ground: Some((fixed(231), fixed(16))),
    dim: Some(fixed(231)),
    key: fixed(51),
    caution: fixed(226),
    actor: fixed(219),
    good: fixed(120),
};

impl Theme {
    /// Every theme.
    pub const ALL: &[Self] = &[Self::Terminal, Self::Light, Self::Dark, Self::HighContrast, Self::Monochrome];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::HighContrast => "high-contrast",
            Self::Monochrome => "monochrome",
        }
    }

    /// The theme of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|theme| theme.name() == name)
    }

    fn palette(self) -> Option<&'static Palette> {
        match self {
            Self::Terminal => Some(&TERMINAL),
            Self::Light => Some(&LIGHT),
            Self::Dark => Some(&DARK),
            Self::HighContrast => Some(&HIGH_CONTRAST),
            Self::Monochrome => None,
        }
    }

    /// The look of the whole screen before anything is drawn on it.
    #[must_use]
    pub fn ground(self) -> Style {
        match self.palette().and_then(|palette| palette.ground) {
            Some((letters, ground)) => Style::new().fg(letters).bg(ground),
            None => Style::new(),
        }
    }

    /// The look of a role.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        let ground = self.ground();
        let palette = self.palette();
        let color = |pick: fn(&Palette) -> Color| palette.map_or(ground, |palette| ground.fg(pick(palette)));
        let bold = Modifier::BOLD;
        match role {
            Role::Text => ground,
            Role::Strong => ground.add_modifier(bold),
            Role::Dim => match palette.and_then(|palette| palette.dim) {
                Some(dim) => ground.fg(dim),
                None => ground.add_modifier(Modifier::DIM),
            },
            Role::Match => color(|palette| palette.key).add_modifier(bold | Modifier::UNDERLINED),
            Role::Selected => ground.add_modifier(bold | Modifier::REVERSED),
            Role::Caution | Role::Differs => color(|palette| palette.caution).add_modifier(bold),
            Role::Actor => color(|palette| palette.actor).add_modifier(bold),
            Role::Title | Role::Key => color(|palette| palette.key).add_modifier(bold),
            Role::Good => color(|palette| palette.good).add_modifier(bold),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of one of the fixed colors (WCAG 2).
    fn luminance(color: Color) -> f64 {
        let Color::Indexed(number @ 16..) = color else { return f64::NAN };
        let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * u32::from(step) };
        let [red, green, blue] = match number {
            232.. => [8 + 10 * u32::from(number - 232); 3],
            _ => [level((number - 16) / 36), level((number - 16) / 6 % 6), level((number - 16) % 6)],
        };
        let linear = |part: u32| {
            let part = f64::from(part) / 255.0;
            if part <= 0.039_28 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[test]
    fn what_a_theme_with_colors_of_its_own_shows_can_be_read() {
        for (palette, least) in [(&LIGHT, 4.5), (&DARK, 4.5), (&HIGH_CONTRAST, 7.0)] {
            let (letters, ground) = palette.ground.unwrap_or((Color::Reset, Color::Reset));
            let colors = [Some(letters), palette.dim, Some(palette.key), Some(palette.caution), Some(palette.actor)];
            for color in colors.into_iter().chain([Some(palette.good)]).flatten() {
                let (a, b) = (luminance(color), luminance(ground));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= least, "{color:?} on {ground:?}: {contrast:.1}");
            }
        }
    }

    #[test]
    fn high_contrast_shows_nothing_faint() {
        assert!(!Theme::HighContrast.style(Role::Dim).add_modifier.contains(Modifier::DIM));
    }
}
