//! How the engine worker keeps step with other tabs.

use super::EngineEvent;
use super::engine_role::EngineRole;
use super::tabs::{News, Word};

impl EngineRole {
    /// Keeps step with other tabs.
    pub(super) async fn heed(&self, news: News) {
        match news {
            News::Granted => {
                self.catch_up().await;
                self.autosave.event(EngineEvent::Editing { here: true });
            }
            News::Elsewhere | News::Lost => self.autosave.event(EngineEvent::Editing { here: false }),
            News::NoAnswer => self.tabs.take(),
            News::Told(Word::Saved(id, generation)) => {
                let is_open = self.engine.borrow().workspace_id() == Some(id.as_str());
                if is_open && self.autosave.base_generation() != Some(generation) {
                    self.catch_up().await;
                }
                self.autosave.event(EngineEvent::StoredChanged);
            }
            News::Told(Word::ListChanged) => self.autosave.event(EngineEvent::StoredChanged),
            News::Told(Word::HandOver(id)) => {
                if self.tabs.holds(&id) {
                    self.hand_over(id).await;
                }
            }
            News::Told(Word::NotHandedOver(id)) => {
                if self.tabs.stop_asking(&id) {
                    let text = "The other tab holds changes that are not saved yet, so the workspace stays there. \
                                Go to that tab and see what it says.";
                    self.autosave.event(EngineEvent::Notice { text: text.to_owned() });
                }
            }
        }
    }

    /// Hands the open workspace over to another tab, once everything of it is on disk.
    async fn hand_over(&self, id: String) {
        self.autosave.rest().await;
        if self.autosave.is_clean() {
            self.tabs.hand_over();
            self.autosave.event(EngineEvent::Editing { here: false });
        } else {
            self.tabs.say(&Word::NotHandedOver(id));
        }
    }

    /// Opens what another tab saved, unless there are changes here that are not saved: those are not thrown away.
    async fn catch_up(&self) {
        let open = self.engine.borrow().workspace_id().map(str::to_owned);
        let (Some(id), Ok(store)) = (open, self.autosave.store().await) else { return };
        self.autosave.rest().await;
        let stored = store.head(&id).await.ok().flatten().map(|head| head.generation);
        let is_other = stored.is_some() && stored != self.autosave.base_generation();
        if is_other && self.autosave.is_clean() && self.open_newest_readable(&store, &id).await.is_ok() {
            self.autosave.event(EngineEvent::Refreshed);
        }
    }
}
