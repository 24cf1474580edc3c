# What the scripts of faults share: an index, changes of every kind to it, and what must hold after each. Sourced; makes a
# scratch folder, goes there, and removes it at the end.
T=$(mktemp -d)
# Not by a child that a signal meets before it is another program.
trap 'if [ "$BASHPID" = "$$" ]; then rm -rf "$T"; fi' EXIT
cd "$T"
mkdir tmp
export TMPDIR="$T/tmp"
CHANGES=(build update remove optimize merge)

fail() {
  echo "$*"
  exit 1
}

# first_index DB: of the corpus in the folder `in`.
first_index() {
  [ -d in ] || cp -r "$CORPUS" in
  "$I" build in --db "$1" --quiet
}

# prepare CHANGE N DB: the input of a change that was not made before; `change` becomes its command line without --db.
prepare() {
  case $1 in
    build) change=(build in) && echo "Reprise $2 : le tramway de Nantes." >"in/reprise-$2.txt" ;;
    update) change=(update in) && for n in 1 2 3; do echo "Essai $2, texte $n : le tramway de Rennes." >"in/essai-$2-$n.txt"; done ;;
    remove)
      local left
      left=$("$S" --db "$3" --count '*')
      # After so many tries, some are put back.
      [ "$left" -gt 10 ] || { "$I" update in --db "$3" --quiet && left=$("$S" --db "$3" --count '*'); }
      change=(remove "$("$S" --db "$3" --format ids -n 1 --offset $(($2 % left)) '*')")
      ;;
    optimize) change=(optimize) ;;
    merge)
      echo "{\"id\":\"fusion-$2\",\"body\":\"Fusion $2 : le tramway de Brest.\"}" >fusion.jsonl
      "$I" build fusion.jsonl --db fusion --quiet
      change=(merge "$3" fusion)
      ;;
  esac
}

# state DB: all that it holds and what it finds, as one word.
state() {
  {
    "$I" export --db "$1"
    printf '%s\n' '*' 'person:Musk' '"le tramway de"' 'date:2024' | "$S" --db "$1" --queries - --format ids -n 100000 2>/dev/null
  } | LC_ALL=C sort | md5sum | cut -c 1-32
}

# holds_one_of STATE STATE DB WHAT: the index passes its check and is in one of the states.
holds_one_of() {
  "$I" check --db "$3" >check.out 2>&1 || fail "$4: the index is damaged: $(cat check.out)"
  now=$(state "$3")
  [ "$now" = "$1" ] || [ "$now" = "$2" ] || fail "$4: neither before nor after"
}

# is_tidy DB WHAT: nothing is left of work that was broken off.
is_tidy() {
  [ -z "$(find "$1" -name scratch -o -name '*.new')" ] || fail "$2: remains: $(find "$1")"
  [ "$(ls -d "$1"/generation-* | wc -l)" -le 2 ] || fail "$2: remains: $(ls "$1")"
  [ -z "$(ls -A tmp)" ] || fail "$2: left in TMPDIR: $(ls -A tmp)"
}

# chance N: sets `at` to a number from 0 below N.
chance() { at=$(((RANDOM * 32768 + RANDOM) % $1)); }

# pause MICROSECONDS: without a process of its own, which would take longer.
pause() {
  local end=$((${EPOCHREALTIME/[.,]/} + $1))
  until [ "${EPOCHREALTIME/[.,]/}" -ge "$end" ]; do :; done
}

# lasts DB: does the change, and sets `whole` to the microseconds it takes.
lasts() {
  local began=${EPOCHREALTIME/[.,]/}
  "$I" "${change[@]}" --db "$1" --quiet
  whole=$((${EPOCHREALTIME/[.,]/} - began))
}
