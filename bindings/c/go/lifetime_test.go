package wxkf_test

import (
	"runtime"
	"sync"
	"testing"

	"wxkf.dev/wxkf"
)

func TestClosedObjectsRefuse(t *testing.T) {
	account := newAccount(t, wxkf.OfficialAccount)
	query, body := push(t, account, textXML, "xml")
	received, err := account.Receive(query, body, now)
	must(t, received, err)
	received.Close()
	received.Close()
	_, err = received.DedupeKey()
	fails(t, err, "binding.argument_invalid", "caller", "received")
	_, err = account.Reply(received, wxkf.Success())
	fails(t, err, "binding.argument_invalid", "caller", "received")
	_, err = account.Reply(nil, wxkf.Success())
	fails(t, err, "binding.argument_invalid", "caller", "received")
	_, there := received.Field("Content")
	equal(t, there, false)
	equal(t, received.Content, "你好 & <b>")

	account.Close()
	account.Close()
	_, err = account.Receive(query, body, now)
	fails(t, err, "binding.argument_invalid", "caller", "account")
	equal(t, account.LargestBody(), 0)
	equal(t, account.Mode(), "")
	_, err = new(wxkf.Account).Sign("1", "2")
	fails(t, err, "binding.argument_invalid", "caller", "account")
}

func TestClosedRecordsRefuse(t *testing.T) {
	conversation, err := wxkf.NewConversation("mini_program")
	must(t, conversation, err).Close()
	conversation.Close()
	_, err = conversation.Reserve(now)
	fails(t, err, "binding.argument_invalid", "caller", "conversation")
	equal(t, conversation.NextDeadline() == nil, true)
	dedupe, err := wxkf.NewDedupe(1, 1)
	must(t, dedupe, err).Close()
	_, err = dedupe.Observe("a", now)
	fails(t, err, "binding.argument_invalid", "caller", "dedupe")
	equal(t, dedupe.Len(), 0)
	keeper, err := wxkf.NewTokenKeeper("token", "")
	must(t, keeper, err).Close()
	_, err = keeper.Step(now)
	fails(t, err, "binding.argument_invalid", "caller", "keeper")
	equal(t, keeper.RefreshToken(), "")
}

// A copy is the same object: closed with it, freed once, and kept by whoever is left.
func TestCopies(t *testing.T) {
	account := newAccount(t, wxkf.OfficialAccount)
	query, body := push(t, account, textXML, "xml")
	received, err := account.Receive(query, body, now)
	job := *must(t, received, err)
	received.Close()
	_, err = job.DedupeKey()
	fails(t, err, "binding.argument_invalid", "caller", "received")
	job.Close()
	runtime.GC()

	other := *account
	account.Close()
	_, err = other.Sign("1", "2")
	fails(t, err, "binding.argument_invalid", "caller", "account")
	conversation, err := wxkf.NewConversation("mini_program")
	held := *must(t, conversation, err)
	conversation.Close()
	_, err = held.Reserve(now)
	fails(t, err, "binding.argument_invalid", "caller", "conversation")
	dedupe, err := wxkf.NewDedupe(1, 1)
	seen := *must(t, dedupe, err)
	dedupe.Close()
	_, err = seen.Observe("a", now)
	fails(t, err, "binding.argument_invalid", "caller", "dedupe")
	keeper, err := wxkf.NewTokenKeeper("token", "")
	token := *must(t, keeper, err)
	keeper.Close()
	_, err = token.Step(now)
	fails(t, err, "binding.argument_invalid", "caller", "keeper")
}

// The collector frees what nobody has any more, and not what somebody still has a copy of.
func TestACopyOutlivesWhatItWasMadeOf(t *testing.T) {
	account := newAccount(t, wxkf.OfficialAccount)
	query, body := push(t, account, textXML, "xml")
	jobs := make(chan wxkf.Received, 64)
	together(4, func(int) {
		for turn := 0; turn < 16; turn++ {
			received, err := account.Receive(query, body, now)
			if err != nil {
				t.Error(err)
				return
			}
			jobs <- *received
		}
	})
	close(jobs)
	runtime.GC()
	runtime.GC()
	for job := range jobs {
		key, err := job.DedupeKey()
		equal(t, must(t, key, err) != "", true)
	}
}

func TestNothingIsAClosedObject(t *testing.T) {
	var account *wxkf.Account
	_, err := account.Sign("1", "2")
	fails(t, err, "binding.argument_invalid", "caller", "account")
	equal(t, account.LargestBody(), 0)
	account.Close()
	new(wxkf.Account).Close()
	var received *wxkf.Received
	_, err = received.DedupeKey()
	fails(t, err, "binding.argument_invalid", "caller", "received")
	received.Close()
	var conversation *wxkf.Conversation
	_, err = conversation.Reserve(now)
	fails(t, err, "binding.argument_invalid", "caller", "conversation")
	conversation.Close()
	var dedupe *wxkf.Dedupe
	equal(t, dedupe.Len(), 0)
	dedupe.Close()
	var keeper *wxkf.TokenKeeper
	_, err = keeper.Snapshot()
	fails(t, err, "binding.argument_invalid", "caller", "keeper")
	keeper.Close()
}

func TestNow(t *testing.T) {
	account := newAccount(t, wxkf.OfficialAccount)
	_, err := account.VerifyURL("", -1)
	fails(t, err, "binding.argument_invalid", "caller", "now")
	_, err = account.VerifyURL("", now, now)
	fails(t, err, "binding.argument_invalid", "caller", "now")
	_, err = account.Seal(nil, "xml", nil)
	fails(t, err, "binding.argument_invalid", "caller", "options")
	_, err = account.Seal(nil, "xml", wxkf.At(-1))
	fails(t, err, "binding.argument_invalid", "caller", "now")
}

func TestGoroutinesShareAnAccount(t *testing.T) {
	account := newAccount(t, wxkf.OfficialAccount)
	query, body := push(t, account, textXML, "xml")
	dedupe, err := wxkf.NewDedupe(100, 60_000)
	must(t, dedupe, err)
	defer dedupe.Close()
	shared, err := account.Receive(query, body, now)
	must(t, shared, err)
	var fresh sync.Map
	together(8, func(int) {
		for turn := 0; turn < 50; turn++ {
			received, err := account.Receive(query, body, now)
			if err != nil {
				t.Error(err)
				return
			}
			dedupeKey, _ := shared.DedupeKey()
			if since, err := dedupe.Observe(dedupeKey, now); err == nil && since == nil {
				if _, twice := fresh.LoadOrStore(dedupeKey, true); twice {
					t.Error("new twice")
				}
			}
			if _, err := account.Reply(received, wxkf.Text("x"), wxkf.At(now)); err != nil {
				t.Error(err)
			}
			// Half of them are left to the garbage collector.
			if turn%2 == 0 {
				received.Close()
			}
			if turn%10 == 0 {
				runtime.GC()
			}
		}
	})
	equal(t, dedupe.Len(), 1)
}

func TestCloseWhileInUse(t *testing.T) {
	for round := 0; round < 50; round++ {
		account := newAccount(t, wxkf.OfficialAccount)
		query, body := push(t, account, textXML, "xml")
		together(4, func(which int) {
			if which == 0 {
				account.Close()
				return
			}
			received, err := account.Receive(query, body, now)
			if err != nil {
				if err.(*wxkf.Error).Field != "account" {
					t.Error(err)
				}
				return
			}
			received.Close()
		})
	}
}

func together(many int, act func(which int)) {
	var group sync.WaitGroup
	for which := 0; which < many; which++ {
		group.Add(1)
		go func(which int) {
			defer group.Done()
			act(which)
		}(which)
	}
	group.Wait()
}
