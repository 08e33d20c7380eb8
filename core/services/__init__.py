"""Writes of the kernel that a person makes."""
