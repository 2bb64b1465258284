//! The changes an edit makes, as a unified diff that `patch` and `git apply` can read.

use std::time::Duration;

use anstyle::{AnsiColor, Style};
use similar::TextDiff;

use crate::render::Paint;
use crate::words::shown;

/// The number of unchanged lines shown around a change.
const CONTEXT: usize = 3;
/// The time after which the search for a shorter diff stops.
const PATIENCE: Duration = Duration::from_secs(2);

/// Returns the diff of two versions of a file, or an empty string if they are equal. A painted diff
/// is for a terminal and makes all control characters visible.
pub fn unified_diff(name: &str, before: &str, after: &str, paint: Paint) -> String {
    if before == after {
        return String::new();
    }
    let name = name.trim_start_matches("./").trim_start_matches('/');
    let old = if before.is_empty() {
        "/dev/null".to_owned()
    } else {
        format!("a/{name}")
    };
    let (before, after) = (lines(before), lines(after));
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_slices(&before, &after);
    let mut plain = format!("--- {old}\n+++ b/{name}\n");
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        plain += &format!("{}\n", hunk.header());
        for change in hunk.iter_changes() {
            plain += &format!("{}{}", change.tag(), change.value());
            if !change.value().ends_with('\n') {
                plain += "\n\\ No newline at end of file\n";
            }
        }
    }
    match paint {
        Paint::Plain => plain,
        Paint::Coloured => lines(&plain).into_iter().map(painted).collect(),
    }
}

/// Splits a text into lines as `patch` and `git` do: a lone carriage return does not end a line.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn painted(line: &str) -> String {
    let line = line.trim_end_matches('\n');
    let line = line.strip_suffix('\r').unwrap_or(line);
    let style = match line.as_bytes().first() {
        _ if line.starts_with("---") || line.starts_with("+++") => Style::new().bold(),
        Some(b'-') => AnsiColor::Red.on_default(),
        Some(b'+') => AnsiColor::Green.on_default(),
        Some(b'@') => AnsiColor::Cyan.on_default(),
        _ => Style::new(),
    };
    format!("{style}{}{style:#}\n", shown(line))
}

#[cfg(test)]
mod tests {
    use super::unified_diff;
    use crate::render::Paint;

    #[test]
    fn a_change_is_shown_with_the_lines_around_it() {
        let (before, after) = ("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\nE\nf\n");
        let diff = "--- a/x.ron\n+++ b/x.ron\n@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f\n";
        assert_eq!(unified_diff("./x.ron", before, after, Paint::Plain), diff);
        assert_eq!(unified_diff("x.ron", before, before, Paint::Plain), "");
        let new = unified_diff("x.ron", "", "\u{1b}[2J\n", Paint::Coloured);
        assert!(new.contains("/dev/null") && new.contains("␛[2J"), "{new}");
    }

    #[test]
    fn a_lone_carriage_return_ends_no_line() {
        let diff = unified_diff("x.ron", "a\rb\nc\r", "a\rb\nd\r", Paint::Plain);
        let hunk = "@@ -1,2 +1,2 @@\n a\rb\n-c\r\n\\ No newline at end of file\n+d\r\n\\ No newline at end of file\n";
        assert!(diff.ends_with(hunk), "{diff:?}");
    }
}
