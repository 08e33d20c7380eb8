"""Printed papers of the job seekers' room."""
