// Rich Text Format (version 1.9.1, Microsoft, 2008). Of what Debian has, unrtf 0.21 loses what stands behind `\u233?`,
// and catdoc 0.95 writes the character of `\u233\'e9` twice and cells as one word.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/output/language.hpp"
#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/block_writer.hpp"
#include "indexer/readers/file_properties.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/layout.hpp"

namespace limier {
namespace {

// Word's own files have a few dozen.
constexpr std::size_t k_most_groups = 10'000;
constexpr std::string_view k_usual_encoding = "windows-1252";

/// Where the text of a group goes.
enum class Target : std::uint8_t { body, note, title, author, keywords, fonts, nowhere };
constexpr std::size_t k_written = 5;  ///< of these have a text

/// What a control word does.
enum class Does : std::uint8_t {
    begin,      ///< its group has a target of its own
    character,  ///< it stands for one
    paragraph,
    line,
    blank,
    cell,
    row
};
struct Word {
    std::string_view name;
    Does does;
    Target target = Target::nowhere;
    char32_t character = 0;
};
constexpr auto k_words = std::to_array<Word>({
    {"footnote", Does::begin, Target::note},
    {"title", Does::begin, Target::title},
    {"author", Does::begin, Target::author},
    {"keywords", Does::begin, Target::keywords},
    {"fonttbl", Does::begin, Target::fonts},
    {"shpinst", Does::begin, Target::body},
    {"colortbl", Does::begin},
    {"stylesheet", Does::begin},
    {"info", Does::begin},
    {"pict", Does::begin},
    {"sp", Does::begin},
    {"shprslt", Does::begin},
    {"header", Does::begin},
    {"headerl", Does::begin},
    {"headerr", Does::begin},
    {"headerf", Does::begin},
    {"footer", Does::begin},
    {"footerl", Does::begin},
    {"footerr", Does::begin},
    {"footerf", Does::begin},
    {"listtext", Does::begin},
    {"pntext", Does::begin},
    {"nonesttables", Does::begin},
    {"fldinst", Does::begin},
    {"xe", Does::begin},
    {"tc", Does::begin},
    {"par", Does::paragraph},
    {"sect", Does::paragraph},
    {"page", Does::paragraph},
    {"line", Does::line},
    {"tab", Does::blank},
    {"emspace", Does::blank},
    {"enspace", Does::blank},
    {"qmspace", Does::blank},
    {"cell", Does::cell},
    {"nestcell", Does::cell},
    {"row", Does::row},
    {"nestrow", Does::row},
    {"emdash", Does::character, Target::nowhere, U'—'},
    {"endash", Does::character, Target::nowhere, U'–'},
    {"lquote", Does::character, Target::nowhere, U'‘'},
    {"rquote", Does::character, Target::nowhere, U'’'},
    {"ldblquote", Does::character, Target::nowhere, U'“'},
    {"rdblquote", Does::character, Target::nowhere, U'”'},
    {"bullet", Does::character, Target::nowhere, U'•'},
});

const Word* word_named(std::string_view name) {
    static const std::unordered_map<std::string_view, const Word*> words = [] {
        std::unordered_map<std::string_view, const Word*> all;
        for (const Word& word : k_words) all.emplace(word.name, &word);
        return all;
    }();
    const auto found = words.find(name);
    return found == words.end() ? nullptr : found->second;
}

/// The encoding of a code page, or of a font by its `\fcharset` (Windows' LOGFONT); empty: that of the file.
std::string code_page(int number) {
    if (number == 10000) return "macintosh";
    if (number == 437 || number == 850) return "ibm" + std::to_string(number);
    return "windows-" + std::to_string(number);
}
std::string encoding_of_font(int charset) {
    constexpr auto k_pages = std::to_array<std::pair<int, int>>({{77, 10000},
                                                                 {128, 932},
                                                                 {129, 949},
                                                                 {134, 936},
                                                                 {136, 950},
                                                                 {161, 1253},
                                                                 {162, 1254},
                                                                 {163, 1258},
                                                                 {177, 1255},
                                                                 {178, 1256},
                                                                 {186, 1257},
                                                                 {204, 1251},
                                                                 {222, 874},
                                                                 {238, 1250},
                                                                 {255, 437}});
    const auto found =
        std::find_if(k_pages.begin(), k_pages.end(), [charset](const auto& page) { return page.first == charset; });
    return found == k_pages.end() ? std::string() : code_page(found->second);
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

class RtfText {
 public:
    explicit RtfText(std::string_view bytes) : bytes_(bytes) {}

    /// False where groups are nested deeper than any text needs.
    bool read() {
        while (at_ < bytes_.size()) {
            const char c = bytes_[at_++];
            if (c == '{') {
                flush();
                if (groups_.size() == k_most_groups) return false;
                groups_.push_back(groups_.back());
            } else if (c == '}') {
                if (!leave()) break;
            } else if (c == '\\') {
                control();
            } else if (c != '\r' && c != '\n' && c != '\0') {
                byte(c);
            }
        }
        flush();
        write_notes();
        return true;
    }

    bool is_cut_off() const { return groups_.size() > 1; }
    std::string body() { return writer(Target::body).take(); }
    std::string property(Target target) { return one_line(clean_utf8(writer(target).take()).text); }
    std::string created() const { return created_; }

 private:
    struct Group {
        Target target = Target::body;
        bool hidden = false;   ///< text that is not shown, or was deleted
        bool in_row = false;   ///< paragraphs are those of a cell
        bool created = false;  ///< numbers of the day that the file was made
        unsigned skipped = 1;  ///< bytes that stand behind `\u` for those who do not know it
        int font = -1;
    };

    BlockWriter& writer(Target target) { return writers_[static_cast<std::size_t>(target)]; }
    Group& group() { return groups_.back(); }
    bool is_written() const {
        return !groups_.back().hidden && static_cast<std::size_t>(groups_.back().target) < k_written;
    }
    BlockWriter& out() { return writer(group().target); }

    /// Whether there are others around it.
    bool leave() {
        flush();
        const Target left = group().target;
        if (groups_.size() > 1) groups_.pop_back();
        if (left == Target::note && group().target != Target::note) notes_.push_back(writer(Target::note).take());
        to_skip_ = 0;
        return groups_.size() > 1;
    }

    void control() {
        if (at_ == bytes_.size()) return;
        const char c = bytes_[at_];
        const std::size_t begin = at_;
        while (at_ < bytes_.size() &&
               ((bytes_[at_] >= 'a' && bytes_[at_] <= 'z') || (bytes_[at_] >= 'A' && bytes_[at_] <= 'Z')))
            ++at_;
        if (at_ == begin) return symbol(c);
        const std::string_view name = bytes_.substr(begin, at_ - begin);
        std::optional<int> number;
        int value = 0;
        const auto [end, error] = std::from_chars(bytes_.data() + at_, bytes_.data() + bytes_.size(), value);
        if (end != bytes_.data() + at_) number = error == std::errc() ? value : 0;
        at_ = static_cast<std::size_t>(end - bytes_.data());
        if (at_ < bytes_.size() && bytes_[at_] == ' ') ++at_;
        if (name == "bin") {
            at_ += std::min(bytes_.size() - at_, static_cast<std::size_t>(std::max(number.value_or(0), 0)));
        } else if (name == "u") {
            unicode(number.value_or(0));
        } else {
            word(name, number);
        }
    }

    void symbol(char c) {
        ++at_;
        if (c == '\'') {
            const int high = at_ + 1 < bytes_.size() ? hex_digit(bytes_[at_]) : -1;
            const int low = high < 0 ? -1 : hex_digit(bytes_[at_ + 1]);
            if (low < 0) return;
            at_ += 2;
            return byte(static_cast<char>(high * 16 + low));
        }
        if (c == '*') {
            flush();
            // A group that only some programs know: of these a few have words with a target.
            group().target = Target::nowhere;
        } else if (c == '~') {
            character(U'\u00A0');
        } else if (c == '_') {
            character(U'\u2011');
        } else if (c == '\n' || c == '\r') {
            word("par", {});
        } else if (c == '{' || c == '}' || c == '\\') {
            byte(c);
        }
    }

    void word(std::string_view name, std::optional<int> number) {
        if (const Word* const known = word_named(name)) return act(*known);
        flush();
        // Who writes no character in place of the one before writes a word.
        to_skip_ = 0;
        const int value = number.value_or(1);
        if (name == "v" || name == "deleted") group().hidden = value != 0;
        if (name == "plain") group().hidden = false, group().font = groups_.front().font;
        if (name == "pard") group().in_row = false;
        if (name == "intbl" || name == "trowd") group().in_row = true;
        if (name == "uc") group().skipped = static_cast<unsigned>(std::clamp(value, 0, 16));
        if (name == "f") group().font = value;
        if (name == "fcharset" && group().target == Target::fonts) fonts_[group().font] = encoding_of_font(value);
        if (name == "deff") groups_.front().font = group().font = value;
        if (name == "ansicpg") encoding_ = code_page(value);
        if (name == "mac") encoding_ = code_page(10000);
        if (name == "pc") encoding_ = code_page(437);
        if (name == "pca") encoding_ = code_page(850);
        if (name == "creatim") group().created = true;
        if (group().created && (name == "yr" || name == "mo" || name == "dy"))
            created_.append(created_.empty() ? "" : value < 10 ? "-0" : "-").append(std::to_string(value));
    }

    void act(const Word& known) {
        if (known.does == Does::character) return character(known.character);
        flush();
        to_skip_ = 0;
        if (known.does == Does::begin) return begin(known.target);
        if (!is_written()) return;
        const bool in_row = group().in_row;
        if (known.does == Does::cell) {
            out().cell();
        } else if (known.does == Does::row) {
            end_block(1);
        } else if (known.does == Does::blank || in_row) {
            out().blank();
        } else {
            end_block(known.does == Does::line ? 1 : 2);
        }
        if (known.does == Does::paragraph && !in_row) write_notes();
    }

    void begin(Target target) {
        const Target around = groups_.size() > 1 ? groups_[groups_.size() - 2].target : Target::body;
        const bool is_property = target == Target::title || target == Target::author || target == Target::keywords;
        // Text in a box goes where the text around it goes; what stands in nothing that is read is not read either.
        if (target == Target::body || (around == Target::nowhere && !is_property)) target = around;
        group().target = target;
    }

    void end_block(int ends) {
        out().end_lines(ends);
        was_in_row_ = group().in_row;
    }

    /// A character by its number in UTF-16; what replaces it follows.
    void unicode(int number) {
        flush();
        const auto unit = static_cast<char16_t>(number);
        to_skip_ = group().skipped;
        if (unit >= 0xD800 && unit < 0xDC00) {
            high_ = unit;
            return;
        }
        char32_t c = unit;
        if (unit >= 0xDC00 && unit < 0xE000) {
            if (high_ == 0) return;
            c = 0x10000 + ((char32_t{high_} - 0xD800) << 10) + (unit - 0xDC00);
        }
        high_ = 0;
        // Of fonts of symbols, which have no other names.
        if (c >= 0xF000 && c < 0xF100) return;
        write(c);
    }

    void character(char32_t c) {
        if (to_skip_ > 0) {
            --to_skip_;
            return;
        }
        flush();
        write(c);
    }

    void write(char32_t c) {
        std::string text;
        if (c != 0) append_utf8(text, c);
        add(text);
    }

    void byte(char c) {
        if (to_skip_ > 0) {
            --to_skip_;
        } else if (is_written()) {
            raw_ += c;
        }
    }

    /// Writes the bytes that have come so far, in the encoding of their font.
    void flush() {
        if (raw_.empty()) return;
        const bool ascii =
            std::all_of(raw_.begin(), raw_.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (!ascii) {
            const auto font = fonts_.find(group().font);
            const std::string& name = font == fonts_.end() || font->second.empty() ? encoding_ : font->second;
            std::optional<std::string> text = decode_named(raw_, name);
            if (!text && !is_utf8(raw_)) text = decode_named(raw_, k_usual_encoding);
            if (text) raw_ = std::move(*text);
        }
        add(raw_);
        raw_.clear();
    }

    void add(std::string_view text) {
        if (!is_written() || text.empty()) return;
        // A table ends where a paragraph outside of it begins.
        if (std::exchange(was_in_row_, false) && !group().in_row) out().end_lines(2);
        out().add(text, false);
    }

    void write_notes() {
        for (const std::string& note : std::exchange(notes_, {})) {
            BlockWriter& body = writer(Target::body);
            body.end_lines(2);
            body.add(note, true);
            body.end_lines(2);
        }
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    std::vector<Group> groups_{1};
    std::array<BlockWriter, k_written> writers_;
    std::vector<std::string> notes_;  ///< to the paragraph
    std::unordered_map<int, std::string> fonts_;
    std::string encoding_{k_usual_encoding};
    std::string raw_;  ///< bytes of the text whose encoding is still to be undone
    std::string created_;
    unsigned to_skip_ = 0;
    char16_t high_ = 0;
    bool was_in_row_ = false;
};

}  // namespace

Reading read_rtf_file(const InputFile& file, std::string_view bytes) {
    if (!bytes.starts_with("{\\rtf"))
        return one_document(file, Error{Code::input, std::string(tr("it is no RTF", "ce n’est pas du RTF"))});
    RtfText rtf(bytes);
    if (!rtf.read()) {
        return one_document(file,
                            Error{Code::input, std::string(tr("its groups are nested too deep: no text",
                                                              "ses groupes sont trop imbriqués : pas un texte"))});
    }
    Result<Document> document = read_plain_text(file.id, path_text(file.path), rtf.body());
    if (document) {
        add_properties(
            {rtf.property(Target::title), rtf.property(Target::author), rtf.created(), rtf.property(Target::keywords)},
            file, *document);
    }
    Reading reading = one_document(file, std::move(document));
    if (rtf.is_cut_off() && !reading.documents.empty()) {
        reading.refusals.push_back(
            {path_text(file.path),
             std::string(tr("it ends within a group: the file is cut off; what could be read of it is taken",
                            "il finit dans un groupe : le fichier est coupé ; ce qui a pu en être lu est pris"))});
    }
    return reading;
}

}  // namespace limier
