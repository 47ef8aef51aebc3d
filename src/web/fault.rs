//! Faults on request, so that browser tests (and doubters) can see that each is survived: `?fault=worker-panic`.
//!
//! Harmless by design: a fault only does what a bad day does, to the tab that asks for it, and nothing of it is kept.

use serde::{Deserialize, Serialize};
use web_sys::UrlSearchParams;

/// What shall go wrong, once, in this tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum Fault {
    /// Nothing.
    #[default]
    None,
    /// `worker-panic`: the engine worker panics at the first question for metrics.
    WorkerPanic,
    /// `worker-hang`: it never answers that question.
    WorkerHang,
    /// `import-panic`: the first import worker panics after its first chunk.
    ImportPanic,
    /// `import-hang`: it stops there without a word.
    ImportHang,
    /// `storage-blocked`: the browser's storage cannot be opened.
    StorageBlocked,
    /// `storage-full`: no save is committed.
    StorageFull,
    /// `page-panic`: the page panics when the first metrics arrive.
    PagePanic,
}

impl Fault {
    const NAMES: [(&'static str, Self); 7] = [
        ("worker-panic", Self::WorkerPanic),
        ("worker-hang", Self::WorkerHang),
        ("import-panic", Self::ImportPanic),
        ("import-hang", Self::ImportHang),
        ("storage-blocked", Self::StorageBlocked),
        ("storage-full", Self::StorageFull),
        ("page-panic", Self::PagePanic),
    ];

    /// The fault named in the page's address; an unknown name is no fault.
    pub(super) fn of_page() -> Self {
        let query = gloo::utils::window().location().search().unwrap_or_default();
        let named = UrlSearchParams::new_with_str(&query).ok().and_then(|query| query.get("fault"));
        Self::NAMES
            .into_iter()
            .find_map(|(name, fault)| (Some(name) == named.as_deref()).then_some(fault))
            .unwrap_or_default()
    }

    /// Panics.
    #[expect(clippy::panic, reason = "an injected fault must be the real thing")]
    pub(super) fn panic_now() -> ! {
        panic!("fault injected by the page's address")
    }

    /// Never comes back; the supervisor ends the worker.
    pub(super) fn hang_now() -> ! {
        loop {
            std::hint::spin_loop();
        }
    }
}
