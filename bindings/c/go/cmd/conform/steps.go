package main

import (
	"encoding/json"

	"wxkf.dev/wxkf"
)

// step does one thing and gives its result. Those that need a moment ask it of the step that they are part of.
type step func(what json.RawMessage, at members) (text, error)

// life is that of the record which gave the last id that was shown: a line counts ids 1, 2, … within it.
type life uint64

func (l *life) show(id uint64) text {
	within := id & (1<<21 - 1)
	*l = life(id - within)
	return number(within)
}

func (l life) id(of members) (uint64, error) {
	within, err := of.count("id")
	return uint64(l) + uint64(within), err
}

// run takes the steps of a machine one after the other.
func (m members) run(steps map[string]step) (text, error) {
	var given []json.RawMessage
	if !m.has("steps") || json.Unmarshal(m["steps"], &given) != nil {
		return "", errBadLine
	}
	results := make([]text, 0, len(given))
	for _, one := range given {
		at, err := wantObject(one)
		if err != nil {
			return "", err
		}
		result, err := take(at, steps)
		if err != nil {
			return "", err
		}
		results = append(results, result)
	}
	return list(results), nil
}

func take(at members, steps map[string]step) (text, error) {
	for name, what := range at {
		if step, there := steps[name]; there {
			return step(what, at)
		}
	}
	return "", errBadLine
}

// alone is a step that is told nothing.
func alone(act func(now int64) (text, error)) step {
	return func(_ json.RawMessage, at members) (text, error) {
		now, err := at.count("now")
		if err != nil {
			return "", err
		}
		return act(now)
	}
}

// timeless is a step that is told a text, and no moment.
func timeless(act func(key string) error) step {
	return func(what json.RawMessage, _ members) (text, error) {
		key, err := wantText(what)
		if err != nil {
			return "", err
		}
		return quote("forgotten"), act(key)
	}
}

func dedupe(op members) (text, error) {
	capacity, errCapacity := op.count("capacity")
	horizon, errHorizon := op.count("horizon_ms")
	if err := together(errCapacity, errHorizon); err != nil {
		return "", err
	}
	machine, err := wxkf.NewDedupe(int(capacity), horizon)
	if err != nil {
		return "", err
	}
	defer func() { machine.Close() }()
	return op.run(map[string]step{
		"forget": timeless(func(key string) error { return machine.Forget(key) }),
		"observe": func(what json.RawMessage, at members) (text, error) {
			key, errKey := wantText(what)
			now, errNow := at.count("now")
			if err := together(errKey, errNow); err != nil {
				return "", err
			}
			since, err := machine.Observe(key, now)
			if err != nil || since == nil {
				return quote("new"), err
			}
			return text(object("repeat_since", number(*since))), nil
		},
		"reload": func(json.RawMessage, members) (text, error) {
			snapshot, err := machine.Snapshot()
			if err != nil {
				return "", err
			}
			again, err := wxkf.RestoreDedupe(int(capacity), horizon, snapshot)
			if err != nil {
				return "", err
			}
			machine.Close()
			machine = again
			return quote("ok"), nil
		},
	})
}
