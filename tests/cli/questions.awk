# Random questions of every kind about the texts read: words, phrases, NEAR, wildcards, typing errors, fields, dates, amounts. -v most=N -v seed=N
# Where more documents are equal by BM25 than are read again, as those of a filter without weight, which of them are is
# by their numbers: no such question is asked beside words.
{
  for (i = 1; i <= NF; ++i) {
    word = $i
    gsub(/[].,;:!?()"*~^+\/[{}<>=|]/, "", word)
    if (word ~ /^[a-zA-Z\200-\377]/ && word !~ /^(«|»|–|—|…|“|”)/) text[++n] = word
  }
}
function at() { return 1 + int(rand() * (n - 6)) }
function one() { return text[at()] }
function long(i) {
  for (i = 0; i < 50; ++i) { word = one(); if (length(word) > 6 && word ~ /^[a-z]+$/) break }
  return word
}
function run(words, i, first, out) {
  first = at(); out = text[first]
  for (i = 1; i < words; ++i) out = out " " text[first + i]
  return out
}
function pick(list, parts) { return parts[1 + int(rand() * split(list, parts, "|"))] }
function name() { return pick("person:Musk|person:Macron|org:OpenAI|place:Paris|place:France|topic:sport|topic:financement|topic:environnement|person:\"Elon Musk\"|org:Sénat") }
function when() { return pick("date:2024|date:2025-01|date:2024..2025-02|date:>=2024-06|date:<2024-09|when:2018|when:2024..|amount:>=1e9|amount:<1000|amount:\"10 millions\"..\"2 milliards\"") }
function question(kind) {
  kind = int(rand() * 24)
  if (kind == 0) return one()
  if (kind == 1) return one() " " one()
  if (kind == 2) return run(3)
  if (kind == 3) return run(8)
  if (kind == 4) return "\"" run(2) "\""
  if (kind == 5) return "\"" run(3) "\" " one()
  if (kind == 6) return long() " OU " long()
  if (kind == 7) return long() " SAUF " one()
  if (kind == 8) return one() " NEAR/" 1 + int(rand() * 8) " " one()
  if (kind == 9) { word = run(2); sub(/ /, " ADJ/3 ", word); return word }
  if (kind == 10) return substr(long(), 1, 2 + int(rand() * 3)) "*"
  if (kind == 11) return "*" substr(long(), 4) " " one()
  if (kind == 12) return long() "~"
  if (kind == 13) return rand() < 0.8 ? name() : pick("source:afp|lang:fr|lang:en")
  if (kind == 14) return name() " " one()
  if (kind == 15) return when()
  if (kind == 16) return when() " " long()
  if (kind == 17) return "title:" long()
  if (kind == 18) return "has:" pick("person|url|title|date|author|amount|topic") " " long()
  if (kind == 19) return "\"" run(2) "\" NEAR/9 " one()
  if (kind == 20) return "(" name() " OU \"" run(2) "\") -" long()
  if (kind == 21) return pick("porte-parole|États-Unis|vice-président|week-end|weekend|chef-d’œuvre|grand-mère|Saint-Denis") " " pick("de|du|OU NEAR|le|*")
  if (kind == 22) return "\"" pick("porte-parole du|le week-end|weekend de|aux États-Unis|Etats Unis|chiffre d’affaires|centre de données") " " one() "\""
  return pick("*|title:\"" run(2) "\"|id:*|+" long() " " one() "|" long() "^2 " long())
}
END { srand(seed); for (i = 1; i <= most; ++i) print question() }
