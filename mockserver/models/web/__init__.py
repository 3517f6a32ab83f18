"""What the web client asks of every model, and connectors with it."""

from fauxdoo.mockserver.models.web import reading

__all__ = ["reading"]
