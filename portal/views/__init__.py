"""Public pages, role homes and the search box."""
