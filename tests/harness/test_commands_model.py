"""Command lists against a model of sets, for one2many and many2many fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fauxdoo.harness.strategies import commands
from fauxdoo.mockserver import FakeOdoo

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
LINES = st.fixed_dictionaries({"name": st.sampled_from("abc")})
Children = dict[int, tuple[int, str]]
"""By id, the parent and the name."""


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A server that all of these use."""
    with FakeOdoo(modules=("contacts",)) as odoo:
        yield odoo


def _ordered(found: list[list[Any]]) -> bool:
    """Whether what waits until the end, making and linking, has nothing after it that it would undo."""
    linked: set[int] = set()
    for position, (number, id, payload) in enumerate(found):
        if (number in (5, 6) and position) or (number in (2, 3) and id in linked):
            return False
        linked |= {id} if number == 4 else {*payload} if number == 6 else set()
    return True


def _lines_after(children: Children, parent: int, found: list[list[Any]]) -> tuple[Children, list[str]]:
    """The children after the commands, and the names of new ones."""
    after, new = dict(children), []
    for number, id, payload in found:
        if number == 0:
            new.append(payload["name"])
        elif number == 1 and id in after:
            after[id] = (after[id][0], payload["name"])
        elif number == 2:
            after.pop(id, None)
        elif number == 3 and id in after:
            after[id] = (0, after[id][1])
        elif number == 4 and id in after:
            after[id] = (parent, after[id][1])
        elif number in (5, 6):
            kept = payload if number == 6 else []
            gone = {each for each, (owner, _name) in after.items() if owner == parent and each not in kept}
            after |= {each: (0, after[each][1]) for each in gone}
            after |= {each: (parent, after[each][1]) for each in kept}
    return after, sorted(new)


@settings(QUICK, max_examples=150)
@given(data=st.data())
def test_lines(odoo: FakeOdoo, data: st.DataObject) -> None:
    """Made, changed, deleted, let go, taken from another parent, cleared, replaced."""
    with odoo.transaction() as env:
        partners = env["res.partner"]
        parent, other = partners.create([{"name": "parent"}, {"name": "other"}]).ids
        owners = [parent, parent, other, False]
        made = partners.create([{"name": "x", "parent_id": owner} for owner in owners]).ids
        children: Children = {id: (owner or 0, "x") for id, owner in zip(made, owners, strict=True)}
        found = data.draw(commands(LINES, made).filter(_ordered).filter(lambda each: _alive(each)))
        partners.browse(parent).write({"child_ids": found})
        after, new = _lines_after(children, parent, found)
        rows = partners.browse(made).exists().read(["parent_id", "name"])
        assert {row["id"]: ((row["parent_id"] and row["parent_id"][0]) or 0, row["name"]) for row in rows} == after, (
            found
        )
        mine = partners.search([("parent_id", "=", parent), ("id", "not in", made)])
        assert sorted(mine.mapped("name")) == new, found
        (mine | partners.browse(made).exists()).unlink()
        partners.browse([parent, other]).unlink()


def _alive(found: list[list[Any]]) -> bool:
    """Whether nothing is named after it was deleted, which is an error."""
    deleted: set[int] = set()
    for number, id, payload in found:
        if id in deleted or (number == 6 and deleted & {*payload}):
            return False
        deleted |= {id} if number == 2 else set()
    return True


@QUICK
@given(data=st.data())
def test_tags(odoo: FakeOdoo, data: st.DataObject) -> None:
    """Made, linked, unlinked, cleared, replaced: a set of ids, and new names."""
    with odoo.transaction() as env:
        tags = env["res.partner.category"].create([{"name": name} for name in "abcd"])
        partner = env["res.partner"].create({"name": "x", "category_id": [(6, 0, tags.ids[:2])]})
        found = data.draw(commands(LINES, tags.ids, owned=False).filter(_ordered))
        partner.write({"category_id": found})
        expected, new = set(tags.ids[:2]), []
        for number, id, payload in found:
            if number == 0:
                new.append(payload["name"])
            elif number == 3:
                expected.discard(id)
            elif number == 4:
                expected.add(id)
            else:
                expected = set(payload or [])
        linked = partner.category_id
        assert {id for id in linked.ids if id in tags.ids} == expected, found
        assert sorted((linked - tags).mapped("name")) == sorted(new), found
        partner.unlink()
