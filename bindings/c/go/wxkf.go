// Package wxkf is a protocol core for WeChat customer-service messages (客服消息) of Mini Programs and Official
// Accounts. It verifies and opens what WeChat pushes, makes the answers and the calls of the API, and keeps count
// of window, quota, repeats and the access token. It does no I/O.
//
// Times are milliseconds since 1970. Where a method takes now, it may be left out: then it is the clock of the
// system. A failure is an *Error. What the own record refuses, and what WeChat rejects, is a value.
//
// Every object may be used by any number of goroutines; a record takes them one after the other. A copy of an object
// is the same object. Close gives the memory back, and so does the garbage collector, later. A closed object, a zero
// one and nil refuse every call with binding.argument_invalid.
package wxkf

// #cgo pkg-config: wxkf
// #include <wxkf.h>
// #if WXKF_ABI != 2
// #error "this package is written for ABI 2 of libwxkf"
// #endif
import "C"

import "fmt"

// ABI is the number of the ABI that this package is written for.
const ABI = 2

// Version says which version of the library is loaded.
func Version() string { return text(C.wxkf_version()) }

func init() {
	if err := checkABI(uint32(C.wxkf_abi())); err != nil {
		panic(err)
	}
}

func checkABI(loaded uint32) error {
	if loaded != ABI {
		return fmt.Errorf("wxkf: the library has ABI %d, this package needs %d", loaded, ABI)
	}
	return nil
}
