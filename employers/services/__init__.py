"""The writes of the employers app."""
