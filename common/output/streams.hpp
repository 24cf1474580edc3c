// The standard streams of a program, in a state in which nothing done to them can end it or reach a wrong file.
#pragma once

namespace limier {

/// To be called first. A pipe without a reader and a file at its size limit become errors of the write; a standard
/// stream that the caller closed stays one that cannot be read or written.
void begin_streams();

}  // namespace limier
