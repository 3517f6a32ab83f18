"""Behaviour classes take the place of the ORM's own methods only where that is meant."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import fauxdoo.mockserver.models as behaviours
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.orm.model import BaseModel, Definition, definitions

HOOKS = {
    "_base_records",
    "_check_exist",
    "_compute_display_name",
    "_kept_from_user",
    "_is_there_for_good",
    "_search_display_name",
    "_table_query",
}
"""What the ORM has for others to replace; all other methods go on by `super()`."""
OF_MIXINS = {"_follow_assigned"}
"""What mixins have for their models to replace, besides what computes, searches and sets fields."""
FOR_FIELDS = ("_compute_", "_search_", "_inverse_", "_default_")

DEFINITIONS = definitions([behaviours.__name__])


def _function(member: Any) -> Any:
    member = member.fget if isinstance(member, property) else member
    return getattr(member, "__func__", member)


OWN = {
    name
    for cls in BaseModel.__mro__
    for name, member in vars(cls).items()
    if name.startswith("_") and not name.startswith("__") and inspect.isfunction(_function(member))
}


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.cls.__qualname__)
def test_a_helper_does_not_hide_a_method_of_the_orm(definition: Definition) -> None:
    """One that has the same name by chance would break whatever asks for the other, of models far away."""
    for name, member in vars(definition.cls).items():
        if name in OWN - HOOKS:
            source = inspect.getsource(_function(member))
            assert f"super().{name}(" in source, (
                f"{definition.cls.__qualname__}.{name} hides the ORM's: name it otherwise"
            )


def _goes_on(function: Any) -> bool:
    return f"super().{function.__name__}(" in inspect.getsource(function)


def test_a_helper_does_not_hide_one_of_a_mixin() -> None:
    """Of the classes that make up a model, each calls by `super()` what it overrides of the others."""
    with FakeOdoo() as odoo:
        registry = odoo.databases[odoo.db].registry
        hidden = set()
        for model in registry.behaving():
            classes = [cls for cls in registry[model].__mro__ if cls.__module__.startswith(behaviours.__name__)]
            for place, cls in enumerate(classes):
                for name, member in vars(cls).items():
                    function = _function(member)
                    if not name.startswith("_") or name.startswith(("__", *FOR_FIELDS)) or name in HOOKS | OF_MIXINS:
                        continue
                    below = [other.__qualname__ for other in classes[place + 1 :] if name in vars(other)]
                    if below and inspect.isfunction(function) and not _goes_on(function):
                        hidden.add(f"{cls.__qualname__}.{name} hides that of {below[0]}: name it otherwise")
    assert not hidden
