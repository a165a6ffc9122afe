//! Runs a tool.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::short;
use super::tools::AgentTool;
use super::{FileWanted, InputFiles};
use crate::capture::Reader;
use crate::diagnosis;
use crate::masking::Masker;
use crate::nearest::nearest;
use crate::options::Options;
use crate::pack::model::Pack;
use crate::redact::Redactor;
use crate::report::forms::ReportForm;
use crate::report::set_file::{self, NamedSet};
use crate::report::style::TextStyle;
use crate::report::{compare, explain_json, packs};

/// What a call of a tool gives: the result, or what is wrong with its arguments or its file.
pub(super) type Called = Result<Value, String>;

/// The name of a text in reports: the path of a file is known to the caller.
const TEXT: &str = "text";

/// Runs a tool with these arguments.
pub(super) fn call(tool: AgentTool, arguments: &Value, pack: &Pack, files: &InputFiles<'_>) -> Called {
    let empty = json!({});
    let arguments = Arguments { of: if arguments.is_null() { &empty } else { arguments }, place: "" };
    match tool {
        AgentTool::Diagnose => diagnose(&arguments, pack, files),
        AgentTool::Explain => explain(&arguments, pack),
        AgentTool::Redact => redact(&arguments, pack, files),
        AgentTool::ProductSet => product_set(&arguments, pack, files),
        AgentTool::Compare => compared(&arguments, pack, files),
    }
}

/// The arguments of a call, or one of them that is an object.
struct Arguments<'a> {
    of: &'a Value,
    /// Its name with a dot.
    place: &'static str,
}

impl<'a> Arguments<'a> {
    /// Only these keys, of which no value is repeated in a message.
    fn check(&self, known: &[&str]) -> Result<(), String> {
        let Some(map) = self.of.as_object() else { return Err(format!("{}arguments are not an object", self.place)) };
        let Some(key) = map.keys().find(|key| !known.contains(&key.as_str())) else { return Ok(()) };
        let meant = nearest(key, known.iter().copied())
            .map_or_else(|| format!("Known are {}.", known.join(", ")), |near| format!("Did you mean `{near}`?"));
        Err(format!("there is no such argument. {meant}"))
    }

    fn text(&self, key: &str) -> Result<Option<&'a str>, String> {
        match &self.of[key] {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text)),
            _ => Err(format!("`{}{key}` takes a string", self.place)),
        }
    }

    fn number(&self, key: &str, least: u64, most: u64) -> Result<Option<u64>, String> {
        match &self.of[key] {
            Value::Null => Ok(None),
            value => match value.as_u64() {
                Some(number) if (least..=most).contains(&number) => Ok(Some(number)),
                _ => Err(format!("`{}{key}` takes a whole number from {least} to {most}", self.place)),
            },
        }
    }

    fn is_full(&self) -> Result<bool, String> {
        match self.text("detail")? {
            None | Some("short") => Ok(false),
            Some("full") => Ok(true),
            Some(_) => Err("`detail` takes short or full".to_owned()),
        }
    }

    /// The text, or that of the file.
    fn input(&self, files: &InputFiles<'_>, wanted: FileWanted) -> Result<Vec<u8>, String> {
        match (self.text("text")?, self.text("path")?) {
            (Some(text), None) if text.trim().is_empty() => Err(format!("`{}text` is empty", self.place)),
            (Some(text), None) => Ok(text.as_bytes().to_vec()),
            (None, Some(path)) => files(path, wanted),
            _ => Err(format!("give `{0}text` or `{0}path`, and not both", self.place)),
        }
    }
}

fn diagnose(arguments: &Arguments<'_>, pack: &Pack, files: &InputFiles<'_>) -> Called {
    arguments.check(&["text", "path", "from", "asid", "status", "now", "product_set", "most", "detail"])?;
    let from = match arguments.text("from")? {
        None => Reader::AUTO,
        Some(word) => Reader::named(word).ok_or_else(|| {
            let words = Reader::ALL.iter().map(|reader| reader.word()).collect::<Vec<_>>();
            format!("`from` takes {}", words.join(", "))
        })?,
    };
    let now = match arguments.text("now")? {
        None => None,
        Some(text) => {
            Some(text.parse::<Timestamp>().map_err(|_| "`now` takes a time with its zone: 2026-03-04T10:11:12Z")?)
        }
    };
    let asid = arguments.text("asid")?;
    if asid.is_some_and(|asid| !Options::is_asid(asid)) {
        return Err("`asid` takes 12 digits".to_owned());
    }
    let product_set = match arguments.text("product_set")? {
        None => None,
        Some(path) => Some(crate::product_set::read(&files(path, FileWanted::ProductSet)?, pack)),
    };
    let options = Options {
        from,
        now,
        asid: asid.map(ToOwned::to_owned),
        status: arguments.number("status", 100, 599)?.and_then(|status| u16::try_from(status).ok()),
        clock: Some(Timestamp::now()),
        product_set,
        ..Options::default()
    };
    let most = arguments.number("most", 1, 100)?.unwrap_or(3);
    let is_full = arguments.is_full()?;
    let diagnosis = diagnosis::diagnose(&arguments.input(files, FileWanted::Capture)?, pack, &options);
    let mut result = short::of(&diagnosis, usize::try_from(most).unwrap_or(usize::MAX));
    if is_full {
        result["report"] = parsed(|out| ReportForm::Json.write(out, &[(TEXT, &diagnosis)]))?;
    }
    Ok(result)
}

fn explain(arguments: &Arguments<'_>, pack: &Pack) -> Called {
    arguments.check(&["cause", "words", "detail"])?;
    let is_full = arguments.is_full()?;
    let (id, words) = (arguments.text("cause")?, arguments.text("words")?);
    let Some(id) = id else {
        let words = words.ok_or("give `cause` or `words`")?;
        let mut out = Vec::new();
        let is_known = packs::explain(&mut out, pack, words, &TextStyle::default()).map_err(|e| e.to_string())?;
        if !is_known {
            return Err("no system is known that refuses with these words".to_owned());
        }
        return Ok(json!({ "text": String::from_utf8_lossy(&out) }));
    };
    let Some(cause) = pack.cause(id) else {
        let ids = pack.causes.iter().map(|cause| cause.id.as_str());
        return Err(nearest(id, ids).map_or_else(
            || "there is no such cause; `diagnose` gives ids".to_owned(),
            |near| format!("there is no such cause. Did you mean `{near}`?"),
        ));
    };
    let mut page = parsed(|out| explain_json::write(&mut { out }, cause))?;
    if !is_full && let Value::Object(page) = &mut page {
        page.retain(|key, _| {
            ["id", "title", "certainty", "checkpoints", "about", "fix", "references"].contains(&key.as_str())
        });
    }
    Ok(page)
}

fn redact(arguments: &Arguments<'_>, pack: &Pack, files: &InputFiles<'_>) -> Called {
    arguments.check(&["text", "path", "mask", "most"])?;
    let words: Vec<String> = match &arguments.of["mask"] {
        Value::Null => Vec::new(),
        Value::Array(words) => words
            .iter()
            .map(|word| word.as_str().map(ToOwned::to_owned).ok_or("`mask` takes strings"))
            .collect::<Result<_, _>>()?,
        _ => return Err("`mask` takes a list of strings".to_owned()),
    };
    let most = arguments.number("most", 1, 1_000_000)?.unwrap_or(20_000);
    let masked = Masker::new(&[], &words).mask(&arguments.input(files, FileWanted::Capture)?, pack);
    let text = String::from_utf8_lossy(&masked.bytes);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let cut = text.char_indices().nth(most).map(|(at, _)| at);
    Ok(json!({
        "text": &text[..cut.unwrap_or(text.len())],
        "masked": masked.stretches.len(),
        "is_cut": cut.is_some(),
    }))
}

fn product_set(arguments: &Arguments<'_>, pack: &Pack, files: &InputFiles<'_>) -> Called {
    arguments.check(&["text", "path", "asid"])?;
    let asid = arguments.text("asid")?;
    let file = crate::product_set::read(&arguments.input(files, FileWanted::ProductSet)?, pack);
    parsed(|out| set_file::write_json(&mut { out }, NamedSet { name: TEXT, file: &file, asid }))
}

fn compared(arguments: &Arguments<'_>, pack: &Pack, files: &InputFiles<'_>) -> Called {
    arguments.check(&["working", "failing", "detail"])?;
    let is_full = arguments.is_full()?;
    let side = |key: &str, place| -> Result<Vec<u8>, String> {
        let side = Arguments { of: &arguments.of[key], place };
        side.check(&["text", "path"])?;
        side.input(files, FileWanted::Capture)
    };
    let (working, failing) = (side("working", "working.")?, side("failing", "failing.")?);
    let options = Options { clock: Some(Timestamp::now()), ..Options::default() };
    let comparison = diagnosis::compare::compare(&working, &failing, pack, &options)
        .ok_or("one of the two captures shows no request")?;
    let mut result = parsed(|out| compare::write_json(&mut { out }, &comparison, ("working", "failing")))?;
    if !is_full && let Value::Object(result) = &mut result {
        result.remove("same");
    }
    Ok(result)
}

/// A report in JSON as a value.
fn parsed(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> Called {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| error.to_string())?;
    serde_json::from_slice(&bytes).map_err(|error| error.to_string())
}

/// The message of a failed call. A path or a key may be anything.
pub(super) fn safe(message: &str) -> String {
    Redactor::new("", &[]).clean(message)
}
