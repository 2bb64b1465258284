//! Crowds of lines. Where so many overlap that none can be told from the next, a browser would take
//! seconds for an element for each. So all that look alike become one path, of which the page takes
//! those it needs apart again.

use std::collections::BTreeMap;

use crate::picture::scene::{Form, Group, Item, Point, Scene, Shape, Step};

/// The most lines that are elements of their own.
const MOST: usize = 1500;
/// How far the control points of a quarter of a circle are from its ends, for a radius of 1.
const ROUND: f64 = 0.552_284_75;

/// Joins the lines of a picture if they are a crowd.
pub(super) fn joined(mut scene: Scene) -> Scene {
    if count(&scene.items) > MOST {
        let mut ids = Vec::new();
        boxes(&scene.items, &mut ids);
        join(&mut scene.items, &ids);
    }
    scene
}

/// Returns the ids of the ends of a line between boxes; its number in a crowd is its place among
/// these.
fn ends(item: &Item) -> Option<(&Group, [&str; 2])> {
    match item {
        Item::Group(group) if matches!(group.class, "arm" | "stance") => match &group.data[..] {
            [(_, from), (_, to)] => Some((group, [from, to])),
            _ => None,
        },
        _ => None,
    }
}

fn count(items: &[Item]) -> usize {
    let lines = items.iter().map(|item| match item {
        Item::Group(group) if ends(item).is_none() => count(&group.items),
        item => usize::from(ends(item).is_some()),
    });
    lines.sum()
}

/// Collects the ids of boxes, in their order in the picture.
fn boxes(items: &[Item], ids: &mut Vec<String>) {
    for item in items {
        if let Item::Group(group) = item {
            let own = group.data.iter().filter(|(name, _)| *name == "id");
            ids.extend(own.map(|(_, id)| id.clone()));
            boxes(&group.items, ids);
        }
    }
}

/// The shapes of one look: the steps of all, and the number of the line that each is of.
struct Alike {
    look: Shape,
    steps: Vec<Step>,
    lines: Vec<String>,
}

fn join(items: &mut Vec<Item>, ids: &[String]) {
    let at = items.iter().position(|item| ends(item).is_some());
    let Some(at) = at else {
        for item in items {
            if let Item::Group(group) = item {
                join(&mut group.items, ids);
            }
        }
        return;
    };
    let number: BTreeMap<&str, usize> = ids.iter().map(String::as_str).zip(0..).collect();
    let (mut alike, mut of, mut words): (Vec<Alike>, Vec<String>, Vec<Item>) = Default::default();
    let lines = items.iter().filter_map(ends);
    for (nth, (group, ends)) in lines.enumerate() {
        of.extend(ends.map(|id| number.get(id).copied().unwrap_or_default().to_string()));
        for item in &group.items {
            match item {
                Item::Shape(shape) => add(&mut alike, shape, nth),
                item => words.push(Item::Group(Group {
                    class: "of",
                    data: vec![("line", nth.to_string())],
                    items: vec![item.clone()],
                    ..Group::default()
                })),
            }
        }
    }
    let mut crowd: Vec<Item> = alike.into_iter().map(Alike::drawn).collect();
    crowd.append(&mut words);
    items.retain(|item| ends(item).is_none());
    let crowd = Item::Group(Group {
        class: "crowd",
        data: vec![("ends", of.join(" "))],
        items: crowd,
        ..Group::default()
    });
    items.insert(at, crowd);
}

fn add(alike: &mut Vec<Alike>, shape: &Shape, line: usize) {
    let steps = outline(&shape.form);
    let is_alike =
        |other: &&mut Alike| (other.look.fill, other.look.stroke) == (shape.fill, shape.stroke);
    let line = line.to_string();
    match alike.iter_mut().find(is_alike) {
        Some(found) => {
            found.steps.extend(steps);
            found.lines.push(line);
        }
        None => alike.push(Alike {
            look: shape.clone(),
            steps,
            lines: vec![line],
        }),
    }
}

impl Alike {
    fn drawn(self) -> Item {
        let form = Form::Path(self.steps);
        Item::Group(Group {
            class: "alike",
            data: vec![("lines", self.lines.join(" "))],
            items: vec![Item::Shape(Shape { form, ..self.look })],
            ..Group::default()
        })
    }
}

/// Returns a form as the steps of a path that begins with its only move.
fn outline(form: &Form) -> Vec<Step> {
    match form {
        Form::Path(steps) => steps.clone(),
        Form::Rect(bounds, _) => vec![
            Step::Move(Point::new(bounds.left, bounds.top)),
            Step::Line(Point::new(bounds.right, bounds.top)),
            Step::Line(Point::new(bounds.right, bounds.bottom)),
            Step::Line(Point::new(bounds.left, bounds.bottom)),
            Step::Close,
        ],
        Form::Circle(center, radius) => {
            let at = |x: f64, y: f64| center.plus(Point::new(x * radius, y * radius));
            let quarter = |(x, y): (f64, f64)| {
                // From one end of the quarter to the next, counterclockwise on the screen.
                let (to_x, to_y) = (y, -x);
                Step::Curve(
                    at(x + to_x * ROUND, y + to_y * ROUND),
                    at(to_x + x * ROUND, to_y + y * ROUND),
                    at(to_x, to_y),
                )
            };
            let ends = [(1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 1.0)];
            let start = std::iter::once(Step::Move(at(1.0, 0.0)));
            start
                .chain(ends.map(quarter))
                .chain([Step::Close])
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::outline;
    use crate::picture::scene::{Form, Point, Step};

    #[test]
    fn a_circle_is_round_and_closed() {
        let steps = outline(&Form::Circle(Point::new(10.0, 10.0), 4.0));
        let ends: Vec<Point> = steps
            .iter()
            .filter_map(|step| match step {
                Step::Move(to) | Step::Line(to) | Step::Curve(_, _, to) => Some(*to),
                Step::Close => None,
            })
            .collect();
        let at = |x: f64, y: f64| Point::new(x, y);
        let around = [
            at(14.0, 10.0),
            at(10.0, 6.0),
            at(6.0, 10.0),
            at(10.0, 14.0),
            at(14.0, 10.0),
        ];
        assert_eq!(ends, around);
    }
}
