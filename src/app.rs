//! The full-screen interface without the terminal, in the Elm architecture: the [key map](keymap) turns a key into a [`Msg`],
//! [`update()`] applies it to the [`Model`], and the drawing code only reads the model. Nothing here uses a terminal, a clock
//! or a disk.

mod case;
pub mod keymap;
pub mod map;
mod model;
mod msg;
mod reload;
mod update;

pub use case::HandoverPane;
pub use keymap::{Binding, Context, Key};
pub use model::{Disambiguation, FlowPane, Focus, Listing, Model, Screen, SearchPane};
pub use msg::{Effect, Msg, Viewport};
pub use update::update;
