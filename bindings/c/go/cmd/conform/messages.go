package main

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"unicode/utf8"

	"wxkf.dev/wxkf"
)

func verifyURL(op members) (text, error) {
	query, err := op.text("query")
	now, errNow := op.count("now")
	if err := together(err, errNow); err != nil {
		return "", err
	}
	account, err := newAccount(op)
	if err != nil {
		return "", err
	}
	defer account.Close()
	echo, err := account.VerifyURL(query, now)
	return text(object("echo", quote(string(echo)))), err
}

func receive(op members) (text, error) {
	account, received, _, err := push(op)
	if err != nil {
		return "", err
	}
	defer account.Close()
	defer received.Close()
	inbound, err := received.Inbound()
	if err != nil {
		return "", err
	}
	return text(object(
		"sealed", flag(received.Sealed),
		"format", quote(received.Format),
		"plaintext", quote(received.Plaintext),
		"key_index", maybeNumber(received.KeyIndex),
		"token_index", number(received.TokenIndex),
		"inbound", text(inbound.JSON),
	)), nil
}

func decode(op members) (text, error) {
	body, err := op.body()
	if err != nil {
		return "", err
	}
	decoded, err := wxkf.DecodeUnverified(body)
	if err != nil {
		return "", err
	}
	return text(object(
		"format", quote(decoded.Format),
		"inbound", text(decoded.Inbound.JSON),
		"tree", text(decoded.Tree),
	)), nil
}

func reply(op members) (text, error) {
	nonce, err := op.maybeText("nonce")
	_, errRandom := op.text("random")
	given, there := op["reply"]
	if err := together(err, errRandom); err != nil || !there {
		return "", errBadLine
	}
	account, received, now, err := push(op)
	if err != nil {
		return "", err
	}
	defer account.Close()
	defer received.Close()
	random, err := op.random()
	if err != nil {
		return "", err
	}
	options := []wxkf.SealOption{wxkf.Random(random), wxkf.At(now)}
	if nonce != nil {
		options = append(options, wxkf.Nonce(*nonce))
	}
	answer, err := account.Reply(received, given, options...)
	if err != nil {
		return "", err
	}
	return text(object("body", quote(string(answer.Body)), "content_type", quote(answer.ContentType))), nil
}

func seal(op members) (text, error) {
	plaintext, errPlaintext := op.text("plaintext")
	format, errFormat := op.text("format")
	nonce, errNonce := op.text("nonce")
	_, errRandom := op.text("random")
	if err := together(errPlaintext, errFormat, errNonce, errRandom); err != nil {
		return "", err
	}
	account, err := newAccount(op)
	if err != nil {
		return "", err
	}
	defer account.Close()
	now, errNow := seconds(op)
	random, errRandom := op.random()
	if err := together(errNow, errRandom); err != nil {
		return "", err
	}
	sealed, err := account.Seal([]byte(plaintext), format, wxkf.Random(random), wxkf.Nonce(nonce), wxkf.At(now))
	if err != nil {
		return "", err
	}
	return quote(string(sealed.Body)), nil
}

// A timestamp among the parameters of a raw query string.
var timestamp = regexp.MustCompile(`(?:^|&)timestamp=(\d{1,12})(?:&|$)`)

func open(op members) (text, error) {
	query, err := op.text("query")
	given, errNow := op.maybeCount("now")
	if err := together(err, errNow); err != nil {
		return "", err
	}
	account, err := newAccount(op)
	if err != nil {
		return "", err
	}
	defer account.Close()
	body, err := op.body()
	if err != nil {
		return "", err
	}
	var now int64
	if given != nil {
		now = *given
	} else if said := timestamp.FindStringSubmatch(query); said != nil {
		// `open` asks about the seal, not about the time.
		now, _ = strconv.ParseInt(said[1], 10, 64)
		now *= 1000
	}
	opened, err := account.Open(query, body, now)
	if err != nil {
		return "", err
	}
	if !utf8.Valid(opened) {
		return text(object("base64", quote(base64.StdEncoding.EncodeToString(opened)))), nil
	}
	return quote(string(opened)), nil
}

func push(op members) (*wxkf.Account, *wxkf.Received, int64, error) {
	query, err := op.text("query")
	now, errNow := op.count("now")
	if err := together(err, errNow); err != nil {
		return nil, nil, 0, err
	}
	account, err := newAccount(op)
	if err != nil {
		return nil, nil, 0, err
	}
	body, err := op.body()
	if err != nil {
		account.Close()
		return nil, nil, 0, err
	}
	received, err := account.Receive(query, body, now)
	if err != nil {
		account.Close()
		return nil, nil, 0, err
	}
	return account, received, now, nil
}

// seconds gives the milliseconds of a timestamp, a number or its digits.
func seconds(op members) (int64, error) {
	if digits, err := op.text("timestamp"); err == nil {
		op = members{"timestamp": json.RawMessage(digits)}
	}
	at, err := op.count("timestamp")
	if at > math.MaxInt64/1000 {
		at = math.MaxInt64 / 1000
	}
	return at * 1000, err
}
