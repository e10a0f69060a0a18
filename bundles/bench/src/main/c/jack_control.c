/*
 * Control of the sound benchmark: a JACK client in C that does what ours does, write two ports, and measures how far
 * the time between two callbacks is from the period. Build: gcc -O2 -Wall -o jack_control jack_control.c -ljack
 * Use: jack_control SECONDS (server by JACK_DEFAULT_SERVER). Prints one line of JSON; exit 1 without a server.
 */
#include <jack/jack.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHANNELS 2
#define WARM_UP_CYCLES 420

static jack_client_t *client;
static jack_port_t *ports[CHANNELS];
static int64_t *errors_ns; /* one for each interval */
static int64_t capacity;
static volatile int64_t cycles, count, late, overruns, xruns;
static volatile int gone;
static int64_t last_ns;

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int process(jack_nframes_t frames, void *unused) {
    (void) unused;
    int64_t start_ns = now_ns();
    int64_t period_ns = frames * 1000000000LL / jack_get_sample_rate(client);
    cycles++;
    if (cycles > WARM_UP_CYCLES && count < capacity) {
        int64_t interval_ns = start_ns - last_ns;
        errors_ns[count] = llabs(interval_ns - period_ns);
        count++;
        if (interval_ns > period_ns + period_ns / 2) {
            late++;
        }
    }
    last_ns = start_ns;
    for (int i = 0; i < CHANNELS; i++) {
        memset(jack_port_get_buffer(ports[i], frames), 0, frames * sizeof(float));
    }
    if (cycles > WARM_UP_CYCLES && now_ns() - start_ns > period_ns) {
        overruns++;
    }
    return 0;
}

static int on_xrun(void *unused) {
    (void) unused;
    if (cycles > WARM_UP_CYCLES) {
        xruns++;
    }
    return 0;
}

static void on_shutdown(void *unused) {
    (void) unused;
    gone = 1;
}

static int compare(const void *a, const void *b) {
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;
    return (x > y) - (x < y);
}

static long long percentile(double share) {
    int64_t at = (int64_t) (share * count + 0.999999) - 1;
    return errors_ns[at < 0 ? 0 : at];
}

int main(int argc, char **argv) {
    int seconds = argc == 2 ? atoi(argv[1]) : 0;
    if (seconds < 1) {
        fprintf(stderr, "usage: jack_control SECONDS\n");
        return 2;
    }
    client = jack_client_open("c-control", JackNoStartServer, NULL);
    if (client == NULL) {
        fprintf(stderr, "no JACK server\n");
        return 1;
    }
    int rate_hz = jack_get_sample_rate(client), block = jack_get_buffer_size(client);
    capacity = (int64_t) seconds * rate_hz / block;
    errors_ns = malloc(capacity * sizeof(*errors_ns));
    memset(errors_ns, 1, capacity * sizeof(*errors_ns)); /* touched before the cycles */
    for (int i = 0; i < CHANNELS; i++) {
        char name[8];
        snprintf(name, sizeof name, "out_%d", i + 1);
        ports[i] = jack_port_register(client, name, JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput, 0);
    }
    jack_set_process_callback(client, process, NULL);
    jack_set_xrun_callback(client, on_xrun, NULL);
    jack_on_shutdown(client, on_shutdown, NULL);
    if (jack_activate(client) != 0) {
        fprintf(stderr, "no activation\n");
        return 1;
    }
    const char **inputs = jack_get_ports(client, NULL, JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput | JackPortIsPhysical);
    for (int i = 0; inputs != NULL && i < CHANNELS && inputs[i] != NULL; i++) {
        jack_connect(client, jack_port_name(ports[i]), inputs[i]);
    }
    jack_free(inputs);
    while (count < capacity && !gone) {
        nanosleep(&(struct timespec) {.tv_nsec = 20000000}, NULL);
    }
    if (gone || jack_deactivate(client) != 0) {
        fprintf(stderr, "server is gone\n");
        return 1;
    }
    qsort(errors_ns, count, sizeof(*errors_ns), compare);
    printf("{\"client\":\"c\",\"rateHz\":%d,\"blockFrames\":%d,\"count\":%lld,\"p50Ns\":%lld,\"p90Ns\":%lld,"
           "\"p99Ns\":%lld,\"p999Ns\":%lld,\"maxNs\":%lld,\"lateWakeUps\":%lld,\"overruns\":%lld,"
           "\"backendXruns\":%lld}\n",
           rate_hz, block, (long long) count, percentile(0.5), percentile(0.9), percentile(0.99), percentile(0.999),
           (long long) errors_ns[count - 1], (long long) late, (long long) overruns, (long long) xruns);
    jack_client_close(client);
    free(errors_ns);
    return 0;
}
