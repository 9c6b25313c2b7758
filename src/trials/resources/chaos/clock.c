/* Gives one program another time of day than the machine has, CLOCK_OFFSET seconds on: loaded by LD_PRELOAD. What is
   measured by the monotonic clock stays as it is, and so do waits: one until a time of day is put back to the machine's.
   (libfaketime 0.9.10 lets Object.wait of Java 17 return at once.) */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Seconds since the machine was started are fewer than this, those since 1970 more. */
#define LONGEST_UPTIME 1000000000L

static long offset(void) {
    const char *given = getenv("CLOCK_OFFSET");
    return given ? atol(given) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int failed = syscall(SYS_clock_gettime, clock, time);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += offset();
    return failed;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *time) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (time) *time = now.tv_sec;
    return now.tv_sec;
}

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
        const struct timespec *restrict until) {
    static int (*own)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    if (!own) own = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    struct timespec at = *until;
    if (at.tv_sec > LONGEST_UPTIME) at.tv_sec -= offset();
    return own(condition, mutex, &at);
}
