//! The files of a knowledge base, and what their authors write in them.

use super::article::{
    Actor, Article, Escalation, Flow, Node, NodeKind, Question, Solution, Step, Target, TargetName, Ways,
};
use super::finding::{Code, Finding, Place, did_you_mean};
use super::read::Reader;
use super::yaml::{self, Entry, Span, Value, Yaml};
use super::{Clue, Collection};
use crate::text::Clean;

mod raw;

/// Bytes that a file may have; the shipped articles have about 4,000.
pub const MAX_BYTES: usize = 128 * 1024;

/// The name of the file that makes a folder a collection.
pub const COLLECTION_FILE: &str = "collection.yaml";

/// One file of a knowledge base, as it was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The folder it stands in: the id of its collection.
    pub collection: String,
    /// Its name without the ending: the id of its article.
    pub stem: String,
    /// Its path, as its author knows it.
    pub path: String,
    /// What it holds, or why it could not be read.
    pub content: Result<Vec<u8>, String>,
}

/// A knowledge base as files, before anything is known about them.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// What to call it in a notice: its folder.
    pub name: String,
    /// Its files, collections and articles alike.
    pub files: Vec<SourceFile>,
    /// What could not even be listed.
    pub findings: Vec<Finding>,
}

impl SourceFile {
    /// Whether this file describes the collection rather than an article.
    #[must_use]
    pub fn is_collection(&self) -> bool {
        self.stem == "collection"
    }

    /// The file as a YAML tree, or everything that keeps it from being one.
    fn tree(&self) -> Result<(String, Yaml), Vec<Finding>> {
        let whole = |code, message: String, help: &str| {
            vec![Finding { code, place: Place::whole(&self.path), message, help: help.to_owned() }]
        };
        let bytes = match &self.content {
            Ok(bytes) if bytes.len() > MAX_BYTES => {
                let message = format!("the file has more than {} KB", MAX_BYTES / 1024);
                return Err(whole(
                    Code::TooLarge,
                    message,
                    "an article is a few KB long; make several articles of this one",
                ));
            }
            Ok(bytes) => bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes),
            Err(reason) => {
                return Err(whole(
                    Code::Unreadable,
                    format!("the file cannot be read: {reason}"),
                    "look at its permissions, or remove it",
                ));
            }
        };
        let text =
            std::str::from_utf8(bytes).map_err(|error| vec![not_utf8(&self.path, bytes, error.valid_up_to())])?;
        match yaml::parse(text) {
            Ok(tree) => Ok((text.to_owned(), tree)),
            Err(problems) => {
                let mut reader = Reader::new(&self.path, text);
                reader.report_all(problems);
                Err(reader.finish())
            }
        }
    }
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Finding {
    let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let excerpt = bytes
        .split(|byte| *byte == b'\n')
        .nth(line - 1)
        .map(|line| Clean::new(&String::from_utf8_lossy(line).replace(['\t', '\r'], " ")));
    Finding {
        code: Code::NotUtf8,
        place: Place { file: path.to_owned(), line, column, width: 1, excerpt },
        message: "this character is not UTF-8".to_owned(),
        help: "save the file as UTF-8 in your editor (not Latin-1, not UTF-16)".to_owned(),
    }
}

/// Whether a name can be typed on a command line and stand in a `goto`.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && !name.starts_with('-')
}

const NAME_HELP: &str = "use letters, digits and hyphens, for example `owner-forgot-password`";

/// Reads `collection.yaml`.
///
/// The collection is `None` where it cannot be used.
pub(crate) fn collection(file: &SourceFile) -> (Option<Collection>, Vec<Finding>) {
    let (text, tree) = match file.tree() {
        Ok(parsed) => parsed,
        Err(findings) => return (None, findings),
    };
    let mut reader = Reader::new(&file.path, &text);
    let top = Span { line: 1, column: 1, width: 1 };
    let raw: raw::Collection = reader.record(&tree, "a collection");
    if !is_plain_name(&file.collection) {
        reader.report(
            Code::BadName,
            top,
            format!("the folder's name `{}` cannot be used as an id", file.collection),
            NAME_HELP,
        );
    }
    let title = reader.required(
        raw.title,
        &tree,
        "title",
        top,
        "say in a few words what the collection is about, for example `title: Access denied`",
    );
    let product = reader.optional(raw.product, &tree, "product");
    let more = reader.optional(raw.more, &tree, "more");
    if let (Some(link), Some(entry)) = (&more, tree.entry("more")) {
        reader.link(link, entry.value.span);
    }
    let mut contacts = Vec::new();
    for entry in tree.entry("contacts").map(|contacts| contacts.value.entries()).unwrap_or_default() {
        if let Value::Text { text, .. } = &entry.value.value {
            contacts.push((entry.key.clone(), reader.clean(text, &entry.value)));
        }
    }
    let mut synonyms = Vec::new();
    for entry in tree.entry("synonyms").map(|synonyms| synonyms.value.entries()).unwrap_or_default() {
        let words = entry.value.items().iter().filter_map(|item| match &item.value {
            Value::Text { text, .. } => Some(reader.clean(text, item)),
            _ => None,
        });
        synonyms.push((Clean::new(&entry.key), words.collect()));
    }
    let mut clues = Vec::new();
    for entry in tree.entry("clues").map(|clues| clues.value.entries()).unwrap_or_default() {
        let clue: raw::Clue = reader.record(&entry.value, "a clue");
        if !is_plain_name(&entry.key) {
            reader.report(
                Code::BadName,
                entry.key_span,
                format!("`{}` cannot be used as the name of a clue", entry.key),
                NAME_HELP,
            );
        }
        clues.push(Clue {
            id: entry.key.clone(),
            question: reader.required(
                clue.question,
                &entry.value,
                "question",
                entry.key_span,
                "write the yes/no question of this clue",
            ),
            hint: reader.optional(clue.hint, &entry.value, "hint"),
        });
    }
    let collection = Collection { id: file.collection.clone(), title, product, more, contacts, synonyms, clues };
    (reader.is_sound().then_some(collection), reader.finish())
}

/// Reads an article of a collection. Its ways still lead to names.
///
/// The article is `None` where it cannot be used.
pub(crate) fn article(
    file: &SourceFile,
    at: usize,
    collection: &Collection,
) -> (Option<Article<Target>>, Vec<Finding>) {
    let (text, tree) = match file.tree() {
        Ok(parsed) => parsed,
        Err(findings) => return (None, findings),
    };
    let mut reader = Reader::new(&file.path, &text);
    let article = ArticleReader { reader: &mut reader, collection }.article(file, at, &tree);
    (reader.is_sound().then_some(article), reader.finish())
}

/// What may stand behind a `- ` of `steps`.
enum StepItem {
    Own(Step),
    Shared(Target),
}

struct ArticleReader<'a, 'b> {
    reader: &'a mut Reader<'b>,
    collection: &'a Collection,
}

impl ArticleReader<'_, '_> {
    fn article(&mut self, file: &SourceFile, collection: usize, tree: &Yaml) -> Article<Target> {
        let top = Span { line: 1, column: 1, width: 1 };
        if !is_plain_name(&file.stem) {
            self.reader.report(
                Code::BadName,
                top,
                format!("the file's name `{}` cannot be used as an id", file.stem),
                NAME_HELP,
            );
        }
        let raw: raw::Article = self.reader.record(tree, "an article");
        let texts = |list: Vec<(Clean, Span)>| list.into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        let message = self.reader.required(
            raw.message,
            tree,
            "message",
            top,
            "write the error's text to the letter: `message: ...`",
        );
        let message_span = tree.entry("message").map_or(top, |entry| entry.value.span);
        let sources = self.reader.list(raw.sources, tree, "sources");
        for (link, span) in &sources {
            self.reader.link(link, *span);
        }
        Article {
            id: file.stem.clone(),
            collection,
            message,
            wordings: texts(self.reader.list(raw.wordings, tree, "wordings")),
            codes: texts(self.reader.list(raw.codes, tree, "codes")),
            keywords: texts(self.reader.list(raw.keywords, tree, "keywords")),
            description: self.reader.optional(raw.description, tree, "description").unwrap_or_default(),
            clues: self.clue_answers(tree),
            sources: texts(sources),
            reviewed: self.reviewed(raw.reviewed.as_deref(), tree),
            flow: self.flow(tree),
            place: self.reader.place(message_span),
        }
    }

    fn reviewed(&mut self, raw: Option<&str>, tree: &Yaml) -> Option<jiff::civil::Date> {
        let raw = raw?;
        let date = raw.parse().ok();
        if date.is_none() {
            let span = tree.entry("reviewed").map_or(tree.span, |entry| entry.value.span);
            self.reader.report(
                Code::BadDate,
                span,
                format!("`{raw}` is not a date"),
                "write it as year-month-day, for example `reviewed: 2026-11-23`",
            );
        }
        date
    }

    fn clue_answers(&mut self, tree: &Yaml) -> Vec<(usize, bool)> {
        let mut answers = Vec::new();
        for entry in tree.entry("clues").map(|clues| clues.value.entries()).unwrap_or_default() {
            let clue = self.clue(&entry.key, entry.key_span);
            let answer = match &entry.value.value {
                Value::Text { text, .. } if text == "yes" => true,
                Value::Text { text, .. } if text == "no" => false,
                _ => {
                    self.reader.report(
                        Code::WrongKind,
                        entry.value.span,
                        format!("the clue `{}` must be `yes` or `no`", entry.key),
                        "leave the clue out where it says nothing about this error",
                    );
                    continue;
                }
            };
            answers.extend(clue.map(|clue| (clue, answer)));
        }
        answers
    }

    fn clue(&mut self, name: &str, span: Span) -> Option<usize> {
        let found = self.collection.clues.iter().position(|clue| clue.id == name);
        if found.is_none() {
            let message = format!("the collection has no clue `{name}`");
            let help = did_you_mean(name, self.collection.clues.iter().map(|clue| clue.id.as_str()));
            self.reader.report(
                Code::UnknownClue,
                span,
                message,
                format!("{help} (clues are listed in {COLLECTION_FILE})"),
            );
        }
        found
    }

    fn flow(&mut self, tree: &Yaml) -> Flow<Target> {
        let nodes: Vec<Node<Target>> = match tree.entry("flow") {
            Some(flow) => flow.value.entries().iter().filter_map(|entry| self.node(entry)).collect(),
            None => Vec::new(),
        };
        if tree.entry("flow").is_none_or(|flow| {
            flow.value.entries().is_empty() && !matches!(flow.value.value, Value::Text { .. } | Value::List(_))
        }) {
            let span = tree.entry("flow").map_or(Span { line: 1, column: 1, width: 1 }, |flow| flow.key_span);
            self.reader.report(
                Code::MissingField,
                span,
                "`flow` is missing",
                "an article needs a flow with at least one solution or escalation",
            );
        }
        Flow { nodes }
    }

    fn node(&mut self, entry: &Entry) -> Option<Node<Target>> {
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
            ["question"] => Some(self.question(name, yaml, span)),
            ["solution"] => Some(self.solution(name, yaml, span)),
            ["escalation"] => Some(self.escalation(name, yaml, span)),
            [_, second, ..] => {
                let span = yaml.entry(second).map_or(span, |field| field.key_span);
                self.reader.report(
                    Code::NodeKind,
                    span,
                    format!("the node `{name}` is two things at once: {}", kinds.join(" and ")),
                    "make two nodes of it",
                );
                None
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
                None
            }
        }
    }

    fn question(&mut self, name: &str, yaml: &Yaml, span: Span) -> Node<Target> {
        let raw: raw::Question = self.reader.record(yaml, "a question");
        let clue =
            raw.clue.and_then(|clue| self.clue(&clue, yaml.entry("clue").map_or(span, |entry| entry.value.span)));
        let ways = self.ways(name, yaml, span);
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
                let label = Clean::new(&choice.key);
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
        let nowhere = || Target { name: TargetName::Node(String::new()), place: self.reader.place(span) };
        let (fallback_yes, fallback_no) = (nowhere(), nowhere());
        let yes = self.target(yaml, "yes").unwrap_or(fallback_yes);
        let no = self.target(yaml, "no").unwrap_or(fallback_no);
        let unsure = unsure.unwrap_or_else(|| no.clone());
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
        Some(StepItem::Own(Step { by: actor?, text }))
    }

    fn escalation(&mut self, name: &str, yaml: &Yaml, span: Span) -> Node<Target> {
        let raw: raw::Escalation = self.reader.record(yaml, "an escalation");
        let contact = self.reader.optional(raw.contact, yaml, "contact");
        let contact = contact.map(|contact| {
            let named = self.collection.contacts.iter().find(|(name, _)| name.as_str() == &*contact);
            named.map_or(contact, |(_, address)| address.clone())
        });
        let bring = self.reader.list(raw.bring, yaml, "bring");
        Node {
            name: name.to_owned(),
            text: self.reader.required(raw.escalation, yaml, "escalation", span, "say who takes over"),
            note: self.reader.optional(raw.note, yaml, "note"),
            caution: self.reader.optional(raw.caution, yaml, "caution"),
            kind: NodeKind::Escalation(Escalation {
                contact,
                bring: bring.into_iter().map(|(text, _)| text).collect(),
            }),
            place: self.reader.place(span),
        }
    }
}
