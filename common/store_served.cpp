#include "common/store_served.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <memory>

#include <zstd.h>

#include "common/output/language.hpp"
#include "common/store_files.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

const std::string k_columns_key = "limier:columns";
// Tables of tokens and facets take 60 to 80 % then; level 9 gains 2 % more.
constexpr int k_level = 3;

std::string page_key(std::uint64_t page) {
    std::array<char, 32> digits;
    std::snprintf(digits.data(), digits.size(), ":%08llx", static_cast<unsigned long long>(page));
    return k_columns_key + digits.data();
}

std::string packed_page(std::string_view page) {
    std::string packed(ZSTD_compressBound(page.size()), '\0');
    const std::size_t size = ZSTD_compress(packed.data(), packed.size(), page.data(), page.size(), k_level);
    if (ZSTD_isError(size) || size >= page.size()) return std::string(page);
    packed.resize(size);
    return packed;
}

/// The pages that a database carries.
class PagesInMetadata : public ColumnPages {
 public:
    PagesInMetadata(const Xapian::Database& database, std::uint64_t size) : database_(database), size_(size) {}

    std::string page(std::uint64_t number) override {
        std::string packed = database_.get_metadata(page_key(number));
        const std::uint64_t size = std::min<std::uint64_t>(k_column_page, size_ - number * k_column_page);
        if (packed.size() >= size) return packed;
        std::string page(size, '\0');
        const std::size_t got = ZSTD_decompress(page.data(), page.size(), packed.data(), packed.size());
        return ZSTD_isError(got) || got != size ? std::string() : page;
    }

 private:
    Xapian::Database database_;
    std::uint64_t size_;
};

/// Where what came from servers is kept; empty where there is no such folder.
fs::path cache_folder() {
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    if (cache != nullptr && *cache == '/') return fs::path(cache) / "limier";
    if (home != nullptr && *home == '/') return fs::path(home) / ".cache" / "limier";
    return {};
}

/// The file that keeps the columns of this digest; what the server of that name had before is forgotten. Empty where
/// nothing can be kept. A server's name has a colon, so that it is no `..`.
fs::path copy_of(const fs::path& name, const std::string& digest) {
    std::string folder_name = name.string();
    std::replace(folder_name.begin(), folder_name.end(), '/', '_');
    const fs::path folder = cache_folder() / folder_name;
    const bool plain = std::all_of(digest.begin(), digest.end(),
                                   [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (!folder.is_absolute() || !plain) return {};
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return {};
    fs::permissions(folder, fs::perms::owner_all, error);  // it has texts, which others need not see
    fs::path copy = folder / (digest + ".lim");
    if (fs::exists(copy, error)) return copy;
    for (const fs::directory_entry& old : fs::directory_iterator(folder, error)) {
        if (old.path().extension() == copy.extension()) fs::remove(old.path(), error);
    }
    return copy;
}

Error cannot_serve(const fs::path& name, std::string_view english, std::string_view french, std::string_view hint,
                   std::string_view hint_french) {
    return {Code::not_found, name.string() + ": " + std::string(tr(english, french)),
            std::string(tr(hint, hint_french))};
}

}  // namespace

std::optional<ServerAddress> server_address(const fs::path& path) {
    const std::string name = path.string();
    const std::size_t colon = name.rfind(':');
    if (colon == std::string::npos || name.find('/') != std::string::npos) return std::nullopt;
    ServerAddress address{name.substr(0, colon)};
    const auto [end, error] = std::from_chars(name.data() + colon + 1, name.data() + name.size(), address.port);
    if (error != std::errc() || end != name.data() + name.size() || address.port == 0 || address.port > 65535)
        return std::nullopt;
    if (address.host.starts_with('[') && address.host.ends_with(']'))
        address.host = address.host.substr(1, address.host.size() - 2);
    else if (address.host.find(':') != std::string::npos)
        return std::nullopt;
    std::error_code none;
    if (address.host.empty() || fs::exists(path, none)) return std::nullopt;
    return address;
}

Xapian::Database connect_to(const ServerAddress& address, std::chrono::milliseconds patience) {
    const auto most = static_cast<useconds_t>(std::clamp<std::int64_t>(patience.count(), 1, 1'000'000'000));
    return Xapian::Remote::open(address.host, address.port, most, std::min<useconds_t>(most, k_most_to_connect));
}

void put_columns(const fs::path& columns, Xapian::WritableDatabase& database) {
    std::ifstream in(columns, std::ios::binary);
    std::string page(k_column_page, '\0');
    std::uint64_t number = 0;
    while (in.read(page.data(), static_cast<std::streamsize>(page.size())) || in.gcount() > 0)
        database.set_metadata(page_key(number++), packed_page({page.data(), static_cast<std::size_t>(in.gcount())}));
    // A merge of parts takes the metadata of the first along.
    for (; !database.get_metadata(page_key(number)).empty(); ++number) database.set_metadata(page_key(number), {});
    database.set_metadata(k_columns_key, std::to_string(fs::file_size(columns)) + " " + digest_of_file(columns));
}

bool holds_columns(const Xapian::Database& database) { return !database.get_metadata(k_columns_key).empty(); }

bool is_replica(const fs::path& path) {
    std::error_code none;
    if (!fs::exists(path / k_stub, none) && !fs::exists(path / k_head_file, none)) return false;
    const Result<bool> holds = guarded([&] { return holds_columns(Xapian::Database(path.string())); });
    return holds && *holds;
}

Result<Index::SegmentAt> open_served(const fs::path& name, const Xapian::Database& database, bool server) {
    const std::string schema = database.get_metadata("limier:schema");
    if (schema.empty()) {
        return cannot_serve(name, "serves no Limier index", "ne sert pas d’index de Limier",
                            "give the server the folder that indexer build --portable made",
                            "donner au serveur le dossier créé par indexer build --portable");
    }
    if (schema != std::to_string(k_schema_version)) return other_schema(name, schema);
    const std::string columns = database.get_metadata(k_columns_key);
    if (columns.empty()) {
        return cannot_serve(name, "the index is not portable: its columns are not served",
                            "l’index n’est pas portable : ses colonnes ne sont pas servies",
                            "build it on that machine with: indexer build --portable",
                            "le construire sur cette machine par : indexer build --portable");
    }
    // Of several databases that are served as one, the columns of the first alone could be had.
    if (database.get_uuid().find(':') != std::string::npos) {
        return cannot_serve(name,
                            "the index was changed since it was written whole, and only a whole one can be served",
                            "l’index a changé depuis son écriture, et seul un index entier peut être servi",
                            "write it anew on that machine with: indexer optimize",
                            "le réécrire sur cette machine par : indexer optimize");
    }
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(columns.data(), columns.data() + columns.size(), size);
    const std::string digest = error == std::errc() && *end == ' ' ? std::string(end + 1) : std::string();
    Result<ColumnFile> file = ColumnFile::open_elsewhere(name, size, std::make_unique<PagesInMetadata>(database, size),
                                                         server ? copy_of(name, digest) : fs::path());
    if (!file) return file.error();
    Segment segment(std::move(*file));
    if (segment.documents() != database.get_doccount()) {
        return Error{Code::damaged,
                     name.string() + std::string(tr(": wrong number of documents", " : nombre de documents faux"))};
    }
    return Index::SegmentAt{std::move(segment), {}, database, {}};
}

}  // namespace limier
