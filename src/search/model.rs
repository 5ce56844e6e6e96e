//! The model: a multinomial logistic regression with one alternative per candidate, and one for "no article is meant".
//!
//! The score of a candidate is the sum of its features, each multiplied by its coefficient. The score of "none" is the same sum over
//! the features of the query. The probability of an alternative is the exponential of its score, divided by the sum over all
//! alternatives. So the probabilities of the candidates and of "none" add up to 1.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::features::{FEATURES, Features, QUERY_FEATURES, QueryFeatures};

/// The coefficients and thresholds.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The coefficients of [`FEATURES`].
    pub coefficients: Features,
    /// The coefficients of [`QUERY_FEATURES`].
    pub none_coefficients: QueryFeatures,
    /// The thresholds of the verdict.
    pub thresholds: Thresholds,
}

/// The thresholds of the verdict, as probabilities (0–1).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Nothing is found if "none" is at least this probable.
    pub none: f64,
    /// The first candidate is a match if it is at least this probable.
    #[serde(rename = "match")]
    pub matching: f64,
    /// Other candidates are contenders if their probability is at least this share of that of the first one.
    pub contender: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelFile {
    candidate: BTreeMap<String, f64>,
    none: BTreeMap<String, f64>,
    thresholds: Thresholds,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    // Invariant: a test checks that the file is valid and has exactly these features.
    let file: Option<ModelFile> = serde_yaml::from_str(include_str!("model.yaml")).ok();
    let of = |names: Option<&BTreeMap<String, f64>>, name: &str| {
        names.and_then(|names| names.get(name)).copied().unwrap_or_default()
    };
    Model {
        coefficients: FEATURES.map(|name| of(file.as_ref().map(|file| &file.candidate), name)),
        none_coefficients: QUERY_FEATURES.map(|name| of(file.as_ref().map(|file| &file.none), name)),
        thresholds: file
            .as_ref()
            .map_or(Thresholds { none: 0.5, matching: 0.5, contender: 0.5 }, |file| file.thresholds),
    }
});

impl Model {
    /// Returns the fitted model of `model.yaml`.
    #[must_use]
    pub fn fitted() -> &'static Self {
        &MODEL
    }

    /// Returns the score of a candidate.
    #[must_use]
    pub fn score(&self, features: &Features) -> f64 {
        features.iter().zip(&self.coefficients).map(|(value, coefficient)| value * coefficient).sum()
    }

    /// Returns the score of "none".
    #[must_use]
    pub fn none_score(&self, features: &QueryFeatures) -> f64 {
        features.iter().zip(&self.none_coefficients).map(|(value, coefficient)| value * coefficient).sum()
    }
}

/// Returns the probabilities of alternatives from their scores (softmax).
#[must_use]
pub fn probabilities(scores: &[f64]) -> Vec<f64> {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let exponentials: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
    let sum: f64 = exponentials.iter().sum();
    exponentials.iter().map(|exponential| exponential / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_file_has_a_coefficient_for_each_feature() {
        let file: ModelFile = serde_yaml::from_str(include_str!("model.yaml")).unwrap();
        let names = |coefficients: &BTreeMap<String, f64>| coefficients.keys().cloned().collect::<Vec<_>>();
        let sorted = |names: &[&str]| {
            let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(names(&file.candidate), sorted(&FEATURES));
        assert_eq!(names(&file.none), sorted(&QUERY_FEATURES));
    }

    #[test]
    fn probabilities_add_up_to_1() {
        let probabilities = probabilities(&[1000.0, 1001.0, -1000.0]);
        assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(probabilities[1] > probabilities[0] && probabilities[0] > probabilities[2]);
    }
}
