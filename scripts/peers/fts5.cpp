// SQLite FTS5 with Snowball's French stemmer over unicode61, as a ranker of judged collections: README.md beside it
// says how it is driven. FTS5 brings a stemmer for English alone.
#include <cctype>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <libstemmer.h>
#include <rapidjson/document.h>
#include <sqlite3.h>

namespace {

/// What FTS5 asks a tokenizer for: unicode61's words, stemmed.
struct French {
    fts5_tokenizer words;
    Fts5Tokenizer* tokenizer = nullptr;
    sb_stemmer* stemmer = nullptr;
};

struct Callback {
    French* french;
    void* context;
    int (*token)(void*, int, const char*, int, int, int);
};

int create(void* api_pointer, const char**, int, Fts5Tokenizer** out) {
    auto* const api = static_cast<fts5_api*>(api_pointer);
    auto* const french = new French;
    void* data = nullptr;
    api->xFindTokenizer(api, "unicode61", &data, &french->words);
    const char* options[] = {"remove_diacritics", "0"};
    const int status = french->words.xCreate(data, options, 2, &french->tokenizer);
    french->stemmer = sb_stemmer_new("french", "UTF_8");
    *out = reinterpret_cast<Fts5Tokenizer*>(french);
    return status;
}

void destroy(Fts5Tokenizer* pointer) {
    auto* const french = reinterpret_cast<French*>(pointer);
    french->words.xDelete(french->tokenizer);
    sb_stemmer_delete(french->stemmer);
    delete french;
}

int stemmed(void* context, int flags, const char* text, int size, int begin, int end) {
    const auto* const callback = static_cast<Callback*>(context);
    const sb_symbol* const stem =
        sb_stemmer_stem(callback->french->stemmer, reinterpret_cast<const sb_symbol*>(text), size);
    return callback->token(callback->context, flags, reinterpret_cast<const char*>(stem),
                           sb_stemmer_length(callback->french->stemmer), begin, end);
}

int tokenize(Fts5Tokenizer* pointer, void* context, int flags, const char* text, int size,
             int (*token)(void*, int, const char*, int, int, int)) {
    auto* const french = reinterpret_cast<French*>(pointer);
    Callback callback{french, context, token};
    return french->words.xTokenize(french->tokenizer, &callback, flags, text, size, stemmed);
}

fts5_api* api_of(sqlite3* db) {
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, nullptr);
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    return api;
}

/// The words as FTS5's query language wants them: each in quotes, joined by OR.
std::string any_word(const std::string& query) {
    std::string out, word;
    const auto take = [&out, &word] {
        if (!word.empty()) out += (out.empty() ? "\"" : " OR \"") + word + "\"";
        word.clear();
    };
    for (std::size_t at = 0; at < query.size(); ++at) {
        const auto byte = static_cast<unsigned char>(query[at]);
        if (byte < 0x80 ? std::isalnum(byte) != 0 : byte != 0xC2 && byte != 0xE2) {
            word.push_back(query[at]);
            continue;
        }
        take();
        if (byte >= 0x80) at += byte == 0xC2 ? 1 : 2;  // « » and the general punctuation
    }
    take();
    return out;
}

int rank(const std::string& corpus, const std::string& queries, int depth) {
    sqlite3* db = nullptr;
    sqlite3_open(":memory:", &db);
    fts5_api* const api = api_of(db);
    fts5_tokenizer french{create, destroy, tokenize};
    api->xCreateTokenizer(api, "french", api, &french, nullptr);
    sqlite3_exec(db, "CREATE VIRTUAL TABLE words USING fts5 (id UNINDEXED, title, body, tokenize='french'); BEGIN",
                 nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO words VALUES (?, ?, ?)", -1, &insert, nullptr);
    std::ifstream in(corpus);
    for (std::string line; std::getline(in, line);) {
        rapidjson::Document object;
        object.Parse(line.c_str());
        int place = 0;
        for (const char* key : {"id", "title", "body"})
            sqlite3_bind_text(insert, ++place, object.HasMember(key) ? object[key].GetString() : "", -1,
                              SQLITE_TRANSIENT);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
    sqlite3_stmt* select = nullptr;
    sqlite3_prepare_v2(db, "SELECT id, -rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", -1, &select,
                       nullptr);
    std::ifstream questions(queries);
    for (std::string line; std::getline(questions, line);) {
        const std::size_t tab = line.find('\t');
        if (tab == std::string::npos) continue;
        const std::string match = any_word(line.substr(tab + 1));
        sqlite3_bind_text(select, 1, match.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_int(select, 2, depth);
        for (int place = 1; sqlite3_step(select) == SQLITE_ROW; ++place) {
            std::cout << line.substr(0, tab) << " Q0 " << sqlite3_column_text(select, 0) << " " << place << " "
                      << sqlite3_column_double(select, 1) << " fts5\n";
        }
        sqlite3_reset(select);
    }
    sqlite3_finalize(select);
    sqlite3_close(db);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 5 && std::string(argv[1]) == "rank") return rank(argv[2], argv[3], std::stoi(argv[4]));
    std::cerr << "usage: rank INPUT QUERIES N\n";
    return 2;
}
