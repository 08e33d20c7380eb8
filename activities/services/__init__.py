"""The writes of the activities app."""
