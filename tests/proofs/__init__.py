"""Proofs: tests that end in a figure. A short form runs with the slow tests, the full one by ``python -m tests.proofs``."""
