"""What engines took for their answers, and what that comes to."""
import re

from peers import measure, report

ECHO_BYTES = 8000


class Answers:
    """What one engine took for one question: microseconds at the pipe, and by the engine's own clock where it says so."""

    def __init__(self, label, query):
        self.label, self.query, self.pipe, self.own, self.total = label, query, [], [], -1

    def add(self, taken, answer):
        self.pipe.append(taken)
        self.total = total_of(answer)
        if own := re.search(rb'"us":\s*([\d.]+)', answer):
            self.own.append(float(own.group(1)))


def total_of(answer):
    found = re.search(rb'"total":\s*(-?\d+)', answer)
    return int(found.group(1)) if found else -1


def pipe_overhead(rounds):
    """What the pipe itself takes, both ways: `cat` on a short line and on one as long as a page."""
    talk, taken = measure.Conversation(["cat"]), {}
    for size in (20, ECHO_BYTES):
        taken[size] = min(talk.ask("x" * size)[0] for _ in range(rounds * 50))
    talk.close()
    return taken


def latency(answers):
    """A question's latency is its best round; p50 and p99 are over the questions."""
    best, own = [min(one.pipe) for one in answers], [min(one.own) for one in answers if one.own]
    return {
        "p50": measure.percentile(best, 50),
        "p99": measure.percentile(best, 99),
        "own_p50": measure.percentile(own, 50) if own else None,
        "all": measure.summary([taken for one in answers for taken in one.pipe]),
        "questions": len(best),
        "median_total": measure.percentile([one.total for one in answers], 50),
    }


def latency_cell(row, label, limier):
    if label not in row:
        return "–"
    text = f"{report.microseconds(row[label]['p50'])} / {report.microseconds(row[label]['p99'])}"
    if label == limier or limier not in row:
        return text
    return f"{text} ({report.ratio(row[label]['p50'] / row[limier]['p50'])}×)"
