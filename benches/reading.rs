//! How fast the library is: `cargo bench --bench reading`. The numbers of one run can be compared with each other, not with those
//! of another machine. Whole runs of the program are measured by `cargo xtask bench` and benches/compare.sh.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use why401::internals::judge_in_bulk;
use why401::{Masker, Options, Pack, TextStyle, diagnose, write_text};
use xtask::{inputs, root};

/// How many exchanges, posts or lines an input has.
const COUNT: usize = 200;

/// Seconds for each kind of input: one run of some takes a tenth of a second.
const LONGEST: f64 = 2.0;

fn main() {
    divan::main();
}

fn pack() -> Pack {
    Pack::builtin().expect("the built-in packs are right")
}

fn ticket() -> Vec<u8> {
    std::fs::read(root().join("examples/ticket.txt")).expect("the ticket of the README")
}

#[divan::bench]
fn load_packs() -> Pack {
    pack()
}

#[divan::bench]
fn ticket_of_the_readme(bencher: Bencher) {
    let (pack, ticket, options) = (pack(), ticket(), Options::default());
    bencher.counter(ItemsCount::new(1_usize)).bench(|| diagnose(&ticket, &pack, &options));
}

#[divan::bench]
fn text_report(bencher: Bencher) {
    let diagnosis = diagnose(&ticket(), &pack(), &Options::default());
    let style = TextStyle::default();
    bencher.bench(|| {
        let mut report = Vec::new();
        write_text(&mut report, &diagnosis, &style).expect("written");
        report
    });
}

#[divan::bench(args = inputs::KINDS, max_time = LONGEST)]
fn diagnosis(bencher: Bencher, kind: &str) {
    let (pack, options) = (pack(), Options::default());
    let input = inputs::of(kind, COUNT).expect("a known kind");
    bencher.counter(BytesCount::of_str(&input)).bench(|| diagnose(input.as_bytes(), &pack, &options));
}

/// What `why401 bulk` does with a file, on one core.
#[divan::bench(args = inputs::KINDS, max_time = LONGEST)]
fn bulk(bencher: Bencher, kind: &str) {
    let (pack, options) = (pack(), Options::default());
    let input = inputs::of(kind, COUNT).expect("a known kind");
    bencher
        .counter(BytesCount::of_str(&input))
        .bench(|| judge_in_bulk(input.as_bytes(), &pack, &options, &mut std::io::sink()).expect("a text"));
}

#[divan::bench(args = inputs::KINDS, max_time = LONGEST)]
fn masking(bencher: Bencher, kind: &str) {
    let pack = pack();
    let input = inputs::of(kind, COUNT).expect("a known kind");
    bencher.counter(BytesCount::of_str(&input)).bench(|| Masker::new(&[], &[]).mask(input.as_bytes(), &pack));
}
