#include "indexer/readers/json_ld.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

#include <rapidjson/document.h>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

using Value = rapidjson::Value;

constexpr std::size_t k_most_listed = 50;
constexpr unsigned k_most_levels = 4;  // of lists of persons with lists of names

std::string_view view(const Value& string) { return {string.GetString(), string.GetStringLength()}; }

/// The JSON alone, without comment marks around it. Line ends within strings, which many pages have, become blanks;
/// outside they are blanks anyhow.
std::string json_of(std::string_view script) {
    const std::size_t begin = script.find_first_of("{["), end = script.find_last_of("}]");
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
    std::string json(script.substr(begin, end + 1 - begin));
    std::replace_if(
        json.begin(), json.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
    return json;
}

/// `https://schema.org/NewsArticle` and `NewsArticle`.
bool names_article(std::string_view type) {
    type.remove_prefix(std::min(type.size(), type.find_last_of("/:") + 1));
    return type.ends_with("Article") || type.ends_with("Posting") || type == "Report";
}

const Value* member(const Value& object, const char* name) {
    const auto found = object.FindMember(name);
    return found == object.MemberEnd() ? nullptr : &found->value;
}

bool is_article(const Value& object) {
    const Value* const type = member(object, "@type");
    if (type == nullptr) return false;
    if (type->IsString()) return names_article(view(*type));
    return type->IsArray() && std::any_of(type->Begin(), type->End(),
                                          [](const Value& one) { return one.IsString() && names_article(view(one)); });
}

class Graph {
 public:
    void add(std::string_view script) {
        const std::string json = json_of(script);
        auto& document = *documents_.emplace_back(std::make_unique<rapidjson::Document>());
        // Iterative: nesting may not cost stack.
        document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseTrailingCommasFlag>(json.data(), json.size());
        if (!document.HasParseError()) collect(document);
    }

    LinkedData article(std::string_view url) const {
        if (articles_.empty()) return {};
        const auto same = std::find_if(articles_.begin(), articles_.end(), [&](const Value* article) {
            return !url.empty() && (said(*article, "url") == url || said(*article, "mainEntityOfPage") == url ||
                                    said(*article, "@id") == url);
        });
        return read(same == articles_.end() ? *articles_.front() : **same);
    }

 private:
    /// Objects on top, in lists, in `@graph`, and what a page says that it is about. Others (`itemListElement`,
    /// `hasPart`) are of other articles.
    void collect(const Value& root) {
        std::vector<const Value*> open{&root};
        while (!open.empty()) {
            const Value& value = *open.back();
            open.pop_back();
            if (value.IsArray()) {
                for (auto one = value.End(); one != value.Begin();) open.push_back(&*--one);
            } else if (value.IsObject()) {
                if (is_article(value)) articles_.push_back(&value);
                if (const Value* id = member(value, "@id"); id != nullptr && id->IsString())
                    named_.emplace(view(*id), &value);
                for (const char* within : {"mainEntity", "@graph"}) {
                    if (const Value* more = member(value, within)) open.push_back(more);
                }
            }
        }
    }

    std::string said(const Value& object, const char* name) const {
        const Value* const value = member(object, name);
        return value == nullptr ? std::string() : text_of(*value, 0);
    }

    /// A string, the name or address of what it is, or several of these.
    std::string text_of(const Value& value, unsigned level) const {
        if (value.IsString()) return clean_utf8(view(value)).text;
        std::string text;
        if (level == k_most_levels) return text;
        if (value.IsArray()) {
            for (rapidjson::SizeType i = 0; i < value.Size() && i < k_most_listed; ++i) {
                const std::string one = text_of(value[i], level + 1);
                if (!one.empty()) text.append(text.empty() ? "" : ", ").append(one);
            }
        } else if (value.IsObject()) {
            const Value* const name = member(value, "name");
            if (name != nullptr) return text_of(*name, level + 1);
            const Value* const id = member(value, "@id");
            if (id == nullptr || !id->IsString()) return text;
            // Something that the graph names elsewhere, or an address.
            const auto found = named_.find(view(*id));
            if (found != named_.end() && found->second != &value && member(*found->second, "name") != nullptr)
                return text_of(*found->second, level + 1);
            return clean_utf8(view(*id)).text;
        }
        return text;
    }

    LinkedData read(const Value& article) const {
        constexpr std::array<std::pair<const char*, std::string_view>, 15> k_names{
            {{"headline", "headline"},
             {"name", "headline"},
             {"datePublished", "datePublished"},
             {"dateCreated", "dateCreated"},
             {"dateModified", "dateModified"},
             {"author", "author"},
             {"creator", "author"},
             {"publisher", "publisher"},
             {"url", "url"},
             {"mainEntityOfPage", "url"},
             {"inLanguage", "inLanguage"},
             {"articleSection", "articleSection"},
             {"keywords", "keywords"},
             {"description", "description"},
             {"articleBody", "articleBody"}}};
        LinkedData data;
        for (const auto& [name, meaning] : k_names) {
            std::string text = said(article, name);
            if (!text.empty()) data.emplace_back(meaning, std::move(text));
        }
        return data;
    }

    std::vector<std::unique_ptr<rapidjson::Document>> documents_;
    std::vector<const Value*> articles_;
    std::unordered_map<std::string_view, const Value*> named_;
};

}  // namespace

LinkedData read_linked_article(const std::vector<std::string_view>& scripts, std::string_view url) {
    Graph graph;
    for (const std::string_view script : scripts) graph.add(script);
    return graph.article(url);
}

}  // namespace limier
