"""What forms and lists save."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_form_creates_and_writes(env: Any) -> None:
    """`web_save` of nothing creates, of records writes; it answers what the specification asks of them."""
    [made] = env["res.partner"].web_save({"name": "S"}, {"name": {}})
    partner = env["res.partner"].browse(made["id"])
    assert partner.web_save({"city": "Ghent"}, {"city": {}}) == [{"id": partner.id, "city": "Ghent"}]
    other = env["res.partner"].create([{"name": "Other"}])
    assert partner.web_save({}, {"name": {}}, other.id) == [{"id": other.id, "name": "Other"}]


def test_a_list_saves_each_row(env: Any) -> None:
    """`web_save_multi` takes a dictionary per record, and no other number of them."""
    partners = env["res.partner"].create([{"name": "A"}, {"name": "B"}])
    saved = partners.web_save_multi([{"color": 1}, {"color": 2}], {"color": {}})
    assert [row["color"] for row in saved] == [1, 2]
    with pytest.raises(ValueError, match="corresponding vals entry"):
        partners.web_save_multi([{"color": 1}], {})


def test_records_are_numbered(env: Any) -> None:
    """`web_resequence` numbers in the order of the ids; a model without the field answers nothing."""
    stages = env["crm.stage"].create([{"name": "A"}, {"name": "B"}])
    rows = stages[::-1].web_resequence({"sequence": {}}, offset=5)
    assert rows == [{"id": stages[1].id, "sequence": 5}, {"id": stages[0].id, "sequence": 6}]
    assert stages.web_resequence({"name": {}}, "nope") == []
