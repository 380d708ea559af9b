"""What is let go takes no memory."""

import gc
import os
import pathlib
import unittest

import wxkf
from pushes import NOW, account, push

STATM = pathlib.Path("/proc/self/statm")


def resident() -> int:
    """Bytes that this process has in memory."""
    gc.collect()
    return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@unittest.skipUnless(STATM.exists(), "this system does not say what a process takes")
class MemoryTest(unittest.TestCase):
    def grows(self, use, times=20_000):
        for _ in range(times // 4):
            use()
        before = resident()
        for _ in range(times):
            use()
        return resident() - before

    def test_pushes_answers_and_errors_are_freed(self):
        on = account()
        query, body = push(on)

        def use():
            got = on.receive(query, body, NOW)
            self.assertTrue(got.content)
            on.reply(got, "hi", now=NOW)
            with self.assertRaises(wxkf.WxkfError):
                on.receive(query, b"<xml/>", NOW)

        self.assertLess(self.grows(use), 4 << 20)

    def test_records_are_freed(self):
        def use():
            record = wxkf.Conversation("official_account")
            record.observe_push("k", "message", now=NOW)
            record.snapshot()

        self.assertLess(self.grows(use), 4 << 20)
