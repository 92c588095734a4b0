/* Stands between a program and the C library: counts what is synced to a file named *-wal or *-journal, lets such
 * files be full while the file named by FAULT_FULL exists, and SQLite's files be on a read-only disk while the file
 * named by FAULT_READ_ONLY does. Built and preloaded by tests/faults. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int logged(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return (n > 4 && !strcmp(path + n - 4, "-wal")) || (n > 8 && !strcmp(path + n - 8, "-journal"));
}

static void count(int fd) {
    const char *name = getenv("FAULT_SYNCS");
    if (!name || !logged(fd)) return;
    int out = open(name, O_WRONLY | O_APPEND | O_CREAT, 0600);
    if (out < 0) return;
    static ssize_t (*next)(int, const void *, size_t);
    if (!next) next = dlsym(RTLD_NEXT, "write");
    next(out, ".", 1);
    close(out);
}

static int full(int fd) {
    const char *name = getenv("FAULT_FULL");
    return name && !access(name, F_OK) && logged(fd);
}

static int of_sqlite(const char *path) { return path && strstr(path, ".sqlite3") != NULL; }

static int read_only(void) {
    const char *name = getenv("FAULT_READ_ONLY");
    return name && !access(name, F_OK);
}

static int open_of_sqlite(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return of_sqlite(path);
}

#define OPEN(name)                                                                            \
    int name(const char *path, int flags, ...) {                                              \
        static int (*next)(const char *, int, ...);                                           \
        if (!next) next = dlsym(RTLD_NEXT, #name);                                            \
        va_list rest;                                                                         \
        va_start(rest, flags);                                                                \
        mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;                           \
        va_end(rest);                                                                         \
        if ((flags & O_ACCMODE) != O_RDONLY && of_sqlite(path) && read_only()) {              \
            errno = EROFS;                                                                    \
            return -1;                                                                        \
        }                                                                                     \
        return next(path, flags, mode);                                                       \
    }

OPEN(open)
OPEN(open64)

int fsync(int fd) {
    static int (*next)(int);
    if (!next) next = dlsym(RTLD_NEXT, "fsync");
    int result = next(fd);
    if (!result) count(fd);
    return result;
}

int fdatasync(int fd) {
    static int (*next)(int);
    if (!next) next = dlsym(RTLD_NEXT, "fdatasync");
    int result = next(fd);
    if (!result) count(fd);
    return result;
}

#define UNLESS_FULL(name, type, ...)                          \
    static ssize_t (*next) type;                              \
    if (!next) next = dlsym(RTLD_NEXT, name);                 \
    if (full(fd)) { errno = ENOSPC; return -1; }              \
    if (open_of_sqlite(fd) && read_only()) { errno = EROFS; return -1; } \
    return next(__VA_ARGS__)

ssize_t write(int fd, const void *data, size_t size) {
    UNLESS_FULL("write", (int, const void *, size_t), fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    UNLESS_FULL("pwrite", (int, const void *, size_t, off_t), fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    UNLESS_FULL("pwrite64", (int, const void *, size_t, off64_t), fd, data, size, at);
}
