"""The base: a bare Flask application without session, CSRF, log-in or headers. A floor to measure from, not a product.

A 21 KB page by Jinja; a list of 1,000 rows (135 KB) from one joined query; an upload to disk with one row and a redirect.
"""

import os
import sqlite3
import uuid
from pathlib import Path

from flask import Flask, redirect, render_template, request
from werkzeug.wrappers import Response

FOLDER = Path(os.environ["BENCH_BASE_FOLDER"])
ROWS, SCORES_EACH, PARTS = 1000, 5, 78
_TEXT = "Den som får arbetet skriver tal och debattartiklar och läser handlingar inför nämndens möten. " * 2

app = Flask(__name__)


@app.get("/")
def page() -> str:
    parts = [
        {"heading": f"Rubrik {n}", "text": _TEXT[:150], "address": f"/lank/{n}", "link": f"Läs mer om del {n}"}
        for n in range(PARTS)
    ]
    return render_template("page.html", title="Politisk sekreterare på heltid", parts=parts)


@app.get("/list")
def listed() -> str:
    with _database() as database:
        rows = database.execute(
            "SELECT a.id, a.name, a.state, a.arrived, count(s.step) AS scores, avg(s.step) AS mean FROM application a "
            "JOIN score s ON s.application_id = a.id GROUP BY a.id ORDER BY mean DESC, a.name"
        ).fetchall()
    return render_template("list.html", rows=rows)


@app.post("/apply")
def apply() -> Response:
    name = uuid.uuid4().hex
    request.files["cv"].save(FOLDER / name)
    with _database() as database:
        database.execute("INSERT INTO upload (name, sender) VALUES (?, ?)", (name, request.form["name"]))
    return redirect("/thanks", 303)


def _database() -> sqlite3.Connection:
    database = sqlite3.connect(FOLDER / "base.db", timeout=10)
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    return database


def fill() -> None:
    """Make the tables and their rows, once."""
    with _database() as database:
        database.executescript(
            "CREATE TABLE application (id INTEGER PRIMARY KEY, name TEXT, state TEXT, arrived TEXT);"
            "CREATE TABLE score (application_id INTEGER, step INTEGER);"
            "CREATE INDEX score_of ON score (application_id);"
            "CREATE TABLE upload (id INTEGER PRIMARY KEY, name TEXT, sender TEXT);"
        )
        database.executemany(
            "INSERT INTO application VALUES (?, ?, 'sent', '2026-12-01 10.00')",
            [(n, f"Sökande Efternamn {n}") for n in range(1, ROWS + 1)],
        )
        scores = [(n, (n + k) % 4) for n in range(1, ROWS + 1) for k in range(SCORES_EACH)]
        database.executemany("INSERT INTO score VALUES (?, ?)", scores)
