//! `unstuck graph`: prints an article's flow as a diagram.

use std::fmt::Write;
use std::sync::Arc;

use anyhow::Result;

use super::run::EXIT_OK;
use super::{Global, GraphArgs, GraphFormat, context, output, show};
use crate::app::map::{Row, rows};
use crate::flow::{Answer, FlowSession, KnownFacts};
use crate::kb::{KnowledgeBase, NodeId, NodeKind};
use crate::strings;
use crate::text::markup;

pub(super) fn run(global: &Global, args: &GraphArgs) -> Result<u8> {
    let kb = context::load(global)?;
    let article = kb.article_index(&args.article).ok_or_else(|| show::unknown(&kb, &args.article))?;
    output::print(&match args.format {
        GraphFormat::Text => text(&kb, article),
        GraphFormat::Mermaid => mermaid(&kb, article),
        GraphFormat::Dot => dot(&kb, article),
    })?;
    Ok(EXIT_OK)
}

/// Returns a flow as indented text: one line for each node, with its branches below it.
fn text(kb: &Arc<KnowledgeBase>, article: usize) -> String {
    let session = FlowSession::new(kb.clone(), article, KnownFacts::new());
    let line = |row: &Row| {
        let answer = row.answer.map(|(from, answer)| format!("{}: ", label(kb, from, answer))).unwrap_or_default();
        let elsewhere = if row.repeated { format!("  {}", strings::SHOWN_ELSEWHERE) } else { String::new() };
        format!("{}{answer}{}{elsewhere}\n", "  ".repeat(row.depth), node_text(kb, row.at))
    };
    rows(&session).iter().map(line).collect()
}

/// Returns a flow as a Mermaid diagram, which many Markdown viewers can draw.
fn mermaid(kb: &Arc<KnowledgeBase>, article: usize) -> String {
    let quote = |text: &str| text.replace('"', "#quot;");
    let mut drawn = "flowchart TD\n".to_owned();
    let session = FlowSession::new(kb.clone(), article, KnownFacts::new());
    for row in rows(&session) {
        if !row.repeated {
            let (open, close) = match kb.node(row.at).map(|node| &node.kind) {
                Some(NodeKind::Question(_)) => ("{{\"", "\"}}"),
                Some(NodeKind::Solution(_)) => ("[\"", "\"]"),
                _ => ("([\"", "\"])"),
            };
            _ = writeln!(drawn, "  {}{open}{}{close}", name(row.at), quote(&node_text(kb, row.at)));
        }
        if let Some((from, answer)) = row.answer {
            let label = quote(&label(kb, from, answer));
            _ = writeln!(drawn, "  {} -- \"{label}\" --> {}", name(from), name(row.at));
        }
    }
    drawn
}

/// Returns a flow as a Graphviz diagram (DOT).
fn dot(kb: &Arc<KnowledgeBase>, article: usize) -> String {
    let quote = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut drawn = "digraph flow {\n  node [fontname=\"sans-serif\"];\n".to_owned();
    let session = FlowSession::new(kb.clone(), article, KnownFacts::new());
    for row in rows(&session) {
        if !row.repeated {
            let shape = match kb.node(row.at).map(|node| &node.kind) {
                Some(NodeKind::Question(_)) => "hexagon",
                Some(NodeKind::Solution(_)) => "box",
                _ => "oval",
            };
            _ = writeln!(drawn, "  {} [shape={shape}, label=\"{}\"];", name(row.at), quote(&node_text(kb, row.at)));
        }
        if let Some((from, answer)) = row.answer {
            let label = quote(&label(kb, from, answer));
            _ = writeln!(drawn, "  {} -> {} [label=\"{label}\"];", name(from), name(row.at));
        }
    }
    drawn + "}\n"
}

/// Returns the text of a node on one line, without markup.
fn node_text(kb: &KnowledgeBase, at: NodeId) -> String {
    kb.node(at).map(|node| markup::strip_markup(&node.text.one_line())).unwrap_or_default()
}

/// Returns the identifier of a node in a diagram.
fn name(at: NodeId) -> String {
    format!("a{}n{}", at.article, at.node)
}

/// Returns the label of a branch: the answer as shown on the screen.
fn label(kb: &KnowledgeBase, from: NodeId, answer: Answer) -> String {
    kb.node(from).map(|node| strings::label(&node.kind, answer)).unwrap_or_default()
}
