"""Runs a command in a session of its own with a terminal, its standard streams being pipes, and does what a person would at the terminal.

terminal.py {"command": [...], "count": 1, "act": "answer", "text": "123456", "background": false}
terminal.py {"command": [...], "act": "steps", "steps": [{"prompt": "Name: ", "text": "x\n"}]}

Writes JSON: each process's exit code (negative: the signal), stdout and stderr, whether one was stopped, what the terminal showed, and the echo flag
while a prompt was open (of steps, while each was) and at the end.
"""
import json, os, pty, select, signal, subprocess, sys, termios, time

task = json.loads(sys.argv[1])
report_read, report_write = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    # The session's leader: starts the commands, and survives what the terminal sends.
    for number in (signal.SIGINT, signal.SIGTTOU, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)

    def prepare():
        for number in (signal.SIGINT, signal.SIGTTOU, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        if task.get("background"):
            os.setpgid(0, 0)

    children = [
        subprocess.Popen(task["command"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=prepare)
        for _ in range(task.get("count", 1))
    ]
    os.write(report_write, json.dumps([child.pid for child in children]).encode() + b"\n")
    stopped = False
    if task.get("background"):
        _, status = os.waitpid(children[0].pid, os.WUNTRACED)
        stopped = os.WIFSTOPPED(status)
        children[0].returncode = 0 if stopped else os.waitstatus_to_exitcode(status)
        if stopped:
            os.kill(children[0].pid, signal.SIGKILL)
    ends = []
    for child in children:
        output, error = child.communicate()
        ends.append({"exitCode": child.returncode, "output": output.decode(), "error": error.decode()})
    os.write(report_write, json.dumps({"ends": ends, "stopped": stopped}).encode())
    os._exit(0)

os.close(report_write)


def settle(pids):
    """Waits until all of them have started and wait for something, so that what follows is not tried on a machine that is busy with that."""
    still = 0
    while still < 5 and time.time() < deadline:
        time.sleep(0.05)
        still = still + 1 if all(sleeps(pid) for pid in pids) else 0


def sleeps(pid):
    """True while every thread waits; elsewhere than on Linux it cannot be seen."""
    folder = f"/proc/{pid}/task"
    try:
        for thread in os.listdir(folder) if os.path.isdir("/proc/self/task") else []:
            with open(f"{folder}/{thread}/stat", encoding="utf-8", errors="replace") as file:
                if file.read().rpartition(")")[2].split()[0] not in "SZ":
                    return False
        return True
    except OSError:
        return False


def echoes():
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


shown, report, silent, acted, silences = b"", b"", None, False, []
# A hang must end the test with a message; on a machine that is busy all else may take long.
deadline = time.time() + 600
while time.time() < deadline:
    ready, _, _ = select.select([terminal, report_read], [], [], 0.05)
    if report_read in ready:
        part = os.read(report_read, 1 << 20)
        if not part:
            break
        report += part
    if terminal in ready:
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            pass
    steps = task.get("steps", [])
    if len(silences) < len(steps) and shown.endswith(steps[len(silences)]["prompt"].encode()):
        time.sleep(0.2)
        silences.append(not echoes())
        os.write(terminal, steps[len(silences) - 1]["text"].encode())
    if not acted and shown.count(b"MFA code") > 0 and shown.endswith(b": ") and b"\n" in report:
        acted = True
        silent = not echoes()
        pids = json.loads(report.split(b"\n")[0])
        settle(pids)
        time.sleep(task.get("pause", 0))
        if task["act"] == "answer":
            os.write(terminal, task["text"].encode() + b"\n")
        elif task["act"] == "interrupt":
            os.write(terminal, b"\x03")
        elif task["act"] == "signal":
            # To the process that asks alone: its number stands in the lease.
            holder = open(task["lease"]).read().split()[1]
            os.kill(int(holder), getattr(signal, task["text"]))
            asked = pids.index(int(holder))
answer = json.loads(report.split(b"\n", 1)[1])
answer.update({"shown": shown.decode(), "silent": silent, "silences": silences, "echoesAtEnd": echoes(), "asker": asked if task["act"] == "signal" and acted else 0})
print(json.dumps(answer))
