#include <catch2/catch.hpp>

#include "searcher/query/parse.hpp"
#include "tests/common/english.hpp"

using namespace limier;

TEST_CASE("arguments: a value that the shell took the quotes from gets them back, a query stays") {
    struct Row {
        std::vector<std::string> arguments;
        std::string query;
    };
    const Row rows[] = {
        {{}, ""},
        {{"chat"}, "chat"},
        {{"chat", "chien"}, "chat chien"},
        {{"person:Elon Musk"}, "person:\"Elon Musk\""},
        {{"person:Elon Musk", "financement"}, "person:\"Elon Musk\" financement"},
        {{"-person:Elon Musk"}, "-person:\"Elon Musk\""},
        {{"+personne:Elon Musk"}, "+personne:\"Elon Musk\""},
        {{"person:Musk financement"}, "person:\"Musk financement\""},
        {{"person:Elon Musk^2"}, "person:\"Elon Musk\"^2"},
        {{"title:La vie, 10:30 ?"}, "title:\"La vie, 10:30 ?\""},
        {{"org:Société (SA) du Rhône"}, "org:Société (SA) du Rhône"},
        {{"amount:10 milliards..500 milliards"}, "amount:\"10 milliards\"..\"500 milliards\""},
        {{"amount:1e9..5 milliards"}, "amount:1e9..\"5 milliards\""},
        {{"amount:>=10 milliards"}, "amount:>=\"10 milliards\""},
        {{"date:14 janvier 2025"}, "date:\"14 janvier 2025\""},
        {{"person:Musk topic:financement"}, "person:Musk topic:financement"},
        {{"person:Musk \"réforme des retraites\""}, "person:Musk \"réforme des retraites\""},
        {{"person:\"Elon Musk\" OU chat"}, "person:\"Elon Musk\" OU chat"},
        {{"person:Musk OU person:Bezos"}, "person:Musk OU person:Bezos"},
        {{"person:Musk SAUF Tesla"}, "person:Musk SAUF Tesla"},
        {{"person:Musk -Tesla"}, "person:Musk -Tesla"},
        {{"person:Musk +Tesla"}, "person:Musk +Tesla"},
        {{"person:Musk (a b)"}, "person:Musk (a b)"},
        {{"person:(Musk OU Bezos)"}, "person:(Musk OU Bezos)"},
        {{"person:Mus* Tesla"}, "person:Mus* Tesla"},
        {{"person:Musk tesla~"}, "person:Musk tesla~"},
        {{"chat person:Musk"}, "chat person:Musk"},
        {{"persone:Elon Musk"}, "persone:Elon Musk"},
        {{"Retraites : la réforme"}, "Retraites : la réforme"},
        {{"title: la réforme"}, "title: la réforme"},
        {{"person:Musk "}, "person:Musk "},
        {{"chat noir"}, "chat noir"},
        {{"person:"}, "person:"},
        {{"", ":"}, ":"},
        {{"person:\xFF x"}, "person:\xFF x"},
    };
    for (const Row& row : rows) CHECK(join_arguments(row.arguments) == row.query);
}
