package main

import (
	"encoding/json"

	"wxkf.dev/wxkf"
)

func conversation(op members) (text, error) {
	policy, there := op["policy"]
	if !there {
		return "", errBadLine
	}
	machine, err := wxkf.NewConversation(policy)
	if err != nil {
		return "", err
	}
	defer func() { machine.Close() }()
	var since life
	return op.run(map[string]step{
		"allowance": alone(func(now int64) (text, error) {
			it, err := machine.Allowance(now)
			return text(object("at_least", number(it.AtLeast), "at_most", number(it.AtMost),
				"held", number(it.Held), "closes_at", maybeNumber(it.ClosesAt))), err
		}),
		"forget": timeless(func(key string) error { return machine.Forget(key) }),
		"observe": func(what json.RawMessage, at members) (text, error) {
			return observe(machine, what, at)
		},
		"reload": func(json.RawMessage, members) (text, error) {
			snapshot, err := machine.Snapshot()
			if err != nil {
				return "", err
			}
			again, err := wxkf.RestoreConversation(policy, snapshot)
			if err != nil {
				return "", err
			}
			machine.Close()
			machine = again
			return quote("ok"), nil
		},
		"reserve": alone(func(now int64) (text, error) {
			it, err := machine.Reserve(now)
			if err != nil || it.Refusal != nil {
				return refused(it.Refusal), err
			}
			return text(object("id", since.show(it.ID), "sure", flag(it.Sure))), nil
		}),
		"settle": func(what json.RawMessage, at members) (text, error) {
			return settle(machine, since, what, at)
		},
		"sent_elsewhere": func(what json.RawMessage, at members) (text, error) {
			return sentElsewhere(machine, what, at)
		},
		"typing": func(what json.RawMessage, at members) (text, error) {
			return typing(machine, what, at)
		},
	})
}

func observe(machine *wxkf.Conversation, what json.RawMessage, step members) (text, error) {
	push, err := wantObject(what)
	if err != nil {
		return "", err
	}
	key, errKey := push.text("key")
	trigger, errTrigger := push.maybeText("trigger")
	at, errAt := push.maybeCount("at")
	now, errNow := step.count("now")
	if err := together(errKey, errTrigger, errAt, errNow); err != nil {
		return "", err
	}
	if at == nil {
		at = &now
	}
	pushed := wxkf.Push{Key: key, At: at}
	if trigger != nil {
		if pushed.Trigger = *trigger; *trigger == "" {
			return "", errBadLine
		}
	}
	seen, err := machine.ObservePush(pushed, now)
	return quote(string(seen)), err
}

func sentElsewhere(machine *wxkf.Conversation, what json.RawMessage, step members) (text, error) {
	sent, err := wantObject(what)
	if err != nil {
		return "", err
	}
	at, errAt := sent.maybeCount("at")
	now, errNow := step.count("now")
	if err := together(errAt, errNow); err != nil {
		return "", err
	}
	return quote("ok"), machine.SentElsewhere(at, now)
}

// settlement is what became of a call: its name, or the errcode that WeChat answered; beside that one the name may be
// rejected.
func (m members) settlement() (as string, code *int64, err error) {
	name, err := m.maybeText("as")
	switch {
	case err != nil:
		return "", nil, err
	case !m.has("errcode"):
		if name == nil {
			return "", nil, errBadLine
		}
		return *name, nil, nil
	case name != nil && *name != "rejected":
		return "", nil, errBadLine
	}
	answered, err := errcode(m["errcode"])
	return "", &answered, err
}

func settle(machine *wxkf.Conversation, since life, what json.RawMessage, step members) (text, error) {
	settlement, err := wantObject(what)
	if err != nil {
		return "", err
	}
	id, errID := since.id(settlement)
	as, code, errAs := settlement.settlement()
	now, errNow := step.count("now")
	if err := together(errID, errAs, errNow); err != nil {
		return "", err
	}
	var settled wxkf.Settled
	if code != nil {
		settled, err = machine.SettleErrcode(id, *code, now)
	} else {
		settled, err = machine.Settle(id, as, now)
	}
	if err != nil {
		return "", err
	}
	if settled.RetryAfter != nil {
		return text(object("retry_after_ms", number(*settled.RetryAfter))), nil
	}
	return quote(settled.Name), nil
}

func settleTyping(machine *wxkf.Conversation, settlement, step members) (text, error) {
	as, code, errAs := settlement.settlement()
	now, errNow := step.count("now")
	if err := together(errAs, errNow); err != nil {
		return "", err
	}
	if code != nil {
		return quote("ok"), machine.SettleTypingErrcode(*code, now)
	}
	return quote("ok"), machine.SettleTyping(as, now)
}

func typing(machine *wxkf.Conversation, what json.RawMessage, step members) (text, error) {
	if settlement, err := wantObject(what); err == nil {
		return settleTyping(machine, settlement, step)
	}
	name, err := wantText(what)
	if err != nil || name != "start" && name != "stop" {
		return "", errBadLine
	}
	if name == "stop" {
		return quote("ok"), machine.StopTyping()
	}
	now, err := step.count("now")
	if err != nil {
		return "", err
	}
	refusal, err := machine.StartTyping(now)
	if err != nil || refusal != nil {
		return refused(refusal), err
	}
	return quote("ok"), nil
}

func refused(refusal *wxkf.Refusal) text {
	if refusal == nil {
		return ""
	}
	return text(object("refused", quote(refusal.Reason)))
}
