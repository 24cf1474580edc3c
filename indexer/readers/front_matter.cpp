#include "indexer/readers/front_matter.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <yaml.h>

#include "common/output/json.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

constexpr std::size_t k_longest = std::size_t{64} << 10;
constexpr std::size_t k_most_levels = 64;

/// Takes libyaml's events of one mapping.
class YamlReader {
 public:
    YamlReader(std::string_view yaml, const FieldMap& map) : map_(map) {
        ::yaml_parser_initialize(&parser_);
        ::yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
        ::yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(yaml.data()), yaml.size());
    }
    YamlReader(const YamlReader&) = delete;
    YamlReader& operator=(const YamlReader&) = delete;
    ~YamlReader() { ::yaml_parser_delete(&parser_); }

    /// Nothing where it is no YAML, no mapping, or nested deeper than 64 levels.
    std::optional<Members> read() {
        for (;;) {
            yaml_event_t event;
            if (::yaml_parser_parse(&parser_, &event) == 0) return std::nullopt;
            const bool ends = event.type == YAML_STREAM_END_EVENT || event.type == YAML_DOCUMENT_END_EVENT;
            const bool goes_on = take(event);
            ::yaml_event_delete(&event);
            if (!goes_on) return std::nullopt;
            if (ends) break;
        }
        if (!any_) return std::nullopt;
        return std::move(members_);
    }

 private:
    bool take(const yaml_event_t& event) {
        switch (event.type) {
            case YAML_MAPPING_START_EVENT:
                return enter(true);
            case YAML_SEQUENCE_START_EVENT:
                return enter(false);
            case YAML_MAPPING_END_EVENT:
            case YAML_SEQUENCE_END_EVENT:
                return leave();
            case YAML_ALIAS_EVENT:
                return scalar({}, true);
            case YAML_SCALAR_EVENT: {
                const auto& said = event.data.scalar;
                const std::string_view value(reinterpret_cast<const char*>(said.value), said.length);
                return scalar(clean_utf8(value).text, said.style == YAML_PLAIN_SCALAR_STYLE);
            }
            default:
                return true;
        }
    }

    bool at_key() const { return !levels_.empty() && !levels_.back().list && key_next_; }

    bool enter(bool mapping) {
        // A mapping or list as a key has no name.
        if (levels_.size() == k_most_levels || at_key() || (levels_.empty() && !mapping)) return false;
        levels_.push_back({!mapping});
        key_next_ = true;
        if (levels_.size() == 1) return any_ = true;
        mapping ? json_.begin_object() : json_.begin_array();
        return true;
    }

    bool leave() {
        const bool mapping = !levels_.back().list;
        levels_.pop_back();
        if (levels_.empty()) return true;
        mapping ? json_.end_object() : json_.end_array();
        value_done();
        return true;
    }

    bool scalar(std::string value, bool plain) {
        if (levels_.empty()) return false;
        if (at_key()) {
            key_next_ = false;
            levels_.back().name = std::move(value);
            if (levels_.size() > 1) json_.key(levels_.back().name);
            return true;
        }
        const bool null = plain && (value.empty() || value == "~" || value == "null");
        if (null) {
            json_.null();
        } else if (plain && (value == "true" || value == "false")) {
            json_.boolean(value == "true");
        } else {
            json_.string(value);
        }
        if (!null) note(value);
        value_done();
        return true;
    }

    void note(std::string_view value) {
        if (says_member(levels_) && !trimmed(value).empty()) append_listed(text_, value);
        if (!map_.empty() && levels_.size() > 1) members_.append_mapped(levels_, value, map_);
    }

    void value_done() {
        key_next_ = true;
        if (levels_.size() == 1) members_.set(levels_.back().name, std::exchange(text_, {}), json_.take(), map_);
    }

    const FieldMap& map_;
    yaml_parser_t parser_;
    std::vector<MemberLevel> levels_;
    bool key_next_ = true;  ///< of the mapping that is being read
    std::string text_;      ///< of the member on top that is being read
    JsonWriter json_;
    Members members_;
    bool any_ = false;
};

/// `"a"`, `'a'` -> a.
std::string_view unquoted(std::string_view text) {
    text = trimmed(text);
    const bool quoted =
        text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return quoted ? text.substr(1, text.size() - 2) : text;
}

/// `["a", "b"]` -> a, b.
std::string value_of(std::string_view text) {
    text = trimmed(text);
    if (!text.starts_with('[') || !text.ends_with(']')) return std::string(unquoted(text));
    text = text.substr(1, text.size() - 2);
    std::string joined;
    while (!text.empty()) {
        const std::string_view item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        if (!unquoted(item).empty()) append_listed(joined, unquoted(item));
    }
    return joined;
}

/// Lines `name: value`, or `name = value` above the first `[table]`. Indented lines and lists go with what is before.
std::optional<Members> read_lines(std::string_view text, char sign, const FieldMap& map) {
    Members members;
    bool any = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        const std::size_t split = line.find(sign);
        if (sign == '=' && line.starts_with('[')) break;
        if (line.empty() || line.starts_with('#') || line.starts_with(' ') || line.starts_with('-') || split == 0)
            continue;
        if (split == std::string_view::npos) continue;
        const std::string name(unquoted(line.substr(0, split)));
        if (name.find(' ') != std::string::npos) continue;
        std::string value = value_of(line.substr(split + 1));
        std::string json = JsonWriter().string(value).take();
        members.set(name, std::move(value), std::move(json), map);
        any = true;
    }
    if (!any) return std::nullopt;
    return members;
}

struct Fence {
    std::size_t begin = 0, end = 0;  ///< what is between the two lines
    std::size_t after = 0;           ///< behind the second one
};

std::optional<Fence> find_fence(std::string_view text, std::string_view mark) {
    const auto line_at = [text](std::size_t at) { return text.substr(at, text.find('\n', at) - at); };
    const std::string_view first = line_at(0);
    if (!first.starts_with(mark) || trimmed(first) != mark) return std::nullopt;
    Fence fence;
    fence.begin = first.size() + 1;
    for (std::size_t at = fence.begin; at < text.size() && at < k_longest;) {
        const std::string_view line = line_at(at);
        const std::string_view word = line.starts_with(' ') ? std::string_view() : trimmed(line);
        if (word == mark || (mark == "---" && word == "...")) {
            fence.end = at;
            fence.after = std::min(at + line.size() + 1, text.size());
            return fence;
        }
        at += line.size() + 1;
    }
    return std::nullopt;
}

}  // namespace

std::optional<FrontMatter> read_front_matter(std::string_view text, const FieldMap& map) {
    const bool toml = text.starts_with('+');
    const auto fence = find_fence(text, toml ? "+++" : "---");
    if (!fence) return std::nullopt;
    const std::string_view inside = text.substr(fence->begin, fence->end - fence->begin);
    std::optional<Members> members = toml ? std::nullopt : YamlReader(inside, map).read();
    if (!members) members = read_lines(inside, toml ? '=' : ':', map);
    if (!members) return std::nullopt;
    return FrontMatter{std::move(*members), fence->after};
}

}  // namespace limier
