"""What the pages of the register and of the requests read."""
