package main

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"strings"
	"unicode/utf8"

	"wxkf.dev/wxkf"
)

func request(op members) (text, error) {
	endpoint, err := op.text("endpoint")
	if err != nil {
		return "", err
	}
	var kind []wxkf.Kind
	if op.has("account") {
		given, err := op.object("account")
		if err != nil {
			return "", err
		}
		of, err := kindOf(given)
		if err != nil {
			return "", err
		}
		if of != "" {
			kind = append(kind, of)
		}
	}
	params := json.RawMessage("{}")
	if op.has("params") {
		params = op["params"]
	}
	request, err := wxkf.NewRequest(endpoint, params, kind...)
	if err != nil {
		return "", err
	}
	var more []any
	if request.ContentType != "" {
		more = append(more, "content_type", quote(request.ContentType))
	}
	if !utf8.Valid(request.Body) {
		more = append(more, "body_base64", quote(base64.StdEncoding.EncodeToString(request.Body)))
	} else if request.ContentType != "" {
		more = append(more, "body", quote(string(request.Body)))
	}
	head := []any{"path", quote(request.Path), "query", quote(request.Query)}
	return text(object("method", quote(request.Method), append(head, more...)...)), nil
}

func response(op members) (text, error) {
	endpoint, errEndpoint := op.text("endpoint")
	status, errStatus := op.count("status")
	contentType, errType := op.textOr("content_type", "")
	body, errBody := op.body()
	if err := together(errEndpoint, errStatus, errType, errBody); err != nil {
		return "", err
	}
	if status > math.MaxUint16 {
		return "", errBadLine
	}
	outcome, err := wxkf.Decode(endpoint, wxkf.Response{Status: int(status), ContentType: contentType, Body: body})
	if err != nil {
		return "", err
	}
	if no := outcome.Rejected; no != nil {
		return text(object("rejected", rejected(no))), nil
	}
	accepted := string(outcome.Accepted)
	if outcome.Media != nil {
		const empty = `"media_base64":""`
		file := base64.StdEncoding.EncodeToString(outcome.Media)
		accepted = strings.Replace(accepted, empty, empty[:len(empty)-1]+file+`"`, 1)
	}
	return text(object("accepted", text(accepted))), nil
}

func rejected(no *wxkf.Rejection) text {
	more := []any{"errmsg", quote(no.Errmsg)}
	if no.Rid != nil {
		more = append(more, "rid", quote(*no.Rid))
	}
	return text(object("errcode", number(no.Errcode), append(more, "kind", quote(no.Kind))...))
}

func splitText(op members) (text, error) {
	whole, errText := op.text("text")
	bytes, errBytes := op.count("max_bytes")
	most, errParts := op.count("parts")
	if err := together(errText, errBytes, errParts); err != nil {
		return "", err
	}
	split, err := wxkf.SplitText(whole, int(bytes), int(most))
	if err != nil {
		return "", err
	}
	parts := make([]text, 0, len(split.Parts))
	for _, part := range split.Parts {
		parts = append(parts, quote(part))
	}
	return text(object("parts", list(parts), "rest", quote(split.Rest))), nil
}
