package wxkf_test

import (
	"errors"
	"net/url"
	"strconv"
	"testing"

	"wxkf.dev/wxkf"
)

const (
	appID = "wx0123456789abcdef"
	key   = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	now   = int64(1763700000000)

	textXML = "<xml><ToUserName><![CDATA[gh_0]]></ToUserName><FromUserName><![CDATA[user]]></FromUserName>" +
		"<CreateTime>1763700000</CreateTime><MsgType><![CDATA[text]]></MsgType>" +
		"<Content><![CDATA[你好 & <b>]]></Content><MsgId>23241477706429916</MsgId></xml>"
	textJSON = `{"ToUserName":"gh_0","FromUserName":"user","CreateTime":1763700000,"MsgType":"text",` +
		`"Content":"你好","MsgId":23241477706429916}`
)

func must[T any](t testing.TB, value T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func equal[T comparable](t testing.TB, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("got %#v, want %#v", got, want)
	}
}

// at wants a number that is there.
func at(t testing.TB, got *int64, want int64) {
	t.Helper()
	if got == nil {
		t.Fatalf("got nothing, want %d", want)
	}
	equal(t, *got, want)
}

// fails wants a failure by its code, origin and field.
func fails(t testing.TB, err error, code, origin, field string) {
	t.Helper()
	var failed *wxkf.Error
	if !errors.As(err, &failed) {
		t.Fatalf("got %v, want %s", err, code)
	}
	equal(t, failed.Code, code)
	equal(t, failed.Origin, origin)
	equal(t, failed.Field, field)
	if failed.Message == "" || failed.Chinese() == "" || failed.Error() == "" {
		t.Errorf("%s says nothing", code)
	}
}

func newAccount(t testing.TB, kind wxkf.Kind, options ...wxkf.Option) *wxkf.Account {
	t.Helper()
	options = append([]wxkf.Option{wxkf.EncodingAESKey(key)}, options...)
	account, err := wxkf.NewAccount(kind, appID, "token", options...)
	must(t, account, err)
	t.Cleanup(account.Close)
	return account
}

// push seals a message as WeChat does, with its query string.
func push(t testing.TB, account *wxkf.Account, message, format string) (string, []byte) {
	t.Helper()
	sealed, err := account.Seal([]byte(message), format,
		wxkf.At(now), wxkf.Nonce("977"), wxkf.ToUserName("gh_0"))
	must(t, sealed, err)
	return query(t, account, sealed), sealed.Body
}

func query(t testing.TB, account *wxkf.Account, sealed *wxkf.Sealed) string {
	t.Helper()
	timestamp := strconv.FormatInt(sealed.Timestamp, 10)
	signature, err := account.Sign(timestamp, sealed.Nonce)
	must(t, signature, err)
	return url.Values{
		"signature":     {signature},
		"timestamp":     {timestamp},
		"nonce":         {sealed.Nonce},
		"encrypt_type":  {"aes"},
		"msg_signature": {sealed.MsgSignature},
	}.Encode()
}
