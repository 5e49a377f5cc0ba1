"""How migrations reach the database: as its owner, one transaction per migration; then the application's role is let in."""

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, inspect, make_url, text

from portal.row_security import grants
from portal.tables import metadata

url = current_app.config["SQLALCHEMY_OWNER_URL"]
application_role = make_url(current_app.config["SQLALCHEMY_ENGINES"]["default"]).username


def run_migrations() -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        separate = connection.dialect.name == "postgresql" and application_role != make_url(url).username
        if separate and inspect(connection).has_table("audit_line"):
            for statement in grants(str(application_role)):
                connection.execute(text(statement))
            connection.commit()
    engine.dispose()


run_migrations()
