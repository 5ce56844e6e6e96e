//! Decoder for the scenarios of an article.

use super::article::ArticleDecoder;
use super::raw;
use crate::kb::article::{ExpectedStep, Role, Scenario};
use crate::kb::diagnostic::{RuleId, did_you_mean};
use crate::kb::yaml::{Entry, Value, Yaml};

impl ArticleDecoder<'_, '_> {
    pub(super) fn scenarios(&mut self, tree: &Yaml) -> Vec<Scenario> {
        let entries = tree.entry("scenarios").map(|scenarios| scenarios.value.entries()).unwrap_or_default();
        entries.iter().map(|entry| self.scenario(entry)).collect()
    }

    fn scenario(&mut self, entry: &Entry) -> Scenario {
        let yaml = &entry.value;
        let raw: raw::Scenario = self.reader.record(yaml, "a scenario");
        let ends = self.reader.required(
            raw.ends,
            yaml,
            "ends",
            entry.key_span,
            "add the node where it must end: `ends: node-name`",
        );
        let answers = self.reader.list(raw.answers, yaml, "answers");
        let steps = yaml.entry("steps").map(|steps| steps.value.items()).unwrap_or_default();
        Scenario {
            name: self.reader.key(entry),
            search: self.reader.optional(raw.search, yaml, "search"),
            clues: self.clue_answers(yaml),
            answers: answers.into_iter().map(|(answer, _)| answer).collect(),
            ends: ends.to_string(),
            steps: steps.iter().filter_map(|step| self.expected_step(step)).collect(),
            location: self.reader.location(entry.key_span),
        }
    }

    /// Decodes an expected step: a part of its text, or `role: part of its text`.
    fn expected_step(&mut self, yaml: &Yaml) -> Option<ExpectedStep> {
        match &yaml.value {
            Value::Scalar { text, .. } => Some(ExpectedStep { by: None, part: self.reader.sanitize(text, yaml) }),
            Value::Mapping(fields) => match fields.as_slice() {
                [Entry { key, key_span, value: yaml @ Yaml { value: Value::Scalar { text, .. }, .. } }] => {
                    let by = Role::from_name(key);
                    if by.is_none() {
                        self.reader.report(
                            RuleId::UnknownRole,
                            *key_span,
                            format!("`{key}` is not a role"),
                            did_you_mean(key, Role::ALL.iter().map(|role| role.name())),
                        );
                    }
                    Some(ExpectedStep { by, part: self.reader.sanitize(text, yaml) })
                }
                _ => self.report_bad_step(yaml),
            },
            _ => self.report_bad_step(yaml),
        }
    }

    fn report_bad_step(&mut self, yaml: &Yaml) -> Option<ExpectedStep> {
        self.reader.report(
            RuleId::WrongKind,
            yaml.span,
            format!("an expected step must be one line of text, but it is {}", yaml.kind()),
            "write `- owner: words of the step`, or the words alone",
        );
        None
    }
}
