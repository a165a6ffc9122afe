//! The skeleton of a new rule file.

use super::problem::{Problem, echoed};
use crate::report::style::file_name;

/// The text of a new rule file; `id` goes into its comment only, since the name of the file is the id.
pub(super) fn rule(id: &str) -> Result<String, Problem> {
    if !is_id(id) {
        let near: String = id.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let near = near.split('-').filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-");
        let problem = Problem::new("rules new", format!("`{}` cannot be the id of a cause", file_name(&echoed(id))))
            .expected("lower-case letters, digits and hyphens, starting with a letter: token-expired");
        let is_slip = echoed(id) == id;
        return Err(if is_slip && is_id(&near) { problem.todo(format!("did you mean `{near}`?")) } else { problem });
    }
    if echoed(id) != id {
        let found = format!("`{}` looks like a credential or an NHS number", echoed(id));
        return Err(Problem::new("rules new", found).expected("words that say what is wrong: token-expired"));
    }
    Ok(SKELETON.replace("{id}", id))
}

fn is_id(id: &str) -> bool {
    const LONGEST: usize = 64;
    id.len() <= LONGEST
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.split('-').all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

const SKELETON: &str = r#"#:schema ../schema.json
# Save as rules/<pack>/{id}.toml, then run `why401 rules test rules {id}`.

title      = "What is wrong, in one line and without a full stop"
checkpoint = "access-token"   # where a gateway refuses it
prevalence = "occasional"     # common | occasional | rare: breaks ties
certainty  = "inferred"       # documented | inferred: an inferred cause is never more than likely
about      = """Two or three sentences: what the server does with it, and how sure that is."""
fix        = "What to do, in one sentence."
references = ["RFC 6750, section 2.1"]

[[sign]]
effect    = "suggests"        # confirms | suggests (with a weight) | shows | excludes
weight    = 0.5
because   = "the scheme is {authorization.scheme}"
points-at = "authorization.scheme"
[sign.when]                   # `why401 facts` lists what may stand here
authorization.scheme = "token"

[[example]]                   # a test: the verdict, and what the evidence underlines
name       = "what the example shows"
verdict    = "likely"
underlines = ["Token"]
capture    = '''
GET https://api.example.org/orders/1 HTTP/1.1
Host: api.example.org
Authorization: Token 3f9c1a7be2

HTTP/1.1 401 Unauthorized
'''
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_checked_and_a_near_one_offered() {
        assert!(rule("token-expired").is_ok_and(|t| t.contains("/token-expired.toml")));
        insta::assert_snapshot!(rule("Token Expired!").expect_err("not an id"));
        insta::assert_snapshot!(rule("---").expect_err("not an id"));
    }
}
