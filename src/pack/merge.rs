//! From rule files to one pack. `build.rs` does it with the built-in files, the program with those of a user.

use std::collections::BTreeSet;
use std::path::Path;

use super::late::{Late, Readable};
use super::loaded::{Link, Loaded, Unread};
use super::lower::{self, File};
use super::model::{Answer, Matcher, Mistake, Pack, ProductSetRules, Refinement, RuleValue};
use super::rule_text::RuleText;
use super::{files, tree, words};
use crate::nearest::nearest;
use crate::words::source::is_words;
use crate::words::table::Class;

/// Adds rule files to what is loaded, in this order. An entry replaces an earlier one with the same id.
pub(crate) fn add(loaded: &mut Loaded, unread: &[Unread<'_>], with_examples: bool, checks_links: bool) {
    for file in unread {
        let part = read(file, with_examples, checks_links);
        merge(loaded, part, file.is_own, unread);
    }
}

/// Joins what was loaded to one pack. The words stay where they are.
///
/// # Errors
/// Every mistake of every file.
pub(crate) fn join(loaded: &mut Loaded, unread: &[Unread<'_>]) -> Result<Pack, Vec<Mistake>> {
    // Names that a broken file would have defined are not missing: its own mistakes come first.
    if !loaded.mistakes.iter().any(|m| m.found.starts_with(lower::NOT_TOML)) {
        check_links(loaded, unread);
    }
    if !loaded.mistakes.is_empty() {
        return Err(std::mem::take(&mut loaded.mistakes));
    }
    let mut pack = std::mem::take(&mut loaded.pack);
    pack.causes.sort_by(|a, b| a.id.cmp(&b.id));
    refine(&mut pack, std::mem::take(&mut loaded.refinements));
    spread(&mut pack);
    // A pathway without a condition is the last resort, so it comes last.
    pack.pathways.sort_by_key(|p| p.when.is_none());
    pack.telling_words = Late::from(telling_words(&pack.answers));
    Ok(pack)
}

/// The texts with which answers compare the refusal's message, and whether their letters must be as written.
fn telling_words(answers: &[Answer]) -> Vec<(RuleText, bool)> {
    /// Shorter words may come from anything.
    const SHORTEST: usize = 14;
    let of = |matcher: &Matcher| -> Vec<(RuleText, bool)> {
        match matcher {
            Matcher::Is(values) => values
                .iter()
                .filter_map(|value| match value {
                    RuleValue::Text(text) => Some((text.clone(), true)),
                    _ => None,
                })
                .collect(),
            Matcher::StartsWith(words) => words.iter().map(|words| (words.clone(), true)).collect(),
            Matcher::Contains(words) => words.iter().map(|words| (words.clone(), false)).collect(),
            _ => Vec::new(),
        }
    };
    let words = answers.iter().flat_map(|answer| answer.when.matchers("refusal.message")).flat_map(of);
    words.filter(|(text, _)| text.len() >= SHORTEST).collect()
}

/// Takes a pack apart again, so that files can be added to it.
pub(crate) fn part(mut pack: Pack) -> Loaded {
    let mut refinements = Vec::new();
    for cause in &mut pack.causes {
        refinements.append(&mut cause.refinements);
        cause.checkpoints.truncate(cause.own.0);
        cause.named_by.truncate(cause.own.1);
        cause.answered_by.truncate(cause.own.2);
    }
    Loaded { pack, refinements, ..Loaded::default() }
}

/// Reads a file.
pub(super) fn read(unread: &Unread<'_>, with_examples: bool, checks_links: bool) -> Loaded {
    let mut loaded = Loaded { checks_links, ..Loaded::default() };
    // A diagnosis does not need the examples.
    let end = if with_examples { unread.text.len() } else { tree::examples_at(&unread.text) };
    let mut file = File::new(&unread.shown, &unread.text[..end], unread.is_own);
    let name = &*unread.name;
    match name {
        name if is_words(name) => words::words(&mut file, &mut loaded),
        "_answers.toml" => files::answers(&mut file, with_examples, &mut loaded),
        "_catalogue.toml" => files::catalogue(&mut file, &mut loaded),
        "_environments.toml" => files::environments(&mut file, &mut loaded),
        "_pack.toml" => files::scope(&mut file, &unread.pack, &mut loaded),
        "_pathway.toml" => files::pathways(&mut file, &unread.pack, &mut loaded),
        "_product_set.toml" => files::product_set(&mut file, &mut loaded),
        "_vocabulary.toml" => files::vocabulary(&mut file, &unread.pack, &mut loaded),
        _ if name.starts_with('_') => {
            let known = "_answers.toml, _catalogue.toml, _environments.toml, _pack.toml, _pathway.toml, \
                         _product_set.toml, _system.toml, _vocabulary.toml, _words.toml";
            file.mistake(0..0, format!("there is no kind of file `{name}`"), format!("Known: {known}."));
        }
        _ => files::cause(&mut file, &unread.pack, name.trim_end_matches(".toml"), with_examples, &mut loaded),
    }
    loaded.mistakes.append(&mut file.take_mistakes());
    loaded
}

/// Merges a file into the packs. An entry replaces an earlier one with the same id.
pub(super) fn merge(whole: &mut Loaded, mut part: Loaded, is_own: bool, unread: &[Unread<'_>]) {
    for link in part.links.extract_if(.., |l| l.what == Link::NEW_ANSWER) {
        let twin = whole.pack.answers.iter().find(|a| a.id == link.name);
        if let Some(twin) = twin.filter(|_| !is_own) {
            let found = format!("there is an answer `{}` already, in {}:{}", link.name, twin.place.0, twin.place.1);
            whole.mistakes.push(link.mistake(unread, found, "Give it another id.".to_owned()));
        }
    }
    whole.links.append(&mut part.links);
    replace(&mut whole.refinements, part.refinements, |a, b| {
        a.pack == b.pack && Path::new(a.file.as_str()).file_name() == Path::new(b.file.as_str()).file_name()
    });
    whole.mistakes.append(&mut part.mistakes);
    whole.mistakes.truncate(lower::MOST_MISTAKES);
    whole.words = crate::words::source::merged(std::mem::take(&mut whole.words), part.words);
    let (pack, new) = (&mut whole.pack, part.pack);
    replace(&mut pack.causes, new.causes, |a, b| a.id == b.id);
    replace(&mut pack.answers, new.answers, |a, b| a.id == b.id);
    replace(&mut pack.apis, new.apis, |a, b| a.id == b.id);
    replace_late(&mut pack.operations, new.operations, |a, b| {
        (&a.api, &a.method, &a.path) == (&b.api, &b.method, &b.path)
    });
    replace(&mut pack.scopes, new.scopes, |a, b| a.pack == b.pack);
    replace(&mut pack.environments, new.environments, |a, b| a.name == b.name);
    replace(&mut pack.vocabulary.mentions, new.vocabulary.mentions, |a, b| a.kind == b.kind);
    replace(&mut pack.vocabulary.topics, new.vocabulary.topics, |a, b| a.id == b.id);
    product_sets(&mut pack.product_set, new.product_set);
    pack.vocabulary.fields.extend(new.vocabulary.fields);
    pack.vocabulary.token_fields.extend(new.vocabulary.token_fields);
    pack.vocabulary.secret_fields.extend(new.vocabulary.secret_fields);
    pack.vocabulary.scope_claims.extend(new.vocabulary.scope_claims);
    pack.vocabulary.needed_scopes.extend(new.vocabulary.needed_scopes);
    pack.vocabulary.granted_scopes.extend(new.vocabulary.granted_scopes);
    pack.vocabulary.pages.extend(new.vocabulary.pages);
    pack.vocabulary.staff.extend(new.vocabulary.staff);
    // The first matching pathway is used: file order within a pack, and later packs first, since they are more specific.
    let mut pathways = new.pathways;
    pack.pathways.retain(|p| !pathways.iter().any(|q| q.id == p.id));
    pathways.append(&mut pack.pathways);
    pack.pathways = pathways;
}

/// Merges what a file says about product sets. Its head and its email replace earlier ones; sentences have no ids, so
/// those of a file replace all earlier ones.
fn product_sets(whole: &mut ProductSetRules, new: ProductSetRules) {
    if !new.api.is_empty() {
        (whole.api, whole.cause, whole.topic) = (new.api, new.cause, new.topic);
        (whole.namespace, whole.title) = (new.namespace, new.title);
    }
    replace_late(&mut whole.interactions, new.interactions, |a, b| a.id == b.id);
    replace_late(&mut whole.verbs, new.verbs, |a, b| (&a.method, a.instance) == (&b.method, b.instance));
    replace_late(&mut whole.since, new.since, |a, b| a.0 == b.0);
    if !new.says.is_empty() {
        whole.says = new.says;
    }
    if new.draft.is_some() {
        whole.draft = new.draft;
    }
}

/// The same for a list that is read late.
fn replace_late<T>(whole: &mut Late<Vec<T>>, mut new: Late<Vec<T>>, same: impl Fn(&T, &T) -> bool)
where
    Vec<T>: Readable,
{
    let new = new.take();
    if !new.is_empty() {
        whole.edit(|whole| replace(whole, new, same));
    }
}

fn replace<T>(whole: &mut Vec<T>, new: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    if !new.is_empty() {
        whole.retain(|old| !new.iter().any(|n| same(old, n)));
        whole.extend(new);
    }
}

/// Attaches each pack's refinements to the causes that they refine.
fn refine(pack: &mut Pack, refinements: Vec<Refinement>) {
    for cause in &mut pack.causes {
        cause.own = (cause.checkpoints.len(), cause.named_by.len(), cause.answered_by.len());
    }
    for refinement in refinements {
        let Ok(at) = pack.causes.binary_search_by(|c| c.id.cmp(&refinement.cause)) else { continue };
        let cause = &mut pack.causes[at];
        cause.checkpoints.extend(refinement.checkpoints.iter().cloned());
        cause.named_by.extend(refinement.named_by.iter().cloned());
        cause.answered_by.extend(refinement.answered_by.iter().cloned());
        cause.refinements.push(refinement);
    }
}

/// Adds to the answers of each cause those that are like one of them, so that nothing later has to know of `like`. Then
/// each answer gets to know whether causes refer to it.
fn spread(pack: &mut Pack) {
    let (answers, causes) = (&pack.answers, &mut pack.causes);
    for answer in answers.iter().filter(|a| !a.like.is_empty()) {
        let general = general(answers, &answer.id);
        for cause in &mut *causes {
            for ids in [&mut cause.named_by, &mut cause.answered_by] {
                if ids.iter().any(|id| general.contains(&id.as_str())) && !ids.contains(&answer.id) {
                    ids.push(answer.id.clone());
                }
            }
        }
    }
    let (named, fitting): (BTreeSet<&str>, BTreeSet<&str>) = (
        pack.causes.iter().flat_map(|c| &c.named_by).map(RuleText::as_str).collect(),
        pack.causes.iter().flat_map(|c| &c.answered_by).map(RuleText::as_str).collect(),
    );
    for answer in &mut pack.answers {
        (answer.names, answer.fits) = (named.contains(answer.id.as_str()), fitting.contains(answer.id.as_str()));
    }
}

/// The answers that an answer is like, directly or through others.
fn general<'p>(answers: &'p [Answer], id: &str) -> Vec<&'p str> {
    let mut found: Vec<&str> = Vec::new();
    let mut next = Some(id);
    let mut done = 0;
    while let Some(id) = next {
        for like in answers.iter().filter(|a| a.id == id).flat_map(|a| &a.like) {
            if !found.contains(&like.as_str()) {
                found.push(like);
            }
        }
        next = found.get(done).copied();
        done += 1;
    }
    found
}

fn check_links(loaded: &mut Loaded, unread: &[Unread<'_>]) {
    let pack = &loaded.pack;
    let answers: Vec<&str> = pack.answers.iter().map(|a| a.id.as_str()).collect();
    let apis: Vec<&str> = pack.apis.iter().map(|a| a.id.as_str()).collect();
    let causes: Vec<&str> = pack.causes.iter().map(|c| c.id.as_str()).collect();
    let packs: Vec<&str> = pack.scopes.iter().filter(|s| s.part_of.is_none()).map(|s| s.pack.as_str()).collect();
    let pathways: Vec<&str> = pack.pathways.iter().map(|p| p.id.as_str()).collect();
    let checkpoints: Vec<&str> =
        pack.pathways.iter().flat_map(|p| p.checkpoints.iter().map(|c| c.id.as_str())).collect();
    let ids = |is_complaint: bool| -> Vec<&str> {
        let fits = |class: Class| match is_complaint {
            true => matches!(class, Class::Complaint | Class::Good),
            false => matches!(class, Class::About | Class::Context),
        };
        loaded.words.forms.iter().filter(|f| fits(f.class)).map(|f| f.concept.as_str()).collect()
    };
    let (abouts, complaints) = (ids(false), ids(true));
    for link in loaded.links.drain(..) {
        if loaded.mistakes.len() >= lower::MOST_MISTAKES {
            break;
        }
        let names = match link.what {
            Link::ABOUT => &abouts,
            Link::COMPLAINT => &complaints,
            Link::ANSWER | Link::LIKE => &answers,
            Link::API => &apis,
            Link::CAUSE => &causes,
            Link::PACK => &packs,
            Link::PATHWAY => &pathways,
            _ => &checkpoints,
        };
        if names.contains(&link.name.as_str()) {
            if link.what == Link::LIKE
                && (link.name == link.of || general(&pack.answers, &link.name).contains(&link.of.as_str()))
            {
                let found = format!("`{}` is like `{}`, which is like `{0}` again", link.of, link.name);
                let expected = "Remove one `like`: the more general answer has none.".to_owned();
                loaded.mistakes.push(link.mistake(unread, found, expected));
            }
            continue;
        }
        let what = if link.what == Link::LIKE { Link::ANSWER } else { link.what };
        let expected = nearest(&link.name, names.iter().copied())
            .map_or_else(|| "Name one that a pack defines.".to_owned(), |near| format!("Did you mean `{near}`?"));
        let found = format!("there is no {what} `{}`", link.name);
        loaded.mistakes.push(link.mistake(unread, found, expected));
    }
}
