//! The keys of hash maps, the same in every process: else the same input would take other branches in each, and the
//! short run of CI could not be repeated. Keys still differ from map to map, so that what hangs on a map's order is
//! found all the same.

/// Stands before the C library's: the standard library asks it for the keys.
///
/// # Safety
///
/// `buffer` must have room for `length` bytes, as it has for the function it stands for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn getrandom(buffer: *mut u8, length: usize, _flags: u32) -> isize {
    // SAFETY: the caller's promise.
    unsafe { buffer.write_bytes(1, length) };
    isize::try_from(length).unwrap_or(-1)
}
