package wxkf

// #include <wxkf.h>
import "C"

import "encoding/json"

// ErrcodeInfo says what a return code means and what to do about it.
type ErrcodeInfo struct {
	Errcode int64 `json:"errcode"`
	// Kind is what a program acts on, and may be empty.
	Kind    string `json:"kind"`
	Meaning Words  `json:"meaning"`
	Advice  Words  `json:"advice"`
}

// Words are a sentence in English and Chinese.
type Words struct {
	En string `json:"en"`
	Zh string `json:"zh"`
}

// Errcode explains a return code of WeChat's. It is nil if nothing is known of it.
func Errcode(code int64) *ErrcodeInfo {
	var out C.wxkf_buf
	if !C.wxkf_errcode(C.int64_t(code), &out) {
		return nil
	}
	info := new(ErrcodeInfo)
	if json.Unmarshal(take(&out), info) != nil {
		return nil
	}
	return info
}

// RejectionKind says what to do about a rejection with this errcode: token_rejected, quota_exhausted, and so on.
func RejectionKind(errcode int64) string { return text(C.wxkf_rejection_kind(C.int64_t(errcode))) }
