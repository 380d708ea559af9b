package wxkf

// #include <stdlib.h>
// #include <wxkf.h>
import "C"

import "unsafe"

// inputs are the arguments of one call, copied to memory of C: a structure that points to memory of Go must not
// go there.
type inputs []unsafe.Pointer

func (in *inputs) bytes(bytes []byte) C.wxkf_bytes {
	// One byte more, since a pointer that is NULL would say that there is nothing.
	at := C.malloc(C.size_t(len(bytes)) + 1)
	*in = append(*in, at)
	copy(unsafe.Slice((*byte)(at), len(bytes)+1), bytes)
	return C.wxkf_bytes{ptr: (*C.uint8_t)(at), len: C.size_t(len(bytes))}
}

func (in *inputs) text(text string) C.wxkf_bytes { return in.bytes([]byte(text)) }

// optional takes an empty text for one that is absent.
func (in *inputs) optional(text string) C.wxkf_bytes {
	if text == "" {
		return C.wxkf_bytes{}
	}
	return in.text(text)
}

func (in *inputs) options(options []Option) *C.wxkf_account_option {
	if len(options) == 0 {
		return nil
	}
	at := C.calloc(C.size_t(len(options)), C.sizeof_wxkf_account_option)
	*in = append(*in, at)
	first := (*C.wxkf_account_option)(at)
	for index, option := range options {
		unsafe.Slice(first, len(options))[index] = C.wxkf_account_option{
			name:  in.text(option.name),
			value: in.text(option.value),
		}
	}
	return first
}

func (in *inputs) free() {
	for _, at := range *in {
		C.free(at)
	}
}

// take copies a buffer of the library and frees it.
func take(buf *C.wxkf_buf) []byte {
	defer C.wxkf_buf_free(buf)
	bytes := make([]byte, int(buf.len))
	if buf.len > 0 {
		copy(bytes, unsafe.Slice((*byte)(buf.ptr), int(buf.len)))
	}
	return bytes
}

// text copies what is borrowed. What is absent is empty.
func text(bytes C.wxkf_bytes) string {
	if bytes.ptr == nil {
		return ""
	}
	return string(unsafe.Slice((*byte)(bytes.ptr), int(bytes.len)))
}
