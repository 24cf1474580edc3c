#include <algorithm>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/path_date.hpp"

namespace limier {

Result<Document> read_plain_text(std::string id, std::string path, std::string_view bytes) {
    if (bytes.size() > k_most_document_bytes) return too_long();
    const std::optional<DecodedText> decoded = decode_text(bytes);
    CleanText clean = clean_utf8(decoded ? std::string_view(decoded->text) : bytes);
    if (trimmed(clean.text).empty()) {
        return Error{Code::input, std::string(bytes.empty() ? tr("it is empty", "il est vide")
                                                            : tr("nothing but blanks", "rien que des blancs"))};
    }
    Document document;
    document.id = std::move(id);
    document.path = std::move(path);
    document.text = std::move(clean.text);
    document.replaced = static_cast<std::uint32_t>(clean.replaced);
    apply_layout(read_layout(document.text, true), document);
    if (!document.date) document.date = date_of_file(document);
    return document;
}

Reading read_text_file(const InputFile& file, std::string_view bytes) {
    return one_document(file, read_plain_text(file.id, path_text(file.path), bytes));
}

}  // namespace limier
