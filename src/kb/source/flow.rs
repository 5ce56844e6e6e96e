//! Decoder for flows: nodes, branches and steps.

use super::article::ArticleDecoder;
use super::{NAME_HELP, is_plain_name, raw};
use crate::kb::article::{
    Branches, Escalation, Flow, InfoSource, Node, NodeKind, Question, RequiredInfo, Solution, Step, UnresolvedRef,
};
use crate::kb::diagnostic::{Location, RuleId, did_you_mean};
use crate::kb::fact::{FactAnswer, FactValue};
use crate::kb::role::Role;
use crate::kb::yaml::{Entry, Span, Value, Yaml};
use crate::text::{SanitizedText, VoicedText};

/// An item of `steps`: a step, or a reference to a solution whose steps are included.
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

    pub(super) fn node(&mut self, entry: &Entry) -> Node<UnresolvedRef> {
        const KINDS: [&str; 4] = ["question", "ask", "solution", "escalation"];
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
            ["question" | "ask"] => self.question(name, yaml, span),
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
                    || "start it with `question:`, `ask:`, `solution:` or `escalation:`".to_owned(),
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
            is_shared: false,
            location: self.reader.location(span),
        }
    }

    /// Decodes a question, which has its own text or asks a fact of the collection.
    fn question(&mut self, name: &str, yaml: &Yaml, span: Span) -> Node<UnresolvedRef> {
        let raw: raw::Question = self.reader.record(yaml, "a question");
        let branches = self.branches(name, yaml, span);
        let own_hint = self.reader.voiced(raw.hint, yaml, "hint");
        let (fact, text, hint) = if let Some(ask) = yaml.entry("ask") {
            if let Some(choices) = yaml.entry("choices") {
                let help = "use yes and no: the questions of facts are yes/no questions";
                let message = "a question with choices cannot ask a fact";
                self.reader.report(RuleId::UnknownField, choices.key_span, message, help);
            }
            let name = self.reader.required(raw.ask, yaml, "ask", span, "name a fact of the collection");
            let facts = &self.collection.facts;
            let fact = if name.is_empty() { None } else { self.reader.question_fact(&name, ask.value.span, facts) };
            let shared = fact.and_then(|fact| facts.get(fact));
            let text = shared.and_then(|fact| fact.question()).cloned().unwrap_or_default();
            (fact, text, own_hint.or_else(|| shared.and_then(|fact| fact.hint.clone())))
        } else {
            let text = self.reader.required(raw.question, yaml, "question", span, "write the question");
            (None, self.reader.with_inserts(&text), own_hint)
        };
        Node {
            name: name.to_owned(),
            text,
            note: self.reader.voiced(raw.note, yaml, "note"),
            caution: self.reader.voiced(raw.caution, yaml, "caution"),
            kind: NodeKind::Question(Question { hint, fact, branches }),
            is_shared: false,
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
        // A missing branch is already reported. A reference to the question itself replaces it, to avoid a second error.
        let here = UnresolvedRef { name: name.to_owned(), location: self.reader.location(span) };
        let yes = self.target(yaml, "yes").unwrap_or_else(|| here.clone());
        let no = self.target(yaml, "no").unwrap_or(here);
        Branches::YesNo { yes, no, unsure }
    }

    fn target(&mut self, yaml: &Yaml, field: &str) -> Option<UnresolvedRef> {
        self.target_of(yaml.entry(field)?)
    }

    /// Decodes a reference: the name of a node, an article, or `article/node`.
    fn target_of(&mut self, entry: &Entry) -> Option<UnresolvedRef> {
        if let Value::Scalar { text, .. } = &entry.value.value {
            return Some(UnresolvedRef { name: text.clone(), location: self.reader.location(entry.value.span) });
        }
        let span = if matches!(entry.value.value, Value::Null) { entry.key_span } else { entry.value.span };
        let help = match entry.value.entry("goto") {
            Some(Entry { value: Yaml { value: Value::Scalar { text, .. }, .. }, .. }) => {
                format!("write the target without `goto`: `{}: {text}`", entry.key)
            }
            _ => "write the name of a node, an article, or `article/node`".to_owned(),
        };
        let message = format!("`{}` must name a node, but it is {}", entry.key, entry.value.kind());
        self.reader.report(RuleId::WrongKind, span, message, help);
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
            text: {
                let help = "summarize the solution in one line";
                let text = self.reader.required(raw.solution, yaml, "solution", span, help);
                self.reader.with_inserts(&text)
            },
            note: self.reader.voiced(raw.note, yaml, "note"),
            caution: self.reader.voiced(raw.caution, yaml, "caution"),
            kind: NodeKind::Solution(Solution { steps, includes: shared, otherwise: self.target(yaml, "otherwise") }),
            is_shared: false,
            location: self.reader.location(span),
        }
    }

    /// Decodes an item of `steps`: a step, or `goto: solution` to include the steps of another solution.
    fn step(&mut self, yaml: &Yaml) -> Option<StepItem> {
        let long_form = self.long_form(yaml);
        let yaml = long_form.as_ref().unwrap_or(yaml);
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
                name: goto,
                location: self.reader.location(entry.value.span),
            }));
        }
        // These texts are in the order of `Role::ALL`.
        let short = [raw.user, raw.administrator, raw.owner, raw.support];
        let mut short = Role::ALL.iter().zip(short).filter_map(|(role, text)| Some((*role, text?)));
        if let Some((role, text)) = short.next() {
            self.reject_second_action(yaml, role);
            let text = self.reader.required(Some(text), yaml, role.name(), yaml.span, "add what to do");
            return self.own_step(yaml, Some(role), &text, raw.irreversible);
        }
        // A single unknown field is most likely a misspelled role, and is already reported.
        if let [entry] = yaml.entries()
            && Role::from_name(&entry.key).is_none()
            && !["by", "do", "irreversible", "requires", "if"].contains(&entry.key.as_str())
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
        let role = self.collection.role(&by);
        if role.is_none() && !by.is_empty() {
            let span = yaml.entry("by").map_or(yaml.span, |entry| entry.value.span);
            self.reader.report(
                RuleId::UnknownRole,
                span,
                format!("`{by}` is not a role"),
                did_you_mean(&by, self.collection.role_names()),
            );
        }
        self.own_step(yaml, role, &text, raw.irreversible)
    }

    /// Converts a step with a role that the collection defines to the form with `by` and `do`. Returns `None` for other steps.
    fn long_form(&self, yaml: &Yaml) -> Option<Yaml> {
        let is_role = |entry: &Entry| self.collection.roles.iter().any(|role| role.name() == entry.key);
        let at = yaml.entries().iter().position(is_role)?;
        let mut entries = yaml.entries().to_vec();
        let role = entries.get(at)?.clone();
        let name = Value::Scalar { text: role.key.clone(), plain: true };
        let by = Entry { key: "by".to_owned(), value: Yaml { value: name, span: role.key_span }, ..role.clone() };
        entries.splice(at..=at, [by, Entry { key: "do".to_owned(), ..role }]);
        Some(Yaml { value: Value::Mapping(entries), span: yaml.span })
    }

    fn own_step(
        &mut self,
        yaml: &Yaml,
        role: Option<Role>,
        text: &SanitizedText,
        irreversible: Option<String>,
    ) -> Option<StepItem> {
        let text = self.reader.with_inserts(text);
        let irreversible = self.reader.voiced(irreversible, yaml, "irreversible");
        let requires = self.requires(yaml, irreversible.is_some());
        let conditions = self.conditions(yaml);
        let location = self.reader.location(yaml.span);
        Some(StepItem::Own(Step { by: role?, text, irreversible, requires, conditions, location }))
    }

    /// Reports a field that gives a step a second role or action. `role` is the step's first role.
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

    /// Decodes `requires`: the facts that must be established before a step that cannot be undone.
    fn requires(&mut self, step: &Yaml, is_irreversible: bool) -> Vec<(FactValue, Location)> {
        let Some(requires) = step.entry("requires") else { return Vec::new() };
        if !is_irreversible {
            self.reader.report(
                RuleId::MissingField,
                requires.key_span,
                "this step has `requires` but no `irreversible`",
                "add what must be checked first: `irreversible: ...`",
            );
        }
        self.reader.fact_values(&requires.value, &self.collection.facts, FactAnswer::ALL)
    }

    /// Decodes `if`: the facts that must be known for the step or detail to be shown.
    fn conditions(&mut self, yaml: &Yaml) -> Vec<FactValue> {
        let Some(conditions) = yaml.entry("if") else { return Vec::new() };
        let values = self.reader.fact_values(&conditions.value, &self.collection.facts, FactAnswer::ALL);
        values.into_iter().map(|(value, _)| value).collect()
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

    /// Decodes an item of `bring`: the name of a fact, a text that the user fills in, or one of `message: text`, `tried: text` and
    /// `that: sentence` with `if: {fact: answer}`.
    fn required_info(&mut self, yaml: &Yaml) -> Option<RequiredInfo> {
        let (source, yaml, item) = match &yaml.value {
            Value::Scalar { .. } => (InfoSource::Manual, yaml, None),
            Value::Mapping(fields) => match fields.as_slice() {
                [Entry { key, value, .. }] if key == "message" => (InfoSource::Message, value, None),
                [Entry { key, value, .. }] if key == "tried" => (InfoSource::History, value, None),
                fields if fields.iter().all(|field| ["that", "if"].contains(&field.key.as_str())) => {
                    let Some(that) = yaml.entry("that") else { return self.report_bad_required_info(yaml) };
                    (InfoSource::Statement, &that.value, Some(yaml))
                }
                _ => return self.report_bad_required_info(yaml),
            },
            _ => return self.report_bad_required_info(yaml),
        };
        let Value::Scalar { text, .. } = &yaml.value else { return self.report_bad_required_info(yaml) };
        if let (InfoSource::Manual, Some(fact)) = (source, self.collection.facts.iter().find(|fact| fact.id == *text)) {
            let Some((label, _)) = fact.input() else {
                let message = format!("`{text}` is a question, so people can't fill it in");
                let help = "write a sentence that is true after one answer: `that: ...` with `if:` below it";
                self.reader.report(RuleId::UnknownFact, yaml.span, message, help);
                return None;
            };
            return Some(RequiredInfo { text: label.clone(), source, conditions: Vec::new() });
        }
        let conditions = item.map(|item| self.conditions(item)).unwrap_or_default();
        if let (InfoSource::Statement, Some(item)) = (source, item)
            && item.entry("if").is_none()
        {
            self.reader.report(
                RuleId::MissingField,
                item.span,
                "this statement does not say when it is true",
                "add the answer that makes it true, on a line below `that`: `if: {fact: no}`",
            );
        }
        let text = self.reader.prose("bring", text, yaml);
        Some(RequiredInfo { text: self.reader.with_inserts(&text), source, conditions })
    }

    fn report_bad_required_info(&mut self, yaml: &Yaml) -> Option<RequiredInfo> {
        self.reader.report(
            RuleId::WrongKind,
            yaml.span,
            format!("each entry of `bring` must be text, but it is {}", yaml.kind()),
            "write a fact, a text, or one of `message: ...`, `tried: ...` and `that: ...`; put a text with `: ` in quotes",
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
            is_shared: false,
            location: self.reader.location(span),
        }
    }
}

/// Whether a text can be a contact. A text of only letters, `-` and `_` must be one of `names`. Every other text counts as an
/// address.
pub(crate) fn is_contact<'a>(contact: &str, mut names: impl Iterator<Item = &'a str>) -> bool {
    !contact.chars().all(|c| c.is_alphabetic() || c == '-' || c == '_') || names.any(|name| name == contact)
}
