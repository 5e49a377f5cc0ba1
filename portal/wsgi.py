"""What a WSGI server loads: ``portal.wsgi:app``."""

from portal.starting import looking_for_no_garbage

with looking_for_no_garbage():
    from portal.factory import create_app

    app = create_app()
    with app.app_context():
        app.extensions["assets"].refresh()  # or each thread would at its first page
