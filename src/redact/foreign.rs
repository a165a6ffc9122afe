//! Sentences of other languages that say a credential: `la clave es …`, `das Passwort lautet …`.

use super::cut;
use super::hidden::{Hidden, line_end};
use super::names::Telling;
use super::searchable::Searchable;
use super::states;
use super::value::{self, Firmness};

/// Names of credentials in languages other than English, without the ending that the text gives them.
const NOUNS: &[&str] = &[
    "clave",
    "Clave",
    "contrasena",
    "mot de passe",
    "Mot de passe",
    "jeton",
    "asswort",
    "ennwort",
    "chluessel",
    "chiave",
    "Chiave",
    "senha",
    "Senha",
    "palavra-passe",
    "Palavra-passe",
    "chave",
    "Chave",
    "wachtwoord",
    "Wachtwoord",
    "sleutel",
    "klucz",
    "passord",
    "Passord",
    "adgangskode",
    "Adgangskode",
    "salasana",
    "Salasana",
    "heslo",
    "Heslo",
    "parol",
    "cyfrinair",
    "Cyfrinair",
    "contrasenya",
    "kata sandi",
    "lozinka",
    "Lozinka",
    "geslo",
    "parool",
    "pasahitza",
];

/// The same with other letters.
const OTHER_NOUNS: &[&str] = &[
    "contraseña",
    "Contraseña",
    "clé",
    "Clé",
    "chlüssel",
    "assword è",
    "hasło",
    "Hasło",
    "lösenord",
    "Lösenord",
    "jelszó",
    "Jelszó",
    "şifre",
    "Şifre",
    "пароль",
    "Пароль",
    "парола",
    "Парола",
    "κωδικός",
    "κωδικος",
    "συνθηματικό",
    "كلمة المرور",
    "كلمة السر",
    "رمز عبور",
    "סיסמה",
    "पासवर्ड",
    "รหัสผ่าน",
    "mật khẩu",
    "Mật khẩu",
    "slaptažodis",
    "lykilorð",
    "密码",
    "密碼",
    "パスワード",
    "비밀번호",
];

/// The same in short, as whole words.
const SHORT: &[&str] = &["mdp", "MDP", "Mdp", "ww", "WW"];

/// Verbs and marks between a name and its value.
const VERBS: &[&str] = &[
    " es ",
    " est ",
    " ist ",
    " lautet ",
    " auf ",
    " è ",
    " é ",
    " is ",
    " to ",
    " jest ",
    " är ",
    " er ",
    " on ",
    " yw ",
    " je ",
    " : ",
    ": ",
    " = ",
    " este ",
    " c'est ",
    " c’est ",
    " είναι ",
    " هي ",
    " هو ",
    " है ",
    " là ",
    " adalah ",
    " és ",
    " е ",
    " - ",
    "：",
    "는 ",
    "은 ",
    "是",
    "は",
    "为",
    "為",
];

/// How far the verb is from the name.
const NEAR: usize = 60;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    // Most texts are ASCII: they have none of the others.
    let others = if text.is_ascii() { &[] } else { OTHER_NOUNS };
    let whole = NOUNS.iter().chain(others).map(|noun| (noun, false));
    for (noun, is_short) in whole.chain(SHORT.iter().map(|noun| (noun, true))) {
        for at in searchable.places(noun) {
            let is_part = text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'))
                || text[at + noun.len()..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
            if is_short && is_part {
                continue;
            }
            // The verb may be a part of the name here.
            let from = at + noun.trim_end_matches(" è").len();
            let end = line_end(text, from).min(text.floor_char_boundary(from + NEAR));
            let rest = &text[from..end];
            let rest = rest.split(['.', ',', ';', '?', '!']).next().unwrap_or_default();
            let Some(verb) = VERBS.iter().filter_map(|verb| rest.find(verb).map(|i| i + verb.len())).min() else {
                continue;
            };
            let mut value = value::at(text, from + verb);
            // `« … »` has blanks inside.
            let inner = &text[value.range.clone()];
            value.range.start += inner.len() - inner.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
            value.range.end -= inner.len() - inner.trim_end_matches([' ', '\u{a0}', '\u{202f}']).len();
            if value.range.start >= value.range.end {
                continue;
            }
            let shown = text[value.range.clone()].trim_end_matches(['.', ':', '!', '?']);
            // A verb of a language or a participle is no value: only what looks like none is one, or ends the clause.
            let is_marked = value.quoted || cut::is_in(shown) || cut::follows(&text[value.range.end..]);
            let is_odd = value::is_odd(shown);
            // A word may go on beyond the place to which the verb is looked for.
            let after = value.range.start + shown.len();
            let is_romance = is_of_romance(noun);
            let may_be_participle = is_romance && is_participle(shown);
            let may_be_lower = is_romance && is_participle(&shown.to_lowercase());
            let is_told =
                || is_password(noun) && !may_be_lower && is_object(shown) && ends_clause(&text[after..end.max(after)]);
            if is_marked || is_odd && !may_be_participle || is_told() {
                let certainty = if is_marked || is_odd { Firmness::Said } else { Firmness::Marked };
                found.extend(value::judge(text, value, Telling::Password, certainty));
            }
        }
    }
    found
}

/// Whether a name is one of a language with such participles: Spanish, French, Italian, Portuguese, Catalan, Romanian.
fn is_of_romance(noun: &str) -> bool {
    const BEGINNINGS: [&str; 12] = [
        "clave",
        "contrase",
        "mot de passe",
        "cl\u{e9}",
        "jeton",
        "assword \u{e8}",
        "chiave",
        "senha",
        "palavra",
        "chave",
        "parol",
        "mdp",
    ];
    let lower = noun.to_lowercase();
    BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning))
}

/// Whether a name means a password alone: `clave` and `Schlüssel` are keys of other things, too.
fn is_password(noun: &str) -> bool {
    const KEYS: [&str; 9] = ["clav", "Clav", "cl", "Cl", "jeton", "chl", "chi", "Chi", "chave"];
    const MORE: [&str; 3] = ["Chave", "sleutel", "klucz"];
    !KEYS.iter().chain(&MORE).any(|key| noun.starts_with(key))
}

/// Whether a word may be a value: not one of the small words of a sentence, and none that says what the matter is.
fn is_object(word: &str) -> bool {
    const FINITE: [&str; 12] =
        ["ieren", "iert", "acja", "ción", "tion", "sion", "ungen", "ung", "sjon", "heit", "keit", "lich"];
    let lower = word.to_lowercase();
    let is_verb = lower.starts_with("ge") && lower.ends_with(['t', 'n'])
        || ["é", "ée", "és", "ées"].iter().any(|ending| lower.ends_with(ending));
    word.chars().count() >= 6
        && word.chars().all(|c| c.is_alphabetic() || c == '-')
        && !is_verb
        && !FINITE.iter().any(|ending| lower.ends_with(ending))
        && !states::is_one(word)
}

/// Whether a clause ends here, or only says that the value was set.
fn ends_clause(rest: &str) -> bool {
    const NEXT: [&str; 19] = [
        "y",
        "e",
        "et",
        "und",
        "en",
        "i",
        "og",
        "och",
        "ja",
        "a",
        "ve",
        "ac",
        "és",
        "и",
        "geändert",
        "gesetzt",
        "zurückgesetzt",
        "umgestellt",
        "gewechselt",
    ];
    let rest = rest.trim_start_matches(['»', '"', '\'']);
    match rest.strip_prefix(' ') {
        Some(more) => {
            let word = more.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            more.trim().is_empty() || NEXT.contains(&word)
        }
        None => rest.is_empty() || rest.starts_with(['.', ',', ';', '!', '?', ')', '\r', '\n']),
    }
}

/// Endings of participles and adjectives (`caducada`, `decodificati`, `desativada`).
fn is_participle(word: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "ato", "ata", "ati", "ate", "ado", "ada", "ito", "ita", "iti", "ite", "ido", "ida", "uto", "uta", "iva", "ivo",
    ];
    word.bytes().all(|b| b.is_ascii_lowercase()) && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn a_credential_that_another_language_says() {
        for text in [
            "la clave es Kiguse4temibi y sigue dando 401",
            "La contraseña para el entorno INT es Kiguse4temibi.",
            "Ich habe das Kennwort auf Kiguse4temibi gesetzt.",
            "Le mot de passe du compte est « Kiguse4temibi ».",
            "Unser API-Schlüssel ist Kiguse4temibi",
            "Heslo: Kiguse4temibi",
        ] {
            assert_eq!(masked(text, all), ["Kiguse4temibi"], "{text}");
        }
        for (text, word) in [
            ("Wir haben das Passwort auf Sonnenblume geändert.", "Sonnenblume"),
            ("Lösenordet är solrosorna.", "solrosorna"),
            ("Heslo: slunecnice", "slunecnice"),
            ("Salasana on auringonkukka ja", "auringonkukka"),
            // It goes on beyond the place to which a verb is looked for.
            (
                "Das Passwort des Dienstes und der neuen Server dieser Abteilung ist Sonnenblumenwiese.",
                "Sonnenblumenwiese",
            ),
        ] {
            assert_eq!(masked(text, all), [word], "{text}");
        }
        for text in [
            "La contraseña es incorrecta.",
            "Das Passwort ist abgelaufen.",
            "Le mot de passe est expiré.",
            "A senha é desativada",
            "la clave es obligatoria",
            "het wachtwoord is verlopen",
            "Heslo: nesprávné",
            "Das Passwort ist auf dem Server.",
            "la clave es importante.",
            "Passordet er ugyldig",
        ] {
            assert_eq!(masked(text, all), Vec::<&str>::new(), "{text}");
        }
    }
}
