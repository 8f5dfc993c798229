"""Export targets: regular files are replaced atomically, everything else is written to in place or refused."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from gmetui.errors import FileError
from gmetui.storage import output_file
from gmetui.storage.output_file import is_regular_output, output_path, write_output
from support import is_harmless

needs_posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices with paths")
CONTENT = "Cardiology; Río\n" * 20_000


def read_in_background(path: Path) -> tuple[threading.Thread, list[bytes]]:
    contents: list[bytes] = []
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)

    def read() -> None:
        with os.fdopen(descriptor, "rb") as file:
            contents.append(file.read())

    thread = threading.Thread(target=read)
    return thread, contents


def test_regular_files_are_replaced_and_symbolic_links_are_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "list.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_output(link, CONTENT)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == CONTENT
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(file.name for file in tmp_path.iterdir()) == ["link.csv", "list.csv"]


@needs_posix
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    thread, contents = read_in_background(pipe)
    writer = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)  # so that the reader doesn't see an end before the first byte
    thread.start()
    write_output(pipe, CONTENT)
    os.close(writer)
    thread.join(10)
    assert contents == [CONTENT.encode()]
    assert pipe.is_fifo()


@needs_posix
def test_a_pipe_without_a_reader_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileError, match="no program is reading this pipe"):
        write_output(pipe, CONTENT)
    assert pipe.is_fifo()


@needs_posix
def test_a_reader_that_takes_nothing_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output_file, "_WAIT_LIMIT", 0.1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(FileError, match="its reader takes nothing"):
        write_output(pipe, CONTENT)
    os.close(reader)


@needs_posix
def test_a_reader_that_closes_is_reported(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with pytest.raises(FileError, match="its reader has closed it"):
        write_output(Path(f"/dev/fd/{writer}"), CONTENT)
    os.close(writer)


@needs_posix
def test_devices_stay_devices() -> None:
    write_output(Path("/dev/null"), CONTENT)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_a_full_device_is_reported() -> None:
    with pytest.raises(FileError, match=os.strerror(errno.ENOSPC)):
        write_output(Path("/dev/full"), CONTENT)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


@needs_posix
def test_a_terminal_is_refused() -> None:
    main_end, terminal = os.openpty()
    with pytest.raises(FileError, match="it is a terminal"):
        write_output(Path(os.ttyname(terminal)), CONTENT)
    os.close(main_end)
    os.close(terminal)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs root to make a device")
def test_a_device_node_is_never_replaced(tmp_path: Path) -> None:
    device = tmp_path / "device"
    try:
        os.mknod(device, 0o600 | stat.S_IFCHR, os.makedev(1, 3))
        write_output(device, CONTENT)
    except (PermissionError, FileError) as error:
        pytest.skip(f"no device nodes in a temporary directory here: {error}")
    assert stat.S_ISCHR(device.stat().st_mode)


@needs_posix
@pytest.mark.parametrize("path", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_name(path: str, tmp_path: Path) -> None:
    if path.startswith("/proc") and not Path("/proc/self/fd").is_dir():
        pytest.skip("no /proc")
    code = f"from pathlib import Path; from gmetui.storage.output_file import write_output as w; w(Path({path!r}), 'x')"
    arguments = [sys.executable, "-c", f"{code}; w(Path({path!r}), 'y')"]
    assert subprocess.run(arguments, capture_output=True, check=True).stdout == b"xy"
    file = tmp_path / "list.csv"
    with file.open("wb") as output:
        subprocess.run(arguments, stdout=output, check=True)
    assert file.read_bytes() == b"xy"


def test_what_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_text("x")
    targets = {
        tmp_path: "it is a directory",
        tmp_path / "file" / "list.csv": ".",
        tmp_path / ("a" * 300): "File name too long",
        tmp_path / "loop": "Too many levels of symbolic links",
        tmp_path / "a\0b": "it is not a file name",
    }
    for path, reason in targets.items():
        with pytest.raises(FileError, match=reason) as error:
            write_output(path, CONTENT)
        assert str(error.value).startswith("gmetui: ")
        assert "\n" not in str(error.value)


def test_names_from_users() -> None:
    assert output_path("~/list.csv") == Path.home() / "list.csv"
    reasons = {"~nobody-here/x.csv": "home directory of ~nobody-here", "": "empty", " ": "empty", "\0": "not a"}
    for text, reason in reasons.items():
        with pytest.raises(FileError, match=reason):
            output_path(text)


@pytest.mark.parametrize("name", ["", " ", "\t\n", "a\0b.csv", "~nobody-has-this-name/x.csv"])
def test_what_cannot_be_a_file_name_is_refused(name: str) -> None:
    with pytest.raises(FileError) as refusal:
        output_path(name)
    assert is_harmless(str(refusal.value), lines=False)


@pytest.mark.parametrize("name", ["/", ".", "..", "~", "./", "sub/..", "x" * 300, "x" * 300 + "/x.csv"])
def test_targets_that_cannot_be_written_are_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileError) as refusal:
        write_output(output_path(name), CONTENT)
    assert is_harmless(str(refusal.value), lines=False)
    assert sorted(tmp_path.rglob("*")) == before


@needs_posix
@pytest.mark.parametrize(
    "name", ["con", "nul.csv", "two\nlines.csv", "\x1b]52;c;cA==\x07.csv", "-x.csv", " .csv", "日本.csv"]
)
def test_odd_names_that_are_files_are_written(name: str, tmp_path: Path) -> None:
    path = output_path(str(tmp_path / name))
    write_output(path, CONTENT)
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert path.read_text(encoding="utf-8") == CONTENT


def test_names_of_devices_are_refused_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output_file, "_IS_WINDOWS", True)
    refused = ("con", "NUL.csv", "lists/com1.txt", "aux .csv", "CONOUT$", "lpt0.ics")
    for name in (*refused, "list.csv.", "list ", "list.csv:stream", "a<b.csv", 'say "hi".csv', "what?.csv"):
        with pytest.raises(FileError):
            output_path(name)
    for name in ("console.csv", "com.csv", "con/list.csv", "..", ".list.csv", "Río 1.csv"):
        assert output_path(name) == Path(name)


def test_a_folder_is_made_only_on_request(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "list.csv"
    with pytest.raises(FileError, match="there is no folder"):
        write_output(path, CONTENT)
    assert not (tmp_path / "new").exists()
    write_output(path, CONTENT, makes_folders=True)
    assert path.read_text(encoding="utf-8") == CONTENT


@needs_posix
def test_what_is_a_regular_file(tmp_path: Path) -> None:
    pipe, file, link = tmp_path / "pipe", tmp_path / "list.csv", tmp_path / "link.csv"
    os.mkfifo(pipe)
    file.touch()
    link.symlink_to(file)
    assert [path for path in (pipe, file, link, tmp_path / "new.csv") if is_regular_output(path)] == [
        file,
        link,
        tmp_path / "new.csv",
    ]
    assert not any(map(is_regular_output, (Path("/dev/null"), Path("/dev/stdout"), Path("/dev/fd/63"), tmp_path)))
