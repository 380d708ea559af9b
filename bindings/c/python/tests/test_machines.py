"""The records: what may be sent, what was here, which token."""

import threading

import wxkf
from pushes import NOW, Case, account, push


class ConversationTest(Case):
    def test_messages_are_held_settled_and_refused(self):
        on, it = account(), wxkf.Conversation("mini_program")
        self.assertEqual((it.keep_until(), it.next_deadline()), (None, None))
        self.assertEqual(it.reserve(NOW).reason, "window_closed")
        got = on.receive(*push(on), NOW)
        self.assertIsNone(it.observe(got, NOW))
        self.assertEqual(it.observe(got, NOW + 1), "repeat")
        it.forget(got.dedupe_key)
        self.assertIsNone(it.observe(got, NOW + 2))
        before = it.allowance(NOW + 3)
        held = it.reserve(NOW + 3)
        self.assertIsInstance(held, wxkf.Reservation)
        self.assertTrue(held.sure)
        after = it.allowance(NOW + 3)
        self.assertEqual((before.held, after.held, after.at_least), (0, 1, before.at_least - 1))
        self.assertGreater(after.closes_at, NOW)
        self.assertGreater(it.keep_until(), NOW)
        self.assertGreater(it.next_deadline(), NOW)
        self.assertEqual(it.settle(held.id, "delivered", now=NOW + 4), wxkf.Settled("applied", None))
        self.assertEqual(it.settle(held.id, errcode=0, now=NOW + 5).name, "stale")
        refusals = [no for no in (it.reserve(NOW + 6) for _ in range(30)) if isinstance(no, wxkf.Refusal)]
        self.assertEqual({no.reason for no in refusals}, {"quota_held"})
        self.assertIsInstance(refusals[0].retry_at, int)

    def test_an_errcode_settles(self):
        it = wxkf.Conversation("official_account")
        it.observe_push("m1", "message", NOW, NOW)
        early = it.settle(it.reserve(NOW).id, errcode=45047, now=NOW)
        self.assertEqual(early.name, "retry_after")
        self.assertGreater(early.retry_after_ms, 0)
        late = NOW + 30_000
        self.assertEqual(it.settle(it.reserve(late).id, errcode=45047, now=late), wxkf.Settled("applied", None))
        self.assertEqual(it.reserve(NOW + 60_000).reason, "quota_exhausted")

    def test_typing(self):
        it = wxkf.Conversation("mini_program")
        self.assertIsInstance(it.start_typing(NOW), wxkf.Refusal)
        it.observe_push("m1", "message", NOW, NOW)
        self.assertIsNone(it.start_typing(NOW + 1))
        self.assertEqual(it.start_typing(NOW + 2).reason, "already_typing")
        it.stop_typing()
        self.assertIsNone(it.start_typing(NOW + 3))
        it.settle_typing("not_sent", now=NOW + 3)
        self.assertIsNone(it.start_typing(NOW + 3))
        it.settle_typing(errcode=45081, now=NOW + 3)
        self.assertEqual(it.start_typing(NOW + 3).reason, "already_typing")
        invalid = "binding.argument_invalid", "caller"
        self.fails(*invalid, lambda: it.settle_typing("shown", now=NOW), "settlement")
        self.fails(*invalid, lambda: it.settle_typing(now=NOW), "settlement")

    def test_messages_of_others_count(self):
        it = wxkf.Conversation("mini_program")
        it.observe_push("m1", "message", NOW, NOW)
        before = it.allowance(NOW).at_least
        it.sent_elsewhere(NOW, NOW + 1)
        it.sent_elsewhere(now=NOW + 1)
        self.assertEqual(it.allowance(NOW + 1).at_least, before - 2)
        self.fails("binding.argument_invalid", "caller", lambda: it.sent_elsewhere(-1, NOW), "at")

    def test_more_pushes_than_there_is_room_for(self):
        it = wxkf.Conversation("mini_program")
        said = [it.observe_push(str(key), "message", NOW, NOW) for key in range(1001)]
        self.assertEqual(said, [None] * 1000 + ["overflow"])
        self.assertEqual(it.observe_push("0", "message", NOW, NOW + 50_000), "repeat")

    def test_a_snapshot_is_the_record(self):
        it = wxkf.Conversation({"preset": "mini_program", "hold_ms": 1000})
        it.observe_push("m1", "message", None, NOW)
        held = it.reserve(NOW)
        bytes_ = it.snapshot()
        again = wxkf.Conversation.restore(bytes_, {"preset": "mini_program", "hold_ms": 1000})
        self.assertEqual(again.snapshot(), bytes_)
        self.assertEqual(again.allowance(NOW), it.allowance(NOW))
        self.assertEqual(again.observe_push("m1", "message", None, NOW), "repeat")
        self.assertEqual(again.settle(held.id, "not_sent", now=NOW).name, "applied")
        self.fails("snapshot.malformed", "caller", lambda: wxkf.Conversation("mini_program", b"nonsense"))

    def test_arguments_are_checked(self):
        it = wxkf.Conversation("mini_program")
        invalid = "binding.argument_invalid", "caller"
        self.fails("config.policy_invalid", "caller", lambda: wxkf.Conversation("shy"))
        self.fails(*invalid, lambda: it.observe_push("k", "wave", NOW, NOW), "trigger")
        self.fails(*invalid, lambda: it.settle(1, "perhaps", now=NOW), "settlement")
        self.fails(*invalid, lambda: it.settle(1, now=NOW), "settlement")
        self.fails(*invalid, lambda: it.reserve(-1), "now")
        self.fails(*invalid, lambda: it.reserve(2**64), "now")
        it.close()
        self.fails("binding.freed", "caller", lambda: it.reserve(NOW))
        self.fails("binding.freed", "caller", it.next_deadline)


class DedupeTest(Case):
    def test_repeats_are_known(self):
        it = wxkf.Dedupe(10, 60_000)
        self.assertIsNone(it.observe("a", NOW))
        self.assertEqual((it.observe("a", NOW + 5), len(it), bool(it)), (NOW, 1, True))
        again = wxkf.Dedupe.restore(it.snapshot(), 10, 60_000)
        self.assertEqual(again.observe("a", NOW + 6), NOW)
        it.forget("a")
        self.assertIsNone(it.observe("a", NOW + 7))
        self.fails("snapshot.malformed", "caller", lambda: wxkf.Dedupe(10, 60_000, b"nonsense"))
        with it:
            pass
        self.fails("binding.freed", "caller", lambda: len(it))

    def test_the_clock_is_the_default(self):
        it = wxkf.Dedupe(10, 60_000)
        it.observe("a")
        self.assertGreater(it.observe("a"), NOW)

    def test_threads_take_turns(self):
        it = wxkf.Dedupe(100_000, 60_000)
        new = []

        def work():
            new.extend(key for key in range(2000) if it.observe(str(key), NOW) is None)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((sorted(new), len(it)), (list(range(2000)), 2000))


class TokenTest(Case):
    def test_one_fetches_and_all_use(self):
        it = wxkf.TokenKeeper()
        fetch = it.step(NOW)
        self.assertIsInstance(fetch, wxkf.Fetch)
        self.assertIsInstance(it.step(NOW + 1), wxkf.Wait)
        self.assertTrue(it.fetched(fetch.id, "secret", 7200, now=NOW + 2))
        self.assertFalse(it.fetched(fetch.id + 7, "other", 7200, now=NOW + 2))
        self.assertEqual(it.step(NOW + 3), wxkf.Use("secret"))
        self.assertNotIn("secret", repr(it.step(NOW + 3)))
        again = wxkf.TokenKeeper.restore(it.snapshot())
        self.assertEqual((again.step(NOW + 4), again.next_deadline()), (wxkf.Use("secret"), it.next_deadline()))
        self.assertTrue(again.rejected("secret", NOW + 5))
        self.assertFalse(again.rejected("older", NOW + 5))
        self.assertNotIsInstance(again.step(NOW + 6), wxkf.Use)
        self.fails("snapshot.malformed", "caller", lambda: wxkf.TokenKeeper.restore(b"nonsense"))

    def test_a_failure_makes_it_wait(self):
        it = wxkf.TokenKeeper("token")
        self.assertTrue(it.fetch_failed(it.step(NOW).id, "misconfigured", NOW))
        self.assertGreater(it.step(NOW).until, NOW)
        self.fails("binding.argument_invalid", "caller", lambda: it.fetch_failed(1, "perhaps", NOW), "failure")
        self.fails("binding.argument_invalid", "caller", lambda: wxkf.TokenKeeper("cloud"), "source")

    def test_an_authorizer_has_a_refresh_token(self):
        it = wxkf.TokenKeeper("authorizer", "refresh-1")
        self.assertEqual(it.refresh_token, "refresh-1")
        it.fetched(it.step(NOW).id, "t", 7200, "refresh-2", NOW)
        self.assertEqual((it.refresh_token, wxkf.TokenKeeper().refresh_token), ("refresh-2", None))
        it.close()
        self.fails("binding.freed", "caller", lambda: it.refresh_token)
