//! What is kept of an exchange once it was judged.

use std::io;

use serde::{Serialize, Serializer};

use super::batches::BulkBatch;
use crate::capture::when::Moment;
use crate::diagnosis::model::{Diagnosis, ExchangeDiagnosis, Outcome, Verdict};
use crate::diagnosis::verdicts;
use crate::options::Options;
use crate::pack::model::Pack;
use crate::report::json;

/// An exchange: where it is, what was called, what came back, and why.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BulkRow {
    version: u32,
    /// The line of the file.
    pub(crate) line: usize,
    /// When it was sent, as the file says.
    pub(crate) time: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) url: Option<String>,
    /// The id of the endpoint, where a pack knows it.
    pub(crate) endpoint: Option<String>,
    pub(crate) environment: Option<String>,
    pub(crate) status: Option<u16>,
    #[serde(serialize_with = "write_outcome")]
    outcome: Outcome,
    pub(crate) causes: Vec<BulkCause>,
    /// The seconds of `time`.
    #[serde(skip)]
    pub(crate) seconds: Option<i64>,
}

/// A cause of an exchange.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BulkCause {
    pub(crate) id: String,
    pub(crate) verdict: &'static str,
    pub(crate) title: String,
}

/// A row with the file that it is of.
#[derive(Serialize)]
struct BulkLine<'r> {
    file: &'r str,
    #[serde(flatten)]
    row: &'r BulkRow,
}

impl BulkRow {
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.outcome, Outcome::Refused | Outcome::Unclear)
    }

    pub(crate) fn is_accepted(&self) -> bool {
        self.outcome == Outcome::Accepted
    }

    /// Whether a cause is at least likely.
    pub(crate) fn is_explained(&self) -> bool {
        let sure = [Verdict::Confirmed.name(), Verdict::Likely.name()];
        self.causes.first().is_some_and(|cause| sure.contains(&cause.verdict))
    }

    /// Writes the row as a line of JSON.
    ///
    /// # Errors
    /// Whatever the writer fails with.
    pub(crate) fn write(&self, out: &mut dyn io::Write, file: &str) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &BulkLine { file, row: self })?;
        out.write_all(b"\n")
    }
}

/// The word of the JSON report.
fn write_outcome<S: Serializer>(outcome: &Outcome, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(json::outcome(*outcome))
}

/// Judges the exchanges of a batch. Those of the records around it belong to other batches.
pub(super) fn judge(batch: &BulkBatch, pack: &Pack, options: &Options) -> Vec<BulkRow> {
    let diagnosis = verdicts(&batch.text, &batch.own, pack, options);
    // What was opened before it could be read has other places.
    let is_same = diagnosis.paste.len() == batch.text.len();
    let counts = |e: &&ExchangeDiagnosis| e.superseded_by.is_none() && (!is_same || batch.own.contains(&e.at.start));
    diagnosis.exchanges.iter().filter(counts).map(|exchange| row(exchange, &diagnosis, batch, pack)).collect()
}

fn row(exchange: &ExchangeDiagnosis, diagnosis: &Diagnosis, batch: &BulkBatch, pack: &Pack) -> BulkRow {
    let start = exchange.at.start.min(batch.text.len());
    let record = batch.places.partition_point(|(from, _)| *from <= start).saturating_sub(1);
    let line = batch.places.get(record).map_or(1, |(from, line)| {
        line + memchr::memchr_iter(b'\n', &diagnosis.paste.raw().as_bytes()[(*from).min(start)..start]).count()
    });
    let title = pack.vocabulary.mentions.iter().find(|kind| kind.kind == "sent-at").map(|kind| kind.title.as_str());
    let time =
        exchange.support.has.iter().find(|(name, _)| Some(name.as_str()) == title).map(|(_, value)| value.clone());
    BulkRow {
        version: 1,
        line,
        seconds: time.as_deref().and_then(Moment::read).map(|moment| moment.seconds),
        time,
        method: exchange.request.method.clone(),
        url: exchange.request.url.clone(),
        endpoint: exchange.endpoint.id.clone(),
        environment: exchange.endpoint.environment.clone(),
        status: exchange.response.as_ref().and_then(|r| r.status),
        outcome: exchange.outcome,
        causes: exchange
            .causes
            .iter()
            .map(|cause| BulkCause { id: cause.id.clone(), verdict: cause.verdict.name(), title: cause.title.clone() })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::diagnosis::diagnose;

    /// What a table shows of an exchange.
    fn shown(diagnosis: &Diagnosis) -> Vec<String> {
        let of = |exchange: &ExchangeDiagnosis| {
            let causes: Vec<_> = exchange.causes.iter().map(|c| (&c.id, c.verdict, &c.title, c.score)).collect();
            let status = exchange.response.as_ref().and_then(|r| r.status);
            let (request, endpoint) = (&exchange.request, &exchange.endpoint);
            let (target, outcome) = ((&request.method, &request.url), (exchange.outcome, exchange.superseded_by));
            format!("{target:?} {status:?} {outcome:?} {:?} {:?} {causes:?}", endpoint.id, endpoint.environment)
        };
        diagnosis.exchanges.iter().map(of).collect()
    }

    #[test]
    fn verdicts_without_reasons_are_those_of_the_report() {
        let (pack, options) = (Pack::builtin().expect("the packs"), Options::default());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
        let mut files: Vec<_> =
            fs::read_dir(folder).expect("captures").map(|file| file.expect("a file").path()).collect();
        files.sort();
        for file in files.iter().step_by(4) {
            let Ok(text) = fs::read_to_string(file) else { continue };
            let whole = diagnose(text.as_bytes(), &pack, &options);
            let brief = verdicts(&text, &(0..text.len()), &pack, &options);
            assert_eq!(shown(&brief), shown(&whole), "{}", file.display());
        }
    }

    #[test]
    fn exchanges_around_the_batch_are_not_judged() {
        let pack = Pack::builtin().expect("the packs");
        let call = "GET https://a.example/x HTTP/1.1\nAuthorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\n\
                    HTTP/1.1 401 Unauthorized\nContent-Length: 0\n\n";
        let diagnosis = verdicts(&call.repeat(2), &(call.len()..call.len() * 2), &pack, &Options::default());
        let causes: Vec<bool> = diagnosis.exchanges.iter().map(|exchange| exchange.causes.is_empty()).collect();
        assert_eq!(causes, [true, false]);
    }
}
