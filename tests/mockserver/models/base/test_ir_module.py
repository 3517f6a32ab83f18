"""Modules as records."""

from __future__ import annotations

from fauxdoo.mockserver.orm.environment import Environment


def test_installed_modules(env: Environment) -> None:
    """Those of the recordings are installed, others known (recorded in meta/ir-module)."""
    found = env["ir.module.module"].search([("name", "in", ["sale", "website"])], order="name")
    assert found.mapped("state") == ["installed", "uninstalled"]
    assert found[0].shortdesc == "Sales"
