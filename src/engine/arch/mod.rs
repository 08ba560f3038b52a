//! What depends on the machine: the only room with `unsafe`.

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512;
pub(crate) mod map;
#[cfg(target_arch = "aarch64")]
pub(crate) mod neon;
