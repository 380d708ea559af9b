package wxkf

import (
	"runtime"
	"sync"
	"unsafe"
)

// handle is an object of the library. What the package gives out only points to it, so a copy of an Account or of a
// Received is the same object, which is freed once. The lock keeps close away from those that use it. It is held to
// the end of a call, and so the garbage collector, which closes too, does not come before.
type handle struct {
	lock sync.RWMutex
	ptr  unsafe.Pointer
	free func(unsafe.Pointer)
}

func newHandle(ptr unsafe.Pointer, free func(unsafe.Pointer)) *handle {
	h := &handle{ptr: ptr, free: free}
	runtime.SetFinalizer(h, (*handle).close)
	return h
}

// shared is for a call that any number may make at once, and locked for one that is alone. Both give what unlocks.
// An object that was never made is a closed one.
func (h *handle) shared() (unsafe.Pointer, func()) {
	if h == nil {
		return nil, func() {}
	}
	h.lock.RLock()
	return h.ptr, h.lock.RUnlock
}

func (h *handle) locked() (unsafe.Pointer, func()) {
	if h == nil {
		return nil, func() {}
	}
	h.lock.Lock()
	return h.ptr, h.lock.Unlock
}

func (h *handle) close() {
	ptr, unlock := h.locked()
	defer unlock()
	if ptr != nil {
		h.ptr = nil
		h.free(ptr)
	}
}
