package wxkf_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"wxkf.dev/wxkf"
)

func TestRequest(t *testing.T) {
	params := map[string]any{"touser": "o", "msgtype": "text", "text": map[string]string{"content": "<你好>"}}
	request, err := wxkf.NewRequest("message.custom.send", params, wxkf.OfficialAccount)
	must(t, request, err)
	equal(t, request.Endpoint, "message.custom.send")
	equal(t, request.Method, "POST")
	equal(t, request.ContentType, "application/json; charset=utf-8")
	equal(t, string(request.Body), `{"touser":"o","msgtype":"text","text":{"content":"<你好>"}}`)
	equal(t, request.URL("a+b"), "https://api.weixin.qq.com/cgi-bin/message/custom/send?access_token=a%2Bb")
	token, err := wxkf.NewRequest("token", json.RawMessage(`{"appid":"a","secret":"s"}`))
	if url := must(t, token, err).URL("x"); strings.Contains(url, "access_token=") {
		t.Error(url)
	}
	_, err = wxkf.NewRequest("message.custom.send", map[string]any{})
	fails(t, err, "request.field_missing", "caller", "touser")
	_, err = wxkf.NewRequest("message.custom.send", params, "shop")
	fails(t, err, "binding.argument_invalid", "caller", "kind")
	_, err = wxkf.NewRequest("fly", map[string]any{})
	fails(t, err, "request.unsupported", "caller", "endpoint")
}

func TestUpload(t *testing.T) {
	file := []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\r\n\xfe\xff\xd9")
	request, err := wxkf.NewRequest("media.upload", map[string]any{
		"type": "image", "filename": "a.jpg", "media_base64": base64.StdEncoding.EncodeToString(file),
		"random": "000102030405060708090a0b0c0d0e0f",
	})
	must(t, request, err)
	equal(t, strings.HasPrefix(request.ContentType, "multipart/form-data; boundary="), true)
	equal(t, bytes.Contains(request.Body, append(file, "\r\n--"...)), true)
	equal(t, request.URL("T"), "https://api.weixin.qq.com/cgi-bin/media/upload?type=image&access_token=T")
}

func TestDecode(t *testing.T) {
	outcome, err := wxkf.Decode("message.custom.send", wxkf.Response{
		Status: 200, Body: []byte(`{"errcode":45047,"errmsg":"out of response count limit rid: 640d8707-66796d60-192e4bee"}`),
	})
	no := must(t, outcome, err).Rejected
	if no == nil || outcome.Accepted != nil {
		t.Fatalf("got %+v", outcome)
	}
	equal(t, no.Errcode, 45047)
	equal(t, no.Kind, "quota_exhausted")
	if no.Rid == nil || *no.Rid != "640d8707-66796d60-192e4bee" {
		t.Errorf("the rid is %v", no.Rid)
	}
	outcome, err = wxkf.Decode("message.custom.send", wxkf.Response{Status: 200, Body: []byte(`{"errcode":0}`)})
	equal(t, string(must(t, outcome, err).Accepted), "{}")
	_, err = wxkf.Decode("message.custom.send", wxkf.Response{Status: 502, Body: []byte("<html>")})
	fails(t, err, "response.malformed", "platform", "")
	_, err = wxkf.Decode("message.custom.send", wxkf.Response{Status: 70000})
	fails(t, err, "binding.argument_invalid", "caller", "status")
	file := []byte{0x89, 'P', 'N', 'G', 0}
	outcome, err = wxkf.Decode("media.get", wxkf.Response{Status: 200, ContentType: "image/png", Body: file})
	equal(t, string(must(t, outcome, err).Media), string(file))
}

func TestSplitText(t *testing.T) {
	split, err := wxkf.SplitText("甲。乙乙乙乙乙", 12, 1)
	must(t, split, err)
	equal(t, len(split.Parts), 1)
	equal(t, split.Parts[0], "甲。")
	equal(t, split.Rest, "乙乙乙乙乙")
	_, err = wxkf.SplitText("\xff", 12, 1)
	fails(t, err, "binding.argument_invalid", "caller", "text")
	_, err = wxkf.SplitText("a", -1, 1)
	fails(t, err, "binding.argument_invalid", "caller", "max_bytes")
}

func TestErrcode(t *testing.T) {
	info := wxkf.Errcode(45047)
	if info == nil || info.Errcode != 45047 || info.Kind != "quota_exhausted" {
		t.Fatalf("got %+v", info)
	}
	if info.Meaning.En == "" || info.Meaning.Zh == "" || info.Advice.En == "" || info.Advice.Zh == "" {
		t.Errorf("got %+v", info)
	}
	equal(t, wxkf.Errcode(-987654321) == nil, true)
	equal(t, wxkf.RejectionKind(40001), "token_rejected")
	equal(t, wxkf.RejectionKind(-987654321), "unknown")
}
