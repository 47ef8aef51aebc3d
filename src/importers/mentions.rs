//! Work items that the text of a change mentions: `#12`, `owner/repository#12`, `ABC-123`.

/// Prefixes of what looks like a key and is none.
const NO_PROJECTS: &[&str] =
    &["UTF", "SHA", "ISO", "CVE", "CWE", "RFC", "AES", "RSA", "TLS", "SSL", "HTTP", "IEEE", "ECMA", "GPL", "CC", "X"];
/// More mentions than this are those of a list, not of the work done.
const MOST: usize = 50;

/// Collects the work items mentioned in several texts, each once, in their order.
pub(super) struct Mentions<'a> {
    /// `owner/repository` that a bare number belongs to; empty when unknown.
    repository: &'a str,
    found: Vec<String>,
}

impl<'a> Mentions<'a> {
    pub(super) const fn new(repository: &'a str) -> Self {
        Self { repository, found: Vec::new() }
    }

    /// Looks through a title, a description or the name of a branch.
    pub(super) fn look_in(&mut self, text: &str) {
        for (place, _) in text.match_indices('#') {
            self.number_at(text, place);
        }
        for word in text.split(|mark: char| !(mark.is_ascii_alphanumeric() || mark == '-')) {
            self.keys_in(word);
        }
    }

    /// A branch that begins with the number of its issue: `12-oven-door`, as GitLab names those it makes from an issue.
    pub(super) fn look_at_beginning(&mut self, branch: &str) {
        if let Some((number, _)) = branch.split_once('-')
            && is_number(number)
        {
            self.add(format!("{}#{number}", self.repository));
        }
    }

    /// What was found.
    pub(super) fn found(&self) -> Vec<&str> {
        self.found.iter().map(String::as_str).collect()
    }

    fn number_at(&mut self, text: &str, place: usize) {
        let digits = text[place + 1..].split(|mark: char| !mark.is_ascii_digit()).next().unwrap_or("");
        let after = text[place + 1 + digits.len()..].chars().next();
        if !is_number(digits) || after.is_some_and(|mark| mark.is_alphanumeric() || mark == '_') {
            return;
        }
        let in_path = |mark: char| mark.is_ascii_alphanumeric() || "/._-".contains(mark);
        let before = &text[..place];
        let path = &before[before.trim_end_matches(in_path).len()..];
        let mark_before = before[..before.len() - path.len()].chars().next_back();
        if path.is_empty() {
            // `>#12<` and `&#12;` are HTML.
            if !mark_before.is_some_and(|mark| ">&#".contains(mark) || mark.is_alphanumeric()) {
                self.add(format!("{}#{digits}", self.repository));
            }
        } else if path.matches('/').count() >= 1 && !path.starts_with('/') && !path.ends_with('/') {
            if path.contains("//") || mark_before == Some(':') {
                return;
            }
            self.add(format!("{path}#{digits}"));
        } else if path.ends_with(['/', '-']) {
            // `feature/#12`
            self.add(format!("{}#{digits}", self.repository));
        }
    }

    /// `ABC-123`, also as the beginning of `ABC-123-oven-door`.
    fn keys_in(&mut self, word: &str) {
        let mut parts = word.split('-');
        let (Some(project), Some(number)) = (parts.next(), parts.next()) else { return };
        let is_project = (2..=20).contains(&project.len())
            && project.starts_with(|first: char| first.is_ascii_uppercase())
            && project.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if is_project && is_number(number) && !NO_PROJECTS.contains(&project) {
            self.add(format!("{project}-{number}"));
        }
    }

    fn add(&mut self, key: String) {
        if self.found.len() < MOST && !self.found.contains(&key) {
            self.found.push(key);
        }
    }
}

fn is_number(text: &str) -> bool {
    (1..=9).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_told_from_what_looks_alike() {
        for (text, expected) in [
            ("fix #3", &["o/r#3"][..]),
            ("Closes #3, #4 and #3.", &["o/r#3", "o/r#4"]),
            ("see other/place#7", &["other/place#7"]),
            ("<a href=\"x\">#12</a> &#39; ##5 abc#9", &[]),
            ("https://example.com/o/r/issues/4#12", &[]),
            ("feature/#12-door", &["o/r#12"]),
            ("#12a #1_2", &[]),
            ("OVEN-12: UTF-8 and SHA-256", &["OVEN-12"]),
            ("bugfix/OVEN-12-hot-door", &["OVEN-12"]),
            ("A-1 oven-12 OVEN-", &[]),
            ("", &[]),
        ] {
            let mut mentions = Mentions::new("o/r");
            mentions.look_in(text);
            assert_eq!(mentions.found(), expected, "{text}");
        }
        let mut mentions = Mentions::new("o/r");
        mentions.look_at_beginning("12-oven-door");
        mentions.look_at_beginning("oven-12");
        assert_eq!(mentions.found(), ["o/r#12"]);
    }
}
