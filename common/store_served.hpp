// Indexes that are served: a Xapian database that carries its columns in its metadata, so that it needs no other file.
// A portable part is one; a server gives it to other machines (xapian-tcpsrv), and xapian-replicate copies it.
//
//   limier:columns         size and digest of the column file
//   limier:columns:<page>  a page of it (k_column_page), in hexadecimal, by zstd where that is shorter
//
// For common/store* only.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "common/store.hpp"

namespace limier {

/// A server as it is named: `host:port`, `[::1]:port`.
struct ServerAddress {
    std::string host;
    unsigned port = 0;
};
/// Nothing where there is a file of that name, or it names no server.
std::optional<ServerAddress> server_address(const std::filesystem::path& name);

/// Throws Xapian's errors.
Xapian::Database connect_to(const ServerAddress& address, std::chrono::milliseconds patience);

/// Puts a column file into the metadata of a database. Throws Xapian's errors.
void put_columns(const std::filesystem::path& columns, Xapian::WritableDatabase& database);
bool holds_columns(const Xapian::Database& database);

/// Whether this is a database that carries its columns, as xapian-replicate leaves it, beside no file of ours.
bool is_replica(const std::filesystem::path& path);

/// The part that a database is. `name`: for messages, and of a server, whose pages are kept. Errors: not_found (no
/// index of ours, none that can be served), schema, damaged; Xapian's are thrown.
Result<Index::SegmentAt> open_served(const std::filesystem::path& name, const Xapian::Database& database, bool server);

}  // namespace limier
