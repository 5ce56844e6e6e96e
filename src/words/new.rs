//! What `unstuck new` says.

use crate::kb::Article;

/// At the beginning.
pub const BEGIN: &str = "A new article. Nothing is written before the end; Ctrl-C leaves.";
/// Asks for the message.
pub const MESSAGE: &str = "The error message, to the letter. An empty line ends it.";
/// Asks whether it is one that there is.
pub const IS_IT_ONE: &str = "Is it one of these? Its number, or Enter for no:";
/// Asks for the collection's title.
pub const TITLE: &str = "There is no collection here yet. In a few words, what is it about? For example: Printing";
/// Asks for a collection.
pub const COLLECTION: &str = "Which collection does it belong to? Its number:";
/// Asks what has happened.
pub const DESCRIPTION: &str = "What has happened, in a sentence? Enter leaves it out:";
/// Asks for keywords.
pub const KEYWORDS: &str = "What do people say who do not remember the message, one a line? An empty line ends it.";
/// Before the clues.
pub const CLUES: &str =
    "Questions that tell it from the other articles. y for yes, n for no, Enter where it cannot be said.";
/// Asks for a new clue.
pub const NEW_CLUE: &str = "Write a yes/no question that is answered with yes here, and with no there:";
/// Asks for its hint.
pub const CLUE_HINT: &str = "How is the answer found out? Enter leaves it out:";
/// Asks for the source.
pub const SOURCE: &str = "Where do you know this from? A link (https:// or mailto:), or Enter if there is none:";
/// It is no link.
pub const NO_LINK: &str = "That is no link: it must begin with https:// or mailto: and hold no space.";
/// Asks why there is no source.
pub const NO_SOURCE: &str = "Then say why not, for the colleague who reads it next:";
/// Asks for the solution.
pub const SOLUTION: &str = "What helps, in a line? Enter if nobody knows yet:";
/// Asks for the steps.
pub const STEPS: &str = "The steps, one a line, with who does it in front: user, administrator, owner or support. For example: \"user: Restart the computer.\" An empty line ends them.";
/// A step without an actor.
pub const WHOSE_STEP: &str = "Who does that? Begin the line with user: administrator: owner: or support:";
/// There must be one.
pub const ONE_STEP: &str = "There must be at least one step.";
/// Asks who takes over.
pub const ESCALATION: &str = "Who takes over when nothing helped? For example: The helpdesk";
/// Asks what they need.
pub const BRING: &str = "What will they need, one a line? An empty line ends it.";
/// There must be a text.
pub const NEEDED: &str = "This is needed.";
/// The question is not one of the answers.
pub const YES_OR_NO: &str = "y, n, or Enter.";

/// Asks for the address of whoever takes over.
#[must_use]
pub fn contact(names: &[&str]) -> String {
    let listed = if names.is_empty() {
        String::new()
    } else {
        format!(", or a name of the collection's contacts ({})", names.join(", "))
    };
    format!("How are they reached? An address{listed}. Enter leaves it out:")
}

/// Where an article is that the folder does not have.
pub const ELSEWHERE: &str = "in another knowledge base";

/// A contact that is none.
pub const NO_CONTACT: &str = "That is no address: write all of it, such as it@example.com or \"room 12, phone 345\".";

/// Asks whether a clue is answered with no in another article.
#[must_use]
pub fn is_no_for(article: &Article) -> String {
    format!("Is it no for `{}`, \"{}\"? y or n:", article.id, article.message.one_line())
}

/// Before a clue is asked for that there is not.
#[must_use]
pub fn not_told(article: &Article) -> String {
    format!("No question tells it from `{}` yet: \"{}\"", article.id, article.message.one_line())
}

/// There is such an article.
#[must_use]
pub fn there_is_one(file: &str) -> String {
    format!("It is there already: {file}. Another text of it goes under `wordings:` there. Nothing was written.")
}

/// What was written, and what comes next.
#[must_use]
pub fn written(files: &[String], folder: &str, id: &str) -> String {
    let files: Vec<String> = files.iter().map(|file| format!("Written: {file}\n")).collect();
    format!(
        "{}Look at it: unstuck --kb {folder} ask {id}\nHold it to the rules: unstuck check {folder}\nWalk its scenarios: unstuck test {folder}\n",
        files.concat()
    )
}
