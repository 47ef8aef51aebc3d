//! Text in a picture: what XML can hold, how wide it is about, and where to break it.

use std::borrow::Cow;

/// True for a character that a text of XML can hold and that cannot turn the line around it.
pub fn holds(character: char) -> bool {
    !matches!(
        character,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

/// The text without the characters that XML cannot hold.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().all(holds) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&one| holds(one)).collect())
    }
}

/// About how wide a text is, in CSS pixels: no browser is there to ask, so it is rather too wide than too narrow.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let ems = |character: char| match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' | '[' | ']' | 'f' | 't' | 'r'
        | ' ' => 0.36,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' | '—' => 0.92,
        'A'..='Z' => 0.7,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0.0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'.. => 1.05,
        _ => 0.57,
    };
    text.chars().map(ems).sum::<f64>() * size
}

/// The text in lines of at most `room` pixels; a word that is longer than a line is broken. At most `most` lines, the last
/// with an ellipsis when there is more.
pub(super) fn lines(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for character in word.chars() {
            if !line.is_empty() && width(&line, size) + size > room {
                lines.push(std::mem::take(&mut line));
            }
            line.push(character);
        }
        if lines.len() > most {
            break;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && width(last, size) + size > room {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_between_words_and_cut_with_a_mark() {
        assert_eq!(lines("one two three", 10.0, 1000.0, 3), ["one two three"]);
        let broken = lines("one two three four five six seven", 10.0, 60.0, 2);
        assert_eq!(broken.len(), 2);
        assert!(broken[1].ends_with('…'), "{broken:?}");
        assert!(broken.iter().all(|line| width(line, 10.0) <= 70.0), "{broken:?}");
        assert!(lines(&"x".repeat(400), 10.0, 100.0, 50).iter().all(|line| width(line, 10.0) <= 100.0));
        assert!(lines("", 10.0, 100.0, 3).is_empty());
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(plain("a\u{0}b\u{202e}c\u{ffff}\nd"), "abc\nd");
        assert!(matches!(plain("plain"), Cow::Borrowed(_)));
    }
}
