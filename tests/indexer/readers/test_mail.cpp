#include <fstream>

#include <catch2/catch.hpp>

#include "indexer/readers.hpp"
#include "tests/indexer/readers/invariants.hpp"
#include "tests/scratch.hpp"

using namespace limier;
using Names = std::vector<std::string>;

namespace {

struct Taken {
    std::vector<Document> documents;
    Names ids, refusals;
};

Taken take(const std::string& name, const std::string& bytes) {
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / name, std::ios::binary) << bytes;
    Result<DocumentSource> source = DocumentSource::open({scratch.path()});
    REQUIRE(source);
    Taken taken;
    while (auto document = source->next()) {
        CHECK(broken_invariant(*document) == "");
        taken.ids.push_back(document->id);
        taken.documents.push_back(std::move(*document));
    }
    for (const Refusal& refusal : source->refusals())
        taken.refusals.push_back(refusal.what.substr(scratch.path().string().size() + 1) + ": " + refusal.reason);
    return taken;
}

Document mail(const std::string& bytes) {
    INFO(bytes.substr(0, 400));
    Taken taken = take("m.eml", bytes);
    CHECK(taken.refusals == Names{});
    REQUIRE(!taken.documents.empty());
    return std::move(taken.documents[0]);
}

const std::string k_head = "From: Claire Fontanel <claire@example.org>\nSubject: Budget\n";

std::string typed(const std::string& type, const std::string& encoding, const std::string& body) {
    return "Content-Type: " + type + "\nContent-Transfer-Encoding: " + encoding + "\n\n" + body + "\n";
}

std::string multipart(const std::string& subtype, const std::vector<std::string>& parts) {
    std::string bytes = "Content-Type: multipart/" + subtype + "; boundary=\"=_" + subtype + "\"\n\npreamble\n";
    for (const std::string& part : parts) bytes += "--=_" + subtype + "\n" + part;
    return bytes + "--=_" + subtype + "--\nepilogue\n";
}

/// The text without the blanks at its ends.
std::string body_of(const std::string& bytes) { return squeezed(mail(bytes).text); }

}  // namespace

TEST_CASE("mail: subject, sender, day and text, encoded or not") {
    struct Row {
        const char *headers, *title, *author, *date;
    };
    const Row rows[] = {
        {"From: =?ISO-8859-1?Q?Ana=EFs_Lef=E8vre?= <a@example.org>\n"
         "Subject: =?UTF-8?B?QnVkZ2V0IGRlcyDDqWNvbGVz?=\nDate: Tue, 12 Mar 2024 10:15:00 +0100\n",
         "Budget des écoles", "Anaïs Lefèvre", "2024-03-12"},
        // Words that are encoded one by one, a character in halves and a line folded.
        {"From: a@example.org\nSubject: =?UTF-8?Q?L=E2=80=99=C3=A9t?=\n =?UTF-8?Q?=C3=A9?= =?utf-8?b?IMOg?= Brest\n",
         "L’été à Brest", "a@example.org", ""},
        {"From: \"Fontanel, Claire\" <c@example.org>, Karim Haddad <k@example.org>\nSubject: Un\n sujet\n", "Un sujet",
         "Fontanel, Claire, Karim Haddad", ""},
        // Not encoded: UTF-8, and Windows-1252.
        {"From: Zoé <z@example.org>\nSubject: Été\n", "Été", "Zoé", ""},
        {"From: Zo\xE9 <z@example.org>\nSubject: Le c\x9Cur\n", "Le cœur", "Zoé", ""},
        // The day where the sender was, whatever it is elsewhere.
        {"Subject: s\nDate: Sun, 31 Dec 2023 23:30:00 -1000\n", "s", "", "2023-12-31"},
        {"Subject: s\nDate: Mon, 1 Jan 2024 00:30:00 +1200\n", "s", "", "2024-01-01"},
        {"Subject: s\nDate: 31 Feb 2024 00:30:00 +0000\n", "s", "", ""},
        {"Subject: s\nDate: Thu, 1 Jan 1970 00:00:00 +0000\n", "s", "", ""},
        {"Subject: s\nDate: hier\n", "s", "", ""},
        {"Subject: =?x-no-such?Q?=E9?= =?UTF-8?B?IMOg\n", "é =?UTF-8?B?IMOg", "", ""},
    };
    for (const Row& row : rows) {
        const Document document = mail(std::string(row.headers) + "\nLe conseil a voté.\n");
        CHECK(document.id == "m.eml");
        CHECK(document.title == row.title);
        CHECK(document.title_apart);
        CHECK(document.author == row.author);
        CHECK(date_text(document.date) == row.date);
        CHECK(squeezed(document.text) == "Le conseil a voté.");
    }
    CHECK(mail("Message-ID: <1@x.org>\n\nUn texte.\n").extra ==
          std::vector<std::pair<std::string, std::string>>{{"message-id", "\"1@x.org\""}});
}

TEST_CASE("mail: transfer encodings and charsets are undone, wrong ones too") {
    struct Row {
        const char *type, *encoding, *body, *text;
    };
    const Row rows[] = {
        {"text/plain; charset=iso-8859-1", "quoted-printable", "Le maire r=E9nove l'=E9c=\nole =3D =80",
         "Le maire rénove l'école = €"},
        {"text/plain; charset=\"UTF-8\"", "base64", "TOKAmcOpY29sZSBu\nZXV2ZQ==", "L’école neuve"},
        {"text/plain; charset=UTF-8", "BASE64", "TOKAmcOpY29sZSBuZXV2", "L’école neuv"},
        {"text/plain; charset=iso-8859-15", "8bit", "10 \xA4 \xBD", "10 € œ"},
        {"text/plain; charset=utf-16le", "base64", "6QB0AOkA", "été"},
        {"text/plain; charset=koi8-r", "8bit", "\xCD\xC9\xD2", "мир"},
        // What the charset says cannot be, or nothing is known of it.
        {"text/plain; charset=utf-8", "8bit", "le maire r\xE9nove l'\xE9\x63ole", "le maire rénove l'école"},
        {"text/plain; charset=us-ascii", "8bit", "le maire rénove", "le maire rénove"},
        {"text/plain; charset=x-nonesuch", "8bit", "le maire rénove", "le maire rénove"},
        {"text/plain", "x-nonesuch", "le maire rénove", "le maire rénove"},
        {"text/plain; charset=utf-8", "quoted-printable", "a =C3=A9 =ZZ =", "a é =ZZ"},
    };
    for (const Row& row : rows) CHECK(body_of(k_head + typed(row.type, row.encoding, row.body)) == row.text);
}

TEST_CASE("mail: of alternatives the plain one, of parts all texts, without those of attachments") {
    const std::string plain = typed("text/plain; charset=utf-8", "8bit", "Le texte.");
    const std::string html = typed("text/html; charset=iso-8859-1", "quoted-printable", "<p>Le balis=E9.</p>");
    const std::string image = typed("image/png", "base64", "iVBORw0KGgo=");
    const std::string attached = "Content-Disposition: ATTACHMENT; filename=a.txt\n" +
                                 typed("text/plain; charset=utf-8", "8bit", "Le compte rendu joint.");
    const std::string mail_within = typed("message/rfc822", "8bit", "Subject: Autre\n\nUn autre courriel.");
    struct Row {
        std::string body;
        const char* text;
    };
    const Row rows[] = {
        {multipart("alternative", {plain, html}), "Le texte."},
        {multipart("alternative", {html, plain}), "Le texte."},
        {multipart("alternative", {html}), "Le balisé."},
        {html, "Le balisé."},
        {multipart("alternative", {typed("text/plain", "8bit", "  "), html}), "Le balisé."},
        {multipart("mixed", {plain, html}), "Le texte. Le balisé."},
        // All of it, and in the charset of the part, whatever the page says.
        {typed("text/html; charset=utf-8", "8bit",
               "<meta charset=iso-8859-1><div>Bonjour,</div><div class=footer>Zoé</div><img alt=x>"),
         "Bonjour, Zoé"},
        {multipart("mixed", {multipart("alternative", {plain, html}), attached, image}), "Le texte."},
        {multipart("alternative", {plain, multipart("related", {html, image})}), "Le texte."},
        {multipart("mixed", {plain, mail_within}), "Le texte."},
        {multipart("mixed", {attached}), ""},
        {multipart("mixed", {}), ""},
        {image, ""},
    };
    for (const Row& row : rows) CHECK(body_of(k_head + row.body) == row.text);
}

TEST_CASE("mail: what is none or says nothing is refused by name") {
    struct Row {
        std::string bytes;
        const char* reason;
    };
    const Row rows[] = {
        {"", "it is no mail"},
        {"\n\nUn texte.\n", "it is no mail"},
        {"Un texte sans en-tête.\n", "it is no mail"},
        {std::string(5000, '\0'), "it is no mail"},
        {"X-Mailer: x\n\nUn texte.\n", "it is no mail"},
        {"From: a@example.org\n", "neither subject nor text"},
        {"From: a@example.org\nSubject:  \n\n \n", "neither subject nor text"},
        {"From: a@example.org\n" + typed("image/png", "base64", "iVBORw0KGgo="), "neither subject nor text"},
    };
    for (const Row& row : rows) {
        INFO(row.bytes);
        const Taken taken = take("m.eml", row.bytes);
        CHECK(taken.ids == Names{});
        CHECK(taken.refusals == Names{std::string("m.eml: ") + row.reason});
    }
}

TEST_CASE("mail: what is cut off or broken gives what is left of it") {
    const std::string plain = typed("text/plain; charset=utf-8", "8bit", "Le texte.");
    const std::string open = "Content-Type: multipart/mixed; boundary=b\n\n";
    struct Row {
        std::string body;
        const char* text;
    };
    const Row rows[] = {
        {open + "--b\n" + plain, "Le texte."},
        {open + "--b\n" + plain + "--b\nContent-Type: text/pl", "Le texte."},
        {open + "Rien que le préambule.\n", ""},
        {"Content-Type: multipart/mixed\n\n--b\n" + plain, ""},
        {"Content-Type: text\n\nLe texte.\n", "Le texte."},
        {"Content-Type: \n\nLe texte.\n", "Le texte."},
        {"Content-Type: text/plain; charset\n\nLe texte.\n", "Le texte."},
        {"Content-Type: text/plain; charset=\"utf-8\n\nLe texte.\n", "Le texte."},
        {"Pas un en-tête\n\nLe texte.\n", "Le texte."},
    };
    for (const Row& row : rows) {
        INFO(row.body);
        CHECK(body_of(k_head + row.body) == row.text);
    }
    const std::string whole = k_head + multipart("mixed", {plain, typed("text/html", "base64", "PHA+w6k8L3A+")});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Taken taken = take("m.eml", whole.substr(0, size));
        CHECK(taken.ids.size() + taken.refusals.size() == 1);
    }
}

TEST_CASE("mail: multiparts 5,000 deep are no crash, and those of a letter are read") {
    const auto nested = [](int levels) {
        std::string bytes = k_head;
        for (int i = 0; i < levels; ++i) {
            const std::string name = "b" + std::to_string(i);
            bytes += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
        }
        return bytes + typed("text/plain", "8bit", "Le texte.");
    };
    CHECK(mail(nested(5000)).text.empty());
    CHECK(body_of(nested(20)) == "Le texte.");
    std::string mails = k_head;
    for (int i = 0; i < 5000; ++i) mails += "Content-Type: message/rfc822\n\nSubject: s\n";
    const Taken deep = take("m.eml", mails);
    CHECK(deep.ids == Names{"m.eml", "m.eml!/message", "m.eml!/message!/message"});
    CHECK(deep.refusals == Names{"m.eml!/message!/message!/message: archives in archives in archives are not opened"});
}

TEST_CASE("mail: what is attached is a document of its own, with the author and day of the mail") {
    const auto attached = [](const std::string& name, const std::string& type, const std::string& body) {
        return "Content-Disposition: attachment; filename=\"" + name + "\"\n" + typed(type, "8bit", body);
    };
    const Taken taken = take(
        "m.eml",
        k_head + "Date: Tue, 12 Mar 2024 10:15:00 +0100\n" +
            multipart("mixed",
                      {typed("text/plain", "8bit", "Le texte."),
                       attached("note.txt", "application/octet-stream", "le compte rendu joint."),
                       attached("note.txt", "text/plain", "le second."),
                       attached("2023-05-06.html", "text/html", "<p>la page.</p>"),
                       attached("sans nom", "text/html", "<p>par son type.</p>"),
                       attached("../x/a.txt", "text/plain", "dehors."),
                       attached("x.p7s", "application/pkcs7-signature", "x"), attached("x.png", "image/png", "x"),
                       attached("x.ics", "text/calendar", "x"), attached("bad.docx", "application/octet-stream", "x"),
                       typed("message/rfc822", "8bit", "From: Zoé Lac <z@example.org>\nSubject: Autre\n\nUn autre.")}));
    CHECK(taken.ids == Names{"m.eml", "m.eml!/note.txt", "m.eml!/note.txt:2", "m.eml!/2023-05-06.html",
                             "m.eml!/sans nom", "m.eml!/x/a.txt", "m.eml!/message"});
    CHECK(taken.refusals == Names{"m.eml!/bad.docx: it cannot be unpacked: Unrecognized archive format"});
    REQUIRE(taken.documents.size() == 7);
    CHECK(taken.documents[1].title == "note");
    CHECK(taken.documents[1].author == "Claire Fontanel");
    CHECK(date_text(taken.documents[1].date) == "2024-03-12");
    CHECK(date_text(taken.documents[3].date) == "2023-05-06");
    CHECK(taken.documents[6].author == "Zoé Lac");
    CHECK(taken.documents[6].title == "Autre");
}

TEST_CASE("mail: groups of addresses within groups are refused, long lists of addresses read") {
    const auto repeated = [](std::string_view part, int times) {
        std::string all;
        for (int i = 0; i < times; ++i) all += part;
        return all;
    };
    for (const std::string header :
         {"From: ", "tO : ", "Subject: s\nReply-To:", "Content-Type: message/rfc822\n\nCc: "}) {
        for (const std::string_view group : {"g:", "g:\n ", "g: a@example.org,\r\n\t"}) {
            INFO(header << group);
            CHECK(take("m.eml", "Subject: s\n" + header + repeated(group, 100'000) + "\n\nx\n").refusals ==
                  Names{"m.eml: its addresses are nested too deep: no letter"});
        }
    }
    const std::string list = repeated("\"Service: presse\" <a@example.org>,\n ", 4000) + "b@example.org\n";
    CHECK(body_of(k_head + "To: " + list + "\n" + repeated("From: 10:15:30\n", 10'000) + "\nLe texte.")
              .ends_with("texte."));
}

TEST_CASE("mail: NUL bytes do not end a text") {
    const std::string nul(1, '\0');
    const Document document =
        mail("From: A" + nul + "B <a@example.org>\nSubject: Le bu" + nul + "dget\n\nAvant.\n" + nul + "Après.\n");
    CHECK(document.text.find("Avant.") != std::string::npos);
    CHECK(document.text.find("Après.") != std::string::npos);
    CHECK(document.title.starts_with("Le bu"));
}

TEST_CASE("mbox: mails one behind the other, numbered, quoted From undone") {
    const std::string from = "From a@example.org Fri Jul  8 12:08:34 2011\n";
    for (const std::string end : {"\n", "\r\n"}) {
        INFO(end.size());
        std::string bytes = from + "Subject: Un\n\nLe premier.\n>From Brest, rien.\n>>From loin.\n\n" + from +
                            "Subject: Deux\nDate: Tue, 12 Mar 2024 10:15:00 +0100\n\nLe deuxième.\n\n" +
                            "From Paris, le maire parle.\nFrom x at 10:15\n\n" + from +
                            "Subject: Trois\n\nLe troisième.";
        for (std::size_t at = 0; end.size() == 2 && (at = bytes.find('\n', at)) != std::string::npos; at += 2)
            bytes.insert(at, 1, '\r');
        const Taken taken = take("liste.mbox", bytes);
        CHECK(taken.refusals == Names{});
        REQUIRE(taken.ids == Names{"liste.mbox:1", "liste.mbox:2", "liste.mbox:3"});
        CHECK(taken.documents[0].title == "Un");
        CHECK(squeezed(taken.documents[0].text) == "Le premier. From Brest, rien. >From loin.");
        CHECK(date_text(taken.documents[1].date) == "2024-03-12");
        CHECK(squeezed(taken.documents[1].text) == "Le deuxième. From Paris, le maire parle. From x at 10:15");
        CHECK(squeezed(taken.documents[2].text) == "Le troisième.");
    }
}

TEST_CASE("mbox: a bad mail is refused by its number and the rest goes on") {
    const std::string from = "From a@example.org Fri Jul  8 12:08:34 2011\n";
    const Taken taken = take("x.mbox", "\n" + from + "Subject: Un\n\nx\n\n" + from + "\nsans en-tête\n\n" + from +
                                           "\n" + from + "Subject: Quatre\n\nx\n\n" + from);
    CHECK(taken.ids == Names{"x.mbox:1", "x.mbox:4"});
    CHECK(taken.refusals == Names{"x.mbox:2: it is no mail", "x.mbox:3: it is no mail", "x.mbox:5: it is no mail"});
    CHECK(take("x.mbox", "").refusals == Names{"x.mbox: it is empty"});
    CHECK(take("x.mbox", "Subject: Un\n\nx\n").refusals == Names{"x.mbox: it is no mbox: it does not begin with From"});
}
