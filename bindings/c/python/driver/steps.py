"""The state machines: each op is a machine and the steps it takes, with one result a step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import wxkf
from want import BadLine, count, integer, mapping, option, text

Step = Callable[[Any, Callable[[], int]], Any]


def conversation(op: dict[str, Any]) -> list[Any]:
    """What may be sent to one user."""
    if "policy" not in op:
        raise BadLine
    policy = op["policy"]
    machine, life = wxkf.Conversation(policy), Life()

    def allowance(_: Any, now: Callable[[], int]) -> Any:
        it = machine.allowance(now())
        return {"at_least": it.at_least, "at_most": it.at_most, "held": it.held, "closes_at": it.closes_at}

    def forget(key: Any, _: Callable[[], int]) -> Any:
        machine.forget(text(key))
        return "forgotten"

    def observe(push: Any, now: Callable[[], int]) -> Any:
        it, when = mapping(push), now()
        at = option(count, it.get("at"))
        trigger: Any = option(text, it.get("trigger"))
        return machine.observe_push(text(it.get("key")), trigger, when if at is None else at, when) or "new"

    def reload(_: Any, __: Callable[[], int]) -> Any:
        nonlocal machine
        machine = wxkf.Conversation.restore(machine.snapshot(), policy)
        return "ok"

    def reserve(_: Any, now: Callable[[], int]) -> Any:
        it = machine.reserve(now())
        return {"refused": it.reason} if isinstance(it, wxkf.Refusal) else {"id": life.show(it.id), "sure": it.sure}

    def sent_elsewhere(sent: Any, now: Callable[[], int]) -> Any:
        machine.sent_elsewhere(option(count, mapping(sent).get("at")), now())
        return "ok"

    def settle(settlement: Any, now: Callable[[], int]) -> Any:
        given = mapping(settlement)
        id, (name, errcode) = life.id(given.get("id")), told(given)
        it = machine.settle(id, name, errcode=errcode, now=now())
        return {"retry_after_ms": it.retry_after_ms} if it.name == "retry_after" else it.name

    def typing(what: Any, now: Callable[[], int]) -> Any:
        if isinstance(what, dict):
            name, errcode = told(what)
            machine.settle_typing(name, errcode=errcode, now=now())
        elif what == "stop":
            machine.stop_typing()
        elif what == "start":
            refusal = machine.start_typing(now())
            if refusal:
                return {"refused": refusal.reason}
        else:
            raise BadLine
        return "ok"

    return run(op, allowance=allowance, forget=forget, observe=observe, reload=reload, reserve=reserve,
               sent_elsewhere=sent_elsewhere, settle=settle, typing=typing)


def dedupe(op: dict[str, Any]) -> list[Any]:
    """Which pushes were here already."""
    size = count(op.get("capacity")), count(op.get("horizon_ms"))
    machine = wxkf.Dedupe(*size)

    def forget(key: Any, _: Callable[[], int]) -> Any:
        machine.forget(text(key))
        return "forgotten"

    def observe(key: Any, now: Callable[[], int]) -> Any:
        since = machine.observe(text(key), now())
        return "new" if since is None else {"repeat_since": since}

    def reload(_: Any, __: Callable[[], int]) -> Any:
        nonlocal machine
        machine = wxkf.Dedupe.restore(machine.snapshot(), *size)
        return "ok"

    return run(op, forget=forget, observe=observe, reload=reload)


def token(op: dict[str, Any]) -> list[Any]:
    """The token of an account."""
    source: Any = option(text, op.get("source")) or "stable_token"
    machine, life = wxkf.TokenKeeper(source), Life()

    def fetch_failed(what: Any, now: Callable[[], int]) -> Any:
        it = mapping(what)
        failure = option(text, it.get("failure"))
        name = "temporary" if failure is None else failure
        return changed(machine.fetch_failed(life.id(it.get("id")), name, now()))

    def fetched(what: Any, now: Callable[[], int]) -> Any:
        it = mapping(what)
        given = life.id(it.get("id")), text(it.get("token")), count(it.get("expires_in"))
        return changed(machine.fetched(*given, now=now()))

    def rejected(what: Any, now: Callable[[], int]) -> Any:
        return changed(machine.rejected(text(mapping(what).get("token")), now()))

    def reload(_: Any, __: Callable[[], int]) -> Any:
        nonlocal machine
        machine = wxkf.TokenKeeper.restore(machine.snapshot())
        return "ok"

    def step(_: Any, now: Callable[[], int]) -> Any:
        it = machine.step(now())
        if isinstance(it, wxkf.Use):
            return {"use": it.token}
        if isinstance(it, wxkf.Fetch):
            return {"fetch": life.show(it.id), "force": it.force}
        return {"wait_until": it.until}

    return run(op, fetch_failed=fetch_failed, fetched=fetched, rejected=rejected, reload=reload, step=step)


class Life:
    """A line counts ids 1, 2, … within the life of the record: that of the last one which was shown."""

    def __init__(self) -> None:
        self.began = 0

    def show(self, id: int) -> int:
        number = id % 2**21
        self.began = id - number
        return number

    def id(self, number: Any) -> int:
        return min(self.began + count(number), 2**64 - 1)


def told(given: dict[str, Any]) -> tuple[Any, int | None]:
    """What became of a call: its name, or the errcode that WeChat answered; beside that one it may be `rejected`."""
    name, errcode = option(text, given.get("as")), option(integer, given.get("errcode"))
    return (None if errcode is not None and name == "rejected" else name), errcode


def changed(applied: bool) -> str:
    return "applied" if applied else "stale"


def run(op: dict[str, Any], **steps: Step) -> list[Any]:
    if not isinstance(op.get("steps"), list):
        raise BadLine
    results = []
    for step in op["steps"]:
        name = next((name for name in mapping(step) if name in steps), None)
        if name is None:
            raise BadLine
        results.append(steps[name](step[name], lambda: count(step.get("now"))))
    return results
