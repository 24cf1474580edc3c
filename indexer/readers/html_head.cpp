#include "indexer/readers/html_head.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "common/dates.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/byline.hpp"
#include "indexer/readers/furniture.hpp"
#include "indexer/readers/json_ld.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

// Where a page says something, the most trusted first. `ld`: JSON-LD; `prop`: microdata; `page`: elements; the others
// are the names of `meta`, in lower case. A page's own text comes behind what was written for readers of the head, the
// title of the window last: it has the site's name.
constexpr auto k_places = std::to_array<std::pair<std::string_view, Key>>({
    {"ld:headline", Key::title},
    {"og:title", Key::title},
    {"prop:headline", Key::title},
    {"page:h1", Key::title},
    {"parsely-title", Key::title},
    {"dc.title", Key::title},
    {"dcterms.title", Key::title},
    {"citation_title", Key::title},
    {"twitter:title", Key::title},
    {"page:title", Key::title},
    {"ld:datePublished", Key::date},
    {"article:published_time", Key::date},
    {"og:article:published_time", Key::date},
    {"prop:datePublished", Key::date},
    {"page:pubdate", Key::date},
    {"datepublished", Key::date},
    {"parsely-pub-date", Key::date},
    {"dc.date.issued", Key::date},
    {"dcterms.issued", Key::date},
    {"dc.date.created", Key::date},
    {"dcterms.created", Key::date},
    {"dc.date", Key::date},
    {"dcterms.date", Key::date},
    {"article.published", Key::date},
    {"citation_publication_date", Key::date},
    {"sailthru.date", Key::date},
    {"cxenseparse:recs:publishtime", Key::date},
    {"pubdate", Key::date},
    {"publish-date", Key::date},
    {"publish_date", Key::date},
    {"publication_date", Key::date},
    {"date", Key::date},
    {"ld:dateCreated", Key::date},
    {"page:signature-date", Key::date},
    {"page:time", Key::date},
    {"ld:author", Key::author},
    {"prop:author", Key::author},
    {"author", Key::author},
    {"article:author", Key::author},
    {"og:article:author", Key::author},
    {"parsely-author", Key::author},
    {"dc.creator", Key::author},
    {"dcterms.creator", Key::author},
    {"citation_author", Key::author},
    {"sailthru.author", Key::author},
    {"page:signature", Key::author},
    {"ld:publisher", Key::source},
    {"og:site_name", Key::source},
    {"dc.publisher", Key::source},
    {"dcterms.publisher", Key::source},
    {"application-name", Key::source},
    {"apple-mobile-web-app-title", Key::source},
    {"page:canonical", Key::url},
    {"og:url", Key::url},
    {"ld:url", Key::url},
    {"ld:inLanguage", Key::lang},
    {"dc.language", Key::lang},
    {"dcterms.language", Key::lang},
    {"og:locale", Key::lang},
    {"page:lang", Key::lang},
    {"content-language", Key::lang},
});

// What is kept beside the keys, under one name.
constexpr auto k_others = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"ld:keywords", "keywords"},
    {"news_keywords", "keywords"},
    {"keywords", "keywords"},
    {"article:tag", "keywords"},
    {"ld:articleSection", "section"},
    {"article:section", "section"},
    {"parsely-section", "section"},
    {"ld:description", "description"},
    {"og:description", "description"},
    {"description", "description"},
    {"dc.description", "description"},
    {"ld:dateModified", "modified"},
    {"article:modified_time", "modified"},
    {"dcterms.modified", "modified"},
});

/// Whether one place may say it several times: each of several authors has his own `meta`.
bool is_listed(std::string_view place) {
    return place.ends_with("author") || place.ends_with("creator") || place == "article:tag";
}

bool is_address(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

/// Text that came with markup or entities in it, as JSON-LD often has it.
std::string plain(const std::string& text) {
    if (text.find_first_of("<&") == std::string::npos) return text;
    const Result<HtmlTree> tree = HtmlTree::parse(text);
    return tree ? clean_utf8(text_of(visible_blocks(*tree))).text : text;
}

/// `fr-FR`, `fr_FR` -> `fr`; empty where it is no tag of a language.
std::string language(std::string_view tag) {
    const std::string main = lower_ascii(std::string(tag.substr(0, tag.find_first_of("-_, "))));
    const bool letters = std::all_of(main.begin(), main.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return letters && (main.size() == 2 || main.size() == 3) ? main : std::string();
}

/// Where a name of a site may be joined to a title.
struct Joint {
    std::size_t begin = 0, end = 0;
};
std::vector<Joint> joints(std::string_view title) {
    constexpr std::array<std::string_view, 8> k_signs{" | ", " - ", " – ", " — ", " • ", " · ", " » ", " : "};
    std::vector<Joint> found;
    for (std::size_t at = 0; at < title.size(); ++at) {
        for (const std::string_view sign : k_signs) {
            if (title.substr(at).starts_with(sign)) found.push_back({at, at + sign.size()});
        }
    }
    return found;
}

/// A title without the name of its site before or behind it. `names`: what the site is called, as keys.
std::string without_site(const std::string& title, const std::vector<std::string>& names) {
    const auto is_name = [&names](std::string_view part) {
        return is_press(part) || std::find(names.begin(), names.end(), fold_key(part)) != names.end();
    };
    const std::vector<Joint> found = joints(title);
    if (found.empty()) return title;
    const std::string_view whole = title;
    const Joint first = found.front(), last = found.back();
    if (is_name(whole.substr(last.end))) return std::string(trimmed(whole.substr(0, last.begin)));
    if (is_name(whole.substr(0, first.begin))) return std::string(trimmed(whole.substr(first.end)));
    return title;
}

/// The title of a window that names its site in a way that nothing else tells: what of it the article begins with, else
/// all but a short last part.
std::string without_unknown_site(const std::string& title, const std::vector<std::string>& first_lines) {
    const auto begins_article = [&first_lines](std::string_view part) {
        return std::find(first_lines.begin(), first_lines.end(), fold_key(part)) != first_lines.end();
    };
    const std::string_view whole = title;
    for (const Joint& joint : joints(title)) {
        for (const std::string_view part : {whole.substr(joint.end), whole.substr(0, joint.begin)}) {
            if (begins_article(part)) return std::string(trimmed(part));
        }
    }
    const std::vector<Joint> found = joints(title);
    if (found.empty()) return title;
    const Joint last = found.back();
    const std::string_view head = whole.substr(0, last.begin), name = whole.substr(last.end);
    constexpr std::size_t k_longest_name = 30;
    const bool colon = whole.substr(last.begin, last.end - last.begin) == " : ";
    const bool sentence = std::count(head.begin(), head.end(), ' ') >= 2 && head.size() > name.size();
    if (!colon && sentence && name.size() <= k_longest_name) return std::string(trimmed(head));
    return title;
}

class HeadReader {
 public:
    HeadReader(const HtmlTree& tree, const Content& content, const FieldMap& map)
        : tree_(tree), content_(content), map_(map) {}

    PageHead read() {
        read_elements();
        read_linked();
        set(Key::url);
        read_content();
        for (const Key key : {Key::date, Key::author, Key::source, Key::lang}) set(key);
        set_title();
        set_others();
        return std::move(head_);
    }

 private:
    void say(const std::string& place, std::string_view text) {
        const std::string value = one_line(text);
        if (value.empty()) return;
        const auto [found, is_new] = said_.try_emplace(place, value);
        constexpr std::size_t k_longest_list = 2000;
        if (!is_new && is_listed(place) && found->second.size() < k_longest_list &&
            found->second.find(value) == std::string::npos)
            found->second.append(", ").append(value);
    }

    void read_elements() {
        for (const HtmlNode& node : tree_.nodes()) {
            switch (node.tag) {
                case Tag::html:
                    read_language(node);
                    break;
                case Tag::title:
                    say("page:title", tree_.text(node));
                    break;
                case Tag::meta:
                    read_meta(node);
                    break;
                case Tag::link:
                    if (tree_.get(node, Attribute::rel) == "canonical")
                        say("page:canonical", tree_.get(node, Attribute::href));
                    break;
                case Tag::script:
                    if (lower_ascii(std::string(tree_.get(node, Attribute::type))).starts_with("application/ld+json"))
                        scripts_.push_back(tree_.text(node));
                    break;
                default:
                    break;
            }
            read_property(node);
        }
    }

    /// `en` is what templates have that nobody has touched: of a French page it says nothing.
    void read_language(const HtmlNode& node) {
        const std::string lang = language(tree_.get(node, Attribute::lang));
        if (lang != "en") say("page:lang", lang);
    }

    void read_meta(const HtmlNode& node) {
        const std::string_view content = tree_.get(node, Attribute::content);
        for (const Attribute attribute : {Attribute::name, Attribute::property, Attribute::http_equiv}) {
            const std::string_view name = tree_.get(node, attribute);
            if (name.empty()) continue;
            for (const auto& [mapped, key] : map_) {
                if (mapped == name) mapped_[key] = one_line(content);
            }
            say(lower_ascii(std::string(name)), content);
        }
    }

    /// Microdata: the value is an attribute, or the text.
    void read_property(const HtmlNode& node) {
        std::string_view value = tree_.get(node, Attribute::content);
        if (value.empty()) value = tree_.get(node, Attribute::datetime);
        const std::string_view property = tree_.get(node, Attribute::itemprop);
        constexpr std::size_t k_longest = 300;
        if (property == "headline" || property == "author" || property == "datePublished") {
            const std::string_view text = value.empty() ? trimmed(tree_.text(node)) : value;
            if (text.size() <= k_longest) say("prop:" + std::string(property), text);
        }
        if (node.tag != Tag::time || value.empty()) return;
        const std::string names = lower_ascii(std::string(tree_.get(node, Attribute::css_class)));
        const bool later = names.find("updat") != std::string::npos || names.find("modif") != std::string::npos ||
                           property == "dateModified";
        if (!later) say(tree_.has(node, Attribute::pubdate) ? "page:pubdate" : "page:time", value);
    }

    void read_linked() {
        std::string url = said_["page:canonical"];
        if (url.empty()) url = said_["og:url"];
        for (const auto& [name, text] : read_linked_article(scripts_, url)) {
            if (name == "articleBody") {
                head_.body = plain(text);
            } else {
                say("ld:" + std::string(name), plain(text));
            }
        }
    }

    void read_content() {
        const std::vector<std::string> names = names_of_site();
        for (const std::string& heading : content_.headings) {
            if (std::find(names.begin(), names.end(), fold_key(heading)) == names.end()) say("page:h1", heading);
        }
        for (const std::string& text : content_.signatures) {
            std::size_t at = 0;
            while (const auto line = next_line(text, at)) read_signature(one_line(line->in(text)));
        }
    }

    void read_signature(const std::string& line) {
        if (const auto found = read_furniture(line)) {
            if (found->date && found->kind != Zone::Kind::updated) say("page:signature-date", date_text(found->date));
            say("page:signature", found->author);
        } else if (const auto names = read_bare_names(line)) {
            say("page:signature", names->author);
        } else if (const auto date = parse_date(line)) {
            say("page:signature-date", date_text(*date));
        }
    }

    /// Whether the key can be what is said.
    static std::optional<std::string> read_value(Key key, const std::string& text) {
        switch (key) {
            case Key::date:
                return parse_date(text) ? std::optional(text) : std::nullopt;
            case Key::author: {
                const std::string name = lower_ascii(text);
                if (is_address(text) || text.starts_with('@') || name == "admin" || name == "webmaster")
                    return std::nullopt;
                return text;
            }
            case Key::url:
                return is_address(text) ? std::optional(text) : std::nullopt;
            case Key::lang: {
                std::string lang = language(text);
                return lang.empty() ? std::nullopt : std::optional(std::move(lang));
            }
            default:
                return text;
        }
    }

    std::optional<std::string> best(Key key) const {
        if (const auto own = mapped_.find(key); own != mapped_.end()) return own->second;
        for (const auto& [place, of] : k_places) {
            const auto found = of == key ? said_.find(std::string(place)) : said_.end();
            if (found == said_.end() || found->second.empty()) continue;
            if (std::optional<std::string> value = read_value(key, found->second)) return value;
        }
        return std::nullopt;
    }

    void set(Key key) {
        if (std::optional<std::string> value = best(key)) head_.members[key] = std::move(*value);
    }

    /// The lines that the article begins with, as keys.
    std::vector<std::string> first_lines() const {
        constexpr std::size_t k_blocks = 4, k_lines = 8;
        std::vector<std::string> lines;
        for (std::size_t i = 0; i < content_.blocks.size() && i < k_blocks; ++i) {
            const std::string_view text = content_.blocks[i].text;
            for (std::size_t at = 0; lines.size() < k_lines;) {
                const auto line = next_line(text, at);
                if (!line) break;
                lines.push_back(fold_key(line->in(text)));
            }
        }
        return lines;
    }

    std::vector<std::string> names_of_site() {
        std::vector<std::string> names;
        for (const char* place : {"og:site_name", "ld:publisher", "application-name", "apple-mobile-web-app-title"}) {
            if (const auto found = said_.find(place); found != said_.end()) names.push_back(fold_key(found->second));
        }
        // `www.lecourrier.fr` -> `lecourrier.fr`
        std::string_view host = head_.members[Key::url];
        host.remove_prefix(std::min(host.size(), host.find("//") + 2));
        host = host.substr(0, host.find('/'));
        if (host.starts_with("www.")) host.remove_prefix(4);
        if (!host.empty()) names.push_back(fold_key(host));
        return names;
    }

    void set_title() {
        std::optional<std::string> title = best(Key::title);
        if (!title) return;
        const auto text = [this](const char* place) { return said_[place]; };
        const bool of_window = *title == text("page:title");
        *title = without_site(*title, names_of_site());
        if (of_window && *title == text("page:title")) *title = without_unknown_site(*title, first_lines());
        // Cut off for a machine that takes 110 characters, where the page has it whole.
        const std::string heading = text("page:h1");
        for (const std::string_view dots : {"…", "..."}) {
            if (!title->ends_with(dots)) continue;
            const std::string_view begin = trimmed(std::string_view(*title).substr(0, title->size() - dots.size()));
            if (heading.size() > begin.size() && heading.starts_with(begin)) *title = heading;
        }
        head_.members[Key::title] = std::move(*title);
    }

    void set_others() {
        for (auto row = k_others.rbegin(); row != k_others.rend(); ++row) {
            const auto found = said_.find(std::string(row->first));
            if (found != said_.end() && !found->second.empty())
                head_.members.add_other(std::string(row->second), found->second);
        }
    }

    const HtmlTree& tree_;
    const Content& content_;
    const FieldMap& map_;
    PageHead head_;
    std::vector<std::string_view> scripts_;
    std::unordered_map<std::string, std::string> said_;  ///< by place
    std::unordered_map<Key, std::string> mapped_;
};

}  // namespace

PageHead read_head(const HtmlTree& tree, const Content& content, const FieldMap& map) {
    return HeadReader(tree, content, map).read();
}

}  // namespace limier
