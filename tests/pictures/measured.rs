//! Measures the lines of an SVG: which pass behind a box, or a label, that is not theirs.

use std::collections::BTreeSet;

use demarche::picture::{Bounds, Point};

type Joined = (String, String, Vec<(Point, Point)>);

/// The boxes and the lines of a network, read out of its SVG.
pub(crate) struct Read {
    pub(crate) boxes: Vec<(String, Bounds)>,
    /// The ends of each bond, and the straight pieces of its lines.
    pub(crate) bonds: Vec<Joined>,
    /// The bond of each label, and where it stands.
    labels: Vec<(String, String, Bounds)>,
}

impl Read {
    /// The pairs that are joined.
    pub(crate) fn pairs(&self) -> BTreeSet<(&str, &str)> {
        let bonds = self.bonds.iter();
        bonds
            .map(|(from, to, _)| (from.as_str(), to.as_str()))
            .collect()
    }

    /// The pairs of which a line passes behind the box of a third.
    pub(crate) fn hidden(&self) -> BTreeSet<(&str, &str)> {
        let is_hidden = |(from, to, lines): &&Joined| {
            let mut others = self.boxes.iter().filter(|(id, _)| id != from && id != to);
            others.any(|(_, other)| {
                let other = other.grown(-2.0);
                lines.iter().any(|piece| inside(*piece, &other) > 3.0)
            })
        };
        let hidden = self.bonds.iter().filter(is_hidden);
        hidden
            .map(|(from, to, _)| (from.as_str(), to.as_str()))
            .collect()
    }

    /// The pairs whose label lies on a line of others.
    pub(crate) fn covered(&self) -> BTreeSet<(&str, &str)> {
        let is_covered = |(a, b, label): &&(String, String, Bounds)| {
            let mut others = self
                .bonds
                .iter()
                .filter(|(from, to, _)| a != from || b != to);
            others.any(|(.., lines)| lines.iter().any(|piece| inside(*piece, label) > 0.0))
        };
        let covered = self.labels.iter().filter(is_covered);
        covered
            .map(|(from, to, _)| (from.as_str(), to.as_str()))
            .collect()
    }
}

fn number(node: roxmltree::Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// The straight pieces of a path, each curve in twelve.
fn pieces(path: &str) -> Vec<(Point, Point)> {
    let (mut pieces, mut at) = (Vec::new(), Point::default());
    let mut rest = path;
    while let Some(step) = rest.chars().next() {
        let end = rest[1..]
            .find(|c: char| c.is_ascii_alphabetic())
            .map_or(rest.len(), |end| end + 1);
        let numbers: Vec<f64> = rest[1..end]
            .split_whitespace()
            .map(|number| number.parse().unwrap())
            .collect();
        let points: Vec<Point> = numbers
            .chunks(2)
            .map(|two| Point::new(two[0], two[1]))
            .collect();
        match (step, points.as_slice()) {
            ('M', [to]) => at = *to,
            ('L', [to]) => {
                pieces.push((at, *to));
                at = *to;
            }
            ('C', [one, other, to]) => {
                let start = at;
                for nth in 1..=12 {
                    let t = f64::from(nth) / 12.0;
                    let of = |a: f64, b: f64, c: f64, d: f64| {
                        let u = 1.0 - t;
                        u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
                    };
                    let next = Point::new(
                        of(start.x, one.x, other.x, to.x),
                        of(start.y, one.y, other.y, to.y),
                    );
                    pieces.push((at, next));
                    at = next;
                }
            }
            ('Z', []) => {}
            _ => panic!("{path}"),
        }
        rest = &rest[end..];
    }
    pieces
}

pub(crate) fn read(svg: &str) -> Read {
    let document = roxmltree::Document::parse(svg).unwrap();
    let class =
        |node: &roxmltree::Node<'_, '_>| node.attribute("class").unwrap_or_default().to_owned();
    let groups = || document.descendants().filter(|node| node.has_tag_name("g"));
    let outline = |node: roxmltree::Node<'_, '_>| {
        let rect = node
            .children()
            .find(|child| child.has_tag_name("rect"))
            .unwrap();
        let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| number(rect, name));
        (
            node.attribute("data-id").unwrap().to_owned(),
            Bounds::new(x, y, width, height),
        )
    };
    let ends = |node: roxmltree::Node<'_, '_>| {
        ["data-from", "data-to"].map(|name| node.attribute(name).unwrap().to_owned())
    };
    let bonds = || groups().filter(|node| class(node) == "bond");
    let lines = |node: roxmltree::Node<'_, '_>| {
        let paths = node
            .descendants()
            .filter(|node| node.has_tag_name("path") && node.attribute("fill") == Some("none"));
        paths
            .flat_map(|path| pieces(path.attribute("d").unwrap()))
            .collect::<Vec<_>>()
    };
    let labels = bonds().flat_map(|bond| {
        let texts = bond.descendants().filter(|node| node.has_tag_name("text"));
        let [from, to] = ends(bond);
        texts.map(move |text| {
            let (width, size) = (number(text, "textLength"), number(text, "font-size"));
            let bounds = Bounds::new(
                number(text, "x") - width / 2.0,
                number(text, "y") - size * 0.8,
                width,
                size,
            );
            (from.clone(), to.clone(), bounds)
        })
    });
    Read {
        boxes: groups()
            .filter(|node| class(node) == "actor")
            .map(outline)
            .collect(),
        bonds: bonds()
            .map(|bond| {
                let [from, to] = ends(bond);
                (from, to, lines(bond))
            })
            .collect(),
        labels: labels.collect(),
    }
}

/// How long the part of a piece inside a box is.
fn inside(piece: (Point, Point), bounds: &Bounds) -> f64 {
    let (from, to) = piece;
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    let sides = [
        (-dx, from.x - bounds.left),
        (dx, bounds.right - from.x),
        (-dy, from.y - bounds.top),
        (dy, bounds.bottom - from.y),
    ];
    for (toward, room) in sides {
        if toward == 0.0 {
            if room < 0.0 {
                return 0.0;
            }
        } else if toward < 0.0 {
            start = start.max(room / toward);
        } else {
            end = end.min(room / toward);
        }
    }
    (end - start).max(0.0) * (dx * dx + dy * dy).sqrt()
}
