"""Tags of contacts."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment


def test_tags_show_their_path_and_are_found_by_its_last_part(env: Environment) -> None:
    """What is below a tag found by a part of its name is found too (recorded in crud/name-search-others)."""
    top = env["res.partner.category"].create([{"name": "zq Top", "child_ids": [(0, 0, {"name": "zq Sub"})]}])
    sub = top.child_ids
    assert sub.display_name == "zq Top / zq Sub"
    assert env["res.partner.category"].name_search("zq Top") == [(sub.id, sub.display_name), (top.id, "zq Top")]
    assert env["res.partner.category"].name_search("zq Sub", operator="=") == [(sub.id, sub.display_name)]
    assert env["res.partner.category"].name_search("zq Top / zq Sub") == []


def test_trees_have_no_loops(env: Environment) -> None:
    """A tag is not below itself."""
    tag = env["res.partner.category"].create([{"name": "A"}])
    with pytest.raises(UserError, match="Recursion Detected"):
        tag.write({"parent_id": tag.id})
