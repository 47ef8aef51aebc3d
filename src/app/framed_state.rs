//! What the page holds only when it is in a frame. Written by `actions` alone.

use std::sync::Arc;

use leptos::prelude::*;

use super::components::Drawing;
use crate::charts::Panel;
use crate::embedding::LoadOrder;
use crate::metrics::MetricResult;
use crate::web::{Buffers, FrameLink};

/// The signals of a frame.
#[derive(Clone, Copy)]
pub(super) struct FramedState {
    /// The way to the page around.
    pub(super) around: StoredValue<Option<FrameLink>, LocalStorage>,
    /// True when the page around gives the frame the height of its content.
    pub(super) own_height: RwSignal<bool>,
    /// Data that the page around hands over, until it is shown or refused.
    pub(super) handover: RwSignal<Option<Handover>>,
    /// The bytes of it.
    pub(super) handed_over: StoredValue<Buffers, LocalStorage>,
    /// True once data of the page around was read: what became of it is told in the frame.
    pub(super) tells_notices: RwSignal<bool>,
    /// Origin of the page around when what is shown is what it handed over. Set before anything of it is read, and taken back
    /// before anything else is shown: who gave the data may have it back.
    pub(super) given_by: RwSignal<Option<String>>,
    /// The charts in the frame that can be handed to the page around.
    pub(super) shown_charts: StoredValue<Vec<ShownChart>, LocalStorage>,
}

impl FramedState {
    /// Nothing was heard yet.
    pub(super) fn new() -> Self {
        Self {
            around: StoredValue::new_local(None),
            own_height: RwSignal::new(false),
            handover: RwSignal::new(None),
            handed_over: StoredValue::new_local(Buffers::default()),
            tells_notices: RwSignal::new(false),
            given_by: RwSignal::new(None),
            shown_charts: StoredValue::new_local(Vec::new()),
        }
    }
}

/// Data that the page around hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Handover {
    /// Origin of the page around.
    pub(super) origin: String,
    /// What it hands over.
    pub(super) order: LoadOrder,
    /// How far it is.
    pub(super) stage: HandoverStage,
}

/// How far data of the page around is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HandoverStage {
    /// It waits until what the address names is open.
    Waiting,
    /// The reader is asked.
    Asked,
    /// It is read.
    Reading,
}

/// A chart in the frame.
#[derive(Clone, Copy)]
pub(super) struct ShownChart {
    /// What it draws.
    pub(super) panel: &'static Panel,
    /// Its drawing.
    pub(super) drawing: Drawing,
    /// Its numbers, while they are the answer to the present question.
    pub(super) result: Signal<Option<Arc<MetricResult>>>,
}
