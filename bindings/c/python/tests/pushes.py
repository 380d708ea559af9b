"""Pushes for the tests."""

from __future__ import annotations

import unittest
from collections.abc import Callable
from typing import Any

import wxkf

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
NOW = 1_763_700_000_000
XML = (
    "<xml><ToUserName><![CDATA[gh_0]]></ToUserName><FromUserName><![CDATA[user]]></FromUserName>"
    "<CreateTime>1763700000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好 hi]]></Content>"
    "<MsgId>23241477706429916</MsgId></xml>"
)
JSON = (
    '{"ToUserName":"gh_0","FromUserName":"user","CreateTime":1763700000,"MsgType":"text","Content":"你好 hi",'
    '"MsgId":23241477706429916,"Price":1.10}'
)


def account(kind: Any = "official_account", token: str = "token", **options: Any) -> wxkf.Account:
    return wxkf.Account(kind, "wx0123456789abcdef", token, options.pop("key", KEY), **options)


def push(on: wxkf.Account, message: str = XML, format: Any = "xml", now: int = NOW) -> tuple[str, bytes]:
    """The raw query string and the raw body of a sealed push."""
    sealed = on.seal(message, format, "gh_0", now=now)
    return sealed.query(on.sign(sealed.timestamp, sealed.nonce)), sealed.body


class Case(unittest.TestCase):
    def fails(self, code: str, origin: str, run: Callable[[], Any], field: str | None = None) -> wxkf.WxkfError:
        with self.assertRaises(wxkf.WxkfError) as caught:
            run()
        error = caught.exception
        self.assertEqual((error.code, error.origin), (code, origin))
        if field is not None:
            self.assertEqual(error.field, field)
        self.assertTrue(error.message)
        return error
