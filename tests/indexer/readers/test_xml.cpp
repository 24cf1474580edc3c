#include <string>

#include <catch2/catch.hpp>

#include "indexer/readers/format.hpp"
#include "indexer/readers/markup.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;

namespace {

Reading read(const std::string& xml, const SourceOptions* options = nullptr) {
    const InputFile file{"/a/x.xml", "x.xml", xml.size(), "x.xml", options};
    Reading reading = read_xml_file(file, xml);
    for (const Document& document : reading.documents) CHECK(broken_invariant(document) == "");
    return reading;
}

Document only(const std::string& xml) {
    Reading reading = read(xml);
    for (const Refusal& refusal : reading.refusals) UNSCOPED_INFO(refusal.reason);
    REQUIRE(reading.documents.size() == 1);
    CHECK(reading.refusals.empty());
    return std::move(reading.documents.front());
}

std::string reason(const std::string& xml) {
    const Reading reading = read(xml);
    return reading.refusals.empty() ? "taken" : reading.refusals.front().reason;
}

/// id title text date source author url lang extra, each on a line where it is not empty.
std::string all_of(const Document& document) {
    std::string all;
    for (const std::string& part : {document.id, document.title, document.text, date_text(document.date),
                                    document.source, document.author, document.url, document.lang})
        if (!part.empty()) all += part + "\n";
    for (const auto& [name, value] : document.extra) all += name + "=" + value + "\n";
    return all;
}

std::string text_of(const std::string& inside) {
    const Result<MarkupTree> tree = MarkupTree::xml("<div>" + inside + "</div>");
    REQUIRE(tree);
    return block_text(tree->root());
}

}  // namespace

TEST_CASE("xml: RSS 2.0 with what its modules add") {
    const Reading reading = read(R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Le Journal du lac</title><link>https://lac.example</link><language>fr-FR</language>
<atom:link href="https://lac.example/rss" rel="self"/>
<item><media:title>Vue du barrage</media:title><title>L&amp;#8217;eau &amp;amp; le lac</title>
  <link>https://lac.example/1?a=b&c=d</link><guid isPermaLink="false">lac-1</guid>
  <pubDate>Tue, 14 Jan 2025 10:00:00 +0100</pubDate><dc:creator><![CDATA[Claire Fontanel]]></dc:creator>
  <category>Eau</category><category><![CDATA[Climat]]></category><description>Un bref r&eacute;sum&eacute;.</description>
  <content:encoded><![CDATA[<p>Il se <b>v</b>ide, dit l&rsquo;<i>É</i>tat.</p><p>Une<br/>ligne.</p><script>x()</script>
  <ul><li>un</li><li>deux</li></ul>]]></content:encoded></item>
<item><title>Bref</title><description>&lt;p&gt;Le &lt;b&gt;col&lt;/b&gt;.&lt;/p&gt;</description><link>https://lac.example/2</link></item>
</channel></rss>)");
    CHECK(reading.refusals.empty());
    REQUIRE(reading.documents.size() == 2);
    CHECK(all_of(reading.documents[0]) ==
          "lac-1\nL’eau & le lac\nIl se vide, dit l’État.\n\nUne\nligne.\n\nun\ndeux\n2025-01-14\nLe Journal du lac\n"
          "Claire Fontanel\nhttps://lac.example/1?a=b&c=d\nfr\nkeywords=[\"Eau\",\"Climat\"]\n");
    CHECK(all_of(reading.documents[1]) ==
          "https://lac.example/2\nBref\nLe col.\nLe Journal du lac\nhttps://lac.example/2\nfr\n");
}

TEST_CASE("xml: RSS 1.0, whose items stand beside the channel") {
    CHECK(
        all_of(only(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="c"><title>Le Fil</title></channel>
 <item rdf:about="https://x.example/1"><title>Le lac</title><link>https://x.example/1</link><description>Il se vide.</description>
 <dc:date>2025-01-14T10:00:00+01:00</dc:date><dc:creator>Karim Haddad</dc:creator></item></rdf:RDF>)")) ==
        "https://x.example/1\nLe lac\nIl se vide.\n2025-01-14\nLe Fil\nKarim Haddad\nhttps://x.example/1\n");
}

TEST_CASE("xml: Atom, its content as text, HTML or XHTML") {
    const std::string begin =
        R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Fil</title><entry>)"
        R"(<id>urn:1</id><title type="html">L&amp;#8217;&lt;b&gt;eau&lt;/b&gt;</title>)"
        R"(<link rel="self" href="s"/><link href="https://x.example/1"/><updated>2025-02-01T00:00:00Z</updated>)"
        R"(<published>2025-01-14T10:00:00Z</published><category term="Eau"/>)"
        R"(<author><name>Claire Fontanel</name></author><author><name>Karim Haddad</name></author>)";
    const std::string after = "</entry></feed>";
    const std::string facts =
        "2025-01-14\nLe Fil\nClaire Fontanel, Karim Haddad\nhttps://x.example/1\nfr\nkeywords=[\"Eau\"]\n";
    CHECK(
        all_of(only(
            begin +
            R"(<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un <em>m</em>ot.</p><p>Deux.</p></div></content>)" +
            after)) == "urn:1\nL’eau\nUn mot.\n\nDeux.\n" + facts);
    CHECK(all_of(only(begin + "<content type=\"html\">&lt;p&gt;Un mot.&lt;/p&gt;</content>" + after)) ==
          "urn:1\nL’eau\nUn mot.\n" + facts);
    CHECK(all_of(only(begin + "<summary>Un &amp; deux</summary>" + after)) == "urn:1\nL’eau\nUn & deux\n" + facts);
}

TEST_CASE("xml: NITF, alone and within NewsML-G2") {
    const std::string nitf =
        R"(<head><title>t</title><docdata><doc-id id-string="alp-1"/><date.issue norm="20250114T100000Z"/>
<key-list><keyword key="eau"/></key-list></docdata><pubdata name="Le Journal"/></head><body><body.head><hedline><hl1>Le lac se vide</hl1>
</hedline><byline>Par <person>Claire Fontanel</person></byline></body.head><body.content><p>Premier.</p><media><media-reference>x.jpg</media-reference>
<media-caption>Le barrage.</media-caption></media><p>Second.</p></body.content></body>)";
    const std::string expected =
        "Le lac se vide\nPremier.\n\nLe barrage.\n\nSecond.\n2025-01-14\nLe Journal\nClaire "
        "Fontanel\nkeywords=[\"eau\"]\n";
    CHECK(all_of(only("<!DOCTYPE nitf SYSTEM \"nitf-3-3.dtd\">\n<nitf>" + nitf + "</nitf>")) == "alp-1\n" + expected);
    CHECK(all_of(only("<nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\">" + nitf + "</nitf>")) ==
          "alp-1\n" + expected);
    CHECK(
        all_of(only(
            R"(<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:newsml:alp:1" xml:lang="fr">
<itemMeta><provider literal="ALP"/><versionCreated>2025-01-15T08:00:00Z</versionCreated></itemMeta><contentMeta>
<contentCreated>2025-01-14T10:00:00+01:00</contentCreated><creator><name>Claire Fontanel</name></creator><headline>Le lac se vide</headline>
<keyword>eau</keyword></contentMeta><contentSet><inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">)" +
            nitf + "</nitf></inlineXML></contentSet></newsItem></itemSet></newsMessage>")) ==
        "urn:newsml:alp:1\nLe lac se vide\nPremier.\n\nLe barrage.\n\nSecond.\n2025-01-14\nALP\nClaire "
        "Fontanel\nfr\nkeywords=[\"eau\"]\n");
    CHECK(
        only(
            R"(<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g"><contentMeta><headline>Le lac</headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><p>Un.</p><p>Deux.</p></body></html></inlineXML></contentSet></newsItem>)")
            .text == "Un.\n\nDeux.");
}

TEST_CASE("xml: NewsML 1.2") {
    CHECK(
        all_of(only(
            R"(<NewsML><NewsItem xml:lang="fr"><Identification><NewsIdentifier><ProviderId>alp.example</ProviderId><DateId>20250114</DateId>
<NewsItemId>TX-1</NewsItemId></NewsIdentifier></Identification><NewsManagement><FirstCreated>20250114T083000Z</FirstCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Le lac se vide</HeadLine><ByLine>Par Claire Fontanel</ByLine></NewsLines><ContentItem><DataContent>
<p>Premier.</p><p>Second.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>)")) ==
        "TX-1\nLe lac se vide\nPremier.\n\nSecond.\n2025-01-14\nalp.example\nClaire Fontanel\nfr\n");
}

TEST_CASE("xml: TEI, its readings, notes and verses") {
    CHECK(
        all_of(only(
            R"(<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="c1" xml:lang="fr"><teiHeader><fileDesc><titleStmt><title>Chronique</title>
<author>Jeanne <surname>Roche</surname></author></titleStmt><publicationStmt><idno type="URI">https://x.example/c1</idno></publicationStmt>
<sourceDesc><bibl><title level="j">Le Courrier</title><date when="1880-03-02">2 mars</date></bibl></sourceDesc></fileDesc></teiHeader>
<text><body><fw>COURRIER</fw><head>I</head><p>La <hi>pre</hi>mière li<lb break="no"/>gne<note><p>Une note.</p></note> d’une
<choice><sic>feme</sic><corr>femme</corr></choice>,<lb/>dans <title>Le Lac</title>, <sic>sic</sic>.</p><lg><l>Un vers,</l><l>deux vers.</l></lg>
<table><row><cell>a</cell><cell>b</cell></row></table></body></text></TEI>)")) ==
        "c1\nChronique\nI\n\nLa première ligne d’une femme,\ndans Le Lac, sic.\n\nUne note.\n\nUn vers,\ndeux "
        "vers.\n\na | b\n"
        "1880-03-02\nLe Courrier\nJeanne Roche\nhttps://x.example/c1\nfr\n");
    CHECK(read("<teiCorpus "
               "xmlns=\"http://www.tei-c.org/ns/1.0\"><TEI><text><p>Un.</p></text></TEI><TEI><text><p>Deux.</p></"
               "text></TEI></teiCorpus>")
              .documents.size() == 2);
}

TEST_CASE("xml: unknown vocabularies are read by the names of their elements, and by the user's map") {
    const std::string xml =
        "<fonds><meta><titre>Fonds</titre></meta><article><titre>Le "
        "lac</titre><date>2025-01-14</date><texte><para>Un.</para></texte>"
        "<auteur>A B</auteur><auteur>C D</auteur><rubrique>Eau</rubrique></article><lot><article><titre>Le "
        "col</titre><texte>Deux.</texte></article></lot></fonds>";
    const Reading reading = read(xml);
    REQUIRE(reading.documents.size() == 2);
    CHECK(all_of(reading.documents[0]) == "x.xml:1\nLe lac\nUn.\n2025-01-14\nA B, C D\nrubrique=\"Eau\"\n");
    CHECK(reading.documents[1].title == "Le col");
    SourceOptions options;
    options.map = {{"papier", Key::body}, {"accroche", Key::title}};
    const Reading mapped = read("<a><accroche>Le lac</accroche><papier>Un.</papier><title>t</title></a>", &options);
    REQUIRE(mapped.documents.size() == 1);
    CHECK(all_of(mapped.documents[0]) == "x.xml\nLe lac\nUn.\ntitle=\"t\"\n");
}

TEST_CASE("xml: a page in XHTML is a page") {
    const Document page = only(
        "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>Le "
        "lac</title></head><body><p>Il se vide.</p></body></html>");
    CHECK(page.title == "Le lac");
    CHECK(page.text == "Il se vide.");
}

TEST_CASE("xml: encodings are those of the bytes") {
    const std::string body =
        "<r><title>Ch\xE2teau d\x92"
        "eau</title><body>\xE9t\xE9</body></r>";
    for (const char* head :
         {"", "<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
          "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", "<?xml version='1.0' encoding='windows-1252'?>"}) {
        CAPTURE(head);
        CHECK(only(head + body).title == "Château d’eau");
    }
    // UTF-8 that says it is something else.
    CHECK(only("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r><body>été</body></r>").text == "été");
    std::string wide = "\xFF\xFE";
    for (const char c : std::string("<?xml version=\"1.0\" encoding=\"UTF-16\"?><r><body>Bon</body></r>"))
        wide += {c, '\0'};
    CHECK(only(wide).text == "Bon");
    CHECK(only("\n\n<?xml version=\"1.0\"?><r><body>Bon</body></r>").text == "Bon");
}

TEST_CASE("xml: ampersands and entities as feeds have them") {
    CHECK(only("<r><body>Frères & Cie, d&eacute;j&agrave; &amp; &#233;t&#xe9; &inconnu; a&b; R&D &</body></r>").text ==
          "Frères & Cie, déjà & été &inconnu; a&b; R&D &");
    CHECK(only("<r><body><![CDATA[a & b &eacute;]]> & <!-- & --> c</body></r>").text == "a & b &eacute; & c");
    CHECK(only("<!DOCTYPE r [<!ENTITY red \"La r&#233;daction\">]><r><body>&red; &amp; &red;</body></r>").text ==
          "La rédaction & La rédaction");
}

TEST_CASE("xml: what is no XML, or no document, is refused with the reason") {
    CHECK(reason("") == "it is empty");
    CHECK(reason(" \n") == "it is empty");
    CHECK(reason("pas du XML") == "not well-formed XML, line 1: Start tag expected, '<' not found");
    CHECK(
        reason("<config><x>1</x></config>").starts_with("no document in it: its root is config; known are RSS, Atom"));
    CHECK(reason("<rss><channel><item><link>x</link></item></channel></rss>") == "neither title nor body");
    // What is cut off is taken as far as it goes, and said.
    const Reading cut = read("<rss><channel>\n<item><title>Un</title></item>\n<item><title>Deux</ti");
    REQUIRE(cut.documents.size() == 2);
    CHECK(cut.documents[0].title == "Un");
    REQUIRE(cut.refusals.size() == 1);
    CHECK(cut.refusals[0].reason.starts_with("not well-formed XML, line 3: "));
    CHECK(cut.refusals[0].reason.ends_with("; what could be read of it is taken"));
}

TEST_CASE("xml: bombs, files of others and depth") {
    std::string bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\">";
    for (char c = 'b'; c <= 'k'; ++c) {
        bomb += std::string("<!ENTITY ") + c + " \"";
        for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
        bomb += "\">";
    }
    CHECK(reason(bomb + "]><r><body>&k;</body></r>") != "taken");
    CHECK(reason(bomb + "]><r><body a=\"&k;\">x</body></r>") != "taken");
    std::string wide = "<!DOCTYPE r [<!ENTITY a \"" + std::string(100'000, 'a') + "\">]><r><body>";
    for (int i = 0; i < 10'000; ++i) wide += "&a;";
    CHECK(reason(wide + "</body></r>") != "taken");
    const Reading outside =
        read("<!DOCTYPE r [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><r><title>x</title><body>a&f;b</body></r>");
    for (const Document& document : outside.documents) CHECK(document.text.find("root:") == std::string::npos);
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    CHECK(reason(deep) != "taken");
    std::string many = "<r><body>";
    for (int i = 0; i < 200'000; ++i) many += "<p>a</p>";
    CHECK(only(many + "</body></r>").text.size() == 200'000 * 3 - 2);
}

TEST_CASE("markup: blocks, lines, cells and what stands within words") {
    CHECK(text_of("<p>Un</p>\n <p>deux</p>") == "Un\n\ndeux");
    CHECK(text_of("<div><div><p>Un</p></div></div>deux") == "Un\n\ndeux");
    CHECK(text_of("É<b>t</b>a<i>t</i>, <s>vieux</s>mot") == "État, vieuxmot");
    CHECK(text_of("a<br/>b<br/>\n c") == "a\nb\nc");
    CHECK(text_of("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>") == "a | b\nc");
    CHECK(text_of("<table><tr><td><p>a</p><p>b</p></td><td><div>c</div></td></tr></table>d") == "a b | c\n\nd");
    CHECK(text_of("<ul><li><p>un</p></li><li><p>deux</p><p>bis</p></li></ul><p>trois</p>") == "un\ndeux\nbis\n\ntrois");
    CHECK(text_of("il faut<sup><a href=\"#fn1\">1</a></sup> vider<a href=\"#fn2\" role=\"doc-noteref\">2</a> 12 "
                  "m<sup>3</sup>") == "il faut vider 12 m3");
    CHECK(text_of("<pre>a\n  b</pre>c") == "a\n  b\n\nc");
    CHECK(text_of("a<script>x</script><style>y</style><!-- z -->b") == "ab");
    CHECK(text_of("a & b &lt;c&gt; &eacute;&#8217;") == "a & b <c> é’");
    CHECK(text_of("sans balise") == "sans balise");
    CHECK(text_of("") == "");
}
