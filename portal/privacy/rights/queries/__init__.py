"""What a candidate's rights are decided by, and what there is of them to be copied."""
