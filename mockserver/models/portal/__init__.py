"""What portal users see: the page of each document."""

from fauxdoo.mockserver.models.portal import portal_mixin, portal_wizard

__all__ = ["portal_mixin", "portal_wizard"]
