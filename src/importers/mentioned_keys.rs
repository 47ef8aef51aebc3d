//! Keys of work items that a text mentions.

/// Words of the shape of a key that are none.
const NO_KEYS: &[&str] = &["UTF", "ISO", "SHA", "COVID", "RFC", "HTTP", "TLS", "CVE", "AES", "MP", "GPT"];

/// The first key (`DEV-50`: a letter, letters or digits, a hyphen, a number) that a text mentions.
pub(in crate::importers) fn first_key(text: &str) -> Option<&str> {
    let is_part = |mark: char| mark.is_ascii_alphanumeric() || mark == '-' || mark == '_';
    text.split(|mark| !is_part(mark)).find(|word| is_key(word))
}

fn is_key(word: &str) -> bool {
    let Some((project, number)) = word.split_once('-') else { return false };
    let is_project = project.len() >= 2
        && project.starts_with(|first: char| first.is_ascii_uppercase())
        && project.bytes().all(|mark| mark.is_ascii_uppercase() || mark.is_ascii_digit() || mark == b'_');
    let is_number = !number.is_empty()
        && number.len() <= 9
        && !number.starts_with('0')
        && number.bytes().all(|digit| digit.is_ascii_digit());
    is_project && is_number && !NO_KEYS.contains(&project)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_and_look_alikes_are_not() {
        for (text, key) in [
            ("Decisions DEV-50", Some("DEV-50")),
            ("[ATL2-102] archive, then ATL2-103", Some("ATL2-102")),
            ("(AB_C-7)", Some("AB_C-7")),
            ("UTF-8 in OPS-3", Some("OPS-3")),
            ("dev-50", None),
            ("A-1", None),
            ("DEV-0", None),
            ("DEV-50-2", None),
            ("2024-05-01", None),
            ("MY-KEY", None),
            ("", None),
        ] {
            assert_eq!(first_key(text), key, "{text}");
        }
    }
}
