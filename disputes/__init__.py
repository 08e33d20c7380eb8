"""Industrial disputes (PPHI): cases, their legal clock, and how they end."""
