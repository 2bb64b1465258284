//! JSON-RPC: messages from lines, and lines from answers.

use serde_json::{Map, Value, json};

use crate::render::printable;
use crate::words::shown;

/// A message of the client.
#[derive(Debug)]
pub(super) enum Message {
    Request(Request),
    Notification {
        method: String,
        params: Map<String, Value>,
    },
    /// An answer; this server asks nothing.
    Response,
}

/// A request of the client.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// A text or a number.
    pub(super) id: Value,
    pub(super) method: String,
    pub(super) params: Map<String, Value>,
}

/// The codes of JSON-RPC and of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    Parse = -32700,
    Request = -32600,
    Method = -32601,
    Params = -32602,
    Internal = -32603,
    /// The resource is not there.
    Resource = -32002,
    /// The version of the protocol is not spoken here.
    Version = -32022,
}

/// Why a request fails as such. What a tool can't do is an answer of the tool.
#[derive(Clone, Debug)]
pub(super) struct Failed {
    code: Code,
    message: String,
    data: Option<Value>,
}

impl Failed {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Failed {
        Failed {
            code,
            message: message.into(),
            data: None,
        }
    }

    pub(super) fn with(self, data: Value) -> Failed {
        Failed {
            data: Some(data),
            ..self
        }
    }
}

/// Reads a message.
///
/// # Errors
/// What is wrong with it, and the id to answer: `null` if it has none.
pub(super) fn parsed(line: &[u8]) -> Result<Message, (Value, Failed)> {
    let message: Value = serde_json::from_slice(line).map_err(|error| {
        let said = format!("this line is not JSON: {error}");
        (Value::Null, Failed::new(Code::Parse, said))
    })?;
    let wrong = |id: Value, said: &str| Err((id, Failed::new(Code::Request, said)));
    let Value::Object(mut message) = message else {
        return wrong(Value::Null, "a message is one JSON object a line");
    };
    let id = message.remove("id");
    let is_id = |id: &Value| id.is_string() || id.is_number();
    let known = id.clone().filter(is_id).unwrap_or(Value::Null);
    if message.get("jsonrpc") != Some(&json!("2.0")) {
        return wrong(known, "`jsonrpc` is \"2.0\" in every message");
    }
    let params = match message.remove("params") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(params)) => params,
        Some(_) => return wrong(known, "`params` is an object"),
    };
    match (message.remove("method"), id) {
        (Some(Value::String(method)), None) => Ok(Message::Notification { method, params }),
        (Some(Value::String(method)), Some(id)) if is_id(&id) => {
            Ok(Message::Request(Request { id, method, params }))
        }
        (Some(Value::String(_)), Some(_)) => wrong(known, "`id` is a text or a number"),
        (Some(_), _) => wrong(known, "`method` is a text"),
        (None, _) if message.contains_key("result") || message.contains_key("error") => {
            Ok(Message::Response)
        }
        (None, _) => wrong(known, "a request has a `method`"),
    }
}

/// Returns the line that answers a request. Every character of it is visible.
pub(super) fn response(id: &Value, answer: Result<Value, Failed>) -> String {
    let message = match answer {
        Ok(mut result) => {
            make_visible(&mut result);
            json!({ "jsonrpc": "2.0", "id": id, "result": result })
        }
        Err(failed) => {
            let mut error = json!({
                "code": failed.code as i32,
                "message": shown(&failed.message),
            });
            if let Some(data) = failed.data {
                error["data"] = data;
            }
            json!({ "jsonrpc": "2.0", "id": id, "error": error })
        }
    };
    // Writing to memory can't fail.
    printable(&serde_json::to_string(&message).unwrap_or_default()).into_owned() + "\n"
}

/// Makes every character of every text visible: what is hidden in a graph or a source, such as
/// invisible letters, must not reach an assistant unseen.
pub(super) fn make_visible(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let std::borrow::Cow::Owned(visible) = shown(text) {
                *text = visible;
            }
        }
        Value::Array(several) => {
            for value in several {
                make_visible(value);
            }
        }
        Value::Object(fields) => {
            for value in fields.values_mut() {
                make_visible(value);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
