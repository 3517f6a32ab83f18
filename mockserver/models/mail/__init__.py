"""Messages, followers, activities and aliases."""
