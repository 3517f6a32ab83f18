"""The admin API under /_fauxdoo/."""
