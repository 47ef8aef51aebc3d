//! A frame in a page of somebody else: what the two say to each other, how the frame's height is told, and what is pasted
//! into which host. Pure; the edge carries the messages (`web/frame_messages.rs`).
//!
//! Three kinds of hosts are understood: our own protocol (docs/embedding.md), the wire format of open-iframe-resizer, and the
//! pair of messages of a Confluence Data Center user macro. Anything else is not answered.

mod hosts;
mod incoming;
mod outgoing;
mod partner;
mod plain;
mod resizing;

pub use hosts::{Embeddable, HostSheet, Snippet, host_sheets};
pub use incoming::{Incoming, Resizer, Unoffered};
pub use outgoing::{ErrorCode, Known, Outgoing, heights};
pub use partner::Partner;
pub use plain::Plain;
pub use resizing::ResizeLimit;

/// Name in every message of our own protocol.
pub const PROTOCOL_NAME: &str = "Throughline";
/// Version of our own protocol. A change of meaning raises it.
pub const PROTOCOL: f64 = 1.0;
