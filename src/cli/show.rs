//! `unstuck show`: prints an article.

use anyhow::{Result, anyhow};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::run::EXIT_OK;
use super::{Global, ShowArgs, context, output};
use crate::flow::{self, Answer, CurrentStep};
use crate::kb::{Article, Branches, Collection, KnowledgeBase, Node, NodeId, NodeKind};
use crate::report::COLUMNS;
use crate::strings::{self, Audience};
use crate::text::markup::to_plain_text;
use crate::text::{SanitizedText, Voice, VoicedText, wrap_words};

pub(super) fn run(global: &Global, args: &ShowArgs) -> Result<u8> {
    let kb = context::load(global)?;
    let at = kb.article_index(&args.article).ok_or_else(|| unknown(&kb, &args.article))?;
    let (article, collection) = kb.article_with_collection(at).ok_or_else(|| unknown(&kb, &args.article))?;
    if args.json {
        output::print_json(&to_json(&kb, at, article, collection, global.json_voice()), true)?;
    } else {
        output::print(&to_text(&kb, at, article, global.who.unwrap_or(Audience::Helpdesk)))?;
    }
    Ok(EXIT_OK)
}

/// Returns the error for an unknown article ID, with a similar ID if there is one.
pub(super) fn unknown(kb: &KnowledgeBase, id: &str) -> anyhow::Error {
    let near = kb.nearest_id(id).map_or_else(
        || "to list all articles, run `unstuck list`".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    anyhow!("there is no article `{id}`; {near}")
}

#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    collection: &'a str,
    message: &'a SanitizedText,
    wordings: &'a [SanitizedText],
    codes: &'a [SanitizedText],
    keywords: &'a [SanitizedText],
    description: SanitizedText,
    known: Map<String, Value>,
    sources: &'a [SanitizedText],
    see_also: Vec<Value>,
    prevention: Vec<SanitizedText>,
    reviewed: Option<String>,
    flow: Vec<Value>,
    /// The fields that begin with `x-`.
    #[serde(flatten)]
    extra: Map<String, Value>,
}

fn to_json<'a>(
    kb: &KnowledgeBase,
    at: usize,
    article: &'a Article,
    collection: &'a Collection,
    voice: Voice,
) -> Shown<'a> {
    let known = article
        .known
        .iter()
        .filter_map(|value| Some((collection.facts.get(value.fact)?.id.clone(), Value::from(value.answer.name()))));
    // Invariant: the extra fields were serialized as JSON when the article was decoded.
    let extra =
        article.extra.iter().map(|(name, value)| (name.clone(), serde_json::from_str(value).unwrap_or_default()));
    Shown {
        id: &article.id,
        collection: &collection.id,
        message: &article.message,
        wordings: &article.wordings,
        codes: &article.codes,
        keywords: &article.keywords,
        description: article.description.voice(voice),
        known: known.collect(),
        sources: &article.sources,
        see_also: article.see_also.iter().map(|(label, link)| json!({"label": label, "link": link})).collect(),
        prevention: article.prevention.iter().map(|text| text.voice(voice)).collect(),
        reviewed: article.reviewed.map(|day| day.to_string()),
        flow: article.flow.nodes.iter().map(|node| node_json(kb, at, collection, node, voice)).collect(),
        extra: extra.collect(),
    }
}

fn node_json(kb: &KnowledgeBase, article: usize, collection: &Collection, node: &Node, voice: Voice) -> Value {
    let spoken = |text: &Option<VoicedText>| text.as_ref().map(|text| text.voice(voice));
    let to = |target: &NodeId| kb.node_name(*target, article);
    let mut json = match &node.kind {
        NodeKind::Question(question) => {
            let mut json = match &question.branches {
                Branches::YesNo { yes, no, unsure } => {
                    json!({"yes": to(yes), "no": to(no), "unsure": to(unsure.as_ref().unwrap_or(no))})
                }
                Branches::Choices { choices, unsure } => {
                    let choices: Vec<Value> =
                        choices.iter().map(|(label, target)| json!({"label": label, "to": to(target)})).collect();
                    json!({"choices": choices, "unsure": unsure.as_ref().map(to)})
                }
            };
            insert(&mut json, "kind", "question".into());
            insert(&mut json, "hint", json!(spoken(&question.hint)));
            insert(
                &mut json,
                "fact",
                json!(question.fact.and_then(|fact| collection.facts.get(fact)).map(|fact| &fact.id)),
            );
            json
        }
        NodeKind::Solution(solution) => {
            let steps: Vec<CurrentStep> =
                solution.steps.iter().map(|step| CurrentStep::new(step, voice, &[])).collect();
            json!({"kind": "solution", "steps": steps, "otherwise": solution.otherwise.as_ref().map(to)})
        }
        NodeKind::Escalation(escalation) => {
            let bring: Vec<SanitizedText> = escalation.bring.iter().map(|bring| bring.text.voice(voice)).collect();
            json!({"kind": "escalation", "contact": escalation.contact, "bring": bring})
        }
    };
    insert(&mut json, "node", node.name.clone().into());
    insert(&mut json, "text", json!(node.text.voice(voice)));
    insert(&mut json, "note", json!(spoken(&node.note)));
    insert(&mut json, "caution", json!(spoken(&node.caution)));
    json
}

fn insert(json: &mut Value, key: &str, value: Value) {
    if let Some(object) = json.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

fn to_text(kb: &KnowledgeBase, at: usize, article: &Article, audience: Audience) -> String {
    let spoken = |text: &VoicedText| to_plain_text(&text.voice(audience.voice()));
    let mut lines = Vec::new();
    let mut put = |indent: usize, text: &str| {
        lines.extend(wrap_words(text, COLUMNS - indent).into_iter().map(|line| format!("{:indent$}{line}", "")));
    };
    put(0, &article.message);
    put(0, "");
    put(0, &spoken(&article.description));
    for wording in &article.wordings {
        put(0, &format!("{} {wording}", strings::ALSO_SEEN_AS));
    }
    if !article.codes.is_empty() {
        put(
            0,
            &format!(
                "{} {}",
                strings::CODES,
                article.codes.iter().map(SanitizedText::as_str).collect::<Vec<_>>().join(", ")
            ),
        );
    }
    for node in &article.flow.nodes {
        put(0, "");
        put(0, &format!("[{}] {}", node.name, spoken(&node.text)));
        if let Some(caution) = &node.caution {
            put(4, &format!("{} {}", strings::CAUTION, spoken(caution)));
        }
        if let Some(note) = &node.note {
            put(4, &spoken(note));
        }
        match &node.kind {
            NodeKind::Question(question) => {
                if let Some(hint) = &question.hint {
                    put(4, &format!("{} {}", strings::HINT, spoken(hint)));
                }
                for (answer, target) in flow::branches(&node.kind) {
                    put(4, &format!("{} -> {}", strings::label(&node.kind, answer), kb.node_name(target, at)));
                }
            }
            NodeKind::Solution(solution) => {
                for (number, step) in (1..).zip(&solution.steps) {
                    put(4, &format!("{number}. {}: {}", strings::role(step.by, audience), spoken(&step.text)));
                    if let Some(first) = &step.irreversible {
                        put(7, &strings::irreversible(&spoken(first)));
                    }
                }
                if let Some(otherwise) = &solution.otherwise {
                    put(4, &format!("{} -> {}", strings::answer(Answer::NotSolved), kb.node_name(*otherwise, at)));
                }
            }
            NodeKind::Escalation(escalation) => {
                if let Some(contact) = &escalation.contact {
                    put(4, &format!("{} {contact}", strings::CONTACT));
                }
                put(4, strings::BRING);
                for item in &escalation.bring {
                    put(4, &format!("- {}", spoken(&item.text)));
                }
            }
        }
    }
    if !article.prevention.is_empty() {
        put(0, "");
        put(0, strings::PREVENTION);
    }
    for advice in &article.prevention {
        put(0, &format!("- {}", spoken(advice)));
    }
    put(0, "");
    for (label, link) in &article.see_also {
        put(0, &format!("{} {label}: {link}", strings::SEE_ALSO));
    }
    for source in &article.sources {
        put(0, &format!("{} {source}", strings::SOURCES));
    }
    lines.join("\n") + "\n"
}
