//! The page of one cause: what its rule file says, in words.

use std::io;

use super::style::{PageWriter, TextStyle};
use crate::pack::model::{
    Cause, Certainty, Condition, Effect, Matcher, Pack, Prevalence, Refinement, RuleValue, Sign, SpecialFix,
};
use crate::pack::rule_text::RuleText;
use crate::words::index::readings;

/// Writes the page of a cause.
///
/// # Errors
/// Whatever the writer fails with.
pub(crate) fn write(out: &mut impl io::Write, cause: &Cause, pack: &Pack, style: &TextStyle) -> io::Result<()> {
    let mut page = PageWriter::new(style);
    page.led(0, "", str::to_owned, &cause.title);
    page.prose(0, &format!("[{}] of the pack {}", cause.id, cause.pack));
    page.gap();
    fact(&mut page, "Refused at: ", &checkpoints(cause, pack));
    fact(&mut page, "How common: ", prevalence(cause.prevalence));
    fact(&mut page, "How sure: ", certainty(cause.certainty));
    section(&mut page, "WHAT HAPPENS", &cause.about);
    section(&mut page, "WHAT TO DO", &cause.fix.source());
    cause.fixes.iter().for_each(|special| special_fix(&mut page, special));
    signs(&mut page, "SIGNS", &cause.signs);
    answers(&mut page, cause, pack);
    refusal_words(&mut page, cause, pack);
    references(&mut page, &cause.references);
    cause.refinements.iter().for_each(|r| refinement(&mut page, r));
    examples(&mut page, cause);
    out.write_all(page.finish().as_bytes())
}

/// What to do instead where a condition holds, such as that a certain client was used.
fn special_fix(page: &mut PageWriter<'_>, special: &SpecialFix) {
    page.gap();
    page.prose(0, &special.fix.source());
    page.item(2, "where ", &words(&special.when));
}

/// The words of a refusal that name the cause, or may mean it.
fn refusal_words(page: &mut PageWriter<'_>, cause: &Cause, pack: &Pack) {
    let table = pack.words.table();
    let listed = readings(table);
    let first: Vec<_> = listed.iter().filter(|r| r.causes.first() == Some(&cause.id.as_str())).collect();
    let others = listed.iter().filter(|r| r.causes.iter().skip(1).any(|id| *id == cause.id));
    let others: Vec<String> = others.map(|r| r.says(table)).collect();
    if first.is_empty() && others.is_empty() {
        return;
    }
    page.heading("WORDS");
    for reading in first {
        page.item(0, "- ", &format!("{} ({} of 100)", reading.says(table), reading.weight));
    }
    if !others.is_empty() {
        page.prose(0, "They may also mean it, after another cause:");
        others.iter().for_each(|says| page.item(0, "- ", says));
    }
}

fn fact(page: &mut PageWriter<'_>, lead: &str, text: &str) {
    let style = page.style;
    page.led(0, lead, |t| style.lead(t), text);
}

fn section(page: &mut PageWriter<'_>, heading: &str, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    page.heading(heading);
    page.prose(0, text);
}

fn checkpoints(cause: &Cause, pack: &Pack) -> String {
    let title = |id: &RuleText| {
        let known = pack.pathways.iter().flat_map(|p| &p.checkpoints).find(|c| c.id == *id);
        known.map_or_else(|| id.to_string(), |c| format!("{} ({id})", c.title))
    };
    cause.checkpoints.iter().map(title).collect::<Vec<_>>().join(", ")
}

const fn prevalence(prevalence: Prevalence) -> &'static str {
    match prevalence {
        Prevalence::Common => "often seen (common)",
        Prevalence::Occasional => "sometimes seen (occasional)",
        Prevalence::Rare => "rarely seen (rare)",
    }
}

const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Documented => "stated or tested in a public source (documented)",
        Certainty::Inferred => "not stated in a public source, so never more than likely (inferred)",
    }
}

/// What another pack adds to the cause. Its answers are listed with those of the cause.
fn refinement(page: &mut PageWriter<'_>, refinement: &Refinement) {
    page.heading(&format!("ADDED BY THE PACK {}", refinement.pack));
    if !refinement.pathways.is_empty() {
        fact(page, "Only on the pathways: ", &refinement.pathways.join(", "));
    }
    let what = [
        ("What happens: ", Some(refinement.about.clone())),
        ("What to do: ", refinement.fix.as_ref().map(|fix| fix.source().into())),
    ];
    for (lead, text) in what {
        if let Some(text) = text.filter(|t| !t.is_empty()) {
            fact(page, lead, &text);
        }
    }
    signs(page, "", &refinement.signs);
    for reference in refinement.references.iter() {
        page.item(0, "- ", reference);
    }
}

fn signs(page: &mut PageWriter<'_>, heading: &str, signs: &[Sign]) {
    if signs.is_empty() {
        return;
    }
    if !heading.is_empty() {
        page.heading(heading);
    }
    let style = page.style;
    for sign in signs {
        page.gap();
        let lead = match sign.effect {
            Effect::Confirms => "Confirms it: ".to_owned(),
            Effect::Suggests(weight) => format!("Supports it (weight {weight}): "),
            Effect::Shows => "Shows a defect: ".to_owned(),
            Effect::Excludes => "Rules it out: ".to_owned(),
        };
        page.led(0, &lead, |t| style.lead(t), &sign.because.source());
        for (i, part) in parts(&sign.when).into_iter().enumerate() {
            page.led(3, if i == 0 { "when " } else { " and " }, str::to_owned, &part);
        }
        if let Some(fact) = &sign.points_at {
            page.item(3, "underlines ", &fact.name);
        }
    }
}

/// The parts of a condition that must all hold; each is printed on a line of its own.
fn parts(condition: &Condition) -> Vec<String> {
    match condition {
        Condition::All(all) => all.iter().flat_map(parts).collect(),
        other => vec![words(other)],
    }
}

/// A condition in words.
#[must_use]
pub(crate) fn words(condition: &Condition) -> String {
    match condition {
        Condition::All(all) => joined(all, " and "),
        Condition::Any(any) => joined(any, " or "),
        Condition::Not(part) => format!("not ({})", words(part)),
        Condition::Test(fact, matcher) => format!("{} {}", fact.name, test(matcher)),
    }
}

fn joined(parts: &[Condition], with: &str) -> String {
    let inner = |part: &Condition| match part {
        Condition::All(p) | Condition::Any(p) if p.len() > 1 && parts.len() > 1 => format!("({})", words(part)),
        _ => words(part),
    };
    parts.iter().map(inner).collect::<Vec<_>>().join(with)
}

fn test(matcher: &Matcher) -> String {
    let quoted = |texts: &[RuleText]| texts.iter().map(|t| format!("\"{t}\"")).collect::<Vec<_>>().join(" or ");
    match matcher {
        Matcher::Is(values) => {
            let value = |v: &RuleValue| match v {
                RuleValue::Text(text) => format!("\"{text}\""),
                RuleValue::Number(number) => number.to_string(),
                RuleValue::Flag(true) => "yes".to_owned(),
                RuleValue::Flag(false) => "no".to_owned(),
            };
            format!("is {}", values.iter().map(value).collect::<Vec<_>>().join(" or "))
        }
        Matcher::Matches(pattern) => format!("matches /{}/", pattern.source()),
        Matcher::StartsWith(texts) => format!("begins with {}", quoted(texts)),
        Matcher::EndsWith(texts) => format!("ends with {}", quoted(texts)),
        Matcher::Contains(texts) => format!("contains {}", quoted(texts)),
        Matcher::Between(above, below) => match (above, below) {
            (Some(above), Some(below)) => format!("is above {above} and below {below}"),
            (Some(above), None) => format!("is above {above}"),
            (None, Some(below)) => format!("is below {below}"),
            (None, None) => "is a number".to_owned(),
        },
        Matcher::Present(true) => "is present".to_owned(),
        Matcher::Present(false) => "is known to be absent".to_owned(),
        Matcher::SameAs(other) => format!("is the same as {}", other.name),
    }
}

fn answers(page: &mut PageWriter<'_>, cause: &Cause, pack: &Pack) {
    for (heading, ids) in
        [("ANSWERS THAT NAME IT", &cause.named_by), ("ANSWERS THAT IT SHARES WITH OTHER CAUSES", &cause.answered_by)]
    {
        if ids.is_empty() {
            continue;
        }
        page.heading(heading);
        for id in ids {
            let says = pack.answers.iter().find(|a| a.id == *id).map(|a| a.says.source());
            page.item(0, "- ", &says.map_or_else(|| id.to_string(), |says| format!("{id}: {says}")));
        }
    }
}

fn references(page: &mut PageWriter<'_>, references: &[RuleText]) {
    if references.is_empty() {
        return;
    }
    page.heading("REFERENCES");
    for reference in references {
        page.item(0, "- ", reference);
    }
}

fn examples(page: &mut PageWriter<'_>, cause: &Cause) {
    if cause.all_examples().next().is_none() {
        return;
    }
    page.heading("EXAMPLES");
    for (_, example) in cause.all_examples() {
        page.item(0, "- ", &format!("{}: {}", example.name, example.verdict));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::facts::FactRef;
    use crate::pack::model::{Answer, Checkpoint, Example, Part, Pathway, Template};
    use crate::pack::pattern::Pattern;

    fn fact(name: &str) -> FactRef {
        FactRef::named(name).expect("a fact of the table")
    }

    fn sentence(text: &str) -> Template {
        Template { parts: vec![Part::Words(text.to_owned().into())] }
    }

    fn text(values: &[&str]) -> Matcher {
        Matcher::Is(values.iter().map(|v| RuleValue::Text((*v).to_owned().into())).collect())
    }

    fn is(name: &str, matcher: Matcher) -> Condition {
        Condition::Test(fact(name), matcher)
    }

    fn sign(effect: Effect, because: Template, when: Condition) -> Sign {
        Sign { effect, because: because.into(), points_at: None, when, line: 1 }
    }

    fn cause() -> Cause {
        let bare = Template {
            parts: vec![
                Part::Words("a bare ".into()),
                Part::Fact(fact("authorization.shape")),
                Part::Words(" token: no scheme stands before it".into()),
            ],
        };
        let mut confirms = sign(
            Effect::Confirms,
            bare,
            Condition::All(vec![
                is("authorization.scheme", text(&["none"])),
                is("response.status", Matcher::Is(vec![RuleValue::Number(401)])),
                Condition::Any(vec![
                    is("endpoint.credentials", text(&["bearer"])),
                    Condition::All(vec![
                        is("challenge.schemes", Matcher::Contains(vec!["bearer".into()])),
                        Condition::Not(Box::new(is("request.host", Matcher::StartsWith(vec!["localhost".into()])))),
                    ]),
                ]),
            ]),
        );
        confirms.points_at = Some(fact("authorization.credentials"));
        Cause {
            id: "missing-bearer-prefix".into(),
            pack: "http".into(),
            file: "rules/http/missing-bearer-prefix.toml".into(),
            title: "The access token is sent without the Bearer scheme".into(),
            checkpoints: vec!["access-token".into(), "elsewhere".into()],
            prevalence: Prevalence::Common,
            certainty: Certainty::Documented,
            about: RuleText::from("The server takes the first word for the scheme.\nA bare token has none.").into(),
            fix: sentence("Send `Authorization: Bearer <access token>`: the word Bearer, one space, the token.").into(),
            fixes: vec![SpecialFix {
                when: is("request.field.user-agent", Matcher::StartsWith(vec!["curl/".into()])),
                fix: sentence("Give curl the token with `--oauth2-bearer`: it writes the scheme itself."),
                line: 12,
            }]
            .into(),
            references: vec!["RFC 6750, section 2.1".into()].into(),
            named_by: vec!["no-bearer-token".into()],
            answered_by: vec!["unknown-answer".into()],
            correction: None.into(),
            signs: vec![
                confirms,
                sign(
                    Effect::Suggests(0.5),
                    sentence("the field is too short for a scheme"),
                    is("request.field-count.Authorization", Matcher::Between(Some(0), Some(2))),
                ),
                sign(
                    Effect::Shows,
                    sentence("a token stands elsewhere"),
                    is("credentials.elsewhere", Matcher::Present(true)),
                ),
                sign(
                    Effect::Excludes,
                    sentence("the field already begins with Bearer"),
                    is("authorization.scheme", Matcher::Matches(Box::new(Pattern::new("^bearer$".into())))),
                ),
            ]
            .into(),
            examples: vec![Example {
                name: "raw token on an R4 endpoint".to_owned(),
                verdict: "confirmed".to_owned(),
                underlines: Vec::new(),
                needs: Vec::new(),
                now: None,
                jwks: None,
                product_set: None,
                capture: String::new(),
                line: 9,
            }],
            refinements: vec![Refinement {
                pack: "shop".into(),
                file: "rules/shop/missing-bearer-prefix.toml".into(),
                cause: "missing-bearer-prefix".into(),
                pathways: vec!["e-rs".into()],
                title: None,
                checkpoints: Vec::new(),
                about: RuleText::from("The shop answers 401 before it looks at the basket.").into(),
                fix: Some(sentence("Send the token of the shop after the word Bearer.")).into(),
                references: vec!["the shop's manual".into()].into(),
                named_by: Vec::new(),
                answered_by: Vec::new(),
                signs: vec![sign(
                    Effect::Suggests(0.25),
                    sentence("the basket came back"),
                    is("response.status", Matcher::Is(vec![RuleValue::Number(401)])),
                )]
                .into(),
                examples: Vec::new(),
            }],
            own: (2, 1, 1),
        }
    }

    fn pack() -> Pack {
        Pack {
            pathways: vec![Pathway {
                answers: OnceLock::new(),
                id: "e-rs".into(),
                pack: "nhs-ers".into(),
                title: "the e-RS gateway".into(),
                like: None,
                when: None,
                is_documented: true,
                checkpoints: vec![Checkpoint {
                    id: "access-token".into(),
                    title: "Access token".into(),
                    checks: "Is there a token?".into(),
                    rare_statuses: Vec::new(),
                    statuses: vec![401],
                    certain: true,
                }],
            }],
            answers: vec![Answer {
                id: "no-bearer-token".into(),
                like: Vec::new(),
                pathways: Vec::new(),
                checkpoint: "access-token".into(),
                says: sentence("the gateway found no Bearer token").into(),
                names: true,
                fits: false,
                is_vague: false,
                is_fallback: false,
                certainty: Certainty::Documented,
                references: Vec::new().into(),
                when: is("response.status", Matcher::Is(vec![RuleValue::Number(401)])).into(),
                place: ("rules/x.toml".into(), 1),
                examples: Vec::new(),
            }],
            ..Pack::default()
        }
    }

    #[test]
    fn the_page_of_a_cause() {
        let mut out = Vec::new();
        write(&mut out, &cause(), &pack(), &TextStyle::default()).expect("a vector takes everything");
        insta::assert_snapshot!(String::from_utf8(out).expect("UTF-8"));
    }

    #[test]
    fn every_matcher_has_words() {
        let all = [
            is("request.host", text(&["a", "b"])),
            is("token.outlived", Matcher::Is(vec![RuleValue::Flag(true)])),
            is("token.age", Matcher::Between(Some(5), None)),
            is("token.age", Matcher::Between(None, Some(-5))),
            is("authorization.state", Matcher::Present(false)),
            is("endpoint.named", Matcher::SameAs(fact("endpoint.id"))),
        ];
        insta::assert_snapshot!(all.iter().map(words).collect::<Vec<_>>().join("\n"));
    }
}
