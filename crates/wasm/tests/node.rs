//! The bindings in Node.

mod common;
