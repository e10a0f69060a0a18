# find_package(carillon) gives the target carillon::carillon: headers only, C++17, threads.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
if(NOT TARGET carillon::carillon)
    get_filename_component(_carillon_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
    add_library(carillon::carillon INTERFACE IMPORTED)
    set_target_properties(carillon::carillon PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${_carillon_prefix}/include"
        INTERFACE_COMPILE_FEATURES cxx_std_17
        INTERFACE_LINK_LIBRARIES Threads::Threads)
    unset(_carillon_prefix)
endif()
