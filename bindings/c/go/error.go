package wxkf

// #include <wxkf.h>
import "C"

import "encoding/json"

// Error is a failure of a call. Nothing was changed by it.
type Error struct {
	// Code is the stable name, such as callback.signature_mismatch.
	Code string `json:"code"`
	// Origin says whose mistake it is: caller for this program, peer for who sent the push, platform for WeChat's
	// answer. Answer a peer with an HTTP error and no details.
	Origin string `json:"origin"`
	// Field is the name of what was wrong, if it is known.
	Field string `json:"field"`
	// Detail is what exactly was seen. Do not show it to a stranger.
	Detail string `json:"detail"`
	// Message says in English what the code means.
	Message string `json:"message"`

	status C.wxkf_status
}

// Error has the code, the field and the message, and not the detail.
func (e *Error) Error() string {
	if e.Field == "" {
		return "wxkf: " + e.Code + ": " + e.Message
	}
	return "wxkf: " + e.Code + " (" + e.Field + "): " + e.Message
}

// Chinese says in Chinese what the code means.
func (e *Error) Chinese() string { return text(C.wxkf_status_message(e.status, true)) }

// failure reads and frees what a call has said; it is nil if all went well.
func failure(status C.wxkf_status, said *C.wxkf_buf) error {
	if status == C.WXKF_OK {
		return nil
	}
	err := plainError(status)
	// What the library says is more than its numbers do, but those do if it says nothing.
	_ = json.Unmarshal(take(said), err)
	return err
}

func argumentInvalid(field string) error {
	err := plainError(C.WXKF_BINDING_ARGUMENT_INVALID)
	err.Field = field
	return err
}

func plainError(status C.wxkf_status) *Error {
	return &Error{
		Code:    text(C.wxkf_status_name(status)),
		Origin:  text(C.wxkf_status_origin(status)),
		Message: text(C.wxkf_status_message(status, false)),
		status:  status,
	}
}
