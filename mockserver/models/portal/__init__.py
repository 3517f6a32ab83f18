"""What portal users see: the page of each document."""

from fauxdoo.mockserver.models.portal import portal_mixin

__all__ = ["portal_mixin"]
