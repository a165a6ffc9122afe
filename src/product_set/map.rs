//! The user's own table from endpoints to interaction ids.

use std::collections::BTreeMap;
use std::fmt;

use super::grid;
use super::names::SetNames;
use super::source::SetSource;
use super::table::{ENDPOINT, INTERACTION, column_name};
use super::words;
use crate::pack::model::Pack;

/// Which interactions belong to which endpoint, from a table of the user.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct InteractionMap {
    by_endpoint: BTreeMap<String, Vec<String>>,
}

impl fmt::Debug for InteractionMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InteractionMap({} endpoints)", self.by_endpoint.len())
    }
}

/// Why a table cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapError {
    /// The first line does not name the two columns.
    NoColumns,
    /// No row has both an endpoint and an interaction.
    NoRows,
}

impl fmt::Display for MapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoColumns => "the first line does not name the columns endpoint_id and interaction_id",
            Self::NoRows => "no row has both an endpoint and an interaction",
        })
    }
}

impl std::error::Error for MapError {}

impl InteractionMap {
    /// Reads a CSV with the columns `endpoint_id` and `interaction_id`; rows without an interaction are left out.
    ///
    /// # Errors
    /// [`MapError`] if nothing in it can be used.
    pub fn read(bytes: &[u8], pack: &Pack) -> Result<Self, MapError> {
        let names = SetNames::of(pack);
        let source = SetSource::of(&crate::text::decode(bytes).text);
        let grid = grid::of(&source).ok_or(MapError::NoColumns)?;
        let mut rows = grid.rows.iter();
        let headings: Vec<String> =
            rows.next().map_or(Vec::new(), |r| r.cells.iter().map(|c| column_name(c)).collect());
        let place = |wanted: &[&str]| headings.iter().position(|c| wanted.contains(&c.as_str()));
        let (Some(endpoint), Some(interaction)) = (place(&ENDPOINT), place(&INTERACTION)) else {
            return Err(MapError::NoColumns);
        };
        let mut map = Self::default();
        for row in rows {
            let cell = |i: usize| row.cells.get(i).map_or("", String::as_str);
            if let (Some(endpoint), Some(id)) = (names.endpoint(cell(endpoint)), words::interaction(cell(interaction)))
            {
                map.by_endpoint.entry(endpoint).or_default().push(id);
            }
        }
        if map.by_endpoint.is_empty() { Err(MapError::NoRows) } else { Ok(map) }
    }

    /// The interactions of an endpoint.
    #[must_use]
    pub fn of(&self, endpoint: &str) -> &[String] {
        self.by_endpoint.get(endpoint).map_or(&[], Vec::as_slice)
    }
}
