#include "indexer/commands.hpp"

int main(int argc, char** argv) { return limier::run_indexer({argv, static_cast<std::size_t>(argc)}); }
