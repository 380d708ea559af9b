package main

import (
	"strings"
	"testing"
)

func TestBadLines(t *testing.T) {
	const bad = `{"error":{"code":"conform.bad_line"}}`
	for _, line := range []string{
		"", "[]", "null", "{", `{"op":"fly"}`, `{"Op":"split_text"}`, `{"op":"split_text","text":"a","max_bytes":1.5,"parts":1}`,
		`{"op":"split_text","text":"\ud800","max_bytes":9,"parts":1}`,
		`{"op":"split_text","text":"` + "\xff" + `","max_bytes":9,"parts":1}`,
		`{"op":"decode","body":"","body_base64":""}`,
		`{"op":"decode","more":` + strings.Repeat("[", 128) + strings.Repeat("]", 128) + `}`,
		`{"op":"decode","more":1e999}`,
	} {
		if got := answer([]byte(line)); got != bad {
			t.Errorf("%s: %s", line, got)
		}
	}
	got := answer([]byte(`{"op":"split_text","text":"\ud83d\ude00\u0001\\/","max_bytes":9,"parts":1}`))
	if want := `{"ok":{"parts":["😀\u0001\\/"],"rest":""}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhatIsNotUTF8(t *testing.T) {
	for given, want := range map[string]string{
		"a\xffb":           "a\ufffdb",
		"\xf0\x9f\x98x":    "\ufffdx",
		"\xe4\xbd":         "\ufffd",
		"\xed\xa0\x80":     "\ufffd\ufffd\ufffd",
		"\xc0\x80":         "\ufffd\ufffd",
		"\xf0\x9f\xf0\x9f": "\ufffd\ufffd",
	} {
		if got := lossy(given); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}
