//! The system's allocator, with a count of its calls and bytes that can be switched on.
//!
//! Published allocators of this kind (`stats_alloc`, `peak_alloc`, `cap`) always count, with atomic
//! additions: some 30 for a receive, a tenth of its time, charged to our side alone. This one costs
//! a load and a branch while it is off, and the counts need no atomic additions because nothing
//! here has a second thread.
#![expect(unsafe_code, reason = "`GlobalAlloc` is an unsafe trait; all is passed on to `System`")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicIsize;
use std::sync::atomic::Ordering::Relaxed;

pub struct Counting;

static IS_ON: AtomicBool = AtomicBool::new(false);
static CALLS: AtomicIsize = AtomicIsize::new(0);
static LIVE: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);

/// What a piece of work asked of the allocator.
#[derive(Clone, Copy)]
pub struct Counts {
    /// Allocations, and moves of one to another size.
    pub calls: isize,
    /// The most bytes that it held at one time. While a block changes its size both the old and
    /// the new one count, though an allocator may spare the second.
    pub peak_bytes: isize,
}

/// Runs the work and counts. What it returns is dropped by the caller, after the count.
pub fn counted<T>(work: impl FnOnce() -> T) -> (T, Counts) {
    for counter in [&CALLS, &LIVE, &PEAK] {
        counter.store(0, Relaxed);
    }
    IS_ON.store(true, Relaxed);
    let result = work();
    IS_ON.store(false, Relaxed);
    (result, Counts { calls: CALLS.load(Relaxed), peak_bytes: PEAK.load(Relaxed) })
}

// A block is never larger than `isize::MAX`: `Layout` says so.
fn took(size: usize) {
    if IS_ON.load(Relaxed) {
        CALLS.store(CALLS.load(Relaxed) + 1, Relaxed);
        let live = LIVE.load(Relaxed) + size as isize;
        LIVE.store(live, Relaxed);
        PEAK.store(PEAK.load(Relaxed).max(live), Relaxed);
    }
}

fn gave(size: usize) {
    if IS_ON.load(Relaxed) {
        LIVE.store(LIVE.load(Relaxed) - size as isize, Relaxed);
    }
}

// SAFETY: every call goes to `System` with the arguments as they came, and its answer goes back
// unchanged; the counting beside it neither allocates nor panics.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        // SAFETY: the caller keeps the contract of `alloc`, which is that of `System`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        took(new_size);
        gave(layout.size());
        // SAFETY: as above; every block came from `System`.
        unsafe { System.realloc(block, layout, new_size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        gave(layout.size());
        // SAFETY: as above; every block came from `System`.
        unsafe { System.dealloc(block, layout) }
    }
}
