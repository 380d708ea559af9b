"""What a sealed push costs here and with wechatpy, in one interleaved run: `python bench.py [--quick]`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import wxkf

KEY, TOKEN, APP_ID = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "token", "wx0123456789abcdef"
NOW = 1_763_700_000_000
# Bytes of the inner message, and how many times faster it is to be.
GOALS = ((512, 12), (1024, 12), (4096, 8), (65536, 5))
IMPORT_GOAL = 20


def message(size: int) -> str:
    """A text message of about so many bytes, two thirds ASCII and one third Chinese."""
    head = (
        "<xml><ToUserName><![CDATA[gh_0]]></ToUserName><FromUserName><![CDATA[openid]]></FromUserName>"
        f"<CreateTime>{NOW // 1000}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA["
    )
    tail = "]]></Content><MsgId>23241477706429916</MsgId></xml>"
    unit = "hello 中"
    return head + unit * ((size - len(head) - len(tail)) // len(unit.encode())) + tail


def spent(run: Callable[[], object], times: int) -> float:
    """Microseconds of CPU time of one call."""
    start = time.process_time_ns()
    for _ in range(times):
        run()
    return (time.process_time_ns() - start) / times / 1000


def contest(size: int, rounds: int, budget_us: float) -> tuple[float, float]:
    """The medians of both."""
    from wechatpy import parse_message
    from wechatpy.crypto import WeChatCrypto

    account = wxkf.Account("official_account", APP_ID, TOKEN, KEY)
    sealed = account.seal(message(size), "xml", "gh_0", nonce="1234567", now=NOW)
    query = sealed.query(account.sign(sealed.timestamp, sealed.nonce))
    crypto = WeChatCrypto(TOKEN, KEY, APP_ID)

    def ours() -> object:
        with account.receive(query, sealed.body, NOW) as received:
            return received.content

    def theirs() -> object:
        given = (sealed.body, sealed.msg_signature, sealed.timestamp, sealed.nonce)
        return parse_message(crypto.decrypt_message(*given)).content

    assert ours() == theirs(), "both have to read the same"
    sides = (ours, theirs)
    times = [max(1, int(budget_us / spent(side, 5))) for side in sides]
    seen: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for side, runs, into in zip(sides, times, seen):
            into.append(spent(side, runs))
    return statistics.median(seen[0]), statistics.median(seen[1])


def import_time(module: str) -> float:
    """Microseconds of CPU time of an import in a new interpreter."""
    code = f"import time; t = time.process_time_ns(); import {module}; print(time.process_time_ns() - t)"
    return int(subprocess.check_output([sys.executable, "-c", code])) / 1000


def verdict(name: str, ours: float, theirs: float, goal: float) -> None:
    ratio = theirs / ours
    said = "ok" if ratio >= goal else "under"
    print(f"{name:>14}: wxkf {ours:9.1f} µs   wechatpy {theirs:9.1f} µs   {ratio:5.1f}x, goal {goal}x: {said}")


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    try:
        import wechatpy
    except ImportError:
        print("ABSENT: wechatpy")
        return
    import cffi
    import cryptography

    print(f"wxkf {wxkf.version()}, cffi {cffi.__version__}, wechatpy {wechatpy.__version__}, "
          f"cryptography {cryptography.__version__}, Python {sys.version.split()[0]}")
    for size, goal in GOALS:
        ours, theirs = contest(size, 30, 2_000 if quick else 20_000)
        verdict(f"{size} bytes", ours, theirs, goal)
    imports: dict[str, list[float]] = {"wxkf": [], "wechatpy": []}
    for _ in range(3 if quick else 31):
        for module, into in imports.items():
            into.append(import_time(module))
    verdict("import", statistics.median(imports["wxkf"]), statistics.median(imports["wechatpy"]), IMPORT_GOAL)


if __name__ == "__main__":
    main()
