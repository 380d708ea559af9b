package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"wxkf.dev/wxkf"
)

const key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

const message = "<xml><ToUserName><![CDATA[gh_0]]></ToUserName><FromUserName><![CDATA[user]]></FromUserName>" +
	"<CreateTime>1763700000</CreateTime><MsgType><![CDATA[text]]></MsgType>" +
	"<Content><![CDATA[你好]]></Content><MsgId>23241477706429916</MsgId></xml>"

func TestWebhook(t *testing.T) {
	address := start(t)
	account, err := wxkf.NewAccount(wxkf.OfficialAccount, "wx0", "token", wxkf.EncodingAESKey(key))
	check(t, err)
	defer account.Close()
	sealed, err := account.Seal([]byte(message), "xml", wxkf.Nonce("977"), wxkf.ToUserName("gh_0"))
	check(t, err)
	timestamp := strconv.FormatInt(sealed.Timestamp, 10)
	signature, err := account.Sign(timestamp, sealed.Nonce)
	check(t, err)
	asked := "timestamp=" + timestamp + "&nonce=977&signature="

	t.Run("url check", func(t *testing.T) {
		status, contentType, body := send(t, "GET", address+asked+signature+"&echostr=8641591", nil)
		if status != 200 || body != "8641591" || !strings.HasPrefix(contentType, "text/plain") {
			t.Errorf("%d %s %q", status, contentType, body)
		}
	})
	t.Run("forged url check", func(t *testing.T) {
		no(t, 403, "GET", address+asked+strings.Repeat("0", 40)+"&echostr=1", nil)
	})
	query := asked + signature + "&encrypt_type=aes&msg_signature="
	t.Run("forged push", func(t *testing.T) {
		no(t, 403, "POST", address+query+strings.Repeat("0", 40), sealed.Body)
	})
	t.Run("sealed push", func(t *testing.T) {
		status, contentType, body := send(t, "POST", address+query+sealed.MsgSignature, sealed.Body)
		if status != 200 || contentType != "text/xml; charset=utf-8" {
			t.Fatalf("%d %s %q", status, contentType, body)
		}
		answer := open(t, account, body)
		if !strings.Contains(answer, "<Content><![CDATA[你好]]></Content>") {
			t.Error(answer)
		}
	})
	t.Run("repeat", func(t *testing.T) {
		status, _, body := send(t, "POST", address+query+sealed.MsgSignature, sealed.Body)
		if status != 200 || body != "success" {
			t.Errorf("%d %q", status, body)
		}
	})
	t.Run("too much, too little and no text", func(t *testing.T) {
		no(t, 400, "POST", address+query+sealed.MsgSignature, make([]byte, account.LargestBody()+100))
		no(t, 400, "POST", address, sealed.Body)
		no(t, 400, "GET", address+"timestamp=%ff", nil)
		no(t, 405, "PUT", address, nil)
	})
}

// start runs the program as it is run for people, on a port that is free, until the test ends.
func start(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "echo")
	if said, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	server := exec.Command(program)
	server.Env = append(os.Environ(),
		"WXKF_KIND=official_account", "WXKF_APP_ID=wx0", "WXKF_TOKEN=token", "WXKF_ENCODING_AES_KEY="+key, "PORT=0")
	said, err := server.StderrPipe()
	check(t, err)
	check(t, server.Start())
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	lines := bufio.NewReader(said)
	line, err := lines.ReadString('\n')
	check(t, err)
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	_, address, there := strings.Cut(strings.TrimSpace(line), "listening on ")
	if !there {
		t.Fatal(line)
	}
	return "http://" + address + "/?"
}

func send(t *testing.T, method, url string, body []byte) (status int, contentType, answer string) {
	t.Helper()
	request, err := http.NewRequest(method, url, bytes.NewReader(body))
	check(t, err)
	response, err := http.DefaultClient.Do(request)
	check(t, err)
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	check(t, err)
	return response.StatusCode, response.Header.Get("Content-Type"), string(said)
}

// no wants a refusal that says nothing.
func no(t *testing.T, want int, method, url string, body []byte) {
	t.Helper()
	if status, _, said := send(t, method, url, body); status != want || said != "" {
		t.Errorf("got %d %q, want %d", status, said, want)
	}
}

func open(t *testing.T, account *wxkf.Account, body string) string {
	t.Helper()
	part := func(name string) string {
		_, rest, _ := strings.Cut(body, "<"+name+">")
		inside, _, _ := strings.Cut(rest, "</"+name+">")
		return strings.TrimSuffix(strings.TrimPrefix(inside, "<![CDATA["), "]]>")
	}
	query := url.Values{
		"timestamp": {part("TimeStamp")}, "nonce": {part("Nonce")}, "msg_signature": {part("MsgSignature")},
	}
	opened, err := account.Open(query.Encode(), []byte(body))
	check(t, err)
	return string(opened)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
