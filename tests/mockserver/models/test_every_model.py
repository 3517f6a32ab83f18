"""What every model answers, simulated or not."""

from __future__ import annotations

import pytest

from fauxdoo.contracts import Catalogue
from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.orm.environment import Environment

MODELS = [name for name, facts in Catalogue.odoo_19().index["models"].items() if not facts["abstract"]]
WIZARDS = ("account.payment.register",)
"""Models whose forms only open on other records."""


@pytest.mark.parametrize("initial", sorted({name.partition(".")[0] for name in MODELS}))
def test_search_read(env: Environment, initial: str) -> None:
    """Every model of an app can be searched in its own order and read with all its fields."""
    for name in MODELS:
        if name.partition(".")[0] == initial:
            assert len(env[name].search_read([], limit=2)) <= 2


@pytest.mark.parametrize("initial", sorted({name.partition(".")[0] for name in MODELS}))
def test_a_form_that_opens(env: Environment, initial: str) -> None:
    """A form with all fields of a model opens on a new record, counts of other records included, or is refused."""
    admin = env(user=2, su=False)
    for name in MODELS:
        if name.partition(".")[0] == initial and name not in WIZARDS:
            model = admin[name]
            spec = {field: {} for field in model.fields_get()}
            if model.has_access("create"):
                assert model.onchange({}, [], spec)["value"].keys() == spec.keys() - {"id"}
            else:
                with pytest.raises(AccessError):
                    model.onchange({}, [], spec)


def test_base_records_hold_defaults(env: Environment) -> None:
    """A required column that the catalogue's record leaves out has the field's default, as in any database."""
    action = env["ir.actions.act_window"].search([], limit=1)
    assert (action.type, action.binding_type) == ("ir.actions.act_window", "action")
    version = env["hr.version"].search([], limit=1)
    assert (version.marital, str(version.date_version)) == ("single", "2025-09-15")
    job = env["ir.cron"].search([], limit=1)
    assert job.copy().binding_type == "action"
