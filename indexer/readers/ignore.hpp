// `.limierignore`: what of a folder is not read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace limier {

/// The patterns of one `.limierignore`, one a line, as `.gitignore` has them: `*`, `?`, `[…]`; `#` begins a comment; a
/// pattern with a `/` before its end is a path from this folder, another a name at any depth; one that ends with `/`
/// means folders only; `!` takes back what a pattern before it named. `**` is not special.
class IgnoreRules {
 public:
    IgnoreRules() = default;
    explicit IgnoreRules(std::string_view text);

    enum class Verdict { nothing_said, ignored, wanted };
    /// `path` is relative to the folder of the rules, with `/`.
    Verdict verdict(const std::string& path, bool is_folder) const;

 private:
    struct Rule {
        std::string pattern;
        bool wanted = false;
        bool folders_only = false;
        bool whole_path = false;
    };
    std::vector<Rule> rules_;
};

}  // namespace limier
