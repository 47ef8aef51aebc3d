//! Iterations (sprints): their windows, where the windows come from, and their members.

use super::NO_MOMENT;

/// Dates a source states for an iteration; [`NO_MOMENT`] when it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct IterationDates {
    /// Planned or actual start, UTC milliseconds.
    pub start: i64,
    /// Planned end.
    pub end: i64,
    /// Actual completion.
    pub completed: i64,
}

impl IterationDates {
    /// No date is stated.
    pub const NONE: Self = Self { start: NO_MOMENT, end: NO_MOMENT, completed: NO_MOMENT };

    /// The window these dates give: start to completion, else to the planned end. `None` when one side is missing.
    pub fn window(self) -> Option<Window> {
        let end = if self.completed == NO_MOMENT { self.end } else { self.completed };
        (self.start != NO_MOMENT && end != NO_MOMENT && self.start < end).then_some(Window {
            start: self.start,
            end,
            origin: WindowOrigin::Source,
        })
    }
}

/// Who says when an iteration began and ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum WindowOrigin {
    /// The imported file.
    Source,
    /// Worked out from the dates of the iteration's items.
    Inferred,
    /// Typed by the user.
    Edited,
}

/// From start (inclusive) to end (exclusive), UTC milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Window {
    /// First moment inside.
    pub start: i64,
    /// First moment after.
    pub end: i64,
    /// Who says so.
    pub origin: WindowOrigin,
}

/// One iteration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Iteration {
    /// Its code in the dataset's sprint column.
    pub code: u32,
    /// Its name.
    pub name: String,
    /// When it ran; `None` when neither the source, the items nor the user tell.
    pub window: Option<Window>,
}

/// All iterations of a dataset in time order (those without a window last, by name), with their members.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Iterations {
    list: Vec<Iteration>,
    /// Members of list[i] are `items[ends[i-1]..ends[i]]`.
    ends: Vec<u32>,
    items: Vec<u32>,
}

impl Iterations {
    /// Sorts the iterations and collects members: `sprints_of(item)` gives the codes of an item.
    pub fn new<'a>(mut list: Vec<Iteration>, items: usize, sprints_of: impl Fn(usize) -> &'a [u32]) -> Self {
        super::sort_by(&mut list, |a, b| {
            let time = |iteration: &Iteration| {
                iteration.window.map_or((i64::MAX, i64::MAX), |window| (window.end, window.start))
            };
            time(a).cmp(&time(b)).then_with(|| a.name.cmp(&b.name))
        });
        let largest = list.iter().map(|iteration| iteration.code as usize + 1).max().unwrap_or(0);
        let mut position_of = vec![usize::MAX; largest];
        for (position, iteration) in list.iter().enumerate() {
            position_of[iteration.code as usize] = position;
        }
        let position = |code: u32| position_of.get(code as usize).copied().filter(|&position| position != usize::MAX);
        let mut counts = vec![0_u32; list.len()];
        for item in 0..items {
            for &code in sprints_of(item) {
                if let Some(position) = position(code) {
                    counts[position] += 1;
                }
            }
        }
        let mut next = Vec::with_capacity(list.len());
        let mut ends = Vec::with_capacity(list.len());
        let mut total = 0;
        for count in counts {
            next.push(total as usize);
            total += count;
            ends.push(total);
        }
        let mut members = vec![0_u32; total as usize];
        for item in 0..items {
            for &code in sprints_of(item) {
                if let Some(position) = position(code) {
                    members[next[position]] = item as u32;
                    next[position] += 1;
                }
            }
        }
        Self { list, ends, items: members }
    }

    /// The iterations in time order.
    pub fn list(&self) -> &[Iteration] {
        &self.list
    }

    /// Items that name the iteration at this position, in rising order.
    pub fn members(&self, position: usize) -> &[u32] {
        let Some(&end) = self.ends.get(position) else { return &[] };
        let start = if position == 0 { 0 } else { self.ends[position - 1] };
        &self.items[start as usize..end as usize]
    }

    /// The position of a name.
    pub fn position_of(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|iteration| iteration.name == name)
    }

    /// The iteration running at `as_of`, else the last that had begun by then, else the first with a window.
    pub fn current(&self, as_of: i64) -> Option<usize> {
        let with_window = |position: &usize| self.list[*position].window;
        let positions = || (0..self.list.len()).filter(|position| with_window(position).is_some());
        let started = |position: &usize| with_window(position).is_some_and(|window| window.start <= as_of);
        let running =
            |position: &usize| with_window(position).is_some_and(|window| window.start <= as_of && as_of < window.end);
        positions().rfind(running).or_else(|| positions().rfind(started)).or_else(|| positions().next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_follow_time_order() {
        let window = |start| Some(Window { start, end: start + 10, origin: WindowOrigin::Source });
        let list = vec![
            Iteration { code: 1, name: "later".into(), window: window(20) },
            Iteration { code: 2, name: "undated".into(), window: None },
            Iteration { code: 3, name: "earlier".into(), window: window(10) },
        ];
        let sprints: [&[u32]; 3] = [&[3, 1], &[2], &[1]];
        let iterations = Iterations::new(list, 3, |item| sprints[item]);
        let names: Vec<_> = iterations.list().iter().map(|iteration| iteration.name.as_str()).collect();
        assert_eq!(names, ["earlier", "later", "undated"]);
        assert_eq!(iterations.members(0), [0]);
        assert_eq!(iterations.members(1), [0, 2]);
        assert_eq!(iterations.members(2), [1]);
        assert_eq!(iterations.current(15), Some(0));
        assert_eq!(iterations.current(100), Some(1));
        assert_eq!(iterations.current(0), Some(0));
    }
}
