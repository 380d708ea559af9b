package main

import (
	"math"
	"strconv"

	"wxkf.dev/wxkf"
)

// settings are the members of an account, by the option that they are.
var settings = map[string]func(string) wxkf.Option{
	"encoding_aes_key":           wxkf.EncodingAESKey,
	"previous_encoding_aes_keys": wxkf.PreviousEncodingAESKey,
	"previous_tokens":            wxkf.PreviousToken,
	"accept_ids":                 wxkf.AcceptID,
	"mode":                       wxkf.Mode,
}

var known = map[string]bool{"kind": true, "app_id": true, "token": true, "tolerance_s": true, "max_body": true}

func newAccount(op members) (*wxkf.Account, error) {
	given, err := op.object("account")
	if err != nil {
		return nil, err
	}
	kind, err := kindOf(given)
	if err != nil {
		return nil, err
	}
	appID, errID := given.textOr("app_id", "")
	token, errToken := given.textOr("token", "")
	options, errOptions := optionsOf(given)
	if err := together(errID, errToken, errOptions); err != nil {
		return nil, err
	}
	if kind == "" {
		kind = wxkf.OfficialAccount
	}
	return wxkf.NewAccount(kind, appID, token, options...)
}

// kindOf is empty if there is none.
func kindOf(given members) (wxkf.Kind, error) {
	for name := range given {
		if !known[name] && settings[name] == nil {
			return "", errBadLine
		}
	}
	kind, err := given.textOr("kind", "")
	return wxkf.Kind(kind), err
}

func optionsOf(given members) ([]wxkf.Option, error) {
	var options []wxkf.Option
	for _, name := range []string{"encoding_aes_key", "mode"} {
		value, err := given.maybeText(name)
		if err != nil {
			return nil, err
		}
		if value != nil {
			options = append(options, settings[name](*value))
		}
	}
	for _, name := range []string{"previous_encoding_aes_keys", "previous_tokens", "accept_ids"} {
		values, err := given.texts(name)
		if err != nil {
			return nil, err
		}
		for _, value := range values {
			options = append(options, settings[name](value))
		}
	}
	tolerance, errTolerance := given.maybeCount("tolerance_s")
	maxBody, errBody := given.maybeCount("max_body")
	if err := together(errTolerance, errBody); err != nil {
		return nil, err
	}
	if tolerance != nil {
		options = append(options, wxkf.Tolerance(int64(min(int(*tolerance), math.MaxInt64/1000))*1000))
	}
	if maxBody != nil {
		options = append(options, wxkf.MaxBody(int(*maxBody)))
	}
	return options, nil
}

func errcode(value []byte) (int64, error) {
	code, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil {
		return 0, errBadLine
	}
	return code, nil
}
