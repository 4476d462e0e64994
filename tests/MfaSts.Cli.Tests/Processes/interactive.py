"""An interactive bash on a terminal of its own, in which the program asks a person; and what the terminal's settings are afterwards.

interactive.py {"command": [...], "act": "leave", "tmux": false}

leave, kill   the program's caller ends, and leaves it or kills it first (an SDK that gives up)
killed        the program is killed, with no caller between it and the shell
raw           the caller holds the terminal in raw mode, and the person's Enter key sends a carriage return
quit, stop    Ctrl+\\ at the question; Ctrl+Z at the question, then fg and an answer

Writes JSON: the settings (echo, line mode, CR to NL, the mark of a question) before, while it was stopped and at the end, how it ended, and whether it asked again.
"""
import atexit, json, os, pty, select, shlex, shutil, signal, subprocess, sys, tempfile, termios, time

task = json.loads(sys.argv[1])
if task["act"] in ("caller-leave", "caller-kill", "caller-raw"):
    if task["act"] == "caller-raw":
        terminal = os.open("/dev/tty", os.O_RDWR)
        old = termios.tcgetattr(terminal)
        raw = termios.tcgetattr(terminal)
        raw[0] &= ~(termios.ICRNL | termios.IXON)
        raw[1] &= ~termios.OPOST
        raw[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
        termios.tcsetattr(terminal, termios.TCSANOW, raw)
        raw = termios.tcgetattr(terminal)
        child = subprocess.run(task["command"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        same = termios.tcgetattr(terminal) == raw
        termios.tcsetattr(terminal, termios.TCSANOW, old)
        print(f"ENDED {child.returncode} {'same' if same else 'changed'}", flush=True)
        sys.exit()
    child = subprocess.Popen(task["command"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    time.sleep(2)
    if task["act"] == "caller-kill":
        child.kill()
        child.wait()
    print("ENDED", flush=True)
    os._exit(0)

PROMPT, ASKED = "READY> ", "MFA code for"
SHELL = ["bash", "--norc", "--noprofile", "-i"]


class Pty:
    """A terminal that is this process's own."""

    def __init__(self):
        process, self.master = pty.fork()
        if process == 0:
            # As a person's terminal starts it, whoever started this.
            for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            os.environ.update({"PS1": PROMPT, "TERM": "dumb"})
            os.execvp(SHELL[0], SHELL)

    def read(self):
        return os.read(self.master, 65536) if select.select([self.master], [], [], 0.05)[0] else b""

    def send(self, text):
        os.write(self.master, text.encode())

    def settings(self):
        return termios.tcgetattr(self.master)

    def close(self):
        os.close(self.master)


class Tmux:
    """A pane of a tmux server of its own."""

    def __init__(self):
        self.folder = tempfile.mkdtemp()
        self.tmux = ["tmux", "-f", "/dev/null", "-S", f"{self.folder}/socket"]
        environment = ["-e", f"PS1={PROMPT}", "-e", f"HISTFILE={self.folder}/history"]
        self.run("new-session", "-d", "-x", "200", "-y", "50", *environment, *SHELL)
        self.run("pipe-pane", f"cat >> {self.folder}/shown")
        self.run("send-keys", "Enter")
        self.pane = os.open(self.run("display-message", "-p", "#{pane_tty}").strip(), os.O_RDWR | os.O_NOCTTY)
        self.place = 0

    def run(self, *words):
        return subprocess.run([*self.tmux, *words], check=True, capture_output=True, text=True).stdout

    def read(self):
        time.sleep(0.05)
        try:
            with open(f"{self.folder}/shown", "rb") as file:
                file.seek(self.place)
                part = file.read()
        except FileNotFoundError:
            return b""
        self.place += len(part)
        return part

    def send(self, text):
        self.run("send-keys", "-H", *(f"{byte:x}" for byte in text.encode()))

    def settings(self):
        return termios.tcgetattr(self.pane)

    def close(self):
        os.close(self.pane)
        subprocess.run([*self.tmux, "kill-server"], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)


seen = ""
terminal = Tmux() if task.get("tmux") else Pty()
atexit.register(terminal.close)


def wait(text, limit=300):
    global seen
    deadline = time.time() + limit
    while text not in seen:
        if time.time() > deadline:
            raise SystemExit(f"no {text!r} came: {seen[-500:]!r}")
        seen += terminal.read().decode(errors="replace")
    before, _, seen = seen.partition(text)
    return before


def send(text):
    terminal.send(text)


def flags():
    settings = terminal.settings()
    return [bool(settings[3] & termios.ECHO), bool(settings[3] & termios.ICANON), bool(settings[0] & termios.ICRNL), bool(settings[3] & 0x400)]


def wait_until_hidden():
    # A question that stays visible is what the caller then sees in the settings.
    end = time.time() + 120
    while flags()[0] and time.time() < end:
        time.sleep(0.05)
    time.sleep(0.2)


def in_a_command():
    # What a command finds: the shell's own line editor sets others while it reads.
    send("printf 'NO''W'; sleep 1; printf 'DO''NE\n'\n")
    wait("NOW")
    time.sleep(0.5)
    found = flags()
    wait("DONE")
    wait(PROMPT)
    return found


wait(PROMPT)
answer = {"before": in_a_command(), "stopped": None, "askedAgain": False, "end": None}
command = " ".join(shlex.quote(word) for word in task["command"])
if task["act"] in ("quit", "stop", "killed"):
    send(f"(echo PI''D $BASHPID; exec {command}); echo EN''DED $?\n")
    wait("PID ")
    program = int(wait("\n"))
else:
    inner = json.dumps({"command": task["command"], "act": "caller-" + task["act"]})
    send(f"python3 {shlex.quote(sys.argv[0])} {shlex.quote(inner)}\n")
wait(ASKED)
wait(": ")
wait_until_hidden()
answer["asked"] = flags()
if task["act"] == "raw":
    send(task["text"] + "\r")
elif task["act"] == "quit":
    send("\x1c")
elif task["act"] == "killed":
    os.kill(program, signal.SIGKILL)
elif task["act"] == "stop":
    send("12\x1a")
    wait("Stopped")
    wait(PROMPT)
    answer["stopped"] = in_a_command()
    send("fg\n")
    wait(ASKED)
    wait(": ")
    answer["askedAgain"] = True
    wait_until_hidden()
    answer["asked"] = flags()
    send(task["text"] + "\n")
if task["act"] != "stop":
    answer["end"] = (wait("ENDED") and "") + wait("\n").strip()
wait(PROMPT)
answer["after"] = in_a_command()
print(json.dumps(answer))
