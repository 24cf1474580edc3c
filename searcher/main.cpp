#include "searcher/commands.hpp"

int main(int argc, char** argv) { return limier::run_searcher({argv, static_cast<std::size_t>(argc)}); }
