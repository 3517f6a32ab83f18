"""Which calls and requests deserve which advice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from fauxdoo.harness.advice import Adviser, Notes, Rule
from fauxdoo.harness.advice.base import Seen, Sighting

READ = {"ids": [1, 2], "fields": ["name"]}
FEW = {"domain": [["email", "=", "a@example.com"]], "fields": ["name"]}


def _advice(*calls: tuple[str, dict[str, Any]], protocol: str = "json2") -> dict[str, int]:
    """The keys of the advice given, and of how many calls."""
    adviser = Adviser(Notes())
    for method, arguments in calls:
        adviser.call(Seen(protocol, "res.partner", method, arguments))
    return {note.rule: note.count for note in adviser.notes}


@pytest.mark.parametrize(
    ("calls", "advice"),
    [
        ([("create", {"vals_list": {"name": "Ada"}})] * 2, {}),
        ([("create", {"vals_list": {"name": "Ada"}})] * 4, {"create-one-by-one": 4}),
        ([("create", {"vals_list": [{"name": "Ada"}]})] * 3, {"create-one-by-one": 3}),
        ([("create", {"vals_list": [{"name": "Ada"}, {"name": "Bob"}]})] * 3, {}),
        ([("write", {"ids": [id], "vals": {"city": "Turin"}}) for id in range(3)], {"write-one-by-one": 3}),
        ([("write", {"ids": [id], "vals": {"city": str(id)}}) for id in range(3)], {}),
        ([("read", READ)], {}),
        ([("read", {"ids": [1, 2]})], {"read-without-fields": 1}),
        ([("search_read", {"domain": [["id", "in", [1]]], "fields": []})], {"read-without-fields": 1}),
        ([("read", {"ids": [id], "fields": ["name"]}) for id in range(3)], {"read-one-by-one": 3}),
        ([("read", {"ids": [id, 7], "fields": ["name"]}) for id in range(3)], {}),
        ([("search", {"domain": [["email", "=", str(id)]]}) for id in range(5)], {"read-one-by-one": 5}),
        ([("search", {"domain": [["email", "in", [str(id)]]]}) for id in range(5)], {}),
        ([("search", {"domain": [["a", "=", 1]], "offset": n, "order": "id"}) for n in range(5)], {}),
        ([("search", {"domain": []})], {"search-without-limit": 1}),
        ([("search", {"domain": [["active", "=", True]]})], {"search-without-limit": 1}),
        (
            [("search", {"domain": [["write_date", ">", "2026-01-01"], ["a", "<", 1]]})],
            {"search-without-limit": 1},
        ),
        ([("search", {"domain": [], "limit": 80})], {}),
        ([("search_read", FEW)], {}),
        ([("search", {"domain": [], "limit": 5, "offset": 5})], {"pages-without-order": 1}),
        ([("search", {"domain": [], "limit": 5, "offset": 5, "order": "id"})], {}),
        ([("search", {"domain": [], "limit": 5, "offset": 0})], {}),
        ([("read_group", {"domain": []})], {"deprecated-method": 1}),
        ([("search", {"domain": "nonsense"}), ("read", {"ids": "x", "fields": 1}), ("create", {})], {}),
    ],
)
def test_calls(calls: list[tuple[str, dict[str, Any]]], advice: dict[str, int]) -> None:
    """From the third time on the same is a loop; what makes no sense is no matter of advice."""
    assert _advice(*calls) == advice


@pytest.mark.parametrize("protocol", ["rest", "python"])
def test_calls_the_client_did_not_choose(protocol: str) -> None:
    """What REST calls for its clients, or a test itself, is not spoken of."""
    assert _advice(*[("create", {"vals_list": {}})] * 3, ("search", {"domain": []}), protocol=protocol) == {}


@pytest.mark.parametrize(
    ("sighting", "advice"),
    [
        (Sighting("/xmlrpc/2/object"), ["deprecated-endpoint"]),
        (Sighting("/xmlrpc/common"), ["deprecated-endpoint"]),
        (Sighting("/jsonrpc"), ["deprecated-endpoint"]),
        (Sighting("/json/2/res.partner/read"), []),
        (Sighting("/api/res.partner", "API_KEY=x&limit=1"), ["secret-in-url"]),
        (Sighting("/api/res.partner", "password="), []),
        (Sighting("/api/res.partner", "monkey=1&access_token=x"), []),
        (Sighting("/api/res.partner", timeout=False), ["no-timeout"]),
        (Sighting("/api/res.partner", timeout=True), []),
    ],
)
def test_requests(sighting: Sighting, advice: list[str]) -> None:
    """Addresses, queries, patience; the secret itself is not repeated."""
    adviser = Adviser(Notes())
    adviser.request(sighting)
    assert [note.rule for note in adviser.notes] == advice
    assert "=x" not in adviser.notes.told()


@pytest.fixture
def _far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "XXX-05:30")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_far_from_greenwich")
def test_local_times() -> None:
    """The present moment by the local clock is found, in nested values too; that in UTC and others are fine."""
    local, utc = (moment.strftime("%Y-%m-%d %H:%M:%S") for moment in (datetime.now(), datetime.now(UTC)))
    assert _advice(("write", {"vals": {"date_order": local}})) == {"local-time": 1}
    assert _advice(("create", {"vals_list": [{"order_line": [[0, 0, {"date": local}]]}]})) == {"local-time": 1}
    assert _advice(("write", {"vals": {"date_order": utc, "name": "x" * 19, "date": "2020-01-01 00:00:00"}})) == {}


def test_each_test_begins_anew() -> None:
    """Two calls in each of two tests are no loop."""
    adviser = Adviser(Notes())
    for _ in range(2):
        adviser.begin()
        for _ in range(2):
            adviser.call(Seen("json2", "res.partner", "create", {"vals_list": {}}))
            adviser.call(Seen("json2", "res.partner", "read", {"ids": [1], "fields": ["name"]}))
            adviser.call(Seen("json2", "res.partner", "write", {"ids": [1], "vals": {"name": "x"}}))
    assert not len(adviser.notes)


def test_bounded() -> None:
    """However many different calls come."""
    adviser = Adviser(Notes())
    for number in range(2500):
        for _ in range(3):
            adviser.call(Seen("json2", f"x_{number}", "create", {"vals_list": {}}))
    assert len(adviser.notes) == 500


def test_two_of_a_name() -> None:
    """Advice has a key of its own."""
    with pytest.raises(TypeError, match="'no-timeout' is defined twice"):
        type("Other", (Rule,), {"key": "no-timeout"})


def test_every_rule_says_what_to_do() -> None:
    """In a sentence or two."""
    assert all(rule.advice.endswith(".") and key for key, rule in Rule.members.items())
