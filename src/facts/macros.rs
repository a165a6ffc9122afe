//! The macro that declares groups of facts, and the one for closed lists of words.

/// Declares a group of facts that one reader sets together.
///
/// The comment above a fact is what the documents say of it. The facts are numbered from the end of the group that
/// `after` names.
///
/// `group G` makes a struct with one [`Observed`](super::Observed) for each fact, a function for each that gives its
/// key, and `G::put` to hand the struct in. `family G` does the same for families: `G::put_member` sets the facts of
/// one member, `G::put_others` those of all members that are not set by themselves.
macro_rules! facts {
    (
        $(#[$about:meta])*
        $form:ident $group:ident after $before:ty {
            $( $(#[doc = $says:literal])+ $name:literal => $field:ident: $kind:ty, $how:expr; )+
        }
    ) => {
        $(#[$about])*
        pub(crate) struct $group {
            $( $(#[doc = $says])+ pub(crate) $field: $crate::facts::model::Observed<$kind>, )+
        }

        // Every fact has its key and every group its shortcuts, also where no reader uses them yet.
        #[allow(dead_code)]
        impl $group {
            const FIRST: usize = <$before>::END;
            pub(in crate::facts) const END: usize = Self::FIRST + Self::FACTS.len();
            pub(in crate::facts) const FACTS: &'static [$crate::facts::model::FactInfo] = &[
                $( $crate::facts::model::FactInfo::new(
                    $name,
                    <$kind as $crate::facts::model::FactType>::KIND,
                    concat!($($says),+).trim_ascii_start(),
                    $how,
                ), )+
            ];

            /// The group of a message that does not show any of it.
            pub(crate) fn unseen() -> Self {
                Self { $( $field: $crate::facts::model::Observed::Unseen, )+ }
            }

            /// The group of a message that is known to have none of it.
            pub(crate) fn absent(spans: &[$crate::text::Span]) -> Self {
                Self { $( $field: $crate::facts::model::Observed::Absent(spans.to_vec()), )+ }
            }
        }

        facts! { @$form $group { $( $name => $field: $kind; )+ } }
    };
    (@group $group:ident { $( $name:literal => $field:ident: $kind:ty; )+ }) => {
        #[allow(dead_code)]
        impl $group {
            $( pub(crate) const fn $field() -> $crate::facts::model::Key<$kind> {
                const { $crate::facts::model::Key::new($group::FIRST, $group::FACTS, $name) }
            } )+

            /// Sets all facts of the group.
            pub(crate) fn put(self, facts: &mut $crate::facts::store::Facts) {
                $( facts.set(Self::$field(), self.$field); )+
            }
        }
    };
    (@family $group:ident { $( $name:literal => $field:ident: $kind:ty; )+ }) => {
        #[allow(dead_code)]
        impl $group {
            $( pub(crate) const fn $field() -> $crate::facts::model::Family<$kind> {
                const { $crate::facts::model::Family::new($group::FIRST, $group::FACTS, $name) }
            } )+

            /// Sets the facts of one member.
            pub(crate) fn put_member(self, facts: &mut $crate::facts::store::Facts, member: &str) {
                $( facts.set_member(Self::$field(), member, self.$field); )+
            }

            /// Sets the facts of all members that are not set by themselves.
            pub(crate) fn put_others(self, facts: &mut $crate::facts::store::Facts) {
                $( facts.set_others(Self::$field(), self.$field); )+
            }
        }
    };
}

/// Declares a closed list of words as an enum. The order is the one of the documents. Lists after `pub` are part of the
/// public interface.
macro_rules! words {
    ($( $(#[$about:meta])* pub $name:ident { $( $variant:ident = $word:literal, )+ } )+) => { $(
        words!(@list pub, $(#[$about])* $name { $( $variant = $word, )+ });

        impl $name {
            /// The word, as in a JSON report.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }
        }
    )+ };
    ($( $(#[$about:meta])* $name:ident { $( $variant:ident = $word:literal, )+ } )+) => {
        $( words!(@list pub(crate), $(#[$about])* $name { $( $variant = $word, )+ }); )+
    };
    (@list $vis:vis, $(#[$about:meta])* $name:ident { $( $variant:ident = $word:literal, )+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name {
            $( #[doc = concat!("`", $word, "`")] $variant, )+
        }

        impl $crate::facts::model::Word for $name {
            const WORDS: &'static [&'static str] = &[$( $word, )+];

            fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }
        }

        #[allow(dead_code)]
        impl $name {
            /// The word that is written like this.
            pub(crate) fn of(word: &str) -> Option<Self> {
                match word { $( $word => Some(Self::$variant), )+ _ => None }
            }
        }
    };
}
