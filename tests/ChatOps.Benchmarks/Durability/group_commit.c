/* The reference for group commit: many writers append 200-byte records to one file and share fsyncs. A writer that finds a sync under way
   waits for the next one; whoever comes first then syncs for all that were appended by then.
   group_commit FILE WRITERS SECONDS  ->  "records seconds p50_us p99_us" */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define RECORD 200
#define MOST 200000

static int file;
static int syncing;
static long appended, durable;
static double until;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t synced = PTHREAD_COND_INITIALIZER;

struct writer { pthread_t thread; long count; float *latencies; };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void *run(void *argument) {
  struct writer *me = argument;
  char record[RECORD];
  memset(record, 'x', sizeof record);
  while (now() < until && me->count < MOST) {
    double began = now();
    pthread_mutex_lock(&gate);
    if (write(file, record, sizeof record) != sizeof record) exit(1);
    long mine = ++appended;
    while (durable < mine) {
      if (syncing) { pthread_cond_wait(&synced, &gate); continue; }
      syncing = 1;
      long upto = appended;
      pthread_mutex_unlock(&gate);
      if (fsync(file) != 0) exit(1);
      pthread_mutex_lock(&gate);
      durable = upto;
      syncing = 0;
      pthread_cond_broadcast(&synced);
    }
    pthread_mutex_unlock(&gate);
    me->latencies[me->count++] = (float)((now() - began) * 1e6);
  }
  return NULL;
}

static int ascending(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  int writers = atoi(arguments[2]);
  file = open(arguments[1], O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0600);
  if (file < 0) return 1;
  struct writer *all = calloc(writers, sizeof *all);
  double start = now();
  until = start + atof(arguments[3]);
  for (int i = 0; i < writers; i++) {
    all[i].latencies = malloc(MOST * sizeof(float));
    pthread_create(&all[i].thread, NULL, run, &all[i]);
  }
  long total = 0;
  for (int i = 0; i < writers; i++) { pthread_join(all[i].thread, NULL); total += all[i].count; }
  double elapsed = now() - start;
  float *latencies = malloc(total * sizeof(float));
  long at = 0;
  for (int i = 0; i < writers; i++) { memcpy(latencies + at, all[i].latencies, all[i].count * sizeof(float)); at += all[i].count; }
  qsort(latencies, total, sizeof(float), ascending);
  printf("%ld %f %f %f\n", total, elapsed, latencies[total / 2], latencies[total * 99 / 100]);
  return 0;
}
