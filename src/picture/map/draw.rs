//! Positions everything on a map and draws it.

use crate::diagram::Color;
use crate::graph::{Entity, Graph};
use crate::picture::cell::{Cell, DETAIL};
use crate::picture::frame::Body;
use crate::picture::map::plan::{Arm, Boxes, Plan, Stance};
use crate::picture::scene::{Anchor, Bounds, Form, Group, Item, Point, Stroke};
use crate::picture::stack::{Stack, stack};
use crate::picture::strands::Strand;

/// The inset of a box per level, on both sides.
const INSET: f64 = 7.0;
/// The minimum room of an unlabelled line where it meets an issue, enough for its mark alone.
const ROW: f64 = 7.5;
/// The number of lines above which they need room to fan out, and the most of it.
const MANY: usize = 60;
/// The most lines whose dots are apart: more are not followed.
const DOTTED: usize = 150;
const FAN: f64 = 640.0;
/// The room above which a line is a labelled one.
const LABELLED: f64 = 12.0;

/// A column with the positions of its boxes.
struct Placed<'p> {
    boxes: &'p Boxes,
    heights: Vec<f64>,
    stack: Stack,
    left: f64,
    width: f64,
}

/// The points where lines meet the boxes of one side: for each line, the offset below the middle of
/// its box.
type Ports = Vec<f64>;

pub(super) fn body(graph: &Graph, plan: &Plan) -> Body {
    let columns = Columns::new(plan);
    let all = [&columns.meetings, &columns.actors, &columns.issues];
    let mut items: Vec<Item> = all.iter().flat_map(|placed| placed.panels()).collect();
    items.extend(columns.arms(graph, plan));
    items.extend(columns.stances(graph, plan));
    items.extend(all.iter().flat_map(|placed| placed.cells(graph)));
    Body {
        width: columns.issues.left + columns.issues.width,
        height: columns.height,
        items,
    }
}

/// The three columns, and where the lines between them meet their boxes.
struct Columns<'p> {
    meetings: Placed<'p>,
    actors: Placed<'p>,
    issues: Placed<'p>,
    height: f64,
    /// Where lines to issues leave actors and arrive.
    out: Ports,
    into: Ports,
    /// Where lines to actors leave meetings and arrive.
    from: Ports,
    back: Ports,
    /// The room of labels before the issues.
    gutter: f64,
    /// Whether lines to meetings, and lines to issues, share their ends.
    bundled: (bool, bool),
}

impl<'p> Columns<'p> {
    fn new(plan: &'p Plan) -> Columns<'p> {
        let lines = plan.stances.iter();
        let lines: Vec<(usize, usize)> = lines.map(|stance| (stance.actor, stance.issue)).collect();
        let arms: Vec<(usize, usize)> = plan
            .arms
            .iter()
            .map(|arm| (arm.actor, arm.meeting))
            .collect();
        let turned = |pairs: &[(usize, usize)]| -> Vec<(usize, usize)> {
            pairs.iter().map(|&(a, b)| (b, a)).collect()
        };
        let room: Vec<f64> = plan
            .stances
            .iter()
            .map(|stance| rooms(plan, stance))
            .collect();
        let even = |count: usize, room: f64| vec![room; count];

        let mut actors = Placed::new(&plan.actors, 12.0);
        let mut issues = Placed::new(&plan.issues, 10.0);
        let mut meetings = Placed::new(&plan.meetings, 10.0);
        let (bundles, bundled_arms) = (plan.bundles(), plan.bundled_arms());
        let by_position = |others| (others, bundles.as_deref());
        let by_part = |others| (others, bundled_arms.as_deref());
        let orders = [&plan.meetings, &plan.actors, &plan.issues];
        let [up, across, down] = orders.map(|boxes| &boxes.order[..]);
        let out = actors.ports(&lines, by_position(down), &even(lines.len(), 5.0));
        // The dots at the ends of lines are apart, where these are few.
        let dots = if arms.len() > DOTTED { 5.0 } else { 9.0 };
        let back = actors.ports(&arms, by_part(up), &even(arms.len(), dots));
        let into = issues.ports(&turned(&lines), by_position(across), &room);
        let from = meetings.ports(&turned(&arms), by_part(across), &even(arms.len(), 4.0));
        for placed in [&mut actors, &mut issues, &mut meetings] {
            placed.restack();
        }
        let heights = [&actors, &issues, &meetings].map(|placed| placed.stack.height);
        let height = heights.into_iter().fold(0.0, f64::max);
        if actors.stack.height >= issues.stack.height {
            actors.spread(height, &back, &arms, &meetings, &from);
            issues.spread(height, &into, &turned(&lines), &actors, &out);
        } else {
            issues.spread(height, &into, &turned(&lines), &actors, &out);
            actors.spread(height, &out, &lines, &issues, &into);
        }
        meetings.spread(height, &from, &turned(&arms), &actors, &back);
        let mut columns = Columns {
            meetings,
            actors,
            issues,
            height,
            out,
            into,
            from,
            back,
            gutter: gutter(plan),
            bundled: (bundled_arms.is_some(), bundles.is_some()),
        };
        columns.set_apart(plan);
        columns
    }

    /// Puts the columns beside each other, with room for the lines between them.
    fn set_apart(&mut self, plan: &Plan) {
        let height = self.height;
        // Many lines are told apart where they fan out, which takes room.
        let beside = |lines: usize| match lines {
            ..=MANY => (40.0 + height * 0.04 + lines as f64 * 0.5).min(105.0),
            _ => (height * 0.2).clamp(140.0, FAN),
        };
        if !plan.meetings.cells.is_empty() {
            self.actors.left = self.meetings.width + beside(plan.arms.len());
        }
        let gutter = if plan.stances.is_empty() {
            0.0
        } else {
            self.gutter
        };
        self.issues.left =
            self.actors.left + self.actors.width + beside(plan.stances.len()) + gutter;
    }

    /// Draws the lines from meetings to actors.
    fn arms(&self, graph: &Graph, plan: &Plan) -> Vec<Item> {
        let (meetings, actors) = (&self.meetings, &self.actors);
        let arms = plan.arms.iter().zip(self.from.iter().zip(&self.back));
        let arm = |(arm, (from, back)): (&Arm, (&f64, &f64))| {
            let (meeting, actor) = (meetings.bounds(arm.meeting), actors.bounds(arm.actor));
            let start = Point::new(meeting.right, meeting.center().y + from);
            let end = Point::new(actor.left, actor.center().y + back);
            let ids = vec![
                ("meeting", meetings.id(graph, arm.meeting)),
                ("actor", actors.id(graph, arm.actor)),
            ];
            let tooltip = plan.meetings.cells[arm.meeting].tooltip.clone();
            let strand = Strand::of(arm.look);
            let drawn = match self.bundled.0 {
                false => strand.level(start, end, 0.0),
                true => faded(strand.joining(start, end, 0.0)),
            };
            group("arm", ids, tooltip, drawn)
        };
        arms.map(arm).collect()
    }

    /// Draws the lines from actors to issues, with their labels.
    fn stances(&self, graph: &Graph, plan: &Plan) -> Vec<Item> {
        let (actors, issues) = (&self.actors, &self.issues);
        let stances = plan.stances.iter().zip(self.out.iter().zip(&self.into));
        let stance = |(stance, (out, into)): (&Stance, (&f64, &f64))| {
            let (actor, issue) = (actors.bounds(stance.actor), issues.bounds(stance.issue));
            let start = Point::new(actor.right, actor.center().y + out);
            let end = Point::new(issue.left, issue.center().y + into);
            let before = end.x - stance.strand.mark.length();
            let straight = before - (issues.left - self.gutter);
            let strand = stance.strand;
            let mut drawn = match self.bundled.1 {
                false => strand.level(start, end, straight.max(0.0)),
                true => faded(strand.joining(start, end, straight.max(0.0))),
            };
            let tall = stance.label.len() as f64 * DETAIL.line_height();
            let top = end.y - tall - stance.strand.reach().max(2.0);
            // A label ends before the panel that its issue lies in.
            let right = match issues.stack.depths.get(stance.issue) {
                Some(1..) => (before - 4.0).min(issues.left - 3.0),
                _ => before - 4.0,
            };
            let label = Item::lines(&stance.label, right, top, Anchor::End, DETAIL);
            drawn.extend(label);
            let ids = vec![
                ("actor", actors.id(graph, stance.actor)),
                ("issue", issues.id(graph, stance.issue)),
            ];
            group("stance", ids, stance.tooltip.clone(), drawn)
        };
        stances.map(stance).collect()
    }
}

/// Returns the room that the labels of lines need before the issues.
fn gutter(plan: &Plan) -> f64 {
    let labels = plan.stances.iter().flat_map(|stance| &stance.label);
    let widest = DETAIL.widest(labels);
    if widest > 0.0 { widest + 22.0 } else { 16.0 }
}

/// Makes lines that lie over each other show how many they are.
fn faded(items: Vec<Item>) -> Vec<Item> {
    vec![Item::Group(Group {
        opacity: Some(0.6),
        items,
        ..Group::default()
    })]
}

fn group(
    class: &'static str,
    data: Vec<(&'static str, String)>,
    tooltip: Vec<String>,
    items: Vec<Item>,
) -> Item {
    Item::Group(Group {
        class,
        data,
        tooltip,
        items,
        ..Group::default()
    })
}

/// Returns the room that a line needs where it meets an issue.
fn rooms(plan: &Plan, stance: &Stance) -> f64 {
    match (
        stance.label.len(),
        plan.issues.cells[stance.issue].is_named(),
    ) {
        (_, false) => 2.0,
        (0, true) => ROW.max(stance.strand.mark.height() + 0.5),
        (lines, true) => {
            lines as f64 * DETAIL.line_height() + 4.0 + (stance.strand.reach() - 2.0).max(0.0)
        }
    }
}

impl<'p> Placed<'p> {
    fn new(boxes: &'p Boxes, apart: f64) -> Placed<'p> {
        let heights: Vec<f64> = boxes.cells.iter().map(|cell| cell.height).collect();
        let apart = if boxes.cells.iter().all(Cell::is_named) {
            apart
        } else {
            3.0
        };
        let stack = stack(&boxes.column, &boxes.order, &heights, apart);
        let wide = |(cell, &depth): (&Cell, &usize)| cell.width + 2.0 * INSET * depth as f64;
        let width = boxes
            .cells
            .iter()
            .zip(&stack.depths)
            .map(wide)
            .fold(0.0, f64::max);
        Placed {
            boxes,
            heights,
            stack,
            left: 0.0,
            width,
        }
    }

    /// Spaces the lines that meet the boxes, in the order of their other ends, and makes the boxes
    /// high enough for them. Lines of one bundle meet a box at one point.
    fn ports(
        &mut self,
        lines: &[(usize, usize)],
        (others, bundles): (&[usize], Option<&[usize]>),
        rooms: &[f64],
    ) -> Ports {
        let mut places = vec![0; others.len()];
        for (place, &node) in others.iter().enumerate() {
            places[node] = place;
        }
        let mut at: Vec<Vec<usize>> = vec![Vec::new(); self.heights.len()];
        for (nth, &(own, _)) in lines.iter().enumerate() {
            at[own].push(nth);
        }
        let port = |&nth: &usize| match bundles {
            None => (places[lines[nth].1], nth),
            Some(bundles) => (bundles[nth], 0),
        };
        let mut ports = vec![0.0; lines.len()];
        for (own, mut met) in at.into_iter().enumerate() {
            met.sort_by_key(port);
            let met: Vec<(&[usize], f64)> = met
                .chunk_by(|one, other| port(one) == port(other))
                .map(|met| (met, met.iter().map(|&nth| rooms[nth]).fold(0.0, f64::max)))
                .collect();
            // Many lines share the room of a few, so that no box outgrows the page.
            let needed: f64 = met.iter().map(|(_, room)| room).sum();
            let labels = met.iter().any(|(_, room)| *room > LABELLED);
            let scale = if needed > 300.0 && !labels {
                300.0 / needed
            } else {
                1.0
            };
            self.heights[own] = self.heights[own].max(needed * scale + 4.0);
            let mut y = -needed * scale / 2.0;
            for (met, room) in met {
                let room = room * scale;
                // A label is above its line, so the line runs at the lower end of its room.
                let port = y + if room > LABELLED {
                    room - 2.0
                } else {
                    room / 2.0
                };
                for &nth in met {
                    ports[nth] = port;
                }
                y += room;
            }
        }
        ports
    }

    fn restack(&mut self) {
        let apart = if self.boxes.cells.iter().all(Cell::is_named) {
            10.0
        } else {
            3.0
        };
        self.stack = stack(&self.boxes.column, &self.boxes.order, &self.heights, apart);
    }

    /// Returns the vertical middle of a box.
    fn middle(&self, node: usize) -> f64 {
        self.stack.tops[node] + self.heights[node] / 2.0
    }

    /// Moves the boxes, within a height, to where their lines lead.
    fn spread(
        &mut self,
        height: f64,
        own: &Ports,
        lines: &[(usize, usize)],
        other: &Placed<'_>,
        others: &Ports,
    ) {
        let mut wishes = vec![(0.0, 0.0); self.heights.len()];
        for (nth, &(node, end)) in lines.iter().enumerate() {
            let there = other.middle(end) + others[nth];
            let here = self.middle(node) + own[nth];
            wishes[node].0 += there - here;
            wishes[node].1 += 1.0;
        }
        self.stack.spread(height, &wishes);
    }

    fn bounds(&self, node: usize) -> Bounds {
        let inset = INSET * self.stack.depths[node] as f64;
        Bounds::new(
            self.left + inset,
            self.stack.tops[node],
            self.width - 2.0 * inset,
            self.heights[node],
        )
    }

    fn id(&self, graph: &Graph, node: usize) -> String {
        let entity: Entity = self.boxes.cells[node].entity;
        graph.id(entity).to_owned()
    }

    fn panels(&self) -> impl Iterator<Item = Item> {
        self.stack.panels.iter().map(|&(depth, top, bottom)| {
            let inset = INSET * depth as f64;
            let bounds = Bounds {
                left: self.left + inset,
                top,
                right: self.left + self.width - inset,
                bottom,
            };
            let panel = Item::shape(
                Form::Rect(bounds, 6.0),
                Some(Color::Panel),
                Some(Stroke::solid(Color::Faint, 0.8)),
            );
            group("panel", Vec::new(), Vec::new(), vec![panel])
        })
    }

    fn cells(&self, graph: &Graph) -> Vec<Item> {
        let of = |&node: &usize| self.boxes.cells[node].draw(graph, self.bounds(node));
        self.boxes.order.iter().map(of).collect()
    }
}
