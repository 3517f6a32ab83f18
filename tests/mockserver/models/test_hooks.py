"""Behaviour classes take the place of the ORM's own methods only where that is meant."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import fauxdoo.mockserver.models as behaviours
from fauxdoo.mockserver.orm.model import BaseModel, Definition, definitions

HOOKS = {
    "_base_records",
    "_check_exist",
    "_compute_display_name",
    "_kept_from_user",
    "_search_display_name",
    "_table_query",
}
"""What the ORM has for others to replace; all other methods go on by `super()`."""

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
