"""What the protocol asks of the members of a line. Whatever is otherwise makes it a bad one."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class BadLine(Exception):
    """A line that says nothing."""


class Json(str):
    """JSON that is ready."""


def dumps(value: Any) -> str:
    """JSON as the library writes it. What is ready is put in as it is."""
    if isinstance(value, Json):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{dumps(name)}:{dumps(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(dumps, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def loads(line: str) -> Any:
    """A line; Python's own reader takes more than JSON."""
    try:
        return json.loads(line, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise BadLine from None


def refuse(_: str) -> Any:
    raise BadLine


def raw_member(line: str, name: str) -> str | None:
    """The text of a member of an object, exactly as it is written; the line is known to be JSON."""
    reader, space = json.JSONDecoder(), re.compile(r"[ \t\r\n]*")

    def skip(at: int) -> int:
        found = space.match(line, at)
        return found.end() if found else at

    at = skip(skip(0) + 1)
    while line[at] != "}":
        key, at = reader.raw_decode(line, at)
        start = skip(skip(at) + 1)
        _, end = reader.raw_decode(line, start)
        if key == name:
            return line[start:end]
        at = skip(end)
        if line[at] == ",":
            at = skip(at + 1)
    return None


def mapping(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise BadLine


def text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise BadLine


def count(value: Any) -> int:
    """A whole number from 0 on."""
    if type(value) is int and 0 <= value < 2**64:
        return value
    raise BadLine


def integer(value: Any) -> int:
    if type(value) is int and -(2**63) <= value < 2**63:
        return value
    raise BadLine


def texts(value: Any) -> list[str]:
    """A list, or nothing, which is an empty one."""
    if isinstance(value, list):
        return [text(it) for it in value]
    raise BadLine


def option(want: Callable[[Any], T], value: Any) -> T | None:
    """The same, or nothing."""
    return None if value is None else want(value)


def body(op: dict[str, Any]) -> bytes:
    plain, encoded = option(text, op.get("body")), option(text, op.get("body_base64"))
    if encoded is None:
        return (plain or "").encode()
    if plain is not None:
        raise BadLine
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise BadLine from None


def random(op: dict[str, Any]) -> bytes:
    digits = text(op.get("random"))
    if re.fullmatch("[0-9a-fA-F]{32}", digits):
        return bytes.fromhex(digits)
    raise BadLine
