//! The labelled values that bear on an exchange.

use std::sync::Arc;

use super::request::MentionView;

/// The labelled values that bear on an exchange. Those of the text around it are shared by all exchanges of an input: a
/// log may have thousands of both.
#[derive(Clone, Debug, Default)]
pub struct MentionList {
    /// What the caller states, and the fields of the exchange itself.
    pub own: Vec<MentionView>,
    said: SharedMentions,
}

/// What the text around the exchanges mentions.
#[derive(Clone, Debug, Default)]
pub(crate) struct SharedMentions {
    all: Arc<[MentionView]>,
    /// The first one of each kind.
    first: Arc<[usize]>,
}

impl SharedMentions {
    pub(crate) fn of(all: Vec<MentionView>) -> Self {
        let mut first: Vec<usize> = Vec::new();
        for (at, mention) in all.iter().enumerate() {
            // There are about a dozen kinds.
            if !first.iter().any(|known| all[*known].kind == mention.kind) {
                first.push(at);
            }
        }
        Self { all: all.into(), first: first.into() }
    }
}

impl MentionList {
    pub(crate) fn new(own: Vec<MentionView>, said: &SharedMentions) -> Self {
        Self { own, said: said.clone() }
    }

    /// All values, those of the exchange itself first.
    pub fn iter(&self) -> impl Iterator<Item = &MentionView> {
        self.own.iter().chain(&*self.said.all)
    }

    /// The values that count: of several of one kind the first one. A kind may come twice, in a field and in the text; then
    /// the field counts.
    pub fn first_of_kinds(&self) -> impl Iterator<Item = &MentionView> {
        self.own.iter().chain(self.said.first.iter().map(|at| &self.said.all[*at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn exchanges_share_what_the_text_says() {
        let mention = |kind: &str, value: &str| MentionView {
            kind: kind.to_owned(),
            title: String::new(),
            value: value.to_owned(),
            span: Span::new(0, 0),
        };
        let said = SharedMentions::of(vec![mention("asid", "1"), mention("asid", "2"), mention("app-id", "3")]);
        let list = MentionList::new(vec![mention("app-id", "4")], &said);
        let values = |all: Vec<&MentionView>| all.iter().map(|m| m.value.clone()).collect::<String>();
        assert_eq!(values(list.iter().collect()), "4123");
        assert_eq!(values(list.first_of_kinds().collect()), "413");
        assert!(Arc::ptr_eq(&list.said.all, &said.all));
    }
}
