//! unstuck helps people who are locked out: it finds the article for an error message, asks a few questions and shows the
//! fix.
//!
//! # Glossary
//!
//! | word | meaning |
//! |---|---|
//! | **knowledge base** | a folder of collections; the built-in one is part of the binary |
//! | **collection** | a subfolder: `collection.yaml` (title, product, contacts, facts, situations, shared nodes) and one file per article |
//! | **article** | one error: its error message, its description, and the flow that leads to its solution |
//! | **error message** | the vendor's text, word for word; `message` in the code |
//! | **wording** | another text of the same error, such as one with an older product name or in another language |
//! | **fact** | something about a case that several articles use: a yes/no question or a text to fill in; asked once per case |
//! | **situation** | what people say happened, in their own words, and the article about it; starts a flow without an error message |
//! | **shared node** | a node of the collection's flow, which every article of the collection can lead to |
//! | **flow** | the decision tree of an article: nodes and branches, starting at the first node |
//! | **question** | a node that asks the user: yes or no, or a choice |
//! | **solution** | a node with the steps that fix the error |
//! | **escalation** | a node that ends the flow with someone to contact and the details that they need |
//! | **step** | one action of a solution; its **role** does it: user, administrator, owner or support |
//! | **path** | a route through a flow, from its first node to an outcome |
//! | **scenario** | a test for one path: answers and the expected end |
//! | **session** | one person's progress through a flow (`FlowSession`) |
//! | **answers so far** | the answers given in a session, in order; `answers` in the code |
//! | **case** | one problem of one person, as saved in the history; it can span several articles |
//! | **blank** | a detail that the user fills in for a message to send |
//! | **outcome** | the result of a session: solved or escalated |
//!
//! # Modules
//!
//! In the table below, [`ui`] and the modules in lower rows use no terminal, clock, environment variable or disk. Each module
//! above [`ui`] handles one part of the outside world. A module can use the modules in lower rows, and the modules before it in its own row.
//!
//! | module | contents |
//! |---|---|
//! | [`cli`] | command line, environment variables and standard streams |
//! | [`terminal`], [`plain`] | full-screen mode on the terminal; plain mode, line by line |
//! | [`watch`] | detection of changes in knowledge base folders |
//! | [`files`], [`settings`], [`git`], [`history`] | folders and saved texts; settings; Git revisions; saved cases |
//! | [`ui`] | drawing of the model on the screen |
//! | [`app`] | the state of the full-screen interface, its key map, and the update for each input event (`Msg`) |
//! | [`report`] | the state of a session as plain text |
//! | [`case`], [`stats`] | cases, their summaries and their messages to send; statistics about saved cases |
//! | [`scenarios`], [`diff`], [`draft`], [`learn`] | scenario runs and mutation tests; changed paths; drafts of new articles; new keywords |
//! | [`strings`] | the sentences of the interface |
//! | [`builtin`] | the built-in knowledge base |
//! | [`flow`], [`search`], [`tell_apart`] | flow sessions; search for error messages; telling possible matches apart by their words |
//! | [`kb`] | the knowledge base: articles, their flows, and the problems in their files |
//! | [`text`] | sanitized text and its width in columns |
//!
//! The build script, `src/build.rs`, also compiles [`kb`] and [`text`]. It reads the built-in knowledge base, so that the program
//! doesn't have to do this at startup.

pub mod app;
pub mod builtin;
pub mod case;
pub mod cli;
pub mod diff;
pub mod draft;
pub mod files;
pub mod flow;
pub mod git;
pub mod history;
pub mod kb;
pub mod learn;
pub mod plain;
pub mod report;
pub mod scenarios;
pub mod search;
pub mod settings;
pub mod stats;
pub mod strings;
pub mod tell_apart;
pub mod terminal;
pub mod text;
pub mod ui;
pub mod watch;
