// The parts of an index in a match: what was removed of them, and which one Xapian is at.
#pragma once

#include "common/store.hpp"

namespace limier {

/// A match over an index of several parts. Xapian 1.4 walks the parts one after the other, and gives a KeyMaker,
/// MatchDecider or MatchSpy the number of a document in its part without saying which. What it asks first in a part is
/// a posting source here, which knows. Lifetime: the index must outlive it, and it the match. Not thread-safe.
class PartsInMatch {
 public:
    explicit PartsInMatch(const Index& index) : index_(index) {}

    /// The query without what was removed; to be matched in place of it.
    Xapian::Query guard(const Xapian::Query& query) const;

    /// Where a document is that Xapian calls back with, and its number in the index.
    Index::Place place(const Xapian::Document& document) const {
        return {&index_.segments()[at_].segment, document.get_docid() - 1, at_};
    }
    Xapian::docid number(const Xapian::Document& document) const {
        return index_.document(at_, document.get_docid() - 1);
    }

 private:
    class Source;
    const Index& index_;
    mutable std::size_t at_ = 0;  ///< the part that the match is at
};

}  // namespace limier
