//! The arrays an importer wants, and how far into the document each of them has been followed.

use super::elements::JsonElement;

/// One step of a path.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    /// `*`: any key.
    AnyKey,
    /// `[]`: any element of a list.
    Element,
}

#[derive(Debug)]
struct Wanted {
    path: String,
    steps: Vec<Step>,
    elements: u64,
}

/// Paths that still fit, as bits.
pub(super) type Fitting = u64;

/// All wanted arrays; at most 64.
#[derive(Debug)]
pub(super) struct Paths {
    wanted: Vec<Wanted>,
}

impl Paths {
    pub(super) fn new(arrays: &[&str]) -> Self {
        debug_assert!(arrays.len() <= Fitting::BITS as usize, "a bit each");
        let wanted = arrays.iter().take(Fitting::BITS as usize);
        Self {
            wanted: wanted.map(|path| Wanted { path: (*path).to_owned(), steps: steps(path), elements: 0 }).collect(),
        }
    }

    /// What fits the top of a document.
    pub(super) fn all(&self) -> Fitting {
        (0..self.wanted.len()).fold(0, |fitting, index| fitting | 1 << index)
    }

    /// The wanted path that ends at this depth.
    pub(super) fn ending(&self, fitting: Fitting, depth: usize) -> Option<usize> {
        self.fitting(fitting).find(|(_, wanted)| wanted.steps.len() == depth).map(|(index, _)| index)
    }

    /// Whether an object at this depth can hold a wanted array.
    pub(super) fn lead_into_object(&self, fitting: Fitting, depth: usize) -> bool {
        self.fitting(fitting).any(|(_, wanted)| matches!(wanted.steps.get(depth), Some(Step::Key(_) | Step::AnyKey)))
    }

    /// What fits the elements of a list at this depth.
    pub(super) fn after_element(&self, fitting: Fitting, depth: usize) -> Fitting {
        self.keep(fitting, |wanted| wanted.steps.get(depth) == Some(&Step::Element))
    }

    /// What fits the value of this key (between its quotes, still escaped) of an object at this depth.
    pub(super) fn after_key(&self, fitting: Fitting, depth: usize, raw: &[u8]) -> Fitting {
        let unescaped = raw.contains(&b'\\').then(|| unescaped(raw)).flatten();
        let key = unescaped.as_ref().map_or(raw, |key| key.as_bytes());
        self.keep(fitting, |wanted| match wanted.steps.get(depth) {
            Some(Step::Key(name)) => name.as_bytes() == key,
            Some(Step::AnyKey) => true,
            _ => false,
        })
    }

    /// The next element of a wanted array.
    pub(super) fn element<'a>(&'a mut self, index: usize, bytes: &'a [u8], line: u64) -> JsonElement<'a> {
        let wanted = &mut self.wanted[index];
        wanted.elements += 1;
        JsonElement { path: &wanted.path, bytes, line, position: wanted.elements }
    }

    /// Elements of all wanted arrays so far.
    pub(super) fn elements(&self) -> u64 {
        self.wanted.iter().map(|wanted| wanted.elements).sum()
    }

    fn fitting(&self, fitting: Fitting) -> impl Iterator<Item = (usize, &Wanted)> {
        self.wanted.iter().enumerate().filter(move |(index, _)| fitting & (1 << index) != 0)
    }

    fn keep(&self, fitting: Fitting, fits: impl Fn(&Wanted) -> bool) -> Fitting {
        self.fitting(fitting).filter(|(_, wanted)| fits(wanted)).fold(0, |kept, (index, _)| kept | 1 << index)
    }
}

fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let name = part.trim_end_matches("[]");
        match name {
            "" => {}
            "*" => steps.push(Step::AnyKey),
            _ => steps.push(Step::Key(name.to_owned())),
        }
        steps.extend((0..(part.len() - name.len()) / 2).map(|_| Step::Element));
    }
    steps
}

/// The text between quotes with its escapes resolved; `None` when they are wrong.
pub(super) fn unescaped(raw: &[u8]) -> Option<String> {
    let quoted = [b"\"", raw, b"\""].concat();
    serde_json::from_slice(&quoted).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_followed_step_by_step() {
        let paths = Paths::new(&["", "issues", "data.*.nodes", "[].values"]);
        let top = paths.all();
        assert_eq!(paths.ending(top, 0), Some(0));
        assert!(paths.lead_into_object(top, 0));
        assert_eq!(paths.after_key(top, 0, b"issues"), 0b0010);
        assert_eq!(paths.after_key(top, 0, br"\u0069ssues"), 0b0010);
        assert_eq!(paths.after_key(top, 0, b"data"), 0b0100);
        assert_eq!(paths.after_key(0b0100, 1, b"anything"), 0b0100);
        assert_eq!(paths.ending(0b0100, 3), Some(2));
        assert_eq!(paths.after_element(top, 0), 0b1000);
        assert_eq!(paths.after_key(0b1000, 1, b"values"), 0b1000);
    }
}
