#include "indexer/readers/json_object.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include <rapidjson/reader.h>

#include "common/output/json.hpp"
#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

// Deep enough for any real object, shallow enough for every reader of the index's JSON.
constexpr std::size_t k_most_levels = 200;
constexpr std::size_t k_block = 16;

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

/// Takes the events of one JSON object: known keys as text, other ones as JSON and as what text they are.
class ObjectReader : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, ObjectReader> {
 public:
    explicit ObjectReader(const FieldMap& map) : map_(map) {}

    Members members;
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
        std::string& name = level().name;
        name = cleaned({data, size});
        if (depth_ == 1) {
            key_ = key_of(name, map_);
            text_.clear();
        } else if (!key_) {
            out_.key(name);
        }
        return true;
    }
    bool StartObject() {
        if (depth_ == 0) return enter(Type::object);
        if (!may_nest(Type::object)) return false;
        if (!key_) out_.begin_object();
        return enter(Type::object);
    }
    bool EndObject(rapidjson::SizeType) {
        if (--depth_ == 0) return true;
        if (!key_) out_.end_object();
        return finish();
    }
    bool StartArray() {
        if (depth_ == 0) return fail_root(Type::list);
        if (!may_nest(Type::list)) return false;
        if (!key_) out_.begin_array();
        return enter(Type::list);
    }
    bool EndArray(rapidjson::SizeType) {
        --depth_;
        if (!key_) out_.end_array();
        return finish();
    }

 private:
    MemberLevel& level() { return levels_[depth_ - 1]; }
    std::span<const MemberLevel> open() const { return std::span(levels_).first(depth_); }

    std::string cleaned(std::string_view bytes) {
        CleanText clean = clean_utf8(bytes);
        members.replaced += clean.replaced;
        return std::move(clean.text);
    }

    bool fail_root(Type type) {
        error = std::string(tr("not a JSON object but ", "pas un objet JSON mais ")).append(name_of(type));
        return false;
    }

    bool fail_type(Type type) {
        const bool is_id = key_ == limier::Key::id;
        error = levels_.front().name + std::string(is_id ? tr(" must be a string or a number, not ",
                                                              " doit être une chaîne ou un nombre, pas ")
                                                         : tr(" must be a string, not ", " doit être une chaîne, pas "))
                                           .append(name_of(type));
        return false;
    }

    bool enter(Type type) {
        if (++depth_ > k_most_levels) {
            error = tr("nested deeper than 200 levels", "imbriqué sur plus de 200 niveaux");
            return false;
        }
        if (levels_.size() < depth_) levels_.emplace_back();
        level().list = type == Type::list;
        level().name.clear();
        return true;
    }

    /// Authors may be a list, and an author or a source something with a name.
    bool may_nest(Type type) {
        if (!key_ || in_named()) return true;
        const bool is_author = key_ == limier::Key::author;
        const bool in_list = depth_ == 2 && level().list;
        const bool fits = type == Type::list ? is_author && depth_ == 1
                                             : (is_author || key_ == limier::Key::source) && (depth_ == 1 || in_list);
        return fits || fail_type(type);
    }

    /// In an object that a member is, or that stands in the list that it is.
    bool in_named() const { return (depth_ >= 2 && !levels_[1].list) || (depth_ >= 3 && !levels_[2].list); }

    template <class Write>
    bool scalar(Type type, std::string_view text, Write write) {
        if (depth_ == 0) return fail_root(type);
        if (key_) {
            if (in_named()) return type == Type::string && says_member(open()) ? note(text) : true;
            const bool fits = type == Type::string || (type == Type::null && depth_ == 1) ||
                              (type == Type::number && key_ == limier::Key::id);
            if (!fits) return fail_type(type);
            return depth_ == 1 ? (text_ = text, finish()) : note(text);
        }
        const bool is_said = type == Type::string || type == Type::number;
        if (!map_.empty() && depth_ > 1 && is_said) members.append_mapped(open(), text, map_);
        if (type == Type::string && says_member(open())) note(text);
        write(out_);
        return finish();
    }

    bool note(std::string_view text) {
        if (depth_ == 1) {
            text_ = text;
        } else if (const std::string_view word = trimmed(text); !word.empty()) {
            append_listed(text_, word);
        }
        return true;
    }

    /// A member is complete: of a name met twice the last one counts.
    bool finish() {
        if (depth_ != 1) return true;
        if (key_) {
            members[*key_] = std::move(text_);
        } else {
            members.add_other(level().name, std::move(text_), out_.take());
        }
        return true;
    }

    const FieldMap& map_;
    std::size_t depth_ = 0;
    std::vector<MemberLevel> levels_;  ///< of which depth_ are open; the others keep their space
    std::optional<limier::Key> key_;   ///< of the member that is being read
    std::string text_;                 ///< what it says so far
    JsonWriter out_;                   ///< of a member without a key
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
std::string parse(std::string& json, ObjectReader& reader) {
    // RapidJSON reads strings by aligned blocks of 16 bytes, the last of them whole.
    json.reserve(json.size() + 2 * k_block);
    rapidjson::StringStream stream(json.c_str());
    // Iterative: nesting may not cost stack. Numbers as they are written: nothing is rounded.
    rapidjson::Reader parser;
    constexpr unsigned k_flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
    const rapidjson::ParseResult result = parser.Parse<k_flags>(stream, reader);
    if (!result.IsError()) return {};
    if (!reader.error.empty()) return reader.error;
    std::string_view before = std::string_view(json).substr(0, result.Offset());
    const auto lines = std::count(before.begin(), before.end(), '\n');
    if (lines > 0) before.remove_prefix(before.rfind('\n') + 1);
    const auto column = std::count_if(before.begin(), before.end(),
                                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    std::string place(tr("not JSON, ", "pas du JSON, "));
    if (lines > 0) place += std::string(tr("line ", "ligne ")) + std::to_string(lines + 1) + ", ";
    return place + std::string(tr("column ", "colonne ")) + std::to_string(column + 1) +
           std::string(tr(": ", " : ")).append(reason_of(result.Code()));
}

}  // namespace

std::string utf16_reason() {
    return std::string(tr("it is UTF-16; convert it: iconv -f UTF-16 -t UTF-8",
                          "c’est de l’UTF-16 ; à convertir : iconv -f UTF-16 -t UTF-8"));
}

Result<Members> read_members(std::string json, const FieldMap& map) {
    // JSON has none, and to the parser one is the end.
    if (json.find('\0') != std::string::npos) std::erase(json, '\0');
    const std::size_t surrogates = replace_lone_surrogates(json);
    ObjectReader reader(map);
    if (std::string reason = parse(json, reader); !reason.empty()) return Error{Code::input, std::move(reason)};
    reader.members.replaced += surrogates;
    return std::move(reader.members);
}

}  // namespace limier
