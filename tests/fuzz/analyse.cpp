// Any bytes as text: tokens lie in it in order, its forms are sound, and a second look gives the same.
#include <cstdint>
#include <string>
#include <vector>

#include "common/text/fold.hpp"
#include "common/text/french.hpp"
#include "common/text/utf8.hpp"
#include "tests/fuzz/require.hpp"

using namespace limier;

namespace {

bool on_border(const std::string& text, std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = clean_utf8(std::string(data, data + size)).text;
    require(is_utf8(text));
    require(is_utf8(fold(text)));
    require(fold_key(fold_key(text)) == fold_key(text));
    static Analyser analyser;
    std::vector<Token> tokens, again;
    analyser.analyse(text, tokens);
    analyser.analyse(text, again);
    require(tokens.size() == again.size());
    std::uint32_t next = 0, end = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        require(token.form == again[i].form && token.begin == again[i].begin && token.end == again[i].end);
        require(token.begin < token.end && token.end <= text.size());
        require(on_border(text, token.begin) && on_border(text, token.end));
        const Form& form = analyser.form(token.form);
        require(is_utf8(form.text) && !form.term.empty() && form.term.size() <= 200);
        if (token.overlay) {
            require(i > 0 && token.position + 1 == next);
            continue;
        }
        require(token.position == next && token.begin >= end);
        end = token.end;
        ++next;
    }
    return 0;
}
