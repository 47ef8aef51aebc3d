//! A frame in a page of somebody else: what the two say to each other, how the frame's height is told, and what is pasted
//! into which host. Pure; the edge carries the messages (`web/frame_messages.rs`).
//!
//! Three kinds of hosts are understood: our own protocol (docs/embedding.md), the wire format of open-iframe-resizer, and the
//! pair of messages of a Confluence Data Center user macro. Anything else is not answered.

mod export;
mod hosts;
mod incoming;
mod load;
mod outgoing;
mod partner;
mod plain;
mod resizing;

pub use export::{ExportFormat, ExportOrder, ExportProblem};
pub use hosts::{Embeddable, HostSheet, Snippet, host_sheets};
pub use incoming::{Incoming, Resizer};
pub use load::{GivenFile, LoadOrder, LoadProblem, MOST_GIVEN_BYTES, MOST_GIVEN_FILES};
pub use outgoing::{ErrorCode, Known, Outgoing, heights};
pub use partner::{LoadVerdict, Partner, names_somebody};
pub use plain::Plain;
pub use resizing::ResizeLimit;

/// Name in every message of our own protocol.
pub const PROTOCOL_NAME: &str = "Throughline";
/// Version of our own protocol. A change of meaning raises it.
pub const PROTOCOL: f64 = 1.0;
