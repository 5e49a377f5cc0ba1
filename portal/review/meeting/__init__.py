"""The meeting in which a panel agrees: agenda, joint texts, order, votes, minutes."""
