//! DOT and SVG read back, by graphviz-rust's parser and by rules written down here once more.

use std::collections::BTreeMap;

use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Stmt, Vertex,
};

pub(crate) type Attributes = BTreeMap<String, String>;

/// What another program sees in a text of DOT.
#[derive(Debug, Default)]
pub(crate) struct Picture {
    pub(crate) nodes: BTreeMap<String, Attributes>,
    pub(crate) edges: BTreeMap<(String, String), Attributes>,
}

pub(crate) fn read(text: &str) -> Picture {
    let Graph::DiGraph { stmts, .. } =
        graphviz_rust::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    else {
        panic!("not directed")
    };
    let mut picture = Picture::default();
    collect(&stmts, Attributes::new(), &mut picture);
    picture
}

/// Attributes for all edges hold from where they stand to the end of their braces.
fn collect(stmts: &[Stmt], mut defaults: Attributes, picture: &mut Picture) {
    for stmt in stmts {
        match stmt {
            Stmt::Node(node) => {
                let earlier = picture
                    .nodes
                    .insert(string(&node.id.0), attributes(&node.attributes));
                assert!(earlier.is_none(), "declared twice: {:?}", node.id);
            }
            Stmt::Subgraph(subgraph) => collect(&subgraph.stmts, defaults.clone(), picture),
            Stmt::GAttribute(GraphAttributes::Edge(more)) => defaults.extend(attributes(more)),
            Stmt::GAttribute(_) => {}
            Stmt::Attribute(attribute) => panic!("{attribute:?}"),
            Stmt::Edge(edge) => {
                let mut all = defaults.clone();
                all.extend(attributes(&edge.attributes));
                picture.edges.insert(ends(edge), all);
            }
        }
    }
}

fn ends(edge: &Edge) -> (String, String) {
    match &edge.ty {
        EdgeTy::Pair(Vertex::N(from), Vertex::N(to)) => (string(&from.0), string(&to.0)),
        other => panic!("{other:?}"),
    }
}

fn attributes(list: &[Attribute]) -> Attributes {
    list.iter()
        .map(|Attribute(key, value)| (string(key), string(value)))
        .collect()
}

/// A quoted string as DOT has it: `\"` is a quote, any other backslash stays.
fn string(id: &Id) -> String {
    match id {
        Id::Escaped(quoted) => quoted[1..quoted.len() - 1].replace("\\\"", "\""),
        Id::Html(text) | Id::Plain(text) | Id::Anonymous(text) => text.clone(),
    }
}

/// A text as it is called as an id, where only quotes are read back.
pub(crate) fn as_id(text: &str) -> String {
    let fit = |c: char| match c {
        '\r' | '\t' => " ".to_owned(),
        '\n' => "&#10;".to_owned(),
        '\\' => "\\\\".to_owned(),
        '&' => "&amp;".to_owned(),
        c => visible(c).to_string(),
    };
    text.chars().map(fit).collect()
}

/// What Graphviz shows of a label: escapes and entities are what they stand for. Blanks are left out.
pub(crate) fn shown(label: &str) -> String {
    let mut shown = String::new();
    let mut chars = label.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'l' | 'r') => shown.push(' '),
                Some('\\') => shown.push('\\'),
                other => panic!("an escape that means something else: {other:?} in {label}"),
            },
            c => shown.push(c),
        }
    }
    plain(&entities(&shown))
}

fn entities(text: &str) -> String {
    let named = [
        ("&#10;", "\n"),
        ("&#160;", " "),
        ("&#45;", "-"),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
    ];
    named
        .iter()
        .fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
        .replace("&amp;", "&")
}

/// A text without blanks, and with the mark for what can't be shown.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{A0}' | '\u{200B}'))
        .map(visible)
        .collect()
}

fn visible(c: char) -> char {
    if demarche::words::is_obeyed(c) {
        '\u{FFFD}'
    } else {
        c
    }
}

pub(crate) fn legend_nodes(picture: &Picture) -> usize {
    picture
        .nodes
        .keys()
        .filter(|name| name.starts_with("legend "))
        .count()
}

/// All text of an SVG.
pub(crate) fn svg_text(svg: &str) -> String {
    let texts = svg
        .split("<text ")
        .skip(1)
        .filter_map(|rest| rest.split_once('>')?.1.split_once("</text>"));
    plain(&entities(&texts.map(|(text, _)| text).collect::<String>()))
}

/// All tooltips of an SVG.
pub(crate) fn svg_tooltips(svg: &str) -> String {
    let titles = svg
        .split("xlink:title=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'));
    plain(&entities(
        &titles.map(|(title, _)| title).collect::<String>(),
    ))
}

/// A text of Mermaid with nothing between its quotes.
pub(crate) fn without_strings(text: &str) -> String {
    text.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}
