// What a reader of corpus/ sees at a glance.
#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "indexer/readers.hpp"
#include "tests/indexer/readers/invariants.hpp"

using namespace limier;

TEST_CASE("corpus: title, date, author and source of every kind of article") {
    const struct {
        const char* id;
        const char* title;
        const char* date;
        const char* author;
        const char* source;
    } rows[] = {
        {"culture/critique-les-marees-basses.txt", "Roman : « Les Marées basses », ou l’art de rester", "", "", ""},
        {"culture/entretien-libraire-isle-sur-la-sorgue.txt", "« Une librairie, c’est une épicerie de l’inutile »", "",
         "Antoine Dalmasso", ""},
        {"culture/festival-film-maritime.txt", "À La Rochelle, le Festival du film maritime cherche un second souffle",
         "2024-06-28", "Claire Fontanel", ""},
        {"culture/louvre-apres-le-cambriolage.txt", "Le Louvre rouvre sans ses joyaux", "2025-10-22", "", "ALP"},
        {"culture/notre-dame-de-paris-rouvre.txt", "Notre-Dame de Paris, cinq ans après les flammes", "2024-12-08", "",
         ""},
        {"culture/portrait-awa-ndiaye.txt", "Awa Ndiaye, la voix qui ne voulait pas être un pont", "", "", ""},
        {"culture/salles-obscures-annee-2024.txt", "Cinéma : cinq leçons d'une année record pour les films français",
         "2025-01-14", "Jérôme Astruc", ""},
        {"economie/kimbal-musk-autre-frere.txt", "Kimbal, l’autre Musk, celui qui cuisine", "", "", ""},
        {"economie/levee-de-fonds-verdania.txt", "Verdania lève 15 M€ pour faire pousser des protéines dans le noir",
         "2023-03-14", "", ""},
        {"economie/livret-a-taux-baisse.txt", "Livret A : le taux descend à 2,4 %", "2025-01-15", "", ""},
        {"economie/loyers-etudiants-chambre.txt", "", "", "", ""},
        {"economie/microsoft-prend-ses-distances.txt", "", "2025-01", "", ""},
        {"economie/moissons-ble-catastrophe.txt", "Blé : la moisson la plus maigre depuis quarante ans", "2024-07-22",
         "", ""},
        {"economie/softbank-bourse-tokyo.txt", "", "2025-01-23", "", "ALP"},
        {"economie/totalenergies-benefice-record.txt", "TotalEnergies gagne encore plus, avec un baril moins cher",
         "2024-02-07", "", ""},
        {"economie/usine-batteries-voltea.txt", "À Béthune, la fabrique de batteries cherche 1 100 paires de bras",
         "2023-10-05", "Hugues Delattre", ""},
        {"justice/chronique-audience-comparution.txt", "Chronique – Trois chaises et un violoncelle", "", "", ""},
        {"justice/cour-appel-rennes-tresorier.txt", "La cour d'appel de Rennes alourdit la peine du trésorier",
         "2024-03-05", "", "ALP"},
        {"justice/geneve-fausse-fiduciaire.txt", "Genève : la fausse fiduciaire visait les retraités français",
         "2023-09-18", "Élodie Python", ""},
        {"justice/proces-des-boues-de-la-vaurelle.txt",
         "Boues toxiques de la Vaurelle : deux ans de prison avec sursis requis", "2025-03-14",
         "Mathilde Roussin-Diarra", ""},
        {"justice/prudhommes-coursiers-de-lyon.txt", "Prud’hommes : dix-sept coursiers lyonnais reconnus salariés",
         "2023-11-22", "", ""},
        {"politique/budget-2025-adopte.txt", "Budget : la France sort de l'attente, sans soulagement", "2025-02-06",
         "Nathalie Quéméner", ""},
        {"politique/editorial-les-milliards-et-le-reste.txt", "Les milliards et le reste", "", "", ""},
        {"politique/europeennes-dissolution.txt", "Le coup de tonnerre de 21 heures", "2024-06-10", "", ""},
        {"politique/retraites-decision-des-sages.txt", "RETRAITES : LES 64 ANS VALIDÉS", "2023-04-14", "", "AFP"},
        {"politique/stargate-vitrine-de-trump.txt", "", "2025-01-22", "", ""},
        {"regions/alsace-ecoles-bilingues.txt", "Alsace : faute de maîtres, les classes bilingues ferment",
         "2024-05-16", "", ""},
        {"regions/belgique-train-de-nuit-namur.txt", "", "", "", ""},
        {"regions/corse-la-navette-de-capu-biancu.txt", "Corse : la navette maritime qui divise le golfe", "2025-02-05",
         "", ""},
        {"regions/martinique-accord-vie-chere.txt", "Martinique : ce que prévoit l'accord contre la vie chère",
         "2024-10-17", "", ""},
        {"sciences/2024-annee-la-plus-chaude.txt", "Climat : 2024, première année au-dessus de 1,5 degré", "2025-01-10",
         "", ""},
        {"sciences/necropole-du-kochersberg.txt", "", "2024-07", "", ""},
        {"sciences/ocean-le-traite-de-nice.txt", "Haute mer : à Nice, un traité à portée de main", "2025-06-13",
         "Iris Kermarrec", ""},
        {"sciences/questions-vaccin-papillomavirus.txt",
         "Vaccin contre les papillomavirus au collège : vos questions, nos réponses", "2024-01-14", "", ""},
        {"sport/breve-handball-montlieu.txt", "", "", "", ""},
        {"sport/derby-breton.txt", "PLOUMAREC RENVERSE TOUT DANS LE DERBY", "", "", ""},
        {"sport/entretien-entraineur-rugby.txt",
         "Rugby – Facundo Iriarte : « Je préfère perdre avec des gamins du cru »", "", "Maïté Lassalle", ""},
        {"sport/ferrand-prevot-en-jaune.txt", "Pauline Ferrand-Prévot au sommet du Tour de France Femmes", "2025-08-03",
         "", ""},
        {"sport/paris-2024-bilan-des-jeux.txt", "Paris 2024 : le feu s’éteint, les comptes commencent", "2024-08-12",
         "", "ALP"},
        {"technologie/altman-musk-anatomie-rivalite.txt",
         "Altman et Musk, les frères ennemis de l'intelligence artificielle", "", "", ""},
        {"technologie/ariane-6-premier-vol.txt", "Ariane 6, le retour de l'Europe dans l'espace", "2024-07-10", "", ""},
        {"technologie/chatgpt-histoire-en-dates.txt", "ChatGPT a deux ans : une histoire en sept dates", "2024-11-30",
         "", ""},
        {"technologie/colossus-memphis-electricite.txt", "À Memphis, Colossus a faim d'électricité", "",
         "Claire Fontanel", ""},
        {"technologie/cyberattaque-hopital-valmorin.txt", "L'HÔPITAL DE VALMORIN PARALYSÉ PAR UN RANÇONGICIEL",
         "2024-01-14", "", "Agence Limousine de Presse (ALP)"},
        {"technologie/faq-stargate-qui-paie.txt", "Stargate : six questions pour savoir qui paie quoi", "", "", ""},
        {"technologie/ia-act-entree-en-vigueur.txt", "L'Europe a son code de la route de l'intelligence artificielle",
         "2024-08-01", "Karim Haddad", ""},
        {"technologie/mairies-quittent-x.txt", "« On ferme boutique » : ces mairies qui s’en vont de X", "2025-01-20",
         "Soizic Tanguy", ""},
        {"technologie/rachat-openai-refus.txt", "OpenAI n'est pas à vendre : Altman éconduit Musk d'un trait d'humour",
         "2025-02-11", "", ""},
        {"alp-2024-0319-05", "Québec : la saison des sucres en avance de trois semaines", "2024-03",
         "Marie-Ève Gagnon-Trudel", "ALP Québec"},
        {"alp-2024-0522-11", "Sénégal : dans le Saloum, les gardiennes de la mangrove", "", "Bineta Sarr",
         "Agence Limousine de Presse"},
        {"regions/chataigne-de-valbrune.html", "À Valbrune, la châtaigne retrouve ses moulins", "2024-10-29",
         "Marguerite Delpuech", "Le Causse libre"},
        {"culture/la-derniere-souffleuse.md", "La dernière souffleuse", "2024-11-18", "Théodore Lacombe",
         "Le Cahier des coulisses"},
        {"alp-2025-0218-07",
         "« Stargate est d’abord un montage de dette » : entretien avec l’économiste Marie-Claire Nguyen", "2025-02-18",
         "Idriss Benhamou", "La Revue des comptes"},
    };
    Result<DocumentSource> source = DocumentSource::open({LIMIER_SOURCE_DIR "/corpus"});
    REQUIRE(source);
    std::map<std::string, Document> documents;
    while (auto document = source->next()) {
        CAPTURE(document->id);
        CHECK(broken_invariant(*document) == "");
        documents.emplace(document->id, std::move(*document));
    }
    CHECK(source->refusals().empty());
    for (const auto& row : rows) {
        CAPTURE(row.id);
        REQUIRE(documents.contains(row.id));
        const Document& document = documents[row.id];
        CHECK(squeezed(document.title) == row.title);
        CHECK(date_text(document.date) == row.date);
        CHECK(document.author == row.author);
        CHECK(document.source == row.source);
    }
}
