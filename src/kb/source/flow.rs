//! Decoder for flows: nodes, branches and steps.

use super::article::ArticleDecoder;
use super::{NAME_HELP, is_plain_name, raw};
use crate::kb::article::{
    Branches, Escalation, Flow, InfoSource, Node, NodeKind, Precondition, Question, RefName, RequiredInfo, Role,
    Solution, Step, UnresolvedRef,
};
use crate::kb::diagnostic::{RuleId, did_you_mean};
use crate::kb::yaml::{Entry, Span, Value, Yaml};
use crate::text::{SanitizedText, VoicedText};

/// An item of `steps`: a step, or a solution whose steps to include.
enum StepItem {
    Own(Step),
    Include(UnresolvedRef),
}

impl ArticleDecoder<'_, '_> {
    pub(super) fn flow(&mut self, tree: &Yaml) -> Flow<UnresolvedRef> {
        let nodes: Vec<Node<UnresolvedRef>> = match tree.entry("flow") {
            Some(flow) => flow.value.entries().iter().map(|entry| self.node(entry)).collect(),
            None => Vec::new(),
        };
        if tree.entry("flow").is_none_or(|flow| {
            flow.value.entries().is_empty() && !matches!(flow.value.value, Value::Scalar { .. } | Value::Sequence(_))
        }) {
            let top = Span { line: 1, column: 1, width: 1 };
            self.reader.missing(tree, "flow", top, "an article needs a flow with at least one solution or escalation");
        }
        Flow { nodes }
    }

    fn node(&mut self, entry: &Entry) -> Node<UnresolvedRef> {
        const KINDS: [&str; 3] = ["question", "solution", "escalation"];
        let (name, yaml, span) = (&entry.key, &entry.value, entry.key_span);
        if !is_plain_name(name) {
            self.reader.report(
                RuleId::BadName,
                span,
                format!("`{name}` cannot be used as the name of a node"),
                NAME_HELP,
            );
        }
        let kinds: Vec<&str> = KINDS.into_iter().filter(|kind| yaml.entry(kind).is_some()).collect();
        match kinds.as_slice() {
            ["question"] => self.question(name, yaml, span),
            ["solution"] => self.solution(name, yaml, span),
            ["escalation"] => self.escalation(name, yaml, span),
            [_, second, ..] => {
                let span = yaml.entry(second).map_or(span, |field| field.key_span);
                self.reader.report(
                    RuleId::NodeKind,
                    span,
                    format!("the node `{name}` is of more than one kind: {}", kinds.join(" and ")),
                    "split it into separate nodes",
                );
                self.placeholder_node(name, span)
            }
            _ => {
                let near = yaml
                    .entries()
                    .iter()
                    .find(|field| KINDS.iter().any(|kind| strsim::jaro_winkler(&field.key, kind) > 0.85));
                let help = near.map_or_else(
                    || "start it with `question:`, `solution:` or `escalation:`".to_owned(),
                    |field| did_you_mean(&field.key, KINDS),
                );
                let span = near.map_or(span, |field| field.key_span);
                self.reader.report(
                    RuleId::NodeKind,
                    span,
                    format!("the node `{name}` is neither a question, a solution nor an escalation"),
                    help,
                );
                self.placeholder_node(name, span)
            }
        }
    }

    /// Returns a placeholder for a node with an error, so that references to the node aren't reported too.
    fn placeholder_node(&self, name: &str, span: Span) -> Node<UnresolvedRef> {
        Node {
            name: name.to_owned(),
            text: VoicedText::default(),
            note: None,
            caution: None,
            kind: NodeKind::Escalation(Escalation { contact: None, bring: Vec::new() }),
            location: self.reader.location(span),
        }
    }

    fn question(&mut self, name: &str, yaml: &Yaml, span: Span) -> Node<UnresolvedRef> {
        let raw: raw::Question = self.reader.record(yaml, "a question");
        let clue =
            raw.clue.and_then(|clue| self.clue(&clue, yaml.entry("clue").map_or(span, |entry| entry.value.span)));
        let branches = self.branches(name, yaml, span);
        if let (Some(_), Some(entry)) = (yaml.entry("choices"), yaml.entry("clue")) {
            let help = "remove `clue`, or use yes and no: clues are yes/no questions";
            self.reader.report(
                RuleId::UnknownField,
                entry.key_span,
                "a question with choices cannot have a clue",
                help,
            );
        }
        Node {
            name: name.to_owned(),
            text: self.reader.required(raw.question, yaml, "question", span, "write the question").into(),
            note: self.reader.voiced(raw.note, yaml, "note"),
            caution: self.reader.voiced(raw.caution, yaml, "caution"),
            kind: NodeKind::Question(Question { hint: self.reader.voiced(raw.hint, yaml, "hint"), clue, branches }),
            location: self.reader.location(span),
        }
    }

    fn branches(&mut self, name: &str, yaml: &Yaml, span: Span) -> Branches<UnresolvedRef> {
        let unsure = self.target(yaml, "unsure");
        if let Some(choices) = yaml.entry("choices") {
            let mut labeled = Vec::new();
            for choice in choices.value.entries() {
                let label = self.reader.key(choice);
                labeled.extend(self.target_of(choice).map(|target| (label, target)));
            }
            if choices.value.entries().len() < 2 {
                self.reader.report(
                    RuleId::QuestionWithoutBranches,
                    choices.key_span,
                    format!("the question `{name}` has fewer than two choices"),
                    "write each choice as `label: node`",
                );
            }
            for field in ["yes", "no"] {
                if let Some(entry) = yaml.entry(field) {
                    self.reader.report(
                        RuleId::QuestionWithoutBranches,
                        entry.key_span,
                        format!("the question `{name}` has `choices` and `{field}`"),
                        "use either `choices`, or `yes` and `no`",
                    );
                }
            }
            return Branches::Choices { choices: labeled, unsure };
        }
        for field in ["yes", "no"] {
            if yaml.entry(field).is_none() {
                self.reader.report(
                    RuleId::QuestionWithoutBranches,
                    span,
                    format!("the question `{name}` has no `{field}`"),
                    format!("add the node that \"{field}\" leads to: `{field}: node-name`"),
                );
            }
        }
        // A missing branch has been reported. The reference to this node avoids a second error.
        let here = UnresolvedRef { name: RefName::Node(name.to_owned()), location: self.reader.location(span) };
        let yes = self.target(yaml, "yes").unwrap_or_else(|| here.clone());
        let no = self.target(yaml, "no").unwrap_or(here);
        Branches::YesNo { yes, no, unsure }
    }

    fn target(&mut self, yaml: &Yaml, field: &str) -> Option<UnresolvedRef> {
        self.target_of(yaml.entry(field)?)
    }

    /// Decodes a reference: the name of a node, or `{goto: article}` or `{goto: article/node}`.
    fn target_of(&mut self, entry: &Entry) -> Option<UnresolvedRef> {
        let (name, span) = match &entry.value.value {
            Value::Scalar { text, .. } => (RefName::Node(text.clone()), entry.value.span),
            Value::Mapping(fields) => match fields.as_slice() {
                [Entry { key, value: Yaml { span, value: Value::Scalar { text, .. } }, .. }] if key == "goto" => {
                    (RefName::Goto(text.clone()), *span)
                }
                _ => return self.report_bad_target(entry),
            },
            _ => return self.report_bad_target(entry),
        };
        Some(UnresolvedRef { name, location: self.reader.location(span) })
    }

    fn report_bad_target(&mut self, entry: &Entry) -> Option<UnresolvedRef> {
        let span = if matches!(entry.value.value, Value::Null) { entry.key_span } else { entry.value.span };
        self.reader.report(
            RuleId::WrongKind,
            span,
            format!("`{}` must name a node, but it is {}", entry.key, entry.value.kind()),
            "write the name of a node, or `{goto: article}` or `{goto: article/node}`",
        );
        None
    }

    fn solution(&mut self, name: &str, yaml: &Yaml, span: Span) -> Node<UnresolvedRef> {
        let raw: raw::Solution = self.reader.record(yaml, "a solution");
        let items = yaml.entry("steps").map(|entry| entry.value.items()).unwrap_or_default();
        if items.is_empty()
            && yaml.entry("steps").is_none_or(|steps| matches!(steps.value.value, Value::Null | Value::Sequence(_)))
        {
            let span = yaml.entry("steps").map_or(span, |entry| entry.key_span);
            self.reader.report(
                RuleId::NoSteps,
                span,
                format!("the solution `{name}` has no steps"),
                "add `steps:` and, below it, a line such as `- user: ...`",
            );
        }
        let (mut steps, mut shared) = (Vec::new(), Vec::new());
        for item in items {
            match self.step(item) {
                Some(StepItem::Own(step)) => steps.push(step),
                Some(StepItem::Include(target)) => shared.push((steps.len(), target)),
                None => {}
            }
        }
        Node {
            name: name.to_owned(),
            text: self
                .reader
                .required(raw.solution, yaml, "solution", span, "summarize the solution in one line")
                .into(),
            note: self.reader.voiced(raw.note, yaml, "note"),
            caution: self.reader.voiced(raw.caution, yaml, "caution"),
            kind: NodeKind::Solution(Solution { steps, includes: shared, otherwise: self.target(yaml, "otherwise") }),
            location: self.reader.location(span),
        }
    }

    /// Decodes an item of `steps`: a step, or `goto: solution` to include the steps of another solution.
    fn step(&mut self, yaml: &Yaml) -> Option<StepItem> {
        let raw: raw::Step = self.reader.record(yaml, "a step");
        let is_mapping = matches!(yaml.value, Value::Mapping(_));
        if !is_mapping {
            return None;
        }
        if let Some(goto) = raw.goto {
            let entry = yaml.entry("goto")?;
            if let Some(other) = yaml.entries().iter().find(|other| other.key != "goto") {
                self.reader.report(
                    RuleId::WrongKind,
                    other.key_span,
                    format!("a step with `goto` has no `{}`", other.key),
                    "split it into two steps, each starting with `- `",
                );
            }
            return Some(StepItem::Include(UnresolvedRef {
                name: RefName::Goto(goto),
                location: self.reader.location(entry.value.span),
            }));
        }
        // In the order of `Role::ALL`.
        let short = [raw.user, raw.administrator, raw.owner, raw.support];
        let mut short = Role::ALL.iter().zip(short).filter_map(|(role, text)| Some((*role, text?)));
        if let Some((role, text)) = short.next() {
            self.reject_second_action(yaml, role);
            let text = self.reader.required(Some(text), yaml, role.name(), yaml.span, "add what to do");
            return self.own_step(yaml, Some(role), text, raw.irreversible);
        }
        // A single unknown field is most likely a misspelled role, and is reported already.
        if let [entry] = yaml.entries()
            && Role::from_name(&entry.key).is_none()
            && !["by", "do", "irreversible", "after"].contains(&entry.key.as_str())
        {
            return None;
        }
        let by = self.reader.required(
            raw.by,
            yaml,
            "by",
            yaml.span,
            "write who does it, and what to do: `- user: ...`, `administrator`, `owner` or `support`",
        );
        let text = self.reader.required(raw.text, yaml, "do", yaml.span, "add what to do: `do: ...`");
        let role = Role::from_name(&by);
        if role.is_none() && !by.is_empty() {
            let span = yaml.entry("by").map_or(yaml.span, |entry| entry.value.span);
            self.reader.report(
                RuleId::UnknownRole,
                span,
                format!("`{by}` is not a role"),
                did_you_mean(&by, Role::ALL.iter().map(|role| role.name())),
            );
        }
        self.own_step(yaml, role, text, raw.irreversible)
    }

    fn own_step(
        &mut self,
        yaml: &Yaml,
        role: Option<Role>,
        text: SanitizedText,
        irreversible: Option<String>,
    ) -> Option<StepItem> {
        let irreversible = self.reader.voiced(irreversible, yaml, "irreversible");
        let after = self.preconditions(yaml, irreversible.is_some());
        let location = self.reader.location(yaml.span);
        Some(StepItem::Own(Step { by: role?, text: text.into(), irreversible, after, location }))
    }

    /// Reports a field that gives a step a second role or action. `role` is the role whose field the step has.
    fn reject_second_action(&mut self, yaml: &Yaml, role: Role) {
        let roles = Role::ALL.iter().map(|role| role.name());
        let actions: Vec<&str> = roles.chain(["by", "do"]).filter(|field| *field != role.name()).collect();
        if let Some(other) = yaml.entries().iter().find(|entry| actions.contains(&entry.key.as_str())) {
            self.reader.report(
                RuleId::WrongKind,
                other.key_span,
                format!("a step with `{role}` has no `{}`", other.key),
                "split it into two steps, each starting with `- `",
            );
        }
    }

    /// Decodes `after`: the questions that must be answered before a step that cannot be undone.
    fn preconditions(&mut self, step: &Yaml, irreversible: bool) -> Vec<Precondition> {
        let Some(after) = step.entry("after") else { return Vec::new() };
        if !irreversible {
            self.reader.report(
                RuleId::MissingField,
                after.key_span,
                "this step has `after` but no `irreversible`",
                "add what must be checked first: `irreversible: ...`",
            );
        }
        let mut questions = Vec::new();
        for (entry, answer) in self.reader.entries(step, "after") {
            let (article, node) = entry.key.split_once('/').unwrap_or((self.id, &entry.key));
            questions.push(Precondition {
                article: article.to_owned(),
                node: node.to_owned(),
                answer: answer.to_string(),
                location: self.reader.location(entry.key_span),
            });
        }
        questions
    }

    fn contact(&mut self, contact: &SanitizedText, yaml: &Yaml) {
        let names = || self.collection.contacts.iter().map(|(name, _)| name.as_str());
        if is_contact(contact, names()) {
            return;
        }
        let span = yaml.entry("contact").map_or(yaml.span, |entry| entry.value.span);
        let help = if names().next().is_none() {
            "use a full address, or add it to the collection's `contacts`".to_owned()
        } else {
            did_you_mean(contact, names())
        };
        self.reader.report(
            RuleId::UnknownContact,
            span,
            format!("`{contact}` is neither an address nor one of the collection's contacts"),
            help,
        );
    }

    /// Decodes an item of `bring`: a text that the user fills in, or one of `message: text`, `tried: text` and `that: text`.
    fn required_info(&mut self, yaml: &Yaml) -> Option<RequiredInfo> {
        let (source, before, yaml) = match &yaml.value {
            Value::Scalar { .. } => (InfoSource::Manual, "", yaml),
            Value::Mapping(fields) => match fields.as_slice() {
                [Entry { key, value, .. }] if key == "message" => (InfoSource::Message, "", value),
                [Entry { key, value, .. }] if key == "tried" => (InfoSource::History, "", value),
                [Entry { key, value, .. }] if key == "that" => (InfoSource::Fact, "that ", value),
                _ => return self.report_bad_required_info(yaml),
            },
            _ => return self.report_bad_required_info(yaml),
        };
        let Value::Scalar { text, .. } = &yaml.value else { return self.report_bad_required_info(yaml) };
        let text = self.reader.prose("bring", text, yaml);
        Some(RequiredInfo { text: SanitizedText::new(&format!("{before}{text}")).into(), source })
    }

    fn report_bad_required_info(&mut self, yaml: &Yaml) -> Option<RequiredInfo> {
        self.reader.report(
            RuleId::WrongKind,
            yaml.span,
            format!("each entry of `bring` must be text, but it is {}", yaml.kind()),
            "write a text, or one of `message: ...`, `tried: ...` and `that: ...`; put a text with `: ` in quotes",
        );
        None
    }

    fn escalation(&mut self, name: &str, yaml: &Yaml, span: Span) -> Node<UnresolvedRef> {
        let raw: raw::Escalation = self.reader.record(yaml, "an escalation");
        let contact = self.reader.optional(raw.contact, yaml, "contact");
        if let Some(contact) = &contact {
            self.contact(contact, yaml);
        }
        let contact = contact.map(|contact| {
            let named = self.collection.contacts.iter().find(|(name, _)| name.as_str() == &*contact);
            named.map_or(contact, |(_, address)| address.clone())
        });
        let items = yaml.entry("bring").map(|bring| bring.value.items()).unwrap_or_default();
        let bring = items.iter().filter_map(|item| self.required_info(item)).collect();
        Node {
            name: name.to_owned(),
            text: self.reader.required(raw.escalation, yaml, "escalation", span, "add who to contact").into(),
            note: self.reader.voiced(raw.note, yaml, "note"),
            caution: self.reader.voiced(raw.caution, yaml, "caution"),
            kind: NodeKind::Escalation(Escalation { contact, bring }),
            location: self.reader.location(span),
        }
    }
}

/// Whether a text can be a contact. A text of only letters, `-` and `_` must be one of `names`. Every other text counts as an
/// address.
pub(crate) fn is_contact<'a>(contact: &str, mut names: impl Iterator<Item = &'a str>) -> bool {
    !contact.chars().all(|c| c.is_alphabetic() || c == '-' || c == '_') || names.any(|name| name == contact)
}
