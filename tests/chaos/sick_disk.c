// Preloaded by tests/chaos: a disk that is full, or that fails, for the files below a folder.
//
// The file RL_DISK_TROUBLE holds one byte, read anew each time: 'N' = a write ends with ENOSPC, 'S' = the first half of a
// write arrives and the rest ends with ENOSPC, 'E' = fsync ends with EIO. Any other byte: the disk is well. Only files
// whose path has RL_DISK_PLACE in it are touched. Must never be part of a product. Threading: any.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

static const volatile char* trouble(void) {
    static const volatile char* seen = NULL;
    static const char well = ' ';
    if (seen == NULL) {
        const char* path = getenv("RL_DISK_TROUBLE");
        const int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
        void* memory = file < 0 ? MAP_FAILED : mmap(NULL, 1, PROT_READ, MAP_SHARED, file, 0);
        if (file >= 0) {
            close(file);
        }
        seen = memory == MAP_FAILED ? &well : (const volatile char*)memory;
    }
    return seen;
}

static int is_there(int file) {
    const char* place = getenv("RL_DISK_PLACE");
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (place == NULL || length <= 0) {
        return 0;
    }
    path[length] = '\0';
    return strstr(path, place) != NULL;
}

// How much of it may be written; -1: all.
static ssize_t room(int file, size_t size) {
    const char what = *trouble();
    if ((what != 'N' && what != 'S') || !is_there(file)) {
        return -1;
    }
    return what == 'N' ? 0 : (ssize_t)(size / 2);
}

ssize_t write(int file, const void* bytes, size_t size) {
    static ssize_t (*real)(int, const void*, size_t);
    if (real == NULL) {
        real = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
    }
    const ssize_t fits = room(file, size);
    if (fits == 0) {
        errno = ENOSPC;
        return -1;
    }
    return real(file, bytes, fits < 0 ? size : (size_t)fits);
}

static ssize_t write_at(int file, const void* bytes, size_t size, off_t at, const char* name) {
    ssize_t (*const real)(int, const void*, size_t, off_t) =
        (ssize_t(*)(int, const void*, size_t, off_t))dlsym(RTLD_NEXT, name);
    const ssize_t fits = room(file, size);
    if (fits == 0) {
        errno = ENOSPC;
        return -1;
    }
    return real(file, bytes, fits < 0 ? size : (size_t)fits, at);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
    return write_at(file, bytes, size, at, "pwrite");
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off_t at) {
    return write_at(file, bytes, size, at, "pwrite64");
}

static int sync_of(int file, const char* name) {
    int (*const real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (*trouble() == 'E' && is_there(file)) {
        errno = EIO;
        return -1;
    }
    return real(file);
}

int fsync(int file) { return sync_of(file, "fsync"); }
int fdatasync(int file) { return sync_of(file, "fdatasync"); }
