/*
 * Control of the sampler benchmark: FluidSynth as it ships, so many sustained voices, fourth-order interpolation (its
 * default), no reverb and no chorus, blocks of 64 frames. Build: gcc -O2 -o fluid_voices fluid_voices.c -lfluidsynth
 * Use: fluid_voices FILE.sf2 PROGRAM. Answers each line "VOICES FRAMES" on its input by one line of JSON: processor time
 * of the thread, level, and how many voices FluidSynth says that it has.
 */
#include <fluidsynth.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BLOCK 64
#define CHANNELS 16
#define DRUMS 9
#define LOWEST_KEY 36
#define VELOCITY 100

static double cpu_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static void start_notes(fluid_synth_t *synth, int font, int program, int voices) {
    float left[BLOCK], right[BLOCK];
    fluid_synth_all_sounds_off(synth, -1);
    while (fluid_synth_get_active_voice_count(synth) > 0) {
        fluid_synth_write_float(synth, BLOCK, left, 0, 1, right, 0, 1);
    }
    for (int i = 0, channel = 0; i < voices; i++, channel = (channel + 1) % CHANNELS) {
        channel += channel == DRUMS;
        fluid_synth_program_select(synth, channel, font, 0, program);
        fluid_synth_noteon(synth, channel, LOWEST_KEY + i / (CHANNELS - 1) * 3, VELOCITY);
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: fluid_voices FILE.sf2 PROGRAM\n");
        return 2;
    }
    fluid_set_log_function(FLUID_WARN, NULL, NULL);
    fluid_set_log_function(FLUID_INFO, NULL, NULL);
    fluid_settings_t *settings = new_fluid_settings();
    fluid_settings_setnum(settings, "synth.sample-rate", 48000);
    fluid_settings_setint(settings, "synth.polyphony", 1024);
    fluid_settings_setint(settings, "synth.cpu-cores", 1);
    fluid_settings_setint(settings, "synth.reverb.active", 0);
    fluid_settings_setint(settings, "synth.chorus.active", 0);
    fluid_synth_t *synth = new_fluid_synth(settings);
    int font = synth == NULL ? -1 : fluid_synth_sfload(synth, argv[1], 1);
    if (font < 0) {
        fprintf(stderr, "sound font cannot be loaded: file=%s\n", argv[1]);
        return 1;
    }
    fluid_synth_set_interp_method(synth, -1, FLUID_INTERP_4THORDER);
    int voices, made = 0;
    long frames;
    static float left[BLOCK], right[BLOCK];
    while (scanf("%d %ld", &voices, &frames) == 2) {
        if (voices != made) {
            start_notes(synth, font, atoi(argv[2]), voices);
            made = voices;
        }
        double squares = 0, start_ns = cpu_ns();
        for (long done = 0; done < frames; done += BLOCK) {
            fluid_synth_write_float(synth, BLOCK, left, 0, 1, right, 0, 1);
            for (int i = 0; i < BLOCK; i++) {
                squares += left[i] * left[i] + right[i] * right[i];
            }
        }
        double spent_ns = cpu_ns() - start_ns;
        printf("{\"cpuNs\":%.0f,\"voices\":%d,\"frames\":%ld,\"rms\":%.6f}\n", spent_ns,
               fluid_synth_get_active_voice_count(synth), frames, sqrt(squares / (2.0 * frames)));
        fflush(stdout);
    }
    delete_fluid_synth(synth);
    delete_fluid_settings(settings);
    return 0;
}
