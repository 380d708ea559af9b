package wxkf

// #include <wxkf.h>
import "C"

import (
	"encoding/json"
	"math"
	"net/url"
	"strings"
)

// Request is a call of the API, ready to be sent. The token is not in it.
type Request struct {
	// Endpoint is the name of the call.
	Endpoint string `json:"endpoint"`
	Method   string `json:"method"`
	Path     string `json:"path"`
	Query    string `json:"query"`
	// ContentType is empty if there is no body.
	ContentType string `json:"content_type"`
	// Auth says which token it needs, or none.
	Auth string `json:"auth"`
	// Caution names what is correct but known to be refused at times.
	Caution string `json:"caution"`
	Body    []byte `json:"-"`
}

// NewRequest makes a call by its name, such as message.custom.send. The parameters are WeChat's own, of body and
// query together: a value that encodes as JSON, or JSON as json.RawMessage, which goes as it is. A kind, if it is
// given, checks what that kind of account may send.
func NewRequest(endpoint string, params any, kind ...Kind) (*Request, error) {
	given, err := encode("params", params)
	if err != nil {
		return nil, err
	}
	if len(kind) > 1 {
		return nil, argumentInvalid("kind")
	}
	var in inputs
	defer in.free()
	var of C.wxkf_bytes
	if len(kind) == 1 {
		of = in.text(string(kind[0]))
	}
	var head, body, said C.wxkf_buf
	status := C.wxkf_request(in.text(endpoint), in.bytes(given), of, &head, &body, &said)
	if err := failure(status, &said); err != nil {
		return nil, err
	}
	request := &Request{Body: take(&body)}
	return request, json.Unmarshal(take(&head), request)
}

// URL is the whole URL at api.weixin.qq.com. The token is in it: keep it out of logs.
func (r *Request) URL(token string) string {
	query := r.Query
	if r.Auth != "none" {
		query = strings.TrimPrefix(query+"&access_token="+url.QueryEscape(token), "&")
	}
	if query != "" {
		query = "?" + query
	}
	return "https://api.weixin.qq.com" + r.Path + query
}

// Response is what the API answered. The content type and disposition may be empty.
type Response struct {
	Status             int
	ContentType        string
	ContentDisposition string
	Body               []byte
}

// Outcome is an answer that was read: accepted, or rejected.
type Outcome struct {
	// Accepted has the fields of the answer by WeChat's names. It is nil if it was rejected.
	Accepted json.RawMessage `json:"accepted"`
	// Rejected is nil if it was accepted.
	Rejected *Rejection `json:"rejected"`
	// Media is the file, if one was downloaded, and nil otherwise.
	Media []byte `json:"-"`
}

// Rejection is WeChat's no. It is no failure: Kind says what to do about it.
type Rejection struct {
	Errcode int64  `json:"errcode"`
	Errmsg  string `json:"errmsg"`
	// Rid is the id by which WeChat's support finds the call. It is nil if there is none.
	Rid  *string `json:"rid"`
	Kind string  `json:"kind"`
}

// Decode reads the answer to a call.
func Decode(endpoint string, response Response) (*Outcome, error) {
	if response.Status < 0 || response.Status > math.MaxUint16 {
		return nil, argumentInvalid("status")
	}
	var in inputs
	defer in.free()
	var out, said C.wxkf_buf
	status := C.wxkf_decode(in.text(endpoint), C.uint16_t(response.Status), in.optional(response.ContentType),
		in.optional(response.ContentDisposition), in.bytes(response.Body), &out, &said)
	if err := failure(status, &said); err != nil {
		return nil, err
	}
	outcome := new(Outcome)
	if err := json.Unmarshal(take(&out), outcome); err != nil {
		return nil, err
	}
	outcome.Media = media(outcome.Accepted, response.Body)
	return outcome, nil
}

// Split is a text in parts. Parts and rest together are the text.
type Split struct {
	Parts []string `json:"parts"`
	// Rest is what is left when there are as many parts as there may be.
	Rest string `json:"rest"`
}

// SplitText splits a text into at most maxParts parts of at most maxBytes bytes, between paragraphs, sentences or
// words where it can, and never inside a character or a link. WeChat was seen to take 2,048 bytes.
func SplitText(text string, maxBytes, maxParts int) (*Split, error) {
	bytes, err := natural("max_bytes", int64(maxBytes))
	if err != nil {
		return nil, err
	}
	parts, err := natural("max_parts", int64(maxParts))
	if err != nil {
		return nil, err
	}
	var in inputs
	defer in.free()
	var out, said C.wxkf_buf
	if err := failure(C.wxkf_split_text(in.text(text), bytes, parts, &out, &said), &said); err != nil {
		return nil, err
	}
	split := new(Split)
	return split, json.Unmarshal(take(&out), split)
}

// media is the body, if the answer says that it is a file: then it leaves media_base64 empty.
func media(accepted json.RawMessage, body []byte) []byte {
	var file struct {
		MediaBase64 *string `json:"media_base64"`
	}
	if accepted == nil || json.Unmarshal(accepted, &file) != nil || file.MediaBase64 == nil {
		return nil
	}
	return append([]byte{}, body...)
}
