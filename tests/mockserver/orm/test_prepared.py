"""Reads that come again are prepared, and their rows kept; whatever has changed since is seen all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.errors import AccessError, MissingError
from fauxdoo.mockserver.orm.reads import Reads

Change = Callable[[FakeOdoo, int], object]

TIMES = 3
"""The first call prepares, the second keeps the rows, the third is answered from them."""


def _read(odoo: FakeOdoo, uid: int, *args: Any, **kwargs: Any) -> Any:
    return odoo.dispatch.call_kw(Call("test", odoo.db, uid, "crm.tag", "read", [*args], kwargs))


def _prepared(odoo: FakeOdoo) -> int:
    return len(odoo.databases[odoo.db].access.reads)


def _seller(odoo: FakeOdoo) -> int:
    group = odoo.env.ref("sales_team.group_sale_salesman").id
    user = odoo.env["res.users"].create({"name": "S", "login": "s", "group_ids": [(6, 0, [group])]})
    return int(user.id)


def _tag(odoo: FakeOdoo, name: str = "Tag") -> int:
    return int(odoo.env["crm.tag"].create({"name": name, "color": 3}).id)


def _take_the_group(odoo: FakeOdoo, uid: int) -> None:
    odoo.env["res.users"].browse(uid).write({"group_ids": [(6, 0, [odoo.env.ref("base.group_user").id])]})


def _take_the_right(odoo: FakeOdoo, _uid: int) -> None:
    odoo.env["ir.model.access"].search([("model_id.model", "=", "crm.tag")]).write({"perm_read": False})


def _forbid_by_a_rule(odoo: FakeOdoo, _uid: int) -> None:
    model = odoo.env["ir.model"].search([("model", "=", "crm.tag")]).id
    odoo.env["ir.rule"].create({"name": "R", "model_id": model, "domain_force": "[('color', '=', 1)]"})


@pytest.mark.parametrize("change", [_take_the_group, _take_the_right, _forbid_by_a_rule])
def test_what_a_user_may_no_longer_read(odoo: FakeOdoo, change: Change) -> None:
    """A group, an access right and a record rule count from the next call on."""
    uid, tag = _seller(odoo), _tag(odoo)
    for _ in range(TIMES):
        assert _read(odoo, uid, [tag], ["name"]) == [{"id": tag, "name": "Tag"}]
    assert _prepared(odoo) == 1
    change(odoo, uid)
    with pytest.raises(AccessError):
        _read(odoo, uid, [tag], ["name"])


def test_what_another_user_may_not_read(odoo: FakeOdoo) -> None:
    """What was prepared for one user serves nobody else."""
    tag = _tag(odoo)
    user = odoo.env["res.users"].create({"name": "U", "login": "u"})
    assert _read(odoo, 2, [tag], ["name"])
    with pytest.raises(AccessError):
        _read(odoo, user.id, [tag], ["name"])


def test_a_rule_that_only_some_records_pass(odoo: FakeOdoo) -> None:
    """The rules are part of the statement; where they hide a record, the refusal is the usual one."""
    shown = odoo.env["crm.tag"].create({"name": "One", "color": 1}).id
    uid, hidden = _seller(odoo), _tag(odoo)
    _forbid_by_a_rule(odoo, uid)
    for _ in range(TIMES):
        assert _read(odoo, uid, [shown], ["name"]) == [{"id": shown, "name": "One"}]
    with pytest.raises(AccessError, match="top-secret"):
        _read(odoo, uid, [shown, hidden], ["name"])
    with odoo.databases[odoo.db].transaction() as env:
        env["crm.tag"].browse(shown).color = 2
    with pytest.raises(AccessError, match="top-secret"):
        _read(odoo, uid, [shown], ["name"])


def test_records_that_change_and_go(odoo: FakeOdoo) -> None:
    """New values are what is read next; deleted records are left out, as `read` does."""
    first, second = _tag(odoo), _tag(odoo, "Other")
    for _ in range(TIMES):
        assert len(_read(odoo, 2, [first, second], ["name", "color"])) == 2
    odoo.env["crm.tag"].browse(first).write({"name": "New", "color": 0})
    odoo.env["crm.tag"].browse(second).unlink()
    assert _read(odoo, 2, [second, first], ["name", "color"]) == [{"id": first, "name": "New", "color": 0}]
    assert odoo.journal[-1].read == {"crm.tag": [first]}


def test_the_order_asked_for_and_ids_asked_twice(odoo: FakeOdoo) -> None:
    """Prepared or not, there is a row for each id, in the order of the ids."""
    ids = [_tag(odoo), _tag(odoo, "Other")]
    asked = [ids[1], ids[0], ids[1]]
    answers = [_read(odoo, 2, asked, ["name", "id", "name"]) for _ in range(TIMES)]
    assert _prepared(odoo) == 1
    assert [row["id"] for row in answers[0]] == asked
    assert answers[0] == answers[1] == answers[2]


def test_some_of_the_records_were_read_before(odoo: FakeOdoo) -> None:
    """Rows are kept by record, whichever were asked for together."""
    first, second = _tag(odoo), _tag(odoo, "Other")
    for ids in ([first], [first], [first, second], [second], [second, first]):
        assert [row["id"] for row in _read(odoo, 2, ids, ["name"])] == ids


def test_the_journal_does_not_show_what_was_kept(odoo: FakeOdoo) -> None:
    """Every call has its statement and the records it read: how often others asked is no affair of a test's."""
    tag = _tag(odoo)
    seen = []
    for _ in range(TIMES + 1):
        _read(odoo, 2, [tag], ["name"])
        seen.append((odoo.journal[-1].statements, odoo.journal[-1].read, odoo.journal[-1].trace.statement_count))
    assert seen[1] == seen[2] == seen[3]
    assert seen[1][1:] == ({"crm.tag": [tag]}, 1)


def test_an_answer_is_the_callers_own(odoo: FakeOdoo) -> None:
    """Whoever changes it changes nothing for the next."""
    tag = _tag(odoo)
    for _ in range(TIMES):
        rows = _read(odoo, 2, [tag], ["name"])
        assert rows == [{"id": tag, "name": "Tag"}]
        rows[0]["name"] = "changed"
        rows.clear()


def test_a_write_that_is_undone(odoo: FakeOdoo) -> None:
    """Neither its values nor those from before are lost or shown in its place."""
    tag = _tag(odoo)
    for _ in range(TIMES):
        _read(odoo, 2, [tag], ["name"])
    with pytest.raises(ZeroDivisionError), odoo.databases[odoo.db].transaction() as env:
        env["crm.tag"].browse(tag).name = "Undone"
        env.flush()
        raise ZeroDivisionError
    for _ in range(TIMES):
        assert _read(odoo, 2, [tag], ["name"]) == [{"id": tag, "name": "Tag"}]


_WAYS = ("create", "write", "unlink", "undo", "reset", "snapshot", "restore", "nothing")


@given(ways=strategies.lists(strategies.tuples(strategies.sampled_from(_WAYS), strategies.integers(0, 5)), max_size=12))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_in_between(odoo: FakeOdoo, ways: list[tuple[str, int]]) -> None:
    """After any sequence of changes a read answers what the database holds."""
    odoo.reset()
    snapshot = odoo.snapshot()
    ids = [_tag(odoo, f"Tag {number}") for number in range(3)]
    for way, number in ways:
        tags = odoo.env["crm.tag"].browse(ids).exists()
        if way == "create":
            ids = [*dict.fromkeys([*ids, _tag(odoo, f"New {len(ids)} {number}")])]  # after a reset they come again
        elif way == "write":
            tags[number : number + 2].write({"color": 10 + number})
        elif way == "unlink":
            tags[number:].unlink()
        elif way == "undo":
            with pytest.raises(ZeroDivisionError), odoo.databases[odoo.db].transaction() as env:
                env["crm.tag"].browse(tags.ids).write({"color": 9})
                raise ZeroDivisionError
        elif way == "reset":
            odoo.reset()
        elif way == "snapshot":
            snapshot = odoo.snapshot()
        elif way == "restore":
            odoo.restore(snapshot)
        with odoo.databases[odoo.db].transaction() as env:
            expected = env["crm.tag"].browse(ids).read(["name", "color"])
        for _ in range(TIMES):
            assert _read(odoo, 2, ids, ["name", "color"]) == expected
            assert _read(odoo, 2, ids[:1], ["name", "color"]) == [row for row in expected if row["id"] == ids[0]]


def test_more_rows_than_are_kept() -> None:
    """There is an end to what is kept: what comes then takes the place of all the rest."""
    reads = Reads()
    version = object()
    for start in range(0, 15_000, 5_000):
        reads.remember("some", version, {id: (id,) for id in range(start, start + 5_000)})
    assert len(reads.rows("some", version) or ()) == 5_000
    reads.remember("all", version, {id: (id,) for id in range(10_001)})
    assert reads.rows("all", version) is None
    assert reads.rows("some", object()) is None


def test_a_field_that_comes_and_goes(odoo: FakeOdoo) -> None:
    """Models that users change are read as they are then."""
    tag = _tag(odoo)
    model = odoo.env["ir.model"].search([("model", "=", "crm.tag")]).id
    field = odoo.env["ir.model.fields"].create(
        {"name": "x_note", "model_id": model, "ttype": "char", "field_description": "Note"}
    )
    odoo.env["crm.tag"].browse(tag).write({"x_note": "seen"})
    for _ in range(TIMES):
        assert _read(odoo, 2, [tag], ["x_note"]) == [{"id": tag, "x_note": "seen"}]
    odoo.env["crm.tag"].browse(tag).write({"x_note": False})
    field.unlink()
    with pytest.raises(ValueError, match="x_note"):
        _read(odoo, 2, [tag], ["x_note"])


def test_a_stub_in_the_place_of_read(odoo: FakeOdoo) -> None:
    """A stubbed `read` is what answers, until it is removed."""
    tag = _tag(odoo)
    before = [_read(odoo, 2, [tag], ["name"]) for _ in range(TIMES)]
    with odoo.stub("crm.tag", "read", returns=[{"id": 0}]):
        for _ in range(TIMES):
            assert _read(odoo, 2, [tag], ["name"]) == [{"id": 0}]
    assert _read(odoo, 2, [tag], ["name"]) == before[0]


def test_a_reset(odoo: FakeOdoo) -> None:
    """What was there before is gone."""
    tag = _tag(odoo)
    for _ in range(TIMES):
        assert _read(odoo, 2, [tag], ["name"])
    odoo.reset()
    assert _read(odoo, 2, [tag], ["name"]) == []


@pytest.mark.parametrize("context", [{}, {"lang": "en_US", "tz": "Europe/Paris", "uid": 2}, {"lang": False}])
def test_contexts_that_say_no_more(odoo: FakeOdoo, context: dict[str, Any]) -> None:
    """What clients send with every call is no hindrance."""
    tag = _tag(odoo)
    for _ in range(TIMES):
        assert _read(odoo, 2, [tag], fields=["name"], context=context) == [{"id": tag, "name": "Tag"}]
    assert _prepared(odoo) == 1


def test_a_language(odoo: FakeOdoo) -> None:
    """Texts in another language are not prepared; nor is a language that is not there taken."""
    tag = _tag(odoo)
    odoo.env["res.lang"].with_context(active_test=False).search([("code", "=", "fr_FR")]).write({"active": True})
    odoo.env["crm.tag"].with_context(lang="fr_FR").browse(tag).write({"name": "Mot"})
    for _ in range(TIMES):
        assert _read(odoo, 2, [tag], ["name"]) == [{"id": tag, "name": "Tag"}]
        assert _read(odoo, 2, [tag], ["name"], context={"lang": "fr_FR"}) == [{"id": tag, "name": "Mot"}]
        with pytest.raises(Exception, match="Invalid language code"):
            _read(odoo, 2, [tag], ["name"], context={"lang": "xx_XX"})


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        (([1], ["name"], "_classic_read"), {}),
        (([1], ["name"]), {"load": None}),
        (([1],), {}),
        (([], ["name"]), {}),
        ((1, ["name"]), {}),
        (([1.0], ["name"]), {}),
        (([1], ["id"]), {}),
        (([1], ["display_name"]), {}),
        (([1], []), {}),
        (([1], ("name",)), {}),
        (([1],), {"fields": ["name"], "context": {"active_test": False}}),
    ],
)
def test_what_is_not_prepared(odoo: FakeOdoo, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Anything but ids and plain columns is answered the long way, as often as it comes."""
    once = [_read(odoo, 2, *args, **kwargs) for _ in range(TIMES)]
    assert once[0] == once[1] == once[2]
    assert _prepared(odoo) == 0


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        ((), {}),
        (([1], ["name"]), {"fields": ["name"]}),
        (([1], [[]]), {}),
        (([1], ["nonsense"]), {}),
        (([1], ["name"]), {"context": 5}),
        (([[]], ["name"]), {}),
    ],
)
def test_what_fails_fails_again(odoo: FakeOdoo, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Arguments that do not fit raise the same each time."""
    _read(odoo, 2, [1], ["name"])
    for _ in range(TIMES):
        with pytest.raises((TypeError, ValueError, IndexError)):
            _read(odoo, 2, *args, **kwargs)


def test_fields_kept_to_groups_are_not_prepared(odoo: FakeOdoo) -> None:
    """They are asked for the groups each time."""
    call = Call("test", odoo.db, 2, "res.partner", "read", [[1], ["signup_type"]], {})
    for _ in range(TIMES):
        odoo.dispatch.call_kw(call)
    assert _prepared(odoo) == 0


def test_a_fault_sees_every_call(odoo: FakeOdoo) -> None:
    """Faults come before what is prepared."""
    tag = _tag(odoo)
    for _ in range(TIMES):
        _read(odoo, 2, [tag], ["name"])
    odoo.faults.add("error", name="MissingError", model="crm.tag", method="read")
    with pytest.raises(MissingError):
        _read(odoo, 2, [tag], ["name"])
