package wxkf

// #include <wxkf.h>
import "C"

import (
	"encoding/json"
	"runtime"
	"unsafe"
)

// Received is a push that was verified, opened and decoded. Its fields stay after Close.
type Received struct {
	handle *handle

	// From is FromUserName: the user, by openid.
	From string
	// To is ToUserName: the account.
	To string
	// MsgID is that of a message, and empty otherwise.
	MsgID string
	// Kind is what it is: text, image, event.subscribe, unknown, and so on.
	Kind string
	// Trigger is what it grants: message, enter, menu, subscribe, scan, pay, unsubscribe, or empty.
	Trigger string
	// Content is that of a text.
	Content string
	// Event and EventKey are those of an event.
	Event, EventKey string
	// Format is xml or json.
	Format string
	// Plaintext is the message as it was written.
	Plaintext string
	// Created is CreateTime in milliseconds, or nil.
	Created *int64
	// KeyIndex says which key opened it, 0 being the current one. It is nil if it was not sealed.
	KeyIndex *int
	// TokenIndex says which token signed it, 0 being the current one.
	TokenIndex int
	// Sealed says whether the signature covers the message. Of a plain push it does not.
	Sealed bool
	// WantsErrCode says whether the answer has to be err_code: WeChat repeats such an event for a day otherwise.
	WantsErrCode bool
}

// Close gives the memory back. To close again changes nothing.
func (r *Received) Close() { r.own().close() }

// Field gives the text of an element of the message, by its name on the wire, such as MediaId. It is false if there
// is no such element, or if it is no text.
func (r *Received) Field(name string) (string, bool) {
	var in inputs
	defer in.free()
	ptr, unlock := r.shared()
	defer unlock()
	field := C.wxkf_received_field(ptr, in.text(name))
	return text(field), field.ptr != nil
}

// DedupeKey is what a message is known by when it comes again: a text for a store. An event is known by all it says.
func (r *Received) DedupeKey() (string, error) {
	key, err := r.ask(func(ptr *C.wxkf_received, out, said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_received_dedupe_key(ptr, out, said)
	})
	return string(key), err
}

// ReplyTo is what the answer has to match, as a text that may be kept: for Account.ReplyTo.
func (r *Received) ReplyTo() (string, error) {
	replyTo, err := r.ask(func(ptr *C.wxkf_received, out, said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_received_reply_to(ptr, out, said)
	})
	return string(replyTo), err
}

// Inbound gives the whole message.
func (r *Received) Inbound() (*Inbound, error) {
	said, err := r.ask(func(ptr *C.wxkf_received, out, said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_received_inbound(ptr, out, said)
	})
	if err != nil {
		return nil, err
	}
	return newInbound(said)
}

// Tree gives everything in the message as JSON, with numbers in their exact text.
func (r *Received) Tree() (json.RawMessage, error) {
	return r.ask(func(ptr *C.wxkf_received, out, said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_received_tree(ptr, out, said)
	})
}

func newReceived(ptr *C.wxkf_received) (*Received, error) {
	received := &Received{handle: newHandle(unsafe.Pointer(ptr), func(ptr unsafe.Pointer) {
		C.wxkf_received_free((*C.wxkf_received)(ptr))
	})}
	var view C.wxkf_view
	var said C.wxkf_buf
	if err := failure(C.wxkf_received_view(ptr, &view, &said), &said); err != nil {
		received.Close()
		return nil, err
	}
	received.look(&view)
	// What was seen is borrowed from the push, which must not be closed before it is copied.
	runtime.KeepAlive(received.handle)
	return received, nil
}

func (r *Received) look(view *C.wxkf_view) {
	r.From, r.To, r.MsgID = text(view.from), text(view.to), text(view.msg_id)
	r.Kind, r.Trigger, r.Content = text(view.kind), text(view.trigger), text(view.content)
	r.Event, r.EventKey = text(view.event), text(view.event_key)
	r.Format, r.Plaintext = text(view.format), text(view.plaintext)
	r.Created = maybe(view.created)
	if view.key_index != C.WXKF_NO_INDEX {
		index := int(view.key_index)
		r.KeyIndex = &index
	}
	r.TokenIndex = int(view.token_index)
	r.Sealed, r.WantsErrCode = bool(view.sealed), bool(view.wants_err_code)
}

func (r *Received) ask(call func(ptr *C.wxkf_received, out, said *C.wxkf_buf) C.wxkf_status) ([]byte, error) {
	ptr, unlock := r.shared()
	defer unlock()
	var out, said C.wxkf_buf
	if err := failure(call(ptr, &out, &said), &said); err != nil {
		return nil, err
	}
	return take(&out), nil
}

// own takes nil, which is what a program has that forgot an error, for one that is closed.
func (r *Received) own() *handle {
	if r == nil {
		return nil
	}
	return r.handle
}

func (r *Received) shared() (*C.wxkf_received, func()) {
	ptr, unlock := r.own().shared()
	return (*C.wxkf_received)(ptr), unlock
}
