// The searcher's ways of running: one query, a batch, or a dialogue; main.cpp only calls run_searcher.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "common/cli.hpp"
#include "common/result.hpp"
#include "searcher/output.hpp"
#include "searcher/search.hpp"

namespace limier {

enum SearchStatus { k_some_hit = 0, k_no_hit = 1, k_search_error = 2 };

/// What the command line asks of every query of a run.
struct RunOptions {
    std::vector<std::filesystem::path> dbs;
    ServerOptions servers;
    SearchRequest request;  ///< without query and qid
    std::string format = "text";
    OutputOptions output;
    std::vector<std::string> synonyms;  ///< files
    std::string timeline_file;          ///< of the picture; empty where none is wanted
    bool count_only = false;
    std::size_t jobs = 0;      ///< threads of a batch; 0: one for each processor
    bool match_given = false;  ///< an explicit --match is never relaxed
};

/// Reads the options of a run. Errors: usage.
Result<RunOptions> run_options(const CommandLine& line, bool batch);

/// Has a search fill what a format shows.
void fill_for(SearchRequest& request, std::string_view format);

/// What prints the results of a run. Errors: as make_formatter and make_concordance.
Result<std::unique_ptr<Formatter>> formatter_of(const RunOptions& options);

/// Runs the program. Returns its exit status.
int run_searcher(std::span<const char* const> argv);

}  // namespace limier
