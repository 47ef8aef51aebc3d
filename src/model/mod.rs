//! What a delivery record is.
