//! The user's settings folder. It contains the audience and whether cases are saved (each is one word in a file), the facts that
//! are the same for every case, and the user's own knowledge base.
//!
//! Every setting is optional: if the folder can't be read or written, the program uses the defaults. Problems in `facts.yaml` are
//! reported.

use std::path::{Path, PathBuf};
use std::{fs, io};

use etcetera::BaseStrategy;

use crate::files;
use crate::strings::Audience;

/// Maximum size of a settings file, in bytes.
const MAX_SETTING_BYTES: usize = 4096;

/// Returns the settings folder, or `None` if it can't be determined.
fn folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("unstuck"))
}

/// Returns the path of the file for the audience.
fn audience_file() -> Option<PathBuf> {
    Some(folder()?.join("audience"))
}

/// Returns the folder of the user's own knowledge base, which is loaded even without `--kb`. The folder may not exist.
#[must_use]
pub fn knowledge_base() -> Option<PathBuf> {
    Some(folder()?.join("kb"))
}

/// Returns the text of a settings file, or `None` if it is too large, is not UTF-8 or can't be read.
fn read_setting(path: &Path) -> Option<String> {
    let bytes =
        files::read_prefix(path, MAX_SETTING_BYTES + 1).ok().filter(|bytes| bytes.len() <= MAX_SETTING_BYTES)?;
    String::from_utf8(bytes).ok()
}

/// Whether cases are saved. True unless the file `history` contains `off`.
#[must_use]
pub fn saves_history() -> bool {
    let said = folder().and_then(|folder| read_setting(&folder.join("history")));
    said.is_none_or(|said| said.trim() != "off")
}

/// Turns saving of cases on or off in the settings. Returns false if the setting can't be written.
#[must_use]
pub fn set_save_history(keep: bool) -> bool {
    let Some(folder) = folder() else { return false };
    let word = if keep { "on\n" } else { "off\n" };
    fs::create_dir_all(&folder).and_then(|()| files::write_atomic(&folder.join("history"), word)).is_ok()
}

/// The facts of the settings file `facts.yaml`.
#[derive(Debug, Default)]
pub struct ConstantFacts {
    /// Name and value of each fact, in the order of the file.
    pub facts: Vec<(String, String)>,
    /// The problems in the file, each with its place. A file that can't be read has no facts.
    pub problems: Vec<String>,
}

/// Returns the facts that are the same for every case. They are in the file `facts.yaml`, which contains lines such as `sso: yes`.
/// Without this file, there are no facts.
#[must_use]
pub fn facts() -> ConstantFacts {
    let Some(path) = folder().map(|folder| folder.join("facts.yaml")) else { return ConstantFacts::default() };
    let problem = |place: &str, reason: &str| format!("{}{place}: {reason}", path.display());
    let unusable = |reason: &str| ConstantFacts { facts: Vec::new(), problems: vec![problem("", reason)] };
    let bytes = match files::read_prefix(&path, MAX_SETTING_BYTES + 1) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return ConstantFacts::default(),
        Err(error) => return unusable(&format!("cannot read this file: {error}")),
    };
    if bytes.len() > MAX_SETTING_BYTES {
        return unusable(&format!("this file is larger than {MAX_SETTING_BYTES} bytes"));
    }
    let Ok(text) = String::from_utf8(bytes) else { return unusable("this file is not UTF-8; save it as UTF-8") };
    let values: Option<serde_yaml::Mapping> = match serde_yaml::from_str(&text) {
        Ok(values) => values,
        Err(error) => {
            let place = error.location().map(|at| format!(":{}:{}", at.line(), at.column())).unwrap_or_default();
            let reason = "this is not a list of lines such as `sso: yes`";
            return ConstantFacts { facts: Vec::new(), problems: vec![problem(&place, reason)] };
        }
    };
    let mut constants = ConstantFacts::default();
    for (name, value) in values.unwrap_or_default() {
        let value = match value {
            serde_yaml::Value::String(text) => Some(text),
            serde_yaml::Value::Bool(answer) => Some(if answer { "yes" } else { "no" }.to_owned()),
            serde_yaml::Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        match (name.as_str(), value) {
            (Some(name), Some(value)) => constants.facts.push((name.to_owned(), value)),
            (Some(name), None) => {
                constants.problems.push(problem("", &format!("`{name}` needs one value, such as `yes`")));
            }
            (None, _) => constants.problems.push(problem("", "the name of a fact must be a word")),
        }
    }
    constants
}

/// Returns the saved audience, if any.
#[must_use]
pub fn audience() -> Option<Audience> {
    Audience::from_name(read_setting(&audience_file()?)?.trim())
}

/// Saves the audience in the settings. Returns false if it can't be written.
#[must_use]
pub fn save_audience(audience: Audience) -> bool {
    let Some(path) = audience_file() else { return false };
    let written = path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
    written && files::write_atomic(&path, &format!("{}\n", audience.name())).is_ok()
}
