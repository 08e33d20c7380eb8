"""The pages of the disputes app."""
