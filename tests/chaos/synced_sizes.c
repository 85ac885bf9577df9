// Preloaded into redis-server by the power cut test: fsync and fdatasync note how much of a file is on the disk, in a
// file of the same name in $RL_CUT_SYNCED. A pause before the real call widens the time in which a cut hurts.
// Must never be part of a product. Threading: any; one note per file.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef int (*sync_call)(int);

static void note(int file, long long size) {
    const char* folder = getenv("RL_CUT_SYNCED");
    char link[64], path[4096], target[4200];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (folder == NULL || length <= 0) {
        return;
    }
    path[length] = '\0';
    snprintf(target, sizeof target, "%s/%s", folder, strrchr(path, '/') + 1);
    char text[32];
    const int digits = snprintf(text, sizeof text, "%020lld", size);
    const int out = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (out >= 0) {
        if (pwrite(out, text, (size_t)digits, 0) != digits) {
            abort();
        }
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
    }
    return result;
}

int fsync(int file) { return sync_and_note(file, (sync_call)dlsym(RTLD_NEXT, "fsync")); }
int fdatasync(int file) { return sync_and_note(file, (sync_call)dlsym(RTLD_NEXT, "fdatasync")); }
