#include "common/output/language.hpp"
#include "indexer/build.hpp"
#include "indexer/published.hpp"

namespace limier {

namespace fs = std::filesystem;

BuildReport remove_documents(const fs::path& db, const std::vector<std::string>& ids, const std::atomic<bool>* stop) {
    BuildReport report;
    const Result<void> done = [&]() -> Result<void> {
        Result<NewGeneration> generation = begin_from(std::span(&db, 1), db);
        if (!generation) return generation.error();
        Result<PublishedDocuments> published = PublishedDocuments::open(db);
        if (!published) return published.error();
        for (const std::string& id : ids) {
            const Result<bool> removed = guarded([&] { return published->remove(id); });
            if (!removed) return removed.error();
            if (*removed)
                ++report.removed;
            else
                report.refusals.push_back(
                    {id, std::string(tr("no document has this id", "aucun document n’a cet identifiant"))});
        }
        if (stop != nullptr && *stop) return interrupted();
        if (report.removed == 0) return {};
        return generation->publish(published->parts(false), {{}, {}, published->portable()});
    }();
    if (!done) report.error = done.error();
    return report;
}

}  // namespace limier
