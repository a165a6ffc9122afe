//! The form of a request's body.

use super::{response, url};
use crate::capture::lines::form_body::is_form;
use crate::capture::model::{Body, Request};
use crate::text::Text;

/// The form parameters of a request, decoded. The members of a JSON object count too: people send one where a form is
/// wanted.
pub(crate) fn parameters(request: &Request) -> Vec<(Text, Text)> {
    match &request.body {
        Body::Form(pairs) => pairs.clone(),
        Body::Text(text) if is_form(text.as_str()) => url::parameters(&text.trim()),
        Body::Text(text) => response::document(text)
            .map(|json| {
                let members = json.members().iter();
                members.filter_map(|(name, value)| Some((name.clone(), value.as_text()?.clone()))).collect()
            })
            .unwrap_or_default(),
        Body::Unseen | Body::Empty(_) => Vec::new(),
    }
}
