//! `unstuck show`: one article to read.

use anyhow::{Result, anyhow};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::run::YES;
use super::{Global, ShowArgs, context, output};
use crate::handout::COLUMNS;
use crate::kb::{Article, Collection, KnowledgeBase, Node, NodeKind, NodeRef, Ways};
use crate::text::markup::plain;
use crate::text::{Clean, fill};
use crate::wizard::{self, Answer};
use crate::words::{self, Audience};

pub(super) fn run(global: &Global, args: &ShowArgs) -> Result<u8> {
    let kb = context::load(global)?;
    let at = kb.position(&args.article).ok_or_else(|| unknown(&kb, &args.article))?;
    let (article, collection) = kb.entry(at).ok_or_else(|| unknown(&kb, &args.article))?;
    if args.json {
        output::print_json(&to_json(&kb, at, article, collection), true)?;
    } else {
        output::print(&to_read(&kb, at, article))?;
    }
    Ok(YES)
}

/// The error for an id that no article has.
pub(super) fn unknown(kb: &KnowledgeBase, id: &str) -> anyhow::Error {
    let near = kb
        .nearest_id(id)
        .map_or_else(|| "`unstuck list` shows all of them".to_owned(), |near| format!("did you mean `{near}`?"));
    anyhow!("there is no article `{id}`; {near}")
}

#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    collection: &'a str,
    message: &'a Clean,
    wordings: &'a [Clean],
    codes: &'a [Clean],
    keywords: &'a [Clean],
    description: &'a Clean,
    clues: Map<String, Value>,
    sources: &'a [Clean],
    reviewed: Option<String>,
    flow: Vec<Value>,
}

fn to_json<'a>(kb: &KnowledgeBase, at: usize, article: &'a Article, collection: &'a Collection) -> Shown<'a> {
    let clues = article.clues.iter().filter_map(|(clue, yes)| {
        Some((collection.clues.get(*clue)?.id.clone(), Value::from(if *yes { "yes" } else { "no" })))
    });
    Shown {
        id: &article.id,
        collection: &collection.id,
        message: &article.message,
        wordings: &article.wordings,
        codes: &article.codes,
        keywords: &article.keywords,
        description: &article.description,
        clues: clues.collect(),
        sources: &article.sources,
        reviewed: article.reviewed.map(|day| day.to_string()),
        flow: article.flow.nodes.iter().map(|node| node_json(kb, at, collection, node)).collect(),
    }
}

fn node_json(kb: &KnowledgeBase, article: usize, collection: &Collection, node: &Node) -> Value {
    let to = |target: &NodeRef| kb.node_name(*target, article);
    let mut json = match &node.kind {
        NodeKind::Question(question) => {
            let mut json = match &question.ways {
                Ways::YesNo { yes, no, unsure } => {
                    json!({"yes": to(yes), "no": to(no), "unsure": to(unsure.as_ref().unwrap_or(no))})
                }
                Ways::Choices { choices, unsure } => {
                    let choices: Vec<Value> =
                        choices.iter().map(|(label, target)| json!({"label": label, "to": to(target)})).collect();
                    json!({"choices": choices, "unsure": unsure.as_ref().map(to)})
                }
            };
            insert(&mut json, "kind", "question".into());
            insert(&mut json, "hint", json!(question.hint));
            insert(
                &mut json,
                "clue",
                json!(question.clue.and_then(|clue| collection.clues.get(clue)).map(|clue| &clue.id)),
            );
            json
        }
        NodeKind::Solution(solution) => {
            json!({"kind": "solution", "steps": solution.steps, "otherwise": solution.otherwise.as_ref().map(to)})
        }
        NodeKind::Escalation(escalation) => {
            json!({"kind": "escalation", "contact": escalation.contact, "bring": escalation.bring})
        }
    };
    insert(&mut json, "node", node.name.clone().into());
    insert(&mut json, "text", json!(node.text));
    insert(&mut json, "note", json!(node.note));
    insert(&mut json, "caution", json!(node.caution));
    json
}

fn insert(json: &mut Value, key: &str, value: Value) {
    if let Some(object) = json.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

fn to_read(kb: &KnowledgeBase, at: usize, article: &Article) -> String {
    let mut lines = Vec::new();
    let mut put = |indent: usize, text: &str| {
        lines.extend(fill(text, COLUMNS - indent).into_iter().map(|line| format!("{:indent$}{line}", "")));
    };
    put(0, &article.message);
    put(0, "");
    put(0, &plain(&article.description));
    for wording in &article.wordings {
        put(0, &format!("{} {wording}", words::ALSO_SEEN_AS));
    }
    if !article.codes.is_empty() {
        put(0, &format!("{} {}", words::CODES, article.codes.iter().map(Clean::as_str).collect::<Vec<_>>().join(", ")));
    }
    for node in &article.flow.nodes {
        put(0, "");
        put(0, &format!("[{}] {}", node.name, plain(&node.text)));
        if let Some(caution) = &node.caution {
            put(4, &format!("{} {}", words::CAUTION, plain(caution)));
        }
        if let Some(note) = &node.note {
            put(4, &plain(note));
        }
        match &node.kind {
            NodeKind::Question(question) => {
                if let Some(hint) = &question.hint {
                    put(4, &format!("{} {}", words::HINT, plain(hint)));
                }
                for (answer, target) in wizard::ways(&node.kind) {
                    put(4, &format!("{} -> {}", words::label(&node.kind, answer), kb.node_name(target, at)));
                }
            }
            NodeKind::Solution(solution) => {
                for (number, step) in (1..).zip(&solution.steps) {
                    put(4, &format!("{number}. {}: {}", words::actor(step.by, Audience::Helpdesk), plain(&step.text)));
                    if let Some(first) = &step.irreversible {
                        put(7, &words::irreversible(&plain(first)));
                    }
                }
                if let Some(otherwise) = &solution.otherwise {
                    put(4, &format!("{} -> {}", words::answer(Answer::NotSolved), kb.node_name(*otherwise, at)));
                }
            }
            NodeKind::Escalation(escalation) => {
                if let Some(contact) = &escalation.contact {
                    put(4, &format!("{} {contact}", words::CONTACT));
                }
                put(4, words::BRING);
                for item in &escalation.bring {
                    put(4, &format!("- {}", plain(&item.text)));
                }
            }
        }
    }
    put(0, "");
    for source in &article.sources {
        put(0, &format!("{} {source}", words::SOURCES));
    }
    lines.join("\n") + "\n"
}
