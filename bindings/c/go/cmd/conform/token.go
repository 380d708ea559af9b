package main

import (
	"encoding/json"

	"wxkf.dev/wxkf"
)

func token(op members) (text, error) {
	source, err := op.textOr("source", "stable_token")
	if err != nil {
		return "", err
	}
	machine, err := wxkf.NewTokenKeeper(source, "")
	if err != nil {
		return "", err
	}
	defer func() { machine.Close() }()
	var since life
	return op.run(map[string]step{
		"fetched": told(func(what members, now int64) (bool, error) {
			id, errID := since.id(what)
			token, errToken := what.text("token")
			seconds, errSeconds := what.count("expires_in")
			if err := together(errID, errToken, errSeconds); err != nil {
				return false, err
			}
			return machine.Fetched(id, wxkf.FetchedToken{Token: token, ExpiresIn: seconds}, now)
		}),
		"fetch_failed": told(func(what members, now int64) (bool, error) {
			id, errID := since.id(what)
			failure, errFailure := what.textOr("failure", "temporary")
			if err := together(errID, errFailure); err != nil {
				return false, err
			}
			return machine.FetchFailed(id, failure, now)
		}),
		"rejected": told(func(what members, now int64) (bool, error) {
			token, err := what.text("token")
			if err != nil {
				return false, err
			}
			return machine.Rejected(token, now)
		}),
		"reload": func(json.RawMessage, members) (text, error) {
			snapshot, err := machine.Snapshot()
			if err != nil {
				return "", err
			}
			again, err := wxkf.RestoreTokenKeeper(snapshot)
			if err != nil {
				return "", err
			}
			machine.Close()
			machine = again
			return quote("ok"), nil
		},
		"step": alone(func(now int64) (text, error) {
			step, err := machine.Step(now)
			switch step.Do {
			case "use":
				return text(object("use", quote(step.Token))), err
			case "wait":
				return text(object("wait_until", number(step.WaitUntil))), err
			}
			return text(object("fetch", since.show(step.Fetch), "force", flag(step.Force))), err
		}),
	})
}

// told is a step that says what happened.
func told(act func(what members, now int64) (bool, error)) step {
	return func(what json.RawMessage, at members) (text, error) {
		given, errWhat := wantObject(what)
		now, errNow := at.count("now")
		if err := together(errWhat, errNow); err != nil {
			return "", err
		}
		applied, err := act(given, now)
		if applied {
			return quote("applied"), err
		}
		return quote("stale"), err
	}
}
