"""The shortest way through the whole: a record is made, found, changed and deleted."""

from __future__ import annotations

from fauxdoo.contracts import Catalogue
from fauxdoo.mockserver.clock import Clock
from fauxdoo.mockserver.databases import Database
from fauxdoo.mockserver.orm.registry import Registry
from fauxdoo.mockserver.settings import Settings
from fauxdoo.mockserver.stores import open_store


def test_a_partner_lives_from_create_to_unlink() -> None:
    """A partner made in one transaction is found, changed and deleted in it."""
    database = Database("test", open_store(), Registry(Catalogue.odoo_19()), Settings(), Clock())
    with database.transaction() as env:
        partner = env["res.partner"].create({"name": "Azure", "category_id": [(0, 0, {"name": "Gold"})]})
        partner.write({"city": "Ghent"})
        assert partner.read(["name", "city"]) == [{"id": partner.id, "name": "Azure", "city": "Ghent"}]
        assert partner.category_id.name == "Gold"
        assert partner.unlink() is True
        assert not partner.exists()
