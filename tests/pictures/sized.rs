//! Measures the text of an SVG.

use std::collections::BTreeMap;

/// The size of most of the text of an SVG, in pixels.
pub(crate) fn text_size(svg: &str) -> f64 {
    let document = roxmltree::Document::parse(svg).unwrap();
    let root = document.root_element();
    let number = |name: &str| root.attribute(name).unwrap().parse::<f64>().unwrap();
    let view: Vec<f64> = root
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|side| side.parse().unwrap())
        .collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for node in document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
    {
        *counts
            .entry(node.attribute("font-size").unwrap().to_owned())
            .or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .unwrap()
        .0;
    most.parse::<f64>().unwrap() * number("width") / view[2]
}
