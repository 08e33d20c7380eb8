"""Reads a performance report that was written elsewhere and lists where it contradicts itself."""
