//! A message as plain values: what a browser's message can hold and what of it is looked at.

/// A plain value. What is none of these is `Other` and never looked into.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Switch(bool),
    /// Several values.
    List(Vec<Plain>),
    /// An object, in the order of its keys.
    Fields(Vec<(String, Plain)>),
    /// Bytes, which stay where the browser has them.
    Buffer {
        /// Which of the buffers of the message.
        place: usize,
        /// How many bytes.
        bytes: u64,
    },
    /// Anything else.
    Other,
}

impl Plain {
    /// Characters of a text beyond which it is not looked at.
    pub const LONGEST_TEXT: usize = 2_000;
    /// Keys of an object, or values of a list, beyond which it is not looked at.
    pub const MOST_FIELDS: usize = 64;
    /// Objects within objects beyond which nothing is looked at.
    pub const DEEPEST: usize = 2;

    /// An object from its fields.
    pub fn fields<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Fields(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// The value of a key.
    pub fn field(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Fields(fields) => fields.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.field(key)? {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number of a key.
    pub fn number(&self, key: &str) -> Option<f64> {
        match self.field(key)? {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl From<&str> for Plain {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
