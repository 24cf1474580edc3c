# What is installed beside the programs, and the packages that cpack makes of it. Included by the topmost CMakeLists.txt.
find_program(GZIP gzip REQUIRED)

# Man pages and completions come from the programs' own option tables.
set(share ${PROJECT_BINARY_DIR}/share)
file(MAKE_DIRECTORY ${share})
foreach(program indexer searcher)
  set(run ${CMAKE_COMMAND} -E env LC_ALL=C.UTF-8 $<TARGET_FILE:${program}>)
  set(run_in_french ${CMAKE_COMMAND} -E env LC_ALL=fr_FR.UTF-8 $<TARGET_FILE:${program}>)
  add_custom_command(
    OUTPUT ${share}/${program}.1.gz ${share}/${program}.fr.1.gz ${share}/${program}.bash ${share}/_${program} ${share}/${program}.fish
    COMMAND ${run} --man > ${share}/${program}.1
    COMMAND ${run_in_french} --man > ${share}/${program}.fr.1
    COMMAND ${GZIP} -9nf ${share}/${program}.1 ${share}/${program}.fr.1
    COMMAND ${run} --completion bash > ${share}/${program}.bash
    COMMAND ${run} --completion zsh > ${share}/_${program}
    COMMAND ${run} --completion fish > ${share}/${program}.fish
    DEPENDS ${program})
  list(APPEND shared_files ${share}/${program}.1.gz)
  install(FILES ${share}/${program}.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${share}/${program}.fr.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/fr/man1 RENAME ${program}.1.gz)
  install(FILES ${share}/${program}.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME ${program})
  install(FILES ${share}/_${program} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
  install(FILES ${share}/${program}.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endforeach()

# The changelog in Debian's form; the date is that of the configuration, or SOURCE_DATE_EPOCH.
set(doc ${CMAKE_INSTALL_DATADIR}/doc/limier)
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${CMAKE_CURRENT_LIST_DIR}/changelog.in ${share}/changelog @ONLY)
add_custom_command(OUTPUT ${share}/changelog.gz COMMAND ${GZIP} -9nkf ${share}/changelog DEPENDS ${share}/changelog)
add_custom_target(manual ALL DEPENDS ${shared_files} ${share}/changelog.gz)
install(FILES ${share}/changelog.gz ${CMAKE_CURRENT_LIST_DIR}/copyright ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${PROJECT_SOURCE_DIR}/LICENSE
        DESTINATION ${doc})
install(FILES ${CMAKE_CURRENT_LIST_DIR}/lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides RENAME limier)

set(CPACK_GENERATOR TGZ DEB)
set(CPACK_PACKAGE_NAME limier)
set(CPACK_PACKAGE_CONTACT "The authors of Limier <limier@limier.invalid>")
set(CPACK_PACKAGE_DESCRIPTION
"Limier reads a folder of articles once, understands French (elisions, accents,
inflections, numbers, inclusive writing), finds who and what each is about
(persons, organisations, places, amounts, dates, topics), and answers ranked
and faceted queries on the command line, in a dialogue, or in a pipeline.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "poppler-utils, less")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gnuplot-nox, xdg-utils, xapian-tools")
include(CPack)
