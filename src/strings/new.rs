//! Sentences of `unstuck new`.

/// First line.
pub const BEGIN: &str = "New article. Nothing is saved until the end. Press Ctrl-C to cancel.";
/// Prompt for the error message.
pub const MESSAGE: &str = "Enter the error message exactly as shown. End with an empty line.";
/// Prompt after a list of similar articles.
pub const IS_IT_ONE: &str = "Is it one of these errors? Type its number. If not, press Enter:";
/// Prompt for the title of a new collection.
pub const TITLE: &str = "There is no collection yet. Enter a title for a new one, for example: Printing";
/// Prompt for the number of a collection.
pub const COLLECTION: &str = "Which collection does it belong to? Type its number:";
/// Prompt for the description.
pub const DESCRIPTION: &str = "What has happened, in one sentence? (Press Enter to skip)";
/// Prompt for the keywords.
pub const KEYWORDS: &str = "How would people describe the error if they don't remember the message? One phrase per line. End with an empty line.";
/// Prompt for a source.
pub const SOURCE: &str = "Where does this information come from? Enter a link (https://, http://, mailto: or tel:), or press Enter if there is none:";
/// Notice after a source that is not a link.
pub const NO_LINK: &str =
    "That isn't a link. It must start with https://, http://, mailto: or tel: and contain no spaces.";
/// Prompt for the reason why there is no source.
pub const NO_SOURCE: &str = "Explain why there is no source, for the next person who reviews this article:";
/// Prompt for the heading of the solution.
pub const SOLUTION: &str = "What fixes it, in one line? (Press Enter if you don't know yet)";
/// Prompt for the steps.
pub const STEPS: &str = "List the steps, one per line. Start each with who does it: user, administrator, owner or support. For example: \"user: Restart the computer.\" End with an empty line.";
/// Notice after a step without a role.
pub const WHOSE_STEP: &str = "Who does this step? Start the line with user:, administrator:, owner: or support:";
/// Notice if no step was entered.
pub const ONE_STEP: &str = "Enter at least one step.";
/// Prompt for the heading of the escalation.
pub const ESCALATION: &str = "Who should people contact if nothing helps? For example: The helpdesk";
/// Prompt for the details that the contact needs.
pub const BRING: &str = "What details will they need? One per line. End with an empty line.";
/// Notice after an empty line where a text is required.
pub const NEEDED: &str = "This can't be empty.";
/// Returns the prompt for the contact. `names` contains the names of the collection's contacts.
#[must_use]
pub fn contact(names: &[&str]) -> String {
    let listed = if names.is_empty() {
        String::new()
    } else {
        format!(" or one of the collection's contacts ({})", names.join(", "))
    };
    format!(
        "How can people reach them? Enter an email address, a phone number or a link{listed}, or press Enter to skip:"
    )
}

/// Location of an article outside the knowledge base folder.
pub const ELSEWHERE: &str = "in another knowledge base";

/// Notice after an invalid contact.
pub const NO_CONTACT: &str = "That isn't a complete contact. Examples: it@example.com, or \"room 12, phone 345\".";

/// Returns the notice if the error already has an article, with its file.
#[must_use]
pub fn already_exists(file: &str) -> String {
    format!(
        "This error already has an article: {file}. To add another wording, edit `wordings:` in that file. Nothing was saved."
    )
}

/// Returns the last lines: the saved files and the commands to run next.
#[must_use]
pub fn written(files: &[String], folder: &str, id: &str) -> String {
    let files: Vec<String> = files.iter().map(|file| format!("Saved {file}\n")).collect();
    format!(
        "{}Try it:   unstuck --kb {folder} ask {id}\nCheck it: unstuck check {folder}\nTest it:  unstuck test {folder}\n",
        files.concat()
    )
}
