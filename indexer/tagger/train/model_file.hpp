// Writes a fitted model as the bytes that SequenceModel reads.
#pragma once

#include <string>
#include <string_view>

#include "indexer/tagger/train/crf.hpp"

namespace limier {

/// The model quantised, with `account` in its head. Features whose weights all round to nothing are left out, and of
/// more than a bucket holds those with the least weights. At most `buckets` buckets, a power of two.
std::string model_bytes(const FittedModel& model, std::string_view account, std::uint32_t buckets);

}  // namespace limier
