//! A picture as a page of PDF: text is text, which can be selected and searched; title and description are its metadata.

use std::collections::BTreeMap;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point as Place, Transform};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke as Pen, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use resvg::usvg::fontdb::ID;

use crate::picture::font::{self, Weight};
use crate::picture::fonts::Fonts;
use crate::picture::scene::{Anchor, Bounds, Form, Item, Point, Scene, Shape, Step, Stroke, Text};
use crate::picture::theme::{Color, Theme};

/// Points of a page for each pixel of the picture.
const POINTS: f32 = 0.75;
/// How far the handles of a quarter of a circle are from its ends, in radii.
const ROUND: f64 = 0.552_284_75;

/// Draws a picture as a PDF of one page. The same picture and fonts give the same bytes.
///
/// # Errors
/// Where the page is too large for PDF.
pub fn pdf(scene: &Scene, theme: Theme, fonts: &Fonts) -> Result<Vec<u8>, String> {
    let (width, height) = (scene.width as f32 * POINTS, scene.height as f32 * POINTS);
    // What readers take: 200 inches.
    let settings = PageSettings::from_wh(width, height).filter(|_| width.max(height) <= 14_400.0);
    let settings = settings.ok_or_else(|| {
        format!("{width:.0} by {height:.0} points are too large for a page of PDF: write SVG, or show less with `--top`")
    })?;
    let mut document = Document::new();
    let metadata = Metadata::new()
        .title(scene.title.clone())
        .description(scene.description.clone());
    document.set_metadata(metadata.creator("demarche".to_owned()));
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    draw(&mut surface, scene, theme, fonts);
    surface.finish();
    page.finish();
    document
        .finish()
        .map_err(|error| format!("can't write PDF: {error:?}"))
}

fn draw(surface: &mut Surface<'_>, scene: &Scene, theme: Theme, fonts: &Fonts) {
    surface.push_transform(&Transform::from_scale(POINTS, POINTS));
    let mut drawing = Drawing {
        surface,
        theme,
        fonts,
        faces: BTreeMap::new(),
    };
    let page = Form::Rect(Bounds::new(0.0, 0.0, scene.width, scene.height), 0.0);
    drawing.shape(&Shape {
        form: page,
        fill: Some(Color::Page),
        stroke: None,
    });
    drawing.items(&scene.items);
    drawing.surface.pop();
}

struct Drawing<'d, 's> {
    surface: &'d mut Surface<'s>,
    theme: Theme,
    fonts: &'d Fonts,
    /// The faces that were needed so far.
    faces: BTreeMap<ID, Option<Font>>,
}

impl Drawing<'_, '_> {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Group(group) => {
                    self.surface.push_transform(&Transform::from_translate(
                        group.at.x as f32,
                        group.at.y as f32,
                    ));
                    self.items(&group.items);
                    self.surface.pop();
                }
                Item::Shape(shape) => self.shape(shape),
                Item::Text(text) => self.text(text),
            }
        }
    }

    fn shape(&mut self, shape: &Shape) {
        let Some(path) = path(&shape.form) else {
            return;
        };
        self.surface
            .set_fill(shape.fill.map(|fill| self.fill(fill)));
        self.surface
            .set_stroke(shape.stroke.map(|stroke| self.pen(stroke)));
        self.surface.draw_path(&path);
    }

    fn fill(&self, color: Color) -> Fill {
        Fill {
            paint: color_of(self.theme, color).into(),
            ..Fill::default()
        }
    }

    fn pen(&self, stroke: Stroke) -> Pen {
        let lengths = stroke.dash.lengths(stroke.width);
        let array: Vec<f32> = lengths.iter().map(|length| *length as f32).collect();
        Pen {
            paint: color_of(self.theme, stroke.color).into(),
            width: stroke.width as f32,
            dash: (!array.is_empty()).then_some(StrokeDash { array, offset: 0.0 }),
            ..Pen::default()
        }
    }

    fn text(&mut self, text: &Text) {
        let start = match text.anchor {
            Anchor::Start => text.at.x,
            Anchor::Middle => text.at.x - text.width / 2.0,
            Anchor::End => text.at.x - text.width,
        };
        self.surface.set_fill(Some(self.fill(text.word.color)));
        self.surface.set_stroke(None);
        let mut x = start;
        for (face, piece) in self.pieces(text) {
            let width = font::width(&piece, text.word.size, text.word.weight);
            if let Some(font) = self.font(face) {
                let at = Place::from_xy(x as f32, text.at.y as f32);
                self.surface.draw_text(
                    at,
                    font,
                    text.word.size as f32,
                    &piece,
                    false,
                    TextDirection::Auto,
                );
            }
            x += width;
        }
    }

    /// A text by the faces that draw it, from left to right.
    fn pieces(&self, text: &Text) -> Vec<(ID, String)> {
        let Some(own) = self.fonts.face(text.word.weight) else {
            return Vec::new();
        };
        let mut pieces: Vec<(ID, String)> = Vec::new();
        for c in text.text.chars() {
            let last = pieces.last().map_or(own, |(face, _)| *face);
            let face = match (font::covers(c), c) {
                // What joins, and blanks, stay with what they follow.
                (true, c)
                    if c == ' '
                        || font::width(c.encode_utf8(&mut [0; 4]), 1.0, Weight::Regular) == 0.0 =>
                {
                    last
                }
                (true, _) => own,
                (false, c) => self.fonts.fallback(c, text.word.weight, &[]).unwrap_or(own),
            };
            match pieces.last_mut() {
                Some((known, piece)) if *known == face => piece.push(c),
                _ => pieces.push((face, c.to_string())),
            }
        }
        if text
            .text
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(runs_to_the_left)
        {
            pieces.reverse();
        }
        pieces
    }

    fn font(&mut self, id: ID) -> Option<Font> {
        let database = &self.fonts.database;
        let load = || {
            database
                .with_face_data(id, |data, index| Font::new(data.to_vec().into(), index))
                .flatten()
        };
        self.faces.entry(id).or_insert_with(load).clone()
    }
}

/// Hebrew, Arabic and their neighbours.
fn runs_to_the_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

fn color_of(theme: Theme, color: Color) -> rgb::Color {
    let hex = theme.hex(color);
    let channel = |at: usize| {
        hex.get(at..at + 2)
            .and_then(|text| u8::from_str_radix(text, 16).ok())
            .unwrap_or(0)
    };
    rgb::Color::new(channel(1), channel(3), channel(5))
}

fn path(form: &Form) -> Option<Path> {
    let mut path = PathBuilder::new();
    match form {
        Form::Rect(bounds, radius) => rounded(&mut path, bounds, *radius),
        Form::Circle(center, radius) => {
            let around = Bounds::new(
                center.x - radius,
                center.y - radius,
                2.0 * radius,
                2.0 * radius,
            );
            rounded(&mut path, &around, *radius);
        }
        Form::Path(steps) => {
            for step in steps {
                follow(&mut path, *step);
            }
        }
    }
    path.finish()
}

fn follow(path: &mut PathBuilder, step: Step) {
    match step {
        Step::Move(to) => path.move_to(to.x as f32, to.y as f32),
        Step::Line(to) => path.line_to(to.x as f32, to.y as f32),
        Step::Curve(a, b, to) => path.cubic_to(
            a.x as f32,
            a.y as f32,
            b.x as f32,
            b.y as f32,
            to.x as f32,
            to.y as f32,
        ),
        Step::Close => path.close(),
    }
}

fn rounded(path: &mut PathBuilder, bounds: &Bounds, radius: f64) {
    let Bounds {
        left,
        top,
        right,
        bottom,
    } = *bounds;
    let at = Point::new;
    let handle = radius * (1.0 - ROUND);
    let mut steps = vec![
        Step::Move(at(left + radius, top)),
        Step::Line(at(right - radius, top)),
    ];
    if radius > 0.0 {
        steps.push(Step::Curve(
            at(right - handle, top),
            at(right, top + handle),
            at(right, top + radius),
        ));
    }
    steps.push(Step::Line(at(right, bottom - radius)));
    if radius > 0.0 {
        steps.push(Step::Curve(
            at(right, bottom - handle),
            at(right - handle, bottom),
            at(right - radius, bottom),
        ));
    }
    steps.push(Step::Line(at(left + radius, bottom)));
    if radius > 0.0 {
        steps.push(Step::Curve(
            at(left + handle, bottom),
            at(left, bottom - handle),
            at(left, bottom - radius),
        ));
    }
    steps.push(Step::Line(at(left, top + radius)));
    if radius > 0.0 {
        steps.push(Step::Curve(
            at(left, top + handle),
            at(left + handle, top),
            at(left + radius, top),
        ));
    }
    steps.push(Step::Close);
    for step in steps {
        follow(path, step);
    }
}
