"""Users, institutions, memberships and roles; sign-up, sign-in and second factor."""
