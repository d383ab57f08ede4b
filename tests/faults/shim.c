/* A library to preload: counts the changes that a program makes under one folder, and lets the one of a chosen number
 * fail, or kills the program before it. Files are told by their names, so it works for whatever the program is made of.
 *
 * FAULT_PLAN names a file that holds a struct plan, shared by the program and all of its processes: whoever writes there
 * may change the plan of a program that is running already.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

struct plan {
    _Atomic unsigned long count; /* calls of these kinds so far */
    unsigned long at;            /* the number of the call that fails, from 1; 0 only counts */
    unsigned long lasts;         /* 1: every later call fails too (a disk stays full); not for kill */
    char kinds[8];               /* any of n (names: rename, link, symlink, mkdir, unlink), w (write), s (fsync) */
    char what[16];               /* kill, ENOSPC or EIO; list: nothing fails, the names go to FAULT_PLAN.calls */
    char without[256];           /* names of what lies in the folder and does not count, each followed by a line break */
    char root[3800];             /* the folder; changes elsewhere are neither counted nor touched */
    long group;                  /* what a kill takes besides whoever makes the call; 0: the caller's own group */
};

static struct plan *plan;
static char list[PATH_MAX];

__attribute__((constructor)) static void begin(void) {
    const char *place = getenv("FAULT_PLAN");
    if (!place || snprintf(list, sizeof list, "%s.calls", place) >= (int)sizeof list) return;
    int file = open(place, O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    void *page = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) plan = page;
    close(file);
}

static void note(const char *path) {
    char line[PATH_MAX * 2 + 1];
    int file = open(list, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int length = snprintf(line, sizeof line, "%s\n", path);
    syscall(SYS_write, file, line, length);
    close(file);
}

static int is_inside(const char *path) {
    char whole[PATH_MAX * 2];
    if (!path) return 0;
    if (*path != '/') {
        if (!getcwd(whole, PATH_MAX)) return 0;
        strncat(whole, "/", sizeof whole - strlen(whole) - 1);
        strncat(whole, path, sizeof whole - strlen(whole) - 1);
        path = whole;
    }
    size_t length = strlen(plan->root);
    if (!length || strncmp(path, plan->root, length) || (path[length] && path[length] != '/')) return 0;
    const char *name = path[length] ? path + length + 1 : "";
    size_t size = strcspn(name, "/");
    for (const char *one = plan->without; size && *one; one = strchr(one, '\n') + 1)
        if (!strncmp(one, name, size) && one[size] == '\n') return 0;
    if (!strcmp(plan->what, "list")) note(path);
    return 1;
}

static int is_inside_file(int file) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_inside(path);
}

/* Tells whether this call has to fail; errno then says how. */
static int fails(void) {
    unsigned long now = atomic_fetch_add(&plan->count, 1) + 1;
    if (!plan->at || (plan->lasts ? now < plan->at : now != plan->at)) return 0;
    if (!strcmp(plan->what, "kill")) {
        kill(-(pid_t)plan->group, SIGKILL);
        kill(getpid(), SIGKILL);
    }
    errno = !strcmp(plan->what, "EIO") ? EIO : ENOSPC;
    return 1;
}

static int counts(char kind) { return plan && strchr(plan->kinds, kind); }
static int fails_at(char kind, int folder, const char *path) {
    if (!counts(kind)) return 0;
    int is_here = path && *path != '/' && folder != AT_FDCWD ? is_inside_file(folder) : is_inside(path);
    return is_here && fails();
}
static int fails_on(char kind, int file) { return counts(kind) && is_inside_file(file) && fails(); }

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    return fails_at('n', AT_FDCWD, to) ? -1 : real(from, to);
}
int renameat(int a, const char *from, int b, const char *to) {
    REAL(int, renameat, int, const char *, int, const char *);
    return fails_at('n', b, to) ? -1 : real(a, from, b, to);
}
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    REAL(int, renameat2, int, const char *, int, const char *, unsigned);
    return fails_at('n', b, to) ? -1 : real(a, from, b, to, flags);
}
int link(const char *from, const char *to) {
    REAL(int, link, const char *, const char *);
    return fails_at('n', AT_FDCWD, to) ? -1 : real(from, to);
}
int linkat(int a, const char *from, int b, const char *to, int flags) {
    REAL(int, linkat, int, const char *, int, const char *, int);
    return fails_at('n', b, to) ? -1 : real(a, from, b, to, flags);
}
int symlink(const char *to, const char *path) {
    REAL(int, symlink, const char *, const char *);
    return fails_at('n', AT_FDCWD, path) ? -1 : real(to, path);
}
int symlinkat(const char *to, int folder, const char *path) {
    REAL(int, symlinkat, const char *, int, const char *);
    return fails_at('n', folder, path) ? -1 : real(to, folder, path);
}
int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    return fails_at('n', AT_FDCWD, path) ? -1 : real(path, mode);
}
int mkdirat(int folder, const char *path, mode_t mode) {
    REAL(int, mkdirat, int, const char *, mode_t);
    return fails_at('n', folder, path) ? -1 : real(folder, path, mode);
}
int unlink(const char *path) {
    REAL(int, unlink, const char *);
    if (counts('n') && is_inside(path) && (!strcmp(plan->what, "kill") || !plan->at) && fails()) return -1;
    return real(path);
}
int fsync(int file) {
    REAL(int, fsync, int);
    return fails_on('s', file) ? -1 : real(file);
}
int fdatasync(int file) {
    REAL(int, fdatasync, int);
    return fails_on('s', file) ? -1 : real(file);
}
ssize_t write(int file, const void *bytes, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    return fails_on('w', file) ? -1 : real(file, bytes, size);
}
ssize_t pwrite(int file, const void *bytes, size_t size, off_t place) {
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    return fails_on('w', file) ? -1 : real(file, bytes, size, place);
}
ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t place) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    return fails_on('w', file) ? -1 : real(file, bytes, size, place);
}
ssize_t writev(int file, const struct iovec *parts, int count) {
    REAL(ssize_t, writev, int, const struct iovec *, int);
    return fails_on('w', file) ? -1 : real(file, parts, count);
}
int ftruncate(int file, off_t size) {
    REAL(int, ftruncate, int, off_t);
    return fails_on('w', file) ? -1 : real(file, size);
}
int ftruncate64(int file, off64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    return fails_on('w', file) ? -1 : real(file, size);
}
