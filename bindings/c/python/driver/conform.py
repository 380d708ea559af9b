"""The Python driver of the conformance protocol (tests/README.md): one line in, one line out."""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Callable
from typing import Any

import wxkf
from steps import conversation, dedupe, token
from want import BadLine, Json, body, count, dumps, loads, mapping, option, random, raw_member, text, texts

ACCOUNT = {
    "kind", "app_id", "token", "encoding_aes_key", "previous_encoding_aes_keys", "previous_tokens", "accept_ids",
    "mode", "tolerance_s", "max_body",
}


def main() -> None:
    write = sys.stdout.buffer.write
    for line in sys.stdin.buffer:
        try:
            said = answer(line.rstrip(b"\n").decode())
        except UnicodeDecodeError:
            said = dumps({"error": {"code": "conform.bad_line"}})
        write(said.encode() + b"\n")


def answer(line: str) -> str:
    """The answer to a line, whatever it is."""
    try:
        op = mapping(loads(line))
        name = op.get("op")
        if not isinstance(name, str) or name not in OPS:
            raise BadLine
        return dumps({"ok": OPS[name](op, line)})
    except BadLine:
        return dumps({"error": {"code": "conform.bad_line"}})
    except wxkf.WxkfError as error:
        # What this side refuses has no name on the other.
        if error.code.startswith("binding."):
            return dumps({"error": {"code": "conform.bad_line"}})
        field = {} if error.field is None else {"field": error.field}
        return dumps({"error": {"code": error.code, "origin": error.origin, **field}})


def verify_url(op: dict[str, Any], _: str) -> Any:
    query, now = text(op.get("query")), count(op.get("now"))
    return {"echo": account(op).verify_url(query, now)}


def receive(op: dict[str, Any], _: str) -> Any:
    with received(account(op), op) as it:
        return {
            "sealed": it.sealed,
            "format": it.format,
            "plaintext": it.plaintext.decode("utf-8", "replace"),
            "key_index": it.key_index,
            "token_index": it.token_index,
            "inbound": Json(it.inbound_json),
        }


def decode(op: dict[str, Any], _: str) -> Any:
    it = wxkf.decode_unverified(body(op))
    return Json(f'{it.json[:-1]},"tree":{it.tree_json}}}')


def reply(op: dict[str, Any], line: str) -> Any:
    if "reply" not in op:
        raise BadLine
    seal: dict[str, Any] = {"random": random(op), "nonce": option(text, op.get("nonce")), "now": count(op.get("now"))}
    on = account(op)
    it = on.reply(received(on, op), op["reply"], **seal)
    return {"body": it.body.decode("utf-8", "replace"), "content_type": it.content_type}


def seal(op: dict[str, Any], _: str) -> Any:
    at = op.get("timestamp")
    seconds = count(int(at) if isinstance(at, str) and re.fullmatch("[0-9]{1,20}", at) else at)
    plaintext, nonce = text(op.get("plaintext")), text(op.get("nonce"))
    format: Any = text(op.get("format"))
    now = min(seconds * 1000, 2**64 - 1)
    return account(op).seal(plaintext, format, nonce=nonce, now=now, random=random(op)).body.decode()


def open_(op: dict[str, Any], _: str) -> Any:
    query, now = text(op.get("query")), option(count, op.get("now"))
    if now is None:
        # `open` asks about the seal, not about the time.
        said = re.search(r"(?:^|&)timestamp=([0-9]{1,12})(?:&|$)", query)
        now = int(said[1]) * 1000 if said else 0
    opened = account(op).open(query, body(op), now)
    try:
        return opened.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(opened).decode()}


def request(op: dict[str, Any], line: str) -> Any:
    # Parameters go in as they are written.
    params = "{}" if op.get("params") is None else raw_member(line, "params") or "{}"
    kind: Any = option(text, mapping(op["account"]).get("kind")) if op.get("account") is not None else None
    it = wxkf.request(text(op.get("endpoint")), params, kind)
    said: dict[str, Any] = {"method": it.method, "path": it.path, "query": it.query}
    if it.content_type is not None:
        said["content_type"] = it.content_type
    if it.body is not None:
        try:
            said["body"] = it.body.decode()
        except UnicodeDecodeError:
            said["body_base64"] = base64.b64encode(it.body).decode()
    return said


def response(op: dict[str, Any], _: str) -> Any:
    sent, status = body(op), count(op.get("status"))
    if status > 65535:
        raise BadLine
    it = wxkf.decode(text(op.get("endpoint")), status, sent, option(text, op.get("content_type")))
    if isinstance(it, wxkf.Rejection):
        rid = {} if it.rid is None else {"rid": it.rid}
        return {"rejected": {"errcode": it.errcode, "errmsg": it.errmsg, **rid, "kind": it.kind}}
    json = it.json
    if it.fields.get("media_base64") == "":
        json = json.replace('"media_base64":""', f'"media_base64":"{base64.b64encode(sent).decode()}"')
    return {"accepted": Json(json)}


def split_text(op: dict[str, Any], _: str) -> Any:
    it = wxkf.split_text(text(op.get("text")), count(op.get("max_bytes")), count(op.get("parts")))
    return {"parts": it.parts, "rest": it.rest}


def received(on: wxkf.Account, op: dict[str, Any]) -> wxkf.Received:
    return on.receive(text(op.get("query")), body(op), count(op.get("now")))


def account(op: dict[str, Any]) -> wxkf.Account:
    given = mapping(op.get("account"))
    if not ACCOUNT.issuperset(given):
        raise BadLine
    kind: Any = option(text, given.get("kind")) or "official_account"
    mode: Any = option(text, given.get("mode"))
    tolerance = option(count, given.get("tolerance_s"))
    return wxkf.Account(
        kind,
        option(text, given.get("app_id")) or "",
        option(text, given.get("token")) or "",
        option(text, given.get("encoding_aes_key")),
        previous_encoding_aes_keys=texts(given.get("previous_encoding_aes_keys", [])),
        previous_tokens=texts(given.get("previous_tokens", [])),
        accept_ids=texts(given.get("accept_ids", [])),
        mode=mode,
        tolerance_ms=None if tolerance is None else min(tolerance * 1000, 2**64 - 1),
        max_body=option(count, given.get("max_body")),
    )


OPS: dict[str, Callable[[dict[str, Any], str], Any]] = {
    "verify_url": verify_url,
    "receive": receive,
    "decode": decode,
    "reply": reply,
    "seal": seal,
    "open": open_,
    "request": request,
    "response": response,
    "split_text": split_text,
    "conversation": lambda op, _: conversation(op),
    "dedupe": lambda op, _: dedupe(op),
    "token": lambda op, _: token(op),
}

if __name__ == "__main__":
    main()
