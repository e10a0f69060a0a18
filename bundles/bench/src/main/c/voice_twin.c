/*
 * Control of the sampler benchmark: the voice of the sampler once more, in C and for one job only. Four-point
 * interpolation out of looped samples, then banks of sixteen in lock step through a low-pass (state-variable filter,
 * trapezoidal), an envelope and pan, all stepped every 32 frames as ours is. Nothing but this loop: no notes, no
 * controllers, no stealing. Build: gcc -O3 -march=native -ffast-math -o voice_twin voice_twin.c -lm
 * Answers each line "VOICES FRAMES" on its input by one line of JSON: processor time of the thread and level.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RATE_HZ 48000.0
#define BLOCK 64
#define TICK 32
#define WIDTH 16
#define MAX_VOICES 256
#define SAMPLES 16
#define SAMPLE_FRAMES 192000
#define LOOP_START 1000
#define LOOP_END (SAMPLE_FRAMES - 100)
#define LOWEST_SEMITONE -24.0
#define SEMITONES 60.0

typedef struct {
    float z1[WIDTH], z2[WIDTH], b2[WIDTH], b3[WIDTH], c1[WIDTH];
    float left[WIDTH], right[WIDTH], left_step[WIDTH], right_step[WIDTH];
    const float *data[WIDTH];
    uint64_t position[WIDTH], step[WIDTH];
    float level[WIDTH], gain_left[WIDTH], gain_right[WIDTH];
} bank_t;

static float samples[SAMPLES][SAMPLE_FRAMES];
static bank_t banks[MAX_VOICES / WIDTH];
static float input[TICK][WIDTH] __attribute__((aligned(64)));
static float left_sum[TICK][WIDTH] __attribute__((aligned(64)));
static float right_sum[TICK][WIDTH] __attribute__((aligned(64)));
static float output[2 * BLOCK];

static void make_samples(void) {
    for (int s = 0; s < SAMPLES; s++) {
        uint32_t x = 2463534242u + s;
        for (int i = 0; i < SAMPLE_FRAMES; i++) {
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5;
            samples[s][i] = (int32_t) x / 2147483648.0f;
        }
        /* what follows the last frame of the loop is its first, as four neighbours see it */
        memcpy(&samples[s][LOOP_END], &samples[s][LOOP_START], 4 * sizeof(float));
        samples[s][LOOP_START - 1] = samples[s][LOOP_END - 1];
    }
}

static void make_voices(int voices) {
    memset(banks, 0, sizeof banks);
    for (int v = 0; v < voices; v++) {
        bank_t *bank = &banks[v / WIDTH];
        int i = v % WIDTH;
        double g = tan(M_PI * (500 + 20 * v) / RATE_HZ), damping = M_SQRT1_2;
        double a1 = 1 / (1 + g * (g + damping));
        bank->c1[i] = 2 * a1 - 1;
        bank->b2[i] = 2 * g * a1;
        bank->b3[i] = 2 * g * g * a1;
        bank->data[i] = samples[v % SAMPLES];
        bank->position[i] = (uint64_t) LOOP_START << 32;
        bank->step[i] = exp2((LOWEST_SEMITONE + SEMITONES * v / voices) / 12) * 4294967296.0;
        double pan = (double) v / voices;
        bank->gain_left[i] = 0.01 * cos(pan * M_PI / 2);
        bank->gain_right[i] = 0.01 * sin(pan * M_PI / 2);
    }
}

/* The envelope: each voice goes to its level by a straight line within the tick; most are there already. */
static void ramp(bank_t *bank) {
    for (int i = 0; i < WIDTH; i++) {
        float next = bank->level[i] + (1 - bank->level[i]) * 0.1f;
        bank->left[i] = bank->level[i] * bank->gain_left[i];
        bank->right[i] = bank->level[i] * bank->gain_right[i];
        bank->left_step[i] = (next - bank->level[i]) * bank->gain_left[i] / TICK;
        bank->right_step[i] = (next - bank->level[i]) * bank->gain_right[i] / TICK;
        bank->level[i] = next;
    }
}

static void interpolate(const float *data, uint64_t *where, uint64_t step, int lane) {
    const uint64_t end = (uint64_t) LOOP_END << 32, length = (uint64_t) (LOOP_END - LOOP_START) << 32;
    uint64_t position = *where;
    for (int frame = 0; frame < TICK;) {
        int count = TICK - frame;
        if (position + step * (count - 1) >= end) {
            count = (end - position + step - 1) / step;
        }
        for (int f = frame; f < frame + count; f++) {
            const float *at = data + (position >> 32);
            float t = (int32_t) ((uint32_t) position >> 8) * 0x1p-24f;
            float slope = (at[1] - at[-1]) * 0.5f;
            float fall = at[0] - at[1];
            float sum = slope + fall;
            float cubic = sum + fall + (at[2] - at[0]) * 0.5f;
            input[f][lane] = ((cubic * t - (sum + cubic)) * t + slope) * t + at[0];
            position += step;
        }
        frame += count;
        if (position >= end) {
            position -= length;
        }
    }
    *where = position;
}

static void mix(bank_t *restrict bank) {
    float z1[WIDTH], z2[WIDTH], left[WIDTH], right[WIDTH];
    memcpy(z1, bank->z1, sizeof z1);
    memcpy(z2, bank->z2, sizeof z2);
    memcpy(left, bank->left, sizeof left);
    memcpy(right, bank->right, sizeof right);
    for (int f = 0; f < TICK; f++) {
        for (int i = 0; i < WIDTH; i++) {
            float v = input[f][i] - z2[i];
            float n2 = z2[i] + bank->b2[i] * z1[i] + bank->b3[i] * v;
            float y = (z2[i] + n2) * 0.5f;
            z1[i] = bank->c1[i] * z1[i] + bank->b2[i] * v;
            z2[i] = n2;
            left_sum[f][i] += y * left[i];
            right_sum[f][i] += y * right[i];
            left[i] += bank->left_step[i];
            right[i] += bank->right_step[i];
        }
    }
    memcpy(bank->z1, z1, sizeof z1);
    memcpy(bank->z2, z2, sizeof z2);
}

static void render(int voices, float *to) {
    for (int tick = 0; tick < BLOCK / TICK; tick++, to += 2 * TICK) {
        memset(left_sum, 0, sizeof left_sum);
        memset(right_sum, 0, sizeof right_sum);
        for (int b = 0; b * WIDTH < voices; b++) {
            ramp(&banks[b]);
            for (int i = 0; i < WIDTH; i++) {
                interpolate(banks[b].data[i], &banks[b].position[i], banks[b].step[i], i);
            }
            mix(&banks[b]);
        }
        for (int f = 0; f < TICK; f++) {
            float left = 0, right = 0;
            for (int i = 0; i < WIDTH; i++) {
                left += left_sum[f][i];
                right += right_sum[f][i];
            }
            to[2 * f] = left;
            to[2 * f + 1] = right;
        }
    }
}

static double cpu_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(void) {
    int voices, made = 0;
    long frames;
    make_samples();
    while (scanf("%d %ld", &voices, &frames) == 2) {
        if (voices < WIDTH || voices > MAX_VOICES || voices % WIDTH != 0) {
            fprintf(stderr, "expected 16 to 256 voices in banks of 16: voices=%d\n", voices);
            return 2;
        }
        if (voices != made) {
            make_voices(voices);
            made = voices;
        }
        double squares = 0, start_ns = cpu_ns();
        for (long done = 0; done < frames; done += BLOCK) {
            render(voices, output);
            for (int i = 0; i < 2 * BLOCK; i++) {
                squares += output[i] * output[i];
            }
        }
        double spent_ns = cpu_ns() - start_ns;
        printf("{\"cpuNs\":%.0f,\"voices\":%d,\"frames\":%ld,\"rms\":%.6f}\n", spent_ns, voices, frames,
               sqrt(squares / (2.0 * frames)));
        fflush(stdout);
    }
    return 0;
}
