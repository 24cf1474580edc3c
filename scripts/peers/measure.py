"""What a command costs, what an answer through a pipe takes, and on which machine."""
import dataclasses
import datetime
import os
import platform
import statistics
import subprocess
import sys
import threading
import time

READ_BYTES = 1 << 16
WATCH_S = 0.01


@dataclasses.dataclass
class Cost:
    """Of one process and its children; seconds, and peaks of resident memory in bytes: with the files that it maps, and without
    (of the process alone, looked at every few milliseconds)."""

    wall: float
    cpu: float
    rss: int
    own_rss: int


def run_measured(command, accepted=(0,)):
    """Runs a command to its end, its output thrown away. Ends the program with the command's own words when its status is not
    accepted.

    A process inherits the peak of the memory of the one that started it, so a small one of our own starts it.
    """
    words = [sys.executable, "-E", "-S", __file__, *map(str, command)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    status, *numbers = done.stdout.split() or [None]
    if status is None or int(status) not in accepted:
        sys.exit(f"bench: {command[0]} ended with {status}:\n{done.stderr}")
    wall, cpu, rss, own_rss = map(float, numbers)
    return Cost(wall, cpu, int(rss), int(own_rss))


class OwnMemory(threading.Thread):
    """Watches what a process has in memory beside mapped files, until the process is gone."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.path, self.peak = f"/proc/{process}/status", 0

    def run(self):
        try:
            while True:
                with open(self.path, encoding="ascii") as lines:
                    sizes = [int(line.split()[1]) for line in lines if line.startswith(("RssAnon", "RssShmem"))]
                self.peak = max(self.peak, sum(sizes) * 1024)
                time.sleep(WATCH_S)
        except OSError:
            return


def report_cost(command):
    """The small process: starts the command and prints its status, seconds, processor seconds and peaks of memory."""
    null = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1)]
    begin = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=null)
    own = OwnMemory(process)
    own.start()
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begin
    print(os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, own.peak)


def time_process(command):
    """Milliseconds from the start of a process to its end, its output thrown away, and its page faults."""
    null = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
    begin = time.perf_counter()
    process = os.posix_spawnp(str(command[0]), [str(part) for part in command], os.environ, file_actions=null)
    _, _, usage = os.wait4(process, 0)
    return (time.perf_counter() - begin) * 1000, usage.ru_minflt + usage.ru_majflt


class Conversation:
    """A program that answers each line of its input before it reads the next."""

    def __init__(self, command):
        self.command = command
        self.process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )

    def ask(self, line, lines=1):
        """The microseconds from the question's first byte to the answer's last, and the answer of so many lines."""
        question = line.encode() + b"\n"
        source, answer, missing = self.process.stdout.fileno(), [], lines
        begin = time.perf_counter()
        self.process.stdin.write(question)
        while missing > 0:
            block = os.read(source, READ_BYTES)
            if not block:
                sys.exit(f"bench: {self.command[0]} ended while it was asked: {line}")
            missing -= block.count(b"\n")
            answer.append(block)
        return (time.perf_counter() - begin) * 1e6, b"".join(answer)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def folder_bytes(path):
    """Of a file, or of all files below a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def percentile(values, share):
    """The value below which so many hundredths lie, nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


def summary(values):
    return {"min": min(values), "median": statistics.median(values), "max": max(values), "n": len(values)}


def first_line(command):
    """What a program says of its version; nothing where it is not installed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return ((done.stdout or done.stderr).strip().splitlines() or [""])[0]


def cpu_model():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def machine(root):
    """Where and when: every report begins with it."""
    commit = first_line(["git", "-C", str(root), "describe", "--always", "--dirty"])
    return {
        "cpu": cpu_model(),
        "cores": len(os.sched_getaffinity(0)),
        "load": round(os.getloadavg()[0], 2),
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit,
        "kernel": platform.release(),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    report_cost(sys.argv[1:])
