"""The example, started on a free port and driven from outside."""

import http.client
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

import wxkf
from pushes import KEY, XML, account

EXAMPLE = Path(__file__).resolve().parents[1] / "examples/echo.py"


class EchoTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        env = {**os.environ, "WXKF_KIND": "official_account", "WXKF_APP_ID": "wx0123456789abcdef",
               "WXKF_TOKEN": "token", "WXKF_ENCODING_AES_KEY": KEY, "PORT": "0"}
        cls.server = subprocess.Popen([sys.executable, "-B", str(EXAMPLE)], env=env, stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL, text=True)
        cls.port = int(re.search(r"listening on (\d+)", cls.server.stdout.readline())[1])
        cls.on = account()

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait(10)
        cls.server.stdout.close()

    def ask(self, method, query, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, f"/wx?{query}", body, headers)
            response = connection.getresponse()
            return response.status, response.read().decode(), response.getheader("Content-Type")
        finally:
            connection.close()

    def push(self, message):
        sealed = self.on.seal(message, "xml", "gh_0")
        return sealed.query(self.on.sign(sealed.timestamp, sealed.nonce)), sealed.body

    def test_the_url_is_checked(self):
        query = f"signature={self.on.sign('1763700000', '7')}&timestamp=1763700000&nonce=7&echostr=42"
        self.assertEqual(self.ask("GET", query)[:2], (200, "42"))
        self.assertEqual(self.ask("GET", query.replace("nonce=7", "nonce=8"))[:2], (403, ""))
        self.assertEqual(self.ask("GET", "")[:2], (400, ""))

    def test_a_push_is_answered_once(self):
        query, body = self.push(XML.replace("<MsgId>2", "<MsgId>3"))
        status, answer, content_type = self.ask("POST", query, body)
        self.assertEqual((status, content_type), (200, "text/xml; charset=utf-8"))
        encrypt, signature, at, nonce = (
            re.search(rf"<{name}>(?:<!\[CDATA\[)?([^\]<]+)", answer)[1]
            for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")
        )
        opened = wxkf.Account("official_account", "wx0123456789abcdef", "token", KEY).open(
            f"signature={self.on.sign(at, nonce)}&timestamp={at}&nonce={nonce}&encrypt_type=aes"
            f"&msg_signature={signature}", f"<xml><Encrypt>{encrypt}</Encrypt></xml>")
        self.assertIn("You wrote: 你好 hi", opened.decode())
        self.assertEqual(self.ask("POST", query, body)[:2], (200, "success"))

    def test_what_is_forged_learns_nothing(self):
        query, body = self.push(XML)
        self.assertEqual(self.ask("POST", re.sub("msg_signature=.", "msg_signature=z", query), body)[:2], (403, ""))
        self.assertEqual(self.ask("POST", query, b"x" * (self.on.largest_body + 1))[:2], (400, ""))
        self.assertEqual(self.ask("POST", query, b"", **{"Content-Length": "many"})[:2], (400, ""))
        self.assertEqual(self.ask("POST", query, body)[0], 200)
