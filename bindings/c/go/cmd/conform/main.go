// Command conform is the Go driver of the conformance protocol (tests/README.md): one JSON object a line in, one
// a line out. It uses the public API of the package.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"

	"wxkf.dev/wxkf"
)

func main() {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			out.WriteString(answer(bytes.TrimSuffix(line, []byte("\n"))))
			out.WriteByte('\n')
		}
		if err != nil {
			if flushed := out.Flush(); flushed != nil || err != io.EOF {
				log.Fatal(err, flushed)
			}
			return
		}
	}
}

// answer answers one line. Whatever the line is, the answer is one line.
func answer(line []byte) string {
	ok, err := run(line)
	if err != nil {
		return object("error", failure(err))
	}
	return object("ok", ok)
}

func run(line []byte) (text, error) {
	var op members
	if !isSound(line) || json.Unmarshal(line, &op) != nil || op == nil {
		return "", errBadLine
	}
	name, err := op.text("op")
	if err != nil {
		return "", err
	}
	if run, there := ops[name]; there {
		return run(op)
	}
	return "", errBadLine
}

func failure(err error) text {
	var failed *wxkf.Error
	// What this side of the package refuses has no name on the other.
	if !errors.As(err, &failed) || failed.Code == "binding.argument_invalid" {
		return text(object("code", quote("conform.bad_line")))
	}
	if failed.Field == "" {
		return text(object("code", quote(failed.Code), "origin", quote(failed.Origin)))
	}
	return text(object("code", quote(failed.Code), "origin", quote(failed.Origin), "field", quote(failed.Field)))
}

var ops = map[string]func(members) (text, error){
	"verify_url":   verifyURL,
	"receive":      receive,
	"decode":       decode,
	"reply":        reply,
	"seal":         seal,
	"open":         open,
	"request":      request,
	"response":     response,
	"split_text":   splitText,
	"conversation": conversation,
	"dedupe":       dedupe,
	"token":        token,
}
