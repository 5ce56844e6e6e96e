//! The development cases of search: what people type, and what must come of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use unstuck::kb::{load, shipped};
use unstuck::search::{Search, Verdict};
use unstuck::text::Clean;

#[test]
fn cases() {
    let kb = Arc::new(load(&[shipped()]).kb);
    let search = Search::new(kb.clone());
    let mut kinds: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    let verbose = std::env::var("VERBOSE").ok();
    for line in std::fs::read_to_string("tests/search/cases.tsv").unwrap().lines().filter(|line| !line.starts_with('#'))
    {
        let [kind, expect, query] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let query = query.replace("\\n", "\n").replace("\\t", "\t");
        let results = search.search(&Clean::new(&query));
        let id = |article: usize| kb.articles[article].id.as_str();
        let contenders: Vec<&str> = results.found.iter().filter(|f| f.contender).map(|f| id(f.article)).collect();
        let right = match expect {
            "-" => results.verdict == Verdict::None,
            _ if expect.starts_with('?') => {
                results.verdict == Verdict::Ambiguous && expect[1..].split(',').all(|id| contenders.contains(&id))
            }
            _ => contenders.first() == Some(&expect) || (contenders.len() <= 4 && contenders.contains(&expect)),
        };
        let wrong = results.verdict == Verdict::Match && contenders.first() != Some(&expect);
        let count = kinds.entry(kind.to_owned()).or_default();
        count.0 += 1;
        count.1 += usize::from(right);
        count.2 += usize::from(wrong);
        if !right && verbose.as_deref().is_some_and(|v| v == "all" || v == kind) {
            println!(
                "{kind}: {expect} / {:?} {:?} <- {}",
                results.verdict,
                contenders,
                query.chars().take(150).collect::<String>().replace('\n', "\\n")
            );
        }
    }
    let (mut all, mut ok) = (0, 0);
    for (kind, (n, right, wrong)) in kinds {
        println!("{kind:18} {n:4} {:.3} wrong {wrong}", right as f64 / n as f64);
        all += n;
        ok += right;
    }
    println!("{all} {ok} {:.3}", ok as f64 / all as f64);
}
