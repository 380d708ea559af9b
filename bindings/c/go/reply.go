package wxkf

// #include <wxkf.h>
import "C"

import (
	"bytes"
	"encoding/json"
)

// Reply is a passive answer in WeChat's own fields; Type says which of them it has: text, image, voice, video,
// music, news, transfer_customer_service, success, empty or err_code.
type Reply struct {
	Type         string    `json:"type"`
	Content      string    `json:"content,omitempty"`
	MediaID      string    `json:"media_id,omitempty"`
	Title        string    `json:"title,omitempty"`
	Description  string    `json:"description,omitempty"`
	MusicURL     string    `json:"music_url,omitempty"`
	HQMusicURL   string    `json:"hq_music_url,omitempty"`
	ThumbMediaID string    `json:"thumb_media_id,omitempty"`
	Articles     []Article `json:"articles,omitempty"`
	KfAccount    string    `json:"kf_account,omitempty"`
	// ErrCode is nil unless the type is err_code.
	ErrCode *int64 `json:"err_code,omitempty"`
	ErrMsg  string `json:"err_msg,omitempty"`
}

// Article is one entry of a reply of the type news.
type Article struct {
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	PicURL      string `json:"pic_url,omitempty"`
	URL         string `json:"url,omitempty"`
}

// Text answers with a text.
func Text(content string) Reply { return Reply{Type: "text", Content: content} }

// Success says that the push has arrived, and answers nothing.
func Success() Reply { return Reply{Type: "success"} }

// ErrCode answers a push of which Received.WantsErrCode is true; 0 is success.
func ErrCode(code int64, message string) Reply {
	return Reply{Type: "err_code", ErrCode: &code, ErrMsg: message}
}

// ReplyCaution names what is known to go wrong with an answer that is correct otherwise, such as long_reply. It is
// empty if nothing is. It can be sent.
func ReplyCaution(reply any) (string, error) {
	given, err := encode("reply", reply)
	if err != nil {
		return "", err
	}
	var in inputs
	defer in.free()
	var caution C.wxkf_bytes
	var said C.wxkf_buf
	if err := failure(C.wxkf_reply_caution(in.bytes(given), &caution, &said), &said); err != nil {
		return "", err
	}
	return text(caution), nil
}

// encode writes a value as JSON. A json.RawMessage goes as it is: its numbers and names have to stay.
func encode(name string, value any) ([]byte, error) {
	if raw, ok := value.(json.RawMessage); ok {
		return raw, nil
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, argumentInvalid(name)
	}
	return out.Bytes(), nil
}
