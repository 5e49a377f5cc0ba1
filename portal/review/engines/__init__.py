"""What review has made by others' programs: the minutes as PDF."""
