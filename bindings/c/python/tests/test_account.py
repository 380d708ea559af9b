"""What comes in, and what is answered."""

import copy
import gc
import pickle
import re
import threading
import weakref

import wxkf
from pushes import JSON, KEY, NOW, XML, Case, account, push


class AccountTest(Case):
    def test_the_check_of_the_url_is_answered(self):
        on = account()
        query = f"signature={on.sign('1763700000', '7')}&timestamp=1763700000&nonce=7&echostr=42"
        self.assertEqual(on.verify_url(query, NOW), "42")
        self.assertEqual(on.verify_url(query.encode()), "42")
        forged = query.replace("nonce=7", "nonce=8")
        self.fails("callback.signature_mismatch", "peer", lambda: on.verify_url(forged, NOW))

    def test_sealed_xml_and_json_are_received_and_answered(self):
        on = account()
        for message, format in ((XML, "xml"), (JSON, "json")):
            with self.subTest(format):
                with on.receive(*push(on, message, format), NOW) as got:
                    self.assertEqual((got.from_user, got.to_user, got.msg_id), ("user", "gh_0", "23241477706429916"))
                    self.assertEqual((got.kind, got.trigger, got.content), ("text", "message", "你好 hi"))
                    self.assertEqual((got.event, got.event_key, got.field("Nope")), (None, None, None))
                    self.assertEqual((got.format, got.plaintext.decode()), (format, message))
                    self.assertEqual((got.created, got.key_index, got.token_index), (NOW, 0, 0))
                    self.assertEqual((got.sealed, got.wants_err_code), (True, False))
                    self.assertEqual(got.field("Content"), "你好 hi")
                    self.assertEqual(got.inbound["content"], {"content": "你好 hi"})
                    self.assertEqual(got.inbound["created"], NOW // 1000)
                    self.assertEqual(got.inbound["dedupe_key"], got.dedupe_key)
                    self.assertEqual(got.tree["Content"], "你好 hi")
                    kept = got.reply_to
                    answer = on.reply(got, "收到 ok", now=NOW)
                for said in (answer, on.reply(kept, {"type": "text", "content": "收到 ok"}, now=NOW)):
                    self.assertIn("xml" if format == "xml" else "json", said.content_type)
                    self.assertIn("收到 ok", self.opened(on, said.body.decode()))

    def opened(self, on, body):
        """What an answer holds, opened as a push is."""
        names = ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")
        # Not any marks before the value: base64 may begin with one.
        at = [re.search(rf'{name}(?:><!\[CDATA\[|>|":"?)([^\]"<>,}}]+)', body)[1] for name in names]
        query = (f"signature={on.sign(at[2], at[3])}&timestamp={at[2]}&nonce={at[3]}&encrypt_type=aes"
                 f"&msg_signature={at[1]}")
        return on.open(query, f"<xml><Encrypt>{at[0]}</Encrypt></xml>", NOW).decode()

    def test_numbers_of_a_tree_keep_their_digits(self):
        on = account()
        tree = on.receive(*push(on, JSON, "json"), NOW).tree
        self.assertEqual((str(tree["Price"]), tree["MsgId"]), ("1.10", 23241477706429916))

    def test_bytes_of_any_type_are_taken(self):
        on = account()
        query, body = push(on)
        for given in (body, bytearray(body), memoryview(body), body.decode()):
            self.assertEqual(on.receive(query, given, NOW).content, "你好 hi")
        with self.assertRaises(TypeError):
            on.receive(query, 5, NOW)

    def test_a_forged_signature_is_refused(self):
        on = account()
        query, body = push(on)
        forged = re.sub("msg_signature=.", "msg_signature=z", query)
        error = self.fails("callback.signature_mismatch", "peer", lambda: on.receive(forged, body, NOW))
        self.assertIn("callback.signature_mismatch", str(error))
        self.assertEqual(pickle.loads(pickle.dumps(error)).code, error.code)
        self.fails("callback.body_too_large", "peer", lambda: on.receive(query, b"x" * (on.largest_body + 1), NOW))
        other = account(key="b" + KEY[1:])
        self.fails("callback.ciphertext_invalid", "peer", lambda: other.receive(query, body, NOW))
        late = account(tolerance_ms=60_000)
        self.fails("callback.timestamp_stale", "peer", lambda: late.receive(query, body, NOW + 61_000))
        self.assertTrue(late.receive(query, body, NOW + 59_000).sealed)

    def test_options_are_checked(self):
        invalid = "binding.argument_invalid", "caller"
        self.fails(*invalid, lambda: account(mode="shy"), "options")
        self.fails(*invalid, lambda: account(kind="person"), "kind")
        self.fails(*invalid, lambda: account(tolerance_ms=-1), "tolerance_ms")
        self.fails(*invalid, lambda: account(token="\ud800"), "token")
        self.fails("config.key_invalid", "caller", lambda: account(key="short"))
        self.fails("config.token_empty", "caller", lambda: account(token=""))
        self.fails("config.mode_needs_key", "caller", lambda: account(key=None, mode="secure"))
        for wrong in ({"color": "red"}, {"previous_tokens": "old"}):
            with self.assertRaises(TypeError):
                account(**wrong)
        # A key that was forgotten opens no door.
        self.fails("config.mode_needs_key", "caller", lambda: account(key=None), "mode")
        self.assertEqual((account().mode, account(key=None, mode="plain").mode), ("secure", "plain"))
        self.assertEqual(wxkf.Account("mini_program", " wx1\n", "token", KEY).app_id, "wx1")
        self.assertEqual(account(mode="compatible").mode, "compatible")
        self.assertLess(account(max_body=1000).largest_body, account().largest_body)

    def test_keys_are_rotated(self):
        old, new = account(token="old"), account(
            key="b" + KEY[1:], previous_encoding_aes_keys=[KEY], previous_tokens=(it for it in ["old"]))
        got = new.receive(*push(old), NOW)
        self.assertEqual((got.key_index, got.token_index), (1, 1))

    def test_a_seal_uses_what_it_is_given_or_draws(self):
        on = account()
        same = [on.seal(XML, nonce="1", now=NOW, random=b"r" * 16).body for _ in range(2)]
        self.assertEqual(*same)
        self.assertNotEqual(on.seal(XML, nonce="1", now=NOW).body, on.seal(XML, nonce="1", now=NOW).body)
        self.assertNotEqual(on.seal(XML).nonce, on.seal(XML).nonce)
        self.fails("binding.argument_invalid", "caller", lambda: on.seal(XML, random=b"short"), "random")
        self.fails("binding.argument_invalid", "caller", lambda: on.seal(XML, "yaml"), "format")

    def test_replies_are_checked(self):
        on, mini = account(), account("mini_program")
        got = mini.receive(*push(mini), NOW)
        self.fails("reply.unsupported", "caller", lambda: mini.reply(got, "hi"))
        self.assertEqual(mini.reply(got, {"type": "success"}).body, b"success")
        self.fails("reply.field_invalid", "caller", lambda: on.reply(got, ""), "Content")
        self.fails("binding.argument_invalid", "caller", lambda: on.reply(got, {"type": object()}), "reply")

    def test_a_reply_has_a_caution(self):
        self.assertIsNone(wxkf.reply_caution("x" * 2048))
        self.assertEqual(wxkf.reply_caution("x" * 2049), "long_reply")
        self.assertIsNone(wxkf.reply_caution({"type": "success"}))
        self.fails("reply.unsupported", "caller", lambda: wxkf.reply_caution({"type": "dance"}), "MsgType")

    def test_a_mistake_is_explained(self):
        on, other = account(), account(token="other")
        query, body = push(on)
        self.assertTrue(on.explain(query, body, NOW)["accepted"])
        it = other.explain(query, body, NOW)
        self.assertEqual((it["accepted"], it["code"]), (False, "callback.signature_mismatch"))
        self.assertTrue(all(step["en"] and step["zh"] for step in it["steps"]))

    def test_what_was_closed_is_refused(self):
        on = account()
        query, body = push(on)
        got = on.receive(query, body, NOW)
        on.close()
        on.close()
        self.fails("binding.freed", "caller", lambda: on.receive(query, body, NOW))
        self.fails("binding.freed", "caller", lambda: on.mode)
        self.assertEqual(got.content, "你好 hi")
        self.fails("binding.freed", "caller", lambda: on.reply(got, "hi"))
        with got:
            pass
        for read in ("content", "kind", "plaintext", "created", "sealed", "inbound", "reply_to"):
            self.fails("binding.freed", "caller", lambda read=read: getattr(got, read))
        self.fails("binding.freed", "caller", lambda: got.field("Content"))
        self.fails("binding.freed", "caller", lambda: account().reply(got, "hi"))
        self.assertEqual(repr(got), "Received(closed)")

    def test_what_lives_in_the_library_is_not_copied(self):
        on = account()
        got = on.receive(*push(on), NOW)
        handles = on, got, wxkf.Conversation("mini_program"), wxkf.Dedupe(1, 1), wxkf.TokenKeeper()
        for handle in handles:
            for make in (copy.copy, copy.deepcopy, pickle.dumps):
                with self.subTest(f"{make.__name__} {type(handle).__name__}"):
                    with self.assertRaisesRegex(TypeError, f"{type(handle).__name__} .* snapshot"):
                        make(handle)
        self.assertEqual((on.mode, got.content), ("secure", "你好 hi"))

    def test_none_is_no_argument(self):
        on = account()
        it, keeper = wxkf.Conversation("mini_program"), wxkf.TokenKeeper()
        got = on.receive(*push(on), NOW)
        before = it.snapshot()
        for name, run in (
            ("app_id", lambda: wxkf.Account("official_account", None, "token", KEY)),
            ("token", lambda: wxkf.Account("official_account", "wx0123456789abcdef", None, KEY)),
            ("previous_token", lambda: account(previous_tokens=[None])),
            ("tolerance_ms", lambda: account(tolerance_ms="60")),
            ("query", lambda: on.receive(None, b"", NOW)),
            ("body", lambda: on.receive("", None, NOW)),
            ("to", lambda: on.reply(None, "hi")),
            ("name", lambda: got.field(None)),
            ("received", lambda: it.observe(None, NOW)),
            ("key", lambda: it.observe_push(None, "message", NOW, NOW)),
            ("at", lambda: it.observe_push("k", "message", "now", NOW)),
            ("id", lambda: it.settle(None, "delivered")),
            ("errcode", lambda: it.settle(1, errcode="45047")),
            ("now", lambda: it.reserve(1.5)),
            ("key", lambda: wxkf.Dedupe(1, 1).observe(None)),
            ("token", lambda: keeper.fetched(1, None, 7200)),
            ("expires_in_s", lambda: keeper.fetched(1, "T", None)),
            ("text", lambda: wxkf.split_text(None)),
            ("errcode", lambda: wxkf.errcode(None)),
            ("errcode", lambda: wxkf.rejection_kind("45047")),
        ):
            with self.subTest(name), self.assertRaisesRegex(TypeError, f"^{name}: expected"):
                run()
        self.assertEqual(it.snapshot(), before)
        self.fails("binding.argument_invalid", "caller", lambda: it.settle(-1, "delivered"), "id")
        self.fails("binding.argument_invalid", "caller", lambda: it.settle(1, errcode=2**63), "errcode")
        self.fails("binding.argument_invalid", "caller", lambda: keeper.fetched(1, "T", -1), "expires_in_s")

    def test_the_collector_frees(self):
        on = account()
        got = on.receive(*push(on), NOW)
        native = weakref.ref(got._native)
        self.assertIsNotNone(native())
        del got
        gc.collect()
        self.assertIsNone(native())

    def test_threads_share_an_account(self):
        on = account()
        given = [push(on, XML.replace("hi", f"hi {index}")) for index in range(8)]
        seen, wrong = [], []

        def work(index):
            for _ in range(200):
                got = on.receive(*given[index], NOW)
                if got.content != f"你好 hi {index}" or not on.reply(got, "ok").body:
                    wrong.append(index)
            seen.append(index)

        threads = [threading.Thread(target=work, args=(index,)) for index in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((sorted(seen), wrong), (list(range(8)), []))

    def test_closing_waits_for_the_calls_of_others(self):
        for _ in range(20):
            on = account()
            given = push(on, XML.replace("hi", "hi" * 20_000))
            refused = []

            def work(on=on, given=given, refused=refused):
                try:
                    for _ in range(2000):
                        on.receive(*given, NOW)
                except wxkf.WxkfError as error:
                    refused.append(error.code)

            threads = [threading.Thread(target=work) for _ in range(3)]
            for thread in threads:
                thread.start()
            on.close()
            for thread in threads:
                thread.join()
            self.assertEqual(refused, ["binding.freed"] * 3)

    def test_unverified_messages_are_decoded(self):
        it = wxkf.decode_unverified(JSON)
        self.assertEqual((it.format, it.inbound["kind"], it.tree["Content"]), ("json", "text", "你好 hi"))
        self.assertIn('"Price":1.10', it.tree_json)
        self.fails("callback.body_malformed", "peer", lambda: wxkf.decode_unverified(b"<xml"))
