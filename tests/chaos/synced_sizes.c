// Preloaded into redis-server and the server by the power cut tests: fsync and fdatasync note how much of a file is on the
// disk, in a file of the same name in $RL_CUT_SYNCED. A pause before the real call widens the time in which a cut hurts.
//
// A file that does not grow but is written in its midst (the spool) is told by $RL_CUT_UNDO, a part of its path: each
// pwrite notes first what stood there, in NAME.undo: offset and length (8 bytes each, little-endian), and the old bytes.
// A sync that went well empties it. power_cut.py takes back what is in it.
// Must never be part of a product. Threading: any for the sizes; of a file with an undo one thread at a time.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef int (*sync_call)(int);
typedef ssize_t (*pwrite_call)(int, const void*, size_t, off_t);

// Where it is noted; 0: nowhere. `path` is the file's own.
static int place_of(int file, const char* ending, char path[4096], char target[8400]) {
    const char* folder = getenv("RL_CUT_SYNCED");
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, path, 4095);
    if (folder == NULL || length <= 0) {
        return 0;
    }
    path[length] = '\0';
    snprintf(target, 8400, "%s/%s%s", folder, strrchr(path, '/') + 1, ending);
    return 1;
}

static int has_undo(const char* path) {
    const char* part = getenv("RL_CUT_UNDO");
    return part != NULL && part[0] != '\0' && strstr(path, part) != NULL;
}

static void must(int done) {
    if (!done) {
        abort();
    }
}

static void note_old(int file, size_t size, off_t at) {
    char path[4096], target[8400];
    if (!place_of(file, ".undo", path, target) || !has_undo(path)) {
        return;
    }
    const size_t whole = 16 + size;
    char* record = malloc(whole);
    must(record != NULL);
    const unsigned long long numbers[2] = {(unsigned long long)at, size};
    memcpy(record, numbers, sizeof numbers);
    must(pread(file, record + 16, size, at) == (ssize_t)size);
    const int out = open(target, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    must(out >= 0 && write(out, record, whole) == (ssize_t)whole);
    close(out);
    free(record);
}

static void forget_old(int file) {
    char path[4096], target[8400];
    if (place_of(file, ".undo", path, target) && has_undo(path)) {
        must(truncate(target, 0) == 0 || access(target, F_OK) != 0);
    }
}

static ssize_t note_and_write(int file, const void* bytes, size_t size, off_t at, const char* name) {
    note_old(file, size, at);
    return ((pwrite_call)dlsym(RTLD_NEXT, name))(file, bytes, size, at);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
    return note_and_write(file, bytes, size, at, "pwrite");
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off_t at) {
    return note_and_write(file, bytes, size, at, "pwrite64");
}

static void note(int file, long long size) {
    char path[4096], target[8400], text[32];
    if (!place_of(file, "", path, target)) {
        return;
    }
    const int digits = snprintf(text, sizeof text, "%020lld", size);
    const int out = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (out >= 0) {
        must(((pwrite_call)dlsym(RTLD_NEXT, "pwrite"))(out, text, (size_t)digits, 0) == digits);
        close(out);
    }
}

static int sync_and_note(int file, sync_call real) {
    struct stat before;
    if (fstat(file, &before) != 0) {
        return real(file);
    }
    usleep(2000);
    const int result = real(file);
    if (result == 0) {
        note(file, (long long)before.st_size);
        forget_old(file);
    }
    return result;
}

int fsync(int file) { return sync_and_note(file, (sync_call)dlsym(RTLD_NEXT, "fsync")); }
int fdatasync(int file) { return sync_and_note(file, (sync_call)dlsym(RTLD_NEXT, "fdatasync")); }
