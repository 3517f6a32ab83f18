"""Messages, followers, activities and aliases."""

from fauxdoo.mockserver.models.mail import mail_alias_mixin, mail_thread

__all__ = ["mail_alias_mixin", "mail_thread"]
