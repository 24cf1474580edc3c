#include <algorithm>
#include <charconv>
#include <vector>

#include "common/output/language.hpp"
#include "common/output/number.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

/// A stretch of text as it is, or (`column` not null) a field.
struct Piece {
    std::string text;
    const HitColumn* column = nullptr;
    int decimals = -1;  ///< of `{score:.3f}`
};

Error malformed(std::string_view what, std::string_view where) {
    return {Code::usage,
            std::string("--template").append(tr(": ", " : ")).append(what).append(tr(": ", " : ")).append(where),
            std::string(tr("a field stands as {title}, a brace as {{ or }}; escapes: \\t \\n \\0 \\\\",
                           "un champ s'écrit {title}, une accolade {{ ou }} ; échappements : \\t \\n \\0 \\\\"))};
}

Error unknown_field(std::string_view name) {
    std::string known;
    for (const HitColumn& column : hit_columns()) known.append(known.empty() ? "" : ", ").append(column.name);
    Error error = malformed(tr("unknown field", "champ inconnu"), name);
    error.hint = std::string(tr("one of: ", "au choix : ")) + known;
    return error;
}

/// The decimals of `.3f`, -1 for anything else.
int decimals_of(std::string_view format) {
    constexpr int k_most = 17;  // A double has no more digits.
    if (format.size() < 3 || format.front() != '.' || format.back() != 'f') return -1;
    int decimals = -1;
    const auto [end, error] = std::from_chars(format.data() + 1, format.data() + format.size() - 1, decimals);
    const bool whole = error == std::errc{} && end == format.data() + format.size() - 1;
    return whole && decimals >= 0 && decimals <= k_most ? decimals : -1;
}

/// What stands between braces: `title`, `score:.3f`.
Result<Piece> field_piece(std::string_view inside) {
    const std::size_t colon = std::min(inside.find(':'), inside.size());
    const auto columns = hit_columns();
    const auto column = std::ranges::find(columns, inside.substr(0, colon), &HitColumn::name);
    if (column == columns.end()) return unknown_field(inside.substr(0, colon));
    Piece piece{.text = {}, .column = &*column};
    if (colon == inside.size()) return piece;
    piece.decimals = decimals_of(inside.substr(colon + 1));
    if (column->name != "score" || piece.decimals < 0) {
        return malformed(tr("only {score:.Nf} has a format, N up to 17", "seul {score:.Nf} a un format, N jusqu'à 17"),
                         inside);
    }
    return piece;
}

/// The character that an escape stands for.
Result<char> escape(std::string_view text) {
    switch (text.size() < 2 ? '\0' : text[1]) {
        case 't':
            return '\t';
        case 'n':
            return '\n';
        case '0':
            return '\0';
        case '\\':
            return '\\';
        default:
            return malformed(tr("unknown escape", "échappement inconnu"), text);
    }
}

Result<std::vector<Piece>> parse(std::string_view text) {
    std::vector<Piece> pieces(1);
    while (!text.empty()) {
        std::size_t taken = 1;
        if (text.front() == '\\') {
            Result<char> byte = escape(text);
            if (!byte) return std::move(byte.error());
            pieces.back().text += *byte;
            taken = 2;
        } else if (text.starts_with("{{") || text.starts_with("}}")) {
            pieces.back().text += text.front();
            taken = 2;
        } else if (text.front() == '{') {
            const std::size_t close = text.find('}');
            if (close == text.npos)
                return malformed(tr("a brace is not closed", "une accolade n'est pas fermée"), text);
            Result<Piece> piece = field_piece(text.substr(1, close - 1));
            if (!piece) return std::move(piece.error());
            pieces.push_back(*std::move(piece));
            pieces.emplace_back();
            taken = close + 1;
        } else if (text.front() == '}') {
            return malformed(tr("a brace closes nothing", "une accolade ne ferme rien"), text);
        } else {
            pieces.back().text += text.front();
        }
        text.remove_prefix(taken);
    }
    return pieces;
}

class TemplateFormatter : public Formatter {
 public:
    TemplateFormatter(std::vector<Piece> pieces, bool null) : pieces_(std::move(pieces)), null_(null) {}

    std::string result(const SearchResult& result) override {
        std::string out;
        for (const Hit& hit : result.hits) {
            for (const Piece& piece : pieces_) out += text_of(piece, result, hit);
            out += null_ ? '\0' : '\n';
        }
        return out;
    }

 private:
    std::string text_of(const Piece& piece, const SearchResult& result, const Hit& hit) const {
        if (piece.column == nullptr) return piece.text;
        if (piece.decimals >= 0) return fixed_decimals(hit.score, piece.decimals);
        return record_value(piece.column->value(result, hit), null_);
    }

    std::vector<Piece> pieces_;
    bool null_;
};

}  // namespace

Result<std::unique_ptr<Formatter>> make_template(const OutputOptions& options) {
    if (options.template_text.empty()) return malformed(tr("is empty", "est vide"), "''");
    Result<std::vector<Piece>> pieces = parse(options.template_text);
    if (!pieces) return std::move(pieces.error());
    return {std::make_unique<TemplateFormatter>(*std::move(pieces), options.null)};
}

}  // namespace limier
