"""While a stranger's file is read, nothing outside is opened, called, started or written; seen from inside and from below."""

import ast
import contextlib
import os
import re
import shutil
import site
import socket
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import portal
from portal import clock
from portal.documents.engines import keeper, reader
from tests.documents.corpus.odd_pdf import CALLED, CANARY
from tests.proofs.plugin import Proof
from tests.proofs.test_files import chosen

LISTENER = ("127.0.0.1", int(CALLED.decode().split(":")[2].split("/")[0]))
CANARIES = [Path(CANARY.decode() + ending) for ending in ("", ".pickle.gz", ".json.gz", ".gz")]
OURS = tuple(
    str(Path(place).resolve())
    for place in {sys.prefix, sys.base_prefix, *site.getsitepackages(), *Path(portal.__file__).parents[:1], *sys.path}
    if place
)
# What the loader, the clock, OpenSSL and PDFium look at in every file's reading: libraries, zones, settings, fonts.
SYSTEM = (
    "/lib/", "/lib64/", "/usr/lib/", "/etc/ld.so.", "/etc/localtime", "/usr/share/zoneinfo/", "/proc/", "/sys/", "/dev/",
    "/usr/share/fonts", "/usr/share/X11/fonts", "/usr/local/share/fonts", "/opt/pyca/", "/usr/share/locale/",
)  # fmt: skip
WATCHED = """
import os, sys
from portal.documents.engines import child
log = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
FAMILIES = ("socket", "subprocess", "shutil", "urllib", "http", "ftplib", "smtplib", "webbrowser", "pickle", "mmap", "glob")
QUIET = ("os.listdir", "os.scandir", "os.putenv", "os.unsetenv")
def heard(event, args):
    if event == "open" or event.partition(".")[0] in FAMILIES or event.startswith("os.") and event not in QUIET:
        os.write(log, (repr((event, [str(arg)[:300] for arg in args])) + "\\n").encode("utf-8", "replace"))
sys.addaudithook(heard)
job, kind, first, last = sys.argv[1:]
child.main(job, kind, int(first), int(last))
"""
NURSERY = tuple(keeper._PROGRAM)
CALLS = "open,openat,openat2,creat,socket,connect,sendto,execve,unlink,unlinkat,rename,renameat,mkdir,chmod,unshare"
_CALL = re.compile(r'^(\w+)\((?:AT_FDCWD, |\d+, )?(?:"((?:[^"\\]|\\.)*)")?(.*)')


@pytest.fixture
def canaries() -> Iterator[None]:
    """Files that hostile ones name. Nobody has read them: their time of reading is the year 1970."""
    for path in CANARIES:
        path.write_bytes(b"cposix\nsystem\n(S'touch /tmp/portal-canary-sang'\ntR.")
        os.utime(path, (0, clock.now().timestamp()))
    yield
    for path in (*CANARIES, Path("/tmp/portal-canary-sang")):
        path.unlink(missing_ok=True)


@pytest.fixture
def listener() -> Iterator[socket.socket | None]:
    """A socket where hostile files call; None where this user may not have that port."""
    with contextlib.ExitStack() as stack:
        try:
            made = stack.enter_context(socket.create_server(LISTENER))
        except OSError:
            yield None
            return
        made.setblocking(False)
        yield made


def is_ours(path: str, folder: str) -> bool:
    """Whether this is a file of the program itself, of the system's loader, or in the child's own empty folder."""
    full = os.path.normpath(os.path.join(folder, path))
    return full.startswith((*OURS, *SYSTEM, folder)) or full in ("/", "/etc", "/usr")


def audited(log: Path) -> list[str]:
    """What the child did by Python that its own program does not need."""
    strange = []
    for line in log.read_text().splitlines() if log.exists() else ():
        event, args = ast.literal_eval(line)
        reads = event == "open" and not (args[1].strip("'") not in ("r", "rb", "None") or int(args[2]) & 0o103)
        if not (reads and is_ours(args[0], "/nowhere")):
            strange.append(f"{event} {args}")
    return strange


def traced(logs: Iterable[Path]) -> list[str]:
    """What was asked of the kernel, by C libraries too, that the program does not need; one log for each thread.

    The start is left out, and the nursery, by its own execve: neither it nor a child has read a byte of a stranger's before
    the child's walls are up. Any other program is strange.
    """
    strange = []
    for log in logs:
        lines = log.read_text(errors="replace").splitlines()
        if lines and lines[0].startswith("execve(") and NURSERY[-1] in lines[0]:
            continue
        walls = [number for number, line in enumerate(lines) if line.startswith("unshare(")]
        strange += [line for line in lines[walls[0] + 1 if walls else 0 :] if _is_strange(line)]
    return strange


def _is_strange(line: str) -> bool:
    found = _CALL.match(line)
    if found is None:  # +++ exited with 0 +++
        return False
    call, path, rest = found.groups()
    writes = any(flag in rest for flag in ("O_WRONLY", "O_RDWR", "O_CREAT")) and not (path or "").startswith("/dev/")
    return not (call.startswith("open") and path is not None and is_ours(path, "/nowhere") and not writes)


@pytest.mark.proof(
    "Ingen främmande fil når något utanför sig själv.",
    how="every file read in a child with an audit hook, under strace where there is one; canary files and a canary address",
    short={"files": 20},
    full={"files": 1000},
)
def test_no_file_reaches_anything_outside(
    proof: Proof,
    canaries: None,
    listener: socket.socket | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tracer, seen = shutil.which("strace"), {"inside": list[str](), "below": list[str]()}
    files, watched, begun_within_walls = chosen(proof.size("files")), 0, 0
    for number, entry in enumerate(files):
        inside, below, script = (tmp_path / f"{number}.{end}" for end in ("audit", "trace", "py"))
        script.write_text(WATCHED.format(log=str(inside)))
        program = [*NURSERY, str(script)]
        trace = [tracer, "-ff", "-qq", "-e", f"trace={CALLS}", "-e", "signal=none", "-s", "400", "-o", str(below)]
        monkeypatch.setattr(keeper, "_PROGRAM", [*(trace if tracer else ()), *program])
        reader.read_document(entry.make(), name=entry.name)
        watched += inside.exists()  # a file that is refused at the door meets no child
        begun_within_walls += any(
            "unshare(" in log.read_text(errors="replace") for log in tmp_path.glob(f"{number}.trace.*")
        )
        seen["inside"] += [f"{entry.title}: {line}" for line in audited(inside)]
        seen["below"] += [f"{entry.title}: {line}" for line in traced(tmp_path.glob(f"{number}.trace.*"))]
        for log in tmp_path.glob(f"{number}.*"):
            log.unlink()
    read = [path.name for path in CANARIES if path.stat().st_atime != 0]
    called = 0
    with contextlib.suppress(BlockingIOError, AttributeError):
        listener.accept()  # type: ignore[union-attr]
        called = 1
    proof.came_to(files=len(files), watched_from_inside=watched, watched_from_below=begun_within_walls,
                  strange_in_python=len(seen["inside"]), strange_calls_of_the_kernel=len(seen["below"]),
                  traced_by="audit hook and strace" if tracer else "audit hook", canaries_read=len(read), calls=called,
                  canary_listened="yes" if listener else "no")  # fmt: skip
    assert seen == {"inside": [], "below": []}
    assert watched >= len(files) / 2
    assert begun_within_walls == (watched if tracer else 0)
    assert read == []
    assert called == 0
    assert not Path("/tmp/portal-canary-sang").exists()


def test_a_child_that_reached_out_would_be_seen(tmp_path: Path) -> None:
    log = tmp_path / "log"
    lines = [("open", ["/etc/passwd", "r", "0"]), ("open", [f"{sys.prefix}/x", "r", "0"]), ("socket.connect", ["x"]),
             ("open", [f"{sys.prefix}/x", "w", "577"])]  # fmt: skip
    log.write_text("".join(f"{line!r}\n" for line in lines))
    assert [line.split()[0] for line in audited(log)] == ["open", "socket.connect", "open"]
    log.write_text(
        'openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3\n'
        "unshare(CLONE_NEWNET|CLONE_NEWUSER) = 0\n"
        f'openat(AT_FDCWD, "{sys.prefix}/lib/x", O_RDONLY|O_CLOEXEC) = 3\n'
        'openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3\n'
        "socket(AF_INET, SOCK_STREAM, 0) = 4\n"
        'openat(AT_FDCWD, "/lib/x", O_WRONLY|O_CREAT, 0666) = 5\n'
        "+++ exited with 0 +++\n"
    )
    assert [line.split("(")[0] for line in traced([log])] == ["openat", "socket", "openat"]
    log.write_text('execve("/bin/sh", ["sh"], 0x1) = 0\n')
    assert len(traced([log])) == 1
    log.write_text(f'execve("{sys.executable}", ["python", "-I", "-m", "{NURSERY[-1]}", "x.py"], 0x1) = 0\n')
    assert traced([log]) == []
