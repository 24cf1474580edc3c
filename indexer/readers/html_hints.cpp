#include "indexer/readers/html_hints.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/text/fold.hpp"
#include "indexer/readers/furniture.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

// Words, or words that stand together, of the names that content systems and papers give (WordPress, Drupal, SPIP,
// Joomla, Arc, AMP; French papers). After the lists of Readability and of trafilatura (Barbaresi 2021), with the French
// that they lack.
const std::unordered_map<std::string_view, Hint>& hints() {
    static const std::unordered_map<std::string_view, Hint> table = [] {
        std::unordered_map<std::string_view, Hint> made;
        const auto add = [&made](Hint hint, std::initializer_list<std::string_view> names) {
            for (const std::string_view name : names) made.emplace(name, hint);
        };
        add(Hint::body,
            {"articlebody",   "article-body",    "article-content", "article-text",    "article-texte",
             "articletext",   "body-article",    "content-article", "contenu-article", "corps-article",
             "entry-content", "field-name-body", "name-body",       "field-body",      "post-body",
             "post-content",  "single-content",  "story-body",      "story-content",   "story-text",
             "texte-article", "text-article",    "td-post-content", "blog-content",    "item-page-content"});
        add(Hint::lead, {"accroche", "chapeau", "chapo", "standfirst", "article-desc", "article-lead", "article-intro",
                         "article-excerpt", "article-description", "article-subtitle", "entry-summary", "sous-titre",
                         "post-excerpt", "field-name-chapo", "lede"});
        add(Hint::signature,
            {"auteur",       "auteurs",      "author",     "authors",     "byline",       "date",
             "dateline",     "datetime",     "entry-meta", "post-meta",   "article-meta", "meta-date",
             "posted-by",    "posted-on",    "post-date",  "pub-date",    "date-pub",     "publication",
             "published",    "pubdate",      "signature",  "submitted",   "timestamp",    "entry-date",
             "article-date", "published-at", "info-publi", "infos-publi", "article-info", "publish-date"});
        add(Hint::comments,
            {"comment",       "comments",       "commentaire", "commentaires", "disqus",    "respond",     "reactions",
             "commentlist",   "forum-messages", "cookie",      "cookies",      "consent",   "gdpr",        "rgpd",
             "tarteaucitron", "didomi",         "onetrust",    "axeptio",      "cookiebar", "cookiebanner"});
        add(Hint::furniture, {"a-lire",
                              "actions",
                              "abonnement",
                              "abonnez",
                              "about-author",
                              "ad",
                              "ads",
                              "adsense",
                              "advert",
                              "advertisement",
                              "advertising",
                              "ariane",
                              "articles-lies",
                              "aussi-lire",
                              "author-bio",
                              "author-box",
                              "banner",
                              "banniere",
                              "bottom-bar",
                              "breadcrumb",
                              "breadcrumbs",
                              "caption",
                              "cat-links",
                              "connexes",
                              "connexion",
                              "copyright",
                              "credit",
                              "credits",
                              "dans-le-meme",
                              "entry-footer",
                              "fil-ariane",
                              "follow",
                              "footer",
                              "imprimer",
                              "keywords",
                              "legende",
                              "lightbox",
                              "lire-aussi",
                              "login",
                              "masthead",
                              "meme-sujet",
                              "menu",
                              "modal",
                              "more-on",
                              "most-read",
                              "mots-cles",
                              "nav",
                              "navbar",
                              "navigation",
                              "newsletter",
                              "note-ref",
                              "newsletters",
                              "outbrain",
                              "outils",
                              "overlay",
                              "pager",
                              "pagination",
                              "partage",
                              "partager",
                              "paywall",
                              "pied",
                              "plus-lus",
                              "popup",
                              "post-tags",
                              "pourquoi-pub",
                              "promo",
                              "pub",
                              "publicite",
                              "publicites",
                              "rail",
                              "read-also",
                              "read-more",
                              "recherche",
                              "recommandations",
                              "recommande",
                              "recommended",
                              "related",
                              "relatedarticles",
                              "relatedposts",
                              "reseaux-sociaux",
                              "screen-reader",
                              "search",
                              "see-also",
                              "share",
                              "sharing",
                              "side-bar",
                              "sidebar",
                              "sidenav",
                              "signin",
                              "similaires",
                              "site-footer",
                              "site-header",
                              "skip-link",
                              "social",
                              "socials",
                              "sponsor",
                              "sponsored",
                              "sponsorise",
                              "sr-only",
                              "submenu",
                              "subscribe",
                              "subscription",
                              "suivez",
                              "taboola",
                              "tag-list",
                              "tags",
                              "tags-links",
                              "teaser-list",
                              "toolbar",
                              "top-articles",
                              "topbar",
                              "trending",
                              "visually-hidden",
                              "voir-aussi",
                              "widget-area",
                              "wp-caption-text",
                              "yarpp",
                              "zone-pub",
                              "toc"});
        return made;
    }();
    return table;
}

/// `articleBody td-post_content` -> article, body, td, post, content.
std::vector<std::string> words_of(std::string_view names) {
    std::vector<std::string> words;
    bool inside = false, was_lower = false;
    for (const char c : names) {
        const bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
        const bool word = upper || lower || c < 0;
        if (word && (!inside || (upper && was_lower))) words.emplace_back();
        if (word) words.back() += upper ? static_cast<char>(c - 'A' + 'a') : c;
        inside = word;
        was_lower = lower;
    }
    return words;
}

// What is said to the reader, folded; the line is that, or begins with it.
constexpr auto k_whole =
    std::to_array<std::string_view>({"abonnes",        "article abonne",   "article reserve aux abonnes",
                                     "commenter",      "copier le lien",   "enregistrer",
                                     "envoyer",        "facebook",         "haut de page",
                                     "imprimer",       "l essentiel",      "lire la suite",
                                     "lire plus tard", "offrir",           "partager",
                                     "publicite",      "reagir",           "retour en haut",
                                     "sommaire",       "suivant",          "precedent",
                                     "twitter",        "whatsapp",         "linkedin",
                                     "ecouter",        "offrir l article", "voir plus",
                                     "en savoir plus", "newsletter",       "advertisement",
                                     "annonce",        "sponsorise"});
constexpr auto k_beginning = std::to_array<std::string_view>({"abonnez vous",
                                                              "ajouter a vos",
                                                              "ajouter aux favoris",
                                                              "cet article est reserve",
                                                              "cet article vous est offert",
                                                              "copier le lien",
                                                              "deja abonne",
                                                              "ecouter l article",
                                                              "envoyer par",
                                                              "il vous reste",
                                                              "inscrivez vous",
                                                              "je m abonne",
                                                              "la suite est reservee",
                                                              "lecture du texte",
                                                              "partager l article",
                                                              "partager cet article",
                                                              "partager sur",
                                                              "pour soutenir",
                                                              "recevez",
                                                              "reserve aux abonnes",
                                                              "retrouvez nous sur",
                                                              "se connecter",
                                                              "suivez nous",
                                                              "temps de lecture",
                                                              "lecture ",
                                                              "tous droits reserves",
                                                              "votre adresse",
                                                              "nous utilisons des cookies",
                                                              "temps lecture",
                                                              "poursuivez votre lecture",
                                                              "envie de lire la suite",
                                                              "lire la suite"});
constexpr std::size_t k_longest_appeal = 160;

}  // namespace

Hint read_hint(std::string_view names) {
    const std::vector<std::string> words = words_of(names);
    Hint best = Hint::none;
    // `pub-date` is no `pub`, `comment-date` is a comment, `article-body` beside `paywall` is the article.
    const auto take = [&best](Hint hint, bool longer) {
        const bool stronger = hint == Hint::comments || best == Hint::none || (longer && best != Hint::comments);
        if (stronger) best = hint;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string name;
        for (std::size_t count = 0; count < 3 && i + count < words.size(); ++count) {
            name.append(count == 0 ? "" : "-").append(words[i + count]);
            if (const auto found = hints().find(name); found != hints().end()) take(found->second, count > 0);
        }
    }
    return best;
}

bool is_appeal(std::string_view line) {
    if (line.size() > k_longest_appeal) return false;
    if (read_related(line)) return true;
    const std::string key = fold_key(line);
    return std::find(k_whole.begin(), k_whole.end(), key) != k_whole.end() ||
           (key.find(" min") != std::string::npos && key.ends_with(" de lecture")) ||
           std::any_of(k_beginning.begin(), k_beginning.end(),
                       [&key](std::string_view beginning) { return key.starts_with(beginning); });
}

}  // namespace limier
