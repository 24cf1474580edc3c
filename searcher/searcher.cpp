// Opening an index for searches, and keeping up with it; the search itself is in search.cpp.
#include <memory>

#include "common/output/language.hpp"
#include "searcher/search.hpp"

namespace limier {

Result<Searcher> Searcher::open(std::span<const std::filesystem::path> paths, const ServerOptions& servers) {
    Result<Index> index = Index::open(paths, servers);
    if (!index) return index.error();
    Searcher searcher;
    searcher.paths_.assign(paths.begin(), paths.end());
    searcher.servers_ = servers;
    searcher.index_ = std::make_unique<Index>(std::move(*index));
    searcher.words_ = std::make_unique<IndexWords>(*searcher.index_);
    return searcher;
}

/// Goes on without the server that an error names. False where that leaves nothing.
bool Searcher::leave_out(const Error& error) {
    const std::size_t end = error.message.find(": ");
    if (end == std::string::npos || !servers_.silent.emplace(error.message.substr(0, end), error.message).second)
        return false;
    return static_cast<bool>(reopen());
}

Result<void> Searcher::reopen() {
    Result<Index> index = Index::open(paths_, servers_);
    if (!index) return index.error();
    *index_ = std::move(*index);
    words_ = std::make_unique<IndexWords>(*index_);
    lost_ = false;
    return {};
}

const Synonyms& Searcher::synonyms() {
    if (!synonyms_) synonyms_.emplace(analyser_);
    return *synonyms_;
}

Result<void> Searcher::add_synonyms(const std::string& path) {
    synonyms();
    return synonyms_->add_file(path, analyser_);
}

Result<std::optional<std::string>> Searcher::text_of(std::string_view id) const {
    return guarded([&]() -> std::optional<std::string> {
        const std::optional<Xapian::docid> found = index_->find_id(id);
        if (!found) return std::nullopt;
        const Index::Place place = index_->place(*found);
        return place.segment->text(place.row);
    });
}

Result<Searcher> Searcher::another() const {
    Result<Searcher> other = open(paths_, servers_);
    if (other) other->synonyms_ = synonyms_;
    return other;
}

Result<void> Searcher::refresh() {
    if (!lost_ && !index_->republished()) return {};
    servers_.silent.clear();
    return reopen();
}

std::string Searcher::warning() const {
    for (const Index::Root& root : index_->roots()) {
        if (root.fingerprint.starts_with(Analyser::fingerprint())) continue;
        return root.path.string() + std::string(tr(": indexed by another version of the analyser; results may lack "
                                                   "documents. Rebuild it with: indexer build",
                                                   " : indexé par une autre version de l’analyseur ; des documents "
                                                   "peuvent manquer. Le reconstruire par : indexer build"));
    }
    return {};
}

}  // namespace limier
