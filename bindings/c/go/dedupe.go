package wxkf

// #include <wxkf.h>
import "C"

import "unsafe"

// Dedupe is a memory of pushes, of all users, for one process.
type Dedupe struct{ handle *handle }

// NewDedupe makes an empty memory of at most capacity pushes, each for horizon milliseconds. WeChat repeats a push
// within a minute.
func NewDedupe(capacity int, horizon int64) (*Dedupe, error) {
	return newDedupe(capacity, horizon, nil)
}

// RestoreDedupe makes a memory from a snapshot.
func RestoreDedupe(capacity int, horizon int64, snapshot []byte) (*Dedupe, error) {
	return newDedupe(capacity, horizon, &snapshot)
}

// Close gives the memory back. To close again changes nothing.
func (d *Dedupe) Close() { d.own().close() }

// Observe takes note of a push by its dedupe key or any other text: since is when it was here first, in
// milliseconds, or nil if it is new.
func (d *Dedupe) Observe(key string, now ...int64) (since *int64, err error) {
	at, err := moment(now)
	if err != nil {
		return nil, err
	}
	var in inputs
	defer in.free()
	ptr, unlock := d.locked()
	defer unlock()
	var first C.uint64_t
	var said C.wxkf_buf
	if err := failure(C.wxkf_dedupe_observe(ptr, in.text(key), at, &first, &said), &said); err != nil {
		return nil, err
	}
	return maybe(first), nil
}

// Forget lets the next delivery in, because handling it failed.
func (d *Dedupe) Forget(key string) error {
	var in inputs
	defer in.free()
	ptr, unlock := d.locked()
	defer unlock()
	var said C.wxkf_buf
	return failure(C.wxkf_dedupe_forget(ptr, in.text(key), &said), &said)
}

// Len is how many pushes it remembers, and 0 if it is closed.
func (d *Dedupe) Len() int {
	ptr, unlock := d.locked()
	defer unlock()
	return int(C.wxkf_dedupe_len(ptr))
}

// Snapshot is the memory in bytes.
func (d *Dedupe) Snapshot() ([]byte, error) {
	ptr, unlock := d.locked()
	defer unlock()
	var snapshot, said C.wxkf_buf
	if err := failure(C.wxkf_dedupe_snapshot(ptr, &snapshot, &said), &said); err != nil {
		return nil, err
	}
	return take(&snapshot), nil
}

func newDedupe(capacity int, horizon int64, snapshot *[]byte) (*Dedupe, error) {
	most, err := natural("capacity", int64(capacity))
	if err != nil {
		return nil, err
	}
	ms, err := natural("horizon_ms", horizon)
	if err != nil {
		return nil, err
	}
	var in inputs
	defer in.free()
	var record C.wxkf_bytes
	if snapshot != nil {
		record = in.bytes(*snapshot)
	}
	var ptr *C.wxkf_dedupe
	var said C.wxkf_buf
	if err := failure(C.wxkf_dedupe_new(most, ms, record, &ptr, &said), &said); err != nil {
		return nil, err
	}
	return &Dedupe{newHandle(unsafe.Pointer(ptr), func(ptr unsafe.Pointer) {
		C.wxkf_dedupe_free((*C.wxkf_dedupe)(ptr))
	})}, nil
}

// own takes nil, which is what a program has that forgot an error, for one that is closed.
func (d *Dedupe) own() *handle {
	if d == nil {
		return nil
	}
	return d.handle
}

func (d *Dedupe) locked() (*C.wxkf_dedupe, func()) {
	ptr, unlock := d.own().locked()
	return (*C.wxkf_dedupe)(ptr), unlock
}
