package wxkf

import (
	"sync"
	"unsafe"
)

// handle is an object of the library. Its lock keeps Close away from those that use it. It is held to the end of
// a call, and so the garbage collector, which closes too, does not come before.
type handle struct {
	lock sync.RWMutex
	ptr  unsafe.Pointer
}

// shared is for a call that any number may make at once, and locked for one that is alone. Both give what unlocks.
func (h *handle) shared() (unsafe.Pointer, func()) {
	h.lock.RLock()
	return h.ptr, h.lock.RUnlock
}

func (h *handle) locked() (unsafe.Pointer, func()) {
	h.lock.Lock()
	return h.ptr, h.lock.Unlock
}

func (h *handle) close(free func(unsafe.Pointer)) {
	ptr, unlock := h.locked()
	defer unlock()
	h.ptr = nil
	if ptr != nil {
		free(ptr)
	}
}
