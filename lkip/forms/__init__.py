"""Forms of the performance report."""
