"""Printed papers of the office: one look, fonts embedded, tagged, the same bytes for the same content."""
