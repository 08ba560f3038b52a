//! What depends on the machine: the only room with `unsafe`.

pub(crate) mod map;
