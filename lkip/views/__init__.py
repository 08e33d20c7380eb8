"""Pages of the performance report."""
