//! Texts of every shape that the format knows, at n, 2n and 4n: how the time grows that is spent on each. An exponent of 1
//! is a time that grows with the text, one of 2 a time that grows with its square. Of the two exponents, from n to 2n and from
//! 2n to 4n, the lesser counts. The time is the processor's, so that what
//! else the machine does counts little.
//!
//! `cargo bench --bench shapes` prints, for each shape, what grows fastest, and at the end what was worst of all; it fails
//! where anything is over 1.2. With `-- WORD` only the shapes with this word in their names, and every step of them. What is a
//! table of all actors by all actors, or of all ways between them, is not asked: it is as large as the square of them.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may panic, and prints"
)]

#[cfg(feature = "lsp")]
mod editor;
mod steps;
mod texts;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use texts::Shape;

/// Bytes of the smallest of the three texts.
const BYTES: usize = 50_000;
/// What takes less at 4n is too short to say anything about.
const WORTH_SAYING: Duration = Duration::from_millis(10);
/// What grows faster is too fast.
const FAST: f64 = 1.2;
/// Where a step is too fast, or all are too short, twice as much is measured, so often at most: what only fills the caches of
/// the processor goes away. Of times for the same text the least counts.
const AGAIN: usize = 4;
/// What takes longer is not measured again.
const LONG: Duration = Duration::from_secs(20);
/// So many are told at the end.
const WORST: usize = 15;

/// How long each step took.
type Times = BTreeMap<String, Duration>;

/// How fast the time of one step grows with one shape, and a line that says it.
type Growth = (f64, String);

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [once, name, n] = &words[..]
        && once == ONCE
    {
        run(name, n.parse().unwrap());
        return ExitCode::SUCCESS;
    }
    let wanted = words.iter().find(|word| !word.starts_with('-'));
    let mut all = Vec::new();
    for shape in texts::GRAPHS.iter().chain(texts::TEXTS) {
        if !wanted.is_none_or(|word| shape.0.contains(word)) {
            continue;
        }
        let growths = measured(shape);
        let shown = if wanted.is_some() { growths.len() } else { 1 };
        for (_, line) in growths.iter().take(shown) {
            println!("{line}");
        }
        all.extend(growths);
    }
    all.sort_by(|one, other| other.0.total_cmp(&one.0));
    let over = all.iter().filter(|(grows, _)| *grows > FAST).count();
    println!("\n{over} of {} over {FAST}; the worst:", all.len());
    for (_, line) in all.iter().take(WORST.max(over)) {
        println!("{line}");
    }
    ExitCode::from(u8::from(over > 0))
}

/// The word that has one text of one shape measured: in a process of its own, whose memory nothing has used before.
const ONCE: &str = "--once";

/// Measures each step of one text, and prints what it took.
fn run(name: &str, n: usize) {
    let is_it = |shape: &&Shape| shape.0 == name;
    let times = match texts::GRAPHS.iter().find(is_it) {
        Some((_, _, make)) => {
            let folder = tempfile::tempdir().unwrap();
            std::fs::create_dir(folder.path().join(".git")).unwrap();
            steps::of_graph(&make(n), folder.path())
        }
        None => steps::of_draft(&(texts::TEXTS.iter().find(is_it).unwrap().2)(n)),
    };
    for (step, time) in times {
        println!("{step}\t{}", time.as_nanos());
    }
}

/// What each step of one text takes, measured in a process of its own; none where that does not live to tell.
fn times(name: &str, n: usize) -> Option<Times> {
    let program = std::env::current_exe().unwrap();
    let run = Command::new(program)
        .args([ONCE, name, &n.to_string()])
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    if !run.status.success() {
        return None;
    }
    let told = String::from_utf8(run.stdout).unwrap();
    let time = |line: &str| {
        let (step, nanos) = line.split_once('\t').unwrap();
        (
            step.to_owned(),
            Duration::from_nanos(nanos.parse().unwrap()),
        )
    };
    Some(told.lines().map(time).collect())
}

/// How the time of each step grows with a shape, the fastest first.
fn measured((name, bytes, _): &Shape) -> Vec<Growth> {
    let mut n = BYTES / bytes;
    let mut known: BTreeMap<usize, Times> = BTreeMap::new();
    let mut growths = Vec::new();
    for _ in 0..AGAIN {
        for n in [4 * n, 2 * n, n] {
            let Some(times) = times(name, n) else {
                return vec![(f64::INFINITY, format!(" died  {name:44} n = {n:7}"))];
            };
            let known = known.entry(n).or_default();
            for (step, time) in times {
                let least = known.entry(step).or_insert(time);
                *least = time.min(*least);
            }
        }
        growths = self::growths(name, n, [n, 2 * n, 4 * n].map(|n| &known[&n]));
        let is_fine = growths.iter().all(|(grows, _)| *grows <= FAST);
        let is_long = known[&(4 * n)].values().sum::<Duration>() >= LONG;
        if is_long || (is_fine && !growths.is_empty()) {
            break;
        }
        n *= 2;
    }
    if growths.is_empty() {
        println!(" none  {name:44} too short to say");
    }
    growths
}

/// The same of the times at n, 2n and 4n.
fn growths(name: &str, n: usize, [small, middle, large]: [&Times; 3]) -> Vec<Growth> {
    let mut growths: Vec<Growth> = large
        .iter()
        .filter(|(_, time)| **time >= WORTH_SAYING)
        .filter_map(|(step, time)| {
            let (small, middle) = (small.get(step)?, middle.get(step)?);
            // Growth shows from n to 2n and from 2n to 4n; a step out of a cache shows once.
            let grows =
                |less: &Duration, more: &Duration| (more.as_secs_f64() / less.as_secs_f64()).log2();
            let grows = grows(small, middle).min(grows(middle, time));
            let times =
                [small, middle, time].map(|time| format!("{:9.1}", time.as_secs_f64() * 1e3));
            let times = times.concat();
            Some((
                grows,
                format!("{grows:5.2}  {name:44} {step:14} n = {n:7} {times} ms"),
            ))
        })
        .collect();
    growths.sort_by(|one, other| other.0.total_cmp(&one.0));
    growths
}

/// Does one thing, and notes how long it took.
fn timed<T>(times: &mut Times, step: &str, act: impl FnOnce() -> T) -> T {
    let start = spent();
    let done = black_box(act());
    times.insert(step.to_owned(), spent().saturating_sub(start));
    done
}

/// What this process took of the processor, on all threads.
#[cfg(unix)]
fn spent() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap()
}

/// How long this process runs, where it is not told what it took.
#[cfg(not(unix))]
fn spent() -> Duration {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed()
}
