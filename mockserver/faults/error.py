"""The call fails with an error of Odoo's, before anything happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver import errors
from fauxdoo.mockserver.faults.base import Fault, Scene
from fauxdoo.mockserver.stores.base import SerializationFailure

__all__ = ["ErrorFault"]

_ERRORS: dict[str, type[errors.OdooError]] = {
    kind.__name__: kind
    for kind in (
        errors.UserError,
        errors.AccessDenied,
        errors.AccessError,
        errors.LockError,
        errors.MissingError,
        errors.ValidationError,
        SerializationFailure,
    )
}


@dataclass(slots=True)
class ErrorFault(Fault):
    """`name` is the error's class; SerializationFailure is what a client gets once Odoo gave up trying again."""

    key: ClassVar[str] = "error"
    name: str = "UserError"
    message: str = "A fault that the test set"

    def __post_init__(self) -> None:
        if self.name not in _ERRORS:
            raise ValueError(f"no error {self.name!r}; there are: {', '.join(sorted(_ERRORS))}")

    def before(self, scene: Scene) -> None:
        raise _ERRORS[self.name](self.message)
