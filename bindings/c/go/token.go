package wxkf

// #include <wxkf.h>
import "C"

import "unsafe"

// TokenKeeper is the token of one account, in one record for all processes. Load it, take one step, save the
// snapshot, and act on what the step said only then.
type TokenKeeper struct{ handle *handle }

// TokenStep is what to do about the token now.
type TokenStep struct {
	// Do is use, fetch or wait.
	Do string
	// Token is what to call with, to use.
	Token string
	// Fetch is the id for what follows, and Force says whether to ask stable_token with force_refresh, to fetch:
	// nobody else does, once the record is saved.
	Fetch uint64
	Force bool
	// WaitUntil is when to ask again, in milliseconds, to wait: somebody else is fetching, or it failed just now.
	WaitUntil int64
}

// FetchedToken is what was fetched.
type FetchedToken struct {
	Token string
	// ExpiresIn is WeChat's expires_in, in seconds.
	ExpiresIn int64
	// RefreshToken is that of an authorizer, and otherwise empty.
	RefreshToken string
}

// NewTokenKeeper makes a record that has no token yet. The source is stable_token, token or authorizer; only that
// one has a refresh token, which may be empty.
func NewTokenKeeper(source, refreshToken string) (*TokenKeeper, error) {
	var in inputs
	defer in.free()
	var ptr *C.wxkf_token
	var said C.wxkf_buf
	status := C.wxkf_token_new(in.text(source), in.optional(refreshToken), &ptr, &said)
	return newTokenKeeper(ptr, failure(status, &said))
}

// RestoreTokenKeeper makes a record from a snapshot.
func RestoreTokenKeeper(snapshot []byte) (*TokenKeeper, error) {
	var in inputs
	defer in.free()
	var ptr *C.wxkf_token
	var said C.wxkf_buf
	status := C.wxkf_token_restore(in.bytes(snapshot), &ptr, &said)
	return newTokenKeeper(ptr, failure(status, &said))
}

// Close gives the memory back. To close again changes nothing.
func (k *TokenKeeper) Close() { k.own().close() }

// Step asks what to do now.
func (k *TokenKeeper) Step(now ...int64) (TokenStep, error) {
	at, err := moment(now)
	if err != nil {
		return TokenStep{}, err
	}
	ptr, unlock := k.locked()
	defer unlock()
	var token, said C.wxkf_buf
	var action C.wxkf_token_action
	if err := failure(C.wxkf_token_step(ptr, at, &token, &action, &said), &said); err != nil {
		return TokenStep{}, err
	}
	use := string(take(&token))
	if until := maybe(action.wait_until); until != nil {
		return TokenStep{Do: "wait", WaitUntil: *until}, nil
	}
	if action.fetch != C.WXKF_NONE {
		return TokenStep{Do: "fetch", Fetch: uint64(action.fetch), Force: bool(action.force)}, nil
	}
	return TokenStep{Do: "use", Token: use}, nil
}

// Fetched says what was fetched. It is not applied if it is about a fetch that has been replaced since.
func (k *TokenKeeper) Fetched(fetch uint64, token FetchedToken, now ...int64) (applied bool, err error) {
	seconds, err := natural("expires_in_s", token.ExpiresIn)
	if err != nil {
		return false, err
	}
	var in inputs
	defer in.free()
	text, refresh := in.text(token.Token), in.optional(token.RefreshToken)
	return k.change(now, func(ptr *C.wxkf_token, at C.uint64_t, out *C.bool, said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_token_fetched(ptr, C.uint64_t(fetch), text, seconds, refresh, at, out, said)
	})
}

// FetchFailed says that fetching failed: temporary, misconfigured, or the kind of the rejection, which says so.
func (k *TokenKeeper) FetchFailed(fetch uint64, reason string, now ...int64) (applied bool, err error) {
	var in inputs
	defer in.free()
	why := in.text(reason)
	return k.change(now, func(ptr *C.wxkf_token, at C.uint64_t, out *C.bool, said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_token_fetch_failed(ptr, C.uint64_t(fetch), why, at, out, said)
	})
}

// Rejected says that WeChat refused a call because of this token (token_rejected).
func (k *TokenKeeper) Rejected(token string, now ...int64) (applied bool, err error) {
	var in inputs
	defer in.free()
	refused := in.text(token)
	return k.change(now, func(ptr *C.wxkf_token, at C.uint64_t, out *C.bool, said *C.wxkf_buf) C.wxkf_status {
		return C.wxkf_token_rejected(ptr, refused, at, out, said)
	})
}

// RefreshToken is that of an authorizer, and empty if there is none: whoever loses it loses the account.
func (k *TokenKeeper) RefreshToken() string {
	ptr, unlock := k.locked()
	defer unlock()
	return text(C.wxkf_token_refresh_token(ptr))
}

// NextDeadline is when time alone changes something next, in milliseconds; nil if never, or if it is closed.
func (k *TokenKeeper) NextDeadline() *int64 {
	ptr, unlock := k.locked()
	defer unlock()
	return maybe(C.wxkf_token_next_deadline(ptr))
}

// Snapshot is the record in bytes. The token is in it: keep it like the app secret.
func (k *TokenKeeper) Snapshot() ([]byte, error) {
	ptr, unlock := k.locked()
	defer unlock()
	var snapshot, said C.wxkf_buf
	if err := failure(C.wxkf_token_snapshot(ptr, &snapshot, &said), &said); err != nil {
		return nil, err
	}
	return take(&snapshot), nil
}

func (k *TokenKeeper) change(now []int64, call func(ptr *C.wxkf_token, at C.uint64_t, out *C.bool,
	said *C.wxkf_buf) C.wxkf_status) (bool, error) {
	at, err := moment(now)
	if err != nil {
		return false, err
	}
	ptr, unlock := k.locked()
	defer unlock()
	var applied C.bool
	var said C.wxkf_buf
	err = failure(call(ptr, at, &applied, &said), &said)
	return bool(applied), err
}

func newTokenKeeper(ptr *C.wxkf_token, err error) (*TokenKeeper, error) {
	if err != nil {
		return nil, err
	}
	return &TokenKeeper{newHandle(unsafe.Pointer(ptr), func(ptr unsafe.Pointer) {
		C.wxkf_token_free((*C.wxkf_token)(ptr))
	})}, nil
}

// own takes nil, which is what a program has that forgot an error, for one that is closed.
func (k *TokenKeeper) own() *handle {
	if k == nil {
		return nil
	}
	return k.handle
}

func (k *TokenKeeper) locked() (*C.wxkf_token, func()) {
	ptr, unlock := k.own().locked()
	return (*C.wxkf_token)(ptr), unlock
}
