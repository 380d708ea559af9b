"""A webhook that says what it heard, on the standard library.

Set WXKF_KIND, WXKF_APP_ID, WXKF_TOKEN, PORT, and WXKF_ENCODING_AES_KEY, or WXKF_MODE=plain for an account without one.
"""

from __future__ import annotations

import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import wxkf

env = os.environ
KIND: Any = env.get("WXKF_KIND", "official_account")
# Any number of threads may use it; the dedupe lets one in at a time.
MODE: Any = env.get("WXKF_MODE")
ACCOUNT = wxkf.Account(KIND, env["WXKF_APP_ID"], env["WXKF_TOKEN"], env.get("WXKF_ENCODING_AES_KEY"), mode=MODE)
SEEN = wxkf.Dedupe(capacity=10_000, horizon_ms=60_000)
FORBIDDEN = {"callback.signature_mismatch", "callback.timestamp_stale", "callback.mode_refused"}


def handle(received: wxkf.Received) -> wxkf.Answer:
    """Answers a push once; a repeat is only told that it arrived."""
    if SEEN.observe(received.dedupe_key) is not None:
        return ACCOUNT.reply(received, {"type": "success"})
    try:
        if received.wants_err_code:
            return ACCOUNT.reply(received, {"type": "err_code", "err_code": 0})
        # A mini program cannot answer so: it would write through `message.custom.send`.
        if received.kind == "text" and KIND == "official_account":
            return ACCOUNT.reply(received, f"You wrote: {received.content}")
        return ACCOUNT.reply(received, {"type": "success"})
    except Exception:
        SEEN.forget(received.dedupe_key)
        raise


class Webhook(BaseHTTPRequestHandler):
    # Nobody may hold a thread for longer.
    timeout = 5

    def do_GET(self) -> None:
        self.guarded(lambda query: wxkf.Answer(ACCOUNT.verify_url(query).encode(), "text/plain; charset=utf-8"))

    def do_POST(self) -> None:
        def receive(query: str) -> wxkf.Answer:
            length = int(self.headers.get("Content-Length") or 0)
            # One byte too many is enough to be refused.
            body = self.rfile.read(max(0, min(length, ACCOUNT.largest_body + 1)))
            with ACCOUNT.receive(query, body) as received:
                return handle(received)

        self.guarded(receive)

    def guarded(self, answer: Any) -> None:
        try:
            it = answer(self.path.partition("?")[2])
        except wxkf.WxkfError as error:
            self.log_error("%s", error)
            if error.origin == "peer":
                self.say(403 if error.code in FORBIDDEN else 400)
            else:
                self.say(500)
        except ValueError:
            self.say(400)
        else:
            self.say(200, it.body, it.content_type)

    def say(self, status: int, body: bytes = b"", content_type: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(env.get("PORT", "8080"))), Webhook)
    print(f"listening on {server.server_address[1]}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
