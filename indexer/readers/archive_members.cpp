// What is in an archive or a compressed file, read as files of its names are.
#include <algorithm>
#include <utility>

#include "common/output/language.hpp"
#include "indexer/readers/archive.hpp"
#include "indexer/readers/format.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

// Members of no bytes are not for nothing.
constexpr std::uint64_t k_member_cost = 512;

/// As in folders: what has a hidden part is passed over, so also the `__MACOSX/._titre.txt` of macOS.
bool is_hidden(const std::string& path) { return path.starts_with('.') || path.find("/.") != std::string::npos; }

Error bomb() {
    return {
        Code::input,
        std::string(tr("it unpacks to more than 64 MiB and 100 times the archive's size: the rest is not read",
                       "décompressé, plus de 64 Mio et de 100 fois la taille de l’archive : le reste n’est pas lu"))};
}

class MembersReader : public FileReader {
 public:
    MembersReader(InputFile file, Archive::Kind kind)
        : file_(std::move(file)), kind_(kind), unpacked_(k_always_unpacked + k_most_ratio * file_.size) {
        if (file_.unpacked == nullptr) file_.unpacked = &unpacked_;
    }

    Step next() override {
        for (;;) {
            if (member_) {
                Step step = member_->next();
                if (step.refusal) step.refusal->what = renamed(step.refusal->what);
                if (step.outside) step.outside->place = renamed(step.outside->place);
                if (!step.is_end()) return step;
                member_.reset();
            }
            if (done_) return {};
            if (!archive_) {
                if (Result<void> opened = open(); !opened) return refuse_rest(opened.error());
            }
            Step step = next_member();
            if (!step.is_end()) return step;
        }
    }

    std::uint64_t bytes_read() const override { return done_ && !member_ ? file_.size : bytes_read_; }

 private:
    Result<void> open() {
        if (file_.depth >= k_most_depth) return too_deep();
        Result<Archive> archive = Archive::open(file_, kind_);
        if (!archive) return archive.error();
        archive_ = std::move(*archive);
        return {};
    }

    /// Goes to the next member and opens it, or says why not.
    Step next_member() {
        if (!charge(left_of_member())) return refuse_rest(bomb());
        left_of_member_ = 0;
        name_.clear();
        Result<std::optional<Member>> found = archive_->next();
        bytes_read_ = std::max(bytes_read_, std::min(archive_->consumed(), file_.size));
        if (!found) return refuse_rest(found.error());
        if (!*found) return end();
        const Member& member = **found;
        any_ = true;
        name_ = kind_ == Archive::Kind::compressed ? std::string() : member.path;
        left_of_member_ = member.size;
        if (!charge(k_member_cost)) return refuse_rest(bomb());
        if (!member.regular || is_hidden(name_)) return {};
        if (kind_ == Archive::Kind::members && file_.begin_part && !file_.begin_part(place())) return {};
        if (kind_ == Archive::Kind::members && name_.empty())
            return refuse(std::string(tr("a member without a name", "un membre sans nom")));
        if (member.encrypted) return refuse(std::string(tr("it is encrypted", "il est chiffré")));
        const InputFile input = input_of(member);
        member_ = open_file(input);
        if (!member_) return {{}, {}, extension_of(input.name)};
        return {};
    }

    InputFile input_of(const Member& member) {
        InputFile input = file_;
        if (kind_ == Archive::Kind::members) {
            input.id = file_.id + "!/" + member.path;
            input.name = fs::path(member.path).filename().string();
        } else {
            input.name = fs::path(file_.name).stem().string();
        }
        input.size = member.size;
        input.descriptor = -1;
        input.begin_part = {};
        ++input.depth;
        input.bytes = [this](std::string& out, std::size_t most) { return read(out, most); };
        return input;
    }

    Result<std::size_t> read(std::string& out, std::size_t most) {
        if (done_) return bomb();
        Result<std::size_t> got = archive_->read(out, most);
        bytes_read_ = std::max(bytes_read_, std::min(archive_->consumed(), file_.size));
        if (!got) return got;
        left_of_member_ -= std::min<std::uint64_t>(left_of_member_, *got);
        if (charge(*got)) return got;
        done_ = true;
        return bomb();
    }

    /// What going on costs beside: some formats unpack what they pass over.
    std::uint64_t left_of_member() const { return archive_->unpacks_to_skip() ? left_of_member_ : 0; }

    bool charge(std::uint64_t bytes) {
        const bool enough = bytes <= *file_.unpacked;
        *file_.unpacked = enough ? *file_.unpacked - bytes : 0;
        return enough;
    }

    std::string place() const { return path_text(file_.path) + (name_.empty() ? "" : "!/" + name_); }

    /// A member's reader knows the path of the archive alone.
    std::string renamed(const std::string& what) const {
        const std::string path = path_text(file_.path);
        return what.starts_with(path) ? place() + what.substr(path.size()) : what;
    }

    Step refuse(std::string reason) const { return {{}, Refusal{place(), std::move(reason)}}; }

    Step refuse_rest(const Error& error) {
        done_ = true;
        return refuse(error.message);
    }

    Step end() {
        done_ = true;
        if (any_) return {};
        return refuse(std::string(tr("there is nothing in it", "il n’y a rien dedans")));
    }

    InputFile file_;
    Archive::Kind kind_;
    std::uint64_t unpacked_;
    std::optional<Archive> archive_;
    std::unique_ptr<FileReader> member_;
    std::string name_;                  ///< of the member
    std::uint64_t left_of_member_ = 0;  ///< of what the archive claims
    bool any_ = false;
    bool done_ = false;
    std::uint64_t bytes_read_ = 0;
};

}  // namespace

std::unique_ptr<FileReader> open_archive(const InputFile& file) {
    return std::make_unique<MembersReader>(file, Archive::Kind::members);
}

std::unique_ptr<FileReader> open_compressed(const InputFile& file) {
    const bool tar = extension_of(fs::path(file.name).stem()) == ".tar";
    return std::make_unique<MembersReader>(file, tar ? Archive::Kind::members : Archive::Kind::compressed);
}

}  // namespace limier
