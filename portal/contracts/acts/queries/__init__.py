"""Acts read: their rows and what stands of them, and what a notice goes by."""
