"""The library, and what goes in and out of it. Nothing here is public."""

from __future__ import annotations

import os
import time

from ._abi import ffi
from ._errors import WxkfError, invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Union

    Data = Union[bytes, bytearray, memoryview, str]

ABI = 2
NONE = 2**64 - 1
NO_INDEX = 2**32 - 1

NULL: Any = ffi.NULL
ABSENT: Any = (NULL, 0)


def load() -> Any:
    name = os.environ.get("WXKF_LIBRARY") or f"libwxkf.so.{ABI}"
    try:
        loaded = ffi.dlopen(name)
        found = loaded.wxkf_abi()
    except (OSError, ffi.error) as error:
        raise ImportError(f"the library of wxkf cannot be loaded (WXKF_LIBRARY says where it is): {error}") from None
    if found != ABI:
        raise ImportError(f"{name} has the ABI {found} of wxkf, and this package is written for {ABI}")
    return loaded


lib: Any = load()

# Looked up once: they are on the way of every push.
_new, _buffer, _from_buffer, _gc = ffi.new, ffi.buffer, ffi.from_buffer, ffi.gc
_buf_free = lib.wxkf_buf_free
_BUF, _BYTES = ffi.typeof("wxkf_buf *"), ffi.typeof("uint8_t[]")


def lend(name: str, data: Data) -> Any:
    """A wxkf_bytes of what was given. It lives as long as what this returns."""
    if type(data) is bytes:
        return (_from_buffer(_BYTES, data), len(data))
    if type(data) is str:
        try:
            data = data.encode()
        except UnicodeEncodeError:
            raise invalid(name, "a text without lone surrogates") from None
    else:
        if not isinstance(data, (str, bytes, bytearray, memoryview)):
            raise TypeError(f"{name}: expected str or bytes, not {type(data).__name__}")
        # A copy: another thread could change it meanwhile.
        data = data.encode() if isinstance(data, str) else bytes(data)
    return (_from_buffer(_BYTES, data), len(data))


def lend_maybe(name: str, data: Data | None) -> Any:
    return ABSENT if data is None else lend(name, data)


def lend_random(random: bytes | None) -> Any:
    return lend("random", os.urandom(16) if random is None else random)


def lend_json(name: str, value: object) -> Any:
    """JSON of a value."""
    import json

    try:
        return lend(name, json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise invalid(name, f"what can be written as JSON ({error})") from None


def whole(name: str, number: int, most: int = NONE) -> int:
    if not isinstance(number, int):
        raise TypeError(f"{name}: expected int, not {type(number).__name__}")
    if 0 <= number <= most:
        return number
    raise invalid(name, f"a whole number from 0 to {most}")


def integer(name: str, number: int) -> int:
    """Of 64 bits with a sign, as an errcode is."""
    if not isinstance(number, int):
        raise TypeError(f"{name}: expected int, not {type(number).__name__}")
    if -(2**63) <= number < 2**63:
        return number
    raise invalid(name, "a whole number of 64 bits")


def moment(now: int | None) -> int:
    if type(now) is int and 0 <= now <= NONE:
        return now
    return time.time_ns() // 1_000_000 if now is None else whole("now", now)


def maybe(number: int) -> int | None:
    return None if number == NONE else int(number)


def text(borrowed: Any) -> str:
    """A text that is borrowed or static, copied."""
    return str(_buffer(borrowed.ptr, borrowed.len), "utf-8") if borrowed.len else ""


def maybe_text(borrowed: Any) -> str | None:
    return text(borrowed) if borrowed.ptr else None


def place(kind: str) -> Any:
    """Where a result is to be written."""
    return _new(kind)


def room() -> Any:
    """An empty wxkf_buf."""
    return _new(_BUF)


def take(buf: Any) -> bytes:
    """What is in a wxkf_buf, which is freed."""
    try:
        return bytes(_buffer(buf.ptr, buf.len)) if buf.len else b""
    finally:
        _buf_free(buf)


def call(function: Callable[..., int], *given: Any) -> None:
    """Calls what has an error for its last argument."""
    error = _new(_BUF)
    if function(*given, error):
        raise failure(error)


def made(free: Any, out: Any) -> Any:
    """The handle that was written there; it is freed with the last reference to it."""
    return _gc(out[0], free)


def failure(error: Any) -> WxkfError:
    it = parse(take(error))
    return WxkfError(it["code"], it["origin"], it["message"], it.get("field"), it.get("detail"))


def parse(text: bytes | str) -> Any:
    """JSON of the library. What is no whole number is a Decimal, so that no digit is lost."""
    import json
    from decimal import Decimal

    return json.loads(text, parse_float=Decimal)
