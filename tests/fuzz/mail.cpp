// Any bytes as a mail and as a box of mails, and sound ones with any change: what is taken is sound, and the box ends.
#include <cstdint>
#include <memory>
#include <string>

#include "indexer/readers/format.hpp"
#include "tests/fuzz/changes.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;

namespace {

// Encoded words, groups, parts within parts, both transfer encodings, charsets, attachments of which two have one name
// and one is for a program; a second mail and a quoted From.
constexpr std::string_view k_sound =
    "From claire@presse.fr Fri Jul  8 12:08:34 2011\n"
    "From: =?iso-8859-1?Q?Claire_B=E9nard?= <claire@presse.fr>, Bureau: a@b.fr, \"c, d\" <c@d.fr>;\n"
    "Subject: =?UTF-8?B?QnVkZ2V0IGRlIGwnw6l0w6k=?=\n =?utf-8?q?_suite?=\n"
    "Date: Tue, 14 Jan 2025 10:00:00 +0100\nMessage-ID: <1@b.fr>\nMIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=\"a b\"\n\n--a b\n"
    "Content-Type: multipart/alternative; boundary=c\n\n--c\n"
    "Content-Type: text/plain; charset*0=iso-; charset*1=8859-15\nContent-Transfer-Encoding: quoted-printable\n\n"
    "L'=E9t=E9 =A4 =\n>From Paris\n--c\nContent-Type: text/html\n\n<p>L'&eacute;t&eacute;</p>\n--c--\n--a b\n"
    "Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n//5CAG8AbgBqAG8AdQByAA==\n--a b\n"
    "Content-Type: message/rfc822\nContent-Disposition: attachment; filename=x.eml\n\nSubject: un\n\ndeux\n--a b\n"
    "Content-Disposition: attachment; filename*=utf-8''2024-03-12%20n.csv\n\ntitre;texte\nUn;\n;Le lac\n--a b\n"
    "Content-Disposition: attachment; filename=\"a/2024-03-12 n.csv\"\nContent-Transfer-Encoding: base64\n\n"
    "dGV4dGUsaWQKYSw5Cg==\n--a b\nContent-Type: application/pdf\nContent-Disposition: attachment\n\n%PDF-\n--a b\n"
    "Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n"
    "UEsDBBQAAAAAAAAALloSs3TSCgAAAAoAAAAFAAAAYi5ydGZ7XHJ0ZjEgVW59UEsBAhQDFAAAAAAAAAAu"
    "WhKzdNIKAAAACgAAAAUAAAAAAAAAAAAAAIABAAAAAGIucnRmUEsFBgAAAAABAAEAMwAAAC0AAAAAAA==\n--a b--\n\n"
    "From b Fri Jul  8 12:08:35 2011\nSubject: deux\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 "
    "a\n#0V%T\n`\nend\n";

void read_as(const std::string& name, const std::string& bytes) {
    InputFile file{"/" + name, "id", bytes.size(), name};
    file.outside = true;
    file.bytes = bytes_then(bytes);
    const std::unique_ptr<FileReader> reader = open_file(file);
    for (std::size_t steps = 0;; ++steps) {
        const FileReader::Step step = reader->next();
        if (step.document) require(broken_invariant(*step.document).empty());
        if (step.refusal) require(is_utf8(step.refusal->reason) && !step.refusal->reason.empty());
        if (step.is_end()) return;
        require(steps <= bytes.size());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input{{reinterpret_cast<const char*>(data), size}};
    const bool changed = input.take<std::uint8_t>() % 2 == 0;
    std::string bytes(changed ? k_sound : input.bytes);
    while (changed && !input.bytes.empty()) change(input, bytes);
    read_as("a.eml",
            bytes.starts_with("From ") ? bytes.substr(std::min(bytes.find('\n'), bytes.size() - 1) + 1) : bytes);
    read_as("a.mbox", bytes);
    return 0;
}
