//! What the page is at this address: the user's own workspaces, a published bundle, a part of another page, or a card.

use super::{Address, ResolvedAddress, SourceVerdict, judge_source};

/// What the site is set up with: `app.config.json` beside the page. Missing or unreadable is the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Address of the published bundle's manifest, relative to the page; `None` = the site publishes nothing.
    pub workspace: Option<String>,
    /// Origins whose data is fetched without asking. The content security policy must allow them as well.
    pub data_origins: Vec<String>,
    /// Origins of pages that may know what an embedded chart shows, and may give it data.
    pub embed_origins: Vec<String>,
    /// Whoever comes may open files of their own.
    pub allow_local: bool,
    /// The site's own name, shown beside the product's and never in its place.
    pub brand: Option<String>,
}

impl Default for Site {
    fn default() -> Self {
        Self { workspace: None, data_origins: Vec::new(), embed_origins: Vec::new(), allow_local: true, brand: None }
    }
}

/// Where the page stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// It is in a frame of another page.
    pub framed: bool,
    /// Its origin.
    pub origin: String,
}

/// What the page is. Decided once, when it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// What it is there for.
    pub task: Task,
    /// A part of another page: no chrome, no storage of this browser, no drop.
    pub embedded: bool,
}

/// What the page is there for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// The workspaces of this browser.
    Own,
    /// A published bundle, by the address of its manifest.
    Published(SourceVerdict),
    /// In a frame of a page that nothing was published for: nothing but a link to the page itself. Whoever frames it must
    /// not get at the user's own work.
    Card,
}

impl Opening {
    /// Decides. `resolve` is the browser's reading of an address against that of the page.
    pub fn of(
        address: &Address,
        site: &Site,
        around: &Surroundings,
        resolve: impl Fn(&str) -> Option<ResolvedAddress>,
    ) -> Self {
        let embedded = around.framed || address.frame.embed;
        let prefers_own = address.frame.own && site.allow_local && !embedded;
        let source = address.sources.first().or(site.workspace.as_ref()).filter(|_| !prefers_own);
        let task = match source {
            Some(source) => Task::Published(judge_source(resolve(source), &around.origin, &site.data_origins)),
            None if embedded => Task::Card,
            None => Task::Own,
        };
        Self { task, embedded }
    }

    /// True when the workspaces of this browser are none of its business.
    pub fn keeps_out_of_storage(&self) -> bool {
        self.task != Task::Own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(query: &str, published: bool, framed: bool) -> Opening {
        let site = Site { workspace: published.then(|| "data/workspace.json".to_owned()), ..Site::default() };
        let around = Surroundings { framed, origin: "https://a.example".to_owned() };
        Opening::of(&Address::read(query, "").0, &site, &around, |source| {
            Some(ResolvedAddress {
                href: format!("https://a.example/{source}"),
                protocol: "https:".to_owned(),
                credentials: String::new(),
                host: "a.example".to_owned(),
                origin: "https://a.example".to_owned(),
            })
        })
    }

    #[test]
    fn own_workspaces_are_never_shown_in_a_frame() {
        for query in ["", "embed=1", "embed=0", "view=flow", "src=x.json", "chart=burnup&embed=1"] {
            for published in [false, true] {
                let opening = opened(query, published, true);
                assert!(opening.embedded && opening.keeps_out_of_storage(), "{query}");
                assert_eq!(opening.task == Task::Card, !published && !query.contains("src"), "{query}");
            }
        }
    }

    #[test]
    fn unframed_it_is_the_users_own_unless_something_is_published() {
        assert_eq!(opened("", false, false), Opening { task: Task::Own, embedded: false });
        assert!(matches!(opened("", true, false).task, Task::Published(SourceVerdict::Fetch(_))));
        assert!(matches!(opened("src=x.json", false, false).task, Task::Published(_)));
        assert_eq!(opened("embed=1", false, false).task, Task::Card);
        assert_eq!(opened("own=1", true, false).task, Task::Own);
        assert!(matches!(opened("own=1", true, true).task, Task::Published(_)), "never in a frame");
    }
}
