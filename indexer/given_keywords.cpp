#include "indexer/given_keywords.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <rapidjson/document.h>

#include "common/text/fold.hpp"
#include "common/text/phrase_key.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr std::size_t k_most_given = 30;
constexpr std::size_t k_longest_bytes = 120;  ///< what is longer is a sentence, or a list with unknown signs
constexpr std::size_t k_most_phrases = 10;

/// Folded, without what stands between words.
constexpr std::string_view k_names[] = {"keyword",  "keywords", "motcle", "motscle",     "motcles",
                                        "motscles", "tag",      "tags",   "newskeywords"};
constexpr const char* k_name_members[] = {"name", "label", "title", "value"};

bool is_keywords(std::string_view name) {
    std::string folded = fold(name);
    std::erase_if(folded, [](char c) { return c == '_' || c == '-' || c == ' '; });
    return std::find(std::begin(k_names), std::end(k_names), folded) != std::end(k_names);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty()) {
        std::size_t at = 0;
        if (!is_space(next_code_point(text, at))) break;
        text.remove_prefix(at);
    }
    while (!text.empty()) {
        std::size_t at = text.size();
        if (!is_space(previous_code_point(text, at))) break;
        text = text.substr(0, at);
    }
    return text;
}

class Keywords {
 public:
    void add(const rapidjson::Value& value) {
        if (value.IsString()) add_parts({value.GetString(), value.GetStringLength()});
        if (!value.IsArray()) return;
        for (const rapidjson::Value& one : value.GetArray()) {
            if (one.IsString()) add_one({one.GetString(), one.GetStringLength()});
            if (one.IsObject()) add_name_of(one);
        }
    }
    std::vector<std::string> take() { return std::move(list_); }

 private:
    void add_parts(std::string_view text) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find_first_of(",;|\n"), text.size());
            add_one(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }
    void add_name_of(const rapidjson::Value& object) {
        for (const char* const name : k_name_members) {
            const auto member = object.FindMember(name);
            if (member == object.MemberEnd() || !member->value.IsString()) continue;
            add_one({member->value.GetString(), member->value.GetStringLength()});
            return;
        }
    }
    void add_one(std::string_view text) {
        text = trimmed(text);
        if (text.empty() || text.size() > k_longest_bytes || list_.size() >= k_most_given) return;
        if (std::find(list_.begin(), list_.end(), text) == list_.end()) list_.emplace_back(text);
    }

    std::vector<std::string> list_;
};

}  // namespace

std::vector<std::string> given_keywords(const Document& document) {
    Keywords keywords;
    for (const auto& [name, json] : document.extra) {
        if (!is_keywords(name)) continue;
        rapidjson::Document value;
        value.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
        if (!value.HasParseError()) keywords.add(value);
    }
    return keywords.take();
}

void add_given_keywords(const Document& document, Analyser& analyser, std::vector<KeyPhrase>& phrases) {
    std::vector<KeyPhrase> all;
    const auto add = [&all](KeyPhrase phrase) {
        const auto same = [&phrase](const KeyPhrase& other) { return other.key == phrase.key; };
        if (!phrase.key.empty() && std::none_of(all.begin(), all.end(), same)) all.push_back(std::move(phrase));
    };
    for (std::string& value : given_keywords(document)) {
        std::string key = phrase_key(value, analyser);
        add({.key = std::move(key), .value = std::move(value), .score = 1, .given = true});
    }
    if (all.empty()) return;
    for (KeyPhrase& phrase : phrases)
        if (all.size() < k_most_phrases) add(std::move(phrase));
    phrases = std::move(all);
}

}  // namespace limier
