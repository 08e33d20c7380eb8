"""One register of the office's activities: socialisation, guidance, visits, meetings."""
