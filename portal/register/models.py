"""The counter from which an authority's arrival numbers are taken, one by one and without a gap."""

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class ArrivalCounter(Base):
    """``id`` is the authority's. The row is locked while a number is taken, in the sending's own transaction."""

    __tablename__ = "arrival_counter"

    last_number: Mapped[int] = mapped_column(default=0)
