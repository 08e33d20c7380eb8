"""What the office tells people: the outbox for e-mail, and notices on their own pages."""
