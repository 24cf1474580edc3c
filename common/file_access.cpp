#include "common/file_access.hpp"

#include <cstdint>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace limier {
namespace {

namespace fs = std::filesystem;

// Of Linux 6.2 and 6.7: the headers of Debian 12 are older than its kernels may be.
constexpr std::uint64_t k_truncate = std::uint64_t{1} << 14;
constexpr std::uint64_t k_tcp = 0b11;  // bind, connect
struct Ruleset {
    std::uint64_t files;
    std::uint64_t net;
};

constexpr std::uint64_t k_read_file = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t k_read = k_read_file | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;

void allow(const Descriptor& rules, const fs::path& path, std::uint64_t access) {
    const Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
    struct ::stat status {};
    if (!place.is_open() || ::fstat(place.get(), &status) != 0) return;
    // What is no folder has no rights of folders.
    if (!S_ISDIR(status.st_mode)) access &= ~std::uint64_t{LANDLOCK_ACCESS_FS_READ_DIR};
    ::landlock_path_beneath_attr rule{};
    rule.allowed_access = access;
    rule.parent_fd = place.get();
    ::syscall(SYS_landlock_add_rule, rules.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

}  // namespace

Descriptor read_only_access(const std::string& program, const std::string& file) {
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return Descriptor();
    Ruleset handled{(LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1, 0};
    if (version >= 2) handled.files |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3) handled.files |= k_truncate;
    if (version >= 4) handled.net = k_tcp;
    const std::size_t size = version >= 4 ? sizeof handled : sizeof handled.files;
    Descriptor rules(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, size, 0)));
    if (!rules.is_open()) return rules;
    for (const char* folder : {"/usr", "/lib", "/lib64", "/bin", "/etc", "/opt", "/nix", "/gnu"})
        allow(rules, folder, k_read);
    // One that is installed elsewhere has its libraries beside it.
    std::error_code error;
    const fs::path found = fs::canonical(program, error);
    if (!error) allow(rules, found.parent_path().parent_path(), k_read);
    allow(rules, "/dev/null", k_read_file | LANDLOCK_ACCESS_FS_WRITE_FILE);
    allow(rules, file, k_read_file);
    return rules;
}

}  // namespace limier
