"""Records as rows of cells."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import MissingError, UserError
from fauxdoo.mockserver.orm.environment import Environment


@pytest.fixture
def company(env: Environment) -> Any:
    """A company with two contacts, two tags and an xmlid."""
    tags = env["res.partner.category"].create([{"name": "T1"}, {"name": "T2"}])
    lines = [(0, 0, {"name": "K1"}), (0, 0, {"name": "K2", "email": "k2@ex.com"})]
    values = {"name": "Co", "is_company": True, "country_id": env.ref("base.be").id, "child_ids": lines}
    company = env["res.partner"].create([{**values, "category_id": [(6, 0, tags.ids)]}])
    env["ir.model.data"].create([{"module": "shop", "name": "co", "model": "res.partner", "res_id": company.id}])
    return company


@pytest.mark.parametrize(
    ("paths", "rows"),
    [
        (["id", "name", "country_id", "country_id/id"], [["shop.co", "Co", "Belgium", "base.be"]]),
        (["country_id/.id", "country_id/code"], [["20", "BE"]]),
        (["name", "child_ids/name", "child_ids/email"], [["Co", "K1", ""], ["", "K2", "k2@ex.com"]]),
        (["name", "child_ids"], [["Co", "Co, K1"], ["", "Co, K2"]]),
        (["category_id"], [["T1,T2"]]),
        (["category_id/.id"], [["T1,T2"]]),
        (["is_company", "color", "email", "parent_id", "type"], [[True, 0, "", "", "Contact"]]),
        ([], [[]]),
    ],
)
def test_cells(company: Any, paths: list[str], rows: list[list[Any]]) -> None:
    """Related records by path, lines in rows of their own (recorded in io/export-data)."""
    assert company.export_data(paths) == {"datas": rows}


def test_an_exported_id_is_kept(env: Environment, company: Any) -> None:
    """A record without an xmlid gets one that stays."""
    kid = company.child_ids[:1]
    xmlid = kid.export_data(["id"])["datas"][0][0]
    assert xmlid.startswith("__export__.res_partner_")
    assert env.ref(xmlid) == kid


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("no_such", "Invalid field 'no_such' on 'res.partner'"),
        ("country_id/no_such", "Invalid field 'no_such' on 'res.country'"),
    ],
)
def test_unknown_fields(company: Any, path: str, message: str) -> None:
    """The error names the model at the end of the path."""
    with pytest.raises(ValueError, match=message):
        company.export_data([path])


def test_missing_records_and_missing_rights(env: Environment) -> None:
    """Neither is exported."""
    with pytest.raises(MissingError):
        env["res.partner"].browse(999999999).export_data(["name"])
    user = env["res.users"].create([{"name": "U", "login": "u"}])
    group = env.ref("base.group_allow_export")
    if group in user.all_group_ids:
        env.ref("base.group_user").write({"implied_ids": [(3, group.id)]})
    with pytest.raises(UserError, match="You don't have the rights to export data"):
        env(user=user.id, su=False)["res.partner"].browse(1).export_data(["name"])
