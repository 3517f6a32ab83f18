"""The two Odoos that are served: that of the guide and the one that was measured; here stands where they conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from fauxdoo.mockserver.errors import AccessDenied, AccessError, MissingError, SessionExpired, ValidationError

__all__ = ["DIALECTS", "GUIDE", "ODOO", "Dialect"]

_REQUIRED = ("Missing required value for the field", "Contacts require a name")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a dialect can do; code asks for the capability, never for the name."""

    name: str
    error_codes: Mapping[type[BaseException], int] = field(default_factory=dict)
    """JSON-RPC's `error.code` by class of error; the first class that fits counts."""
    default_code: int = 0
    required_code: int | None = None
    """`error.code` where a required field is missing, None for that of any ValidationError."""
    not_found_code: int = 404
    bearer_everywhere: bool = False
    """API keys are taken as bearer by `/jsonrpc` and `/web/dataset/call_kw` too."""
    rest: bool = False
    signed_webhooks: bool = False
    guide_methods: bool = False
    """Methods that only the guide knows exist."""

    def error_code(self, error: BaseException) -> int:
        """JSON-RPC's `error.code`."""
        if self.required_code is not None and _misses_a_field(error):
            return self.required_code
        for kind, code in self.error_codes.items():
            if isinstance(error, kind):
                return code
        return self.default_code


def _misses_a_field(error: BaseException) -> bool:
    return isinstance(error, ValidationError) and any(text in str(error) for text in _REQUIRED)


GUIDE = Dialect(
    name="guide",
    error_codes=MappingProxyType({AccessDenied: 200, AccessError: 200, MissingError: 300}),
    default_code=100,
    required_code=304,
    not_found_code=100,
    bearer_everywhere=True,
    rest=True,
    signed_webhooks=True,
    guide_methods=True,
)

ODOO = Dialect(name="odoo", error_codes=MappingProxyType({SessionExpired: 100}))

DIALECTS: Mapping[str, Dialect] = MappingProxyType({dialect.name: dialect for dialect in (GUIDE, ODOO)})
