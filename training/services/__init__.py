"""The writes of the training app."""
