# Every outside library the house uses, once. All come from Debian 12.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url system)
find_package(ICU REQUIRED COMPONENTS uc i18n data)
find_package(OpenSSL REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(date REQUIRED)
find_package(GTest REQUIRED)
find_package(mimalloc 2.0 REQUIRED)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(sndfile REQUIRED IMPORTED_TARGET sndfile)
pkg_check_modules(soxr REQUIRED IMPORTED_TARGET soxr)
pkg_check_modules(ebur128 REQUIRED IMPORTED_TARGET libebur128)

# Asio and Beast: no deprecated parts, templates instantiated once (redis/asio.cpp, gateway/http/beast.cpp), TLS from
# OpenSSL. asio_impl carries the definitions, so that no user can compile Asio in another way than its one object.
add_library(asio_impl STATIC redis/asio.cpp)
target_link_libraries(asio_impl PUBLIC Boost::headers Boost::system Threads::Threads OpenSSL::SSL OpenSSL::Crypto)
target_compile_definitions(asio_impl PUBLIC BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION
    BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_DISABLE_BOOST_COROUTINE)
add_library(rightsline_asio INTERFACE)
target_link_libraries(rightsline_asio INTERFACE asio_impl)

# libphonenumber's -dev package pulls another Boost, so only its headers are unpacked (deploy/lib/phonenumber-headers).
set(RIGHTSLINE_PHONENUMBER_HEADERS "" CACHE PATH "Folder that holds phonenumbers/phonenumberutil.h")
find_path(PHONENUMBER_INCLUDE phonenumbers/phonenumberutil.h
    HINTS "${RIGHTSLINE_PHONENUMBER_HEADERS}" "$ENV{HOME}/.cache/rightsline/phonenumber/usr/include"
          "/var/cache/rightsline/phonenumber/usr/include" REQUIRED)
find_library(PHONENUMBER_LIBRARY NAMES phonenumber libphonenumber.so.8 REQUIRED)
pkg_check_modules(protobuf REQUIRED IMPORTED_TARGET protobuf)
add_library(rightsline_phonenumber INTERFACE)
target_include_directories(rightsline_phonenumber SYSTEM INTERFACE "${PHONENUMBER_INCLUDE}")
target_link_libraries(rightsline_phonenumber INTERFACE "${PHONENUMBER_LIBRARY}" PkgConfig::protobuf)
