"""The further parts of the decision file, in the order of what happened."""

from portal.decisions.queries.parts import reviewed, met, interviewed, decided, noted  # noqa: I001, F401 the order is the file's
