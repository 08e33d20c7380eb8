"""Pages of the job seekers' room."""
