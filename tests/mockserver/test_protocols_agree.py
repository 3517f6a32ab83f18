"""The same calls give the same results over every protocol: outcomes are translated, nothing else differs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from fauxdoo.contracts import Catalogue, recordings
from fauxdoo.harness.clients import Target
from fauxdoo.harness.comparison import matches
from fauxdoo.harness.performer import Performer
from fauxdoo.harness.recordings import load
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.stores.base import FIRST_ID

AREAS = ("account", "crud", "sale", "search", "stock")
FILES = {file.name.removesuffix(".json"): file for file in recordings()}
NEW_ID = re.compile(r"(?<!\d)([2-9]\d{4})(?!\d)")
NUMBER = re.compile(r"\b(S|WH/[A-Z]+/|[A-Z]+\d?/\d{4}/)\d{5}\b")
"""Numbers of documents, which a second run of a case continues."""
FAULTS = {"AccessError": 4, "AccessDenied": 3, "UserError": 2, "ValidationError": 2, "MissingError": 2}


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    """A server that listens, of the real dialect; its clock stands, so that moments are the same."""
    with FakeOdoo(dialect="odoo") as odoo:
        odoo.clock.freeze()
        yield Target(odoo.url, odoo.db, odoo.login, odoo.password, odoo.api_key)


def plain_cases(area: str) -> list[dict[str, Any]]:
    """The cases of an area that only call methods, without the steps' own choice of protocol."""
    cases = load([FILES[area]])
    chosen = [case for case in cases if all(step["do"] == "call" and "as" not in step for step in case["steps"])]
    return [case for case in chosen if not any("via" in step for step in case["steps"])]


def unmarked(text: str, uniq: str) -> str:
    """The text with a name for the case's token, also where it was made capital, and for numbers of documents."""
    return NUMBER.sub(r"\1#", text.replace(uniq, "{{uniq}}").replace(uniq.upper(), "{{UNIQ}}"))


def masked(outcome: Any, uniq: str) -> Any:
    """An outcome as a recording would keep it: ids made in the case, and its token, by name."""

    def mask(value: Any) -> Any:
        if isinstance(value, dict):
            return {mask(key): mask(item) for key, item in value.items()}
        if isinstance(value, list):
            return [mask(item) for item in value]
        if isinstance(value, int) and not isinstance(value, bool) and FIRST_ID <= value < 100000:
            return {"$id": value}
        return NEW_ID.sub(r"{{id:\1}}", unmarked(value, uniq)) if isinstance(value, str) else value

    return mask(outcome)


def as_fault(outcome: dict[str, Any]) -> dict[str, Any]:
    """What XML-RPC makes of a JSON-RPC outcome."""
    error = outcome.get("error")
    if error is None:
        if "null" in re.findall(r"null", json.dumps(outcome)):
            return {"fault": {"code": 1, "string": {"$any": "str"}}}
        return outcome
    kind = error["name"].removeprefix("builtins.").removeprefix("odoo.exceptions.")
    if kind in FAULTS:
        return {"fault": {"code": FAULTS[kind], "string": error["message"]}}
    message = repr(error["message"]) if kind == "KeyError" else error["message"]
    return {"fault": {"code": 1, "string": f"Traceback\n{kind}: {message}".rstrip()}}


def is_mismatch(want: dict[str, Any], have: dict[str, Any]) -> bool:
    """Whether JSON-2 refused arguments before the call that JSON-RPC refused at it."""
    errors = (want.get("error") or {}), (have.get("error") or {})
    names = [error.get("name", "").rpartition(".")[2] for error in errors]
    return names == ["TypeError", "UnprocessableEntity"] and "argument" in errors[0]["message"]


def named(step: dict[str, Any]) -> dict[str, Any] | None:
    """The step with named arguments, as JSON-2 wants them; None where it does not fit the method's signature."""
    catalogue, args = Catalogue.odoo_19(), list(step.get("args", []))
    own = catalogue.model(step["model"])["methods"] if step["model"] in catalogue else {}
    entry = own.get(step["method"]) or catalogue.model("base")["methods"].get(step["method"])
    if not isinstance(entry, dict) or step["method"] in ("create", "copy"):  # these two answer lists over JSON-2
        return None
    names = [name.partition("=")[0] for name in entry["params"]]
    if entry["api"] == "record":
        if not args or not isinstance(args[0], list):
            return None
        step = {**step, "ids": args.pop(0)}
    if len(args) > len(names) or set(names[: len(args)]) & set(step.get("kwargs", {})):
        return None
    return {**step, "args": [], "kwargs": {**dict(zip(names, args, strict=False)), **step.get("kwargs", {})}}


def differences(target: Target, via: str, case: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Where the outcomes of a case over a protocol are not those of JSON-RPC."""
    uniq, wanted = Performer(target, "jsonrpc").perform(case)
    uniq2, got = Performer(target, via).perform(other)
    ids: dict[Any, Any] = {}
    found = []
    for index, (want, have) in enumerate(zip(wanted, got, strict=True)):
        want = masked(as_fault(want) if via == "xmlrpc" else want, uniq)
        have = json.loads(unmarked(json.dumps(have), uniq2))
        if "exceeds XML-RPC limits" in have.get("broken", "") or is_mismatch(want, have):
            continue
        for outcome in (want, have):
            for key in ("code", "status") if "fault" not in outcome else ():
                outcome.get("error", {}).pop(key, None)
        if "broken" not in want and not matches(want, have, ids):
            found.append(f"{case['case']} step {index}: jsonrpc {want} {via} {have}"[:600])
    return found


@pytest.mark.parametrize("via", ["call_kw", "xmlrpc"])
@pytest.mark.parametrize("area", AREAS)
def test_positional(target: Target, area: str, via: str) -> None:
    """A session and XML-RPC answer as JSON-RPC; an error is a fault, and so is a null."""
    found = [line for case in plain_cases(area) for line in differences(target, via, case, case)]
    assert not found, "\n".join(found[:10])


@pytest.mark.parametrize("area", AREAS)
def test_named(target: Target, area: str) -> None:
    """JSON-2 answers the reading and changing calls of a case as JSON-RPC does, its records made by the latter."""
    found = []
    for case in plain_cases(area):
        steps = [{**step, "via": "jsonrpc"} for step in case["steps"]]
        mixed = [{**step, "via": "json2"} if (step := named(plain)) else plain for plain in steps]
        found += differences(target, "json2", {**case, "steps": steps}, {**case, "steps": mixed})
    assert not found, "\n".join(found[:10])
