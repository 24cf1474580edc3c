#include "common/store.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <numeric>
#include <sstream>

#include <sys/stat.h>
#include <xxhash.h>

#include "common/column_sections.hpp"
#include "common/output/language.hpp"
#include "common/shards.hpp"
#include "common/store_files.hpp"
#include "common/store_served.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_longest_value = 200;
constexpr int k_open_tries = 100;
constexpr auto k_between_questions = std::chrono::seconds(2);
constexpr auto k_between_tries = std::chrono::seconds(20);  // each may take as long as an answer

Error given_twice(const fs::path& path) {
    return {Code::usage, path.string() + std::string(tr(": the same documents as in another --db",
                                                        " : les mêmes documents que dans un autre --db"))};
}

Error cannot_stand_beside_servers(const fs::path& part, bool portable) {
    const std::string index = part.parent_path().parent_path().string();
    return {Code::usage,
            index + std::string(portable
                                    ? tr(": documents were removed from it, which no search beside a server leaves out",
                                         " : des documents en furent retirés, ce qu’une recherche auprès d’un "
                                         "serveur ne peut omettre")
                                    : tr(": not portable: it cannot be searched beside a server",
                                         " : pas portable : ne peut être interrogé à côté d’un serveur")),
            std::string(portable ? tr("write it anew with: indexer optimize", "le réécrire par : indexer optimize")
                                 : tr("build it with: indexer build --portable",
                                      "le construire par : indexer build --portable"))};
}

Error always_replaced(const fs::path& path) {
    return {Code::busy, path.string() + std::string(tr(": replaced again and again while it was opened",
                                                       " : remplacé sans cesse pendant son ouverture"))};
}

/// Xapian names a server as `remote:tcp(host:port)`.
Error unreachable(const Xapian::Error& error, std::string_view why) {
    std::string server = error.get_context();
    const std::size_t open = server.find('('), close = server.rfind(')');
    if (open != std::string::npos && close != std::string::npos) server = server.substr(open + 1, close - open - 1);
    const char* system = error.get_error_string();
    return {Code::unreachable,
            server + ": " + std::string(why) + (system != nullptr ? std::string(": ") + system : "")};
}

/// Whether the server has another index by now, which is asked for where `ask` says so, or no longer answers.
bool is_other_server(const Index::Root& root, bool ask) {
    Xapian::Database known = *root.server;
    const Result<void> alive = guarded([&known] { known.keep_alive(); });
    if (!alive || !ask) return !alive;
    const Result<bool> other = guarded([&] {
        return connect_to(*server_address(root.path), std::chrono::milliseconds(k_most_to_connect)).get_uuid() !=
               known.get_uuid();
    });
    return other && *other;
}

FileMark stub_mark(const fs::path& path) {
    struct stat status {};
    if (::stat((path / k_stub).c_str(), &status) != 0) return {};
    return {status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

}  // namespace

Error error_of_current_exception() {
    try {
        throw;
    } catch (const Damaged& damage) {
        return {Code::damaged, std::string(tr("damaged index: ", "index endommagé : ")) + damage.what(),
                std::string(tr("see indexer check, then rebuild", "voir indexer check, puis reconstruire"))};
    } catch (const Xapian::DatabaseCorruptError& error) {
        return {Code::damaged, std::string(tr("damaged index: ", "index endommagé : ")) + error.get_msg(),
                std::string(tr("see indexer check, then rebuild", "voir indexer check, puis reconstruire"))};
    } catch (const Xapian::NetworkTimeoutError& error) {
        return unreachable(error, tr("no answer in time", "pas de réponse à temps"));
    } catch (const Xapian::NetworkError& error) {
        return unreachable(error, error.get_msg());
    } catch (const Xapian::DatabaseLockError& error) {
        return {Code::busy, error.get_msg()};
    } catch (const Xapian::Error& error) {
        const char* system = error.get_error_string();
        return {Code::io,
                error.get_type() + (": " + error.get_msg()) + (system != nullptr ? std::string(": ") + system : "")};
    } catch (const std::bad_alloc&) {
        return {Code::io, std::string(tr("out of memory", "mémoire insuffisante"))};
    } catch (const std::exception& error) {
        return {Code::io, error.what()};
    }
}

std::string field_term(std::string_view prefix, std::string_view value) {
    std::string term(prefix);
    if (value.size() <= k_longest_value) return term.append(value);
    return term.append(value.substr(0, k_longest_value - 32)).append(digest_of(value));
}

std::string part_name(unsigned number) { return numbered(k_part, number); }

std::optional<unsigned> part_number(const fs::path& folder) { return number_in(folder.filename().string(), k_part); }

Result<Index> Index::open(std::span<const fs::path> given, const ServerOptions& servers) {
    std::vector<fs::path> paths;
    for (const fs::path& path : given) {
        const Result<std::vector<fs::path>> shards = shards_of(path);
        if (!shards) return shards.error();
        if (shards->empty()) paths.push_back(path);
        paths.insert(paths.end(), shards->begin(), shards->end());
    }
    Index index;
    for (const fs::path& path : paths) {
        const auto same = [&path](const Root& root) {
            std::error_code error;
            return root.path == path || fs::equivalent(root.path, path, error);
        };
        if (std::any_of(index.roots_.begin(), index.roots_.end(), same)) return given_twice(path);
        const Result<void> added = index.add(path, servers);
        if (added) continue;
        if (added.error().code != Code::unreachable || !servers.partial) return added.error();
        index.missing_.push_back({path, added.error().message});
        if (index.missing_.size() == paths.size()) return added.error();
    }
    index.opened_ = index.asked_ = std::chrono::steady_clock::now();
    if (!index.has_servers_) return index;
    for (const SegmentAt& at : index.segments_) {
        const Result<bool> portable = guarded([&at] { return holds_columns(at.database); });
        if (!portable) return portable.error();
        if (!*portable || !at.removed.empty()) return cannot_stand_beside_servers(at.folder, *portable);
    }
    return index;
}

Result<void> Index::add(const fs::path& path, const ServerOptions& servers) {
    const std::optional<ServerAddress> address = server_address(path);
    if (!address) {
        Result<void> added = add_folder(path);
        if (added || added.error().code != Code::not_found || !is_replica(path)) return added;
    } else {
        const std::string name = address->host + ":" + std::to_string(address->port);
        const auto silent = servers.silent.find(name);
        if (silent != servers.silent.end()) return Error{Code::unreachable, silent->second};
    }
    Root root{path, {}, {}, stub_mark(path)};
    std::vector<SegmentAt> parts;
    Result<void> opened;
    const Result<void> asked = guarded([&] {
        const Xapian::Database database =
            address ? connect_to(*address, servers.patience) : Xapian::Database(path.string());
        root.fingerprint = database.get_metadata("limier:fingerprint");
        if (address) root.server = database;
        Result<SegmentAt> part = open_served(path, database, address.has_value());
        if (part)
            parts.push_back(std::move(*part));
        else
            opened = part.error();
    });
    if (!asked) return asked;
    if (!opened) return opened;
    has_servers_ = has_servers_ || address;
    return add_parts(std::move(root), std::move(parts));
}

/// Adds what was opened of an index.
Result<void> Index::add_parts(Root root, std::vector<SegmentAt> parts) {
    for (SegmentAt& part : parts) {
        const auto same = [&part](const SegmentAt& at) { return at.database.get_uuid() == part.database.get_uuid(); };
        if (std::any_of(segments_.begin(), segments_.end(), same)) return given_twice(root.path);
        database_.add_database(part.database);
        documents_ += part.segment.documents() - static_cast<std::uint32_t>(part.removed.size());
        any_removed_ = any_removed_ || !part.removed.empty();
        segments_.push_back(std::move(part));
    }
    roots_.push_back(std::move(root));
    return {};
}

/// Whether all files of the generation are there still: it is in force, or the one before.
bool Index::is_kept(const Root& root) {
    if (stub_mark(root.path) == root.stub) return true;  // not replaced meanwhile: it need not be read again
    const auto own = number_in(root.generation.filename().string(), k_generation);
    const auto in_force = number_in(generation_in_force(root.path), k_generation);
    return own && in_force && *in_force <= *own + 1;
}

/// Adds an index in its state in force. The generation may go between the look at the stub and its opening.
Result<void> Index::add_folder(const fs::path& path) {
    Error last = always_replaced(path);
    std::string tried;
    for (int attempt = 0; attempt < k_open_tries; ++attempt) {
        const FileMark mark = stub_mark(path);
        const Result<std::string> stub = stub_lines(path);
        if (!stub) return stub.error();
        if (*stub == tried) break;  // the stub still names what failed: it is broken, not replaced
        Root root{path, path / stub_generation(*stub), {}, mark};
        std::vector<SegmentAt> parts;
        Result<void> opened = open_parts(root, *stub, parts);
        // Xapian takes a table that is gone already for one that never was.
        if (opened && !is_kept(root)) continue;
        if (opened) return add_parts(std::move(root), std::move(parts));
        tried = *stub;
        last = opened.error();
        if (last.code == Code::schema) break;
    }
    return last;
}

Result<void> Index::open_parts(Root& root, std::string_view stub, std::vector<SegmentAt>& parts) {
    for (const fs::path& relative : stub_databases(stub)) {
        const fs::path folder = root.path / relative.parent_path();
        Result<Segment> segment = Segment::open(part_columns(folder));
        if (!segment) return segment.error();
        const std::uint32_t documents = segment->documents();
        Result<std::vector<std::uint32_t>> removed = read_removed(folder, documents);
        if (!removed) return removed.error();
        std::string schema;
        Xapian::Database database;
        Xapian::doccount count = 0;
        Result<void> opened = guarded([&] {
            database = Xapian::Database((root.path / relative).string());
            schema = database.get_metadata("limier:schema");
            root.fingerprint = database.get_metadata("limier:fingerprint");
            count = database.get_doccount();
        });
        if (!opened) return opened;
        if (schema != std::to_string(k_schema_version)) return other_schema(root.path, schema);
        if (documents != count) {
            return Error{Code::damaged, part_columns(folder).string() + std::string(tr(": wrong number of documents",
                                                                                       " : nombre de documents faux"))};
        }
        parts.push_back({std::move(*segment), std::move(*removed), std::move(database), folder});
    }
    return {};
}

Index::Place Index::place(Xapian::docid document) const {
    const std::size_t at = document - std::size_t{1}, count = segments_.size();
    const std::size_t number = count == 1 ? 0 : at % count, row = count == 1 ? at : at / count;
    if (row >= segments_[number].segment.documents())
        throw Damaged(generation().string() + ": no column segment has document " + std::to_string(document));
    return {&segments_[number].segment, static_cast<std::uint32_t>(row), number};
}

std::size_t Index::segment_of(const Xapian::Database& part) const {
    if (segments_.size() == 1) return 0;
    const std::string uuid = part.get_uuid();
    const auto found = std::find_if(segments_.begin(), segments_.end(),
                                    [&uuid](const SegmentAt& at) { return at.database.get_uuid() == uuid; });
    if (found == segments_.end()) throw Damaged(generation().string() + ": a database that is no part of it");
    return static_cast<std::size_t>(found - segments_.begin());
}

bool Index::is_removed(Xapian::docid document) const {
    if (!any_removed_) return false;
    const Place at = place(document);
    const std::vector<std::uint32_t>& removed = segments_[at.number].removed;
    return std::binary_search(removed.begin(), removed.end(), at.row);
}

std::vector<Xapian::docid> Index::all_documents() const {
    std::vector<Xapian::docid> all;
    all.reserve(documents_);
    if (segments_.size() == 1 && !any_removed_) {
        all.resize(documents_);
        std::iota(all.begin(), all.end(), 1);
        return all;
    }
    for (std::size_t number = 0; number < segments_.size(); ++number) {
        auto removed = segments_[number].removed.begin();
        for (std::uint32_t row = 0; row < segments_[number].segment.documents(); ++row) {
            if (removed != segments_[number].removed.end() && *removed == row)
                ++removed;
            else
                all.push_back(document(number, row));
        }
    }
    std::sort(all.begin(), all.end());
    return all;
}

std::optional<Xapian::docid> Index::find_id(std::string_view id) const {
    const std::string term = field_term(info(Field::id).prefix, id);
    std::optional<Xapian::docid> found;
    for (auto at = database_.postlist_begin(term); at != database_.postlist_end(term); ++at) {
        // What it was replaced by has it too; a long id's term is its hash.
        if (is_removed(*at)) continue;
        const Place here = place(*at);
        if (here.segment->record(here.row).id != id) continue;
        if (!found || here.number < place(*found).number) found = *at;
    }
    return found;
}

std::string_view Index::label(std::size_t segment, Field field, std::uint32_t ordinal) const {
    const FacetColumn column = segments_[segment].segment.facet(field);
    if (segments_.size() == 1) return column.label(ordinal);
    const std::string_view key = column.key(ordinal);
    std::map<std::string_view, std::uint32_t> uses;
    for (const SegmentAt& at : segments_) {
        const FacetColumn other = at.segment.facet(field);
        const std::optional<std::uint32_t> known = other.find(key);
        if (!known) continue;
        for (const auto& [label, weight] : other.labels(*known)) uses[label] = sum_of_uses(uses[label], weight);
    }
    return std::max_element(uses.begin(), uses.end(), [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

bool Index::republished() {
    const auto now = std::chrono::steady_clock::now();
    const bool ask = now - asked_ > k_between_questions;
    if (ask) asked_ = now;
    bool changed = !missing_.empty() && now - opened_ > k_between_tries;
    for (Root& root : roots_) {
        if (root.server) {
            changed = changed || is_other_server(root, ask);
            continue;
        }
        const FileMark mark = stub_mark(root.path);
        if (mark == root.stub && mark != FileMark{}) continue;
        if (root.generation.empty() || generation_in_force(root.path) != root.generation.filename()) changed = true;
        root.stub = mark;
    }
    return changed;
}

}  // namespace limier
