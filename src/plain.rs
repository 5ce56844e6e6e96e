//! The same wizard, line by line: for pipes, screen readers and terminals that can do no more. No colors, no boxes, no cursor
//! movement; everything is said in words and every choice has a letter or a number.

use std::io::{self, BufRead, Read, Write};

use crate::case::{self, Blanks, Case, Found, Standing};
use crate::clues::{Inquiry, Reply};
use crate::files;
use crate::handout::{self, COLUMNS};
use crate::history::Keeper;
use crate::kb::{Finding, KnowledgeBase};
use crate::search::{Search, Verdict};
use crate::settings;
use crate::text::markup::plain;
use crate::text::{Clean, fill};
use crate::wizard::{Answer, Known, Outcome, Walk};
use crate::words::{self, Audience};

/// Up to this, a number that is typed means an entry of the list; above, it is a code such as 403.
const MOST_NUMBERED: usize = 99;

/// Bytes of a line, or of all that is searched for at once, that are read.
pub(crate) const LONGEST_INPUT: u64 = 4 * 1024 * 1024;

/// Where to go after a walk.
enum Then {
    /// To the search, for the next error.
    Search,
    /// To the search, for another message of the same case.
    Different,
    /// Out of the program.
    Quit,
}

/// The whole wizard: search, choose, walk, and again, until the input ends or somebody quits.
///
/// # Errors
/// When the input cannot be read or the output cannot be written.
pub fn wizard(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    search: &Search,
    query: &Clean,
    findings: &[Finding],
    audience: Audience,
    keeper: &mut Keeper,
) -> io::Result<()> {
    if let Some(first) = findings.first() {
        say(output, words::broken(first, findings.len() - 1))?;
    }
    if let Some(kept) = keeper.interrupted(search.kb()) {
        let how = words::resume(kept.id);
        say(output, words::interrupted(&kept.case.message, kept.case.answers.len(), &how))?;
    }
    look_for(input, output, search, query, audience, keeper, None)
}

/// The same from a walk on: through its flow, and then to the search, or to another message of the same case.
///
/// # Errors
/// When the input cannot be read or the output cannot be written.
pub fn go_on(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    search: &Search,
    mut from: Walk,
    mut audience: Audience,
    keeper: &mut Keeper,
) -> io::Result<()> {
    let earlier = match walk(input, output, &mut from, &mut audience, keeper)? {
        Then::Quit => return Ok(()),
        Then::Search => None,
        Then::Different => Some(from),
    };
    look_for(input, output, search, &Clean::default(), audience, keeper, earlier)
}

/// Looks for errors and walks their flows. `earlier` is a walk whose case goes on with another message.
fn look_for(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    search: &Search,
    query: &Clean,
    mut audience: Audience,
    keeper: &mut Keeper,
    mut earlier: Option<Walk>,
) -> io::Result<()> {
    let mut query = Some(query.clone()).filter(|query| !query.is_empty());
    loop {
        if earlier.is_some() {
            say(output, words::WHAT_NOW)?;
        }
        let choice = choose(input, output, search, query.take(), earlier.is_some(), keeper)?;
        let present = |keeper: &Keeper, walk: &Walk| {
            keeper.present().unwrap_or_else(|| Case::of(walk, Found::default(), Blanks::new(), |_, _| false))
        };
        let mut next = match (choice, earlier.take()) {
            (Choice::Leave, _) => return Ok(()),
            (Choice::Back, None) => continue,
            (Choice::Back, Some(walk)) => {
                keeper.same_case(present(keeper, &walk));
                walk
            }
            (Choice::Article(chosen), None) => {
                keeper.begin_with(Case { found: chosen.found, lost: chosen.lost, ..Case::default() });
                Walk::new(search.kb().clone(), chosen.article, chosen.known)
            }
            (Choice::Article(chosen), Some(mut walk)) => {
                let mut case = present(keeper, &walk);
                case.lost.extend(chosen.lost);
                if walk.article() == chosen.article {
                    say(output, words::SAME_AGAIN)?;
                    walk.did_not_help();
                    keeper.same_case(case);
                    walk
                } else {
                    let told = Walk::new(search.kb().clone(), chosen.article, chosen.known).all_known();
                    let known = walk.all_known().into_iter().chain(told).collect();
                    case.before.push(case.walk.article.clone());
                    keeper.same_case(case.passed());
                    Walk::new(search.kb().clone(), chosen.article, known)
                }
            }
        };
        write!(output, "\n{}", handout::heading(&next))?;
        match walk(input, output, &mut next, &mut audience, keeper)? {
            Then::Quit => return Ok(()),
            Then::Search => {}
            Then::Different => earlier = Some(next),
        }
    }
}

/// What somebody does at the search.
enum Choice {
    /// Leaves.
    Leave,
    /// Goes back to the case that was to go on with another message.
    Back,
    /// Takes an article.
    Article(Chosen),
}

/// An article that somebody has chosen.
struct Chosen {
    article: usize,
    known: Known,
    found: Found,
    /// What was typed before and found nothing.
    lost: Vec<String>,
}

/// Lets somebody find an article: lists what fits, takes a number or other words.
fn choose(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    search: &Search,
    mut typed: Option<Clean>,
    has_case: bool,
    keeper: &mut Keeper,
) -> io::Result<Choice> {
    let mut said = String::new();
    let mut lost: Vec<String> = Vec::new();
    let mut contenders: Vec<(usize, f64)> = Vec::new();
    let mut listed: Vec<usize> = Vec::new();
    loop {
        if let Some(query) = typed.take() {
            let results = search.search(&query);
            said = query.one_line();
            if results.verdict == Verdict::None {
                lost.push(said.clone());
            }
            contenders = results.to_tell_apart();
            listed = results.found.iter().map(|found| found.article).collect();
            writeln!(output)?;
            match results.verdict {
                Verdict::None => {
                    say(output, format!("{} {}", words::NOTHING_FOUND, words::PLAIN_NOTHING_FOUND_WAYS))?;
                    more(output, search.kb())?;
                }
                Verdict::Match => say(output, words::FOUND)?,
                Verdict::Ambiguous => say(output, words::COULD_BE)?,
            }
            list(output, search.kb(), &listed)?;
        }
        let Some(line) = ask(input, output, &words::plain_search_prompt(!listed.is_empty(), has_case))? else {
            keeper.lost(&lost);
            return Ok(Choice::Leave);
        };
        match line.as_str() {
            "" => {}
            "q" => {
                keeper.lost(&lost);
                keeper.keep(None);
                return Ok(Choice::Leave);
            }
            "b" if has_case => {
                keeper.lost(&lost);
                return Ok(Choice::Back);
            }
            "t" => {
                let inquiry = Inquiry::new(search.kb().clone(), &contenders);
                if let Some((article, known)) = tell_apart(input, output, search.kb(), inquiry)? {
                    return Ok(Choice::Article(Chosen { article, known, found: Found::Clues(said), lost }));
                }
            }
            "a" => {
                contenders.clear();
                said.clear();
                listed = (0..search.kb().articles.len()).collect();
                writeln!(output, "\n{}", words::ALL_ERRORS)?;
                list(output, search.kb(), &listed)?;
            }
            "?" | "h" | "help" => writeln!(output, "{}", words::PLAIN_HELP)?,
            line => match line.parse::<usize>() {
                Ok(number) if number <= MOST_NUMBERED && !listed.is_empty() => {
                    match number.checked_sub(1).and_then(|at| listed.get(at)) {
                        Some(article) => {
                            let found = if said.is_empty() { Found::List } else { Found::Search(said) };
                            return Ok(Choice::Article(Chosen { article: *article, known: Known::new(), found, lost }));
                        }
                        None => say(output, words::no_such_number(listed.len().min(MOST_NUMBERED)))?,
                    }
                }
                _ => typed = Some(Clean::new(line)),
            },
        }
    }
}

fn list(output: &mut dyn Write, kb: &KnowledgeBase, articles: &[usize]) -> io::Result<()> {
    for (number, article) in (1..=MOST_NUMBERED).zip(articles) {
        if let Some((article, _)) = kb.entry(*article) {
            handout::paragraph(output, &format!("{number}. "), &article.message)?;
        }
    }
    if articles.len() > MOST_NUMBERED {
        say(output, words::plain_not_listed(articles.len() - MOST_NUMBERED))?;
    }
    Ok(())
}

fn more(output: &mut dyn Write, kb: &KnowledgeBase) -> io::Result<()> {
    for more in kb.more() {
        writeln!(output, "{} {more}", words::MORE_ERRORS)?;
    }
    Ok(())
}

/// Asks clues until one article stands out, or shows what is left to choose from. `None` when somebody leaves.
///
/// # Errors
/// When the input cannot be read or the output cannot be written.
pub fn tell_apart(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    kb: &KnowledgeBase,
    mut inquiry: Inquiry,
) -> io::Result<Option<(usize, Known)>> {
    loop {
        write!(output, "\n{}", describe_inquiry(kb, &inquiry))?;
        if let Some(article) = inquiry.settled() {
            return Ok(Some((article, inquiry.known())));
        }
        let next = inquiry.next();
        let prompt = if next.is_some() { words::PLAIN_CLUE_PROMPT } else { words::PLAIN_CHOOSE_PROMPT };
        let Some(line) = ask(input, output, prompt)? else { return Ok(None) };
        let reply = match line.to_lowercase().as_str() {
            "q" => return Ok(None),
            "b" => {
                if !inquiry.back() {
                    return Ok(None);
                }
                continue;
            }
            "y" | "yes" => Some(Reply::Yes),
            "n" | "no" => Some(Reply::No),
            "u" | "unsure" | "not sure" => Some(Reply::Unsure),
            _ => None,
        };
        match (next, reply) {
            (Some(clue), Some(reply)) => inquiry.reply(clue, reply),
            (None, _) => {
                let number = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                if let Some((article, _)) = number.and_then(|nth| inquiry.likely().get(nth).copied()) {
                    return Ok(Some((article, inquiry.known())));
                }
                say(output, words::PLAIN_NOT_AN_ANSWER)?;
            }
            (Some(_), None) => say(output, words::PLAIN_NOT_AN_ANSWER)?,
        }
    }
}

/// Where telling apart stands, to read.
#[must_use]
pub fn describe_inquiry(kb: &KnowledgeBase, inquiry: &Inquiry) -> String {
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = write_inquiry(&mut text, kb, inquiry);
    String::from_utf8_lossy(&text).into_owned()
}

fn write_inquiry(output: &mut dyn Write, kb: &KnowledgeBase, inquiry: &Inquiry) -> io::Result<()> {
    if let Some(article) = inquiry.settled() {
        say(output, words::SETTLED)?;
        return list(output, kb, &[article]);
    }
    let Some(clue) = inquiry.next().and_then(|clue| inquiry.clue(clue)) else {
        say(output, words::NO_CLUE_LEFT)?;
        let articles: Vec<usize> = inquiry.likely().iter().map(|(article, _)| *article).collect();
        return list(output, kb, &articles);
    };
    say(output, words::clue_number(inquiry.replies().len() + 1))?;
    handout::paragraph(output, "", &plain(&clue.question))?;
    if let Some(hint) = &clue.hint {
        handout::paragraph(output, "  ", &format!("{} {}", words::HINT, plain(hint)))?;
    }
    Ok(())
}

/// Walks a flow: says where it stands, takes an answer, and goes on.
fn walk(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    walk: &mut Walk,
    audience: &mut Audience,
    keeper: &mut Keeper,
) -> io::Result<Then> {
    let (key, begun) = keeper.begin();
    let mut blanks = begun.blanks.clone();
    let (earlier, steps) = begun.past();
    let ticked = begun.ticked(walk.kb());
    let mut is_begun = !begun.walk.article.is_empty();
    loop {
        let is_done = |at, step| ticked.contains(&(at, step));
        let case = Case::of(walk, begun.found.clone(), blanks.clone(), is_done).behind(earlier, steps);
        let case = Case { lost: begun.lost.clone(), before: begun.before.clone(), ..case };
        is_begun |= walk.trail().iter().any(|entry| !entry.known);
        if is_begun {
            keeper.keep(Some((key, case.clone())));
        }
        if let Some(failure) = keeper.failure() {
            say(output, format!("{}: {failure}", words::NO_HISTORY))?;
        }
        write!(output, "\n{}", handout::describe(walk, *audience))?;
        let answers = walk.possible();
        let prompt = words::plain_prompt(&answers, walk.outcome().is_some());
        let Some(line) = ask(input, output, &prompt)? else { return Ok(Then::Quit) };
        match line.as_str() {
            "" => {}
            "?" | "h" | "help" => writeln!(output, "{}", words::PLAIN_WALK_HELP)?,
            "q" => {
                keeper.keep(None);
                return Ok(Then::Quit);
            }
            "s" => {
                keeper.keep(None);
                return Ok(Then::Search);
            }
            "R" => walk.restart(),
            "r" => {
                *audience = audience.other();
                say(output, audience.switched())?;
                if !settings::remember(*audience) {
                    say(output, words::NOT_REMEMBERED)?;
                }
            }
            "t" => {
                let mut case = case;
                messages(input, output, walk, *audience, &mut case)?;
                blanks = case.blanks;
            }
            "f" if case::blanks(walk).is_empty() => say(output, words::NOTHING_TO_FILL)?,
            "f" => fill_in(input, output, walk, &mut blanks, true)?,
            "T" if is_begun => {
                let (day, took) = keeper.times(key);
                writeln!(output, "\n{}", case::markdown(&case, &day, &took))?;
            }
            "p" if is_begun && !keeper.is_keeping() => say(output, words::NOT_KEPT)?,
            "p" if walk.outcome() == Some(Outcome::Solved) => say(output, words::SOLVED_ALREADY)?,
            "p" if is_begun => {
                keeper.keep(Some((key, Case { standing: Standing::Waiting, ..case })));
                // Nobody is at it any more: what comes next is another case.
                keeper.keep(None);
                say(output, words::PUT_ASIDE)?;
                return Ok(Then::Search);
            }
            "T" => say(output, words::NO_TICKET)?,
            "p" => say(output, words::NOTHING_TO_PUT_ASIDE)?,
            "d" if walk.node().is_some_and(crate::kb::Node::is_end) => return Ok(Then::Different),
            "w" => {
                let (name, text) = handout::whole(walk, *audience);
                writeln!(output, "{}", files::saved(&name, &text))?;
            }
            "b" => {
                if walk.back(1) == 0 {
                    keeper.keep(None);
                    return Ok(Then::Search);
                }
            }
            line => {
                let answer = walk
                    .node()
                    .and_then(|node| Answer::parse(line, &node.kind))
                    .filter(|answer| answers.contains(answer));
                match answer {
                    Some(answer) => walk.answer(answer).map_err(io::Error::other)?,
                    None => say(output, words::PLAIN_NOT_AN_ANSWER)?,
                }
            }
        }
    }
}

/// Asks for what is still blank, and says the messages that hand the case over.
fn messages(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    walk: &Walk,
    audience: Audience,
    case: &mut Case,
) -> io::Result<()> {
    if case::letters(walk, audience, case).is_empty() {
        return say(output, words::PLAIN_NO_MESSAGES);
    }
    fill_in(input, output, walk, &mut case.blanks, false)?;
    for letter in case::letters(walk, audience, case) {
        let contact = letter.contact.map(|contact| format!(" <{contact}>")).unwrap_or_default();
        writeln!(output, "\n---- {} {}{contact}\n{}----", words::TO, letter.to, letter.text)?;
    }
    Ok(())
}

/// Asks for what is blank; `again` asks for what is filled in as well.
fn fill_in(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    walk: &Walk,
    blanks: &mut Blanks,
    again: bool,
) -> io::Result<()> {
    for blank in case::blanks(walk) {
        let known = blanks.get(blank.as_str());
        if known.is_none() || again {
            let typed = ask(input, output, &words::plain_blank(&blank, known.map(String::as_str)))?.unwrap_or_default();
            if !typed.is_empty() {
                blanks.insert(blank.to_string(), typed);
            }
        }
    }
    Ok(())
}

/// A sentence, in lines.
fn say(output: &mut dyn Write, text: impl AsRef<str>) -> io::Result<()> {
    handout::paragraph(output, "", text.as_ref())
}

/// One line of input, without the spaces around it; `None` at the end.
pub(crate) fn ask(input: &mut dyn BufRead, output: &mut dyn Write, prompt: &str) -> io::Result<Option<String>> {
    write!(output, "{} ", fill(prompt, COLUMNS).join("\n"))?;
    output.flush()?;
    let Some(line) = line(input)? else {
        writeln!(output)?;
        return Ok(None);
    };
    Ok(Some(Clean::new(&String::from_utf8_lossy(&line)).trim().to_owned()))
}

/// The next line, without what is beyond the longest; `None` at the end.
pub(crate) fn line(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = Read::take(&mut *input, LONGEST_INPUT).read_until(b'\n', &mut line)?;
    if line.ends_with(b"\n") {
        line.pop();
    } else if read as u64 == LONGEST_INPUT {
        input.skip_until(b'\n')?;
    }
    Ok((read > 0).then_some(line))
}
