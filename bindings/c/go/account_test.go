package wxkf_test

import (
	"bytes"
	"strings"
	"testing"

	"wxkf.dev/wxkf"
)

func TestVersion(t *testing.T) { equal(t, wxkf.Version(), "0.1.0") }

func TestVerifyURL(t *testing.T) {
	account := newAccount(t, wxkf.OfficialAccount)
	signature, err := account.Sign("1763700000", "977")
	must(t, signature, err)
	asked := "timestamp=1763700000&nonce=977&echostr=8641591277801631551&signature="
	echo, err := account.VerifyURL(asked+signature, now)
	equal(t, string(must(t, echo, err)), "8641591277801631551")
	_, err = account.VerifyURL(asked+strings.Repeat("0", 40), now)
	fails(t, err, "callback.signature_mismatch", "peer", "signature")
	_, err = account.VerifyURL("timestamp=%zz", now)
	fails(t, err, "callback.query_malformed", "peer", "timestamp")
	_, err = account.VerifyURL("timestamp=\xff", now)
	fails(t, err, "callback.query_malformed", "peer", "")
}

func TestOptions(t *testing.T) {
	for _, bad := range []struct {
		option      wxkf.Option
		code, field string
	}{
		{wxkf.Mode("sideways"), "binding.argument_invalid", "options"},
		{wxkf.Tolerance(-1), "binding.argument_invalid", "options"},
		{wxkf.MaxBody(-1), "binding.argument_invalid", "options"},
		{wxkf.Option{}, "binding.argument_invalid", "options"},
		{wxkf.EncodingAESKey(""), "config.key_invalid", "encoding_aes_key"},
		{wxkf.Mode("secure"), "config.mode_needs_key", "mode"},
	} {
		_, err := wxkf.NewAccount(wxkf.OfficialAccount, appID, "token", bad.option)
		fails(t, err, bad.code, "caller", bad.field)
	}
	_, err := wxkf.NewAccount("shop", appID, "token")
	fails(t, err, "binding.argument_invalid", "caller", "kind")
	_, err = wxkf.NewAccount(wxkf.OfficialAccount, appID, "")
	fails(t, err, "config.token_empty", "caller", "token")
	// A key that was forgotten opens no door.
	_, err = wxkf.NewAccount(wxkf.OfficialAccount, appID, "token")
	fails(t, err, "config.mode_needs_key", "caller", "mode")
	plain, err := wxkf.NewAccount(wxkf.OfficialAccount, " wx1\n", "token", wxkf.Mode("plain"))
	equal(t, must(t, plain, err).Mode(), "plain")
	equal(t, plain.AppID(), "wx1")
	plain.Close()
	equal(t, plain.AppID(), "")
	equal(t, newAccount(t, wxkf.OfficialAccount).Mode(), "secure")
	equal(t, newAccount(t, wxkf.OfficialAccount, wxkf.Mode("compatible")).Mode(), "compatible")
	small := newAccount(t, wxkf.OfficialAccount, wxkf.MaxBody(1000))
	if most := small.LargestBody(); most < 1000 || most > 3000 {
		t.Errorf("the largest body has %d bytes", most)
	}
}

func TestReceiveAndReplyInXML(t *testing.T) {
	account := newAccount(t, wxkf.OfficialAccount)
	query, body := push(t, account, textXML, "xml")
	received, err := account.Receive(query, body, now)
	must(t, received, err)
	defer received.Close()
	equal(t, received.From, "user")
	equal(t, received.To, "gh_0")
	equal(t, received.MsgID, "23241477706429916")
	equal(t, received.Kind, "text")
	equal(t, received.Trigger, "message")
	equal(t, received.Content, "你好 & <b>")
	equal(t, received.Format, "xml")
	equal(t, received.Plaintext, textXML)
	at(t, received.Created, now)
	equal(t, *received.KeyIndex, 0)
	equal(t, received.TokenIndex, 0)
	equal(t, received.Sealed, true)
	equal(t, received.WantsErrCode, false)
	field, there := received.Field("MsgType")
	equal(t, field, "text")
	equal(t, there, true)
	_, there = received.Field("MediaId")
	equal(t, there, false)

	answer, err := account.Reply(received, wxkf.Text("您写了 <b>"), wxkf.At(now))
	must(t, answer, err)
	equal(t, answer.ContentType, "text/xml; charset=utf-8")
	opened := open(t, account, answer)
	if !strings.Contains(opened, "您写了 <b>") || !strings.Contains(opened, "<ToUserName><![CDATA[user]]>") {
		t.Errorf("the answer says %s", opened)
	}
	again, err := account.Reply(received, wxkf.Text("您写了 <b>"), wxkf.At(now))
	if bytes.Equal(must(t, again, err).Body, answer.Body) {
		t.Error("the random bytes are the same twice")
	}
}

// open reads a sealed answer as WeChat does.
func open(t *testing.T, account *wxkf.Account, answer *wxkf.Answer) string {
	t.Helper()
	part := func(name string) string {
		_, rest, there := strings.Cut(string(answer.Body), "<"+name+">")
		inside, _, ended := strings.Cut(rest, "</"+name+">")
		if !there || !ended {
			t.Fatalf("no %s in %s", name, answer.Body)
		}
		return strings.TrimSuffix(strings.TrimPrefix(inside, "<![CDATA["), "]]>")
	}
	asked := "timestamp=" + part("TimeStamp") + "&nonce=" + part("Nonce") + "&msg_signature=" + part("MsgSignature")
	opened, err := account.Open(asked, answer.Body, now)
	return string(must(t, opened, err))
}

func TestReceiveAndReplyInJSON(t *testing.T) {
	account := newAccount(t, wxkf.MiniProgram)
	query, body := push(t, account, textJSON, "json")
	received, err := account.Receive(query, body, now)
	must(t, received, err)
	defer received.Close()
	equal(t, received.Format, "json")
	inbound, err := received.Inbound()
	must(t, inbound, err)
	equal(t, inbound.Content["content"].(string), "你好")
	equal(t, inbound.MsgID, "23241477706429916")
	at(t, inbound.Created, now)
	dedupeKey, err := received.DedupeKey()
	equal(t, inbound.DedupeKey, must(t, dedupeKey, err))
	tree, err := received.Tree()
	if !strings.Contains(string(must(t, tree, err)), `"MsgId":23241477706429916`) {
		t.Errorf("the tree is %s", tree)
	}
	answer, err := account.Reply(received, wxkf.Success(), wxkf.At(now))
	equal(t, string(must(t, answer, err).Body), "success")
	_, err = account.Reply(received, wxkf.Text("no"), wxkf.At(now))
	fails(t, err, "reply.unsupported", "caller", "")
}

func TestReplyCaution(t *testing.T) {
	caution, err := wxkf.ReplyCaution(wxkf.Text(strings.Repeat("x", 2048)))
	equal(t, must(t, caution, err), "")
	caution, err = wxkf.ReplyCaution(wxkf.Text(strings.Repeat("x", 2049)))
	equal(t, must(t, caution, err), "long_reply")
	_, err = wxkf.ReplyCaution(wxkf.Reply{Type: "dance"})
	fails(t, err, "reply.unsupported", "caller", "MsgType")
}

func TestReplyTo(t *testing.T) {
	account := newAccount(t, wxkf.OfficialAccount)
	query, body := push(t, account, textXML, "xml")
	received, err := account.Receive(query, body, now)
	must(t, received, err)
	kept, err := received.ReplyTo()
	must(t, kept, err)
	random := wxkf.Random([]byte("0123456789abcdef"))
	direct, err := account.Reply(received, wxkf.Text("x"), random, wxkf.At(now))
	must(t, direct, err)
	received.Close()
	answer, err := account.ReplyTo(kept, wxkf.Text("x"), random, wxkf.At(now))
	equal(t, string(must(t, answer, err).Body), string(direct.Body))
	_, err = account.ReplyTo(kept, wxkf.Text("x"), wxkf.Random([]byte("short")))
	fails(t, err, "binding.argument_invalid", "caller", "random")
	_, err = account.ReplyTo(kept, func() {})
	fails(t, err, "binding.argument_invalid", "caller", "reply")
}

func TestForgedAndStale(t *testing.T) {
	account := newAccount(t, wxkf.OfficialAccount, wxkf.Tolerance(300_000))
	query, body := push(t, account, textXML, "xml")
	other, err := wxkf.NewAccount(wxkf.OfficialAccount, appID, "other", wxkf.EncodingAESKey(key))
	must(t, other, err)
	defer other.Close()
	_, err = other.Receive(query, body, now)
	fails(t, err, "callback.signature_mismatch", "peer", "msg_signature")
	_, err = account.Receive(query, body, now+300_001)
	fails(t, err, "callback.timestamp_stale", "peer", "timestamp")
	_, err = account.Receive(query, body)
	fails(t, err, "callback.timestamp_stale", "peer", "timestamp")
	_, err = account.Receive(query, make([]byte, account.LargestBody()+1), now)
	fails(t, err, "callback.body_too_large", "peer", "")
	explanation, err := other.Explain(query, body, now)
	must(t, explanation, err)
	equal(t, explanation.Accepted, false)
	equal(t, explanation.Code, "callback.signature_mismatch")
	last := explanation.Steps[len(explanation.Steps)-1]
	if last.Check == "" || last.En == "" || last.Zh == "" {
		t.Errorf("the last step is %+v", last)
	}
}

func TestDecodeUnverified(t *testing.T) {
	decoded, err := wxkf.DecodeUnverified([]byte(textJSON))
	must(t, decoded, err)
	equal(t, decoded.Format, "json")
	equal(t, decoded.Inbound.From, "user")
	_, err = wxkf.DecodeUnverified(nil)
	fails(t, err, "callback.body_malformed", "peer", "")
}
