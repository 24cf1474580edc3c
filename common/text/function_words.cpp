#include "common/text/function_words.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "common/text/stop_words.hpp"

namespace limier {
namespace {

// Articles, pronouns, prepositions, conjunctions, auxiliaries. French has its stop words beside these. Not here: `von`
// and `van`, which stand in names.
constexpr std::string_view k_words[k_languages] = {
    "ai après aucun aucune aura aussi autre autres avant avoir bien car celle celles celui cependant chaque chez "
    "comment contre depuis dit doit dont dès déjà elle encore entre est eu faire fait faut fois font fut ici jamais "
    "je jusqu lors lorsqu là moins ne non notamment nôtre où parce parmi pendant peu peut peuvent plus plusieurs "
    "pourquoi presque puis quand quelqu quelque quelques quoi rien sans sera seront ses si sinon soit sommes sous "
    "suis surtout tandis tant toujours tous tout toute toutes trop très vers voici voilà ça été être",
    "a about after all also am an and any are as at be because been before but by can could did do does don down "
    "even every for from had has have he her here him his how i if in into is it its just let make many may me more "
    "most my never no not now of on one only or our out over own said she should so some than that the their them "
    "then there these they this those to too under until up us very was we were what when where which while who why "
    "will with would you your",
    "aber alle allen als also am an auch auf aus bei bin bis bist da das dass dem den der des die dies diese diesem "
    "diesen dieser dieses doch du durch ein eine einem einen einer eines er es für gegen haben hat hier hinter ich "
    "ihm ihn ihr ihre im in ist ja jetzt kann kein keine mein mich mir mit muss nach nicht nichts noch nun nur oder "
    "ohne schon sehr sein seine seit sich sie sind so um und uns unser unter vom vor war waren was weil wenn "
    "wer werden wie wir wird wo zu zum zur zwischen über",
    "a al algo antes aquí aunque cada como con contra cual cuando de del desde donde dos durante e el ella ellos en "
    "entre era es esa ese eso esta estaba estado estar este esto está están fue ha hacia han hasta hay la las le "
    "les lo los me mi mientras muy más nada ni no nos nosotros nuestra nuestro o otra otro para pero por porque que "
    "quien qué se sea ser si siempre sin sobre son soy su sus también te tiene todo todos tu un una uno y ya yo él",
    "a ad ai al alla alle anche ancora che chi ci come con cosa cui da dal dalla degli dei del della delle dello di "
    "dopo e ed era essere fare fra già gli ha hanno ho i il in io la le lei lo loro lui ma me mi mia mio nel nella "
    "nelle no noi non nostra nostro o ogni per perché più poi quale quando quanto quella quelle quello questa "
    "questo qui se sei sempre senza si siamo solo sono sta stato su sua sul sulla suo ti tra tu tutti tutto un una "
    "uno vi è",
    "a ainda algo antes ao aos aqui as até cada com como contra da das de dela dele depois do dos e ela elas ele "
    "eles em entre era essa esse esta este está eu foi há isso isto já la lhe mais mas me mesmo meu minha muito na "
    "nada nas nem nenhum no nos nossa nosso num numa não nós o onde os ou para pela pelo por porque pra quando que "
    "quem se sem ser seu seus sua são só também te tem tempo tudo um uma você à às é",
    "aan al alle als bij daar dan dat de deze die dit doen door dus een en er geen haar had heb heeft hem het hier "
    "hij hoe hun ik in is ja je kan maar me meer men met mij mijn moet na naar niet niets nog nu of om onder ons "
    "ook op over te tegen toch toen tot u uit veel voor waar was wat we wel werd wie wij wil worden zal ze zeer "
    "zich zij zijn zo zou",
};

using Table = std::unordered_map<std::string_view, std::uint8_t>;

Table make_table() {
    Table table;
    for (std::size_t language = 0; language < k_languages; ++language) {
        const std::string_view words = k_words[language];
        for (std::size_t begin = 0; begin < words.size();) {
            const std::size_t end = std::min(words.find(' ', begin), words.size());
            std::uint8_t& languages = table[words.substr(begin, end - begin)];
            languages = static_cast<std::uint8_t>(languages | 1U << language);
            begin = end + 1;
        }
    }
    return table;
}

}  // namespace

std::string_view language_code(Language language) {
    constexpr std::string_view k_codes[k_languages] = {"fr", "en", "de", "es", "it", "pt", "nl"};
    return k_codes[static_cast<std::size_t>(language)];
}

std::uint8_t function_word_of(std::string_view form) {
    static const Table k_table = make_table();
    const auto known = k_table.find(form);
    const std::uint8_t languages = known == k_table.end() ? std::uint8_t{0} : known->second;
    return is_stop_word(form) ? static_cast<std::uint8_t>(languages | 1) : languages;
}

}  // namespace limier
