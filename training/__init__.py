"""Training: providers, programmes, cohorts, who took part, with what result and certificate."""
