//! The plan of the source, measured: which files import each other, which rooms import a higher one, how long files
//! are, and which type names occur twice.
//!
//! An import is a path through the crate's modules, in a `use` or anywhere else. It is drawn from the file that holds it
//! to the file of the deepest module that it names. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens as _;

/// The rooms, lowest first. A room imports itself and lower ones.
const ROOMS: &[&str] = &[
    "text",
    "visible",
    "carrier",
    "url",
    "nearest",
    "secret",
    "shape",
    "redact",
    "facts",
    "words",
    "systems",
    "pack",
    "capture",
    "sensitive",
    "product_set",
    "keys",
    "options",
    "masking",
    "evidence",
    "engine",
    "diagnosis",
    "report",
    "bulk",
    "check",
    "mcp",
    "lsp",
    "examples",
    "door",
    "cli",
];

/// Parsers may be longer than [`LONGEST`]: a grammar reads best in one piece.
const PARSERS: &[&str] = &["capture/json.rs", "capture/json/reader.rs", "capture/curl.rs", "capture/forms/curl.rs"];

/// The most lines of a file.
const LONGEST: usize = 800;

/// What was measured.
#[derive(Debug, Default)]
pub struct House {
    /// The number of files.
    pub files: usize,
    /// Pairs of files that import each other.
    pub pairs: Vec<(String, String)>,
    /// Groups of files of which each reaches every other by imports, directly or not.
    pub circles: Vec<Vec<String>>,
    /// Imports of a higher room, as `file -> file`.
    pub upward: Vec<String>,
    /// Files that are too long, with their lines.
    pub long: Vec<(String, usize)>,
    /// Type names that occur more than once, with the files.
    pub twice: Vec<(String, Vec<String>)>,
    /// Variants of an enum that are not in its constant `ALL`, as `Enum::Variant`.
    pub unlisted: Vec<String>,
}

impl fmt::Display for House {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} files", self.files)?;
        writeln!(f, "{} pairs of files that import each other", self.pairs.len())?;
        for (a, b) in &self.pairs {
            writeln!(f, "  {a} <-> {b}")?;
        }
        let inside: usize = self.circles.iter().map(Vec::len).sum();
        writeln!(f, "{} circles of imports, {inside} files in them", self.circles.len())?;
        for circle in &self.circles {
            writeln!(f, "  {}: {}", circle.len(), circle.join(", "))?;
        }
        writeln!(f, "{} imports of a higher room", self.upward.len())?;
        for import in &self.upward {
            writeln!(f, "  {import}")?;
        }
        writeln!(f, "{} files of more than {LONGEST} lines that are not parsers", self.long.len())?;
        for (file, lines) in &self.long {
            writeln!(f, "  {file} {lines}")?;
        }
        writeln!(f, "{} type names that occur more than once", self.twice.len())?;
        for (name, files) in &self.twice {
            writeln!(f, "  {name}: {}", files.join(", "))?;
        }
        writeln!(f, "{} variants that the ALL of their enum lacks", self.unlisted.len())?;
        for variant in &self.unlisted {
            writeln!(f, "  {variant}")?;
        }
        Ok(())
    }
}

/// A module: its path in the crate.
type Module = Vec<String>;

/// A file while it is read.
struct File {
    name: String,
    lines: usize,
    /// The modules of the file with their items: the file's own and those inside it.
    modules: Vec<(Module, Vec<syn::Item>)>,
}

impl House {
    /// Measures the library below a `src` folder.
    ///
    /// # Errors
    /// A file that cannot be read or is not Rust.
    pub fn of(src: &Path) -> Result<Self, String> {
        let mut files = Vec::new();
        read(src, &src.join("lib.rs"), Vec::new(), &mut files)?;
        let mut homes: BTreeMap<Module, usize> = BTreeMap::new();
        for (i, file) in files.iter().enumerate() {
            homes.extend(file.modules.iter().map(|(module, _)| (module.clone(), i)));
        }
        let mut imports: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); files.len()];
        let mut types: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut unlisted = Vec::new();
        for (i, file) in files.iter().enumerate() {
            for (module, items) in &file.modules {
                unlisted.extend(unlisted_variants(items));
                for item in items {
                    let mut paths = Vec::new();
                    collect(item, &mut paths);
                    imports[i].extend(paths.iter().filter_map(|p| home_of(p, module, &homes)).filter(|to| *to != i));
                    if let Some(name) = type_name(item) {
                        let files: &mut Vec<String> = types.entry(name).or_default();
                        // Two of one file are the variants of a feature.
                        if files.last() != Some(&file.name) {
                            files.push(file.name.clone());
                        }
                    }
                }
            }
        }
        let name = |i: usize| files[i].name.clone();
        let mut house = Self { files: files.len(), unlisted, ..Self::default() };
        for (a, targets) in imports.iter().enumerate() {
            for b in targets.iter().copied() {
                if a < b && imports[b].contains(&a) {
                    house.pairs.push((name(a), name(b)));
                }
                if is_upward(&files[a].name, &files[b].name) {
                    house.upward.push(format!("{} -> {}", name(a), name(b)));
                }
            }
        }
        house.circles = circles(&imports).into_iter().map(|c| c.into_iter().map(name).collect()).collect();
        let is_long = |f: &&File| f.lines > LONGEST && !PARSERS.contains(&f.name.as_str());
        house.long = files.iter().filter(is_long).map(|f| (f.name.clone(), f.lines)).collect();
        house.long.sort_by_key(|(_, lines)| std::cmp::Reverse(*lines));
        house.twice = types.into_iter().filter(|(_, files)| files.len() > 1).collect();
        Ok(house)
    }
}

/// Reads the file of a module and those of the modules that it declares.
fn read(src: &Path, path: &Path, module: Module, files: &mut Vec<File>) -> Result<(), String> {
    let at = |e: &dyn fmt::Display| format!("{}: {e}", path.display());
    let text = fs::read_to_string(path).map_err(|e| at(&e))?;
    let parsed = syn::parse_file(&text).map_err(|e| at(&e))?;
    let name = path.strip_prefix(src).unwrap_or(path).display().to_string().replace('\\', "/");
    let mut file = File { name, lines: text.lines().count(), modules: Vec::new() };
    let mut children = Vec::new();
    part(parsed.items, module, &mut file, &mut children);
    files.push(file);
    for child in children {
        let base: PathBuf = std::iter::once(src).chain(child.iter().map(Path::new)).collect();
        let candidates = [base.with_extension("rs"), base.join("mod.rs")];
        let path = candidates.iter().find(|p| p.is_file()).ok_or_else(|| at(&format!("no file of {child:?}")))?;
        read(src, path, child, files)?;
    }
    Ok(())
}

/// Sorts the items of a file by module and notes the modules that have files of their own.
fn part(items: Vec<syn::Item>, module: Module, file: &mut File, children: &mut Vec<Module>) {
    let mut own = Vec::new();
    for item in items {
        if attributes(&item).iter().any(is_test) {
            continue;
        }
        match item {
            syn::Item::Mod(inner) => {
                let path: Module = module.iter().cloned().chain([inner.ident.to_string()]).collect();
                match inner.content {
                    Some((_, items)) => part(items, path, file, children),
                    None => children.push(path),
                }
            }
            other => own.push(other),
        }
    }
    file.modules.push((module, own));
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(i) => &i.attrs,
        syn::Item::Enum(i) => &i.attrs,
        syn::Item::Fn(i) => &i.attrs,
        syn::Item::Impl(i) => &i.attrs,
        syn::Item::Mod(i) => &i.attrs,
        syn::Item::Static(i) => &i.attrs,
        syn::Item::Struct(i) => &i.attrs,
        syn::Item::Type(i) => &i.attrs,
        syn::Item::Use(i) => &i.attrs,
        _ => &[],
    }
}

fn is_test(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.meta.to_token_stream().to_string().contains("test")
}

fn type_name(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Enum(i) => Some(i.ident.to_string()),
        syn::Item::Struct(i) => Some(i.ident.to_string()),
        syn::Item::Trait(i) => Some(i.ident.to_string()),
        syn::Item::Type(i) => Some(i.ident.to_string()),
        _ => None,
    }
}

/// The variants that are missing from a constant `ALL` of their enum: what goes through `ALL` would leave them out.
fn unlisted_variants(items: &[syn::Item]) -> Vec<String> {
    let mut unlisted = Vec::new();
    for item in items {
        let syn::Item::Impl(block) = item else { continue };
        let of_type = block.self_ty.to_token_stream().to_string();
        let constants = block.items.iter().filter_map(|i| match i {
            syn::ImplItem::Const(constant) if constant.ident == "ALL" => {
                Some(constant.expr.to_token_stream().to_string())
            }
            _ => None,
        });
        for list in constants {
            let names: BTreeSet<&str> = list.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            let variants = items.iter().find_map(|i| match i {
                syn::Item::Enum(e) if e.ident == of_type.as_str() => Some(&e.variants),
                _ => None,
            });
            for variant in variants.into_iter().flatten().map(|v| v.ident.to_string()) {
                if !names.contains(variant.as_str()) {
                    unlisted.push(format!("{of_type}::{variant}"));
                }
            }
        }
    }
    unlisted
}

/// All paths of an item.
fn collect(item: &syn::Item, paths: &mut Vec<Vec<String>>) {
    match item {
        syn::Item::Use(item) => branches(&item.tree, &mut Vec::new(), paths),
        other => {
            let mut rows = Vec::new();
            from_tokens(other.to_token_stream(), &mut rows);
            // A single name is a variable as often as a module, or part of `pub(super)`.
            paths.extend(rows.into_iter().filter(|row| row.len() > 1));
        }
    }
}

fn branches(tree: &syn::UseTree, before: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    match tree {
        syn::UseTree::Path(path) => {
            before.push(path.ident.to_string());
            branches(&path.tree, before, paths);
            before.pop();
        }
        syn::UseTree::Group(group) => group.items.iter().for_each(|t| branches(t, before, paths)),
        syn::UseTree::Glob(_) => paths.push(before.clone()),
        syn::UseTree::Name(name) => paths.push(before.iter().cloned().chain([name.ident.to_string()]).collect()),
        syn::UseTree::Rename(name) => paths.push(before.iter().cloned().chain([name.ident.to_string()]).collect()),
    }
}

/// The rows of names that are joined by `::`, also inside macros and attributes.
fn from_tokens(tokens: TokenStream, paths: &mut Vec<Vec<String>>) {
    let mut path: Vec<String> = Vec::new();
    let mut colons = 0;
    for token in tokens {
        let text = match &token {
            proc_macro2::TokenTree::Group(group) => {
                from_tokens(group.stream(), paths);
                String::new()
            }
            other => other.to_string(),
        };
        if text == ":" {
            colons += 1;
        } else if text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            if colons != 2 {
                paths.push(std::mem::take(&mut path));
            }
            path.push(text);
            colons = 0;
        } else {
            paths.push(std::mem::take(&mut path));
            colons = 0;
        }
    }
    paths.push(path);
}

/// The file of the deepest module that a path names, seen from a module; none where it leaves the crate.
fn home_of(path: &[String], module: &Module, homes: &BTreeMap<Module, usize>) -> Option<usize> {
    let mut at = module.clone();
    let mut rest = path.iter().peekable();
    match path.first()?.as_str() {
        "crate" => {
            at.clear();
            rest.next();
        }
        "self" => drop(rest.next()),
        "super" => {
            while rest.next_if(|n| *n == "super").is_some() {
                at.pop();
            }
        }
        first => {
            at.push(first.to_owned());
            homes.get(&at)?;
            rest.next();
        }
    }
    for name in rest {
        at.push(name.clone());
        if !homes.contains_key(&at) {
            at.pop();
            break;
        }
    }
    homes.get(&at).copied()
}

fn is_upward(from: &str, to: &str) -> bool {
    // The crate's root is the door, above all rooms but the command line.
    let rank = |file: &str| {
        let room = file.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        let room = if matches!(room, "lib" | "internals") { "door" } else { room };
        ROOMS.iter().position(|r| *r == room)
    };
    match (rank(from), rank(to)) {
        (Some(from), Some(to)) => from < to,
        // A room that is not on the list has no place in the order.
        _ => true,
    }
}

/// The strongly connected components of more than one file (Tarjan's algorithm), largest first.
fn circles(imports: &[BTreeSet<usize>]) -> Vec<Vec<usize>> {
    struct Walk<'a> {
        imports: &'a [BTreeSet<usize>],
        index: Vec<Option<usize>>,
        low: Vec<usize>,
        stack: Vec<usize>,
        next: usize,
        found: Vec<Vec<usize>>,
    }
    impl Walk<'_> {
        fn visit(&mut self, v: usize) {
            self.index[v] = Some(self.next);
            self.low[v] = self.next;
            self.next += 1;
            self.stack.push(v);
            for w in self.imports[v].iter().copied() {
                match self.index[w] {
                    None => {
                        self.visit(w);
                        self.low[v] = self.low[v].min(self.low[w]);
                    }
                    Some(index) if self.stack.contains(&w) => self.low[v] = self.low[v].min(index),
                    Some(_) => {}
                }
            }
            if Some(self.low[v]) == self.index[v]
                && let Some(at) = self.stack.iter().position(|w| *w == v)
            {
                let mut component = self.stack.split_off(at);
                component.sort_unstable();
                if component.len() > 1 {
                    self.found.push(component);
                }
            }
        }
    }
    let n = imports.len();
    let mut walk =
        Walk { imports, index: vec![None; n], low: vec![0; n], stack: Vec::new(), next: 0, found: Vec::new() };
    for v in 0..n {
        if walk.index[v].is_none() {
            walk.visit(v);
        }
    }
    walk.found.sort_by_key(|c| std::cmp::Reverse(c.len()));
    walk.found
}
