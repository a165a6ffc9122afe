//! Which system a product set belongs to, as JSON.

use serde::Serialize;

use crate::diagnosis::model::SetOf;

/// The members are part of what holds it.
#[derive(Debug, Serialize)]
pub(super) struct SetOwnerJson {
    asid: Option<String>,
    party_key: Option<String>,
    ods_code: Option<String>,
    environment: Option<String>,
    access_mode: Option<String>,
    product: ProductJson,
}

#[derive(Debug, Serialize)]
struct ProductJson {
    manufacturer: Option<String>,
    name: Option<String>,
    version: Option<String>,
}

impl From<SetOf> for SetOwnerJson {
    fn from(of: SetOf) -> Self {
        Self {
            asid: of.asid,
            party_key: of.party_key,
            ods_code: of.ods,
            environment: of.environment,
            access_mode: of.access_mode,
            product: ProductJson { manufacturer: of.manufacturer, name: of.product, version: of.version },
        }
    }
}
