"""Reading the budget table of another system: layout, amounts, tree, contradictions. Nothing here writes."""
