"""Printed papers of the performance report."""
