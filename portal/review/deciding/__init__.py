"""Whoever decides: their answers about jäv."""
