//! Headless Chromium, spoken to over two pipes in its own protocol (CDP); no driver and no network are needed.

#![allow(dead_code, reason = "each who opens pages uses a part of it")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use serde_json::{Value, json};

const FLAGS: &str = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync --remote-debugging-pipe";

/// A running browser.
pub(crate) struct Browser {
    child: Child,
    orders: ChildStdin,
    messages: Receiver<Value>,
    next: u64,
    /// What it told without being asked.
    events: Vec<Value>,
    _profile: tempfile::TempDir,
}

/// An open page.
pub(crate) struct Tab(String);

impl Tab {
    /// By what name orders to it go.
    pub(crate) fn session(&self) -> &str {
        &self.0
    }
}

impl Browser {
    /// Starts a browser; says so where none is installed.
    pub(crate) fn start() -> Option<Browser> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let is_there = |name: &&&str| {
            Command::new("sh")
                .args(["-c", &format!("command -v {name}")])
                .stdout(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        };
        let Some(name) = names.iter().find(is_there) else {
            eprintln!("skipped: chromium is not installed");
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder");
        // It reads orders from its fourth file and answers on its fifth.
        let line = format!(
            "exec {name} {FLAGS} --user-data-dir='{}' about:blank 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null",
            profile.path().display()
        );
        let mut child = Command::new("sh")
            .args(["-c", &line])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (orders, answers) = (
            child.stdin.take().expect("a pipe"),
            child.stdout.take().expect("a pipe"),
        );
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            for message in BufReader::new(answers).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else {
                    continue;
                };
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Some(Browser {
            child,
            orders,
            messages,
            next: 0,
            events: Vec::new(),
            _profile: profile,
        })
    }

    /// Gives an order and waits for its answer.
    pub(crate) fn order(&mut self, session: Option<&str>, method: &str, params: Value) -> Value {
        self.next += 1;
        let mut order = json!({ "id": self.next, "method": method, "params": params });
        if let Some(session) = session {
            order["sessionId"] = json!(session);
        }
        self.orders
            .write_all(order.to_string().as_bytes())
            .and_then(|()| self.orders.write_all(&[0]))
            .and_then(|()| self.orders.flush())
            .expect("it listens");
        loop {
            let message = self
                .messages
                .recv_timeout(Duration::from_secs(60))
                .expect("it answers within a minute");
            if message["id"] == json!(self.next) {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
            self.events.push(message);
        }
    }

    /// Opens a file, at a place in it, and waits until it is there.
    pub(crate) fn open(&mut self, path: &Path, hash: &str) -> Tab {
        self.open_in(path, hash, &Value::Null)
    }

    /// Opens a file in a window of this size, as the protocol writes it.
    pub(crate) fn open_in(&mut self, path: &Path, hash: &str, size: &Value) -> Tab {
        let target =
            self.order(None, "Target.createTarget", json!({ "url": "about:blank" }))["targetId"]
                .clone();
        let session = self.order(
            None,
            "Target.attachToTarget",
            json!({ "targetId": target, "flatten": true }),
        )["sessionId"]
            .as_str()
            .expect("a session")
            .to_owned();
        for domain in ["Page", "Log", "Runtime", "Network"] {
            self.order(Some(&session), &format!("{domain}.enable"), json!({}));
        }
        if !size.is_null() {
            let method = "Emulation.setDeviceMetricsOverride";
            self.order(Some(&session), method, size.clone());
        }
        let tab = Tab(session.clone());
        let from = self.events.len();
        self.order(
            Some(&session),
            "Page.navigate",
            json!({ "url": format!("file://{}{hash}", path.display()) }),
        );
        let is_there = |event: &Value| {
            let url = event["params"]["frame"]["url"].as_str().unwrap_or_default();
            event["method"] == "Page.frameNavigated" && url.starts_with("file:")
        };
        let there = self.wait(from, is_there);
        self.wait(there, |event| event["method"] == "Page.loadEventFired");
        tab
    }

    /// Waits for something that the browser tells without being asked; gives its place among all that it told.
    fn wait(&mut self, from: usize, wanted: impl Fn(&Value) -> bool) -> usize {
        loop {
            if let Some(found) = self.events.iter().skip(from).position(&wanted) {
                return from + found;
            }
            let message = self
                .messages
                .recv_timeout(Duration::from_secs(60))
                .expect("it tells within a minute");
            self.events.push(message);
        }
    }

    /// What a script in the page comes to, as text.
    pub(crate) fn evaluate(&mut self, tab: &Tab, script: &str) -> String {
        let params = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let result = self.order(Some(&tab.0), "Runtime.evaluate", params);
        assert!(
            result["exceptionDetails"].is_null(),
            "{script}: {}",
            result["exceptionDetails"]
        );
        result["result"]["value"]
            .as_str()
            .map_or_else(|| result["result"]["value"].to_string(), str::to_owned)
    }

    /// What the page or its policy complained of so far, and what it asked for other than itself.
    pub(crate) fn complaints(&mut self, tab: &Tab) -> Vec<String> {
        self.evaluate(tab, "1");
        let told = |event: &Value| match event["method"].as_str() {
            Some("Log.entryAdded" | "Runtime.exceptionThrown" | "Runtime.consoleAPICalled") => {
                Some(event["params"].to_string())
            }
            Some("Network.requestWillBeSent") => {
                let url = event["params"]["request"]["url"]
                    .as_str()
                    .unwrap_or_default();
                // The font is in the page itself.
                let is_own = event["params"]["type"] == "Document" || url.starts_with("data:font/");
                (!is_own).then(|| format!("asks for {url}"))
            }
            _ => None,
        };
        self.events.iter().filter_map(told).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self
            .orders
            .write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0");
        let _ = self.orders.flush();
        std::thread::sleep(Duration::from_millis(200));
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
