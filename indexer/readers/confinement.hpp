// What a process gives up before it reads a file that may be hostile. The only user of libseccomp.
#pragma once

#include <cstdint>
#include <string>

namespace limier {

/// Takes from this process, for good: opening files, starting programs and processes, sockets, signals to others, all
/// but what it needs to read and write what is open and to take memory; core files; more than `address_space` bytes of
/// memory (not under sanitizers, which take terabytes). Empty, or why the kernel cannot refuse these calls: then the
/// limits alone hold. Precondition: one thread.
std::string give_up_rights(std::uint64_t address_space);

}  // namespace limier
