//! Decoder for `collection.yaml`.

use super::article::ArticleDecoder;
use super::{NAME_HELP, SourceFile, is_plain_name, raw};
use crate::kb::article::{Node, UnresolvedRef};
use crate::kb::diagnostic::{Diagnostic, RuleId, did_you_mean};
use crate::kb::fact::{Fact, FactAnswer, FactKind, InputForm};
use crate::kb::read::Decoder;
use crate::kb::role::Role;
use crate::kb::yaml::{Entry, Span, Value, Yaml};
use crate::kb::{Collection, Situation};
use crate::text::VoicedText;

/// A collection with its shared nodes, whose references are unresolved.
pub(in crate::kb) struct DecodedCollection {
    /// The collection.
    pub(in crate::kb) collection: Collection,
    /// The nodes of the collection's flow.
    pub(in crate::kb) shared: Vec<Node<UnresolvedRef>>,
}

/// Decodes `collection.yaml`. The collection is `None` if the file has an error outside its situations.
pub(in crate::kb) fn collection(file: &SourceFile) -> (Option<DecodedCollection>, Vec<Diagnostic>) {
    let (text, tree) = match file.tree() {
        Ok(parsed) => parsed,
        Err(diagnostics) => return (None, diagnostics),
    };
    let mut reader = Decoder::new(&file.path, &text);
    let top = Span { line: 1, column: 1, width: 1 };
    let raw: raw::Collection = reader.record(&tree, "a collection");
    if !is_plain_name(&file.collection) {
        reader.report(
            RuleId::BadName,
            top,
            format!("the folder name `{}` cannot be used as an ID", file.collection),
            NAME_HELP,
        );
    }
    let title =
        reader.required(raw.title, &tree, "title", top, "add a short title, for example `title: Access denied`");
    let product = reader.optional(raw.product, &tree, "product");
    let errors_list = reader.optional(raw.errors_list, &tree, "errors-list");
    if let (Some(link), Some(entry)) = (&errors_list, tree.entry("errors-list")) {
        reader.link(link, entry.value.span);
    }
    let contacts = reader.entries(&tree, "contacts");
    let contacts = contacts.into_iter().map(|(entry, address)| (entry.key.clone(), address)).collect();
    let roles = roles(&mut reader, &tree);
    let mut synonyms = Vec::new();
    for entry in tree.entry("synonyms").map(|synonyms| synonyms.value.entries()).unwrap_or_default() {
        let words = reader.texts(entry);
        synonyms.push((reader.key(entry), words));
    }
    let facts = tree.entry("facts").map(|facts| facts.value.entries()).unwrap_or_default();
    let facts: Vec<Fact> = facts.iter().map(|entry| fact(&mut reader, entry)).collect();
    reader.set_facts(&facts);
    let opening = reader.voiced(raw.opening, &tree, "opening");
    let suppressions = reader.suppressions(&tree);
    let mut collection = Collection {
        id: file.collection.clone(),
        title,
        product,
        opening,
        errors_list,
        roles,
        contacts,
        synonyms,
        facts,
        situations: Vec::new(),
        suppressions,
    };
    // A mistake in a situation must not make the articles unavailable.
    let is_valid = reader.has_no_errors();
    let items = tree.entry("situations").map(|situations| situations.value.items()).unwrap_or_default();
    collection.situations = items.iter().filter_map(|item| situation(&mut reader, item, &collection.facts)).collect();
    let errors_in_situations = reader.error_count();
    let nodes = tree.entry("flow").map(|flow| flow.value.entries()).unwrap_or_default();
    let mut decoder = ArticleDecoder { reader: &mut reader, collection: &collection };
    let shared = nodes.iter().map(|entry| Node { is_shared: true, ..decoder.node(entry) }).collect();
    let is_valid = is_valid && reader.error_count() == errors_in_situations;
    (is_valid.then_some(DecodedCollection { collection, shared }), reader.finish())
}

/// Decodes `roles`: names with labels.
fn roles(reader: &mut Decoder<'_>, tree: &Yaml) -> Vec<Role> {
    /// Fields of a step that don't name a role. A role with such a name would be ambiguous.
    const STEP_FIELDS: [&str; 6] = ["by", "do", "irreversible", "requires", "if", "goto"];
    let mut roles = Vec::new();
    for (entry, label) in reader.entries(tree, "roles") {
        let name = entry.key.as_str();
        if !is_plain_name(name) || STEP_FIELDS.contains(&name) {
            let message = format!("`{name}` cannot be used as the name of a role");
            reader.report(RuleId::BadName, entry.key_span, message, NAME_HELP);
        } else if Role::from_name(name).is_none() {
            // A role that every collection has keeps its own label, because that label depends on the audience.
            roles.push(Role::other(name, &label.one_line()));
        }
    }
    roles
}

/// Decodes a fact: a question or an input.
fn fact(reader: &mut Decoder<'_>, entry: &Entry) -> Fact {
    let yaml = &entry.value;
    let raw: raw::Fact = reader.record(yaml, "a fact");
    if !is_plain_name(&entry.key) {
        reader.report(
            RuleId::BadName,
            entry.key_span,
            format!("`{}` cannot be used as the name of a fact", entry.key),
            NAME_HELP,
        );
    }
    let is_constant = yaml
        .entry("constant")
        .and_then(|entry| reader.yes_or_no(entry, "write `constant: yes`, or remove it"))
        .unwrap_or_default();
    let kind = if yaml.entry("input").is_some() {
        if let Some(question) = yaml.entry("question") {
            let help = "split it into two facts, one with a question and one with an input";
            reader.report(RuleId::UnknownField, question.key_span, "this fact has an `input` and a `question`", help);
        }
        let label = reader.required(raw.input, yaml, "input", entry.key_span, "say what to fill in");
        FactKind::Input { label: label.into(), form: form(reader, raw.kind.as_deref(), yaml) }
    } else {
        if let Some(kind) = yaml.entry("kind") {
            reader.report(RuleId::UnknownField, kind.key_span, "only an input has a `kind`", "remove it");
        }
        let help = "write the yes/no question, or `input: ...` for a text that people fill in";
        FactKind::Question(reader.required(raw.question, yaml, "question", entry.key_span, help).into())
    };
    Fact { id: entry.key.clone(), kind, hint: reader.voiced(raw.hint, yaml, "hint"), is_constant }
}

fn form(reader: &mut Decoder<'_>, raw: Option<&str>, yaml: &Yaml) -> InputForm {
    let Some(name) = raw else { return InputForm::default() };
    InputForm::from_name(name).unwrap_or_else(|| {
        let span = yaml.entry("kind").map_or(yaml.span, |entry| entry.value.span);
        let help = did_you_mean(name, InputForm::ALL.iter().map(|form| form.name()));
        reader.report(RuleId::WrongKind, span, format!("`{name}` is not a kind of input"), help);
        InputForm::default()
    })
}

/// Decodes a situation: `text: {goto: article, known: {fact: yes}}`.
fn situation(reader: &mut Decoder<'_>, yaml: &Yaml, facts: &[Fact]) -> Option<Situation> {
    let Value::Mapping(entries) = &yaml.value else {
        let message =
            format!("a situation is written as `what happened: {{goto: article}}`, but it is {}", yaml.kind());
        reader.report(
            RuleId::WrongKind,
            yaml.span,
            message,
            "add the article that it leads to: `- what happened: {goto: article}`",
        );
        return None;
    };
    let [entry] = entries.as_slice() else {
        let help = "begin each situation with `- `, and indent `goto` and `known` below its text by four spaces more";
        reader.report(RuleId::WrongKind, yaml.span, "a situation is one text with `goto` below it", help);
        return None;
    };
    let raw: raw::Situation = reader.record(&entry.value, "a situation");
    let goto = reader.required(raw.goto, &entry.value, "goto", entry.key_span, "add the article: `goto: article`");
    let known = match entry.value.entry("known") {
        Some(known) => reader.fact_values(&known.value, facts, &[FactAnswer::Yes, FactAnswer::No]),
        None => Vec::new(),
    };
    let text = reader.key(entry);
    Some(Situation {
        text: VoicedText::from(text),
        goto: goto.to_string(),
        known: known.into_iter().map(|(value, _)| value).collect(),
        location: reader.location(entry.key_span),
    })
}
