// Command echo is a webhook that answers a text with the same text. It is configured by WXKF_KIND, WXKF_APP_ID,
// WXKF_TOKEN, WXKF_ENCODING_AES_KEY (or WXKF_MODE=plain for an account without encryption) and PORT, and listens on
// this machine only: put it behind a server that speaks HTTPS.
package main

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"wxkf.dev/wxkf"
)

func main() {
	handler, err := newWebhook()
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", os.Getenv("PORT")))
	if err != nil {
		log.Fatal(err)
	}
	log.Print("listening on ", listener.Addr())
	server := http.Server{Handler: handler, ReadTimeout: 5 * time.Second, WriteTimeout: 5 * time.Second}
	log.Fatal(server.Serve(listener))
}

type webhook struct {
	account *wxkf.Account
	kind    wxkf.Kind
	seen    *wxkf.Dedupe
}

func newWebhook() (*webhook, error) {
	var options []wxkf.Option
	if key, given := os.LookupEnv("WXKF_ENCODING_AES_KEY"); given {
		options = append(options, wxkf.EncodingAESKey(key))
	}
	if mode, given := os.LookupEnv("WXKF_MODE"); given {
		options = append(options, wxkf.Mode(mode))
	}
	kind := wxkf.Kind(os.Getenv("WXKF_KIND"))
	account, err := wxkf.NewAccount(kind, os.Getenv("WXKF_APP_ID"), os.Getenv("WXKF_TOKEN"), options...)
	if err != nil {
		return nil, err
	}
	// WeChat repeats a push within a minute.
	seen, err := wxkf.NewDedupe(100_000, 60_000)
	return &webhook{account, kind, seen}, err
}

func (w *webhook) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	var answer *wxkf.Answer
	var err error
	switch in.Method {
	case http.MethodGet:
		answer, err = w.verify(in.URL.RawQuery)
	case http.MethodPost:
		answer, err = w.push(in)
	default:
		out.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if err != nil {
		log.Print(err)
		out.WriteHeader(statusOf(err))
		return
	}
	out.Header().Set("Content-Type", answer.ContentType)
	if _, err := out.Write(answer.Body); err != nil {
		log.Print(err)
	}
}

func (w *webhook) verify(query string) (*wxkf.Answer, error) {
	echo, err := w.account.VerifyURL(query)
	return &wxkf.Answer{Body: echo, ContentType: "text/plain; charset=utf-8"}, err
}

func (w *webhook) push(in *http.Request) (*wxkf.Answer, error) {
	// One byte more than it may have is enough for the account to refuse it.
	body, err := io.ReadAll(io.LimitReader(in.Body, int64(w.account.LargestBody())+1))
	if err != nil {
		return nil, &wxkf.Error{Code: "callback.body_malformed", Origin: "peer", Message: err.Error()}
	}
	received, err := w.account.Receive(in.URL.RawQuery, body)
	if err != nil {
		return nil, err
	}
	defer received.Close()
	key, err := received.DedupeKey()
	if err != nil {
		return nil, err
	}
	since, err := w.seen.Observe(key)
	if err != nil {
		return nil, err
	}
	answer, err := w.account.Reply(received, w.reply(received, since != nil))
	if err != nil {
		// It was not handled, so the next delivery may be.
		if failed := w.seen.Forget(key); failed != nil {
			log.Print(failed)
		}
		return nil, err
	}
	return answer, nil
}

func (w *webhook) reply(received *wxkf.Received, repeat bool) wxkf.Reply {
	switch {
	case received.WantsErrCode:
		return wxkf.ErrCode(0, "")
	case !repeat && received.Kind == "text" && w.kind == wxkf.OfficialAccount:
		return wxkf.Text(received.Content)
	}
	// A mini program cannot answer so: it sends a customer-service message.
	return wxkf.Success()
}

// statusOf tells a stranger no more than that it is a no.
func statusOf(err error) int {
	var failed *wxkf.Error
	if !errors.As(err, &failed) || failed.Origin != "peer" {
		return http.StatusInternalServerError
	}
	if failed.Code == "callback.signature_mismatch" {
		return http.StatusForbidden
	}
	return http.StatusBadRequest
}
