"""Modules as records."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.orm.environment import Environment


def test_installed_modules(env: Environment) -> None:
    """Those of the recordings are installed, others known (recorded in meta/ir-module)."""
    found = env["ir.module.module"].search([("name", "in", ["sale", "website"])], order="name")
    assert found.mapped("state") == ["installed", "uninstalled"]
    assert found[0].shortdesc == "Sales"


def test_what_is_installed_can_be_installed_again(env: Environment) -> None:
    """Clients make sure of a module that way; one that is not there is refused rather than taken for done."""
    modules = env["ir.module.module"]
    sale, website = (modules.search([("name", "=", name)]) for name in ("sale", "website"))
    assert sale.button_immediate_install() == sale.button_immediate_upgrade()
    with pytest.raises(NotImplementedError, match="website"):
        (sale | website).button_immediate_install()
