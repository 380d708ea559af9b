package wxkf

// #include <wxkf.h>
import "C"

// Refusal is a no of our own record. It is no failure.
type Refusal struct {
	// Reason is window_closed, quota_exhausted, and so on.
	Reason string
	// RetryAt is when to ask again, in milliseconds. It is nil if only the user can change it.
	RetryAt *int64
}

// Reservation is one message of the quota, held until it is settled, or a no.
type Reservation struct {
	// ID is by which it is settled.
	ID uint64
	// Sure says whether WeChat will accept it, as far as one can know. If not, it is worth a try.
	Sure bool
	// Refusal is nil if a message is held.
	Refusal *Refusal
}

// Settled is what came of settling.
type Settled struct {
	// Name is applied; stale, if it was settled or given up before; or retry_after: WeChat does not know of the
	// user's message yet, send the same once more after a pause.
	Name string
	// RetryAfter is how long to wait, in milliseconds. It is nil unless the name is retry_after.
	RetryAfter *int64
}

// Allowance is how many messages may be sent.
type Allowance struct {
	// AtLeast are safe to promise, AtMost are worth a try, and Held are held by reservations.
	AtLeast, AtMost, Held int
	// ClosesAt is when the last window closes, in milliseconds. It is nil if none is open.
	ClosesAt *int64
}

// Reserve holds one message. Save the record, send, and settle.
func (c *Conversation) Reserve(now ...int64) (Reservation, error) {
	at, err := moment(now)
	if err != nil {
		return Reservation{}, err
	}
	ptr, unlock := c.locked()
	defer unlock()
	var held C.wxkf_reservation
	var said C.wxkf_buf
	if err := failure(C.wxkf_conversation_reserve(ptr, at, &held, &said), &said); err != nil {
		return Reservation{}, err
	}
	if refusal := newRefusal(held.refusal); refusal != nil {
		return Reservation{Refusal: refusal}, nil
	}
	return Reservation{ID: uint64(held.id), Sure: bool(held.sure)}, nil
}

// Settle says what became of a message that was held: delivered, not_sent, unknown, quota_exhausted, window_closed
// or enter_revoked.
func (c *Conversation) Settle(id uint64, settlement string, now ...int64) (Settled, error) {
	var in inputs
	defer in.free()
	name := in.text(settlement)
	return c.settle(now, func(ptr *C.wxkf_conversation, at C.uint64_t, out *C.wxkf_settled,
		said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_conversation_settle(ptr, C.uint64_t(id), name, at, out, said)
	})
}

// SettleErrcode says the same by the errcode that WeChat answered; 0 is delivered.
func (c *Conversation) SettleErrcode(id uint64, errcode int64, now ...int64) (Settled, error) {
	return c.settle(now, func(ptr *C.wxkf_conversation, at C.uint64_t, out *C.wxkf_settled,
		said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_conversation_settle_errcode(ptr, C.uint64_t(id), C.int64_t(errcode), at, out, said)
	})
}

// Allowance says how many messages may be sent.
func (c *Conversation) Allowance(now ...int64) (Allowance, error) {
	at, err := moment(now)
	if err != nil {
		return Allowance{}, err
	}
	ptr, unlock := c.locked()
	defer unlock()
	var it C.wxkf_allowance
	var said C.wxkf_buf
	if err := failure(C.wxkf_conversation_allowance(ptr, at, &it, &said), &said); err != nil {
		return Allowance{}, err
	}
	return Allowance{int(it.at_least), int(it.at_most), int(it.held), maybe(it.closes_at)}, nil
}

func (c *Conversation) settle(now []int64, call func(ptr *C.wxkf_conversation, at C.uint64_t,
	out *C.wxkf_settled, said *C.wxkf_buf) C.wxkf_status) (Settled, error) {
	at, err := moment(now)
	if err != nil {
		return Settled{}, err
	}
	ptr, unlock := c.locked()
	defer unlock()
	var out C.wxkf_settled
	var said C.wxkf_buf
	if err := failure(call(ptr, at, &out, &said), &said); err != nil {
		return Settled{}, err
	}
	return Settled{text(out.name), maybe(out.retry_after_ms)}, nil
}

func newRefusal(refusal C.wxkf_refusal) *Refusal {
	if refusal.reason.ptr == nil {
		return nil
	}
	return &Refusal{text(refusal.reason), maybe(refusal.retry_at)}
}
