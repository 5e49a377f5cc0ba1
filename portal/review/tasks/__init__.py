"""What review does when others tell it something: the panel's invitations and reminders, and what a blind review covers."""

from portal.review.tasks import masking, panel

__all__ = ["masking", "panel"]
