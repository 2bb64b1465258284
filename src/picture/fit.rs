//! How much of a graph a picture shows so that it can be read: with text that is large enough on its page,
//! and with no more lines than can be followed.

use crate::diagram::Diagram;
use crate::graph::{Graph, Lens};
use crate::picture::draw::{described, diagram, scene, shown};
use crate::picture::frame::{not_too_high, on_page, toward};
use crate::picture::paper::{A4, ON_PAPER, ON_SCREEN, SLIDE};
use crate::picture::roster::Roster;
use crate::picture::spectrum;
use crate::picture::timeline::{MOST_LANES, timeline};
use crate::picture::{Drawing, Fitted, Format, Paper, Part, Refusal, Scene, View, Why};

/// The numbers of actors and issues that are tried where not all can be read.
const TRIED: [usize; 18] = [
    60, 50, 40, 34, 28, 24, 20, 17, 15, 13, 12, 11, 10, 9, 8, 7, 5, 3,
];
/// The fewest that are shown because others would have too many lines: fewer say too little.
const FEWEST: usize = 10;
/// The least size in pixels of text that is shown where nobody asked for a page: it can be read near by.
const NEAR: f64 = 9.0;

/// The most lines of which a readable part is sought.
const SOUGHT: usize = 20_000;

/// The most lines of a view that can be followed; in a timeline, the most letters that can be looked up.
#[derive(Clone, Copy)]
struct Most {
    /// More are told.
    easy: usize,
    /// Where there are more, a part is drawn.
    whole: usize,
    /// The lines that this part has at most.
    part: usize,
}

impl Most {
    fn of(view: View) -> Most {
        let (easy, whole, part) = match view {
            View::Map => (60, 150, 75),
            View::Network => (150, 150, 60),
            View::Timeline => (60, 60, 60),
            View::Matrix | View::Agreement | View::Spectrum => (usize::MAX, usize::MAX, usize::MAX),
        };
        Most { easy, whole, part }
    }
}

/// A page, and the text that can be read on it.
struct Page {
    /// Its name; empty if it was asked for.
    name: &'static str,
    format: Format,
    /// Its sizes, of which the better one is taken.
    sides: Vec<(f64, f64)>,
    /// The least size of most text that can be read, in pixels.
    least: f64,
    /// The least size that is drawn.
    drawn: f64,
}

impl Page {
    /// Returns the page of a drawing; `None` if that is as large as the picture.
    fn of(paper: Paper, format: Format) -> Option<Page> {
        let usual = |name, sides, least| Page {
            name,
            format,
            sides,
            least,
            drawn: NEAR,
        };
        match (paper, format) {
            (
                Paper::Sized {
                    width,
                    height,
                    least,
                },
                _,
            ) => Some(Page {
                name: "",
                format,
                sides: vec![(width, height)],
                least,
                drawn: least,
            }),
            (Paper::Usual, Format::Png) => Some(usual("a slide", vec![SLIDE], ON_SCREEN)),
            (Paper::Usual, Format::Pdf) => Some(usual("A4", vec![A4, (A4.1, A4.0)], ON_PAPER)),
            _ => None,
        }
    }

    fn is_asked(&self) -> bool {
        self.name.is_empty()
    }

    /// The pages to ask for, each with its name, on which a part could be read.
    fn instead(&self) -> Vec<(&'static str, Page)> {
        let named: &[&str] = match self.format {
            Format::Pdf => &["a4", "a4-landscape"],
            _ => &["slide"],
        };
        let paper = |name: &&'static str| {
            let page = Page::of(name.parse().ok()?, self.format)?;
            Some((*name, page))
        };
        named.iter().filter_map(paper).collect()
    }

    /// The page turned by a right angle.
    fn turned(&self) -> Page {
        let sides = self.sides.iter().map(|(width, height)| (*height, *width));
        Page {
            sides: sides.collect(),
            ..*self
        }
    }

    /// Puts a scene on the page; returns also the size of most of its text there.
    fn place(&self, scene: &Scene) -> (Scene, f64) {
        let pages = self
            .sides
            .iter()
            .map(|sides| on_page(scene.clone(), *sides));
        let sized = pages.map(|page| {
            let size = page.text_size().unwrap_or(f64::INFINITY);
            (page, size)
        });
        let best = sized.max_by(|one, other| one.1.total_cmp(&other.1));
        best.unwrap_or_else(|| (scene.clone(), f64::INFINITY))
    }

    /// Returns a scene as it is drawn, given also as placed on the page with text of this size.
    fn finished(&self, scene: Scene, placed: Scene, size: f64) -> Scene {
        match self.format {
            _ if self.is_asked() => placed,
            Format::Png => toward(scene, SLIDE),
            _ if size < self.least => not_too_high(scene),
            _ => placed,
        }
    }

    fn small(&self, size: f64) -> Why {
        Why::Small {
            on: self.name,
            size,
            least: self.least,
        }
    }
}

/// A graph, and what is asked to be drawn of it.
#[derive(Clone, Copy)]
struct Asked<'a> {
    graph: &'a Graph,
    lens: Lens,
    drawing: &'a Drawing,
    most: Most,
}

impl Asked<'_> {
    /// Returns the number of lines of a part, and draws its scene if there are no more than these.
    fn draw(&self, part: Part, most: usize) -> Result<(usize, Option<Scene>), Refusal> {
        let Asked { graph, lens, .. } = *self;
        let drawing = &Drawing {
            top: part.top,
            only_positions: part.only_positions,
            ..self.drawing.clone()
        };
        let shown = shown(graph, lens, drawing)?;
        let shown = shown.as_ref();
        let diagram = shown.map(|shown| diagram(graph, lens, drawing.view, shown));
        let diagram = diagram.transpose()?;
        let lines = match drawing.view {
            View::Timeline => {
                let most = part.top.unwrap_or(MOST_LANES);
                timeline(graph, lens, &drawing.selection, most).letters()
            }
            _ => lines(diagram.as_ref()),
        };
        let scene = (lines <= most).then(|| scene(graph, lens, drawing, diagram.as_ref()));
        Ok((lines, scene.transpose()?))
    }

    /// Draws all that is asked for.
    fn draw_all(&self) -> Result<(usize, Scene), Refusal> {
        let (lines, scene) = self.draw(self.all(), usize::MAX)?;
        Ok((lines, scene.ok_or(Refusal::Nothing)?))
    }

    fn all(&self) -> Part {
        Part {
            top: self.drawing.top,
            only_positions: false,
        }
    }

    /// Returns what can be drawn instead of all, the largest part first.
    fn parts(&self, why: Why) -> impl Iterator<Item = Part> {
        let view = self.drawing.view;
        let is_tangle = matches!(why, Why::Lines(_));
        let tried = TRIED.into_iter();
        let asked = self.drawing.top.unwrap_or(usize::MAX);
        let is_few = move |many| is_tangle && many < FEWEST && view != View::Timeline;
        let tried = tried.filter(move |many| *many < asked && !is_few(*many));
        // A map is about positions first.
        let is_bare = is_tangle && view == View::Map;
        let of = move |top| {
            let part = |only_positions| Part {
                top,
                only_positions,
            };
            [Some(part(false)), is_bare.then(|| part(true))]
        };
        std::iter::once(None)
            .chain(tried.map(Some))
            .flat_map(of)
            .flatten()
            .filter(|part| *part != Part::default())
    }

    /// Draws a spectrum of as many issues as there is room for. Actors are left out only where there is
    /// no room for one issue with all of them.
    fn issues(&self, page: Option<&Page>) -> Result<(Scene, Option<Fitted>), Refusal> {
        let Asked {
            graph,
            lens,
            drawing,
            ..
        } = *self;
        let roster = |top| spectrum::roster(graph, lens, &drawing.selection, top);
        let whole = roster(drawing.top);
        let told = |shown: usize, actors: Option<usize>| {
            let all = whole.issues.len();
            let is_less = shown < all || actors.is_some();
            is_less.then_some(Fitted::Issues { shown, all, actors })
        };
        let free = || spectrum::free(graph, lens, &whole);
        let Some(page) = page else {
            let (scene, shown) = free()?;
            return Ok((not_too_high(scene), told(shown, None)));
        };
        let fit = |roster: &Roster, page: &Page| {
            spectrum::fit(graph, lens, roster, |scene| {
                page.place(scene).1 >= page.drawn
            })
        };
        let finished = |scene: Scene| {
            let (placed, size) = page.place(&scene);
            (page.finished(scene, placed, size), size)
        };
        if let Some((scene, shown)) = fit(&whole, page)? {
            let (scene, size) = finished(scene);
            let small = || {
                let mut pages = page.instead().into_iter();
                let better = pages.find(|(_, page)| matches!(fit(&whole, page), Ok(Some(_))));
                Fitted::Hard(page.small(size), better.map(|(name, _)| name))
            };
            let small = (size < page.least).then(small);
            return Ok((scene, told(shown, None).or(small)));
        }
        let fewer = TRIED.into_iter().find_map(|many| {
            let fewer = roster(Some(many)).with_issues(graph, 1);
            let (scene, shown) = fit(&fewer, page).ok()??;
            Some((many, scene, shown))
        });
        match fewer {
            Some((many, scene, shown)) if drawing.top.is_none() => {
                Ok((finished(scene).0, told(shown, Some(many))))
            }
            fewer => Err(Refusal::Small {
                found: page.place(&free()?.0).1,
                least: page.least,
                turned: fewer.is_none() && fit(&whole, &page.turned())?.is_some(),
                fits: fewer.map(|(many, ..)| many),
            }),
        }
    }

    /// Draws the largest part that can be read on a page.
    fn part_on(&self, page: &Page, why: Why) -> Option<(Part, Scene)> {
        self.parts(why).find_map(|part| {
            let scene = self.draw(part, self.most.part).ok()?.1?;
            let (placed, size) = page.place(&scene);
            (size >= page.drawn).then(|| (part, page.finished(scene, placed, size)))
        })
    }
}

/// Draws as much of what is asked for as can be read; says what was done for it.
///
/// # Errors
/// If there is nothing to draw, more than the view has room for, or too little can be read.
pub(super) fn fit(
    graph: &Graph,
    lens: Lens,
    drawing: &Drawing,
    format: Format,
) -> Result<(Scene, Option<Fitted>), Refusal> {
    let most = Most::of(drawing.view);
    let asked = Asked {
        graph,
        lens,
        drawing,
        most,
    };
    if drawing.view == View::Spectrum {
        let (scene, fitted) = asked.issues(Page::of(drawing.page, format).as_ref())?;
        return Ok((described(graph, lens, drawing, scene), fitted));
    }
    let hard = |lines: usize| (lines > most.easy).then_some(Fitted::Hard(Why::Lines(lines), None));
    let Some(page) = Page::of(drawing.page, format) else {
        let (lines, scene) = asked.draw_all()?;
        return Ok((not_too_high(scene), hard(lines)));
    };
    // Who asks for a number gets it, if it can be read there.
    let is_whole = drawing.top.is_none();
    let limit = if is_whole { most.whole } else { usize::MAX };
    let (lines, whole) = match asked.draw(asked.all(), limit)? {
        // A part of so much takes long to find: the view refuses it, or has room for it.
        (lines, None) if lines > SOUGHT => (lines, Some(asked.draw_all()?.1)),
        drawn => drawn,
    };
    let sized = whole.map(|scene| (page.place(&scene), scene));
    let why = match &sized {
        None => Why::Lines(lines),
        Some(((_, size), _)) => page.small(*size),
    };
    let whole_on = match sized {
        Some(((placed, size), scene)) if size >= page.least => {
            return Ok((page.finished(scene, placed, size), hard(lines)));
        }
        Some(((placed, size), scene)) if size >= page.drawn || !(is_whole || page.is_asked()) => {
            let told = hard(lines).or_else(|| {
                let mut pages = page.instead().into_iter();
                let better = pages.find(|(_, page)| asked.part_on(page, why).is_some());
                Some(Fitted::Hard(why, better.map(|(name, _)| name)))
            });
            return Ok((page.finished(scene, placed, size), told));
        }
        sized => sized.and_then(|(_, scene)| {
            let mut pages = page.instead().into_iter();
            let better = pages.find(|(_, page)| page.place(&scene).1 >= page.least);
            better.map(|(name, _)| name)
        }),
    };
    let is_timeline = drawing.view == View::Timeline;
    match (asked.part_on(&page, why), why) {
        (Some((part, scene)), _) if is_whole => {
            Ok((scene, Some(Fitted::Part(why, part, whole_on))))
        }
        // It can be read in part: its marks are in order of time.
        (_, Why::Lines(_)) if is_timeline && !page.is_asked() => {
            Ok((not_too_high(asked.draw_all()?.1), hard(lines)))
        }
        (_, Why::Lines(lines)) if !is_timeline => Err(Refusal::Tangle(lines)),
        (part, why) => Err(Refusal::Small {
            found: match why {
                Why::Small { size, .. } => size,
                Why::Lines(_) => page.place(&asked.draw_all()?.1).1,
            },
            least: page.least,
            turned: part.is_none() && asked.part_on(&page.turned(), why).is_some(),
            fits: part.and_then(|(part, _)| part.top),
        }),
    }
}

/// Returns the number of lines of a map or network, those aside that say who belongs to whom.
fn lines(diagram: Option<&Diagram<'_>>) -> usize {
    let edges = diagram.into_iter().flat_map(|diagram| &diagram.edges);
    edges.filter(|edge| !edge.look.is_structure()).count()
}
