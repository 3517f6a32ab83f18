"""The answer claims to be something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Scene

__all__ = ["ContentType"]


@dataclass(slots=True)
class ContentType(Fault):
    """The body is as always, its `Content-Type` is `value`."""

    key: ClassVar[str] = "content_type"
    value: str = "text/html; charset=utf-8"

    def __post_init__(self) -> None:
        if not self.value.isascii() or not self.value.isprintable():
            raise ValueError("a content type is printable ASCII")

    def after(self, scene: Scene) -> None:
        scene.delivery.content_type = self.value
