#!/usr/bin/env python3
"""Speaks the Language Server Protocol with a program: times, memory, and what becomes of clients that vanish.

usage: session.py PROGRAM FOLDER
FOLDER is a site; its longest page with findings is edited. Nothing is written to it.
"""

import json
import os
import pathlib
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

WAIT = 20


class Client:
    """A client that is sent diagnostics."""

    def __init__(self, program, folder):
        self.process = subprocess.Popen([program, "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.folder, self.count, self.version = pathlib.Path(folder).resolve(), 0, 1
        self.answers, self.published, self.changed = {}, {}, threading.Condition()
        threading.Thread(target=self.listen, daemon=True).start()
        root = self.folder.as_uri()
        capabilities = {
            "general": {"positionEncodings": ["utf-8"]},
            "textDocument": {"publishDiagnostics": {"versionSupport": True}},
        }
        folders = [{"uri": root, "name": "site"}]
        self.request("initialize", {"processId": os.getpid(), "rootUri": root, "capabilities": capabilities, "workspaceFolders": folders})
        self.notify("initialized", {})

    def listen(self):
        out = self.process.stdout
        while True:
            length = 0
            while line := out.readline().strip():
                name, value = line.split(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                return
            message = json.loads(out.read(length))
            with self.changed:
                if "id" in message and "method" not in message:
                    self.answers[message["id"]] = message
                elif message.get("method") == "textDocument/publishDiagnostics":
                    self.published[message["params"]["uri"]] = message["params"]
                self.changed.notify_all()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def request(self, method, params):
        self.count += 1
        self.send({"id": self.count, "method": method, "params": params})
        with self.changed:
            assert self.changed.wait_for(lambda: self.count in self.answers, WAIT), f"no answer to {method}"
            return self.answers.pop(self.count).get("result")

    def uri(self, path):
        return (self.folder / path).as_uri()

    def open(self, path, text):
        self.version += 1
        document = {"uri": self.uri(path), "languageId": "markdown", "version": self.version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return self.diagnostics(path)

    def change(self, path, changes):
        self.version += 1
        document = {"uri": self.uri(path), "version": self.version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})
        return self.diagnostics(path)

    def diagnostics(self, path):
        """Those of the newest text."""
        uri = self.uri(path)
        with self.changed:
            is_new = lambda: self.published.get(uri, {}).get("version") == self.version
            assert self.changed.wait_for(is_new, WAIT), f"no diagnostics of {path}"
            return self.published[uri]["diagnostics"]

    def peak(self):
        """The most memory that the server ever had, in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

    def end(self):
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(WAIT)


def p95(times):
    return statistics.quantiles(times, n=20)[18] if len(times) > 1 else times[0]


def longest_page(client, folder):
    pages = sorted(folder.rglob("*.md"), key=lambda page: -page.stat().st_size)
    for page in pages:
        path = page.relative_to(folder)
        text = page.read_text(errors="replace")
        if client.open(path, text):
            return path, text
    raise SystemExit("no page of the folder has findings")


def measure(program, folder):
    client = Client(program, folder)
    path, text = longest_page(client, client.folder)
    body = text.split("---\n", 2)[-1]
    first = text[: len(text) - len(body)].count("\n")
    lines = text.count("\n")
    numbers, edits = random.Random(1), []
    for _ in range(200):
        place = {"line": numbers.randrange(first + 1, lines), "character": 0}
        start = time.perf_counter()
        client.change(path, [{"range": {"start": place, "end": place}, "text": "x"}])
        edits.append((time.perf_counter() - start) * 1000)
    heads = []
    for number in range(50):
        place = {"line": 1, "character": 0}
        start = time.perf_counter()
        client.change(path, [{"range": {"start": place, "end": place}, "text": f"key{number}: 1\n"}])
        heads.append((time.perf_counter() - start) * 1000)
    client.change(path, [{"text": text + "\n[x](/"}])
    completions = []
    for _ in range(50):
        place = {"line": text.count("\n") + 1, "character": 5}
        start = time.perf_counter()
        found = client.request("textDocument/completion", {"textDocument": {"uri": client.uri(path)}, "position": place})
        completions.append((time.perf_counter() - start) * 1000)
    assert found and found["items"], "no permalinks were proposed"
    print(f"{path}: {len(text)} bytes")
    print(f"edit to diagnostics: median {statistics.median(edits):.2f} ms, p95 {p95(edits):.2f} ms")
    print(f"edit of the front matter to diagnostics: median {statistics.median(heads):.2f} ms, p95 {p95(heads):.2f} ms")
    print(f"completion of {len(found['items'])} permalinks: median {statistics.median(completions):.2f} ms, p95 {p95(completions):.2f} ms")
    print(f"memory: {client.peak():.1f} MB")
    assert client.end() == 0, "the server did not end with 0"


def survive(program, folder):
    with tempfile.TemporaryDirectory() as copy:
        site = pathlib.Path(copy) / "site"
        shutil.copytree(folder, site)
        client = Client(program, site)
        path, text = longest_page(client, client.folder)
        (site / path).unlink()
        time.sleep(0.3)
        assert client.change(path, [{"text": text}]), "findings of a file that vanished while it is open"
        (site / "broken.md").write_bytes(b"---\ntitle: \xff\xfe\n---\n\xff\n")
        time.sleep(0.3)
        assert client.change(path, [{"text": text + "\n"}])
        shutil.rmtree(site)
        time.sleep(0.3)
        client.change(path, [{"text": text}])
        print("survived: a file and a folder that vanish, and bytes that are no text")
        client.process.stdin.close()
        print("ended after its input was closed:", client.process.wait(WAIT))
    # A client that is killed takes its server with it.
    child = f"import sys; sys.argv=['', {program!r}, {str(folder)!r}]; exec(open({__file__!r}).read().split('def p95')[0]); c = Client(sys.argv[1], sys.argv[2]); print(c.process.pid, flush=True); time.sleep(60)"
    parent = subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE)
    server = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for _ in range(100):
        if not pathlib.Path(f"/proc/{server}").exists() or "Z" in pathlib.Path(f"/proc/{server}/stat").read_text().split()[2]:
            print("ended after its client was killed")
            return
        time.sleep(0.05)
    raise SystemExit("the server outlives its client")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    measure(sys.argv[1], sys.argv[2])
    survive(sys.argv[1], sys.argv[2])
