//! Insertion of an entry into a YAML file. Everything else in the file stays unchanged.

use super::yaml::{self, Entry, Value, Yaml};

/// Inserts `key: value` as the first entry of the mapping `field`. If the file has no such field, adds it before the flow, or at
/// the end of the file if there is no flow.
///
/// Returns `None` if the file isn't valid YAML, if the entry exists, or if the field contains something other than a mapping. The
/// edited file is parsed again, so that the result differs from the original only by the new entry.
#[must_use]
pub fn insert_mapping_entry(text: &str, field: &str, key: &str, value: &str) -> Option<String> {
    if let Some(text) = text.strip_prefix('\u{feff}') {
        return insert_mapping_entry(text, field, key, value).map(|edited| format!("\u{feff}{edited}"));
    }
    let tree = yaml::parse(text).ok()?;
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if let Some(last) = lines.last_mut()
        && !last.ends_with('\n')
    {
        last.push_str(ending);
    }
    let insert =
        |lines: &mut Vec<String>, line: usize, text: String| lines.insert(line.min(lines.len()), text + ending);
    match tree.entry(field) {
        None => {
            let at = tree.entry("flow").map_or(lines.len(), |flow| flow.key_span.line - 1);
            // Insert above the comments that precede the flow, so that they stay next to it. Lines that look like comments can
            // also be the end of a block scalar. In that case, insert directly before the flow.
            let is_remark = |line: &&String| line.trim().is_empty() || line.trim_start().starts_with('#');
            let above = if at < lines.len() { lines.iter().take(at).rev().take_while(is_remark).count() } else { 0 };
            let put = |at: usize| {
                let mut lines = lines.clone();
                insert(&mut lines, at, format!("{field}:"));
                insert(&mut lines, at + 1, format!("  {key}: {value}"));
                lines
            };
            let apart = put(at - above);
            let is_whole = yaml::parse(&apart.concat()).is_ok_and(|edited| adds_only(&tree, &edited, field, key));
            lines = if is_whole { apart } else { put(at) };
        }
        Some(Entry { value: Yaml { value: Value::Null, .. }, key_span, .. }) => {
            insert(&mut lines, key_span.line, format!("  {key}: {value}"));
        }
        Some(Entry { value: Yaml { value: Value::Mapping(entries), span }, key_span, .. }) => {
            if entries.iter().any(|entry| entry.key == key) {
                return None;
            }
            let line = lines.get(span.line - 1)?;
            let is_flow = line.chars().nth(span.column - 1) == Some('{');
            match entries.first() {
                Some(first) if first.key_span.line > key_span.line && !is_flow => {
                    let indent = " ".repeat(first.key_span.column - 1);
                    insert(&mut lines, first.key_span.line - 1, format!("{indent}{key}: {value}"));
                }
                first => {
                    let comma = if first.is_some() { ", " } else { "" };
                    let line = lines.get_mut(span.line - 1)?;
                    let at = line.char_indices().nth(span.column).map_or(line.len(), |(at, _)| at);
                    line.insert_str(at, &format!("{key}: {value}{comma}"));
                }
            }
        }
        Some(_) => return None,
    }
    let edited = lines.concat();
    let tree_after = yaml::parse(&edited).ok()?;
    adds_only(&tree, &tree_after, field, key).then_some(edited)
}

/// Whether `after` contains the same values as `before`, plus one entry with this key in the mapping `field`.
fn adds_only(before: &Yaml, after: &Yaml, field: &str, key: &str) -> bool {
    let others = |yaml: &Yaml| yaml.entries().iter().filter(|entry| entry.key != field).cloned().collect::<Vec<_>>();
    let is_added = after.entry(field).is_some_and(|field| field.value.entry(key).is_some());
    let kept: Vec<Entry> = after.entry(field).map(|field| field.value.entries()).unwrap_or_default().to_vec();
    let kept: Vec<Entry> = kept.into_iter().filter(|entry| entry.key != key).collect();
    let had = before.entry(field).map(|field| field.value.entries().to_vec()).unwrap_or_default();
    is_added && same_entries(&had, &kept) && same_entries(&others(before), &others(after))
}

fn same_entries(a: &[Entry], b: &[Entry]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key && same(&a.value, &b.value))
}

fn same(a: &Yaml, b: &Yaml) -> bool {
    match (&a.value, &b.value) {
        (Value::Null, Value::Null) => true,
        (Value::Scalar { text: a, .. }, Value::Scalar { text: b, .. }) => a == b,
        (Value::Sequence(a), Value::Sequence(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Mapping(a), Value::Mapping(b)) => same_entries(a, b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::insert_mapping_entry;

    #[track_caller]
    fn edited(text: &str, expected: &str) {
        assert_eq!(insert_mapping_entry(text, "clues", "red", "no").as_deref(), Some(expected));
    }

    #[test]
    fn entry_is_added_in_the_style_of_the_mapping() {
        edited("clues:\n    blue: yes # sky\nflow: x\n", "clues:\n    red: no\n    blue: yes # sky\nflow: x\n");
        edited("clues: {blue: yes}\n", "clues: {red: no, blue: yes}\n");
        edited("clues: {}\n", "clues: {red: no}\n");
        edited("clues:\n  {blue: yes}\n", "clues:\n  {red: no, blue: yes}\n");
        edited("clues:\n  # none yet\nflow: x\n", "clues:\n  red: no\n  # none yet\nflow: x\n");
        edited("a: b\nflow: x\n", "a: b\nclues:\n  red: no\nflow: x\n");
        edited("a: b\n\n# It starts here.\nflow: x\n", "a: b\nclues:\n  red: no\n\n# It starts here.\nflow: x\n");
        // A line that looks like a comment can be the end of a block scalar.
        edited(
            "a: |\n  Run this:\n\n  # lpadmin -x\n\nflow: x\n",
            "a: |\n  Run this:\n\n  # lpadmin -x\n\nclues:\n  red: no\nflow: x\n",
        );
        edited("a: b", "a: b\nclues:\n  red: no\n");
        edited("a: b\r\nclues:\r\n  blue: yes\r\n", "a: b\r\nclues:\r\n  red: no\r\n  blue: yes\r\n");
        edited("\u{feff}clues: {é: yes}\n", "\u{feff}clues: {red: no, é: yes}\n");
    }

    #[test]
    fn existing_entries_and_invalid_yaml_are_not_edited() {
        assert_eq!(insert_mapping_entry("clues: {red: yes}\n", "clues", "red", "no"), None);
        assert_eq!(insert_mapping_entry("clues: none\n", "clues", "red", "no"), None);
        assert_eq!(insert_mapping_entry("clues: [\n", "clues", "red", "no"), None);
    }
}
