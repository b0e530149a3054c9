//! How much of real text is read: prints figures and a sample for the eye. Run with
//! `YUI_TEXTS=dir SEED=1 cargo test -- --ignored yield_of_real_texts --nocapture`; the directory holds one file per
//! column, a line per distinct text: how often, tab, text with `\n`.

use super::super::{Context, Reading, Reason, read, read_closures, read_note, read_times, with_note};
use super::lines;
use std::collections::BTreeMap;

#[test]
#[ignore = "needs the real files"]
fn yield_of_real_texts() {
    let Ok(directory) = std::env::var("YUI_TEXTS") else { panic!("set YUI_TEXTS to the folder of texts") };
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let size = std::env::var("SIZE").ok().and_then(|size| size.parse().ok()).unwrap_or(30);
    let mut paths: Vec<_> =
        std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut sample = vec![];
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let content = std::fs::read_to_string(&path).unwrap();
        let texts = content
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(_, text)| text.replace("\\n", "\n"));
        figures(&name, texts, &mut sample);
    }
    println!("--- sample, seed {seed}");
    for (name, text, reading) in picked(sample, seed, size) {
        println!("{name}: {} → {}", text.replace('\n', "⏎"), reading);
    }
}

type Sample = (String, String, String);

fn figures(name: &str, texts: impl Iterator<Item = String>, sample: &mut Vec<Sample>) {
    let (mut all, mut read_ones, mut vague, mut refused) = (0, 0, 0, 0);
    let mut reasons: BTreeMap<Reason, usize> = BTreeMap::new();
    for text in texts {
        all += 1;
        let (reading, said) = by_column(name, &text);
        if std::env::var("EVERY").is_ok_and(|every| name.starts_with(&every)) {
            let why: Vec<_> =
                reading.unread.iter().map(|unread| (unread.part.as_str(), unread.reason)).collect();
            println!("{name}: {} → {said} {why:?}", text.replace('\n', "⏎"));
        }
        if reading.computable() {
            read_ones += 1;
            sample.push((name.to_owned(), text, said));
        } else if reading.refused() {
            refused += 1;
            let reason = reading.unread.first().map_or(Reason::NothingSaid, |unread| unread.reason);
            *reasons.entry(reason).or_default() += 1;
        } else {
            vague += 1;
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    reasons.truncate(6);
    println!(
        "{name}: {all} texts, {read_ones} read, {vague} known not computable, {refused} refused {reasons:?}"
    );
}

/// Remark columns are exceptions to days said elsewhere, here to 毎日; hour columns have no days.
fn by_column(name: &str, text: &str) -> (Reading, String) {
    if let Some((days, times)) = text.split_once(" | ") {
        let reading = super::super::combine(&read(days), &read_times(times));
        return (reading.clone(), lines(&reading));
    }
    if name.starts_with("kochi") {
        let reading = with_note(&read("毎日"), &read_closures(text, &Context::default()));
        return (reading.clone(), lines(&reading));
    }
    let remarks = name.contains("特記") || name.contains("Note");
    if remarks && !name.starts_with("kodomo") {
        let note = read_note(text, &Context::default());
        let reading = with_note(&read("毎日"), &note);
        let said = if note.is_empty() { "(nothing said)".to_owned() } else { lines(&reading) };
        return (reading, said);
    }
    if name.contains("time") || name.contains("Time") || name.contains("時間") {
        let times = read_times(text);
        let reading = super::super::combine(&read("毎日"), &times);
        if !reading.refused() {
            return (reading.clone(), lines(&reading));
        }
    }
    let reading = read(text);
    (reading.clone(), lines(&reading))
}

fn picked(mut sample: Vec<Sample>, seed: u64, size: usize) -> Vec<Sample> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for at in (1..sample.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        sample.swap(at, (state >> 33) as usize % (at + 1));
    }
    sample.truncate(size);
    sample
}
