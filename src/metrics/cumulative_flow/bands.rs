//! Which bands a cumulative flow has.

use crate::model::{CategoryField, PreparedDataset, StatusCategory, Step, Timeline, sort_by_key};

use super::super::standing::{Window, steps};

/// More bands cannot be told apart.
const MOST_BANDS: usize = 6;

/// The way of work. Closed without being delivered comes before finished, so that what is finished is at the far end.
const WAY: [StatusCategory; 4] =
    [StatusCategory::ToDo, StatusCategory::InProgress, StatusCategory::Dropped, StatusCategory::Done];

struct Band {
    name: String,
    category: StatusCategory,
    /// True when it is the category itself.
    is_category: bool,
}

/// The bands in the order of work, and the band of each status.
pub(super) struct Bands {
    list: Vec<Band>,
    /// By status code.
    of_status: Vec<usize>,
    /// By category, for steps that tell no status.
    of_category: [usize; 4],
    gathered: Vec<StatusCategory>,
}

impl Bands {
    /// The bands of the states that these items were in.
    pub(super) fn new(data: &PreparedDataset, items: &[u32], window: Window) -> Self {
        let mut is_met = vec![false; data.statuses.len()];
        let mut met_category = [false; 4];
        for &item in items {
            for (_, step) in steps(data, item as usize, window.as_of) {
                match is_met.get_mut(step.status as usize) {
                    Some(met) if step.category != StatusCategory::Dropped => *met = true,
                    _ => met_category[step.category as usize] = true,
                }
            }
        }
        let statuses_of = |category: StatusCategory| {
            let of_category = |code: &u32| is_met[*code as usize] && data.statuses.category(*code) == category;
            let mut codes: Vec<u32> = (0..is_met.len() as u32).filter(of_category).collect();
            sort_by_key(&mut codes, |&code| data.statuses.position(code));
            codes
        };
        let codes: Vec<Vec<u32>> = WAY.map(statuses_of).into();
        let mut gathered = Vec::new();
        let count = |gathered: &[StatusCategory]| -> usize {
            let of = |(category, codes): (&StatusCategory, &Vec<u32>)| {
                let generic = usize::from(met_category[*category as usize]);
                if gathered.contains(category) { 1 } else { codes.len() + generic }
            };
            WAY.iter().zip(&codes).map(of).sum()
        };
        for category in [StatusCategory::Done, StatusCategory::ToDo, StatusCategory::InProgress] {
            let position = WAY.iter().position(|&one| one == category).unwrap_or(0);
            if count(&gathered) > MOST_BANDS && codes[position].len() > 1 {
                gathered.push(category);
            }
        }
        let mut bands = Self { list: Vec::new(), of_status: vec![0; is_met.len()], of_category: [0; 4], gathered };
        let present = data.dataset.category(CategoryField::Status);
        for (category, codes) in WAY.into_iter().zip(codes) {
            let is_gathered = bands.gathered.contains(&category);
            if met_category[category as usize] || is_gathered {
                bands.of_category[category as usize] = bands.list.len();
                let title = category.title();
                // Beside statuses, one of which may bear the same name.
                let is_rest = !is_gathered && !codes.is_empty();
                let name = if is_rest { format!("{title} (status not told)") } else { title.to_owned() };
                bands.list.push(Band { name, category, is_category: true });
            }
            for code in codes {
                if !is_gathered {
                    let name = data.statuses.name(code, present);
                    let name = if name.is_empty() { "No status" } else { name };
                    bands.list.push(Band { name: name.to_owned(), category, is_category: false });
                }
                bands.of_status[code as usize] = bands.list.len() - 1;
            }
        }
        bands
    }

    /// Number of bands.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The band of a step.
    pub(super) fn of(&self, step: Step) -> usize {
        if step.status == Timeline::NO_STATUS || step.category == StatusCategory::Dropped {
            return self.of_category[step.category as usize];
        }
        self.of_status.get(step.status as usize).copied().unwrap_or(self.of_category[step.category as usize])
    }

    /// What a band counts as.
    pub(super) fn category(&self, band: usize) -> StatusCategory {
        self.list[band].category
    }

    /// Stable name: that of the category, else the place in the workflow.
    pub(super) fn id(&self, band: usize) -> String {
        let Band { category, is_category, .. } = self.list[band];
        if is_category { category.title().to_lowercase().replace(' ', "-") } else { format!("band-{}", band + 1) }
    }

    /// For people.
    pub(super) fn name(&self, band: usize) -> &str {
        &self.list[band].name
    }

    /// Says what was gathered.
    pub(super) fn note(&self) -> Option<String> {
        let titles: Vec<&str> = self.gathered.iter().map(|category| category.title()).collect();
        (!titles.is_empty()).then(|| {
            let titles = super::super::words::list(&titles, 3);
            format!("At most {MOST_BANDS} bands are drawn: the statuses of these are gathered: {titles}.")
        })
    }
}
