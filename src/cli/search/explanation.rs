//! The text of `unstuck search --explain`.

use crate::search::{
    Exactness, ExplainedCandidate, Explanation, FEATURES, Model, QUERY_FEATURES, Rule, Search, Verdict,
};

/// Maximum number of articles that are explained.
const MAX_ARTICLES: usize = 3;

/// Features that contribute less are left out.
const MIN_CONTRIBUTION: f64 = 0.005;

/// Returns an explanation as text: for each of the first articles, the features with their values and contributions.
pub(super) fn to_text(search: &Search, explanation: &Explanation) -> String {
    let model = Model::fitted();
    let mut lines = Vec::new();
    for (nth, candidate) in explanation.candidates.iter().take(MAX_ARTICLES).enumerate() {
        let id = search.kb().articles.get(candidate.article).map_or("", |article| article.id.as_str());
        lines.push(format!("{}. {id}: probability {:.3}{}", nth + 1, candidate.probability, exactness(candidate)));
        lines.extend(table(&FEATURES, &candidate.features, &model.coefficients, candidate.score));
    }
    let (score, probability) = explanation.none;
    lines.push(format!("No article: probability {probability:.3}"));
    lines.extend(table(&QUERY_FEATURES, &explanation.query_features, &model.none_coefficients, score));
    lines.extend(decision(explanation));
    lines.into_iter().map(|line| line + "\n").collect()
}

fn exactness(candidate: &ExplainedCandidate) -> &'static str {
    match candidate.exactness {
        Exactness::Similar => "",
        Exactness::CodeClass => ", because the query is the first number of its code",
        Exactness::Phrase => ", because the query is one of its keywords",
        Exactness::Code => ", because the query contains its code",
        Exactness::Verbatim => ", because the query contains its text word for word",
        Exactness::Id => ", because the query is its ID",
    }
}

/// Returns the lines about the verdict and the rule that determined it.
fn decision(explanation: &Explanation) -> Vec<String> {
    let verdict = match explanation.results.verdict {
        Verdict::Match => "match",
        Verdict::Ambiguous => "ambiguous",
        Verdict::NoMatch => "no match",
    };
    match explanation.rule {
        Rule::TooVague => vec![format!("Verdict: {verdict}, because the query is one letter or one common word")],
        Rule::NamedCollection => {
            vec![format!(
                "Verdict: {verdict}, with all articles of the collection that the query names; it says no more"
            )]
        }
        Rule::Ranking => {
            let thresholds = Model::fitted().thresholds;
            vec![
                format!("Verdict: {verdict}"),
                format!("  no match     if the probability of no article is at least {:.2}", thresholds.none),
                format!(
                    "  match        if the first article has at least {:.2}, and it is the only contender",
                    thresholds.matching
                ),
                format!(
                    "  contenders   have at least {:.2} times the probability of the first article",
                    thresholds.contender
                ),
            ]
        }
    }
}

/// Returns a table of features with the largest contributions first, and the total score.
fn table(names: &[&str], values: &[f64], coefficients: &[f64], score: f64) -> Vec<String> {
    let mut rows: Vec<(&str, f64, f64)> = names
        .iter()
        .zip(values.iter().zip(coefficients))
        .map(|(name, (value, coefficient))| (*name, *value, *coefficient))
        .filter(|(_, value, coefficient)| (value * coefficient).abs() >= MIN_CONTRIBUTION)
        .collect();
    rows.sort_by(|(_, a, x), (_, b, y)| (b * y).abs().total_cmp(&(a * x).abs()));
    let row = |(name, value, coefficient): (&str, f64, f64)| {
        format!("     {name:22} {value:6.3} × {coefficient:7.3} = {:7.3}", value * coefficient)
    };
    let mut lines: Vec<String> = rows.into_iter().map(row).collect();
    lines.push(format!("     {:22} {:>18} {score:8.3}", "score", ""));
    lines
}
