package wxkf

// #include <wxkf.h>
import "C"

import (
	"encoding/json"
	"unsafe"
)

// Account is an account with its keys. It never changes; hold one for as long as the program runs.
type Account struct{ handle *handle }

// Answer is what to send back to WeChat: the body unchanged, as this content type.
type Answer struct {
	Body        []byte
	ContentType string
}

// NewAccount makes an account and checks all of it: it fails with config.… for a value that WeChat would not take.
func NewAccount(kind Kind, appID, token string, options ...Option) (*Account, error) {
	var in inputs
	defer in.free()
	var ptr *C.wxkf_account
	var said C.wxkf_buf
	status := C.wxkf_account_new(in.text(string(kind)), in.text(appID), in.text(token),
		in.options(options), C.size_t(len(options)), &ptr, &said)
	if err := failure(status, &said); err != nil {
		return nil, err
	}
	return &Account{newHandle(unsafe.Pointer(ptr), func(ptr unsafe.Pointer) {
		C.wxkf_account_free((*C.wxkf_account)(ptr))
	})}, nil
}

// Close gives the memory back. To close again changes nothing, and what was received stays.
func (a *Account) Close() { a.own().close() }

// LargestBody is how many bytes of a body are worth reading, and 0 if the account is closed. A body of one byte
// more is refused.
func (a *Account) LargestBody() int {
	ptr, unlock := a.shared()
	defer unlock()
	return int(C.wxkf_account_largest_body(ptr))
}

// AppID is the id without the white space that was around it. It is empty if the account is closed.
func (a *Account) AppID() string {
	ptr, unlock := a.shared()
	defer unlock()
	return text(C.wxkf_account_app_id(ptr))
}

// Mode is secure, compatible or plain. It is empty if the account is closed.
func (a *Account) Mode() string {
	ptr, unlock := a.shared()
	defer unlock()
	return text(C.wxkf_account_mode(ptr))
}

// VerifyURL answers the GET with which WeChat checks the URL: send the result back as text/plain. The query is the
// raw query string.
func (a *Account) VerifyURL(query string, now ...int64) ([]byte, error) {
	return a.ask(query, nil, now, func(ptr *C.wxkf_account, query, _ C.wxkf_bytes, at C.uint64_t,
		out, said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_account_verify_url(ptr, query, at, out, said)
	})
}

// Open gives the bytes inside a push, verified and opened but not decoded.
func (a *Account) Open(query string, body []byte, now ...int64) ([]byte, error) {
	return a.ask(query, body, now, func(ptr *C.wxkf_account, query, body C.wxkf_bytes, at C.uint64_t,
		out, said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_account_open(ptr, query, body, at, out, said)
	})
}

// Receive verifies, opens and decodes a push: the raw query string and the raw body, before any parser.
func (a *Account) Receive(query string, body []byte, now ...int64) (*Received, error) {
	at, err := moment(now)
	if err != nil {
		return nil, err
	}
	var in inputs
	defer in.free()
	ptr, unlock := a.shared()
	defer unlock()
	var received *C.wxkf_received
	var said C.wxkf_buf
	status := C.wxkf_account_receive(ptr, in.text(query), in.bytes(body), at, &received, &said)
	if err := failure(status, &said); err != nil {
		return nil, err
	}
	return newReceived(received)
}

// Explanation says where Receive fails, and which mistake fits.
type Explanation struct {
	// Accepted says whether Receive takes the push.
	Accepted bool `json:"accepted"`
	// Code is that of the failure, and empty if there is none.
	Code string `json:"code"`
	// Steps are the checks, in their order.
	Steps []ExplanationStep `json:"steps"`
}

// ExplanationStep is one check, what was found, and its sentence in English and Chinese.
type ExplanationStep struct {
	Check   string            `json:"check"`
	Verdict string            `json:"verdict"`
	Finding string            `json:"finding"`
	Facts   map[string]string `json:"facts"`
	En      string            `json:"en"`
	Zh      string            `json:"zh"`
}

// Explain walks the checks of Receive and, where one fails, tries the mistakes that people make until one fits. It
// is for the developer, never for an answer.
func (a *Account) Explain(query string, body []byte, now ...int64) (*Explanation, error) {
	said, err := a.ask(query, body, now, func(ptr *C.wxkf_account, query, body C.wxkf_bytes, at C.uint64_t,
		out, said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_account_explain(ptr, query, body, at, out, said)
	})
	if err != nil {
		return nil, err
	}
	explanation := new(Explanation)
	return explanation, json.Unmarshal(said, explanation)
}

type question func(ptr *C.wxkf_account, query, body C.wxkf_bytes, at C.uint64_t, out, said *C.wxkf_buf) C.wxkf_status

func (a *Account) ask(query string, body []byte, now []int64, call question) ([]byte, error) {
	at, err := moment(now)
	if err != nil {
		return nil, err
	}
	var in inputs
	defer in.free()
	ptr, unlock := a.shared()
	defer unlock()
	var out, said C.wxkf_buf
	if err := failure(call(ptr, in.text(query), in.bytes(body), at, &out, &said), &said); err != nil {
		return nil, err
	}
	return take(&out), nil
}

// own takes nil, which is what a program has that forgot an error, for one that is closed.
func (a *Account) own() *handle {
	if a == nil {
		return nil
	}
	return a.handle
}

func (a *Account) shared() (*C.wxkf_account, func()) {
	ptr, unlock := a.own().shared()
	return (*C.wxkf_account)(ptr), unlock
}
