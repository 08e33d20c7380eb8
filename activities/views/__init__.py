"""The pages of the activities app."""
