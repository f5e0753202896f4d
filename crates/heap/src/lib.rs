//! What a program asks of its allocator. Nothing else in the workspace is `unsafe`.

/// From now on whatever takes 256 KiB or more is given back to the system when it is let go.
///
/// glibc begins so, and raises the size to that of the largest piece that was ever let go, up to 32 MiB: then the tables that
/// reading a large calendar needs for a while leave holes, ten megabytes of a gigabyte, that nothing else fits into. It costs
/// a call to the system for each such piece. Of other libraries' allocators nothing is asked.
pub fn give_back_large_pieces() {
    #[cfg(target_env = "gnu")]
    {
        const LARGE: libc::c_int = 256 * 1024;
        // SAFETY: it changes a number of the allocator's own, under its own lock; what it does not like it ignores.
        #[expect(unsafe_code, reason = "there is no other way to say it")]
        unsafe {
            libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
        }
    }
}
