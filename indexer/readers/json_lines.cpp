#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>
#include <vector>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "common/dates.hpp"
#include "common/output/json.hpp"
#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/byline.hpp"
#include "indexer/readers/bytes.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/line_stream.hpp"

namespace limier {
namespace {

// Deep enough for any real object, shallow enough for every reader of the index's JSON.
constexpr std::size_t k_most_levels = 200;

constexpr std::array<std::string_view, 8> k_keys{"id", "title", "body", "date", "source", "author", "url", "lang"};
enum Key : std::size_t { k_id, k_title, k_body, k_date, k_source, k_author, k_url, k_lang, k_no_key };

// Other names for a key, in order of preference; they count only where the key itself says nothing.
constexpr std::array<std::pair<std::string_view, Key>, 7> k_aliases{{{"headline", k_title},
                                                                     {"titre", k_title},
                                                                     {"text", k_body},
                                                                     {"content", k_body},
                                                                     {"texte", k_body},
                                                                     {"auteur", k_author},
                                                                     {"language", k_lang}}};

enum class Type { null, boolean, number, string, list, object };

std::string_view name_of(Type type) {
    switch (type) {
        case Type::null:
            return tr("null", "null");
        case Type::boolean:
            return tr("a boolean", "un booléen");
        case Type::number:
            return tr("a number", "un nombre");
        case Type::string:
            return tr("a string", "une chaîne");
        case Type::list:
            return tr("a list", "une liste");
        case Type::object:
            return tr("an object", "un objet");
    }
    return {};
}

/// Takes the events of one JSON object: known keys as text, other ones as JSON text.
class ObjectReader : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, ObjectReader> {
 public:
    std::array<std::string, k_keys.size()> known;
    std::vector<std::pair<std::string, std::string>> extra;
    std::array<std::string, k_aliases.size()> aliased;
    std::size_t replaced = 0;
    std::string error;  ///< why reading was ended

    bool Null() {
        return scalar(Type::null, {}, [](JsonWriter& out) { out.null(); });
    }
    bool Bool(bool value) {
        return scalar(Type::boolean, {}, [value](JsonWriter& out) { out.boolean(value); });
    }
    bool RawNumber(const char* data, rapidjson::SizeType size, bool) {
        const std::string_view digits(data, size);
        return scalar(Type::number, digits, [digits](JsonWriter& out) { out.raw(digits); });
    }
    bool String(const char* data, rapidjson::SizeType size, bool) {
        const std::string text = cleaned({data, size});
        return scalar(Type::string, text, [&text](JsonWriter& out) { out.string(text); });
    }
    bool Key(const char* data, rapidjson::SizeType size, bool) {
        std::string name = cleaned({data, size});
        if (depth_ > 1) {
            out_.key(name);
            return true;
        }
        const auto found = std::find(k_keys.begin(), k_keys.end(), name);
        key_ = static_cast<limier::Key>(found - k_keys.begin());
        name_ = std::move(name);
        return true;
    }
    bool StartObject() {
        if (depth_ == 0) return ++depth_, true;
        if (!may_nest(Type::object)) return false;
        out_.begin_object();
        return true;
    }
    bool EndObject(rapidjson::SizeType) {
        if (--depth_ > 0) {
            out_.end_object();
            finish_extra();
        }
        return true;
    }
    bool StartArray() {
        if (depth_ == 0) return fail_root(Type::list);
        if (depth_ == 1 && key_ == k_author) {
            ++depth_;
            known[k_author].clear();
            return true;
        }
        if (!may_nest(Type::list)) return false;
        out_.begin_array();
        return true;
    }
    bool EndArray(rapidjson::SizeType) {
        --depth_;
        if (key_ == k_author) return true;
        out_.end_array();
        finish_extra();
        return true;
    }

 private:
    std::string cleaned(std::string_view bytes) {
        CleanText clean = clean_utf8(bytes);
        replaced += clean.replaced;
        return std::move(clean.text);
    }

    bool fail_root(Type type) {
        error = std::string(tr("not a JSON object but ", "pas un objet JSON mais ")).append(name_of(type));
        return false;
    }

    bool fail_type(Type type) {
        error = name_ + std::string(key_ == k_id ? tr(" must be a string or a number, not ",
                                                      " doit être une chaîne ou un nombre, pas ")
                                                 : tr(" must be a string, not ", " doit être une chaîne, pas "))
                            .append(name_of(type));
        return false;
    }

    bool may_nest(Type type) {
        if (key_ != k_no_key) return fail_type(type);
        if (++depth_ <= k_most_levels) return true;
        error = tr("nested deeper than 200 levels", "imbriqué sur plus de 200 niveaux");
        return false;
    }

    template <class Write>
    bool scalar(Type type, std::string_view text, Write write) {
        if (depth_ == 0) return fail_root(type);
        if (key_ == k_no_key) {
            if (depth_ == 1) note_alias(type, text);
            write(out_);
            finish_extra();
            return true;
        }
        if (depth_ == 2) {  // a list of authors
            if (type != Type::string) return fail_type(type);
            std::string& authors = known[k_author];
            authors.append(authors.empty() ? "" : ", ").append(trimmed(text));
            return true;
        }
        const bool fits = type == Type::string || type == Type::null || (type == Type::number && key_ == k_id);
        if (!fits) return fail_type(type);
        known[key_] = text;
        return true;
    }

    void note_alias(Type type, std::string_view text) {
        for (std::size_t i = 0; i < k_aliases.size(); ++i) {
            if (k_aliases[i].first == name_) aliased[i] = type == Type::string ? text : std::string_view();
        }
    }

    /// A value of another key is complete: of a key met twice the last one counts, as for the known keys.
    void finish_extra() {
        if (depth_ != 1) return;
        const auto [place, is_new] = places_.try_emplace(name_, extra.size());
        if (is_new) extra.emplace_back(name_, std::string());
        extra[place->second].second = out_.take();
    }

    std::size_t depth_ = 0;
    limier::Key key_ = k_no_key;
    std::string name_;
    JsonWriter out_;
    std::unordered_map<std::string, std::size_t> places_;
};

std::optional<unsigned> hex_unit(std::string_view json, std::size_t at) {
    if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return std::nullopt;
    unsigned unit = 0;
    for (const char c : json.substr(at + 2, 4)) {
        const std::size_t digit =
            std::string_view("0123456789abcdef").find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
        if (digit == std::string_view::npos) return std::nullopt;
        unit = unit * 16 + static_cast<unsigned>(digit);
    }
    return unit;
}

/// Half a pair of surrogates, as a text cut in UTF-16 has it, becomes U+FFFD: RapidJSON refuses the whole object.
std::size_t replace_lone_surrogates(std::string& json) {
    std::size_t replaced = 0;
    for (std::size_t at = json.find('\\'); at != std::string::npos; at = json.find('\\', at)) {
        const auto unit = hex_unit(json, at);
        if (!unit || (*unit & 0xF800) != 0xD800) {
            at += 2;
            continue;
        }
        const auto next = hex_unit(json, at + 6);
        if (*unit < 0xDC00 && next && (*next & 0xFC00) == 0xDC00) {
            at += 12;
            continue;
        }
        json.replace(at + 2, 4, "fffd");
        ++replaced;
        at += 6;
    }
    return replaced;
}

std::string_view reason_of(rapidjson::ParseErrorCode code) {
    switch (code) {
        case rapidjson::kParseErrorDocumentEmpty:
            return tr("nothing stands there", "il n’y a rien");
        case rapidjson::kParseErrorDocumentRootNotSingular:
            return tr("something follows the object", "quelque chose suit l’objet");
        case rapidjson::kParseErrorObjectMissName:
            return tr("a key in quotes is missing", "une clé entre guillemets manque");
        case rapidjson::kParseErrorObjectMissColon:
            return tr("a colon is missing after the key", "un deux-points manque après la clé");
        case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
            return tr("a comma or a closing brace is missing", "une virgule ou une accolade fermante manque");
        case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
            return tr("a comma or a closing bracket is missing", "une virgule ou un crochet fermant manque");
        case rapidjson::kParseErrorStringMissQuotationMark:
            return tr("a closing quote is missing", "un guillemet fermant manque");
        case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
        case rapidjson::kParseErrorStringEscapeInvalid:
            return tr("an escape or control character is not valid",
                      "un échappement ou caractère de contrôle n’est pas valide");
        default:
            return tr("a value is not valid", "une valeur n’est pas valide");
    }
}

/// Parses into `reader`. The reason why not, with the column where there is one; empty when all is well.
std::string parse(const std::string& json, ObjectReader& reader) {
    rapidjson::MemoryStream stream(json.data(), json.size());
    // Iterative: nesting may not cost stack. Numbers as they are written: nothing is rounded.
    rapidjson::Reader parser;
    constexpr unsigned k_flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
    const rapidjson::ParseResult result = parser.Parse<k_flags>(stream, reader);
    if (!result.IsError()) return {};
    if (!reader.error.empty()) return reader.error;
    const std::string_view before = std::string_view(json).substr(0, result.Offset());
    const auto column = std::count_if(before.begin(), before.end(),
                                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    return std::string(tr("not JSON, column ", "pas du JSON, colonne ")) + std::to_string(column + 1) +
           std::string(tr(": ", " : ")).append(reason_of(result.Code()));
}

/// Gives an alias's value to its key where that says nothing; the alias is then no extra key any more.
void use_aliases(ObjectReader& reader) {
    for (std::size_t i = 0; i < k_aliases.size(); ++i) {
        const auto& [name, key] = k_aliases[i];
        if (!trimmed(reader.known[key]).empty() || trimmed(reader.aliased[i]).empty()) continue;
        reader.known[key] = std::move(reader.aliased[i]);
        std::erase_if(reader.extra, [name = name](const auto& member) { return member.first == name; });
    }
}

/// A date that cannot be read is no reason to lose the article: it is kept as it was written.
void set_date(const std::string& written, Document& document) {
    if (trimmed(written).empty()) return;
    if (const auto date = parse_date(written)) {
        document.date = *date;
        return;
    }
    document.date = Date{};
    JsonWriter out;
    document.extra.emplace_back(k_keys[k_date], out.string(written).take());
}

/// The layout of a body. A title that the body begins with too is the body's.
Layout layout_of_body(Document& document) {
    if (document.title_apart) {
        Layout whole = read_layout(document.text, true);
        const std::string_view title =
            std::string_view(document.text).substr(whole.title_begin, whole.title_end - whole.title_begin);
        if (whole.title_end > whole.title_begin && one_line(title) == document.title) {
            document.title_apart = false;
            return whole;
        }
    }
    return read_layout(document.text, !document.title_apart);
}

/// Errors: the reason alone, without the place.
Result<Document> read_object(std::string json, std::string id, const std::string& path) {
    std::erase(json, '\0');
    const std::size_t surrogates = replace_lone_surrogates(json);
    ObjectReader reader;
    if (std::string reason = parse(json, reader); !reason.empty()) return Error{Code::input, std::move(reason)};
    use_aliases(reader);
    auto& known = reader.known;
    if (trimmed(known[k_title]).empty() && trimmed(known[k_body]).empty())
        return Error{Code::input, std::string(tr("neither title nor body", "ni title ni body"))};
    Document document;
    const std::string_view own_id = trimmed(known[k_id]);
    document.id = own_id.empty() ? std::move(id) : std::string(own_id);
    document.path = path;
    document.title = trimmed(known[k_title]);
    document.title_apart = !document.title.empty();
    document.text = std::move(known[k_body]);
    document.source = trimmed(known[k_source]);
    document.author = author_names(known[k_author]);
    document.url = trimmed(known[k_url]);
    document.lang = trimmed(known[k_lang]);
    document.extra = std::move(reader.extra);
    document.replaced = static_cast<std::uint32_t>(reader.replaced + surrogates);
    apply_layout(layout_of_body(document), document);
    set_date(known[k_date], document);
    return document;
}

Error too_long() {
    return {Code::input,
            std::string(tr("a line longer than 128 MiB: no article", "une ligne de plus de 128 Mio : pas un article"))};
}

class JsonLinesReader : public FileReader {
 public:
    explicit JsonLinesReader(InputFile file) : file_(std::move(file)), path_(path_text(file_.path)) {}

    Step next() override {
        if (done_) return {};
        if (!lines_) {
            Result<ByteStream> opened = open_bytes(file_);
            if (!opened) return refuse_rest(opened.error().message);
            lines_.emplace(std::move(*opened));
        }
        for (;;) {
            const Result<bool> more = lines_->next();
            if (!more) return refuse_rest(more.error().message);
            if (!*more) return end();
            if (lines_->is_cut()) return {{}, Refusal{place(), too_long().message}};
            const std::size_t number = lines_->number();
            std::string_view line = lines_->line();
            if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
            if (number == 1 && (line.starts_with("\xFF\xFE") || line.starts_with("\xFE\xFF")))
                return refuse_rest(std::string(tr("it is UTF-16; convert it: iconv -f UTF-16 -t UTF-8",
                                                  "c’est de l’UTF-16 ; à convertir : iconv -f UTF-16 -t UTF-8")));
            if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
            any_ = true;
            Result<Document> document = read_object(std::string(line), file_.id + ":" + std::to_string(number), path_);
            if (!document) return {{}, Refusal{place(), document.error().message}};
            return {std::move(*document), {}};
        }
    }

    std::uint64_t bytes_read() const override { return lines_ ? lines_->bytes_read() : 0; }

 private:
    std::string place() const { return path_ + ":" + std::to_string(lines_->number()); }

    Step refuse_rest(std::string reason) {
        done_ = true;
        return {{}, Refusal{!lines_ || lines_->number() == 0 ? path_ : place(), std::move(reason)}};
    }

    Step end() {
        done_ = true;
        if (any_) return {};
        return {{},
                Refusal{path_, std::string(bytes_read() == 0
                                               ? tr("it is empty", "il est vide")
                                               : tr("no line holds an object", "aucune ligne ne porte d’objet"))}};
    }

    InputFile file_;
    std::string path_;
    std::optional<LineStream> lines_;
    bool any_ = false;
    bool done_ = false;
};

}  // namespace

std::unique_ptr<FileReader> open_json_lines(const InputFile& file) { return std::make_unique<JsonLinesReader>(file); }

Result<Document> read_json_object(std::string_view json, const std::string& path, std::size_t line) {
    const std::string place = path + ":" + std::to_string(line);
    if (json.size() > k_most_document_bytes) return Error{Code::input, place + ": " + too_long().message};
    if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
    Result<Document> document = read_object(std::string(json), place, path);
    if (!document) return Error{Code::input, place + ": " + document.error().message, document.error().hint};
    return document;
}

}  // namespace limier
