#include "indexer/readers/ignore.hpp"

#include <algorithm>

#include <fnmatch.h>

#include "common/text/utf8.hpp"

namespace limier {

IgnoreRules::IgnoreRules(std::string_view text) {
    text = without_mark(text);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        while (line.ends_with('\r') || line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
        if (line.empty() || line.starts_with('#')) continue;
        Rule rule;
        rule.wanted = line.starts_with('!');
        if (rule.wanted) line.remove_prefix(1);
        rule.folders_only = line.ends_with('/');
        if (rule.folders_only) line.remove_suffix(1);
        rule.whole_path = line.find('/') != std::string_view::npos;
        if (line.starts_with('/')) line.remove_prefix(1);
        rule.pattern = line;
        if (!rule.pattern.empty()) rules_.push_back(std::move(rule));
    }
}

IgnoreRules::Verdict IgnoreRules::verdict(const std::string& path, bool is_folder) const {
    const std::string name = path.substr(path.rfind('/') + 1);
    Verdict verdict = Verdict::nothing_said;
    for (const Rule& rule : rules_) {
        if (rule.folders_only && !is_folder) continue;
        const std::string& subject = rule.whole_path ? path : name;
        // Bytes, not characters: the program sets no locale, and a file name need not be text.
        if (::fnmatch(rule.pattern.c_str(), subject.c_str(), FNM_PATHNAME) == 0)
            verdict = rule.wanted ? Verdict::wanted : Verdict::ignored;
    }
    return verdict;
}

}  // namespace limier
