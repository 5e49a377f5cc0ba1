"""Diary numbers, records made when a matter closes, and requests answered."""
