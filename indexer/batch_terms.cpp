#include "indexer/batch_terms.hpp"

#include <algorithm>
#include <utility>

#include "common/sort_prefix.hpp"
#include "indexer/glass.hpp"

namespace limier {
namespace {

constexpr std::uint32_t k_none = ~std::uint32_t{0};
// Xapian ends a chunk of postings or values once it has so many bytes.
constexpr std::size_t k_chunk = 2000;
// A chunk of the lengths of documents, of which a match decodes all before the one it asks for: with 2000 bytes, 660
// documents, a word that one in 300 of 300,000 documents has takes 600 µs, with 600, 400, 300 and 250 bytes 375, 348,
// 305, 285; one that half of them have 3.0 ms, with 200 and 100 bytes 3.7 and 4.0. The index grows by 0.04 %. Chunks of
// postings may have 500 to 2000 bytes with no difference.
constexpr std::size_t k_length_chunk = 300;
constexpr std::string_view k_length_key("\0\xE0", 2), k_bounds_key("\0\xD0", 2), k_values_key("\0\xD8", 2);

/// Writes a list of postings in chunks of so many bytes: the first under `key`, with the frequencies before it, each
/// other under `chunk_key` and the number of its first document.
template <class Postings>
void write_list(GlassTable& table, std::string_view key, std::string_view chunk_key, std::string head,
                const Postings& postings, std::size_t chunk_bytes) {
    for (std::size_t begin = 0; begin < postings.size();) {
        std::string chunk;
        std::size_t end = begin;
        while (end < postings.size() && chunk.size() < chunk_bytes) {
            if (end != begin) append_glass_uint(chunk, postings[end].document - postings[end - 1].document - 1);
            append_glass_uint(chunk, postings[end].wdf);
            ++end;
        }
        const std::uint32_t first = postings[begin].document;
        std::string name(begin == 0 ? key : chunk_key), tag;
        if (begin == 0) {
            tag = head;
            append_glass_uint(tag, first - 1);
        } else {
            append_glass_sorted(name, first);
        }
        tag.push_back(end == postings.size() ? '1' : '0');
        append_glass_uint(tag, postings[end - 1].document - first);
        table.add(name, tag + chunk);
        begin = end;
    }
}

}  // namespace

std::uint32_t BatchTerms::id_of(std::string_view term) {
    const std::size_t hash = text_hash(term);
    const std::uint32_t known = ids_.find(hash, [&](std::uint32_t id) { return terms_[id] == term; });
    if (known != OpenTable::k_none) return known;
    const auto id = static_cast<std::uint32_t>(terms_.size());
    ids_.add(hash, id);
    terms_.emplace_back(term);
    wdf_.push_back(0);
    return id;
}

void BatchTerms::count(std::uint32_t id, std::uint32_t wdf) {
    if (wdf_[id] == 0) {
        open_.push_back(id);
        wdf_[id] = 1;
    }
    wdf_[id] += wdf;
}

void BatchTerms::term(std::string_view term, std::uint32_t wdf) { count(id_of(term), wdf); }

void BatchTerms::words(std::string_view prefix, std::span<const std::uint32_t> forms, const Analyser& analyser) {
    auto known =
        std::find_if(forms_.begin(), forms_.end(), [prefix](const FormTerms& f) { return f.prefix == prefix; });
    if (known == forms_.end()) known = forms_.insert(forms_.end(), {std::string(prefix), {}});
    known->terms.resize(analyser.forms(), k_none);
    for (const std::uint32_t form : forms) {
        std::uint32_t& id = known->terms[form];
        if (id == k_none) id = id_of(std::string(prefix) + analyser.form(form).term);
        count(id, 1);
    }
}

void BatchTerms::value(unsigned slot, std::string value) {
    if (!value.empty()) values_[slot].emplace_back(static_cast<std::uint32_t>(ends_.size() + 1), std::move(value));
}

void BatchTerms::end_document() {
    std::uint32_t length = 0;
    for (const std::uint32_t id : open_) {
        const std::uint32_t wdf = std::exchange(wdf_[id], 0) - 1;
        length += wdf;
        entries_.push_back({id, wdf});
    }
    open_.clear();
    ends_.push_back(entries_.size());
    lengths_.push_back(length);
}

/// A counting sort by the terms' order; the documents of a term stay in theirs.
void BatchTerms::sort_postings() {
    struct Ranked {
        std::uint64_t prefix;
        std::uint32_t id;
    };
    std::vector<Ranked> order;
    for (std::uint32_t id = 0; id < terms_.size(); ++id) order.push_back({sort_prefix(terms_[id]), id});
    std::sort(order.begin(), order.end(), [this](Ranked a, Ranked b) {
        return a.prefix != b.prefix ? a.prefix < b.prefix : terms_[a.id] < terms_[b.id];
    });
    std::vector<std::uint32_t> rank_of(order.size());
    for (const Ranked& term : order) {
        rank_of[term.id] = static_cast<std::uint32_t>(ranked_.size());
        ranked_.push_back(std::move(terms_[term.id]));
    }
    first_posting_.assign(ranked_.size() + 1, 0);
    for (const Entry& entry : entries_) ++first_posting_[rank_of[entry.term] + 1];
    for (std::size_t rank = 0; rank < ranked_.size(); ++rank) first_posting_[rank + 1] += first_posting_[rank];
    postings_.resize(entries_.size());
    std::vector<std::size_t> next(first_posting_.begin(), first_posting_.end());
    std::size_t at = 0;
    for (std::uint32_t document = 1; document <= ends_.size(); ++document) {
        for (; at < ends_[document - 1]; ++at)
            postings_[next[rank_of[entries_[at].term]]++] = {document, entries_[at].wdf};
    }
}

std::span<const BatchTerms::Posting> BatchTerms::postings_of(std::size_t rank) const {
    return std::span(postings_).subspan(first_posting_[rank], first_posting_[rank + 1] - first_posting_[rank]);
}

void BatchTerms::write_values(GlassTable& postlist) const {
    for (const auto& [slot, list] : values_) {
        const auto less = [](const auto& a, const auto& b) { return a.second < b.second; };
        const auto [low, high] = std::minmax_element(list.begin(), list.end(), less);
        std::string key(k_bounds_key), tag;
        for (unsigned rest = slot; rest != 0; rest >>= 8) key.push_back(static_cast<char>(rest & 0xFF));
        append_glass_uint(tag, list.size());
        append_glass_uint(tag, low->second.size());
        tag += low->second;
        if (high->second != low->second) tag += high->second;
        postlist.add(key, tag);
    }
    for (const auto& [slot, list] : values_) {
        for (std::size_t begin = 0; begin < list.size();) {
            std::string key(k_values_key), tag;
            append_glass_uint(key, slot);
            append_glass_sorted(key, list[begin].first);
            std::size_t end = begin;
            for (; end < list.size() && tag.size() < k_chunk; ++end) {
                if (end != begin) append_glass_uint(tag, list[end].first - list[end - 1].first - 1);
                append_glass_uint(tag, list[end].second.size());
                tag += list[end].second;
            }
            postlist.add(key, tag);
            begin = end;
        }
    }
}

void BatchTerms::write_lengths(GlassTable& postlist) const {
    std::vector<Posting> list;
    for (const std::uint32_t length : lengths_) list.push_back({static_cast<std::uint32_t>(list.size() + 1), length});
    write_list(postlist, k_length_key, k_length_key, std::string(2, '\0'), list, k_length_chunk);
}

void BatchTerms::write_postings(GlassTable& postlist) const {
    for (std::size_t rank = 0; rank < ranked_.size(); ++rank) {
        const std::span<const Posting> list = postings_of(rank);
        std::uint64_t uses = 0;
        for (const Posting& posting : list) uses += posting.wdf;
        std::string key, head;
        append_glass_term(key, ranked_[rank]);
        append_glass_uint(head, list.size());
        append_glass_uint(head, uses);
        write_list(postlist, key, key + '\0', std::move(head), list, k_chunk);
    }
}

GlassStatistics BatchTerms::statistics() const {
    GlassStatistics statistics;
    statistics.documents = static_cast<std::uint32_t>(lengths_.size());
    for (const std::uint32_t length : lengths_) {
        statistics.total_length += length;
        statistics.longest = std::max(statistics.longest, length);
        // Xapian counts no document of length nought here.
        if (length != 0 && (statistics.shortest == 0 || length < statistics.shortest)) statistics.shortest = length;
    }
    for (const Entry& entry : entries_) statistics.highest_wdf = std::max(statistics.highest_wdf, entry.wdf);
    return statistics;
}

Result<void> BatchTerms::write(const std::filesystem::path& folder) {
    sort_postings();
    GlassTable postlist;
    write_values(postlist);
    write_lengths(postlist);
    write_postings(postlist);
    return write_glass(folder, postlist, statistics());
}

}  // namespace limier
