"""The ledger written: what ads and employments claim, and what the authority decides."""
