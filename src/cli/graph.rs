//! `unstuck graph`: draw an article's flow.

use std::fmt::Write;
use std::sync::Arc;

use anyhow::Result;

use super::run::YES;
use super::{Drawing, Global, GraphArgs, context, output, show};
use crate::app::map::{Row, rows};
use crate::kb::{KnowledgeBase, NodeKind, NodeRef};
use crate::text::markup;
use crate::wizard::{Answer, Known, Walk};
use crate::words;

pub(super) fn run(global: &Global, args: &GraphArgs) -> Result<u8> {
    let kb = context::load(global)?;
    let article = kb.position(&args.article).ok_or_else(|| show::unknown(&kb, &args.article))?;
    output::print(&match args.format {
        Drawing::Text => text(&kb, article),
        Drawing::Mermaid => mermaid(&kb, article),
        Drawing::Dot => dot(&kb, article),
    })?;
    Ok(YES)
}

/// A flow as lines: a node, and below it, farther in, where each answer leads.
fn text(kb: &Arc<KnowledgeBase>, article: usize) -> String {
    let walk = Walk::new(kb.clone(), article, Known::new());
    let line = |row: &Row| {
        let answer = row.answer.map(|(from, answer)| format!("{}: ", label(kb, from, answer))).unwrap_or_default();
        let elsewhere = if row.repeated { format!("  {}", words::SHOWN_ELSEWHERE) } else { String::new() };
        format!("{}{answer}{}{elsewhere}\n", "  ".repeat(row.depth), said(kb, row.at))
    };
    rows(&walk).iter().map(line).collect()
}

/// A flow in the language of Mermaid, which many hosts of Markdown draw.
fn mermaid(kb: &Arc<KnowledgeBase>, article: usize) -> String {
    let quote = |text: &str| text.replace('"', "#quot;");
    let mut drawn = "flowchart TD\n".to_owned();
    let walk = Walk::new(kb.clone(), article, Known::new());
    for row in rows(&walk) {
        if !row.repeated {
            let (open, close) = match kb.node(row.at).map(|node| &node.kind) {
                Some(NodeKind::Question(_)) => ("{{\"", "\"}}"),
                Some(NodeKind::Solution(_)) => ("[\"", "\"]"),
                _ => ("([\"", "\"])"),
            };
            _ = writeln!(drawn, "  {}{open}{}{close}", name(row.at), quote(&said(kb, row.at)));
        }
        if let Some((from, answer)) = row.answer {
            let label = quote(&label(kb, from, answer));
            _ = writeln!(drawn, "  {} -- \"{label}\" --> {}", name(from), name(row.at));
        }
    }
    drawn
}

/// A flow in the language of Graphviz.
fn dot(kb: &Arc<KnowledgeBase>, article: usize) -> String {
    let quote = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut drawn = "digraph flow {\n  node [fontname=\"sans-serif\"];\n".to_owned();
    let walk = Walk::new(kb.clone(), article, Known::new());
    for row in rows(&walk) {
        if !row.repeated {
            let shape = match kb.node(row.at).map(|node| &node.kind) {
                Some(NodeKind::Question(_)) => "hexagon",
                Some(NodeKind::Solution(_)) => "box",
                _ => "oval",
            };
            _ = writeln!(drawn, "  {} [shape={shape}, label=\"{}\"];", name(row.at), quote(&said(kb, row.at)));
        }
        if let Some((from, answer)) = row.answer {
            let label = quote(&label(kb, from, answer));
            _ = writeln!(drawn, "  {} -> {} [label=\"{label}\"];", name(from), name(row.at));
        }
    }
    drawn + "}\n"
}

/// What a node says, in a line.
fn said(kb: &KnowledgeBase, at: NodeRef) -> String {
    kb.node(at).map(|node| markup::bare(&node.text.one_line())).unwrap_or_default()
}

/// A node's name in a drawing.
fn name(at: NodeRef) -> String {
    format!("a{}n{}", at.article, at.node)
}

/// An answer as it stands on a way.
fn label(kb: &KnowledgeBase, from: NodeRef, answer: Answer) -> String {
    kb.node(from).map(|node| words::label(&node.kind, answer)).unwrap_or_default()
}
