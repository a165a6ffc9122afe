//! Many captures in one run: files of any size, read one record at a time with bounded memory.
//!
//! `records` cuts a file into records (an entry of a HAR file, a line), `batches` puts so many of them together as are judged in
//! one go, `row` judges a batch, and `summary` counts. Batches are judged on all cores, a few at a time; what comes of them is
//! in the order of the input.

mod batches;
mod records;
mod row;
mod summary;
mod utf16;

use std::io::{self, Read};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

pub(crate) use batches::Batches;
use batches::BulkBatch;
pub(crate) use row::BulkRow;
pub(crate) use summary::{BulkSummary, request_shape};

use crate::options::Options;
use crate::pack::model::Pack;

/// How many batches for each core are read before they are judged. Fewer leave a core idle at the end of a round.
const FOR_EACH_CORE: usize = 2;

/// Judges all exchanges of a file; `found` gets those of each batch, in the order of the file, and says whether to go on.
/// Returns how many records were cut because they are too long.
///
/// # Errors
/// The file cannot be read, or `found` fails.
pub(crate) fn judge_file(
    file: impl Read,
    (pack, options): (&Pack, &Options),
    cores: usize,
    mut found: impl FnMut(Vec<BulkRow>) -> io::Result<bool>,
) -> io::Result<usize> {
    let mut batches = Batches::of(file)?;
    loop {
        let mut round: Vec<BulkBatch> = Vec::new();
        while round.len() < cores * FOR_EACH_CORE {
            let Some(batch) = batches.next_batch()? else { break };
            round.push(batch);
        }
        if round.is_empty() {
            return Ok(batches.cut());
        }
        for rows in on_cores(&round, cores, |batch| row::judge(batch, pack, options)) {
            if !found(rows)? {
                return Ok(batches.cut());
            }
        }
    }
}

/// Judges all exchanges of a text and writes them as lines of JSON: what `why401 bulk` does with a file.
///
/// # Errors
/// The text cannot be read, or the writer fails.
pub fn judge(text: &[u8], pack: &Pack, options: &Options, out: &mut dyn io::Write) -> io::Result<usize> {
    judge_file(text, (pack, options), 1, |rows| {
        rows.iter().try_for_each(|row| row.write(out, "text"))?;
        Ok(true)
    })
}

/// Does the same with all items, on so many cores; the results are in the order of the items.
fn on_cores<T: Sync, R: Send + Sync>(items: &[T], cores: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if cores < 2 || items.len() < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Vec<OnceLock<R>> = items.iter().map(|_| OnceLock::new()).collect();
    thread::scope(|scope| {
        for _ in 0..cores.min(items.len()) {
            scope.spawn(|| {
                while let Some((item, done)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    items.get(at).zip(done.get(at))
                } {
                    // Each item is taken once.
                    let _ = done.set(work(item));
                }
            });
        }
    });
    done.into_iter().filter_map(OnceLock::into_inner).collect()
}
