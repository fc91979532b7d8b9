/* Notes each write, truncation, sync, name and acknowledgement below CRASH_DIR in CRASH_LOG, in the order
 * in which the disk was asked. Loaded before everything else: LD_PRELOAD. Shared memory (-shm) is left out,
 * since it does not outlive a power cut. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FDS 4096
#define FILES 4096
#define NOT_OURS 0
#define FOLDER 1
#define FIRST_FILE 2

static pthread_mutex_t turn = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int kind_of[FDS], log_fd = -1, files = FIRST_FILE;
static ino_t inode_of[FILES];
static const char *folder;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void __attribute__((constructor)) begin(void) {
    folder = getenv("CRASH_DIR");
    int (*plain_open)(const char *, int, ...) = real("open64");
    const char *log = getenv("CRASH_LOG");
    if (folder && log) log_fd = plain_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void note(char what, int file, uint64_t at, const void *bytes, uint32_t length) {
    ssize_t (*plain_write)(int, const void *, size_t) = real("write");
    char head[20];
    uint32_t number = (uint32_t)file;
    memset(head, 0, sizeof head);
    head[0] = what;
    memcpy(head + 4, &number, 4);
    memcpy(head + 8, &at, 8);
    memcpy(head + 16, &length, 4);
    if (log_fd < 0) return;
    if (plain_write(log_fd, head, sizeof head) != sizeof head) abort();
    if (length && plain_write(log_fd, bytes, length) != (ssize_t)length) abort();
}

static const char *name_in_folder(const char *path) {
    size_t length = folder ? strlen(folder) : 0;
    if (!length || !path || strncmp(path, folder, length) || path[length] != '/') return NULL;
    const char *name = path + length + 1, *end = name + strlen(name);
    if (strchr(name, '/') || (end - name > 4 && !strcmp(end - 4, "-shm"))) return NULL;
    return name;
}

static int known_file(ino_t inode) {
    for (int file = FIRST_FILE; file < files; file++)
        if (inode_of[file] == inode) return file;
    return 0;
}

static int new_file(ino_t inode) {
    if (files == FILES) abort();
    inode_of[files] = inode;
    return files++;
}

static int file_at(const char *path, int *links) {
    struct stat found;
    if (lstat(path, &found)) return 0;
    *links = (int)found.st_nlink;
    return known_file(found.st_ino);
}

/* Once the last name is gone, another file may get the same inode. */
static void forget(int file, int links) {
    if (file && links == 1) inode_of[file] = 0;
}

static void opened(const char *path, int fd, int was_there) {
    struct stat found;
    const char *name = name_in_folder(path);
    if (fd < 0 || fd >= FDS) return;
    kind_of[fd] = folder && !strcmp(path, folder) ? FOLDER : NOT_OURS;
    if (!name || fstat(fd, &found)) return;
    kind_of[fd] = known_file(found.st_ino);
    if (!kind_of[fd]) kind_of[fd] = new_file(found.st_ino);
    if (!was_there) note('C', kind_of[fd], 0, name, strlen(name));
}

#define OPENING(function)                                                     \
    int function(const char *path, int flags, ...) {                          \
        int (*plain)(const char *, int, ...) = real(#function);               \
        va_list more;                                                         \
        va_start(more, flags);                                                \
        int mode = (flags & O_CREAT) ? va_arg(more, int) : 0;                 \
        va_end(more);                                                         \
        pthread_mutex_lock(&turn);                                            \
        int was_there = access(path, F_OK) == 0;                              \
        int fd = plain(path, flags, mode);                                    \
        opened(path, fd, was_there);                                          \
        if (fd >= 0 && fd < FDS && kind_of[fd] >= FIRST_FILE && (flags & O_TRUNC)) \
            note('T', kind_of[fd], 0, NULL, 0);                               \
        pthread_mutex_unlock(&turn);                                          \
        return fd;                                                            \
    }
OPENING(open)
OPENING(open64)

int close(int fd) {
    int (*plain)(int) = real("close");
    pthread_mutex_lock(&turn);
    if (fd >= 0 && fd < FDS) kind_of[fd] = NOT_OURS;
    int done = plain(fd);
    pthread_mutex_unlock(&turn);
    return done;
}

static int ours(int fd) { return fd >= 0 && fd < FDS && kind_of[fd] >= FIRST_FILE ? kind_of[fd] : 0; }

#define WRITING(function)                                                     \
    ssize_t function(int fd, const void *bytes, size_t count, off_t at) {     \
        ssize_t (*plain)(int, const void *, size_t, off_t) = real(#function); \
        pthread_mutex_lock(&turn);                                            \
        ssize_t done = plain(fd, bytes, count, at);                           \
        if (ours(fd) && done > 0) note('W', ours(fd), (uint64_t)at, bytes, (uint32_t)done); \
        pthread_mutex_unlock(&turn);                                          \
        return done;                                                          \
    }
WRITING(pwrite)
WRITING(pwrite64)

ssize_t write(int fd, const void *bytes, size_t count) {
    ssize_t (*plain)(int, const void *, size_t) = real("write");
    pthread_mutex_lock(&turn);
    off_t at = ours(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = plain(fd, bytes, count);
    if (ours(fd) && done > 0) note('W', ours(fd), (uint64_t)at, bytes, (uint32_t)done);
    pthread_mutex_unlock(&turn);
    return done;
}

#define TRUNCATING(function)                                                  \
    int function(int fd, off_t length) {                                      \
        int (*plain)(int, off_t) = real(#function);                           \
        pthread_mutex_lock(&turn);                                            \
        int done = plain(fd, length);                                         \
        if (ours(fd) && !done) note('T', ours(fd), (uint64_t)length, NULL, 0); \
        pthread_mutex_unlock(&turn);                                          \
        return done;                                                          \
    }
TRUNCATING(ftruncate)
TRUNCATING(ftruncate64)

#define SYNCING(function)                                                     \
    int function(int fd) {                                                    \
        int (*plain)(int) = real(#function);                                  \
        pthread_mutex_lock(&turn);                                            \
        int done = plain(fd);                                                 \
        if (!done && ours(fd)) note('S', ours(fd), 0, NULL, 0);               \
        if (!done && fd >= 0 && fd < FDS && kind_of[fd] == FOLDER) note('D', 0, 0, NULL, 0); \
        pthread_mutex_unlock(&turn);                                          \
        return done;                                                          \
    }
SYNCING(fsync)
SYNCING(fdatasync)

int unlink(const char *path) {
    int (*plain)(const char *) = real("unlink");
    pthread_mutex_lock(&turn);
    int links = 0, file = file_at(path, &links);
    int done = plain(path);
    const char *name = name_in_folder(path);
    if (!done && name) {
        note('U', 0, 0, name, strlen(name));
        forget(file, links);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

int link(const char *from, const char *to) {
    int (*plain)(const char *, const char *) = real("link");
    pthread_mutex_lock(&turn);
    int links = 0, done = plain(from, to);
    const char *name = name_in_folder(to);
    if (!done && name) note('C', file_at(to, &links), 0, name, strlen(name));
    pthread_mutex_unlock(&turn);
    return done;
}

/* One step on the disk: the new name is there and the old one gone, or neither. */
int rename(const char *from, const char *to) {
    int (*plain)(const char *, const char *) = real("rename");
    pthread_mutex_lock(&turn);
    int links = 0, old = file_at(to, &links), done = plain(from, to), ignored = 0;
    const char *name = name_in_folder(to), *left = name_in_folder(from);
    if (!done && name && left) {
        char both[1024];
        int length = snprintf(both, sizeof both, "%s/%s", left, name);
        note('R', file_at(to, &ignored), 0, both, (uint32_t)length);
        forget(old, links);
    }
    pthread_mutex_unlock(&turn);
    return done;
}
