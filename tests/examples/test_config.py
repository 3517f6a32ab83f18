from dataclasses import replace

import pytest


@pytest.fixture(scope="module")
def odoo_config(odoo_config):
    """Every test of this module has a German database; the rest is as the command line says."""
    return replace(odoo_config, lang="de_DE", db="shop")


def test_language(odoo):
    """The administrator speaks it."""
    assert (odoo.db, odoo.env.user.lang) == ("shop", "de_DE")


@pytest.mark.fauxdoo(modules="sale")
def test_without_purchases(odoo):
    """A client is told that the app is not installed."""
    assert "purchase.order" not in odoo.env


def test_from_one_to_another(odoo, make_odoo):
    """Two systems at once, each on its own port."""
    subsidiary = make_odoo(db="subsidiary", demo=True)
    for partner in subsidiary.env["res.partner"].search([("city", "=", "Berlin"), ("is_company", "=", True)]):
        odoo.env["res.partner"].create({"name": partner.name})
    assert odoo.env["res.partner"].search_count([("name", "like", "Kettenhof")]) == 1
