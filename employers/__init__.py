"""Companies, what they report each year, their foreign workers and their vacancies."""
