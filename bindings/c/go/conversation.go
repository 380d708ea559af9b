package wxkf

// #include <wxkf.h>
import "C"

import "unsafe"

// Conversation is what may be sent to one user of one account: window, quota, typing and repeats, in one record.
// Load it, take one step, save the snapshot, and act on what the step said only then.
type Conversation struct{ handle *handle }

// NewConversation makes a record of a user of whom nothing is known. The policy is the name of a preset,
// mini_program or official_account, or a value that encodes as an object with preset and what differs.
func NewConversation(policy any) (*Conversation, error) { return newConversation(policy, nil) }

// RestoreConversation makes a record from a snapshot.
func RestoreConversation(policy any, snapshot []byte) (*Conversation, error) {
	return newConversation(policy, &snapshot)
}

// Close gives the memory back. To close again changes nothing.
func (c *Conversation) Close() { c.own().close() }

// Push is a push that is known in another way than by a Received.
type Push struct {
	// Key is a dedupe key, or any other text that is the same for every delivery.
	Key string
	// Trigger is what it grants, and empty if nothing.
	Trigger string
	// At is when it happened, in milliseconds, or nil.
	At *int64
}

// Observation is what is known of a push.
type Observation string

const (
	// ObservedNew was not here before, or was forgotten: handle it.
	ObservedNew Observation = "new"
	// ObservedRepeat was here: answer success, and do nothing.
	ObservedRepeat Observation = "repeat"
	// ObservedOverflow is not known: so many pushes of this user came within a minute that there is no room to note
	// this one. Ask a Dedupe that all processes share, or do not handle it.
	ObservedOverflow Observation = "overflow"
)

var observations = map[C.wxkf_observation]Observation{
	C.WXKF_NEW: ObservedNew, C.WXKF_REPEAT: ObservedRepeat, C.WXKF_OVERFLOW: ObservedOverflow,
}

// Observe takes note of what was received, and says whether to handle it.
func (c *Conversation) Observe(received *Received, now ...int64) (Observation, error) {
	at, err := moment(now)
	if err != nil {
		return "", err
	}
	ptr, unlock := c.locked()
	defer unlock()
	push, unlockPush := received.shared()
	defer unlockPush()
	var seen C.wxkf_observation
	var said C.wxkf_buf
	if err := failure(C.wxkf_conversation_observe(ptr, push, at, &seen, &said), &said); err != nil {
		return "", err
	}
	return observations[seen], nil
}

// ObservePush takes note of a push that is known in another way.
func (c *Conversation) ObservePush(push Push, now ...int64) (Observation, error) {
	at, err := moment(now)
	if err != nil {
		return "", err
	}
	happened := C.uint64_t(C.WXKF_NONE)
	if push.At != nil {
		if happened, err = natural("at", *push.At); err != nil {
			return "", err
		}
	}
	var in inputs
	defer in.free()
	ptr, unlock := c.locked()
	defer unlock()
	var seen C.wxkf_observation
	var said C.wxkf_buf
	status := C.wxkf_conversation_observe_push(ptr, in.text(push.Key), in.optional(push.Trigger),
		happened, at, &seen, &said)
	if err := failure(status, &said); err != nil {
		return "", err
	}
	return observations[seen], nil
}

// Forget lets the next delivery of a push in, because handling it failed. It grants nothing again.
func (c *Conversation) Forget(key string) error {
	var in inputs
	defer in.free()
	ptr, unlock := c.locked()
	defer unlock()
	var said C.wxkf_buf
	return failure(C.wxkf_conversation_forget(ptr, in.text(key), &said), &said)
}

// StartTyping asks whether typing may be shown, and takes note that it is. The refusal is nil if it may.
func (c *Conversation) StartTyping(now ...int64) (*Refusal, error) {
	at, err := moment(now)
	if err != nil {
		return nil, err
	}
	ptr, unlock := c.locked()
	defer unlock()
	var refusal C.wxkf_refusal
	var said C.wxkf_buf
	err = failure(C.wxkf_conversation_start_typing(ptr, at, &refusal, &said), &said)
	return newRefusal(refusal), err
}

// SettleTyping says what came of showing typing: delivered, already_typing (45081), no_recent_message (45080),
// not_sent, unknown or window_closed.
func (c *Conversation) SettleTyping(settlement string, now ...int64) error {
	at, err := moment(now)
	if err != nil {
		return err
	}
	var in inputs
	defer in.free()
	ptr, unlock := c.locked()
	defer unlock()
	var said C.wxkf_buf
	return failure(C.wxkf_conversation_settle_typing(ptr, in.text(settlement), at, &said), &said)
}

// SettleTypingErrcode says the same by the errcode that WeChat answered; 0 is delivered.
func (c *Conversation) SettleTypingErrcode(errcode int64, now ...int64) error {
	at, err := moment(now)
	if err != nil {
		return err
	}
	ptr, unlock := c.locked()
	defer unlock()
	var said C.wxkf_buf
	return failure(C.wxkf_conversation_settle_typing_errcode(ptr, C.int64_t(errcode), at, &said), &said)
}

// StopTyping takes note that typing is shown no longer.
func (c *Conversation) StopTyping() error {
	ptr, unlock := c.locked()
	defer unlock()
	var said C.wxkf_buf
	return failure(C.wxkf_conversation_stop_typing(ptr, &said), &said)
}

// SentElsewhere takes note of a message that this record did not hold: somebody wrote in the web console, or another
// program sent. at is when WeChat accepted it, in milliseconds, and now if it is nil. Say it once of each.
func (c *Conversation) SentElsewhere(at *int64, now ...int64) error {
	moment, err := moment(now)
	if err != nil {
		return err
	}
	accepted := C.uint64_t(C.WXKF_NONE)
	if at != nil {
		if accepted, err = natural("at", *at); err != nil {
			return err
		}
	}
	ptr, unlock := c.locked()
	defer unlock()
	var said C.wxkf_buf
	return failure(C.wxkf_conversation_sent_elsewhere(ptr, accepted, moment, &said), &said)
}

// NextDeadline is when time alone changes something next, in milliseconds; nil if never, or if it is closed.
func (c *Conversation) NextDeadline() *int64 {
	ptr, unlock := c.locked()
	defer unlock()
	return maybe(C.wxkf_conversation_next_deadline(ptr))
}

// KeepUntil is until when a store has to keep the record, in milliseconds; nil if there is nothing worth keeping,
// or if it is closed.
func (c *Conversation) KeepUntil() *int64 {
	ptr, unlock := c.locked()
	defer unlock()
	return maybe(C.wxkf_conversation_keep_until(ptr))
}

// Snapshot is the record in bytes: below 100 as a rule, 16 KiB at most. Equal records give equal bytes.
func (c *Conversation) Snapshot() ([]byte, error) {
	ptr, unlock := c.locked()
	defer unlock()
	var snapshot, said C.wxkf_buf
	if err := failure(C.wxkf_conversation_snapshot(ptr, &snapshot, &said), &said); err != nil {
		return nil, err
	}
	return take(&snapshot), nil
}

func newConversation(policy any, snapshot *[]byte) (*Conversation, error) {
	given, err := encode("policy", policy)
	if err != nil {
		return nil, err
	}
	var in inputs
	defer in.free()
	var record C.wxkf_bytes
	if snapshot != nil {
		record = in.bytes(*snapshot)
	}
	var ptr *C.wxkf_conversation
	var said C.wxkf_buf
	if err := failure(C.wxkf_conversation_new(in.bytes(given), record, &ptr, &said), &said); err != nil {
		return nil, err
	}
	return &Conversation{newHandle(unsafe.Pointer(ptr), func(ptr unsafe.Pointer) {
		C.wxkf_conversation_free((*C.wxkf_conversation)(ptr))
	})}, nil
}

// own takes nil, which is what a program has that forgot an error, for one that is closed.
func (c *Conversation) own() *handle {
	if c == nil {
		return nil
	}
	return c.handle
}

func (c *Conversation) locked() (*C.wxkf_conversation, func()) {
	ptr, unlock := c.own().locked()
	return (*C.wxkf_conversation)(ptr), unlock
}
