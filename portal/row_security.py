"""PostgreSQL's own wall: row level security on every scoped table, forced on the owner too.

Used by migrations. The application's role must neither own the tables nor be able to bypass them; `portal check` says so.
"""

_SCOPE_ID = "nullif(current_setting('portal.scope_id', true), '')::uuid"
_KIND = "current_setting('portal.scope_kind', true)"


def statements(table: str, candidate_column: str | None) -> tuple[str, ...]:
    """What shuts one table: staff of the party, the controller's authority from its step on, the row's own candidate."""
    rule = (
        f"({_KIND} = 'party' AND party_id = {_SCOPE_ID})"
        f" OR ({_KIND} = 'authority' AND controller_id = {_SCOPE_ID} AND with_authority)"
    )
    if candidate_column is not None:
        rule += f" OR ({_KIND} = 'candidate' AND {candidate_column} = {_SCOPE_ID})"
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY scope ON {table} USING ({rule}) WITH CHECK ({rule})",
    )


def statements_of_authority(table: str) -> tuple[str, ...]:
    """What shuts a table that tells of parties and that their authority alone writes: a party reads its own rows."""
    writes = f"{_KIND} = 'authority' AND controller_id = {_SCOPE_ID} AND with_authority"
    reads = f"({_KIND} = 'party' AND party_id = {_SCOPE_ID}) OR ({writes})"
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY scope ON {table} USING ({reads}) WITH CHECK ({writes})",
        f"CREATE POLICY taken_away_by_authority ON {table} AS RESTRICTIVE FOR DELETE USING ({writes})",
    )


def grants(role: str) -> tuple[str, ...]:
    """What the application's role may do: rows, never the tables themselves; audit lines are only read and added."""
    return (
        f'GRANT USAGE ON SCHEMA public TO "{role}"',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"',
        f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
        f'REVOKE UPDATE, DELETE ON audit_line FROM "{role}"',
    )
