//! Reading a flow: its nodes, their ways and their steps.

use super::article::ArticleReader;
use super::{NAME_HELP, is_plain_name, raw};
use crate::kb::article::{
    Actor, After, Bring, Escalation, Filled, Flow, Node, NodeKind, Question, Solution, Step, Target, TargetName, Ways,
};
use crate::kb::finding::{Code, did_you_mean};
use crate::kb::yaml::{Entry, Span, Value, Yaml};
use crate::text::Clean;

/// What may stand behind a `- ` of `steps`.
enum StepItem {
    Own(Step),
    Shared(Target),
}

impl ArticleReader<'_, '_> {
    pub(super) fn flow(&mut self, tree: &Yaml) -> Flow<Target> {
        let nodes: Vec<Node<Target>> = match tree.entry("flow") {
            Some(flow) => flow.value.entries().iter().map(|entry| self.node(entry)).collect(),
            None => Vec::new(),
        };
        if tree.entry("flow").is_none_or(|flow| {
            flow.value.entries().is_empty() && !matches!(flow.value.value, Value::Text { .. } | Value::List(_))
        }) {
            let top = Span { line: 1, column: 1, width: 1 };
            self.reader.missing(tree, "flow", top, "an article needs a flow with at least one solution or escalation");
        }
        Flow { nodes }
    }

    fn node(&mut self, entry: &Entry) -> Node<Target> {
        const KINDS: [&str; 3] = ["question", "solution", "escalation"];
        let (name, yaml, span) = (&entry.key, &entry.value, entry.key_span);
        if !is_plain_name(name) {
            self.reader.report(
                Code::BadName,
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
                    Code::NodeKind,
                    span,
                    format!("the node `{name}` is two things at once: {}", kinds.join(" and ")),
                    "make two nodes of it",
                );
                self.of_no_kind(name, span)
            }
            _ => {
                let near = yaml
                    .entries()
                    .iter()
                    .find(|field| KINDS.iter().any(|kind| strsim::jaro_winkler(&field.key, kind) > 0.85));
                let help = near.map_or_else(
                    || "begin it with `question:`, `solution:` or `escalation:`".to_owned(),
                    |field| did_you_mean(&field.key, KINDS),
                );
                let span = near.map_or(span, |field| field.key_span);
                self.reader.report(
                    Code::NodeKind,
                    span,
                    format!("the node `{name}` is neither a question, a solution nor an escalation"),
                    help,
                );
                self.of_no_kind(name, span)
            }
        }
    }

    /// Stands in for a node that is wrong, so that the ways to it are not wrong as well.
    fn of_no_kind(&self, name: &str, span: Span) -> Node<Target> {
        Node {
            name: name.to_owned(),
            text: Clean::default(),
            note: None,
            caution: None,
            kind: NodeKind::Escalation(Escalation { contact: None, bring: Vec::new() }),
            place: self.reader.place(span),
        }
    }

    fn question(&mut self, name: &str, yaml: &Yaml, span: Span) -> Node<Target> {
        let raw: raw::Question = self.reader.record(yaml, "a question");
        let clue =
            raw.clue.and_then(|clue| self.clue(&clue, yaml.entry("clue").map_or(span, |entry| entry.value.span)));
        let ways = self.ways(name, yaml, span);
        if let (Some(_), Some(entry)) = (yaml.entry("choices"), yaml.entry("clue")) {
            let help = "leave it out, or ask for yes and no: a clue is answered with one of the two";
            self.reader.report(Code::UnknownField, entry.key_span, "a question with choices takes no clue", help);
        }
        Node {
            name: name.to_owned(),
            text: self.reader.required(raw.question, yaml, "question", span, "write the question"),
            note: self.reader.optional(raw.note, yaml, "note"),
            caution: self.reader.optional(raw.caution, yaml, "caution"),
            kind: NodeKind::Question(Question { hint: self.reader.optional(raw.hint, yaml, "hint"), clue, ways }),
            place: self.reader.place(span),
        }
    }

    fn ways(&mut self, name: &str, yaml: &Yaml, span: Span) -> Ways<Target> {
        let unsure = self.target(yaml, "unsure");
        if let Some(choices) = yaml.entry("choices") {
            let mut labelled = Vec::new();
            for choice in choices.value.entries() {
                let label = self.reader.key(choice);
                labelled.extend(self.target_of(choice).map(|target| (label, target)));
            }
            if choices.value.entries().len() < 2 {
                self.reader.report(
                    Code::QuestionWithoutWays,
                    choices.key_span,
                    format!("the question `{name}` has fewer than two choices"),
                    "write each as `what to choose: node`",
                );
            }
            for field in ["yes", "no"] {
                if let Some(entry) = yaml.entry(field) {
                    self.reader.report(
                        Code::QuestionWithoutWays,
                        entry.key_span,
                        format!("the question `{name}` has `choices` and `{field}`"),
                        "use either `choices`, or `yes` and `no`",
                    );
                }
            }
            return Ways::Choices { choices: labelled, unsure };
        }
        for field in ["yes", "no"] {
            if yaml.entry(field).is_none() {
                self.reader.report(
                    Code::QuestionWithoutWays,
                    span,
                    format!("the question `{name}` has no `{field}`"),
                    format!("say where \"{field}\" leads: `{field}: the-name-of-a-node`"),
                );
            }
        }
        // A missing way has been reported; here it leads back, which is no second fault.
        let here = Target { name: TargetName::Node(name.to_owned()), place: self.reader.place(span) };
        let yes = self.target(yaml, "yes").unwrap_or_else(|| here.clone());
        let no = self.target(yaml, "no").unwrap_or(here);
        Ways::YesNo { yes, no, unsure }
    }

    fn target(&mut self, yaml: &Yaml, field: &str) -> Option<Target> {
        self.target_of(yaml.entry(field)?)
    }

    /// A node's name, or `goto: article` or `goto: article/node`.
    fn target_of(&mut self, entry: &Entry) -> Option<Target> {
        let (name, span) = match &entry.value.value {
            Value::Text { text, .. } => (TargetName::Node(text.clone()), entry.value.span),
            Value::Mapping(fields) => match fields.as_slice() {
                [Entry { key, value: Yaml { span, value: Value::Text { text, .. } }, .. }] if key == "goto" => {
                    (TargetName::Goto(text.clone()), *span)
                }
                _ => return self.no_target(entry),
            },
            _ => return self.no_target(entry),
        };
        Some(Target { name, place: self.reader.place(span) })
    }

    fn no_target(&mut self, entry: &Entry) -> Option<Target> {
        let span = if matches!(entry.value.value, Value::Nothing) { entry.key_span } else { entry.value.span };
        self.reader.report(
            Code::WrongKind,
            span,
            format!("`{}` must lead somewhere, but here is {}", entry.key, entry.value.kind()),
            "write the name of a node, or `{goto: article}` or `{goto: article/node}`",
        );
        None
    }

    fn solution(&mut self, name: &str, yaml: &Yaml, span: Span) -> Node<Target> {
        let raw: raw::Solution = self.reader.record(yaml, "a solution");
        let items = yaml.entry("steps").map(|entry| entry.value.items()).unwrap_or_default();
        if items.is_empty()
            && yaml.entry("steps").is_none_or(|steps| matches!(steps.value.value, Value::Nothing | Value::List(_)))
        {
            let span = yaml.entry("steps").map_or(span, |entry| entry.key_span);
            self.reader.report(
                Code::NoSteps,
                span,
                format!("the solution `{name}` has no steps"),
                "say who does what: `steps:`, then `- by: user` and below it `do: ...`",
            );
        }
        let (mut steps, mut shared) = (Vec::new(), Vec::new());
        for item in items {
            match self.step(item) {
                Some(StepItem::Own(step)) => steps.push(step),
                Some(StepItem::Shared(target)) => shared.push((steps.len(), target)),
                None => {}
            }
        }
        Node {
            name: name.to_owned(),
            text: self.reader.required(raw.solution, yaml, "solution", span, "say in a line what the solution is"),
            note: self.reader.optional(raw.note, yaml, "note"),
            caution: self.reader.optional(raw.caution, yaml, "caution"),
            kind: NodeKind::Solution(Solution { steps, shared, otherwise: self.target(yaml, "otherwise") }),
            place: self.reader.place(span),
        }
    }

    /// A step, or `goto: solution` for the steps of another solution.
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
                    Code::WrongKind,
                    other.key_span,
                    format!("a step with `goto` has no `{}`", other.key),
                    "make two steps of it, each behind its own `- `",
                );
            }
            return Some(StepItem::Shared(Target {
                name: TargetName::Goto(goto),
                place: self.reader.place(entry.value.span),
            }));
        }
        let by = self.reader.required(
            raw.by,
            yaml,
            "by",
            yaml.span,
            "say who does it: `by: user`, `administrator`, `owner` or `support`",
        );
        let text = self.reader.required(raw.text, yaml, "do", yaml.span, "say what to do: `do: ...`");
        let actor = Actor::from_name(&by);
        if actor.is_none() && !by.is_empty() {
            let span = yaml.entry("by").map_or(yaml.span, |entry| entry.value.span);
            self.reader.report(
                Code::UnknownActor,
                span,
                format!("`{by}` is not an actor"),
                did_you_mean(&by, Actor::ALL.iter().map(|actor| actor.name())),
            );
        }
        let irreversible = self.reader.optional(raw.irreversible, yaml, "irreversible");
        let after = self.after(yaml, irreversible.is_some());
        Some(StepItem::Own(Step { by: actor?, text, irreversible, after, place: self.reader.place(yaml.span) }))
    }

    /// The questions that must have been asked before a step that cannot be undone.
    fn after(&mut self, step: &Yaml, irreversible: bool) -> Vec<After> {
        let Some(after) = step.entry("after") else { return Vec::new() };
        if !irreversible {
            self.reader.report(
                Code::MissingField,
                after.key_span,
                "a step with `after` has no `irreversible`",
                "say what must be known or at hand first: `irreversible: ...`",
            );
        }
        let mut questions = Vec::new();
        for (entry, answer) in self.reader.entries(step, "after") {
            let (article, node) = entry.key.split_once('/').unwrap_or((self.id, &entry.key));
            questions.push(After {
                article: article.to_owned(),
                node: node.to_owned(),
                answer: answer.to_string(),
                place: self.reader.place(entry.key_span),
            });
        }
        questions
    }

    fn contact(&mut self, contact: &Clean, yaml: &Yaml) {
        let names = || self.collection.contacts.iter().map(|(name, _)| name.as_str());
        if is_contact(contact, names()) {
            return;
        }
        let span = yaml.entry("contact").map_or(yaml.span, |entry| entry.value.span);
        let help = if names().next().is_none() {
            "write the whole address, or list it under `contacts` of the collection".to_owned()
        } else {
            did_you_mean(contact, names())
        };
        self.reader.report(
            Code::UnknownContact,
            span,
            format!("`{contact}` is no address, and no contact of the collection"),
            help,
        );
    }

    /// A text to be filled in, or one thing of a kind.
    fn bring(&mut self, yaml: &Yaml) -> Option<Bring> {
        let (filled, before, yaml) = match &yaml.value {
            Value::Text { .. } => (Filled::ByHand, "", yaml),
            Value::Mapping(fields) => match fields.as_slice() {
                [Entry { key, value, .. }] if key == "message" => (Filled::Message, "", value),
                [Entry { key, value, .. }] if key == "tried" => (Filled::Tried, "", value),
                [Entry { key, value, .. }] if key == "that" => (Filled::Stated, "that ", value),
                _ => return self.nothing_to_bring(yaml),
            },
            _ => return self.nothing_to_bring(yaml),
        };
        let Value::Text { text, .. } = &yaml.value else { return self.nothing_to_bring(yaml) };
        let text = self.reader.prose("bring", text, yaml);
        Some(Bring { text: Clean::new(&format!("{before}{text}")), filled })
    }

    fn nothing_to_bring(&mut self, yaml: &Yaml) -> Option<Bring> {
        self.reader.report(
            Code::WrongKind,
            yaml.span,
            format!("what they will need is a text, but here is {}", yaml.kind()),
            "write a text, or one of `message: ...`, `tried: ...` and `that: ...`; put a text with `: ` in quotes",
        );
        None
    }

    fn escalation(&mut self, name: &str, yaml: &Yaml, span: Span) -> Node<Target> {
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
        let bring = items.iter().filter_map(|item| self.bring(item)).collect();
        Node {
            name: name.to_owned(),
            text: self.reader.required(raw.escalation, yaml, "escalation", span, "say who takes over"),
            note: self.reader.optional(raw.note, yaml, "note"),
            caution: self.reader.optional(raw.caution, yaml, "caution"),
            kind: NodeKind::Escalation(Escalation { contact, bring }),
            place: self.reader.place(span),
        }
    }
}

/// Whether a text says how somebody is reached: an address, or the name of one that the collection lists; a single word can only be
/// such a name.
pub(crate) fn is_contact<'a>(contact: &str, mut names: impl Iterator<Item = &'a str>) -> bool {
    !contact.chars().all(|c| c.is_alphabetic() || c == '-' || c == '_') || names.any(|name| name == contact)
}
