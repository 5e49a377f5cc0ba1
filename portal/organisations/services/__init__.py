"""Founding authorities and parties; inviting people, ending their memberships, letting them in."""
