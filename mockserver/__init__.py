"""A fake Odoo that an integration cannot tell from the real one."""
