//! Styles of the interface, one for each [`Tone`]. Only this module uses colors, and no information depends on color alone.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

/// The purpose of a piece of text, which determines its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The program's name.
    Title,
    /// Ordinary text.
    Text,
    /// The most important text on the screen.
    Strong,
    /// Less important text.
    Dim,
    /// A character that matches the query.
    Match,
    /// A word that is missing from at least one possible match.
    Differs,
    /// The selected item.
    Selected,
    /// A caution, a notice or an empty blank.
    Caution,
    /// The role that does a step.
    Role,
    /// A key, a code or a mark.
    Key,
    /// A success, or the mark of an answered question.
    Success,
}

/// A color theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// The palette of the terminal.
    Terminal,
    /// Dark text on a light background, with fixed colors.
    Light,
    /// Light text on a dark background, with fixed colors.
    Dark,
    /// Bright text on black, without dim text.
    HighContrast,
    /// No colors, for `NO_COLOR` and for terminals without color.
    Monochrome,
}

/// The colors of a theme. Indexed colors from 16 on are the same on every terminal with 256 colors, unlike those from 0 to 15.
struct Palette {
    /// Foreground and background. `None` for the colors of the terminal.
    background: Option<(Color, Color)>,
    dim: Option<Color>,
    key: Color,
    caution: Color,
    role: Color,
    success: Color,
}

const fn fixed(number: u8) -> Color {
    Color::Indexed(number)
}

const TERMINAL: Palette = Palette {
    background: None,
    dim: None,
    key: Color::Cyan,
    caution: Color::Yellow,
    role: Color::Magenta,
    success: Color::Green,
};
const LIGHT: Palette = Palette {
    background: Some((fixed(234), fixed(255))),
    dim: Some(fixed(240)),
    key: fixed(25),
    caution: fixed(88),
    role: fixed(90),
    success: fixed(22),
};
const DARK: Palette = Palette {
    background: Some((fixed(252), fixed(234))),
    dim: Some(fixed(247)),
    key: fixed(117),
    caution: fixed(221),
    role: fixed(183),
    success: fixed(120),
};
const HIGH_CONTRAST: Palette = Palette {
    background: Some((fixed(231), fixed(16))),
    dim: Some(fixed(231)),
    key: fixed(51),
    caution: fixed(226),
    role: fixed(219),
    success: fixed(120),
};

impl Theme {
    /// All themes.
    pub const ALL: &[Self] = &[Self::Terminal, Self::Light, Self::Dark, Self::HighContrast, Self::Monochrome];

    /// Returns the name of the theme on the command line.
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

    /// Returns the theme with this name.
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

    /// Returns the style of the empty screen.
    #[must_use]
    pub fn base_style(self) -> Style {
        match self.palette().and_then(|palette| palette.background) {
            Some((foreground, background)) => Style::new().fg(foreground).bg(background),
            None => Style::new(),
        }
    }

    /// Returns the style of a tone.
    #[must_use]
    pub fn style(self, tone: Tone) -> Style {
        let background = self.base_style();
        let palette = self.palette();
        let color = |pick: fn(&Palette) -> Color| palette.map_or(background, |palette| background.fg(pick(palette)));
        let bold = Modifier::BOLD;
        match tone {
            Tone::Text => background,
            Tone::Strong => background.add_modifier(bold),
            Tone::Dim => match palette.and_then(|palette| palette.dim) {
                Some(dim) => background.fg(dim),
                None => background.add_modifier(Modifier::DIM),
            },
            Tone::Match => color(|palette| palette.key).add_modifier(bold | Modifier::UNDERLINED),
            Tone::Selected => background.add_modifier(bold | Modifier::REVERSED),
            Tone::Caution | Tone::Differs => color(|palette| palette.caution).add_modifier(bold),
            Tone::Role => color(|palette| palette.role).add_modifier(bold),
            Tone::Title | Tone::Key => color(|palette| palette.key).add_modifier(bold),
            Tone::Success => color(|palette| palette.success).add_modifier(bold),
        }
    }

    /// Creates a span of text in a tone.
    pub fn span<'a>(self, tone: Tone, text: impl Into<std::borrow::Cow<'a, str>>) -> Span<'a> {
        Span::styled(text, self.style(tone))
    }

    /// Creates a line of text in a tone.
    pub fn line<'a>(self, tone: Tone, text: impl Into<std::borrow::Cow<'a, str>>) -> Line<'a> {
        Line::from(self.span(tone, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the relative luminance (0–1, as in WCAG 2) of a fixed color, which is an indexed color from 16 on. NaN for
    /// other colors.
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
    fn fixed_colors_have_enough_contrast() {
        for (palette, least) in [(&LIGHT, 4.5), (&DARK, 4.5), (&HIGH_CONTRAST, 7.0)] {
            let (foreground, background) = palette.background.unwrap_or((Color::Reset, Color::Reset));
            let colors = [Some(foreground), palette.dim, Some(palette.key), Some(palette.caution), Some(palette.role)];
            for color in colors.into_iter().chain([Some(palette.success)]).flatten() {
                let (a, b) = (luminance(color), luminance(background));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= least, "{color:?} on {background:?}: {contrast:.1}");
            }
        }
    }

    #[test]
    fn high_contrast_does_not_dim_text() {
        assert!(!Theme::HighContrast.style(Tone::Dim).add_modifier.contains(Modifier::DIM));
    }
}
