//! Structured data, whatever the language that printed it.

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Datum {
    /// A string, a number or a word.
    Text(Leaf),
    /// A list, a map, a tuple, an object or a call.
    Group(Group),
    /// Something that the printing program left out: `... 7 more items`, `[Array]`.
    Elided(usize),
}

/// A string, a number or a word.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) is_quoted: bool,
}

/// What one pair of brackets, or one XML element, holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// The name in front of it (`Attribute(…)`), or of the XML element.
    pub(super) name: String,
    /// The opening bracket.
    pub(super) open: u8,
    pub(super) items: Vec<Member>,
    /// Whether its end was found, and that of all groups in it.
    pub(super) is_closed: bool,
    pub(super) line: usize,
}

/// One member of a group: values, and their key if it has one.
#[derive(Clone, Debug, Default)]
pub(super) struct Member {
    pub(super) key: Option<String>,
    pub(super) values: Vec<Datum>,
}

impl Datum {
    pub(super) fn group(&self) -> Option<&Group> {
        match self {
            Self::Group(group) => Some(group),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(leaf) => Some(&leaf.text),
            // XML: `<value value="x"/>`, and an element that holds only text.
            Self::Group(group) => group.get("value").or_else(|| group.get("#text")).and_then(Self::text),
            Self::Elided(_) => None,
        }
    }

    /// Whether all of it is there.
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::Text(_) => true,
            Self::Elided(_) => false,
            Self::Group(group) => group.is_closed && group.items.iter().all(|i| i.values.iter().all(Self::is_whole)),
        }
    }

    /// Calls back for every string, number and word in it; keys are left out.
    pub(super) fn leaves<'n>(&'n self, tell: &mut impl FnMut(&'n Leaf)) {
        match self {
            Self::Text(leaf) => tell(leaf),
            Self::Elided(_) => {}
            Self::Group(group) => group.values().for_each(|v| v.leaves(tell)),
        }
    }
}

impl Group {
    /// All values, with and without a key.
    pub(super) fn values(&self) -> impl Iterator<Item = &Datum> {
        self.items.iter().flat_map(|i| &i.values)
    }

    /// The values of all members with this key.
    pub(super) fn all<'g>(&'g self, key: &'g str) -> impl Iterator<Item = &'g Datum> {
        self.items.iter().filter(move |i| i.key.as_deref() == Some(key)).flat_map(|i| &i.values)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Datum> {
        self.items.iter().find(|i| i.key.as_deref() == Some(key)).and_then(|i| i.values.first())
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Datum::text)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.items.iter().any(|i| i.key.as_deref() == Some(key))
    }
}
