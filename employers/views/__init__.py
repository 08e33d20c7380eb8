"""The pages of the employers app."""
