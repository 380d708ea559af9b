package main

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"unicode/utf8"
)

const deepest = 127

// isSound says whether every number and every character is one, and nothing is too deep: what other readers refuse
// and encoding/json takes.
func isSound(line []byte) bool {
	if !utf8.Valid(line) || hasLoneSurrogate(line) {
		return false
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	depth := 0
	for {
		token, err := decoder.Token()
		if err != nil {
			return depth == 0
		}
		switch token := token.(type) {
		case json.Delim:
			if depth += 1; token == ']' || token == '}' {
				depth -= 2
			}
			if depth > deepest {
				return false
			}
		case json.Number:
			if size, _ := strconv.ParseFloat(token.String(), 64); math.IsInf(size, 0) {
				return false
			}
		}
	}
}

// hasLoneSurrogate looks for an escape that is half a character.
func hasLoneSurrogate(line []byte) bool {
	high := false
	for index := 0; index < len(line); index++ {
		if line[index] != '\\' {
			if high {
				return true
			}
			continue
		}
		index++
		half := surrogate(line[index:])
		if high != (half == 'l') {
			return true
		}
		if high = half == 'h'; half != 0 {
			index += 4
		}
	}
	return high
}

// surrogate tells h, a first half, from l, a second, and 0, neither; what it reads stands after a backslash.
func surrogate(escape []byte) byte {
	if len(escape) < 5 || escape[0] != 'u' {
		return 0
	}
	unit, err := strconv.ParseUint(string(escape[1:5]), 16, 16)
	switch {
	case err != nil || unit < 0xd800 || unit > 0xdfff:
		return 0
	case unit < 0xdc00:
		return 'h'
	}
	return 'l'
}
