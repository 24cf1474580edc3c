#include "indexer/published.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "indexer/indexing.hpp"
#include "indexer/readers/layout.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

bool is_same(const Document& document, const Segment& segment, std::uint32_t row) {
    const Record record = segment.record(row);
    return record.title == document.title && record.title_apart == document.title_apart &&
           record.source == document.source && record.author == document.author && record.url == document.url &&
           record.path == document.path && (record.lang_said ? record.lang : std::string_view()) == document.lang &&
           pack_date(segment.date(row)) == pack_date(document.date) && record.extra == extra_members(document) &&
           segment.text(row) == document.text;
}

/// Splits the members of an object as they were written, without blanks between them.
class MemberSplitter : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, MemberSplitter> {
 public:
    std::vector<std::pair<std::string, std::string>> members;

    /// False where it is no object.
    bool split(std::string_view object) {
        object_ = object;
        rapidjson::MemoryStream stream(object.data(), object.size());
        stream_ = &stream;
        rapidjson::Reader reader;
        return !reader.Parse<rapidjson::kParseNumbersAsStringsFlag>(stream, *this).IsError();
    }
    bool Default() { return end_value(); }
    bool StartObject() { return ++depth_, true; }
    bool StartArray() { return ++depth_, true; }
    bool EndObject(rapidjson::SizeType) { return --depth_, end_value(); }
    bool EndArray(rapidjson::SizeType) { return --depth_, end_value(); }
    bool Key(const char* name, rapidjson::SizeType size, bool) {
        if (depth_ == 1) {
            members.emplace_back(std::string(name, size), std::string());
            begin_ = stream_->Tell() + 1;  // behind the colon
        }
        return true;
    }

 private:
    bool end_value() {
        if (depth_ == 1) members.back().second = object_.substr(begin_, stream_->Tell() - begin_);
        return true;
    }

    std::string_view object_;
    rapidjson::MemoryStream* stream_ = nullptr;
    std::size_t depth_ = 0, begin_ = 0;
};

std::vector<std::pair<std::string, std::string>> members_of(std::string_view extra, const Segment& segment) {
    if (extra.empty()) return {};
    MemberSplitter splitter;
    if (!splitter.split("{" + std::string(extra) + "}"))
        throw Damaged(segment.file().path().string() + ": members of a record");
    return std::move(splitter.members);
}

Document document_of(const Segment& segment, std::uint32_t row) {
    const Record record = segment.record(row);
    Document document;
    document.id = record.id;
    document.path = record.path;
    document.title_apart = record.title_apart;
    if (record.title_apart) document.title = record.title;
    document.text = segment.text(row);
    document.date = segment.date(row);
    document.source = record.source;
    document.author = record.author;
    document.url = record.url;
    if (record.lang_said) document.lang = record.lang;
    document.extra = members_of(record.extra, segment);
    const Date date = document.date;
    apply_layout(read_layout(document.text, !document.title_apart), document);
    document.date = date;
    return document;
}

/// Files and folders that may hold what cannot be read now.
class RefusedPaths {
 public:
    explicit RefusedPaths(const std::vector<Refusal>& refusals) {
        for (const Refusal& refusal : refusals) {
            paths_.insert(refusal.what);
            paths_.insert(refusal.what.substr(0, refusal.what.find("!/")));  // `archive!/member`
            const std::size_t colon = refusal.what.rfind(':');               // `path:line`
            if (colon != std::string::npos) paths_.insert(refusal.what.substr(0, colon));
        }
    }
    bool hold(std::string_view path) const {
        for (fs::path at(path); !at.empty(); at = at.parent_path()) {
            if (paths_.contains(at.string())) return true;
            if (at == at.parent_path()) break;
        }
        return false;
    }

 private:
    std::unordered_set<std::string> paths_;
};

}  // namespace

Result<NewGeneration> begin_from(std::span<const fs::path> indexes, const fs::path& db) {
    if (!indexes.empty()) {
        if (const Result<Index> there = Index::open(indexes); !there) return there.error();
    }
    return NewGeneration::begin(db);
}

PublishedDocuments::PublishedDocuments(Index index) : index_(std::move(index)) {
    for (const Index::SegmentAt& at : index_.segments()) {
        removed_.emplace_back(at.segment.documents());
        met_.emplace_back(at.segment.documents());
        for (const std::uint32_t row : at.removed) removed_.back()[row] = true;
    }
}

Result<PublishedDocuments> PublishedDocuments::open(const fs::path& path) {
    Result<Index> index = Index::open(path);
    if (!index) return index.error();
    return PublishedDocuments(std::move(*index));
}

std::optional<Index::Place> PublishedDocuments::find(std::string_view id) const {
    const std::optional<Xapian::docid> found = index_.find_id(id);
    if (!found || is_gone(index_.place(*found))) return std::nullopt;
    return index_.place(*found);
}

void PublishedDocuments::remove(const Index::Place& place) {
    removed_[place.number][place.row] = true;
    changed_ = true;
}

PublishedDocuments::State PublishedDocuments::meet(const Document& document) {
    const std::optional<Index::Place> found = find(document.id);
    if (!found) return State::is_new;
    met_[found->number][found->row] = true;
    if (is_same(document, *found->segment, found->row)) return State::same;
    remove(*found);
    return State::changed;
}

bool PublishedDocuments::remove(std::string_view id) {
    const std::optional<Index::Place> found = find(id);
    if (found) remove(*found);
    return found.has_value();
}

std::uint64_t PublishedDocuments::prune(const std::vector<Refusal>& refusals) {
    const RefusedPaths refused(refusals);
    std::uint64_t count = 0;
    for (std::size_t number = 0; number < removed_.size(); ++number) {
        const Segment& segment = index_.segments()[number].segment;
        for (std::uint32_t row = 0; row < segment.documents(); ++row) {
            if (removed_[number][row] || met_[number][row] || refused.hold(segment.record(row).path)) continue;
            remove(Index::Place{&segment, row, number});
            ++count;
        }
    }
    return count;
}

bool PublishedDocuments::portable() const { return !index_.metadata("limier:portable").empty(); }

std::string PublishedDocuments::text_dictionary() const {
    return std::string(index_.segments().back().segment.text_dictionary());
}

std::vector<IndexPart> PublishedDocuments::parts(bool others) const {
    std::vector<IndexPart> parts;
    for (std::size_t number = 0; number < removed_.size(); ++number) {
        const fs::path& folder = index_.segments()[number].folder;
        IndexPart part{folder.filename().string(), folder, {}, index_.segments()[number].segment.documents()};
        for (std::uint32_t row = 0; row < part.documents; ++row)
            if (removed_[number][row]) part.removed.push_back(row);
        const bool gone = part.removed.size() == part.documents;
        const bool last = !others && parts.empty() && number + 1 == removed_.size();
        if (!gone || last) parts.push_back(std::move(part));
    }
    return parts;
}

unsigned PublishedDocuments::next_part() const {
    unsigned next = 0;
    for (const Index::SegmentAt& at : index_.segments()) next = std::max(next, part_number(at.folder).value_or(0) + 1);
    return next;
}

IndexDocuments::IndexDocuments(Index index) : index_(std::move(index)) {
    for (const Index::SegmentAt& at : index_.segments())
        for (std::uint32_t row = 0; row < at.segment.documents(); ++row) bytes_total_ += at.segment.text_size(row);
}

std::optional<Document> IndexDocuments::next() {
    for (; segment_ < index_.segments().size(); ++segment_, row_ = 0) {
        const Index::SegmentAt& at = index_.segments()[segment_];
        while (row_ < at.segment.documents()) {
            const std::uint32_t row = row_++;
            bytes_read_ += at.segment.text_size(row);
            if (std::binary_search(at.removed.begin(), at.removed.end(), row)) continue;
            Document document = document_of(at.segment, row);
            document.added = Xapian::sortable_unserialise(at.database.get_document(row + 1).get_value(k_slot_added));
            return document;
        }
    }
    return std::nullopt;
}

}  // namespace limier
