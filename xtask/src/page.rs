//! `cargo xtask page`: builds the engine for a browser, and puts it into one file together with the page.
//!
//! The compiler is rustup's, where its target `wasm32-unknown-unknown` is installed; otherwise one from Debian's packages,
//! which `web/toolchain.sh` unpacks into the target folder, with the standard library built from its sources.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::root;

const TARGET: &str = "wasm32-unknown-unknown";

/// The modules of the page, in the order in which they use each other.
const MODULES: &[&str] = &["dom.js", "engine.js", "editor.js", "answer.js", "compare.js", "causes.js", "main.js"];

/// The file, below the root of the repository.
pub const PAGE: &str = "target/page/why401.html";

/// Builds the page, with fewer optimisations and without spreadsheets and signatures where it is to be had soon. Says how
/// large its parts are.
///
/// # Errors
/// There is no compiler, the engine does not build, or a file cannot be read or written.
pub fn run(is_quick: bool, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let wasm = engine(if is_quick { "web-dev" } else { "web" }, out)?;
    let engine = fs::read(&wasm)?;
    let page = assembled(&root().join("web/page"), &engine)?;
    let path = root().join(PAGE);
    fs::write(&path, &page)?;
    // What a program with the feature `page` embeds.
    fs::write(path.with_extension("html.gz"), packed(page.as_bytes())?)?;
    writeln!(out, "engine {:>9} bytes, {:>9} as gzip", engine.len(), packed(&engine)?.len())?;
    writeln!(out, "page   {:>9} bytes, {:>9} as gzip", page.len(), packed(page.as_bytes())?.len())?;
    writeln!(out, "{PAGE}")?;
    Ok(())
}

/// Builds the engine and gives the path of its module.
fn engine(profile: &str, out: &mut dyn Write) -> Result<PathBuf, Box<dyn Error>> {
    let target = root().join("target/page");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).env("CARGO_TARGET_DIR", &target);
    // The environment of the `cargo xtask` that runs this names its own toolchain.
    for name in ["RUSTUP_TOOLCHAIN", "RUSTC", "CARGO", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        cargo.env_remove(name);
    }
    cargo.args(["build", "--quiet", "--locked", "--package", "why401-web", "--lib", "--target", TARGET]);
    cargo.args(["--profile", profile]);
    if profile == "web-dev" {
        // Neither spreadsheets nor signatures: they bring half of what is to be compiled.
        cargo.arg("--no-default-features");
    }
    // Places in the source, which the message of a panic has, must not name folders of this machine. A browser gives
    // the stack of a worker less than a system gives a thread, unless it is asked for.
    let mut flags = vec![
        "-Clink-arg=-zstack-size=4194304".to_owned(),
        "-Clink-arg=--stack-first".to_owned(),
        format!("--remap-path-prefix={}=.", root().display()),
    ];
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        let home = env::var_os(name).map(PathBuf::from);
        if let Some(home) = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(folder))) {
            flags.push(format!("--remap-path-prefix={}=", home.display()));
        }
    }
    if !has_target()? {
        let toolchain = root().join("target/wasm-toolchain");
        writeln!(out, "rustup has no {TARGET} here: using Debian's compiler in {}", toolchain.display())?;
        succeed(Command::new(root().join("web/toolchain.sh")).arg(&toolchain))?;
        let linker = PathBuf::from(printed(Command::new("rustc").args(["--print", "sysroot"]))?);
        let linker = linker.join("lib/rustlib").join(host()?).join("bin/rust-lld");
        flags.push(format!("--remap-path-prefix={}=", toolchain.join("root/usr/src").display()));
        cargo.env("RUSTC", toolchain.join("rustc")).env("RUSTC_BOOTSTRAP", "1");
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        cargo.args(["-Z", "build-std=std,panic_abort"]);
    }
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "));
    succeed(&mut cargo)?;
    Ok(target.join(TARGET).join(profile).join("why401_web.wasm"))
}

/// Whether rustup has the target.
fn has_target() -> Result<bool, Box<dyn Error>> {
    let folder = printed(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    Ok(folder.is_ok_and(|folder| Path::new(&folder).is_dir()))
}

/// The name of this system, as compilers call it.
fn host() -> Result<String, Box<dyn Error>> {
    let says = printed(Command::new("rustc").arg("-vV"))?;
    let host = says.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("rustc does not say what its host is")?.to_owned())
}

/// The page with everything in it.
///
/// # Errors
/// A file cannot be read, or the template lacks a place.
pub fn assembled(folder: &Path, engine: &[u8]) -> Result<String, Box<dyn Error>> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"));
    let style = read("style.css")?;
    let mut script = String::from("\n\"use strict\";\n");
    for name in MODULES {
        script.push_str(&joinable(&read(name)?));
    }
    let ticket = fs::read_to_string(root().join("examples/ticket.txt"))?;
    let policy = format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; worker-src blob:; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types why401",
        hash(&script),
        hash(&style)
    );
    let mut page = read("index.html")?;
    for (place, text) in [
        ("@policy@", policy),
        ("@style@", style),
        ("@worker@", read("worker.js")?),
        ("@engine@", STANDARD.encode(packed(engine)?)),
        ("@ticket@", escaped(&ticket)),
        ("@script@", script),
        ("@version@", env!("CARGO_PKG_VERSION").to_owned()),
    ] {
        let at = page.find(place).ok_or_else(|| format!("index.html has no {place}"))?;
        page.replace_range(at..at + place.len(), &text);
    }
    Ok(page)
}

/// A module without its imports and exports: all of them are joined in one scope.
fn joinable(module: &str) -> String {
    module.lines().filter(|line| !line.starts_with("import ")).fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "{}", line.strip_prefix("export ").unwrap_or(line));
        out
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The hash of an inline script or style, as a policy names it.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn succeed(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let status = command.status().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed", command.get_program().display()).into()) }
}

/// The first line that a command prints.
fn printed(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let done = command.output()?;
    if !done.status.success() {
        return Err(format!("{} failed", command.get_program().display()).into());
    }
    Ok(String::from_utf8(done.stdout)?.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_everything_in_it() {
        let page = assembled(&root().join("web/page"), b"\0asm").expect("the page can be put together");
        assert!(!page.contains("@engine@") && !page.contains("import {"), "nothing is left to fill in");
        for outside in
            ["src=\"", "href=\"http", "url(", "@import", "fetch(", "XMLHttpRequest", "WebSocket", "innerHTML"]
        {
            assert!(!page.contains(outside), "{outside}");
        }
    }
}
