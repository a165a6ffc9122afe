//! What a fact is: its entry in the table, its value, and the typed keys under which it is set and read.

use std::borrow::Cow;
use std::marker::PhantomData;

use crate::text::Span;

/// The type of a fact's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Free text.
    Text,
    /// One of a closed list of words.
    OneOf(&'static [&'static str]),
    /// A whole number.
    Number,
    /// True or false.
    Flag,
    /// Several texts; a rule asks whether one of them fits.
    List,
    /// Several words of a closed list.
    ListOf(&'static [&'static str]),
}

/// The entry of a fact in the table.
#[derive(Clone, Copy, Debug)]
pub struct FactInfo {
    /// Its dotted name. A final `*` makes it a family: a name of the capture takes the place of the star.
    pub name: &'static str,
    /// The type of its value.
    pub kind: Type,
    /// What it is, as half a sentence without a full stop.
    pub says: &'static str,
    /// How to get it where the capture does not show it.
    pub how: &'static str,
    /// Its number, once it is in the table.
    pub(super) slot: usize,
}

impl FactInfo {
    pub(super) const fn new(name: &'static str, kind: Type, says: &'static str, how: &'static str) -> Self {
        Self { name, kind, says, how, slot: usize::MAX }
    }

    /// Whether it is a family.
    #[must_use]
    pub const fn is_family(&self) -> bool {
        matches!(self.name.as_bytes(), [.., b'*'])
    }
}

/// A member of a list, with its place.
pub(crate) type ListItem = (Cow<'static, str>, Vec<Span>);

/// The value of a fact.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A text, or a word of a closed list.
    Text(Cow<'static, str>),
    /// A whole number.
    Number(i64),
    /// True or false.
    Flag(bool),
    /// Several texts, each with its place.
    List(Vec<ListItem>),
}

/// A value may be a credential: `Debug` shows only what kind of value it is.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Number(number) => write!(f, "Number({number})"),
            Self::Flag(flag) => write!(f, "Flag({flag})"),
            Self::List(items) => write!(f, "List({} items)", items.len()),
        }
    }
}

impl Value {
    /// The value as text; the members of a list with commas between them.
    #[must_use]
    pub(crate) fn words(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Flag(flag) => Cow::Borrowed(if *flag { "yes" } else { "no" }),
            Self::List(items) => Cow::Owned(items.iter().map(|(t, _)| &**t).collect::<Vec<_>>().join(", ")),
        }
    }
}

/// A fact of one exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fact {
    /// It is known, by these characters.
    Known(Value, Vec<Span>),
    /// It is known not to be there; the spans show the message that lacks it.
    Absent(Vec<Span>),
    /// The capture does not show it.
    #[default]
    Unseen,
}

pub(super) static UNSEEN: Fact = Fact::Unseen;

/// A word of a closed list.
pub(crate) trait Word: Copy + 'static {
    /// All words of the list, in the order of the documents.
    const WORDS: &'static [&'static str];

    /// The word as rules write it.
    fn word(self) -> &'static str;
}

/// The Rust type of a fact: `String`, `i64`, `bool`, `Vec<String>`, a list of words `W`, or `Vec<W>`.
pub(crate) trait FactType {
    /// What a reader hands in.
    type Given;
    /// The type as the table has it.
    const KIND: Type;

    /// What rules compare.
    fn value(given: Self::Given) -> Value;
}

impl FactType for String {
    type Given = Cow<'static, str>;
    const KIND: Type = Type::Text;

    fn value(given: Self::Given) -> Value {
        Value::Text(given)
    }
}

impl FactType for i64 {
    type Given = Self;
    const KIND: Type = Type::Number;

    fn value(given: Self) -> Value {
        Value::Number(given)
    }
}

impl FactType for bool {
    type Given = Self;
    const KIND: Type = Type::Flag;

    fn value(given: Self) -> Value {
        Value::Flag(given)
    }
}

impl<W: Word> FactType for W {
    type Given = W;
    const KIND: Type = Type::OneOf(W::WORDS);

    fn value(given: W) -> Value {
        Value::Text(Cow::Borrowed(given.word()))
    }
}

impl FactType for Vec<String> {
    type Given = Vec<ListItem>;
    const KIND: Type = Type::List;

    fn value(given: Self::Given) -> Value {
        Value::List(given)
    }
}

impl<W: Word> FactType for Vec<W> {
    type Given = Vec<(W, Vec<Span>)>;
    const KIND: Type = Type::ListOf(W::WORDS);

    fn value(given: Self::Given) -> Value {
        Value::List(given.into_iter().map(|(w, at)| (Cow::Borrowed(w.word()), at)).collect())
    }
}

/// A fact as its reader hands it in: [`Fact`] with the type of its key.
#[derive(Clone, Debug)]
pub(crate) enum Observed<T: FactType> {
    /// It is known, by these characters.
    Known(T::Given, Vec<Span>),
    /// It is known not to be there.
    Absent(Vec<Span>),
    /// The capture does not show it.
    Unseen,
}

impl<T: FactType> Observed<T> {
    /// Known by one stretch of the paste.
    pub(crate) fn at(given: impl Into<T::Given>, span: Span) -> Self {
        Self::Known(given.into(), vec![span])
    }

    /// Absent, shown by one stretch of the paste.
    pub(crate) fn absent(span: Span) -> Self {
        Self::Absent(vec![span])
    }
}

impl Observed<String> {
    /// A text by the characters that it was read from.
    pub(crate) fn text(text: &crate::text::Text) -> Self {
        Self::Known(Cow::Owned(text.as_str().to_owned()), vec![text.span()])
    }
}

impl Observed<Vec<String>> {
    /// A list that rests on the characters of its members.
    pub(crate) fn list(items: Vec<ListItem>) -> Self {
        let spans = items.iter().flat_map(|(_, at)| at.iter().copied()).collect();
        Self::Known(items, spans)
    }
}

impl<T: FactType> From<Observed<T>> for Fact {
    fn from(observed: Observed<T>) -> Self {
        match observed {
            Observed::Known(given, spans) => Self::Known(T::value(given), spans),
            Observed::Absent(spans) => Self::Absent(spans),
            Observed::Unseen => Self::Unseen,
        }
    }
}

/// Where the numbers of the facts begin: the first group is after it.
pub(super) struct Start;

impl Start {
    pub(super) const END: usize = 0;
}

/// The place of a fact in its group, by name.
const fn position(group: &[FactInfo], name: &str) -> usize {
    let mut at = 0;
    while at < group.len() {
        if is_same(group[at].name, name) {
            return at;
        }
        at += 1;
    }
    panic!("the group does not declare this fact")
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// A fact by its number and type.
pub(crate) struct Key<T> {
    pub(super) slot: usize,
    kind: PhantomData<fn() -> T>,
}

impl<T> Key<T> {
    /// The key of a fact in a group whose facts are numbered from `first`.
    pub(super) const fn new(first: usize, group: &[FactInfo], name: &str) -> Self {
        Self { slot: first + position(group, name), kind: PhantomData }
    }
}

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Key<T> {}

/// A family of facts by its number and type.
pub(crate) struct Family<T> {
    pub(super) slot: usize,
    kind: PhantomData<fn() -> T>,
}

impl<T> Family<T> {
    /// The key of a family in a group whose facts are numbered from `first`.
    pub(super) const fn new(first: usize, group: &[FactInfo], name: &str) -> Self {
        Self { slot: first + position(group, name), kind: PhantomData }
    }
}

impl<T> Clone for Family<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Family<T> {}
