"""Tables in Markdown on stdout, the same as JSON in a file, a picture where gnuplot is installed."""
import json
import shutil
import subprocess

MEGABYTE = 1e6


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


def heading(text):
    print(f"## {text}\n")


def machine_line(facts, engines):
    versions = ", ".join(f"{engine.label} {engine.version()}".strip() for engine in engines)
    print(
        f"{facts['cpu']}, {facts['cores']} cores, load {facts['load']}, {facts['date']}, commit {facts['commit']}; "
        f"{versions}; Python {facts['python']}\n"
    )


def megabytes(count):
    return f"{count / MEGABYTE:.1f}"


def ratio(value):
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def microseconds(value):
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def save(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"The figures: `{path}`\n")


PANELS = (
    ("build", "build, s", "build_s"),
    ("size", "index, MB", "size_mb"),
    ("memory", "peak resident, MB", "rss_mb"),
    ("latency", "p50 of a query, µs", "p50_us"),
)


def picture(folder, curves):
    """One PNG of four panels over the number of documents; `curves` maps a label to rows of the scale table."""
    if shutil.which("gnuplot") is None:
        print("No picture: gnuplot is not installed.\n")
        return
    script = [
        f"set terminal pngcairo size 1200,900; set output '{folder / 'scale.png'}'",
        "set logscale xy; set autoscale xfix; set rmargin 6; set key left top; set xlabel 'documents'; set multiplot layout 2,2",
    ]
    for _, title, key in PANELS:
        lines = []
        for number, (label, rows) in enumerate(curves.items()):
            points = [f"{row['documents']} {row[key]}" for row in rows if row.get(key)]
            script.append(f"$curve{number} << END\n" + "\n".join(points) + "\nEND")
            lines.append(f"$curve{number} using 1:2 with linespoints title '{label}'")
        script.append(f"set title '{title}'; plot " + ", ".join(lines))
    done = subprocess.run(["gnuplot"], input="\n".join(script) + "\n", text=True, capture_output=True, check=False)
    print(f"![scale]({folder / 'scale.png'})\n" if done.returncode == 0 else f"No picture: {done.stderr}\n")
