"""The pages of the placement ledger."""
