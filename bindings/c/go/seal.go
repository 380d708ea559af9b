package wxkf

// #include <wxkf.h>
import "C"

import (
	"crypto/rand"
	"encoding/json"
)

// SealOption is a setting of a seal. An answer needs none of them.
type SealOption func(*sealing)

// At is the moment of the seal, in milliseconds; otherwise it is the clock of the system.
func At(ms int64) SealOption { return func(s *sealing) { s.now = []int64{ms} } }

// Random are the sixteen bytes of the seal; otherwise they are drawn. Give them in tests only.
func Random(bytes []byte) SealOption { return func(s *sealing) { s.random = bytes } }

// Nonce is that of the seal; otherwise an answer has that of the push.
func Nonce(nonce string) SealOption { return func(s *sealing) { s.nonce = &nonce } }

// ToUserName makes Seal write the body of a push to this account.
func ToUserName(name string) SealOption { return func(s *sealing) { s.to = &name } }

// Reply makes the passive answer (被动回复) to what was received, sealed if that was. The reply is a Reply, or JSON
// as json.RawMessage.
func (a *Account) Reply(to *Received, reply any, options ...SealOption) (*Answer, error) {
	received, unlock := to.shared()
	defer unlock()
	return a.answer(reply, options, func(ptr *C.wxkf_account, reply C.wxkf_bytes, s *sealed) C.wxkf_status {
		return C.wxkf_account_reply(ptr, received, reply, s.random, s.nonce, s.now,
			&s.body, &s.contentType, &s.said)
	})
}

// ReplyTo is Reply to what Received.ReplyTo has said of a push: the answer may be made elsewhere.
func (a *Account) ReplyTo(replyTo string, reply any, options ...SealOption) (*Answer, error) {
	var in inputs
	defer in.free()
	to := in.text(replyTo)
	return a.answer(reply, options, func(ptr *C.wxkf_account, reply C.wxkf_bytes, s *sealed) C.wxkf_status {
		return C.wxkf_account_reply_to(ptr, to, reply, s.random, s.nonce, s.now,
			&s.body, &s.contentType, &s.said)
	})
}

// Sealed is a sealed message. All but the body belong to the query string of a push.
type Sealed struct {
	Body         []byte `json:"-"`
	Encrypt      string `json:"encrypt"`
	MsgSignature string `json:"msg_signature"`
	// Timestamp is in seconds, as it stands in the query string.
	Timestamp int64  `json:"timestamp"`
	Nonce     string `json:"nonce"`
}

// Seal seals a message as WeChat does: for tests, and for what stands in for WeChat. The format is xml or json.
// Without ToUserName the body is that of an answer.
func (a *Account) Seal(message []byte, format string, options ...SealOption) (*Sealed, error) {
	var in inputs
	defer in.free()
	s, to, err := newSealed(&in, options)
	if err != nil {
		return nil, err
	}
	ptr, unlock := a.shared()
	defer unlock()
	status := C.wxkf_account_seal(ptr, in.bytes(message), in.text(format), to, s.random, s.nonce, s.now,
		&s.body, &s.parts, &s.said)
	if err := failure(status, &s.said); err != nil {
		return nil, err
	}
	sealed := &Sealed{Body: take(&s.body)}
	return sealed, json.Unmarshal(take(&s.parts), sealed)
}

// Sign makes the plain signature over a timestamp and a nonce, as it stands in signature: for tests.
func (a *Account) Sign(timestamp, nonce string) (string, error) {
	var in inputs
	defer in.free()
	ptr, unlock := a.shared()
	defer unlock()
	var signature, said C.wxkf_buf
	status := C.wxkf_account_sign(ptr, in.text(timestamp), in.text(nonce), &signature, &said)
	if err := failure(status, &said); err != nil {
		return "", err
	}
	return string(take(&signature)), nil
}

func (a *Account) answer(reply any, options []SealOption,
	call func(ptr *C.wxkf_account, reply C.wxkf_bytes, s *sealed) C.wxkf_status) (*Answer, error) {
	given, err := encode("reply", reply)
	if err != nil {
		return nil, err
	}
	var in inputs
	defer in.free()
	s, _, err := newSealed(&in, options)
	if err != nil {
		return nil, err
	}
	ptr, unlock := a.shared()
	defer unlock()
	if err := failure(call(ptr, in.bytes(given), s), &s.said); err != nil {
		return nil, err
	}
	return &Answer{Body: take(&s.body), ContentType: text(s.contentType)}, nil
}

type sealing struct {
	now    []int64
	random []byte
	nonce  *string
	to     *string
}

// sealed is what a call that seals is told, and what it writes.
type sealed struct {
	now               C.uint64_t
	random, nonce     C.wxkf_bytes
	body, parts, said C.wxkf_buf
	contentType       C.wxkf_bytes
}

func newSealed(in *inputs, options []SealOption) (*sealed, C.wxkf_bytes, error) {
	var given sealing
	for _, option := range options {
		if option == nil {
			return nil, C.wxkf_bytes{}, argumentInvalid("options")
		}
		option(&given)
	}
	now, err := moment(given.now)
	if err != nil {
		return nil, C.wxkf_bytes{}, err
	}
	if given.random == nil {
		given.random = make([]byte, 16)
		if _, err := rand.Read(given.random); err != nil {
			return nil, C.wxkf_bytes{}, err
		}
	}
	s := &sealed{now: now, random: in.bytes(given.random)}
	if given.nonce != nil {
		s.nonce = in.text(*given.nonce)
	}
	var to C.wxkf_bytes
	if given.to != nil {
		to = in.text(*given.to)
	}
	return s, to, nil
}
