"""What is done for a candidate's rights, by the candidate and by the office."""
