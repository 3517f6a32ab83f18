"""Records that are not saved."""

from __future__ import annotations

from typing import Any


def test_values_are_computed_anew(env: Any) -> None:
    """What follows a value of a new record is computed again when that value changes."""
    partner = env["res.partner"].new({"name": "A"})
    assert partner.display_name == "A"
    partner.name = "B"
    assert partner.display_name == "B"
    assert not partner.id


def test_a_new_record_stands_for_a_saved_one(env: Any) -> None:
    """It has the saved record's values until they are changed, and the saved record keeps its own."""
    saved = env["res.partner"].create([{"name": "A", "city": "Ghent", "child_ids": [(0, 0, {"name": "Kid"})]}])
    draft = saved.new({"name": "B"}, origin=saved.id)
    assert (draft.name, draft.city, draft._origin) == ("B", "Ghent", saved)
    assert draft.child_ids.parent_id == draft
    assert saved.name == "A"


def test_defaults(env: Any) -> None:
    """A field that was not given has its default."""
    assert env["res.partner"].new({}).type == "contact"


def test_commands_make_lines_in_memory(env: Any) -> None:
    """Lines know their parent; nothing is saved."""
    before = env["res.partner"].search_count([])
    partner = env["res.partner"].new({"name": "A", "child_ids": [(0, "virtual_1", {"name": "Kid"})]})
    assert partner.child_ids.name == "Kid"
    assert partner.child_ids.parent_id == partner
    assert partner.child_ids._ids[0].ref == "virtual_1"
    assert env["res.partner"].search_count([]) == before
