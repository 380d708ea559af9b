package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math"
	"strconv"
)

// errBadLine is for whatever is not as the protocol asks.
var errBadLine = errors.New("conform.bad_line")

// members are those of an object, as they are written.
type members map[string]json.RawMessage

func (m members) has(name string) bool {
	value, there := m[name]
	return there && string(value) != "null"
}

func (m members) text(name string) (string, error) { return wantText(m[name]) }

// maybeText is nil where there is nothing.
func (m members) maybeText(name string) (*string, error) {
	if !m.has(name) {
		return nil, nil
	}
	s, err := m.text(name)
	return &s, err
}

func (m members) textOr(name, otherwise string) (string, error) {
	if !m.has(name) {
		return otherwise, nil
	}
	return m.text(name)
}

// count is a whole number from 0 on.
func (m members) count(name string) (int64, error) {
	n, err := strconv.ParseUint(string(m[name]), 10, 64)
	if err != nil {
		return 0, errBadLine
	}
	if n > math.MaxInt64 {
		// Nothing in the protocol is as large, and nothing is decided between here and there.
		n = math.MaxInt64
	}
	return int64(n), nil
}

func (m members) maybeCount(name string) (*int64, error) {
	if !m.has(name) {
		return nil, nil
	}
	n, err := m.count(name)
	return &n, err
}

// texts are a list; one that is left out is empty.
func (m members) texts(name string) ([]string, error) {
	var items []json.RawMessage
	if value, there := m[name]; there && (string(value) == "null" || json.Unmarshal(value, &items) != nil) {
		return nil, errBadLine
	}
	texts := make([]string, 0, len(items))
	for _, item := range items {
		text, err := wantText(item)
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}

func (m members) object(name string) (members, error) { return wantObject(m[name]) }

// body is text as it is, or bytes in base64.
func (m members) body() ([]byte, error) {
	body, err := m.maybeText("body")
	if err != nil {
		return nil, err
	}
	coded, err := m.maybeText("body_base64")
	if err != nil {
		return nil, err
	}
	switch {
	case body != nil && coded != nil:
		return nil, errBadLine
	case body != nil:
		return []byte(*body), nil
	case coded == nil:
		return nil, nil
	}
	bytes, err := base64.StdEncoding.Strict().DecodeString(*coded)
	if err != nil {
		return nil, errBadLine
	}
	return bytes, nil
}

// random are 32 hexadecimal digits.
func (m members) random() ([]byte, error) {
	digits, err := m.text("random")
	if err != nil {
		return nil, err
	}
	bytes, err := hex.DecodeString(digits)
	if err != nil || len(bytes) != 16 {
		return nil, errBadLine
	}
	return bytes, nil
}

func wantText(value json.RawMessage) (string, error) {
	var s *string
	if json.Unmarshal(value, &s) != nil || s == nil {
		return "", errBadLine
	}
	return *s, nil
}

func wantObject(value json.RawMessage) (members, error) {
	var m members
	if json.Unmarshal(value, &m) != nil || m == nil {
		return nil, errBadLine
	}
	return m, nil
}

// together is the first of the errors.
func together(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
