#include "indexer/readers/members.hpp"

#include <algorithm>
#include <utility>

#include "common/dates.hpp"
#include "common/output/json.hpp"
#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/byline.hpp"
#include "indexer/readers/html.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

constexpr std::array<std::string_view, k_key_count> k_names{"id",     "title",  "body", "date",
                                                            "source", "author", "url",  "lang"};

// Other names of a key, folded, in order of preference: what exports of archives, feeds, crawlers and spreadsheets
// have.
constexpr auto k_other_names = std::to_array<std::pair<std::string_view, Key>>({
    {"title", Key::title},
    {"headline", Key::title},
    {"titre", Key::title},
    {"body", Key::body},
    {"text", Key::body},
    {"content", Key::body},
    {"texte", Key::body},
    {"contenu", Key::body},
    {"contenttext", Key::body},
    {"corps", Key::body},
    {"articlebody", Key::body},
    {"contenthtml", Key::body},
    {"bodyhtml", Key::body},
    {"date", Key::date},
    {"datepublished", Key::date},
    {"publishedat", Key::date},
    {"published", Key::date},
    {"publicationdate", Key::date},
    {"datepublication", Key::date},
    {"datedepublication", Key::date},
    {"pubdate", Key::date},
    {"source", Key::source},
    {"publisher", Key::source},
    {"sitename", Key::source},
    {"journal", Key::source},
    {"author", Key::author},
    {"auteur", Key::author},
    {"authors", Key::author},
    {"auteurs", Key::author},
    {"byline", Key::author},
    {"creator", Key::author},
    {"url", Key::url},
    {"link", Key::url},
    {"lien", Key::url},
    {"permalink", Key::url},
    {"lang", Key::lang},
    {"language", Key::lang},
    {"langue", Key::lang},
});

/// `published_at`, `Published At` -> `publishedat`.
std::string folded(std::string_view name) {
    std::string out = lower_ascii(std::string(name));
    std::erase_if(out, [](char c) { return c == '_' || c == '-' || c == ' '; });
    return out;
}

/// `content_html`: a name that says what it holds. What `body` holds is taken as it stands.
bool is_html(std::string_view name) { return folded(name).ends_with("html"); }

/// How far from the best name of its key; nothing where it is no name of a key.
std::optional<std::size_t> other_name(std::string_view name) {
    const std::string wanted = folded(name);
    const auto found = std::find_if(k_other_names.begin(), k_other_names.end(),
                                    [&wanted](const auto& row) { return row.first == wanted; });
    if (found == k_other_names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - k_other_names.begin());
}

/// The layout of a body. A title that the body begins with too is the body's.
Layout layout_of_body(Document& document) {
    if (!document.title_apart) return read_layout(document.text, true);
    auto [layout, begins_with_title] = read_layout_beside(document.title, document.text);
    document.title_apart = !begins_with_title;
    return std::move(layout);
}

}  // namespace

std::string language_of(std::string_view tag) {
    std::string language = lower_ascii(std::string(tag.substr(0, tag.find_first_of("-_."))));
    constexpr auto k_codes = std::to_array<std::pair<std::string_view, std::string_view>>({{"fra", "fr"},
                                                                                           {"fre", "fr"},
                                                                                           {"french", "fr"},
                                                                                           {"français", "fr"},
                                                                                           {"francais", "fr"},
                                                                                           {"eng", "en"},
                                                                                           {"deu", "de"},
                                                                                           {"ger", "de"},
                                                                                           {"spa", "es"},
                                                                                           {"ita", "it"},
                                                                                           {"por", "pt"},
                                                                                           {"nld", "nl"},
                                                                                           {"dut", "nl"},
                                                                                           {"cat", "ca"},
                                                                                           {"oci", "oc"},
                                                                                           {"bre", "br"},
                                                                                           {"eus", "eu"},
                                                                                           {"baq", "eu"}});
    for (const auto& [code, short_code] : k_codes) {
        if (language == code) return std::string(short_code);
    }
    return language;
}

std::optional<Key> key_named(std::string_view name) {
    const auto found = std::find(k_names.begin(), k_names.end(), name);
    if (found == k_names.end()) return std::nullopt;
    return static_cast<Key>(found - k_names.begin());
}

Result<std::pair<std::string, Key>> parse_mapping(std::string_view option) {
    const std::size_t equals = option.find('=');
    const std::optional<Key> key = key_named(option.substr(0, equals));
    if (key && equals != std::string_view::npos && equals + 1 < option.size())
        return std::pair(clean_utf8(option.substr(equals + 1)).text, *key);
    std::string keys;
    for (const std::string_view name : k_names) keys.append(keys.empty() ? "" : ", ").append(name);
    return Error{
        Code::usage, std::string(tr("--map: not KEY=NAME: ", "--map : pas CLÉ=NOM : ")) + std::string(option),
        std::string(tr("such as body=contenu; the keys are ", "par exemple body=contenu ; les clés sont ")) + keys};
}

std::optional<Key> key_of(std::string_view name, const FieldMap& map) {
    for (const auto& [member, key] : map) {
        if (member == name) return key;
    }
    const std::optional<Key> own = key_named(name);
    if (own && std::any_of(map.begin(), map.end(), [own](const auto& row) { return row.second == *own; })) return {};
    return own;
}

std::optional<Key> key_meant(std::string_view name, const FieldMap& map) {
    const std::optional<Key> key = key_of(name, map);
    if (key) return key;
    const std::optional<std::size_t> rank = other_name(name);
    return rank ? std::optional(k_other_names[*rank].second) : std::nullopt;
}

bool says_member(std::span<const MemberLevel> levels) {
    if (levels.size() == 1) return true;
    if (levels.back().list) return levels.size() == 2;
    return levels.back().name == "name" && (levels.size() == 2 || (levels.size() == 3 && levels[1].list));
}

void append_listed(std::string& to, std::string_view text) { to.append(to.empty() ? "" : ", ").append(trimmed(text)); }

void Members::append(Key key, std::string_view text) { append_listed((*this)[key], text); }

void Members::append_mapped(std::span<const MemberLevel> levels, std::string_view text, const FieldMap& map) {
    std::string way;
    for (const MemberLevel& level : levels) {
        if (!level.list) way.append(way.empty() ? "" : ".").append(level.name);
    }
    for (const auto& [name, key] : map) {
        if (name == way) append(key, text);
    }
}

void Members::set(const std::string& name, std::string text, std::string json, const FieldMap& map) {
    if (const std::optional<Key> key = key_of(name, map)) {
        (*this)[*key] = std::move(text);
    } else {
        add_other(name, std::move(text), std::move(json));
    }
}

void Members::add_other(const std::string& name, std::string text, std::string json) {
    const auto [place, is_new] = places_.try_emplace(name, others_.size());
    if (is_new) others_.emplace_back();
    others_[place->second] = {name, std::move(text), std::move(json)};
}

void Members::add_other(const std::string& name, const std::string& text) {
    add_other(name, text, JsonWriter().string(text).take());
}

bool Members::says(Key key) const {
    if (!trimmed(known_[static_cast<std::size_t>(key)]).empty()) return true;
    return std::any_of(others_.begin(), others_.end(), [key](const Other& other) {
        const auto rank = other_name(other.name);
        return rank && k_other_names[*rank].second == key && !trimmed(other.text).empty();
    });
}

std::vector<std::string> Members::nested() const {
    std::vector<std::string> found;
    for (const std::string_view beginning : {"[{", "{"}) {
        for (const Other& other : others_) {
            if (other.json.starts_with(beginning)) found.push_back(other.json);
        }
        if (!found.empty()) break;
    }
    return found;
}

/// Gives each key that says nothing what the best of its other names says, which is then no other member any more.
void Members::use_other_names() {
    std::array<std::optional<std::pair<std::size_t, std::size_t>>, k_key_count> best;  // rank, place
    for (std::size_t place = 0; place < others_.size(); ++place) {
        const auto rank = other_name(others_[place].name);
        const std::string_view text = trimmed(others_[place].text);
        if (!rank || text.empty()) continue;
        const Key key = k_other_names[*rank].second;
        if (!trimmed((*this)[key]).empty() || (key == Key::date && !parse_date(text))) continue;
        auto& found = best[static_cast<std::size_t>(key)];
        if (!found || *rank < found->first) found = {*rank, place};
    }
    std::vector<std::size_t> used;
    for (std::size_t key = 0; key < k_key_count; ++key) {
        if (!best[key]) continue;
        used.push_back(best[key]->second);
        Other& other = others_[best[key]->second];
        known_[key] = std::move(other.text);
        if (!is_html(other.name)) continue;
        if (Result<std::string> text = text_of_html(known_[key])) known_[key] = std::move(*text);
    }
    std::sort(used.rbegin(), used.rend());
    for (const std::size_t place : used) others_.erase(others_.begin() + static_cast<std::ptrdiff_t>(place));
}

/// A date that cannot be read is no reason to lose the article: it is kept as it was written.
void Members::set_date(Document& document) {
    const std::string& written = (*this)[Key::date];
    if (trimmed(written).empty()) return;
    if (const auto date = parse_date(written)) {
        document.date = *date;
        return;
    }
    document.date = Date{};
    document.extra.emplace_back(k_names[static_cast<std::size_t>(Key::date)], JsonWriter().string(written).take());
}

Result<Document> Members::document(std::string id, std::string path) && {
    use_other_names();
    if (trimmed((*this)[Key::title]).empty() && trimmed((*this)[Key::body]).empty())
        return Error{Code::input, std::string(tr("neither title nor body", "ni title ni body"))};
    Document document;
    const std::string_view own_id = trimmed((*this)[Key::id]);
    document.id = std::move(id);
    if (!own_id.empty()) document.place = std::exchange(document.id, own_id);
    document.path = std::move(path);
    document.title = trimmed((*this)[Key::title]);
    document.title_apart = !document.title.empty();
    document.text = std::move((*this)[Key::body]);
    document.source = trimmed((*this)[Key::source]);
    document.author = author_names((*this)[Key::author]);
    document.url = trimmed((*this)[Key::url]);
    document.lang = language_of(trimmed((*this)[Key::lang]));
    document.extra.reserve(others_.size());
    for (Other& other : others_) document.extra.emplace_back(std::move(other.name), std::move(other.json));
    document.replaced = static_cast<std::uint32_t>(replaced);
    apply_layout(layout_of_body(document), document);
    set_date(document);
    return document;
}

}  // namespace limier
