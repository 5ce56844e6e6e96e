//! `unstuck learn`: tries out new keywords, and prints those that change no other result.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::run::{EXIT_NEGATIVE, EXIT_OK};
use super::{Global, LearnArgs, context, output};
use crate::files;
use crate::learn::{Judgment, Phrase, judge};
use crate::search::text_from_bytes;
use crate::text::SanitizedText;

/// Maximum size of a file with phrases, in bytes.
const MAX_FILE_BYTES: usize = 1024 * 1024;

pub(super) fn run(global: &Global, args: &LearnArgs) -> Result<u8> {
    let search = context::search(global)?;
    let phrases = phrases(&args.file)?;
    let others = match &args.replay {
        Some(path) => lines(path)?.into_iter().map(|(_, line)| SanitizedText::new(&line)).collect(),
        None => Vec::new(),
    };
    let only_phrases: Vec<Phrase> = phrases.iter().map(|(_, phrase)| phrase.clone()).collect();
    let judgments = judge(search.kb(), &only_phrases, &others);
    let mut accepted: BTreeMap<&str, Vec<&SanitizedText>> = BTreeMap::new();
    let mut is_all_good = true;
    for ((line, phrase), judgment) in phrases.iter().zip(&judgments) {
        if let Some(problem) = problem(phrase, judgment) {
            is_all_good = false;
            output::note(&format!("{}:{line}: \"{}\" {problem}", args.file.display(), phrase.text.one_line()));
        }
        if *judgment == Judgment::Accepted {
            accepted.entry(&phrase.article).or_default().push(&phrase.text);
        }
    }
    let known = judgments.iter().filter(|judgment| **judgment == Judgment::AlreadyFound).count();
    if known > 0 {
        output::note(&format!("{known} of {} phrases find their article already.", phrases.len()));
    }
    for (article, phrases) in accepted {
        let lines: Vec<String> = phrases.into_iter().map(|phrase| format!("  - {}\n", yaml_text(phrase))).collect();
        output::print(&format!("# Add to the keywords of {article}:\n{}", lines.concat()))?;
    }
    Ok(if is_all_good { EXIT_OK } else { EXIT_NEGATIVE })
}

/// Returns why a phrase is not accepted, if that is a problem.
fn problem(phrase: &Phrase, judgment: &Judgment) -> Option<String> {
    let id = |article: &Option<String>| article.as_ref().map_or("nothing".to_owned(), |id| format!("`{id}`"));
    match judgment {
        Judgment::Accepted | Judgment::AlreadyFound => None,
        Judgment::PartOfMessage(id) => {
            Some(format!("is for `{}`, but it is a part of the error message of `{id}`", phrase.article))
        }
        Judgment::StillNotFound => {
            Some(format!("would not find `{}` even as a keyword; use more specific words", phrase.article))
        }
        Judgment::ChangesResult { query, articles: [before, after] } if before == after => {
            Some(format!("would make the result of \"{}\" less clear ({})", query.one_line(), id(before)))
        }
        Judgment::ChangesResult { query, articles: [before, after] } => {
            Some(format!("would change the result of \"{}\" from {} to {}", query.one_line(), id(before), id(after)))
        }
        Judgment::UnknownArticle(near) => {
            let near = near.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            Some(format!("is for `{}`, but there is no such article{near}", phrase.article))
        }
    }
}

/// Returns a phrase as a YAML text, with quotes if it needs them.
fn yaml_text(phrase: &SanitizedText) -> String {
    serde_yaml::to_string(&phrase.one_line()).map_or_else(|_| phrase.one_line(), |text| text.trim_end().to_owned())
}

/// Reads the lines `article<TAB>phrase` of a file, with their numbers.
fn phrases(path: &Path) -> Result<Vec<(usize, Phrase)>> {
    let phrase = |(number, line): (usize, String)| {
        let Some((article, text)) = line.split_once('\t') else {
            bail!("{}:{number}: expected an article, a tab and a phrase", path.display());
        };
        Ok((number, Phrase { article: article.trim().to_owned(), text: SanitizedText::new(text.trim()) }))
    };
    lines(path)?.into_iter().map(phrase).collect()
}

/// Reads the lines of a file that are not empty and not comments, with their numbers.
fn lines(path: &Path) -> Result<Vec<(usize, String)>> {
    let bytes =
        files::read_prefix(path, MAX_FILE_BYTES + 1).with_context(|| format!("cannot read {}", path.display()))?;
    if bytes.len() > MAX_FILE_BYTES {
        bail!("{} is larger than {MAX_FILE_BYTES} bytes", path.display());
    }
    let text = text_from_bytes(&bytes).into_owned();
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    Ok(lines.map(|(line, number)| (number, line.to_owned())).collect())
}
