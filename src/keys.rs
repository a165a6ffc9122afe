//! The public keys that the user gives: a JWKS, a single JWK or a PEM file, to verify a client assertion with.
//!
//! Nobody but the platform knows which keys are registered there; a signature that fits none of the given keys says
//! only that these are not its keys.

use std::fmt;

#[cfg(feature = "jwks")]
use base64::Engine as _;
#[cfg(feature = "jwks")]
use rsa::pkcs8::DecodePublicKey as _;
#[cfg(feature = "jwks")]
use rsa::{BoxedUint, PublicKey};
#[cfg(feature = "jwks")]
use serde_json::Value;
#[cfg(feature = "jwks")]
use sha2::{Digest as _, Sha512};

use crate::facts::SignatureCheck;
#[cfg(feature = "jwks")]
use crate::shape::URL_SAFE;

/// Public keys by their ids.
#[cfg(feature = "jwks")]
#[derive(Clone, Debug, Default)]
pub struct PublicKeys {
    keys: Vec<KnownKey>,
}

#[cfg(feature = "jwks")]
#[derive(Clone, Debug)]
struct KnownKey {
    kid: Option<String>,
    key: PublicKey,
}

/// The most keys of a JWKS that are read. An application has a few; each of them may have to be tried.
const MOST_KEYS: usize = 1_000;

/// Why a key file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// It is a private key, which must never be given away.
    Private,
    /// It is neither JSON nor PEM.
    UnknownForm,
    /// It holds more keys than are read.
    TooMany(usize),
    /// It holds no RSA key that can be read; what was found instead.
    NoRsaKey(String),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Private => {
                write!(f, "this is a private key. Give the public one: the JWKS that you registered, or its PEM file.")
            }
            Self::UnknownForm => {
                write!(f, "this is neither a JWKS (JSON with `keys`), nor a JWK, nor a PEM file with BEGIN PUBLIC KEY.")
            }
            Self::TooMany(found) => {
                write!(f, "this lists {found} keys; at most {MOST_KEYS} are read. Give those of one application.")
            }
            Self::NoRsaKey(found) => {
                write!(f, "no RSA public key could be read ({found}). RS512 needs members kty = RSA, n and e.")
            }
        }
    }
}

impl std::error::Error for KeyError {}

/// Without the feature `jwks` there are none.
#[cfg(not(feature = "jwks"))]
#[derive(Clone, Copy, Debug)]
pub enum PublicKeys {}

#[cfg(not(feature = "jwks"))]
impl PublicKeys {
    pub(crate) fn parse(_: &str) -> Result<Self, KeyError> {
        Err(KeyError::NoRsaKey("built without the feature jwks".to_owned()))
    }

    pub(crate) fn check(&self, _: &str, _: Option<&str>, _: Option<&str>) -> Option<SignatureCheck> {
        match *self {}
    }
}

#[cfg(feature = "jwks")]
impl PublicKeys {
    /// Reads a key file.
    ///
    /// # Errors
    /// [`KeyError`], which never repeats anything of the file but the kinds of its keys.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if text.contains("PRIVATE KEY") {
            return Err(KeyError::Private);
        }
        if text.starts_with("-----BEGIN") {
            let key = PublicKey::from_public_key_pem(text)
                .map_err(|_| KeyError::NoRsaKey("a PEM file of another kind".to_owned()))?;
            return Ok(Self { keys: vec![KnownKey { kid: None, key }] });
        }
        let json: Value = serde_json::from_str(text).map_err(|_| KeyError::UnknownForm)?;
        let members = match json.get("keys").and_then(Value::as_array) {
            Some(keys) if keys.len() > MOST_KEYS => return Err(KeyError::TooMany(keys.len())),
            Some(keys) => keys.as_slice(),
            None if json.get("kty").is_some() => std::slice::from_ref(&json),
            None => return Err(KeyError::UnknownForm),
        };
        if members.iter().any(|k| k.get("d").is_some()) {
            return Err(KeyError::Private);
        }
        let keys: Vec<KnownKey> = members.iter().filter_map(jwk).collect();
        if keys.is_empty() {
            // Nothing of the file is repeated: only kinds that exist.
            let kind = |kty: &str| {
                ["RSA", "EC", "OKP", "oct"].into_iter().find(|known| *known == kty).unwrap_or("another kind")
            };
            let mut kinds: Vec<&str> =
                members.iter().filter_map(|k| k.get("kty").and_then(Value::as_str)).map(kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            let found =
                if kinds.is_empty() { "it lists no keys".to_owned() } else { format!("found: {}", kinds.join(", ")) };
            return Err(KeyError::NoRsaKey(found));
        }
        Ok(Self { keys })
    }

    /// Checks the RS512 signature of a compact JWT. `None` where it cannot be checked: another algorithm, a cut token.
    pub(crate) fn check(&self, token: &str, algorithm: Option<&str>, kid: Option<&str>) -> Option<SignatureCheck> {
        if algorithm != Some("RS512") {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE.decode(signature).ok().filter(|s| s.len() >= 128)?;
        // A key without an id (a PEM file, a bare JWK) is used for any `kid` that the token names.
        let fits = |key: &&KnownKey| key.kid.is_none() || kid.is_none() || key.kid.as_deref() == kid;
        let candidates: Vec<&KnownKey> = self.keys.iter().filter(fits).collect();
        if candidates.is_empty() {
            return Some(SignatureCheck::KidUnknown);
        }
        let hash = Sha512::digest(signed.as_bytes());
        let verifies = |key: &&KnownKey| key.key.pkcs1v15_verify_prehash::<Sha512>(&hash, &signature).is_ok();
        Some(if candidates.iter().any(verifies) { SignatureCheck::Verified } else { SignatureCheck::WrongKey })
    }
}

#[cfg(feature = "jwks")]
fn jwk(json: &Value) -> Option<KnownKey> {
    if json.get("kty")?.as_str()? != "RSA" {
        return None;
    }
    let number = |name: &str| {
        let bytes = URL_SAFE.decode(json.get(name)?.as_str()?.trim()).ok()?;
        Some(BoxedUint::from_be_slice_vartime(&bytes))
    };
    let key = PublicKey::new(number("n")?, number("e")?).ok()?;
    Some(KnownKey { kid: json.get("kid").and_then(Value::as_str).map(str::to_owned), key })
}
