//! Holds an answer in JSON against its schema.

use std::collections::HashMap;
use std::sync::LazyLock;

use demarche::query::SHAPES;
use jsonschema::Validator;
use serde_json::Value;

static VALIDATORS: LazyLock<HashMap<&str, Validator>> = LazyLock::new(|| {
    let validator = |shape| jsonschema::validator_for(&demarche::render::schema(shape)).unwrap();
    SHAPES
        .iter()
        .map(|shape| (shape.name, validator(shape)))
        .collect()
});

/// What is wrong with an answer in JSON.
pub(crate) fn validated(answer: &str) -> Result<(), String> {
    let answer: Value = serde_json::from_str(answer).map_err(|error| error.to_string())?;
    let name = answer["answer"].as_str().unwrap_or_default();
    let validator = VALIDATORS
        .get(name)
        .ok_or(format!("no answer is called `{name}`"))?;
    let wrong: Vec<String> = validator
        .iter_errors(&answer)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    match wrong[..] {
        [] => Ok(()),
        _ => Err(wrong.join("\n")),
    }
}
