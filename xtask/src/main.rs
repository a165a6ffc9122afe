//! `cargo xtask COMMAND`: work on why401 that is not part of it.

use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use xtask::{documents, doubling, fuzz, house, inputs, leaks, measure, page, root};

const HELP: &str = "\
cargo xtask COMMAND

  docs                             write the generated documents: docs/, rules/schema.json, the outputs in README.md
  house [DIR]                      what tests/house.rs measures of the source, of this or of another checkout
  page [quick]                     build the page for browsers (target/page/why401.html); quick: larger, and sooner built
  fuzz [SECONDS] [SEED]            feed the readers with broken input; with 0 seconds, print the input of a seed
  leaks [CASES] [FIRST] [WHAT]     plant made-up credentials and look for them in all outputs, or WHAT: paste, masks;
                                   with 0 cases, print one
  leaks-in FOLDER…                 look for the credentials of the cases of a folder (*.jsonl) in all reports about them
  masks-in FOLDER…                 print those cases as `redact` does, to compare two builds; fail if masking them again
                                   changes one
  start-up [-n RUNS] COMMAND…      time a command from start to end
  bench PROGRAM                    count the instructions of the program on inputs of each kind (valgrind)
  doubling PROGRAM [TIMES]         double inputs of each kind and count the instructions of the program (valgrind)
  input KIND COUNT                 print a made-up input: har, json-lines, curl, posts, log, access-log
  instructions COMMAND…            count the instructions of a command, as a ratio to a fixed reference (valgrind)

Measure a release build: cargo build --release, then target/release/why401 examples/ticket.txt.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    let (command, rest) = arguments.split_first().map_or(("help", arguments), |(c, rest)| (c.as_str(), rest));
    let number = |i: usize, default: u64| rest.get(i).map_or(Ok(default), |n| n.parse());
    match command {
        "docs" => {
            for document in documents()? {
                let is_new = document.difference().is_some();
                document.write()?;
                writeln!(out, "{} {}", if is_new { "written  " } else { "unchanged" }, document.path)?;
            }
        }
        "house" => {
            let folder = rest.first().map_or_else(|| root().to_owned(), PathBuf::from);
            write!(out, "{}", house::House::of(&folder.join("src"))?)?;
        }
        "page" => page::run(rest.first().is_some_and(|how| how == "quick"), &mut out)?,
        "fuzz" => fuzz::run(number(0, 60)?, number(1, 1)?, &mut out)?,
        "leaks" => {
            let depth = match rest.get(2).map(String::as_str) {
                Some("paste") => leaks::Depth::Paste,
                Some("masks") => leaks::Depth::Masks,
                _ => leaks::Depth::Reports,
            };
            leaks::run(number(0, 100_000)?, number(1, 0)?, depth, &mut out)?;
        }
        "leaks-in" => {
            let inputs: Vec<String> = rest.iter().flat_map(|folder| leaks::inputs_of(&PathBuf::from(folder))).collect();
            let found = leaks::in_reports_of_all(&inputs, &why401::Pack::builtin()?);
            found.leaks.iter().try_for_each(|leak| writeln!(out, "{leak}"))?;
            writeln!(out, "{} captures with {} credentials", found.captures, found.credentials)?;
            if !found.leaks.is_empty() {
                return Err(format!("{} leaks", found.leaks.len()).into());
            }
        }
        "masks-in" => {
            let inputs: Vec<String> = rest.iter().flat_map(|folder| leaks::inputs_of(&PathBuf::from(folder))).collect();
            let changed = leaks::mask_all(&inputs, &why401::Pack::builtin()?, &mut out)?;
            if !changed.is_empty() {
                return Err(format!("masked again, {} change:\n{}", changed.len(), changed.join("\n")).into());
            }
        }
        "start-up" => match rest {
            [flag, runs, command @ ..] if flag == "-n" => measure::start_up(runs.parse()?, command, &mut out)?,
            command => measure::start_up(20, command, &mut out)?,
        },
        "doubling" => {
            let times = number(1, 3)?.try_into()?;
            doubling::run(rest.first().ok_or("which program?")?, times, &mut out)?;
        }
        "bench" => measure::bench(rest.first().ok_or("which program?")?, &mut out)?,
        "input" => {
            let kind = rest.first().map_or("har", String::as_str);
            let input = inputs::of(kind, number(1, 1000)?.try_into()?)
                .ok_or_else(|| format!("there is no kind `{kind}`; it is one of {}", inputs::KINDS.join(", ")))?;
            out.write_all(input.as_bytes())?;
        }
        "instructions" => measure::instructions(rest, &mut out)?,
        // What `instructions` compares with.
        "reference" => writeln!(out, "{}", measure::reference()?)?,
        "help" | "-h" | "--help" => out.write_all(HELP.as_bytes())?,
        other => return Err(format!("there is no command `{other}`\n\n{HELP}").into()),
    }
    Ok(())
}
