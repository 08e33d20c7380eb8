"""The writes of the disputes app."""
