// One row a rule or a trap: what stands in brackets is what the tagger must find, no more and no less.
#include <catch2/catch.hpp>

#include "marked.hpp"

using namespace limier;

namespace {

void check(const std::vector<std::string_view>& rows) {
    for (const std::string_view row : rows) CHECK(tagged(row) == row);
}

}  // namespace

TEST_CASE("names: the lexicon matches across case of letters inside, accents, hyphens, dots, apostrophes") {
    check({
        "La société [org x.AI=xAI] et [org xAI] ne font qu'une.",
        "Le conglomérat [org Softbank=SoftBank] et son rival.",
        "Partir aux [place Etats-Unis=États-Unis], aux [place États Unis=États-Unis] ou aux [place USA=États-Unis].",
        "Invité à la [org Maison-Blanche=Maison Blanche], puis à la [org Maison Blanche].",
        "Le siège de l’[org ONU] puis celui de l'[org O.N.U.=ONU].",
        "Le siège de l'[org OTAN=Otan] et de l'[org Otan].",
        "Chez [org L’Oréal=L'Oréal], on embauche.",
        "Le [org Financial Times] l'affirme.",
        "En [place Côte-d’Ivoire=Côte d'Ivoire], on attend.",
        "Le projet [product Stargate] avance à [place Memphis].",
    });
}

TEST_CASE("names: a capital is required where the lexicon has one") {
    check({
        "Il a mangé une orange et bu un jus de pomme.",
        "Une idée un peu brut de décoffrage.",
        "Il voit tout en noir et au total, rien.",
        "Le monde entier le sait.",
    });
}

TEST_CASE("names: ambiguous names want a cue or an unambiguous name") {
    check({
        "Hier encore, « [org Le Monde] » et les autres vendaient bien.",
        "Il a dit « Le monde change » et s'est tu.",
        "L'opérateur [org Orange] supprime le cuivre.",
        "Les habitants de la ville d'[place Orange] attendent.",
        "Au carrefour, le bouchon dure.",
        "Le distributeur [org Carrefour] ferme un magasin.",
        "Le groupe [org Total=TotalEnergies] publie ses comptes.",
        "Au total, trois personnes sont venues.",
        "Posté sur le réseau [org X], anciennement [org Twitter=X].",
        "Le président américain est rentré à [place Washington].",
    });
}

TEST_CASE("names: given name and surname make a person") {
    check({
        "Hier, [person Djibril Camara] a ouvert son magasin.",
        "Selon [person Anne-Laure Martin], tout va bien.",
        "Pour [person Jean-Pierre Kowalski], c'est non.",
        "Le plan de [person Marie-Odile de La Tour] est prêt.",
        "On reconnaît [person Stéphane d’Ornano] au fond.",
        "On salue [person Bernadette van der Meer] ici.",
        "L'accord avec [person Nadia Ben Salah] tient.",
        "Un livre d'[person Idir Aït Ouali] paraît.",
        "La ferme de [person Yann Le Goff] brûle.",
        "Avec [person Fatima Zahra El Idrissi], elle part.",
        "Le but de [person Cheikh Tidiane Faye] suffit.",
        "Face à [person Claire Fontanel], il se tait.",
        "Un poème de [person Mathilde Roussin-Diarra] suit.",
        "Avec [person Rodrigue d'Hautefort], il plaide.",
        "La mairie remercie [person Mei-Lin Zhao] ce soir.",
        "La thèse de [person Nguyen Thi Lan] est primée.",
        "Un dîner avec [person Kim Jong-un] reste possible.",
        "Le roi [person Philippe VI] arrive.",
        "Un homme, [person Chérif C.], est arrêté.",
        "Des vers de [person Bérangère Okonkwo] ouvrent la séance.",
    });
}

TEST_CASE("names: initials before a surname") {
    check({
        "Le vice-président [person J. D. Vance] a parlé.",
        "Un message d'[person E. Dalmasso] est arrivé.",
        "Il a pris de la vitamine C. Le médecin approuve.",
    });
}

TEST_CASE("names: a title stands outside the name it announces") {
    check({
        "Puis M. [person Dupont] est sorti.",
        "Puis Mme [person Ndiaye] est entrée.",
        "La plainte de Me [person Vauquelin] est reçue.",
        "Le Dr [person Okafor] soigne.",
        "Hier, le président [person Lambotte] a signé.",
        "Selon le maire [person Quentric], rien ne presse.",
        "Puis Mme [person de Kersauson] est entrée.",
        "M. [person Le Goff] s'explique.",
        "Puis Mme [person N'Diaye] sort.",
        "Puis MM. [person Dupont], [person Durand] et [person Le Bihan] sortent.",
        "Le président de la commission a signé.",
        "Il me dit que tout va bien, et me Voici parti.",
    });
}

TEST_CASE("names: a verb of speech tells a person") {
    check({
        "« C'est fini », explique [person Lefebvre] en sortant.",
        "\"On verra\", soupire [person Wuillemin].",
        "« C'est fini », explique le patron.",
        "« Non », répond [org Greenpeace].",
        "Selon [person Lefebvre], rien ne presse. Selon le patron, si.",
        "[person Wuillemin] explique la règle.",
    });
}

TEST_CASE("names: an apposition tells a person") {
    check({
        "Hier, [person Thelma Okafor], maire de la ville, a tranché.",
        "Selon [person Wladimir Petrenko], 34 ans, c'est fini.",
        "[person Aïda], 9 ans, joue seule.",
        "Pour [person Ghjuvan-Battista Leca] (17 ans), la mer est loin.",
    });
}

TEST_CASE("names: the beginning of a sentence is weak evidence") {
    check({
        "Objectif affiché : la paix. Plusieurs voix s'élèvent. Durée prévue : onze mois.",
        "Mardi matin, rien. Personne ne répond.",
        "Policiers et manifestants se font face.",
        "Rose pâle, le ciel. Une rose et une pierre.",
        "- Vrai ou faux ?\n- Faux.",
    });
}

TEST_CASE("names: inhabitants, days, months and common capitals are no names") {
    check({
        "Les Français et les Genevois votent dimanche.",
        "La TVA et le SMIC augmentent, le PIB aussi.",
        "Son PDG et sa DRH parlent de la CSG.",
        "Le Premier ministre arrive.",
        "Au mois de Mai, les Belges rentrent.",
    });
}

TEST_CASE("names: a line all in capitals has no capitals") {
    check({
        "LE MAIRE ET LES ÉLÈVES PARTENT EN VOYAGE\nRien d'autre.",
        "[person ELON MUSK=Elon Musk] QUITTE [org TESLA=Tesla]\nRien d'autre.",
        "[person CAMARA=Djibril Camara] FERME SON MAGASIN\nHier, [person Djibril Camara] a fermé.",
        "RÉGIONS\nLe maire arrive.",
    });
}

TEST_CASE("names: organisations by a word before them") {
    check({
        "Le groupe [org Verdania] lève des fonds.",
        "La société [org Northlake] creuse.",
        "Le PDG de [org Northlake] creuse.",
        "Le syndicat [org Vélociti] proteste.",
        "L'association « [org Terres d'Ackerland] » fouille.",
        "Le groupe de travail se réunit.",
        "La société française va mal.",
    });
}

TEST_CASE("names: institutions by their first word") {
    check({
        "Le [org Centre national de la tapisserie] ouvre.",
        "L'[org Observatoire océanique des Mascareignes] mesure.",
        "Le [org ministère de l’Élevage] se tait.",
        "Le [org parquet de Limoges] enquête.",
        "La [org cour d'appel de Rennes] juge.",
        "Le [org tribunal correctionnel de Saint-Malo] tranche.",
        "Le [org Conseil économique des Ardennes] siège.",
        "Le tribunal a tranché, la préfecture aussi.",
        "Le ministre de l'Action et des Comptes publics parle.",
    });
}

TEST_CASE("names: organisations by their last word") {
    check({
        "Un disque chez [org Calanque Records] sort.",
        "La banque [org Alizé Capital] investit.",
        "Le vol de [org Corse Airlines] est annulé.",
    });
}

TEST_CASE("names: capitals name an organisation, a bracket introduces its acronym") {
    check({
        "Le [org SNPVX] appelle à la grève.",
        "L'[org Agence limousine de presse] ([org ALP=Agence limousine de presse]) existe. L'[org ALP=Agence limousine "
        "de presse] "
        "publie.",
        "La [org Fédération des marins pêcheurs] ([org FMP=Fédération des marins pêcheurs]) manifeste.",
        "Le produit intérieur brut (PIB) recule.",
    });
}

TEST_CASE("names: places by words, prepositions and shape") {
    check({
        "Il vit à [place Sinnamary] depuis un an.",
        "La ville de [place Pontarmel] s'endette.",
        "La région [place Nouvelle-Aquitaine] paie.",
        "Né à [place Saint-Brévent] en 1970.",
        "Un bouchon à [place Villeneuve-sur-Arbe] ce matin.",
        "Les bus de [place Saint-Amant-des-Vignes] roulent.",
        "Une usine, [place Loudéac] ([place Côtes-d’Armor=Côtes-d'Armor]), ferme.",
        "Il habite [place rue Soufflot], au fond.",
        "Rendez-vous [place place de la Comédie] à midi.",
        "Un bouchon sur l'[place A71] ce matin.",
        "Il grimpe sur la [place tour Montparnasse] en riant.",
        "Avec [person Florence Delattre], il part à [place Florence] demain.",
        "De [place Liège] à [place Mons], de [place Wavre] à [place Namur].",
        "Le maire de [place Ploumarec] démissionne.",
        "[place OAKLAND=Oakland], 12 mars - Le procès commence.",
        "C'est à [org OpenAI] et à [person Sam Altman] de répondre.",
    });
}

TEST_CASE("names: works in quotation marks, events by their word") {
    check({
        "Le film « [work Les Marées basses] » sort mercredi.",
        "Son roman \"[work La Nuit des quais]\" paraît.",
        "La [event loi Duplomb-Martin] est votée.",
        "L'[event opération Tempête] a échoué.",
        "Le plan B est prêt.",
    });
}

TEST_CASE("names: quotations in plus signs, hashtags, handles") {
    check({
        "Il se dit +[org Tesla]+ et rien d'autre.",
        "Les abonnés de [org Canal+] râlent.",
        "Un message de @ElonMusk circule.",
    });
}

TEST_CASE("names: a newspaper without its article") {
    check({
        "Lu dans les pages du journal [org Le Monde], un article du [org Monde=Le Monde] étonne.",
        "Le tour du monde en vélo.",
    });
}

TEST_CASE("names: a particle before a known name leads away from the person") {
    check({
        "Avec [person Masayoshi Son] de [org SoftBank], il signe.",
        "Le PDG d'[org OpenAI] est parti.",
        "Le lancement à la [org Maison Blanche] pour le projet [product Stargate] plaît.",
        "L'[org Assemblée nationale], [person Bertrand Le Goff] le sait.",
    });
}
