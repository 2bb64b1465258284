//! Texts of every shape that the format knows, at n, 2n and 4n: how the time grows that is spent on each. An exponent of 1
//! is a time that grows with the text, one of 2 a time that grows with its square. The time is the processor's, so that what
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
use std::process::ExitCode;
use std::time::Duration;

use texts::Shape;

/// Bytes of the smallest of the three texts.
const BYTES: usize = 100_000;
/// Where all of it is too short to say anything about, so many times as much is tried, at most so often.
const MORE: usize = 4;
const OFTEN: u32 = 2;
/// What takes less at 4n is too short to say anything about.
const WORTH_SAYING: Duration = Duration::from_millis(10);
/// What grows faster is too fast. It is measured again, so often at most; of each step the least time counts.
const FAST: f64 = 1.2;
const AGAIN: usize = 3;
/// What takes longer is not measured again.
const LONG: Duration = Duration::from_secs(20);
/// So many are told at the end.
const WORST: usize = 15;

/// How long each step took.
type Times = BTreeMap<&'static str, Duration>;

/// How fast the time of one step grows with one shape, and a line that says it.
type Growth = (f64, String);

fn main() -> ExitCode {
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    let graph = |source: &str| steps::of_graph(source, folder.path());
    let shapes = |shapes: &'static [Shape]| {
        shapes
            .iter()
            .filter(|(name, _, _)| wanted.as_ref().is_none_or(|word| name.contains(word)))
    };
    let graphs = shapes(texts::GRAPHS).map(|shape| measured(shape, &graph));
    let texts = shapes(texts::TEXTS).map(|shape| measured(shape, &steps::of_draft));
    let mut all = Vec::new();
    for growths in graphs.chain(texts) {
        let shown = if wanted.is_some() { growths.len() } else { 1 };
        growths
            .iter()
            .take(shown)
            .for_each(|(_, line)| println!("{line}"));
        all.extend(growths);
    }
    all.sort_by(|one, other| other.0.total_cmp(&one.0));
    let over = all.iter().filter(|(grows, _)| *grows > FAST).count();
    println!("\n{over} of {} over {FAST}; the worst:", all.len());
    all.iter()
        .take(WORST.max(over))
        .for_each(|(_, line)| println!("{line}"));
    ExitCode::from(u8::from(over > 0))
}

/// How the time of each step grows with a shape, the fastest first.
fn measured(shape: &Shape, run: &impl Fn(&str) -> Times) -> Vec<Growth> {
    let (name, bytes, make) = shape;
    let mut n = BYTES / bytes;
    let times = |n: usize| run(&make(n));
    let is_short = |times: &Times| times.values().all(|time| *time < WORTH_SAYING);
    let mut large = times(4 * n);
    for _ in 0..OFTEN {
        if is_short(&large) {
            n *= MORE;
            large = times(4 * n);
        }
    }
    let mut measured = [times(n), times(2 * n), large];
    for _ in 1..AGAIN {
        let is_long = measured[2].values().sum::<Duration>() >= LONG;
        if is_long
            || growths(name, n, &measured)
                .iter()
                .all(|(grows, _)| *grows <= FAST)
        {
            break;
        }
        for (known, n) in measured.iter_mut().zip([n, 2 * n, 4 * n]) {
            for (step, time) in times(n) {
                let known = known.entry(step).or_insert(time);
                *known = time.min(*known);
            }
        }
    }
    let growths = growths(name, n, &measured);
    if growths.is_empty() {
        println!(" none  {name:44} too short to say");
    }
    growths
}

/// The same of the times at n, 2n and 4n.
fn growths(name: &str, n: usize, [small, middle, large]: &[Times; 3]) -> Vec<Growth> {
    let mut growths: Vec<Growth> = large
        .iter()
        .filter(|(_, time)| **time >= WORTH_SAYING)
        .filter_map(|(step, time)| {
            let (small, middle) = (small.get(step)?, middle.get(step)?);
            let grows = (time.as_secs_f64() / small.as_secs_f64()).log(4.0);
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
fn timed<T>(times: &mut Times, step: &'static str, act: impl FnOnce() -> T) -> T {
    let start = spent();
    let done = black_box(act());
    times.insert(step, spent().saturating_sub(start));
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
