#include "indexer/readers/records.hpp"

#include <algorithm>
#include <bit>
#include <concepts>
#include <utility>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "common/ranges.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr std::size_t k_kept_behind = std::size_t{1} << 16;

class Writer {
 public:
    explicit Writer(std::string& out) : out_(out) {}

    template <std::unsigned_integral T>
    void number(T value) {
        for (std::size_t i = 0; i < sizeof value; ++i)
            out_ += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
    }
    void text(std::string_view text) {
        number(static_cast<std::uint64_t>(text.size()));
        out_ += text;
    }

 private:
    std::string& out_;
};

/// Reads what Writer wrote. Where it does not go on, all that follows is empty, and `is_sound` says so.
class Reader {
 public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    template <std::unsigned_integral T>
    T number() {
        const std::string_view bytes = take(sizeof(T));
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
        return static_cast<T>(value);
    }
    bool flag() {
        const auto value = number<std::uint8_t>();
        sound_ = sound_ && value <= 1;
        return value == 1;
    }
    /// Any bytes.
    std::string bytes() { return std::string(take(number<std::uint64_t>())); }
    /// UTF-8.
    std::string text() {
        const std::string_view taken = take(number<std::uint64_t>());
        sound_ = sound_ && is_utf8(taken);
        return std::string(taken);
    }
    /// How many of something follow that has `least` bytes each.
    std::uint64_t count(std::size_t least) {
        const auto count = number<std::uint64_t>();
        sound_ = sound_ && count <= bytes_.size() / least;
        return sound_ ? count : 0;
    }

    bool is_sound() const { return sound_; }
    bool is_read() const { return sound_ && bytes_.empty(); }

 private:
    std::string_view take(std::uint64_t size) {
        if (size > bytes_.size()) {
            sound_ = false;
            bytes_ = {};
        }
        const std::string_view taken = bytes_.substr(0, sound_ ? static_cast<std::size_t>(size) : 0);
        bytes_.remove_prefix(taken.size());
        return taken;
    }

    std::string_view bytes_;
    bool sound_ = true;
};

void write_date(Writer& out, const Date& date) {
    out.number(date.year);
    out.number(date.month);
    out.number(date.day);
}

Date read_date(Reader& in) {
    Date date;
    date.year = in.number<std::uint16_t>();
    date.month = in.number<std::uint8_t>();
    date.day = in.number<std::uint8_t>();
    return date;
}

bool is_sound(const Date& date) {
    return date.month <= 12 && (date.day == 0 || (date.month > 0 && date.day <= days_in_month(date.year, date.month)));
}

void write_document(Writer& out, const Document& document) {
    for (const std::string* text : {&document.id, &document.place, &document.title, &document.text, &document.source,
                                    &document.author, &document.url, &document.lang})
        out.text(*text);
    out.number(std::uint8_t{document.title_apart});
    out.number(document.title_begin);
    out.number(document.title_end);
    write_date(out, document.date);
    out.number(std::bit_cast<std::uint64_t>(document.added));
    out.number(document.replaced);
    out.number(std::uint64_t{document.extra.size()});
    for (const auto& [name, value] : document.extra) {
        out.text(name);
        out.text(value);
    }
    out.number(std::uint64_t{document.zones.size()});
    for (const Zone& zone : document.zones) {
        out.number(static_cast<std::uint8_t>(zone.kind));
        out.number(zone.begin);
        out.number(zone.end);
    }
}

bool is_json(const std::string& text) {
    rapidjson::Reader reader;
    rapidjson::BaseReaderHandler<> nothing;
    rapidjson::MemoryStream stream(text.data(), text.size());
    return text.find('\0') == std::string::npos &&
           !reader.Parse<rapidjson::kParseIterativeFlag>(stream, nothing).IsError();
}

bool is_border(std::string_view text, std::size_t at) {
    return at == text.size() || (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

/// What the rest of the program relies on.
bool is_sound(const Document& document) {
    const auto is_span = [&text = document.text](std::size_t begin, std::size_t end) {
        return begin <= end && is_border(text, begin) && is_border(text, end);
    };
    if (!is_span(document.title_begin, document.title_end)) return false;
    if (document.title_apart && document.title_begin != document.title_end) return false;
    std::size_t last = 0;
    for (const Zone& zone : document.zones) {
        if (zone.begin < last || zone.begin >= zone.end || !is_span(zone.begin, zone.end)) return false;
        last = zone.end;
    }
    const Date& date = document.date;
    if (date.month > 12 || (date.day > 0 && (date.month == 0 || date.day > days_in_month(date.year, date.month))))
        return false;
    return std::all_of(document.extra.begin(), document.extra.end(),
                       [](const auto& member) { return is_json(member.second); });
}

Document read_document(Reader& in) {
    Document document;
    for (std::string* text : {&document.id, &document.place, &document.title, &document.text, &document.source,
                              &document.author, &document.url, &document.lang})
        *text = in.text();
    document.title_apart = in.flag();
    document.title_begin = in.number<std::uint32_t>();
    document.title_end = in.number<std::uint32_t>();
    document.date = read_date(in);
    document.added = std::bit_cast<double>(in.number<std::uint64_t>());
    document.replaced = in.number<std::uint32_t>();
    for (std::uint64_t left = in.count(16); left > 0; --left) {
        std::string name = in.text();
        document.extra.emplace_back(std::move(name), in.text());
    }
    for (std::uint64_t left = in.count(9); left > 0; --left) {
        const auto kind = static_cast<Zone::Kind>(std::min(in.number<std::uint8_t>(), std::uint8_t{5}));
        const auto begin = in.number<std::uint32_t>();
        document.zones.push_back({kind, begin, in.number<std::uint32_t>()});
    }
    return document;
}

}  // namespace

void append_frame(std::string& out, FrameKind kind, std::string_view content) {
    Writer writer(out);
    writer.number(static_cast<std::uint32_t>(content.size() + 1));
    writer.number(static_cast<std::uint8_t>(kind));
    out += content;
}

void FrameBuffer::append(std::string_view bytes) {
    // What was read is dropped now and then, not with each frame.
    if (at_ == bytes_.size() || at_ > k_kept_behind) bytes_.erase(0, std::exchange(at_, 0));
    bytes_ += bytes;
}

std::size_t FrameBuffer::wanted() const {
    const std::size_t there = bytes_.size() - at_;
    if (there < k_frame_head) return k_frame_head - there;
    Reader in(std::string_view(bytes_).substr(at_));
    const std::size_t whole = std::size_t{in.number<std::uint32_t>()} + k_frame_head - 1;
    return whole > there ? whole - there : 0;
}

Result<std::optional<Frame>> FrameBuffer::next() {
    const std::string_view there = std::string_view(bytes_).substr(at_);
    if (there.size() < k_frame_head) return std::optional<Frame>();
    Reader in(there);
    const std::size_t length = in.number<std::uint32_t>();
    if (length == 0 || length > k_longest_frame) return Error{Code::input, "frame"};
    if (there.size() < k_frame_head - 1 + length) return std::optional<Frame>();
    Frame frame{static_cast<FrameKind>(in.number<std::uint8_t>()), std::string(there.substr(k_frame_head, length - 1))};
    at_ += k_frame_head - 1 + length;
    return std::optional(std::move(frame));
}

std::string content_of(const FileRequest& request) {
    std::string content;
    Writer out(content);
    out.text(request.path);
    out.text(request.id);
    out.text(request.name);
    out.number(request.size);
    out.number(std::uint8_t{request.has_descriptor});
    out.number(request.parts_done);
    out.text(request.options.format);
    out.number(std::uint64_t{request.options.map.size()});
    for (const auto& [name, key] : request.options.map) {
        out.text(name);
        out.number(static_cast<std::uint8_t>(key));
    }
    out.number(std::uint64_t{request.options.filters.size()});
    for (const Filter& filter : request.options.filters) out.text(filter.extension);
    return content;
}

std::optional<FileRequest> request_of(std::string_view content) {
    Reader in(content);
    FileRequest request;
    request.path = in.bytes();
    request.id = in.bytes();
    request.name = in.bytes();
    request.size = in.number<std::uint64_t>();
    request.has_descriptor = in.flag();
    request.parts_done = in.number<std::uint64_t>();
    request.options.format = in.bytes();
    for (std::uint64_t left = in.count(9); left > 0; --left) {
        std::string name = in.bytes();
        request.options.map.emplace_back(
            std::move(name), static_cast<Key>(std::min<std::size_t>(in.number<std::uint8_t>(), k_key_count - 1)));
    }
    for (std::uint64_t left = in.count(8); left > 0; --left) request.options.filters.push_back({in.bytes(), {}});
    if (!in.is_read()) return std::nullopt;
    return request;
}

void append_step(std::string& out, const FileReader::Step& step, std::uint64_t bytes_read) {
    std::string content;
    Writer writer(content);
    writer.number(bytes_read);
    FrameKind kind = FrameKind::end;
    if (step.document) {
        kind = FrameKind::document;
        write_document(writer, *step.document);
    } else if (step.refusal) {
        kind = FrameKind::refusal;
        writer.text(step.refusal->what);
        writer.text(step.refusal->reason);
    } else if (step.passed_over) {
        kind = FrameKind::passed_over;
        writer.text(*step.passed_over);
    } else if (step.outside) {
        kind = FrameKind::outside;
        const FileReader::Outside& outside = *step.outside;
        const Given& given = outside.given;
        for (const std::string* text :
             {&outside.place, &outside.id, &outside.name, &given.url, &given.title, &given.author, &outside.bytes})
            writer.text(*text);
        write_date(writer, given.date);
    }
    append_frame(out, kind, content);
}

std::optional<StepRead> step_of(const Frame& frame) {
    Reader in(frame.content);
    StepRead read;
    read.bytes_read = in.number<std::uint64_t>();
    switch (frame.kind) {
        case FrameKind::document:
            read.step.document = read_document(in);
            if (!in.is_sound() || !is_sound(*read.step.document)) return std::nullopt;
            break;
        case FrameKind::refusal: {
            std::string what = in.text();
            read.step.refusal = Refusal{std::move(what), in.text()};
            break;
        }
        case FrameKind::passed_over:
            read.step.passed_over = in.text();
            break;
        case FrameKind::outside: {
            FileReader::Outside& outside = read.step.outside.emplace(FileReader::Outside{});
            for (std::string* text : {&outside.place, &outside.id}) *text = in.text();
            outside.name = in.bytes();
            Given& given = outside.given;
            for (std::string* text : {&given.url, &given.title, &given.author}) *text = in.text();
            outside.bytes = in.bytes();
            given.date = read_date(in);
            if (!is_sound(given.date)) return std::nullopt;
            break;
        }
        case FrameKind::end:
            break;
        default:
            return std::nullopt;
    }
    if (!in.is_read()) return std::nullopt;
    return read;
}

}  // namespace limier
