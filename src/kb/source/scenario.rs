//! Decoder for scenarios: the file `article.scenarios.yaml` next to `article.yaml`.

use super::article::ArticleDecoder;
use super::{SourceFile, raw};
use crate::kb::Collection;
use crate::kb::article::Scenario;
use crate::kb::diagnostic::{Diagnostic, RuleId, did_you_mean};
use crate::kb::fact::FactAnswer;
use crate::kb::read::Decoder;
use crate::kb::role::Role;
use crate::kb::yaml::{Entry, Yaml};

/// Decodes a file with scenarios.
pub(in crate::kb) fn scenarios(file: &SourceFile, collection: &Collection) -> (Vec<Scenario>, Vec<Diagnostic>) {
    let (text, tree) = match file.tree() {
        Ok(parsed) => parsed,
        Err(diagnostics) => return (Vec::new(), diagnostics),
    };
    let mut reader = Decoder::new(&file.path, &text);
    let mut decoder = ArticleDecoder { reader: &mut reader, collection };
    let scenarios = tree.entries().iter().map(|entry| decoder.scenario(entry)).collect();
    if tree.entries().is_empty() {
        let help = "write `a name: {answers: [yes, solved], ends: node-name}`";
        reader.report(
            RuleId::WrongKind,
            tree.span,
            format!("scenarios are written as `name: ...`, but this is {}", tree.kind()),
            help,
        );
    }
    (scenarios, reader.finish())
}

impl ArticleDecoder<'_, '_> {
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
        Scenario {
            name: self.reader.key(entry),
            search: self.reader.optional(raw.search, yaml, "search"),
            known: self.known(yaml, FactAnswer::ALL),
            answers: answers.into_iter().map(|(answer, _)| answer).collect(),
            ends: ends.to_string(),
            steps: raw.steps.map(|roles| self.roles(&roles, yaml)),
            location: self.reader.location(entry.key_span),
        }
    }

    /// Decodes `steps`: the roles of the expected steps.
    fn roles(&mut self, roles: &[String], yaml: &Yaml) -> Vec<Role> {
        let items = yaml.entry("steps").map(|steps| steps.value.items()).unwrap_or_default();
        let mut decoded = Vec::new();
        for (name, item) in roles.iter().zip(items) {
            match self.collection.role(name) {
                Some(role) => decoded.push(role),
                None => self.reader.report(
                    RuleId::UnknownRole,
                    item.span,
                    format!("`{name}` is not a role"),
                    did_you_mean(name, self.collection.role_names()),
                ),
            }
        }
        decoded
    }
}
