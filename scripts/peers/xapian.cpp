// Xapian as everybody uses it, as a peer of Limier's benchmark: TermGenerator, QueryParser, MatchSpy; README.md beside
// it says how it is driven.
#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <xapian.h>

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

/// Facets by their value slot. Dates are cut to so many characters.
constexpr std::array<std::string_view, 5> k_facets{"source", "author", "year", "month", "day"};
constexpr std::size_t k_date_sizes[] = {4, 7, 10};
constexpr int k_passes = 5;
constexpr unsigned k_facet_values = 10;
constexpr std::size_t k_snippet_bytes = 300;

std::string text_of(const rapidjson::Document& object, const char* key) {
    const auto found = object.FindMember(key);
    return found == object.MemberEnd() ? std::string() : std::string(found->value.GetString());
}

void add(Xapian::WritableDatabase& db, Xapian::TermGenerator& generator, const std::string& line) {
    rapidjson::Document object;
    object.Parse(line.c_str());
    const std::string date = text_of(object, "date"), source = text_of(object, "source");
    Xapian::Document document;
    generator.set_document(document);
    generator.index_text(text_of(object, "title"));
    generator.increase_termpos();
    generator.index_text(text_of(object, "body"));
    document.set_data(line);
    document.add_boolean_term("Q" + text_of(object, "id"));
    if (!source.empty()) document.add_boolean_term("XSOURCE:" + source);
    if (!date.empty()) document.add_boolean_term("Y" + date.substr(0, 4));
    document.add_value(0, source);
    document.add_value(1, text_of(object, "author"));
    for (Xapian::valueno i = 0; i < 3; ++i) document.add_value(2 + i, date.substr(0, k_date_sizes[i]));
    db.add_document(document);
}

int build(const std::string& input, const std::string& path) {
    Xapian::WritableDatabase db(path, Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("fr"));
    std::ifstream in(input);
    for (std::string line; std::getline(in, line);) add(db, generator, line);
    db.commit();
    return 0;
}

/// How fast the words of all texts are found, in bytes a second, of each pass.
int analyse(const std::string& input) {
    std::vector<std::string> texts;
    std::size_t bytes = 0;
    std::ifstream in(input);
    for (std::string line; std::getline(in, line);) {
        rapidjson::Document object;
        object.Parse(line.c_str());
        texts.push_back(text_of(object, "title") + "\n" + text_of(object, "body"));
        bytes += texts.back().size();
    }
    std::string separator = "{\"bytes_s\":[";
    for (int pass = 0; pass < k_passes; ++pass) {
        const auto begin = std::chrono::steady_clock::now();
        Xapian::TermGenerator generator;
        generator.set_stemmer(Xapian::Stem("fr"));
        for (const std::string& text : texts) {
            generator.set_document(Xapian::Document());
            generator.index_text(text);
        }
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
        std::cout << separator << static_cast<double>(bytes) / taken.count();
        separator = ",";
    }
    std::cout << "]}\n";
    return 0;
}

/// Indexes a judged collection in memory and prints a TREC run: the best of each query's words, no operators.
int rank(const std::string& corpus, const std::string& queries, unsigned depth) {
    Xapian::WritableDatabase db("", Xapian::DB_BACKEND_INMEMORY);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("fr"));
    std::ifstream in(corpus);
    for (std::string line; std::getline(in, line);) {
        rapidjson::Document object;
        object.Parse(line.c_str());
        Xapian::Document document;
        generator.set_document(document);
        generator.index_text(text_of(object, "title"));
        generator.increase_termpos();
        generator.index_text(text_of(object, "body"));
        document.set_data(text_of(object, "id"));
        db.add_document(document);
    }
    Xapian::QueryParser parser;
    parser.set_database(db);
    parser.set_stemmer(Xapian::Stem("fr"));
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    std::ifstream questions(queries);
    for (std::string line; std::getline(questions, line);) {
        const std::size_t tab = line.find('\t');
        if (tab == std::string::npos) continue;
        Xapian::Enquire enquire(db);
        enquire.set_query(parser.parse_query(line.substr(tab + 1), 0));
        const Xapian::MSet hits = enquire.get_mset(0, depth);
        for (auto hit = hits.begin(); hit != hits.end(); ++hit) {
            std::cout << line.substr(0, tab) << " Q0 " << hit.get_document().get_data() << " " << hit.get_rank() + 1
                      << " " << hit.get_weight() << " xapian\n";
        }
    }
    return 0;
}

struct Options {
    bool page = false;
    std::vector<std::string> facets;
    unsigned limit = 10;
};

struct Facet {
    Facet(std::string facet_name, Xapian::valueno slot) : name(std::move(facet_name)), spy(slot) {}
    std::string name;
    Xapian::ValueCountMatchSpy spy;
};

std::string joined(const std::string& words, const std::string& operation) {
    std::string query;
    for (const char byte : words) query += byte == ' ' ? " " + operation + " " : std::string(1, byte);
    return query;
}

/// `filter` is empty, `source=NAME` or `year=YYYY`.
std::string query_text(std::string_view kind, const std::string& words, const std::string& filter) {
    std::string query = words;
    if (kind == "and") query = joined(words, "AND");
    if (kind == "or") query = joined(words, "OR");
    if (kind == "phrase") query = "\"" + words + "\"";
    if (kind == "prefix") query = words + "*";
    if (const std::size_t equals = filter.find('='); equals != std::string::npos)
        query += " " + filter.substr(0, equals) + ":\"" + filter.substr(equals + 1) + "\"";
    return query;
}

class Peer {
 public:
    Peer(const std::string& path, Options options) : options_(options), db_(path) {
        parser_.set_database(db_);
        parser_.set_stemmer(stemmer_);
        parser_.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
        parser_.set_default_op(Xapian::Query::OP_AND);
        parser_.add_boolean_prefix("source", "XSOURCE:");
        parser_.add_boolean_prefix("year", "Y");
    }

    std::string answer(std::string_view kind, const std::string& words, const std::string& filter) {
        const auto begin = std::chrono::steady_clock::now();
        const unsigned flags = Xapian::QueryParser::FLAG_DEFAULT | Xapian::QueryParser::FLAG_WILDCARD;
        const Xapian::Query query =
            kind == "all" ? Xapian::Query::MatchAll : parser_.parse_query(query_text(kind, words, filter), flags);
        Xapian::Enquire enquire(db_);
        enquire.set_query(query);
        std::deque<Facet> facets;  // a spy can be neither copied nor moved
        for (const std::string& name : options_.facets) {
            const auto slot = std::find(k_facets.begin(), k_facets.end(), name) - k_facets.begin();
            facets.emplace_back(name, static_cast<Xapian::valueno>(slot));
            enquire.add_matchspy(&facets.back().spy);
        }
        // A spy sees only the documents that the match looked at, and an exact total needs them all.
        const bool all = !options_.facets.empty() || options_.page;
        const Xapian::MSet hits = enquire.get_mset(0, options_.limit, all ? db_.get_doccount() : 0);
        return written(hits, facets, begin);
    }

 private:
    std::string written(const Xapian::MSet& hits, const std::deque<Facet>& facets,
                        std::chrono::steady_clock::time_point begin) const {
        rapidjson::StringBuffer buffer;
        Writer out(buffer);
        out.StartObject();
        out.Key("total");
        out.Uint(hits.get_matches_estimated());
        out.Key("hits");
        out.StartArray();
        for (auto hit = hits.begin(); hit != hits.end(); ++hit) write_hit(out, hits, hit.get_document().get_data());
        out.EndArray();
        for (const Facet& facet : facets) write_facet(out, facet);
        out.Key("us");
        out.Double(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
        out.EndObject();
        return buffer.GetString();
    }

    void write_hit(Writer& out, const Xapian::MSet& hits, const std::string& data) const {
        rapidjson::Document object;
        object.Parse(data.c_str());
        out.StartObject();
        for (const char* key : {"id", "title", "date", "source"}) {
            out.Key(key);
            out.String(text_of(object, key).c_str());
        }
        if (options_.page) {
            out.Key("snippet");
            out.String(hits.snippet(text_of(object, "body"), k_snippet_bytes, stemmer_).c_str());
        }
        out.EndObject();
    }

    static void write_facet(Writer& out, const Facet& facet) {
        out.Key(facet.name.c_str());
        out.StartObject();
        for (auto value = facet.spy.top_values_begin(k_facet_values); value != facet.spy.top_values_end(k_facet_values);
             ++value) {
            out.Key((*value).c_str());
            out.Uint(value.get_termfreq());
        }
        out.EndObject();
    }

    Options options_;
    Xapian::Database db_;
    Xapian::Stem stemmer_{"fr"};
    Xapian::QueryParser parser_;
};

int query(const std::string& path, Options options) {
    Peer peer(path, options);
    for (std::string line; std::getline(std::cin, line);) {
        const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
        const std::string words = first == std::string::npos ? "" : line.substr(first + 1, second - first - 1);
        const std::string filter = second == std::string::npos ? "" : line.substr(second + 1);
        std::cout << peer.answer(line.substr(0, first), words, filter) << std::endl;
    }
    return 0;
}

/// The smallest program that opens an index, Limier's too, and answers: what a one-shot query costs at least.
int first(const std::string& path, const std::string& term) {
    Xapian::Database db(path);
    Xapian::Enquire enquire(db);
    enquire.set_query(Xapian::Query(term));
    const Xapian::MSet hits = enquire.get_mset(0, 10);
    for (auto hit = hits.begin(); hit != hits.end(); ++hit) std::cout << *hit << "\n";
    return 0;
}

int run(const std::vector<std::string>& arguments) {
    const std::string command = arguments.empty() ? "" : arguments[0];
    if (command == "build" && arguments.size() >= 3) return build(arguments[1], arguments[2]);
    if (command == "analyse" && arguments.size() == 2) return analyse(arguments[1]);
    if (command == "rank" && arguments.size() == 4)
        return rank(arguments[1], arguments[2], static_cast<unsigned>(std::stoul(arguments[3])));
    if (command == "compact" && arguments.size() == 3) return Xapian::Database(arguments[1]).compact(arguments[2]), 0;
    if (command == "first" && arguments.size() == 3) return first(arguments[1], arguments[2]);
    if (command == "query" && arguments.size() >= 2) {
        Options options;
        for (std::size_t i = 2; i < arguments.size(); ++i) {
            if (arguments[i] == "--page") options.page = true;
            if (arguments[i] == "--facets" && i + 1 < arguments.size()) {
                std::istringstream names(arguments[i + 1]);
                for (std::string name; std::getline(names, name, ',');) options.facets.push_back(name);
            }
            if (arguments[i] == "--limit" && i + 1 < arguments.size())
                options.limit = static_cast<unsigned>(std::stoul(arguments[i + 1]));
        }
        return query(arguments[1], options);
    }
    std::cerr << "usage: build INPUT DB | analyse INPUT | rank INPUT QUERIES N | compact DB OUT | first DB TERM | "
                 "query DB [--page] [--facets "
                 "NAME,…] [--limit N]\n";
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const Xapian::Error& error) {
        std::cerr << "xapian: " << error.get_description() << "\n";
        return 1;
    }
}
