"""What the strategies make is accepted, and means what a naive evaluator thinks it means."""

from __future__ import annotations

import re
import xmlrpc.client
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fauxdoo.harness.machine import OdooMachine
from fauxdoo.harness.strategies import calls, contexts, domains, records, values
from fauxdoo.harness.transports import requests
from fauxdoo.harness.transports import xmlrpc as transport
from fauxdoo.mockserver import FakeOdoo

MODEL = "crm.lead"
FIELDS = ("name", "city", "probability", "color", "active", "date_deadline", "type", "priority")
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A server that all of these use."""
    with FakeOdoo() as odoo:
        yield odoo


@pytest.fixture(scope="module")
def described(odoo: FakeOdoo) -> dict[str, Any]:
    """The fields, as clients see them."""
    found: dict[str, Any] = odoo.env[MODEL].fields_get()
    return found


def _like(text: Any, operator: str, pattern: str) -> bool:
    """LIKE by a regular expression; what is not there is like nothing, an empty text like % alone."""
    if text is False:
        return False
    insensitive = "ilike" in operator
    if not operator.startswith("="):
        pattern = f"%{pattern}%"
    parts = re.split(r"(\\.|%|_)", pattern)
    made = "".join({"%": ".*", "_": "."}.get(part, re.escape(part.removeprefix("\\"))) for part in parts)
    if insensitive:
        text, made = text.lower(), made.lower()
    return re.fullmatch(made, text, re.DOTALL) is not None


def _matches(record: dict[str, Any], leaf: list[Any]) -> bool:
    name, operator, wanted = leaf
    value = record[name]
    if operator in ("=", "!="):
        same = value == wanted or not (value or wanted)
        return same == (operator == "=")
    if operator in ("in", "not in"):
        among = value in wanted or (not value and not all(wanted))
        return among == (operator == "in")
    if operator in ("<", "<=", ">", ">="):
        if value is False:
            return False
        return {"<": value < wanted, "<=": value <= wanted, ">": value > wanted, ">=": value >= wanted}[operator]
    found = _like(value, operator.removeprefix("not "), wanted)
    return found != operator.startswith("not ")


def _evaluated(record: dict[str, Any], domain: list[Any]) -> bool:
    """What is left side by side is joined by "and"."""
    items = list(domain)
    answers = []
    while items:
        answers.append(_next(record, items, negated=False))
    return all(answers)


def _next(record: dict[str, Any], items: list[Any], *, negated: bool) -> bool:
    item = items.pop(0)
    if item == "!":
        return _next(record, items, negated=not negated)
    if item in ("&", "|"):
        one, other = _next(record, items, negated=negated), _next(record, items, negated=negated)
        return (one and other) if (item == "&") != negated else (one or other)
    return _matches(record, item) != negated


@pytest.mark.parametrize("name", ["name", "city", "color", "date_deadline", "priority", "type"])
@settings(QUICK, max_examples=100)
@given(data=st.data())
def test_domains_mean_what_they_say(odoo: FakeOdoo, described: dict[str, Any], name: str, data: st.DataObject) -> None:
    """The records that a search finds are those a naive evaluator finds among all."""
    city = st.one_of(_words(), st.sampled_from(["", False]))
    vals = st.fixed_dictionaries({"color": st.integers(-2, 2), "name": _words(), "city": city})
    with odoo.transaction() as env:
        leads = env[MODEL].create(
            [
                {**data.draw(records(described, "date_deadline", "priority", "type")), **data.draw(vals)}
                for _ in range(4)
            ]
        )
        rows = leads.read([name])
        domain = [_nearer(data, item, [row[name] for row in rows]) for item in data.draw(domains(described, name))]
        expected = [row["id"] for row in rows if _evaluated(row, domain)]
        assert sorted(leads.search([("id", "in", leads.ids), *domain]).ids) == sorted(expected), domain
        leads.unlink()


@QUICK
@given(
    deadlines=st.lists(values({"type": "date"}), min_size=2, max_size=3),
    colors=st.lists(st.integers(-2, 2), min_size=3),
)
def test_comparisons_hold_at_the_limit(odoo: FakeOdoo, deadlines: list[Any], colors: tuple[int, ...]) -> None:
    """Each way to compare, negated or not, with each value that a record has; and the parts of its date."""
    with odoo.transaction() as env:
        leads = env[MODEL].create(
            [{"name": "x", "date_deadline": day, "color": color} for day, color in zip(deadlines, colors, strict=False)]
        )
        rows = [{**row, _MONTH: _month(row)} for row in leads.read(["date_deadline", "color"])]
        for name in ("date_deadline", "color", _MONTH):
            for wanted in {row[name] for row in rows} - {False}:
                for operator in ("<", "<=", ">", ">=", "=", "!="):
                    for negation in ([], ["!"]):
                        domain = [*negation, [name, operator, wanted]]
                        expected = [row["id"] for row in rows if _evaluated(row, domain)]
                        assert sorted(leads.search([("id", "in", leads.ids), *domain]).ids) == expected, domain
        leads.unlink()


_MONTH = "date_deadline.month_number"


def _month(row: dict[str, Any]) -> int | bool:
    return int(row["date_deadline"][5:7]) if row["date_deadline"] else False


def _nearer(data: st.DataObject, item: Any, known: list[Any]) -> Any:
    """A leaf, as often as not with the value of a record in it: only there operators differ.

    Without "", which Odoo takes for another value than False where it makes one set of two on the same field.
    """
    if isinstance(item, str):
        return item
    name, operator, wanted = item
    if data.draw(st.booleans()):
        value = data.draw(st.sampled_from(known))
        if operator in ("in", "not in"):
            wanted = [value]
        elif "like" in operator:
            wanted = value.swapcase() if value else wanted
        elif value is not False or operator in ("=", "!="):
            wanted = value
    if operator in ("in", "not in"):
        return [name, operator, [False if each == "" else each for each in wanted]]
    return [name, operator, ("x" if "like" in operator else False) if wanted == "" else wanted]


def _words() -> st.SearchStrategy[str]:
    return st.text(st.sampled_from("aAbB%_\\ é"), min_size=1, max_size=4).map(lambda text: f"x{text}x")


_ROUND_TRIPS = {
    "crm.lead": ("name", "city", "color", "date_deadline", "priority", "expected_revenue", "country_id"),
    "ir.attachment": ("datas", "public", "description"),
    "project.task": ("date_deadline", "allocated_hours", "sequence", "description"),
    "res.partner": ("partner_latitude", "comment", "active", "ref", "country_id"),
}
"""Fields of every type that values are written to."""


@pytest.mark.parametrize("model", _ROUND_TRIPS)
@QUICK
@given(data=st.data())
def test_values_come_back(odoo: FakeOdoo, model: str, data: st.DataObject) -> None:
    """What is written to a field of each type is read again: by `create`, and over what was there before by `write`."""
    records_ = odoo.env[model]
    described = records_.fields_get([*_ROUND_TRIPS[model]])
    plain = [name for name in described if described[name]["type"] != "many2one"]
    linked = {name: st.sampled_from([False, 20, 75]) for name in described if name not in plain}
    drawn = st.tuples(records(described, *plain), st.fixed_dictionaries({}, optional=linked))
    first, then = ({**vals, **links} for vals, links in (data.draw(drawn), data.draw(drawn)))
    with odoo.transaction():
        record = records_.create({"name": "x", **first})
        assert _as_written(described, record.read(["id", *first])[0]) == _as_written(
            described, {"id": record.id, **first}
        )
        record.write(then)
        both = {"id": record.id, **first, **then}
        assert _as_written(described, record.read([*both])[0]) == _as_written(described, both)
        record.unlink()


def _as_written(described: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """What both sides of a round trip have alike: nothing is False, numbers are what their field keeps of them."""
    return {name: _kept(described.get(name, {}), value) for name, value in row.items()}


def _kept(field: dict[str, Any], value: Any) -> Any:
    kind = field.get("type")
    if kind == "many2one":
        return value[0] if isinstance(value, (list, tuple)) else value
    if kind in ("float", "monetary"):
        return round(value or 0.0, (field.get("digits") or (16, 2))[1])
    if kind == "html":
        return unescape(re.sub("<[^>]*>", "", value or "")).strip()
    if kind == "binary" and isinstance(value, bytes):
        value = value.decode()
    return value or False


@QUICK
@given(data=st.data())
def test_a_failed_write_leaves_no_trace(odoo: FakeOdoo, described: dict[str, Any], data: st.DataObject) -> None:
    """Neither in the record nor in others of the same call, wherever in the values the mistake is."""
    names = ("name", "city", "color", "priority")
    with odoo.transaction() as env:
        leads = env[MODEL].create([{"name": "one", "color": 1}, {"name": "two", "color": 2}])
    try:
        before = leads.read([*names])
        vals = data.draw(records(described, *names))
        broken = data.draw(st.sampled_from([{"stage_id": 0x7FFFFFFF}, {"nope": 1}, {"priority": "9"}, {"color": "y"}]))
        arguments = [leads.ids, dict(data.draw(st.permutations([*{**vals, **broken}.items()])))]
        with pytest.raises(xmlrpc.client.Fault):
            transport.proxy(odoo, "object").execute_kw(odoo.db, 2, odoo.password, MODEL, "write", arguments)
        assert leads.read([*names]) == before
    finally:
        leads.unlink()


@QUICK
@given(data=st.data())
def test_errors_leave_no_trace(odoo: FakeOdoo, described: dict[str, Any], data: st.DataObject) -> None:
    """Of a call that fails nothing is there, whatever was done before it failed."""
    before = odoo.env[MODEL].search_count([])
    vals = data.draw(st.lists(records(described, "name", "color"), min_size=1, max_size=3))
    broken = data.draw(
        st.sampled_from([{"name": "x", "stage_id": 0x7FFFFFFF}, {"nope": 1}, {"name": "x", "color": "y"}])
    )
    proxy = transport.proxy(odoo, "object")
    with pytest.raises(xmlrpc.client.Fault):
        proxy.execute_kw(odoo.db, 2, odoo.password, MODEL, "create", [[*vals, broken]])
    assert odoo.env[MODEL].search_count([]) == before


@QUICK
@given(
    path=st.sampled_from(
        ["/jsonrpc", "/xmlrpc/2/object", "/json/2/res.partner/search", "/web/dataset/call_kw", "/api"]
    ),
    kind=st.sampled_from(["application/json", "text/xml", "application/x-www-form-urlencoded", ""]),
    body=st.binary(max_size=200),
)
def test_random_bytes_break_nothing(odoo: FakeOdoo, path: str, kind: str, body: bytes) -> None:
    """Whatever comes in, the server answers, and not by a failure of its own."""
    session = requests.session(odoo)
    headers = {"Content-Type": kind, "Authorization": f"Bearer {odoo.api_key}"}
    assert session.post(f"http://odoo.invalid{path}", data=body, headers=headers).status_code != 500
    assert session.get("http://odoo.invalid/web/version").status_code == 200


@QUICK
@given(data=st.data())
def test_calls_are_made(odoo: FakeOdoo, described: dict[str, Any], data: st.DataObject) -> None:
    """A sequence of calls does nothing that the model refuses; contexts neither."""
    made: list[int] = []
    context = data.draw(contexts())
    with odoo.transaction() as env:
        for method, args in data.draw(calls(described, "name", "color", "priority")):
            records_ = env[MODEL].with_context(**context)
            if method == "create":
                made += records_.create([{"name": "x", **vals} for vals in args[0]]).ids
            elif method == "search":
                records_.search(*args)
            elif made:
                chosen = records_.browse(dict.fromkeys(made[place % len(made)] for place in args[0]))
                getattr(chosen, method)(*args[1:])
                made = [id for id in made if method != "unlink" or id not in chosen.ids]
        env[MODEL].browse(made).unlink()


@pytest.mark.parametrize("kind", ["many2one", "one2many", "reference", "json"])
def test_no_values(kind: str) -> None:
    """Records are not made up."""
    with pytest.raises(ValueError, match=f"no values for a field of type {kind}"):
        values({"type": kind})


class LeadMachine(OdooMachine):
    """Leads, by the state machine that users subclass."""

    model = MODEL
    fields = ("name", "city", "color", "priority")
    server: FakeOdoo | None = None

    def connect(self) -> FakeOdoo:
        """One server for all runs, as just started."""
        if LeadMachine.server is None:
            LeadMachine.server = FakeOdoo(modules=("crm",))
        LeadMachine.server.reset()
        return LeadMachine.server

    def teardown(self) -> None:
        """The server stays for the next run; at the end the interpreter ends it."""


TestLeads = LeadMachine.TestCase
TestLeads.settings = settings(max_examples=6, stateful_step_count=12, deadline=None, database=None)


class _Chosen:
    """Draws what it was given."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def draw(self, strategy: st.SearchStrategy[Any]) -> Any:
        return self._value


def test_empty_is_found_as_any_other() -> None:
    """An integration that writes False where another wrote "" has not broken anything: `=` finds both."""
    machine = LeadMachine()
    machine.start()
    machine.create(data=_Chosen({"city": "", "name": "x"}))
    without = machine.create(data=_Chosen({"city": False, "name": "x"}))
    machine.find(id=without, data=_Chosen("city"))
    machine.known[without]["city"] = "elsewhere"
    with pytest.raises(AssertionError):
        machine.find(id=without, data=_Chosen("city"))
