package wxkf_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"testing"

	"wxkf.dev/wxkf"
)

func TestConversation(t *testing.T) {
	account := newAccount(t, wxkf.MiniProgram)
	conversation, err := wxkf.NewConversation("mini_program")
	must(t, conversation, err)
	defer conversation.Close()
	equal(t, conversation.KeepUntil() == nil, true)
	held, err := conversation.Reserve(now)
	must(t, held, err)
	if held.Refusal == nil || held.Refusal.Reason != "window_closed" || held.Refusal.RetryAt != nil {
		t.Fatalf("got %+v", held)
	}
	refusal, err := conversation.StartTyping(now)
	equal(t, must(t, refusal, err).Reason, "window_closed")

	query, body := push(t, account, textJSON, "json")
	received, err := account.Receive(query, body, now)
	must(t, received, err)
	defer received.Close()
	for _, want := range []wxkf.Observation{wxkf.ObservedNew, wxkf.ObservedRepeat} {
		seen, err := conversation.Observe(received, now)
		equal(t, must(t, seen, err), want)
	}
	var last uint64
	for turn := uint64(0); turn < 5; turn++ {
		held, err := conversation.Reserve(now)
		must(t, held, err)
		if turn > 0 {
			equal(t, held.ID, last+1)
		}
		last = held.ID
		equal(t, held, wxkf.Reservation{ID: last, Sure: true})
		settled, err := conversation.Settle(last, "delivered", now)
		equal(t, must(t, settled, err), wxkf.Settled{Name: "applied"})
	}
	held, err = conversation.Reserve(now)
	equal(t, must(t, held, err).Refusal.Reason, "quota_exhausted")
	settled, err := conversation.Settle(last, "delivered", now)
	equal(t, must(t, settled, err).Name, "stale")
	_, err = conversation.Settle(last, "perhaps", now)
	fails(t, err, "binding.argument_invalid", "caller", "settlement")
	allowance, err := conversation.Allowance(now)
	must(t, allowance, err)
	equal(t, allowance.AtMost, 0)
	at(t, allowance.ClosesAt, now+48*60*60*1000)
	refusal, err = conversation.StartTyping(now)
	equal(t, must(t, refusal, err) == nil, true)
	must(t, 0, conversation.StopTyping())
	equal(t, conversation.KeepUntil() == nil, false)
}

func TestConversationByErrcode(t *testing.T) {
	conversation, err := wxkf.NewConversation(map[string]any{"preset": "official_account"})
	must(t, conversation, err)
	defer conversation.Close()
	moment := now
	pushed := wxkf.Push{Key: "m1", Trigger: "message", At: &moment}
	seen, err := conversation.ObservePush(pushed, now)
	equal(t, must(t, seen, err), wxkf.ObservedNew)
	seen, err = conversation.ObservePush(pushed, now)
	equal(t, must(t, seen, err), wxkf.ObservedRepeat)
	must(t, 0, conversation.Forget("m1"))
	seen, err = conversation.ObservePush(pushed, now)
	equal(t, must(t, seen, err), wxkf.ObservedNew)
	_, err = conversation.ObservePush(wxkf.Push{Key: "m2", Trigger: "wave"}, now)
	fails(t, err, "binding.argument_invalid", "caller", "trigger")
	held, err := conversation.Reserve(now)
	must(t, held, err)
	// WeChat may not know yet of a message that has just come.
	settled, err := conversation.SettleErrcode(held.ID, 45047, now)
	equal(t, must(t, settled, err).Name, "retry_after")
	equal(t, *settled.RetryAfter > 0, true)
	held, err = conversation.Reserve(now + 11_000)
	must(t, held, err)
	settled, err = conversation.SettleErrcode(held.ID, 45047, now+11_000)
	equal(t, must(t, settled, err).Name, "applied")
	held, err = conversation.Reserve(now + 11_000)
	equal(t, must(t, held, err).Refusal.Reason, "quota_exhausted")

	snapshot, err := conversation.Snapshot()
	must(t, snapshot, err)
	again, err := wxkf.RestoreConversation(map[string]any{"preset": "official_account"}, snapshot)
	must(t, again, err)
	defer again.Close()
	same, err := again.Snapshot()
	equal(t, bytes.Equal(must(t, same, err), snapshot), true)
	seen, err = again.ObservePush(pushed, now+11_000)
	equal(t, must(t, seen, err), wxkf.ObservedRepeat)
	_, err = wxkf.RestoreConversation("official_account", []byte("nonsense"))
	fails(t, err, "snapshot.malformed", "caller", "")
	_, err = wxkf.RestoreConversation("official_account", nil)
	fails(t, err, "snapshot.malformed", "caller", "")
	_, err = wxkf.NewConversation("shop")
	fails(t, err, "config.policy_invalid", "caller", "preset")
}

func TestTypingAndMessagesOfOthers(t *testing.T) {
	it, err := wxkf.NewConversation("mini_program")
	must(t, it, err)
	defer it.Close()
	seen, err := it.ObservePush(wxkf.Push{Key: "k", Trigger: "message"}, now)
	equal(t, must(t, seen, err), wxkf.ObservedNew)
	typing := func() string {
		refusal, err := it.StartTyping(now)
		if must(t, refusal, err) == nil {
			return ""
		}
		return refusal.Reason
	}
	equal(t, typing(), "")
	must(t, 0, it.SettleTyping("not_sent", now))
	equal(t, typing(), "")
	must(t, 0, it.SettleTypingErrcode(45081, now))
	equal(t, typing(), "already_typing")
	fails(t, it.SettleTyping("shown", now), "binding.argument_invalid", "caller", "settlement")
	before, err := it.Allowance(now)
	must(t, before, err)
	moment := now
	must(t, 0, it.SentElsewhere(&moment, now))
	must(t, 0, it.SentElsewhere(nil, now))
	after, err := it.Allowance(now)
	equal(t, must(t, after, err).AtLeast, before.AtLeast-2)
	moment = -1
	fails(t, it.SentElsewhere(&moment, now), "binding.argument_invalid", "caller", "at")
}

func TestMorePushesThanThereIsRoomFor(t *testing.T) {
	it, err := wxkf.NewConversation("mini_program")
	must(t, it, err)
	defer it.Close()
	seen := wxkf.ObservedNew
	for turn := 0; turn < 5000 && seen == wxkf.ObservedNew; turn++ {
		seen, err = it.ObservePush(wxkf.Push{Key: strconv.Itoa(turn), Trigger: "message"}, now)
		must(t, seen, err)
	}
	equal(t, seen, wxkf.ObservedOverflow)
	seen, err = it.ObservePush(wxkf.Push{Key: "0", Trigger: "message"}, now+50_000)
	equal(t, must(t, seen, err), wxkf.ObservedRepeat)
}

func TestDedupe(t *testing.T) {
	dedupe, err := wxkf.NewDedupe(10, 60_000)
	must(t, dedupe, err)
	defer dedupe.Close()
	since, err := dedupe.Observe("a", now)
	equal(t, must(t, since, err) == nil, true)
	since, err = dedupe.Observe("a", now+1)
	at(t, must(t, since, err), now)
	snapshot, err := dedupe.Snapshot()
	must(t, snapshot, err)
	must(t, 0, dedupe.Forget("a"))
	equal(t, dedupe.Len(), 0)
	again, err := wxkf.RestoreDedupe(10, 60_000, snapshot)
	must(t, again, err)
	defer again.Close()
	equal(t, again.Len(), 1)
	since, err = again.Observe("a", now+60_000)
	equal(t, must(t, since, err) == nil, true)
	_, err = wxkf.RestoreDedupe(10, 60_000, []byte{1})
	fails(t, err, "snapshot.malformed", "caller", "")
	_, err = wxkf.NewDedupe(-1, 1)
	fails(t, err, "binding.argument_invalid", "caller", "capacity")
}

func TestTokenKeeper(t *testing.T) {
	keeper, err := wxkf.NewTokenKeeper("stable_token", "")
	must(t, keeper, err)
	defer keeper.Close()
	step, err := keeper.Step(now)
	first := must(t, step, err).Fetch
	equal(t, step, wxkf.TokenStep{Do: "fetch", Fetch: first})
	step, err = keeper.Step(now)
	equal(t, must(t, step, err).Do, "wait")
	equal(t, step.WaitUntil > now, true)
	equal(t, *keeper.NextDeadline() >= step.WaitUntil, true)
	applied, err := keeper.FetchFailed(first, "temporary", now)
	equal(t, must(t, applied, err), true)
	step, err = keeper.Step(now + 60_000)
	equal(t, must(t, step, err).Fetch, first+1)
	applied, err = keeper.Fetched(first, wxkf.FetchedToken{Token: "old", ExpiresIn: 7200}, now+60_000)
	equal(t, must(t, applied, err), false)
	applied, err = keeper.Fetched(first+1, wxkf.FetchedToken{Token: "T", ExpiresIn: 7200}, now+60_000)
	equal(t, must(t, applied, err), true)
	snapshot, err := keeper.Snapshot()
	must(t, snapshot, err)
	again, err := wxkf.RestoreTokenKeeper(snapshot)
	must(t, again, err)
	defer again.Close()
	step, err = again.Step(now + 60_001)
	equal(t, must(t, step, err), wxkf.TokenStep{Do: "use", Token: "T"})
	applied, err = again.Rejected("T", now+60_002)
	equal(t, must(t, applied, err), true)
	step, err = again.Step(now + 60_003)
	equal(t, must(t, step, err), wxkf.TokenStep{Do: "fetch", Fetch: first + 2})
	// WeChat gave the token once more that it had refused.
	applied, err = again.Fetched(first+2, wxkf.FetchedToken{Token: "T", ExpiresIn: 7200}, now+60_004)
	equal(t, must(t, applied, err), true)
	step, err = again.Step(now + 60_005)
	equal(t, must(t, step, err), wxkf.TokenStep{Do: "fetch", Fetch: first + 3, Force: true})
	_, err = again.FetchFailed(first+2, "perhaps", now)
	fails(t, err, "binding.argument_invalid", "caller", "failure")
	_, err = wxkf.NewTokenKeeper("cloud", "")
	fails(t, err, "binding.argument_invalid", "caller", "source")
	authorizer, err := wxkf.NewTokenKeeper("authorizer", "R")
	equal(t, must(t, authorizer, err).RefreshToken(), "R")
	_, err = wxkf.RestoreTokenKeeper(nil)
	fails(t, err, "snapshot.malformed", "caller", "")
}

func TestPolicyAsItIsWritten(t *testing.T) {
	conversation, err := wxkf.NewConversation(json.RawMessage(`"mini_program"`))
	must(t, conversation, err).Close()
}
