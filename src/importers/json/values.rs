//! Values as trackers write them: numbers as text, people as objects or names. For `#[serde(deserialize_with = "…")]`,
//! together with `#[serde(default)]`.
//!
//! Texts come as `Option<String>` or, without a copy where nothing is escaped, as `Option<Cow<'a, str>>` (then with
//! `#[serde(borrow)]`).

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A text, or a number or yes/no as text. `None` for null, and for objects and lists, which are no text.
pub(in crate::importers) fn text<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<Cow<'de, str>>,
{
    Ok(match from.deserialize_any(Plain)? {
        Scalar::Nothing => None,
        Scalar::Text(text) => Some(text.into()),
        Scalar::Number(number) => Some(Cow::<str>::Owned(number.to_string()).into()),
        Scalar::Whole(number) => Some(Cow::<str>::Owned(number.to_string()).into()),
        Scalar::Truth(truth) => Some(Cow::Borrowed(if truth { "true" } else { "false" }).into()),
    })
}

/// A number, or a text that holds one ("3", " 2.5 "). `None` for everything else, NaN and infinity included: read
/// [`text`] where a text that is no number must be told.
pub(in crate::importers) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let number = match from.deserialize_any(Plain)? {
        Scalar::Number(number) => Some(number),
        Scalar::Whole(number) => Some(number as f64),
        Scalar::Text(text) => text.trim().parse().ok(),
        Scalar::Nothing | Scalar::Truth(_) => None,
    };
    Ok(number.filter(|number| number.is_finite()))
}

/// The name of a person: a text, or an object's `displayName`, `display_name`, `name`, `login` or `username`, whichever
/// of these has a text first in this order. `None` when there is no such name.
pub(in crate::importers) fn person<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<Cow<'de, str>>,
{
    Ok(from.deserialize_any(Person(PhantomData))?.map(T::from))
}

/// Where a person's name stands, the best first.
const NAMES: [&str; 5] = ["displayName", "display_name", "name", "login", "username"];

enum Scalar<'de> {
    Nothing,
    Text(Cow<'de, str>),
    Number(f64),
    Whole(i128),
    Truth(bool),
}

struct Plain;

impl<'de> Visitor<'de> for Plain {
    type Value = Scalar<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Scalar::Whole(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Whole(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Truth(truth))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }
}

/// A scalar as a field of a derived or hand-written map.
struct Field<'de>(Option<Cow<'de, str>>);

impl<'de> serde::Deserialize<'de> for Field<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text(from).map(Self)
    }
}

struct Person<'de>(PhantomData<&'de ()>);

impl<'de> Visitor<'de> for Person<'de> {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a person")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut best = (NAMES.len(), None);
        while let Some(Field(key)) = map.next_key()? {
            let rank = NAMES.iter().position(|name| key.as_deref() == Some(*name)).unwrap_or(NAMES.len());
            if rank < best.0 {
                if let Field(Some(name)) = map.next_value()? {
                    best = (rank, Some(name));
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(best.1)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    struct Row<'a> {
        #[serde(default, deserialize_with = "text")]
        owned: Option<String>,
        #[serde(borrow, default, deserialize_with = "text")]
        borrowed: Option<Cow<'a, str>>,
        #[serde(default, deserialize_with = "number")]
        number: Option<f64>,
        #[serde(borrow, default, deserialize_with = "person")]
        person: Option<Cow<'a, str>>,
    }

    fn row(text: &str) -> Row<'_> {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn texts_come_from_anything_plain() {
        for (json, text) in [
            (r#""a""#, Some("a")),
            ("12", Some("12")),
            ("-3", Some("-3")),
            ("2.5", Some("2.5")),
            ("18446744073709551615", Some("18446744073709551615")),
            ("true", Some("true")),
            ("null", None),
            (r#"{"a":[1]}"#, None),
            (r#"["a"]"#, None),
        ] {
            assert_eq!(row(&format!(r#"{{"owned":{json}}}"#)).owned.as_deref(), text, "{json}");
            assert_eq!(row(&format!(r#"{{"borrowed":{json}}}"#)).borrowed.as_deref(), text, "{json}");
        }
        assert_eq!(row("{}"), Row::default());
        assert!(matches!(row(r#"{"borrowed":"a"}"#).borrowed, Some(Cow::Borrowed("a"))));
        assert!(matches!(row(r#"{"borrowed":"a\nb"}"#).borrowed, Some(Cow::Owned(text)) if text == "a\nb"));
    }

    #[test]
    fn numbers_come_from_numbers_and_texts() {
        for (json, number) in [
            ("3", Some(3.0)),
            ("-2.5", Some(-2.5)),
            (r#"" 8 ""#, Some(8.0)),
            (r#""NaN""#, None),
            (r#""three""#, None),
            ("true", None),
            ("null", None),
            ("{}", None),
        ] {
            assert_eq!(row(&format!(r#"{{"number":{json}}}"#)).number, number, "{json}");
        }
    }

    #[test]
    fn a_person_is_a_name_or_an_object_with_one() {
        for (json, name) in [
            (r#""ada""#, Some("ada")),
            (r#"{"login":"ada","id":1}"#, Some("ada")),
            (r#"{"name":"ada","avatarUrls":{"a":"b"},"displayName":"Ada L."}"#, Some("Ada L.")),
            (r#"{"displayName":null,"username":"ada"}"#, Some("ada")),
            (r#"{"display_name":"Ada","nickname":"x"}"#, Some("Ada")),
            (r#"{"id":7}"#, None),
            ("null", None),
            ("7", None),
            ("[]", None),
        ] {
            assert_eq!(row(&format!(r#"{{"person":{json}}}"#)).person.as_deref(), name, "{json}");
        }
    }
}
