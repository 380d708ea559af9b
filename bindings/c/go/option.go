package wxkf

import "strconv"

// Kind is a kind of account.
type Kind string

// The kinds of accounts.
const (
	OfficialAccount Kind = "official_account"
	MiniProgram     Kind = "mini_program"
)

// Option is a setting of an account that not every account has.
type Option struct{ name, value string }

// EncodingAESKey is the key of 43 characters that the console shows. An account without it needs Mode("plain"); an
// empty key is refused.
func EncodingAESKey(key string) Option { return Option{"encoding_aes_key", key} }

// PreviousEncodingAESKey is a key that opens what was sealed before the change. It may be given several times.
func PreviousEncodingAESKey(key string) Option { return Option{"previous_encoding_aes_key", key} }

// PreviousToken is a token that was used before the change. It may be given several times.
func PreviousToken(token string) Option { return Option{"previous_token", token} }

// AcceptID is a further app id that a message may be sealed for. It may be given several times.
func AcceptID(id string) Option { return Option{"accept_id", id} }

// Mode is secure, which an account is unless it is told, compatible, or plain.
func Mode(mode string) Option { return Option{"mode", mode} }

// Tolerance refuses a push whose timestamp is further away than so many milliseconds.
func Tolerance(ms int64) Option { return Option{"tolerance_ms", strconv.FormatInt(ms, 10)} }

// MaxBody is how many bytes a body may have.
func MaxBody(bytes int) Option { return Option{"max_body", strconv.Itoa(bytes)} }
