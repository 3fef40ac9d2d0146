/* The clock on the wall of one process, off by the seconds that stand as text in the file CHAOS_CLOCK. What measures durations is left alone, as a step of
   a real clock leaves it; libfaketime does not, and then no wait of the runtime ends when it should. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int (*real_clock)(clockid_t, struct timespec *);
static int file = -1;
static time_t looked, off;

__attribute__((constructor)) static void begin(void) {
  const char *name = getenv("CHAOS_CLOCK");
  real_clock = dlsym(RTLD_NEXT, "clock_gettime");
  if (name) file = open(name, O_RDONLY | O_CLOEXEC);
}

int clock_gettime(clockid_t which, struct timespec *at) {
  if (!real_clock) real_clock = dlsym(RTLD_NEXT, "clock_gettime");
  int result = real_clock(which, at);
  if (result || file < 0 || (which != CLOCK_REALTIME && which != CLOCK_REALTIME_COARSE)) return result;
  if (at->tv_sec != looked) {
    char text[32] = {0};
    looked = at->tv_sec;
    if (pread(file, text, sizeof text - 1, 0) > 0) off = atoll(text);
  }
  at->tv_sec += off;
  return 0;
}

int gettimeofday(struct timeval *at, void *zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}
