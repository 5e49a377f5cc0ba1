"""What interviews read: times and bookings, guide and cards, references."""
