#include "indexer/tagger/train/measure.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace limier {

namespace {

double ratio(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double Counts::precision() const { return ratio(right, right + wrong); }
double Counts::recall() const { return ratio(right, right + missed); }
double Counts::f1() const { return ratio(2 * right, 2 * right + wrong + missed); }

void measure(const AnnotatedDocument& document, const Scene& scene, std::span<const Candidate> found, Score& score) {
    std::set<std::tuple<std::uint32_t, std::uint32_t, NameKind>> wanted;
    for (const AnnotatedName& name : document.names) wanted.insert({name.begin, name.end, name.kind});
    for (const Candidate& name : found) {
        const NameKind kind = kind_of(name.field);
        std::uint32_t end = scene.word(name.last - 1).end;
        if (kind == NameKind::person && scene.word(name.last - 1).letters == 1 && scene.dot_follows(name.last - 1))
            ++end;
        Counts& counts = score[static_cast<std::size_t>(kind)];
        if (wanted.erase({scene.word(name.first).begin, end, kind}) != 0)
            ++counts.right;
        else
            ++counts.wrong;
    }
    for (const auto& [begin, end, kind] : wanted) ++score[static_cast<std::size_t>(kind)].missed;
}

Counts without_other(const Score& score) {
    Counts sum;
    for (const NameKind kind : {NameKind::person, NameKind::organisation, NameKind::place}) {
        const Counts& counts = score[static_cast<std::size_t>(kind)];
        sum.right += counts.right;
        sum.wrong += counts.wrong;
        sum.missed += counts.missed;
    }
    return sum;
}

}  // namespace limier
