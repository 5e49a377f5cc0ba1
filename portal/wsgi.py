"""What a WSGI server loads: ``portal.wsgi:app``."""

from portal.factory import create_app

app = create_app()
