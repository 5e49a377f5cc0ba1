"""The verbs of the first days' checklist."""
