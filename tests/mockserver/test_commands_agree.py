"""The same command tuples make the same records through REST, JSON-RPC, XML-RPC and JSON-2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fauxdoo.harness.browser import Browser
from fauxdoo.harness.clients import Json2, JsonRpc, RemoteError, Target, XmlRpc
from fauxdoo.mockserver import FakeOdoo

Vals = dict[str, Any]
NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.fixed_dictionaries({"name": NAMES}, optional={"city": st.sampled_from(["x", "y", ""])})
PLACES = st.integers(0, 2)
"""Which of the records that were there first."""
CHILDREN = st.lists(
    st.one_of(
        st.tuples(st.just(0), st.just(0), VALUES),
        st.tuples(st.just(1), PLACES, VALUES),
        st.tuples(st.sampled_from([2, 3, 4]), PLACES, st.just(0)),
        st.tuples(st.just(5), st.just(0), st.just(0)),
        st.tuples(st.just(6), st.just(0), st.lists(PLACES, unique=True)),
    ),
    max_size=4,
)
TAGS = st.lists(
    st.one_of(
        st.tuples(st.just(0), st.just(0), st.fixed_dictionaries({"name": NAMES})),
        st.tuples(st.sampled_from([3, 4]), PLACES, st.just(0)),
        st.tuples(st.just(6), st.just(0), st.lists(PLACES, unique=True)),
    ),
    max_size=3,
)


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """One server for all of them."""
    with FakeOdoo() as odoo:
        yield odoo


class Refused(Exception):
    """The server did not carry a request out."""


class _Rest:
    """Creates and changes by REST."""

    def __init__(self, odoo: FakeOdoo) -> None:
        self._browser = Browser(odoo.url)
        self._key = {"Authorization": f"Bearer {odoo.api_key}"}

    def create(self, vals: Vals) -> int:
        return int(self._send("POST", "/api/res.partner", vals)["id"])

    def write(self, id: int, vals: Vals) -> None:
        self._send("PATCH", f"/api/res.partner/{id}", vals)

    def _send(self, verb: str, path: str, vals: Vals) -> Any:
        response = self._browser.request_json(verb, path, vals, self._key)
        if response.status not in (200, 201):
            raise Refused(response.text)
        return response.json()


class _Rpc:
    """Creates and changes by JSON-RPC or XML-RPC."""

    def __init__(self, client: JsonRpc | XmlRpc) -> None:
        self._client = client

    def create(self, vals: Vals) -> int:
        return int(self._client.call("res.partner", "create", vals))

    def write(self, id: int, vals: Vals) -> None:
        assert self._client.call("res.partner", "write", [id], vals)


class _Json2:
    """Creates and changes by JSON-2."""

    def __init__(self, target: Target) -> None:
        self._client = Json2(target)

    def create(self, vals: Vals) -> int:
        return int(self._client.call("res.partner", "create", vals_list=[vals])[0])

    def write(self, id: int, vals: Vals) -> None:
        assert self._client.call("res.partner", "write", ids=[id], vals=vals)


def _placed(commands: list[Any], ids: list[int]) -> list[Any]:
    """The commands with ids in the place of places."""

    def place(code: int, at: int, value: Any) -> list[Any]:
        return [code, ids[at] if code in (1, 2, 3, 4) else 0, [ids[each] for each in value] if code == 6 else value]

    return [place(*command) for command in commands]


def _outcome(odoo: FakeOdoo, way: Any, new: tuple[Any, Any], changed: tuple[Any, Any]) -> Any:
    """What a partner's contacts and tags are after a create and a write, by names."""
    children = [odoo.env["res.partner"].create({"name": f"child {number}"}).id for number in range(3)]
    tags = [odoo.env["res.partner.category"].create({"name": f"tag {number}"}).id for number in range(3)]
    values = [{"child_ids": _placed(a, children), "category_id": _placed(b, tags)} for a, b in (new, changed)]
    before = set(odoo.env["res.partner"].search([]).ids)
    done, parent = _carried_out(way, *values)
    made = odoo.env["res.partner"].search([("id", "not in", list(before))])
    gone = [number for number, child in enumerate(children) if not odoo.env["res.partner"].search([("id", "=", child)])]
    kept = odoo.env["res.partner"].browse(parent or [])
    return done, _names(kept.child_ids), _names(kept.category_id), _names(made), gone


def _carried_out(way: Any, new: Vals, changed: Vals) -> tuple[int, int | None]:
    """How many of the two requests were carried out, and the parent's id."""
    id = None
    try:
        id = way.create({"name": "Parent", **new})
        way.write(id, changed)
    except (Refused, RemoteError):
        return (0 if id is None else 1), id
    return 2, id


def _names(records: Any) -> list[Any]:
    return sorted(records.mapped("name"))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(new=st.tuples(CHILDREN, TAGS), changed=st.tuples(CHILDREN, TAGS))
def test_commands(odoo: FakeOdoo, new: tuple[Any, Any], changed: tuple[Any, Any]) -> None:
    """Contacts and tags of a partner, those made and those removed are the same whatever carried the commands."""
    target = Target(odoo.url, odoo.db, odoo.login, odoo.password, odoo.api_key)
    ways = {
        "rest": _Rest(odoo),
        "jsonrpc": _Rpc(JsonRpc(target)),
        "xmlrpc": _Rpc(XmlRpc(target)),
        "json2": _Json2(target),
    }
    outcomes = {name: _outcome(odoo, way, new, changed) for name, way in ways.items()}
    assert all(outcome == outcomes["jsonrpc"] for outcome in outcomes.values()), outcomes
