/* Starts a program N times, at most P at a time, and prints the nanoseconds from the first start to the last end. */
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv)
{
    int total = atoi(argv[1]), parallel = atoi(argv[2]), running = 0, status;
    char *arguments[] = { "/usr/bin/true", NULL };
    long long begin = now();
    for (int started = 0; started < total;) {
        pid_t id;
        if (running < parallel) {
            if (posix_spawn(&id, arguments[0], NULL, NULL, arguments, environ) != 0) return 1;
            started++;
            running++;
        } else {
            wait(&status);
            running--;
        }
    }
    while (running-- > 0) wait(&status);
    printf("%lld\n", now() - begin);
    return 0;
}
