// Edited copies of articles, as other papers print them, for the test and the measurement of near-duplicates.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/document.hpp"

namespace limier {

struct Article {
    std::string title, body;
};

/// An article without its furniture.
inline Article article_of(const Document& document) {
    std::string body;
    std::size_t done = document.title_end;
    for (const Zone& zone : document.zones) {
        if (zone.begin > done) body += document.text.substr(done, zone.begin - done);
        done = std::max<std::size_t>(done, zone.end);
    }
    return {document.title, body + document.text.substr(std::min(done, document.text.size()))};
}

/// Makes copies of articles, the same for the same seed.
class Editor {
 public:
    explicit Editor(unsigned seed) : random_(seed) {}

    static Article retitled(Article a) { return {"Ce que l’on sait ce matin", std::move(a.body)}; }
    static Article signed_anew(Article a) {
        return {std::move(a.title), "Par Camille Durand, avec AFP\n\n" + std::move(a.body)};
    }
    static Article with_boilerplate(Article a) {
        return {
            std::move(a.title),
            std::move(a.body) +
                "\n\nCet article est réservé à nos abonnés, qui retrouvent chaque jour nos enquêtes, nos reportages "
                "et nos entretiens sur tous leurs écrans. Pour le lire en entier, créez un compte ou "
                "connectez-vous ; le premier mois est offert et l’offre se résilie à tout moment. Toute "
                "reproduction, même partielle, est interdite sans l’accord écrit de la rédaction."};
    }
    static Article halved(const Article& a) {
        std::vector<std::string> words = words_of(a.body);
        words.resize(words.size() / 2);
        return {a.title, joined(words, " ")};
    }
    Article less_a_paragraph(const Article& a) {
        std::vector<std::string> parts = split(a.body, "\n");
        if (parts.size() < 2) parts = split(a.body, ". ");
        if (parts.size() > 1) parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(random_() % parts.size()));
        return {a.title, joined(parts, "\n")};
    }
    Article reordered(const Article& a) {
        std::vector<std::string> parts = split(a.body, ". ");
        for (std::size_t left = parts.size(); left > 1; --left) std::swap(parts[left - 1], parts[random_() % left]);
        return {a.title, joined(parts, ". ")};
    }
    /// So many words of a hundred become words of `others`.
    Article reworded(const Article& a, unsigned percent, const Article& others) {
        std::vector<std::string> words = words_of(a.body);
        const std::vector<std::string> stock = words_of(others.body);
        for (std::string& word : words)
            if (random_() % 100 < percent) word = stock[random_() % stock.size()];
        return {a.title, joined(words, " ")};
    }
    /// As agencies' texts are in fact used: another title and byline, the last third cut, a word of twenty changed.
    Article rewritten(const Article& a, const Article& others) {
        Article copy = signed_anew(retitled(reworded(a, 5, others)));
        copy.body.resize(copy.body.find(' ', copy.body.size() * 2 / 3));
        return copy;
    }

 private:
    static std::vector<std::string> split(std::string_view text, std::string_view by) {
        std::vector<std::string> parts;
        for (;;) {
            const std::size_t end = text.find(by);
            if (end != 0 && !text.empty()) parts.emplace_back(text.substr(0, end));
            if (end == std::string_view::npos) return parts;
            text.remove_prefix(end + by.size());
        }
    }
    static std::vector<std::string> words_of(std::string body) {
        for (char& c : body)
            if (c == '\n') c = ' ';
        return split(body, " ");
    }
    static std::string joined(const std::vector<std::string>& parts, std::string_view by) {
        std::string text;
        for (const std::string& part : parts) text.append(text.empty() ? "" : by).append(part);
        return text;
    }

    std::mt19937 random_;
};

/// A kind of edit, made of an article and another one.
struct Edit {
    const char* name;
    std::function<Article(Editor&, const Article&, const Article&)> make;
};

inline const std::vector<Edit>& all_edits() {
    using A = const Article&;
    static const std::vector<Edit> edits{
        {"title", [](Editor&, A a, A) { return Editor::retitled(a); }},
        {"byline", [](Editor&, A a, A) { return Editor::signed_anew(a); }},
        {"paragraph dropped", [](Editor& e, A a, A) { return e.less_a_paragraph(a); }},
        {"reordered", [](Editor& e, A a, A) { return e.reordered(a); }},
        {"5 % of words", [](Editor& e, A a, A other) { return e.reworded(a, 5, other); }},
        {"10 % of words", [](Editor& e, A a, A other) { return e.reworded(a, 10, other); }},
        {"20 % of words", [](Editor& e, A a, A other) { return e.reworded(a, 20, other); }},
        {"boilerplate", [](Editor&, A a, A) { return Editor::with_boilerplate(a); }},
        {"half", [](Editor&, A a, A) { return Editor::halved(a); }},
        {"rewritten", [](Editor& e, A a, A other) { return e.rewritten(a, other); }},
    };
    return edits;
}

}  // namespace limier
