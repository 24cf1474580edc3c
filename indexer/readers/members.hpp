// What a format that names its members (JSON, CSV, front matter, XML, the heads of HTML) says of one document.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/result.hpp"
#include "indexer/document.hpp"
#include "indexer/readers.hpp"

namespace limier {

/// The key of a member of exactly this name: what the user's map says, else its own name where nothing is mapped to it.
std::optional<Key> key_of(std::string_view name, const FieldMap& map);

/// The key that a name means, by its other names too.
std::optional<Key> key_meant(std::string_view name, const FieldMap& map);

/// A mapping or list that is being read, around a value: the first is the document's, in order of depth.
struct MemberLevel {
    bool list = false;
    std::string name = {};  ///< the last one of a mapping
};

/// Whether a value there is what a member says: itself, one of its list, or the `name` of what it is.
bool says_member(std::span<const MemberLevel> levels);

/// Adds a text to others, after a comma where there are some.
void append_listed(std::string& to, std::string_view text);

/// The language of a tag (BCP 47) or a code of three letters (ISO 639): `fr-FR`, `fr_CA.UTF-8`, `FRA` -> `fr`.
std::string language_of(std::string_view tag);

class Members {
 public:
    /// What the member of a key says; clean UTF-8.
    std::string& operator[](Key key) { return known_[static_cast<std::size_t>(key)]; }

    /// Adds to what a key says, after a comma where it says something already.
    void append(Key key, std::string_view text);

    /// A value there that the map names by its way (`meta.author`).
    void append_mapped(std::span<const MemberLevel> levels, std::string_view text, const FieldMap& map);

    /// A member by its name: what a key says, or another.
    void set(const std::string& name, std::string text, std::string json, const FieldMap& map);

    /// Another member. `text`: what it says where it is a text or a list of them, for the key that its name is another
    /// name of (`headline`, `Auteurs`, `published_at`); `json`: all of it. Of a name met twice the last one counts.
    void add_other(const std::string& name, std::string text, std::string json);
    /// One whose value is a text.
    void add_other(const std::string& name, const std::string& text);

    bool says(Key key) const;  ///< by its own name or another

    /// What may hold documents where this is none: the members that are lists of objects; where there are none, the
    /// objects. As JSON.
    std::vector<std::string> nested() const;

    std::size_t replaced = 0;  ///< bad UTF-8 sequences that became U+FFFD

    /// Makes the document. Other names stand in for keys that say nothing; a title that the body begins with is the
    /// body's. `id`: where the members have none. Errors: neither title nor body; the reason alone, without the place.
    Result<Document> document(std::string id, std::string path) &&;

 private:
    struct Other {
        std::string name, text, json;
    };
    void use_other_names();
    void set_date(Document& document);

    std::array<std::string, k_key_count> known_;
    std::vector<Other> others_;
    std::unordered_map<std::string, std::size_t> places_;  ///< in others_, by name
};

}  // namespace limier
