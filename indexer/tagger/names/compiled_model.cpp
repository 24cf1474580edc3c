#include "indexer/tagger/names/compiled_model.hpp"

// As the lexicons are (lexicon.cpp). A bucket of the model is a line of the cache.
asm(".section .rodata\n"
    ".balign 64\n"
    ".global names_model\nnames_model:\n.incbin \"names.bin\"\n"
    ".global names_model_end\nnames_model_end:\n.byte 0\n.previous\n");
extern "C" const char names_model[], names_model_end[];

namespace limier {

std::string_view compiled_model() { return {names_model, static_cast<std::size_t>(names_model_end - names_model)}; }

}  // namespace limier
