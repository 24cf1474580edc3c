#!/usr/bin/env python3
"""Times commands from a shell: oneshot.py ROUNDS LABEL COMMAND [-- LABEL COMMAND]...

Each round starts every command once, in turn, so that what else the machine does falls on all of them; output is thrown away. Prints
milliseconds from start to end (least and median of the rounds) and of processor time (median), which other work disturbs less.
A word WORD in a command becomes one of four words, round by round.
"""
import os
import statistics
import sys
import time

WORDS = ("Stargate", "ministre", "milliards", "Altman")


def split(words):
    command = []
    for word in [*words, "--"]:
        if word != "--":
            command.append(word)
        elif command:
            yield command[0], command[1:]
            command = []


def timed(command):
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    begin = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=nowhere)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begin
    return 1000 * wall, 1000 * (usage.ru_utime + usage.ru_stime), os.waitstatus_to_exitcode(status)


def main():
    if len(sys.argv) < 4 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    rounds, commands = int(sys.argv[1]), list(split(sys.argv[2:]))
    times = {label: [] for label, _ in commands}
    for number in range(rounds):
        for label, command in commands:
            wall, processor, status = timed([word.replace("WORD", WORDS[number % len(WORDS)]) for word in command])
            if status:
                sys.exit(f"oneshot: {label} ends with {status}")
            times[label].append((wall, processor))
    print("| | least, ms | median | processor, median |\n| --- | --- | --- | --- |")
    for label, taken in times.items():
        walls = [wall for wall, _ in taken]
        print(f"| {label} | {min(walls):.1f} | {statistics.median(walls):.1f} | {statistics.median(p for _, p in taken):.1f} |")


if __name__ == "__main__":
    main()
