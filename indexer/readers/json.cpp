// Files of JSON: an object is a document, and so is each object of a list. What exports and services answer wraps them
// (`{"status":"ok","articles":[…]}`, `{"hits":{"hits":[{"_source":{…}}]}}`): an object that is no document stands for
// those in it.
#include <deque>
#include <utility>

#include "common/output/language.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/json_object.hpp"
#include "indexer/readers/json_values.hpp"

namespace limier {
namespace {

constexpr unsigned k_most_wrappings = 5;

class JsonFileReader : public FileReader {
 public:
    explicit JsonFileReader(InputFile file) : file_(std::move(file)), path_(path_text(file_.path)), map_(file_.map()) {}

    Step next() override {
        while (steps_.empty() && !done_) read_value();
        if (steps_.empty()) return {};
        Step step = std::move(steps_.front());
        steps_.pop_front();
        return step;
    }

    std::uint64_t bytes_read() const override { return values_ ? values_->bytes_read() : 0; }

 private:
    void read_value() {
        if (!values_) {
            Result<ByteStream> opened = open_bytes(file_);
            if (!opened) return refuse_rest(opened.error().message);
            values_.emplace(std::move(*opened));
        }
        Result<std::optional<std::string>> value = values_->next();
        if (!value) return refuse_rest(value.error().message);
        if (!*value) {
            if (documents_ == 0 && !refused_)
                return refuse_rest(std::string(bytes_read() == 0 ? tr("it is empty", "il est vide")
                                                                 : tr("no object in it", "aucun objet dedans")));
            done_ = true;
            return;
        }
        if (documents_ == 0 && !refused_ && ((*value)->starts_with("\xFF\xFE") || (*value)->starts_with("\xFE\xFF")))
            return refuse_rest(utf16_reason());
        const Result<void> taken = take(std::move(**value), values_->in_list(), 0);
        if (!taken) refuse(taken.error().message);
    }

    /// The document that an object is, or those within it. Errors: why it is none.
    Result<void> take(std::string json, bool in_list, unsigned wrappings, bool title_is_enough = true) {
        Result<Members> members = read_members(std::move(json), map_);
        if (!members) return members.error();
        if (!members->says(Key::body) && wrappings < k_most_wrappings) {
            // Pictures with titles are no articles of an article without a body.
            const bool is_titled = members->says(Key::title);
            const std::size_t before = documents_;
            for (std::string& value : members->nested()) take_all(std::move(value), wrappings + 1, !is_titled);
            if (documents_ > before) return {};
            if (is_titled && !title_is_enough) return Error{Code::input, std::string(tr("no body", "pas de body"))};
        }
        const bool numbered = in_list || documents_ > 0;
        Result<Document> document =
            std::move(*members).document(numbered ? file_.id + ":" + std::to_string(documents_ + 1) : file_.id, path_);
        if (!document) return document.error();
        steps_.push_back({std::move(*document), {}});
        ++documents_;
        return {};
    }

    /// The documents of a list or object within another object. Where there are some, what is none is refused.
    void take_all(std::string json, unsigned wrappings, bool title_is_enough) {
        JsonValues values(ByteStream(bytes_then(std::move(json))));
        std::vector<std::string> refused;
        const std::size_t before = documents_;
        for (std::size_t number = 1;; ++number) {
            Result<std::optional<std::string>> value = values.next();
            if (!value || !*value) break;
            const Result<void> taken = take(std::move(**value), true, wrappings, title_is_enough);
            if (!taken) refused.push_back(std::to_string(number) + ": " + taken.error().message);
        }
        if (documents_ == before) return;
        for (const std::string& reason : refused) refuse(std::string(tr("in its list, ", "dans sa liste, ")) + reason);
    }

    void refuse(std::string reason) {
        refused_ = true;
        steps_.push_back({{}, Refusal{path_ + ":" + std::to_string(values_->line()), std::move(reason)}});
    }

    void refuse_rest(std::string reason) {
        done_ = true;
        if (documents_ > 0 || refused_) return refuse(std::move(reason));
        steps_.push_back({{}, Refusal{path_, std::move(reason)}});
    }

    InputFile file_;
    std::string path_;
    FieldMap map_;
    std::optional<JsonValues> values_;
    std::deque<Step> steps_;
    std::size_t documents_ = 0;
    bool refused_ = false;
    bool done_ = false;
};

}  // namespace

std::unique_ptr<FileReader> open_json(const InputFile& file) { return std::make_unique<JsonFileReader>(file); }

}  // namespace limier
