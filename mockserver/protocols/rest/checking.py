"""Checks the values in a body against the schema that the API's description shows, before a model sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.errors import Unprocessable
from fauxdoo.mockserver.schemas import plain_schema, values_schema

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Checker"]


class Checker:
    """The validators of one registry, made when first needed and kept until its models change."""

    def __init__(self) -> None:
        self._validators: dict[tuple[str, bool], tuple[type, Draft202012Validator]] = {}

    def check(self, env: Environment, model: str, values: Any, *, new: bool) -> None:
        """Raise Unprocessable for values that are not as described; what is missing the model itself tells."""
        for error in self._validator(env, model, new).iter_errors(values):
            pointer = "".join(f"/{step}" for step in error.instance_path)
            raise Unprocessable(f"{pointer or '/'}: {error.message}" if pointer else error.message)

    def _validator(self, env: Environment, model: str, new: bool) -> Draft202012Validator:
        cls = env.registry[model]
        known = self._validators.get((model, new))
        if known is None or known[0] is not cls:
            from jsonschema_rs import Draft202012Validator

            schema = {**values_schema(env, model, new=new)}
            schema.pop("required", None)
            known = self._validators[model, new] = (cls, Draft202012Validator(plain_schema(schema)))
        return known[1]
