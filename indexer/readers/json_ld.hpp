// What a page says of its article in JSON-LD (schema.org).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace limier {

/// Names of schema.org and what they say as text, of a person or firm the name, of several joined by commas.
using LinkedData = std::vector<std::pair<std::string_view, std::string>>;

/// What is said of the article: the first of `@type` `…Article`, `…Posting` or `Report`, or of several the one whose
/// address is `url`. `scripts`: the page's, in order, each an object, a list or a `@graph`, in a comment or not; what
/// is no JSON is passed over. The names: `headline datePublished dateCreated dateModified author publisher url
/// inLanguage articleSection keywords description articleBody`.
LinkedData read_linked_article(const std::vector<std::string_view>& scripts, std::string_view url);

}  // namespace limier
