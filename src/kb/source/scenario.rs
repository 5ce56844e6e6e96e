//! Reading the scenarios of an article.

use super::article::ArticleReader;
use super::raw;
use crate::kb::article::{Actor, ExpectedStep, Scenario};
use crate::kb::finding::{Code, did_you_mean};
use crate::kb::yaml::{Entry, Value, Yaml};

impl ArticleReader<'_, '_> {
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
            "name the node where it must end: `ends: the-name-of-a-node`",
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
            place: self.reader.place(entry.key_span),
        }
    }

    /// A part of a step's text, or `actor: part of the text`.
    fn expected_step(&mut self, yaml: &Yaml) -> Option<ExpectedStep> {
        match &yaml.value {
            Value::Text { text, .. } => Some(ExpectedStep { by: None, part: self.reader.clean(text, yaml) }),
            Value::Mapping(fields) => match fields.as_slice() {
                [Entry { key, key_span, value: yaml @ Yaml { value: Value::Text { text, .. }, .. } }] => {
                    let by = Actor::from_name(key);
                    if by.is_none() {
                        self.reader.report(
                            Code::UnknownActor,
                            *key_span,
                            format!("`{key}` is not an actor"),
                            did_you_mean(key, Actor::ALL.iter().map(|actor| actor.name())),
                        );
                    }
                    Some(ExpectedStep { by, part: self.reader.clean(text, yaml) })
                }
                _ => self.no_step(yaml),
            },
            _ => self.no_step(yaml),
        }
    }

    fn no_step(&mut self, yaml: &Yaml) -> Option<ExpectedStep> {
        self.reader.report(
            Code::WrongKind,
            yaml.span,
            format!("a step that must be there is one line of text, but here is {}", yaml.kind()),
            "write `- owner: words of the step`, or the words alone",
        );
        None
    }
}
