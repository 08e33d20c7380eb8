"""The pages of the training app."""
