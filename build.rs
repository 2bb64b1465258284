//! How the program is linked.
#![allow(clippy::print_stdout, reason = "what cargo is told is printed")]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    // A program that may be loaded anywhere has its 23,000 addresses corrected at every start: a tenth of the time that a
    // question takes. This one is loaded where it was linked for.
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
