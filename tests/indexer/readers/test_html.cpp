#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "indexer/readers/html.hpp"
#include "indexer/readers/html_hints.hpp"
#include "indexer/readers/html_tree.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;
namespace fs = std::filesystem;

namespace {

std::string file_bytes(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

Result<Document> read(const std::string& bytes, const SourceOptions* options = nullptr) {
    InputFile file{"/in/page.html", "page.html", bytes.size(), "page.html", options};
    Result<Document> document = read_html(file, bytes);
    if (document) CHECK(broken_invariant(*document) == "");
    return document;
}

Document page(const std::string& bytes, const SourceOptions* options = nullptr) {
    INFO(bytes.substr(0, 400));
    Result<Document> document = read(bytes, options);
    REQUIRE(document);
    return std::move(*document);
}

/// No-break spaces as blanks, so that what is expected can be typed.
std::string typed(std::string text) {
    for (const std::string_view space : {"\u00A0", "\u202F"}) {
        for (std::size_t at = 0; (at = text.find(space, at)) != std::string::npos;) text.replace(at, space.size(), " ");
    }
    return text;
}

std::string text_of(const std::string& markup) { return typed(page(markup).text); }

std::string other(const Document& document, const std::string& name) {
    for (const auto& [key, json] : document.extra) {
        if (key == name) return json;
    }
    return {};
}

const std::string k_prose =
    "<p>Le conseil a adopté jeudi soir un budget de quatorze millions d’euros, sans hausse d’impôt pour la sixième "
    "année de suite.</p>";

}  // namespace

TEST_CASE("html: of pages of many makes the article alone, with what the page says of it") {
    // Each page has beside it what a reader takes from it: members, an empty line, the text.
    std::size_t pages = 0;
    for (const auto& entry : fs::directory_iterator(LIMIER_SOURCE_DIR "/tests/data/html")) {
        if (entry.path().extension() == ".txt") continue;
        ++pages;
        INFO(entry.path().filename().string());
        std::istringstream wanted(file_bytes(fs::path(entry.path()).replace_extension(".txt")));
        std::map<std::string, std::string> members;
        for (std::string line; std::getline(wanted, line) && !line.empty();) {
            const std::size_t colon = line.find(':');
            members[line.substr(0, colon)] = std::string(line.substr(std::min(colon + 2, line.size())));
        }
        std::stringstream text;
        text << wanted.rdbuf();
        const Document document = page(file_bytes(entry.path()));
        CHECK(typed(document.title) == members["title"]);
        CHECK(date_text(document.date) == members["date"]);
        CHECK(document.author == members["author"]);
        CHECK(document.source == members["source"]);
        CHECK(document.url == members["url"]);
        CHECK(document.lang == members["lang"]);
        CHECK(typed(document.text) + "\n" == text.str());
    }
    CHECK(pages == 15);
}

TEST_CASE("html: elements in the line join, blocks and line ends part") {
    struct Row {
        const char *markup, *text;
    };
    const Row rows[] = {
        {"<p><b>É</b>tat</p>", "État"},
        {"<p>un <i>mot</i>,<br>une ligne</p>", "un mot,\nune ligne"},
        {"<div>un<div>deux</div>trois</div>", "un\n\ndeux\n\ntrois"},
        {"<p>un\n  deux\tt\u00A0rois</p>", "un deux t rois"},
        {"un<br><br>deux<br>\n<br>trois", "un\n\ndeux\n\ntrois"},
        {"<ul><li>un<li>deux<ul><li>dedans</ul></ul><p>fin", "un\ndeux\ndedans\n\nfin"},
        {"<dl><dt>mot<dd>sens</dl>", "mot\nsens"},
        {"<table><tr><th>a<th>b<tr><td>c<td>d</table>", "a | b\nc | d"},
        {"il faut<sup><a href=#fn1>1</a></sup> vider <a href=#a>ici</a><a href=#>¶</a>", "il faut vider ici"},
        {"<ul><li><p>un</p><p>bis</p></li><li><p>deux</p></li></ul>", "un\nbis\ndeux"},
        {"<pre>a\n  b</pre>", "a\n  b"},
        {"<h2>Titre</h2><p>texte", "Titre\n\ntexte"},
        {"<blockquote>cité</blockquote>et après", "cité\n\net après"},
        {"caf&eacute; &amp; th&#233; &#x1F600; &hellip; &rsquo; &inconnu;", "café & thé 😀 … ’ &inconnu;"},
        {"<p>l’agré&shy;ment", "l’agré\u00ADment"},
        {"<p>un<script>deux</script>e <style>a{}</style>voix", "une voix"},
        {"<p>un<!-- deux -->e <![CDATA[fois]]>", "une fois"},
        {"<template><p>modèle</p></template><p>texte", "texte"},
        {"<p hidden>a</p><p style='DISPLAY : none'>b</p><p aria-hidden=true>c</p><p>d", "d"},
        {"<p>a<span hidden>b</span>c", "ac"},
        {"<textarea>a</textarea><select><option>b</select><button>c</button><p>d", "d"},
        {"<div/><p>a</p><span/>b", "a\n\nb"},
        {"</p></div>a</span>", "a"},
        {"<p title='a>b'>c", "c"},
        {"<p><a href=x>tout en lien</a></p>", "tout en lien"},
        {"<frameset><frame src=x><noframes>sans cadres</noframes></frameset>", "sans cadres"},
    };
    for (const Row& row : rows) {
        INFO(row.markup);
        CHECK(text_of(std::string(row.markup)) == row.text);
    }
    // Cells of tables that hold a page together are paragraphs.
    const std::string column =
        "Un paragraphe d’une page que des tables tiennent, long de plus de vingt mots, comme il y en avait en ce "
        "temps-là sur le réseau.";
    CHECK(*text_of_html("<table><tr><td>" + column + "<td>deux</table>") == column + "\n\ndeux");
    CHECK(*text_of_html("<nav>menu</nav><p>un</p><p>deux") == "menu\n\nun\n\ndeux");
}

TEST_CASE("html: encodings by mark, by the bytes, by what the page calls itself") {
    using namespace std::string_literals;
    struct Row {
        std::string bytes;
        const char* text;
    };
    const Row rows[] = {
        {"\xEF\xBB\xBF<meta charset=iso-8859-1><p>été", "été"},
        {"\xFF\xFE<\0p\0>\0\xE9\0t\0\xE9\0"s, "été"},
        // UTF-8 that calls itself something else.
        {"<meta charset=iso-8859-1><p>L’été à Brest", "L’été à Brest"},
        {"<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>cœur", "cœur"},
        // Latin-1 has the signs of Windows-1252, in HTML as on the web.
        {"<meta charset=\"ISO-8859-1\"><p>c\x9Cur \x80 l\x92\xE9t\xE9", "cœur € l’été"},
        {"<meta charset='iso-8859-15'><p>c\xBDur \xA4", "cœur €"},
        {"<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><html><p>c\xBDur", "cœur"},
        {"<meta charset=koi8-r><p>\xCD\xC9\xD2", "мир"},
        {"<META HTTP-EQUIV=\"content-type\" CONTENT=\"text/html;charset=shift_jis\"><p>\x93\xFA\x96\x7B", "日本"},
        {"<meta charset=macintosh><p>\x8Et\x8E", "été"},
        // Names that cannot be, or are none.
        {"<meta charset=utf-8><p>un \xE9t\xE9 \xE0 la mer", "un été à la mer"},
        {"<meta charset=nonesuch><p>un \xE9t\xE9 \xE0 la mer", "un été à la mer"},
        {"<meta charset=><p>un \xE9t\xE9", "un été"},
        {"<p>un \xE9t\xE9 \xE0 la mer", "un été à la mer"},
        {"<p>a\0b"s, "ab"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(text_of(row.bytes) == row.text);
    }
    CHECK(page("<p>un \xC3\xA9t\xC3\xA9 cass\xC3 \xC3\xA9 \xC3\xA9").replaced == 1);
}

TEST_CASE("html: of a key what is trusted most and can be read counts") {
    struct Row {
        const char *head, *title, *date, *author;
    };
    const Row rows[] = {
        {"<meta property=og:title content='Un titre'><title>Autre</title>", "Un titre", "", ""},
        {"<title>La mer monte - Le Courrier</title>", "La mer monte", "", ""},
        {"<title>La mer monte à Brest depuis dix ans | Presse Ouest</title>", "La mer monte à Brest depuis dix ans", "",
         ""},
        {"<meta property=og:site_name content='Mon Quai'><title>Mon Quai : la mer monte</title>", "la mer monte", "",
         ""},
        {"<title>Paris - Brest</title>", "Paris - Brest", "", ""},
        {"<meta name=author content=admin><meta name=DC.creator content='Nora Belkacem'>", "", "", "Nora Belkacem"},
        {"<meta property=article:author content=https://x.example/n><meta name=byl content=x>", "", "", ""},
        {"<meta property=article:author content='Ana Roy'><meta property=article:author content='Luc Roy'>", "", "",
         "Ana Roy, Luc Roy"},
        {"<meta name=date content=bientôt><meta name=DC.Date.Issued content=2019-02-03>", "", "2019-02-03", ""},
        {"<meta property=article:published_time content=2020-01-02T03:04:05Z><meta name=date content=1999-01-01>", "",
         "2020-01-02", ""},
        {"<meta name=parsely-pub-date content=2021-05-06T00:00:00Z>", "", "2021-05-06", ""},
        {"<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"Le titre entier qui est "
         "co…\"}</script>"
         "<h1>Le titre entier qui est coupé</h1>",
         "Le titre entier qui est coupé", "", ""},
        {"<script type=application/ld+json>{\"@type\":\"Product\",\"name\":\"Vélo\",\"datePublished\":\"2020-01-01\"}"
         "</script>",
         "", "", ""},
        {"<script type=application/ld+json>[{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\","
         "\"headline\":\"Un autre\"}]},{\"@type\":\"BlogPosting\",\"headline\":\"Le bon\"}]</script>",
         "Le bon", "", ""},
        {"<link rel=canonical href=https://x.example/b><script type=application/ld+json>[{\"@type\":\"Article\","
         "\"url\":\"https://x.example/a\",\"headline\":\"A\"},{\"@type\":\"Article\",\"url\":\"https://x.example/b\","
         "\"headline\":\"B\"}]</script>",
         "B", "", ""},
        {"<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":</script>", "", "", ""},
        {"<script type='application/ld+json'><!-- {\"@type\":\"Report\",\"headline\":\"Un\nrapport &amp; co\","
         "\"author\":[\"A\",{\"name\":[\"B\"]}],} --></script>",
         "Un rapport & co", "", "A, B"},
    };
    for (const Row& row : rows) {
        INFO(row.head);
        const Document document = page("<head>" + std::string(row.head) + "</head><body>" + k_prose + "</body>");
        CHECK(document.title == row.title);
        CHECK(date_text(document.date) == row.date);
        CHECK(document.author == row.author);
    }
    struct Signed {
        const char *markup, *date, *author;
    };
    const Signed marks[] = {
        {"<time datetime=2022-03-04T10:00>hier</time>", "2022-03-04", ""},
        {"<time class=updated datetime=2023-03-04>x</time><time datetime=2022-03-04>y</time>", "2022-03-04", ""},
        {"<time datetime=2022-03-04>y</time><time pubdate datetime=2022-03-03>x</time>", "2022-03-03", ""},
        {"<span itemprop=datePublished content=2018-07-08>x</span><span itemprop=author>Ana Roy</span>", "2018-07-08",
         "Ana Roy"},
        {"<div class=byline>Par Ana Roy</div><div class=post-date>4 mai 2020</div>", "2020-05-04", "Ana Roy"},
        {"<div class=signature>Ana Roy</div>", "", "Ana Roy"},
        {"<p>Publié le 14 janvier 2019 à 18h32</p>", "2019-01-14", ""},
    };
    for (const Signed& mark : marks) {
        INFO(mark.markup);
        const Document document =
            page("<article><h1>Le budget</h1>" + std::string(mark.markup) + k_prose + "</article>");
        CHECK(date_text(document.date) == mark.date);
        CHECK(document.author == mark.author);
    }
}

TEST_CASE("html: address, source, language and other members") {
    const Document document = page(
        "<html lang=fr-CA><meta property=og:site_name content='L&#039;Écho'><meta name=keywords content='a, b'>"
        "<meta property=article:section content=Sport><meta name=description content='En bref'>"
        "<link rel=canonical href=//relatif><meta property=og:url content=https://x.example/1>" +
        k_prose);
    CHECK(document.source == "L'Écho");
    CHECK(document.url == "https://x.example/1");
    CHECK(document.lang == "fr");
    CHECK(other(document, "keywords") == "\"a, b\"");
    CHECK(other(document, "section") == "\"Sport\"");
    CHECK(other(document, "description") == "\"En bref\"");
    CHECK(document.id == "page.html");
    // What templates have that nobody has touched.
    CHECK(page("<html lang=en>" + k_prose).lang.empty());
    CHECK(page("<html lang=de-CH>" + k_prose).lang == "de");
    const SourceOptions options{{}, nullptr, {{"rubrique", Key::source}, {"DC.Date.Valid", Key::date}}};
    const Document mapped = page(
        "<meta name=rubrique content=Eau><meta name=DC.Date.Valid content=2001-02-03>"
        "<meta property=og:site_name content=x>" +
            k_prose,
        &options);
    CHECK(mapped.source == "Eau");
    CHECK(date_text(mapped.date) == "2001-02-03");
}

TEST_CASE("html: names of elements say what they are, words of them or several") {
    struct Row {
        const char* names;
        Hint hint;
    };
    const Row rows[] = {
        {"entry-content", Hint::body},
        {"c-article__body js-x", Hint::body},
        {"articleBody", Hint::body},
        {"article-body paywall", Hint::body},
        {"a-lire-aussi", Hint::furniture},
        {"sideBar", Hint::furniture},
        {"menu_principal", Hint::furniture},
        {"pied-de-page", Hint::furniture},
        {"pub", Hint::furniture},
        {"pub-date", Hint::signature},
        {"publique", Hint::none},
        {"zone-commentaires", Hint::comments},
        {"comment-date", Hint::comments},
        {"chapo", Hint::lead},
        {"", Hint::none},
        {"démenu", Hint::none},
        {"content main", Hint::none},
        {"cookie-banner", Hint::comments},
    };
    for (const Row& row : rows) {
        INFO(row.names);
        CHECK(read_hint(row.names) == row.hint);
    }
    for (const char* line :
         {"Partager", "PARTAGER", "Temps de lecture : 3 min", "19 mai · 4 minutes de lecture", "Lire aussi : Le port",
          "Publicité", "Article réservé aux abonnés", "Je m’abonne pour 1 €"})
        CHECK(is_appeal(line));
    for (const char* line : {"Partager le pain, disait-il.", "La publicité recule.", "Un comité de lecture",
                             "Il lira la suite demain.", ""})
        CHECK_FALSE(is_appeal(line));
}

TEST_CASE("html: a page without an article is all that it says, one without text is refused") {
    const std::string teasers =
        "<nav><a href=a>Sport</a></nav><main><article><h2><a href=1>Le port rouvre</a></h2><p>Après six mois de "
        "travaux "
        "les bateaux reviennent.</p></article><article><h2><a href=2>Le maire parle</a></h2><p>Il a promis une école "
        "et "
        "deux ponts.</p></article><article><h2><a href=3>La pluie tombe</a></h2><p>Il est tombé vingt millimètres en "
        "une "
        "heure.</p></article></main>";
    CHECK(text_of(teasers) ==
          "Le port rouvre\n\nAprès six mois de travaux les bateaux reviennent.\n\nLe maire parle\n\nIl a promis une "
          "école "
          "et deux ponts.\n\nLa pluie tombe\n\nIl est tombé vingt millimètres en une heure.");
    CHECK(text_of("<nav><a href=1>Sport</a> <a href=2>Culture</a></nav>") == "Sport Culture");
    CHECK(page("<title>Le Courrier</title><div id=root></div>").title == "Le Courrier");
    for (const char* bytes :
         {"", " \n", "<html><body></body></html>", "<script>var a</script>", "<!-- x -->", "<img>"}) {
        const Result<Document> document = read(bytes);
        REQUIRE_FALSE(document);
        CHECK(document.error().message == "no text in it");
    }
}

TEST_CASE("html: what is deep, long or broken ends quickly and within the stack") {
    const auto many = [](std::size_t count, const std::string& piece) {
        std::string bytes;
        for (std::size_t i = 0; i < count; ++i) bytes += piece;
        return bytes;
    };
    CHECK(text_of(many(200'000, "<div>") + "fond") == "fond");
    CHECK(text_of(many(50'000, "<p>Le maire.")).size() == 50'000 * 11 - 2);
    CHECK(text_of("<p>" + many(200'000, "<b>") + "fond") == "fond");
    CHECK(read("<p " + many(50'000, "a ") + ">a</p>"));
    CHECK(read(many(20'000, "<table><tr><td>") + "a"));
    CHECK(read("<script type=application/ld+json>" + many(100'000, "{\"@graph\":[") + "</script><p>a"));
    CHECK(text_of("<!--" + many(100'000, "<!--") + "--><p>a") == "a");
    const Result<Document> tangled = read(many(50'000, "<b>") + "x" + many(50'000, "</i>"));
    REQUIRE_FALSE(tangled);
    CHECK(tangled.error().message == "its end tags match nothing: no article");
    const Result<HtmlTree> names = HtmlTree::parse([] {
        std::string bytes = "<p";
        for (int i = 0; i < 100'000; ++i) bytes += " a" + std::to_string(i);
        return bytes + "><article class=x>a";
    }());
    REQUIRE(names);
    CHECK(names->nodes().back().tag == Tag::text);
    CHECK(names->get(names->nodes()[names->nodes().size() - 2], Attribute::css_class) == "x");
}

TEST_CASE("html: pages cut, swapped and spoiled at random are read or refused, and what is read is sound") {
    std::vector<std::string> pages;
    for (const auto& entry : fs::directory_iterator(LIMIER_SOURCE_DIR "/tests/data/html"))
        if (entry.path().extension() != ".txt") pages.push_back(file_bytes(entry.path()));
    std::mt19937 random(20240312);
    for (unsigned round = 0; round < 300; ++round) {
        std::string bytes = pages[random() % pages.size()];
        for (unsigned change = 0; change < 1 + round % 5; ++change) {
            const std::size_t at = random() % bytes.size();
            switch (random() % 4) {
                case 0:
                    bytes.erase(at, random() % 200);
                    break;
                case 1:
                    bytes[at] = static_cast<char>(random());
                    break;
                case 2:
                    bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 300));
                    break;
                default:
                    bytes.resize(at + 1);
            }
        }
        static_cast<void>(read(bytes));
    }
}
