package wxkf_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"wxkf.dev/wxkf"
)

func TestConversation(t *testing.T) {
	account := newAccount(t, wxkf.MiniProgram)
	conversation, err := wxkf.NewConversation("mini_program")
	must(t, conversation, err)
	defer conversation.Close()
	held, err := conversation.Reserve(now)
	must(t, held, err)
	if held.Refusal == nil || held.Refusal.Reason != "window_closed" || held.Refusal.RetryAt != nil {
		t.Fatalf("got %+v", held)
	}
	refusal, err := conversation.StartTyping(now)
	equal(t, must(t, refusal, err).Reason, "window_closed")
	equal(t, conversation.KeepUntil() == nil, true)

	query, body := push(t, account, textJSON, "json")
	received, err := account.Receive(query, body, now)
	must(t, received, err)
	defer received.Close()
	for _, want := range []bool{false, true} {
		repeat, err := conversation.Observe(received, now)
		equal(t, must(t, repeat, err), want)
	}
	for want := uint64(1); want <= 5; want++ {
		held, err := conversation.Reserve(now)
		equal(t, must(t, held, err), wxkf.Reservation{ID: want, Sure: true})
		settled, err := conversation.Settle(want, "delivered", now)
		equal(t, must(t, settled, err), wxkf.Settled{Name: "applied"})
	}
	held, err = conversation.Reserve(now)
	equal(t, must(t, held, err).Refusal.Reason, "quota_exhausted")
	settled, err := conversation.Settle(5, "delivered", now)
	equal(t, must(t, settled, err).Name, "stale")
	_, err = conversation.Settle(5, "perhaps", now)
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
	repeat, err := conversation.ObservePush(pushed, now)
	equal(t, must(t, repeat, err), false)
	repeat, err = conversation.ObservePush(pushed, now)
	equal(t, must(t, repeat, err), true)
	must(t, 0, conversation.Forget("m1"))
	repeat, err = conversation.ObservePush(pushed, now)
	equal(t, must(t, repeat, err), false)
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
	repeat, err = again.ObservePush(pushed, now+11_000)
	equal(t, must(t, repeat, err), true)
	_, err = wxkf.RestoreConversation("official_account", []byte("nonsense"))
	fails(t, err, "snapshot.malformed", "caller", "")
	_, err = wxkf.RestoreConversation("official_account", nil)
	fails(t, err, "snapshot.malformed", "caller", "")
	_, err = wxkf.NewConversation("shop")
	fails(t, err, "config.policy_invalid", "caller", "preset")
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
