package wxkf

// #include <wxkf.h>
import "C"

import (
	"bytes"
	"encoding/json"
)

// Inbound is a message as a whole.
type Inbound struct {
	To   string
	From string
	// Created is in milliseconds, or nil.
	Created   *int64
	MsgID     string
	DedupeKey string
	Trigger   string
	Kind      string
	// Content has the fields that Kind has, by their name on the wire in snake_case. A number is a json.Number.
	Content map[string]any
	// JSON is the text that all of this was read from; there `created` is in seconds.
	JSON json.RawMessage
}

// Decoded is a message of which nothing was verified.
type Decoded struct {
	// Format is xml or json.
	Format string
	// Inbound is the message.
	Inbound *Inbound
	// Tree is everything in it, with numbers in their exact text.
	Tree json.RawMessage
}

// DecodeUnverified decodes a message that came through another gate, such as a cloud function (云函数), and so has
// no signature. Nothing is verified: never use it for what anybody can post.
func DecodeUnverified(body []byte) (*Decoded, error) {
	var in inputs
	defer in.free()
	var decoded, tree, said C.wxkf_buf
	if err := failure(C.wxkf_decode_unverified(in.bytes(body), &decoded, &tree, &said), &said); err != nil {
		return nil, err
	}
	result := &Decoded{Tree: take(&tree)}
	var wire struct {
		Format  string          `json:"format"`
		Inbound json.RawMessage `json:"inbound"`
	}
	if err := json.Unmarshal(take(&decoded), &wire); err != nil {
		return nil, err
	}
	var err error
	result.Format = wire.Format
	result.Inbound, err = newInbound(wire.Inbound)
	return result, err
}

func newInbound(said []byte) (*Inbound, error) {
	var wire struct {
		To        string         `json:"to"`
		From      string         `json:"from"`
		Created   *int64         `json:"created"`
		MsgID     string         `json:"msg_id"`
		DedupeKey string         `json:"dedupe_key"`
		Trigger   string         `json:"trigger"`
		Kind      string         `json:"kind"`
		Content   map[string]any `json:"content"`
	}
	decoder := json.NewDecoder(bytes.NewReader(said))
	decoder.UseNumber()
	if err := decoder.Decode(&wire); err != nil {
		return nil, err
	}
	if wire.Created != nil {
		*wire.Created *= 1000
	}
	return &Inbound{
		wire.To, wire.From, wire.Created, wire.MsgID, wire.DedupeKey, wire.Trigger, wire.Kind, wire.Content, said,
	}, nil
}
