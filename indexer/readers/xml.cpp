// XML of the press: feeds, NewsML-G2, NITF, TEI; other XML by the names of its elements.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "common/output/json.hpp"
#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/html.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/markup.hpp"
#include "indexer/readers/members.hpp"

namespace limier {
namespace {

using Node = MarkupTree::Node;

/// Where a key of a document stands: XPath expressions from the document's element, in order of preference, the first
/// that says something counts.
struct Place {
    Key key;
    std::array<const char*, 4> paths;  ///< those that are not used are null
};

/// How a vocabulary says what documents there are. A format is a row of k_vocabularies.
struct Vocabulary {
    const char* name;
    const char* documents;  ///< XPath, from the root; a file of another vocabulary has none of them
    bool html;              ///< titles and bodies are HTML written as text
    std::array<Place, 8> places;
    const char* keywords;  ///< XPath, from the document's element
};

constexpr auto k_vocabularies = std::to_array<Vocabulary>({
    // RSS 2.0, https://www.rssboard.org/rss-specification; RSS 1.0, whose items stand beside the channel.
    {"RSS",
     "/rss//item | /RDF//item",
     true,
     {{{Key::id, {"guid", "@*[local-name()='about']", "link"}},
       {Key::title, {"title", "dc_title"}},
       {Key::body, {"content_encoded", "description"}},
       {Key::date, {"pubDate", "dc_date", "dcterms_created"}},
       {Key::source, {"/rss/channel/title", "/RDF/channel/title", "source"}},
       {Key::author, {"dc_creator", "author"}},
       {Key::url, {"link", "guid[not(@isPermaLink='false')]"}},
       {Key::lang, {"dc_language", "/rss/channel/language", "/RDF/channel/dc_language"}}}},
     "category | dc_subject"},
    // RFC 4287.
    {"Atom",
     "/feed/entry | /entry",
     true,
     {{{Key::id, {"id"}},
       {Key::title, {"title"}},
       {Key::body, {"content", "summary"}},
       {Key::date, {"published", "updated", "/feed/updated"}},
       {Key::source, {"source/title", "/feed/title"}},
       {Key::author, {"author/name", "/feed/author/name"}},
       {Key::url, {"link[@rel='alternate']/@href", "link[not(@rel)]/@href"}},
       {Key::lang, {"ancestor-or-self::*/@xml:lang"}}}},
     "category/@term"},
    // https://iptc.org/standards/nitf/, 3.x
    {"NITF",
     "/nitf",
     false,
     {{{Key::id, {"head/docdata/doc-id/@id-string"}},
       {Key::title, {"body/body.head/hedline/hl1", "head/title"}},
       {Key::body, {"body/body.content", "body"}},
       {Key::date,
        {"body/body.head/dateline/story.date/@norm", "head/docdata/date.issue/@norm", "head/docdata/date.release/@norm",
         "head/pubdata/@date.publication"}},
       {Key::source,
        {"head/pubdata/@name", "body/body.head/distributor", "head/docdata/doc.copyright/@holder",
         "body/body.head/rights/rights.owner"}},
       {Key::author, {"body/body.head/byline/person", "body/body.head/byline"}},
       {Key::url, {"head/pubdata/@ex-ref"}},
       {Key::lang, {"/nitf/@xml:lang", "body/@xml:lang"}}}},
     "head/docdata/key-list/keyword/@key"},
    // https://iptc.org/standards/newsml-g2/, with the text as NITF or XHTML within.
    {"NewsML-G2",
     "/newsItem | /newsMessage//newsItem",
     false,
     {{{Key::id, {"@guid"}},
       {Key::title, {"contentMeta/headline", "itemMeta/title", "contentSet//hedline/hl1"}},
       {Key::body, {"contentSet//body.content", "contentSet//body", "contentSet/inlineXML", "contentSet/inlineData"}},
       {Key::date,
        {"contentMeta/contentCreated", "itemMeta/firstCreated", "itemMeta/versionCreated",
         "contentMeta/contentModified"}},
       {Key::source,
        {"contentMeta/infoSource/name", "itemMeta/provider/name", "itemMeta/provider/@literal",
         "itemMeta/provider/@qcode"}},
       {Key::author, {"contentMeta/creator/name", "contentMeta/by", "contentMeta/creator/@literal"}},
       {Key::url, {"itemMeta/link/@href"}},
       {Key::lang, {"contentMeta/language/@tag", "@xml:lang"}}}},
     "contentMeta/keyword | contentMeta/subject/name"},
    // NewsML 1.2, as agencies sent it before.
    {"NewsML",
     "/NewsML/NewsItem",
     false,
     {{{Key::id, {"Identification/NewsIdentifier/PublicIdentifier", "Identification/NewsIdentifier/NewsItemId"}},
       {Key::title, {".//NewsLines/HeadLine", ".//hedline/hl1"}},
       {Key::body, {".//ContentItem//body.content", ".//ContentItem/DataContent"}},
       {Key::date,
        {"NewsManagement/FirstCreated", "NewsManagement/ThisRevisionCreated", "Identification/NewsIdentifier/DateId"}},
       {Key::source,
        {".//AdministrativeMetadata/Provider/Party/@FormalName", "Identification/NewsIdentifier/ProviderId"}},
       {Key::author, {".//NewsLines/ByLine", ".//AdministrativeMetadata/Creator/Party/@FormalName"}},
       {Key::url, {".//NewsLines/MoreInfoURL"}},
       {Key::lang, {".//DescriptiveMetadata/Language/@FormalName", "@xml:lang"}}}},
     ".//NewsLines/KeywordLine | .//NewsLines/SlugLine"},
    // https://tei-c.org/release/doc/tei-p5-doc/
    {"TEI",
     "//TEI | //TEI.2",
     false,
     {{{Key::id, {"@xml:id"}},
       {Key::title, {"teiHeader/fileDesc/titleStmt/title[@type='main']", "teiHeader/fileDesc/titleStmt/title[1]"}},
       {Key::body, {"text"}},
       {Key::date,
        {"teiHeader/fileDesc/sourceDesc//date/@when", "teiHeader/profileDesc/creation/date/@when",
         "teiHeader/fileDesc/publicationStmt/date/@when", "teiHeader/fileDesc/sourceDesc//date"}},
       {Key::source,
        {"teiHeader/fileDesc/sourceDesc//title[@level='j']", "teiHeader/fileDesc/sourceDesc//publisher",
         "teiHeader/fileDesc/publicationStmt/publisher"}},
       {Key::author, {"teiHeader/fileDesc/titleStmt/author", "teiHeader/fileDesc/sourceDesc//author"}},
       {Key::url,
        {"teiHeader/fileDesc/publicationStmt//idno[@type='URI' or @type='URL' or @type='url']",
         "teiHeader/fileDesc/sourceDesc//ref/@target"}},
       {Key::lang, {"@xml:lang", "text/@xml:lang", "teiHeader/profileDesc/langUsage/language/@ident"}}}},
     "teiHeader/profileDesc/textClass/keywords//term"},
    // ISO 26300, in one file without an archive. Templates say English of themselves.
    {"OpenDocument",
     "/document[@*[namespace-uri()='urn:oasis:names:tc:opendocument:xmlns:office:1.0']]",
     false,
     {{{Key::title, {"meta/dc_title"}},
       {Key::body, {"body"}},
       {Key::date, {"meta/meta_creation-date"}},
       {Key::author, {"meta/meta_initial-creator", "meta/dc_creator"}},
       {Key::lang, {"meta/dc_language[not(starts-with(., 'en'))]"}}}},
     "meta/meta_keyword"},
});

/// The text of a node of a body or title, whichever way it was put into the XML.
std::string text_of(Node node, bool html) {
    if (!html || !child_elements(node).empty()) return block_text(node);
    const std::string text = node_string(node);
    if (text.find_first_of("<&") == std::string::npos) return text;
    Result<std::string> plain = text_of_html(text);
    return plain ? std::move(*plain) : std::string();
}

/// What a key says: the first of its paths that says something, all authors of it.
void take_key(const MarkupTree& tree, Node document, const Place& place, bool html, Members& members) {
    for (const char* path : place.paths) {
        if (path == nullptr) return;
        for (const Node node : tree.find(path, document)) {
            if (place.key == Key::body) {
                const std::string text = text_of(node, html);
                std::string& body = members[Key::body];
                if (!trimmed(text).empty()) body.append(body.empty() ? "" : "\n\n").append(text);
                continue;
            }
            const std::string text = one_line(place.key == Key::title ? text_of(node, html) : node_string(node));
            if (text.empty()) continue;
            members.append(place.key, text);
            if (place.key != Key::author) break;
        }
        if (!members[place.key].empty()) return;
    }
}

void take_keywords(const MarkupTree& tree, Node document, const char* path, Members& members) {
    JsonWriter list;
    list.begin_array();
    bool any = false;
    for (const Node node : tree.find(path, document)) {
        const std::string word = one_line(node_string(node));
        if (!word.empty()) list.string(word);
        any = any || !word.empty();
    }
    list.end_array();
    if (any) members.add_other("keywords", std::string(), list.take());
}

Members members_of(const MarkupTree& tree, Node document, const Vocabulary& vocabulary) {
    Members members;
    for (const Place& place : vocabulary.places) take_key(tree, document, place, vocabulary.html, members);
    take_keywords(tree, document, vocabulary.keywords, members);
    return members;
}

/// What an element of an unknown vocabulary says by the names of its children. Those of one name say it together.
Members members_by_name(Node element, const FieldMap& map) {
    std::vector<std::pair<std::string, std::string>> said;
    std::unordered_map<std::string, std::size_t> places;  // in it, by name
    for (const Node child : child_elements(element)) {
        const std::string name = node_name(child);
        const std::string text = block_text(child);
        if (trimmed(text).empty()) continue;
        const auto [place, is_new] = places.try_emplace(name, said.size());
        if (is_new) {
            said.emplace_back(name, text);
        } else {
            said[place->second].second += (key_meant(name, map) == Key::body ? "\n\n" : ", ") + text;
        }
    }
    Members members;
    for (auto& [name, text] : said) {
        if (const std::optional<Key> key = key_of(name, map)) {
            members[*key] = std::move(text);
        } else {
            members.add_other(name, text);
        }
    }
    return members;
}

/// The documents of an unknown vocabulary: the outermost elements with children that are named like a body.
std::vector<Members> documents_by_name(const MarkupTree& tree, const FieldMap& map) {
    std::vector<Members> found;
    std::vector<Node> open{tree.root()};
    while (!open.empty()) {
        const Node element = open.back();
        open.pop_back();
        const std::vector<Node> children = child_elements(element);
        const bool has_body = std::any_of(children.begin(), children.end(),
                                          [&map](Node child) { return key_meant(node_name(child), map) == Key::body; });
        Members members = has_body ? members_by_name(element, map) : Members();
        if (members.says(Key::body)) {
            found.push_back(std::move(members));
        } else {
            open.insert(open.end(), children.rbegin(), children.rend());
        }
    }
    return found;
}

std::string unknown_vocabulary(const MarkupTree& tree) {
    std::string names;
    for (const Vocabulary& vocabulary : k_vocabularies) names.append(names.empty() ? "" : ", ").append(vocabulary.name);
    return std::string(tr("no document in it: its root is ", "aucun document dedans : sa racine est ")) +
           node_name(tree.root()) + std::string(tr("; known are ", " ; sont connus ")) + names +
           std::string(tr(", and elements named like body or text (--map)",
                          ", et des éléments nommés comme body ou text (--map)"));
}

void take(Members members, bool numbered, const InputFile& file, Reading& reading) {
    const std::string number = std::to_string(reading.documents.size() + reading.refusals.size() + 1);
    Result<Document> document =
        std::move(members).document(numbered ? file.id + ":" + number : file.id, path_text(file.path));
    if (document) {
        reading.documents.push_back(std::move(*document));
    } else {
        reading.refusals.push_back({path_text(file.path) + (numbered ? ":" + number : ""), document.error().message});
    }
}

}  // namespace

Reading read_xml_file(const InputFile& file, std::string_view bytes) {
    Reading reading;
    const auto refuse = [&](std::string reason) {
        reading.refusals.push_back({path_text(file.path), std::move(reason)});
    };
    const Result<MarkupTree> tree = MarkupTree::xml(bytes);
    if (!tree)
        return refuse(trimmed(bytes).empty() ? std::string(tr("it is empty", "il est vide")) : tree.error().message),
               reading;
    if (node_name(tree->root()) == "html") return read_html_file(file, bytes);
    for (const Vocabulary& vocabulary : k_vocabularies) {
        const std::vector<Node> documents = tree->find(vocabulary.documents, tree->root());
        for (const Node document : documents)
            take(members_of(*tree, document, vocabulary), documents.size() > 1, file, reading);
        if (!documents.empty()) break;
    }
    if (reading.documents.empty() && reading.refusals.empty()) {
        std::vector<Members> documents = documents_by_name(*tree, file.map());
        const bool several = documents.size() > 1;
        for (Members& members : documents) take(std::move(members), several, file, reading);
        if (documents.empty()) refuse(unknown_vocabulary(*tree));
    }
    if (!tree->flaw().empty()) {
        refuse(tree->flaw() + (reading.documents.empty() ? std::string()
                                                         : std::string(tr("; what could be read of it is taken",
                                                                          " ; ce qui a pu en être lu est pris"))));
    }
    return reading;
}

}  // namespace limier
