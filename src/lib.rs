//! unstuck gets a person who is locked out back in.
//!
//! # The words
//!
//! | word | means |
//! |---|---|
//! | **knowledge base** | a folder of collections; the shipped one is built into the binary |
//! | **collection** | a sub-folder: `collection.yaml` (title, product, contacts, clues) and one file per article |
//! | **article** | one error: its message, what it means, and the flow that leads to its fix |
//! | **message** | the error's text, to the letter |
//! | **wording** | another text of the same error: an older product name, another language |
//! | **clue** | a yes/no question that tells articles apart, shared by the collection |
//! | **flow** | an article's decision tree, made of nodes; the first node is where it starts |
//! | **question** | a node asked of the person at the keyboard: yes, no, or not sure |
//! | **solution** | a node that says what to do: steps, each with its actor |
//! | **escalation** | a node that hands over to somebody else, with what they will need |
//! | **step** | one thing to do, by one **actor**: user, administrator, owner, support |
//! | **scenario** | a walk with the end that it must come to |
//! | **trail** | the answers given so far, in order |
//! | **case** | one walk from a search to an outcome, through as many articles as messages came, as it is kept in the history |
//! | **outcome** | how a walk ended: solved or escalated; a case may also stand open, wait, or be given up |
//!
//! # The house
//!
//! A pure core and a thin shell around it. Each module knows only those below it, and those before it in its row.
//!
//! | module | knows |
//! |---|---|
//! | [`cli`] | the command line, the environment, standard streams |
//! | [`terminal`], [`plain`] | the full screen's terminal; the same wizard line by line |
//! | [`watch`] | the folders of a knowledge base while they change |
//! | [`files`], [`settings`], [`git`], [`history`] | the disk: the folder of a knowledge base, saved texts; what is remembered between starts; earlier revisions; the cases that are kept |
//! | [`ui`] | drawing: from the model to the screen |
//! | [`app`] | what is on the screen as data, the key map, and what each intent changes |
//! | [`handout`] | where a walk stands, as plain text |
//! | [`case`], [`stats`] | a case as it is handed over, filed and kept; what past cases say |
//! | [`scenarios`], [`diff`], [`draft`] | running an article's scenarios, and what they would not notice; which paths a change moves; an article that is begun |
//! | [`words`] | every sentence that the program says of its own |
//! | [`shipped`] | the knowledge base inside the binary |
//! | [`wizard`], [`clues`], [`search`] | walking a flow, telling articles apart, finding them |
//! | [`kb`] | articles and their flows, and what is wrong with their files |
//! | [`text`] | text that is safe to show, and how wide it is |
//!
//! The build script, `src/build.rs`, is made of [`kb`], [`search`] and [`text`] too: it reads the shipped files and makes their index once, so
//! that no start has to.

pub mod app;
pub mod case;
pub mod cli;
pub mod clues;
pub mod diff;
pub mod draft;
pub mod files;
pub mod git;
pub mod handout;
pub mod history;
pub mod kb;
pub mod plain;
pub mod scenarios;
pub mod search;
pub mod settings;
pub mod shipped;
pub mod stats;
pub mod terminal;
pub mod text;
pub mod ui;
pub mod watch;
pub mod wizard;
pub mod words;
