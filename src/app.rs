//! The interactive side without a terminal: what is on the screen as data, and what each intent changes in it.
//!
//! A key becomes a [`Message`] through the [key map](keymap), [`update`] changes the [`Model`], and whoever draws it looks at the
//! model alone. Nothing here knows a terminal, a clock or a disk.

mod cases;
pub mod keymap;
pub mod map;
mod message;
mod model;
mod reload;
mod update;

pub use cases::Letters;
pub use keymap::{Binding, Context, Key};
pub use message::{Effect, Message, Seen};
pub use model::{Find, Focus, Model, Screen, Telling, Walking};
pub use update::update;
