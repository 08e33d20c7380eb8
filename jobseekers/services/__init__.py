"""The writes of the job seekers' room."""
