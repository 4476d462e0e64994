"""Drives a program on a real terminal.

Usage: terminal.py SCRIPT.json RESULT.json

The script has the command, its environment and the steps, each an object with one of these keys:
  expect TEXT    wait until the screen shows the text, behind what was expected before
  send TEXT      type it
  sendfrom URL   type the "Code" of the JSON found there, and Enter
  touch FILE     make a file, for whoever waits for it
  waitfile FILE  wait for a file
  rest SECONDS   let the program come to rest, as a person would: all its threads have slept for so long
The result has the screen's text and the step that was not reached, if any.
"""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
import urllib.request

CURSOR_QUERY = b"\x1b[6n"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|\x1b[=>]")
# A hang must end the test with a message; what waits, waits for a condition.
PATIENCE = 600


class Terminal:
    def __init__(self, command, environment):
        self.raw = b""
        self.read_to = 0
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            # Whoever runs the tests in the background ignores it, and that is inherited: a person's terminal does not.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execvpe(command[0], command, environment)
        # PSReadLine cannot draw where there is no room.
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 250, 0, 0))

    def pump(self, seconds):
        """Takes in what the program writes; False when it has ended."""
        if not select.select([self.file], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.file, 65536)
        except OSError:
            return False
        # A program that asks where the cursor is waits for the terminal's answer.
        for _ in range(data.count(CURSOR_QUERY)):
            os.write(self.file, b"\x1b[1;1R")
        self.raw += data
        return bool(data)

    def text(self):
        return ESCAPES.sub("", self.raw.decode("utf-8", "replace"))

    def until(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end or not self.pump(0.05):
                return condition()
        return True

    def expect(self, wanted):
        def found():
            at = self.text().find(wanted, self.read_to)
            if at >= 0:
                self.read_to = at + len(wanted)
            return at >= 0
        return self.until(found)

    def sleeps(self):
        """True while every thread of the program waits for something; elsewhere than on Linux it cannot be seen."""
        folder = f"/proc/{self.pid}/task"
        for thread in os.listdir(folder) if os.path.isdir(folder) else []:
            try:
                with open(f"{folder}/{thread}/stat", encoding="utf-8", errors="replace") as file:
                    if file.read().rpartition(")")[2].split()[0] != "S":
                        return False
            except OSError:
                return False
        return True

    def rest(self, seconds):
        since = time.monotonic()

        def rested():
            nonlocal since
            if not self.sleeps():
                since = time.monotonic()
            return time.monotonic() - since > seconds
        return self.until(rested)

    def close(self):
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.close(self.file)
        os.waitpid(self.pid, 0)


def fetch_code(url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=PATIENCE) as answer:
        body = json.load(answer)
    return body.get("Code") or body["code"]


def run(terminal, step):
    if "expect" in step:
        return terminal.expect(step["expect"])
    if "send" in step:
        os.write(terminal.file, step["send"].encode())
    elif "sendfrom" in step:
        os.write(terminal.file, fetch_code(step["sendfrom"]).encode() + b"\r")
    elif "touch" in step:
        open(step["touch"], "w").close()
    elif "waitfile" in step:
        return terminal.until(lambda: os.path.exists(step["waitfile"]))
    elif "rest" in step:
        return terminal.rest(step["rest"])
    return True


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        script = json.load(file)
    terminal = Terminal(script["command"], {**os.environ, **script["environment"], "TERM": "xterm", "COLUMNS": "250"})
    missed = None
    try:
        for step in script["steps"]:
            if not run(terminal, step):
                missed = step
                break
    finally:
        terminal.close()
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump({"screen": terminal.text(), "missed": missed}, file)


main()
