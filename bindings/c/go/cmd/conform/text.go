package main

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// text is JSON that is ready.
type text string

// object writes an object of names and texts, one after the other.
func object(first string, value text, more ...any) string {
	var out strings.Builder
	out.WriteString("{" + string(quote(first)) + ":" + string(value))
	for index := 0; index < len(more); index += 2 {
		out.WriteString("," + string(quote(more[index].(string))) + ":" + string(more[index+1].(text)))
	}
	return out.String() + "}"
}

func list(texts []text) text {
	var out strings.Builder
	for index, text := range texts {
		if index > 0 {
			out.WriteByte(',')
		}
		out.WriteString(string(text))
	}
	return text("[" + out.String() + "]")
}

func number[N int | int64 | uint64](n N) text { return text(strconv.FormatInt(int64(n), 10)) }

func maybeNumber[N int | int64](n *N) text {
	if n == nil {
		return "null"
	}
	return number(*n)
}

func flag(is bool) text { return text(strconv.FormatBool(is)) }

var escapes = map[byte]string{
	'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`,
}

// quote escapes what has to be, and nothing else, as encoding/json cannot. What is not UTF-8 is replaced.
func quote(s string) text {
	const hex = "0123456789abcdef"
	s = lossy(s)
	out := make([]byte, 0, len(s)+2)
	out = append(out, '"')
	for index := 0; index < len(s); index++ {
		char := s[index]
		switch escaped, known := escapes[char]; {
		case known:
			out = append(out, escaped...)
		case char < 0x20:
			out = append(out, '\\', 'u', '0', '0', hex[char>>4], hex[char&15])
		default:
			out = append(out, char)
		}
	}
	return text(append(out, '"'))
}

// lossy has one U+FFFD for each beginning of a character that was broken off, where Go would have one a byte.
func lossy(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var out strings.Builder
	for len(s) > 0 {
		char, size := utf8.DecodeRuneInString(s)
		if char == utf8.RuneError && size == 1 {
			size = broken(s)
		}
		out.WriteRune(char)
		s = s[size:]
	}
	return out.String()
}

// broken is how many bytes could still have become a character.
func broken(s string) int {
	for size := 2; size <= 3 && size <= len(s); size++ {
		// A beginning that is not full is one that more bytes may complete.
		if utf8.FullRuneInString(s[:size]) {
			return size - 1
		}
	}
	if utf8.FullRuneInString(s[:1]) {
		return 1
	}
	return min(len(s), 3)
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}
